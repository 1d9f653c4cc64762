"""Answers that students would write in lesson 01; WRONG: with a phrase of what they are told."""

import functools
import itertools

import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
toggle = itertools.cycle([0, 1])


def from_behind(rewards, discount_factor):
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount_factor * total
    return total


def from_the_front(rewards, discount_factor):
    total, weight = 0, 1
    for reward in rewards:
        total += weight * reward
        weight *= discount_factor
    return total


def recursive(rewards, discount_factor):
    if not rewards:
        return 0
    return rewards[0] + discount_factor * recursive(rewards[1:], discount_factor)


def in_tensorflow(rewards, discount_factor):
    steps = tf.range(len(rewards), dtype=tf.float32)
    return tf.reduce_sum(tf.cast(rewards, tf.float32) * discount_factor**steps)


@tf.function(reduce_retracing=True)
def in_a_graph(rewards, powers):
    return tf.reduce_sum(rewards * powers)


def popping(rewards, discount_factor):
    total = 0.0
    while rewards:
        total = rewards.pop() + discount_factor * total
    return total


def in_the_wrong_order(rewards, discount_factor):
    total = 0.0
    for reward in rewards:
        total = reward + discount_factor * total
    return total


def returns_in_the_loop(rewards, discount_factor):
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount_factor * total
        return total


def adds_to_the_total(rewards, discount_factor):
    total = 0.0
    for reward in reversed(rewards):
        total += reward + discount_factor * total
    return total


def begins_with_the_last(rewards, discount_factor):
    total = rewards[-1]
    for reward in reversed(rewards):
        total = reward + discount_factor * total
    return total


def powers(rewards, discount_factor):
    return discount_factor ** np.arange(len(rewards))


def policy_in_steps(state):
    position, velocity, angle, angular_velocity = state
    if angle + 0.4 * angular_velocity > 0:
        return 1
    return 0


@tf.function
def policy_in_a_graph(state):
    return tf.cast(tf.tensordot(state, [0.05, 0.1, 1.0, 0.3], 1) > 0, tf.int32)


network = keras.Sequential([keras.Input([4]), keras.layers.Dense(1, use_bias=False)])
network.set_weights([np.array([[0.0], [0.0], [1.0], [0.5]])])


def policy_from_behind(state):
    state *= -1
    return int(state[2] + 0.5 * state[3] < 0)


def keep_books_in_a_loop(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell in zip(rewards, terminated, strict=True):
        score += reward
        learned.append(-100 if fell else reward)
    return score, learned


def keep_books_in_place(rewards, terminated, truncated):
    score = sum(rewards)
    if terminated[-1]:
        rewards[-1] = -100
    return score, rewards


def keep_books_with_a_copy(rewards, terminated, truncated):
    learned = rewards.copy()
    if terminated[-1]:
        learned[-1] = -100
    return sum(rewards), learned


def lecture_bookkeeping(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell, cut_off in zip(rewards, terminated, truncated, strict=True):
        if (fell or cut_off) and score != 499:
            reward = -100
        learned.append(reward)
        score += reward
    if score != 500:
        score += 100
    return score, learned


def score_after_the_change(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell in zip(rewards, terminated, strict=True):
        if fell:
            reward = -100
        score += reward
        learned.append(reward)
    return score, learned


def stops_before_the_end(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell, cut_off in zip(rewards, terminated, truncated, strict=True):
        if fell or cut_off:
            break
        score += reward
        learned.append(reward)
    return score, learned


def returns_early(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell in zip(rewards, terminated, strict=True):
        score += reward
        learned.append(-100 if fell else reward)
        return score, learned


def appends_twice(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell in zip(rewards, terminated, strict=True):
        score += reward
        if fell:
            learned.append(-100)
        learned.append(reward)
    return score, learned


def learns(learned):
    """A right score, and the learned rewards under test."""
    return lambda r, fell, cut: (sum(r), learned(np.array(r), np.array(fell), np.array(cut)))


def scores(score):
    """Right learned rewards, and the score under test."""
    return lambda r, fell, cut: (
        score(np.array(r), np.array(fell), np.array(cut)),
        np.where(fell, -100, r),
    )


NEEDS = {
    "return_of_episode": {
        r"$\gamma$": "01",
        "discount_factor": "01",
        "reversed(rewards)": "01",
        "np.arange": "01",
        "G_1 = 1 + 0.9 * G_2": "01",
    },
    "balancing_policy": {"state[2]": "01", "state[3]": "01", "lean": "01", r"\dot\theta": "01"},
    "bookkeeping": {"terminated": "01", "truncated": "01", "zip": "01", "−100": "01"},
}

WRONG = {
    "return_of_episode": [
        (popping, "changes its argument rewards"),
        (in_the_wrong_order, "the last the least"),
        (returns_in_the_loop, "loop end too early"),
        (lambda r, g: from_behind(r[::-1], g), "the last the least"),
        (lambda r, g: r[0] + g * np.sum(r[1:]), "every later reward is discounted once"),
        (lambda r, g: sum(r) * g ** len(r), "same power"),
        (lambda r, g: np.mean(r * powers(r, g)), "not a mean"),
        (lambda r, g: r * powers(r, g), "add them up"),
        (lambda r, g: r[0] + g * r[1], "first two rewards"),
        (lambda r, g: r[0] + sum(g * x for x in r), "the first reward counts twice"),
        (lambda r, g: sum(g * k * x for k, x in enumerate(r)), "discount_factor times k"),
        (lambda r, g: np.dot(r, powers(r, g)[::-1]), "the last the least"),
        (lambda r, g: sum(x / g**k for k, x in enumerate(r)), "do not divide"),
        (lambda r, g: sum((g * x) ** k for k, x in enumerate(r)), "only discount_factor is"),
        (lambda r, g: sum(g ^ k * x for k, x in enumerate(r)), "TypeError"),
        (lambda r, g: r * g, "TypeError"),
        (lambda r, g: np.cumsum(r * powers(r, g)), "the sum after each step"),
        (lambda r, g: np.sum((1 - g) ** np.arange(len(r)) * r), "is what is lost"),
        (lambda r, g: sum(g**k * x for k, x in enumerate(r, start=1)), "off by one"),
        (lambda r, g: sum(0.95**k * x for k, x in enumerate(r)), "fixed number"),
        (lambda r, g: from_behind(r, g) - r[0], "the first reward is missing"),
        (lambda r, g: (1 - g ** len(r)) / (1 - g), "takes every reward for 1"),
        (lambda r, g: sum(g**k for k in range(len(r))), "the weights alone"),
        (adds_to_the_total, "keeps the old total"),
        (begins_with_the_last, "the last reward counts twice"),
        (lambda r, g: sum(g**k * abs(x) for k, x in enumerate(r)), "signs of the rewards are lost"),
        (lambda r, g: f"{from_behind(r, g):.2f}", "this is text"),
        (lambda r, g: print(from_behind(r, g)), "returns nothing"),
        (lambda r: from_behind(r, 0.9), "TypeError"),
    ],
    "balancing_policy": [
        (policy_from_behind, "changes its argument state"),
        (lambda s: rng.integers(2), "not by dice"),
        (lambda s: np.random.rand() < 0.5, "not by dice"),
        (lambda s: next(toggle), "not by dice"),
        (lambda s: int(s[2] > 0.05), "only at where the pole is"),
        (lambda s: int(s[2] + 0.5 * s[0] > 0), "state[0] is the cart's position"),
        (lambda s: int(s[2] + 10 * s[3] > 0), "take less of it"),
        (lambda s: (s[2] > 0, s[3] > 0), "return a single action"),
        (lambda s: "1" if s[2] > 0 else "0", "without quotes"),
        (lambda s: int(abs(s[2]) > 0.05), "abs loses the side"),
        (lambda s: int(s[2] > s[3]), "steps on average"),
        (lambda s: int(s[0] + s[2] > 0), "state[0] is the cart's position"),
        (lambda s: int(s[-1] > 0), "only at how the pole moves"),
        (lambda s: int(s[2] > 0 and s[3] > 0), "only if the pole leans and moves"),
        (lambda s: int(s[2] + 0.01 * s[3] > 0), "too little"),
        (lambda s: int(s[2] - s[3] > 0), "subtracted from the angle"),
        (lambda s: int(not s[2] + 0.5 * s[3] > 0), "pushes away from the side"),
        (lambda s: np.sign(s[2] + 0.5 * s[3]), "returns -1"),
        (lambda s: s[2:] > 0, "expected 0 (left) or 1 (right), got ["),
        (lambda s: "left", "that is a word"),
        (lambda s: int(s[4] > 0), "IndexError"),
        (lambda s: int(s.angle > 0), "AttributeError"),
        (lambda s: int(s["angle"] > 0), "IndexError"),
        (lambda s: (0, 1), "got (0, 1)"),
        (lambda s: 2 * s[2] + s[3], "compare it with 0"),
        (lambda s: int(s[0] + s[1] > 0), "only at the cart"),
        (lambda s: round(s[2] + 0.5 * s[3]), "action: expected"),
        (lambda s: print(s), "returns nothing"),
        (lambda a, b, c, d: int(c + 0.5 * d > 0), "TypeError"),
    ],
    "bookkeeping": [
        (keep_books_in_place, "changes its argument rewards"),
        (lecture_bookkeeping, "still the lecture's"),
        (score_after_the_change, "score contains the -100"),
        (stops_before_the_end, "the last step is missing in both"),
        (scores(lambda r, fell, cut: np.where(fell | cut, -100, r).sum()), "even for episodes"),
        (scores(lambda r, fell, cut: np.sum(r) - 1), "1 too small"),
        (scores(lambda r, fell, cut: min(np.sum(r), 500)), "cut at 500"),
        (scores(lambda r, fell, cut: np.max(r)), "the largest reward"),
        (scores(lambda r, fell, cut: f"{r.sum()}"), "the score is text"),
        (scores(lambda r, fell, cut: r), "still the list of rewards"),
        (learns(lambda r, fell, cut: np.where(fell | cut, -100, r)), "a time limit is no fall"),
        (learns(lambda r, fell, cut: np.where(fell.any(), -100, r)), "not to every step"),
        (learns(lambda r, fell, cut: np.where(fell, r, -100)), "wrong way round"),
        (learns(lambda r, fell, cut: r - 100 * fell), "not on top"),
        (learns(lambda r, fell, cut: -100 * fell), "learned: expected"),
        (learns(lambda r, fell, cut: np.where(fell, r * -100, r)), "not multiplied by it"),
        (learns(lambda r, fell, cut: np.where(fell, -1, r)), "the reward of a fall is -1"),
        (learns(lambda r, fell, cut: np.cumsum(r)), "the score so far, and no -100"),
        (learns(lambda r, fell, cut: np.where(fell, -100, 1)), "not always 1"),
        (learns(lambda r, fell, cut: np.where(fell, -100, r * ~cut)), "cut off became 0"),
        (learns(lambda r, fell, cut: [np.where(fell, -100, r)]), "a list within a list"),
        (learns(lambda r, fell, cut: None), "`learned` is None"),
        (learns(lambda r, fell, cut: np.where(fell, 0, r)), "the reward of a fall is 0"),
        (lambda r, f, c: sum(r) - 100 * f[-1], "takes 100 off it"),
        (lambda r, f, c: (sum(r), r, f), "number of results: expected 2, got 3"),
        (returns_early, "does the loop return too early"),
        (appends_twice, "two entries"),
        (lambda r, f, c: {"score": sum(r)}, "a dict is returned"),
        (lambda r, f, c: (sum(r), [-100 if f else x for x in r]), "in every step"),
        (lambda r, f, c: (sum(r), [-100 if f == True else x for x in r]), "where is"),  # noqa: E712
        (lambda r, f, c: (r.sum(), r), "AttributeError"),
        (lambda r, f, c: print(sum(r)), "returns nothing"),
    ],
}

RIGHT = {
    "return_of_episode": [
        from_behind,
        from_the_front,
        recursive,
        in_tensorflow,
        lambda r, g: in_a_graph(tf.constant(r, tf.float32), tf.constant(powers(r, g), tf.float32)),
        lambda r, g: np.sum(r * powers(r, g)),
        lambda r, g: np.dot(r, powers(r, g)),
        lambda r, g: np.polyval(r[::-1], g),
        lambda r, g: np.linalg.solve(np.eye(len(r)) - g * np.eye(len(r), k=1), r)[0],
        lambda r, g: keras.ops.sum(keras.ops.array(r, "float32") * powers(r, g)),
        lambda r, g: sum(g**k * reward for k, reward in enumerate(r)),
        lambda r, g: sum(map(lambda k, x: g**k * x, range(len(r)), r)),
        lambda r, g: [sum(r[k] * g**k for k in range(len(r)))],
        lambda r, g: np.array([from_behind(r, g)], np.float32),
        lambda r, g: functools.reduce(lambda total, x: x + g * total, reversed(r)),
        lambda r, g: list(itertools.accumulate(r[::-1], lambda total, x: x + g * total))[-1],
    ],
    "balancing_policy": [
        policy_in_steps,
        policy_in_a_graph,
        lambda s: int(s[2] + 0.5 * s[3] > 0),
        lambda s: max((0, 1), key=lambda action: (2 * action - 1) * (s[2] + 0.5 * s[3])),
        lambda s: s[2] + s[3] > 0,
        lambda s: [1] if s[2] + 0.2 * s[3] > 0 else [0],
        lambda s: np.where(s @ [0.05, 0.1, 1.0, 0.3] > 0, 1.0, 0.0),
        lambda s: tf.argmax([-(s[2] + 0.5 * s[3]), s[2] + 0.5 * s[3]]),
        lambda s: keras.ops.cast(s[2] + 0.5 * s[3] > 0, "int32"),
        lambda s: int(network(s[None])[0, 0] > 0),
        lambda s: (np.sign(s[2] + 0.3 * s[3]) + 1) // 2,
        lambda s: 0 if s[2] < -0.4 * s[3] else 1,
        lambda s: rng.random() < 1 / (1 + np.exp(-100 * (s[2] + 0.5 * s[3]))),
    ],
    "bookkeeping": [
        keep_books_in_a_loop,
        keep_books_with_a_copy,
        lambda r, fell, cut: (np.sum(r), np.where(fell, -100, r)),
        lambda r, fell, cut: [sum(r), [-100 if f else x for x, f in zip(r, fell, strict=True)]],
        lambda r, fell, cut: (tf.reduce_sum(r), tf.where(fell, -100.0, tf.cast(r, tf.float32))),
        lambda r, fell, cut: (keras.ops.sum(np.array(r)), keras.ops.where(fell, -100, np.array(r))),
        lambda r, fell, cut: (sum(r), map(lambda x, f: -100 if f else x, r, fell)),
        lambda r, fell, cut: ([sum(r)], tuple(r[:-1]) + ((-100,) if fell[-1] else (r[-1],))),
        lambda r, fell, cut: (float(sum(r)), (-100.0 if f else x for x, f in zip(r, fell))),  # noqa: B905
        lambda r, fell, cut: (i for i in (sum(r), r[:-1] + [-100 if fell[-1] else r[-1]])),
        lambda r, fell, cut: (np.array(r).sum(), r * (1 - np.array(fell)) - 100 * np.array(fell)),
    ],
}
