"""Lesson 07: its formulas are the code's; test_checks.py tests its exercises."""

import numpy as np
import pytest
from conftest import lesson_function, small_agent

from dqn_keras import bellman_target, checks, discounted_returns

slides_targets = lesson_function("07", "slides_targets")
my_bellman_target = lesson_function("07", "my_bellman_target")
my_td_error = lesson_function("07", "my_td_error")


def test_the_lessons_solutions_pass():
    checks.check_bellman_target(my_bellman_target)
    checks.check_bellman_target(slides_targets)
    checks.check_td_error(my_td_error)


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
