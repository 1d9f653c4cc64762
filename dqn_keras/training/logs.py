"""Scalars for TensorBoard, as the author of seed document 003 logs them.

An event file is a row of records, and TensorFlow has a writer of records; its summary operations
would take longer than a short episode. To look: `pip install tensorboard`, then
`tensorboard --logdir logs`.
"""

import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import tensorflow as tf


@contextlib.contextmanager
def scalar_log(folder) -> Iterator[Callable[[int, dict[str, float]], None]]:
    """Opens an event file for one run.

    Args:
        folder: Where to put it; None opens none, and what is logged goes nowhere.

    Yields:
        A function of the episode's number and its values by name.

    Raises:
        OSError: The folder cannot be written.
    """
    if folder is None:
        yield lambda episode, values: None
        return
    name = f"events.out.tfevents.{time.time():.6f}.{socket.gethostname()}.{os.getpid()}"
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        writer = tf.io.TFRecordWriter(str(Path(folder) / name))
    except tf.errors.OpError as error:
        raise OSError(f"cannot write logs to {folder}: {' '.join(error.message.split())}") from None

    def write(**content):
        event = tf.compat.v1.Event(wall_time=time.time(), **content)
        writer.write(event.SerializeToString())

    def log(episode, values):
        entries = [
            tf.compat.v1.Summary.Value(tag=name, simple_value=value)
            for name, value in values.items()
        ]
        write(step=episode, summary=tf.compat.v1.Summary(value=entries))
        writer.flush()  # what is watched while it runs should be there

    with writer:
        write(file_version="brain.Event:2")  # how an event file begins
        yield log
