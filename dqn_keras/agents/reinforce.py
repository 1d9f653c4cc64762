"""REINFORCE (slides: Policy Gradient, REINFORCE, Cross Entropy; only a link to code).

Source: Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement
learning", 1992; settings from rlcode/reinforcement-learning-kr, 1-grid-world/7-reinforce, and for
CartPole from the same authors' English code of 2017.
"""

import keras
import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, reset_optimizer
from dqn_keras.bellman import discounted_returns
from dqn_keras.machinery.arguments import real_number, whole_number
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.networks import policy_network
from dqn_keras.policy import entropy, policy_gradient_loss, sample_action, standardise
from dqn_keras.replay_memory import ReplayMemory


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

    Args:
        state_size: S.
        action_size: A.
        hidden_units: The width of each hidden layer.
        initializer: A Keras initialiser's name, for every kernel.
        learning_rate: Adam's.
        learning_rate_decay_steps: Over so many updates the learning rates fall to a hundredth,
            along a cosine; None keeps them.
        discount_factor: In [0, 1].
        entropy_weight: How much a policy that is still undecided is rewarded; the lecture has none.
        fall_reward: What the step that ends the task is rewarded with, in place of the
            environment's reward; None keeps the environment's.
        max_steps: T, the longest episode there is room for.
        seed: Fixes weights and the policy's dice; None draws a fresh one.

    Raises:
        TypeError, ValueError: A setting is out of its range; the message names it.
    """

    name = "reinforce"

    def __init__(
        self,
        state_size: int,
        action_size: int,
        *,
        hidden_units: tuple[int, ...] = (24, 24),
        initializer: str = "glorot_uniform",
        learning_rate: float = 0.001,
        learning_rate_decay_steps: int | None = None,
        discount_factor: float = 0.99,
        entropy_weight: float = 0.0,
        fall_reward: float | None = None,
        max_steps: int = 500,
        seed: int | None = None,
    ):
        self.settings = {k: v for k, v in locals().items() if k not in ("self", "seed")}
        self.seed = seed
        self.state_size = whole_number("state_size", state_size)
        self.action_size = whole_number("action_size", action_size)
        self.hidden_units = hidden_units
        self.initializer = initializer
        self.discount_factor = real_number("discount_factor", discount_factor, 0, 1)
        self.entropy_weight = real_number("entropy_weight", entropy_weight, 0)
        self.fall_reward = None if fall_reward is None else real_number("fall_reward", fall_reward)
        with tf.device(CPU):
            self.memory = ReplayMemory(whole_number("max_steps", max_steps), self.state_size)
            self.model = self.build_model(seed)
            self.optimizer = new_optimizer(
                real_number("learning_rate", learning_rate, 0),
                self.model,
                learning_rate_decay_steps,
            )
            self.total_steps = tf.Variable(0, dtype=tf.int32)
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
        """Throws the policy's dice: action a with probability pi(a|s) (original: get_action).

        Args:
            state: [S].

        Returns:
            [] int32.
        """
        logits = self.model(tf.cast(state, tf.float32)[None])[0]  # [A]
        return sample_action(logits, self.rng)

    def append_sample(self, state, action, reward, next_state, terminated) -> None:
        """Keeps one step of the episode (original: append_sample)."""
        reward = self.shaped_reward(reward, terminated)
        self.memory.append(state, action, reward, next_state, terminated)

    def train_model(self) -> tf.Tensor:
        """One gradient step on the whole episode, which is then forgotten (original: train_model).

        Returns:
            [] float32, the loss: the sum of cross-entropy times standardised return.
        """
        played = (
            tf.range(self.memory.capacity) < self.memory.size
        )  # [T]; rows after the end are old
        rewards = tf.where(played, self.memory.rewards, 0.0)
        returns = standardise(discounted_returns(rewards, self.discount_factor), played)
        with tf.GradientTape() as tape:
            logits = self.model(self.memory.states.read_value())  # [T, A]
            loss = policy_gradient_loss(logits, self.memory.actions.read_value(), returns)
            if self.entropy_weight > 0:
                entropies = tf.where(played, entropy(logits), 0.0)
                loss -= self.entropy_weight * tf.reduce_sum(entropies)
        gradients = tape.gradient(loss, self.model.trainable_weights)
        self.optimizer.apply(gradients, self.model.trainable_weights)
        self.total_steps.assign_add(self.memory.size)
        self.memory.clear()
        self.loss.assign(loss)
        return loss

    @episode_loop
    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode, then learns from it.

        Args:
            environment: Its `reset` and `step` give tensors; see `dqn_keras.environments`.

        Returns:
            [] float32, the score: the sum of the environment's own rewards.

        Raises:
            ValueError: The environment's episodes may be longer than `max_steps`.
        """
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
        """Raises if the agent cannot play there.

        Raises:
            ValueError: Its sizes are others, or its episodes may be longer than `max_steps`.
        """
        super().check_environment(environment)
        if environment.max_steps is None or environment.max_steps > self.memory.capacity:
            raise ValueError(
                f"the agent has room for episodes of max_steps {self.memory.capacity}, "
                f"the environment's may take {environment.max_steps or 'any number of'} steps"
            )

    @property
    def networks(self) -> dict:
        """The one network, the policy."""
        return {"model": self.model}

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps it has learned from: [] int32."""
        return self.total_steps

    def reset(self, seed: int | None = None) -> None:
        """Makes it a beginner again, in place."""
        self.model.set_weights(self.build_model(seed).get_weights())
        self.memory.clear()
        self.total_steps.assign(0)
        self.loss.assign(0.0)
        self.rng.reset_from_seed(stream_seed(seed, "agent"))
        reset_optimizer(self.optimizer)
        self.seed = seed

    def greedy_actions(self, states) -> tf.Tensor:
        """The most likely actions: [B, S] float32 to [B] int32."""
        return tf.argmax(self.model(states), axis=1, output_type=tf.int32)

    def scalars(self) -> dict[str, tf.Tensor]:
        """The episode's loss."""
        return {"loss": self.loss}
