"""The replay memory: a ring buffer of transitions (slides: Detour, Replay Memory).

Consecutive transitions look alike; a mini-batch drawn at random from the last thousands does not,
and each transition is learned from many times (Lin, 1992; Mnih et al., 2013).
"""

from typing import NamedTuple

import tensorflow as tf

from dqn_keras.machinery.arguments import (
    Size,
    check_size,
    check_state_size,
    generator,
    one_of,
    state_shape,
    tensor,
    whole_number,
)
from dqn_keras.machinery.compilation import CPU


class Transitions(NamedTuple):
    """A mini-batch of B transitions <s, a, r, s', terminated>, one tensor a column."""

    states: tf.Tensor  # [B, S] float32
    actions: tf.Tensor  # [B] int32
    rewards: tf.Tensor  # [B] float32
    next_states: tf.Tensor  # [B, S] float32
    terminated: tf.Tensor  # [B] bool


class ReplayMemory:
    """The last `capacity` transitions, in TensorFlow variables (the slides' `deque(maxlen=2000)`).

    Samples are drawn with replacement; the slides' `random.sample` draws without. With 64 of 2000
    about one batch member in thirty is a double, and a draw costs the same at any capacity.

    Args:
        capacity: How many transitions are kept; the oldest is overwritten first.
        state_size: S, the number of values in a state, or its shape, such as (10, 10, 4).
        dtype: How states are kept: `"float32"`, or a quarter as large `"uint8"` (a screen's
            bytes) or `"bool"` (cells that are full or empty). Samples are float32 in any case.

    Example:
        >>> memory = ReplayMemory(capacity=2000, state_size=4)
        >>> memory.append([0.0, 0.1, 0.0, 0.1], 1, 1.0, [0.0, 0.3, 0.0, -0.2], False)
        >>> len(memory)
        1
    """

    def __init__(self, capacity: int, state_size: Size, dtype: str = "float32"):
        self.capacity = whole_number("capacity", capacity)
        self.state_size = check_state_size("state_size", state_size)
        self.dtype = one_of("dtype", dtype, ("float32", "uint8", "bool"))
        kept, shape = tf.as_dtype(dtype), state_shape(self.state_size)
        check_size("a replay memory's states", self.capacity, *shape, bytes_each=kept.size)
        rows = [self.capacity]
        with tf.device(CPU):
            self.states = tf.Variable(tf.zeros([*rows, *shape], kept))
            self.actions = tf.Variable(tf.zeros(rows, tf.int32))
            self.rewards = tf.Variable(tf.zeros(rows))
            self.next_states = tf.Variable(tf.zeros([*rows, *shape], kept))
            self.terminated = tf.Variable(tf.zeros(rows, tf.bool))
            self.appended = tf.Variable(0, dtype=tf.int32)  # ever, the overwritten ones included

    @property
    def size(self) -> tf.Tensor:
        """How many transitions are stored now: a scalar int32 tensor, usable inside a graph."""
        return tf.minimum(self.appended, self.capacity)

    def __len__(self) -> int:
        """How many transitions are stored now, as a Python int (eager code only)."""
        return int(self.size)

    def append(self, state, action, reward, next_state, terminated) -> None:
        """Stores a transition <s [S], a [], r [], s' [S], terminated []>, over the oldest if full.

        `terminated` is True if s' ends the task, False at a time limit: the pole still stands.
        """
        row = self.appended % self.capacity
        shape = state_shape(self.state_size)
        transition = Transitions(
            tensor("state", state, self.states.dtype, shape),
            tensor("action", action, tf.int32, []),
            tensor("reward", reward, tf.float32, []),
            tensor("next_state", next_state, self.states.dtype, shape),
            tensor("terminated", terminated, tf.bool, []),
        )
        columns = self.states, self.actions, self.rewards, self.next_states, self.terminated
        for column, value in zip(columns, transition, strict=True):
            # column[row].assign(value) would be shorter, but does not compile in an XLA loop.
            column.scatter_update(tf.IndexedSlices(value, row))
        # Not before the values are there: an environment written in Python may fail instead.
        with tf.control_dependencies(transition):
            self.appended.assign_add(1)

    def sample(self, batch_size: int, rng: tf.random.Generator) -> Transitions:
        """Samples B stored transitions, each equally likely, with replacement.

        Eager code raises a ValueError if the memory is empty; a graph must check `size`.
        """
        whole_number("batch_size", batch_size)
        check_size("a batch's states", batch_size, *state_shape(self.state_size))
        generator("rng", rng)
        if tf.executing_eagerly() and len(self) == 0:
            raise ValueError("cannot sample from an empty replay memory; append a transition first")
        rows = rng.uniform([batch_size], 0, self.size, dtype=tf.int32)  # [B]
        return Transitions(
            tf.cast(tf.gather(self.states, rows), tf.float32),
            tf.gather(self.actions, rows),
            tf.gather(self.rewards, rows),
            tf.cast(tf.gather(self.next_states, rows), tf.float32),
            tf.gather(self.terminated, rows),
        )

    def clear(self) -> None:
        """Forgets everything, in place."""
        self.appended.assign(0)
