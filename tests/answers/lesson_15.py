"""Answers that students would write in lesson 15; WRONG: with a phrase of what they are told."""

import itertools

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


def appending_too_late(rewards, value_after, discount):
    returns, later = [], value_after
    for reward in reversed(rewards):
        later = reward + discount * later
        returns.append(reward + discount * later)
    return returns[::-1]


def appending_before(rewards, value_after, discount):
    returns, later = [], value_after
    for reward in reversed(rewards):
        returns.append(later)
        later = reward + discount * later
    return returns[::-1]


def counting_from_the_start(rewards, value_after, discount):
    powers = discount ** np.arange(len(rewards) + 1.0)
    return np.cumsum((powers * [*rewards, value_after])[::-1])[::-1][:-1]


def forwards(rewards, value_after, discount):
    returns, later = [], value_after
    for reward in rewards:
        later = reward + discount * later
        returns.append(later)
    return returns


def standardised(returns):
    return (returns - returns.mean()) / (returns.std() + 1e-8)


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
    log_policy = z - tf.reduce_logsumexp(z, axis=1, keepdims=True)
    advantages = tf.constant(returns_of(r, 0.0 if d[-1] else n[-1], discount), tf.float32) - v
    actor = -tf.reduce_sum(tf.gather(log_policy, a, axis=1, batch_dims=1) * advantages)
    actor += weight * tf.reduce_sum(tf.exp(log_policy) * log_policy)
    return actor, tf.reduce_sum(advantages**2)


def losses_in_numpy(z, a, r, v, n, d, discount, weight):
    log_policy = tf.nn.log_softmax(z).numpy()
    advantages = returns_of(r, 0.0 if d[-1] else n.numpy()[-1], discount) - v.numpy()
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
        returns = tf.cast(returns_of(r, value_after, discount), tf.float32)
        advantages = returns - (n if bug == "next" else v)
        log_policy = tf.nn.log_softmax(z)
        if bug == "softmax":
            log_policy = tf.nn.softmax(z)
        if bug == "log of softmax twice":
            log_policy = tf.math.log(tf.nn.softmax(tf.nn.softmax(z)))
        taken = tf.gather(log_policy, a, batch_dims=1)
        entropy = -tf.reduce_sum(tf.exp(log_policy) * log_policy)
        if bug == "abs":
            advantages = abs(advantages)
        if bug == "normalised":
            advantages -= tf.reduce_mean(advantages)
        if bug == "entropy times advantage":
            entropy = -tf.reduce_sum(tf.reduce_sum(tf.exp(log_policy) * log_policy, 1) * advantages)
        if bug == "column":
            taken = taken[:, None]
        actor_loss = -tf.reduce_sum(taken * advantages) - weight * entropy
        critic_loss = tf.reduce_sum(advantages**2)
        if bug == "plus":
            actor_loss = -tf.reduce_sum(taken * advantages) + weight * entropy
        if bug == "product":
            actor_loss = -tf.reduce_sum(taken * advantages) * weight * entropy
        if bug == "weight everywhere":
            actor_loss = weight * (-tf.reduce_sum(taken * advantages) - entropy)
        if bug == "in the critic":
            critic_loss -= weight * entropy
        if bug == "root":
            critic_loss = tf.sqrt(critic_loss)
        if bug == "absolute errors":
            critic_loss = tf.reduce_sum(abs(advantages))
        return actor_loss, critic_loss

    return my_a3c_losses


def losses_in_tensorflow(z, a, r, v, n, d, discount, weight):
    after = tf.where(d[-1], 0.0, n[-1])
    advantages = in_tensorflow(r, after, discount) - v
    actor = policy_gradient_loss(z, a, advantages) - weight * tf.reduce_sum(entropy(z))
    return actor, tf.reduce_sum(advantages**2)


def losses_in_a_graph(z, a, r, v, n, d, discount, weight):
    log_policy = tf.nn.log_softmax(z)
    steps = tf.range(tf.shape(v)[0])
    ahead = tf.cast(steps[None] - steps[:, None], tf.float32)  # [t, k]: k - t
    powers = tf.where(ahead < 0, 0.0, discount ** tf.maximum(ahead, 0.0))
    after = tf.where(d[-1], 0.0, n[-1]) * discount ** tf.cast(len(v) - steps, tf.float32)
    advantages = tf.linalg.matvec(powers, tf.cast(r, tf.float32)) + after - v
    policy_part = tf.reduce_sum(tf.gather(log_policy, a, batch_dims=1) * advantages)
    minus_entropy = tf.reduce_sum(tf.exp(log_policy) * log_policy)
    return -policy_part + weight * minus_entropy, tf.reduce_sum(tf.square(advantages))


def losses_in_keras(z, a, r, v, n, d, discount, weight):
    returns = returns_of(r, n[-1] * (1 - d[-1]), discount)
    advantages = keras.ops.convert_to_tensor(returns, "float32") - v
    log_policy = keras.ops.log_softmax(z)
    taken = keras.ops.take_along_axis(log_policy, np.array(a)[:, None], axis=1)[:, 0]
    actor = -keras.ops.sum(taken * advantages)
    actor += weight * keras.ops.sum(keras.ops.exp(log_policy) * log_policy)
    return [actor, keras.ops.sum(keras.ops.square(advantages))]


def losses_in_a_loop(z, a, r, v, n, d, discount, weight):
    actor = critic = 0.0
    later = 0.0 if d[-1] else float(n[-1])
    for t in reversed(range(len(r))):
        later = r[t] + discount * later
        policy = tf.nn.softmax(z[t])
        actor -= tf.math.log(policy[a[t]]) * (later - v[t])
        actor += weight * sum(p * tf.math.log(p) for p in policy)
        critic += (later - v[t]) ** 2
    return actor, critic


def losses_of_a_distribution(z, a, r, v, n, d, discount, weight):
    policy = tf.nn.softmax(z)
    returns = returns_of(r, 0.0 if d[-1] else n[-1], discount).astype("float32")
    taken = tf.reduce_sum(policy * tf.one_hot(a, z.shape[1]), axis=1)
    actor = -tf.tensordot(tf.math.log(taken), returns - v, 1)
    actor += weight * tf.reduce_sum(policy * tf.math.log(policy))
    return actor, tf.norm(returns - v) ** 2


def losses_of_pytorch_habit(z, a, r, v, n, d, discount, weight):
    returns = tf.constant(returns_of(r, 0.0 if d[-1] else n[-1], discount), tf.float32)
    cross_entropy = keras.losses.sparse_categorical_crossentropy(np.array(a), z, from_logits=True)
    actor = tf.reduce_sum(cross_entropy * tf.stop_gradient(returns - v))
    actor -= weight * tf.reduce_sum(entropy(z))
    return actor, len(r) * tf.reduce_mean(tf.math.squared_difference(v, returns))


def with_double_log(z, *x):
    return losses(tf.math.log(tf.nn.softmax(z)), *x)


WRONG = {
    "n_step_returns": [
        (adding_undiscounted, "it is discounted, too"),
        (in_integers, "integers"),
        (changing, "changes its argument rewards"),
        (reversing, "changes its argument rewards"),
        (lambda r, v, g: discounted_returns(r, g), "begins with 0"),
        (lambda r, v, g: discounted_returns([*r, v], g), "no step's return"),
        (lambda r, v, g: returns_of(r, v, g) * g, "once too often"),
        (lambda r, v, g: np.cumsum(r) + v, "np.cumsum"),
        (lambda r, v, g: np.cumsum(r[::-1])[::-1] + g * v, "without discounting"),
        (lambda r, v, g: np.mean(by_powers(r, v, g)), "mean of the returns"),
        (lambda r, v, g: by_index(r, v, g)[1:], "first step's return is missing"),
        (lambda r, v, g: (returns_of(r, v, g), v), "that is a pair"),
        (lambda r, v, g: returns_of(np.add(r, v), v, g), "added to each reward"),
        (lambda r, v, g: returns_of(np.add(r, g * v), 0, g), "the sum goes on"),
        (appending_too_late, "counted twice"),
        (counting_from_the_start, "count from the rollout's start"),
        (forwards, "from the front"),
        (appending_before, "the return of the next one"),
        (lambda r, v, g: returns_of(r, v, g)[::-1], "the order is turned"),
        (lambda r, v, g: [x + g * v for x in r], "on its own"),
        (lambda r, v, g: [*recursive(r[:-1], v, g), v], "replaces the last reward"),
        (lambda r, v, g: standardised(returns_of(r, v, g)), "standardised"),
        (lambda r, v, g: tf.cast(by_powers(r, v, g), tf.int32), "decimals"),
        (lambda r, v, g: np.reshape(by_powers(r, v, g), [-1, 1]), "a column"),
        (lambda r, v, g: by_powers(r, v, g)[0], "only the first return"),
        (lambda r, v, g: returns_of(r, v), "TypeError"),
        (lambda r, v, g: np.cumsum(r[::-1])[::-1] + v, "discount factor is lost"),
        (lambda r, v, g: print(returns_of(r, v, g)), "returns nothing"),
    ],
    "a3c_losses": [
        (losses_by_hand("swapped"), "wrong way round"),
        (losses_by_hand("any"), "wrong way round"),
        (losses_by_hand("next"), "take V(s) off, not next_values"),
        (losses_by_hand("abs"), "lose their sign"),
        (losses_by_hand("plus"), "one mistake is left: the entropy has the wrong sign"),
        (losses_by_hand("product"), "the entropy is multiplied"),
        (losses_by_hand("weight everywhere"), "weighs the entropy alone"),
        (losses_by_hand("softmax"), "log_softmax"),
        (losses_by_hand("log of softmax twice"), "softmax is applied twice"),
        (losses_by_hand("normalised"), "mean of the advantages"),
        (losses_by_hand("entropy times advantage"), "the entropy stands alone"),
        (losses_by_hand("column"), "with every other"),
        (losses_by_hand("in the critic"), "belongs in the actor's loss"),
        (losses_by_hand("root"), "root"),
        (losses_by_hand("absolute errors"), "not squared"),
        (losses_in_numpy, "no gradient can be taken"),
        (lambda *x: map(float, losses(*x)), "no gradient can be taken"),
        (lambda *x: (tf.stop_gradient(losses(*x)[0]), losses(*x)[1]), "through the actor's loss"),
        (lambda *x: (losses(*x)[0], losses(*x)[1].numpy()), "no gradient can be taken"),
        (lambda *x: (*losses(*x), tf.reduce_sum(entropy(x[0]))), "three numbers"),
        (lambda *x: (losses(*x)[0], None), "still None"),
        (lambda z, *x: losses(tf.nn.softmax(z), *x), "softmax is applied twice"),
        (lambda z, a, *x: losses(z, np.zeros_like(a), *x), "always takes action 0"),
        (lambda z, a, r, v, n, d, *x: losses(z, a, r, n, v, d, *x), "changed places"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r, v, n, d, w, g), "changed places"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r, v * 0, n, d, g, w), "V(s) is missing"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r[::-1], v, n, d, g, w), "backwards"),
        (lambda z, a, r, v, n, d, g, w: losses(z, a, r, v, n[::-1], d, g, w), "wrong end"),
        (lambda *x: losses(*x[:-1], 0.01), "always 0.01"),
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
        losses_of_pytorch_habit,
        lambda *x: list(losses(*x)),
        with_double_log,
        lambda *x: tf.stack(losses_in_tensorflow(*x)),
        lambda *x: (part for part in losses(*x)),
        lambda *x: map(tf.identity, losses(*x)),
        lambda *x: keras.ops.stack(losses_in_keras(*x)),
        lambda z, *x: losses(z - tf.reduce_max(z, axis=1, keepdims=True), *x),
        tf.function(losses_in_a_graph),
        lambda z, a, r, v, n, d, g, w: losses(z, a, r, v, tf.stop_gradient(n), d, g, w),
    ],
}

NEEDS = {
    "n_step_returns": {
        "np.array": "15",
        "reversed": "15",
        "value_after": "15",
        "$V(s_T)$": "15",
        "\\gamma": "15",
        "rollout": "15",
    },
    "a3c_losses": {
        "tf.cast": "15",
        "tf.nn.log_softmax": "15",
        "tf.gather": "15",
        "tf.reduce_sum": "15",
        "tf.exp": "15",
        "next_values": "15",
        "terminated": "15",
        "H(\\pi)": "15",
        "\\beta": "15",
    },
}
