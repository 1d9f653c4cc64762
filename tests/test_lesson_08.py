"""Lesson 08: its checks reject what learners really get wrong; its formulas are the agent's."""

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
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet

SOURCE = Path(__file__).resolve().parents[1] / "notebooks" / "source" / "08_dqn_agent.py"


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


def unwritten(*arguments):
    raise NotImplementedError


@pytest.mark.parametrize(
    "check", [checks.check_counters, checks.check_stored_reward, checks.check_run_episode]
)
def test_an_empty_exercise_is_not_done_yet(check):
    with pytest.raises(NotDoneYet, match="not done yet"):
        check(unwritten)


# Exercise 1, the counters.


def counters_by_loop(steps, train_start, decay, floor):
    updates, epsilon = 0, 1.0
    for step in range(1, steps + 1):
        if step >= train_start:
            updates += 1
            epsilon *= decay
    return updates, max(epsilon, floor)


def counters_in_tensorflow(steps, train_start, decay, floor):
    updates = tf.maximum(steps - train_start + 1, 0)
    return tf.cast(updates, tf.float32), tf.maximum(decay ** tf.cast(updates, tf.float32), floor)


def counters_in_numpy(steps, train_start, decay, floor):
    updates = np.clip(steps - train_start + 1, 0, None)
    return np.array([updates, np.maximum(np.power(decay, float(updates)), floor)])


@pytest.mark.parametrize(
    "answer",
    [counters_by_loop, counters_in_tensorflow, counters_in_numpy],
    ids=lambda f: f.__name__,
)
def test_right_counters_pass(answer, capsys):
    checks.check_counters(answer)
    assert "✓" in capsys.readouterr().out


def updates(steps, train_start):
    return max(0, steps - train_start + 1)


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda n, n0, k, low: (max(0, n - n0), max(low, k ** max(0, n - n0))), "off by one"),
        (lambda n, n0, k, low: (n - n0, max(low, k ** (n - n0))), "off by one.*negative"),
        (lambda n, n0, k, low: (n - n0 + 1, max(low, k ** (n - n0 + 1))), "^counters: before"),
        (lambda n, n0, k, low: (n, max(low, k**n)), "counts every step"),
        (lambda n, n0, k, low: (n * (n >= n0), max(low, k ** (n * (n >= n0)))), "early steps"),
        (lambda n, n0, k, low: (updates(n, n0), max(low, k**n)), "not in every step"),
        (lambda n, n0, k, low: (updates(n, n0), k ** updates(n, n0)), "below its floor"),
        (lambda n, n0, k, low: (updates(n, n0), min(low, k ** updates(n, n0))), "min or max"),
        (lambda n, n0, k, low: (updates(n, n0), max(low, k * updates(n, n0))), "to the power"),
        (lambda n, n0, k, low: (updates(n, n0), max(low, 1 - k * updates(n, n0))), "taken off"),
        (lambda n, n0, k, low: counters_by_loop(n, n0, k, low)[::-1], "updates first"),
        (lambda n, n0, k, low: updates(n, n0), "shape"),
    ],
)
def test_wrong_counters_get_their_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_counters(wrong)


# Exercise 2, the reward that is stored.


@pytest.mark.parametrize(
    "answer",
    [
        lambda r, end: -100 if end else r,
        lambda r, end: np.where(end, -100, r),
        lambda r, end: tf.where(end, -100.0, r),
        lambda r, end: r * (1 - tf.cast(end, tf.float32)) - 100 * tf.cast(end, tf.float32),
    ],
)
def test_right_rewards_pass(answer, capsys):
    checks.check_stored_reward(answer)
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda r, end: r, "like any other step"),
        (lambda r, end: r if end else -100, "wrong way round"),
        (lambda r, end: r - 100 if end else r, "added"),
        (lambda r, end: 100 if end else r, "sign"),
        (lambda r, end: -100 * r if end else r, "multiplied"),
        (lambda r, end: -100, "every step"),
        (lambda r, end: -100 if end else 0, "keeps the environment's reward"),
    ],
)
def test_wrong_rewards_get_their_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_stored_reward(wrong)


# Exercise 3, the loop. One text with holes in it: a mistake fills one of them differently.

LOOP = """
def my_run_episode(agent, environment):
    state = environment.reset()
    score = tf.constant(0.0)
    done = tf.constant(False)
    while not done:
        {act}
        {step}
        {store}
        {learn}
        {score}
        {move}
        {done}
    {copy}
    return score
"""
RIGHT = {
    "act": "action = agent.get_action(state)",
    "step": "next_state, reward, terminated, truncated = environment.step(action)",
    "store": "agent.append_sample(state, action, reward, next_state, terminated)",
    "learn": "if agent.memory.size >= agent.train_start: agent.train_model()",
    "score": "score += reward",
    "move": "state = next_state",
    "done": "done = terminated or truncated",
    "copy": "agent.update_target_model()",
}


def loop(**changes):
    names = {"tf": tf, "np": np}
    exec(LOOP.format(**RIGHT | changes), names)
    return names["my_run_episode"]


def loop_in_another_style(agent, environment):
    state, total = environment.reset(), 0.0
    while True:
        action = int(agent.get_action(state))
        following, reward, terminated, truncated = environment.step(action)
        agent.append_sample(
            state=state.numpy(),
            action=action,
            reward=float(reward),
            next_state=following.numpy(),
            terminated=bool(terminated),
        )
        if not int(agent.memory.size) < agent.train_start:
            agent.train_model()
        total += float(reward)
        state = following
        if terminated or truncated:
            break
    agent.update_target_model()
    return total


@pytest.mark.parametrize(
    "answer",
    [
        loop(),
        loop(done="done = tf.logical_or(terminated, truncated)"),
        loop(done="done = terminated | truncated", score="score = score + reward"),
        loop(
            learn="if tf.greater_equal(agent.memory.size, agent.train_start): agent.train_model()"
        ),
        loop_in_another_style,
    ],
)
def test_right_loops_pass(answer, capsys):
    checks.check_run_episode(answer)
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize(
    "changes, hint",
    [
        ({"done": "done = terminated"}, "time is up.*plays on"),
        ({"done": "done = truncated"}, "has fallen.*plays on"),
        ({"done": "done = terminated and truncated"}, "plays on"),
        ({"done": "pass"}, "plays on"),
        ({"done": "done = True"}, "stops after 1 of 5"),
        ({"move": "pass"}, "first state in every step"),
        ({"act": "state = environment.reset(); " + RIGHT["act"]}, "before the loop"),
        ({"act": "action = 0"}, "who chooses"),
        ({"act": "agent.get_action(state); action = 0"}, "not the one"),
        ({"act": "agent.get_action(state); " + RIGHT["act"]}, "once in every step"),
        ({"store": "pass"}, "nothing is stored"),
        ({"store": RIGHT["store"] + "; " + RIGHT["store"]}, "10 samples"),
        ({"store": "state = next_state; " + RIGHT["store"]}, "already the next one"),
        (
            {"store": "agent.append_sample(next_state, action, reward, state, terminated)"},
            "state and next_state are stored the wrong way",
        ),
        (
            {"store": "agent.append_sample(state, reward, action, next_state, terminated)"},
            "the order is",
        ),
        (
            {
                "store": "score += reward; "
                "agent.append_sample(state, action, score, next_state, terminated)",
                "score": "pass",
            },
            "score is stored",
        ),
        (
            {"store": "agent.append_sample(state, action, reward, next_state, done)"},
            "fall is not stored",
        ),
        (
            {
                "store": "agent.append_sample(state, action, reward, next_state, "
                "terminated or truncated)"
            },
            "time limit is stored as an end",
        ),
        ({"learn": "pass"}, "never learns"),
        (
            {"learn": "if agent.memory.size > agent.train_start: agent.train_model()"},
            "one step late",
        ),
        ({"learn": "agent.train_model()"}, "before the memory holds"),
        ({"store": RIGHT["learn"], "learn": RIGHT["store"]}, "before it stores"),
        (
            {"learn": "pass", "copy": "agent.train_model(); " + RIGHT["copy"]},
            "once, after the loop",
        ),
        (
            {"learn": "if agent.memory.size < agent.train_start: agent.train_model()"},
            "turn the <",
        ),
        ({"learn": RIGHT["learn"] + "; agent.train_model()"}, "once in a step"),
        ({"copy": "pass"}, "never copied"),
        ({"move": RIGHT["move"] + "; " + RIGHT["copy"], "copy": "pass"}, "never stands still"),
        ({"copy": RIGHT["copy"] + "; " + RIGHT["copy"]}, "copy the target network once"),
        ({"score": "pass"}, "stays 0"),
        ({"score": "score = reward"}, "last reward alone"),
        ({"score": "score += 1"}, "counts steps"),
        ({"score": "score += 0 if terminated or truncated else reward"}, "lacks the last"),
        (
            {"learn": "if len(agent.memory) >= agent.train_start: agent.train_model()"},
            "a graph has no len",
        ),
        ({"step": "continue"}, "100 actions"),
    ],
)
def test_wrong_loops_get_their_hint(changes, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_run_episode(loop(**changes))


# The formulas of the lesson are what the agent does.


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
