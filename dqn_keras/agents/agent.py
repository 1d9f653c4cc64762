"""What every agent offers to training, evaluation and the command line."""

import contextlib
import copy
import inspect
from collections.abc import Iterator

import keras
import tensorflow as tf

import dqn_keras
from dqn_keras.machinery import files
from dqn_keras.machinery.arguments import Size, check_sizes, check_state_size, whole_number
from dqn_keras.machinery.settings import Settings
from dqn_keras.machinery.variables import variables_of


class Agent:
    """The contract of an agent; `run_episode`, `get_action` and the learning are its own.

    An agent keeps all that changes in TensorFlow variables and never replaces them, so one
    compiled episode loop serves it for life, `reset` included.

    Args:
        state_size: S, the number of values in a state, or its shape, such as (10, 10, 4).
        action_size: A, the number of actions.
        seed: Fixes weights and random numbers; None draws a fresh one.
        settings: Keyword arguments of the class's `Settings`; each is an attribute, too.
    """

    name: str  # short, for file names: "dqn"
    Settings: type[Settings]
    fall_reward: float | None = None
    recipe: str | None = None  # the name of the recipe that made it
    network_names = ("model",)  # attributes: the networks to save, the one that acts first
    untraced = ("seed", "recipe")  # attributes on which no graph depends; see `graph_key.py`

    def __init_subclass__(cls):
        if "Settings" in vars(cls):  # so that help and Shift-Tab list the settings
            _, state_size, action_size, seed, _ = inspect.signature(
                Agent.__init__
            ).parameters.values()
            fields = inspect.signature(cls.Settings).parameters.values()
            cls.__signature__ = inspect.Signature([state_size, action_size, *fields, seed])

    def __init__(self, state_size: Size, action_size: int, *, seed: int | None = None, **settings):
        self.state_size = check_state_size("state_size", state_size)
        self.action_size = whole_number("action_size", action_size)
        self.seed = seed
        self.settings = self.checked_settings(settings)
        vars(self).update(vars(self.settings))  # agent.discount_factor, as the slides write it

    @classmethod
    def checked_settings(cls, settings: dict) -> Settings:
        """Returns the defaults with these changes by name, once all are known to be right."""
        known = inspect.signature(cls.Settings).parameters
        for name in settings:
            if name not in known:
                kinds = [kind for kind in cls.__subclasses__() if hasattr(kind.Settings, name)]
                having = " and ".join(kind.__name__ for kind in kinds)
                hint = f"{having} has" if having else f"it has {', '.join(known)}"
                raise TypeError(f"{cls.__name__} has no setting {name!r}; {hint}")
        return cls.Settings(**settings)

    def get_config(self) -> dict:
        """Sizes and settings as JSON has them; `type(agent)(**config)` makes another one."""
        config = {"state_size": self.state_size, "action_size": self.action_size}
        config |= vars(self.settings)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in config.items()
        }

    def check_environment(self, environment) -> None:
        """Raises if the agent cannot play there; called before an episode and before training."""
        check_sizes(self, environment)

    def run_episode(self, environment) -> tf.Tensor:
        """Plays one episode and learns from it: the slides' `while not done`.

        Args:
            environment: Its `reset` and `step` give tensors; see `dqn_keras.environments`.

        Returns:
            [] float32, the score: the sum of the environment's own rewards.
        """
        raise NotImplementedError

    @contextlib.contextmanager
    def episodes(self, environment) -> Iterator[Iterator[float]]:
        """An endless iterator of the scores of episodes, which `train` loops over.

        Agents that play in threads stop them when the context ends.
        """
        yield iter(lambda: float(self.run_episode(environment)), None)

    @property
    def networks(self) -> dict:
        """Name to Keras model: all that has to be saved to play as this agent plays."""
        return {name: getattr(self, name) for name in self.network_names}

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps the agent has learned from: [] int32."""
        return self.training_steps

    def reset(self, seed: int | None = None) -> None:
        """Makes it an untrained agent again, in place: new weights, empty memory, counters at 0.

        Variables that a subclass adds in a constructor of its own are left to the subclass.
        """
        untrained = copy.copy(self)
        kind = next(kind for kind in type(self).__mro__ if "Settings" in vars(kind))
        kind.__init__(untrained, **self.get_config(), seed=seed)
        for mine, new in zip(variables_of(self), variables_of(untrained), strict=True):
            mine.assign(new)
        self.seed = seed

    def greedy_actions(self, states) -> tf.Tensor:
        """The best actions it knows, without exploration: [B, S] float32 to [B] int32."""
        outputs = getattr(self, self.network_names[0])(states)  # [B, A], Q-values or logits
        return tf.argmax(outputs, axis=1, output_type=tf.int32)

    def status(self) -> dict[str, str]:
        """What a progress bar shows beside the score."""
        return {}

    def scalars(self) -> dict[str, tf.Tensor]:
        """What is logged of each episode beside the score: name to [] float32."""
        return {}

    def paused(self) -> contextlib.AbstractContextManager:
        """A context in which nothing changes the networks; agents with threads pause them."""
        return contextlib.nullcontext()

    def save_weights(self, path):
        """Saves `networks` as one safetensors file, whole or not at all, and returns its path.

        Its metadata tell who wrote it: package and version, agent, recipe, seed.
        """
        return files.write_atomically(path, self.weights_as_bytes())

    def weights_as_bytes(self) -> bytes:
        """What `save_weights` writes."""
        told = {
            "package": f"dqn_keras {dqn_keras.__version__}",
            "recipe": self.recipe,
            "agent": type(self).__name__,
            "seed": self.seed,
        }
        metadata = {name: str(value) for name, value in told.items() if value is not None}
        return files.weights_as_bytes(self.networks, metadata)

    def load_weights(self, path) -> None:
        """Loads weights saved by an agent of the same shape; changes nothing if they do not fit.

        Raises:
            FileNotFoundError: There is no such file.
            ValueError: It is torn, of another shape, or holds a value that is not finite.
        """
        files.load_weights(path, self.networks)


def shaped_reward(reward, terminated, fall_reward: float | None) -> tf.Tensor:
    """The reward [] to learn from: `fall_reward`, if any, for the step that ends the task."""
    reward = tf.cast(reward, tf.float32)
    return reward if fall_reward is None else tf.where(terminated, fall_reward, reward)


class Adam(keras.optimizers.Adam):
    """Keras' Adam, the same numbers: what is alike for all weights is computed once, not for each.

    Where every operation of the graph costs (on Gymnasium), that is a twelfth of a step.
    """

    def apply(self, grads, trainable_variables=None):
        """One step (Kingma and Ba, 2015, arXiv 1412.6980, section 2); weights in any order."""
        step = tf.cast(self.iterations.value + 1, tf.float32)
        first, second = 1 - tf.pow(self.beta_1, step), 1 - tf.pow(self.beta_2, step)
        rate = tf.cast(self.learning_rate, tf.float32) * tf.sqrt(second) / first
        self.iterations.assign_add(1)
        pairs = zip(grads, trainable_variables, strict=True)
        for gradient, variable in [pair for pair in pairs if pair[0] is not None]:
            index = self._get_variable_index(variable)
            mean, square = self._momentums[index].value, self._velocities[index].value
            mean.assign_add((gradient - mean) * (1 - self.beta_1))
            square.assign_add((tf.square(gradient) - square) * (1 - self.beta_2))
            variable.value.assign_sub(mean * rate / (tf.sqrt(square) + self.epsilon))


def new_optimizer(
    learning_rate: float,
    network: keras.Model,
    decay_steps: int | None = None,
    name: str = "adam",
) -> keras.optimizers.Optimizer:
    """Adam, or RMSProp, for one network, its variables made now rather than inside a graph.

    Over `decay_steps` updates, if given, the learning rate falls to a hundredth, along a cosine.
    """
    if decay_steps is not None:
        schedules = keras.optimizers.schedules
        learning_rate = schedules.CosineDecay(learning_rate, decay_steps, alpha=0.01)
    # TensorFlow would keep something for each distinct name.
    if name == "adam":
        optimizer = Adam(learning_rate, name=name)
    else:  # the DQN paper's 0.01, added to the root as PyTorch does; under it Keras adds the square
        settings = {"rho": 0.95, "epsilon": 0.01**2, "centered": True}
        optimizer = keras.optimizers.RMSprop(learning_rate, name=name, **settings)
    optimizer.build(network.trainable_weights)
    return optimizer
