"""REINFORCE (slides: Policy Gradient, REINFORCE, Cross Entropy; only a link to code).

Source: Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement
learning", 1992; settings from rlcode/reinforcement-learning-kr, 1-grid-world/7-reinforce, and for
CartPole from the same authors' English code of 2017.
"""

import dataclasses

import keras
import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, shaped_reward
from dqn_keras.bellman import discounted_returns
from dqn_keras.machinery.arguments import Size
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.machinery.settings import Count, Fraction, NotNegative, Settings
from dqn_keras.networks import policy_network
from dqn_keras.policy import entropy, policy_gradient_loss, sample_action, standardise
from dqn_keras.replay_memory import ReplayMemory


@dataclasses.dataclass(frozen=True, kw_only=True)
class REINFORCESettings(Settings):
    """The settings of the lecture's code."""

    hidden_units: tuple[int, ...] = (24, 24)  # the width of each hidden layer
    initializer: str = "glorot_uniform"  # a Keras initialiser's name, for every kernel
    learning_rate: NotNegative = 0.001  # Adam's
    learning_rate_decay_steps: Count | None = None  # updates of a cosine decay to a hundredth
    discount_factor: Fraction = 0.99  # how much the next step's reward counts
    entropy_weight: NotNegative = 0.0  # of the bonus for an undecided policy; the lecture has none
    fall_reward: float | None = None  # replaces the reward that comes with `terminated`
    max_steps: Count = 500  # T, the longest episode there is room for


class REINFORCEAgent(Agent):
    """Plays a whole episode, then makes the actions before high returns more likely.

    Where it departs from the lecture's code, and why:

    * Returns are float32. The TF 2 code puts them into an array of integers, which cuts off
      everything behind the point.
    * They are standardised with a small constant under the division: equal returns, as in an
      episode of one step, gave NaN.
    * The network gives logits instead of probabilities; no logarithm of a rounded zero.
    * An episode is cut off at the environment's time limit; the original may walk for thousands
      of steps. There is no critic to say what would have come after.

    The settings are `REINFORCESettings`; all else is as in `Agent`.
    """

    name = "reinforce"
    Settings = REINFORCESettings

    def __init__(self, state_size: Size, action_size: int, *, seed: int | None = None, **settings):
        super().__init__(state_size, action_size, seed=seed, **settings)
        with tf.device(CPU):
            self.memory = ReplayMemory(self.max_steps, self.state_size)
            self.model = self.build_model(seed)
            self.optimizer = new_optimizer(
                self.learning_rate, self.model, self.learning_rate_decay_steps
            )
            self.training_steps = tf.Variable(0, dtype=tf.int32)
            self.loss = tf.Variable(0.0)  # of the last update, for the logs
            self.rng = tf.random.Generator.from_seed(stream_seed(seed, "agent"))

    def build_model(self, seed: int | None = None) -> keras.Model:
        """A new network, state in, one logit for each action out (original: build_model)."""
        return policy_network(
            self.state_size,
            self.action_size,
            self.hidden_units,
            initializer=self.initializer,
            seed=seed,
        )

    def get_action(self, state) -> tf.Tensor:
        """Samples the action [] int32 from the policy in a state [S] (original: get_action)."""
        logits = self.model(tf.cast(state, tf.float32)[None])[0]  # [A]
        return sample_action(logits, self.rng)

    def append_sample(self, state, action, reward, next_state, terminated) -> None:
        """Keeps one step of the episode (original: append_sample)."""
        reward = shaped_reward(reward, terminated, self.fall_reward)
        self.memory.append(state, action, reward, next_state, terminated)

    def train_model(self) -> tf.Tensor:
        """One gradient step on the whole episode, which is then forgotten (original: train_model).

        Returns:
            [] float32, the loss: the sum of cross-entropy times standardised return.
        """
        valid = tf.range(self.memory.capacity) < self.memory.size  # [T]; later rows are old
        rewards = tf.where(valid, self.memory.rewards, 0.0)
        returns = standardise(discounted_returns(rewards, self.discount_factor), valid)
        with tf.GradientTape() as tape:
            logits = self.model(self.memory.states.read_value())  # [T, A]
            loss = policy_gradient_loss(logits, self.memory.actions.read_value(), returns)
            if self.entropy_weight > 0:
                entropies = tf.where(valid, entropy(logits), 0.0)
                loss -= self.entropy_weight * tf.reduce_sum(entropies)
        gradients = tape.gradient(loss, self.model.trainable_weights)
        self.optimizer.apply(gradients, self.model.trainable_weights)
        self.training_steps.assign_add(self.memory.size)
        self.memory.clear()
        self.loss.assign(loss)
        return loss

    @episode_loop
    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode, then learns from it."""
        state = environment.reset()
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done:
            action = self.get_action(state)
            next_state, reward, terminated, truncated = environment.step(action)
            self.append_sample(state, action, reward, next_state, terminated)
            score += reward
            state = next_state
            done = terminated or truncated
        self.train_model()
        return score

    def check_environment(self, environment) -> None:
        """Raises, too, if its episodes may be longer than `max_steps`."""
        super().check_environment(environment)
        if environment.max_steps is None or environment.max_steps > self.memory.capacity:
            raise ValueError(
                f"the agent has room for episodes of max_steps {self.memory.capacity}, "
                f"the environment's may take {environment.max_steps or 'any number of'} steps"
            )

    def scalars(self) -> dict[str, tf.Tensor]:
        """The episode's loss."""
        return {"loss": self.loss}
