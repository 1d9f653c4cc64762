"""Lesson 08: its formulas are the code's; test_checks.py tests its exercises."""

import numpy as np
import pytest
from conftest import lesson_function, small_agent, weights_of

from dqn_keras import bellman_target, checks, q_network, update_target
from dqn_keras.classroom.checks.harness import Hint


def test_the_lessons_solutions_pass():
    checks.check_soft_update(lesson_function("08", "my_soft_update"))
    checks.check_fixed_targets(
        lesson_function("08", "my_targets", my_bellman_target=bellman_target)
    )
    checks.check_loaded_networks(lesson_function("08", "my_networks"))


def test_the_lesson_shows_the_bug_that_it_asks_for():
    with pytest.raises(Hint, match="still random"):
        checks.check_loaded_networks(lesson_function("08", "lecture_networks"))


@pytest.mark.parametrize("tau", [1.0, 0.3, 0.01])
def test_the_formula_of_the_update(tau):
    model, target_model = q_network(4, 2, (5,), seed=0), q_network(4, 2, (5,), seed=1)
    formula = tau * weights_of(model) + (1 - tau) * weights_of(target_model)
    update_target(target_model, model, tau)
    np.testing.assert_allclose(weights_of(target_model), formula, rtol=1e-5, atol=1e-6)


def test_renewing_with_the_lesson_s_functions_is_update_target():
    soft_update = lesson_function("08", "my_soft_update")
    renew = lesson_function("08", "renew", my_soft_update=soft_update)
    for tau in (1.0, 0.3):
        model, mine, theirs = (q_network(4, 2, (5,), seed=seed) for seed in (0, 1, 1))
        renew(mine, model, tau)
        update_target(theirs, model, tau)
        np.testing.assert_allclose(weights_of(mine), weights_of(theirs), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("tau, k", [(0.01, 69), (0.1, 5)])
def test_the_formula_of_the_gap(tau, k):
    model, target_model = q_network(4, 2, (5,), seed=0), q_network(4, 2, (5,), seed=1)
    gap = lesson_function("08", "gap")
    before = gap(target_model, model)
    assert before == pytest.approx(np.abs(weights_of(model) - weights_of(target_model)).sum())
    for _ in range(k):
        update_target(target_model, model, tau)
    assert gap(target_model, model) == pytest.approx((1 - tau) ** k * before, rel=1e-3)


def test_half_the_gap_is_left_after_69_soft_updates():
    assert pytest.approx(0.5, abs=0.001) == 0.99**69


def test_the_formula_of_label_and_loss():
    agent = small_agent(target_update="steps", target_update_every=1000)
    for weight in agent.target_model.weights:  # so that the two networks differ
        weight.assign(weight + 0.1)
    rng = np.random.default_rng(0)
    for _ in range(30):
        agent.append_sample(rng.normal(size=4), rng.integers(2), 1.0, rng.normal(size=4), False)
    agent.rng.reset_from_seed(3)
    batch = agent.memory.sample(agent.batch_size, agent.rng)
    labels = batch.rewards + 0.99 * np.max(agent.target_model(batch.next_states), axis=1) * (
        1 - np.float32(batch.terminated)
    )
    predicted = agent.model(batch.states).numpy()[np.arange(agent.batch_size), batch.actions]
    agent.rng.reset_from_seed(3)
    loss = float(agent.train_model())
    assert loss == pytest.approx(np.mean((labels - predicted) ** 2), rel=1e-4)


def test_to_copy_before_every_update_is_to_have_no_target_network():
    copying, without = small_agent(), small_agent(target_update="never")
    for agent in (copying, without):
        rng = np.random.default_rng(0)
        for _ in range(30):
            agent.append_sample(rng.normal(size=4), rng.integers(2), 1.0, rng.normal(size=4), False)
        for _ in range(5):
            if agent is copying:
                agent.update_target_model()
            agent.train_model()
    np.testing.assert_allclose(weights_of(copying.model), weights_of(without.model), rtol=1e-6)


def test_the_table_by_hand():
    # w moves halfway to 1 + 0.9 Q; the copy is renewed before updates 1 and 3.
    w, v, fixed = 0.0, 0.0, 0.0
    labels = {"own": [], "copy": []}
    for update in range(1, 5):
        fixed = v if update in (1, 3) else fixed
        for name, value in (("own", w), ("copy", fixed)):
            label = bellman_target([1.0], [[value]], [False], 0.9)
            labels[name].append(float(label[0]))
        w, v = (w + labels["own"][-1]) / 2, (v + labels["copy"][-1]) / 2
    np.testing.assert_allclose(labels["own"], [1, 1.45, 1.8775, 2.283625], rtol=1e-4)
    np.testing.assert_allclose(labels["copy"], [1, 1, 1.675, 1.675], rtol=1e-4)
