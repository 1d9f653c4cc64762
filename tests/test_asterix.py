"""Asterix: its rules one by one, and beside MinAtar's package where that is installed."""

import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import Asterix, as_gymnasium
from dqn_keras.environments.asterix import CHANNELS
from dqn_keras.environments.minatar import roll

STAY, LEFT, UP, RIGHT, DOWN = range(5)
PLAYER, LEVEL, LEVEL_TIMER, NEW_TIMER, MOVE_TIMER, ACTION, DICE = slice(0, 2), 2, 3, 4, 5, 6, 7
X, DIRECTION, GOLD = slice(8, 16), slice(16, 24), slice(24, 32)


def full_state(
    player=(5, 5), things=(), level=0, level_timer=50, new_timer=9, move_timer=4, dice=0
) -> np.ndarray:
    """A full state [32]; a thing is x, row, direction, gold."""
    state = np.array([*player, level, level_timer, new_timer, move_timer, STAY, dice, *[0] * 24])
    for x, row, direction, gold in things:
        state[[7 + row, 15 + row, 23 + row]] = x, direction, gold
    return state.astype(np.int32)


def things_of(state) -> list:
    """The things of a full state, as `full_state` takes them."""
    numbers = zip(state[X], range(1, 9), state[DIRECTION], state[GOLD], strict=True)
    return [tuple(map(int, thing)) for thing in numbers if thing[2]]


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
    seen = set()
    for dice in range(20):
        state = step(full_state(new_timer=0, move_timer=move_timer, dice=dice))[0]
        ((place, _, direction, _),) = things_of(state)
        seen.add((place, direction))
        assert state[NEW_TIMER] == 9
    assert seen == {(x[0], 1), (x[1], -1)}
    assert not things_of(step(full_state(new_timer=1))[0])


def test_where_there_is_no_room_nothing_comes():
    full = [(3, row, 1, 0) for row in range(1, 9)]
    state = step(full_state(things=full, new_timer=0))[0]
    assert things_of(state) == full and state[NEW_TIMER] == 9


def test_what_comes_is_drawn_evenly_and_so_is_what_comes_next():
    # Two steps in which something comes: the row, side and kind of each, and whether it stuck.
    environment, count = Asterix(sticky=0.5), 100_000
    states, seen = starts(environment, count), []
    step = tf.function(environment.transition, jit_compile=True)
    for _ in range(2):
        states[:, NEW_TIMER], states[:, ACTION], states[:, PLAYER] = 0, LEFT, 5
        states[:, DIRECTION], states[:, GOLD] = [0, 1, 1, 0, 1, 1, 1, 0], 0  # rows 1, 4 and 8
        states = step(states, tf.fill([count], DOWN))[0].numpy()
        free = states[:, DIRECTION][:, [0, 3, 7]]
        row, side = np.abs(free).argmax(axis=1), free.sum(axis=1) > 0
        seen.append((row, side, states[:, GOLD].any(axis=1), states[:, 0] == 4))
    expected = np.where(np.indices([3, 2, 2, 2])[2], 1 / 3, 2 / 3) / 12  # row, side, kind, stuck
    deviation = np.sqrt(expected * (1 - expected) / count)
    for parts in seen:
        shares = np.zeros_like(expected)
        np.add.at(shares, tuple(part.astype(int) for part in parts), 1 / count)
        assert (np.abs(shares - expected) < 5 * deviation).all()
    kinds = np.array([2 / 3, 1 / 3])
    expected = np.ones([3, 1, 3, 1]) / 9 * kinds[:, None, None] * kinds  # row, kind, row, kind
    deviation = np.sqrt(expected * (1 - expected) / count)
    shares = np.zeros_like(expected)
    both = [part.astype(int) for row, _, kind, _ in seen for part in (row, kind)]
    np.add.at(shares, tuple(both), 1 / count)
    assert (np.abs(shares - expected) < 5 * deviation).all()


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
        if before[NEW_TIMER] == 0:
            pace.setdefault(int(before[LEVEL]), [0, 0])[0] = int(after[NEW_TIMER]) + 1
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
        states[:, PLAYER], states[:, ACTION], states[:, NEW_TIMER] = 5, LEFT, 5
        states = environment.transition(states, tf.fill([count], DOWN))[0].numpy()
        stuck = states[:, 0] == 4
        deviation = np.sqrt(sticky * (1 - sticky) / count)
        assert np.mean(stuck) == pytest.approx(sticky, abs=5 * deviation)
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


def package(**settings):
    """MinAtar's game, to be put into any state and stepped."""
    return pytest.importorskip("minatar").Environment("asterix", **settings)


class OurChance:
    """Draws for the package what our dice show in a step, in the order in which both ask."""

    def __init__(self, numbers):
        self.numbers = list(numbers)

    def rand(self):
        return self.numbers.pop(0)

    def randint(self, count):
        return min(int(self.numbers.pop(0) * np.float32(count)), count - 1)


def put(game, state):
    """Makes the package's game stand in one of our full states."""
    inner, level = game.env, int(state[LEVEL])
    inner.player_x, inner.player_y = state[PLAYER].tolist()
    inner.spawn_speed, inner.move_speed, inner.ramp_index = 10 - level, 5 - level // 2, level
    inner.ramp_timer, inner.spawn_timer, inner.move_timer = state[3:6].tolist()
    inner.entities, inner.terminal, game.last_action = [None] * 8, False, int(state[ACTION])
    for x, row, direction, gold in things_of(state):
        inner.entities[row - 1] = [x, row, direction == 1, gold == 1]


def seen(game):
    """What `seen_of` gives of ours, of the package's game."""
    inner = game.env
    numbers = [inner.player_x, inner.player_y, inner.spawn_speed, inner.move_speed]
    numbers += [inner.ramp_index, inner.ramp_timer, inner.spawn_timer, inner.move_timer]
    things = [thing for thing in inner.entities if thing is not None]
    return numbers, [(x, row, 1 if right else -1, int(gold)) for x, row, right, gold in things]


def seen_of(state):
    """Our full state as the package has it, but for the action and the dice."""
    level = int(state[LEVEL])
    return [*state[PLAYER], 10 - level, 5 - level // 2, level, *state[3:6]], things_of(state)


def test_thousands_of_steps_with_the_same_chance_are_the_packages():
    # Forty games at random, each on until it ends; they begin on every level.
    environment, rng, count = Asterix(sticky=0.1), np.random.default_rng(0), 40
    games = [package(sticky_action_prob=0.1) for _ in range(count)]
    step = tf.function(environment.transition, jit_compile=True)
    states, fresh = starts(environment, count), np.ones(count, bool)
    ends = pieces = stuck = rises = 0
    for _ in range(400):
        for i in np.flatnonzero(fresh):
            put(games[i], states[i])
        actions = rng.integers(5, size=count).astype(np.int32)
        next_states, rewards, fresh = (value.numpy() for value in step(states, actions))
        pictures, dice, shown = environment.observe(next_states).numpy(), states[:, DICE], []
        for _ in range(4):
            dice, numbers = roll(dice)
            shown.append(numbers.numpy())
        for i, game in enumerate(games):
            game.random = game.env.random = OurChance(numbers[i] for numbers in shown)
            assert game.act(int(actions[i])) == (rewards[i], fresh[i])
            np.testing.assert_array_equal(game.state(), pictures[i])
            assert game.last_action == next_states[i, ACTION]
            assert fresh[i] or seen(game) == seen_of(next_states[i])
        ends, pieces = ends + fresh.sum(), pieces + rewards.sum()
        stuck += np.sum(next_states[:, ACTION] != actions)
        rises += np.sum(next_states[:, LEVEL] > states[:, LEVEL])
        begin = starts(environment, count, seed=int(rng.integers(2**31)))
        begin[:, LEVEL] = rng.integers(10, size=count)
        begin[:, LEVEL_TIMER] = rng.integers(101, size=count)
        states = np.where(fresh[:, None], begin, next_states)
    assert min(ends, pieces, stuck, rises) > 50


def test_a_full_field_is_the_packages():
    full = full_state(things=[(3, row, 1, 0) for row in range(1, 9)], player=(8, 5), new_timer=0)
    game = package(sticky_action_prob=0.0)
    put(game, full)
    game.act(STAY)
    assert seen(game) == seen_of(step(full)[0])


def test_an_episode_of_the_package_begins_as_ours():
    game = package()
    game.reset()
    assert seen(game) == seen_of(starts(Asterix(), 1)[0])


def test_its_actions_and_channels_are_the_packages():
    game = package()
    assert game.minimal_action_set() == [STAY, LEFT, UP, RIGHT, DOWN]
    assert list(game.env.channels) == list(CHANNELS)
