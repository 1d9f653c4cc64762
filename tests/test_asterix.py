"""Asterix: its rules one by one, and beside MinAtar's package where that is installed."""

import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import Asterix, as_gymnasium
from dqn_keras.environments.asterix import CHANNELS

STAY, LEFT, UP, RIGHT, DOWN = range(5)
PLAYER, LEVEL, LEVEL_TIMER, SPAWN_TIMER, MOVE_TIMER, ACTION = slice(0, 2), 2, 3, 4, 5, 6
X, WAY, GOLD = slice(8, 16), slice(16, 24), slice(24, 32)


def full_state(
    player=(5, 5), things=(), level=0, level_timer=50, spawn_timer=9, move_timer=4, dice=0
) -> np.ndarray:
    """A full state [32]; a thing is x, row, way, gold."""
    state = np.array([*player, level, level_timer, spawn_timer, move_timer, STAY, dice, *[0] * 24])
    for x, row, way, gold in things:
        state[[7 + row, 15 + row, 23 + row]] = x, way, gold
    return state.astype(np.int32)


def things_of(state) -> list:
    """The things of a full state, as `full_state` takes them."""
    numbers = zip(state[X], range(1, 9), state[WAY], state[GOLD], strict=True)
    return [(int(x), row, int(way), int(gold)) for x, row, way, gold in numbers if way]


def step(state, action=STAY):
    """One step without sticky actions: full state, reward, terminated."""
    result = Asterix(sticky=0).transition(tf.constant(state), tf.constant(action))
    next_state, reward, terminated = (value.numpy() for value in result)
    return next_state, float(reward), bool(terminated)


def starts(environment, count, seed=0):
    return environment.initial_states(count, tf.random.Generator.from_seed(seed)).numpy()


def test_an_episode_begins_in_the_middle_with_nothing_else():
    environment = Asterix(seed=0)
    assert (environment.state_size, environment.action_size) == ((10, 10, 4), 5)
    states = starts(environment, 50)
    np.testing.assert_array_equal(states[:, :7], [[5, 5, 0, 100, 10, 5, 0]] * 50)
    assert len(set(states[:, 7])) == 50 and not states[:, 8:].any()
    picture = environment.reset().numpy()
    assert picture.dtype == np.float32 and np.argwhere(picture).tolist() == [[5, 5, 0]]


@pytest.mark.parametrize(
    "player, action, moved",
    [
        ((5, 5), STAY, (5, 5)),
        ((5, 5), LEFT, (4, 5)),
        ((5, 5), UP, (5, 4)),
        ((5, 5), RIGHT, (6, 5)),
        ((5, 5), DOWN, (5, 6)),
        ((0, 1), LEFT, (0, 1)),
        ((0, 1), UP, (0, 1)),
        ((9, 8), RIGHT, (9, 8)),
        ((9, 8), DOWN, (9, 8)),
    ],
)
def test_the_player_moves_a_cell_and_not_out(player, action, moved):
    assert tuple(step(full_state(player), action)[0][PLAYER]) == moved


def test_things_fly_when_their_time_has_come_and_out_of_sight():
    things = [(3, 1, 1, 0), (3, 2, -1, 1), (9, 3, 1, 0), (0, 4, -1, 1)]
    state = full_state(things=things, move_timer=1)
    state = step(state)[0]
    assert things_of(state) == things and state[MOVE_TIMER] == 0
    state = step(state)[0]
    assert things_of(state) == [(4, 1, 1, 0), (2, 2, -1, 1)] and state[MOVE_TIMER] == 4


@pytest.mark.parametrize(
    "thing, move_timer, action",
    [
        ((5, 5, 1, 1), 3, STAY),  # there already
        ((4, 5, 1, 1), 3, LEFT),  # the player goes there
        ((5, 6, 1, 1), 3, DOWN),
        ((4, 5, 1, 1), 0, STAY),  # it comes
        ((6, 5, -1, 1), 0, STAY),
        ((6, 5, -1, 1), 0, RIGHT),  # they would change places: the player is first
    ],
)
def test_gold_is_picked_up_and_enemies_end_the_episode(thing, move_timer, action):
    state, reward, terminated = step(full_state(things=[thing], move_timer=move_timer), action)
    assert reward == 1 and not terminated and not things_of(state)
    enemy = (*thing[:3], 0)
    _, reward, terminated = step(full_state(things=[enemy], move_timer=move_timer), action)
    assert reward == 0 and terminated


def test_what_flies_past_in_another_row_is_not_touched():
    state, reward, terminated = step(full_state(things=[(4, 4, 1, 1), (4, 6, 1, 0)], move_timer=0))
    assert things_of(state) == [(5, 4, 1, 1), (5, 6, 1, 0)] and reward == 0 and not terminated


@pytest.mark.parametrize("move_timer, x", [(1, (0, 9)), (0, (1, 8))])
def test_a_new_thing_comes_in_at_a_side_and_moves_if_it_is_time(move_timer, x):
    for dice in range(20):
        state = step(full_state(spawn_timer=0, move_timer=move_timer, dice=dice))[0]
        ((place, _, way, _),) = things_of(state)
        assert place == (x[0] if way == 1 else x[1])
        assert state[SPAWN_TIMER] == 9
    assert not things_of(step(full_state(spawn_timer=1))[0])


def test_where_there_is_no_room_nothing_comes():
    full = [(3, row, 1, 0) for row in range(1, 9)]
    state = step(full_state(things=full, spawn_timer=0))[0]
    assert things_of(state) == full and state[SPAWN_TIMER] == 9


def test_what_comes_is_drawn_evenly():
    environment, count = Asterix(), 20_000
    states = np.tile(full_state(things=[(3, 2, 1, 0), (3, 7, 1, 0)], spawn_timer=0), [count, 1])
    states[:, 7] = starts(environment, count)[:, 7]
    states, _, _ = environment.transition(states, tf.zeros([count], tf.int32))
    new = np.array([next(t for t in things_of(s) if t[0] != 3) for s in states.numpy()])
    counts = {
        (row, way, gold): np.mean((new[:, 1:] == (row, way, gold)).all(axis=1))
        for row in (1, 3, 4, 5, 6, 8)
        for way in (-1, 1)
        for gold in (0, 1)
    }
    for (_, _, gold), share in counts.items():
        expected = (1 / 3 if gold else 2 / 3) / 12
        deviation = np.sqrt(expected * (1 - expected) / count)
        assert abs(share - expected) < 5 * deviation
    assert sum(counts.values()) == pytest.approx(1)


def test_chance_in_one_step_tells_nothing_of_the_next_newcomer():
    environment, count = Asterix(sticky=0), 20_000
    states, gold = starts(environment, count), []
    for _ in range(2):
        states[:, SPAWN_TIMER], states[:, WAY] = 0, 0
        states[:, GOLD] = 0
        states = environment.transition(states, tf.zeros([count], tf.int32))[0].numpy()
        gold.append(states[:, GOLD].any(axis=1))
    assert np.mean(gold[0] & gold[1]) == pytest.approx(1 / 9, abs=5 * np.sqrt(8 / 81 / count))


def test_step_by_step_everything_becomes_faster_down_to_every_step():
    environment = Asterix(sticky=0)
    step = tf.function(environment.transition, jit_compile=True)
    state, levels, pace = environment.initial_states(1, environment.rng), [], {}
    for number in range(1200):
        before = state.numpy()[0]
        state = step(state, tf.constant([STAY]))[0]
        after = state.numpy()[0]
        if after[LEVEL] > before[LEVEL]:
            levels.append(number)
        if before[SPAWN_TIMER] == 0:
            pace.setdefault(int(before[LEVEL]), [0, 0])[0] = int(after[SPAWN_TIMER]) + 1
        if before[MOVE_TIMER] == 0:
            pace.setdefault(int(before[LEVEL]), [0, 0])[1] = int(after[MOVE_TIMER]) + 1
    assert levels == list(range(101, 101 + 9 * 102, 102))
    speeds = [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert pace == {level: [10 - level, speeds[level]] for level in range(10)}


@pytest.mark.parametrize("sticky", [0.0, 0.1, 0.5])
def test_an_action_sticks_as_often_as_told(sticky):
    environment, count = Asterix(sticky=sticky), 20_000
    states = starts(environment, count)
    for _ in range(2):
        states[:, PLAYER], states[:, ACTION], states[:, SPAWN_TIMER] = 5, LEFT, 5
        states = environment.transition(states, tf.fill([count], DOWN))[0].numpy()
        stuck = states[:, 0] == 4
        assert np.mean(stuck) == pytest.approx(sticky, abs=0.018)  # five standard deviations
        np.testing.assert_array_equal(states[~stuck, 1], 6)
        np.testing.assert_array_equal(states[:, ACTION], np.where(stuck, LEFT, DOWN))


def test_the_picture_shows_each_thing_and_the_cell_behind_it():
    environment = Asterix(sticky=0)
    env = as_gymnasium(environment, render_mode="rgb_array")
    env.reset(seed=0)
    things = [(3, 2, 1, 0), (7, 4, -1, 1), (0, 6, 1, 1), (9, 8, -1, 0)]
    environment.state.assign(full_state((6, 5), things))
    picture = environment.observe(environment.state).numpy()
    places = [np.argwhere(picture[:, :, channel].T).tolist() for channel in range(4)]
    assert places == [[[6, 5]], [[3, 2], [9, 8]], [[2, 2], [8, 4]], [[0, 6], [7, 4]]]
    image = env.render().reshape(10, 25, 10, 25, 3)[:, 1:, :, 1:].transpose(0, 2, 1, 3, 4)
    image = image.reshape(10, 10, -1, 3)
    assert (image == image[:, :, :1]).all()  # one colour a cell
    colors = {tuple(image[y, x, 0]) for x, y in [(6, 5), (3, 2), (2, 2), (7, 4), (0, 0)]}
    assert len(colors) == 5
    np.testing.assert_array_equal(image[8, 9, 0], image[2, 3, 0])


@pytest.fixture(scope="module")
def game():
    """MinAtar's game, to be put into any state and stepped."""
    return pytest.importorskip("minatar").Environment("asterix", sticky_action_prob=0.0)


def put(game, state):
    """Makes the package's game stand in one of our full states."""
    inner, level = game.env, int(state[LEVEL])
    inner.player_x, inner.player_y = state[PLAYER].tolist()
    inner.spawn_speed, inner.move_speed, inner.ramp_index = 10 - level, 5 - level // 2, level
    inner.ramp_timer, inner.spawn_timer, inner.move_timer = state[3:6].tolist()
    inner.entities, inner.terminal = [None] * 8, False
    for x, row, way, gold in things_of(state):
        inner.entities[row - 1] = [x, row, way == 1, gold == 1]


def seen(game):
    """What `seen_of` gives of ours, of the package's game."""
    inner = game.env
    numbers = [inner.player_x, inner.player_y, inner.spawn_speed, inner.move_speed]
    numbers += [inner.ramp_timer, inner.spawn_timer, inner.move_timer]
    things = [thing for thing in inner.entities if thing is not None]
    return numbers, [(x, row, 1 if right else -1, int(gold)) for x, row, right, gold in things]


def seen_of(state):
    """Our full state as the package has it, but for the action and the dice."""
    level = int(state[LEVEL])
    return [*state[PLAYER], 10 - level, 5 - level // 2, *state[3:6]], things_of(state)


def with_newcomers(environment, states):
    """The states once this step's newcomer is in them, so that chance is out of the game.

    Who comes is seen in a step in which nothing else can happen: nothing moves, nobody is near.
    """
    quiet = states.copy()
    quiet[:, PLAYER], quiet[:, MOVE_TIMER] = 5, 9
    quiet[:, WAY] *= 2  # for the filled rows to be known from the new ones
    quiet[:, X] = 3
    after = environment.transition(quiet, tf.zeros([len(states)], tf.int32))[0].numpy()
    new, spawns = np.abs(after[:, WAY]) == 1, states[:, SPAWN_TIMER] == 0
    states = states.copy()
    states[:, SPAWN_TIMER] = np.where(spawns, 10 - states[:, LEVEL], states[:, SPAWN_TIMER])
    for part in (X, WAY, GOLD):
        states[:, part] = np.where(new, after[:, part], states[:, part])
    return states, new.sum(axis=1)


def test_thousands_of_random_steps_are_the_packages(game):
    # Sixty games at random, which begin on every level.
    environment, rng, count = Asterix(sticky=0.1), np.random.default_rng(0), 60
    step = tf.function(environment.transition, jit_compile=True)
    states, ends, pieces, came = starts(environment, count), 0, 0, 0
    for _ in range(300):
        next_states, rewards, terminated = (
            value.numpy() for value in step(states, rng.integers(5, size=count).astype(np.int32))
        )
        before, new = with_newcomers(environment, states)
        pictures = environment.observe(next_states).numpy()
        for i in range(count):
            put(game, before[i])
            played = int(next_states[i, ACTION])  # the one before, where it stuck
            assert game.act(played) == (rewards[i], terminated[i])
            np.testing.assert_array_equal(game.state(), pictures[i])
            assert terminated[i] or seen(game) == seen_of(next_states[i])
        ends, pieces, came = ends + terminated.sum(), pieces + rewards.sum(), came + new.sum()
        fresh = starts(environment, count, seed=int(rng.integers(2**31)))
        fresh[:, LEVEL] = rng.integers(10, size=count)
        fresh[:, LEVEL_TIMER] = rng.integers(-1, 101, size=count)
        states = np.where(terminated[:, None], fresh, next_states)
    assert ends > 100 and pieces > 100 and came > 1000


def test_what_comes_in_the_package_is_drawn_as_ours(game):
    new, count = [], 4000
    game.seed(0)
    for _ in range(count):
        put(game, full_state(things=[(3, 2, 1, 0), (3, 7, 1, 0)], spawn_timer=0))
        game.act(0)
        new.append(next(thing for thing in seen(game)[1] if thing[0] != 3))
    new = np.array(new)
    assert set(new[:, 0]) == {0, 9} and set(new[:, 1]) == {1, 3, 4, 5, 6, 8}
    for row in (1, 3, 4, 5, 6, 8):
        assert np.mean(new[:, 1] == row) == pytest.approx(1 / 6, abs=0.03)
    assert np.mean(new[:, 2] == 1) == pytest.approx(1 / 2, abs=0.04)
    assert np.mean(new[:, 3]) == pytest.approx(1 / 3, abs=0.038)  # five standard deviations


def test_an_episode_of_the_package_begins_as_ours(game):
    game.reset()
    assert seen(game) == seen_of(starts(Asterix(), 1)[0])


def test_its_actions_and_channels_are_the_packages(game):
    assert game.minimal_action_set() == [STAY, LEFT, UP, RIGHT, DOWN]
    assert list(game.env.channels) == list(CHANNELS)
