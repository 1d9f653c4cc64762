"""Scalars for TensorBoard, as the author of seed document 003 logs them.

TensorBoard itself is not needed to write them: `pip install tensorboard`, then
`tensorboard --logdir logs` shows them.
"""

import contextlib
from collections.abc import Callable, Iterator

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
    try:
        writer = tf.summary.create_file_writer(str(folder))
    except tf.errors.OpError as error:
        raise OSError(f"cannot write logs to {folder}: {' '.join(error.message.split())}") from None

    def log(episode, values):
        # One event with all values: an operation for each would cost more than the episode.
        entries = [
            tf.compat.v1.Summary.Value(tag=name, simple_value=value)
            for name, value in values.items()
        ]
        with writer.as_default():
            event = tf.compat.v1.Summary(value=entries).SerializeToString()
            tf.summary.experimental.write_raw_pb(event, step=episode)

    try:
        yield log
    finally:
        writer.close()
