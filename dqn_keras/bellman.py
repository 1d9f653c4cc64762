"""Targets: what a value estimate should have been, given one more step of experience.

One pure function for each update rule. B is the batch, A the actions, T the time steps. Lists,
NumPy arrays and tensors are all welcome; float32 tensors come back. No gradient flows through a
target: it plays the part of a label (the slides call it the answer).

Only `terminated` cuts the bootstrap. After a fall there is no next state to be worth anything;
at a time limit there is one, and the episode merely stops being watched. The slides store both as
`done`, which teaches the agent that its best states are worthless.

A shape that would broadcast is refused.
"""

import tensorflow as tf

from dqn_keras.machinery.arguments import fraction, index, tensor


def bellman_target(rewards, next_q_values, terminated, discount_factor) -> tf.Tensor:
    """The Q-learning target r + discount * max_a' Q(s', a') (slides: Bellman optimality equation).

    Args:
        rewards: [B].
        next_q_values: [B, A], the target network's Q-values of the next states.
        terminated: [B], True where the next state ends the task.
        discount_factor: In [0, 1].

    Returns:
        [B] float32.
    """
    rewards, terminated, discount_factor = _shared_arguments(rewards, terminated, discount_factor)
    next_values = tf.reduce_max(_q_table("next_q_values", next_q_values, rewards), axis=1)  # [B]
    target = tf.where(terminated, rewards, rewards + discount_factor * next_values)
    return tf.stop_gradient(target)


def double_bellman_target(
    rewards, next_q_values, next_target_q_values, terminated, discount_factor
) -> tf.Tensor:
    """The Double DQN target: one network chooses the action, the other says what it is worth.

    `next_q_values` are the online network's, `next_target_q_values` the target network's, both
    [B, A]; all else is as in `bellman_target`.

    Source: van Hasselt, Guez and Silver, "Deep Reinforcement Learning with Double Q-learning",
    AAAI 2016 (arXiv 1509.06461).
    """
    rewards, terminated, discount_factor = _shared_arguments(rewards, terminated, discount_factor)
    next_q_values = _q_table("next_q_values", next_q_values, rewards)
    next_target_q_values = tensor(
        "next_target_q_values", next_target_q_values, tf.float32, next_q_values.shape
    )
    next_actions = tf.argmax(next_q_values, axis=1)  # [B]
    next_values = tf.gather(next_target_q_values, next_actions, batch_dims=1)  # [B]
    target = tf.where(terminated, rewards, rewards + discount_factor * next_values)
    return tf.stop_gradient(target)


def advantage_learning_target(targets, q_values, actions, alpha) -> tf.Tensor:
    """The advantage-learning target y - alpha * (max_a Q(s, a) - Q(s, a_t)).

    An action that looks worse than the best one is made to look worse still, so that the action
    gap grows, to 1 / (1 - alpha) of what it was, while the best action's value stays the same.

    Args:
        targets: [B], the Bellman targets y, DQN's or Double DQN's.
        q_values: [B, A], the target network's Q-values of the states (not of the next ones).
        actions: [B], the actions taken there.
        alpha: In [0, 1]. 0 leaves the targets as they are.

    Returns:
        [B] float32.

    Source: Bellemare et al., "Increasing the Action Gap: New Operators for Reinforcement Learning",
    AAAI 2016 (arXiv 1512.04860); the idea is Baird's, 1999.
    """
    targets = tensor("targets", targets, tf.float32, ["B"])
    q_values = _q_table("q_values", q_values, targets)
    actions = index("actions", actions, q_values.shape[1], targets.shape)
    alpha = fraction("alpha", alpha)
    values = tf.reduce_max(q_values, axis=1)  # [B], V(s)
    taken = tf.gather(q_values, actions, batch_dims=1)  # [B], Q(s, a_t)
    return tf.stop_gradient(targets - alpha * (values - taken))


def sarsa_target(rewards, next_q_values, next_actions, terminated, discount_factor) -> tf.Tensor:
    """The SARSA target r + discount * Q(s', a'), a' being the action really taken next.

    `next_actions` are [B]; all else is as in `bellman_target`.

    Source: slides, Deep SARSA; Rummery and Niranjan, 1994.
    """
    rewards, terminated, discount_factor = _shared_arguments(rewards, terminated, discount_factor)
    next_q_values = _q_table("next_q_values", next_q_values, rewards)
    next_actions = index("next_actions", next_actions, next_q_values.shape[1], rewards.shape)
    next_values = tf.gather(next_q_values, next_actions, batch_dims=1)  # [B]
    target = tf.where(terminated, rewards, rewards + discount_factor * next_values)
    return tf.stop_gradient(target)


def td_advantage(rewards, values, next_values, terminated, discount_factor) -> tf.Tensor:
    """The one-step advantage r + discount * V(s') - V(s) (slides: A2C).

    The critic's `values` of the states and `next_values` of the next states are [B]; all else is
    as in `bellman_target`.
    """
    rewards, terminated, discount_factor = _shared_arguments(rewards, terminated, discount_factor)
    values = tensor("values", values, tf.float32, rewards.shape)
    next_values = tensor("next_values", next_values, tf.float32, rewards.shape)
    target = tf.where(terminated, rewards, rewards + discount_factor * next_values)
    return tf.stop_gradient(target - values)


def discounted_returns(rewards, discount_factor) -> tf.Tensor:
    """The return from every time step on: G_t = r_t + discount * G_(t+1) (slides: REINFORCE).

    Args:
        rewards: [T], one episode's rewards. Integers are read as float32: the lecture's TF 2 code
            kept the integer type and lost everything behind the point.
        discount_factor: In [0, 1].

    Returns:
        [T] float32.
    """
    rewards = tf.stop_gradient(tensor("rewards", rewards, tf.float32, ["T"]))
    discount_factor = fraction("discount_factor", discount_factor)
    return tf.scan(
        lambda later, reward: reward + discount_factor * later,
        rewards,
        initializer=tf.zeros([]),
        reverse=True,
    )


def _shared_arguments(rewards, terminated, discount_factor):
    """The arguments that all targets share; shapes [B, 1] and [B] would broadcast."""
    rewards = tensor("rewards", rewards, tf.float32, ["B"])
    terminated = tensor("terminated", terminated, tf.bool, rewards.shape)
    return rewards, terminated, fraction("discount_factor", discount_factor)


def _q_table(name: str, values, rewards) -> tf.Tensor:
    """[B, A], one row for each reward, and one action at least."""
    table = tensor(name, values, tf.float32, [*rewards.shape, "A"])
    if table.shape[1] == 0:
        raise ValueError(f"{name} must have at least one action, got shape {table.shape}")
    return table
