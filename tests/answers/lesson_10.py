"""Answers that students would write in lesson 10; WRONG: with a phrase of what they are told."""

import math

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import bellman_target


def branches(document, printed):
    if document == "004":
        return printed - 1
    return printed + 1 if document in ("002", "003") and printed < 500 else printed


def by_search(document, printed):
    for steps in range(1, 501):
        fell = steps < 500 and document in ("002", "003")
        if printed == steps - fell + (document == "004"):
            return steps


def with_tensors(document, printed):
    failed = tf.constant(document in ("002", "003")) & (tf.constant(printed) < 500)
    return tf.constant(printed) + tf.cast(failed, tf.int32) - int(document == "004")


def by_match(document, printed):
    match document:
        case "002" | "003":
            return printed + int(printed != 500)
        case "004":
            return printed - 1
    return printed


def wrong_type(document, printed):
    if document in (2, 3):
        return printed + (printed != 500)
    return printed - 1 if document == 4 else printed


def without_assigning(document, printed):
    if document in ("002", "003") and printed != 500:
        printed + 1
    return printed


def forgotten_else(document, printed):
    if document == "004":
        printed = printed - 1
    if document == "002" or "003":  # noqa: SIM222
        printed = printed + (printed != 500)
    return printed


def loss(rule, stop=tf.stop_gradient):
    """A loss by a rule of (rewards, stopped best next value, goes on, discount, Q taken, all Q)."""

    def my_loss(model, label_model, batch, discount):
        best = stop(tf.reduce_max(label_model(batch.next_states), axis=1))
        q_values = model(batch.states)
        taken = tf.gather(q_values, batch.actions, batch_dims=1)
        goes_on = 1 - tf.cast(batch.terminated, tf.float32)
        return rule(batch.rewards, best, goes_on, discount, taken, q_values)

    return my_loss


def mse(targets, q_values):
    return tf.reduce_mean(tf.square(targets - q_values))


def as_in_001(model, label_model, batch, discount_factor):
    next_q = tf.reduce_max(label_model(batch.next_states), axis=1)
    tf.stop_gradient(next_q)
    goes_on = 1 - tf.cast(batch.terminated, tf.float32)
    targets = batch.rewards + discount_factor * goes_on * next_q
    q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
    return tf.reduce_mean(tf.square(targets - q_values))


def numpy_labels(model, label_model, batch, discount):
    best = label_model(batch.next_states).numpy().max(axis=1)
    rewards, ended = batch.rewards.numpy(), batch.terminated.numpy()
    labels = [r if d else r + discount * b for r, d, b in zip(rewards, ended, best, strict=True)]
    q_values = tf.reduce_sum(
        model(batch.states) * tf.one_hot(batch.actions, model.output_shape[-1]), axis=1
    )
    return tf.reduce_mean((tf.constant(labels, tf.float32) - q_values) ** 2)


def predicted(model, label_model, batch, discount):
    best = label_model.predict_on_batch(batch.next_states).max(axis=1)
    targets = tf.where(batch.terminated, batch.rewards, batch.rewards + discount * best)
    return tf.reduce_mean(
        (tf.gather(model(batch.states), batch.actions, batch_dims=1) - targets) ** 2
    )


def row_by_row(model, label_model, batch, discount):
    total = 0.0
    for i in range(len(batch.rewards)):
        target = batch.rewards[i]
        if not batch.terminated[i]:
            target += discount * tf.reduce_max(label_model(batch.next_states)[i])
        total += (tf.stop_gradient(target) - model(batch.states)[i, batch.actions[i]]) ** 2
    return total / len(batch.rewards)


def with_a_clone(model, label_model, batch, discount):
    clone = keras.models.clone_model(label_model)
    clone.set_weights(label_model.get_weights())
    clone.trainable = False
    targets = bellman_target(batch.rewards, clone(batch.next_states), batch.terminated, discount)
    return mse(targets, tf.gather(model(batch.states), batch.actions, batch_dims=1))


def in_keras(model, label_model, batch, discount):
    next_q = keras.ops.stop_gradient(keras.ops.max(label_model(batch.next_states), axis=1))
    targets = keras.ops.where(batch.terminated, batch.rewards, batch.rewards + discount * next_q)
    q_values = keras.ops.take_along_axis(model(batch.states), batch.actions[:, None], axis=1)
    return keras.losses.MeanSquaredError()(targets[:, None], q_values)


def of_lesson_07(model, label_model, batch, discount):
    next_q = label_model(batch.next_states)
    targets = bellman_target(batch.rewards, next_q, batch.terminated, discount)
    q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
    return tf.reduce_mean(tf.square(tf.stop_gradient(targets) - q_values))


def training(model, label_model, batch, discount):
    model.trainable_weights[0].assign_sub(model.trainable_weights[0] / 10)
    return of_lesson_07(model, label_model, batch, discount)


def copying_first(model, label_model, batch, discount):
    label_model.set_weights([2 * weight for weight in model.get_weights()])
    return of_lesson_07(model, label_model, batch, discount)


def stopping_the_wrong_one(model, label_model, batch, discount):
    next_q = label_model(batch.next_states)
    targets = bellman_target(batch.rewards, next_q, batch.terminated, discount)
    q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
    return tf.reduce_mean(tf.square(targets - tf.stop_gradient(q_values)))


def in_numpy(model, label_model, batch, discount):
    return of_lesson_07(model, label_model, batch, discount).numpy()


def with_variable(model, label_model, batch, discount):
    return tf.Variable(of_lesson_07(model, label_model, batch, discount))


def loop(goal, score, keep):
    mean, episodes = 0.0, 0
    while mean <= goal:
        mean, episodes = keep * mean + (1 - keep) * score, episodes + 1
    return episodes


def formula(goal, score, keep):
    return int(np.floor(np.log(1 - goal / score) / np.log(keep))) + 1


def with_tensor(goal, score, keep):
    episodes = tf.range(1, 1000)
    above = (1 - tf.cast(keep, tf.float64) ** tf.cast(episodes, tf.float64)) * score > goal
    return episodes[tf.argmax(tf.cast(above, tf.int32))]


def with_for(goal, score, keep):
    mean = 0
    for episode in range(1, 10_000):
        mean = keep * mean + score - keep * score
        if mean > goal:
            return episode


def recursive(goal, score, keep, mean=0.0):
    return 0 if mean > goal else 1 + recursive(goal, score, keep, keep * mean + (1 - keep) * score)


def beginning_with_the_score(goal, score, keep):
    mean, episodes = score, 0
    while mean <= goal:
        mean, episodes = keep * mean + (1 - keep) * score, episodes + 1
    return episodes


def plain_mean(goal, score, keep):
    mean, episodes = 0.0, 0
    while mean <= goal:
        mean, episodes = (mean * episodes + score) / (episodes + 1), episodes + 1
    return episodes


def returning_in_the_loop(goal, score, keep):
    mean, episodes = 0.0, 0
    while mean <= goal:
        mean, episodes = keep * mean + (1 - keep) * score, episodes + 1
        return episodes


WRONG = {
    "steps_played": [
        (wrong_type, "hands back what is printed"),
        (forgotten_else, "always true"),
        (lambda d, p: p + 1 if d in "002 003" else p - 1, "episode like a fall"),
        (lambda d, p: p - 1 if d == "004" else p + 1 if p < 500 else p, "leave them alone"),
        (lambda d, p: p - 1 if d == "004" else p, "002 and 003 are still"),
        (lambda d, p: p + (p < 500) if d in ("002", "003") else p, "004 is still as printed"),
        (lambda d, p: p + (p < 500) if d in ("002", "003", "004") else p, "as for 002 and 003"),
        (lambda d, p: branches(d, p) / 500, "a share of 500"),
        (lambda d, p: p + 1, "gets one more"),
        (lambda d, p: p - 1, "loses one"),
        (lambda d, p: (d, branches(d, p)), "alone"),
        (lambda d, p: p - 1 if d == "004" else None, "returns nothing"),
        (lambda d, p: {"002": p + 1, "003": p + 1, "004": p - 1}[d], "are missing"),
        (lambda d, p: {"002": p + 1, "003": p + 1, "004": p - 1}.get(d, p), "only failed ones"),
        (lambda d, p: min(branches(d, p), 499), "may have 500 steps"),
        (without_assigning, "hands back what is printed"),
        (lambda d, p: p + 99 if d in ("002", "003") and p != 500 else branches(d, p), "the 100"),
        (lambda d, p: p + 1 if d in ("002", "003") and p == 500 else p - (d == "004"), "wrong way"),
        (lambda d, p: {"002": p + 1, "003": p + 1}.get(d, p), "004 is still as printed, and 002"),
        (lambda d, p: 500 if p == 500 else branches(d, p), "its 500 means 499 steps"),
        (lambda d, p: branches(int(d), p), "hands back what is printed"),
        (lambda d, p: f"{branches(d, p)}", "that is text"),
    ],
    "label_loss": [
        (as_in_001, "still flows"),
        (loss(lambda r, b, on, g, q, _: mse(r + g * on * b, q), stop=tf.identity), "still flows"),
        (stopping_the_wrong_one, "no gradient"),
        (loss(lambda r, b, on, g, q, _: mse(r + g * on * b, tf.stop_gradient(q))), "no gradient"),
        (in_numpy, "no gradient"),
        (lambda m, n, b, g: float(of_lesson_07(m, n, b, g)), "no gradient"),
        (with_variable, "no gradient"),
        (training, "changes its argument model"),
        (copying_first, "changes its argument"),
        (lambda m, n, b, g: of_lesson_07(m, m, b, g), "labels come from `model`"),
        (lambda m, n, b, g: of_lesson_07(n, n, b, g), "which nobody trains"),
        (lambda m, n, b, g: of_lesson_07(n, m, b, g), "changed places"),
        (lambda m, n, b, g: as_in_001(m, m, b, g), "gradient flows through them"),
        (lambda m, b, g: of_lesson_07(m, m, b, g), "TypeError"),
        (loss(lambda r, b, on, g, q, _: mse(r + 0.9 * on * b, q)), "factor of its own"),
        (loss(lambda r, b, on, g, q, _: mse(r - g * on * b, q)), "reward instead of added"),
        (loss(lambda r, b, on, g, q, _: mse(r + g * on * b, q) * 2), "of the squared errors"),
        (loss(lambda r, b, on, g, q, _: tf.sqrt(mse(r + g * on * b, q))), "the root"),
        (loss(lambda r, b, on, g, q, _: -mse(r + g * on * b, q)), "sign is turned"),
        (loss(lambda r, b, on, g, q, _: tf.reduce_mean(abs(r + g * on * b - q))), "absolute"),
        (loss(lambda r, b, on, g, q, _: mse(r, q)), "reward alone"),
        (
            loss(lambda r, b, on, g, q, _: tf.reduce_max((r + g * on * b - q) ** 2)),
            "the largest squared error",
        ),
        (loss(lambda r, b, on, g, q, a: mse(r + g * on * b, a[:, -1])), "moves the last action"),
        (
            loss(lambda r, b, on, g, q, a: mse(r + g * on * b, tf.reduce_mean(a, 1))),
            "of a state's Q-values",
        ),
        (
            loss(lambda r, b, on, g, q, _: keras.losses.Huber()(r + g * on * b, q)),
            "is the Huber loss",
        ),
        (loss(lambda r, b, on, g, q, _: (mse(r + g * on * b, q), q)), "the loss and more"),
        (loss(lambda r, b, on, g, q, _: [mse(r + g * on * b, q)]), "that is a list"),
        (lambda m, n, b, g: m.loss, ""),
        (lambda m, n, b, g: of_lesson_07(m, n, b, g) / 2, "that is half"),
    ],
    "episodes_until": [
        (returning_in_the_loop, "is 1 every time"),
        (lambda g, s, k: math.ceil(math.log(1 - g / s) / math.log(k)), "asks for more"),
        (lambda g, s, k: int(math.log(1 - g / s) / math.log(k)), "one episode too few"),
        (lambda g, s, k: g / s, "mean has to reach"),
        (lambda g, s, k: g // ((1 - k) * s) + 1, "mean counts in full"),
        (lambda g, s, k: math.log(1 - g / s), "number that is above"),
        (lambda g, s, k: math.log(k, 1 - g / s), "logarithms have changed places"),
        (lambda g, s, k: loop(g, s, 1 - k), "changed places"),
        (lambda g, s, k: loop(s, g, k) if s < g else 1, "is 1 every time"),
        (lambda g, s, k: loop(g, s, 0.99), "keep makes no difference"),
        (lambda g, s, k: loop(g, 500, k), "score makes no difference"),
        (lambda g, s, k: s * (1 - k ** loop(g, s, k)), "that is the mean"),
        (lambda g, s, k: math.ceil(math.log(g / s) / math.log(k)), "not goal / score"),
        (lambda g, s, k: (loop(g, s, k), s * (1 - k ** loop(g, s, k))), "episodes alone"),
        (lambda g, s, k: loop(g, s, k) * s, "those episodes score together"),
        (lambda g, s, k: np.log(1 - s / g) / np.log(k), "a negative number"),
        (lambda g, s, k: loop(g, s, k) if s == 500 else None, "nothing"),
        (lambda g, s, k: str(loop(g, s, k)), "that is text"),
        (beginning_with_the_score, "0 every time"),
        (lambda g, s, k: loop(g, s, k) + 1, "one episode too many"),
        (lambda g, s, k: with_for(g, s, k) - 1, "one episode too few"),
        (plain_mean, "1 every time"),
        (lambda g, s, k: next(e for e in range(5000) if s * k**e < g), "not goal / score"),
        (lambda g, s, k: round(math.log(1 - g / s) / math.log(k)), "rounding takes the nearest"),
        (lambda g, s, k: math.ceil(math.log(1 - g / s, k)) - 1, "one episode too few"),
    ],
}

RIGHT = {
    "steps_played": [
        branches,
        by_search,
        with_tensors,
        by_match,
        lambda d, p: {"004": p - 1, "002": p + (p < 500), "003": p + (p < 500)}.get(d, p),
        lambda d, p: p + (d in ("002", "003") and p != 500) - (d == "004"),
        lambda d, p: [0, 0, p < 500, p < 500, -1][int(d)] + p,
        lambda d, p: float(branches(d, p)),
        lambda d, p: np.array([branches(d, p)]),
        lambda d, p: np.where(d == "004", p - 1, np.where((d > "001") & (p < 500), p + 1, p)),
        lambda d, p: keras.ops.add(p, branches(d, p) - p),
    ],
    "label_loss": [
        numpy_labels,
        predicted,
        row_by_row,
        with_a_clone,
        in_keras,
        of_lesson_07,
        tf.function(of_lesson_07),
        loss(lambda r, b, on, g, q, _: mse(r + g * on * b, q)),
        loss(lambda r, b, on, g, q, _: tf.reduce_sum((r + g * on * b - q) ** 2) / len(q)),
        loss(lambda r, b, on, g, q, _: tf.reshape(mse(q, r + g * on * b), [1])),
        loss(lambda r, b, on, g, q, _: keras.losses.mean_squared_error(r + g * on * b, q)),
        loss(lambda r, b, on, g, q, _: mse(r + g * on * b.numpy(), q), stop=tf.identity),
        loss(lambda r, b, on, g, q, _: mse(tf.constant((r + g * on * b).numpy()), q)),
    ],
    "episodes_until": [
        loop,
        formula,
        with_tensor,
        with_for,
        recursive,
        lambda g, s, k: math.floor(math.log(1 - g / s, k)) + 1.0,
        lambda g, s, k: next(e for e in range(1, 5000) if s * (1 - k**e) > g),
        lambda g, s, k: [loop(g, s, k)],
        lambda g, s, k: np.argmax(s * (1 - k ** np.arange(5000.0)) > g),
        lambda g, s, k: tf.constant(loop(g, s, k)),
        lambda g, s, k: keras.ops.sum(s * (1 - k ** np.arange(5000.0)) <= g),
        lambda g, s, k: len([e for e in range(3000) if s * (1 - k**e) <= g]),
    ],
}

NEEDS = {
    "steps_played": {"printed_score": "10"},
    "episodes_until": {"m_{e-1}": "10", "(1 - k)": "10"},
    "label_loss": {
        "loss_of_001": "10",
        "label_model": "10",
        "tf.stop_gradient": "10",
        "tf.reduce_max": "10",
        "tf.cast": "10",
        "tf.gather": "10",
        "tf.square": "10",
        "tf.reduce_mean": "10",
        "GradientTape": "07",
        "terminated": "01",
    },
}
