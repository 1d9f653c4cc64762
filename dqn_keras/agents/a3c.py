"""Asynchronous Advantage Actor-Critic, A3C (slides: A3C; no code there).

Source: Mnih et al., "Asynchronous methods for deep reinforcement learning", ICML 2016 (arXiv
1602.01783), algorithm S3; CartPole settings from rlcode/reinforcement-learning of 2017,
2-cartpole/5-a3c.
"""

import contextlib
import dataclasses
import queue
import threading
from collections.abc import Iterator
from typing import Annotated

import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, shaped_reward
from dqn_keras.bellman import discounted_returns
from dqn_keras.machinery.arguments import Size
from dqn_keras.machinery.compilation import CPU, run_as_graph
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.machinery.settings import Between, Count, Fraction, NotNegative, Settings
from dqn_keras.networks import policy_network, update_target, value_network
from dqn_keras.policy import entropy, policy_gradient_loss, sample_action
from dqn_keras.replay_memory import ReplayMemory

MAX_WORKERS = 100  # each is a thread with networks of its own


@dataclasses.dataclass(frozen=True, kw_only=True)
class A3CSettings(Settings):
    """The settings of the lecture's authors, and the paper's rollouts."""

    # how many actor-learners play at the same time
    workers: Annotated[int, Between(1, MAX_WORKERS)] = 2
    rollout_steps: Count = 20  # T, the steps between two updates
    actor_units: tuple[int, ...] = (24, 24)  # the width of each hidden layer of the actor
    critic_units: tuple[int, ...] = (24, 24)  # the width of each hidden layer of the critic
    actor_learning_rate: NotNegative = 0.001  # the actor's Adam
    critic_learning_rate: NotNegative = 0.001  # the critic's Adam
    learning_rate_decay_steps: Count | None = None  # updates of a cosine decay to a hundredth
    discount_factor: Fraction = 0.99  # how much the next step's reward counts
    entropy_weight: NotNegative = 0.01  # how much a policy that is still undecided is rewarded
    fall_reward: float | None = None  # replaces the reward that comes with `terminated`


class A3CAgent(Agent):
    """Several actor-learners play side by side and train one global actor and critic.

    Each actor-learner is a Python thread with networks and an environment of its own: it copies
    the global weights, plays up to `rollout_steps` steps, computes gradients with its local
    networks and applies them to the global ones. Copying and applying take turns (a lock); the
    compiled rollouts run at the same time, because TensorFlow releases the GIL. In which order
    they come is chance: a seed does not fix a run of several workers.

    Where it departs from the lecture's code, and why:

    * Local networks, as in the paper; the 2017 CartPole code lets all threads use the one global
      network, without a lock.
    * An update every `rollout_steps` steps, as in the paper and in the lecture's Breakout code;
      the CartPole code makes one at each episode's end.
    * The bootstrap is the value of the state after the last step. The originals take the value of
      the last state itself, one too early.
    * Actor and critic share no layer, as in the lecture's A2C.
    * The entropy bonus is summed over the same steps as the policy gradient.
    * The main program ends its threads; the originals' run for ever.

    The settings are `A3CSettings`; all else is as in `Agent`.
    """

    name = "a3c"
    Settings = A3CSettings
    network_names = ("actor", "critic")
    untraced = (*Agent.untraced, "_lock", "_copies")

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
            self.learners = [
                ActorLearner(index, self.build_actor(), self.build_critic(), self.settings, seed)
                for index in range(self.workers)
            ]
        self._lock = threading.Lock()
        self._copies: dict = {}  # environment to the environments of all actor-learners

    def build_actor(self, seed: int | None = None):
        """A new policy network."""
        return policy_network(self.state_size, self.action_size, self.actor_units, seed=seed)

    def build_critic(self, seed: int | None = None):
        """A new value network."""
        return value_network(self.state_size, self.critic_units, seed=seed)

    def apply_gradients(self, actor_gradients, critic_gradients, steps) -> None:
        """Applies one actor-learner's gradients from its `steps` steps to the global networks."""
        self.actor_optimizer.apply(actor_gradients, self.actor.trainable_weights)
        self.critic_optimizer.apply(critic_gradients, self.critic.trainable_weights)
        self.training_steps.assign_add(steps)

    def play(self, learner: "ActorLearner", environment, stop=None) -> float:
        """One actor-learner plays an episode in rollouts; its gradients are applied after each.

        The episode ends early when `stop`, a `threading.Event`, is set. Returns the score so far.
        """
        with tf.device(CPU), environment.original_errors():
            learner.state.assign(environment.reset())
            score, done = 0.0, False
            while not done and not (stop and stop.is_set()):
                with self._lock:
                    run_as_graph(type(learner).copy_weights, learner, self.actor, self.critic)
                actor_gradients, critic_gradients, rewards, steps, done = run_as_graph(
                    type(learner).rollout, learner, environment, compiled=environment.compilable
                )
                gradients = actor_gradients, critic_gradients, steps
                with self._lock:
                    run_as_graph(type(self).apply_gradients, self, inputs=gradients)
                score += float(rewards)
        return score

    def run_episode(self, environment) -> float:
        """Plays one episode with the first actor-learner, in this thread."""
        return self.play(self.learners[0], environment)

    @contextlib.contextmanager
    def episodes(self, environment) -> Iterator[Iterator[float]]:
        """Runs a thread for each actor-learner, until the context ends; see `Agent.episodes`.

        The scores come from all of them: the first plays in the environment, the others in copies.
        An exception in one of them ends all, and is raised by the iterator.
        """
        stop = threading.Event()
        results: queue.Queue = queue.Queue(maxsize=len(self.learners))
        threads = [
            threading.Thread(
                target=self._play_until,
                args=(stop, learner, own_environment, results),
                name=f"actor-learner {learner.index}",
            )
            for learner, own_environment in zip(
                self.learners, self._environments(environment), strict=True
            )
        ]
        for thread in threads:
            thread.start()
        try:
            yield iter(lambda: _score_or_raise(results.get()), None)
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _environments(self, environment) -> list:
        if environment not in self._copies:  # kept: a new one needs a new graph
            copies = [environment.copy(learner.index) for learner in self.learners[1:]]
            self._copies[environment] = [environment, *copies]
        elif environment.seed is not None:
            for learner, copy in zip(self.learners[1:], self._copies[environment][1:], strict=True):
                copy.reset(stream_seed(environment.seed, f"copy {learner.index}"))
        return self._copies[environment]

    def _play_until(self, stop, learner, environment, results: queue.Queue) -> None:
        """Plays episode after episode until told to stop, in a thread of its own."""
        try:
            while not stop.is_set():
                _put(results, self.play(learner, environment, stop), stop)
        except BaseException as error:  # whatever it was, the main thread must hear of it
            _put(results, error, stop)

    def scalars(self) -> dict[str, tf.Tensor]:
        """Both losses of the first actor-learner's last rollout."""
        losses = self.learners[0].losses
        return {"actor_loss": losses[0], "critic_loss": losses[1]}

    def paused(self) -> contextlib.AbstractContextManager:
        """The lock that applying gradients takes."""
        return self._lock


class ActorLearner:
    """A player: its number from 0, and local networks, memory and random generator of its own."""

    untraced = ("index",)

    def __init__(self, index: int, actor, critic, settings: A3CSettings, seed: int | None):
        self.index = index
        self.actor = actor
        self.critic = critic
        self.settings = settings
        state_size = actor.input_shape[1:]
        self.memory = ReplayMemory(settings.rollout_steps, state_size)
        self.state = tf.Variable(tf.zeros(state_size))
        self.losses = tf.Variable([0.0, 0.0])  # actor's and critic's last
        self.rng = tf.random.Generator.from_seed(stream_seed(seed, f"actor-learner {index}"))

    def copy_weights(self, actor, critic) -> None:
        """Makes the local networks equal to the global ones."""
        update_target(self.actor, actor)
        update_target(self.critic, critic)

    def rollout(self, environment):
        """Plays on for up to `rollout_steps` steps with the local networks and computes gradients.

        Returns:
            Gradients for each weight of actor and critic; [] float32, the sum of the
            environment's own rewards; [] int32, the steps played; [] bool, is the episode over?
        """
        self.memory.clear()
        state = self.state.read_value()
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done and self.memory.size < self.settings.rollout_steps:
            action = sample_action(self.actor(state[None])[0], self.rng)
            next_state, reward, terminated, truncated = environment.step(action)
            shaped = shaped_reward(reward, terminated, self.settings.fall_reward)
            self.memory.append(state, action, shaped, next_state, terminated)
            score += reward
            state = next_state
            done = terminated or truncated
        self.state.assign(state)
        actor_gradients, critic_gradients = self.gradients()
        return actor_gradients, critic_gradients, score, self.memory.size, done

    def gradients(self):
        """Gradients on the rollout in memory: for each weight of the actor, and of the critic."""
        memory, discount_factor = self.memory, self.settings.discount_factor
        count = memory.size
        mask = tf.cast(tf.range(memory.capacity) < count, tf.float32)  # [T]
        last = tf.one_hot(count - 1, memory.capacity)  # [T]
        # What came after the rollout is worth V of the state it ended in, unless that is the end.
        next_values = self.critic(memory.next_states.read_value())[:, 0]  # [T]
        goes_on = 1.0 - tf.cast(memory.terminated, tf.float32)
        rewards = memory.rewards + last * goes_on * discount_factor * next_values
        returns = tf.stop_gradient(discounted_returns(rewards * mask, discount_factor))
        states = memory.states.read_value()
        with tf.GradientTape(persistent=True) as tape:
            values = self.critic(states)[:, 0]  # [T]
            logits = self.actor(states)  # [T, A]
            advantages = (returns - values) * mask
            actor_loss = policy_gradient_loss(logits, memory.actions.read_value(), advantages)
            bonus = tf.reduce_sum(mask * entropy(logits))
            actor_loss -= self.settings.entropy_weight * bonus
            critic_loss = tf.reduce_sum(tf.square(advantages))
        self.losses.assign(tf.stack([actor_loss, critic_loss]))
        return (
            tape.gradient(actor_loss, self.actor.trainable_weights),
            tape.gradient(critic_loss, self.critic.trainable_weights),
        )


def _put(results: queue.Queue, value, stop: threading.Event) -> None:
    while not stop.is_set():
        with contextlib.suppress(queue.Full):
            return results.put(value, timeout=0.1)


def _score_or_raise(result) -> float:
    if isinstance(result, BaseException):
        raise result
    return result
