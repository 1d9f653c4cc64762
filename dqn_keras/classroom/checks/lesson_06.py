"""Lesson 06: the replay memory."""

import copy

import numpy as np

from dqn_keras.classroom.checks.chance import Dice, Draws, Shares, draw
from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.messages import Told
from dqn_keras.classroom.checks.values import as_numbers, same, show, unchanged


def _stored(call, memory, appended, transitions):
    """The memory after some appends, and what the last one returned."""
    for count, transition in enumerate(transitions, appended):
        returned = call(memory, count, transition)
    return {("memory", "메모리"): memory, ("returned", "반환한 값"): returned}


def _ring(rng):
    """A ring of any size, at any time of its life, and some transitions for it."""
    rows, parts, appends = rng.integers(1, 6), rng.integers(1, 4), rng.integers(1, 8)
    dtype = rng.choice(["float32", "float64"])
    numbers = (rng.integers(1, 99, [n, parts]) + 0.5 for n in (rows, appends))
    memory, transitions = (n.astype(dtype) for n in numbers)
    return memory, int(rng.integers(20)), transitions


def _writing(row, count=lambda n, size: n + 1):
    """An append that writes to the row and returns the count that two rules say."""

    def append(memory, appended, transition):
        memory[row(appended, len(memory))] = transition
        return count(appended, len(memory))

    return append


def _by_a_row(memory, appended, transition):
    memory[appended % memory.shape[1]] = transition
    return appended + 1


def _row(n, size):
    return n % size


def _shift(memory, n, transition):
    memory[:-1] = memory[1:].copy()
    memory[-1] = transition
    return n + 1


def _fill_then_shift(memory, n, transition):
    if n < len(memory):
        memory[n] = transition
        return n + 1
    return _shift(memory, n, transition)


def _newest_first(memory, n, transition):
    memory[1:] = memory[:-1].copy()
    memory[0] = transition
    return n + 1


def _stop_when_full(memory, n, transition):
    if n < len(memory):
        memory[n] = transition
    return n + 1


def _start_over(memory, n, transition):
    if n % len(memory) == 0:
        memory[:] = 0
    memory[n % len(memory)] = transition
    return n + 1


def _add(memory, n, transition):
    memory[n % len(memory)] += transition
    return n + 1


def _first_part(memory, n, transition):
    memory[n % len(memory), 0] = transition[0]
    return n + 1


def _first_part_everywhere(memory, n, transition):
    memory[n % len(memory)] = transition[0]
    return n + 1


def _into_an_empty_row(memory, n, transition):
    memory[np.flatnonzero(~memory.any(axis=1))[0]] = transition
    return n + 1


def _in_a_copy(memory, n, transition):
    memory = memory.copy()
    memory[n % len(memory)] = transition
    return n + 1


@exercise(
    examples=[
        (np.zeros([3, 2]), 0, np.array([[1.0, 10.0]])),
        (np.array([[1.0, 10.0], [0.0, 0.0], [0.0, 0.0]]), 1, np.array([[2.0, 20.0]])),
        (np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]), 3, np.array([[4.0, 40.0]])),
        (np.zeros([3, 2]), 0, np.arange(1.0, 6.0)[:, None] * [1, 10]),
        (np.zeros([4, 2]), 0, np.arange(1.0, 12.0)[:, None] * [1, 10]),
    ],
    random=_ring,
    observe=_stored,
    changes=("memory",),
    mistakes=[
        _writing(lambda n, size: (n + 1) % size),
        "off by one: with nothing stored yet, the first transition belongs in row 0",
        "하나 어긋났습니다. 아직 아무것도 없을 때 첫 샘플은 0행에 들어갑니다",
        _writing(lambda n, size: (n - 1) % size),
        "one row too early: with nothing stored yet, the first transition belongs in row 0",
        "한 행 앞에 씁니다. 아직 아무것도 없을 때 첫 샘플은 0행에 들어갑니다",
        _writing(lambda n, size: min(n, size - 1)),
        "once full it keeps writing over the newest row: the oldest has to go",
        "가득 차면 가장 새로운 행에만 덮어씁니다. 가장 오래된 것을 지워야 합니다",
        _writing(lambda n, size: n if n < size else 0),
        "once full it always writes to row 0: after row 0 comes row 1",
        "가득 차면 언제나 0행에 씁니다. 0행 다음은 1행입니다",
        _writing(lambda n, size: n % (size - 1)),
        "one row is never used: the remainder of dividing by len(memory), not one less",
        "쓰지 않는 행이 하나 있습니다. len(memory) - 1이 아니라 len(memory)로 나눈 나머지입니다",
        _writing(lambda n, size: n if n < size else n - size),
        "len(memory) is taken away once only: the remainder, %, takes it away as often as it fits",
        "len(memory)를 한 번만 뺍니다. 나머지 %는 뺄 수 있을 만큼 뺀 값입니다",
        _writing(lambda n, size: n),
        "a memory of N rows has no row number N: after the last row comes row 0 again",
        "N행짜리 메모리에 N번 행은 없습니다. 마지막 행 다음은 다시 0행입니다",
        _writing(lambda n, size: n % (size + 1)),
        "a memory of N rows has no row number N: divide by N, not by N + 1",
        "N행짜리 메모리에 N번 행은 없습니다. N + 1이 아니라 N으로 나누세요",
        _by_a_row,
        "it divides by the length of a row: the remainder by the number of rows, len(memory)",
        "행의 길이로 나눴습니다. 행의 수 len(memory)로 나눈 나머지입니다",
        _writing(lambda n, size: n % size + 1),
        "the first transition belongs in row 0: drop the + 1",
        "첫 샘플은 0행에 들어갑니다. + 1을 빼세요",
        *(
            part
            for size in (3, 4)
            for part in (
                _writing(lambda n, _, size=size: n % size),
                f"it divides by {size}, whatever the memory: divide by len(memory)",
                f"메모리가 얼마나 크든 {size}로 나눕니다. len(memory)로 나누세요",
            )
        ),
        _writing(lambda n, size: -n % size),
        "it goes backwards through the rows: after row 0 comes row 1",
        "행을 거꾸로 돌아갑니다. 0행 다음은 1행입니다",
        _into_an_empty_row,
        "it looks for an empty row, and a full memory has none: the row follows from `appended`",
        "빈 행을 찾는데, 가득 차면 빈 행이 없습니다. 행은 `appended`로 정해집니다",
        _writing(lambda n, size: n + 1 % size),
        "the first transition belongs in row 0: drop the + 1",
        "첫 샘플은 0행에 들어갑니다. + 1을 빼세요",
        _writing(lambda n, size: n % size - 1),
        "one row too early: with nothing stored yet, the first transition belongs in row 0",
        "한 행 앞에 씁니다. 아직 아무것도 없을 때 첫 샘플은 0행에 들어갑니다",
        _writing(lambda n, size: n // size),
        "// is how often it fits, % is the remainder: the row is the remainder",
        "//는 몫, %는 나머지입니다. 행은 나머지입니다",
        _writing(lambda n, size: 0),
        "it always writes to row 0: the row depends on `appended`",
        "언제나 0행에 씁니다. 행은 `appended`에 따라 달라집니다",
        _writing(lambda n, size: -1),
        "it always writes to the last row: the row depends on `appended`",
        "언제나 마지막 행에 씁니다. 행은 `appended`에 따라 달라집니다",
        _writing(lambda n, size: -(n % size) - 1),
        "it fills the memory from the end: the first transition belongs in row 0",
        "끝에서부터 채웁니다. 첫 샘플은 0행에 들어갑니다",
        _writing(lambda n, size: slice(None)),
        "it writes to all rows: only the oldest has to go",
        "모든 행에 씁니다. 가장 오래된 행에만 쓰세요",
        _fill_then_shift,
        "it moves all the rows: a ring writes one row and leaves the others",
        "모든 행을 옮깁니다. 링은 한 행만 쓰고 나머지는 그대로 둡니다",
        _shift,
        "it moves all the rows, the newest to the end: a ring writes one row only",
        "모든 행을 옮기고 새 샘플을 끝에 둡니다. 링은 한 행만 씁니다",
        _newest_first,
        "it moves all the rows, the newest to the front: a ring writes one row only",
        "모든 행을 옮기고 새 샘플을 앞에 둡니다. 링은 한 행만 씁니다",
        _stop_when_full,
        "once full it stores nothing more: the oldest has to go",
        "가득 차면 더 저장하지 않습니다. 가장 오래된 것을 지워야 합니다",
        _start_over,
        "once full it forgets everything: only the oldest row has to go",
        "가득 차면 모두 지웁니다. 가장 오래된 행만 지우세요",
        _add,
        "it adds to what was in the row: write over it",
        "행에 있던 값에 더합니다. 덮어쓰세요",
        _first_part,
        "it stores only the first number of the transition: store the whole row",
        "샘플의 첫 숫자만 저장합니다. 행 전체를 저장하세요",
        _first_part_everywhere,
        "it writes the first number of the transition all along the row: store the whole row",
        "샘플의 첫 숫자로 행을 모두 채웁니다. 샘플 전체를 저장하세요",
        lambda memory, n, transition: np.vstack([memory[1:], transition]),
        "it makes a new array and returns it: write into `memory` itself, and return the new count",
        "새 배열을 만들어 반환합니다. `memory`에 직접 쓰고 새 개수를 반환하세요",
        lambda memory, n, transition: np.vstack([memory, transition]),
        "it makes a new array and returns it: write into `memory` itself, and return the new count",
        "새 배열을 만들어 반환합니다. `memory`에 직접 쓰고 새 개수를 반환하세요",
        _in_a_copy,
        "the memory is unchanged; assign into it, memory[row] = transition",
        "메모리가 그대로입니다. memory[row] = transition처럼 직접 쓰세요",
        _writing(_row, lambda n, size: n),
        "one more has been stored, yet the count is the same: count it",
        "하나 더 저장했는데 개수가 그대로입니다. 하나를 더하세요",
        _writing(_row, lambda n, size: n + 2),
        "the count is one too many: one more has been stored, not two",
        "개수가 하나 많습니다. 하나를 저장했으니 1만 더하세요",
        _writing(_row, lambda n, size: n % size),
        "that is the row: return how many have ever been stored",
        "그것은 행입니다. 지금까지 저장한 샘플의 수를 반환하세요",
        _writing(_row, lambda n, size: n % size + 1),
        "that is the row plus 1: return how many have ever been stored, appended + 1",
        "그것은 행에 1을 더한 값입니다. 지금까지 저장한 수 appended + 1을 반환하세요",
        _writing(lambda n, size: n if n < size else 0, lambda n, size: n + 1 if n < size else 1),
        "once full it starts over, row and count: go on counting, the row is the remainder",
        "가득 차면 행도 개수도 처음부터 다시 셉니다. 개수는 계속 세고, 행은 나머지로 구하세요",
        _writing(_row, lambda n, size: 1),
        "it returns 1: return how many have ever been stored, appended + 1",
        "1을 반환합니다. 지금까지 저장한 수 appended + 1을 반환하세요",
        _writing(_row, lambda n, size: n - 1),
        "the count goes down: one more has been stored",
        "개수가 줄어듭니다. 하나 더 저장했으니 1을 더하세요",
        lambda memory, n, transition: (memory, _writing(_row)(memory, n, transition)),
        "it returns the memory, too: return the new count alone",
        "메모리까지 반환합니다. 새 개수만 반환하세요",
        _writing(_row, lambda n, size: (n + 1, n % size)),
        "it returns the row, too: return the new count alone",
        "행까지 반환합니다. 새 개수만 반환하세요",
        _writing(_row, lambda n, size: (n + 1) % size),
        "that is the next row: return how many have ever been stored",
        "그것은 다음 행입니다. 지금까지 저장한 샘플의 수를 반환하세요",
        _writing(_row, lambda n, size: min(n + 1, size)),
        "that is how many rows are filled: return how many have ever been stored",
        "그것은 채워진 행의 수입니다. 지금까지 저장한 샘플의 수를 반환하세요",
        _writing(_row, lambda n, size: size),
        "that is the size of the memory: return how many have ever been stored",
        "그것은 메모리의 크기입니다. 지금까지 저장한 샘플의 수를 반환하세요",
        _writing(_row, lambda n, size: None),
        "it stores and returns nothing (None): return the new count",
        "저장은 하지만 아무것도 반환하지 않습니다(None). 새 개수를 반환하세요",
        lambda memory, n, transition: _writing(_row)(memory, n, transition) and memory,
        "it returns the memory: return the new count",
        "메모리를 반환합니다. 새 개수를 반환하세요",
        lambda memory, n, transition: _writing(_row)(memory, n, transition) and transition,
        "it returns the transition: return the new count",
        "샘플을 반환합니다. 새 개수를 반환하세요",
    ],
)
def check_ring_append(memory, appended, transition):
    """Writes the transition over the oldest row, in place; returns the new count."""
    memory[appended % len(memory)] = transition
    return appended + 1


_SHAPES = "shapes of the columns", "열들의 모양"
_TOGETHER = "parts of a row from one transition", "한 행의 부분들이 같은 샘플인가"
_ROWS = "rows drawn", "뽑힌 행"
_DISTANCES = "distances between two rows of a batch (in a ring)", "배치 속 두 행의 거리(고리로 셈)"
_BATCHES = 300


def _columns(rows):
    """Five columns; the numbers in row i say i, and which column they are of."""
    i = np.arange(rows, dtype=np.float32)
    return [np.stack([i, i], axis=1), i + 100, i + 200, np.stack([i, i], axis=1) + 300, i + 400]


def _batches(call, rows, size, batch_size, rng):
    """What many batches of an answer have in common."""
    columns = _columns(rows)
    batches = draw(lambda dice: call(columns, size, batch_size, dice), _BATCHES, rng)
    if not unchanged(columns, _columns(rows)):
        raise Told("changed", argument="columns")
    right = _shapes([column[:batch_size] for column in columns])
    if (told := _told(batches, right)) is None:
        wrong = [batch for batch in batches if not same(_shapes(batch), right)]
        return {_SHAPES: _shapes(wrong[0]), _TOGETHER: None, _ROWS: None, _DISTANCES: None}
    at_random = np.random.default_rng(0).permuted(told[:, 0], axis=1)
    pairs = at_random[:, : batch_size // 2 * 2].reshape(-1, 2)
    apart = abs(pairs[:, 0] - pairs[:, 1])
    spread = np.ptp(told, axis=1).ravel()  # from 100 on, of another column
    return {
        _SHAPES: right,
        _TOGETHER: Draws(np.select([spread == 0, spread < 100], ["✓", "✗"], "⇄").tolist()),
        _ROWS: Draws(told[:, 0].ravel()),
        _DISTANCES: Draws(np.minimum(apart, abs(size - apart))),
    }


def _told(batches, shapes):
    """Which row each number of the batches is from, [batches, columns, rows]; None if malformed."""
    told = []
    for column, shape in enumerate(shapes):
        try:
            numbers = np.array([batch[column] for batch in batches], float)
        except (TypeError, ValueError, IndexError, KeyError):
            return None
        if numbers.shape[1:] != shape:
            return None
        told.append(numbers.reshape(len(batches), shape[0], -1)[..., 0] - 100 * column)
    right = all(isinstance(batch, list | tuple) and len(batch) == 5 for batch in batches)
    return np.stack(told, axis=1) if right else None


def _shapes(batch):
    """The shapes of a batch's columns; if it has none, the batch."""
    if not isinstance(batch, list | tuple):
        return batch
    columns = [as_numbers(column) for column in batch]
    return tuple(None if column is None else column.shape for column in columns)


def _uniform(rows, size, batch_size, rng):
    """Rows that are drawn independently, with or without replacement."""
    apart = {0: (0.0, 1 / size)}
    for distance in range(1, size // 2 + 1):
        partners = 1 if 2 * distance == size else 2
        apart[distance] = (partners / size, partners / (size - 1))
    return {
        _SHAPES: _shapes([column[:batch_size] for column in _columns(rows)]),
        _TOGETHER: Shares({"✓": 1.0}),
        _ROWS: Shares({row: 1 / size for row in range(size)}),
        _DISTANCES: Shares(apart),
    }


def _memory(rng):
    """A memory that may be full, and a batch that is no larger than what it holds."""
    size = int(rng.integers(4, 21))
    return (
        size + int(rng.integers(6)),
        size,
        int(rng.integers(2, min(size, 9))),
        Dice(rng.integers(1000)),
    )


def _sampling(rows):
    """A sample of the rows that a rule of (size, batch_size, rng) draws, once for all columns."""

    def sample(columns, size, batch_size, rng):
        drawn = rows(size, batch_size, rng)
        return [column[drawn] for column in columns]

    return sample


def _seeded_anew(seed):
    return (
        _sampling(lambda n, b, rng: np.random.default_rng(seed).integers(n, size=b)),
        "every batch is the same: it makes a generator of its own, use the argument `rng`",
        "배치가 언제나 같습니다. 생성기를 새로 만들지 말고 인자 `rng`를 쓰세요",
    )


def _in_order(*order):
    """A right draw of the columns, in another order."""

    def sample(columns, n, b, rng):
        rows = rng.integers(n, size=b)
        return [columns[i][rows] for i in order]

    return sample


def _recent(n, b, rng):
    return rng.choice(n, b, p=np.arange(1, n + 1) / (n * (n + 1) / 2))


def _as_transitions(columns, n, b, rng):
    return [[column[row] for column in columns] for row in rng.integers(n, size=b)]


@exercise(
    examples=[(10, 6, 5, Dice(0)), (12, 12, 5, Dice(1)), (26, 20, 8, Dice(2))],
    random=_memory,
    number=2,
    observe=_batches,
    expect=_uniform,
    mistakes=[
        _in_order(0, 2, 1, 3, 4),
        "action and reward have changed places: keep the order of `columns`",
        "action과 reward의 자리가 바뀌었습니다. `columns`의 순서를 그대로 두세요",
        _in_order(3, 1, 2, 0, 4),
        "state and next_state have changed places: keep the order of `columns`",
        "state와 next_state의 자리가 바뀌었습니다. `columns`의 순서를 그대로 두세요",
        _in_order(0, 1, 2, 4, 3),
        "next_state and terminated have changed places: keep the order of `columns`",
        "next_state와 terminated의 자리가 바뀌었습니다. `columns`의 순서를 그대로 두세요",
        *(part for seed in (0, 1, 42) for part in _seeded_anew(seed)),
        lambda columns, n, b, rng: [column[rng.integers(n, size=b)] for column in columns],
        "states, actions and rewards come from different transitions: draw the rows once, for "
        "all columns",
        "상태, 행동, 보상이 서로 다른 샘플의 것입니다. 행을 한 번만 뽑아 모든 열에 쓰세요",
        lambda columns, n, b, rng: [c[rng.integers(len(c), size=b)] for c in columns],
        "states, actions and rewards come from different transitions, and some from rows that "
        "were never filled: draw the rows once, from 0 to size - 1",
        "상태, 행동, 보상이 서로 다른 샘플의 것이고 채워지지 않은 행도 있습니다. "
        "0부터 size - 1까지에서 행을 한 번만 뽑으세요",
        lambda columns, n, b, rng: [rng.permutation(c[:n])[:b] for c in columns],
        "states, actions and rewards come from different transitions: shuffle the row numbers, "
        "not each column by itself",
        "상태, 행동, 보상이 서로 다른 샘플의 것입니다. 열을 따로 섞지 말고 행 번호를 섞으세요",
        lambda columns, n, b, rng: [c[rng.integers(len(columns[0]), size=1)] for c in columns],
        "only one row is drawn: draw batch_size of them",
        "행을 하나만 뽑습니다. batch_size개를 뽑으세요",
        lambda columns, n, b, rng: (lambda i: [c[i] for c in columns])(
            rng.integers(len(columns[0]), size=b)
        ),
        "it draws rows that were never filled: only rows 0 to size - 1 hold anything",
        "채워지지 않은 행을 뽑습니다. 0행부터 size - 1행까지만 채워져 있습니다",
        _sampling(lambda n, b, rng: rng.integers(n + 1, size=b)),
        "it draws a row that was never filled: rng.integers(0, n) ends at n - 1 already",
        "채워지지 않은 행을 뽑습니다. rng.integers(0, n)은 n - 1까지입니다",
        _sampling(lambda n, b, rng: rng.integers(1, n + 1, size=b)),
        "it draws from 1 to size: rows are 0 to size - 1",
        "1부터 size까지 뽑습니다. 행은 0부터 size - 1까지입니다",
        _sampling(lambda n, b, rng: rng.integers(n - 1, size=b)),
        "the last filled row is never drawn: rng.integers(0, n) ends at n - 1 already",
        "채워진 마지막 행이 뽑히지 않습니다. rng.integers(0, n)은 n - 1까지입니다",
        _sampling(lambda n, b, rng: rng.integers(1, n, size=b)),
        "row 0 is never drawn: rows are counted from 0",
        "0행이 뽑히지 않습니다. 행은 0부터 셉니다",
        _sampling(lambda n, b, rng: rng.integers(n, size=b + 1)),
        "that is one row too many: draw batch_size of them",
        "한 행이 많습니다. batch_size개를 뽑으세요",
        _sampling(lambda n, b, rng: rng.integers(n, size=[b, 1])),
        "there is one axis too many: draw the row numbers with size=batch_size",
        "축이 하나 많습니다. 행 번호를 size=batch_size로 뽑으세요",
        _sampling(lambda n, b, rng: np.clip(rng.normal(n / 2, n / 4, b), 0, n - 1).astype(int)),
        "rows in the middle are drawn more often: rng.integers(size) is fair, rng.normal is not",
        "가운데 행이 더 자주 뽑힙니다. rng.normal이 아니라 rng.integers(size)가 고르게 뽑습니다",
        _sampling(lambda n, b, rng: rng.integers(b, size=b)),
        "it draws among the first batch_size rows: draw among `size`",
        "처음 batch_size개의 행에서만 뽑습니다. `size`개 중에서 뽑으세요",
        _sampling(lambda n, b, rng: rng.integers(n - b + 1) + np.arange(b)),
        "the batch is a block of neighbours: draw each row by itself",
        "배치가 이웃한 행들입니다. 행을 하나씩 따로 뽑으세요",
        _sampling(lambda n, b, rng: rng.integers(n - b) + np.arange(b)),
        "the batch is a block of neighbours: draw each row by itself",
        "배치가 이웃한 행들입니다. 행을 하나씩 따로 뽑으세요",
        _sampling(lambda n, b, rng: (rng.integers(n) + np.arange(b)) % n),
        "the batch is a block of neighbours, though around the ring: draw each row by itself",
        "고리를 따라 이웃한 행들입니다. 행을 하나씩 따로 뽑으세요",
        _sampling(lambda n, b, rng: (rng.integers(n) + n // b * np.arange(b)) % n),
        "the rows lie at equal distances: draw each row by itself",
        "행 사이의 간격이 모두 같습니다. 행을 하나씩 따로 뽑으세요",
        _sampling(lambda n, b, rng: (rng.integers(n) + 2 * np.arange(b)) % n),
        "it takes every second row from a random place on: draw each row by itself",
        "아무 데서나 시작해 한 행씩 건너뜁니다. 행을 하나씩 따로 뽑으세요",
        _sampling(lambda n, b, rng: rng.integers(5, size=b)),
        "it draws among five rows: len(columns) is the number of columns, draw among `size`",
        "다섯 행에서만 뽑습니다. len(columns)는 열의 수입니다. `size`개 중에서 뽑으세요",
        _sampling(lambda n, b, rng: np.r_[n - 1, rng.integers(n, size=b - 1)]),
        "the newest row is in every batch: draw all rows at random",
        "가장 새로운 행이 배치마다 들어 있습니다. 모든 행을 무작위로 뽑으세요",
        _sampling(lambda n, b, rng: rng.integers((n + 1) // 2, size=b)),
        "only the older half is drawn: each row should be equally likely",
        "앞쪽 절반만 뽑힙니다. 모든 행이 똑같이 뽑혀야 합니다",
        _sampling(_recent),
        "newer rows are drawn more often: each should be equally likely",
        "새로운 행이 더 자주 뽑힙니다. 모든 행이 똑같이 뽑혀야 합니다",
        _sampling(lambda n, b, rng: rng.integers(n // 2, n, size=b)),
        "only the newer half is drawn: each row should be equally likely",
        "뒤쪽 절반만 뽑힙니다. 모든 행이 똑같이 뽑혀야 합니다",
        _sampling(lambda n, b, rng: np.arange(n - b, n)),
        "these are always the newest rows: draw them at random",
        "언제나 가장 새로운 행들입니다. 무작위로 뽑으세요",
        _sampling(lambda n, b, rng: np.arange(b)),
        "these are always the first rows: draw them at random",
        "언제나 처음 행들입니다. 무작위로 뽑으세요",
        _sampling(lambda n, b, rng: np.full(b, rng.integers(n))),
        "it draws one row and repeats it: draw batch_size of them",
        "한 행을 뽑아 되풀이합니다. batch_size개를 뽑으세요",
        _sampling(lambda n, b, rng: rng.integers(n)),
        "it draws one row: draw batch_size of them, size=batch_size",
        "행을 하나만 뽑습니다. batch_size개를 뽑으세요(size=batch_size)",
        _sampling(lambda n, b, rng: rng.integers(n, size=n)),
        "that is `size` rows: draw batch_size of them",
        "`size`개의 행이 나옵니다. batch_size개만 뽑으세요",
        _sampling(lambda n, b, rng: np.round(rng.random(b) * (n - 1)).astype(int)),
        "the first and the last row are drawn half as often: rng.integers(size) is fair",
        "첫 행과 마지막 행이 절반만 뽑힙니다. rng.integers(size)는 고르게 뽑습니다",
        lambda columns, n, b, rng: list(columns),
        "these are all the rows: draw batch_size of them",
        "모든 행이 나옵니다. batch_size개만 뽑으세요",
        lambda columns, n, b, rng: _sampling(lambda *_: rng.integers(n, size=b))(
            columns[:4], n, b, rng
        ),
        "`terminated` is missing: return all five columns' rows",
        "`terminated`가 빠졌습니다. 다섯 열 모두의 행을 반환하세요",
        _in_order(0, 1, 2),
        "next_state and terminated are missing: return all five columns' rows",
        "next_state와 terminated가 빠졌습니다. 다섯 열 모두의 행을 반환하세요",
        _as_transitions,
        "that is a list of transitions: return one array for each column",
        "샘플들의 리스트입니다. 열마다 배열 하나씩을 반환하세요",
        lambda columns, n, b, rng: rng.integers(n, size=b),
        "these are the rows' numbers: return the columns' rows",
        "행의 번호입니다. 열마다 그 행들을 반환하세요",
        lambda columns, n, b, rng: columns[0][rng.integers(n, size=b)],
        "these are the states alone: return all five columns' rows",
        "상태뿐입니다. 다섯 열 모두의 행을 반환하세요",
    ],
)
def check_sample_batch(columns, size, batch_size, rng):
    """The columns' rows of a random batch; with or without replacement."""
    rows = rng.integers(0, size, size=batch_size)
    return [column[rows] for column in columns]


_PARTS = (
    ("state, after the environment went on", "환경이 다음 스텝으로 넘어간 뒤의 state"),
    ("action", "action"),
    ("reward", "reward"),
    ("next_state, after the environment went on", "환경이 다음 스텝으로 넘어간 뒤의 next_state"),
    ("terminated", "terminated"),
)
_NUMBER_OF_PARTS = "number of parts", "부분의 개수"


def _kept(call, state, action, reward, next_state, terminated):
    """What is stored after the environment has changed its arrays."""
    arrays = copy.deepcopy([state, next_state])
    stored = call(state, action, reward, next_state, terminated)
    if not unchanged([state, next_state], arrays):
        raise Told("changed", argument="state, next_state")
    state += 100
    next_state += 200
    if not isinstance(stored, list | tuple) or len(stored) != 5:
        number = len(stored) if isinstance(stored, list | tuple) else show(stored)
        return {_NUMBER_OF_PARTS: number, **dict.fromkeys(_PARTS)}
    stored = [f"the function {part.__name__}" if callable(part) else part for part in stored]
    return {_NUMBER_OF_PARTS: 5, **dict(zip(_PARTS, stored, strict=True))}


_ONE_ARRAY = (
    "all is in one array: return the five parts as a tuple, each by itself",
    "모두 배열 하나에 들어 있습니다. 다섯 부분을 따로따로 튜플로 반환하세요",
)


def _step(rng):
    dtype, size = rng.choice(["float32", "float64"]), rng.integers(1, 5)
    state, next_state = rng.integers(-9, 10, [2, size]).astype(dtype)
    action, reward = int(rng.integers(2, 5)), float(rng.integers(-100, 0))
    return state, action, reward, next_state + 20, bool(rng.integers(2))


@exercise(
    examples=[
        (np.array([1.0, 2.0, 3.0]), 2, 7.0, np.array([4.0, 5.0, 6.0]), True),
        (np.array([1.0]), 3, 8.0, np.array([2.0]), False),
    ],
    random=_step,
    number=12,
    observe=_kept,
    changes=("state", "next_state"),
    mistakes=[
        lambda s, a, r, n, d: (s, a, r, n, d),
        "both states changed after they were stored: the tuple still points at the "
        "environment's own arrays, copy them",
        "저장한 뒤에 두 상태가 모두 바뀌었습니다. 튜플이 아직 환경의 배열을 가리키니 복사하세요",
        lambda s, a, r, n, d: (s, a, r, n + 0, d),
        "`next_state` is safe now, but `state` still changes afterwards",
        "`next_state`는 이제 안전하지만 `state`는 아직 나중에 바뀝니다",
        lambda s, a, r, n, d: (s + 0, a, r, n, d),
        "`state` is safe now, but `next_state` still changes afterwards",
        "`state`는 이제 안전하지만 `next_state`는 아직 나중에 바뀝니다",
        lambda s, a, r, n, d: (n + 0, a, r, s + 0, d),
        "state and next_state have changed places",
        "state와 next_state의 자리가 바뀌었습니다",
        lambda s, a, r, n, d: (n, a, r, s, d),
        "state and next_state have changed places, and both still change afterwards",
        "state와 next_state의 자리가 바뀌었고, 둘 다 아직 나중에 바뀝니다",
        lambda s, a, r, n, d: (s + 0, a, r, s + 0, d),
        "next_state is a copy of state: each needs a copy of its own",
        "next_state가 state의 복사본입니다. 각각 따로 복사하세요",
        lambda s, a, r, n, d: (n + 0, a, r, n + 0, d),
        "state is a copy of next_state: each needs a copy of its own",
        "state가 next_state의 복사본입니다. 각각 따로 복사하세요",
        lambda s, a, r, n, d: (s + 0, r, a, n + 0, d),
        "action and reward have changed places",
        "action과 reward의 자리가 바뀌었습니다",
        lambda s, a, r, n, d: (s + 0, n + 0, a, r, d),
        "next_state comes fourth: state, action, reward, next_state, terminated",
        "next_state는 네 번째입니다: state, action, reward, next_state, terminated",
        lambda s, a, r, n, d: (float(s[0]), a, r, float(n[0]), d),
        "only the first number of each state is kept: copy all of it",
        "상태의 첫 숫자만 남았습니다. 전부 복사하세요",
        lambda s, a, r, n, d: (s + 0, a, -r, n + 0, d),
        "the reward has the wrong sign: store it as it came",
        "보상의 부호가 반대입니다. 받은 그대로 저장하세요",
        lambda s, a, r, n, d: (s.copy, a, r, n.copy, d),
        "copy alone is the function: call it, with ()",
        "copy만 쓰면 함수 자체입니다. ()를 붙여 부르세요",
        lambda s, a, r, n, d: ([s], a, r, [n], d),
        "brackets do not copy: [state] still holds the environment's own array",
        "대괄호로 감싸는 것은 복사가 아닙니다. [state] 안에는 아직 환경의 배열이 있습니다",
        lambda s, a, r, n, d: (s + 0, a, n + 0, r, d),
        "the order is state, action, reward, next_state, terminated",
        "순서는 state, action, reward, next_state, terminated입니다",
        lambda s, a, r, n, d: (s + 0, a, r, n + 0, not d),
        "terminated is the wrong way round: store it as it came",
        "terminated가 거꾸로입니다. 받은 그대로 저장하세요",
        lambda s, a, r, n, d: (s + 0, a, r, n + 0, False),
        "terminated is always False: store it as it came",
        "terminated가 언제나 False입니다. 받은 그대로 저장하세요",
        lambda s, a, r, n, d: (s + 0, a, r, n + 0, True),
        "terminated is always True: store it as it came",
        "terminated가 언제나 True입니다. 받은 그대로 저장하세요",
        lambda s, a, r, n, d: (s + 0, a, r, d, n + 0),
        "terminated comes last: state, action, reward, next_state, terminated",
        "terminated는 마지막입니다: state, action, reward, next_state, terminated",
        lambda s, a, r, n, d: {
            "state": s + 0,
            "action": a,
            "reward": r,
            "next_state": n + 0,
            "terminated": d,
        },
        "that is a dict: return the five parts as a tuple, without names",
        "딕셔너리입니다. 다섯 부분을 이름 없이 튜플로 반환하세요",
        lambda s, a, r, n, d: np.concatenate([s, [a, r], n, [d]]),
        *_ONE_ARRAY,
        lambda s, a, r, n, d: np.array([s, a, r, n, d], object),
        *_ONE_ARRAY,
        lambda s, a, r, n, d: ((s + 0, a), (r, n + 0), d),
        "the parts are nested: return five of them side by side in one tuple",
        "괄호 안에 괄호가 있습니다. 다섯 부분을 튜플 하나에 나란히 쓰세요",
        lambda s, a, r, n, d: (s + 0, a, r, n + 0),
        "one of the five is missing: state, action, reward, next_state, terminated",
        "다섯 가지 중 하나가 빠졌습니다: state, action, reward, next_state, terminated",
        lambda s, a, r, n, d: (s + 0, n + 0),
        "only the states are returned: return all five parts",
        "상태만 반환합니다. 다섯 부분을 모두 반환하세요",
        lambda s, a, r, n, d: (s * 0, a, r, n * 0, d),
        "the states are all zeros: copy their values, too",
        "상태가 모두 0입니다. 값도 복사하세요",
        lambda s, a, r, n, d: (s + 0, a, r, n - s, d),
        "it stores how the state changes: store next_state itself",
        "상태의 변화를 저장했습니다. next_state 자체를 저장하세요",
        lambda s, a, r, n, d: (s[:1] + 0, a, r, n[:1] + 0, d),
        "only the first number of each state is kept: copy all of it",
        "상태의 첫 숫자만 남았습니다. 전부 복사하세요",
        lambda s, a, r, n, d: (s + 0, a, r, None if d else n + 0, d),
        "after an end next_state is None: store it as it came, `terminated` says the rest",
        "끝난 뒤의 next_state가 None입니다. 받은 그대로 저장하세요. "
        "끝은 `terminated`가 알려 줍니다",
        lambda s, a, r, n, d: (s + 0, a, 1.0, n + 0, d),
        "the reward is always 1: store it as it came",
        "보상이 언제나 1입니다. 받은 그대로 저장하세요",
        lambda s, a, r, n, d: (s + 0, a, -100.0 if d else r, n + 0, d),
        "the reward is changed at an end: here it is stored as it came",
        "끝에서 보상을 바꿉니다. 여기서는 받은 그대로 저장하세요",
    ],
)
def check_transition_copy(state, action, reward, next_state, terminated):
    """The five parts, such that later changes of the arrays do not reach them."""
    return np.array(state), action, reward, np.array(next_state), terminated
