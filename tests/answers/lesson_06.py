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


def half_and_half(n, b, rng):
    drawn = rng.integers(n, size=b)
    drawn[b // 2 :] = drawn[: b - b // 2]
    return drawn


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
        (lambda m, n, t: put(m, n % len(m) + 1, t, n + 1), ""),
        (lambda m, n, t: put(m, n, t, n + 1), "no row number N"),
        (lambda m, n, t: put(m, n % len(m), t, np.zeros(3)), "returned: expected"),
        (lambda m, n, t: put(m, n % len(m), t, "done"), "got 'done'"),
        (lambda m, n, t: put(m, n % len(m), t, (n + 1, n % len(m))), "returned: expected"),
        (lambda m, n, t: put(m, n % len(m), t, True), "returned: expected"),
        (lambda m, n, t: put(m, n % 3, t, n + 1), ""),
        (lambda m, n, t: put(m, n % m.shape[1], t, n + 1), ""),
        (lambda m, n, t: put(m, n % m.size, t, n + 1), ""),
        (lambda m, n, t: put(m, (len(m) - n) % len(m), t, n + 1), "expected"),
        (lambda m, n, t: put(m, n % len(m), t[::-1], n + 1), "expected"),
        (lambda m, n, t: put(m, n % len(m), t[0], n + 1), "expected"),
        (lambda m, n, t: put(m, n % len(m), 0, n + 1), "expected"),
        (lambda m, n, t: m.append(t), "AttributeError"),
        (lambda m, n, t: np.vstack([m[1:], t]), "expected"),
        (lambda m, n, t: n + 1, "memory is unchanged"),
        (lambda m, n, t: put(m, n & len(m), t, n + 1), ""),
        (lambda m, n, t: put(m, n % len(m), t.astype(int), n + 1), "expected"),
        (lambda m, n, t: put(m, m[:, 0].argmin(), t, n + 1), "expected"),
        (lambda m, n, t: put(m, [n % len(m), (n + 1) % len(m)], t, n + 1), "expected"),
        (lambda m, n, t: put(m, 0 if n == len(m) else n, t, n + 1), "IndexError"),
        (lambda m, n, t: put(m, n % len(m), t, str(n + 1)), "returned: expected"),
    ],
    "sample_batch": [
        (rows(lambda n, b, rng: everywhere.integers(n, size=b)), "same seed"),
        (rows(lambda n, b, rng: np.random.randint(0, n, b)), "same seed"),
        (rows(lambda n, b, rng: random.sample(range(n), b)), "same seed"),
        (rows(lambda n, b, rng: np.random.default_rng(0).integers(n, size=b)), "expected"),
        (rows(lambda n, b, rng: 2 * rng.integers(n // 2, size=b) + 1), "expected"),
        (rows(lambda n, b, rng: np.repeat(rng.integers(n, size=b), 2)[:b]), "distances"),
        (rows(half_and_half), "distances"),
        (rows(lambda n, b, rng: (rng.integers(n) - np.arange(b)) % n), "distances"),
        (rows(lambda n, b, rng: np.sort(rng.integers(n, size=n))[:b]), "rows drawn"),
        (
            rows(lambda n, b, rng: np.clip(rng.normal(n / 2, n / 4, b), 0, n - 1).astype(int)),
            "rows",
        ),
        (rows(lambda n, b, rng: rng.poisson(n / 2, b) % n), "rows drawn"),
        (rows(lambda n, b, rng: (rng.random(b) ** 2 * n).astype(int)), "rows drawn"),
        (rows(lambda n, b, rng: -rng.integers(1, n + 1, size=b)), "expected"),
        (rows(lambda n, b, rng: rng.integers(n, size=b + 1)), "shapes of the columns"),
        (rows(lambda n, b, rng: rng.integers(n, size=[b, 1])), "shapes of the columns"),
        (lambda c, n, b, rng: rows(lambda *_: rng.integers(n, size=b))(c[:2], n, b, rng), "shapes"),
        (
            lambda c, n, b, rng: rows(lambda *_: rng.integers(n, size=b))(c[::-1], n, b, rng),
            "shapes",
        ),
        (
            lambda c, n, b, rng: (lambda i: [c[0][i], c[2][i], c[1][i], c[3][i], c[4][i]])(
                rng.integers(n, size=b)
            ),
            "parts of a row",
        ),
        (
            lambda c, n, b, rng: (lambda i: [c[0][i], c[1][i], c[2][i], c[3][i - 1], c[4][i]])(
                rng.integers(n, size=b)
            ),
            "parts of a row",
        ),
        (lambda c, n, b, rng: {"states": c[0][rng.integers(n, size=b)]}, "shapes of the columns"),
        (lambda c, n, b, rng: [rng.choice(column, b) for column in c], "different transitions"),
        (lambda c, n, b, rng: "batch", "got 'batch'"),
        (lambda c, n, b, rng: [[1], [1, 2]], "shapes of the columns"),
        (shuffling, "changes its argument columns"),
        (rows(lambda n, b, rng: rng.random(b) * n), "IndexError"),
        (rows(lambda n, b, rng: rng.integers(n // 2, size=b) * 2), "rows drawn"),
        (lambda c, n, b, rng: c[rng.integers(n, size=b)], "TypeError"),
    ],
    "transition_copy": [
        (lambda s, a, r, n, d: copy.copy((s, a, r, n, d)), "environment's own arrays"),
        (lambda s, a, r, n, d: (s[:], a, r, np.asarray(n), d), "environment's own arrays"),
        (lambda s, a, r, n, d: (s.view(), a, r, n.view(), d), "environment's own arrays"),
        (lambda s, a, r, n, d: (s, a, r, n.copy(), d), "`state` still changes"),
        (lambda s, a, r, n, d: (s.copy(), a, r, n, d), "`next_state` still changes"),
        (lambda s, a, r, n, d: {"state": s.copy()}, "number of parts"),
        (lambda s, a, r, n, d: np.concatenate([s, [a, r], n, [d]]), "number of parts"),
        (lambda s, a, r, n, d: (str(s), a, r, str(n), d), "got '"),
        (lambda s, a, r, n, d: (s + 0, a, r, n + 0, d, 0), "number of parts"),
        (lambda s, a, r, n, d: (s + 0, a, r, s + n, d), "expected"),
        (lambda s, a, r, n, d: (s.copy(), int(d), r, n.copy(), d), "action"),
        (lambda s, a, r, n, d: (s.astype(int) * 0.5, a, r, n.copy(), d), "expected"),
        (lambda s, a, r, n, d: (copy(s), a, r, copy(n), d), "TypeError"),
        (lambda s, a, r, n, d: (s.clone(), a, r, n.clone(), d), "AttributeError"),
        (lambda s, a, r, n, d: (s.copy, a, r, n.copy, d), "call it"),
        (lambda s, a, r, n, d: ((s.copy(), a), (r, n.copy()), d), "number of parts"),
        (lambda s, a, r, n, d: np.array([s, a, r, n, d], dtype=object), "number of parts"),
        (lambda s, a, r, n, d: (s.reshape(-1), a, r, n.reshape(-1), d), "own arrays"),
        (lambda s, a, r, n, d: (s.copy(), a, r, n.copy(), bool(a)), "always True"),
        (lambda s, a, r, n, d: (s.copy(), a, r + 1, n.copy(), d), "reward: expected"),
        (lambda s, a, r, n, d: (s.sum(), a, r, n.sum(), d), "expected"),
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
