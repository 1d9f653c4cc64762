"""Lesson 11: its formulas are the code's; test_checks.py tests its exercises."""

import functools
import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_function

from dqn_keras import CartPole, checks, double_bellman_target
from dqn_keras.experiments.recipes import RECIPES
from dqn_keras.experiments.report import summarise
from dqn_keras.experiments.results import Result, load_results
from dqn_keras.experiments.run import Plan
from dqn_keras.experiments.statistics import interquartile_mean

LESSON = "11"


of_lesson = functools.partial(lesson_function, LESSON, interquartile_mean=interquartile_mean)


def test_the_lessons_solutions_pass():
    checks.check_double_bellman_target(of_lesson("my_double_target"))
    checks.check_interquartile_mean(of_lesson("my_interquartile_mean"))
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


def test_the_larger_of_two_errors_has_the_mean_of_the_formula():
    """sigma / sqrt(pi), by integrating x over the density 2 f(x) F(x) of the maximum."""
    for sigma in (1.0, 2.5):
        x = np.linspace(-10 * sigma, 10 * sigma, 200_001)
        density = np.exp(-((x / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
        below = np.cumsum(density) * (x[1] - x[0])
        mean = np.sum(x * 2 * density * below) * (x[1] - x[0])
        assert mean == pytest.approx(sigma / math.sqrt(math.pi), rel=1e-3)


def test_the_interquartile_formula_is_the_code():
    rng = np.random.default_rng(0)
    for count in (4, 8, 100):
        values = rng.normal(size=count)
        ordered = sorted(values)
        expected = (
            2 / count * sum(ordered[i - 1] for i in range(count // 4 + 1, 3 * count // 4 + 1))
        )
        assert interquartile_mean(values) == pytest.approx(expected)
        assert of_lesson("my_interquartile_mean")(values) == pytest.approx(expected)
    assert interquartile_mean([9, 500, 480, 100]) == 290


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
    changes = {"hidden_units": (64, 64), "learning_rate_decay_steps": 80_000, "double": True}
    assert recipe.settings == changes


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


def test_the_interval_of_a_difference_covers_it():
    interval = of_lesson("difference")
    rng = np.random.default_rng(0)
    high, low = rng.normal(10, 1, 100), rng.normal(0, 1, 100)
    ends = interval(high, low, 200)
    assert ends[0] < interquartile_mean(high) - interquartile_mean(low) < ends[1]
    assert ends[0] > 0 and np.allclose(interval(low, high, 200), -ends[::-1], atol=0.2)
    ends = interval(low, low, 200)
    assert ends[0] < 0 < ends[1]


def test_the_prose_says_of_each_idea_what_the_result_files_say():
    """The lesson writes out "worse" and "not shown"; new results may turn them."""
    changes = {
        "no replay memory": ({"memory_size": 1, "batch_size": 1, "train_start": 1}, "worse"),
        "no target network": ({"target_update": "never"}, "worse"),
        "no -100 for a fall": ({"fall_reward": None}, "not shown"),
        "time limit counts as an end": ({"time_limit_ends": True}, "not shown"),
        "Double DQN": ({"double": True}, "not shown"),
    }
    base = _final(Plan("slides_dqn", {}, 300))
    for text, (settings, expected) in changes.items():
        low, high = of_lesson("difference")(_final(Plan("slides_dqn", settings, 300)), base)
        verdict = "better" if low > 0 else "worse" if high < 0 else "not shown"
        assert verdict == expected, f"lesson 11 says of {text}: {expected}"


def _final(plan):
    return np.array([run.greedy[-1] for run in load_results(plan.file_name, ROOT / "results")])


def test_the_newest_evaluation_before_a_step_is_taken():
    run = Result(0, [1.0], 30, "steps", [10, 20, 30], [1.0, 2.0, 3.0])
    latest = of_lesson("latest")
    assert [latest(run, step) for step in (10, 19, 20, 30, 99)] == [1.0, 1.0, 2.0, 3.0, 3.0]
