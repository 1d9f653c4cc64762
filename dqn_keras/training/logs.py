"""Scalars for TensorBoard, as the author of seed document 003 logs them.

An event file is a row of records, and TensorFlow has a writer of records; its summary operations
would take longer than a short episode. To look: `pip install tensorboard`, then
`tensorboard --logdir logs`.
"""

import os
import socket
import time
from pathlib import Path

import tensorflow as tf


class EventFile:
    """The event file of one run.

    Args:
        folder: Where to put it; made if it is missing.

    Raises:
        OSError: The folder cannot be written.
    """

    def __init__(self, folder):
        name = f"events.out.tfevents.{time.time():.6f}.{socket.gethostname()}.{os.getpid()}"
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._writer = tf.io.TFRecordWriter(str(Path(folder) / name))
        except tf.errors.OpError as error:
            why = " ".join(error.message.split())
            raise OSError(f"cannot write logs to {folder}: {why}") from None
        self._write(file_version="brain.Event:2")  # how an event file begins

    def write(self, episode: int, values: dict[str, float]) -> None:
        """Adds the values of an episode; what is watched while it runs should be there.

        Args:
            episode: Its number.
            values: Name to value.
        """
        entries = [
            tf.compat.v1.Summary.Value(tag=name, simple_value=value)
            for name, value in values.items()
        ]
        self._write(step=episode, summary=tf.compat.v1.Summary(value=entries))
        self._writer.flush()

    def close(self) -> None:
        """Closes the file."""
        self._writer.close()

    def _write(self, **content):
        event = tf.compat.v1.Event(wall_time=time.time(), **content)
        self._writer.write(event.SerializeToString())
