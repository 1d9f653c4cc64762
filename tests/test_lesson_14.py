"""Lesson 14: its checks reject what learners really get wrong; its formulas are its code."""

import itertools
import re
from pathlib import Path

import gymnasium
import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import bellman_target, checks, discounted_returns, sarsa_target
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet

SOURCE = Path(__file__).resolve().parents[1] / "notebooks" / "source" / "14_where_next.py"


def lesson(*beginnings):
    """What the lesson's code cells that begin so define."""
    names = {"np": np, "gymnasium": gymnasium}
    cells = re.split(r"^# %%.*\n", SOURCE.read_text(), flags=re.M)
    for beginning in beginnings:
        (cell,) = [cell for cell in cells if cell.startswith(beginning)]
        exec(cell, names)
    return names


def unwritten(*arguments):
    raise NotImplementedError


@pytest.mark.parametrize(
    "check",
    [checks.check_n_step_target, checks.check_dueling, checks.check_clipped_objective],
)
def test_an_empty_exercise_is_not_done_yet(check):
    with pytest.raises(NotDoneYet, match="not done yet"):
        check(unwritten)


# Exercise 1, the n-step target.


def n_step_backwards(rewards, last_q_values, terminated, discount_factor):
    target = 0.0 if terminated else max(last_q_values)
    for reward in reversed(rewards):
        target = reward + discount_factor * target
    return target


def n_step_in_tensorflow(rewards, last_q_values, terminated, discount_factor):
    powers = discount_factor ** tf.range(len(rewards) + 1, dtype=tf.float32)
    best = tf.where(terminated, 0.0, tf.reduce_max(last_q_values))
    return tf.reduce_sum(powers * tf.concat([rewards, [best]], axis=0))


def n_step(r, q, d, g, powers=None, last=None, best=np.max):
    n = len(r)
    powers = g ** np.arange(n) if powers is None else powers
    return np.dot(powers, r) + (g**n if last is None else last) * (1 - d) * best(q)


@pytest.mark.parametrize("answer", [n_step_backwards, n_step_in_tensorflow, n_step])
def test_right_n_step_targets_pass(answer, capsys):
    checks.check_n_step_target(answer)
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda r, q, d, g: n_step(r, q, False, g), "past the end"),
        (lambda r, q, d, g: n_step(r, q, not d, g), "wrong way round"),
        (lambda r, q, d, g: n_step(r, q, d, g, last=g ** (len(r) - 1)), "to the power of n$"),
        (lambda r, q, d, g: n_step(r, q, d, g, last=g ** (len(r) + 1)), "not n \\+ 1"),
        (lambda r, q, d, g: n_step(r, q, d, g, last=g), "discounted once"),
        (lambda r, q, d, g: n_step(r, q, d, g, last=1), "counts in full: discount"),
        (lambda r, q, d, g: n_step(r, q, d, g, powers=np.ones(len(r))), "k-th one"),
        (lambda r, q, d, g: n_step(r, q, d, g, np.ones(len(r)), 1), "nothing is discounted"),
        (
            lambda r, q, d, g: n_step(r, q, d, g, powers=g ** np.arange(1, len(r) + 1)),
            "power 0",
        ),
        (lambda r, q, d, g: n_step(r[::-1], q, d, g), "backwards"),
        (lambda r, q, d, g: r[0] + g * (1 - d) * np.max(q), "one-step target"),
        (lambda r, q, d, g: g ** len(r) * (1 - d) * np.max(q), "rewards are missing"),
        (lambda r, q, d, g: (1 - d) * n_step(r, q, d, g), "were received"),
        (lambda r, q, d, g: n_step(r, q, d, g, best=np.min), "smallest"),
        (lambda r, q, d, g: n_step(r, q, d, g, best=np.mean), "mean Q-value"),
        (lambda r, q, d, g: n_step(r, q, d, g, best=lambda q: q[0]), "action 0"),
        (lambda r, q, d, g: n_step(r, q, d, g, best=np.sum), "adds up"),
    ],
)
def test_wrong_n_step_targets_get_their_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_n_step_target(wrong)


# Exercise 2, dueling.


def dueling_row_by_row(values, advantages):
    return [
        [value[0] + a - sum(row) / len(row) for a in row]
        for value, row in zip(values, advantages, strict=True)
    ]


def dueling_in_tensorflow(values, advantages):
    return values + advantages - tf.reduce_mean(advantages, axis=1, keepdims=True)


@pytest.mark.parametrize("answer", [dueling_row_by_row, dueling_in_tensorflow])
def test_right_dueling_passes(answer, capsys):
    checks.check_dueling(answer)
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda v, a: v + a, "not taken off"),
        (lambda v, a: v + a - a.mean(axis=0), "over the batch"),
        (lambda v, a: v + a - a.mean(axis=1), "keepdims"),
        (lambda v, a: v + a - a.mean(), "over everything"),
        (lambda v, a: v + a - a.max(axis=1, keepdims=True), "largest advantage"),
        (lambda v, a: v + a + a.mean(axis=1, keepdims=True), "mean is added"),
        (lambda v, a: a - a.mean(axis=1, keepdims=True), "value is missing"),
        (lambda v, a: a - a.mean(axis=1, keepdims=True) - v, "value is taken off"),
        (lambda v, a: v + a - a.sum(axis=1, keepdims=True), "sum of the advantages"),
        (lambda v, a: v + 0 * a, "advantages are missing"),
        (lambda v, a: np.max(dueling_row_by_row(v, a), axis=1), "one number a state"),
    ],
)
def test_wrong_dueling_gets_its_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_dueling(wrong)


# Exercise 3, PPO.


def clipped_by_cases(ratios, advantages, clip):
    objective = []
    for ratio, advantage in zip(ratios, advantages, strict=True):
        limit = min(ratio, 1 + clip) if advantage > 0 else max(ratio, 1 - clip)
        objective.append(limit * advantage)
    return objective


def clipped_in_tensorflow(ratios, advantages, clip):
    clipped = tf.clip_by_value(ratios, 1 - clip, 1 + clip)
    return tf.minimum(ratios * advantages, clipped * advantages)


def near_one(r, c):
    return np.clip(r, 1 - c, 1 + c)


@pytest.mark.parametrize("answer", [clipped_by_cases, clipped_in_tensorflow])
def test_right_objectives_pass(answer, capsys):
    checks.check_clipped_objective(answer)
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda r, a, c: r * a, "nothing is clipped"),
        (lambda r, a, c: near_one(r, c) * a, "always takes the clipped"),
        (lambda r, a, c: np.maximum(r * a, near_one(r, c) * a), "larger of the two"),
        (lambda r, a, c: -np.minimum(r * a, near_one(r, c) * a), "sign"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, -c, c) * a), "near 1"),
        (lambda r, a, c: np.minimum(r * a, near_one(r * a, c)), "clip the ratio alone"),
        (lambda r, a, c: np.minimum(r, near_one(r, c)) * a, "too early"),
        (lambda r, a, c: np.minimum(r * a, np.minimum(r, 1 + c) * a), "upper side"),
        (lambda r, a, c: np.minimum(r, near_one(r, c)), "where is the advantage"),
        (lambda r, a, c: np.minimum(r * a, near_one(r, c) * a).mean(), "mean comes later"),
    ],
)
def test_wrong_objectives_get_their_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_clipped_objective(wrong)


# The formulas.


def test_the_two_targets_are_the_package_s():
    rng = np.random.default_rng(0)
    rewards, q = rng.normal(size=6), rng.normal(size=(6, 4))
    actions, ended = rng.integers(4, size=6), np.array([True, False] * 3)
    on_policy = [
        r + (0 if d else 0.9 * row[a])
        for r, row, a, d in zip(rewards, q, actions, ended, strict=True)
    ]
    off_policy = [
        r + (0 if d else 0.9 * max(row)) for r, row, d in zip(rewards, q, ended, strict=True)
    ]
    np.testing.assert_allclose(sarsa_target(rewards, q, actions, ended, 0.9), on_policy, rtol=1e-5)
    np.testing.assert_allclose(bellman_target(rewards, q, ended, 0.9), off_policy, rtol=1e-5)


@pytest.mark.parametrize("on_policy", [True, False])
def test_the_lesson_s_students_use_these_targets(on_policy):
    names = lesson("cliff = ", "def learn", "def walk_at_random")
    log = names["walk_at_random"](40, seed=1)
    expected = np.zeros((48, 4))
    for state, action, next_state, next_action, ended in log:
        reward = [float(names["REWARD"][state][action])]
        row = expected[None, next_state]
        if on_policy:
            target = sarsa_target(reward, row, [next_action], [ended], 0.9)
        else:
            target = bellman_target(reward, row, [ended], 0.9)
        expected[state, action] += 0.1 * (target.numpy()[0] - expected[state, action])
    q = names["read"](log, on_policy, times=1)
    np.testing.assert_allclose(q, expected, rtol=1e-4, atol=1e-5)
    assert np.count_nonzero(q) > 5


def test_the_log_is_one_walk():
    names = lesson("cliff = ", "def walk_at_random")
    log = names["walk_at_random"](20_000, seed=0)
    assert any(line[4] for line in log)
    for (_, _, next_state, next_action, ended), (state, action, *_) in itertools.pairwise(log):
        assert state == (36 if ended else next_state)
        assert action == next_action


def test_the_walker_s_return_is_the_discounted_return():
    source = SOURCE.read_text()
    function = source[source.index("def walker_return") : source.index("logs = [walk_at_random")]
    names = lesson("cliff = ", "def walk_at_random")
    exec(function, names)
    log = names["walk_at_random"](60, seed=2)
    assert not any(line[4] for line in log)
    rewards = [names["REWARD"][state][action] for state, action, *_ in log]
    returns = discounted_returns(rewards, 0.9).numpy()
    expected = np.mean([returns[i] for i, line in enumerate(log) if line[0] == 36])
    assert names["walker_return"](log) == pytest.approx(expected, rel=1e-4)


def test_the_cliff_by_hand():
    names = lesson("cliff = ")
    falls = [cell for cell in range(24, 36) if names["REWARD"][cell][2] == -100]
    assert len(falls) == 10
    assert len(falls) * (0.1 / 4) * 100 == pytest.approx(25)
    for path, steps in (([0] + [1] * 11 + [2], 13), ([0] * 3 + [1] * 11 + [2] * 3, 17)):
        state, score = names["START"], 0
        for action in path:
            score += names["REWARD"][state][action]
            state = names["NEXT"][state][action]
        assert (state, score) == (47, -steps)


def test_the_n_step_formula():
    my_n_step_target = lesson("def my_n_step_target")["my_n_step_target"]
    rng = np.random.default_rng(0)
    for n, terminated in itertools.product((1, 2, 5), (True, False)):
        rewards, q_values = rng.normal(size=n), rng.normal(size=3)
        formula = sum(0.9**k * rewards[k] for k in range(n))
        formula += 0.9**n * (1 - terminated) * max(q_values)
        assert my_n_step_target(rewards, q_values, terminated, 0.9) == pytest.approx(formula)
        if n == 1:
            one_step = bellman_target(rewards, q_values[None], [terminated], 0.9).numpy()[0]
            assert formula == pytest.approx(one_step, rel=1e-5)
        if terminated:
            whole = discounted_returns(rewards, 0.9).numpy()[0]
            assert formula == pytest.approx(whole, rel=1e-4, abs=1e-5)
    assert my_n_step_target(np.ones(3), [10, 20], False, 0.9) == pytest.approx(17.29)


def test_the_dueling_formula():
    my_dueling = lesson("def my_dueling")["my_dueling"]
    np.testing.assert_allclose(my_dueling(np.array([[10.0]]), np.array([[1.0, 3.0]])), [[9, 11]])
    rng = np.random.default_rng(0)
    values, advantages = rng.normal(size=(5, 1)), rng.normal(size=(5, 4))
    np.testing.assert_allclose(
        my_dueling(values, advantages), dueling_row_by_row(values, advantages)
    )


def test_the_priority_formulas():
    names = lesson("def probabilities")
    errors, alpha, beta, e = np.array([0.5, -3.0, 1.0]), 0.7, 0.4, 0.01
    p = [(abs(error) + e) ** alpha for error in errors]
    probabilities = [value / sum(p) for value in p]
    fair = [(3 * probability) ** -beta for probability in probabilities]
    np.testing.assert_allclose(names["probabilities"](errors, alpha, e), probabilities)
    np.testing.assert_allclose(
        names["weights"](np.array(probabilities), beta), [value / max(fair) for value in fair]
    )
    np.testing.assert_allclose(names["probabilities"](errors, 0.0), np.full(3, 1 / 3))
    # Probability times weight is the same for every sample when beta is 1.
    full = names["weights"](np.array(probabilities), 1) * probabilities
    np.testing.assert_allclose(full, full[0])


def test_the_clipped_formula():
    my_clipped_objective = lesson("def my_clipped_objective")["my_clipped_objective"]
    rng = np.random.default_rng(0)
    ratios, advantages = rng.uniform(0.3, 2, size=50), rng.normal(size=50)
    np.testing.assert_allclose(
        my_clipped_objective(ratios, advantages, 0.2), clipped_by_cases(ratios, advantages, 0.2)
    )
    by_hand = my_clipped_objective(np.array([1.5, 1.5]), np.array([2.0, -2.0]), 0.2)
    np.testing.assert_allclose(by_hand, [2.4, -3])
