"""Answers that students would write in lesson 12; WRONG: with a phrase of what they are told."""

import statistics

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import bellman_target, double_bellman_target


def numpy_rows(rewards, online, target, terminated, discount):
    values = target[np.arange(len(rewards)), np.argmax(online, axis=1)]
    return np.where(terminated, rewards, rewards + discount * values)


def tensorflow_mask(rewards, online, target, terminated, discount):
    mask = tf.one_hot(tf.argmax(online, axis=1), online.shape[1])
    return rewards + discount * (1.0 - terminated) * tf.reduce_sum(target * mask, axis=1)


def gathered(rewards, online, target, terminated, discount):
    values = tf.gather(target, tf.argmax(online, axis=1), batch_dims=1)
    return rewards + discount * values * (1 - tf.cast(terminated, tf.float32))


def loop(rewards, online, target, terminated, discount):
    targets = []
    for i in range(len(rewards)):
        value = 0 if terminated[i] else target[i][int(np.argmax(online[i]))]
        targets.append(rewards[i] + discount * value)
    return targets


def in_plain_lists(rewards, online, target, terminated, discount):
    for r, q, f, d in zip(rewards, online.tolist(), target.tolist(), terminated, strict=True):
        yield r if d else r + discount * f[q.index(max(q))]


def zeroing(rewards, online, target, terminated, discount):
    target[terminated] = 0
    return rewards + discount * rows(target, online.argmax(axis=1))


def rows(q_values, actions):
    return q_values[np.arange(len(actions)), actions]


def target(rule):
    """Targets by a rule of (rewards, model's Q, target network's Q, goes on, discount)."""
    return lambda r, q, f, d, discount: rule(r, q, f, ~d, discount)


def slices(greedy, limit):
    solved = greedy >= limit
    return solved[np.argmax(solved) + 1 :].mean()


def counting(greedy, limit):
    after, count, seen = 0, 0, False
    for value in greedy:
        if seen:
            count += 1
            after += value >= limit
        seen = seen or value >= limit
    return after / count


def tensorflow_shares(greedy, limit):
    solved = tf.cast(tf.convert_to_tensor(greedy) >= limit, tf.float32)
    return tf.reduce_mean(solved[tf.argmax(solved) + 1 :])


def with_next(greedy, limit):
    first = next(i for i, value in enumerate(greedy) if value >= limit)
    return statistics.mean(int(value >= limit) for value in greedy[first + 1 :])


def by_pop(greedy, limit):
    rest = list(greedy)
    while rest.pop(0) < limit:
        pass
    return len([value for value in rest if value >= limit]) / len(rest)


def first_index(greedy, limit):
    return [value >= limit for value in greedy].index(True)


def share(rule):
    """A share by a rule of (greedy, solved, index of the first success)."""
    return lambda greedy, limit: rule(greedy, greedy >= limit, np.argmax(greedy >= limit))


WRONG = {
    "double_bellman_target": [
        (double_bellman_target, "the course's own"),
        (lambda *case: double_bellman_target(*case), "the course's own"),
        (zeroing, "changes its argument next_target_q_values"),
        (target(lambda r, q, f, on, g: bellman_target(r, f, ~on, g)), "plain DQN target"),
        (target(lambda r, q, f, on, g: bellman_target(r, q, ~on, g)), "model chooses and values"),
        (target(lambda r, q, f, on, g: r + g * rows(q, f.argmax(1)) * on), "changed places"),
        (target(lambda r, q, f, on, g: r + 0.9 * rows(f, q.argmax(1)) * on), "of its own"),
        (target(lambda r, q, f, on, g: r + g * rows(f, q.argmax(0)) * on), "goes down the batch"),
        (target(lambda r, q, f, on, g: r + g * f[q.argmax(1)] * on), "picks whole rows"),
        (target(lambda r, q, f, on, g: r + g * np.take(f, q.argmax(1)) * on), "from the first row"),
        (target(lambda r, q, f, on, g: r + g * f[0, q.argmax(1)] * on), "from the first row"),
        (target(lambda r, q, f, on, g: r + g * rows(f, np.argmax(q)) * on), "TypeError"),
        (target(lambda r, q, f, on, g: r + g * f[:, -1] * on), "always takes the last action"),
        (target(lambda r, q, f, on, g: r + g**2 * rows(f, q.argmax(1)) * on), "is squared"),
        (target(lambda r, q, f, on, g: g * r + rows(f, q.argmax(1)) * on), "is at the reward"),
        (target(lambda r, q, f, on, g: rows(f, q.argmax(1))), "only the value of the choice"),
        (target(lambda r, q, f, on, g: (r + g * rows(f, q.argmax(1)))[on]), "are left out"),
        (target(lambda r, q, f, on, g: r + g * np.max(q * f, axis=1) * on), "are multiplied"),
        (target(lambda r, q, f, on, g: r + g * np.take(f, q.argmax(1), 1) * on), "pairs every row"),
        (target(lambda r, q, f, on, g: sum(r + g * rows(f, q.argmax(1)) * on)), "are added up"),
        (lambda r, q, f, d, g: loop(r, q, f, d, g)[0], "return too early"),
        (lambda r, q, f, d, g: r + g * rows(f, q.argmax(1)) * -d, "TypeError"),
    ],
    "stayed": [
        (lambda g, limit: slices(g, 475), "a limit of its own"),
        (lambda g, limit: slices(g, limit + 1e-6), "exactly the limit"),
        (lambda g, limit: slices(g[::-1], limit), "from the last evaluation"),
        (lambda g, limit: slices(np.sort(g), limit), "are sorted"),
        (lambda g, limit: slices(np.round(g), limit), "are rounded"),
        (lambda g, limit: np.mean(g[first_index(g, limit) + 1 :] > limit), "afterwards too"),
        (lambda g, limit: slices(g, limit) > 0.5, "more than half"),
        (lambda g, limit: round(slices(g, limit)), "more than half"),
        (lambda g, limit: f"{slices(g, limit):.0%}", "that is text"),
        (lambda g, limit: np.argmax(g >= limit), "the place of the first success"),
        (lambda g, limit: np.argmax(g >= limit) / len(g), "when the first success came"),
        (lambda g, limit: np.mean(g >= limit), "counts all evaluations"),
        (share(lambda g, s, j: s[:j].mean()), "before the first success"),
        (share(lambda g, s, j: s[-2:].mean()), "the last two"),
        (share(lambda g, s, j: 1 - s[j + 1 :].mean()), "the share that was lost"),
        (share(lambda g, s, j: s[j + 1].mean()), "one evaluation after"),
        (share(lambda g, s, j: np.median(s[j + 1 :])), "the median"),
        (share(lambda g, s, j: s[j + 1 :].sum() / s.sum()), "by the number of successes"),
        (share(lambda g, s, j: sum(s[j + 1 :])), "a number of evaluations"),
        (share(lambda g, s, j: s[j + 1 :].mean() if j else 0), "index 0 is a place"),
        (share(lambda g, s, j: s[j + 1 :].mean() if j else None), "returns nothing"),
        (lambda g, limit: g.index(limit), "AttributeError"),
    ],
}

RIGHT = {
    "double_bellman_target": [
        numpy_rows,
        tensorflow_mask,
        gathered,
        tf.function(gathered),
        loop,
        in_plain_lists,
        target(lambda r, q, f, on, g: r + g * rows(f, q.argmax(1)) * on),
        target(lambda r, q, f, on, g: bellman_target(r, rows(f, q.argmax(1))[:, None], ~on, g)),
        target(lambda r, q, f, on, g: r + g * np.diag(f[:, q.argmax(1)]) * on),
        target(lambda r, q, f, on, g: r + g * (f * np.eye(q.shape[1])[q.argmax(1)]).sum(1) * on),
        target(lambda r, q, f, on, g: r + g * (f * (q == q.max(1)[:, None])).sum(1) * on),
        target(
            lambda r, q, f, on, g: r + g * np.take_along_axis(f, q.argmax(1)[:, None], 1)[:, 0] * on
        ),
        lambda r, q, f, d, g: keras.ops.where(
            d, r, r + g * keras.ops.take_along_axis(f, keras.ops.argmax(q, 1)[:, None], 1)[:, 0]
        ),
        lambda r, q, f, d, g: map(lambda a, b, c, e: a + g * c[b.argmax()] * (not e), r, q, f, d),
    ],
    "stayed": [
        slices,
        counting,
        tensorflow_shares,
        with_next,
        by_pop,
        tf.function(tensorflow_shares),
        lambda g, limit: np.mean(g[first_index(g, limit) + 1 :] >= limit),
        lambda g, limit: [slices(g, limit)],
        lambda g, limit: keras.ops.mean(
            keras.ops.cast(g[first_index(g, limit) + 1 :] >= limit, "float32")
        ),
        share(lambda g, s, j: (s.sum() - 1) / (len(s) - j - 1)),
        share(lambda g, s, j: np.average(np.trim_zeros(s, "f")[1:])),
        share(lambda g, s, j: np.mean(s[np.flatnonzero(s)[0] + 1 :])),
        share(lambda g, s, j: s[s.cumsum() - s > 0].mean()),
    ],
}

NEEDS = {
    "double_bellman_target": {
        "np.argmax": "12",
        "np.arange": "12",
        "np.where": "12",
        "next_target_q_values": "12",
        "terminated": "01",
        "discount_factor": "01",
    },
    "stayed": {"np.argmax": "12", "np.mean": "12", "greedy >= limit": "12"},
}
