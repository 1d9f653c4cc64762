"""Lesson 14: its formulas are the code's; test_checks.py tests its exercises."""

import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_function

from dqn_keras import A2CAgent, checks, td_advantage
from dqn_keras.experiments import Plan, load_results
from dqn_keras.policy import policy_gradient_loss


def test_the_lessons_solutions_pass():
    checks.check_advantage(lesson_function("14", "my_advantage"))
    checks.check_actor_critic_losses(lesson_function("14", "my_actor_critic_losses"))


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
    lesson = lesson_function("14", "my_actor_critic_losses")
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


def test_every_seed_of_the_long_runs_was_solved_at_some_time():
    """The lesson says so, and its line about "lost again" counts on it."""
    settings = {"actor_learning_rate": 0.0003, "learning_rate_decay_steps": 100_000}
    runs = load_results(Plan("slides_a2c", settings, steps=200_000).file_name, ROOT / "results")
    assert len(runs) == 100 and all(max(run.greedy) >= 475 for run in runs)
