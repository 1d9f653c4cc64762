"""Answers that students would write in lesson 15; WRONG: with a phrase of what they are told."""

import itertools
import math

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import discounted_returns
from dqn_keras.policy import entropy, policy_gradient_loss


def returns_of(rewards, value_after, discount):
    returns, later = [], value_after
    for reward in reversed(rewards):
        later = reward + discount * later
        returns.append(later)
    return np.array(returns[::-1])


def in_tensorflow(rewards, value_after, discount):
    rewards = tf.concat([tf.cast(rewards, tf.float32), [value_after]], axis=0)
    return discounted_returns(rewards, discount)[:-1]


def as_the_package_does(rewards, value_after, discount):
    rewards = np.array(rewards, np.float32)
    rewards[-1] += discount * value_after
    return discounted_returns(rewards, discount)


def by_powers(rewards, value_after, discount):
    count = len(rewards)
    return [
        sum(discount ** (k - t) * rewards[k] for k in range(t, count))
        + discount ** (count - t) * value_after
        for t in range(count)
    ]


def by_index(rewards, value_after, discount):
    returns = np.zeros(len(rewards) + 1)
    returns[-1] = value_after
    for t in range(len(rewards) - 1, -1, -1):
        returns[t] = rewards[t] + discount * returns[t + 1]
    return returns[:-1]


def recursive(rewards, value_after, discount):
    if len(rewards) == 0:
        return []
    later = recursive(rewards[1:], value_after, discount)
    return [rewards[0] + discount * (later[0] if later else value_after), *later]


def accumulated(rewards, value_after, discount):
    steps = itertools.accumulate(
        list(rewards)[::-1], lambda later, r: r + discount * later, initial=value_after
    )
    return list(steps)[:0:-1]


def adding_undiscounted(rewards, value_after, discount):
    return returns_of([*rewards[:-1], rewards[-1] + value_after], 0, discount)


def in_integers(rewards, value_after, discount):
    returns, later = np.zeros_like(rewards), value_after
    for t in reversed(range(len(rewards))):
        later = rewards[t] + discount * later
        returns[t] = later
    return returns


def changing(rewards, value_after, discount):
    returns = returns_of(rewards, value_after, discount)
    rewards[0] = 0
    return returns


def reversing(rewards, value_after, discount):
    if isinstance(rewards, list):
        rewards.reverse()
        return returns_of(rewards[::-1], value_after, discount)
    return returns_of(rewards, value_after, discount)


def losses(z, a, r, v, n, d, discount, weight):
    log_policy = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    advantages = returns_of(r, 0.0 if d[-1] else n[-1], discount) - v
    actor = -np.sum(log_policy[np.arange(len(a)), a] * advantages)
    actor += weight * np.sum(np.exp(log_policy) * log_policy)
    return actor, np.sum(advantages**2)


def losses_by_hand(bug=None):
    """The lesson's function, with one more slip of a learner's."""

    def my_a3c_losses(z, a, r, v, n, d, discount, weight):
        value_after = 0.0 if d[-1] else n[-1]
        if bug == "swapped":
            value_after = n[-1] if d[-1] else 0.0
        if bug == "any":
            value_after = 0.0 if not any(d) else n[-1]
        advantages = returns_of(r, value_after, discount) - v
        if bug == "next":
            advantages = returns_of(r, value_after, discount) - n
        log_policy = tf.nn.log_softmax(z).numpy()
        taken = log_policy[np.arange(len(a)), a]
        entropy = -np.sum(np.exp(log_policy) * log_policy)
        if bug == "abs":
            advantages = abs(advantages)
        actor_loss = -np.sum(taken * advantages) - weight * entropy
        if bug == "plus":
            actor_loss = -np.sum(taken * advantages) + weight * entropy
        if bug == "product":
            actor_loss = -np.sum(taken * advantages) * weight * entropy
        if bug == "weight everywhere":
            actor_loss = weight * (-np.sum(taken * advantages) - entropy)
        return actor_loss, np.sum(advantages**2)

    return my_a3c_losses


def losses_in_tensorflow(z, a, r, v, n, d, discount, weight):
    after = tf.where(d[-1], 0.0, tf.cast(n[-1], tf.float32))
    advantages = in_tensorflow(r, after, discount) - tf.cast(v, tf.float32)
    z = tf.cast(z, tf.float32)
    actor = policy_gradient_loss(z, a, advantages) - weight * tf.reduce_sum(entropy(z))
    return actor, tf.reduce_sum(advantages**2)


def losses_in_a_graph(z, a, r, v, n, d, discount, weight):
    log_policy = tf.nn.log_softmax(z)
    returns = by_powers(r, tf.where(d[-1], tf.zeros_like(n[-1]), n[-1]), discount)
    advantages = tf.stack(returns) - v
    policy_part = tf.reduce_sum(tf.gather(log_policy, a, batch_dims=1) * advantages)
    minus_entropy = tf.reduce_sum(tf.exp(log_policy) * log_policy)
    return -policy_part + weight * minus_entropy, tf.reduce_sum(tf.square(advantages))


def losses_in_keras(z, a, r, v, n, d, discount, weight):
    advantages = keras.ops.convert_to_tensor(losses_advantages(r, v, n, d, discount), z.dtype)
    log_policy = keras.ops.log_softmax(z)
    taken = keras.ops.take_along_axis(log_policy, np.array(a)[:, None], axis=1)[:, 0]
    actor = -keras.ops.sum(taken * advantages)
    actor += weight * keras.ops.sum(keras.ops.exp(log_policy) * log_policy)
    return [actor, keras.ops.sum(keras.ops.square(advantages))]


def losses_advantages(r, v, n, d, discount):
    return returns_of(r, n[-1] * (1 - d[-1]), discount) - v


def losses_in_a_loop(z, a, r, v, n, d, discount, weight):
    actor = critic = 0.0
    later = 0.0 if d[-1] else float(n[-1])
    for t in reversed(range(len(r))):
        later = r[t] + discount * later
        policy = [math.exp(x) / sum(math.exp(y) for y in z[t]) for x in z[t]]
        actor -= math.log(policy[a[t]]) * (later - v[t])
        actor += weight * sum(p * math.log(p) for p in policy)
        critic += (later - v[t]) ** 2
    return np.array([actor, critic])


def losses_of_a_distribution(z, a, r, v, n, d, discount, weight):
    policy = tf.nn.softmax(z).numpy()
    advantages = losses_advantages(r, v, n, d, discount)
    taken = np.take_along_axis(policy, np.reshape(a, [-1, 1]), 1)[:, 0]
    actor = -np.dot(np.log(taken), advantages) + weight * np.sum(policy * np.log(policy))
    return actor, np.linalg.norm(advantages) ** 2


def losses_with_lists(z, a, r, v, n, d, discount, weight):
    actor, critic = losses(z, a, r, v, n, d, discount, weight)
    return [[actor], [critic]]


WRONG = {
    "n_step_returns": [
        (adding_undiscounted, "it is discounted, too"),
        (in_integers, "integers"),
        (changing, "changes its argument rewards"),
        (reversing, "changes its argument rewards"),
        (lambda r, v, g: discounted_returns(r, g), "begins with 0"),
        (lambda r, v, g: discounted_returns([*r, v], g), "no step's return"),
        (lambda r, v, g: returns_of(r, v, g) * g, "expected"),
        (lambda r, v, g: returns_of(r, v, 1 - g), "expected"),
        (lambda r, v, g: np.cumsum(r) + v, "expected"),
        (lambda r, v, g: np.cumsum(r[::-1])[::-1] + g * v, "expected"),
        (lambda r, v, g: returns_of(r, abs(v), g), "expected"),
        (lambda r, v, g: returns_of(r, v, g).mean(), "expected"),
        (lambda r, v, g: np.round(returns_of(r, v, g), 1), "expected"),
        (lambda r, v, g: returns_of(r, v, g)[1:], "expected"),
        (lambda r, v, g: (returns_of(r, v, g), v), "expected"),
        (lambda r, v, g: returns_of(r + v, v, g), "expected"),
        (lambda r, v, g: r + g * returns_of(r, v, g), "expected"),
        (lambda r, v, g: returns_of(list(r)[:10], v, g) * (len(r) > 1), "expected"),
        (lambda r, v, g: {t: x for t, x in enumerate(returns_of(r, v, g))}, "expected"),
        (lambda r, v, g: returns_of(r, v), "TypeError"),
        (lambda r, v, g: r.cumsum() + v, "expected"),
        (lambda r, v, g: print(returns_of(r, v, g)), "returns nothing"),
    ],
    "a3c_losses": [
        (losses_by_hand("swapped"), "wrong way round"),
        (losses_by_hand("any"), "wrong way round"),
        (losses_by_hand("next"), "expected"),
        (losses_by_hand("abs"), "expected"),
        (losses_by_hand("plus"), "one mistake is left: the entropy has the wrong sign"),
        (losses_by_hand("product"), "expected"),
        (losses_by_hand("weight everywhere"), "expected"),
        (lambda *x: 1.0, "expected"),
        (lambda *x: (*losses(*x), 0.0), "expected"),
        (lambda *x: dict(zip("ac", losses(*x), strict=True)), "expected"),
        (lambda *x: (losses(*x)[0], None), "expected"),
        (lambda *x: (str(losses(*x)[0]), losses(*x)[1]), "expected"),
        (lambda z, *x: losses(tf.nn.softmax(z).numpy(), *x), "expected"),
        (lambda z, a, *x: losses(z, np.zeros_like(a), *x), "expected"),
        (lambda z, a, r, v, n, d, *x: losses(z, a, r, n, v, d, *x), "expected"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r, v, n, d, w, g), "expected"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r, v * 0, n, d, g, w), "expected"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r[::-1], v, n, d, g, w), "expected"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r, v, n.mean() + n * 0, d, g, w), "expected"),
        (lambda z, a, r, v, n, d, g, w: losses(z.T, a, r, v, n, d, g, w), ""),
        (lambda z, a, r, v, n, d, g, w: (n.fill(0), losses(z, a, r, v, n, d, g, w))[1], "changes"),
        (
            lambda z, a, r, v, n, d, g, w: (losses(z, a, r, v, n, d, g, w), z.fill(0))[0],
            "changes its argument logits",
        ),
        (lambda z, a, r, v, n, d, g: (0, 0), "TypeError"),
    ],
}

RIGHT = {
    "n_step_returns": [
        returns_of,
        in_tensorflow,
        as_the_package_does,
        by_powers,
        by_index,
        recursive,
        accumulated,
        tf.function(by_powers),
        lambda r, v, g: np.float32(by_powers(r, v, g)),
        lambda r, v, g: (x for x in by_powers(r, v, g)),
        lambda r, v, g: map(float, by_powers(r, v, g)),
        lambda r, v, g: tuple(by_powers(r, v, g)),
        lambda r, v, g: discounted_returns(np.append(r, v), g)[:-1],
        lambda r, v, g: [tf.constant(x, tf.float32) for x in by_powers(r, v, g)],
        lambda r, v, g: keras.ops.stack(
            [keras.ops.convert_to_tensor(x, "float32") for x in by_powers(r, v, g)]
        ),
        lambda r, v, g: (
            np.triu(g ** np.maximum(np.subtract.outer(range(len(r)), range(len(r))).T, 0.0)) @ r
            + v * g ** np.arange(len(r), 0, -1.0)
        ),
    ],
    "a3c_losses": [
        losses,
        losses_by_hand(),
        losses_in_tensorflow,
        losses_in_keras,
        losses_in_a_loop,
        losses_of_a_distribution,
        losses_with_lists,
        lambda *x: np.array(losses(*x)),
        lambda *x: tf.stack(losses_in_tensorflow(*x)),
        lambda *x: map(np.float32, losses(*x)),
        lambda *x: (part for part in losses(*x)),
        lambda z, a, r, v, n, d, g, w: losses(z - z.max(1, keepdims=True), a, r, v, n, d, g, w),
        lambda z, *x: losses(np.log(tf.nn.softmax(z)), *x),
        tf.function(losses_in_a_graph),
    ],
}
