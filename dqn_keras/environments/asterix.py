"""Asterix on 10x10 cells in TensorFlow, equal to MinAtar's: the same picture, another game."""

import numpy as np
import tensorflow as tf

from dqn_keras.environments.minatar import SIZE, MinAtarGame, first_dice, roll

ROWS = np.arange(1, SIZE - 1)  # in which things fly, at most one in each
MOVES = ((0, 0), (-1, 0), (0, -1), (1, 0), (0, 1))  # x and y: stay, left, up, right, down
CHANNELS = ("player", "enemy", "trail", "gold")
LEVELS = 9  # after the first: on each things come more often, on every second they also fly faster
LEVEL_STEPS = 100
GOLD_SHARE = 1 / 3
# The full state, one row of int32: sizes of its parts in their order. Timers count down; `action`
# is the last one, which may stick; `dice` what is random. Then, for each row, where its thing is,
# its way (-1 to the left, 1 to the right, 0 if there is none), and whether it is gold.
PARTS = {
    "player": 2,
    "level": 1,
    "level_timer": 1,
    "spawn_timer": 1,
    "move_timer": 1,
    "action": 1,
    "dice": 1,
    "x": len(ROWS),
    "way": len(ROWS),
    "gold": len(ROWS),
}


class Asterix(MinAtarGame):
    """Pick up the gold that flies past, +1 each, and let no enemy touch you.

    Things come in from the left and the right, each in a row of its own, and fly straight through.
    One in three is gold, the others are enemies: if one touches the player, the episode ends. About
    every hundred steps a level is over: in the beginning a new thing comes every ten steps and all
    move every five, on the last of the ten levels both happen in every step.

    State: [10, 10, 4], one for each cell that holds the player, an enemy, a trail or gold, else
    zero. A trail is the cell behind a thing. Actions: 0 stays, 1 goes left, 2 up, 3 right, 4 down;
    the first and the last row are out of reach.

    Where it departs from the package, and why:

    * Five actions, those of the six that do something: the package's `Asterix-v1`.
    * A time limit truncates the episode.
    * An episode begins as if it had been preceded by a stay. In the package the last action of the
      episode before can stick.

    Args:
        max_steps: The time limit.
        sticky: The probability with which the action before is played once more, whatever is
            chosen, as in Machado et al., 2018.
        seed: Fixes what comes, and sticky actions, of all episodes to come.
    """

    name = "asterix"
    state_size = (SIZE, SIZE, len(CHANNELS))
    action_size = len(MOVES)
    state_low = np.zeros(state_size, np.float32)
    state_high = np.ones(state_size, np.float32)
    # Trails, gold, enemies and the player: whom an enemy touches is still seen.
    colors = {2: (70, 70, 80), 3: (250, 200, 60), 1: (220, 60, 60), 0: (70, 130, 250)}

    def initial_states(self, count: int, rng: tf.random.Generator) -> tf.Tensor:
        """Draws `count` starts, which differ in their dice: [N, 32] int32, as in `PARTS`."""
        begin = tf.tile([[SIZE // 2, SIZE // 2, 0, LEVEL_STEPS, 10, 5, 0]], [count, 1])
        nothing = tf.zeros([count, 3 * len(ROWS)], tf.int32)
        return tf.concat([begin, first_dice(count, rng), nothing], axis=-1)

    def transition(self, states, actions) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One step on [..., 32] int32: a new thing, the player, and then the others."""
        player, level, level_timer, spawn_timer, move_timer, action, dice, x, way, gold = _parts(
            states
        )
        dice, chance = roll(dice)
        action = tf.where(chance < self.sticky, action, actions[..., None])

        # A new thing, in one of the empty rows.
        dice, from_left = roll(dice)
        dice, golden = roll(dice)
        dice, which = roll(dice)
        spawns, empty = spawn_timer == 0, tf.cast(way == 0, tf.int32)
        number = tf.reduce_sum(empty, axis=-1, keepdims=True)
        chosen = tf.minimum(tf.cast(which * tf.cast(number, tf.float32), tf.int32) + 1, number)
        new = spawns & (empty == 1) & (tf.cumsum(empty, axis=-1) == chosen)
        x = tf.where(new, tf.where(from_left < 0.5, 0, SIZE - 1), x)
        way = tf.where(new, tf.where(from_left < 0.5, 1, -1), way)
        gold = tf.where(new, tf.cast(golden < GOLD_SHARE, tf.int32), gold)
        spawn_timer = tf.where(spawns, LEVELS + 1 - level, spawn_timer) - 1

        player += tf.gather(MOVES, action[..., 0])
        player = tf.clip_by_value(player, [0, ROWS[0]], [SIZE - 1, ROWS[-1]])
        way, picked_before, caught_before = _touch(player, x, way, gold)
        moves = move_timer == 0
        x = tf.where(moves, x + way, x)
        way = tf.where((x < 0) | (x >= SIZE), 0, way)  # out of sight
        way, picked_after, caught_after = _touch(player, x, way, gold)
        move_timer = tf.where(moves, LEVELS // 2 + 1 - level // 2, move_timer) - 1

        rises, last = level_timer < 0, level == LEVELS
        level_timer = tf.where(last, level_timer, tf.where(rises, LEVEL_STEPS, level_timer - 1))
        level = tf.where(rises & ~last, level + 1, level)
        parts = [player, level, level_timer, spawn_timer, move_timer, action, dice, x, way, gold]
        reward = tf.cast(picked_before + picked_after, tf.float32)
        return tf.concat(parts, axis=-1), reward, caught_before | caught_after

    def observe(self, states) -> tf.Tensor:
        """The picture of full states [..., 32]: [..., 10, 10, 4] float32."""
        player, *_, x, way, gold = _parts(states)
        here = tf.one_hot(player[..., 1] * SIZE + player[..., 0], SIZE * SIZE)  # [..., 100]
        things = tf.one_hot(tf.where(way == 0, -1, x), SIZE)  # [..., 8, 10]: -1 is in no cell
        trails = tf.one_hot(tf.where(way == 0, -1, x - way), SIZE)
        golden = tf.cast(gold, tf.float32)[..., None]
        channels = [things * (1 - golden), trails, things * golden]
        edge = tf.zeros_like(things[..., :1, :])
        rows = [tf.concat([edge, channel, edge], axis=-2) for channel in channels]
        here = tf.reshape(here, tf.shape(rows[0]))
        picture = tf.stack([here, *rows], axis=-1)
        return tf.reshape(picture, [*states.shape[:-1], *self.state_size])


def _touch(player, x, way, gold) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """Who touches the player: `way` without gold picked up [..., 8], gold pieces, caught [...]."""
    touched = (way != 0) & (x == player[..., :1]) & (player[..., 1:] == ROWS)
    picked = touched & (gold == 1)
    caught = tf.reduce_any(touched & (gold == 0), axis=-1)
    return tf.where(picked, 0, way), tf.reduce_sum(tf.cast(picked, tf.int32), axis=-1), caught


def _parts(states) -> list[tf.Tensor]:
    return tf.split(states, list(PARTS.values()), axis=-1)
