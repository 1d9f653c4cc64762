"""Breakout on 10x10 cells in TensorFlow, equal to MinAtar's (the slides' end: Playing Atari)."""

import numpy as np
import tensorflow as tf

from dqn_keras.environments.minatar import SIZE, MinAtarGame, first_dice, roll

BRICK_ROWS = (1, 2, 3)
FLOOR = SIZE - 1  # the row in which the paddle moves
MOVES = (0, -1, 1)  # of the paddle: stay, left, right
CHANNELS = ("paddle", "ball", "trail", "brick")
# The full state, one row of int32: sizes of its parts in their order. `struck`: did the ball meet a
# brick in this step; `action`: the last one, which may stick; `dice`: what is random.
PARTS = {"ball": 2, "velocity": 2, "trail": 2, "paddle": 1, "struck": 1, "action": 1, "dice": 1}
WALL = len(BRICK_ROWS) * SIZE


class Breakout(MinAtarGame):
    """Break the wall with a ball that the paddle has to return; +1 for every brick.

    The ball flies along diagonals, one cell a step. Sides and ceiling mirror it, and so does a
    brick, which it breaks. If the paddle is straight below the ball when it comes down, the ball
    goes on sideways and up again; if the paddle is in the cell that the ball flies to, it goes back
    the way it came; if it is in neither, the episode ends. When the ball comes down and no brick is
    left, there is a new wall. An episode begins with the ball at the left or at the right side,
    below the wall.

    State: [10, 10, 4], one for each cell that holds a paddle, ball, trail or brick, else zero. The
    trail is where the ball was a step ago. Actions: 0 stays, 1 goes left, 2 goes right.

    Where it departs from the package, and why:

    * Three actions, those of the six that do something: the package's `Breakout-v1`.
    * A time limit truncates the episode; a perfect player would play for ever.
    * An episode begins as if it had been preceded by a stay. In the package the last action of the
      episode before can stick.

    Args:
        max_steps: The time limit.
        sticky: The probability with which the action before is played once more, whatever is
            chosen, as in Machado et al., 2018.
        seed: Fixes beginnings and sticky actions of all episodes to come.
    """

    name = "breakout"
    state_size = (SIZE, SIZE, len(CHANNELS))
    action_size = len(MOVES)
    state_low = np.zeros(state_size, np.float32)
    state_high = np.ones(state_size, np.float32)
    # Bricks, trail, ball and paddle: the ball above its trail.
    colors = {3: (220, 60, 60), 2: (120, 120, 130), 1: (255, 255, 255), 0: (70, 130, 250)}

    def initial_states(self, count: int, rng: tf.random.Generator) -> tf.Tensor:
        """Draws `count` starts: [N, 40] int32, as `PARTS` lists them and then the bricks."""
        right = rng.uniform([count, 1], 0, 2, dtype=tf.int32)  # [N, 1], 0 or 1
        dice = first_dice(count, rng)
        ball = tf.concat([right * (SIZE - 1), tf.fill([count, 1], BRICK_ROWS[-1])], axis=-1)
        velocity = tf.concat([1 - 2 * right, tf.ones([count, 1], tf.int32)], axis=-1)
        rest = tf.tile([[4, 0, 0]], [count, 1])  # paddle, struck, action
        return tf.concat([ball, velocity, ball, rest, dice, tf.ones([count, WALL], tf.int32)], -1)

    def transition(self, states, actions) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One step on [..., 40] int32: the dice, the paddle, then the ball."""
        trail, velocity, _, paddle, struck, action, dice, bricks = _parts(states)
        dice, chance = roll(dice)
        action = tf.where(chance < self.sticky, action, actions[..., None])
        paddle = tf.clip_by_value(paddle + tf.gather(MOVES, action), 0, SIZE - 1)

        ball = trail + velocity
        outside = (ball < 0) | (ball >= SIZE)  # of the sides, of the ceiling
        velocity = tf.where(outside, -velocity, velocity)
        ball = tf.clip_by_value(ball, 0, SIZE - 1)
        x, y = ball[..., :1], ball[..., 1:]
        dx, dy = velocity[..., :1], velocity[..., 1:]

        # A ball that has just broken a brick flies through the next one.
        met = tf.one_hot((y[..., 0] - BRICK_ROWS[0]) * SIZE + x[..., 0], WALL, dtype=tf.int32)
        solid = tf.reduce_sum(bricks * met, axis=-1, keepdims=True)
        hit = solid * (1 - struck)
        bricks -= met * hit
        landed = y == FLOOR
        empty = landed & tf.reduce_all(bricks == 0, axis=-1, keepdims=True)
        bricks = tf.where(empty, 1, bricks)
        on_top = landed & (paddle == trail[..., :1])
        on_edge = landed & (paddle == x) & ~on_top
        turned = (hit == 1) | on_top | on_edge
        dx = tf.where(on_edge, -dx, dx)
        dy = tf.where(turned, -dy, dy)
        y = tf.where(turned, trail[..., 1:], y)
        terminated = (landed & ~turned)[..., 0]
        next_states = tf.concat([x, y, dx, dy, trail, paddle, solid, action, dice, bricks], -1)
        return next_states, tf.cast(hit, tf.float32)[..., 0], terminated

    def observe(self, states) -> tf.Tensor:
        """The picture of full states [..., 40]: [..., 10, 10, 4] float32."""
        ball, _, trail, paddle, _, _, _, bricks = _parts(states)
        none = tf.zeros_like(bricks)
        cells = [
            tf.one_hot(FLOOR * SIZE + paddle[..., 0], SIZE * SIZE, dtype=tf.int32),
            tf.one_hot(ball[..., 1] * SIZE + ball[..., 0], SIZE * SIZE, dtype=tf.int32),
            tf.one_hot(trail[..., 1] * SIZE + trail[..., 0], SIZE * SIZE, dtype=tf.int32),
            tf.concat([none[..., :SIZE], bricks, none, none], axis=-1),
        ]
        picture = tf.cast(tf.stack(cells, axis=-1), tf.float32)  # [..., 100, 4]
        return tf.reshape(picture, [*states.shape[:-1], *self.state_size])


def _parts(states) -> list[tf.Tensor]:
    return tf.split(states, [*PARTS.values(), WALL], axis=-1)
