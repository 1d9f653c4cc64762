"""Answers that students would write in lesson 14; WRONG: with a phrase of what they are told."""

import math

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import bellman_target, td_advantage
from dqn_keras.policy import policy_gradient_loss


def in_a_loop(rewards, values, next_values, terminated, discount):
    result = []
    for i in range(len(rewards)):
        future = 0 if terminated[i] else discount * next_values[i]
        result.append(rewards[i] + future - values[i])
    return result


def in_tensorflow(r, v, n, d, g):
    return r + g * (1 - tf.cast(d, tf.float32)) * n - v


def by_index(r, v, n, d, g):
    target = r + g * n
    target[d] = r[d]
    return target - v


def zeroing(r, v, n, d, g):
    n[d] = 0
    return r + g * n - v


def subtracting(r, v, n, d, g):
    target = np.where(d, r, r + g * n)
    v -= target
    return -v


def of_the_first(r, v, n, d, g):
    for i in range(len(r)):
        return r[i] + g * n[i] * (not d[i]) - v[i]


def cut_to_integers(r, v, n, d, g):
    return (r + g * n * (1 - d) - v).astype(int)


def losses_in_numpy(logits, action, value, target):
    log_policy = logits - logits.max()
    log_policy = log_policy - np.log(np.exp(log_policy).sum())
    return [-log_policy[action] * (target - value), (target - value) ** 2]


def losses_in_numpy_that_take_tensors(logits, action, value, target):
    policy = np.exp(logits) / np.sum(np.exp(logits))
    return -np.log(policy[action]) * (target - value), (target - value) ** 2


def losses_in_pure_python(logits, action, value, target):
    odds = [math.exp(z) for z in logits]
    cross_entropy = -math.log(odds[action] / sum(odds))
    advantage = float(target) - float(value)
    return cross_entropy * advantage, advantage * advantage


def losses_in_tensorflow(logits, action, value, target):
    advantage = target - value
    actor_loss = -tf.nn.log_softmax(logits)[action] * tf.stop_gradient(advantage)
    return actor_loss, tf.square(advantage)


def losses_by_cross_entropy(logits, action, value, target):
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(action, logits)
    return cross_entropy * tf.stop_gradient(target - value), (target - value) ** 2


def losses_by_mask(logits, action, value, target):
    taken = tf.one_hot(action, len(logits))
    advantage = tf.stop_gradient(target - value)
    actor_loss = -tf.reduce_sum(taken * tf.math.log(tf.nn.softmax(logits))) * advantage
    return {"a": actor_loss, "c": (target - value) ** 2}.values()


def losses_by_the_package(logits, action, value, target):
    advantage = tf.stop_gradient(target - value)
    return policy_gradient_loss(logits[None], [action], [advantage]), (target - value) ** 2


def losses_in_a_loop(logits, action, value, target):
    odds = [tf.exp(z) for z in tf.unstack(logits)]
    advantage = tf.stop_gradient(target - value)
    return -tf.math.log(odds[action] / tf.add_n(odds)) * advantage, (target - value) ** 2


def losses_in_keras(logits, action, value, target):
    advantage = keras.ops.stop_gradient(keras.ops.convert_to_tensor(target - value))
    return -keras.ops.log_softmax(logits)[action] * advantage, keras.ops.square(target - value)


def log_pi(logits, action):
    return tf.nn.log_softmax(logits)[action]


def missing_stop(z, a, v, y):
    return -log_pi(z, a) * (y - v), tf.square(y - v)


def stopped_twice(z, a, v, y):
    advantage = tf.stop_gradient(y - v)
    return -log_pi(z, a) * advantage, tf.square(advantage)


def stopped_altogether(z, a, v, y):
    return tf.stop_gradient(-log_pi(z, a) * (y - v)), tf.square(y - v)


def stopped_value_in_the_critic(z, a, v, y):
    return -log_pi(z, a) * tf.stop_gradient(y - v), tf.square(y - tf.stop_gradient(v))


def policy_stopped(z, a, v, y):
    pi = tf.stop_gradient(tf.nn.softmax(z))
    return -tf.math.log(pi[a]) * tf.stop_gradient(y - v), tf.square(y - v)


NEEDS = {
    "advantage": {
        "np.where": "14",
        "$\\gamma$": "01",
        "terminated": "14",
        r"\delta = r + \gamma": "14",
        "rewards": "14",
    },
    "actor_critic_losses": {
        "tf.nn.log_softmax": "14",
        "tf.stop_gradient": "14",
        "tf.square": "14",
        "logits": "14",
        "[action]": "14",
        "GradientTape": "13",
        r"\log \pi": "13",
    },
}

WRONG = {
    "advantage": [
        (lambda r, v, n, d, g: v - (r + g * n * (1 - d)), "sign is turned"),
        (lambda r, v, n, d, g: np.where(d, r, r + g * n) - v[0], "first row"),
        (lambda r, v, n, d, g: g * (r + n * ~d - v), "everything is discounted"),
        (lambda r, v, n, d, g: r + g * (n - v) * ~d, "discounted and cut"),
        (zeroing, "changes its argument next_values"),
        (subtracting, "changes its argument values"),
        (of_the_first, "only the first row"),
        (cut_to_integers, "cut to integers"),
        (td_advantage, "the course's own"),
        (lambda r, v, n, d, g: td_advantage(r, v, n, d, g), "the course's own"),
        (lambda r, v, n, d, g: np.where(d, r, r + g * n), "that is the target"),
        (lambda r, v, n, d, g: np.where(d, r + g * n, r) - v, "wrong way round"),
        (lambda r, v, n, d, g: np.where(d, 0, r + g * n) - v, "reward of the last step is lost"),
        (lambda r, v, n, d, g: np.where(d, r, r + g * n - v), "counts there, too"),
        (lambda r, v, n, d, g: np.where(d, 0, r + g * n - v), "an end makes all 0"),
        (lambda r, v, n, d, g: r + g * n * -d - v, "TypeError"),
        (lambda r, v, n, d, g: r + g * (n * (d == 0).all()) - v, "one end cuts"),
        (lambda r, v, n, d, g: (r + g * n - v)[~d], "are left out"),
        (lambda r, v, n, d, g: r + n * ~d - v, "the future counts in full"),
        (lambda r, v, n, d, g: r + 0.99 * n * ~d - v, "always 0.99"),
        (lambda r, v, n, d, g: (r + g * n * ~d) / v, "divided by V(s)"),
        (lambda r, v, n, d, g: np.maximum(r + g * n * ~d - v, 0), "cut to 0"),
        (lambda r, v, n, d, g: np.sign(r + g * n * ~d - v), "only the sign"),
        (lambda r, v, n, d, g: r + g * np.roll(v, -1) * ~d - v, "of the next row"),
        (lambda r, v, n, d, g: r + g * max(n) * ~d - v, "the largest V(s')"),
        (lambda r, v, n, d, g: (r + g * n * ~d, v), "came as a pair"),
        (lambda r, v, n, d, g: r + g * n.max(axis=1) * ~d - v, "AxisError"),
        (lambda r, v, n, d, g: print(r + g * n * ~d - v), "returns nothing"),
        (lambda r, v, n, d: r, "TypeError"),
    ],
    "actor_critic_losses": [
        (
            lambda z, a, v, y: (-log_pi(z, a) * (tf.stop_gradient(y) - v), (y - v) ** 2),
            "would move the critic",
        ),
        (lambda z, a, v, y: (-log_pi(z, a) * v, tf.square(y - v)), "does not depend on the action"),
        (lambda z, a, v, y: ((y - v) ** 2, -log_pi(z, a) * (y - v)), "changed places"),
        (
            lambda z, a, v, y: (-tf.reduce_max(tf.nn.log_softmax(z)) * (y - v), (y - v) ** 2),
            "the most likely action",
        ),
        (lambda z, a, v, y: (-log_pi(z, a) * tf.stop_gradient(y - v), v**2), "V(s) alone"),
        (missing_stop, "would move the critic"),
        (tf.function(missing_stop), "would move the critic"),
        (stopped_twice, "no gradient reaches V(s)"),
        (stopped_altogether, "no gradient reaches the actor's logits"),
        (stopped_value_in_the_critic, "no gradient reaches V(s)"),
        (policy_stopped, "no gradient reaches the actor's logits"),
        (losses_in_numpy, "no gradient flows at all"),
        (losses_in_numpy_that_take_tensors, "no gradient flows at all"),
        (losses_in_pure_python, "no gradient flows at all"),
        (
            lambda z, a, v, y: [float(x) for x in losses_in_tensorflow(z, a, v, y)],
            "no gradient flows at all",
        ),
        (
            lambda z, a, v, y: (-log_pi(z, a) * float(y - v), float(y - v) ** 2),
            "no gradient reaches V(s)",
        ),
        (lambda z, a, v, y: (log_pi(z, a) * (y - v), (y - v) ** 2), "actor's sign is turned"),
        (lambda z, a, v, y: (-log_pi(z, a) * y, (y - v) ** 2), "the lecture's q function"),
        (lambda z, a, v, y: (-tf.nn.softmax(z)[a] * (y - v), (y - v) ** 2), "lacks the log"),
        (lambda z, a, v, y: (-log_pi(z, a) * (v - y), (v - y) ** 2), "actor's sign is turned"),
        (lambda z, a, v, y: (-log_pi(z, a - 1) * (y - v), (y - v) ** 2), "before the one taken"),
        (lambda z, a, v, y: (-log_pi(z, a) * np.sign(y - v), (y - v) ** 2), "only the sign"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), (y - v) ** 2, y - v), "three numbers"),
        (lambda z, a, v, y: -log_pi(z, a) * (y - v) + (y - v) ** 2, "are added up"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), np.sqrt((y - v) ** 2)), "without its sign"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), tf.square(y) - v), "in brackets"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), None), "still None"),
        (lambda z, a, v, y: (-log_pi(z, a) * (y - v), 0.5 * (y - v) ** 2), "is halved"),
        (
            lambda z, a, v, y: (-log_pi(z, a) / (y - v + 1e-9), (y - v) ** 2),
            "divided by the advantage",
        ),
        (lambda z, a, v, y: tf.nn.log_softmax(z, axis=1)[a], "Error"),
        (lambda z, a, v, y: (-z.log() * (y - v), 0), "AttributeError"),
    ],
}

RIGHT = {
    "advantage": [
        in_a_loop,
        in_tensorflow,
        tf.function(in_tensorflow),
        by_index,
        lambda r, v, n, d, g: np.where(d, r, r + g * n) - v,
        lambda r, v, n, d, g: r + g * n * ~d - v,
        lambda r, v, n, d, g: r + g * (1 - d) * n - v,
        lambda r, v, n, d, g: -(v - r - g * np.logical_not(d) * n),
        lambda r, v, n, d, g: bellman_target(r, n[:, None], d, g) - v,
        lambda r, v, n, d, g: keras.ops.where(d, r, r + g * n) - v,
        lambda r, v, n, d, g: tf.where(d, r - v, r + tf.cast(g * n, r.dtype) - v),
        lambda r, v, n, d, g: r - v + np.where(d, 0, g * n),
        lambda r, v, n, d, g: map(lambda r, v, n, d: r + g * n * (not d) - v, r, v, n, d),
        lambda r, v, n, d, g: (x for x in in_a_loop(r, v, n, d, g)),
        lambda r, v, n, d, g: np.float32(in_a_loop(r, v, n, d, g)),
        lambda r, v, n, d, g: [np.array(x) for x in in_a_loop(r, v, n, d, g)],
    ],
    "actor_critic_losses": [
        losses_in_tensorflow,
        tf.function(losses_in_tensorflow),
        losses_by_cross_entropy,
        losses_by_mask,
        losses_in_keras,
        losses_by_the_package,
        losses_in_a_loop,
        lambda z, a, v, y: tf.stack(losses_in_tensorflow(z, a, v, y)),
        lambda z, a, v, y: tuple([x] for x in losses_in_tensorflow(z, a, v, y)),
        lambda z, a, v, y: iter(losses_in_tensorflow(z, a, v, y)),
        lambda z, a, v, y: [x for x in losses_in_tensorflow(z, a, v, y)],
        lambda z, a, v, y: (log_pi(z, a) * tf.stop_gradient(v - y), (v - y) ** 2),
        lambda z, a, v, y: (-log_pi(z, a) * (y - tf.stop_gradient(v)), (v - y) ** 2),
        lambda z, a, v, y: (
            -log_pi(z, a) * float(y - v),
            keras.losses.MeanSquaredError()([y], [v]),
        ),
        lambda z, a, v, y: (
            (tf.reduce_logsumexp(z) - tf.gather(z, a)) * tf.stop_gradient(y - v),
            tf.math.squared_difference(y, v),
        ),
    ],
}
