"""Breakout: its rules one by one, and beside MinAtar's package where that is installed."""

import gymnasium
import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import Breakout, GymnasiumEnvironment, History, as_gymnasium
from dqn_keras.__main__ import main

STAY, LEFT, RIGHT = range(3)
# The package's number of a direction, and of each of our actions.
DIRECTIONS = {0: (-1, -1), 1: (1, -1), 2: (1, 1), 3: (-1, 1)}
PACKAGE_ACTIONS = (0, 1, 3)
FULL = np.ones([3, 10], int)


def full_state(
    ball, velocity, paddle=4, bricks=(), struck=0, action=STAY, trail=None, dice=0
) -> np.ndarray:
    """A full state [40]; bricks are x, y of those that stand, or a map [3, 10]."""
    wall = np.zeros([3, 10], int)
    if isinstance(bricks, np.ndarray):
        wall = bricks
    else:
        for x, y in bricks:
            wall[y - 1, x] = 1
    numbers = [*ball, *velocity, *(trail or ball), paddle, struck, action, dice, *wall.ravel()]
    return np.array(numbers, np.int32)


def step(state, action=STAY):
    """One step without sticky actions: full state, reward, terminated."""
    environment = Breakout(sticky=0)
    result = environment.transition(tf.constant(state), tf.constant(action))
    next_state, reward, terminated = (value.numpy() for value in result)
    return next_state, float(reward), bool(terminated)


def starts(environment, count, seed=0):
    return environment.initial_states(count, tf.random.Generator.from_seed(seed))


def test_an_episode_begins_at_a_side_below_the_whole_wall():
    environment = Breakout(seed=0)
    assert (environment.state_size, environment.action_size) == ((10, 10, 4), 3)
    begins = set()
    for state in starts(environment, 200).numpy():
        np.testing.assert_array_equal(state[10:], 1)
        assert state[6] == 4 and state[7] == state[8] == 0
        begins.add((*state[:6],))
    assert begins == {(0, 3, 1, 1, 0, 3), (9, 3, -1, 1, 9, 3)}
    picture = environment.reset().numpy()
    assert picture.dtype == np.float32
    assert np.argwhere(picture[:, :, 0]).tolist() == [[9, 4]]
    assert np.argwhere(picture[:, :, 1]).tolist() in ([[3, 0]], [[3, 9]])
    np.testing.assert_array_equal(picture[:, :, 2], picture[:, :, 1])
    np.testing.assert_array_equal(picture[:, :, 3].any(axis=1), [0, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    assert picture.sum() == 33


@pytest.mark.parametrize(
    "paddle, action, moved",
    [(4, STAY, 4), (4, LEFT, 3), (4, RIGHT, 5), (0, LEFT, 0), (9, RIGHT, 9), (0, RIGHT, 1)],
)
def test_the_paddle_moves_a_cell_and_not_out(paddle, action, moved):
    assert step(full_state((5, 5), (1, 1), paddle), action)[0][6] == moved


@pytest.mark.parametrize(
    "ball, velocity, next_ball, next_velocity",
    [
        ((5, 5), (1, -1), (6, 4), (1, -1)),
        ((5, 5), (-1, 1), (4, 6), (-1, 1)),
        ((0, 5), (-1, -1), (0, 4), (1, -1)),  # a side
        ((9, 5), (1, 1), (9, 6), (-1, 1)),
        ((5, 0), (1, -1), (6, 0), (1, 1)),  # the ceiling
        ((0, 0), (-1, -1), (0, 0), (1, 1)),  # both
    ],
)
def test_the_ball_flies_along_diagonals_and_is_mirrored(ball, velocity, next_ball, next_velocity):
    state, reward, terminated = step(full_state(ball, velocity))
    np.testing.assert_array_equal(state[:4], [*next_ball, *next_velocity])
    np.testing.assert_array_equal(state[4:6], ball)  # the trail
    assert reward == 0 and not terminated


@pytest.mark.parametrize("velocity", [(1, -1), (-1, -1), (1, 1), (-1, 1)])
def test_a_brick_breaks_brings_one_and_mirrors_the_ball(velocity):
    dx, dy = velocity
    brick = (5 + dx, 2)
    state, reward, _ = step(full_state((5, 2 - dy), velocity, bricks=[brick, (0, 1)]))
    np.testing.assert_array_equal(state[:4], [5 + dx, 2 - dy, dx, -dy])
    assert reward == 1 and state[7] == 1 and state[10:].sum() == 1


def test_a_ball_that_has_just_broken_a_brick_flies_through_the_next():
    state, reward, _ = step(full_state((5, 4), (1, -1), bricks=FULL, struck=1))
    np.testing.assert_array_equal(state[:4], [6, 3, 1, -1])
    assert reward == 0 and state[7] == 1 and state[10:].sum() == 30
    for _ in range(2):
        state, reward, _ = step(state)  # and on, as long as there are bricks
        assert reward == 0 and state[7] == 1
    state = step(state)[0]
    assert state[7] == 0 and state[1] == 0
    state, reward, _ = step(state)  # from above the wall the ceiling sends it back into it
    assert reward == 0 and tuple(state[1:4:2]) == (0, 1)
    assert step(state)[1] == 1


def test_there_is_a_new_wall_when_the_ball_comes_down_and_not_before():
    last = full_state((5, 4), (1, -1), paddle=7, bricks=[(6, 3)])
    state, reward, _ = step(last)
    assert reward == 1 and state[10:].sum() == 0
    sums = []
    for _ in range(6):
        state, _, terminated = step(state, RIGHT)
        sums.append(int(state[10:].sum()))
    assert sums == [0, 0, 0, 0, 30, 30] or terminated


@pytest.mark.parametrize(
    "ball, velocity, paddle, bounced",
    [
        ((5, 8), (1, 1), 5, (6, 8, 1, -1)),  # on top
        ((5, 8), (-1, 1), 5, (4, 8, -1, -1)),
        ((5, 8), (1, 1), 6, (6, 8, -1, -1)),  # on the edge: back where it came from
        ((5, 8), (-1, 1), 4, (4, 8, 1, -1)),
        ((9, 8), (1, 1), 9, (9, 8, -1, -1)),  # in the corner the side has mirrored it already
        ((0, 8), (-1, 1), 0, (0, 8, 1, -1)),
    ],
)
def test_the_paddle_returns_the_ball(ball, velocity, paddle, bounced):
    state, reward, terminated = step(full_state(ball, velocity, paddle, bricks=[(0, 1)]))
    np.testing.assert_array_equal(state[:4], bounced)
    assert reward == 0 and not terminated


@pytest.mark.parametrize("paddle", [0, 3, 4, 7, 9])
def test_past_the_paddle_the_episode_ends(paddle):
    state, reward, terminated = step(full_state((5, 8), (1, 1), paddle, bricks=[(0, 1)]))
    assert terminated and reward == 0 and state[1] == 9


def test_the_paddle_moves_before_the_ball_lands():
    assert step(full_state((5, 8), (1, 1), paddle=7), LEFT)[2] is False
    assert step(full_state((5, 8), (1, 1), paddle=6), RIGHT)[2] is True


@pytest.mark.parametrize("sticky", [0.0, 0.1, 0.5, 1.0])
def test_an_action_sticks_as_often_as_told(sticky):
    environment, count = Breakout(sticky=sticky), 20_000
    states = starts(environment, count).numpy()
    states[:, 6], states[:, 8] = 5, LEFT  # the action before
    for _ in range(3):  # the dice of the second and the third step, too
        states[:, 0:4] = [5, 4, 1, 1]
        states, _, _ = environment.transition(states, tf.fill([count], RIGHT))
        states = states.numpy()
        stuck = np.mean(states[:, 6] == 4)
        assert stuck == pytest.approx(sticky, abs=0.012)  # five standard deviations
        assert set(states[:, 6]) <= {4, 6}
        states[:, 6], states[:, 8] = 5, LEFT


def test_what_sticks_is_the_action_that_was_played():
    environment = Breakout(sticky=1.0)
    states = starts(environment, 1)
    for _ in range(5):  # the first stay sticks for ever
        states, _, _ = environment.transition(states, tf.constant([RIGHT]))
    assert states[0, 6] == 4


def test_chance_in_one_step_tells_nothing_of_the_next():
    environment = Breakout()
    states = starts(environment, 20_000).numpy()
    stuck = []
    for _ in range(2):
        states[:, 6], states[:, 8] = 5, LEFT
        states, _, _ = environment.transition(states, tf.fill([len(states)], RIGHT))
        states = states.numpy()
        stuck.append(states[:, 6] == 4)
    both = np.mean(stuck[0] & stuck[1])
    assert both == pytest.approx(0.01, abs=0.004)


def test_the_picture_shows_each_thing_in_its_colour():
    environment = Breakout(sticky=0)
    env = as_gymnasium(environment, render_mode="rgb_array")
    env.reset(seed=0)
    environment.state.assign(full_state((6, 5), (1, 1), 2, bricks=[(8, 2)], trail=(5, 4)))
    picture = env.render()
    assert picture.shape == (250, 250, 3) and picture.dtype == np.uint8
    cells = picture.reshape(10, 25, 10, 25, 3)[:, 1:, :, 1:]  # without the lines between them
    cells = cells.transpose(0, 2, 1, 3, 4).reshape(10, 10, -1, 3)
    assert (cells == cells[:, :, :1]).all()  # one colour a cell
    background = cells[0, 0, 0]
    things = {(x, y): tuple(cells[y, x, 0]) for x, y in [(2, 9), (6, 5), (5, 4), (8, 2)]}
    assert len(set(things.values()) | {tuple(background)}) == 5
    others = [cells[y, x, 0] for x in range(10) for y in range(10) if (x, y) not in things]
    assert (np.array(others) == background).all()


@pytest.fixture(scope="module")
def game():
    """MinAtar's game, to be put into any state and stepped."""
    return pytest.importorskip("minatar").Environment("breakout", sticky_action_prob=0.0)


def put(game, state):
    """Makes the package's game stand in one of our full states."""
    x, y, dx, dy, trail_x, trail_y, paddle, struck = state[:8].tolist()
    inner = game.env
    inner.ball_x, inner.ball_y, inner.last_x, inner.last_y = x, y, trail_x, trail_y
    inner.ball_dir = {way: number for number, way in DIRECTIONS.items()}[dx, dy]
    inner.pos, inner.strike, inner.terminal = paddle, bool(struck), False
    inner.brick_map = np.zeros([10, 10])
    inner.brick_map[1:4] = state[10:].reshape(3, 10)


def seen(game):
    """Our full state of the package's game, but for the action and the dice."""
    inner = game.env
    head = [inner.ball_x, inner.ball_y, *DIRECTIONS[inner.ball_dir], inner.last_x, inner.last_y]
    return [*head, inner.pos, int(inner.strike), *inner.brick_map[1:4].ravel().astype(int)]


def test_every_situation_goes_on_as_in_the_package(game):
    # Every place and way of the ball, every place of the paddle, every action; random walls.
    rng, states, actions = np.random.default_rng(0), [], []
    for x, y, way, paddle, action, struck in np.ndindex(10, 9, 4, 10, 3, 2):
        wall = (rng.random([3, 10]) < rng.choice([0, 0.1, 0.5, 1])).astype(int)
        trail = tuple(rng.integers(10, size=2))
        states.append(full_state((x, y), DIRECTIONS[way], paddle, wall, struck, trail=trail))
        actions.append(action)
    environment, states = Breakout(sticky=0), np.array(states)
    result = environment.transition(tf.constant(states), tf.constant(actions))
    next_states, rewards, terminated = (value.numpy() for value in result)
    before, after = environment.observe(states).numpy(), environment.observe(next_states).numpy()
    known = np.r_[0:8, 10:40]  # all but the action and the dice
    for i in range(len(states)):
        put(game, states[i])
        np.testing.assert_array_equal(game.state(), before[i])
        reward, end = game.act(PACKAGE_ACTIONS[actions[i]])
        assert (reward, end) == (rewards[i], terminated[i]), states[i]
        np.testing.assert_array_equal(game.state(), after[i])
        np.testing.assert_array_equal(seen(game), next_states[i][known])


def test_thousands_of_random_steps_are_the_packages(game):
    # Fifty games, each in its own way: from chance alone to a paddle below the ball nearly always.
    environment, rng, known = Breakout(sticky=0.02), np.random.default_rng(0), np.r_[0:8, 10:40]
    step = tf.function(environment.transition, jit_compile=True)
    states, skill = starts(environment, 50).numpy(), np.linspace(0, 1, 50)
    ends, walls = 0, 0
    for _ in range(250):
        ahead = np.clip(states[:, 0] + states[:, 2], 0, 9) - states[:, 6]
        chase = np.choose(np.sign(ahead) + 1, [LEFT, STAY, RIGHT])
        actions = np.where(rng.random(50) < skill, chase, rng.integers(3, size=50))
        result = step(tf.constant(states), tf.constant(actions, tf.int32))
        next_states, rewards, terminated = (value.numpy() for value in result)
        pictures = environment.observe(next_states).numpy()
        for i in range(50):
            put(game, states[i])
            played = PACKAGE_ACTIONS[next_states[i, 8]]  # the one before, where it stuck
            assert game.act(played) == (rewards[i], terminated[i])
            np.testing.assert_array_equal(game.state(), pictures[i])
            np.testing.assert_array_equal(seen(game), next_states[i][known])
        ends += terminated.sum()
        walls += np.sum(next_states[:, 10:].sum(axis=1) > states[:, 10:].sum(axis=1))
        fresh = starts(environment, 50, seed=int(rng.integers(2**31))).numpy()
        fresh[:, 10:] = rng.random([50, 30]) < rng.random([50, 1])  # some walls nearly empty
        states = np.where(terminated[:, None], fresh, next_states)
    assert ends > 100 and walls > 0  # lost balls and new walls were among them


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*no time limit")
def test_the_recipe_learns_on_the_package_too(game, tmp_path, capsys):
    folder = ["--model-dir", str(tmp_path), "--graph-dir", str(tmp_path)]
    env = ["--env", "gymnasium:MinAtar/Breakout-v1"]
    assert main(["train", "minatar_dqn", *env, "--episodes", "3", *folder]) == 0
    history = History.load(tmp_path / "minatar_dqn.json")
    assert history.agent["state_size"] == [10, 10, 4] and history.agent["action_size"] == 3
    assert main(["evaluate", "minatar_dqn", "--episodes", "3", *folder[:2]]) == 0, "the same game"
    capsys.readouterr()


def test_its_pictures_and_ours_are_the_same(game):
    from minatar.gym import register_envs

    if "MinAtar/Breakout-v1" not in gymnasium.registry:
        register_envs()
    theirs = GymnasiumEnvironment(gymnasium.make("MinAtar/Breakout-v1"), seed=0)
    ours = Breakout(seed=0)
    assert (theirs.name, theirs.state_size, theirs.action_size) == ("breakout", (10, 10, 4), 3)
    states = {tuple(np.flatnonzero(theirs.reset().numpy())) for _ in range(20)}
    assert states == {tuple(np.flatnonzero(ours.reset().numpy())) for _ in range(20)}


def test_an_episode_of_the_package_begins_as_ours(game):
    begins = set()
    for _ in range(50):
        game.reset()
        begins.add(tuple(seen(game)))
    ours = {tuple(state[np.r_[0:8, 10:40]]) for state in starts(Breakout(), 50).numpy()}
    assert begins == ours
