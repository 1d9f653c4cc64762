"""What MinAtar's games share: cells, channels, sticky actions, colours.

Source: Young and Tian, "MinAtar: An Atari-Inspired Testbed for Thorough and Reproducible
Reinforcement Learning Experiments", 2019 (arXiv 1903.03176). What the paper leaves open was found
out from its package; tests compare the two, step by step.
"""

import numpy as np
import tensorflow as tf

from dqn_keras.environments.in_graph import InGraphEnvironment
from dqn_keras.machinery.arguments import real_number

SIZE = 10  # cells a side; x grows to the right, y downwards
BACKGROUND = (20, 20, 30)
CELL = 25  # pixels


class MinAtarGame(InGraphEnvironment):
    """A game on 10x10 cells whose state is a picture: a channel for each kind of thing.

    Full states are rows of int32 and hold even what is random (`dice`, which `roll` advances), so
    that equal states and actions give equal next states, however they are computed.

    Args:
        max_steps: The time limit.
        sticky: The probability with which the action before is played once more, whatever is
            chosen, as in Machado et al., 2018.
        seed: Fixes beginnings and all chance of the episodes to come.
    """

    colors: dict[int, tuple[int, int, int]]  # of the channels, in drawing order
    render_fps = 15

    def __init__(self, max_steps: int = 10_000, sticky: float = 0.1, seed: int | None = None):
        self.sticky = real_number("sticky", sticky, 0, 1)
        super().__init__(max_steps, seed)

    def render(self) -> np.ndarray:
        """The present state in colour: [250, 250, 3] uint8."""
        picture = self.observe(self.state).numpy() > 0
        image = np.full([SIZE, SIZE, 3], BACKGROUND, np.uint8)
        for channel, color in self.colors.items():
            image[picture[:, :, channel]] = color
        image = image.repeat(CELL, axis=0).repeat(CELL, axis=1)
        image[::CELL] = image[:, ::CELL] = BACKGROUND  # so that cells can be counted
        return image


def first_dice(count: int, rng: tf.random.Generator) -> tf.Tensor:
    """The dice of `count` new episodes: [N, 1] int32."""
    return rng.uniform([count, 1], tf.int32.min, tf.int32.max, dtype=tf.int32)


def roll(dice) -> tuple[tf.Tensor, tf.Tensor]:
    """The next dice [..., 1] int32, and their number from 0 to 1 (1 itself only by rounding)."""
    dice = dice * 1664525 + 1013904223  # the generator of Numerical Recipes; int32 wraps around
    return dice, (tf.cast(dice, tf.float32) + 2.0**31) / 2.0**32
