"""Lesson 05: its checks take right answers and explain wrong ones; its formulas are the code's."""

import copy

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, one_line

from dqn_keras import ReplayMemory, checks
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet


def empty(*arguments):
    raise NotImplementedError


# The checks: ring_append


def writing(row, count=lambda n, size: n + 1):
    """An append that writes to the row and returns the count that two rules say."""

    def append(memory, appended, transition):
        memory[row(appended, len(memory))] = transition
        return count(appended, len(memory))

    return append


def with_an_if(memory, appended, transition):
    row = appended
    while row >= len(memory):
        row -= len(memory)
    for i, value in enumerate(transition):
        memory[row][i] = value
    return np.int64(appended + 1)


def tensorflow_append(memory, appended, transition):
    row = tf.math.floormod(appended, memory.shape[0])
    memory[:] = tf.tensor_scatter_nd_update(memory, [[row]], [transition]).numpy()
    return tf.constant(appended) + 1


@pytest.mark.parametrize(
    "answer", [writing(lambda n, size: n % size), with_an_if, tensorflow_append]
)
def test_right_rings_pass(answer, capsys):
    checks.check_ring_append(answer)
    assert "ring_append: right!" in capsys.readouterr().out


def shifting(memory, appended, transition):
    if appended >= len(memory):
        memory[:-1] = memory[1:].copy()
    memory[min(appended, len(memory) - 1)] = transition
    return appended + 1


def newest_first(memory, appended, transition):
    memory[1:] = memory[:-1].copy()
    memory[0] = transition
    return appended + 1


def right_row(n, size):
    return n % size


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (writing(lambda n, size: (n + 1) % size), "off by one"),
        (writing(lambda n, size: min(n, size - 1)), "over the newest row"),
        (writing(lambda n, size: n % (size - 1)), "one row is never used"),
        (writing(lambda n, size: n), "after row 3 comes row 0"),
        (writing(lambda n, size: n % (size + 1)), "after row 3 comes row 0"),
        (writing(lambda n, size: 0), "always writes to row 0"),
        (shifting, "moves all the rows"),
        (newest_first, "newest to the front"),
        (lambda memory, n, transition: n + 1, "memory is unchanged"),
        (writing(right_row, lambda n, size: n), "count it"),
        (writing(right_row, lambda n, size: (n + 1) % size), "not the row or the number of rows"),
        (writing(right_row, lambda n, size: min(n + 1, size)), "not the row or the number of rows"),
        (writing(right_row, lambda n, size: n + 2), "the count should be 1, got 2"),
        (writing(right_row, lambda n, size: np.zeros(3)), "return the new count"),
    ],
)
def test_wrong_rings_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_ring_append(wrong)
    assert not isinstance(error.value, NotDoneYet)
    one_line(error)


# The checks: sample_batch


def drawing(rows):
    """A sample of the rows that a rule of (size, batch_size, rng) draws."""
    return lambda columns, size, batch, rng: [column[rows(size, batch, rng)] for column in columns]


def numpy_sample(columns, size, batch_size, rng):
    rows = rng.integers(size, size=batch_size)
    return [column[rows] for column in columns]


def without_replacement(columns, size, batch_size, rng):
    rows = rng.choice(size, batch_size, replace=False)
    return tuple(np.take(column, rows, axis=0) for column in columns)


def tensorflow_sample(columns, size, batch_size, rng):
    rows = tf.constant(rng.permutation(size)[:batch_size])
    return [tf.gather(column, rows) for column in columns]


def row_by_row(columns, size, batch_size, rng):
    rows = [int(rng.random() * size) for _ in range(batch_size)]
    return [[column[row] for row in rows] for column in columns]


@pytest.mark.parametrize(
    "answer", [numpy_sample, without_replacement, tensorflow_sample, row_by_row]
)
def test_right_samples_pass(answer, capsys):
    checks.check_sample_batch(answer)
    assert "sample_batch: right!" in capsys.readouterr().out


everywhere = np.random.default_rng(0)


def sampling(rows):
    """A sample of the rows that a rule of (size, batch_size, rng) draws, once for all columns."""

    def sample(columns, size, batch_size, rng):
        drawn = rows(size, batch_size, rng)
        return [column[drawn] for column in columns]

    return sample


def block(size, batch_size, rng):
    start = rng.integers(size - batch_size + 1)
    return np.arange(start, start + batch_size)


def as_transitions(columns, size, batch_size, rng):
    rows = rng.integers(size, size=batch_size)
    return [[column[row].tolist() for column in columns] for row in rows]


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (drawing(lambda n, b, rng: rng.integers(n, size=b)), "from different transitions"),
        (
            lambda columns, n, b, rng: numpy_sample(columns, len(columns[0]), b, rng),
            "a row that was never filled",
        ),
        (sampling(lambda n, b, rng: rng.integers(n + 1, size=b)), "a row that was never filled"),
        (sampling(lambda n, b, rng: rng.integers(n - 1, size=b)), "last filled row is never drawn"),
        (sampling(lambda n, b, rng: rng.integers(1, n, size=b)), "row 0 is never drawn"),
        (sampling(block), "a block of neighbours"),
        (sampling(lambda n, b, rng: np.arange(n - b, n)), "the same batch every time"),
        (
            sampling(lambda n, b, rng: np.random.default_rng(0).integers(n, size=b)),
            "the same batch every time",
        ),
        (sampling(lambda n, b, rng: everywhere.integers(n, size=b)), "draw from `rng`"),
        (sampling(lambda n, b, rng: np.full(b, rng.integers(n))), "draws one row and repeats it"),
        (sampling(lambda n, b, rng: rng.integers(n, size=n)), "a column has shape"),
        (sampling(lambda n, b, rng: 2 * rng.integers(n // 2, size=b) + 1), "row 0 is never drawn"),
        (sampling(lambda n, b, rng: rng.integers(n)), "a column has shape"),
        (lambda columns, n, b, rng: rng.integers(n, size=b), "a list of 5 columns, got ndarray"),
        (as_transitions, "a list of transitions"),
        (lambda columns, n, b, rng: numpy_sample(columns, n, b, rng)[:2], "5 columns, got 2"),
    ],
)
def test_wrong_samples_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_sample_batch(wrong)
    assert not isinstance(error.value, NotDoneYet)
    one_line(error)


# The checks: transition_copy


@pytest.mark.parametrize(
    "answer",
    [
        lambda s, a, r, n, d: (np.array(s), a, r, np.array(n), d),
        lambda s, a, r, n, d: [s.copy(), a, r, n.copy(), d],
        lambda s, a, r, n, d: copy.deepcopy((s, a, r, n, d)),
        lambda s, a, r, n, d: (tf.constant(s), tf.constant(a), tf.constant(r), tf.constant(n), d),
        lambda s, a, r, n, d: (tuple(s), a, r, list(n), float(d)),
    ],
)
def test_right_transitions_pass(answer, capsys):
    checks.check_transition_copy(answer)
    assert "transition_copy: right!" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (lambda s, a, r, n, d: (s, a, r, n, d), "still points at the environment's own arrays"),
        (lambda s, a, r, n, d: copy.copy((s, a, r, n, d)), "the environment's own arrays"),
        (lambda s, a, r, n, d: (s[:], a, r, np.asarray(n), d), "the environment's own arrays"),
        (lambda s, a, r, n, d: (s, a, r, n.copy(), d), "`state` still changes"),
        (lambda s, a, r, n, d: (s.copy(), a, r, n, d), "`next_state` still changes"),
        (lambda s, a, r, n, d: (n.copy(), a, r, s.copy(), d), "have changed places"),
        (lambda s, a, r, n, d: (s.copy(), a, r, s.copy(), d), "state and next_state are the same"),
        (lambda s, a, r, n, d: (s.copy(), r, a, n.copy(), d), "as they came, in order"),
        (lambda s, a, r, n, d: (s.copy(), a, r, n.copy()), "return the five parts"),
    ],
)
def test_wrong_transitions_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_transition_copy(wrong)
    one_line(error)


def test_the_lesson_shows_the_bug_that_it_asks_for():
    with pytest.raises(Hint, match="own arrays"):
        checks.check_transition_copy(lesson_function("05", "make_transition"))


@pytest.mark.parametrize(
    "check", [checks.check_ring_append, checks.check_sample_batch, checks.check_transition_copy]
)
def test_an_empty_exercise_is_not_done_yet(check):
    for unfinished in (empty, lambda *arguments: None):
        with pytest.raises(NotDoneYet, match="yet"):
            check(unfinished)


# The formulas


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
    correlation = lesson_function("05", "correlation")
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
    first_solved = lesson_function("05", "first_solved")
    scores = np.array([500] * 9 + [390] + [500] * 12)
    assert first_solved(scores) == 19  # the first ten scores without the 390 in them
    assert first_solved(np.full(50, 490)) is None
    assert first_solved(np.full(10, 491)) == 9
