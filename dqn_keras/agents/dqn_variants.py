"""What other DQNs do differently: the lecture's four posts, and `stable_dqn`.

Read `dqn.py` first. Each setting here takes one decision of the slides another way; with the
defaults the agent is the slides' own.
"""

import dataclasses
from typing import Literal

import keras
import tensorflow as tf

from dqn_keras.agents.agent import new_optimizer, shaped_reward
from dqn_keras.agents.dqn import DQNAgent, DQNSettings
from dqn_keras.bellman import advantage_learning_target, bellman_target, double_bellman_target
from dqn_keras.exploration import linear_epsilon
from dqn_keras.machinery.arguments import Size
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.settings import Count, Fraction
from dqn_keras.networks import q_network


@dataclasses.dataclass(frozen=True, kw_only=True)
class DQNVariantSettings(DQNSettings):
    """The slides' settings, and what the other documents choose."""

    activation: str = "relu"  # of the hidden layers; a name of Keras'
    initializer: str = "he_uniform"  # a Keras initialiser's name, for every kernel
    filters: tuple[int, ...] = ()  # of pictures: 3x3 filters of each convolutional layer
    memory_dtype: Literal["float32", "uint8", "bool"] = "float32"  # how the memory keeps states
    # rmsprop: that of the DQN paper, centred; both of its means forget 5% in an update
    optimizer_name: Literal["adam", "rmsprop"] = "adam"
    learning_rate_decay_steps: Count | None = None  # updates of a cosine decay to a hundredth
    # linear: epsilon_decay is subtracted from epsilon, rather than multiplied with it
    epsilon_schedule: Literal["exponential", "linear"] = "exponential"
    epsilon_counts: Literal["updates", "episodes"] = "updates"  # how often epsilon falls
    train_every: Literal["step", "episode"] = "step"  # one update, or several at an episode's end
    updates_per_episode: Count = 1  # how many there
    # what target_update_every counts; never: the model makes its own targets
    target_update: Literal["episodes", "steps", "never"] = "episodes"
    target_update_every: Count = 1  # how many between two copies of the target network
    double: bool = False  # the model chooses the next action, the target network values it
    advantage_learning: Fraction = (
        0.0  # alpha, by how much of its gap a worse action is marked down
    )
    clip_errors: bool = False  # the DQN paper's: a TD error counts as 1 at most, as -1 at least
    time_limit_ends: bool = False  # the slides' mistake, to measure it: truncated counts as an end


class DQNVariantAgent(DQNAgent):
    """`DQNAgent` with the decisions of the lecture's other documents; see `DQNVariantSettings`."""

    Settings = DQNVariantSettings

    def __init__(self, state_size: Size, action_size: int, *, seed: int | None = None, **settings):
        super().__init__(state_size, action_size, seed=seed, **settings)
        if self.settings.epsilon_schedule == "linear":
            self.epsilon_schedule = linear_epsilon(
                self.settings.epsilon, self.epsilon_decay, self.epsilon_min
            )
        with tf.device(CPU):
            if self.learning_rate_decay_steps is not None or self.optimizer_name != "adam":
                self.optimizer = new_optimizer(
                    self.learning_rate,
                    self.model,
                    self.learning_rate_decay_steps,
                    self.optimizer_name,
                )
            self.episode_count = tf.Variable(0, dtype=tf.int32)

    def build_model(self, seed: int | None = None) -> keras.Model:
        """A new network, state in, Q-values out."""
        return q_network(
            self.state_size,
            self.action_size,
            self.hidden_units,
            self.activation,
            self.initializer,
            seed,
            self.filters,
        )

    def targets_of(self, batch) -> tf.Tensor:
        """The Bellman targets of a mini-batch: [B] float32."""
        target_model = self.model if self.target_update == "never" else self.target_model
        next_q_values = target_model(batch.next_states)  # [B, A]
        rewards, terminated = batch.rewards, batch.terminated
        if self.double:
            chosen_by = self.model(batch.next_states)  # [B, A]
            targets = double_bellman_target(
                rewards, chosen_by, next_q_values, terminated, self.discount_factor
            )
        else:
            targets = bellman_target(rewards, next_q_values, terminated, self.discount_factor)
        if self.advantage_learning > 0:
            q_values = target_model(batch.states)  # [B, A]
            targets = advantage_learning_target(
                targets, q_values, batch.actions, self.advantage_learning
            )
        if self.clip_errors:
            # So near to Q(s, a) that the squared error has the slope of Huber's loss: the error,
            # cut off at -1 and 1. A square's slope is twice the error, hence the half. The loss
            # that is logged is that of these halves.
            taken = tf.gather(self.model(batch.states), batch.actions, batch_dims=1)  # [B]
            targets = taken + tf.clip_by_value(targets - taken, -1.0, 1.0) / 2
        return targets

    def append_sample(self, state, action, reward, next_state, terminated, truncated=False) -> None:
        """Stores a step; with `time_limit_ends` the one at the limit as an end, but no fall."""
        reward = shaped_reward(reward, terminated, self.fall_reward)
        ended = terminated or truncated if self.time_limit_ends else terminated
        self.memory.append(state, action, reward, next_state, ended)

    @episode_loop
    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode; learns, and copies the target network, when the settings say so."""
        state = environment.reset()
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done:
            action = self.get_action(state)
            next_state, reward, terminated, truncated = environment.step(action)
            self.append_sample(state, action, reward, next_state, terminated, truncated)
            if self.train_every == "step" and self.memory.size >= self.train_start:
                self.train_model()
            if self.target_update == "steps" and self.steps % self.target_update_every == 0:
                self.update_target_model()
            score += reward
            state = next_state
            done = terminated or truncated
        self.episode_count.assign_add(1)
        if self.train_every == "episode" and self.memory.size >= self.train_start:
            for _ in tf.range(self.updates_per_episode):
                self.train_model()
        if self.target_update == "episodes" and self.episode_count % self.target_update_every == 0:
            self.update_target_model()
        return score

    @property
    def epsilon(self) -> tf.Tensor:
        """The share of random actions now: [] float32, a function of a counter."""
        counts = {"updates": self.training_steps, "episodes": self.episode_count}
        return self.epsilon_schedule(counts[self.epsilon_counts])
