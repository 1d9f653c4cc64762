"""Answers that students would write in lesson 04; WRONG: with a phrase of what they are told."""

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import sarsa_target


def state_loop(agent, ghosts, directions, goal):
    numbers = []
    for i in range(3):
        numbers.extend((ghosts[i][0] - agent[0], ghosts[i][1] - agent[1], -1, directions[i]))
    return [*numbers, goal[0] - agent[0], goal[1] - agent[1], 1]


def state_numpy(agent, ghosts, directions, goal):
    away = np.array(ghosts) - agent
    seen = np.c_[away, -np.ones(3), directions]
    return np.r_[seen.ravel(), np.array(goal) - agent, 1]


def state_tensorflow(agent, ghosts, directions, goal):
    away = tf.constant(ghosts) - tf.constant(agent)
    labels = -tf.ones([3, 1], tf.int32)
    seen = tf.concat([away, labels, tf.constant(directions)[:, None]], axis=1)
    return tf.concat([tf.reshape(seen, [-1]), tf.constant(goal) - tf.constant(agent), [1]], axis=0)


def state_generator(agent, ghosts, directions, goal):
    for (x, y), direction in zip(ghosts, directions, strict=True):
        yield from (x - agent[0], y - agent[1], -1, direction)
    yield from (goal[0] - agent[0], goal[1] - agent[1], 1)


def state_keras(agent, ghosts, directions, goal):
    away = keras.ops.array([*ghosts, goal]) - keras.ops.array([agent])
    labels = keras.ops.array([[-1, d] for d in directions])
    seen = keras.ops.concatenate([away[:3], labels], axis=1)
    return keras.ops.concatenate([keras.ops.ravel(seen), away[3], keras.ops.ones(1, "int32")])


def changed(change):
    """An answer that changes the right one: [3, 4] of the ghosts and [3] of the goal."""

    def answer(agent, ghosts, directions, goal):
        numbers = np.array(state_loop(agent, ghosts, directions, goal))
        return change(numbers[:12].reshape(3, 4), numbers[12:])

    return answer


def appends_to_the_argument(agent, ghosts, directions, goal):
    ghosts.append(goal)
    return state_loop(agent, ghosts, directions, goal)


def already_moved(agent, ghosts, directions, goal):
    ghosts = [(x + direction, y) for (x, y), direction in zip(ghosts, directions, strict=True)]
    return state_loop(agent, ghosts, directions, goal)


def manhattan(agent, ghosts, directions, goal):
    numbers = []
    for (x, y), direction in zip(ghosts, directions, strict=True):
        numbers += [abs(x - agent[0]) + abs(y - agent[1]), -1, direction]
    return [*numbers, abs(goal[0] - agent[0]) + abs(goal[1] - agent[1]), 1]


def target_loop(rewards, next_q_values, next_actions, terminated, discount_factor):
    return [
        reward if end else reward + discount_factor * q_values[action]
        for reward, q_values, action, end in zip(
            rewards, next_q_values, next_actions, terminated, strict=True
        )
    ]


def target_one_hot(rewards, next_q_values, next_actions, terminated, discount_factor):
    taken = (next_q_values * np.eye(next_q_values.shape[1])[next_actions]).sum(axis=1)
    return rewards + discount_factor * taken * (1 - terminated)


def target_tensorflow(rewards, next_q_values, next_actions, terminated, discount_factor):
    taken = tf.gather(next_q_values, next_actions, batch_dims=1)
    return rewards + discount_factor * taken * (1 - tf.cast(terminated, tf.float32))


def without_the_last_row(rewards, next_q_values, next_actions, terminated, discount_factor):
    targets = []
    for i in range(len(rewards) - 1):
        future = 0 if terminated[i] else next_q_values[i, next_actions[i]]
        targets.append(rewards[i] + discount_factor * future)
    return targets


def in_place(r, q, a, t, g):
    q[t] = 0
    return r + g * taken(q, a)


def taken(q, a):
    return q[np.arange(len(a)), a]


def episode(environment, get_action, learn):
    state, score = environment.reset(), 0.0
    action = get_action(state)
    while True:
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        score += reward
        if terminated or truncated:
            return score
        state, action = next_state, next_action


def no_action_after_the_end(environment, get_action, learn):
    state, score, done = environment.reset(), 0.0, False
    action = get_action(state)
    while not done:
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = 0 if terminated else get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        state, action, score = next_state, next_action, score + reward
        done = terminated or truncated
    return score


def in_tensors(environment, get_action, learn):
    state, score, done = environment.reset(), tf.constant(0.0), False
    action = tf.constant(get_action(state))
    while not done:
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = tf.constant(get_action(next_state))
        learn(state, action, tf.constant(reward), next_state, next_action, tf.constant(terminated))
        state, action = next_state, next_action
        score += reward
        done = terminated or truncated
    return score


def with_a_list(environment, get_action, learn):
    rewards, states, actions, over = [], [environment.reset()], [], False
    actions.append(get_action(states[-1]))
    while not over:
        state, reward, terminated, truncated = environment.step(actions[-1])
        states.append(state)
        rewards.append(reward)
        actions.append(get_action(state))
        learn(states[-2], actions[-2], reward, states[-1], actions[-1], terminated)
        over = any([terminated, truncated])
    return np.array([sum(rewards)])


def by_names(environment, get_action, learn):
    state = environment.reset()
    action, score, terminated, truncated = get_action(state), 0, False, False
    while not (terminated or truncated):
        old_state, old_action = state, action
        state, reward, terminated, truncated = environment.step(old_action)
        action = get_action(state)
        learn(
            state=old_state,
            action=old_action,
            reward=reward,
            next_state=state,
            next_action=action,
            terminated=terminated,
        )
        score = score + reward
    return score


def one_at_a_time(environment, get_action, learn):
    def go_on(state, action):
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        if terminated or truncated:
            return reward
        return reward + go_on(next_state, next_action)

    state = environment.reset()
    return [go_on(state, get_action(state))]


def a_for_loop(environment, get_action, learn):
    state, score = environment.reset().copy(), 0.0
    action = np.int64(get_action(state))
    for _ in range(1000):
        *step, terminated, truncated = environment.step(action)
        next_state, reward = step
        next_action = np.int64(get_action(next_state))
        learn(state, action, float(reward), next_state, next_action, bool(terminated))
        state, action, score = next_state, next_action, score + float(reward)
        if terminated | truncated:
            break
    return np.float32(score)


def learns_a_step_later(environment, get_action, learn):
    state, score, done = environment.reset(), 0.0, False
    action, before = get_action(state), None
    while not done:
        next_state, reward, terminated, truncated = environment.step(action)
        if before is not None:
            learn(*before[:3], state, action, before[3])
        before = (state, action, reward, terminated)
        next_action = get_action(next_state)
        score, done = score + reward, terminated or truncated
        state, action = next_state, next_action
    learn(*before[:3], state, action, before[3])
    return score


def lecture_episode(environment, get_action, learn):
    state, score, done = environment.reset(), 0.0, False
    while not done:
        action = get_action(state)
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        state = next_state
        score += reward
        done = terminated or truncated
    return score


def never_begins(environment, get_action, learn):
    state, score, done = environment.reset(), 0.0, False
    action = get_action(state)
    while done:
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        state, action, score = next_state, next_action, score + reward
        done = terminated or truncated
    return score


def played_by(**parts):
    """The loop with one part exchanged: code for its lines."""
    lines = {
        "first": "action = get_action(state)",
        "step": "next_state, reward, terminated, truncated = environment.step(action)",
        "draw": "next_action = get_action(next_state)",
        "learn": "learn(state, action, reward, next_state, next_action, terminated)",
        "carry": "state, action = next_state, next_action",
        "score": "score += reward",
        "done": "done = terminated or truncated",
    } | parts
    body = "\n".join(f"        {line}" for name, line in lines.items() if name != "first")
    code = (
        "def play(environment, get_action, learn):\n"
        "    state, score, done = environment.reset(), 0.0, False\n"
        f"    {lines['first']}\n    while not done:\n{body}\n    return score"
    )
    names = {}
    exec(code, names)
    return names["play"]


NEEDS = {
    "grid_state": {"$dx$": "04", "$dy$": "04", "$(x, y)$": "04"},
    "sarsa_target": {
        "np.arange": "04",
        "np.where": "04",
        "next_q_values": "04",
        "next_actions": "04",
        "terminated": "01",
        "discount_factor": "01",
        "$\\gamma$": "01",
        "$y$": "04",
    },
    "sarsa_episode": {
        ".reset": "01",
        ".step": "01",
        "terminated": "01",
        "truncated": "01",
        "get_action": "04",
        "learn": "04",
        "$s, a, r, s', a'$": "04",
    },
}

WRONG = {
    "grid_state": [
        (appends_to_the_argument, "changes its argument ghosts"),
        (lambda agent, g, d, goal: state_loop((0, 0), g, d, goal), "places on the grid"),
        (lambda agent, g, d, goal: state_loop(agent, g, [-1] * 3, goal), "every direction is -1"),
        (lambda agent, g, d, goal: state_loop(agent, g, d, (4, 4)), "always at (4, 4)"),
        (lambda agent, g, d, goal: state_loop(agent, sorted(g), d, goal), "are sorted"),
        (lambda agent, g, d, goal: state_loop(agent, g, range(3), goal), "ghost's number"),
        (lambda agent, g, d, goal: state_loop(agent[::-1], g, d, goal), "Pac-Man's x and y"),
        (changed(lambda g, goal: [*g.T.ravel(), *goal]), "stand together"),
        (changed(lambda g, goal: [g.tolist(), goal.tolist()]), "instead of nesting"),
        (lambda agent, g, d, goal: state_loop(agent, g, [d] * 3, goal), "whole list of directions"),
        (already_moved, "already moved"),
        (changed(lambda g, goal: [*g[:2].ravel(), *goal]), "last ghost is missing"),
        (changed(lambda g, goal: [*g[:, [1, 0, 2, 3]].ravel(), *goal]), "ghosts' dx and dy"),
        (changed(lambda g, goal: [*g.ravel(), goal[1], goal[0], 1]), "goal's dx and dy"),
        (manhattan, "one distance"),
        (lambda agent, g, d, goal: [g - agent, goal - agent], "TypeError"),
        (lambda agent, g, d, goal: state_loop(agent, g[1:], d, goal), "IndexError"),
        (lambda agent, g, d, goal: print(state_loop(agent, g, d, goal)), "returns nothing"),
        (lambda agent, g, d, goal: [].extend(state_loop(agent, g, d, goal)), "returns nothing"),
        (lambda agent, g, d, goal: state_loop(agent, g, d[::-1], goal), "directions[i]"),
        (lambda agent, g, d, goal: state_loop(g[0], g, d, goal), "from the first ghost"),
        (lambda agent, g, d, goal: [*agent, *state_loop(agent, g, d, goal)], "17 numbers"),
        (changed(lambda g, goal: [*g.ravel(), *goal, 0]), "no direction"),
        (changed(lambda g, goal: [*(g / [4, 4, 1, 1]).ravel(), *goal / [4, 4, 1]]), "whole cells"),
    ],
    "sarsa_target": [
        (in_place, "changes its argument next_q_values"),
        (sarsa_target, "the course's own"),
        (lambda r, q, a, t, d: np.where(t, 0, r + d * taken(q, a)), "reward of the last step"),
        (lambda r, q, a, t, d: np.where(~t, r, r + d * taken(q, a)), "the wrong way round"),
        (lambda r, q, a, t, d: np.where(t, r, d * taken(q, a)), "reward is missing"),
        (lambda r, q, a, t, d: r + d * taken(q, a) * -t, "TypeError"),
        (lambda r, q, a, t, d: r + d * taken(q, a) * (not any(t)), "the whole batch at once"),
        (lambda r, q, a, t, d: r + d * taken(q, a).mean() * ~t, "over the batch"),
        (lambda r, q, a, t, d: r + d * taken(q, q.argmax(1)) * ~t, "this is Q-learning"),
        (lambda r, q, a, t, d: (r + d) * taken(q, a) * ~t, "multiply first"),
        (lambda r, q, a, t, d: r + (d * ~t - 1) * taken(q, a), "the target alone"),
        (lambda r, q, a, t, d: r + d * np.take(q, a, axis=1) * ~t, "pairs every row"),
        (lambda r, q, a, t, d: r * ~t + d * np.diag(q[:, a]), "the future stays"),
        (without_the_last_row, "last row is missing"),
        (lambda r, q, a, t, d: (r + d * taken(q, a) * ~t).astype(int), "are cut off"),
        (lambda r, q, a, t, d: r + d * q(a), "TypeError"),
        (lambda r, q, a, t, d: print(r + d * taken(q, a) * ~t), "returns nothing"),
        (lambda r, q, a, t, d: None if t.any() else r + d * taken(q, a), "returns nothing (None)"),
        (lambda r, q, a, d: r, "TypeError"),
        (
            lambda r, q, a, t, d: [r[i] + d * q[i, a[i]] for i in range(len(r)) if not t[i]],
            "left out",
        ),
        (lambda r, q, a, t, d: np.where(t, -1, r + d * taken(q, a)), "every end gets -1"),
        (lambda r, q, a, t, d: r + d ** np.arange(len(r)) * taken(q, a) * ~t, "one episode"),
        (lambda r, q, a, t, d: r if t else r + d * taken(q, a), "one True or False"),
    ],
    "sarsa_episode": [
        (lecture_episode, "thrown away"),
        (played_by(carry="state, action = next_state, get_action(next_state)"), "thrown away"),
        (played_by(carry="action = next_action"), "state never changes"),
        (played_by(carry="state = next_state"), "one action for ever"),
        (played_by(draw="action = get_action(next_state); next_action = action"), "action twice"),
        (played_by(done="done = terminated"), "plays on after the time limit"),
        (played_by(done="done = terminated and truncated"), "never ends"),
        (played_by(done="pass"), "EpisodeIsOver"),
        (played_by(done="break"), "stops after one step"),
        (played_by(done="return score"), "stops after one step"),
        (played_by(learn="pass"), "learn is never called"),
        (played_by(learn="learn(state, action, reward, next_state, next_action)"), "TypeError"),
        (
            played_by(
                done="",
                learn="done = terminated or truncated; "
                "learn(state, action, reward, next_state, next_action, done)",
            ),
            "is `terminated` alone",
        ),
        (
            played_by(learn="learn(state, action, score, next_state, next_action, terminated)"),
            "the score so far",
        ),
        (played_by(score="score = reward"), "returns the last reward"),
        (played_by(score="score =+ reward"), "returns the last reward"),
        (played_by(score="score += 0.9 * reward"), "the plain sum"),
        (played_by(score="score = reward + 0.9 * score"), "the plain sum"),
        (played_by(first="action = 0"), "first action is always 0"),
        (played_by(first="pass"), "UnboundLocalError"),
        (
            played_by(
                step="next_state, reward, terminated, truncated = "
                "environment.step(get_action(state))"
            ),
            "the one played",
        ),
        (played_by(step="next_state, reward, terminated = environment.step(action)"), "ValueError"),
        (
            played_by(
                step="environment.step(action); " + "next_state, reward, terminated, "
                "truncated = environment.step(action)"
            ),
            "step is called twice",
        ),
        (never_begins, "while `not done`"),
        (lambda environment, get_action, learn: 0.0, "no step is played"),
        (lambda environment, get_action, learn: print(episode(environment, get_action, learn)), ""),
        (lambda environment, get_action, learn: environment.run(), "AttributeError"),
        (played_by(carry="action, state = next_state, next_action"), "have changed places"),
        (played_by(score="score += reward if not terminated else 0"), "ends the task is missing"),
        (played_by(carry="state, action = environment.reset(), next_action"), "next_state becomes"),
        (
            played_by(
                learn="if reward: learn(state, action, reward, next_state, next_action, terminated)"
            ),
            "where the reward is not 0",
        ),
    ],
}

RIGHT = {
    "grid_state": [
        state_loop,
        state_numpy,
        state_tensorflow,
        state_generator,
        state_keras,
        tf.function(state_tensorflow, reduce_retracing=True),
        lambda *a: tuple(state_loop(*a)),
        lambda *a: map(float, state_loop(*a)),
        lambda agent, g, d, goal: (
            sum(
                ([x - agent[0], y - agent[1], -1, e] for (x, y), e in zip(g, d, strict=True)),
                [],
            )
            + [goal[0] - agent[0], goal[1] - agent[1], 1]
        ),
        lambda agent, g, d, goal: np.concatenate(
            [[*np.subtract(g[i], agent), -1, d[i]] for i in range(3)]
            + [[*np.subtract(goal, agent), 1]]
        ).astype(np.float32),
    ],
    "sarsa_target": [
        target_loop,
        target_one_hot,
        target_tensorflow,
        tf.function(target_tensorflow, reduce_retracing=True),
        lambda r, q, a, t, d: r + d * np.where(t, 0, taken(q, a)),
        lambda r, q, a, t, d: np.where(t, r, r + d * taken(q, a)),
        lambda r, q, a, t, d: r + d * np.take_along_axis(q, a[:, None], 1)[:, 0] * ~t,
        lambda r, q, a, t, d: r + d * np.diag(q[:, a]) * (1 - t),
        lambda r, q, a, t, d: (
            r + d * keras.ops.take_along_axis(q, a[:, None], axis=1)[:, 0] * np.float32(~t)
        ),
        lambda r, q, a, t, d: [r[i] + d * q[i][a[i]] * (not t[i]) for i in range(len(r))],
        lambda r, q, a, t, d: map(lambda x, y, i, e: x if e else x + d * y[i], r, q, a, t),
        lambda *arguments: (target for target in target_loop(*arguments)),
    ],
    "sarsa_episode": [
        episode,
        no_action_after_the_end,
        in_tensors,
        with_a_list,
        by_names,
        one_at_a_time,
        a_for_loop,
        learns_a_step_later,
        played_by(),
    ],
}
