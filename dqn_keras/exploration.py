"""Epsilon-greedy exploration and how epsilon falls (slides: Detour, Epsilon Greedy Algorithm)."""

import keras
import tensorflow as tf

from dqn_keras.machinery.arguments import (
    LARGEST_INT,
    fraction,
    generator,
    index,
    real_number,
    tensor,
)


def epsilon_greedy(q_values, epsilon, rng: tf.random.Generator) -> tf.Tensor:
    """A random action with probability epsilon, else the one with the largest Q-value.

    The slides compare with `<=`; `<` is meant: at epsilon 0 no action may be random.

    Args:
        q_values: [A], the Q-values of one state.
        epsilon: [], in [0, 1].
        rng: The generator to draw from; two numbers are drawn, whatever is chosen.

    Returns:
        [] int32, the action's index (not its value, as a slide's comment says).
    """
    epsilon = fraction("epsilon", epsilon)
    q_values = tensor("q_values", q_values, tf.float32, ["A"])
    if q_values.shape[0] == 0:
        raise ValueError("q_values must hold at least one, got none: shape (0,)")
    generator("rng", rng)
    explore = rng.uniform([]) < epsilon
    random_action = rng.uniform([], 0, q_values.shape[0], dtype=tf.int32)
    return tf.where(explore, random_action, tf.argmax(q_values, output_type=tf.int32))


def exponential_epsilon(epsilon: float = 1.0, epsilon_decay: float = 0.999, epsilon_min: float = 0):
    """The slides' schedule: epsilon times epsilon_decay at every count, down to epsilon_min.

    Written as a function of a counter, so that it needs no state of its own. The slides stop
    multiplying once below the floor and so end just under it; here the floor is exact. A decay of
    1 keeps epsilon as it is (document 001).

    Returns:
        A function of a count ([] integer) that gives epsilon as [] float32.
    """
    schedule = keras.optimizers.schedules.ExponentialDecay(
        initial_learning_rate=real_number("epsilon", epsilon, 0, 1),
        decay_steps=1,
        decay_rate=real_number("epsilon_decay", epsilon_decay, 0, 1),
    )
    floor = real_number("epsilon_min", epsilon_min, 0, 1)
    return lambda count: tf.maximum(schedule(_count(count)), floor)


def linear_epsilon(epsilon: float = 1.0, epsilon_decay: float = 0.00005, epsilon_min: float = 0.1):
    """A straight line: epsilon minus epsilon_decay at every count, down to epsilon_min.

    Document 003 takes off 0.00005 at each training step, 000 takes off 1/500 at each episode.

    Returns:
        A function of a count ([] integer) that gives epsilon as [] float32.
    """
    start = real_number("epsilon", epsilon, 0, 1)
    step = real_number("epsilon_decay", epsilon_decay, 0, 1)
    floor = real_number("epsilon_min", epsilon_min, 0, 1)
    return lambda count: tf.maximum(start - step * tf.cast(_count(count), tf.float32), floor)


def _count(value) -> tf.Tensor:
    return index("count", value, LARGEST_INT, shape=None)
