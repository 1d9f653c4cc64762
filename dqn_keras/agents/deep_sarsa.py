"""Deep SARSA (slides: Deep SARSA; no code there).

Source: Rummery and Niranjan, "On-line Q-learning using connectionist systems", 1994; settings from
the lecture's own code, rlcode/reinforcement-learning-kr, 1-grid-world/6-deep-sarsa.
"""

import dataclasses

import keras
import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer
from dqn_keras.bellman import sarsa_target
from dqn_keras.exploration import epsilon_greedy, exponential_epsilon
from dqn_keras.machinery.arguments import Size
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.machinery.settings import Fraction, NotNegative, Settings
from dqn_keras.networks import q_network


@dataclasses.dataclass(frozen=True, kw_only=True)
class DeepSARSASettings(Settings):
    """The settings of the lecture's code."""

    hidden_units: tuple[int, ...] = (30, 30)  # the width of each hidden layer
    initializer: str = "glorot_uniform"  # a Keras initialiser's name, for every kernel
    learning_rate: NotNegative = 0.001  # Adam's
    discount_factor: Fraction = 0.99  # how much the next step's value counts
    epsilon: Fraction = 1.0  # the share of random actions at the start
    epsilon_decay: Fraction = 0.9999  # what epsilon is multiplied by in each step
    epsilon_min: Fraction = 0.01  # epsilon's floor


class DeepSARSAAgent(Agent):
    """SARSA with a network for the Q-function: learns from every step once, and forgets it.

    Where it departs from the lecture's code, and why:

    * The next action of the target is the action that is then taken. The original draws it for
      the target, discards it and draws another: no longer s, a, r, s', a'.
    * The target is a label; the lecture's TF 2 code lets gradients flow through it.
    * Only `terminated` cuts the bootstrap; the original has no time limit.

    The settings are `DeepSARSASettings`; all else is as in `Agent`.
    """

    name = "deep_sarsa"
    Settings = DeepSARSASettings

    def __init__(self, state_size: Size, action_size: int, *, seed: int | None = None, **settings):
        super().__init__(state_size, action_size, seed=seed, **settings)
        self.epsilon_schedule = exponential_epsilon(
            self.settings.epsilon, self.epsilon_decay, self.epsilon_min
        )
        with tf.device(CPU):
            self.model = self.build_model(seed)
            self.optimizer = new_optimizer(self.learning_rate, self.model)
            self.training_steps = tf.Variable(0, dtype=tf.int32)
            self.loss = tf.Variable(0.0)  # of the last update, for the logs
            self.max_q = tf.Variable(0.0)  # of the state it was made in
            self.rng = tf.random.Generator.from_seed(stream_seed(seed, "agent"))

    def build_model(self, seed: int | None = None) -> keras.Model:
        """A new network, 15 numbers in, 5 Q-values out (slides: the network's picture)."""
        return q_network(
            self.state_size,
            self.action_size,
            self.hidden_units,
            initializer=self.initializer,
            seed=seed,
        )

    def get_action(self, state) -> tf.Tensor:
        """Chooses the action [] int32 in a state [S] epsilon-greedily (original: get_action)."""
        q_values = self.model(tf.cast(state, tf.float32)[None])[0]  # [A]
        return epsilon_greedy(q_values, self.epsilon, self.rng)

    def train_model(self, state, action, reward, next_state, next_action, terminated) -> tf.Tensor:
        """One gradient step on <s, a, r, s', a'> (slides: the squared SARSA error).

        States are [S], all else []; a' is the action that will be taken in s'.

        Returns:
            [] float32, the loss: the squared TD error.
        """
        self.training_steps.assign_add(1)  # epsilon falls with it
        next_q_values = self.model(next_state[None])  # [1, A]
        target = sarsa_target(
            reward[None], next_q_values, next_action[None], terminated[None], self.discount_factor
        )  # [1]
        with tf.GradientTape() as tape:
            q_values = self.model(state[None])  # [1, A]
            q_value = tf.gather(q_values, action[None], batch_dims=1)  # [1]
            loss = tf.reduce_mean(tf.square(target - q_value))
        gradients = tape.gradient(loss, self.model.trainable_weights)
        self.optimizer.apply(gradients, self.model.trainable_weights)
        self.loss.assign(loss)
        self.max_q.assign(tf.reduce_max(q_values))
        return loss

    @episode_loop
    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode and learns in every step; the next action is carried over."""
        state = environment.reset()
        action = self.get_action(state)
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done:
            next_state, reward, terminated, truncated = environment.step(action)
            next_action = self.get_action(next_state)
            self.train_model(state, action, reward, next_state, next_action, terminated)
            score += reward
            state, action = next_state, next_action
            done = terminated or truncated
        return score

    @property
    def epsilon(self) -> tf.Tensor:
        """The share of random actions now: [] float32, a function of `training_steps`."""
        return self.epsilon_schedule(self.training_steps)

    def status(self) -> dict[str, str]:
        """Epsilon, as the original prints it."""
        return {"epsilon": f"{float(self.epsilon):.2f}"}

    def scalars(self) -> dict[str, tf.Tensor]:
        """Loss and largest Q-value of the last update, and epsilon."""
        return {"loss": self.loss, "epsilon": self.epsilon, "max_q": self.max_q}
