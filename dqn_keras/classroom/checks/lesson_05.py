"""Checks of lesson 05, the replay memory."""

import numpy as np

from dqn_keras.classroom.checks.tools import Hint, call, compare, done

_CAPACITY = 4
_APPENDS = 11  # past the second time round


def _ring(row_of, appends):
    """A memory after `appends` transitions, each in the row that a rule says."""
    memory = np.zeros([_CAPACITY, 2])
    for n in range(appends):
        memory[row_of(n)] = _transition(n)
    return memory


def _transition(n):
    return np.array([n + 1.0, 10.0 * (n + 1)])


def _shifted(appends, newest_first):
    """A memory whose rows all move at every append."""
    rows = [_transition(n) for n in range(appends)][-_CAPACITY:]
    rows = rows[::-1] if newest_first else rows
    return np.array(rows + [np.zeros(2)] * (_CAPACITY - len(rows)))


def check_ring_append(function) -> None:
    """Checks `function(memory, appended, transition)`.

    Args:
        function: Writes the transition over the oldest row, in place; returns the new count.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "ring_append"
    memory = np.zeros([_CAPACITY, 2])
    for n in range(_APPENDS):
        before = memory.copy()
        try:
            result = call(function, memory, n, _transition(n))
        except Hint as hint:
            if "IndexError" not in str(hint):
                raise
            raise Hint(
                f"{name}: a memory of {_CAPACITY} rows has no row for number {n}: "
                f"after row {_CAPACITY - 1} comes row 0 again"
            ) from hint
        if np.array_equal(before, memory):
            raise Hint(f"{name}: the memory is unchanged; assign into it, as in memory[row] = ...")
        compare(
            name,
            memory,
            _ring(lambda k: k % _CAPACITY, n + 1),
            {
                "off by one: with nothing stored yet, the first transition belongs in row 0": _ring(
                    lambda k: (k + 1) % _CAPACITY, n + 1
                ),
                "once full it keeps writing over the newest row: the oldest has to go": _ring(
                    lambda k: min(k, _CAPACITY - 1), n + 1
                ),
                "one row is never used: the remainder of dividing by len(memory), not one less": (
                    _ring(lambda k: k % (_CAPACITY - 1), n + 1)
                ),
                "it always writes to row 0": _ring(lambda k: 0, n + 1),
                "it moves all the rows: a ring writes one row and leaves the others": _shifted(
                    n + 1, newest_first=False
                ),
                "it moves all the rows, the newest to the front: a ring writes one row only": (
                    _shifted(n + 1, newest_first=True)
                ),
            },
        )
        if np.size(result) != 1:
            raise Hint(f"{name}: return the new count, not the memory or the transition")
        count = int(np.reshape(result, ()))
        if count == n + 1:
            continue
        if count == n == 0:
            raise Hint(f"{name}: one more has been stored, yet the count is still {n}: count it")
        if count in (n % _CAPACITY, (n + 1) % _CAPACITY, min(n + 1, _CAPACITY)):
            raise Hint(
                f"{name}: after {n + 1} transitions it returned {count}: "
                "return how many have ever been stored, not the row or the number of rows"
            )
        raise Hint(f"{name}: after {n + 1} transitions the count should be {n + 1}, got {count}")
    done(name)


_ROWS, _FILLED, _BATCH, _TRIES = 60, 40, 16, 100


def _columns():
    """Row i holds i in every column; rows never filled hold the decoy 999."""
    i = np.where(np.arange(_ROWS) < _FILLED, np.arange(_ROWS), 999)
    states = np.stack([i, i], axis=1).astype(np.float32)
    return states, i.copy(), i.astype(np.float32), states.copy(), i.astype(float)


def _rows_drawn(name, function, rng):
    """Which rows are in the learner's batch: [_BATCH]."""
    result = call(function, _columns(), _FILLED, _BATCH, rng)
    if not isinstance(result, (list, tuple)):
        raise Hint(f"{name}: return a list of 5 columns, got {type(result).__name__}")
    if len(result) == _BATCH:
        raise Hint(f"{name}: that is a list of transitions; return one array for each column")
    try:
        columns = [np.asarray(column) for column in result]
    except (TypeError, ValueError):
        raise Hint(f"{name}: return a list of arrays, one for each column") from None
    if len(columns) != 5:
        raise Hint(f"{name}: return a list of 5 columns, got {len(columns)}")
    for column, expected in zip(columns, _columns(), strict=True):
        shape = (_BATCH, *expected.shape[1:])
        if column.shape != shape:
            raise Hint(f"{name}: a column has shape {column.shape}, it should have {shape}")
    drawn = np.array([column.reshape(_BATCH, -1)[:, 0] for column in columns])
    if 999 in drawn:
        raise Hint(
            f"{name}: it drew a row that was never filled: only rows 0 to size - 1 hold anything"
        )
    if np.any(drawn != drawn[0]):
        raise Hint(
            f"{name}: states, actions and rewards come from different transitions: "
            "draw the rows once, for all columns"
        )
    return drawn[0]


def check_sample_batch(function) -> None:
    """Checks `function(columns, size, batch_size, rng)` with a NumPy generator.

    Args:
        function: Returns the columns' rows of a random batch; with or without replacement.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "sample_batch"
    rng = np.random.default_rng(0)
    drawn = np.array([_rows_drawn(name, function, rng) for _ in range(_TRIES)])
    first, second = (_rows_drawn(name, function, np.random.default_rng(7)) for _ in range(2))
    if np.all(drawn == drawn[0]):
        raise Hint(f"{name}: it draws the same batch every time: draw anew from `rng`")
    if not np.array_equal(first, second):
        raise Hint(
            f"{name}: the same seed gave another batch: draw from `rng`, not from np.random or tf"
        )
    if np.all(np.diff(drawn, axis=1) == 1):
        raise Hint(f"{name}: the batch is a block of neighbours: draw each row by itself")
    if np.all(drawn == drawn[:, :1]):
        raise Hint(f"{name}: it draws one row and repeats it: draw batch_size of them")
    # A row is missing in all 1600 draws once in 10^17 times.
    if _FILLED - 1 not in drawn:
        raise Hint(
            f"{name}: the last filled row is never drawn: rng.integers(0, n) ends at n - 1 already"
        )
    if 0 not in drawn:
        raise Hint(f"{name}: row 0 is never drawn: rows are counted from 0")
    if len(np.unique(drawn)) < _FILLED:
        raise Hint(f"{name}: some filled rows are never drawn: each should be equally likely")
    done(name)


def check_transition_copy(function) -> None:
    """Checks `function(state, action, reward, next_state, terminated)`.

    Args:
        function: Returns the five, such that later changes of the arrays do not reach them.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "transition_copy"
    state, next_state = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])
    result = call(function, state, 1, 7.0, next_state, True)
    if not isinstance(result, (tuple, list)) or len(result) != 5:
        raise Hint(f"{name}: return the five parts of the transition as a tuple")
    state += 100  # what an environment does that owns one array
    next_state += 200
    stored, _, _, stored_next, _ = result
    old, new = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])
    aliased, aliased_next = (
        np.array_equal(stored, old + 100),
        np.array_equal(stored_next, new + 200),
    )
    if aliased and aliased_next:
        raise Hint(
            f"{name}: both states changed after they were stored: "
            "the tuple still points at the environment's own arrays"
        )
    if aliased:
        raise Hint(f"{name}: `next_state` is safe now, but `state` still changes afterwards")
    if aliased_next:
        raise Hint(f"{name}: `state` is safe now, but `next_state` still changes afterwards")
    if np.array_equal(stored, new) and np.array_equal(stored_next, old):
        raise Hint(f"{name}: state and next_state have changed places")
    if np.array_equal(stored, stored_next):
        raise Hint(f"{name}: state and next_state are the same: each needs a copy of its own")
    compare(name, stored, old, {})
    compare(name, stored_next, new, {})
    action, reward, terminated = (float(np.asarray(result[i])) for i in (1, 2, 4))
    if (action, reward, terminated) != (1, 7, 1):
        raise Hint(f"{name}: action, reward and terminated should be stored as they came, in order")
    done(name)
