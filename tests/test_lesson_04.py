"""Lesson 04: its formulas are its code, its counts are true; test_checks.py tests its exercises."""

import ast
import copy

import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT
from test_grid_world import PlainGrid

from dqn_keras import DeepSARSAAgent, GridWorld, checks, sarsa_target
from dqn_keras.classroom.checks.harness import Hint

FUNCTIONS = [
    "table_entries",
    "my_grid_state",
    "explore",
    "my_sarsa_target",
    "learn_step",
    "lecture_episode",
    "my_sarsa_episode",
]


@pytest.fixture(scope="module")
def lesson():
    """The lesson's functions, without running it."""
    (source,) = (ROOT / "notebooks" / "source").glob("04_*.py")
    tree = ast.parse(source.read_text()).body
    kept = [node for node in tree if isinstance(node, ast.FunctionDef) and node.name in FUNCTIONS]
    names = {"np": np, "tf": tf}
    exec(compile(ast.Module(kept, []), str(source), "exec"), names)
    return names


def test_the_lectures_loop_is_found_out(lesson):
    with pytest.raises(Hint, match="thrown away"):
        checks.check_sarsa_episode(lesson["lecture_episode"])


def test_the_lessons_solutions_pass(lesson):
    checks.check_grid_state(lesson["my_grid_state"])
    checks.check_sarsa_target(lesson["my_sarsa_target"])
    checks.check_sarsa_episode(lesson["my_sarsa_episode"])


def test_table_entries_counts_states_and_actions(lesson):
    for side, dimensions, actions in ((5, 2, 5), (3, 3, 2), (4, 1, 7)):
        pairs = np.ones([side] * dimensions + [actions])
        assert lesson["table_entries"](side, dimensions, actions) == pairs.size


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
    lesson["agent"] = agent
    score = lesson["my_sarsa_episode"](environment, agent.get_action, lesson["learn_step"])
    assert int(agent.training_steps) == 6
    mine = agent.model.get_weights()
    agent.reset(seed=3)
    assert float(agent.run_episode(environment)) == pytest.approx(float(score))
    for one, other in zip(mine, agent.model.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
