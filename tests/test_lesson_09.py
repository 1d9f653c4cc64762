"""Lesson 09: its formulas are the agent's; test_checks.py tests its exercises."""

import re
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import CartPole, DQNAgent, Transitions, checks, q_network
from dqn_keras.agents.agent import shaped_reward

SOURCE = Path(__file__).resolve().parents[1] / "notebooks" / "source" / "09_dqn_agent.py"


def lesson(*beginnings):
    """What the lesson's code cells that begin so define."""
    names = {"np": np, "tf": tf, "keras": keras, "q_network": q_network}
    cells = re.split(r"^# %%.*\n", SOURCE.read_text(), flags=re.M)
    for beginning in beginnings:
        (cell,) = [cell for cell in cells if cell.startswith(beginning)]
        exec(cell, names)
    return names


def assembled():
    """The agent's class as the lesson puts it together, and the loop."""
    return lesson(
        "def my_counters",
        "def my_epsilon_greedy",
        "class MyDQN",
        "def my_stored_reward",
        "def get_action",
        "def draw",
        "def my_run_episode",
    )


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


def test_the_agent_built_in_the_lesson_learns_as_the_package_s_does():
    mine, tested = assembled()["MyDQN"](4, 2, seed=3), DQNAgent(4, 2, seed=3)
    rng = np.random.default_rng(0)
    for n in range(100):
        mine.append_sample(rng.normal(size=4), n % 2, 1.0, rng.normal(size=4), n % 5 == 0)
    before = tested.model.get_weights()
    for update in range(8):
        batch = mine.draw()
        assert batch[4].any() and not batch[4].all() and (batch[2] == -100).any()
        mine.draw = lambda batch=batch: batch
        tested.memory.sample = lambda size, rng, batch=batch: Transitions(*batch)
        assert float(mine.train_model()) == pytest.approx(float(tested.train_model()), rel=1e-4)
        del mine.draw
        if update == 4:
            mine.update_target_model()
            tested.update_target_model()
    pairs = zip(mine.model.get_weights(), tested.model.get_weights(), strict=True)
    for mine_, theirs in pairs:
        np.testing.assert_allclose(mine_, theirs, rtol=1e-4, atol=1e-6)
    assert np.abs(before[0] - tested.model.get_weights()[0]).max() > 1e-3


def test_its_loop_counts_and_copies():
    names = assembled()
    mine = names["MyDQN"](4, 2, train_start=10, seed=3)
    environment = CartPole(max_steps=14, seed=1)
    for _ in range(2):
        assert 1 <= float(names["my_run_episode"](mine, environment)) <= 14
    assert mine.steps > 10
    for mine_, copy in zip(mine.model.get_weights(), mine.target_model.get_weights(), strict=True):
        np.testing.assert_array_equal(mine_, copy)
    stored = mine.memory[: mine.steps]
    np.testing.assert_array_equal(stored[:-1, 6:10][stored[:-1, 10] == 0][:5], stored[1:6, :4])


def test_its_loop_plays_the_package_s_agent_too(eagerly):
    run_episode = assembled()["my_run_episode"]
    mine, tested = (DQNAgent(4, 2, train_start=10, memory_size=20, seed=3) for _ in range(2))
    my_environment, environment = CartPole(max_steps=14, seed=1), CartPole(max_steps=14, seed=1)
    for _ in range(2):
        assert float(run_episode(mine, my_environment)) == float(tested.run_episode(environment))
    for mine_, theirs in zip(mine.model.get_weights(), tested.model.get_weights(), strict=True):
        np.testing.assert_allclose(mine_, theirs, rtol=1e-6, atol=1e-7)
