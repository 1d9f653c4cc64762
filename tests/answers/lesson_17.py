"""Answers that students would write in lesson 17; WRONG: with a phrase of what they are told."""

import math

import keras
import numpy as np
import tensorflow as tf


def convolution(picture, kernel, bias, relu=True, step=1):
    height, width, _ = picture.shape
    seen = np.zeros((height - 2, width - 2))
    for y in range(0, height - 2, step):
        for x in range(0, width - 2, step):
            seen[y, x] = np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias
    return np.maximum(seen, 0) if relu else seen


def in_plain_python(picture, kernel, bias):
    picture, kernel = picture.tolist(), kernel.tolist()
    rows = []
    for y in range(len(picture) - 2):
        row = []
        for x in range(len(picture[0]) - 2):
            total = bias
            for i in range(3):
                for j in range(3):
                    for value, weight in zip(picture[y + i][x + j], kernel[i][j], strict=True):
                        total += value * weight
            row.append(max(0, total))
        rows.append(row)
    return rows


def with_conv2d(picture, kernel, bias):
    seen = tf.nn.conv2d(
        tf.cast(picture[None], tf.float32),
        tf.cast(kernel[..., None], tf.float32),
        strides=1,
        padding="VALID",
    )
    return tf.nn.relu(seen[0, ..., 0] + bias)


def with_keras(picture, kernel, bias):
    layer = keras.layers.Conv2D(1, 3, activation="relu")
    layer.build([None, *picture.shape])
    layer.set_weights([kernel[..., None], np.array([bias])])
    return layer(picture[None].astype("float32"))[0, :, :, 0]


def with_windows(picture, kernel, bias):
    windows = np.lib.stride_tricks.sliding_window_view(picture, (3, 3), axis=(0, 1))
    return np.maximum(np.einsum("yxcij,ijc->yx", windows, kernel) + bias, 0)


def by_shifting(picture, kernel, bias):
    height, width = picture.shape[0] - 2, picture.shape[1] - 2
    total = np.full((height, width), bias, float)
    for i in range(3):
        for j in range(3):
            total += picture[i : i + height, j : j + width] @ kernel[i, j]
    return total.clip(min=0)


def as_a_matrix(picture, kernel, bias):
    height, width, _ = picture.shape
    patches = [
        picture[y : y + 3, x : x + 3].ravel() for y in range(height - 2) for x in range(width - 2)
    ]
    return np.maximum(np.array(patches) @ kernel.ravel() + bias, 0).reshape(height - 2, width - 2)


def returning_in_the_loop(picture, kernel, bias):
    height, width, _ = picture.shape
    for y in range(height - 2):
        for x in range(width - 2):
            return max(0, np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias)


def returning_after_a_row(picture, kernel, bias):
    height, width, _ = picture.shape
    for y in range(height - 2):
        row = []
        for x in range(width - 2):
            row.append(max(0, np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias))
        return row


def one_row_too_few(picture, kernel, bias):
    seen = convolution(picture, kernel, bias)
    result = np.zeros_like(seen)
    for y in range(len(seen) - 1):
        result[y] = seen[y]
    return result


def in_a_large_place(picture, kernel, bias):
    height, width, _ = picture.shape
    seen = np.zeros((height, width))
    seen[: height - 2, : width - 2] = convolution(picture, kernel, bias)
    return seen


def in_whole_numbers(picture, kernel, bias):
    seen = np.zeros((picture.shape[0] - 2, picture.shape[1] - 2), int)
    seen[:] = convolution(picture, kernel, bias)
    return seen


def never_written(picture, kernel, bias):
    seen = np.zeros((picture.shape[0] - 2, picture.shape[1] - 2))
    for y in range(len(seen)):
        for x in range(len(seen[0])):
            value = np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias
            max(0, value)
    return seen


def two_by_two(picture, kernel, bias):
    return np.sum(picture[0:2, 0:2] * kernel) + bias


def with_a_rim(picture, kernel, bias):
    return convolution(np.pad(picture, ((1, 1), (1, 1), (0, 0))), kernel, bias)


def never_back_to_zero(picture, kernel, bias):
    height, width, _ = picture.shape
    seen, total = np.zeros((height - 2, width - 2)), 0
    for y in range(height - 2):
        for x in range(width - 2):
            total += np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias
            seen[y, x] = max(0, total)
    return seen


def x_first(picture, kernel, bias):
    height, width, _ = picture.shape
    seen = np.zeros((height - 2, width - 2))
    for y in range(height - 2):
        for x in range(width - 2):
            seen[y, x] = np.sum(picture[x : x + 3, y : y + 3] * kernel) + bias
    return np.maximum(seen, 0)


def of_eight_by_eight(picture, kernel, bias):
    seen = np.zeros((8, 8))
    for y in range(8):
        for x in range(8):
            seen[y, x] = np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias
    return np.maximum(seen, 0)


def channel_by_channel(picture, kernel, bias, relu=False):
    total = 0
    for c in range(picture.shape[2]):
        part = convolution(picture[..., c : c + 1], kernel[..., c : c + 1], 0, relu=relu)
        total = total + (part if relu else part + bias)
    return np.maximum(total + bias if relu else total, 0)


def around_the_middle(picture, kernel, bias):
    height, width, _ = picture.shape
    seen = np.zeros((height - 2, width - 2))
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            seen[y - 1, x - 1] = max(
                0, (picture[y - 1 : y + 2, x - 1 : x + 2] * kernel).sum() + bias
            )
    return seen


def with_keras_ops(picture, kernel, bias):
    seen = keras.ops.conv(
        picture[None].astype("float32"),
        kernel[..., None].astype("float32"),
        strides=1,
        padding="valid",
        data_format="channels_last",
    )
    return keras.ops.relu(seen[0, :, :, 0] + bias)


def in_place(picture, kernel, bias):
    picture *= picture > 0
    kernel += bias
    return convolution(picture, kernel - bias, bias)


def memory(n, shape, each):
    row = 2 * math.prod(shape) * each + 9
    return n * row


def by_columns(n, shape, each):
    states = next_states = n * math.prod(shape) * each
    actions, rewards, terminated = 4 * n, 4 * n, n
    return states + next_states + actions + rewards + terminated


def from_arrays(n, shape, each):
    picture = np.zeros(shape, f"V{each}")
    return n * (2 * picture.nbytes + np.int32(0).nbytes + np.float32(0).nbytes + np.bool_(0).nbytes)


def in_a_loop(n, shape, each):
    values = 1
    for size in shape:
        values *= size
    return n * (values * each + values * each + 4 + 4 + 1)


def in_32_bits(n, shape, each):
    return tf.constant(n) * (2 * tf.reduce_prod(shape) * each + 9)


def adding_the_shape(n, shape, each):
    values = 0
    for size in shape:
        values += size
    return n * (2 * values * each + 9)


def overwriting(n, shape, each):
    for size in shape:
        values = size
    return n * (2 * values * each + 9)


def rmsprop(w, g, m, s, rate, keep=0.95, small=0.0001, sign=-1):
    m = keep * m + (1 - keep) * g
    s = keep * s + (1 - keep) * g**2
    return w + sign * rate * g / np.sqrt(s - m**2 + small), m, s


def by_differences(w, g, m, s, rate):
    m, s = m + 0.05 * (g - m), s + 0.05 * (g * g - s)
    return w - rate * g * (s - m * m + 1e-4) ** -0.5, m, s


def one_by_one(w, g, m, s, rate):
    columns = [np.empty_like(w, float) for _ in range(3)]
    for i in np.ndindex(w.shape):
        values = rmsprop(float(w[i]), float(g[i]), float(m[i]), float(s[i]), rate)
        for column, value in zip(columns, values, strict=True):
            column[i] = value
    return columns


def in_tensorflow(w, g, m, s, rate):
    m = 0.95 * m + 0.05 * g
    s = 0.95 * s + 0.05 * tf.square(g)
    return w - rate * g * tf.math.rsqrt(s - tf.square(m) + 0.0001), m, s


def by_keras(w, g, m, s, rate):
    variable = keras.Variable(np.asarray(w, "float32"))
    optimizer = keras.optimizers.RMSprop(rate, rho=0.95, epsilon=0.0001, centered=True)
    optimizer.build([variable])
    optimizer._velocities[0].assign(s)
    optimizer._average_gradients[0].assign(m)
    optimizer.apply([tf.constant(g, tf.float32)], [variable])
    return variable, optimizer._average_gradients[0], optimizer._velocities[0]


def old_means(w, g, m, s, rate):
    w = w - rate * g / np.sqrt(s - m**2 + 0.0001)
    return w, 0.95 * m + 0.05 * g, 0.95 * s + 0.05 * g**2


def the_mean_too_late(w, g, m, s, rate):
    s = 0.95 * s + 0.05 * g**2
    w = w - rate * g / np.sqrt(s - m**2 + 0.0001)
    return w, 0.95 * m + 0.05 * g, s


def with_adams_numbers(w, g, m, s, rate):
    m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
    return w - rate * g / np.sqrt(s - m**2 + 0.0001), m, s


def one_mean_for_all(w, g, m, s, rate):
    m, s = 0.95 * m + 0.05 * np.mean(g), 0.95 * s + 0.05 * np.mean(g**2)
    return w - rate * g / np.sqrt(s - m**2 + 0.0001), m, s


def only_weights(w, g, m, s, rate):
    return rmsprop(w, g, m, s, rate)[0]


def rmsprop_in_place(w, g, m, s, rate):
    m *= 0.95
    m += 0.05 * g
    s *= 0.95
    s += 0.05 * g**2
    w -= rate * g / np.sqrt(s - m**2 + 0.0001)
    return w, m, s


def step(change):
    """RMSProp that moves the weights in another way: a rule of (w, g, m, s, rate), means new."""

    def update(w, g, m, s, rate):
        m, s = 0.95 * m + 0.05 * g, 0.95 * s + 0.05 * g**2
        return change(w, g, m, s, rate), m, s

    return update


WRONG = {
    "convolution": [
        (lambda p, k, b: convolution(p, k, b, relu=False), "ReLU makes them 0"),
        (lambda p, k, b: convolution(p, k, 0), "the bias is missing"),
        (lambda p, k, b: convolution(p, k, 0) + b, "after the ReLU: add it before"),
        (lambda p, k, b: convolution(p, k, 0, relu=False), "bias and ReLU are missing"),
        (lambda p, k, b: convolution(p, k, 9 * b), "nine times"),
        (lambda p, k, b: convolution(p, k, k.size * b), "every product"),
        (lambda p, k, b: abs(convolution(p, k, b, relu=False)), "absolute value"),
        (lambda p, k, b: np.minimum(convolution(p, k, b, relu=False), 0), "np.minimum"),
        (lambda p, k, b: convolution(p, k, b) > 0, "zeros and ones"),
        (lambda p, k, b: convolution(p, np.flip(k, axis=(0, 1)), b), "half a circle"),
        (lambda p, k, b: convolution(p, np.transpose(k, (1, 0, 2)), b), "filter's rows"),
        (lambda p, k, b: convolution(p, k, b).T, "of the result have changed places"),
        (with_a_rim, "inside"),
        (lambda p, k, b: convolution(p, k[::-1, ::-1, ::-1], b), "all directions"),
        (x_first, "y counts rows"),
        (of_eight_by_eight, "ValueError"),
        (never_back_to_zero, "begin at 0"),
        (channel_by_channel, "once for each channel"),
        (lambda *case: channel_by_channel(*case, relu=True), "channel by channel"),
        (lambda p, k, b: np.round(convolution(p, k, b)), "rounded"),
        (lambda p, k, b: convolution(p, k / 9, b), "mean of the nine cells"),
        (lambda p, k, b: convolution(p, k, -b), "taken off"),
        (lambda p, k, b: convolution(p, k, b)[:, 0], "first column alone"),
        (in_a_large_place, "as large as the picture"),
        (lambda p, k, b: convolution(p, k, b)[:-1, :-1], "a row and a column are missing"),
        (one_row_too_few, "last row is left out"),
        (lambda p, k, b: convolution(p[..., :1], k[..., :1], b), "only the first channel"),
        (lambda p, k, b: convolution(p, k / k.size, b), "the mean of the products"),
        (lambda p, k, b: convolution(p, np.ones_like(k), b), "filter is not used"),
        (returning_in_the_loop, "first place alone"),
        (returning_after_a_row, "first row alone"),
        (in_whole_numbers, "cut to whole"),
        (never_written, "ever written to"),
        (two_by_two, "ValueError"),
        (lambda p, k, b: np.sum(convolution(p, k, b)), "all places are added up"),
        (lambda p, k, b: convolution(p, k, b).ravel(), "one long row"),
        (in_place, "changes its argument"),
        (lambda p, k, b: p @ k, "expected"),
        (lambda p, k: 0, "TypeError"),
        (lambda p, k, b: print(convolution(p, k, b).shape), "returns nothing"),
    ],
    "memory_bytes": [
        (lambda n, shape, each: n * math.prod(shape) * each, "only the states are counted"),
        (lambda n, shape, each: n * (math.prod(shape) * each + 9), "only one picture"),
        (lambda n, shape, each: 2 * n * math.prod(shape) * each, "9 bytes more"),
        (adding_the_shape, "added up"),
        (overwriting, "only the shape's last number"),
        (lambda n, shape, each: memory(n, shape[:1], each), "only the shape's first number"),
        (lambda n, shape, each: n * (2 * len(shape) * each + 9), "how many dimensions"),
        (lambda n, shape, each: n * (2 * math.prod(shape) * each + 3), "they take 4, 4 and 1"),
        (lambda n, shape, each: n * (2 * math.prod(shape) * each + 12), "one byte, not four"),
        (lambda n, shape, each: n * (2 * math.prod(shape) * each + 8), "one byte is missing"),
        (lambda n, shape, each: n * (2 * math.prod(shape) + 3) * each, "every number counts"),
        (lambda n, shape, each: n * (2 * math.prod(shape) + 9) * each, "multiplies all"),
        (lambda n, shape, each: n * 2 * math.prod(shape) * each + 9, "counted once"),
        (lambda n, shape, each: n * (2 * math.prod(shape) * each + 6), "three bytes are missing"),
        (lambda n, shape, each: n * (2 * math.prod(shape) * each + 8 + 1 / 8), "a whole byte"),
        (lambda n, shape, each: n * (2 * math.prod(shape) * each + 18), "counted twice"),
        (
            lambda n, shape, each: n * (2 * shape[0] * shape[1] * shape[2] * each + 9),
            "fewer numbers",
        ),
        (in_32_bits, "32 bits"),
        (lambda n, shape, each: 2 * memory(n, shape, each), "twice too much"),
        (lambda n, shape, each: memory(n, shape, 4), "always takes 4 bytes"),
        (lambda n, shape, each: memory(n, shape, 1), "is not used"),
        (lambda n, shape, each: memory(n, shape, 8 * each), "bits in place"),
        (lambda n, shape, each: 8 * memory(n, shape, each), "eight times"),
        (lambda n, shape, each: memory(1, shape, each), "one transition"),
        (lambda n, shape, each: memory(n, shape, each) / 2**30, "GiB"),
        (lambda n, shape, each: memory(n, shape, each) / 1e6, "MB"),
        (lambda n, shape, each: memory(n, shape, each) // 1024**2 / 1.0, "expected"),
        (lambda n, shape, each: n * (2 * shape * each + 9), "TypeError"),
        (lambda n, shape: n, "TypeError"),
        (lambda n, shape, each: print(memory(n, shape, each)), "returns nothing"),
    ],
    "rmsprop": [
        (lambda *case: rmsprop(*case, sign=1), "uphill"),
        (lambda *case: rmsprop(*case, keep=0.05), "have changed places"),
        (lambda *case: rmsprop(*case, keep=0.9), "keep 0.9"),
        (lambda *case: rmsprop(*case, keep=0.99), "keep 0.99"),
        (lambda *case: rmsprop(*case, small=0.01), "under the root stands 0.01"),
        (lambda *case: rmsprop(*case, small=0), "keeps the step finite"),
        (old_means, "uses the old means"),
        (only_weights, "weights alone"),
        (lambda *case: rmsprop(*case)[::-1], "expected"),
        (lambda *case: rmsprop(*case)[:2], "mean square is missing"),
        (lambda *case: (rmsprop(*case)[i] for i in (0, 2, 1)), "have changed places"),
        (lambda *case: rmsprop(*case)[1:], "weights are missing"),
        (rmsprop_in_place, "changes its argument"),
        (step(lambda w, g, m, s, rate: w - rate * g), "plain gradient descent"),
        (lambda *case: rmsprop(*case, small=1e-7), "another one"),
        (lambda *case: rmsprop(*case, small=0.001), "another one"),
        (with_adams_numbers, "Adam's 0.9 and 0.999"),
        (one_mean_for_all, "each weight has two means"),
        (step(lambda w, g, m, s, rate: (w - rate * g) / np.sqrt(s - m**2 + 1e-4)), "brackets"),
        (step(lambda w, g, m, s, rate: w - rate * g / (np.sqrt(s) - m**2 + 1e-4)), "too early"),
        (step(lambda w, g, m, s, rate: w - g / rate / np.sqrt(s - m**2 + 1e-4)), "divides by the"),
        (step(lambda w, g, m, s, rate: w - rate * g / (np.sqrt(s) + 1e-4)), "expected"),
        (the_mean_too_late, "the old mean with the new mean square"),
        (lambda *case: (rmsprop(*case)[i] for i in (1, 0, 2)), "the order"),
        (step(lambda w, g, m, s, rate: rate * g / np.sqrt(s - m**2 + 1e-4)), "the step alone"),
        (step(lambda w, g, m, s, rate: w - g / np.sqrt(s - m**2 + 1e-4)), "rate is missing"),
        (step(lambda w, g, m, s, rate: w - rate * m / np.sqrt(s - m**2 + 1e-4)), "along the mean"),
        (step(lambda w, g, m, s, rate: w - rate * g / (s - m**2 + 1e-4)), "root is missing"),
        (step(lambda w, g, m, s, rate: w - rate * g / np.sqrt(s + 1e-4)), "not taken off"),
        (step(lambda w, g, m, s, rate: w - rate * g / np.sqrt(s - m + 1e-4)), "its square"),
        (step(lambda w, g, m, s, rate: w - rate * g / np.sqrt(s + m**2 + 1e-4)), "take it off"),
        (step(lambda w, g, m, s, rate: w - rate * g * np.sqrt(s - m**2 + 1e-4)), "multiplied"),
        (
            step(lambda w, g, m, s, rate: w - rate * g / (np.sqrt(s - m**2) + 1e-4)),
            "behind the root",
        ),
        (step(lambda w, g, m, s, rate: w - 0.1 * g / np.sqrt(s - m**2 + 1e-4)), "always the same"),
        (lambda w, g, m, s, rate: rmsprop(w, np.sign(g), m, s), "TypeError"),
        (lambda w, g, m, s: w, "TypeError"),
        (lambda *case: print(rmsprop(*case)), "returns nothing"),
    ],
}

RIGHT = {
    "convolution": [
        convolution,
        in_plain_python,
        with_conv2d,
        with_keras,
        with_windows,
        by_shifting,
        as_a_matrix,
        tf.function(with_conv2d),
        as_a_matrix,
        around_the_middle,
        with_keras_ops,
        tf.function(with_conv2d),
        lambda p, k, b: np.float16(convolution(p, k, b)),
        lambda p, k, b: [[float(value) for value in row] for row in convolution(p, k, b)],
        lambda p, k, b: channel_by_channel(p, k, b / p.shape[2]),
        lambda p, k, b: convolution(p, k, b).tolist(),
        lambda p, k, b: np.where(convolution(p, k, b, relu=False) > 0, convolution(p, k, b), 0),
        lambda p, k, b: np.float32(convolution(p.astype(float), k, b)),
    ],
    "memory_bytes": [
        memory,
        by_columns,
        from_arrays,
        in_a_loop,
        lambda n, shape, each: n * (2 * np.prod(shape) * each + 4 + 4 + 1),
        lambda n, shape, each: float(memory(n, shape, each)),
        lambda n, shape, each: sum([2 * each * math.prod(shape), 4, 4, 1]) * n,
        lambda n, shape, each: np.int64(n) * (np.zeros(shape).size * each * 2 + 9),
        lambda n, shape, each: [memory(n, shape, each)],
        lambda n, shape, each: tf.cast(memory(n, shape, each), tf.int64),
        lambda n, shape, each: np.float32(memory(n, shape, each)),
        lambda n, shape, each: int(keras.ops.prod(keras.ops.array(shape))) * n * 2 * each + 9 * n,
    ],
    "rmsprop": [
        rmsprop,
        by_differences,
        one_by_one,
        in_tensorflow,
        by_keras,
        tf.function(in_tensorflow),
        lambda *case: list(rmsprop(*case)),
        lambda *case: tuple(map(np.float32, rmsprop(*case))),
        lambda *case: (part for part in rmsprop(*case)),
        lambda *case: np.array(rmsprop(*case)),
        lambda *case: tf.stack(rmsprop(*case)),
        lambda *case: [part.tolist() for part in rmsprop(*case)],
    ],
}

NEEDS = {
    "convolution": {
        "np.sum": "17",
        "np.zeros": "17",
        "np.maximum": "17",
        "picture[y : y + 3, x : x + 3]": "17",
        "ReLU": "17",
        "bias": "17",
    },
    "memory_bytes": {"np.prod": "17", "state_shape": "17", "bytes_each": "17", "terminated": "06"},
    "rmsprop": {"np.sqrt": "17", "x**2": "17", "v - m^2": "17", "0.95": "17"},
}
