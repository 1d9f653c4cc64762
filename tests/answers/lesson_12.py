"""Answers that students would write in lesson 12; WRONG: with a phrase of what they are told."""

import statistics

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import advantage_learning_target, bellman_target, double_bellman_target


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


def marked_down(targets, q_values, actions, alpha):
    return targets - alpha * (q_values.max(axis=1) - rows(q_values, actions))


def marked_down_in_a_loop(targets, q_values, actions, alpha):
    learned = []
    for target, values, action in zip(targets, q_values, actions, strict=True):
        learned.append(target - alpha * (max(values) - values[action]))
    return learned


def marked_down_by_tensorflow(targets, q_values, actions, alpha):
    taken = tf.gather(q_values, actions, batch_dims=1)
    return targets - tf.cast(alpha, taken.dtype) * (tf.reduce_max(q_values, axis=1) - taken)


def marked_down_by_a_mask(targets, q_values, actions, alpha):
    mask = np.eye(q_values.shape[1])[actions]
    return targets - alpha * np.sum((q_values.max(axis=1, keepdims=True) - q_values) * mask, axis=1)


def marking_down(targets, q_values, actions, alpha):
    targets -= alpha * (q_values.max(axis=1) - rows(q_values, actions))
    return targets


def marked(rule):
    """Targets less alpha times a rule of (Q-values, actions)."""
    return lambda y, q, a, alpha: y - alpha * rule(q, a)


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
    "advantage_learning_target": [
        (advantage_learning_target, "the course's own"),
        (lambda *case: advantage_learning_target(*case), "the course's own"),
        (marking_down, "changes its argument targets"),
        (lambda y, q, a, alpha: y + alpha * (np.max(q, 1) - rows(q, a)), "the gap is added"),
        (lambda y, q, a, alpha: y - alpha * (rows(q, a) - np.max(q, 1)), "the gap is added"),
        (lambda y, q, a, alpha: y - (np.max(q, 1) - rows(q, a)), "only its share"),
        (lambda y, q, a, alpha: y - 0.7 * (np.max(q, 1) - rows(q, a)), "a share of its own"),
        (lambda y, q, a, alpha: y - (1 - alpha) * (q.max(1) - rows(q, a)), "it is alpha"),
        (lambda y, q, a, alpha: alpha * y - (q.max(1) - rows(q, a)), "belongs to the gap"),
        (lambda y, q, a, alpha: y - alpha * q.max(1) - rows(q, a), "expected"),
        (lambda y, q, a, alpha: y - alpha * (q.max(1) - y), "compare it with Q(s, a_t)"),
        (lambda y, q, a, alpha: y - alpha * (y - rows(q, a)), "two Q-values of one state"),
        (lambda y, q, a, alpha: rows(q, a) - marked_down(0, q, a, -alpha), "off the target"),
        (lambda y, q, a, alpha: marked_down(y, q, a, alpha).mean(), "that is the mean"),
        (lambda y, q, a, alpha: marked_down_in_a_loop(y, q, a, alpha)[0], "return too early"),
        (lambda y, q, a, alpha: marked_down(y, q, a, alpha)[:, None], "extra axis"),
        (marked(lambda q, a: np.max(q) - rows(q, a)), "of the whole batch"),
        (marked(lambda q, a: q.max(0)[a] - rows(q, a)), "goes down the batch"),
        (marked(lambda q, a: np.argmax(q, 1) - a), "numbers of the actions are compared"),
        (marked(lambda q, a: np.argmax(q, 1) - rows(q, a)), "max its value"),
        (marked(lambda q, a: np.max(q, 1) - np.min(q, 1)), "of the worst action"),
        (marked(lambda q, a: np.max(q, 1) - np.mean(q, 1)), "the mean over the actions"),
        (marked(lambda q, a: np.max(q, 1) - q[:, 0]), "of action 0"),
        (marked(lambda q, a: np.max(q, 1) - q[0][a]), "from the first row"),
        (marked(lambda q, a: np.max(q, 1) - np.take(q, a)), "from the first row"),
        (marked(lambda q, a: np.max(q, 1) - q[:, a]), "pairs every row"),
        (marked(lambda q, a: a != np.argmax(q, 1)), "by the same"),
        (marked(lambda q, a: np.max(q, 1)), "the whole value of the best"),
        (marked(rows), "the value of the action taken"),
        (marked(lambda q, a: q.max(1)[:, None] - q), "every action of every row"),
        (marked(lambda q, a: np.max(q, 1) - q(a)), "TypeError"),
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
    "advantage_learning_target": [
        marked_down,
        marked_down_in_a_loop,
        marked_down_by_tensorflow,
        tf.function(marked_down_by_tensorflow),
        marked_down_by_a_mask,
        lambda y, q, a, alpha: y + alpha * (rows(q, a) - np.max(q, axis=1)),
        lambda y, q, a, alpha: (
            y
            - alpha
            * np.take_along_axis(q.max(axis=1, keepdims=True) - q, a[:, None], axis=1).squeeze(1)
        ),
        lambda y, q, a, alpha: (y - alpha * q.max(1)) + alpha * np.diag(q[:, a]),
        lambda y, q, a, alpha: [
            target - alpha * (max(row) - row[i])
            for target, row, i in zip(y, q.tolist(), a, strict=True)
        ],
        lambda y, q, a, alpha: y - alpha * (np.sort(q, axis=1)[:, -1] - rows(q, a)),
        lambda y, q, a, alpha: (
            y
            - alpha
            * keras.ops.subtract(
                keras.ops.max(q, axis=1), keras.ops.take_along_axis(q, a[:, None], 1)[:, 0]
            )
        ),
        marked(lambda q, a: rows(q, q.argmax(1)) - rows(q, a)),
        marked(lambda q, a: np.where(rows(q, a) < q.max(1), q.max(1) - rows(q, a), 0)),
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
    "advantage_learning_target": {".max": "12", "np.arange": "12"},
    "stayed": {"np.argmax": "12", "np.mean": "12", "greedy >= limit": "12"},
}
