"""What several test files share."""

import ast
import contextlib
import functools
import os
import signal
import subprocess
import sys
from pathlib import Path

# Neither pictures nor films may ask for a display, and the logs are not for users.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow sets it to 1 if it is imported first
os.environ["MPLBACKEND"] = "Agg"
os.environ["SDL_VIDEODRIVER"] = "dummy"

import numpy as np
import pytest
import tensorflow as tf

import dqn_keras
from dqn_keras import CartPole, DQNAgent, DQNVariantAgent

ROOT = Path(__file__).resolve().parents[1]

# Before TensorFlow starts its threads: networks this small compute faster on one.
dqn_keras.use_one_thread()

# Run with a shell's "&", a process ignores Ctrl-C; the tests of Ctrl-C would wait for it in vain.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Controller:
    """Balances CartPole for good, with no network: a linear rule that pushes under the pole."""

    name = "controller"
    state_size = 4
    action_size = 2
    weights = np.array([0.05, 0.1, 1.0, 0.3], np.float32)

    def greedy_actions(self, states):
        return tf.cast(tf.linalg.matvec(states, self.weights) > 0, tf.int32)


class AlwaysRight(Controller):
    def greedy_actions(self, states):
        return tf.ones_like(states[:, 0], tf.int32)


class ControlledDQN(DQNAgent):
    """A DQN agent that keeps its memory but plays by another's rule."""

    def __init__(self, controller, **settings):
        self.controller = controller
        super().__init__(4, 2, **settings)

    def get_action(self, state):
        return self.controller.greedy_actions(state[None])[0]


def small_agent(seed=0, **settings):
    """A DQN agent that begins to learn after 20 steps."""
    settings = {
        "hidden_units": (8,),
        "train_start": 20,
        "memory_size": 60,
        "batch_size": 8,
        "epsilon_decay": 0.99,
    } | settings
    state_size, action_size = settings.pop("state_size", 4), settings.pop("action_size", 2)
    slides = settings.keys() <= vars(DQNAgent.Settings()).keys()
    kind = DQNAgent if slides else DQNVariantAgent
    return kind(state_size, action_size, seed=seed, **settings)


def one_line(error) -> str:
    """The message of an exception; fails if it has more than one line."""
    message = str(error.value if hasattr(error, "value") else error)
    assert message and "\n" not in message, message
    return message


@functools.cache
def lesson_code(lesson):
    """A lesson's source as a syntax tree; prose is comments."""
    (source,) = (ROOT / "notebooks" / "source").glob(f"{lesson}_*.py")
    return ast.parse(source.read_text(), source.name)


def lesson_function(lesson, name, **names):
    """A function that a lesson defines, without running the lesson.

    Args:
        lesson: Its number, such as "04".
        name: The function's.
        **names: What the function finds beside NumPy and TensorFlow.
    """
    for node in lesson_code(lesson).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            names = {"np": np, "tf": tf, **names}
            exec(compile(ast.Module([node], []), f"lesson {lesson}", "exec"), names)
            return names[name]
    raise AssertionError(f"lesson {lesson} defines no function {name}")


@contextlib.contextmanager
def within(seconds):
    """Fails if what is done within takes longer: a hang becomes a failure."""

    def ring(number, frame):
        raise AssertionError(f"it did not end within {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def weights_of(model) -> np.ndarray:
    return np.concatenate([np.ravel(weight) for weight in model.get_weights()])


def python(arguments, cwd, timeout=300, **environment):
    """Runs this tree's package in another process, outside of the tree."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def pytest_configure(config):
    # TensorFlow's own, once for each call of tf.numpy_function; nothing to be done here.
    config.addinivalue_line(
        "filterwarnings", "ignore:__array__ implementation doesn't accept:DeprecationWarning"
    )


def pytest_collection_modifyitems(items):
    # What takes long begins first, whole lessons before all: no core waits for another at the end.
    lessons = {"test_notebooks", "test_colab", "test_classroom", "test_browser"}

    def rank(item):
        slow = item.get_closest_marker("slow") is not None
        return 0 if slow and item.path.stem in lessons else 1 if slow else 2

    items.sort(key=rank)


@pytest.fixture
def eagerly():
    """Runs every tf.function line by line: for short episodes faster than compiling them."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture(scope="session")
def trained():
    """An agent and its environment after 12 compiled episodes; tests leave both as they are."""
    agent, environment = small_agent(seed=0), CartPole(seed=0)
    for _ in range(12):
        agent.run_episode(environment)
    return agent, environment
