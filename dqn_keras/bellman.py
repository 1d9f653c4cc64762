"""Targets: what a value estimate should have been, given one more step of experience.

One pure function for each update rule. B is the batch, A the actions, T the time steps. Lists,
NumPy arrays and tensors are all welcome; float32 tensors come back. No gradient flows through a
target: it plays the part of a label (the slides call it the answer).

Only `terminated` cuts the bootstrap. After a fall there is no next state to be worth anything;
at a time limit there is one, and the episode merely stops being watched. The slides store both as
`done`, which teaches the agent that its best states are worthless.
"""

import tensorflow as tf


def bellman_target(rewards, next_q_values, terminated, discount_factor) -> tf.Tensor:
    """The Q-learning target r + discount * max_a' Q(s', a') (slides: Bellman optimality equation).

    Args:
        rewards: [B].
        next_q_values: [B, A], the target network's Q-values of the next states.
        terminated: [B], True where the next state ends the task.
        discount_factor: In [0, 1].

    Returns:
        [B] float32.

    Raises:
        ValueError: The shapes do not fit together.
    """
    next_q_values = _matrix("next_q_values", next_q_values)
    return _one_step(rewards, tf.reduce_max(next_q_values, axis=1), terminated, discount_factor)


def double_bellman_target(
    rewards, next_q_values, next_target_q_values, terminated, discount_factor
) -> tf.Tensor:
    """The Double DQN target: one network chooses the action, the other says what it is worth.

    Source: van Hasselt, Guez and Silver, "Deep Reinforcement Learning with Double Q-learning",
    AAAI 2016 (arXiv 1509.06461).

    Args:
        rewards: [B].
        next_q_values: [B, A], the online network's Q-values of the next states; they choose.
        next_target_q_values: [B, A], the target network's; they value.
        terminated: [B], True where the next state ends the task.
        discount_factor: In [0, 1].

    Returns:
        [B] float32.

    Raises:
        ValueError: The shapes do not fit together.
    """
    next_q_values = _matrix("next_q_values", next_q_values)
    next_actions = tf.argmax(next_q_values, axis=1)
    next_target_q_values = _matrix("next_target_q_values", next_target_q_values)
    _check_shapes(next_q_values.shape, next_target_q_values=next_target_q_values)
    next_values = tf.gather(next_target_q_values, next_actions, batch_dims=1)
    return _one_step(rewards, next_values, terminated, discount_factor)


def sarsa_target(rewards, next_q_values, next_actions, terminated, discount_factor) -> tf.Tensor:
    """The SARSA target r + discount * Q(s', a'), a' being the action really taken next.

    Source: slides, Deep SARSA; Rummery and Niranjan, 1994.

    Args:
        rewards: [B].
        next_q_values: [B, A], the Q-values of the next states.
        next_actions: [B], the actions taken there.
        terminated: [B], True where the next state ends the task.
        discount_factor: In [0, 1].

    Returns:
        [B] float32.

    Raises:
        ValueError: The shapes do not fit together.
    """
    next_q_values = _matrix("next_q_values", next_q_values)
    next_actions = _vector("next_actions", next_actions, tf.int32)
    _check_shapes(next_q_values.shape[:1], next_actions=next_actions)
    next_values = tf.gather(next_q_values, next_actions, batch_dims=1)
    return _one_step(rewards, next_values, terminated, discount_factor)


def td_advantage(rewards, values, next_values, terminated, discount_factor) -> tf.Tensor:
    """The one-step advantage r + discount * V(s') - V(s) (slides: A2C).

    Args:
        rewards: [B].
        values: [B], the critic's values of the states.
        next_values: [B], the critic's values of the next states.
        terminated: [B], True where the next state ends the task.
        discount_factor: In [0, 1].

    Returns:
        [B] float32.

    Raises:
        ValueError: The shapes do not fit together.
    """
    target = _one_step(rewards, next_values, terminated, discount_factor)
    values = _vector("values", values)
    _check_shapes(target.shape, values=values)
    return target - tf.stop_gradient(values)


def discounted_returns(rewards, discount_factor) -> tf.Tensor:
    """The return from every time step on: G_t = r_t + discount * G_(t+1) (slides: REINFORCE).

    Args:
        rewards: [T], one episode's rewards. Integers are read as float32: the lecture's TF 2 code
            kept the integer type and lost everything behind the point.
        discount_factor: In [0, 1].

    Returns:
        [T] float32.

    Raises:
        ValueError: `rewards` is not one row.
    """
    rewards = tf.stop_gradient(_vector("rewards", rewards))
    return tf.scan(
        lambda later, reward: reward + discount_factor * later,
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )


def _one_step(rewards, next_values, terminated, discount_factor) -> tf.Tensor:
    rewards = _vector("rewards", rewards)
    next_values = _vector("next_values", next_values)
    terminated = _vector("terminated", terminated, tf.bool)
    _check_shapes(rewards.shape, next_values=next_values, terminated=terminated)
    target = tf.where(terminated, rewards, rewards + discount_factor * next_values)
    return tf.stop_gradient(target)


def _check_shapes(expected, **tensors) -> None:
    # Shapes [B, 1] and [B] would broadcast to [B, B] without a word.
    for name, tensor in tensors.items():
        if not tensor.shape.is_compatible_with(expected):
            raise ValueError(f"{name} must have shape {expected} here, got {tensor.shape}")


def _vector(name: str, values, dtype=tf.float32) -> tf.Tensor:
    tensor = tf.cast(values, dtype)
    if tensor.shape.rank != 1:
        raise ValueError(f"{name} must have shape [B], got {tensor.shape}")
    return tensor


def _matrix(name: str, values) -> tf.Tensor:
    tensor = tf.cast(values, tf.float32)
    if tensor.shape.rank != 2:
        raise ValueError(f"{name} must have shape [B, A], got {tensor.shape}")
    return tensor
