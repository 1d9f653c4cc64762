"""CartPole in TensorFlow, equal to Gymnasium's (slides: Cartpole as a Markov decision process).

Source of the physics: Barto, Sutton and Anderson, 1983; the constants, the Euler step and the
limits are those of `gymnasium/envs/classic_control/cartpole.py`, and tests compare the two.
"""

import functools
import math

import numpy as np
import tensorflow as tf
from gymnasium.envs.classic_control.cartpole import CartPoleEnv

from dqn_keras.environments.in_graph import InGraphEnvironment

GRAVITY = 9.8  # m/s^2
CART_MASS = 1.0  # kg
POLE_MASS = 0.1  # kg
TOTAL_MASS = CART_MASS + POLE_MASS
HALF_LENGTH = 0.5  # m, from the hinge to the pole's centre
FORCE = 10.0  # N, to the left (action 0) or to the right (action 1)
TIME_STEP = 0.02  # s
POSITION_LIMIT = 2.4  # m
ANGLE_LIMIT = 12 * 2 * math.pi / 360  # rad


class CartPole(InGraphEnvironment):
    """A pole on a cart, +1 for every step; ends when it tips over 12 degrees or leaves the track.

    State: cart position, cart velocity, pole angle, pole angular velocity (the slides'
    x, x', theta, theta'). Actions: 0 pushes left, 1 pushes right.

    Args:
        max_steps: 500 is CartPole-v1, 200 is CartPole-v0.
        seed: Fixes the initial states of all episodes to come.
    """

    name = "cartpole"
    untraced = (*InGraphEnvironment.untraced, "_renderer")
    state_size = 4
    action_size = 2
    # What an observation can be: twice the limits, as in Gymnasium.
    state_high = np.array([2 * POSITION_LIMIT, np.inf, 2 * ANGLE_LIMIT, np.inf], np.float32)
    state_low = -state_high
    render_fps = 50

    def __init__(self, max_steps: int = 500, seed: int | None = None):
        super().__init__(max_steps, seed)

    def initial_states(self, count: int, rng: tf.random.Generator) -> tf.Tensor:
        """Draws `count` starts, each value uniform in [-0.05, 0.05): [N, 4] float64."""
        return rng.uniform([count, 4], -0.05, 0.05, dtype=tf.float64)

    def transition(self, states, actions) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One Euler step on [..., 4] float64, as Gymnasium computes it; the agent sees float32."""
        position, velocity, angle, angular_velocity = tf.unstack(states, axis=-1)
        force = tf.where(tf.equal(actions, 1), tf.cast(FORCE, states.dtype), -FORCE)
        cosine, sine = tf.cos(angle), tf.sin(angle)
        pole_moment = POLE_MASS * HALF_LENGTH
        push = (force + pole_moment * angular_velocity**2 * sine) / TOTAL_MASS
        angular_acceleration = (GRAVITY * sine - cosine * push) / (
            HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * cosine**2 / TOTAL_MASS)
        )
        acceleration = push - pole_moment * angular_acceleration * cosine / TOTAL_MASS
        next_states = tf.stack(
            [
                position + TIME_STEP * velocity,
                velocity + TIME_STEP * acceleration,
                angle + TIME_STEP * angular_velocity,
                angular_velocity + TIME_STEP * angular_acceleration,
            ],
            axis=-1,
        )
        off_track = tf.abs(next_states[..., 0]) > POSITION_LIMIT
        fallen = tf.abs(next_states[..., 2]) > ANGLE_LIMIT
        rewards = tf.ones_like(position, dtype=tf.float32)
        return next_states, rewards, off_track | fallen

    def observe(self, states) -> tf.Tensor:
        """The full state, rounded to float32."""
        return tf.cast(states, tf.float32)

    def render(self) -> np.ndarray:
        """A picture of the present state by Gymnasium's own renderer: [400, 600, 3] uint8."""
        self._renderer.state = self.state.numpy()
        return self._renderer.render()

    @functools.cached_property
    def _renderer(self) -> CartPoleEnv:
        return CartPoleEnv(render_mode="rgb_array")
