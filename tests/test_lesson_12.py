"""Lesson 12: its checks accept right answers and name mistakes, its formulas are the code's."""

import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, one_line

from dqn_keras import A2CAgent, checks, td_advantage
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet
from dqn_keras.policy import policy_gradient_loss


def empty(*arguments):
    raise NotImplementedError


def rejected(check, function):
    with pytest.raises(Hint) as error:
        check(function)
    assert not isinstance(error.value, NotDoneYet)
    return one_line(error)


@pytest.mark.parametrize("check", [checks.check_advantage, checks.check_actor_critic_losses])
def test_an_empty_exercise_is_not_done_yet(check):
    with pytest.raises(NotDoneYet, match="not done yet"):
        check(empty)


# Exercise 1


def advantage_in_a_loop(rewards, values, next_values, terminated, discount):
    result = []
    for i in range(len(rewards)):
        future = 0 if terminated[i] else discount * next_values[i]
        result.append(rewards[i] + future - values[i])
    return result


@pytest.mark.parametrize(
    "function", [lesson_function("12", "my_advantage"), advantage_in_a_loop, td_advantage]
)
def test_right_advantages_are_accepted(function, capsys):
    checks.check_advantage(function)
    assert "✓ advantage" in capsys.readouterr().out


@pytest.mark.parametrize(
    "function, hint",
    [
        (lambda r, v, n, d, g: r + g * n - v, "bootstraps past a fall"),
        (lambda r, v, n, d, g: r + g * n * d - v, "wrong way round"),
        (lambda r, v, n, d, g: r + n * ~d - v, "where is the discount factor"),
        (lambda r, v, n, d, g: r + g * n * ~d, "that is the target"),
        (lambda r, v, n, d, g: v - r - g * n * ~d, "sign is turned"),
        (lambda r, v, n, d, g: (r + g * n - v) * ~d, "an end makes all 0"),
        (lambda r, v, n, d, g: r + (g * n - v) * ~d, "counts there, too"),
        (lambda r, v, n, d, g: g * n * ~d - v, "reward is missing"),
        (lambda r, v, n, d, g: r + g * v * ~d - n, "changed places"),
        (lambda r, v, n, d, g: r + g * (n * ~d - v), "V(s) is discounted, too"),
        (lambda r, v, n, d, g: g * (r + n * ~d) - v, "not to the reward"),
        (lambda r, v, n, d, g: r + g * n * ~d + v, "V(s) is added"),
        (lambda r, v, n, d, g: (r + g * n * ~d - v) ** 2, "squared already"),
    ],
)
def test_wrong_advantages_get_their_own_hint(function, hint):
    assert hint in rejected(checks.check_advantage, function)


# Exercise 2


def losses_in_numpy(logits, action, value, target):
    log_policy = logits - logits.max()
    log_policy = log_policy - np.log(np.exp(log_policy).sum())
    return [-log_policy[action] * (target - value), (target - value) ** 2]


def losses_by_cross_entropy(logits, action, value, target):
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(action, logits)
    return cross_entropy * tf.stop_gradient(target - value), (target - value) ** 2


def losses_stacked(logits, action, value, target):
    return tf.stack(losses_by_cross_entropy(logits, action, value, target))


@pytest.mark.parametrize(
    "function",
    [
        lesson_function("12", "my_actor_critic_losses"),
        losses_in_numpy,
        losses_by_cross_entropy,
        losses_stacked,
    ],
)
def test_right_losses_are_accepted(function, capsys):
    checks.check_actor_critic_losses(function)
    assert "✓ actor_critic_losses" in capsys.readouterr().out


def log_pi(logits, action):
    return tf.nn.log_softmax(logits)[action]


def missing_stop(z, a, v, y):
    return -log_pi(z, a) * (y - v), tf.square(y - v)


def stopped_twice(z, a, v, y):
    advantage = tf.stop_gradient(y - v)
    return -log_pi(z, a) * advantage, tf.square(advantage)


def stopped_altogether(z, a, v, y):
    return tf.stop_gradient(-log_pi(z, a) * (y - v)), tf.square(y - v)


@pytest.mark.parametrize(
    "function, hint",
    [
        (lambda z, a, v, y: (log_pi(z, a) * (y - v), (y - v) ** 2), "actor's sign is turned"),
        (lambda z, a, v, y: (-log_pi(z, a) * y, (y - v) ** 2), "the slide's q function"),
        (lambda z, a, v, y: (-log_pi(z, a) * v, (y - v) ** 2), "multiplied with V(s)"),
        (lambda z, a, v, y: (-log_pi(z, a), (y - v) ** 2), "stands alone"),
        (lambda z, a, v, y: (-tf.nn.softmax(z)[a] * (y - v), (y - v) ** 2), "lacks the log"),
        (lambda z, a, v, y: (-z[a] * (y - v), (y - v) ** 2), "through the softmax"),
        (lambda z, a, v, y: (-log_pi(z, 1) * (y - v), (y - v) ** 2), "most likely action"),
        (
            lambda z, a, v, y: (-tf.reduce_sum(tf.nn.log_softmax(z)) * (y - v), (y - v) ** 2),
            "sums over all actions",
        ),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v) ** 2, (y - v) ** 2), "critic's loss; squared"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), y - v), "not squared"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), -((y - v) ** 2)), "critic's sign"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), (y - v) ** 2 / 2), "halved"),
        (lambda z, a, v, y: ((y - v) ** 2, -log_pi(z, a) * (y - v)), "changed places"),
        (lambda z, a, v, y: -log_pi(z, a) * (y - v), "return two numbers"),
        (missing_stop, "would move the critic"),
        (stopped_twice, "no gradient reaches V(s)"),
        (stopped_altogether, "no gradient reaches the actor's logits"),
    ],
)
def test_wrong_losses_get_their_own_hint(function, hint):
    assert hint in rejected(checks.check_actor_critic_losses, function)


# The formulas


def test_the_advantage_is_target_minus_value_and_only_terminated_cuts():
    rows = [(1, 5, 10, False, 5), (1, 5, 0, False, -4), (-100, 5, 10, True, -105)]
    for reward, value, next_value, terminated, expected in rows:
        by_formula = reward + 0.9 * (1 - terminated) * next_value - value
        assert by_formula == pytest.approx(expected)
        got = td_advantage([reward], [value], [next_value], [terminated], 0.9)
        assert float(got[0]) == pytest.approx(expected)


@pytest.mark.parametrize("terminated", [False, True])
def test_the_losses_are_the_agents(terminated):
    agent = A2CAgent(2, 3, seed=1)
    state, next_state = np.float32([0.3, -1]), np.float32([1, 2])
    logits = agent.actor(state[None]).numpy()[0]
    value = float(agent.critic(state[None])[0, 0])
    target = 2.0 + (0 if terminated else 0.99 * float(agent.critic(next_state[None])[0, 0]))
    pi = math.exp(logits[1]) / sum(math.exp(z) for z in logits)
    expected = [-math.log(pi) * (target - value), (target - value) ** 2]
    lesson = lesson_function("12", "my_actor_critic_losses")
    np.testing.assert_allclose(lesson(logits, 1, np.float32(value), target), expected, rtol=1e-4)
    got = agent.train_model(
        tf.constant(state), tf.constant(1), tf.constant(2.0), tf.constant(next_state),
        tf.constant(terminated),
    )  # fmt: skip
    np.testing.assert_allclose(got, expected, rtol=1e-4)


def test_what_does_not_depend_on_the_action_has_no_gradient_on_average():
    logits = np.float32([0.4, -1.0, 2.0])
    policy = np.exp(logits) / np.exp(logits).sum()
    means = np.zeros(3)
    for action in range(3):
        variable = tf.Variable(logits[None])
        with tf.GradientTape() as tape:
            loss = policy_gradient_loss(variable, [action], [102.0])
        means += policy[action] * tape.gradient(loss, variable).numpy()[0]
    np.testing.assert_allclose(means, 0, atol=1e-4)


def test_the_bandits_exact_slope_is_one_half_with_and_without_the_baseline():
    policy, pays = np.array([0.5, 0.5]), np.array([101.0, 103.0])
    slope_right = np.eye(2)[:, 1] - policy[1]
    for baseline in (0, policy @ pays):
        assert policy @ (slope_right * (pays - baseline)) == pytest.approx(0.5)
    assert policy @ (slope_right * (policy @ pays)) == pytest.approx(0)


def test_policy_evaluation_and_improvement_of_the_slides_meet_in_a2c():
    # One state after another: V(s) = sum_a pi(a) (R + discount v(s')), and the best action is the
    # one with the largest advantage, since q(s, a) - V(s) only takes off the same number.
    policy, rewards, next_values = np.array([0.3, 0.7]), np.array([1.0, 2.0]), np.array([4.0, 1.0])
    q_values = rewards + 0.9 * next_values
    value = policy @ q_values
    advantages = td_advantage(rewards, [value] * 2, next_values, [False] * 2, 0.9).numpy()
    np.testing.assert_allclose(advantages, q_values - value, rtol=1e-5)
    assert advantages.argmax() == q_values.argmax()
    assert policy @ advantages == pytest.approx(0, abs=1e-5)
