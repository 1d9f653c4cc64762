"""Asterix on 10x10 cells in TensorFlow, equal to MinAtar's: the same picture, another game."""

import numpy as np
import tensorflow as tf

from dqn_keras.environments.minatar import SIZE, MinAtarGame, first_dice, roll

ROWS = np.arange(1, SIZE - 1)  # in which things fly, at most one in each
MOVES = ((0, 0), (-1, 0), (0, -1), (1, 0), (0, 1))  # x and y: stay, left, up, right, down
CHANNELS = ("player", "enemy", "trail", "gold")
LAST_LEVEL = 9  # the first is 0
LEVEL_TIMER = 100  # from here down to -1, and one step to rise: a level takes 102 steps
NEW_EVERY, MOVE_EVERY = 10, 5  # steps on level 0; one less on each level, on every second level
GOLD_SHARE = 1 / 3
# The full state, one row of int32: sizes of its parts in their order. Timers count down; `action`
# is the last one, which may stick; `dice` what is random. Then, for each row, where its thing is,
# its direction (-1 to the left, 1 to the right, 0 if there is none), and whether it is gold.
PARTS = {
    "player": 2,
    "level": 1,
    "level_timer": 1,
    "new_timer": 1,
    "move_timer": 1,
    "action": 1,
    "dice": 1,
    "x": len(ROWS),
    "direction": len(ROWS),
    "gold": len(ROWS),
}


class Asterix(MinAtarGame):
    """Pick up gold as it flies past, +1 a piece; let no enemy touch you.

    Things come in from the left and the right, each in a row of its own, and fly straight across.
    One in three is gold, the others are enemies: if one touches the player, the episode ends. A
    level takes 102 steps. On the first something new comes every ten steps, and everything moves
    every five; on the tenth and last both happen in every step.

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
    # Trails, gold, enemies, and the player last, who stays visible under an enemy.
    colors = {2: (70, 70, 80), 3: (250, 200, 60), 1: (220, 60, 60), 0: (70, 130, 250)}

    def initial_states(self, count: int, rng: tf.random.Generator) -> tf.Tensor:
        """Draws `count` starts, which differ in their dice: [N, 32] int32, as in `PARTS`."""
        begin = [SIZE // 2, SIZE // 2, 0, LEVEL_TIMER, NEW_EVERY, MOVE_EVERY, 0]
        begin = tf.tile([begin], [count, 1])
        nothing = tf.zeros([count, 3 * len(ROWS)], tf.int32)
        return tf.concat([begin, first_dice(count, rng), nothing], axis=-1)

    def transition(self, states, actions) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One step on [..., 32] int32: a new thing, the player, and then the others."""
        player, level, level_timer, new_timer, move_timer, action, dice, *things = _parts(states)
        x, direction, gold = things
        dice, chance = roll(dice)
        action = tf.where(chance < self.sticky, action, actions[..., None])

        # A new thing, in one of the empty rows.
        dice, side = roll(dice)
        dice, kind = roll(dice)
        dice, place = roll(dice)
        due, empty = new_timer == 0, tf.cast(direction == 0, tf.int32)
        count = tf.reduce_sum(empty, axis=-1, keepdims=True)
        chosen = tf.minimum(tf.cast(place * tf.cast(count, tf.float32), tf.int32) + 1, count)
        new = due & (empty == 1) & (tf.cumsum(empty, axis=-1) == chosen)
        x = tf.where(new, tf.where(side < 0.5, 0, SIZE - 1), x)
        direction = tf.where(new, tf.where(side < 0.5, 1, -1), direction)
        gold = tf.where(new, tf.cast(kind < GOLD_SHARE, tf.int32), gold)
        new_timer = tf.where(due, NEW_EVERY - level, new_timer) - 1

        player += tf.gather(MOVES, action[..., 0])
        player = tf.clip_by_value(player, [0, ROWS[0]], [SIZE - 1, ROWS[-1]])
        moves = move_timer == 0
        before, x = x, tf.where(moves, x + direction, x)
        move_timer = tf.where(moves, MOVE_EVERY - level // 2, move_timer) - 1
        # It counts before a thing moves and after: player and thing may have changed places.
        column, row = player[..., :1], player[..., 1:]
        touched = (direction != 0) & (row == ROWS) & ((before == column) | (x == column))
        picked, caught = touched & (gold == 1), touched & (gold == 0)
        direction = tf.where(picked | (x < 0) | (x >= SIZE), 0, direction)  # gone

        rises, last = level_timer < 0, level == LAST_LEVEL
        level_timer = tf.where(rises, LEVEL_TIMER, tf.where(last, level_timer, level_timer - 1))
        level = tf.where(rises, level + 1, level)
        numbers = [player, level, level_timer, new_timer, move_timer, action, dice]
        next_states = tf.concat([*numbers, x, direction, gold], axis=-1)
        reward = tf.cast(tf.reduce_any(picked, axis=-1), tf.float32)
        return next_states, reward, tf.reduce_any(caught, axis=-1)

    def observe(self, states) -> tf.Tensor:
        """The picture of full states [..., 32]: [..., 10, 10, 4] float32."""
        player, *_, x, direction, gold = _parts(states)
        here = tf.one_hot(player[..., 1], SIZE)[..., None] * tf.one_hot(player[..., :1], SIZE)
        x = tf.where(direction == 0, -2, x)  # in no cell, nor is the one behind it
        things, trails = tf.one_hot(x, SIZE), tf.one_hot(x - direction, SIZE)  # [..., 8, 10]
        golden = tf.cast(gold, tf.float32)[..., None]
        edge = tf.zeros_like(things[..., :1, :])
        channels = [things * (1 - golden), trails, things * golden]
        rows = [tf.concat([edge, channel, edge], axis=-2) for channel in channels]
        return tf.stack([here, *rows], axis=-1)


def _parts(states) -> list[tf.Tensor]:
    return tf.split(states, list(PARTS.values()), axis=-1)
