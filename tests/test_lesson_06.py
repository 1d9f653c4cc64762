"""Lesson 06: its checks take right answers and explain wrong ones; its formulas are the code's."""

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, rejected, small_agent

from dqn_keras import bellman_target, checks, discounted_returns
from dqn_keras.classroom.checks.tools import NotDoneYet

slides_targets = lesson_function("06", "slides_targets")
my_bellman_target = lesson_function("06", "my_bellman_target")
my_td_error = lesson_function("06", "my_td_error")


@pytest.mark.parametrize("check", [checks.check_bellman_target, checks.check_td_error])
def test_an_empty_exercise_is_not_done_yet(check):
    def empty(*arguments):
        raise NotImplementedError

    with pytest.raises(NotDoneYet, match="not done yet"):
        check(empty)
    with pytest.raises(NotDoneYet, match="returns nothing yet"):
        check(lambda *arguments: None)


# Exercise 1, the target


def in_tensorflow(rewards, next_q_values, terminated, discount):
    goes_on = 1 - tf.cast(terminated, tf.float32)
    return rewards + discount * goes_on * tf.reduce_max(next_q_values, axis=1)


@pytest.mark.parametrize(
    "answer", [my_bellman_target, slides_targets, in_tensorflow, bellman_target]
)
def test_right_targets_pass(answer, capsys):
    checks.check_bellman_target(answer)
    assert "✓ bellman_target" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (lambda r, q, d, g: r + g * q.max(axis=1), "bootstraps past a fall"),
        (lambda r, q, d, g: r + g * q.max(axis=1) * d, "wrong way round"),
        (lambda r, q, d, g: r + q.max(axis=1) * ~d, "where is the discount factor"),
        (lambda r, q, d, g: (r + g * q.max(axis=1)) * ~d, "reward of the last step is lost"),
        (lambda r, q, d, g: r + g * q.min(axis=1) * ~d, "smallest Q-value"),
        (lambda r, q, d, g: r + g * q.mean(axis=1) * ~d, "mean over the actions"),
        (lambda r, q, d, g: r + g * q[:, 0] * ~d, "always takes action 0"),
        (lambda r, q, d, g: r + g * q.max() * ~d, "largest value of the whole batch"),
        (lambda r, q, d, g: r - g * q.max(axis=1) * ~d, "taken off the reward"),
        (lambda r, q, d, g: g * (r + q.max(axis=1) * ~d), "not to the reward"),
        (lambda r, q, d, g: r[:, None] + g * q * ~d[:, None], "one number for each action"),
        (lambda r, q, d, g: r + g * q.max(axis=0), "ValueError"),
        (lambda r, q, d, g: r, "not yet right"),
    ],
)
def test_wrong_targets_are_explained(wrong, phrase):
    rejected(checks.check_bellman_target, wrong, phrase)


# Exercise 2, the TD error


def error_by_rows(q_values, actions, targets):
    return targets - q_values[np.arange(len(actions)), actions]


def error_by_mask(q_values, actions, targets):
    return targets - tf.reduce_sum(q_values * tf.one_hot(actions, 2), axis=1)


def error_in_a_loop(q_values, actions, targets):
    return [y - row[a] for row, a, y in zip(q_values, actions, targets, strict=True)]


@pytest.mark.parametrize("answer", [my_td_error, error_by_rows, error_by_mask, error_in_a_loop])
def test_right_errors_pass(answer, capsys):
    checks.check_td_error(answer)
    assert "✓ td_error" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (lambda q, a, y: -error_by_rows(q, a, y), "sign is turned"),
        (lambda q, a, y: y - q.max(axis=1), "largest Q-value"),
        (lambda q, a, y: error_by_rows(q, 1 - a, y), "other action"),
        (lambda q, a, y: y - q[:, 0], "always uses action 0"),
        (lambda q, a, y: y - q[:, a], "pairs every row"),
        (lambda q, a, y: error_by_rows(q, a, y) ** 2, "squared already"),
        (lambda q, a, y: y, "not yet right"),
    ],
)
def test_wrong_errors_are_explained(wrong, phrase):
    rejected(checks.check_td_error, wrong, phrase)


# The formulas


def test_the_formula_of_the_target():
    rng = np.random.default_rng(0)
    rewards, next_q_values = rng.normal(size=50), rng.normal(size=(50, 3))
    ended = rng.random(50) < 0.3
    formula = [
        r + 0.9 * (1 - d) * max(q) for r, q, d in zip(rewards, next_q_values, ended, strict=True)
    ]
    for target in (bellman_target, slides_targets, my_bellman_target):
        result = target(rewards, next_q_values, ended, 0.9)
        np.testing.assert_allclose(result, formula, rtol=1e-5, atol=1e-6)


def test_the_four_transitions_by_hand():
    table = ([1, 1, -100, 1], [[10, 20], [8, 4], [90, 80], [3, 5]], [False, False, True, False])
    for target in (bellman_target, slides_targets):
        np.testing.assert_allclose(target(*table, 0.9), [19, 8.2, -100, 5.5], rtol=1e-6)


def test_what_a_perfect_episode_is_worth_with_and_without_the_wrong_end():
    steps, gamma = np.arange(500), 0.99
    value_if_cut = (1 - gamma ** (500 - steps)) / (1 - gamma)  # as the lesson draws it
    np.testing.assert_allclose(discounted_returns(np.ones(500), gamma), value_if_cut, rtol=1e-4)
    # The true value is the number that the target leaves as it is.
    true_value = 1 / (1 - gamma)
    target = bellman_target([1.0], [[true_value, 0.0]], [False], gamma)
    assert float(target[0]) == pytest.approx(true_value)


def test_the_loss_is_the_mean_of_the_squared_errors_of_target_and_q_value():
    agent, rng = small_agent(), np.random.default_rng(0)
    for weight in agent.target_model.weights:  # so that the two networks differ
        weight.assign(weight + 0.1)
    for n in range(30):
        agent.append_sample(rng.normal(size=4), n % 2, 1.0, rng.normal(size=4), n % 3 == 0)
    agent.rng.reset_from_seed(3)
    batch = agent.memory.sample(agent.batch_size, agent.rng)
    assert 0 < np.sum(batch.terminated) < agent.batch_size
    best_next = agent.target_model(batch.next_states).numpy().max(axis=1)
    targets = batch.rewards + 0.99 * (1 - np.float32(batch.terminated)) * best_next
    q_values = agent.model(batch.states).numpy()
    errors = targets - q_values[np.arange(agent.batch_size), batch.actions]
    np.testing.assert_allclose(my_td_error(q_values, batch.actions, targets), errors, rtol=1e-5)
    agent.rng.reset_from_seed(3)
    assert float(agent.train_model()) == pytest.approx(np.mean(errors**2), rel=1e-4)
