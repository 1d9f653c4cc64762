"""Lesson 04: its checks take right answers and explain wrong ones; its formulas are the code's."""

import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, one_line

from dqn_keras import checks, epsilon_greedy, exponential_epsilon
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet
from dqn_keras.experiments.recipes import RECIPES


def empty(*arguments):
    raise NotImplementedError


# The checks: epsilon_greedy


def numpy_policy(q_values, epsilon, rng):
    return rng.integers(len(q_values)) if rng.random() < epsilon else np.argmax(q_values)


def tensorflow_policy(q_values, epsilon, rng):
    if rng.uniform() >= epsilon:
        return tf.argmax(q_values)
    return tf.constant(rng.choice(len(q_values)))


def both_drawn_first(q_values, epsilon, rng):
    action, coin = int(rng.random() * len(q_values)), rng.random()
    return action if coin < epsilon else max(range(len(q_values)), key=lambda a: q_values[a])


def by_its_probabilities(q_values, epsilon, rng):
    probabilities = np.full(len(q_values), epsilon / len(q_values))
    probabilities[np.argmax(q_values)] += 1 - epsilon
    return [rng.choice(len(q_values), p=probabilities)]


@pytest.mark.parametrize(
    "answer", [numpy_policy, tensorflow_policy, both_drawn_first, by_its_probabilities]
)
def test_right_policies_pass(answer, capsys):
    checks.check_epsilon_greedy(answer)
    assert "epsilon_greedy: right!" in capsys.readouterr().out


outside = 0.3  # what a misspelt argument finds
everywhere = np.random.default_rng(0)


def policy(explore, random_action, best=np.argmax):
    """A policy with one part replaced."""
    return lambda q, epsilon, rng: (
        random_action(len(q), rng, q) if explore(rng, epsilon) else best(q)
    )


def coin(rng, epsilon):
    return rng.random() < epsilon


def uniform(actions, rng, q):
    return rng.integers(actions)


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (policy(coin, uniform, np.max), "that is a Q-value"),
        (policy(coin, uniform, np.argmin), "smallest Q-value"),
        (policy(lambda rng, e: rng.random() <= e, uniform), "with `<`, epsilon 0 means never"),
        (policy(lambda rng, e: rng.random() > e, uniform), "compared the wrong way"),
        (policy(lambda rng, e: rng.random() < outside, uniform), "an epsilon from outside"),
        (policy(lambda rng, e: False, uniform), "it never explores"),
        (policy(coin, lambda n, rng, q: rng.integers(n - 1)), "never chose action 2"),
        (policy(coin, lambda n, rng, q: rng.integers(1, n)), "never chose action 0"),
        (policy(coin, lambda n, rng, q: rng.integers(n + 1)), "chose action 3 of 3"),
        (
            policy(coin, lambda n, rng, q: rng.choice(np.delete(np.arange(n), np.argmax(q)))),
            "leaves out the best one",
        ),
        (policy(coin, lambda n, rng, q: everywhere.integers(n)), "draw from `rng`"),
        (policy(lambda rng, e: rng.random() < e / 2, uniform), "never explores|equally likely"),
        (policy(lambda rng, e: rng.random() < math.sqrt(e), uniform), "a share of 0.2"),
        (
            policy(coin, lambda n, rng, q: rng.choice(n, p=[0.6, 0.2, 0.2])),
            "all actions should be equally likely",
        ),
        (lambda q, e, rng: q == np.max(q), "a single index; got 3 values"),
        (lambda q, e, rng: "left", "expected an index, got str"),
        (lambda q, e, rng: -1, "-1 is no action"),
        (lambda q, elsilon, rng: rng.random() < not_there, "stops with NameError"),  # noqa: F821
    ],
)
def test_wrong_policies_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_epsilon_greedy(wrong)
    assert not isinstance(error.value, NotDoneYet)
    one_line(error)


# The checks: epsilon_schedule


def tensorflow_schedule(count, epsilon, epsilon_decay, epsilon_min):
    return tf.maximum(epsilon * tf.pow(epsilon_decay, float(count)), epsilon_min)


def slides_loop(count, epsilon, epsilon_decay, epsilon_min):
    for _ in range(count):
        epsilon *= epsilon_decay
    return max(epsilon, epsilon_min)


def imported_schedule(count, *settings):
    return exponential_epsilon(*settings)(count)


@pytest.mark.parametrize(
    "answer",
    [
        lambda n, e, d, low: np.maximum(e * d**n, low),
        tensorflow_schedule,
        slides_loop,
        imported_schedule,
    ],
)
def test_right_schedules_pass(answer, capsys):
    checks.check_epsilon_schedule(answer)
    assert "epsilon_schedule: right!" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (lambda n, e, d, low: e * d**n, "below the floor"),
        (lambda n, e, d, low: min(e * d**n, low), "min and max are mixed up"),
        (lambda n, e, d, low: max(e * d * n, low), "multiplies with count"),
        (lambda n, e, d, low: max(e - (1 - d) * n, low), "along a straight line"),
        (lambda n, e, d, low: max(e - d * n, low), "takes epsilon_decay off"),
        (lambda n, e, d, low: max(e * d ** (n + 1), low), "one count ahead"),
        (lambda n, e, d, low: max(e * d ** max(n - 1, 0), low), "one count behind"),
        (lambda n, e, d, low: max(d**n, low), "where is the argument epsilon"),
        (lambda n, e, d, low: e * d**n + low, "the floor is added"),
        (lambda n, e, d, low: low + (e - low) * d**n, "without ever resting"),
        (lambda n, e, d, low: e, "where is count"),
        (lambda n, e, d, low: 0.5, "not yet right"),
    ],
)
def test_wrong_schedules_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_epsilon_schedule(wrong)
    one_line(error)


@pytest.mark.parametrize("check", [checks.check_epsilon_greedy, checks.check_epsilon_schedule])
def test_an_empty_exercise_is_not_done_yet(check):
    for unfinished in (empty, lambda *arguments: None):
        with pytest.raises(NotDoneYet, match="yet"):
            check(unfinished)


# The formulas


@pytest.mark.parametrize("epsilon, actions", [(0.1, 2), (0.3, 3), (0.2, 4), (1.0, 3), (0.0, 3)])
def test_the_formula_of_the_policy(epsilon, actions):
    q_values = np.roll(np.arange(actions, dtype=np.float32), 1)
    formula = np.full(actions, epsilon / actions)
    formula[np.argmax(q_values)] += 1 - epsilon
    rng = tf.random.Generator.from_seed(0)
    draw = tf.function(
        lambda: tf.map_fn(lambda _: epsilon_greedy(q_values, epsilon, rng), tf.range(4000))
    )
    shares = np.bincount(draw().numpy(), minlength=actions) / 4000
    np.testing.assert_allclose(shares, formula, atol=5 * math.sqrt(0.25 / 4000))


def test_the_probabilities_named_in_the_text():
    assert pytest.approx(0.95) == 1 - 0.1 + 0.1 / 2
    assert pytest.approx(0.85) == 0.2 / 4 + 0.8


@pytest.mark.parametrize(
    "epsilon, decay, floor", [(1.0, 0.999, 0.01), (0.8, 0.9, 0.1), (1, 0.5, 0.2)]
)
def test_the_formula_of_the_schedule(epsilon, decay, floor):
    counts = np.array([0, 1, 2, 3, 10, 700, 5000])
    formula = np.maximum(epsilon * decay**counts, floor)
    schedule = exponential_epsilon(epsilon, decay, floor)
    np.testing.assert_allclose(schedule(tf.constant(counts)), formula, rtol=2e-4)


@pytest.mark.parametrize(
    "epsilon, decay, floor", [(1.0, 0.999, 0.01), (1.0, 0.995, 0.01), (0.8, 0.9, 0.1)]
)
def test_the_formula_for_where_the_floor_is_reached(epsilon, decay, floor):
    n = math.ceil(math.log(floor / epsilon) / math.log(decay))
    schedule = exponential_epsilon(epsilon, decay, floor)
    assert float(schedule(n)) == np.float32(floor) < float(schedule(n - 1))


def test_the_running_average_is_the_average():
    pulled, averages = [], []

    def watched(q_values, epsilon, rng):
        averages.append(q_values.copy())
        pulled.append(numpy_policy(q_values, epsilon, rng))
        return pulled[-1]

    play = lesson_function("04", "play_machines", my_epsilon_greedy=watched)
    paid = np.array(play(0.5, np.random.default_rng(0), 60))
    for pull, average in enumerate(averages):
        for machine in (0, 1):
            so_far = paid[:pull][np.array(pulled[:pull]) == machine]
            assert average[machine] == pytest.approx(so_far.mean() if len(so_far) else 0)
    # With epsilon 0 only A is pulled, with a little of it B is found.
    play = lesson_function("04", "play_machines", my_epsilon_greedy=numpy_policy)
    assert play(0, np.random.default_rng(0), 50) == [1] * 50
    late = [play(0.1, np.random.default_rng(seed))[-100:] for seed in range(20)]
    assert np.mean(late) > 1.5


def test_the_curves_of_the_five_documents():
    epsilons = lesson_function("04", "epsilons")
    steps = np.array([0, 1000, 5000, 20_000, 60_000])
    after_start = np.maximum(steps - 1000, 0)
    episodes = steps // 50
    formulas = {
        "slides_dqn": np.maximum(0.999**after_start, 0.01),
        "velog_dqn": np.maximum(1 - episodes / 500, 0.01),
        "book_dqn": np.full(5, 0.1),
        "g6ling_dqn": np.maximum(1 - 0.00005 * after_start, 0.1),
        "juvin_dqn": np.maximum(0.995**episodes, 0.01),
    }
    for name, formula in formulas.items():
        np.testing.assert_allclose(epsilons(RECIPES[name], steps), formula, rtol=1e-3, err_msg=name)
