"""Answers that students would write in lesson 03; WRONG: with a phrase of what they are told."""

import functools
import math

import keras
import numpy as np
import tensorflow as tf

NEEDS = {
    "line_slopes": {
        "np.mean": "03",
        "wx + b": "03",
        r"\frac{\partial L}{\partial w} = 2x\,(wx - y)": "03",
        r"\frac{1}{B} \sum_{i=1}^{B}": "03",
    },
    "gradient_step": {
        "learning_rate": "03",
        r"w \leftarrow w - \alpha \frac{\partial L}{\partial w}": "03",
        "`gradients`": "03",
    },
    "forward_pass": {
        "np.maximum": "03",
        "`x @ w1 + b1`": "03",
        r"\mathrm{relu}(z) = \max(z, 0)": "03",
        "w2": "03",
        "b2": "03",
    },
    "training_step": {
        "model": "03",
        "tf.GradientTape": "03",
        "tf.reduce_mean": "03",
        "tf.square": "03",
        ".gradient": "03",
        ".apply": "03",
        "model.trainable_variables": "03",
        "[:, 0]": "03",
        "`[B, 1]`": "03",
    },
}


# Lines


def errors(w, b, x, y):
    return w * x + b - y


def slopes(w, b, x, y):
    return np.mean(2 * errors(w, b, x, y) * x), np.mean(2 * errors(w, b, x, y))


def slopes_in_a_loop(w, b, x, y):
    by_w = by_b = 0.0
    for input_, label in zip(x, y, strict=True):
        error = w * input_ + b - label
        by_w += 2 * input_ * error / len(x)
        by_b += 2 * error / len(x)
    return by_w, by_b


def by_the_tape(w, b, x, y):
    w, b = tf.Variable(float(w)), tf.Variable(float(b))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(w * np.float32(x) + b - np.float32(y)))
    return tape.gradient(loss, [w, b])


def loss(w, b, x, y):
    return np.mean(errors(w, b, x, y) ** 2)


def central_differences(w, b, x, y, h=1e-3):
    x, y = np.float64(x), np.float64(y)
    return (
        (loss(w + h, b, x, y) - loss(w - h, b, x, y)) / (2 * h),
        (loss(w, b + h, x, y) - loss(w, b - h, x, y)) / (2 * h),
    )


def mean_of_returned_first(w, b, x, y):
    for input_, label in zip(x, y, strict=True):
        error = w * input_ + b - label
        return 2 * error * input_, 2 * error


def divides_in_the_loop(w, b, x, y):
    by_w = by_b = 0.0
    for i in range(len(x)):
        by_w = (by_w + 2 * (w * x[i] + b - y[i]) * x[i]) / len(x)
        by_b = (by_b + 2 * (w * x[i] + b - y[i])) / len(x)
    return by_w, by_b


# Steps


def step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients, strict=True)]


def step_with_append(weights, gradients, learning_rate):
    new_weights = []
    for i in range(len(weights)):
        new_weights.append(weights[i] - learning_rate * gradients[i])
    return new_weights


def step_by_the_optimizer(weights, gradients, learning_rate):
    variables = [tf.Variable(np.float32(w)) for w in weights]
    optimizer = keras.optimizers.SGD(learning_rate)
    optimizer.apply([tf.constant(np.float32(g)) for g in gradients], variables)
    return variables


def step_on_copies(weights, gradients, learning_rate):
    weights = [np.array(w, float) for w in weights]
    for w, g in zip(weights, gradients, strict=True):
        w -= learning_rate * g
    return weights


def step_in_place(weights, gradients, learning_rate):
    for i in range(len(weights)):
        weights[i] = weights[i] - learning_rate * gradients[i]
    return weights


def lost_step(weights, gradients, learning_rate):
    new = []
    for w, g in zip(weights, gradients, strict=True):
        w = w - learning_rate * g
        new.append(g)
    return new


def step_of_a_name(weights, gradients, learning_rate):
    for w, g in zip(weights, gradients, strict=True):
        w = w - learning_rate * g
    return weights


# Networks


def relu(z):
    return np.maximum(z, 0)


def forward(x, w1, b1, w2, b2):
    return relu(x @ w1 + b1) @ w2 + b2


def forward_in_loops(x, w1, b1, w2, b2):
    answers = []
    for row in x:
        hidden = [
            max(0, sum(row[i] * w1[i][j] for i in range(len(row))) + b1[j]) for j in range(len(b1))
        ]
        answers.append(
            [sum(h * w2[j][k] for j, h in enumerate(hidden)) + b2[k] for k in range(len(b2))]
        )
    return answers


def forward_by_mask(x, w1, b1, w2, b2):
    z = x @ w1 + b1
    z[z < 0] = 0
    return z @ w2 + b2


def forward_in_keras(x, w1, b1, w2, b2):
    model = keras.Sequential(
        [
            keras.Input((len(w1),)),
            keras.layers.Dense(len(b1), activation="relu"),
            keras.layers.Dense(len(b2)),
        ]
    )
    model.set_weights([w1, b1, w2, b2])
    return model(x)


def in_keras_without_relu(x, w1, b1, w2, b2):
    layers = [keras.layers.Dense(len(b1)), keras.layers.Dense(len(b2))]
    model = keras.Sequential([keras.Input((len(w1),)), *layers])
    model.set_weights([w1, b1, w2, b2])
    return model(x)


def in_place(x, w1, b1, w2, b2):
    x[x < 0] = 0
    return forward(x, w1, b1, w2, b2)


# Training steps


def train(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x)[:, 0] - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def trained(loss_of, apply=None, answer=None, variables=lambda model: model.trainable_variables):
    """A training step with some part of it written otherwise."""

    def training_step(model, optimizer, x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(model(x), y)
        gradients = tape.gradient(loss, variables(model))
        if apply:
            apply(optimizer, gradients, variables(model))
        else:
            optimizer.apply(gradients, variables(model))
        return answer(loss, gradients, model, x, y) if answer else loss

    return training_step


def mse(p, y):
    return tf.reduce_mean(tf.square(p[:, 0] - y))


def theirs(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        predictions = model(x)
        loss = tf.reduce_mean(tf.square(predictions - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def in_numpy(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mse(model(x).numpy(), y)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def after_the_block(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        predictions = model(x)[:, 0]
    loss = tf.reduce_mean(tf.square(predictions - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def predictions_before_the_block(model, optimizer, x, y):
    predictions = model(x)[:, 0]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(predictions - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def without_a_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mse(model(x), y)
    tape.gradient(loss, model.trainable_variables)
    return loss


def no_return(model, optimizer, x, y):
    train(model, optimizer, x, y)


def one_by_one(model, optimizer, x, y):
    for i in range(len(x)):
        loss = train(model, optimizer, x[i : i + 1], y[i : i + 1])
    return loss


def apply_twice(model, optimizer, x, y):
    train(model, optimizer, x, y)
    return train(model, optimizer, x, y)


def by_hand(model, optimizer, x, y):
    kernel, bias = model.trainable_variables
    error = (x @ kernel.numpy() + bias.numpy())[:, 0] - y
    rate = float(optimizer.learning_rate)
    kernel.assign(kernel - rate * (2 * error[:, None] * x).mean(axis=0)[:, None])
    bias.assign(bias - rate * 2 * error.mean(keepdims=True))
    return np.mean(error**2)


def by_my_own_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mse(model(x), y)
    gradients = tape.gradient(loss, model.trainable_variables)
    new = step(model.trainable_variables, gradients, optimizer.learning_rate)
    for variable, value in zip(model.trainable_variables, new, strict=True):
        variable.assign(value)
    return float(loss)


def loss_saved_before(model, optimizer, x, y):
    before = float(np.mean((model(x).numpy()[:, 0] - y) ** 2))
    train(model, optimizer, x, y)
    return before


def fitting(model, optimizer, x, y):
    model.compile(optimizer=optimizer, loss="mse", run_eagerly=True)
    return model.train_on_batch(x, y)


def with_a_fixed_rate(model, optimizer, x, y):
    return trained(mse, lambda o, g, v: keras.optimizers.SGD(0.1).apply(g, v))(
        model, optimizer, x, y
    )


def with_adam(model, optimizer, x, y):
    return trained(mse, lambda o, g, v: keras.optimizers.Adam(0.1).apply(g, v))(
        model, optimizer, x, y
    )


WRONG = {
    "line_slopes": [
        (mean_of_returned_first, "only the first example"),
        (divides_in_the_loop, "in every turn of the loop"),
        (lambda w, b, x, y: slopes(w, b, y, x), "changed places"),
        (lambda w, b, x, y: slopes(b, w, x, y), "w and b have changed places"),
        (lambda w, b, x, y: tuple(round(float(s), 1) for s in slopes(w, b, x, y)), "are rounded"),
        (lambda w, b, x, y: sum(slopes(w, b, x, y)), "return both of them"),
        (lambda w, b, x, y: tuple(np.sign(slopes(w, b, x, y))), "signs of the slopes"),
        (lambda w, b, x, y: tuple(np.abs(slopes(w, b, x, y))), "lost their sign"),
        (
            lambda w, b, x, y: (np.mean(2 * x * (w * x - y)), np.mean(2 * (w * x - y))),
            "the bias is",
        ),
        (lambda w, b, x, y: (np.mean(x * errors(w, b, x, y)), np.mean(errors(w, b, x, y))), "2 is"),
        (
            lambda w, b, x, y: (
                sum(2 * x * (w * x + b - y)) / 2,
                sum(2 * (w * x + b - y)) / 2,
            ),
            "the sum over the examples, and the 2 is missing",
        ),
        (
            lambda w, b, x, y: (
                np.mean(2 * x * (y - w * x - b)),
                np.mean(2 * (y - w * x - b)),
            ),
            "the sign is turned",
        ),
        (lambda w, b, x, y: (2 * x * errors(w, b, x, y), 2 * errors(w, b, x, y)), "one slope for"),
        (lambda w, b, x, y: (slopes(w, b, x, y)[0], b), "is b itself"),
        (lambda w, b, x, y: (slopes(w, b, x, y)[0], b * slopes(w, b, x, y)[1]), "by b itself"),
        (
            lambda w, b, x, y: (
                np.mean(2 * x * errors(w, b, x, y) ** 2),
                np.mean(2 * errors(w, b, x, y) ** 2),
            ),
            "still squared",
        ),
        (lambda w, b, x, y: 2 * x * (w * x + b - y), "by b as well"),
        (lambda w, b, x, y: slopes(w, b, np.mean(x), np.mean(y)), "means are taken too early"),
        (lambda w, b, x, y: slopes(w, 0 * b, x, y), "bias is missing"),
        (lambda w, b, x, y: dict(zip("wb", slopes(w, b, x, y), strict=True)), "a dict is"),
        (lambda w, b, x, y: print(slopes(w, b, x, y)), "returns nothing"),
        (
            lambda w, b, x, y: (
                loss(w + 1, b, x, y) - loss(w, b, x, y),
                loss(w, b + 1, x, y) - loss(w, b, x, y),
            ),
            "when a weight grows by 1",
        ),
        (lambda w, b, x, y: errors(w, b, x, y), "those are the errors"),
        (lambda w, x, y: (1, 2), "TypeError"),
        (lambda w, b, x, y: np.mean(2 * x * (w * x + b - y), 2 * (w * x + b)), "TypeError"),
    ],
    "gradient_step": [
        (step_in_place, "changes its argument weights"),
        (lost_step, "the slopes as they came"),
        (step_of_a_name, "no weight has moved"),
        (lambda w, g, r: w + [-r * part for part in g], "one list after the other"),
        (
            lambda w, g, r: [w[i] - r * g[i] for i in range(len(w) - 1)],
            "the last weight is missing",
        ),
        (lambda w, g, r: [part - r * g[0] for part in w], "takes the first slope"),
        (lambda w, g, r: [a - r * b for a in w for b in g], "every weight with every slope"),
        (lambda w, g, r: step(w, g, 1), "the step is the whole slope"),
        (lambda w, g, r: step(w, g, r)[0], "first of the weights"),
        (lambda w, g, r: [a - b / r for a, b in zip(w, g, strict=True)], "divided"),
        (lambda w, g, r: [a - r for a in w], "slope is missing"),
        (lambda w, g, r: [np.round(part) for part in step(w, g, r)], "are rounded"),
        (
            lambda w, g, r: [np.array(part).astype(int) for part in step(w, g, r)],
            "decimals are lost",
        ),
        (lambda w, g, r: (step(w, g, r), g), "without the slopes"),
        (lambda w, g, r: step(w, g, -r), "goes uphill"),
        (lambda w, g, r: step(w, [abs(part) for part in g], r), "every weight shrinks"),
        (lambda w, g, r: step(w, [np.sign(part) for part in g], r), "only the slope's sign"),
        (lambda w, g, r: [-r * part for part in g], "the step alone"),
        (lambda w, g, r: print(step(w, g, r)), "returns nothing"),
        (lambda w, g, r: w - np.array(r) * g, "Error"),
        (lambda w, g: step(w, g, 0.1), "TypeError"),
        (lambda w, g, r: [a - r * g for a in w], "with zip"),
        (lambda w, g, r: [a - (r + b) for a, b in zip(w, g, strict=True)], "are added"),
        (lambda w, g, r: [np.sum(part) for part in step(w, g, r)], "one number for each array"),
    ],
    "forward_pass": [
        (in_keras_without_relu, "relu is missing"),
        (in_place, "changes its argument x"),
        (lambda x, w1, b1, w2, b2: relu(relu(x @ w1 + b1) @ w2 + b2), "the output has gone"),
        (lambda x, w1, b1, w2, b2: relu(x @ w1 + b1) @ (w2 + b2), "b2 is added to w2"),
        (lambda x, w1, b1, w2, b2: (relu(x @ w1) + b1) @ w2 + b2, "b1 is added after relu"),
        (lambda x, w1, b1, w2, b2: relu(x @ (w1 + b1)) @ w2 + b2, "b1 is added to w1"),
        (lambda x, w1, b1, w2, b2: relu(x @ w1 - b1) @ w2 + b2, "b1 is taken off"),
        (lambda x, w1, b1, w2, b2: relu(x @ w1 + b1) @ w2 - b2, "b2 is taken off"),
        (lambda x, w1, b1, w2, b2: relu(x @ w1.T + b1) @ w2.T + b2, "w1 and w2 are turned"),
        (lambda x, w1, b1, w2, b2: relu(x.T @ w1 + b1) @ w2 + b2, "x is turned"),
        (lambda x, w1, b1, w2, b2: relu(x @ w1 + b1) * w2 + b2, "number by number"),
        (lambda x, w1, b1, w2, b2: forward(x[:1], w1, b1, w2, b2), "first example"),
        (lambda x, w1, b1, w2, b2: forward(x, w1, b1, w2, b2)[:, :1], "first output"),
        (lambda x, w1, b1, w2, b2: forward(x.mean(axis=0), w1, b1, w2, b2), "averaged first"),
        (lambda x, w1, b1, w2, b2: np.squeeze(forward(x, w1, b1, w2, b2)), "the shape is lost"),
        (lambda x, w1, b1, w2, b2: (relu(x @ w1 + b1), forward(x, w1, b1, w2, b2)), "alone"),
        (lambda x, w1, b1, w2, b2: np.max(x @ w1 + b1, 0) @ w2 + b2, "np.maximum(z, 0)"),
        (lambda x, w1, b1, w2, b2: (x @ w1 + b1 > 0) @ w2 + b2, "positive numbers have become 1"),
        (lambda x, w1, b1, w2, b2: np.maximum(x @ w1 + b1) @ w2 + b2, "TypeError"),
        (lambda x, w1, b1, w2, b2: np.maximum(x @ w1, b1) @ w2 + b2, "compares with b1"),
        (lambda x, w1, b1, w2, b2: relu(x @ w1) @ w2 + b2, "the biases b1 are missing"),
        (lambda x, w1, b1, w2, b2: relu(x @ w1 + b1) @ w2 + b1, "b1 is added a second time"),
        (lambda x, w1, b1, w2, b2: relu(x @ w2 + b2) @ w1 + b1, "the layers have changed"),
        (lambda x, w1, b1, w2, b2: forward(x, w1, b1, w2, b2).sum(axis=1), "are added up"),
        (lambda x, w1, b1, w2, b2: print(forward(x, w1, b1, w2, b2)), "returns nothing"),
        (lambda x, w1, b1, w2: relu(x @ w1 + b1) @ w2, "TypeError"),
    ],
    "training_step": [
        (theirs, "a table [B, B]"),
        (in_numpy, "No gradients"),
        (after_the_block, "No gradients"),
        (predictions_before_the_block, "inside of the `with` block"),
        (without_a_step, "no weight has moved"),
        (no_return, "nothing is returned"),
        (one_by_one, "a step of its own"),
        (apply_twice, "two steps are taken"),
        (with_a_fixed_rate, "optimizer that came in"),
        (with_adam, "as in Adam's first step"),
        (trained(lambda p, y: tf.reduce_mean(tf.square(p - tf.reshape(y, [1, -1])))), "[B, B]"),
        (trained(lambda p, y: tf.reduce_mean(tf.square(tf.transpose(p) - y[:, None]))), "[B, B]"),
        (trained(lambda p, y: tf.reduce_mean(tf.square(p[0] - y))), "the first row"),
        (trained(lambda p, y: tf.reduce_mean(tf.square(p - y), axis=1)), "over its rows"),
        (trained(lambda p, y: tf.reduce_sum(tf.square(p[:, 0] - y)) / 2), "half of the sum"),
        (trained(lambda p, y: tf.reduce_mean(p[:, 0] ** 2 - y**2)), "subtract first, then square"),
        (trained(lambda p, y: tf.square(tf.reduce_mean(p[:, 0] - y))), "before the square"),
        (trained(lambda p, y: keras.losses.MeanAbsoluteError()(y, p[:, 0])), "absolute error"),
        (trained(lambda p, y: keras.losses.Huber()(y, p[:, 0])), "Huber"),
        (trained(mse, lambda o, g, v: o.apply([-part for part in g], v)), "goes uphill"),
        (trained(mse, answer=lambda loss, g, m, x, y: mse(m(x), y)), "loss after the step"),
        (trained(mse, answer=lambda loss, g, m, x, y: g), "gradients are returned"),
        (trained(mse, answer=lambda loss, g, m, x, y: m(x)), "predictions after it"),
        (trained(mse, variables=lambda m: m.trainable_variables[:1]), "only the kernel"),
        (trained(mse, variables=lambda m: m.trainable_variables[-1:]), "only the bias"),
        (lambda model, optimizer, x, y: mse(model(x), y), "no weight has moved"),
        (lambda model, x, y: 0.0, "TypeError"),
    ],
}

RIGHT = {
    "line_slopes": [
        slopes,
        slopes_in_a_loop,
        by_the_tape,
        central_differences,
        lambda w, b, x, y: [float(s) for s in slopes(w, b, x, y)],
        lambda w, b, x, y: np.array(slopes(w, b, x, y)),
        lambda w, b, x, y: (2 * np.mean(x * (w * x + b - y)), 2 * np.mean(w * x + b - y)),
        lambda w, b, x, y: (
            sum(2 * x * (w * x + b - y)) / len(x),
            sum(2 * (w * x + b - y)) / len(x),
        ),
        lambda w, b, x, y: (
            -2 * ((y - w * x - b) * x).mean(),
            -2 * (y - w * x - b).mean(),
        ),
        lambda w, b, x, y: 2 * np.stack([x, np.ones(len(x))]) @ (w * x + b - y) / len(x),
        lambda w, b, x, y: (np.average(2 * (w * x + b - y) * part) for part in (x, 1)),
        lambda w, b, x, y: map(
            lambda part: 2 * math.fsum((w * x + b - y) * part) / len(x), (x, np.ones_like(x))
        ),
        lambda w, b, x, y: (
            tf.reduce_mean(2 * (w * x + b - y) * x),
            tf.reduce_mean(2 * (w * x + b - y)),
        ),
        lambda w, b, x, y: (
            keras.ops.mean(2.0 * (w * x + b - y) * x),
            keras.ops.mean(2.0 * (w * x + b - y)),
        ),
    ],
    "gradient_step": [
        step,
        step_with_append,
        step_by_the_optimizer,
        step_on_copies,
        lambda w, g, r: [a + -r * b for a, b in zip(w, g, strict=True)],
        lambda w, g, r: (a - r * b for a, b in zip(w, g, strict=True)),
        lambda w, g, r: map(lambda a, b: a - r * b, w, g),
        lambda w, g, r: tuple(a - b * r for a, b in zip(w, g, strict=True)),
        lambda w, g, r: [np.subtract(a, np.multiply(r, b)) for a, b in zip(w, g, strict=True)],
        lambda w, g, r: [tf.constant(a) - tf.constant(r * b) for a, b in zip(w, g, strict=True)],
        lambda w, g, r: [w[i] - r * part for i, part in enumerate(g)],
        lambda w, g, r: [part.tolist() for part in map(np.array, step(w, g, r))],
    ],
    "forward_pass": [
        forward,
        forward_in_loops,
        forward_by_mask,
        forward_in_keras,
        lambda x, w1, b1, w2, b2: (x @ w1 + b1).clip(0) @ w2 + b2,
        lambda x, w1, b1, w2, b2: np.where(x @ w1 + b1 > 0, x @ w1 + b1, 0) @ w2 + b2,
        lambda x, w1, b1, w2, b2: ((z := x @ w1 + b1) * (z > 0)) @ w2 + b2,
        lambda x, w1, b1, w2, b2: ((z := x @ w1 + b1) + abs(z)) / 2 @ w2 + b2,
        lambda x, w1, b1, w2, b2: np.dot(relu(np.dot(x, w1) + b1), w2) + b2,
        lambda x, w1, b1, w2, b2: (w2.T @ relu(w1.T @ x.T + b1[:, None]) + b2[:, None]).T,
        lambda x, w1, b1, w2, b2: tf.nn.relu(x @ w1 + b1) @ w2 + b2,
        tf.function(
            lambda x, w1, b1, w2, b2: tf.matmul(tf.nn.relu(tf.matmul(x, w1) + b1), w2) + b2,
            reduce_retracing=True,
        ),
        lambda x, w1, b1, w2, b2: keras.ops.relu(x @ w1 + b1) @ w2 + b2,
        lambda x, w1, b1, w2, b2: (relu(row @ w1 + b1) @ w2 + b2 for row in x),
        lambda x, w1, b1, w2, b2: np.einsum("bi,ij->bj", relu(x @ w1 + b1), w2) + b2,
        functools.partial(lambda f, *a: f(*a), forward),
    ],
    "training_step": [
        train,
        by_hand,
        by_my_own_step,
        loss_saved_before,
        fitting,
        trained(lambda p, y: tf.reduce_mean((p[:, 0] - y) ** 2)),
        trained(lambda p, y: tf.reduce_mean(tf.square(p - y[:, None]))),
        trained(lambda p, y: tf.reduce_mean(tf.square(tf.reshape(p, [-1]) - y))),
        trained(lambda p, y: tf.reduce_mean(tf.square(tf.squeeze(p, axis=1) - y))),
        trained(lambda p, y: keras.losses.MeanSquaredError()(y, p[:, 0])),
        trained(lambda p, y: keras.ops.mean(keras.ops.square(y - p[:, 0]))),
        trained(mse, lambda o, g, v: o.apply_gradients(zip(g, v, strict=True))),
        trained(mse, lambda o, g, v: o.apply(g)),
        trained(mse, variables=lambda model: model.weights),
        trained(mse, answer=lambda loss, g, m, x, y: loss.numpy()),
    ],
}
