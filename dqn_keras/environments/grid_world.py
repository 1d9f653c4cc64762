"""The 5x5 grid with three moving obstacles (slides: Deep SARSA, the Pac-Man and ghosts picture).

Source of the rules: the lecture's own code, rlcode/reinforcement-learning-kr, 1-grid-world; what
the slides say of the state (15 numbers) agrees with it.
"""

import numpy as np
import tensorflow as tf
from PIL import Image, ImageDraw

from dqn_keras.environments.in_graph import InGraphEnvironment
from dqn_keras.machinery.arguments import boolean, real_number

SIZE = 5
GOAL = (4, 4)
OBSTACLE_ROWS = (1, 2, 3)
FIRST_COLUMNS = (0, 1, 2)
# Actions: up, down, right, left, stay. x grows to the right, y downwards.
MOVES = ((0, -1), (0, 1), (1, 0), (-1, 0), (0, 0))
CELL = 50  # pixels


class GridWorld(InGraphEnvironment):
    """Reach the far corner past three obstacles that walk back and forth.

    Start (0, 0), goal (4, 4), +1 for reaching it, which ends the episode. Being in an obstacle's
    cell costs 1 and ends nothing. The obstacles walk along rows 1, 2 and 3, one cell in every
    second step, beginning with the first, and turn at the walls.

    State, 15 numbers as the slides list them: for each obstacle its position relative to the
    agent (dx, dy), its label -1 and its direction (-1 to the right, +1 to the left; the slides
    say speed); then for the goal dx, dy and its label +1.

    Where it departs from the lecture's code, and why:

    * The step counter that moves the obstacles restarts in each episode. The lecture's runs on,
      so that even the beginning of an episode can be one of two worlds: the obstacles move now, or
      they do not. `reset_counter=False` brings that back, to show it. (Later in an episode the 15
      numbers do not tell either; lesson 04 shows how a 16th, the counter's parity, would.)
    * A time limit truncates the episode; without one, a greedy agent can walk in circles for ever.

    Args:
        max_steps: The time limit.
        step_penalty: What every step costs; 0.1 in the lecture's REINFORCE, else 0.
        reset_counter: False for the lecture's way.
        seed: Accepted as everywhere; nothing in this world is random.
    """

    name = "gridworld"
    state_size = 15
    action_size = len(MOVES)
    state_high = np.array([4, 4, 1, 1] * 3 + [4, 4, 1], np.float32)
    state_low = -state_high
    render_fps = 5

    def __init__(
        self,
        max_steps: int = 500,
        step_penalty: float = 0.0,
        reset_counter: bool = True,
        seed: int | None = None,
    ):
        self.step_penalty = real_number("step_penalty", step_penalty, 0)
        self.reset_counter = boolean("reset_counter", reset_counter)
        super().__init__(max_steps, seed)

    def initial_states(self, count: int, rng: tf.random.Generator) -> tf.Tensor:
        """The start, `count` times: [N, 9] int32.

        Agent x and y, the obstacles' x, their directions, the step counter.
        """
        return tf.tile([[0, 0, *FIRST_COLUMNS, -1, -1, -1, 0]], [count, 1])

    def transition(self, states, actions) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One step on [..., 9] int32: the counter, then the obstacles, then the agent."""
        agent, columns, directions, counter = tf.split(states, [2, 3, 3, 1], axis=-1)
        counter += 1
        turned = tf.where(columns == SIZE - 1, 1, tf.where(columns == 0, -1, directions))
        moving = counter % 2 == 1
        directions = tf.where(moving, turned, directions)
        columns = tf.where(moving, columns - turned, columns)
        agent = tf.clip_by_value(agent + tf.gather(MOVES, actions), 0, SIZE - 1)
        met = (columns == agent[..., :1]) & (tf.constant(OBSTACLE_ROWS) == agent[..., 1:])
        at_goal = tf.reduce_all(agent == GOAL, axis=-1)
        rewards = tf.cast(at_goal, tf.float32) - self.step_penalty
        rewards -= tf.reduce_sum(tf.cast(met, tf.float32), axis=-1)
        return tf.concat([agent, columns, directions, counter], axis=-1), rewards, at_goal

    def observe(self, states) -> tf.Tensor:
        """The 15 numbers the agent sees of full states [..., 9]: [..., 15] float32."""
        agent, columns, directions, _ = tf.split(tf.cast(states, tf.float32), [2, 3, 3, 1], axis=-1)
        x, y = agent[..., :1], agent[..., 1:]
        one = tf.ones_like(x)
        numbers = []
        for i, row in enumerate(OBSTACLE_ROWS):
            numbers += [columns[..., i : i + 1] - x, row - y, -one, directions[..., i : i + 1]]
        return tf.concat([*numbers, GOAL[0] - x, GOAL[1] - y, one], axis=-1)

    def reset(self, seed: int | None = None) -> tf.Tensor:
        """Begins an episode; see `InGraphEnvironment.reset`."""
        counter = self.state[-1:]
        observation = super().reset(seed)
        if not self.reset_counter and seed is None:
            self.state.assign(tf.concat([self.state[:-1], counter], axis=0))
        return observation

    def render(self) -> np.ndarray:
        """The present state, agent red, obstacles green, goal blue: [250, 250, 3] uint8."""
        x, y, *columns = self.state.numpy()[:5]
        image = Image.new("RGB", (SIZE * CELL, SIZE * CELL), "white")
        draw = ImageDraw.Draw(image)
        for i in range(SIZE + 1):
            draw.line([(i * CELL, 0), (i * CELL, SIZE * CELL)], "lightgray")
            draw.line([(0, i * CELL), (SIZE * CELL, i * CELL)], "lightgray")
        draw.ellipse(_box(*GOAL, 10), "royalblue")
        for column, row in zip(columns, OBSTACLE_ROWS, strict=True):
            left, top, right, bottom = _box(column, row, 8)
            draw.polygon([(left, bottom), ((left + right) / 2, top), (right, bottom)], "seagreen")
        draw.rectangle(_box(x, y, 14), "crimson")
        return np.asarray(image)


def _box(x: int, y: int, margin: int) -> tuple[int, int, int, int]:
    return (
        int(x) * CELL + margin,
        int(y) * CELL + margin,
        int(x + 1) * CELL - margin,
        int(y + 1) * CELL - margin,
    )
