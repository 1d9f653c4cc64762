"""Answers that students would write in lesson 13; WRONG: with a phrase of what they are told."""

import math

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import discounted_returns
from dqn_keras.policy import policy_gradient_loss


def slope_in_a_loop(probabilities, action):
    slopes = []
    for a, p in enumerate(probabilities):
        slopes.append(1 - p if a == action else -p)
    return slopes


def slope_by_tape(probabilities, action):
    logits = tf.Variable(tf.math.log(probabilities))
    with tf.GradientTape() as tape:
        log_probability = tf.nn.log_softmax(logits)[action]
    return tape.gradient(log_probability, logits)


def slope_by_pushing(probabilities, action):
    logits, slopes = np.log(np.float64(probabilities)), []
    for push in 1e-5 * np.eye(len(logits)):
        up, down = (np.exp(logits + sign * push) for sign in (1, -1))
        slopes.append(np.log(up[action] / up.sum()) - np.log(down[action] / down.sum()))
    return np.array(slopes) / 2e-5


def slope_on_a_copy(probabilities, action):
    slopes = -probabilities
    slopes[action] += 1
    return slopes


def slope_in_place(probabilities, action):
    probabilities *= -1
    probabilities[action] += 1
    return probabilities


def log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def taken(logits, actions):
    return log_softmax(logits)[np.arange(len(actions)), actions]


def loss_in_a_loop(logits, actions, returns):
    total = 0.0
    for z, a, g in zip(logits, actions, returns, strict=True):
        total -= (z[a] - math.log(sum(math.exp(x) for x in z))) * g
    return total


def loss_too_early(logits, actions, returns):
    loss = 0
    for t in range(len(actions)):
        loss -= taken(logits, actions)[t] * returns[t]
        return loss


def loss_in_tensorflow(logits, actions, returns):
    log_probabilities = tf.nn.log_softmax(logits)
    return -tf.reduce_sum(tf.gather(log_probabilities, actions, batch_dims=1) * returns)


def loss_by_mask(z, a, g):
    return tf.reduce_sum(
        -tf.reduce_sum(tf.one_hot(a, z.shape[1]) * tf.nn.log_softmax(z), axis=1) * g
    )


def loss_in_a_tensorflow_loop(logits, actions, returns):
    total = tf.constant(0.0, logits.dtype)
    for t in range(len(actions)):
        total -= tf.math.log(tf.nn.softmax(logits[t])[actions[t]]) * returns[t]
    return total


def loss_over_zipped_steps(logits, actions, returns):
    losses = []
    for z, a, g in zip(tf.nn.log_softmax(logits), actions, returns, strict=True):
        losses.append(-z[a] * g)
    return tf.reduce_sum(losses)


def loss_by_pairs(logits, actions, returns):
    pairs = tf.stack([tf.range(len(actions)), tf.cast(actions, tf.int32)], axis=1)
    return -tf.reduce_sum(tf.gather_nd(tf.nn.log_softmax(logits), pairs) * returns)


def returns_of(rewards, discount):
    later, returns = 0.0, []
    for reward in list(rewards)[::-1]:
        later = reward + discount * later
        returns.append(later)
    return np.array(returns[::-1])


def in_integers(rewards, discount, small=0.0):
    returns = np.zeros_like(rewards)
    later = 0
    for t in reversed(range(len(rewards))):
        later = rewards[t] + discount * later
        returns[t] = later
    return (returns - returns.mean()) / (returns.std() + small)


def without_type(rewards, discount):
    returns = np.zeros_like(rewards, dtype=float)
    returns[-1] = rewards[-1]
    for t in range(len(rewards) - 2, -1, -1):
        returns[t] = rewards[t] + discount * returns[t + 1]
    spread = returns.std()
    return (returns - returns.mean()) / spread if spread > 0 else np.zeros(len(returns))


def integers_along_the_way(rewards, discount):
    later, returns = 0, []
    for reward in rewards[::-1]:
        later = int(reward + discount * later)
        returns.insert(0, later)
    return safely(np.array(returns))


def by_powers(rewards, discount):
    count = len(rewards)
    returns = [sum(discount ** (k - t) * rewards[k] for k in range(t, count)) for t in range(count)]
    return safely(np.array(returns))


def in_tensorflow(rewards, discount):
    returns = discounted_returns(rewards, discount)
    centred = returns - tf.reduce_mean(returns)
    return tf.math.divide_no_nan(centred, tf.math.reduce_std(returns))


@tf.function
def in_a_graph(rewards, discount):
    later, returns = 0.0, []
    for reward in reversed(tf.unstack(tf.cast(rewards, tf.float32))):
        later = reward + discount * later
        returns.insert(0, later)
    returns = tf.stack(returns)
    spread = tf.math.reduce_std(returns)
    return (returns - tf.reduce_mean(returns)) / tf.where(spread > 0, spread, 1.0)


def in_pure_python(rewards, discount):
    later, returns = 0, []
    for reward in reversed(list(rewards)):
        later = float(reward) + discount * later
        returns = [later, *returns]
    mean = sum(returns) / len(returns)
    spread = math.sqrt(sum((g - mean) ** 2 for g in returns) / len(returns))
    return [(g - mean) / spread if spread else 0.0 for g in returns]


def overwriting(rewards, discount):
    for t in range(len(rewards) - 2, -1, -1):
        rewards[t] += discount * rewards[t + 1]
    return safely(rewards)


def safely(returns, small=1e-8):
    return (returns - returns.mean()) / (returns.std() + small)


def squeezed(returns):
    return (returns - returns.min()) / (np.ptp(returns) + 1e-8)


def by_variance(returns):
    return (returns - returns.mean()) / (returns.var() + 1e-8)


def discounted_from_the_start(rewards, discount):
    count = len(rewards)
    return safely(
        np.array([sum(discount**k * rewards[k] for k in range(t, count)) for t in range(count)])
    )


def added_from_the_front(rewards, discount):
    later, returns = 0.0, []
    for reward in rewards:
        later = reward + discount * later
        returns.append(later)
    return safely(np.array(returns))


def never_turned_round(rewards, discount):
    later, returns = 0.0, []
    for reward in reversed(rewards):
        later = reward + discount * later
        returns.append(later)
    return safely(np.array(returns))


def log_pi(logits, actions):
    return tf.gather(tf.nn.log_softmax(logits), actions, batch_dims=1)


NEEDS = {
    "log_policy_gradient": {
        "np.eye": "13",
        r"\nabla \log \pi(a)": "13",
        "probabilities": "13",
    },
    "reinforce_loss": {
        "tf.nn.log_softmax": "13",
        "tf.gather": "13",
        "batch_dims": "13",
        "tf.reduce_sum": "13",
        "logits": "13",
        "$G_t$": "13",
        "GradientTape": "13",
    },
    "standardised_returns": {
        "np.zeros": "02",
        "np.zeros_like": "13",
        ".mean": "13",
        ".std": "13",
        "reversed": "01",
        "$\\gamma$": "01",
        "NaN": "13",
    },
}

WRONG = {
    "log_policy_gradient": [
        (lambda p, a: np.eye(len(p))[a] - np.mean(p), "for equally likely"),
        (lambda p, a: tf.one_hot(a, len(p)) - tf.nn.softmax(p), "once more"),
        (lambda p, a: np.eye(len(p))[a] * (np.eye(len(p))[a] - p), "the others' slopes are 0"),
        (lambda p, a: [1 - x for x in p], "every action got 1 minus"),
        (lambda p, a: p[a] * (np.eye(len(p))[a] - p), "the slope of pi"),
        (lambda p, a: np.eye(len(p))[a] / p - p, "the 1 is divided"),
        (slope_in_place, "changes its argument probabilities"),
        (lambda p, a: tf.one_hot(a, len(p)), "subtract the probabilities"),
        (lambda p, a: tf.one_hot(a, len(p)) * (1 - p), "the others' slopes are 0"),
        (lambda p, a: [1 if i == a else 0 for i in range(len(p))] + p, "are added"),
        (lambda p, a: np.gradient(np.log(p)) if len(p) > 1 else [0], "differences of neigh"),
        (lambda p, a: [p[i] - (i == a) for i in range(len(p))], "sign is turned"),
        (lambda p, a: np.eye(2)[a] - p, "for two actions"),
        (lambda p, a: np.eye(3)[a] - p, "for three actions"),
        (lambda p, a: np.eye(len(p))[a] - p.sum(), "the sum of the probabilities"),
        (lambda p, a: a - p, "the number of the action"),
        (lambda p, a: (np.arange(len(p)) == a) - p**2, "are squared"),
        (lambda p, a: (np.arange(len(p)) != a) - p, "that were not taken"),
        (lambda p, a: [1 - x if i == a else x for i, x in enumerate(p)], "others' probabilities"),
        (lambda p, a: sum(np.eye(len(p))[a] - p), "are summed up"),
        (lambda p, a: np.eye(len(p))[a] - np.log(p), "the logarithms"),
        (lambda p, a: np.eye(p)[a] - p, "TypeError"),
        (lambda p, a: p[a] * (1 - p[a]), "and one number"),
        (lambda p, a: (np.eye(len(p))[a] - p)[a], "one number"),
        (lambda p, a: print(np.eye(len(p))[a] - p), "returns nothing"),
    ],
    "reinforce_loss": [
        (lambda z, a, g: -tf.reduce_sum(tf.gather(tf.nn.log_softmax(z), a) * g), "batch_dims=1"),
        (lambda z, a, g: -tf.reduce_sum(tf.nn.log_softmax(z) * g), "first pick out"),
        (lambda z, a, g: -tf.reduce_sum(tf.stop_gradient(log_pi(z, a)) * g), "no gradient"),
        (lambda z, a, g: -tf.reduce_sum(log_pi(z, a)) * tf.reduce_sum(g), "before they are mult"),
        (lambda z, a, g: -tf.reduce_sum(log_pi(tf.nn.softmax(z), a) * g), "twice"),
        (lambda z, a, g: -(log_pi(z, a) * g)[-1], "only the last step"),
        (
            lambda z, a, g: keras.losses.SparseCategoricalCrossentropy(from_logits=True)(a, z, g),
            "it is the mean",
        ),
        (loss_too_early, "only the first step"),
        (loss_in_a_loop, "the gradient flows only in part"),
        (lambda z, a, g: -np.sum(taken(np.array(z), np.array(a)) * g), "no gradient reaches"),
        (lambda z, a, g: float(loss_in_tensorflow(z, a, g)), "no gradient reaches"),
        (lambda z, a, g: tf.stop_gradient(loss_in_tensorflow(z, a, g)), "no gradient reaches"),
        (lambda z, a, g: -np.trace(log_softmax(np.array(z))[:, a] * g), "no gradient reaches"),
        (lambda z, a, g: policy_gradient_loss(z, a, g), "the course's own"),
        (lambda z, a, g: -tf.reduce_mean(taken(z, a) * g), "it is the mean"),
        (lambda z, a, g: tf.nn.sparse_softmax_cross_entropy_with_logits(a, z) * g, "their sum"),
        (
            lambda z, a, g: tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(a, z)),
            "cross-entropy alone",
        ),
        (lambda z, a, g: -tf.reduce_sum(tf.gather(tf.nn.softmax(z), a, batch_dims=1) * g), "logar"),
        (lambda z, a, g: -tf.reduce_sum(tf.gather(z, a, batch_dims=1) * g), "through the softmax"),
        (lambda z, a, g: -np.sum(log_softmax(z)[a] * g), "picks whole rows"),
        (lambda z, a, g: -np.sum(g @ log_softmax(z)), "sums over all actions"),
        (lambda z, a, g: -np.sum(np.log(z)[range(len(a)), a] * g), "is of the logits"),
        (lambda z, a, g: -np.sum(np.log2(np.exp(taken(z, a))) * g), "base 2"),
        (lambda z, a, g: -np.prod(taken(z, a) * g), "by each other"),
        (lambda z, a, g: -np.sum(taken(z, a) * g[::-1]), "run backwards"),
        (lambda z, a, g: -np.sum(taken(z, a) * np.sign(g)), "only the sign"),
        (lambda z, a, g: -np.sum(taken(z, a) * safely(g)), "are standardised"),
        (lambda z, a, g: abs(np.sum(taken(z, a) * g)), "has lost its sign"),
        (lambda z, a, g: -np.sum(taken(z, a) * g[:, None]), "before they are multiplied"),
        (lambda z, a, g: (-np.sum(taken(z, a) * g), taken(z, a)), "two things"),
        (lambda z, a, g: tf.reduce_sum(log_pi(z, a) * g), "the sign is turned"),
        (lambda z, a, g: -np.sum(math.log(z) * g), "Error"),
    ],
    "standardised_returns": [
        (discounted_from_the_start, "begins anew"),
        (added_from_the_front, "from the front"),
        (never_turned_round, "the order is turned"),
        (lambda r, g: safely(returns_of(r, g), 0) + 1e-8, "give NaN"),
        (
            lambda r, g: (
                returns_of(r, g) - returns_of(r, g).mean() / (returns_of(r, g).std() + 1e-8)
            ),
            "without brackets",
        ),
        (in_integers, "two mistakes are left: still integers"),
        (lambda r, g: in_integers(r, g, 1e-8), "→ still integers"),
        (overwriting, "written into `rewards`"),
        (lambda r, g: (safely(returns_of(r, g)), r.sort())[0], "changes its argument rewards"),
        (integers_along_the_way, "on the way"),
        (lambda r, g: in_integers(r.astype(float), g), "equal returns"),
        (lambda r, g: safely(returns_of(r, g), 1e-3), "too large"),
        (lambda r, g: safely(np.cumsum(r[::-1])[::-1]), "discount factor is lost"),
        (lambda r, g: safely(r), "the rewards are standardised"),
        (lambda r, g: returns_of(r, g) / (returns_of(r, g).std() + 1e-8), "mean is not subtracted"),
        (lambda r, g: squeezed(returns_of(r, g)), "between 0 and 1"),
        (lambda r, g: np.round(safely(returns_of(r, g)), 2), "rounded"),
        (lambda r, g: np.clip(safely(returns_of(r, g)), -1, 1), "clipped"),
        (lambda r, g: safely(returns_of(r, g)).mean(), "always 0"),
        (lambda r, g: by_variance(returns_of(r, g)), "by the variance"),
        (lambda r, g: (safely(returns_of(r, g)), returns_of(r, g)), "two things"),
        (
            lambda r, g: returns_of(r, g) - returns_of(r, g).mean() / returns_of(r, g).std(),
            "without br",
        ),
        (lambda r, g: safely(r * g ** np.arange(len(r))), "not added up"),
        (lambda r, g: safely(returns_of(r, g))[:, None], "a column"),
        (lambda r, g: safely(returns_of(r, g)) if len(r) > 1 else None, "None"),
        (lambda r, g: safely(returns_of(r)), "TypeError"),
        (lambda r, g: returns_of(r, g).standardise(), "AttributeError"),
    ],
}

RIGHT = {
    "log_policy_gradient": [
        slope_in_a_loop,
        slope_by_tape,
        slope_by_pushing,
        slope_on_a_copy,
        lambda p, a: np.eye(len(p))[a] - p,
        lambda p, a: tf.one_hot(a, len(p)) - p,
        tf.function(lambda p, a: tf.one_hot(a, len(p), dtype=p.dtype) - p),
        lambda p, a: keras.ops.one_hot(a, len(p), dtype=p.dtype) - p,
        lambda p, a: (np.arange(len(p)) == a) - p,
        lambda p, a: [(i == a) - p[i] for i in range(len(p))],
        lambda p, a: (float(i == a) - x for i, x in enumerate(p)),
        lambda p, a: map(lambda i, x: (i == a) - x, range(len(p)), p),
        lambda p, a: (np.diag(1 / p) @ (np.diag(p) - np.outer(p, p)))[a],
        lambda p, a: tuple((np.identity(p.size) - p)[a].tolist()),
        lambda p, a: np.where(np.arange(p.shape[0]) == a, 1 - p, -p),
        lambda p, a: keras.utils.to_categorical(a, len(p)) - p,
    ],
    "reinforce_loss": [
        loss_in_tensorflow,
        tf.function(loss_in_tensorflow),
        loss_by_mask,
        loss_in_a_tensorflow_loop,
        loss_over_zipped_steps,
        loss_by_pairs,
        lambda z, a, g: tf.tensordot(tf.nn.sparse_softmax_cross_entropy_with_logits(a, z), g, 1),
        lambda z, a, g: tf.reduce_sum(
            tf.nn.softmax_cross_entropy_with_logits(tf.one_hot(a, z.shape[1]), z) * g
        ),
        lambda z, a, g: keras.ops.sum(
            keras.losses.sparse_categorical_crossentropy(a, z, from_logits=True) * g
        ),
        lambda z, a, g: keras.losses.SparseCategoricalCrossentropy(True, reduction="sum")(a, z, g),
        lambda z, a, g: sum(-(tf.nn.log_softmax(z[t])[a[t]] * g[t]) for t in range(len(a))),
        lambda z, a, g: (
            len(a) * -tf.reduce_mean(tf.math.log(tf.gather(tf.nn.softmax(z), a, batch_dims=1)) * g)
        ),
        lambda z, a, g: -tf.einsum("t,t->", tf.gather(tf.nn.log_softmax(z), a, batch_dims=1), g),
        lambda z, a, g: [
            -keras.ops.sum(
                keras.ops.take_along_axis(keras.ops.log_softmax(z), a[:, None], axis=1)[:, 0] * g
            )
        ],
        lambda z, a, g: tf.reduce_sum(
            (tf.reduce_logsumexp(z, axis=1) - tf.gather(z, a, batch_dims=1)) * g
        ),
    ],
    "standardised_returns": [
        without_type,
        by_powers,
        in_tensorflow,
        in_pure_python,
        in_a_graph,
        lambda r, g: safely(returns_of(r, g)),
        lambda r, g: safely(returns_of(r, g), 1e-5),
        lambda r, g: safely(returns_of(r, g).astype(np.float32), np.finfo(np.float32).eps),
        lambda r, g: safely(discounted_returns(r, g).numpy()),
        lambda r, g: in_integers(r.astype("float32"), g, 1e-7),
        lambda r, g: np.nan_to_num(safely(returns_of(r, g), 0)),
        lambda r, g: list(safely(returns_of(r.tolist(), g))),
        lambda r, g: iter(safely(returns_of(r, g))),
        lambda r, g: (x for x in safely(returns_of(r, g))),
        lambda r, g: (returns_of(r, g) - returns_of(r, g).mean()) / (returns_of(r, g).std() or 1),
        lambda r, g: (
            (returns_of(r, g) - np.mean(returns_of(r, g))) / max(np.std(returns_of(r, g)), 1e-8)
        ),
        lambda r, g: safely(returns_of(r, g)) if np.std(returns_of(r, g)) else 0 * returns_of(r, g),
        lambda r, g: keras.ops.divide_no_nan(
            returns_of(r, g) - returns_of(r, g).mean(), returns_of(r, g).std()
        ),
    ],
}
