"""Lesson 05: its formulas are the code's; test_checks.py tests its exercises."""

import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function

from dqn_keras import checks, epsilon_greedy, exponential_epsilon
from dqn_keras.experiments.recipes import RECIPES

my_epsilon_greedy = lesson_function("05", "my_epsilon_greedy")
my_epsilon = lesson_function("05", "my_epsilon")


def test_the_lessons_solutions_pass():
    checks.check_epsilon_greedy(my_epsilon_greedy)
    checks.check_epsilon_schedule(my_epsilon)


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
        pulled.append(my_epsilon_greedy(q_values, epsilon, rng))
        return pulled[-1]

    play = lesson_function("05", "play_machines", my_epsilon_greedy=watched)
    paid = np.array(play(0.5, np.random.default_rng(0), 60))
    for pull, average in enumerate(averages):
        for machine in (0, 1):
            so_far = paid[:pull][np.array(pulled[:pull]) == machine]
            assert average[machine] == pytest.approx(so_far.mean() if len(so_far) else 0)
    # With epsilon 0 only A is pulled, with a little of it B is found.
    play = lesson_function("05", "play_machines", my_epsilon_greedy=my_epsilon_greedy)
    assert play(0, np.random.default_rng(0), 50) == [1] * 50
    late = [play(0.1, np.random.default_rng(seed))[-100:] for seed in range(20)]
    assert np.mean(late) > 1.5


def test_the_curves_of_the_five_documents():
    epsilons = lesson_function("05", "epsilons", my_epsilon=my_epsilon)
    names = {
        "000": "velog_dqn",
        "001": "book_dqn",
        "002": "slides_dqn",
        "003": "g6ling_dqn",
        "004": "juvin_dqn",
    }
    for document, name in names.items():
        recipe = RECIPES[name]
        agent = recipe.make_agent(recipe.environment(0), seed=0)
        for steps in (0, 1000, 5000, 20_000, 60_000):
            if recipe.settings.get("epsilon_counts") == "episodes":
                count = steps // 50
            else:
                count = max(steps - agent.train_start, 0)
            expected = float(agent.epsilon_schedule(tf.constant(count)))
            assert epsilons(steps)[document] == pytest.approx(expected, rel=1e-3), (name, steps)
