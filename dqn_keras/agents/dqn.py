"""Deep Q-Networks (slides: DQN, code explained line by line).

Source: Mnih et al., "Human-level control through deep reinforcement learning", Nature 2015; the
lecture's CartPole code (seed document 002). Read this file beside the slides: the methods are
theirs, in their order.
"""

import keras
import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, reset_optimizer
from dqn_keras.bellman import bellman_target, double_bellman_target
from dqn_keras.exploration import epsilon_greedy, exponential_epsilon, linear_epsilon
from dqn_keras.machinery.arguments import (
    LARGEST_INT,
    check_size,
    flag,
    one_of,
    real_number,
    short_repr,
    whole_number,
)
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.networks import q_network, update_target
from dqn_keras.replay_memory import ReplayMemory


class DQNAgent(Agent):
    """The slides' `DQNAgent`, with their settings as defaults.

    The other settings are those of the lecture's four posts on DQN (`recipes.py`): the same agent
    covers all five documents.

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

    Args:
        state_size: S, the number of values in a state.
        action_size: A, the number of actions.
        hidden_units: The width of each hidden layer.
        activation: Of the hidden layers.
        initializer: A Keras initialiser's name, for every kernel.
        learning_rate: Adam's.
        learning_rate_decay_steps: Over so many updates the learning rate falls to a hundredth,
            along a cosine; None keeps it.
        discount_factor: How much the next step's value counts, in [0, 1].
        epsilon: The share of random actions at the start.
        epsilon_decay: What epsilon is multiplied with at each count, or what is taken off it.
        epsilon_min: Epsilon's floor.
        epsilon_schedule: `"exponential"` multiplies, `"linear"` takes off.
        epsilon_counts: `"updates"`, calls of `train_model`, or `"episodes"`.
        batch_size: B, transitions learned from in each update.
        train_start: Learning starts once the memory holds this many transitions.
        train_every: `"step"`: one update in every step, or `"episode"`: at every episode's end.
        updates_per_episode: How many updates at an episode's end; counts only there.
        memory_size: How many transitions the memory keeps.
        target_update: What the target network's copying counts: `"episodes"`, `"steps"`, or
            `"never"`: no target network, the model itself makes its targets.
        target_update_every: It is copied after that many of them.
        double: Double DQN: the model chooses the next action, the target network values it.
        time_limit_ends: The lecture's mistake, to measure it: a time limit counts as an end.
        fall_reward: What the step that ends the task is rewarded with, in place of the
            environment's reward; None keeps the environment's.
        seed: Fixes weights, exploration and sampling; None draws a fresh one.

    Raises:
        TypeError, ValueError: A setting is out of its range; the message names it.

    Example:
        >>> agent = DQNAgent(state_size=4, action_size=2, seed=0)
        >>> score = agent.run_episode(CartPole(seed=0))
    """

    name = "dqn"

    def __init__(
        self,
        state_size: int,
        action_size: int,
        *,
        hidden_units: tuple[int, ...] = (24, 24),
        activation: str = "relu",
        initializer: str = "he_uniform",
        learning_rate: float = 0.001,
        learning_rate_decay_steps: int | None = None,
        discount_factor: float = 0.99,
        epsilon: float = 1.0,
        epsilon_decay: float = 0.999,
        epsilon_min: float = 0.01,
        epsilon_schedule: str = "exponential",
        epsilon_counts: str = "updates",
        batch_size: int = 64,
        train_start: int = 1000,
        train_every: str = "step",
        updates_per_episode: int = 1,
        memory_size: int = 2000,
        target_update: str = "episodes",
        target_update_every: int = 1,
        double: bool = False,
        time_limit_ends: bool = False,
        fall_reward: float | None = -100.0,
        seed: int | None = None,
    ):
        self.settings = {k: v for k, v in locals().items() if k not in ("self", "seed")}
        self.seed = seed
        self.state_size = whole_number("state_size", state_size)
        self.action_size = whole_number("action_size", action_size)
        self.hidden_units = hidden_units
        self.activation = activation
        self.initializer = initializer
        self.learning_rate = real_number("learning_rate", learning_rate, 0)
        self.discount_factor = real_number("discount_factor", discount_factor, 0, 1)
        self.epsilon_decay = epsilon_decay
        self.epsilon_min = epsilon_min
        one_of("epsilon_schedule", epsilon_schedule, ("exponential", "linear"))
        schedule = exponential_epsilon if epsilon_schedule == "exponential" else linear_epsilon
        self.epsilon_schedule = schedule(epsilon, epsilon_decay, epsilon_min)
        self.epsilon_counts = one_of("epsilon_counts", epsilon_counts, ("updates", "episodes"))
        self.batch_size = whole_number("batch_size", batch_size)
        check_size("a batch's states", self.batch_size, self.state_size)
        self.train_start = whole_number("train_start", train_start)
        self.train_every = one_of("train_every", train_every, ("step", "episode"))
        self.updates_per_episode = whole_number(
            "updates_per_episode", updates_per_episode, maximum=LARGEST_INT
        )
        self.target_update = one_of("target_update", target_update, ("episodes", "steps", "never"))
        self.target_update_every = whole_number(
            "target_update_every", target_update_every, maximum=LARGEST_INT
        )
        self.double = flag("double", double)
        self.time_limit_ends = flag("time_limit_ends", time_limit_ends)
        self.fall_reward = None if fall_reward is None else real_number("fall_reward", fall_reward)
        if self.train_start > whole_number("memory_size", memory_size):
            raise ValueError(
                f"train_start must be at most memory_size {short_repr(memory_size)}, or "
                f"learning would never begin; got {short_repr(train_start)}"
            )
        with tf.device(CPU):
            self.memory = ReplayMemory(memory_size, self.state_size)
            self.model = self.build_model(seed)
            self.target_model = self.build_model(seed)
            self.optimizer = new_optimizer(
                self.learning_rate, self.model, learning_rate_decay_steps
            )
            self.training_steps = tf.Variable(0, dtype=tf.int32)  # calls of train_model
            self.episodes = tf.Variable(0, dtype=tf.int32)
            self.loss = tf.Variable(0.0)  # of the last update, for the logs
            self.max_q = tf.Variable(0.0)  # in its mini-batch
            self.rng = tf.random.Generator.from_seed(stream_seed(seed, "agent"))
        self.update_target_model()

    def build_model(self, seed: int | None = None) -> keras.Model:
        """A new network, state in, Q-values out (slides: build_model)."""
        return q_network(
            self.state_size,
            self.action_size,
            self.hidden_units,
            self.activation,
            self.initializer,
            seed,
        )

    def update_target_model(self) -> None:
        """Copies the model's weights into the target network (slides: update_target_model)."""
        update_target(self.target_model, self.model)

    def get_action(self, state) -> tf.Tensor:
        """Chooses epsilon-greedily (slides: get_action).

        Args:
            state: [S].

        Returns:
            [] int32.
        """
        q_values = self.model(tf.cast(state, tf.float32)[None])[0]  # [A]
        return epsilon_greedy(q_values, self.epsilon, self.rng)

    def append_sample(self, state, action, reward, next_state, terminated) -> None:
        """Stores <s, a, r, s', terminated>, with -100 for a fall (slides: append_sample).

        Args:
            state: [S].
            action: [].
            reward: [], the environment's own.
            next_state: [S].
            terminated: [], True after a fall, False at the time limit.
        """
        reward = self.shaped_reward(reward, terminated)
        self.memory.append(state, action, reward, next_state, terminated)

    def train_model(self) -> tf.Tensor:
        """One gradient step on a mini-batch drawn from the memory (slides: train_model).

        Returns:
            [] float32, the loss: the mean squared TD error.
        """
        self.training_steps.assign_add(1)  # epsilon falls with it
        batch = self.memory.sample(self.batch_size, self.rng)
        target_model = self.model if self.target_update == "never" else self.target_model
        next_q_values = target_model(batch.next_states)  # [B, A]
        if self.double:
            targets = double_bellman_target(
                batch.rewards,
                self.model(batch.next_states),
                next_q_values,
                batch.terminated,
                self.discount_factor,
            )  # [B]
        else:
            targets = bellman_target(
                batch.rewards, next_q_values, batch.terminated, self.discount_factor
            )  # [B]
        with tf.GradientTape() as tape:
            q_values = self.model(batch.states)  # [B, A]
            taken = tf.gather(q_values, batch.actions, batch_dims=1)  # [B], of the actions taken
            loss = tf.reduce_mean(tf.square(targets - taken))
        gradients = tape.gradient(loss, self.model.trainable_weights)
        self.optimizer.apply(gradients, self.model.trainable_weights)
        self.loss.assign(loss)
        self.max_q.assign(tf.reduce_max(q_values))
        return loss

    @episode_loop
    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode and learns in every step (slides: `while not done`).

        Args:
            environment: Its `reset` and `step` give tensors; see `dqn_keras.environments`.

        Returns:
            [] float32, the score: the sum of the environment's own rewards.
        """
        state = environment.reset()
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done:
            action = self.get_action(state)
            next_state, reward, terminated, truncated = environment.step(action)
            ended = terminated or truncated if self.time_limit_ends else terminated
            self.append_sample(state, action, reward, next_state, ended)
            if self.train_every == "step" and self.memory.size >= self.train_start:
                self.train_model()
            if self.target_update == "steps" and self.steps % self.target_update_every == 0:
                self.update_target_model()
            score += reward
            state = next_state
            done = terminated or truncated
        self.episodes.assign_add(1)
        if self.train_every == "episode" and self.memory.size >= self.train_start:
            for _ in tf.range(self.updates_per_episode):
                self.train_model()
        if self.target_update == "episodes" and self.episodes % self.target_update_every == 0:
            self.update_target_model()
        return score

    @property
    def epsilon(self) -> tf.Tensor:
        """The share of random actions now: [] float32, a function of a counter."""
        count = self.training_steps if self.epsilon_counts == "updates" else self.episodes
        return self.epsilon_schedule(count)

    @property
    def networks(self) -> dict:
        """The one network that plays; the target network is its copy."""
        return {"model": self.model}

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps went into the memory: [] int32."""
        return self.memory.appended

    def reset(self, seed: int | None = None) -> None:
        """Makes it a beginner again, in place: new weights, empty memory, epsilon at its start."""
        self.model.set_weights(self.build_model(seed).get_weights())
        self.update_target_model()
        self.memory.clear()
        self.training_steps.assign(0)
        self.episodes.assign(0)
        self.loss.assign(0.0)
        self.max_q.assign(0.0)
        self.rng.reset_from_seed(stream_seed(seed, "agent"))
        reset_optimizer(self.optimizer)
        self.seed = seed

    def greedy_actions(self, states) -> tf.Tensor:
        """The actions with the largest Q-values: [B, S] float32 to [B] int32."""
        return tf.argmax(self.model(states), axis=1, output_type=tf.int32)

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
