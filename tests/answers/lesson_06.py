"""Answers that students would write in lesson 06; WRONG: with a phrase of what they are told."""

import copy
import random

import keras
import numpy as np
import tensorflow as tf

everywhere = np.random.default_rng(0)


def put(memory, row, transition, count):
    memory[row] = transition
    return count


def with_a_while(memory, appended, transition):
    row = appended
    while row >= len(memory):
        row -= len(memory)
    for i, value in enumerate(transition):
        memory[row][i] = value
    return np.int64(appended + 1)


def scattered(memory, appended, transition):
    row = tf.math.floormod(appended, memory.shape[0])
    memory[:] = tf.tensor_scatter_nd_update(memory, [[row]], [transition]).numpy()
    return tf.constant(appended) + 1


def scaling(memory, appended, transition):
    transition *= 2
    return put(memory, appended % len(memory), transition, appended + 1)


def rolling(memory, appended, transition):
    memory[:] = np.roll(memory, -1, axis=0)
    memory[-1] = transition
    return appended + 1


def rebinding(memory, appended, transition):
    row = memory[appended % len(memory)]
    row = transition  # noqa: F841
    return appended + 1


def appending(memory, appended, transition):
    memory = np.append(memory, [transition], axis=0)
    return appended + 1


def rows(draw):
    """A sample of the rows that a rule of (size, batch_size, rng) draws, once for all columns."""

    def sample(columns, size, batch_size, rng):
        drawn = draw(size, batch_size, rng)
        return [column[drawn] for column in columns]

    return sample


def row_by_row(columns, size, batch_size, rng):
    drawn = [int(rng.random() * size) for _ in range(batch_size)]
    return [[column[row] for row in drawn] for column in columns]


def zipped(columns, size, batch_size, rng):
    transitions = list(zip(*(column[:size] for column in columns), strict=True))
    drawn = [transitions[rng.integers(size)] for _ in range(batch_size)]
    return map(np.array, zip(*drawn, strict=True))


def a_slice(columns, size, batch_size, rng):
    first = rng.integers(0, size - batch_size + 1)
    return [column[first : first + batch_size] for column in columns]


def shuffling(columns, size, batch_size, rng):
    order = rng.permutation(size)
    for column in columns:
        column[:size] = column[order]
    return [column[:batch_size] for column in columns]


NEEDS = {
    "ring_append": {"n % N": "06", "memory[row]": "06", "appended": "06"},
    "sample_batch": {".integers": "06", "array[[7, 2, 2]]": "06", "batch_size": "06"},
    "transition_copy": {"np.array": "06", ".copy()": "06", "next_state": "01"},
}

WRONG = {
    "ring_append": [
        (scaling, "changes its argument transitions"),
        (lambda m, n, t: put(m, n % len(m) + 1, t, n + 1), "drop the + 1"),
        (lambda m, n, t: put(m, n, t, n + 1), "no row number N"),
        (lambda m, n, t: put(m, n % len(m), t, (n + 1, n % len(m))), "returns the row, too"),
        (lambda m, n, t: put(m, n % len(m), t, True), "returns 1"),
        (lambda m, n, t: put(m, n % len(m), t, min(n + 1, len(m))), "rows are filled"),
        (lambda m, n, t: put(m, n % 3, t, n + 1), "divides by 3"),
        (lambda m, n, t: put(m, n % m.shape[1], t, n + 1), "the length of a row"),
        (lambda m, n, t: put(m, n % m.size, t, n + 1), "no row number N"),
        (lambda m, n, t: put(m, min(n, len(m) - 1), t, n + 1), "over the newest row"),
        (lambda m, n, t: put(m, (len(m) - n) % len(m), t, n + 1), "goes backwards"),
        (lambda m, n, t: put(m, n - len(m) if n >= len(m) else n, t, n + 1), "once only"),
        (lambda m, n, t: put(m, n % len(m), t[0], n + 1), "first number of the transition"),
        (lambda m, n, t: m.append(t), "AttributeError"),
        (lambda m, n, t: np.vstack([m[1:], t]), "makes a new array"),
        (lambda m, n, t: put(m, np.where(m.sum(1) == 0)[0][0], t, n + 1), "an empty row"),
        (rolling, "moves all the rows"),
        (rebinding, "memory is unchanged"),
        (appending, "memory is unchanged"),
        (lambda m, n, t: n + 1, "memory is unchanged"),
        (lambda m, n, t: put(m, 0 if n == len(m) else n, t, n + 1), "IndexError"),
    ],
    "sample_batch": [
        (rows(lambda n, b, rng: everywhere.integers(n, size=b)), "same seed"),
        (rows(lambda n, b, rng: np.random.randint(0, n, b)), "same seed"),
        (rows(lambda n, b, rng: random.sample(range(n), b)), "same seed"),
        (rows(lambda n, b, rng: np.random.default_rng(0).integers(n, size=b)), "of its own"),
        (rows(lambda n, b, rng: (rng.integers(n) - np.arange(b)) % n), "a block of neighbours"),
        (
            rows(lambda n, b, rng: np.clip(rng.normal(n / 2, n / 4, b), 0, n - 1).astype(int)),
            "rows in the middle",
        ),
        (rows(lambda n, b, rng: rng.integers(b, size=n)), "that is `size` rows"),
        (rows(lambda n, b, rng: rng.integers(n, size=b + 1)), "one row too many"),
        (rows(lambda n, b, rng: rng.integers(n, size=[b, 1])), "one axis too many"),
        (rows(lambda n, b, rng: rng.choice(n - 1, b)), "last filled row is never drawn"),
        (rows(lambda n, b, rng: np.arange(n)[-b:]), "always the newest rows"),
        (rows(lambda n, b, rng: slice(0, b)), "always the first rows"),
        (a_slice, "a block of neighbours"),
        (lambda c, n, b, rng: [rng.permutation(column[:n])[:b] for column in c], "not each column"),
        (
            lambda c, n, b, rng: rows(lambda *_: rng.integers(n, size=b))(c[:3], n, b, rng),
            "are missing",
        ),
        (
            lambda c, n, b, rng: (lambda i: [c[0][i], c[1][i], c[2][i], c[4][i], c[3][i]])(
                rng.integers(n, size=b)
            ),
            "next_state and terminated have changed places",
        ),
        (
            lambda c, n, b, rng: (lambda i: [c[0][i], c[2][i], c[1][i], c[3][i], c[4][i]])(
                rng.integers(n, size=b)
            ),
            "action and reward have changed places",
        ),
        (lambda c, n, b, rng: [rng.choice(column, b) for column in c], "different transitions"),
        (shuffling, "changes its argument columns"),
        (rows(lambda n, b, rng: rng.random(b) * n), "IndexError"),
        (lambda c, n, b, rng: c[rng.integers(n, size=b)], "TypeError"),
    ],
    "transition_copy": [
        (lambda s, a, r, n, d: copy.copy((s, a, r, n, d)), "environment's own arrays"),
        (lambda s, a, r, n, d: (s[:], a, r, np.asarray(n), d), "environment's own arrays"),
        (lambda s, a, r, n, d: (s.view(), a, r, n.view(), d), "environment's own arrays"),
        (lambda s, a, r, n, d: (s, a, r, n.copy(), d), "`state` still changes"),
        (lambda s, a, r, n, d: (s.copy(), a, r, n, d), "`next_state` still changes"),
        (
            lambda s, a, r, n, d: {
                "state": s.copy(),
                "action": a,
                "reward": r,
                "next_state": n.copy(),
                "terminated": d,
            },
            "that is a dict",
        ),
        (lambda s, a, r, n, d: np.concatenate([s, [a, r], n, [d]]), "one array"),
        (lambda s, a, r, n, d: np.array([s, a, r, n, d], dtype=object), "one array"),
        (lambda s, a, r, n, d: ((s.copy(), a), (r, n.copy()), d), "nested"),
        (lambda s, a, r, n, d: list((s, a, r, n, d)), "environment's own arrays"),
        (lambda s, a, r, n, d: (s.reshape(-1), a, r, n.reshape(-1), d), "own arrays"),
        (lambda s, a, r, n, d: (copy(s), a, r, copy(n), d), "TypeError"),
        (lambda s, a, r, n, d: (s.clone(), a, r, n.clone(), d), "AttributeError"),
        (lambda s, a, r, n, d: (s.copy, a, r, n.copy, d), "call it"),
        (lambda s, a, r, n, d: (s.copy(), a, r, n.copy()), "one of the five is missing"),
        (lambda s, a, r, n, d: (s.copy(), a, r, d, n.copy()), "terminated comes last"),
        (lambda s, a, r, n, d: (s.copy(), r, a, n.copy(), d), "action and reward"),
        (lambda s, a, r, n, d: (n.copy(), a, r, s.copy(), d), "have changed places"),
        (lambda s, a, r, n, d: (np.zeros_like(s), a, r, np.zeros_like(n), d), "all zeros"),
        (lambda s, a, r, n, d: (s.copy(), a, r, n.copy(), bool(a)), "always True"),
        (lambda s, a, r, n, d: (s.copy()[0], a, r, n.copy()[0], d), "only the first number"),
    ],
}

RIGHT = {
    "ring_append": [
        with_a_while,
        scattered,
        lambda m, n, t: put(m, n % len(m), t, n + 1),
        lambda m, n, t: put(m, n % m.shape[0], list(t), [n + 1]),
        lambda m, n, t: put(m, n - n // len(m) * len(m), t, np.array(n + 1)),
        lambda m, n, t: put(m, divmod(n, len(m))[1], tf.constant(t), tf.constant(n + 1)),
        lambda m, n, t: put(m, int(np.mod(n, len(m))), np.array(t), float(n + 1)),
        lambda m, n, t: put(m, slice(n % len(m), n % len(m) + 1), t, n + 1),
        lambda m, n, t: np.copyto(m[n % len(m)], t) or n + 1,
        lambda m, n, t: m.__setitem__(n % len(m), t) or -~n,
        lambda m, n, t: put(m, keras.ops.mod(n, len(m)).numpy(), t, keras.ops.add(n, 1)),
    ],
    "sample_batch": [
        row_by_row,
        zipped,
        rows(lambda n, b, rng: rng.integers(0, n, b)),
        rows(lambda n, b, rng: rng.integers(n - 1, size=b, endpoint=True)),
        rows(lambda n, b, rng: rng.choice(n, b, replace=False)),
        rows(lambda n, b, rng: rng.choice(n, size=b)),
        rows(lambda n, b, rng: np.sort(rng.choice(n, b, replace=False))),
        rows(lambda n, b, rng: rng.permutation(n)[:b].tolist()),
        rows(lambda n, b, rng: (rng.random(b) * n).astype(int)),
        rows(lambda n, b, rng: np.argsort(rng.random(n))[-b:]),
        rows(lambda n, b, rng: np.floor(rng.uniform(0, n, b)).astype(np.int32)),
        lambda c, n, b, rng: tuple(np.take(x, i, 0) for i in [rng.integers(n, size=b)] for x in c),
        lambda c, n, b, rng: (x[i] for i in [rng.integers(n, size=b)] for x in c),
        lambda c, n, b, rng: [
            tf.gather(x, i) for i in [tf.constant(rng.permutation(n)[:b])] for x in c
        ],
        lambda c, n, b, rng: [
            keras.ops.take(x, i, 0) for i in [rng.integers(n, size=b)] for x in c
        ],
    ],
    "transition_copy": [
        lambda s, a, r, n, d: (np.array(s), a, r, np.array(n), d),
        lambda s, a, r, n, d: [s.copy(), a, r, n.copy(), d],
        lambda s, a, r, n, d: copy.deepcopy((s, a, r, n, d)),
        lambda s, a, r, n, d: (tf.constant(s), tf.constant(a), tf.constant(r), tf.constant(n), d),
        lambda s, a, r, n, d: (tuple(s), a, r, list(n), float(d)),
        lambda s, a, r, n, d: (s + 0, np.int32(a), np.float32(r), n * 1, np.bool_(d)),
        lambda s, a, r, n, d: map(copy.deepcopy, (s, a, r, n, d)),
        lambda s, a, r, n, d: (s.tolist(), a, r, n.tolist(), d),
        lambda s, a, r, n, d: (np.copy(s), a, r, np.copy(n), int(d)),
        lambda s, a, r, n, d: (copy.copy(s), [a], [r], copy.copy(n), [d]),
        lambda s, a, r, n, d: (tf.identity(tf.constant(s)), a, r, keras.ops.array(n), d),
    ],
}
