"""Lesson 06: its formulas are the code's; test_checks.py tests its exercises."""

import ast

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_code, lesson_function

from dqn_keras import ReplayMemory, checks
from dqn_keras.classroom.checks.harness import Hint


def test_the_lessons_solutions_pass():
    checks.check_ring_append(lesson_function("06", "my_append"))
    checks.check_sample_batch(lesson_function("06", "my_sample"))
    checks.check_transition_copy(lesson_function("06", "my_transition"))


def test_the_lesson_shows_the_bug_that_it_asks_for_and_its_end():
    with pytest.raises(Hint, match="own arrays"):
        checks.check_transition_copy(lesson_function("06", "make_transition"))
    (world,) = (node for node in lesson_code("06").body if getattr(node, "name", "") == "Corridor")
    names = {"np": np}
    exec(compile(ast.Module([world], []), "lesson 06", "exec"), names)
    walk = lesson_function("06", "walk", Corridor=names["Corridor"])
    assert walk(lesson_function("06", "make_transition")) == ["2 to 3", "3 to 2", "2 to 3"]
    assert walk(lesson_function("06", "my_transition")) == ["0 to 1", "1 to 2", "2 to 3"]


@pytest.mark.parametrize("capacity, appends", [(3, 5), (4, 3), (1, 4), (5, 10)])
def test_the_formula_of_the_row(capacity, appends):
    memory = ReplayMemory(capacity, state_size=1)
    rows = np.zeros(capacity)
    for n in range(appends):
        memory.append([n + 1], 0, 1.0, [0], False)
        rows[n % capacity] = n + 1
    np.testing.assert_array_equal(memory.states.numpy().ravel(), rows)


@pytest.mark.parametrize("k", [1, 2, 17])
def test_the_formula_of_the_correlation(k):
    x = np.random.default_rng(0).normal(size=400).cumsum()
    left, right = x[:-k], x[k:]
    formula = np.sum((left - left.mean()) * (right - right.mean())) / np.sqrt(
        np.sum((left - left.mean()) ** 2) * np.sum((right - right.mean()) ** 2)
    )
    correlation = lesson_function("06", "correlation")
    assert correlation(x, k) == pytest.approx(formula)
    assert correlation(x, k) == pytest.approx(np.corrcoef(left, right)[0, 1])


def test_the_formula_of_what_a_batch_is_worth():
    # The variance of a mean of B independent draws is a B-th of theirs.
    memory = ReplayMemory(200, state_size=1)
    values = np.random.default_rng(0).normal(size=200).astype(np.float32)
    for value in values:
        memory.append([value], 0, 1.0, [value], False)
    rng = tf.random.Generator.from_seed(0)
    draw = tf.function(
        lambda: tf.map_fn(
            lambda _: tf.reduce_mean(memory.sample(16, rng).states),
            tf.range(2000),
            fn_output_signature=tf.float32,
        )
    )
    assert values.var() / draw().numpy().var() == pytest.approx(16, rel=0.2)


@pytest.mark.parametrize("capacity, batch_size", [(2000, 64), (50, 64)])
def test_the_formula_of_different_rows(capacity, batch_size):
    formula = capacity * (1 - (1 - 1 / capacity) ** batch_size)
    memory = ReplayMemory(capacity, state_size=1)
    memory.states.assign(np.arange(capacity, dtype=np.float32)[:, None])
    memory.appended.assign(capacity)
    rng = tf.random.Generator.from_seed(0)
    draws = [len(np.unique(memory.sample(batch_size, rng).states)) for _ in range(200)]
    assert np.mean(draws) == pytest.approx(formula, abs=5 * np.std(draws) / np.sqrt(200) + 1e-9)


def test_a_transition_is_learned_from_batch_size_times():
    # A batch in every step, N steps long: B/N of it each time.
    capacity, batch_size = 40, 8
    memory = ReplayMemory(capacity, state_size=1)
    rng = tf.random.Generator.from_seed(0)
    uses = np.zeros(300)
    for n in range(300):
        memory.append([n], 0, 1.0, [n], False)
        np.add.at(uses, memory.sample(batch_size, rng).states.numpy().ravel().astype(int), 1)
    assert uses[capacity : 300 - capacity].mean() == pytest.approx(batch_size, rel=0.05)


def test_with_a_mean_above_490_the_memory_of_2000_holds_at_most_five_ends():
    # Each of the ten scores is above 400 then, and five whole episodes of 401 do not fit into 2000.
    assert 10 * 490 - 9 * 500 == 400 and 5 * 401 > 2000


def test_first_solved_is_the_slides_stop_rule():
    first_solved = lesson_function("06", "first_solved")
    scores = np.array([500] * 9 + [390] + [500] * 12)
    assert first_solved(scores) == 19  # the first ten scores without the 390 in them
    assert first_solved(np.full(50, 490)) is None
    assert first_solved(np.full(10, 491)) == 9
