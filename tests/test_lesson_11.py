"""Lesson 11: its checks accept right answers and name mistakes, its formulas are the code's."""

import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, one_line

from dqn_keras import checks, discounted_returns
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet
from dqn_keras.policy import entropy, policy_gradient_loss, standardise


def empty(*arguments):
    raise NotImplementedError


def rejected(check, function):
    with pytest.raises(Hint) as error:
        check(function)
    assert not isinstance(error.value, NotDoneYet)
    return one_line(error)


CHECKS = [
    checks.check_log_policy_gradient,
    checks.check_reinforce_loss,
    checks.check_standardised_returns,
]


@pytest.mark.parametrize("check", CHECKS)
def test_an_empty_exercise_is_not_done_yet(check):
    with pytest.raises(NotDoneYet, match="not done yet"):
        check(empty)


# Exercise 1


def slope_in_a_loop(probabilities, action):
    slopes = []
    for a, p in enumerate(probabilities):
        slopes.append(1 - p if a == action else -p)
    return slopes


def slope_by_tape(probabilities, action):
    logits = tf.Variable(tf.math.log(probabilities))
    with tf.GradientTape() as tape:
        log_probability = tf.nn.log_softmax(logits)[action]
    return tape.gradient(log_probability, logits)


@pytest.mark.parametrize(
    "function", [lesson_function("11", "my_log_policy_gradient"), slope_in_a_loop, slope_by_tape]
)
def test_right_slopes_are_accepted(function, capsys):
    checks.check_log_policy_gradient(function)
    assert "✓ log_policy_gradient" in capsys.readouterr().out


def one_hot(p, a):
    return np.eye(len(p))[a]


@pytest.mark.parametrize(
    "function, hint",
    [
        (lambda p, a: p - one_hot(p, a), "sign is turned"),
        (lambda p, a: one_hot(p, a), "have to be taken off"),
        (lambda p, a: p[a] * (one_hot(p, a) - p), "slope of pi, not of log pi"),
        (lambda p, a: one_hot(p, a) / p, "with respect to the probability"),
        (lambda p, a: 1 - p, "the 1 is for the action taken alone"),
        (lambda p, a: one_hot(p, 0) - p, "belongs to another"),
        (lambda p, a: 1 - p[a], "one for each logit"),
        (lambda p, a: np.log(p), "not yet right"),
    ],
)
def test_wrong_slopes_get_their_own_hint(function, hint):
    assert hint in rejected(checks.check_log_policy_gradient, function)


# Exercise 2


def loss_in_numpy(logits, actions, returns):
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.sum(np.log(probabilities[np.arange(len(actions)), actions]) * returns)


def loss_in_a_loop(logits, actions, returns):
    total = 0.0
    for z, a, g in zip(logits, actions, returns, strict=True):
        total -= (z[a] - math.log(sum(math.exp(x) for x in z))) * g
    return total


def log_softmax(logits, axis=1):
    return logits - np.log(np.exp(logits).sum(axis=axis, keepdims=True))


def taken(logits, actions):
    return log_softmax(logits)[np.arange(len(actions)), actions]


@pytest.mark.parametrize(
    "function",
    [
        lesson_function("11", "my_reinforce_loss"),
        loss_in_numpy,
        loss_in_a_loop,
        policy_gradient_loss,
    ],
)
def test_right_losses_are_accepted(function, capsys):
    checks.check_reinforce_loss(function)
    assert "✓ reinforce_loss" in capsys.readouterr().out


@pytest.mark.parametrize(
    "function, hint",
    [
        (lambda z, a, g: np.sum(taken(z, a) * g), "sign is turned"),
        (lambda z, a, g: -np.mean(taken(z, a) * g), "it is the mean"),
        (lambda z, a, g: -taken(z, a) * g, "the loss is their sum"),
        (lambda z, a, g: -np.sum(np.exp(taken(z, a)) * g), "where is the logarithm"),
        (lambda z, a, g: -np.sum(z[np.arange(3), a] * g), "through the softmax"),
        (lambda z, a, g: -np.sum(taken(z, a)), "cross-entropy alone"),
        (lambda z, a, g: -np.sum(taken(z, a)) * np.sum(g), "each step has its own return"),
        (lambda z, a, g: -np.sum(log_softmax(z).max(axis=1) * g), "most likely action"),
        (lambda z, a, g: -np.sum(log_softmax(z)[:, 0] * g), "always uses action 0"),
        (lambda z, a, g: -np.sum(log_softmax(z) * g[:, None]), "sums over all actions"),
        (lambda z, a, g: -np.sum(log_softmax(z)[:, a] * g), "pairs every row"),
        (
            lambda z, a, g: -np.sum(log_softmax(z, axis=0)[np.arange(3), a] * g),
            "over the actions, axis=1",
        ),
    ],
)
def test_wrong_losses_get_their_own_hint(function, hint):
    assert hint in rejected(checks.check_reinforce_loss, function)


# The bug hunt


def returns_of(rewards, discount):
    later, returns = 0.0, []
    for reward in list(rewards)[::-1]:
        later = reward + discount * later
        returns.append(later)
    return np.array(returns[::-1])


def standardised_in_tensorflow(rewards, discount):
    returns = discounted_returns(rewards, discount)
    centred = returns - tf.reduce_mean(returns)
    return tf.math.divide_no_nan(centred, tf.math.reduce_std(returns))


def standardised_as_a_list(rewards, discount):
    returns = returns_of(rewards, discount)
    mean, spread = returns.mean(), returns.std()
    return [(g - mean) / spread if spread > 0 else 0.0 for g in returns]


@pytest.mark.parametrize(
    "function",
    [
        lesson_function("11", "my_standardised_returns"),
        standardised_in_tensorflow,
        standardised_as_a_list,
        lambda r, d: standardise(discounted_returns(r, d), np.ones(len(r), bool)),
    ],
)
def test_right_standardised_returns_are_accepted(function, capsys):
    checks.check_standardised_returns(function)
    assert "✓ standardised_returns" in capsys.readouterr().out


def only_the_type_repaired(rewards, discount):
    returns = returns_of(rewards, discount)
    return (returns - returns.mean()) / returns.std()


def only_the_division_repaired(rewards, discount):
    returns = np.zeros_like(rewards)
    returns[:] = returns_of(rewards, discount)
    return (returns - returns.mean()) / (returns.std() + 1e-8)


def from_the_front(rewards, discount):
    sofar, returns = 0.0, []
    for reward in rewards:
        sofar = reward + discount * sofar
        returns.append(sofar)
    return safely(np.array(returns))


def safely(returns):
    return (returns - returns.mean()) / (returns.std() + 1e-8)


@pytest.mark.parametrize(
    "function, hint",
    [
        (lesson_function("11", "buggy_standardised_returns"), "still integers"),
        (only_the_division_repaired, "still integers"),
        (only_the_type_repaired, "give NaN"),
        (returns_of, "not standardised yet"),
        (lambda r, d: returns_of(r, d) - returns_of(r, d).mean(), "not divided"),
        (lambda r, d: returns_of(r, d) / returns_of(r, d).std(), "mean is not taken off"),
        (lambda r, d: safely(returns_of(r, d)) / returns_of(r, d).std(), "variance"),
        (lambda r, d: safely(returns_of(r, 1)), "discount factor is lost"),
        (lambda r, d: safely(r), "rewards are standardised"),
        (lambda r, d: safely(returns_of(r, d))[::-1], "order is turned"),
        (from_the_front, "go backwards"),
    ],
)
def test_wrong_standardised_returns_get_their_own_hint(function, hint):
    assert hint in rejected(checks.check_standardised_returns, function)


# The formulas


def test_the_policy_is_the_softmax_of_the_logits():
    logits = np.random.default_rng(0).normal(size=5)
    by_formula = [math.exp(z) / sum(math.exp(b) for b in logits) for z in logits]
    np.testing.assert_allclose(lesson_function("11", "softmax")(logits), by_formula)
    np.testing.assert_allclose(tf.nn.softmax(logits), by_formula)


@pytest.mark.parametrize("seed", range(3))
def test_the_log_derivative_trick(seed):
    rng = np.random.default_rng(seed)
    logits, worth = rng.normal(size=4), rng.normal(size=4)
    softmax = lesson_function("11", "softmax")
    slope = lesson_function("11", "my_log_policy_gradient")
    policy = softmax(logits)
    pushed = [
        (softmax(logits + push) @ worth - softmax(logits - push) @ worth) / 2e-6
        for push in 1e-6 * np.eye(4)
    ]
    # sum of (slope of pi) q, and of pi (slope of log pi) q
    slope_of_pi = np.array([policy[a] * (np.eye(4)[a] - policy) for a in range(4)])
    np.testing.assert_allclose(worth @ slope_of_pi, pushed, atol=1e-6)
    objective = lesson_function("11", "objective", softmax=softmax, pays=worth)
    assert objective(logits) == pytest.approx(sum(policy[a] * worth[a] for a in range(4)))
    expected = sum(policy[a] * slope(policy, a) * worth[a] for a in range(4))
    np.testing.assert_allclose(expected, pushed, atol=1e-6)


def test_the_gradient_of_the_loss_is_the_policy_gradient_turned():
    logits, actions = np.float32([[0.5, -0.3, 1.0], [0.1, 0.2, 0.3]]), [2, 0]
    returns = np.float32([1.5, -2.0])
    variable = tf.Variable(logits)
    with tf.GradientTape() as tape:
        loss = policy_gradient_loss(variable, actions, returns)
    slope = lesson_function("11", "my_log_policy_gradient")
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
