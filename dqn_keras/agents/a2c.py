"""Advantage Actor-Critic, A2C (slides: A2C; only a link to code).

Source: the slides' equations; settings from rlcode/reinforcement-learning-kr, 2-cartpole/2-actor-
critic. The name A2C is the lecture's; what it describes is the one-step actor-critic of Sutton and
Barto, 2nd edition, section 13.5.
"""

import dataclasses

import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, shaped_reward
from dqn_keras.bellman import td_advantage
from dqn_keras.machinery.arguments import Size
from dqn_keras.machinery.compilation import CPU, episode_loop
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.machinery.settings import Count, Fraction, NotNegative, Settings
from dqn_keras.networks import policy_network, value_network
from dqn_keras.policy import policy_gradient_loss, sample_action


@dataclasses.dataclass(frozen=True, kw_only=True)
class A2CSettings(Settings):
    """The settings of the lecture's code."""

    actor_units: tuple[int, ...] = (24,)  # the width of each hidden layer of the actor
    critic_units: tuple[int, ...] = (24, 24)  # the width of each hidden layer of the critic
    actor_learning_rate: NotNegative = 0.001  # the actor's Adam
    critic_learning_rate: NotNegative = 0.005  # the critic's Adam
    learning_rate_decay_steps: Count | None = None  # updates of a cosine decay to a hundredth
    discount_factor: Fraction = 0.99  # how much the next step's value counts
    fall_reward: float | None = -100.0  # replaces the reward that comes with `terminated`


class A2CAgent(Agent):
    """An actor that chooses and a critic that says how much better than expected it went.

    Where it departs from the slides, and why:

    * The actor's cross-entropy is multiplied with the advantage; the slide says "q function", the
      formula two slides earlier says delta, and so does the code.
    * The advantage and the critic's target are labels; no gradient flows through them.
    * Only `terminated` cuts the bootstrap and brings `fall_reward`, not the 500th step.
    * The actor gives logits instead of probabilities.

    The settings are `A2CSettings`; all else is as in `Agent`.
    """

    name = "a2c"
    Settings = A2CSettings
    network_names = ("actor", "critic")

    def __init__(self, state_size: Size, action_size: int, *, seed: int | None = None, **settings):
        super().__init__(state_size, action_size, seed=seed, **settings)
        with tf.device(CPU):
            self.actor = self.build_actor(seed)
            self.critic = self.build_critic(seed)
            self.actor_optimizer = new_optimizer(
                self.actor_learning_rate, self.actor, self.learning_rate_decay_steps
            )
            self.critic_optimizer = new_optimizer(
                self.critic_learning_rate, self.critic, self.learning_rate_decay_steps
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
        """Samples the action [] int32 from the policy in a state [S] (slides: Actor)."""
        logits = self.actor(tf.cast(state, tf.float32)[None])[0]  # [A]
        return sample_action(logits, self.rng)

    def train_model(self, state, action, reward, next_state, terminated) -> tf.Tensor:
        """One gradient step of actor and critic on <s, a, r, s'> (slides: Loss function).

        States are [S], all else []; the reward is the shaped one.

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
        """Plays one episode and learns in every step."""
        state = environment.reset()
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done:
            action = self.get_action(state)
            next_state, reward, terminated, truncated = environment.step(action)
            shaped = shaped_reward(reward, terminated, self.fall_reward)
            self.train_model(state, action, shaped, next_state, terminated)
            score += reward
            state = next_state
            done = terminated or truncated
        return score

    def scalars(self) -> dict[str, tf.Tensor]:
        """Both losses of the last update."""
        return {"actor_loss": self.losses[0], "critic_loss": self.losses[1]}
