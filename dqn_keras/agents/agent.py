"""What every agent offers to training, evaluation and the command line."""

import contextlib
from collections.abc import Iterator

import keras
import tensorflow as tf

from dqn_keras.machinery import files
from dqn_keras.machinery.arguments import LARGEST_INT, check_sizes, whole_number


class Agent:
    """The contract of an agent; `run_episode`, `get_action` and the learning are its own.

    An agent keeps all that changes in TensorFlow variables and never replaces them, so one
    compiled episode loop serves it for life, `reset` included.
    """

    name: str  # short, for file names: "dqn"
    state_size: int
    action_size: int
    seed: int | None  # of the constructor, or of the last reset
    fall_reward: float | None
    settings: dict  # every constructor argument but the seed, as plain values
    untraced = ("seed",)  # attributes on which no graph depends; see `alike.py`

    def check_environment(self, environment) -> None:
        """Raises if the agent cannot play there; asked before an episode and before training.

        Raises:
            TypeError: It is no environment.
            ValueError: Its state or action size is another one.
        """
        check_sizes(self, environment)

    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode and learns from it: the slides' `while not done`.

        Returns:
            [] float32, the score: the sum of the environment's own rewards.
        """
        raise NotImplementedError

    @contextlib.contextmanager
    def episodes(self, environment) -> Iterator[Iterator[float]]:
        """Scores of one episode after the other, for as long as they are asked for.

        What `train` loops over. Agents that play in threads stop them when the context ends.

        Args:
            environment: Where to play.

        Yields:
            An endless iterator of scores.
        """
        yield iter(lambda: float(self.run_episode(environment)), None)

    @property
    def networks(self) -> dict:
        """Name to Keras model: all that has to be saved to play as this agent plays."""
        raise NotImplementedError

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps the agent has learned from: [] integer."""
        raise NotImplementedError

    def reset(self, seed: int | None = None) -> None:
        """Makes it a beginner again, in place: new weights, empty memory, counters at 0."""
        raise NotImplementedError

    def greedy_actions(self, states) -> tf.Tensor:
        """The best actions it knows, without exploration: [B, S] float32 to [B] int32."""
        raise NotImplementedError

    def shaped_reward(self, reward, terminated) -> tf.Tensor:
        """What the agent learns from: -100 for a fall on the slides, else the reward itself.

        Args:
            reward: [], the environment's own.
            terminated: [], True after a fall, False at the time limit.
        """
        reward = tf.cast(reward, tf.float32)
        if self.fall_reward is None:
            return reward
        return tf.where(terminated, self.fall_reward, reward)

    def status(self) -> dict[str, str]:
        """What a progress bar shows beside the score."""
        return {}

    def scalars(self) -> dict[str, tf.Tensor]:
        """What is logged of each episode beside the score: name to a number, [] float32."""
        return {}

    def paused(self) -> contextlib.AbstractContextManager:
        """A context in which nothing changes the networks; agents with threads hold them up."""
        return contextlib.nullcontext()

    def save_weights(self, path):
        """Saves `networks` as one safetensors file, whole or not at all.

        Args:
            path: Such as `save_model/cartpole_dqn.safetensors`.

        Returns:
            The path written.
        """
        return files.save_weights(path, self.networks)

    def load_weights(self, path) -> None:
        """Loads weights saved by an agent of the same shape; changes nothing if they do not fit.

        Args:
            path: The safetensors file.

        Raises:
            FileNotFoundError: There is no such file.
            ValueError: It is torn, of another shape, or holds a value that is not finite.
        """
        files.load_weights(path, self.networks)


def new_optimizer(
    learning_rate: float, network: keras.Model, decay_steps: int | None = None
) -> keras.optimizers.Optimizer:
    """Adam for one network, its variables made now rather than inside a graph.

    Args:
        learning_rate: The learning rate, at the start.
        network: Whose weights it will change.
        decay_steps: Over so many updates the learning rate falls to a hundredth, along a cosine;
            None keeps it.

    Raises:
        TypeError, ValueError: `decay_steps` is no positive whole number, or no int32.
    """
    if decay_steps is not None:
        whole_number("learning_rate_decay_steps", decay_steps, maximum=LARGEST_INT)
        learning_rate = keras.optimizers.schedules.CosineDecay(
            learning_rate, decay_steps, alpha=0.01
        )
    # A name of its own for each would leave something behind in TensorFlow for each.
    optimizer = keras.optimizers.Adam(learning_rate, name="adam")
    optimizer.build(network.trainable_weights)
    return optimizer


def reset_optimizer(optimizer: keras.optimizers.Optimizer) -> None:
    """Makes an optimizer forget what it has seen, in place."""
    for variable in optimizer.variables:
        if variable.name != "learning_rate":
            variable.assign(tf.zeros_like(variable))
