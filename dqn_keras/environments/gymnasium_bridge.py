"""The bridge between Gymnasium's environments and ours, in both directions."""

import contextlib
import ctypes
import itertools
import math
import threading
import weakref
from collections.abc import Iterator

import gymnasium
import numpy as np
import tensorflow as tf

from dqn_keras import environments
from dqn_keras.environments.in_graph import InGraphEnvironment
from dqn_keras.machinery.arguments import (
    LARGEST_FLOAT,
    check_state_size,
    index,
    one_of,
    short_repr,
    state_shape,
)
from dqn_keras.machinery.compilation import CPU, run_as_graph
from dqn_keras.machinery.interrupts import broken_off
from dqn_keras.machinery.seeding import stream_seed

# A graph calls Python functions, not methods, with the number of an environment: then one graph
# serves all environments of one kind.
_numbers = itertools.count()
_living: weakref.WeakValueDictionary = weakref.WeakValueDictionary()
_this_thread = threading.local()


class GymnasiumEnvironment:
    """Any Gymnasium environment with a `Box` of observations and `Discrete` actions, as tensors.

    Wrappers keep working: every step goes through the environment that was given.

    Args:
        env: A Gymnasium environment, such as `gymnasium.make("CartPole-v1")`.
        seed: Given to the first `env.reset`, and to no later one.
    """

    compilable = False
    # Attributes on which no graph depends; see `graph_key.py`.
    untraced = ("seed", "name", "env", "in_graph", "_error", "_next_seed", "_first_action")

    def __init__(self, env: gymnasium.Env, seed: int | None = None):
        if not isinstance(env, gymnasium.Env):
            raise TypeError(f"env must be a Gymnasium environment, got {short_repr(env)}")
        observations, actions = env.observation_space, env.action_space
        if not isinstance(observations, gymnasium.spaces.Box) or not observations.shape:
            raise ValueError(
                f"observations must be a Box such as Box(4,), got {short_repr(observations)}; "
                "gymnasium.wrappers.FlattenObservation makes many others flat"
            )
        if not isinstance(actions, gymnasium.spaces.Discrete):
            raise ValueError(f"actions must be Discrete, got {short_repr(actions)}")
        self.env = env
        self.seed = seed
        self.name = env.spec.id.split("/")[-1].split("-v")[0].lower() if env.spec else "gymnasium"
        self.state_size = check_state_size("observations", observations.shape)
        self.action_size = int(actions.n)
        self.max_steps = _time_limit(env)
        self._first_action = int(actions.start)
        self._error = None
        # One of ours behind Gymnasium's interface has its random state in variables.
        self.in_graph = getattr(env.unwrapped, "environment", None)
        self._next_seed = None if seed is None else stream_seed(seed, "gymnasium")
        # A Python call inside a graph loop is ordered by what it reads and writes alone. Passing
        # this variable's value into each call and assigning the result keeps reset before step.
        with tf.device(CPU):
            self.state = tf.Variable(tf.zeros(state_shape(self.state_size)))
            number = next(_numbers)
            self._number = tf.Variable(number)
        _living[number] = self

    def reset(self, seed: int | None = None) -> tf.Tensor:
        """Begins an episode, with a seed in a new random stream; see `InGraphEnvironment.reset`."""
        if seed is not None:
            self._next_seed = stream_seed(seed, "gymnasium")
            self.seed = seed
        with self.original_errors():
            state = tf.numpy_function(_reset, [self._number, self.state], tf.float32)
        self.state.assign(tf.ensure_shape(state, self.state.shape))
        return self.state.read_value()

    def step(self, action) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
        """Plays one action; see `InGraphEnvironment.step`."""
        action = index("action", action, self.action_size, [])
        with self.original_errors():
            # All in one array: for TensorFlow to take over one costs more than CartPole's step.
            told = tf.numpy_function(_step, [self._number, action, self.state], tf.float32)
        told = tf.ensure_shape(told, [self.state.shape.num_elements() + 3])
        reward, terminated, truncated = tf.unstack(told[-3:])
        state = tf.reshape(told[:-3], self.state.shape)
        self.state.assign(state)
        return state, reward, terminated > 0, truncated > 0

    def copy(self, index: int) -> "GymnasiumEnvironment":
        """Another environment of the same kind; each index has a random stream of its own."""
        if self.env.spec is None:
            raise ValueError(
                f"only an environment from gymnasium.make can be copied: {short_repr(self.env)}"
            )
        seed = None if self.seed is None else stream_seed(self.seed, f"copy {index}")
        return GymnasiumEnvironment(gymnasium.make(self.env.spec), seed)

    def random_state(self) -> dict:
        """The state of its random generator, in plain values that JSON takes."""
        generator = self.env.unwrapped.np_random.bit_generator
        return {"next_seed": self._next_seed, "generator": generator.state}

    def set_random_state(self, state: dict) -> None:
        """Goes on with the episodes that would have come when `random_state` was called."""
        self._next_seed = state["next_seed"]
        self.env.unwrapped.np_random.bit_generator.state = state["generator"]

    @contextlib.contextmanager
    def original_errors(self) -> Iterator[None]:
        """A context in which an error of the environment is raised as what it is.

        TensorFlow makes an error of its own of one inside a graph, with all of its traceback.
        """
        self._error = None
        try:
            yield
        except tf.errors.OpError:
            if self._error is None:
                raise
            raise self._error from None

    def _observation(self, method: str, state) -> np.ndarray:
        with contextlib.suppress(TypeError, ValueError):  # no array at all, or one of objects
            array = np.asarray(state)
            if list(array.shape) == state_shape(self.state_size) and array.dtype.kind in "fiub":
                if array.dtype != np.float32:
                    with np.errstate(over="ignore"):  # too large a number becomes inf
                        array = array.astype(np.float32)
                if np.isfinite(array).all():
                    return array
        raise ValueError(
            f"{self.name}: {method} gave a bad observation, {short_repr(state)}; it must be "
            f"an array of {self.state_size} finite numbers"
        )

    def _reward(self, reward) -> float:
        try:
            number = float(np.asarray(reward).item())  # some give arrays of one number
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not abs(number) <= LARGEST_FLOAT:  # NaN is in no range
            raise ValueError(
                f"{self.name}: step gave a bad reward, {short_repr(reward)}; "
                "it must be a finite number, of a float32"
            )
        return number

    def _end(self, flag) -> bool:
        try:
            return bool(np.asarray(flag).item())
        except ValueError:
            raise ValueError(
                f"{self.name}: step says {short_repr(flag)} of the episode's end; it must be "
                "True or False"
            ) from None


def _time_limit(env: gymnasium.Env) -> int | None:
    """After how many steps it truncates an episode, if that can be known."""
    if env.spec is not None and env.spec.max_episode_steps is not None:
        return env.spec.max_episode_steps
    while isinstance(env, gymnasium.Wrapper):
        if isinstance(env, gymnasium.wrappers.TimeLimit):
            return env._max_episode_steps
        env = env.env
    return None


def _environment(number) -> GymnasiumEnvironment:
    """The environment of this number.

    For a call from a thread of TensorFlow's, Python makes a thread state and drops it afterwards,
    which takes longer than CartPole's step. Asked for once more and never released, it is kept.
    """
    if not hasattr(_this_thread, "is_kept"):
        ctypes.pythonapi.PyGILState_Ensure()
        _this_thread.is_kept = True
    return _living[int(number)]


def _look_for_an_interrupt():
    if broken_off.is_set():
        raise KeyboardInterrupt


def _reset(number, _):
    our = _environment(number)
    try:
        _look_for_an_interrupt()
        state, _ = our.env.reset(seed=our._next_seed)
        our._next_seed = None
        return our._observation("reset", state)
    except BaseException as error:  # a KeyboardInterrupt, too
        our._error = error
        raise


def _step(number, action, _):
    our = _environment(number)
    try:
        _look_for_an_interrupt()
        state, reward, terminated, truncated, _ = our.env.step(int(action) + our._first_action)
        state = our._observation("step", state)
        told = np.empty(state.size + 3, np.float32)
        told[:-3] = state.ravel()
        told[-3:] = our._reward(reward), our._end(terminated), our._end(truncated)
        return told
    except BaseException as error:  # a KeyboardInterrupt, too
        our._error = error
        raise


class _AsGymnasium(gymnasium.Env):
    """The other direction; see `as_gymnasium`."""

    metadata = {"render_modes": ["rgb_array"]}

    def __init__(self, environment: InGraphEnvironment, render_mode: str | None = None):
        if not isinstance(environment, InGraphEnvironment):
            raise TypeError(
                f"environment must be one such as CartPole(), got {short_repr(environment)}"
            )
        one_of("render_mode", render_mode, (None, *self.metadata["render_modes"]))
        self.environment = environment
        self.metadata = {**self.metadata, "render_fps": environment.render_fps}
        self.render_mode = render_mode
        self.observation_space = gymnasium.spaces.Box(environment.state_low, environment.state_high)
        self.action_space = gymnasium.spaces.Discrete(environment.action_size)

    def reset(self, *, seed=None, options=None):
        if seed is not None:
            self.environment.reset(seed)
            seed = int(seed)  # Gymnasium takes no other kind of whole number
        super().reset(seed=seed)
        with tf.device(CPU):
            return self.environment.reset().numpy(), {}

    def step(self, action):
        if not self.action_space.contains(action):
            raise ValueError(f"action must be in {self.action_space}, got {short_repr(action)}")
        kind, inputs = type(self.environment), [tf.constant(action, tf.int32)]
        with tf.device(CPU):
            # By XLA: called from a graph (the bridge's), a plain graph would wait for the thread
            # that waits for it, where there is one thread.
            state, reward, terminated, truncated = run_as_graph(
                kind.step, self.environment, inputs=inputs, compiled=True
            )
        return state.numpy(), float(reward), bool(terminated), bool(truncated), {}

    def render(self):
        if self.render_mode is not None:
            return self.environment.render()
        return None


def as_gymnasium(environment: InGraphEnvironment, render_mode: str | None = None) -> gymnasium.Env:
    """Makes an in-graph environment a Gymnasium one, for other libraries and for rendering.

    Args:
        environment: Such as `CartPole()`; it keeps its own time limit.
        render_mode: None or `"rgb_array"`.
    """
    return _AsGymnasium(environment, render_mode)


def make_registered(environment: str, render_mode: str | None = None, **settings) -> gymnasium.Env:
    """Makes what `gymnasium.make("dqn_keras/CartPole-v1")` and the other ids of ours stand for."""
    return as_gymnasium(getattr(environments, environment)(**settings), render_mode)
