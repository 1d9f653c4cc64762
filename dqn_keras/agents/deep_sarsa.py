"""Deep SARSA (slides: Deep SARSA; no code there).

Source: Rummery and Niranjan, "On-line Q-learning using connectionist systems", 1994; settings from
the lecture's own code, rlcode/reinforcement-learning-kr, 1-grid-world/6-deep-sarsa.
"""

import keras
import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, reset_optimizer
from dqn_keras.bellman import sarsa_target
from dqn_keras.exploration import epsilon_greedy, exponential_epsilon
from dqn_keras.machinery.arguments import real_number, whole_number
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.networks import q_network


class DeepSARSAAgent(Agent):
    """SARSA with a network for the Q-function: learns from every step once, and forgets it.

    Where it departs from the lecture's code, and why:

    * The next action of the target is the action that is then taken. The original draws it for
      the target, throws it away and draws another: no longer s, a, r, s', a'.
    * The target is a label; no gradient flows through it. The lecture's TF 2 code lets it.
    * Only `terminated` cuts the bootstrap; the original has no time limit.

    Args:
        state_size: S.
        action_size: A.
        hidden_units: The width of each hidden layer.
        initializer: A Keras initialiser's name, for every kernel.
        learning_rate: Adam's.
        discount_factor: In [0, 1].
        epsilon: The share of random actions at the start.
        epsilon_decay: Epsilon's factor in every step.
        epsilon_min: Epsilon's floor.
        seed: Fixes weights and exploration; None draws a fresh one.

    Raises:
        TypeError, ValueError: A setting is out of its range; the message names it.
    """

    name = "deep_sarsa"
    fall_reward = None

    def __init__(
        self,
        state_size: int,
        action_size: int,
        *,
        hidden_units: tuple[int, ...] = (30, 30),
        initializer: str = "glorot_uniform",
        learning_rate: float = 0.001,
        discount_factor: float = 0.99,
        epsilon: float = 1.0,
        epsilon_decay: float = 0.9999,
        epsilon_min: float = 0.01,
        seed: int | None = None,
    ):
        self.settings = {k: v for k, v in locals().items() if k not in ("self", "seed")}
        self.seed = seed
        self.state_size = whole_number("state_size", state_size)
        self.action_size = whole_number("action_size", action_size)
        self.hidden_units = hidden_units
        self.initializer = initializer
        self.discount_factor = real_number("discount_factor", discount_factor, 0, 1)
        self.epsilon_schedule = exponential_epsilon(epsilon, epsilon_decay, epsilon_min)
        with tf.device(CPU):
            self.model = self.build_model(seed)
            self.optimizer = new_optimizer(
                real_number("learning_rate", learning_rate, 0), self.model
            )
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
        """Chooses epsilon-greedily (original: get_action).

        Args:
            state: [S].

        Returns:
            [] int32.
        """
        q_values = self.model(tf.cast(state, tf.float32)[None])[0]  # [A]
        return epsilon_greedy(q_values, self.epsilon, self.rng)

    def train_model(self, state, action, reward, next_state, next_action, terminated) -> tf.Tensor:
        """One gradient step on <s, a, r, s', a'> (slides: the squared SARSA error).

        Args:
            state: [S].
            action: [].
            reward: [].
            next_state: [S].
            next_action: [], the action that will be taken in it.
            terminated: [], True where s' ends the task.

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
        """Plays one episode and learns in every step; the next action is carried over.

        Args:
            environment: Its `reset` and `step` give tensors; see `dqn_keras.environments`.

        Returns:
            [] float32, the score: the sum of the environment's own rewards.
        """
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

    @property
    def networks(self) -> dict:
        """The one network."""
        return {"model": self.model}

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps it has learned from: [] int32."""
        return self.training_steps

    def reset(self, seed: int | None = None) -> None:
        """Makes it a beginner again, in place."""
        self.model.set_weights(self.build_model(seed).get_weights())
        self.training_steps.assign(0)
        self.loss.assign(0.0)
        self.max_q.assign(0.0)
        self.rng.reset_from_seed(stream_seed(seed, "agent"))
        reset_optimizer(self.optimizer)
        self.seed = seed

    def greedy_actions(self, states) -> tf.Tensor:
        """The actions with the largest Q-values: [B, S] float32 to [B] int32."""
        return tf.argmax(self.model(states), axis=1, output_type=tf.int32)

    def status(self) -> dict[str, str]:
        """Epsilon, as the original prints it."""
        return {"epsilon": f"{float(self.epsilon):.2f}"}

    def scalars(self) -> dict[str, tf.Tensor]:
        """Loss and largest Q-value of the last update, and epsilon."""
        return {"loss": self.loss, "epsilon": self.epsilon, "max_q": self.max_q}
