"""Lesson 03: its checks accept and explain, its formulas are its code, its counts are true."""

import ast
import copy

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT
from test_grid_world import PlainGrid

from dqn_keras import DeepSARSAAgent, GridWorld, bellman_target, checks, sarsa_target
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet

FUNCTIONS = [
    "table_entries",
    "my_grid_state",
    "explore",
    "my_sarsa_target",
    "lecture_episode",
    "my_sarsa_episode",
]


@pytest.fixture(scope="module")
def lesson():
    """The lesson's functions, without running it."""
    (source,) = (ROOT / "notebooks" / "source").glob("03_*.py")
    tree = ast.parse(source.read_text()).body
    kept = [node for node in tree if isinstance(node, ast.FunctionDef) and node.name in FUNCTIONS]
    names = {"np": np, "tf": tf}
    exec(compile(ast.Module(kept, []), str(source), "exec"), names)
    return names


# Exercise 1: the 15 numbers


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


@pytest.mark.parametrize("answer", [state_loop, state_numpy, state_tensorflow])
def test_grid_state_accepts(answer, capsys):
    checks.check_grid_state(answer)
    assert "✓ grid_state" in capsys.readouterr().out


def changed(change):
    """An answer that changes the right one: [3, 4] of the ghosts and [3] of the goal."""

    def answer(agent, ghosts, directions, goal):
        numbers = np.array(state_loop(agent, ghosts, directions, goal))
        return change(numbers[:12].reshape(3, 4), numbers[12:])

    return answer


def reverse_signs(agent, ghosts, directions, goal):
    numbers = np.array(state_loop(agent, ghosts, directions, goal))
    return numbers * np.array([-1, -1, 1, 1] * 3 + [-1, -1, 1])


GRID_STATE_MISTAKES = [
    (reverse_signs, "every sign is turned"),
    (lambda agent, g, d, goal: state_loop((0, 0), g, d, goal), "places on the grid"),
    (changed(lambda g, goal: [*g[:, [1, 0, 2, 3]].ravel(), goal[1], goal[0], 1]), "dx and dy"),
    (changed(lambda g, goal: [*(g * [1, 1, -1, 1]).ravel(), *goal]), "a ghost's label is -1"),
    (changed(lambda g, goal: [*g.ravel(), *goal[:2], -1]), "the goal's label is +1"),
    (
        changed(lambda g, goal: [*(g * [1, 1, -1, 1]).ravel(), *goal[:2], -1]),
        "the labels have changed places",
    ),
    (changed(lambda g, goal: [*goal, *g.ravel()]), "the goal comes last"),
    (changed(lambda g, goal: [*g.T.ravel(), *goal]), "stand together"),
    (changed(lambda g, goal: [*g[:, :3].ravel(), *goal]), "directions are missing"),
    (changed(lambda g, goal: g.ravel()), "the goal is missing"),
    (changed(lambda g, goal: [*g.ravel(), *goal[:2]]), "the goal's label is missing"),
    (changed(lambda g, goal: [[*g.ravel(), *goal]]), "one row of 15 numbers"),
    (changed(lambda g, goal: [g.tolist(), goal.tolist()]), "expected numbers, got list"),
]


@pytest.mark.parametrize("answer, phrase", GRID_STATE_MISTAKES)
def test_grid_state_explains(answer, phrase):
    with pytest.raises(Hint) as hint:
        checks.check_grid_state(answer)
    assert phrase in str(hint.value)


# Exercise 2: the SARSA target


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


@pytest.mark.parametrize("answer", [target_loop, target_one_hot, target_tensorflow, sarsa_target])
def test_sarsa_target_accepts(answer, capsys):
    checks.check_sarsa_target(answer)
    assert "✓ sarsa_target" in capsys.readouterr().out


def taken(q, a):
    return q[np.arange(len(a)), a]


SARSA_TARGET_MISTAKES = [
    (lambda r, q, a, t, d: r + d * q.max(axis=1) * ~t, "this is Q-learning"),
    (lambda r, q, a, t, d: r + d * q.mean(axis=1) * ~t, "averages over the actions"),
    (lambda r, q, a, t, d: r + d * q[:, 0] * ~t, "always takes action 0"),
    (lambda r, q, a, t, d: r + d * taken(q, a), "did you use `terminated`"),
    (lambda r, q, a, t, d: r + d * taken(q, a) * t, "the wrong way round"),
    (lambda r, q, a, t, d: r + taken(q, a) * ~t, "where is the discount factor"),
    (lambda r, q, a, t, d: (r + d * taken(q, a)) * ~t, "the reward of the last step is lost"),
    (lambda r, q, a, t, d: r - d * taken(q, a) * ~t, "taken off the reward"),
    (lambda r, q, a, t, d: d * (r + taken(q, a) * ~t), "not to the reward"),
    (lambda r, q, a, t, d: r + d * q[:, a] * ~t, "pairs every row with every action"),
    (lambda r, q, a, t, d: r[:, None] + d * q * ~t[:, None], "one number for each action"),
    (lambda r, q, a, t, d: (r + d * taken(q, a) * ~t)[:2], "the result has shape (2,)"),
]


@pytest.mark.parametrize("answer, phrase", SARSA_TARGET_MISTAKES)
def test_sarsa_target_explains(answer, phrase):
    with pytest.raises(Hint) as hint:
        checks.check_sarsa_target(answer)
    assert phrase in str(hint.value)


# Bug hunt: the resampled action


def episode(
    learn_with=lambda s, a, r, s2, a2, t, done: (s, a, r, s2, a2, t),
    draw=lambda get_action, state, next_state, action: get_action(next_state),
    carry=lambda s, a, s2, a2: (s2, a2),
    is_over=lambda terminated, truncated: terminated or truncated,
    scored=lambda score, reward: score + reward,
    before_learning=False,
):
    """The loop, with one part exchanged."""

    def answer(environment, get_action, learn):
        state, score = environment.reset(), 0.0
        action = get_action(state)
        while True:
            next_state, reward, terminated, truncated = environment.step(action)
            next_action = draw(get_action, state, next_state, action)
            if before_learning:
                state, action = carry(state, action, next_state, next_action)
            done = terminated or truncated
            learn(*learn_with(state, action, reward, next_state, next_action, terminated, done))
            if not before_learning:
                state, action = carry(state, action, next_state, next_action)
            score = scored(score, reward)
            if is_over(terminated, truncated):
                return score

    return answer


def draws_no_action_after_the_end(environment, get_action, learn):
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


@pytest.mark.parametrize("answer", [episode(), draws_no_action_after_the_end, in_tensors])
def test_sarsa_episode_accepts(answer, capsys):
    checks.check_sarsa_episode(answer)
    assert "✓ sarsa_episode" in capsys.readouterr().out


def one_step_only(environment, get_action, learn):
    state = environment.reset()
    action = get_action(state)
    next_state, reward, terminated, _ = environment.step(action)
    learn(state, action, reward, next_state, get_action(next_state), terminated)
    return reward


def never_learns(environment, get_action, learn):
    return episode()(environment, get_action, lambda *transition: None)


def never_steps(environment, get_action, learn):
    state = environment.reset()
    while True:
        get_action(state)


def returns_nothing(environment, get_action, learn):
    episode()(environment, get_action, learn)


SARSA_EPISODE_MISTAKES = [
    (episode(carry=lambda s, a, s2, a2: (s2, a)), "one action for ever"),
    (episode(carry=lambda s, a, s2, a2: (s, a2)), "the state never changes"),
    (episode(before_learning=True, carry=lambda s, a, s2, a2: (s2, a)), "one action for ever"),
    (episode(before_learning=True), "one action twice"),
    (episode(learn_with=lambda s, a, r, s2, a2, t, done: (s, a, r, s2, a, t)), "one action twice"),
    (
        episode(learn_with=lambda s, a, r, s2, a2, t, done: (s, a2, r, s2, a, t)),
        "another action than the one that was played",
    ),
    (
        episode(before_learning=True, carry=lambda s, a, s2, a2: (s2, a2)),
        "overwritten before learning",
    ),
    (
        episode(learn_with=lambda s, a, r, s2, a2, t, done: (s2, a, r, s2, a2, t)),
        "state was overwritten too early",
    ),
    (
        episode(learn_with=lambda s, a, r, s2, a2, t, done: (s, a, r, s, a2, t)),
        "learn's next_state",
    ),
    (
        episode(learn_with=lambda s, a, r, s2, a2, t, done: (s, a, -r, s2, a2, t)),
        "another reward",
    ),
    (
        episode(learn_with=lambda s, a, r, s2, a2, t, done: (s, a, r, s2, a2, done)),
        "is `terminated` alone",
    ),
    (episode(draw=lambda get_action, s, s2, a: get_action(s)), "drawn in the next state"),
    (episode(is_over=lambda terminated, truncated: terminated), "plays on after the end"),
    (episode(scored=lambda score, reward: reward), "returns the last reward"),
    (episode(scored=lambda score, reward: score), "the score stays 0"),
    (one_step_only, "stops after 1 of 5 steps"),
    (never_learns, "learn was called 0 times"),
    (never_steps, "does it call step"),
    (returns_nothing, "returns nothing"),
]


@pytest.mark.parametrize("answer, phrase", SARSA_EPISODE_MISTAKES)
def test_sarsa_episode_explains(answer, phrase):
    with pytest.raises(Hint) as hint:
        checks.check_sarsa_episode(answer)
    assert phrase in str(hint.value)


def test_the_lectures_loop_is_found_out(lesson):
    with pytest.raises(Hint, match="thrown away"):
        checks.check_sarsa_episode(lesson["lecture_episode"])


@pytest.mark.parametrize(
    "check", [checks.check_grid_state, checks.check_sarsa_target, checks.check_sarsa_episode]
)
def test_an_empty_exercise_is_not_done_yet(check):
    def empty(*arguments):
        raise NotImplementedError

    with pytest.raises(NotDoneYet, match="not done yet"):
        check(empty)


def test_the_lessons_solutions_pass(lesson):
    checks.check_grid_state(lesson["my_grid_state"])
    checks.check_sarsa_target(lesson["my_sarsa_target"])
    checks.check_sarsa_episode(lesson["my_sarsa_episode"])


# Formulas and counts


def test_table_entries_counts_states_and_actions(lesson):
    for side, dimensions, actions in ((5, 2, 5), (3, 3, 2), (4, 1, 7)):
        pairs = np.ones([side] * dimensions + [actions])
        assert lesson["table_entries"](side, dimensions, actions) == pairs.size


def test_the_cubic_of_the_text_is_polyval():
    a, b, c, d = parameters = np.polyfit(np.arange(21), 0.9 ** np.arange(21), 3)
    x = np.linspace(0, 20, 7)
    np.testing.assert_allclose(np.polyval(parameters, x), a * x**3 + b * x**2 + c * x + d)


def test_a_corridors_cells_are_worth_powers_of_the_discount_factor():
    # Cell k is k steps before the last one; the step out of the last one pays 1 and ends it.
    rewards, ended = np.eye(21)[0], np.eye(21, dtype=bool)[0]
    values = np.zeros(21)
    for _ in range(21):
        next_values = np.append(99, values[:-1])  # after the end: a decoy
        values = bellman_target(rewards, next_values[:, None], ended, 0.9).numpy()
    np.testing.assert_allclose(values, [0.9**k for k in range(21)], rtol=1e-5)


def test_my_grid_state_is_what_the_environment_shows(lesson):
    environment, rng = GridWorld(), np.random.default_rng(0)
    environment.reset()
    for action in rng.integers(5, size=30):
        seen = environment.step(int(action))[0].numpy()
        x, y, *columns = environment.state.numpy()[:5]
        directions = environment.state.numpy()[5:8]
        ghosts = list(zip(columns, (1, 2, 3), strict=True))
        mine = lesson["my_grid_state"]((x, y), ghosts, directions, (4, 4))
        np.testing.assert_array_equal(mine, seen)


def test_the_target_and_the_loss_of_the_text(lesson):
    rewards, terminated = np.array([0.0, 1.0], np.float32), np.array([False, True])
    next_q = np.array([[0.1, 0.5], [0.7, 0.9]], np.float32)
    expected = [0 + 0.9 * (1 - 0) * 0.5, 1 + 0.9 * (1 - 1) * 0.7]  # by hand, in the text
    for target in (sarsa_target, lesson["my_sarsa_target"]):
        np.testing.assert_allclose(
            target(rewards, next_q, np.array([1, 0]), terminated, 0.9), expected, rtol=1e-6
        )

    agent = DeepSARSAAgent(15, 5, discount_factor=0.9, seed=0)
    state, next_state = tf.random.stateless_normal([2, 15], [0, 0])
    q, following = agent.model(tf.stack([state, next_state])).numpy()
    loss = agent.train_model(
        state, tf.constant(1), tf.constant(0.3), next_state, tf.constant(2), tf.constant(False)
    )
    assert float(loss) == pytest.approx((0.3 + 0.9 * following[2] - q[1]) ** 2, rel=1e-4)


def plain_states():
    """All full states by breadth-first search in the plain grid: key to the grid itself."""

    def key(grid):
        ghosts = ((*o["at"], o["direction"]) for o in grid.obstacles)
        return (*grid.agent, *ghosts, grid.counter % 2)

    queue = [PlainGrid()]
    found = {key(queue[0]): queue[0]}
    for grid in queue:
        for action in range(5):
            after = copy.deepcopy(grid)
            _, ended = after.step(action)
            if not ended and key(after) not in found:
                found[key(after)] = after
                queue.append(after)
    return found


def test_explore_finds_every_state_and_no_other(lesson):
    states, next_states, rewards, ended = lesson["explore"](GridWorld())
    found = plain_states()
    assert len(states) == len(found)
    seen = GridWorld().observe(states).numpy()
    plain = [tuple(map(float, grid.observation())) for grid in found.values()]
    assert sorted(map(tuple, seen.tolist())) == sorted(plain)
    assert next_states.shape == rewards.shape == ended.shape == (len(states), 5)
    # Value iteration on the table knows the shortest way: 8 steps, no ghost.
    values = np.zeros(len(states))
    for _ in range(60):
        values = (rewards + 0.9 * values[next_states] * ~ended).max(axis=1)
    assert values[0] == pytest.approx(0.9**7)
    # What the text says of the 15 numbers: nearly all hide whether the ghosts will move.
    twins = np.unique(seen, axis=0, return_counts=True)[1]
    assert twins.max() == 2 and (twins == 1).sum() == 1
    assert len(np.unique(np.c_[seen, states[:, -1]], axis=0)) == len(states)


def test_the_same_start_is_two_states_when_the_counter_runs_on():
    world, rewards, starts = GridWorld(reset_counter=False), [], []
    for _ in range(2):
        starts.append(world.reset().numpy())
        rewards.append(float(world.step(1)[1]))
    np.testing.assert_array_equal(*starts)
    assert rewards == [0, -1]


def test_the_repaired_loop_is_the_agents(lesson, eagerly):
    agent, environment = DeepSARSAAgent(15, 5, seed=3), GridWorld(max_steps=6)
    score = lesson["my_sarsa_episode"](environment, agent.get_action, agent.train_model)
    mine = agent.model.get_weights()
    agent.reset(seed=3)
    assert float(agent.run_episode(environment)) == pytest.approx(float(score))
    for one, other in zip(mine, agent.model.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
