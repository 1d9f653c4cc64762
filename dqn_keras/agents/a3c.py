"""Asynchronous Advantage Actor-Critic, A3C (slides: A3C; no code there).

Source: Mnih et al., "Asynchronous methods for deep reinforcement learning", ICML 2016 (arXiv
1602.01783), algorithm S3; CartPole settings from rlcode/reinforcement-learning of 2017,
2-cartpole/5-a3c.
"""

import contextlib
import queue
import threading
from collections.abc import Iterator

import tensorflow as tf

from dqn_keras.agents.agent import Agent, new_optimizer, reset_optimizer
from dqn_keras.bellman import discounted_returns
from dqn_keras.machinery.arguments import layer_sizes, real_number, whole_number
from dqn_keras.machinery.compilation import CPU, run_as_graph
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.networks import policy_network, update_target, value_network
from dqn_keras.policy import entropy, policy_gradient_loss, sample_action
from dqn_keras.replay_memory import ReplayMemory

MAX_WORKERS = 100  # each is a thread with networks of its own


class A3CAgent(Agent):
    """Several actor-learners play side by side and train one global actor and critic.

    Each actor-learner is a Python thread with networks and an environment of its own: it copies
    the global weights, plays up to `rollout_steps` steps, computes gradients with its local
    networks and applies them to the global ones. Copying and applying take turns (a lock);
    the compiled rollouts run at the same time, because TensorFlow lets go of Python while it
    computes. In which order they come is chance: a seed does not fix a run of several workers.

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

    Args:
        state_size: S.
        action_size: A.
        workers: How many actor-learners play at the same time.
        rollout_steps: T, the steps between two updates.
        actor_units: The width of each hidden layer of the actor.
        critic_units: The width of each hidden layer of the critic.
        actor_learning_rate: The actor's Adam.
        critic_learning_rate: The critic's Adam.
        discount_factor: In [0, 1].
        entropy_weight: How much a policy that is still undecided is rewarded.
        fall_reward: What the step that ends the task is rewarded with, in place of the
            environment's reward; None keeps the environment's.
        seed: Fixes weights and the policies' dice; None draws a fresh one.

    Raises:
        TypeError, ValueError: A setting is out of its range; the message names it.
    """

    name = "a3c"
    untraced = (*Agent.untraced, "lock", "learners", "_copies")

    def __init__(
        self,
        state_size: int,
        action_size: int,
        *,
        workers: int = 2,
        rollout_steps: int = 20,
        actor_units: tuple[int, ...] = (24, 24),
        critic_units: tuple[int, ...] = (24, 24),
        actor_learning_rate: float = 0.001,
        critic_learning_rate: float = 0.001,
        discount_factor: float = 0.99,
        entropy_weight: float = 0.01,
        fall_reward: float | None = None,
        seed: int | None = None,
    ):
        self.settings = {k: v for k, v in locals().items() if k not in ("self", "seed")}
        self.seed = seed
        self.state_size = whole_number("state_size", state_size)
        self.action_size = whole_number("action_size", action_size)
        self.rollout_steps = whole_number("rollout_steps", rollout_steps)
        self.actor_units = layer_sizes("actor_units", actor_units)
        self.critic_units = layer_sizes("critic_units", critic_units)
        self.discount_factor = real_number("discount_factor", discount_factor, 0, 1)
        self.entropy_weight = real_number("entropy_weight", entropy_weight, 0)
        self.fall_reward = None if fall_reward is None else real_number("fall_reward", fall_reward)
        with tf.device(CPU):
            self.actor = self.build_actor(seed)
            self.critic = self.build_critic(seed)
            self.actor_optimizer = new_optimizer(
                real_number("actor_learning_rate", actor_learning_rate, 0), self.actor
            )
            self.critic_optimizer = new_optimizer(
                real_number("critic_learning_rate", critic_learning_rate, 0), self.critic
            )
            self.total_steps = tf.Variable(0, dtype=tf.int32)
            workers = whole_number("workers", workers, maximum=MAX_WORKERS)
            self.learners = [ActorLearner(self, i) for i in range(workers)]
        self.losses = self.learners[0].losses  # actor's and critic's last, for the logs
        self.lock = threading.Lock()
        self._copies: dict = {}  # environment to the environments of all actor-learners

    def build_actor(self, seed: int | None = None):
        """A new policy network."""
        return policy_network(self.state_size, self.action_size, self.actor_units, seed=seed)

    def build_critic(self, seed: int | None = None):
        """A new value network."""
        return value_network(self.state_size, self.critic_units, seed=seed)

    def apply_gradients(self, actor_gradients, critic_gradients, steps) -> None:
        """Lets one actor-learner's gradients change the global networks.

        Args:
            actor_gradients: One for each weight of the actor.
            critic_gradients: One for each weight of the critic.
            steps: [] int32, how many environment steps they come from.
        """
        self.actor_optimizer.apply(actor_gradients, self.actor.trainable_weights)
        self.critic_optimizer.apply(critic_gradients, self.critic.trainable_weights)
        self.total_steps.assign_add(steps)

    def _apply(self, *inputs) -> None:
        run_as_graph(type(self).apply_gradients, self, inputs=inputs)

    def run_episode(self, environment) -> tf.Tensor:
        """One episode of the first actor-learner, in this thread.

        Args:
            environment: Its `reset` and `step` give tensors; see `dqn_keras.environments`.

        Returns:
            [] float32, the score: the sum of the environment's own rewards.
        """
        return self.learners[0].run_episode(environment)

    @contextlib.contextmanager
    def episodes(self, environment) -> Iterator[Iterator[float]]:
        """Starts a thread for each actor-learner; they end with the context.

        An exception in one of them ends all, and is raised by the iterator.

        Args:
            environment: The first actor-learner's; the others play on copies of it.

        Yields:
            An endless iterator of the scores of finished episodes, from all actor-learners.
        """
        stop = threading.Event()
        results: queue.Queue = queue.Queue(maxsize=len(self.learners))
        if environment not in self._copies:  # kept: a new one needs a new graph
            others = [environment.copy(learner.index) for learner in self.learners[1:]]
            self._copies[environment] = [environment, *others]
        elif environment.seed is not None:
            for learner, copy in zip(self.learners[1:], self._copies[environment][1:], strict=True):
                copy.reset(stream_seed(environment.seed, f"copy {learner.index}"))
        threads = [
            threading.Thread(
                target=learner.run,
                args=(place, results, stop),
                name=f"actor-learner {learner.index}",
            )
            for learner, place in zip(self.learners, self._copies[environment], strict=True)
        ]
        for thread in threads:
            thread.start()
        try:
            yield iter(lambda: _score_or_raise(results.get()), None)
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    @property
    def networks(self) -> dict:
        """The global actor and critic."""
        return {"actor": self.actor, "critic": self.critic}

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps it has learned from: [] int32."""
        return self.total_steps

    def reset(self, seed: int | None = None) -> None:
        """Makes it a beginner again, in place."""
        self.actor.set_weights(self.build_actor(seed).get_weights())
        self.critic.set_weights(self.build_critic(seed).get_weights())
        self.total_steps.assign(0)
        reset_optimizer(self.actor_optimizer)
        reset_optimizer(self.critic_optimizer)
        for learner in self.learners:
            learner.losses.assign([0.0, 0.0])
            learner.rng.reset_from_seed(stream_seed(seed, f"actor-learner {learner.index}"))
        self.seed = seed

    def greedy_actions(self, states) -> tf.Tensor:
        """The most likely actions: [B, S] float32 to [B] int32."""
        return tf.argmax(self.actor(states), axis=1, output_type=tf.int32)

    def scalars(self) -> dict[str, tf.Tensor]:
        """Both losses of the first actor-learner's last rollout."""
        return {"actor_loss": self.losses[0], "critic_loss": self.losses[1]}

    def paused(self) -> contextlib.AbstractContextManager:
        """The lock that applying gradients takes."""
        return self.lock


class ActorLearner:
    """One of the agent's players: local networks, local memory, its own dice.

    Args:
        agent: Whose global networks it learns for.
        index: Which one it is, from 0.
    """

    untraced = ("index",)

    def __init__(self, agent: A3CAgent, index: int):
        self.agent = agent
        self.index = index
        self.actor = agent.build_actor()
        self.critic = agent.build_critic()
        self.memory = ReplayMemory(agent.rollout_steps, agent.state_size)
        self.state = tf.Variable(tf.zeros([agent.state_size]))
        self.losses = tf.Variable([0.0, 0.0])  # actor's and critic's last
        stream = stream_seed(agent.seed, f"actor-learner {index}")
        self.rng = tf.random.Generator.from_seed(stream)

    def run(self, environment, results: queue.Queue, stop: threading.Event) -> None:
        """The thread: episode after episode until told to stop; puts scores into `results`."""
        try:
            while not stop.is_set():
                score = self.run_episode(environment, stop)
                _put(results, score, stop)
        except BaseException as error:  # whatever it was, the main thread must hear of it
            _put(results, error, stop)

    def run_episode(self, environment, stop: threading.Event | None = None) -> float:
        """Plays one episode in rollouts and hands in gradients after each.

        Args:
            environment: Where to play.
            stop: Ends the episode early when set.

        Returns:
            The score so far.
        """
        with tf.device(CPU), environment.errors():
            self.state.assign(environment.reset())
            score, done = 0.0, False
            while not done and not (stop and stop.is_set()):
                with self.agent.lock:
                    self._copy()
                actor_gradients, critic_gradients, rewards, steps, done = run_as_graph(
                    type(self).rollout, self, environment, compiled=environment.compilable
                )
                with self.agent.lock:
                    self.agent._apply(actor_gradients, critic_gradients, steps)
                score += float(rewards)
        return score

    def copy_global_weights(self) -> None:
        """Makes the local networks equal to the global ones."""
        update_target(self.actor, self.agent.actor)
        update_target(self.critic, self.agent.critic)

    def _copy(self) -> None:
        run_as_graph(type(self).copy_global_weights, self)

    def rollout(self, environment):
        """Plays up to `rollout_steps` steps with the local networks and computes gradients.

        Returns:
            Gradients for each weight of actor and critic; [] float32, the sum of the
            environment's own rewards; [] int32, the steps played; [] bool, is the episode over?
        """
        self.memory.clear()
        state = self.state.read_value()
        score = tf.constant(0.0)
        done = tf.constant(False)
        while not done and self.memory.size < self.agent.rollout_steps:
            logits = self.actor(state[None])[0]  # [A]
            action = sample_action(logits, self.rng)
            next_state, reward, terminated, truncated = environment.step(action)
            shaped = self.agent.shaped_reward(reward, terminated)
            self.memory.append(state, action, shaped, next_state, terminated)
            score += reward
            state = next_state
            done = terminated or truncated
        self.state.assign(state)
        actor_gradients, critic_gradients = self.gradients()
        return actor_gradients, critic_gradients, score, self.memory.size, done

    def gradients(self):
        """Gradients of the local networks on the rollout in memory.

        Returns:
            Two lists: one gradient for each weight of the actor, and of the critic.
        """
        memory, agent = self.memory, self.agent
        count = memory.size
        played = tf.cast(tf.range(memory.capacity) < count, tf.float32)  # [T]
        last = tf.one_hot(count - 1, memory.capacity)  # [T]
        # What came after the rollout is worth V of the state it ended in, unless that is the end.
        next_values = self.critic(memory.next_states.read_value())[:, 0]  # [T]
        goes_on = 1.0 - tf.cast(memory.terminated, tf.float32)
        rewards = memory.rewards + last * goes_on * agent.discount_factor * next_values
        returns = tf.stop_gradient(discounted_returns(rewards * played, agent.discount_factor))
        states = memory.states.read_value()
        with tf.GradientTape(persistent=True) as tape:
            values = self.critic(states)[:, 0]  # [T]
            logits = self.actor(states)  # [T, A]
            advantages = (returns - values) * played
            entropies = tf.reduce_sum(played * entropy(logits))
            actor_loss = policy_gradient_loss(logits, memory.actions.read_value(), advantages)
            actor_loss -= agent.entropy_weight * entropies
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
