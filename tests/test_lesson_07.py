"""Lesson 07: its formulas are the code's; test_checks.py tests its exercises."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, small_agent

from dqn_keras import bellman_target, checks, q_network

lecture_targets = lesson_function("07", "lecture_targets")
my_bellman_target = lesson_function("07", "my_bellman_target")
my_td_error = lesson_function("07", "my_td_error")


def test_the_lessons_solutions_pass():
    checks.check_bellman_target(my_bellman_target)
    checks.check_bellman_target(lecture_targets)
    checks.check_td_error(my_td_error)


def test_the_formula_of_the_target():
    rng = np.random.default_rng(0)
    rewards, next_q_values = rng.normal(size=50), rng.normal(size=(50, 3))
    ended = rng.random(50) < 0.3
    formula = [
        r + 0.9 * (1 - d) * max(q) for r, q, d in zip(rewards, next_q_values, ended, strict=True)
    ]
    for target in (bellman_target, lecture_targets, my_bellman_target):
        result = target(rewards, next_q_values, ended, 0.9)
        np.testing.assert_allclose(result, formula, rtol=1e-5, atol=1e-6)


def test_the_four_transitions_by_hand():
    table = ([1, 1, -100, 1], [[10, 20], [8, 4], [90, 80], [3, 5]], [False, False, True, False])
    for target in (bellman_target, lecture_targets):
        np.testing.assert_allclose(target(*table, 0.9), [19, 8.2, -100, 5.5], rtol=1e-6)


@pytest.mark.parametrize("gamma, cut, value", [(0.99, 1 / 500, 83.5), (0.95, 1 / 50, 14.5)])
def test_the_value_to_which_a_share_of_wrong_ends_leads(gamma, cut, value):
    # A thousand steps that look alike; every 1/cut-th of them is stored as an end.
    ended = np.arange(1000) % round(1 / cut) == 0
    estimate = 0.0
    for _ in range(2000):
        targets = bellman_target(np.ones(1000), np.full([1000, 1], estimate), ended, gamma)
        estimate = float(np.mean(targets))
    assert estimate == pytest.approx(1 / (1 - gamma * (1 - cut)), rel=1e-3)
    assert estimate == pytest.approx(value, abs=0.1)
    right = float(bellman_target([1.0], [[1 / (1 - gamma)]], [False], gamma)[0])
    assert right == pytest.approx(1 / (1 - gamma))


def test_fit_with_a_table_of_targets_moves_the_weights_as_the_tape_does():
    states = np.random.default_rng(0).normal(size=[16, 4]).astype(np.float32)
    actions, targets = np.arange(16) % 2, np.linspace(-3, 3, 16, dtype=np.float32)
    models = [q_network(4, 2, (6,), seed=0) for _ in range(2)]
    table = models[0](states).numpy()
    table[np.arange(16), actions] = targets
    models[0].compile(loss="mse", optimizer=keras.optimizers.Adam(0.001))
    history = models[0].fit(states, table, batch_size=16, verbose=0).history
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(my_td_error(models[1](states), actions, targets)))
    gradients = tape.gradient(loss, models[1].trainable_variables)
    keras.optimizers.Adam(0.001).apply(gradients, models[1].trainable_variables)
    assert history["loss"][0] == pytest.approx(float(loss) / 2, rel=1e-4)
    for mine, theirs in zip(models[1].get_weights(), models[0].get_weights(), strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5)


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
