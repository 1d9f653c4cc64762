"""Scalars for TensorBoard, as the author of document 003 logs them.

An event file is a row of records, and TensorFlow has a writer of records; its summary operations
would take longer than a short episode. To look: `pip install "dqn-keras[tensorboard]"`, then
`tensorboard --logdir logs`.
"""

import os
import socket
import time
from pathlib import Path

import tensorflow as tf

from dqn_keras.machinery.files import tensorflow_writes


class EventFile:
    """The event file of one run, in a folder that is made if it is missing."""

    def __init__(self, folder):
        name = f"events.out.tfevents.{time.time():.6f}.{socket.gethostname()}.{os.getpid()}"
        with tensorflow_writes(f"write logs to {folder}"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._writer = tf.io.TFRecordWriter(str(Path(folder) / name))
            self._write(file_version="brain.Event:2")  # how an event file begins

    def write(self, episode: int, values: dict[str, float]) -> None:
        """Adds the values of an episode, by name, and flushes, so that they can be watched."""
        entries = [{"tag": name, "simple_value": value} for name, value in values.items()]
        with tensorflow_writes("write logs"):
            self._write(step=episode, summary={"value": entries})
            self._writer.flush()

    def close(self) -> None:
        """Closes the file."""
        with tensorflow_writes("write logs"):
            self._writer.close()

    def _write(self, **content):
        event = tf.compat.v1.Event(wall_time=time.time(), **content)
        self._writer.write(event.SerializeToString())
