"""Lesson 09: its formulas are the agent's; test_checks.py tests its exercises."""

import re
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import (
    CartPole,
    DQNAgent,
    ReplayMemory,
    bellman_target,
    checks,
    epsilon_greedy,
    exponential_epsilon,
    q_network,
    update_target,
)
from dqn_keras.agents.agent import shaped_reward

SOURCE = Path(__file__).resolve().parents[1] / "notebooks" / "source" / "09_dqn_agent.py"


def lesson(*beginnings):
    """What the lesson's code cells that begin so define."""
    names = {
        "np": np,
        "tf": tf,
        "keras": keras,
        "ReplayMemory": ReplayMemory,
        "bellman_target": bellman_target,
        "epsilon_greedy": epsilon_greedy,
        "exponential_epsilon": exponential_epsilon,
        "q_network": q_network,
        "update_target": update_target,
    }
    cells = re.split(r"^# %%.*\n", SOURCE.read_text(), flags=re.M)
    for beginning in beginnings:
        (cell,) = [cell for cell in cells if cell.startswith(beginning)]
        exec(cell, names)
    return names


def test_the_lessons_solutions_pass():
    for name in ("counters", "stored_reward", "run_episode"):
        getattr(checks, f"check_{name}")(lesson(f"def my_{name}")[f"my_{name}"])


@pytest.mark.parametrize("lengths", [[3, 2, 4], [4], [1, 1, 1, 1, 1]])
def test_the_formulas_count_as_the_agent_does(lengths, eagerly):
    my_counters = lesson("def my_counters")["my_counters"]
    agent = DQNAgent(
        4, 2, train_start=4, memory_size=8, batch_size=2, epsilon_decay=0.5, epsilon_min=0.1
    )
    steps = 0
    for length in lengths:
        agent.run_episode(CartPole(max_steps=length, seed=0))
        steps += length
        updates, epsilon = my_counters(steps, 4, 0.5, 0.1)
        assert int(agent.steps) == steps
        assert int(agent.training_steps) == updates == max(0, steps - 4 + 1)
        assert float(agent.epsilon) == pytest.approx(epsilon) == max(0.1, 0.5**updates)
        assert len(agent.memory) == min(steps, 8)


def test_the_table_by_hand():
    my_counters = lesson("def my_counters")["my_counters"]
    assert [my_counters(n, 4, 0.5, 0.0) for n in (3, 5, 9)] == [(0, 1), (2, 0.25), (6, 0.5**6)]


def test_the_stored_reward_is_the_agents():
    my_stored_reward = lesson("def my_stored_reward")["my_stored_reward"]
    agent = DQNAgent(4, 2)
    for terminated in (True, False):
        expected = shaped_reward(tf.constant(1.0), tf.constant(terminated), agent.fall_reward)
        assert float(my_stored_reward(1.0, terminated)) == float(expected)


def test_the_class_built_in_the_lesson_is_the_package_s_agent(eagerly):
    names = lesson("class MyDQN", "def get_action", "def train_model", "def my_run_episode")
    mine = names["MyDQN"](4, 2, train_start=10, seed=3)
    tested = DQNAgent(4, 2, train_start=10, seed=3)
    tested.rng.reset_from_seed(3)
    my_environment, environment = CartPole(max_steps=14, seed=1), CartPole(max_steps=14, seed=1)
    before = tested.model.get_weights()
    for _ in range(2):
        score = names["my_run_episode"](mine, my_environment)
        assert float(score) == float(tested.run_episode(environment))
    assert int(mine.training_steps) == int(tested.training_steps) > 0
    for network in ("model", "target_model"):
        pairs = zip(
            getattr(mine, network).get_weights(),
            getattr(tested, network).get_weights(),
            strict=True,
        )
        for my_weight, weight in pairs:
            np.testing.assert_allclose(my_weight, weight, rtol=1e-6, atol=1e-7)
    assert np.abs(before[0] - tested.model.get_weights()[0]).max() > 1e-3
