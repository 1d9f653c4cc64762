"""Advantage Actor-Critic, A2C (slides: A2C; only a link to code).

Source: the slides' equations; settings from rlcode/reinforcement-learning-kr, 2-cartpole/2-actor-
critic. The name A2C is the lecture's; what it describes is the one-step actor-critic of Sutton and
Barto, 2nd edition, section 13.5.
"""

import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, reset_optimizer
from dqn_keras.bellman import td_advantage
from dqn_keras.machinery.arguments import layer_sizes, real_number, whole_number
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.networks import policy_network, value_network
from dqn_keras.policy import policy_gradient_loss, sample_action


class A2CAgent(Agent):
    """An actor that chooses and a critic that says how much better than expected it went.

    Where it departs from the slides, and why:

    * The actor's cross-entropy is multiplied with the advantage; the slide says "q function", the
      formula two slides earlier says delta, and so does the code.
    * The advantage and the critic's target are labels; no gradient flows through them.
    * Only `terminated` cuts the bootstrap and brings `fall_reward`, not the 500th step.
    * The actor gives logits instead of probabilities.

    Args:
        state_size: S.
        action_size: A.
        actor_units: The width of each hidden layer of the actor.
        critic_units: The width of each hidden layer of the critic.
        actor_learning_rate: The actor's Adam.
        critic_learning_rate: The critic's Adam.
        learning_rate_decay_steps: Over so many updates the learning rates fall to a hundredth,
            along a cosine; None keeps them.
        discount_factor: In [0, 1].
        fall_reward: What the step that ends the task is rewarded with, in place of the
            environment's reward; None keeps the environment's.
        seed: Fixes weights and the policy's dice; None draws a fresh one.

    Raises:
        TypeError, ValueError: A setting is out of its range; the message names it.
    """

    name = "a2c"

    def __init__(
        self,
        state_size: int,
        action_size: int,
        *,
        actor_units: tuple[int, ...] = (24,),
        critic_units: tuple[int, ...] = (24, 24),
        actor_learning_rate: float = 0.001,
        critic_learning_rate: float = 0.005,
        learning_rate_decay_steps: int | None = None,
        discount_factor: float = 0.99,
        fall_reward: float | None = -100.0,
        seed: int | None = None,
    ):
        self.settings = {k: v for k, v in locals().items() if k not in ("self", "seed")}
        self.seed = seed
        self.state_size = whole_number("state_size", state_size)
        self.action_size = whole_number("action_size", action_size)
        self.actor_units = layer_sizes("actor_units", actor_units)
        self.critic_units = layer_sizes("critic_units", critic_units)
        self.discount_factor = real_number("discount_factor", discount_factor, 0, 1)
        self.fall_reward = None if fall_reward is None else real_number("fall_reward", fall_reward)
        with tf.device(CPU):
            self.actor = self.build_actor(seed)
            self.critic = self.build_critic(seed)
            self.actor_optimizer = new_optimizer(
                real_number("actor_learning_rate", actor_learning_rate, 0),
                self.actor,
                learning_rate_decay_steps,
            )
            self.critic_optimizer = new_optimizer(
                real_number("critic_learning_rate", critic_learning_rate, 0),
                self.critic,
                learning_rate_decay_steps,
            )
            self.training_steps = tf.Variable(0, dtype=tf.int32)
            self.losses = tf.Variable([0.0, 0.0])  # actor's and critic's last, for the logs
            self.rng = tf.random.Generator.from_seed(stream_seed(seed, "agent"))

    def build_actor(self, seed: int | None = None):
        """A new policy network (slides: Actor)."""
        return policy_network(self.state_size, self.action_size, self.actor_units, seed=seed)

    def build_critic(self, seed: int | None = None):
        """A new value network (slides: Critic)."""
        return value_network(self.state_size, self.critic_units, seed=seed)

    def get_action(self, state) -> tf.Tensor:
        """Throws the policy's dice (slides: Actor, chooses the action).

        Args:
            state: [S].

        Returns:
            [] int32.
        """
        logits = self.actor(tf.cast(state, tf.float32)[None])[0]  # [A]
        return sample_action(logits, self.rng)

    def train_model(self, state, action, reward, next_state, terminated) -> tf.Tensor:
        """One gradient step of actor and critic on <s, a, r, s'> (slides: Loss function).

        Args:
            state: [S].
            action: [].
            reward: [], shaped.
            next_state: [S].
            terminated: [], True where s' ends the task.

        Returns:
            [2] float32, the actor's and the critic's loss.
        """
        self.training_steps.assign_add(1)
        next_value = self.critic(next_state[None])[:, 0]  # [1]
        with tf.GradientTape(persistent=True) as tape:
            value = self.critic(state[None])[:, 0]  # [1]
            advantage = td_advantage(
                reward[None], value, next_value, terminated[None], self.discount_factor
            )  # [1]
            logits = self.actor(state[None])  # [1, A]
            actor_loss = policy_gradient_loss(logits, action[None], advantage)
            target = tf.stop_gradient(advantage + value)  # r + discount * V(s')
            critic_loss = tf.reduce_mean(tf.square(target - value))
        for loss, network, optimizer in (
            (actor_loss, self.actor, self.actor_optimizer),
            (critic_loss, self.critic, self.critic_optimizer),
        ):
            weights = network.trainable_weights
            optimizer.apply(tape.gradient(loss, weights), weights)
        losses = tf.stack([actor_loss, critic_loss])
        self.losses.assign(losses)
        return losses

    @episode_loop
    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode and learns in every step.

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
            shaped = self.shaped_reward(reward, terminated)
            self.train_model(state, action, shaped, next_state, terminated)
            score += reward
            state = next_state
            done = terminated or truncated
        return score

    @property
    def networks(self) -> dict:
        """Actor and critic."""
        return {"actor": self.actor, "critic": self.critic}

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps it has learned from: [] int32."""
        return self.training_steps

    def reset(self, seed: int | None = None) -> None:
        """Makes it a beginner again, in place."""
        self.actor.set_weights(self.build_actor(seed).get_weights())
        self.critic.set_weights(self.build_critic(seed).get_weights())
        self.training_steps.assign(0)
        self.losses.assign([0.0, 0.0])
        self.rng.reset_from_seed(stream_seed(seed, "agent"))
        reset_optimizer(self.actor_optimizer)
        reset_optimizer(self.critic_optimizer)
        self.seed = seed

    def greedy_actions(self, states) -> tf.Tensor:
        """The most likely actions: [B, S] float32 to [B] int32."""
        return tf.argmax(self.actor(states), axis=1, output_type=tf.int32)

    def scalars(self) -> dict[str, tf.Tensor]:
        """Both losses of the last update."""
        return {"actor_loss": self.losses[0], "critic_loss": self.losses[1]}
