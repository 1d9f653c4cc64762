"""Lesson 10: its checks take right answers and explain wrong ones; its formulas are the code's."""

import functools
import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_function, rejected

from dqn_keras import CartPole, checks, double_bellman_target
from dqn_keras.classroom.checks.tools import NotDoneYet
from dqn_keras.experiments.recipes import RECIPES
from dqn_keras.experiments.report import summarise
from dqn_keras.experiments.results import Result, load_results
from dqn_keras.experiments.run import Plan
from dqn_keras.experiments.statistics import interquartile_mean

LESSON = "10"


of_lesson = functools.partial(lesson_function, LESSON, interquartile_mean=interquartile_mean)


def empty(*arguments):
    raise NotImplementedError


@pytest.mark.parametrize("name", ["double_bellman_target", "interquartile_mean", "stayed"])
def test_empty_exercises_are_not_done_yet(name):
    with pytest.raises(NotDoneYet, match="not done yet"):
        getattr(checks, f"check_{name}")(empty)
    with pytest.raises(NotDoneYet, match="returns nothing yet"):
        getattr(checks, f"check_{name}")(lambda *arguments: None)


# The checks: double_bellman_target


def numpy_rows(rewards, online, target, terminated, discount):
    values = target[np.arange(len(rewards)), np.argmax(online, axis=1)]
    return np.where(terminated, rewards, rewards + discount * values)


def tensorflow_mask(rewards, online, target, terminated, discount):
    mask = tf.one_hot(tf.argmax(online, axis=1), 2)
    return rewards + discount * (1.0 - terminated) * tf.reduce_sum(target * mask, axis=1)


def loop(rewards, online, target, terminated, discount):
    targets = []
    for i in range(len(rewards)):
        value = 0 if terminated[i] else target[i][int(np.argmax(online[i]))]
        targets.append(rewards[i] + discount * value)
    return targets


@pytest.mark.parametrize("answer", [numpy_rows, tensorflow_mask, loop, double_bellman_target])
def test_right_double_targets_pass(answer, capsys):
    checks.check_double_bellman_target(answer)
    assert "double_bellman_target: right!" in capsys.readouterr().out


def rows(q_values, actions):
    return q_values[np.arange(len(actions)), actions]


def target(rule):
    """Targets by a rule of (rewards, model's Q, target network's Q, goes on, discount)."""
    return lambda r, q, f, d, discount: rule(r, q, f, ~d, discount)


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (target(lambda r, q, f, on, g: r + g * f.max(1) * on), "plain DQN target"),
        (target(lambda r, q, f, on, g: r + g * q.max(1) * on), "model chooses and values"),
        (target(lambda r, q, f, on, g: r + g * rows(q, f.argmax(1)) * on), "changed places"),
        (target(lambda r, q, f, on, g: r + g * rows(f, q.argmax(1))), "bootstraps past a fall"),
        (target(lambda r, q, f, on, g: r + g * rows(f, q.argmax(1)) * ~on), "wrong way round"),
        (target(lambda r, q, f, on, g: r + rows(f, q.argmax(1)) * on), "where is the discount"),
        (target(lambda r, q, f, on, g: g * (r + rows(f, q.argmax(1)) * on)), "not to the reward"),
        (target(lambda r, q, f, on, g: r + g * q.argmax(1) * on), "is no value"),
        (target(lambda r, q, f, on, g: g * rows(f, q.argmax(1)) * on), "the rewards are missing"),
        (target(lambda r, q, f, on, g: r + g * f[:, q.argmax(1)] * on), "pairs every row"),
        (target(lambda r, q, f, on, g: r), "not yet right"),
    ],
)
def test_wrong_double_targets_are_explained(wrong, phrase):
    rejected(checks.check_double_bellman_target, wrong, phrase)


# The checks: interquartile_mean


def tensorflow_middle(values):
    quarter = len(values) // 4
    return tf.reduce_mean(tf.sort(values)[quarter : len(values) - quarter])


def python_list(values):
    values, quarter = sorted(values), len(values) // 4
    middle = values[quarter : 3 * quarter + len(values) % 4]
    return sum(middle) / len(middle)


def by_quartiles(values):
    low, high = np.percentile(values, [25, 75])
    return values[(values >= low) & (values <= high)].mean()


@pytest.mark.parametrize(
    "answer", [tensorflow_middle, python_list, by_quartiles, interquartile_mean]
)
def test_right_interquartile_means_pass(answer, capsys):
    checks.check_interquartile_mean(answer)
    assert "interquartile_mean: right!" in capsys.readouterr().out


def middle(rule):
    """A statistic by a rule of (sorted values, their quarter)."""
    return lambda values: rule(np.sort(values), len(values) // 4)


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (np.mean, "mean of all"),
        (np.median, "that is the median"),
        (lambda v: v[len(v) // 4 : -len(v) // 4].mean(), "sort first"),
        (middle(lambda v, q: v[:-q].mean()), "leave out the lowest as well"),
        (middle(lambda v, q: v[q:].mean()), "leave out the highest as well"),
        (middle(lambda v, q: v[q : 3 * q + 1].mean()), "one value too many"),
        (middle(lambda v, q: v[q : -q - 1].mean()), "one value too few"),
        (middle(lambda v, q: v[q // 2 : len(v) - q // 2].mean()), "a quarter of N is"),
        (lambda v: np.subtract(*np.percentile(v, [75, 25])), "distance between the quartiles"),
        (lambda v: np.percentile(v, [25, 75]).mean(), "the middle of the two quartiles"),
        (middle(lambda v, q: v[q:-q].sum()), "divide by how many"),
        (middle(lambda v, q: v[q:-q].sum() / len(v)), "number of all runs"),
        (middle(lambda v, q: v[q:-q]), "expected numbers"),
    ],
)
def test_wrong_interquartile_means_are_explained(wrong, phrase):
    rejected(checks.check_interquartile_mean, wrong, phrase)


# The checks: stayed


def slices(greedy, limit):
    solved = greedy >= limit
    return solved[np.argmax(solved) + 1 :].mean()


def counting(greedy, limit):
    after, count, seen = 0, 0, False
    for value in greedy:
        if seen:
            count += 1
            after += value >= limit
        seen = seen or value >= limit
    return after / count


def tensorflow_shares(greedy, limit):
    solved = tf.cast(tf.constant(greedy) >= limit, tf.float32)
    return tf.reduce_mean(solved[tf.argmax(solved) + 1 :])


@pytest.mark.parametrize("answer", [slices, counting, tensorflow_shares])
def test_right_shares_pass(answer, capsys):
    checks.check_stayed(answer)
    assert "stayed: right!" in capsys.readouterr().out


def share(rule):
    """A share by a rule of (greedy, solved, index of the first success)."""
    return lambda greedy, limit: rule(greedy, greedy >= limit, np.argmax(greedy >= limit))


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (share(lambda g, s, j: s[j:].mean()), "first success itself is counted"),
        (share(lambda g, s, j: s.mean()), "counts all evaluations"),
        (share(lambda g, s, j: 1 - s[j + 1 :].mean()), "share that was lost"),
        (share(lambda g, s, j: float(s[-1])), "the last evaluation"),
        (lambda g, limit: slices(g, limit + 1e-6), "exactly the limit"),
        (share(lambda g, s, j: s[np.argmax(g) + 1 :].mean()), "after the best evaluation"),
        (share(lambda g, s, j: s[j + 1 :].sum()), "a number of evaluations"),
        (share(lambda g, s, j: (s.sum() - 1) / (len(g) - j)), "without it"),
        (share(lambda g, s, j: g[j + 1 :].mean()), "that is a mean score"),
        (lambda g, limit: 0.123, "not yet right"),
    ],
)
def test_wrong_shares_are_explained(wrong, phrase):
    rejected(checks.check_stayed, wrong, phrase)


# The formulas


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
        assert verdict == expected, f"lesson 10 says of {text}: {expected}"


def _final(plan):
    return np.array([run.greedy[-1] for run in load_results(plan.file_name, ROOT / "results")])


def test_the_newest_evaluation_before_a_step_is_taken():
    run = Result(0, [1.0], 30, "steps", [10, 20, 30], [1.0, 2.0, 3.0])
    latest = of_lesson("latest")
    assert [latest(run, step) for step in (10, 19, 20, 30, 99)] == [1.0, 1.0, 2.0, 3.0, 3.0]
