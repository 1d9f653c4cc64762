"""3,734 bad and odd calls of the public API: each ends in one clear line or in a right result.

Every case is a call that works. Hypothesis puts other values in place of one or two of its
arguments: None, bools, numbers out of range, texts, arrays of other shapes and types, tensors,
objects. Then either a `TypeError` or a `ValueError` (an `OSError` where there is a path) comes,
one short line that carries a value that was put in, or the result is right, as the case knows:
mostly, as NumPy computes it.
"""

import contextlib
import dataclasses
import io
from collections.abc import Callable
from functools import partial

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import AlwaysRight, one_line, within
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import dqn_keras
from dqn_keras import (
    Asterix,
    Breakout,
    CartPole,
    DQNAgent,
    DQNVariantAgent,
    GridWorld,
    GymnasiumEnvironment,
    ReplayMemory,
)
from dqn_keras.__main__ import main
from dqn_keras.agents.agent import Agent
from dqn_keras.classroom.grading import grade
from dqn_keras.experiments.recipes import RECIPES, find_recipe
from dqn_keras.experiments.report import plot_mean
from dqn_keras.experiments.run import Plan
from dqn_keras.experiments.statistics import bootstrap_interval, interquartile_mean
from dqn_keras.machinery.arguments import layer_sizes, real_number, whole_number
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.plotting import save_figure, save_scores_figure

SECONDS = 60  # for any one call; the slowest takes well below one, on a machine to itself
LONGEST = 500  # characters of a message

# What is put in place of an argument. Sizes are small, or so large that no machine has the room.

NUMBERS = [-1, 0, 1, 2, 7, -(2**40), 2**40, 10**30]
NUMBERS += [-0.5, 0.0, 0.5, 1.0, 1.5, np.nan, np.inf, -np.inf, 1e300, 1j]
NUMBERS += [np.int64(3), np.float32(0.25), np.float64(np.nan), np.bool_(True)]
TEXTS = ["", "3", "relu", "no such", "two\nlines", "x" * 300, b"bytes"]
OTHERS = [None, True, False, (), [], {}, {1}, [1], [1.0, 2.0], [2, 1, 0], [None], ["a"], (8, 8)]
OTHERS += [[[1.0], [2.0, 3.0]], object(), int, len, CartPole, np.random.default_rng(0), range(3)]
TENSORS = [tf.constant(0.5), tf.constant(2), tf.constant(True), tf.constant("text")]
TENSORS += [tf.constant([1.0, np.nan]), tf.Variable([1.0, 2.0]), tf.ragged.constant([[1.0], []])]

ARRAYS = st_numpy.arrays(
    st.sampled_from([np.float32, np.float64, np.int32, np.int64, np.uint8, np.bool_, np.complex64]),
    st_numpy.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
    elements=st.sampled_from([0, 1]),
)
ODD = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from([*NUMBERS, *TEXTS, *OTHERS, *TENSORS, 10**5000, "x" * 10_000]),
    ARRAYS,
    ARRAYS.map(tf.constant),
)
# Besides, each of these in place of each argument that takes odd values of all kinds.
ALWAYS = [None, -1, 2**40, np.nan, np.int64(3), [[1.0], [2.0, 3.0]], "x" * 10_000]
# Where a text is looked up or is a path, Python's own message holds all of it.
SHORT = st.sampled_from([*NUMBERS, *TEXTS, *OTHERS])
PATHS = st.sampled_from([None, True, 1.5, "file", "file/below", "new", "x" * 300, [], object()])
SCORES = st.sampled_from([[], [9], [1, 2, 3, 4, 5], np.ones(5)])


class Frozen(Agent):
    """Plays nothing: its scores are 0, 1, 2 and so on."""

    name, Settings = "frozen", DQNAgent.Settings
    networks, steps = {}, 3

    @contextlib.contextmanager
    def episodes(self, environment):
        yield iter(range(10))


# One of each, for calls that change nothing that another call sees.
AGENT = DQNAgent(4, 2, hidden_units=(4,), memory_size=10, train_start=5, batch_size=2, seed=0)
BALL, GOLD, POLE, GRID = (kind(seed=0) for kind in (Breakout, Asterix, CartPole, GridWorld))
BRIDGE = GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=0)
SHELL = dqn_keras.as_gymnasium(CartPole(seed=0))
OTHER_KINDS = ("FrozenLake-v1", "Pendulum-v1")


@dataclasses.dataclass
class Case:
    """A call that works, what may be put in its place, and what is right then.

    Attributes:
        call: The call.
        arguments: Such that it works, or partials, which make them new.
        right: Is the result right? A function of it and of the arguments; asserts or gives a bool.
        examples: How many calls.
        odd: What is put in place of an argument, if not any odd value.
        vague: Arguments of which an error need only name the type, as Python's own do.
    """

    call: Callable
    arguments: dict
    right: Callable
    examples: int = 40
    odd: dict = dataclasses.field(default_factory=dict)
    vague: tuple[str, ...] = ()

    def good(self) -> dict:
        return {k: v() if isinstance(v, partial) else v for k, v in self.arguments.items()}


# What is right.


def floats(values, dtype=np.float32) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.asarray(values).astype(dtype)


def same(result, expected) -> bool:
    expected = floats(expected)
    assert result.dtype == tf.float32 and result.shape == expected.shape
    np.testing.assert_allclose(result, expected, rtol=1e-5)
    return True


def target_of(rewards, next_values, terminated, discount_factor):
    with np.errstate(all="ignore"):
        later = floats(discount_factor) * next_values
        return np.where(floats(terminated) == 1, floats(rewards), floats(rewards) + later)


def right_bellman(result, rewards, next_q_values, terminated, discount_factor):
    best = floats(next_q_values).max(axis=1)
    return same(result, target_of(rewards, best, terminated, discount_factor))


def right_double(result, rewards, next_q_values, next_target_q_values, terminated, discount_factor):
    chosen = floats(next_q_values).argmax(axis=1)
    values = floats(next_target_q_values)[np.arange(len(chosen)), chosen]
    return same(result, target_of(rewards, values, terminated, discount_factor))


def right_advantage_learning(result, targets, q_values, actions, alpha):
    table, taken = floats(q_values), floats(actions, int)
    assert np.array_equal(taken, np.asarray(actions))
    gaps = table.max(axis=1) - table[np.arange(len(taken)), taken]
    return same(result, floats(targets) - floats(alpha) * gaps)


def right_sarsa(result, rewards, next_q_values, next_actions, terminated, discount_factor):
    actions = floats(next_actions, int)
    assert np.array_equal(actions, np.asarray(next_actions))
    values = floats(next_q_values)[np.arange(len(actions)), actions]
    return same(result, target_of(rewards, values, terminated, discount_factor))


def right_advantage(result, rewards, values, next_values, terminated, discount_factor):
    target = target_of(rewards, floats(next_values), terminated, discount_factor)
    return same(result, target - floats(values))


def right_returns(result, rewards, discount_factor):
    returns, later = [], np.float32(0)
    for reward in floats(rewards)[::-1]:
        with np.errstate(all="ignore"):
            later = reward + floats(discount_factor) * later
        returns.insert(0, later)
    return same(result, returns)


def right_action(result, q_values, epsilon, rng):
    q_values = floats(q_values)
    assert result.dtype == tf.int32 and 0 <= result < len(q_values) and 0 <= float(epsilon) <= 1
    return float(epsilon) > 0 or result == q_values.argmax()


def in_unit_interval(result, count, **schedule):
    assert np.all((np.asarray(result) >= 0) & (np.asarray(result) <= 1))
    return result.shape == np.shape(count) and np.all(np.asarray(count) >= 0)


def append_and_read(**transition):
    memory = ReplayMemory(3, 2)
    try:
        memory.append(**transition)
    except Exception:
        assert len(memory) == 0 and not np.any(memory.states), "half of it was stored"
        raise
    return memory.sample(1, tf.random.Generator.from_seed(0))


def right_append(result, **transition):
    assert [column.dtype for column in result] == [
        tf.float32,
        tf.int32,
        tf.float32,
        tf.float32,
        tf.bool,
    ]
    for column, value in zip(result, transition.values(), strict=True):
        stored = column[0].numpy()
        np.testing.assert_array_equal(stored, floats(value, np.result_type(stored, np.float32)))
    return True


def filled_memory():
    memory = ReplayMemory(3, 2)
    memory.append([1.0, 2.0], 1, 1.0, [3.0, 4.0], False)
    return memory


def shape_of(state_size) -> list[int]:
    """A state's; its size is a number of values, or a shape of whole numbers."""
    shape = list(state_size) if isinstance(state_size, (list, tuple)) else [state_size]
    assert shape and all(isinstance(n, (int, np.integer)) and n >= 1 for n in shape)
    return shape


def right_network(result, state_size, action_size=1, hidden_units=(4,), filters=(), **others):
    kernels = [w.shape for w in result.weights if len(w.shape) == 2]
    shape = shape_of(state_size)
    assert result.input_shape == (None, *shape) and len(kernels) == len(hidden_units) + 1
    assert result.output_shape == (None, action_size)
    assert len(filters) == len(result.weights) // 2 - len(kernels)
    return np.isfinite(result(np.ones([2, *shape], np.float32))).all()


def right_agent(result, state_size, action_size, **others):
    for name, value in others.items():
        if name in ("double", "clip_errors", "time_limit_ends"):
            assert isinstance(value, (bool, np.bool_)), name
        elif name.endswith(("update_every", "_per_episode", "_steps")) and value is not None:
            assert isinstance(value, (int, np.integer)) and 1 <= value < 2**31, name
    actions = result.greedy_actions(tf.ones([3, *shape_of(state_size)]))
    assert actions.dtype == tf.int32 and actions.shape == [3]
    return np.all((actions >= 0) & (actions < action_size))


def right_step(*shape, actions):
    def right(result, action):
        state, reward, terminated, truncated = map(np.asarray, result[:4])
        assert state.shape == shape and np.isfinite(state).all() and np.isfinite(reward)
        assert terminated.dtype == truncated.dtype == bool
        return float(action) in range(actions)

    return right


def right_state(*shape):
    return lambda result, seed: np.asarray(result).shape == shape and (seed is None or seed >= 0)


def right_interval(result, values, **others):
    low, high = result
    return np.all(low <= high) and np.min(values) <= np.min(low) and np.max(high) <= np.max(values)


def right_mean(result, values):
    values = np.sort(np.ravel(np.asarray(values, float)))
    middle = np.repeat(values, 4)[len(values) : 3 * len(values)]
    return result == pytest.approx(middle.mean())


def on_axes(function):
    """The plotting function, on axes of its own unless others are given."""

    def plot(*, axes=..., **arguments):
        return function(**arguments, axes=Figure().subplots() if axes is ... else axes)

    return plot


def drawn(result, *_, **__):
    return isinstance(result, Axes) and len(result.get_lines()) > 0


def written(result, path, **others):
    return result.stat().st_size > 0


def from_scores(rule):
    return lambda scores, **settings: rule(**settings)(scores)


def right_mean_rule(result, limit, episodes, scores):
    scores = np.asarray(scores)
    return result == (len(scores) >= episodes and scores[-int(episodes) :].mean() > limit)


def right_running_rule(result, limit, keep, scores):
    mean = 0.0
    for score in np.asarray(scores):
        mean = keep * mean + (1 - keep) * score
    return result == (mean > limit)


def reset_and_step(environment):
    def call(action):
        environment.reset()
        return environment.step(action)

    return call


def odd_environments(*wrong):
    """Odd values, and environments of another kind or size."""
    return st.one_of(SHORT, st.sampled_from([GRID, POLE, AGENT, *wrong]))


def made(name):
    return gymnasium.make(name, render_mode="rgb_array")


BATCH = {"rewards": [1.0, 2.0], "terminated": [False, True], "discount_factor": 0.5}
TABLE = [[1.0, 3.0, 2.0], [6.0, 4.0, 5.0]]
SIZES = {"state_size": 3, "action_size": 2}
NAMES = st.sampled_from(
    [
        "glu",
        "zeros",
        "constant",
        "softmax",
        "get",
        "he_normal",
        "",
        "no such",
        "orthogonal",
        *OTHERS,
        *NUMBERS,
    ]
)
NAMED = {"activation": NAMES, "initializer": NAMES}
LAYERS = {"hidden_units": (4,), "activation": "relu", "initializer": "he_uniform", "seed": 0}
SMALL = {"actor_units": (4,), "critic_units": (4,), "discount_factor": 0.9, "fall_reward": -1.0}
RATES = {"actor_learning_rate": 0.1, "critic_learning_rate": 0.1, "seed": 0}
FRAMES = np.zeros([3, 4, 4, 3], np.uint8)
KINDS = [made(name) for name in OTHER_KINDS]
DECAY = {"epsilon": 0.9, "epsilon_decay": 0.5, "epsilon_min": 0.1}

CASES = {
    "bellman_target": Case(
        dqn_keras.bellman_target, {"next_q_values": TABLE, **BATCH}, right_bellman, 70
    ),
    "double_bellman_target": Case(
        dqn_keras.double_bellman_target,
        {"next_q_values": TABLE, "next_target_q_values": TABLE, **BATCH},
        right_double,
        70,
    ),
    "advantage_learning_target": Case(
        dqn_keras.advantage_learning_target,
        {"targets": [1.0, 2.0], "q_values": TABLE, "actions": [2, 0], "alpha": 0.7},
        right_advantage_learning,
        60,
    ),
    "sarsa_target": Case(
        dqn_keras.sarsa_target,
        {"next_q_values": TABLE, "next_actions": [2, 0], **BATCH},
        right_sarsa,
        80,
    ),
    "td_advantage": Case(
        dqn_keras.td_advantage,
        {"values": [1.0, 2.0], "next_values": [3.0, 4.0], **BATCH},
        right_advantage,
        70,
    ),
    "discounted_returns": Case(
        dqn_keras.discounted_returns,
        {"rewards": [1.0, 2.0, 4.0], "discount_factor": 0.5},
        right_returns,
        60,
    ),
    "epsilon_greedy": Case(
        dqn_keras.epsilon_greedy,
        {
            "q_values": [1.0, 3.0],
            "epsilon": 0.0,
            "rng": partial(tf.random.Generator.from_seed, 0),
        },
        right_action,
        60,
    ),
    "exponential_epsilon": Case(
        lambda count, **settings: dqn_keras.exponential_epsilon(**settings)(count),
        {**DECAY, "count": 3},
        in_unit_interval,
    ),
    "linear_epsilon": Case(
        lambda count, **settings: dqn_keras.linear_epsilon(**settings)(count),
        {**DECAY, "count": 3},
        in_unit_interval,
    ),
    "ReplayMemory": Case(
        ReplayMemory,
        {"capacity": 3, "state_size": 2, "dtype": "bool"},
        lambda memory, capacity, state_size, dtype: (
            memory.states.shape == [capacity, *shape_of(state_size)]
            and memory.states.dtype == dtype
        ),
    ),
    "ReplayMemory.append": Case(
        append_and_read,
        {
            "state": [1.0, 2.0],
            "action": 1,
            "reward": 1.0,
            "next_state": [3.0, 4.0],
            "terminated": False,
        },
        right_append,
        100,
    ),
    "ReplayMemory.sample": Case(
        lambda batch_size, rng: filled_memory().sample(batch_size, rng),
        {"batch_size": 2, "rng": partial(tf.random.Generator.from_seed, 0)},
        lambda batch, batch_size, rng: np.array_equal(batch.states, [[1, 2]] * batch_size),
    ),
    "q_network": Case(
        dqn_keras.q_network, {**SIZES, **LAYERS, "filters": ()}, right_network, 50, NAMED
    ),
    "q_network of pictures": Case(
        dqn_keras.q_network,
        {**SIZES, **LAYERS, "state_size": (4, 3, 2), "filters": (2,)},
        right_network,
        40,
        NAMED,
    ),
    "policy_network": Case(dqn_keras.policy_network, {**SIZES, **LAYERS}, right_network, 25, NAMED),
    "value_network": Case(
        dqn_keras.value_network, {"state_size": 3, **LAYERS}, right_network, 25, NAMED
    ),
    "update_target": Case(
        dqn_keras.update_target,
        {"target_model": AGENT.target_model, "model": AGENT.model, "tau": 1.0},
        lambda result, target_model, model, tau: 0 < tau <= 1,
        30,
    ),
    "DQNVariantAgent": Case(
        DQNVariantAgent,
        {
            **SIZES,
            **LAYERS,
            **DECAY,
            "filters": (),
            "memory_dtype": "uint8",
            "optimizer_name": "adam",
            "learning_rate": 0.1,
            "learning_rate_decay_steps": 9,
            "discount_factor": 0.9,
            "epsilon_schedule": "linear",
            "epsilon_counts": "episodes",
            "batch_size": 2,
            "train_start": 3,
            "train_every": "episode",
            "updates_per_episode": 1,
            "memory_size": 9,
            "target_update": "steps",
            "target_update_every": 1,
            "double": True,
            "advantage_learning": 0.7,
            "clip_errors": True,
            "time_limit_ends": False,
            "fall_reward": None,
        },
        right_agent,
        80,
        NAMED,
    ),
    "DeepSARSAAgent": Case(
        dqn_keras.DeepSARSAAgent,
        {
            **SIZES,
            **DECAY,
            "hidden_units": (4,),
            "initializer": "he_uniform",
            "learning_rate": 0.1,
            "discount_factor": 0.9,
            "seed": 0,
        },
        right_agent,
        30,
    ),
    "REINFORCEAgent": Case(
        dqn_keras.REINFORCEAgent,
        {
            **SIZES,
            "hidden_units": (4,),
            "initializer": "he_uniform",
            "learning_rate": 0.1,
            "learning_rate_decay_steps": 9,
            "discount_factor": 0.9,
            "entropy_weight": 0.1,
            "fall_reward": None,
            "max_steps": 9,
            "seed": 0,
        },
        right_agent,
        40,
    ),
    "A2CAgent": Case(
        dqn_keras.A2CAgent,
        {**SIZES, **SMALL, **RATES, "learning_rate_decay_steps": 9},
        right_agent,
        40,
    ),
    "A3CAgent": Case(
        dqn_keras.A3CAgent,
        {**SIZES, **SMALL, **RATES, "workers": 1, "rollout_steps": 2, "entropy_weight": 0.1},
        right_agent,
        40,
    ),
    "CartPole": Case(
        CartPole,
        {"max_steps": 9, "seed": 0},
        lambda result, max_steps, seed: result.max_steps == max_steps,
        30,
    ),
    "GridWorld": Case(
        GridWorld,
        {"max_steps": 9, "step_penalty": 0.1, "reset_counter": True, "seed": 0},
        lambda result, max_steps, reset_counter, **others: (
            result.max_steps == max_steps and reset_counter in (True, False)
        ),
    ),
    **{
        kind.__name__: Case(
            kind,
            {"max_steps": 9, "sticky": 0.1, "seed": 0},
            lambda result, max_steps, sticky, seed: (
                result.max_steps == max_steps and 0 <= result.sticky == sticky <= 1
            ),
            30,
        )
        for kind in (Asterix, Breakout)
    },
    "Asterix.step": Case(reset_and_step(GOLD), {"action": 1}, right_step(10, 10, 4, actions=5), 30),
    "Asterix.reset": Case(GOLD.reset, {"seed": 0}, right_state(10, 10, 4), 25),
    "Breakout.step": Case(
        reset_and_step(BALL), {"action": 1}, right_step(10, 10, 4, actions=3), 30
    ),
    "Breakout.reset": Case(BALL.reset, {"seed": 0}, right_state(10, 10, 4), 25),
    "CartPole.step": Case(reset_and_step(POLE), {"action": 1}, right_step(4, actions=2), 30),
    "GridWorld.step": Case(reset_and_step(GRID), {"action": 1}, right_step(15, actions=5), 30),
    "CartPole.reset": Case(POLE.reset, {"seed": 0}, right_state(4), 25),
    "GridWorld.reset": Case(GRID.reset, {"seed": 0}, right_state(15), 25),
    "GymnasiumEnvironment": Case(
        GymnasiumEnvironment,
        {"env": BRIDGE.env, "seed": 0},
        lambda result, env, seed: (result.state_size, result.action_size) in ((4, 2), (15, 5)),
        30,
        {"env": odd_environments(*KINDS)},
    ),
    "GymnasiumEnvironment.step": Case(
        reset_and_step(BRIDGE), {"action": 1}, right_step(4, actions=2), 30
    ),
    "GymnasiumEnvironment.reset": Case(BRIDGE.reset, {"seed": 0}, right_state(4), 25),
    "as_gymnasium": Case(
        dqn_keras.as_gymnasium,
        {"environment": POLE, "render_mode": "rgb_array"},
        lambda result, environment, render_mode: result.environment is environment,
        30,
        {"environment": odd_environments(BRIDGE, *KINDS)},
    ),
    "as_gymnasium.step": Case(reset_and_step(SHELL), {"action": 1}, right_step(4, actions=2), 25),
    "as_gymnasium.reset": Case(
        lambda seed: SHELL.reset(seed=seed)[0], {"seed": 0}, right_state(4), 25
    ),
    "evaluate": Case(
        dqn_keras.evaluate,
        {"agent": partial(AlwaysRight), "environment": POLE, "episodes": 2, "seed": 0},
        lambda result, episodes, **others: result.shape == (episodes,) and np.all(result > 0),
        40,
        {"agent": odd_environments(POLE, AGENT.model), "environment": odd_environments(*KINDS)},
    ),
    "record": Case(
        dqn_keras.record,
        {"agent": partial(AlwaysRight), "env": partial(made, "CartPole-v1"), "seed": 0},
        lambda result, **others: result.dtype == np.uint8 and result.shape[1:] == (400, 600, 3),
        25,
        {"agent": odd_environments(AGENT.model), "env": odd_environments(*KINDS, BRIDGE.env)},
    ),
    "save_gif": Case(
        dqn_keras.save_gif,
        {"frames": FRAMES, "path": "film.gif", "fps": 10, "every": 1},
        written,
        50,
        {"path": PATHS},
        vague=("path",),
    ),
    "train": Case(
        lambda **arguments: dqn_keras.train(Frozen(4, 2), **arguments, progress=False),
        {
            "environment": POLE,
            "episodes": 2,
            "stop": lambda scores: len(scores) >= 8,
            "model_dir": None,
            "graph_dir": None,
            "checkpoint_every": 1,
        },
        lambda history, episodes, **others: history.episodes == min(episodes, 8),
        40,
        {
            "environment": odd_environments(*KINDS),
            "episodes": SHORT,
            "stop": st.sampled_from(["no such", 3, [], 1.5]),
            "model_dir": PATHS,
            "graph_dir": PATHS,
        },
        vague=("model_dir", "graph_dir", "stop"),
    ),
    "mean_of_last_above": Case(
        from_scores(dqn_keras.mean_of_last_above),
        {"limit": 3, "episodes": 2, "scores": [1.0, 3.0, 4.0]},
        right_mean_rule,
        30,
        {"scores": SCORES},
        vague=("scores",),
    ),
    "running_mean_above": Case(
        from_scores(dqn_keras.running_mean_above),
        {"limit": 3, "keep": 0.5, "scores": [1.0, 3.0, 9.0]},
        right_running_rule,
        30,
        {"scores": SCORES},
        vague=("scores",),
    ),
    "interquartile_mean": Case(
        interquartile_mean, {"values": [1.0, 2.0, 3.0, 9.0]}, right_mean, 50
    ),
    "bootstrap_interval": Case(
        bootstrap_interval,
        {"values": [1.0, 2.0, 9.0], "statistic": np.mean, "draws": 20, "seed": 0},
        right_interval,
        50,
        {"statistic": st.sampled_from([None, 3, "mean", np.median, interquartile_mean])},
    ),
    "plot_scores": Case(
        on_axes(dqn_keras.plot_scores), {"scores": [1.0, 2.0, 3.0], "window": 2, "axes": ...}, drawn
    ),
    "plot_mean": Case(
        on_axes(plot_mean),
        {"rows": [[1.0, 2.0], [3.0, 4.0]], "x": [1, 2], "label": "a", "axes": ...},
        drawn,
        40,
        {"label": st.sampled_from(["", "a\nb", "ㄱ"])},
    ),
    "plot_q_values": Case(
        on_axes(dqn_keras.plot_q_values), {"model": AGENT.model, "axes": ...}, drawn, 20
    ),
    "save_figure": Case(
        save_figure,
        {"figure": partial(Figure), "path": "figure.png"},
        written,
        15,
        {"path": PATHS},
        vague=("path",),
    ),
    "save_scores_figure": Case(
        save_scores_figure,
        {"scores": [1.0, 2.0], "path": "scores.png"},
        written,
        15,
        {"path": PATHS},
        vague=("path",),
    ),
    "find_recipe": Case(
        find_recipe,
        {"name": "slides_dqn"},
        lambda result, name: result is RECIPES[name],
        20,
        {"name": SHORT},
        vague=("name",),
    ),
    "Plan": Case(
        Plan,
        {"recipe": "slides_dqn", "episodes": 3, "steps": None, "evaluate_every": 9},
        lambda plan, **others: plan.file_name.startswith(plan.recipe),
        40,
        {k: SHORT for k in ("recipe", "episodes", "steps", "evaluate_every")},
        vague=("recipe",),
    ),
    "grade": Case(  # plays in a process of its own; here none is begun
        lambda recipe, episodes: grade("file", recipe, episodes),
        {"recipe": "slides_dqn", "episodes": 0},
        None,
        20,
        {"recipe": SHORT, "episodes": st.sampled_from([None, 0, -1, 1.5, "3", np.nan, [1]])},
        vague=("recipe",),
    ),
    "stream_seed": Case(
        stream_seed,
        {"seed": 0, "stream": "agent"},
        lambda result, seed, stream: 0 <= result < 2**31 and isinstance(stream, str),
        30,
    ),
    "whole_number": Case(
        lambda value: whole_number("value", value),
        {"value": 3},
        lambda result, value: type(result) is int and result == value >= 1,
        30,
    ),
    "real_number": Case(
        lambda value: real_number("value", value, -1, 1),
        {"value": 0.5},
        lambda result, value: type(result) is float and result == value,
        30,
    ),
    "layer_sizes": Case(
        lambda value: layer_sizes("value", value),
        {"value": (3,)},
        lambda result, value: result == tuple(value) and all(size >= 1 for size in result),
        30,
    ),
}


# The calls.


def carries(message, value, vague) -> bool:
    """Does the message show the value, or of an array its shape or type?"""
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # 10**5000
        return f"{type(value).__name__} of very many digits" in message
    marks = [text[:40], str(value)[:40] or "''"]
    if isinstance(value, (np.ndarray, tf.Tensor, tf.Variable)):
        array = np.asarray(value)
        marks += [str(array.shape), array.dtype.name, *map(repr, np.ravel(array).tolist())]
        if array.dtype.kind in "fiu":
            marks += map(repr, np.ravel(array.astype(float)).tolist())
        # Where it makes that another argument does not fit:
        marks += [f"({n}," for n in array.shape] + [f"to {n - 1}," for n in array.shape[1:]]
    elif isinstance(value, (list, tuple, range)):
        marks += [f"({len(value)},", *map(repr, value)]  # the item that is wrong
    elif hasattr(value, "state_size"):
        marks += [f"{value.state_size} and {value.action_size}"]
    elif isinstance(value, gymnasium.Env):
        marks += [str(value.observation_space), str(value.action_space), repr(value.render_mode)]
    if vague:
        marks += [type(value).__name__, str(value).split("/")[0]]
    return any(mark in message for mark in marks)


def check(case, odd):
    """Calls it with `odd` in place of some arguments; either way of ending well will do."""
    arguments = case.good() | odd
    try:
        with within(SECONDS):
            result = case.call(**arguments)
    except (TypeError, ValueError, OSError) as error:
        message = one_line(error)
        assert len(message) <= LONGEST, message
        assert any(carries(message, v, k in case.vague) for k, v in odd.items()), message
        paths = [k for k in odd if k in ("path", "model_dir", "graph_dir")]
        assert paths or not isinstance(error, OSError), error
        assert "in user code" not in message and "{{" not in message, message
    else:
        assert case.right(result, **arguments), f"{case.call}({arguments}) gave {result!r}"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("a file, where a folder may be wanted")
    return tmp_path


every_case = pytest.mark.parametrize("name", CASES)


def test_every_public_name_has_a_case_and_there_are_as_many_calls_as_told():
    without = {"History", "Transitions", "checks"}  # which hold what they are given
    without |= {"DQNAgent"}  # DQNVariantAgent has all of its arguments, and more
    assert set(dqn_keras.__all__) - without - {"use_one_thread"} <= set(CASES)
    calls = sum(
        case.examples + len(ALWAYS) * len(case.arguments.keys() - case.odd.keys())
        for case in CASES.values()
    )
    calls += COMMAND_LINES
    assert f"{calls:,} bad and odd calls" in __doc__ and calls >= 1000


@every_case
def test_the_plainest_bad_calls(here, name):
    case = CASES[name]
    if case.right is not None:
        check(case, {})
    for argument in case.arguments.keys() - {"stop"}:
        check(case, {argument: object()})


@pytest.mark.slow
@every_case
def test_bad_and_odd_calls(here, name):
    case, calls = CASES[name], 0

    @settings(
        max_examples=case.examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def calls_end_well(data):
        nonlocal calls
        calls += 1
        names = sorted(case.arguments)
        chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        check(case, {k: data.draw(case.odd.get(k, ODD), label=k) for k in chosen})

    calls_end_well()
    assert calls >= case.examples
    for argument in case.arguments.keys() - case.odd.keys():
        for value in ALWAYS:
            check(case, {argument: value})


# The command line.

COMMAND_LINES = 100
RECIPE = st.sampled_from(["", "no such", "slides", "two\nlines", "x" * 99, "slides_dqn "])
COUNT = st.sampled_from(["0", "-1", "1.5", "", "three", "nan", "1e3", "-99999999999999999999"])
SEED = st.sampled_from(["-1", "1.5", "", "x"])
PLACE = st.sampled_from(["", "no such", "gymnasium:", "gymnasium:no such"])
FIELD = st.sampled_from(["double", "", "two\nlines", "x" * 99])
EXPERIMENT = ["experiment", "slides_dqn", "--out", "out"]
LINES = (  # the words before the bad one, and the bad one
    (["train"], RECIPE),
    (["evaluate"], RECIPE),
    (["play"], RECIPE),
    (["experiment"], RECIPE),
    (["grade", "file", "--recipe"], RECIPE),
    (["train", "slides_dqn", "--episodes"], COUNT),
    (["train", "slides_dqn", "--seed"], SEED),
    (["train", "slides_dqn", "--env"], PLACE),
    (["train", "slides_dqn", "--model-dir"], st.just("file/below")),
    (["evaluate", "slides_dqn", "--model-dir"], st.sampled_from(["no such", "file", "x" * 99])),
    (["play", "slides_dqn", "--env"], PLACE),
    (["grade", "file", "--recipe", "slides_dqn", "--episodes"], COUNT),
    ([*EXPERIMENT, "--runs"], COUNT | st.just("999999999")),
    ([*EXPERIMENT, "--workers"], COUNT),
    ([*EXPERIMENT, "--steps"], COUNT),
    ([*EXPERIMENT, "--first-seed"], SEED),
    ([*EXPERIMENT, "--set"], FIELD),
    ([], st.sampled_from(["", "no such", "--help me", "two\nlines"])),
)


@pytest.mark.slow
def test_bad_command_lines(here):
    @settings(
        max_examples=COMMAND_LINES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def lines_end_well(data):
        words, bad = data.draw(st.sampled_from(LINES))
        bad = data.draw(bad)
        errors = io.StringIO()
        with within(SECONDS), contextlib.redirect_stderr(errors):
            try:
                code = main([*words, bad])
            except SystemExit as refused:  # by the parser, which draws a box around its lines
                code = refused.code
        message = errors.getvalue()
        if code == 2:
            return
        assert code == 1 and message.startswith("error: ") and message.count("\n") == 1, message
        shown = bad.removeprefix("gymnasium:").split("/")[0].split("\n")[0]
        assert len(message) <= LONGEST and shown in message, message

    lines_end_well()
