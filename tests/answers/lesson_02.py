"""Answers that students would write in lesson 02; WRONG: with a phrase of what they are told."""

import keras
import numpy as np
import tensorflow as tf


def looping(values, next_states, rewards, terminated, discount_factor):
    return [
        [
            reward if end else reward + discount_factor * values[after]
            for reward, end, after in zip(*row, strict=True)
        ]
        for row in zip(rewards, terminated, next_states, strict=True)
    ]


def cell_by_cell(values, next_states, rewards, terminated, discount_factor):
    q = np.zeros(rewards.shape)
    for s in range(len(q)):
        for a in range(q.shape[1]):
            q[s, a] = rewards[s, a]
            if not terminated[s, a]:
                q[s, a] += discount_factor * values[next_states[s, a]]
    return q


def in_tensorflow(values, next_states, rewards, terminated, discount_factor):
    future = tf.where(terminated, tf.zeros_like(rewards), tf.gather(values, next_states))
    return rewards + discount_factor * future


def zeroed_in_place(values, next_states, rewards, terminated, discount_factor):
    values[next_states[terminated]] = 0
    return rewards + discount_factor * values[next_states]


def added_in_place(values, next_states, rewards, terminated, discount_factor):
    rewards += discount_factor * values[next_states] * ~terminated
    return rewards


def update(q, transition, alpha, discount_factor):
    state, action, reward, next_state, _, terminated = transition
    target = reward + discount_factor * q[next_state].max() * (not terminated)
    return (1 - alpha) * q[state, action] + alpha * target


def update_in_a_loop(q, transition, alpha, discount_factor):
    state, action, reward, next_state, _, terminated = transition
    best = max(float(value) for value in q[next_state])
    if terminated:
        best = 0
    return q[state][action] + alpha * (reward + discount_factor * best - q[state][action])


def update_in_tensorflow(q, transition, alpha, discount_factor):
    state, action, reward, next_state, _, terminated = transition
    q = tf.constant(q)
    best = tf.where(terminated, tf.zeros([], q.dtype), tf.reduce_max(q[next_state]))
    return q[state, action] + alpha * (reward + discount_factor * best - q[state, action])


def update_on_a_copy(q, transition, alpha, discount_factor):
    q = np.array(q)
    state, action, reward, next_state, next_action, terminated = transition
    q[state, action] += alpha * (
        reward + discount_factor * (1 - terminated) * np.amax(q[next_state]) - q[state, action]
    )
    return q[state, action]


@tf.function(reduce_retracing=True)
def in_a_graph(old, reward, row, goes_on, alpha, discount_factor):
    return old + alpha * (reward + discount_factor * goes_on * tf.reduce_max(row) - old)


def through_a_graph(q, transition, alpha, discount_factor):
    s, a, r, n, _, t = transition
    parts = (q[s, a], r, q[n], 1 - t, alpha, discount_factor)
    return in_a_graph(*(tf.constant(part, tf.float64) for part in parts))


def in_place(q, transition, alpha, discount_factor):
    state, action = transition[:2]
    q[state, action] = update(q, transition, alpha, discount_factor)
    return q[state, action]


def whole_table(q, transition, alpha, discount_factor):
    q = q.copy()
    in_place(q, transition, alpha, discount_factor)
    return q


def rule(rule):
    """An update from `rule(q, state, action, reward, next_state, next_action, ended, a, d)`."""
    return lambda q, transition, alpha, discount: rule(q, *transition, alpha, discount)


NEEDS = {
    "look_ahead": {
        "np.where": "02",
        "values[next_states]": "02",
        "terminated": "01",
        "discount_factor": "01",
        r"r + \gamma \, V(s')": "02",
    },
    "q_learning_update": {
        "np.max": "02",
        "q[state, action]": "02",
        "terminated": "01",
        "discount_factor": "01",
        r"$\alpha$": "02",
        r"\max_{a'} Q(s', a')": "02",
    },
}

WRONG = {
    "look_ahead": [
        (zeroed_in_place, "changes its argument values"),
        (added_in_place, "changes its argument rewards"),
        (lambda v, n, r, t, d: r + d * v[n] * -t, "TypeError"),
        (lambda v, n, r, t, d: r + d * v[n] * (not t.all()), "only if all actions end"),
        (lambda v, n, r, t, d: r + d * v[n] * (not t.any()), "cuts the future everywhere"),
        (lambda v, n, r, t, d: np.where(t, v[n], r + d * v[n]), "keeps the value after it"),
        (lambda v, n, r, t, d: np.where(t, r, d * (r + v[n])), "the reward is discounted"),
        (lambda v, n, r, t, d: r + d * v[n] * ~t - v[:, None], "own value is subtracted"),
        (lambda v, n, r, t, d: (r + d * v[n] * ~t).max(), "one number, the largest"),
        (lambda v, n, r, t, d: r + d * v * ~t, "values has one entry for each cell"),
        (lambda v, n, r, t, d: r + d * v.mean() * ~t, "the mean of all cells"),
        (lambda v, n, r, t, d: r + d * v[n[0]] * ~t, "the next cells of cell 0"),
        (lambda v, n, r, t, d: r + d * v[n].max(1, keepdims=True) * ~t, "the best next cell"),
        (lambda v, n, r, t, d: r * d * v[n] * ~t, "are multiplied: add them"),
        (lambda v, n, r, t, d: np.where(t, r, d * v[n]), "the reward is missing"),
        (lambda v, n, r, t, d: np.where(t, 0, r + d * v[n]), "reward of the last step is lost"),
        (lambda v, n, r, t, d: np.where(~t, r, r + d * v[n]), "the wrong way round"),
        (lambda v, n, r, t, d: np.where(n == len(v) - 1, r, r + d * v[n]), "last cell for the end"),
        (lambda v, n, r, t, d: np.where(n == 24, r, r + d * v[n]), "where is `terminated`"),
        (lambda v, n, r, t, d: (r + d * v[n] * ~t).max(axis=1), "already takes the best action"),
        (lambda v, n, r, t, d: r + v[99], "IndexError"),
        (lambda v, n, r, t, d: r + d * v(n), "TypeError"),
        (lambda v, n, r, t, d: (r + d * v[n] * ~t).tolist()[0], "first cell alone"),
        (lambda v, n, r, t, d: [r + d * v[n] * ~t], "one dimension too many"),
        (lambda v, n, r, t, d: np.argmax(r + d * v[n] * ~t, axis=1), "best action's number"),
        (lambda v, n, r, t, d: print(r + d * v[n] * ~t), "returns nothing"),
        (lambda v, n, r, t: r, "TypeError"),
    ],
    "q_learning_update": [
        (in_place, "changes its argument q"),
        (whole_table, "return the new number alone"),
        (rule(lambda q, s, a, r, n, b, t, al, d: q[s, a]), "move it towards the target"),
        (rule(lambda q, s, a, r, n, b, t, al, d: q[n].max()), "only a part of the target"),
        (rule(lambda q, s, a, r, n, b, t, al, d: q), "return the new number alone"),
        (
            lambda q, t, al, d: 0.9 * q[t[0], t[1]] + 0.1 * update(q, t, 1, d),
            "the argument `alpha`",
        ),
        (rule(lambda q, s, a, r, n, b, t, al, d: r + d * q[n].max() * (1 - t)), "all the way"),
        (
            rule(
                lambda q, s, a, r, n, b, t, al, d: (
                    q[s, a] + al * (r + d * q[n].max() * -t - q[s, a])
                )
            ),
            "- is not `not`",
        ),
        (
            rule(lambda q, s, a, r, n, b, t, al, d: q[s, a] + 0.5 * (r + d * q[n].max() - q[s, a])),
            "always the same, and it looks past the end",
        ),
        (
            rule(lambda q, s, a, r, n, b, t, al, d: q[s, a] + al * (r + d * q[n] - q[s, a])),
            "one number for each action",
        ),
        (
            rule(
                lambda q, s, a, r, n, b, t, al, d: (
                    q[s, a] + al * (r + d * q[:, n].max() * (1 - t) - q[s, a])
                )
            ),
            "the row q[next_state]",
        ),
        (
            rule(
                lambda q, s, a, r, n, b, t, al, d: (
                    q[s, a] + al * (r + d * (q[n].max() * (1 - t) - q[s, a]))
                )
            ),
            "the bracket is in the wrong place",
        ),
        (
            rule(lambda q, s, a, r, n, b, t, al, d: q[s, a] + al * (r - q[s, a])),
            "where is the future",
        ),
        (lambda q, t, al, d: f"{update(q, t, al, d)}", "this is text"),
        (rule(lambda q, s, a, r, n, b, t, al, d: q[s][a][0]), "IndexError"),
        (lambda q, t, al, d: q[t] + al, "IndexError"),
        (lambda q, t, al, d: print(update(q, t, al, d)), "returns nothing"),
        (
            lambda q, t, al, d: None if t[-1] else update(q, t, al, d),
            "the last step is learned from",
        ),
        (lambda q, t, al, d: update(q, t, d, al), "are swapped"),
        (lambda q, t, al, d: round(float(update(q, t, al, d)), 2), "it is rounded"),
        (
            rule(
                lambda q, s, a, r, n, b, t, al, d: (
                    q[s, a] + al * (r + d * np.abs(q[n]).max() * (1 - t) - q[s, a])
                )
            ),
            "the largest absolute value",
        ),
        (lambda q, t, al, d: int(update(q, t, al, d)), "the decimals are lost"),
        (lambda q, t, al, d: max(q[t[0], t[1]], update(q, t, 1, d)), "the larger of old value"),
    ],
}

RIGHT = {
    "look_ahead": [
        looping,
        cell_by_cell,
        in_tensorflow,
        tf.function(in_tensorflow, reduce_retracing=True),
        lambda v, n, r, t, d: r + d * np.where(t, 0, v[n]),
        lambda v, n, r, t, d: np.where(t, r, r + d * v[n]),
        lambda v, n, r, t, d: r + d * v[n] * (1 - t),
        lambda v, n, r, t, d: r + d * np.take(v, n) * ~t,
        lambda v, n, r, t, d: r + d * (np.eye(len(v))[n] @ v) * np.logical_not(t),
        lambda v, n, r, t, d: keras.ops.where(t, r, r + d * keras.ops.take(v, n)),
        lambda v, n, r, t, d: (r[s] + d * v[n[s]] * (1 - t[s]) for s in range(len(r))),
        lambda v, n, r, t, d: map(lambda a, b, c: a + d * v[b] * ~c, r, n, t),
        lambda v, n, r, t, d: (r + d * v[n] * (t == False)).tolist(),  # noqa: E712
        lambda v, n, r, t, d: np.stack(
            [r[:, a] + d * v[n[:, a]] * ~t[:, a] for a in range(r.shape[1])], 1
        ),
    ],
    "q_learning_update": [
        update,
        update_in_a_loop,
        update_in_tensorflow,
        update_on_a_copy,
        through_a_graph,
        rule(
            lambda q, s, a, r, n, b, t, al, d: (
                q[s, a] + al * ((r if t else r + d * np.max(q[n])) - q[s, a])
            )
        ),
        rule(
            lambda q, s, a, r, n, b, t, al, d: [
                q[s, a] * (1 - al) + al * (r + (1 - t) * d * max(q[n].tolist()))
            ]
        ),
        rule(
            lambda q, s, a, r, n, b, t, al, d: np.array(
                [q[s, a] + al * (r + d * np.where(t, 0, q[n].max()) - q[s, a])], np.float32
            )
        ),
        rule(
            lambda q, s, a, r, n, b, t, al, d: (
                q[s, a] + al * (r + d * keras.ops.max(q[n]) * (not t) - q[s, a])
            )
        ),
        rule(
            lambda q, s, a, r, n, b, t, al, d: (
                q[s, a] + al * (r + d * q[n, q[n].argmax()] * (t == False) - q[s, a])  # noqa: E712
            )
        ),
    ],
}
