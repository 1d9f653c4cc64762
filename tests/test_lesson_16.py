"""Lesson 16: its formulas are the code's; test_checks.py tests its exercises."""

import itertools
import re
from pathlib import Path

import gymnasium
import numpy as np
import pytest

from dqn_keras import bellman_target, checks, discounted_returns, sarsa_target

SOURCE = Path(__file__).resolve().parents[1] / "notebooks" / "source" / "16_where_next.py"


def lesson(*beginnings):
    """What the lesson's code cells that begin so define."""
    names = {"np": np, "gymnasium": gymnasium}
    cells = re.split(r"^# %%.*\n", SOURCE.read_text(), flags=re.M)
    for beginning in beginnings:
        (cell,) = [cell for cell in cells if cell.startswith(beginning)]
        exec(cell, names)
    return names


def test_the_lessons_solutions_pass():
    for exercise in ("n_step_target", "dueling", "prioritised", "clipped_objective"):
        names = lesson(f"def my_{exercise}")
        getattr(checks, f"check_{exercise}")(names[f"my_{exercise}"])


def dueling_row_by_row(values, advantages):
    return [
        [value[0] + a - sum(row) / len(row) for a in row]
        for value, row in zip(values, advantages, strict=True)
    ]


def clipped_by_cases(ratios, advantages, clip):
    objective = []
    for ratio, advantage in zip(ratios, advantages, strict=True):
        limit = min(ratio, 1 + clip) if advantage > 0 else max(ratio, 1 - clip)
        objective.append(limit * advantage)
    return objective


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
    my_prioritised = lesson("def my_prioritised")["my_prioritised"]
    errors, alpha, beta, e = np.array([0.5, -3.0, 1.0]), 0.7, 0.4, 0.01
    p = [(abs(error) + e) ** alpha for error in errors]
    probabilities = [value / sum(p) for value in p]
    fair = [(3 * probability) ** -beta for probability in probabilities]
    came = my_prioritised(errors, alpha, beta, e)
    np.testing.assert_allclose(came[0], probabilities)
    np.testing.assert_allclose(came[1], [value / max(fair) for value in fair])
    np.testing.assert_allclose(my_prioritised(errors, 0.0, beta, e)[0], np.full(3, 1 / 3))
    np.testing.assert_allclose(my_prioritised(errors, alpha, 0.0, e)[1], np.ones(3))
    # Probability times weight is the same for every sample when beta is 1.
    full = np.prod(my_prioritised(errors, alpha, 1.0, e), axis=0)
    np.testing.assert_allclose(full, full[0])
    by_hand = my_prioritised(np.array([1.0, -3.0]), 1, 1, 0)
    np.testing.assert_allclose(by_hand, [[1 / 4, 3 / 4], [1, 1 / 3]])


def test_an_n_step_target_carries_the_reward_n_cells_back():
    names = lesson("def my_n_step_target")
    source = SOURCE.read_text()
    start = source.index("def q_values_after_one_walk")
    exec(source[start : source.index("plt.figure", start)], names)
    for n in (1, 3, 12):
        q = names["q_values_after_one_walk"](n)
        assert np.count_nonzero(q) == n
        np.testing.assert_allclose(q[-n:], 0.9 ** np.arange(n - 1, -1, -1))


def test_old_samples_bias_targets_of_several_steps_but_not_of_one():
    """The greedy policy would go on to a reward of 1; the policy of that time did not."""
    my_n_step_target = lesson("def my_n_step_target")["my_n_step_target"]
    best = 0 + 0.9 * 1  # go on, then take the 1
    one_step = my_n_step_target(np.array([0.0]), np.array([0.0, 1.0]), False, 0.9)
    assert one_step == pytest.approx(best)
    two_steps = my_n_step_target(np.array([0.0, 0.0]), np.zeros(2), True, 0.9)
    assert two_steps < best


def test_the_clip_stops_where_the_ratio_passes_the_limit():
    names = lesson("def my_clipped_objective")
    source = SOURCE.read_text()
    start = source.index("def climb")
    exec(source[start : source.index("plt.figure", start)], names)
    clipped = names["my_clipped_objective"]
    assert names["climb"](lambda *both: clipped(*both, 0.2))[-1] == pytest.approx(0.6, abs=0.015)
    assert names["climb"](lambda ratios, advantages: ratios * advantages)[-1] > 0.95


def test_the_clipped_formula():
    my_clipped_objective = lesson("def my_clipped_objective")["my_clipped_objective"]
    rng = np.random.default_rng(0)
    ratios, advantages = rng.uniform(0.3, 2, size=50), rng.normal(size=50)
    np.testing.assert_allclose(
        my_clipped_objective(ratios, advantages, 0.2), clipped_by_cases(ratios, advantages, 0.2)
    )
    by_hand = my_clipped_objective(np.array([1.5, 1.5]), np.array([2.0, -2.0]), 0.2)
    np.testing.assert_allclose(by_hand, [2.4, -3])
    assert my_clipped_objective(np.array([0.5]), np.array([-2.0]), 0.2) == pytest.approx(-1.6)
