"""Deep Q-Networks (slides: DQN, code explained line by line).

Source: Mnih et al., "Human-level control through deep reinforcement learning", Nature 2015; the
lecture's CartPole code (document 002). Read this file beside the slides: the methods are
theirs, in their order. What only the lecture's other documents need is in `dqn_variants.py`.
"""

import dataclasses

import keras
import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, shaped_reward
from dqn_keras.bellman import bellman_target
from dqn_keras.exploration import epsilon_greedy, exponential_epsilon
from dqn_keras.machinery.arguments import Size, check_size, state_shape
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.machinery.settings import Count, Fraction, NotNegative, Settings
from dqn_keras.networks import q_network, update_target
from dqn_keras.replay_memory import ReplayMemory


@dataclasses.dataclass(frozen=True, kw_only=True)
class DQNSettings(Settings):
    """The slides' settings."""

    hidden_units: tuple[int, ...] = (24, 24)  # the width of each hidden layer
    learning_rate: NotNegative = 0.001  # Adam's
    discount_factor: Fraction = 0.99  # how much the next step's value counts
    epsilon: Fraction = 1.0  # the share of random actions at the start
    epsilon_decay: Fraction = 0.999  # what epsilon is multiplied by in each update
    epsilon_min: Fraction = 0.01  # epsilon's floor
    batch_size: Count = 64  # B, transitions learned from in each update
    train_start: Count = 1000  # learning starts once the memory holds this many transitions
    memory_size: Count = 2000  # how many transitions the memory keeps
    fall_reward: float | None = -100.0  # replaces the reward that comes with `terminated`

    def __post_init__(self):
        super().__post_init__()
        if self.train_start > self.memory_size:
            raise ValueError(
                f"train_start must be at most memory_size {self.memory_size}, or learning would "
                f"never begin; got {self.train_start}"
            )


class DQNAgent(Agent):
    """The slides' `DQNAgent`, with their settings as defaults: see `DQNSettings`, and `Agent`.

    Where it departs from the slides, and why:

    * Only `terminated` cuts the bootstrap and brings `fall_reward`. The slides treat the 500th
      step as an end (`done`) and recognise it by `score == 499`.
    * The score is the environment's own; the slides add up the shaped reward and repair it
      afterwards with +100, which loses one step of every failed episode.
    * The loss averages over the B actions taken; `mse` of the slides also averages over the
      action not taken, whose error is 0, and so is half as large. Adam's steps do not depend on
      such a factor.
    * The memory is sampled with replacement, and epsilon's floor is met exactly
      (see `ReplayMemory` and `exponential_epsilon`).
    * Loaded weights also go to the target network; the slides leave it random.

    Example:
        >>> agent = DQNAgent(state_size=4, action_size=2, batch_size=32, seed=0)
        >>> score = agent.run_episode(CartPole(seed=0))
    """

    name = "dqn"
    Settings = DQNSettings
    memory_dtype = "float32"  # how the memory keeps states

    def __init__(self, state_size: Size, action_size: int, *, seed: int | None = None, **settings):
        super().__init__(state_size, action_size, seed=seed, **settings)
        check_size("a batch's states", self.batch_size, *state_shape(self.state_size))
        self.epsilon_schedule = exponential_epsilon(
            self.settings.epsilon, self.epsilon_decay, self.epsilon_min
        )
        with tf.device(CPU):
            self.memory = ReplayMemory(self.memory_size, self.state_size, self.memory_dtype)
            self.model = self.build_model(seed)
            self.target_model = self.build_model(seed)
            self.optimizer = new_optimizer(self.learning_rate, self.model)
            self.training_steps = tf.Variable(0, dtype=tf.int32)  # calls of train_model
            self.loss = tf.Variable(0.0)  # of the last update, for the logs
            self.max_q = tf.Variable(0.0)  # in its mini-batch
            self.rng = tf.random.Generator.from_seed(stream_seed(seed, "agent"))
        self.update_target_model()

    def build_model(self, seed: int | None = None) -> keras.Model:
        """A new network, state in, Q-values out (slides: build_model)."""
        return q_network(self.state_size, self.action_size, self.hidden_units, seed=seed)

    def update_target_model(self) -> None:
        """Copies the model's weights into the target network (slides: update_target_model)."""
        update_target(self.target_model, self.model)

    def get_action(self, state) -> tf.Tensor:
        """Chooses the action [] int32 in a state [S] epsilon-greedily (slides: get_action)."""
        q_values = self.model(tf.cast(state, tf.float32)[None])[0]  # [A]
        return epsilon_greedy(q_values, self.epsilon, self.rng)

    def append_sample(self, state, action, reward, next_state, terminated) -> None:
        """Stores <s, a, r, s', terminated>, with -100 for a fall (slides: append_sample)."""
        reward = shaped_reward(reward, terminated, self.fall_reward)
        self.memory.append(state, action, reward, next_state, terminated)

    def train_model(self) -> tf.Tensor:
        """One gradient step on a mini-batch drawn from the memory (slides: train_model).

        Returns:
            [] float32, the loss: the mean squared TD error.
        """
        self.training_steps.assign_add(1)  # epsilon falls with it
        batch = self.memory.sample(self.batch_size, self.rng)
        targets = self.targets_of(batch)  # [B]
        with tf.GradientTape() as tape:
            q_values = self.model(batch.states)  # [B, A]
            taken = tf.gather(q_values, batch.actions, batch_dims=1)  # [B], of the actions taken
            loss = tf.reduce_mean(tf.square(targets - taken))
        gradients = tape.gradient(loss, self.model.trainable_weights)
        self.optimizer.apply(gradients, self.model.trainable_weights)
        self.loss.assign(loss)
        self.max_q.assign(tf.reduce_max(q_values))
        return loss

    def targets_of(self, batch) -> tf.Tensor:
        """The Bellman targets of a mini-batch (slides: target_val): [B] float32."""
        next_q_values = self.target_model(batch.next_states)  # [B, A]
        return bellman_target(batch.rewards, next_q_values, batch.terminated, self.discount_factor)

    @episode_loop
    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode and learns in every step (slides: `while not done`)."""
        state = environment.reset()
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done:
            action = self.get_action(state)
            next_state, reward, terminated, truncated = environment.step(action)
            self.append_sample(state, action, reward, next_state, terminated)
            if self.memory.size >= self.train_start:
                self.train_model()
            score += reward
            state = next_state
            done = terminated or truncated
        self.update_target_model()
        return score

    @property
    def epsilon(self) -> tf.Tensor:
        """The share of random actions now: [] float32, a function of `training_steps`."""
        return self.epsilon_schedule(self.training_steps)

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps went into the memory: [] int32."""
        return self.memory.appended

    def load_weights(self, path) -> None:
        """Loads weights into the model and the target network; see `Agent.load_weights`."""
        super().load_weights(path)
        self.update_target_model()

    def status(self) -> dict[str, str]:
        """Epsilon and the number of transitions in memory, as the slides print them."""
        return {"epsilon": f"{float(self.epsilon):.2f}", "memory": str(len(self.memory))}

    def scalars(self) -> dict[str, tf.Tensor]:
        """Loss and largest Q-value of the last update, and epsilon."""
        return {"loss": self.loss, "epsilon": self.epsilon, "max_q": self.max_q}
