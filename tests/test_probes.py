"""Tiny environments whose Q-values are known: a DQN that is right learns them in seconds."""

import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import DQNAgent
from dqn_keras.environments.in_graph import InGraphEnvironment

SEEDS = range(3)


class Probe(InGraphEnvironment):
    """The state is one number; `transition` tells the probe."""

    name = "probe"
    state_size = 1
    action_size = 2

    def __init__(self, max_steps=10, seed=0):
        super().__init__(max_steps, seed)

    def initial_states(self, count, rng):
        return tf.zeros([count, 1])

    def observe(self, states):
        return tf.cast(states, tf.float32)


class ConstantReward(Probe):
    """One step, reward 3: Q = 3."""

    action_size = 1

    def transition(self, states, actions):
        flat = states[..., 0]
        return states, 0 * flat + 3, tf.ones_like(flat, tf.bool)


class TwoSteps(Probe):
    """Reward 0, then 1, then the end: Q(second) = 1, Q(first) = discount."""

    action_size = 1

    def transition(self, states, actions):
        flat = states[..., 0]
        return states + 1, flat, flat >= 1


class RewardOfTheAction(Probe):
    """One step; action 0 costs 1, action 1 brings 2."""

    def transition(self, states, actions):
        rewards = 3 * tf.cast(actions, tf.float32) - 1
        return states, rewards, tf.ones_like(rewards, tf.bool)


class RewardOfTheState(Probe):
    """One step; in state 1 action 1 is right, in state -1 action 0: Q = state * (2 action - 1)."""

    def initial_states(self, count, rng):
        return tf.cast(2 * rng.uniform([count, 1], 0, 2, tf.int32) - 1, tf.float32)

    def transition(self, states, actions):
        rewards = states[..., 0] * (2 * tf.cast(actions, tf.float32) - 1)
        return states, rewards, tf.ones_like(rewards, tf.bool)


class Endless(Probe):
    """Reward 1 for ever, watched for `max_steps` steps only: Q = 1 / (1 - discount)."""

    action_size = 1

    def transition(self, states, actions):
        flat = states[..., 0]
        return states, tf.ones_like(flat), tf.zeros_like(flat, tf.bool)


PROBES = {
    # environment, states, their Q-values at discount 0.5
    "constant reward": (ConstantReward(), [[0.0]], [[3.0]]),
    "two-step discount": (TwoSteps(), [[0.0], [1.0]], [[0.5], [1.0]]),
    "reward of the action": (RewardOfTheAction(), [[0.0]], [[-1.0, 2.0]]),
    "reward of the state": (RewardOfTheState(), [[-1.0], [1.0]], [[1.0, -1.0], [-1.0, 1.0]]),
    # Were the time limit an end, these would be 1 and at most 1.75.
    "endless, watched for one step": (Endless(max_steps=1), [[0.0]], [[2.0]]),
    "endless, watched for three steps": (Endless(max_steps=3), [[0.0]], [[2.0]]),
}


@pytest.mark.slow
@pytest.mark.parametrize("probe", PROBES)
def test_the_known_q_values_are_learned(probe):
    environment, states, q_values = PROBES[probe]
    agent = DQNAgent(
        environment.state_size,
        environment.action_size,
        hidden_units=(16,),
        learning_rate=0.01,
        discount_factor=0.5,
        epsilon_min=0.5,
        batch_size=16,
        train_start=16,
        memory_size=64,
        fall_reward=None,
    )
    for seed in SEEDS:
        agent.reset(seed)
        environment.reset(seed)
        for _ in range(600):
            agent.run_episode(environment)
        learned = agent.model(tf.constant(states)).numpy()
        np.testing.assert_allclose(learned, q_values, atol=0.1, err_msg=f"seed {seed}")
        best = np.argmax(q_values, axis=1)
        np.testing.assert_array_equal(agent.greedy_actions(tf.constant(states)), best)


def test_the_fall_reward_takes_the_place_of_the_last_reward():
    environment = TwoSteps()
    agent = DQNAgent(
        1,
        1,
        hidden_units=(16,),
        learning_rate=0.01,
        discount_factor=0.5,
        batch_size=16,
        train_start=16,
        memory_size=64,
        fall_reward=-4.0,
        seed=0,
    )
    scores = [float(agent.run_episode(environment)) for _ in range(900)]
    assert set(scores) == {1.0}
    learned = agent.model(tf.constant([[0.0], [1.0]])).numpy()
    np.testing.assert_allclose(learned, [[-2.0], [-4.0]], atol=0.2)
