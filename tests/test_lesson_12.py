"""Lesson 12: its formulas are the code's; test_checks.py tests its exercises."""

import functools
import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_function

from dqn_keras import CartPole, advantage_learning_target, checks, double_bellman_target
from dqn_keras.experiments.recipes import RECIPES
from dqn_keras.experiments.report import summarise
from dqn_keras.experiments.results import Result, load_results
from dqn_keras.experiments.run import Plan
from dqn_keras.experiments.statistics import interquartile_mean

of_lesson = functools.partial(lesson_function, "12")


def test_the_lessons_solutions_pass():
    checks.check_double_bellman_target(of_lesson("my_double_target"))
    checks.check_advantage_learning_target(of_lesson("my_advantage_learning_target"))
    checks.check_stayed(of_lesson("my_stayed"))


def test_the_double_dqn_formula_is_the_code():
    rng = np.random.default_rng(0)
    rewards, online, fixed = rng.normal(size=50), rng.normal(size=(50, 3)), rng.normal(size=(50, 3))
    ended, discount = rng.random(50) < 0.3, 0.97
    expected = np.empty(50)
    for i in range(50):
        choice = max(range(3), key=lambda a, i=i: online[i, a])
        expected[i] = rewards[i] + discount * (1 - ended[i]) * fixed[i, choice]
    arguments = (rewards, online, fixed, ended, discount)
    np.testing.assert_allclose(double_bellman_target(*arguments), expected, rtol=1e-5)
    np.testing.assert_allclose(of_lesson("my_double_target")(*arguments), expected)


def test_the_double_dqn_target_is_never_larger():
    rng = np.random.default_rng(1)
    rewards, ended = rng.normal(size=500), rng.random(500) < 0.3
    online, fixed = rng.normal(size=(2, 500, 3))
    double = of_lesson("my_double_target")(rewards, online, fixed, ended, 0.9)
    plain = of_lesson("my_double_target")(rewards, fixed, fixed, ended, 0.9)
    assert (double <= plain).all() and (double < plain).any()


def test_the_advantage_learning_formula_is_the_code():
    rng = np.random.default_rng(0)
    targets, table, alpha = rng.normal(size=50), rng.normal(size=(50, 3)), 0.7
    actions = rng.integers(3, size=50)
    expected = [
        targets[i] - alpha * (max(table[i, a] for a in range(3)) - table[i, actions[i]])
        for i in range(50)
    ]
    arguments = (targets, table, actions, alpha)
    np.testing.assert_allclose(advantage_learning_target(*arguments), expected, rtol=1e-5)
    np.testing.assert_allclose(of_lesson("my_advantage_learning_target")(*arguments), expected)


def test_the_larger_of_two_errors_has_the_mean_of_the_formula():
    """sigma / sqrt(pi), by integrating x over the density 2 f(x) F(x) of the maximum."""
    for sigma in (1.0, 2.5):
        x = np.linspace(-10 * sigma, 10 * sigma, 200_001)
        density = np.exp(-((x / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
        below = np.cumsum(density) * (x[1] - x[0])
        mean = np.sum(x * 2 * density * below) * (x[1] - x[0])
        assert mean == pytest.approx(sigma / math.sqrt(math.pi), rel=1e-3)


def test_the_prose_says_of_double_dqn_what_the_result_files_say():
    """The lesson writes out that no difference is shown; new results may turn that."""
    draws, rng = [], np.random.default_rng(0)
    for settings in ({"double": True}, {}):
        runs = load_results(Plan("slides_dqn", settings, 300).file_name, ROOT / "results")
        values = np.array([run.greedy[-1] for run in runs])
        redrawn = of_lesson("redrawn_iqm", rng=rng, interquartile_mean=interquartile_mean)
        draws.append(redrawn(values))
    low, high = np.percentile(draws[0] - draws[1], [2.5, 97.5])
    assert low < 0 < high


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"advantage_learning": 0}, True),
        ({"hidden_units": (24, 24)}, True),
        ({"learning_rate_decay_steps": None}, True),
        ({"batch_size": 64}, False),
    ],
)
def test_the_prose_says_of_each_change_what_the_result_files_say(change, shown):
    """Is a difference in what stayed shown? The lesson writes it out; new results may turn it."""
    shares = []
    for settings in ({}, change):
        plan = Plan("stable_dqn", settings, steps=100_000)
        runs = load_results(plan.file_name, ROOT / "results")
        solved = [np.array(run.greedy) for run in runs if max(run.greedy[:-1]) >= 475]
        shares.append(np.array([of_lesson("my_stayed")(greedy, 475.0) for greedy in solved]))
    redrawn = of_lesson("redrawn_mean", rng=np.random.default_rng(0))
    low = np.percentile(redrawn(shares[0]) - redrawn(shares[1]), 2.5)
    assert (low > 0) == shown


def test_the_formula_of_what_stayed_is_the_code():
    rng = np.random.default_rng(1)
    for _ in range(20):
        greedy = rng.choice([100.0, 475.0, 500.0], size=8)
        greedy[rng.integers(7)] = 490.0
        first = next(i for i in range(8) if greedy[i] >= 475)
        expected = sum(greedy[i] >= 475 for i in range(first + 1, 8)) / (8 - first - 1)
        run = Result(0, [1.0], 1, "steps", list(range(8)), list(greedy))
        assert summarise([run]).stayed == pytest.approx(expected)
        assert of_lesson("my_stayed")(greedy, 475.0) == pytest.approx(expected)


def test_the_cosine_formula_is_the_stable_recipes_learning_rate():
    recipe = RECIPES["stable_dqn"]
    agent = recipe.make_agent(CartPole(), seed=0)
    for t in (0, 1, 12_345, 40_000, 79_999, 80_000, 100_000):
        share = min(t / 80_000, 1)
        expected = 0.001 * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share)))
        agent.optimizer.iterations.assign(t)
        assert float(agent.optimizer.learning_rate) == pytest.approx(expected, rel=1e-4)
        assert of_lesson("rate")(t) == pytest.approx(expected)
    assert recipe.settings == {
        "hidden_units": (128, 128),
        "learning_rate_decay_steps": 80_000,
        "batch_size": 32,
        "advantage_learning": 0.7,
    }


def test_no_action_saves_a_lost_state():
    """The next angle is the angle plus 0.02 times its speed, whatever is pushed."""
    environment = CartPole()
    states = np.random.default_rng(0).uniform([-1, -1, -0.2, -3], [1, 1, 0.2, 3], size=(500, 4))
    angle = states[:, 2] + 0.02 * states[:, 3]
    for action in (0, 1):
        actions = tf.fill([500], action)
        next_states, _, terminated = environment.transition(tf.constant(states), actions)
        np.testing.assert_allclose(next_states[:, 2], angle)
        np.testing.assert_array_equal(terminated, np.abs(angle) > 12 * math.pi / 180)
    assert 0 < np.mean(terminated) < 1


def test_the_newest_evaluation_before_a_step_is_taken():
    run = Result(0, [1.0], 30, "steps", [10, 20, 30], [1.0, 2.0, 3.0])
    latest = of_lesson("latest")
    assert [latest(run, step) for step in (10, 19, 20, 30, 99)] == [1.0, 1.0, 2.0, 3.0, 3.0]
