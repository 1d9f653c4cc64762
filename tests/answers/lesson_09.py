"""Answers that students would write in lesson 09; WRONG: with a phrase of what they are told."""

import keras
import numpy as np
import tensorflow as tf


def counters_by_loop(steps, train_start, decay, floor):
    updates, epsilon = 0, 1.0
    for step in range(1, steps + 1):
        if step >= train_start:
            updates += 1
            epsilon *= decay
    return updates, max(epsilon, floor)


def counters_in_tensorflow(steps, train_start, decay, floor):
    updates = tf.maximum(steps - train_start + 1, 0)
    return tf.cast(updates, tf.float32), tf.maximum(decay ** tf.cast(updates, tf.float32), floor)


def counters_in_numpy(steps, train_start, decay, floor):
    updates = np.clip(steps - train_start + 1, 0, None)
    return np.array([updates, np.maximum(np.power(decay, float(updates)), floor)])


def counters_with_if(steps, train_start, decay, floor):
    if steps < train_start:
        return 0, 1
    updates = steps - (train_start - 1)
    epsilon = decay**updates
    if epsilon < floor:
        epsilon = floor
    return updates, epsilon


def stopping_at_the_floor(steps, train_start, decay, floor):
    updates, epsilon = 0, 1.0
    for _ in range(train_start, steps + 1):
        updates += 1
        if epsilon > floor:
            epsilon *= decay
    return [updates, epsilon]


def reset_in_the_loop(steps, train_start, decay, floor):
    for step in range(1, steps + 1):
        updates, epsilon = 0, 1.0
        if step >= train_start:
            updates += 1
            epsilon *= decay
    return updates, max(epsilon, floor)


def updates(steps, train_start):
    return max(0, steps - train_start + 1)


# The loop: one text with holes in it; a mistake fills one of them differently.

LOOP = """
def my_run_episode(agent, environment):
    state, score, done = environment.reset(), 0.0, False
    while not done:
        {act}
        {step}
        {store}
        {learn}
        {score}
        {move}
        {done}
    {copy}
    return score
"""
PIECES = {
    "act": "action = agent.get_action(state)",
    "step": "next_state, reward, terminated, truncated = environment.step(action)",
    "store": "agent.append_sample(state, action, reward, next_state, terminated)",
    "learn": "if agent.steps >= agent.train_start: agent.train_model()",
    "score": "score += reward",
    "move": "state = next_state",
    "done": "done = terminated or truncated",
    "copy": "agent.update_target_model()",
}


def loop(**changes):
    names = {"tf": tf, "np": np}
    exec(LOOP.format(**PIECES | changes), names)
    return names["my_run_episode"]


def storing(parts):
    return loop(store=f"agent.append_sample({parts})")


def learning(condition):
    return loop(learn=f"if {condition}: agent.train_model()")


def loop_in_another_style(agent, environment):
    state, total = environment.reset(), 0.0
    while True:
        action = int(agent.get_action(state))
        following, reward, terminated, truncated = environment.step(action)
        agent.append_sample(
            state=state.numpy(),
            action=action,
            reward=float(reward),
            next_state=following.numpy(),
            terminated=bool(terminated),
        )
        if not int(agent.steps) < agent.train_start:
            agent.train_model()
        total += float(reward)
        state = following
        if terminated or truncated:
            break
    agent.update_target_model()
    return total


def with_for_and_list(agent, environment):
    state, rewards = environment.reset(), []
    for _ in range(500):
        action = agent.get_action(state)
        step = environment.step(action)
        rewards.append(step[1])
        agent.append_sample(state, action, *[step[1], step[0], step[2]])
        state = step[0]
        if agent.train_start <= agent.steps:
            agent.train_model()
        if any(step[2:]):
            break
    agent.update_target_model()
    return sum(rewards)


def recursive(agent, environment, state=None, score=0):
    state = environment.reset() if state is None else state
    action = agent.get_action(state)
    next_state, reward, terminated, truncated = environment.step(action)
    agent.append_sample(state, action, reward, next_state, terminated)
    if agent.steps >= agent.train_start:
        agent.train_model()
    if terminated or truncated:
        agent.update_target_model()
        return score + reward
    return recursive(agent, environment, next_state, score + reward)


WRONG = {
    "counters": [
        (lambda n, n0, k, low: (max(0, n - n0), max(low, k ** max(0, n - n0))), "off by one"),
        (lambda n, n0, k, low: (n - n0 + 1, max(low, k ** (n - n0 + 1))), "a negative number"),
        (stopping_at_the_floor, "last multiplication"),
        (reset_in_the_loop, "begin anew"),
        (lambda n, n0, k, low: (n, max(low, k**n)), "counts every step"),
        (lambda n, n0, k, low: (max(0, n - 3), max(low, k ** max(0, n - 3))), "number of your own"),
        (lambda n, n0, k, low: (updates(n, n0), max(low, k**n)), "not in every step"),
        (lambda n, n0, k, low: (updates(n, n0), max(low, 0.5 ** updates(n, n0))), "of your own"),
        (lambda n, n0, k, low: (updates(n, n0), np.exp(-k * updates(n, n0))), "another curve"),
        (lambda n, n0, k, low: (updates(n, n0), max(low, k) ** updates(n, n0)), "below its floor"),
        (lambda n, n0, k, low: max(low, k ** updates(n, n0)), "epsilon alone"),
        (lambda n, n0, k, low: [updates(n, n0)], "in a list"),
        (lambda n, n0, k, low: (updates(n, n0), min(low, k ** updates(n, n0))), "min or max"),
        (
            lambda n, n0, k, low: (updates(n, n0), max(low, 1 - (1 - k) * updates(n, n0))),
            "straight line",
        ),
        (lambda n, n0, k, low: (n, updates(n, n0), max(low, k ** updates(n, n0))), "two numbers"),
        (
            lambda n, n0, k, low: (updates(n, n0), max(low, k ** max(0, n - n0))),
            "one update behind",
        ),
        (lambda n, n0, k, low: (updates(n0, n), max(low, k ** updates(n0, n))), "changed places"),
        (lambda n, n0, k, low: (n // n0, max(low, k ** (n // n0))), "once in every step"),
        (lambda n, n0, k, low: (updates(n, n0), max(0.01, k ** updates(n, n0))), "of your own"),
        (lambda n, n0, k, low: (updates(n, n0), max(low, np.exp(-k * updates(n, n0)))), "another"),
        (lambda n, n0, k, low: (max(0, n - 999), max(low, k ** max(0, n - 999))), "of your own"),
    ],
    "stored_reward": [
        (lambda r, end: r if end else -100, "wrong way round"),
        (lambda r, end: r - 100 * end, "added"),
        (lambda r, end: r - 101 * end, "in its place"),
        (lambda r, end: r * -100 if end else r, "multiplied"),
        (lambda r, end: tf.where(end, 100.0, r), "sign"),
        (lambda r, end: tf.where(end, r, -100.0), "wrong way round"),
        (lambda r, end: min(r, -100), "every step"),
        (lambda r, end: int(r) if not end else -100, "whole number"),
        (lambda r, end: abs(r) if not end else -100, "sign is lost"),
        (lambda r, end: -100 if r == 0 else r, "taken for a fall"),
        (lambda r, end: (1 - end) * r, "a fall is stored with 0"),
        (lambda r, end: 1 - 100 if end else r, "-99 is what is left"),
        (lambda r, end: [r, -100], "one number"),
        (lambda r, end: r - 100, "every step loses 100"),
        (lambda r, end: -100.0 if not terminated else r, "NameError"),  # noqa: F821
        (lambda r, end: print(r), "yet"),
        (lambda r, end: -100 if end == "True" else r, "where is the -100"),
        (lambda r, end: -10 if end else r, "-10"),
        (lambda r, end: -100 if end else r + 1, "1 is added"),
        (lambda r, end: -100 if end else 1, "always stores 1"),
    ],
    "run_episode": [
        (loop(done="done = terminated"), "when the time is up"),
        (loop(done="done = truncated"), "after a fall"),
        (loop(done="done = terminated and truncated"), "to no end"),
        (loop(done="pass"), "to no end"),
        (loop(done="done = True"), "stops after the first step"),
        (loop(act="state = environment.reset(); " + PIECES["act"]), "before the loop"),
        (loop(act="action = 0"), "who chooses"),
        (loop(act="action = np.random.randint(2)"), "who chooses"),
        (loop(act="agent.get_action(state); action = 0"), "not the one"),
        (loop(act="action = 1 - agent.get_action(state)"), "not the one"),
        (loop(act="action = agent.get_action(next_state)"), "UnboundLocalError"),
        (storing("next_state, action, reward, state, terminated"), "wrong way round"),
        (storing("state, action, reward, next_state, done"), "fall is not stored"),
        (storing("state, action, reward, next_state, terminated or truncated"), "time limit"),
        (storing("state, action, reward, next_state, not terminated"), "the wrong way round"),
        (
            storing("state, action, -100 if terminated else reward, next_state, terminated"),
            "itself",
        ),
        (storing("state, action, next_state, reward, terminated"), "the order is"),
        (storing("state, action, reward, next_state"), "TypeError"),
        (
            loop(
                store="score += reward; "
                "agent.append_sample(state, action, score, next_state, terminated)",
                score="pass",
            ),
            "score is stored",
        ),
        (loop(store="if not terminated: " + PIECES["store"]), "step of a fall is not stored"),
        (loop(store="if not truncated: " + PIECES["store"]), "time is up is not stored"),
        (loop(store="agent.memory.append(state, action, reward)"), "AttributeError"),
        (learning("agent.steps > agent.train_start"), "one step late"),
        (learning("len(agent.memory) >= agent.train_start"), "agent counts for you"),
        (learning("agent.memory.size >= 1000"), "agent counts for you"),
        (learning("agent.steps % agent.train_start == 0"), "once in train_start steps"),
        (learning("done"), "train_model"),
        (loop(learn="agent.train_model()"), "before the memory holds"),
        (loop(store=PIECES["learn"], learn=PIECES["store"]), "before it stores"),
        (loop(learn="pass", copy="agent.train_model(); " + PIECES["copy"]), "once, after the loop"),
        (loop(learn=PIECES["learn"] + "; agent.train_model()"), "once in a step"),
        (loop(learn=PIECES["learn"] + "; agent.update_target_model()"), "after updates"),
        (loop(copy="pass"), "never copied"),
        (loop(move=PIECES["move"] + "; " + PIECES["copy"], copy="pass"), "never stands still"),
        (loop(done=PIECES["done"] + "\n    agent.train_model()"), "once more after the loop"),
        (loop(score="score = reward"), "last reward alone"),
        (loop(score="score += 1"), "counts steps"),
        (loop(score="score -= reward"), "taken off the score"),
        (loop(score="score += 0 if terminated or truncated else reward"), "lacks the last"),
        (loop(score="score += -100 if terminated else reward"), "for the memory"),
        (loop(step="continue"), "EndlessLoop"),
        (loop(copy="if terminated: " + PIECES["copy"]), "only after a fall"),
        (loop(step="state, reward, terminated, truncated = environment.step(action)"), "NameError"),
        (loop(copy=PIECES["copy"] + "; return None"), "return the score"),
        (lambda agent, environment: agent.run_episode(environment), "AttributeError"),
    ],
}

RIGHT = {
    "counters": [
        counters_by_loop,
        counters_in_tensorflow,
        tf.function(counters_in_tensorflow),
        counters_in_numpy,
        counters_with_if,
        lambda n, n0, k, low: (updates(n, n0), max(low, k ** updates(n, n0))),
        lambda n, n0, k, low: [updates(n, n0), np.float32(max(low, k ** updates(n, n0)))],
        lambda n, n0, k, low: (len(range(n0, n + 1)), max(low, k ** len(range(n0, n + 1)))),
        lambda n, n0, k, low: (keras.ops.maximum(n - n0 + 1, 0), max(k ** updates(n, n0), low)),
        lambda n, n0, k, low: (float(updates(n, n0)), sorted([low, k ** updates(n, n0)])[1]),
        lambda n, n0, k, low: (x for x in counters_by_loop(n, n0, k, low)),
        lambda n, n0, k, low: np.float64([updates(n, n0), max(low, k ** updates(n, n0))]),
        lambda n, n0, k, low: ((u := sum(s >= n0 for s in range(1, n + 1))), max(low, k**u)),
    ],
    "stored_reward": [
        lambda r, end: -100 if end else r,
        lambda r, end: r if not end else -100.0,
        lambda r, end: -100 if end == True else r,  # noqa: E712
        lambda r, end: np.where(end, -100, r),
        lambda r, end: tf.where(end, -100.0, r),
        tf.function(lambda r, end: tf.where(end, -100.0, r)),
        lambda r, end: keras.ops.where(end, -100.0, r),
        lambda r, end: tf.cond(tf.constant(end), lambda: -100.0, lambda: tf.constant(r)),
        lambda r, end: r * (1 - tf.cast(end, tf.float32)) - 100 * tf.cast(end, tf.float32),
        lambda r, end: (r, -100)[int(end)],
        lambda r, end: [r, -100.0][bool(end)],
        lambda r, end: [-100 if end else r],
        lambda r, end: (1 - int(end)) * r - 100 * int(end),
        lambda r, end: (end and -100) or r,
    ],
    "run_episode": [
        loop(),
        loop(done="done = tf.logical_or(terminated, truncated)"),
        loop(done="done = terminated | truncated", score="score = score + reward"),
        loop(done="if terminated or truncated: break"),
        loop(learn="if tf.greater_equal(agent.steps, agent.train_start): agent.train_model()"),
        loop(learn="if agent.steps > agent.train_start - 1: agent.train_model()"),
        loop(learn="pass", move=PIECES["move"] + "\n        " + PIECES["learn"]),
        loop(
            score="pass",
            act="score += 0; " + PIECES["act"],
            done="score += reward; done = terminated or truncated",
        ),
        tf.function(loop()),
        loop_in_another_style,
        with_for_and_list,
        recursive,
        lambda agent, environment: np.array([loop_in_another_style(agent, environment)]),
    ],
}

NEEDS = {
    "counters": {
        "`train_start`": "09",
        "`decay`": "09",
        "`floor`": "09",
        "max(": "09",
        "**": "09",
        "$u$": "09",
    },
    "stored_reward": {"`terminated`": "09", "`reward`": "09"},
    "run_episode": {
        ".reset": "09",
        ".get_action": "09",
        ".step": "09",
        ".append_sample": "09",
        ".train_model": "09",
        ".update_target_model": "09",
        "agent.steps >= agent.train_start": "09",
        "terminated": "01",
        "truncated": "01",
    },
}
