"""Lesson 13: its formulas are the code's; test_checks.py tests its exercises."""

import ast
import json
import math
import re

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_code, lesson_function

from dqn_keras import CartPole, REINFORCEAgent, checks, discounted_returns
from dqn_keras.classroom.checks.harness import Hint
from dqn_keras.policy import entropy, policy_gradient_loss, standardise


def test_the_lessons_solutions_pass():
    checks.check_log_policy_gradient(lesson_function("13", "my_log_policy_gradient"))
    checks.check_reinforce_loss(lesson_function("13", "my_reinforce_loss"))
    checks.check_standardised_returns(lesson_function("13", "my_standardised_returns"))


def test_the_lessons_agent_learns_as_the_packages_does():
    functions = {
        name: lesson_function("13", name)
        for name in ("my_reinforce_loss", "my_standardised_returns")
    }
    names = {"np": np, "tf": tf, "REINFORCEAgent": REINFORCEAgent, **functions}
    (written,) = (n for n in lesson_code("13").body if getattr(n, "name", "") == "MyREINFORCE")
    exec(compile(ast.Module([written], []), "lesson 13", "exec"), names)
    answers = []
    for kind in (names["MyREINFORCE"], REINFORCEAgent):
        agent, environment = kind(4, 2, fall_reward=-100.0, seed=3), CartPole(seed=3)
        for _ in range(3):
            agent.run_episode(environment)
        answers.append(agent.model(np.eye(4)).numpy())
    np.testing.assert_allclose(*answers, atol=1e-5)


def test_the_buggy_function_is_told_both_of_its_mistakes():
    with pytest.raises(Hint, match="two mistakes are left: still integers.* give NaN"):
        checks.check_standardised_returns(lesson_function("13", "buggy_standardised_returns"))


def test_the_policy_is_the_softmax_of_the_logits():
    logits = np.random.default_rng(0).normal(size=5)
    by_formula = [math.exp(z) / sum(math.exp(b) for b in logits) for z in logits]
    np.testing.assert_allclose(lesson_function("13", "softmax")(logits), by_formula)
    np.testing.assert_allclose(tf.nn.softmax(logits), by_formula)


@pytest.mark.parametrize("seed", range(3))
def test_the_log_derivative_trick(seed):
    rng = np.random.default_rng(seed)
    logits, worth = rng.normal(size=4), rng.normal(size=4)
    softmax = lesson_function("13", "softmax")
    slope = lesson_function("13", "my_log_policy_gradient")
    policy = softmax(logits)
    pushed = [
        (softmax(logits + push) @ worth - softmax(logits - push) @ worth) / 2e-6
        for push in 1e-6 * np.eye(4)
    ]
    # sum of (slope of pi) q, and of pi (slope of log pi) q
    slope_of_pi = np.array([policy[a] * (np.eye(4)[a] - policy) for a in range(4)])
    np.testing.assert_allclose(worth @ slope_of_pi, pushed, atol=1e-6)
    objective = lesson_function("13", "objective", softmax=softmax, pays=worth)
    assert objective(logits) == pytest.approx(sum(policy[a] * worth[a] for a in range(4)))
    expected = sum(policy[a] * slope(policy, a) * worth[a] for a in range(4))
    np.testing.assert_allclose(expected, pushed, atol=1e-6)


def test_the_policy_gradient_theorem_needs_no_gradient_of_where_the_policy_leads():
    """Two states, two actions, three steps: all episodes, against pushes of the logits."""
    rng, discount = np.random.default_rng(0), 0.7
    transition = rng.dirichlet([1, 1], size=[2, 2])  # [s, a, s'], unknown to the formula
    rewards = rng.normal(size=[2, 2])
    slope, softmax = (lesson_function("13", n) for n in ("my_log_policy_gradient", "softmax"))

    def sums(logits, with_discount=True, state=0, t=0):
        """The expected return, and the expectation of sum_t discount^t G_t grad log pi."""
        if t == 3:
            return 0.0, np.zeros([2, 2])
        policy, value, gradient = softmax(logits[state]), 0.0, np.zeros([2, 2])
        for action in range(2):
            q = rewards[state, action]
            for following in range(2):
                chance = transition[state, action, following]
                later, deeper = sums(logits, with_discount, following, t + 1)
                q += discount * chance * later
                gradient += policy[action] * chance * deeper
            factor = discount**t if with_discount else 1
            gradient[state] += policy[action] * factor * q * slope(policy, action)
            value += policy[action] * q
        return value, gradient

    logits = rng.normal(size=[2, 2])
    pushed = np.zeros([2, 2])
    for place in np.ndindex(2, 2):
        push = np.zeros([2, 2])
        push[place] = 1e-6
        pushed[place] = (sums(logits + push)[0] - sums(logits - push)[0]) / 2e-6
    np.testing.assert_allclose(sums(logits)[1], pushed, atol=1e-7)
    # Without discount^t, as in practice, it is not the gradient of the discounted return.
    assert np.abs(sums(logits, with_discount=False)[1] - pushed).max() > 0.01


def test_the_gradient_of_the_loss_is_the_policy_gradient_turned():
    logits, actions = np.float32([[0.5, -0.3, 1.0], [0.1, 0.2, 0.3]]), [2, 0]
    returns = np.float32([1.5, -2.0])
    variable = tf.Variable(logits)
    with tf.GradientTape() as tape:
        loss = policy_gradient_loss(variable, actions, returns)
    slope = lesson_function("13", "my_log_policy_gradient")
    expected = [
        -slope(np.exp(z) / np.exp(z).sum(), a) * g
        for z, a, g in zip(logits, actions, returns, strict=True)
    ]
    np.testing.assert_allclose(tape.gradient(loss, variable), expected, rtol=1e-5)


def test_the_loss_is_minus_the_sum_of_log_pi_times_return():
    rng = np.random.default_rng(1)
    logits, actions = rng.normal(size=[7, 3]), rng.integers(0, 3, 7)
    returns = rng.normal(size=7)
    total = 0.0
    for t in range(7):
        pi = math.exp(logits[t, actions[t]]) / sum(math.exp(z) for z in logits[t])
        total -= math.log(pi) * returns[t]
    assert float(policy_gradient_loss(np.float32(logits), actions, np.float32(returns))) == (
        pytest.approx(total, rel=1e-5)
    )


def test_cross_entropy_with_a_one_hot_answer_is_minus_log_pi():
    logits = np.float32([[0.2, -1.0, 0.7]])
    policy = np.exp(logits[0]) / np.exp(logits[0]).sum()
    for action in range(3):
        answer = np.eye(3)[action]
        cross_entropy = -np.sum(answer * np.log(policy))
        got = float(policy_gradient_loss(logits, [action], [1.0]))
        assert got == pytest.approx(cross_entropy, rel=1e-5)


def test_entropy_is_minus_the_sum_of_pi_log_pi():
    logits = np.float32([[0, 0, 0], [0, 1, 3]])
    policy = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(entropy(logits), -(policy * np.log(policy)).sum(axis=1), 1e-5)


def test_returns_are_discounted_sums_and_standardising_takes_mean_and_spread():
    rewards, discount = np.array([0, -1, 0, 0, 0, 0, 1]), 0.99
    sums = [
        sum(discount ** (k - t) * rewards[k] for k in range(t, len(rewards)))
        for t in range(len(rewards))
    ]
    np.testing.assert_allclose(discounted_returns(rewards, discount), sums, rtol=1e-5)
    expected = (np.array(sums) - np.mean(sums)) / np.std(sums)
    got = standardise(np.float32(sums), np.ones(len(sums), bool))
    np.testing.assert_allclose(got, expected, rtol=1e-4)
    times_100 = standardise(100 * np.float32(sums), np.ones(len(sums), bool))
    np.testing.assert_allclose(times_100, expected, rtol=1e-4)


def test_the_best_score_on_the_grid_is_eight_steps_without_an_obstacle():
    from dqn_keras.experiments import find_recipe

    grid = find_recipe("slides_reinforce_grid").environment(0)
    grid.reset()
    score, ended = 0.0, []
    for action in [1] * 4 + [2] * 4:
        _, reward, terminated, _ = grid.step(tf.constant(action))
        score += float(reward)
        ended.append(bool(terminated))
    assert ended == [False] * 7 + [True]
    assert score == pytest.approx(1 - 8 * 0.1, abs=1e-5)


def test_the_stuck_seeds_are_those_that_were_the_most_decided_untrained():
    """The lesson says so of the page as it was built."""
    built = json.loads((ROOT / "notebooks" / "en" / "13_policy_gradient.ipynb").read_text())
    printed = ["".join(o.get("text", "")) for c in built["cells"] for o in c.get("outputs", [])]
    found = re.findall(
        r"seed \d: mean .* episodes +([-.\d]+),.*untrained ([.\d]+)", "".join(printed)
    )
    lecture, changed = np.split(np.array(found, float), 2)  # [5, 2] each: score, entropy
    stuck = lecture[:, 0] < -100
    assert 0 < stuck.sum() < 5
    assert lecture[stuck, 1].max() < lecture[~stuck, 1].min()
    assert np.all(changed[:, 0] > -100) and np.all(changed[:, 1] > 1.6)
