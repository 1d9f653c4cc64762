"""Literal tables worked out by hand, with decoys (98, 99) where a wrong index would land."""

import functools

import numpy as np
import pytest
import tensorflow as tf
from conftest import one_line

from dqn_keras import (
    advantage_learning_target,
    bellman_target,
    discounted_returns,
    double_bellman_target,
    sarsa_target,
    td_advantage,
)

# Three rows and three actions, so that a maximum over the wrong axis has the right shape. The
# last row is terminated: whatever stands there may not be looked at.
REWARDS = [1.0, 2.0, -1.0]
TERMINATED = [False, False, True]
TABLES = {
    "bellman": (
        bellman_target,
        {
            "rewards": REWARDS,
            "next_q_values": [[3.0, 4.0, -99.0], [-6.0, -2.0, -98.0], [99.0, 98.0, 99.0]],
            "terminated": TERMINATED,
        },
        [1 + 0.5 * 4, 2 + 0.5 * -2, -1],
    ),
    "double": (
        double_bellman_target,
        {
            "rewards": REWARDS,
            "next_q_values": [[1.0, 5.0, 2.0], [7.0, 0.0, -98.0], [98.0, 99.0, 98.0]],
            "next_target_q_values": [[99.0, 10.0, 98.0], [-4.0, 99.0, 98.0], [99.0, 98.0, 99.0]],
            "terminated": TERMINATED,
        },
        [1 + 0.5 * 10, 2 + 0.5 * -4, -1],
    ),
    "sarsa": (
        sarsa_target,
        {
            "rewards": REWARDS,
            "next_q_values": [[99.0, 98.0, 6.0], [-8.0, 99.0, 98.0], [99.0, 99.0, 99.0]],
            "next_actions": [2, 0, 1],
            "terminated": TERMINATED,
        },
        [1 + 0.5 * 6, 2 + 0.5 * -8, -1],
    ),
    "advantage": (
        td_advantage,
        {
            "rewards": REWARDS,
            "values": [0.5, 3.0, 4.0],
            "next_values": [2.0, -4.0, 99.0],
            "terminated": TERMINATED,
        },
        [1 + 0.5 * 2 - 0.5, 2 + 0.5 * -4 - 3, -1 - 4],
    ),
    "returns": (
        discounted_returns,
        {"rewards": [1.0, 2.0, 4.0]},
        [1 + 0.5 * (2 + 0.5 * 4), 2 + 0.5 * 4, 4],
    ),
}
every_table = pytest.mark.parametrize("name", TABLES)


@every_table
def test_the_hand_computed_table(name):
    function, arguments, expected = TABLES[name]
    result = function(**arguments, discount_factor=0.5)
    assert result.dtype == tf.float32
    np.testing.assert_array_equal(result, expected)


def _float64(value):
    return np.asarray(value, np.float64) if isinstance(value[0], (list, float)) else value


KINDS = {
    "tuples": lambda value: tuple(map(tuple, value)) if isinstance(value[0], list) else (*value,),
    "numpy": np.array,
    "float64": _float64,
    "integers": lambda value: np.array(value).astype(np.int64),  # terminated as 0 and 1, too
    "tensors": tf.constant,
    "variables": tf.Variable,
}


@pytest.mark.parametrize("kind", KINDS)
@every_table
def test_every_kind_of_array_is_welcome(name, kind):
    function, arguments, expected = TABLES[name]
    if name == "advantage" and kind == "integers":
        expected = [1 + 0.5 * 2 - 0, *expected[1:]]  # the value 0.5 has become 0
    arguments = {key: KINDS[kind](value) for key, value in arguments.items()}
    result = function(**arguments, discount_factor=0.5)
    assert result.dtype == tf.float32
    np.testing.assert_array_equal(result, expected)


@pytest.mark.parametrize("discount", [np.float64(0.5), np.float32(0.5), tf.constant(0.5)])
@every_table
def test_the_discount_may_be_a_numpy_number_or_a_tensor(name, discount):
    function, arguments, expected = TABLES[name]
    np.testing.assert_array_equal(function(**arguments, discount_factor=discount), expected)


@every_table
def test_compiled_by_xla_it_gives_the_same(name):
    function, arguments, expected = TABLES[name]
    arguments = {key: tf.constant(value) for key, value in arguments.items()}
    compiled = tf.function(functools.partial(function, discount_factor=0.5), jit_compile=True)
    np.testing.assert_array_equal(compiled(**arguments), expected)


@pytest.mark.parametrize("batch, actions", [(1, 1), (1, 3), (2, 2), (64, 2), (31, 5)])
@pytest.mark.parametrize("seed", range(3))
def test_loops_written_the_slides_way_agree(batch, actions, seed):
    rng = np.random.default_rng(seed)
    rewards = rng.normal(size=batch)
    values, next_values = rng.normal(size=[2, batch])
    next_q, next_target_q = rng.normal(size=[2, batch, actions])
    next_actions = rng.integers(actions, size=batch)
    dones = rng.random(batch) < 0.4
    discount = rng.random()

    expected = np.zeros([4, batch])
    for i in range(batch):
        if dones[i]:
            expected[:, i] = rewards[i]
        else:
            expected[0, i] = rewards[i] + discount * np.amax(next_q[i])
            best = np.argmax(next_q[i])
            expected[1, i] = rewards[i] + discount * next_target_q[i][best]
            expected[2, i] = rewards[i] + discount * next_q[i][next_actions[i]]
            expected[3, i] = rewards[i] + discount * next_values[i]
        expected[3, i] -= values[i]

    got = [
        bellman_target(rewards, next_q, dones, discount),
        double_bellman_target(rewards, next_q, next_target_q, dones, discount),
        sarsa_target(rewards, next_q, next_actions, dones, discount),
        td_advantage(rewards, values, next_values, dones, discount),
    ]
    np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("length", [1, 2, 17, 500])
@pytest.mark.parametrize("discount", [0.0, 0.5, 0.99, 1.0])
def test_the_slides_loop_backwards_over_an_episode_agrees(length, discount):
    rewards = np.random.default_rng(length).normal(size=length)
    expected, running_add = np.zeros(length), 0
    for t in reversed(range(length)):
        running_add = running_add * discount + rewards[t]
        expected[t] = running_add
    np.testing.assert_allclose(
        discounted_returns(rewards, discount), expected, rtol=1e-4, atol=1e-4
    )


@pytest.mark.parametrize("rewards", [[0, -1, 0, 0, 0, 0, 1], np.array([0, -1, 0, 0, 0, 0, 1])])
def test_integer_rewards_keep_the_fractions_of_their_returns(rewards):
    expected = [-0.484375, -0.96875, 0.0625, 0.125, 0.25, 0.5, 1.0]
    np.testing.assert_array_equal(discounted_returns(rewards, 0.5), expected)


@pytest.mark.parametrize("worthless", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["bellman", "double", "sarsa", "advantage"])
def test_nothing_leaks_from_behind_the_end(name, worthless):
    function, arguments, expected = TABLES[name]
    arguments = dict(arguments)
    for key in ("next_q_values", "next_target_q_values", "next_values"):
        if key in arguments:
            values = np.array(arguments[key])
            values[2] = worthless
            arguments[key] = values
    np.testing.assert_array_equal(function(**arguments, discount_factor=0.5), expected)


@every_table
def test_no_gradient_flows_through_a_target(name):
    function, arguments, _ = TABLES[name]
    arguments = {key: tf.Variable(value) for key, value in arguments.items()}
    with tf.GradientTape() as tape:
        result = tf.reduce_sum(function(**arguments, discount_factor=0.5))
    floats = [variable for variable in arguments.values() if variable.dtype == tf.float32]
    assert tape.gradient(result, floats) == [None] * len(floats)


two, table = [1.0, 2.0], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
column, row = [[1.0], [2.0]], [[1.0, 2.0]]
no, one = [False, False], [False]
MISFITS = {
    "bellman: rewards a column": lambda: bellman_target(column, table, no, 0.5),
    "bellman: rewards a row of a matrix": lambda: bellman_target(row, table, no, 0.5),
    "bellman: rewards a scalar": lambda: bellman_target(1.0, table, no, 0.5),
    "bellman: q-values of one state": lambda: bellman_target(two, two, no, 0.5),
    "bellman: q-values transposed": lambda: bellman_target(two, np.transpose(table), no, 0.5),
    "bellman: q-values of one row": lambda: bellman_target(two, row, no, 0.5),
    "bellman: terminated a column": lambda: bellman_target(two, table, [[False], [True]], 0.5),
    "bellman: terminated of one": lambda: bellman_target(two, table, one, 0.5),
    "bellman: one reward": lambda: bellman_target([1.0], table, no, 0.5),
    "double: a vector": lambda: double_bellman_target(two, table, two, no, 0.5),
    "double: transposed": lambda: double_bellman_target(two, table, np.transpose(table), no, 0.5),
    "double: fewer actions": lambda: double_bellman_target(
        two, table, [[1.0, 2.0], [3.0, 4.0]], no, 0.5
    ),
    "double: fewer actions, none of them chosen": lambda: double_bellman_target(
        two, [[9.0, 1.0, 1.0], [9.0, 1.0, 1.0]], [[1.0, 2.0], [3.0, 4.0]], no, 0.5
    ),
    "double: rewards a column": lambda: double_bellman_target(column, table, table, no, 0.5),
    "sarsa: one next action": lambda: sarsa_target(two, table, [0], no, 0.5),
    "sarsa: three next actions": lambda: sarsa_target(two, table, [0, 1, 1], no, 0.5),
    "sarsa: next actions a column": lambda: sarsa_target(two, table, [[0], [1]], no, 0.5),
    "sarsa: rewards a column": lambda: sarsa_target(column, table, [0, 1], no, 0.5),
    "advantage: values a column": lambda: td_advantage(two, column, two, no, 0.5),
    "advantage: next values a column": lambda: td_advantage(two, two, column, no, 0.5),
    "advantage: one value": lambda: td_advantage(two, [1.0], two, no, 0.5),
    "advantage: one next value": lambda: td_advantage(two, two, [1.0], no, 0.5),
    "advantage: rewards a column": lambda: td_advantage(column, two, two, no, 0.5),
    "returns: a column": lambda: discounted_returns(column, 0.5),
    "returns: a scalar": lambda: discounted_returns(1.0, 0.5),
}


@pytest.mark.parametrize("call", MISFITS.values(), ids=MISFITS)
def test_shapes_that_do_not_fit_are_a_one_line_error(call):
    with pytest.raises(ValueError) as error:
        call()
    one_line(error)


def test_the_shape_error_names_the_shape():
    with pytest.raises(ValueError, match=r"rewards.*\(2, 1\)"):
        bellman_target(column, table, no, 0.5)
    with pytest.raises(ValueError, match=r"terminated.*\(2,\).*\(1,\)"):
        bellman_target(two, table, one, 0.5)


# ---- the advantage-learning operator, on targets that any rule above may have made

LEARNING = {
    "targets": [1.0, 2.0, -100.0, 4.0],
    "q_values": [[3.0, 7.0, -99.0], [-6.0, -8.0, -98.0], [5.0, 1.0, 9.0], [2.0, 2.0, 2.0]],
    "actions": [0, 0, 1, 2],
}
# The second action taken is the best one; the third row has ended, and its gap counts as well.
LEARNED = [1 - 0.5 * (7 - 3), 2, -100 - 0.5 * (9 - 1), 4]


@pytest.mark.parametrize("kind", KINDS)
def test_a_worse_action_is_marked_down_by_a_share_of_its_gap(kind):
    arguments = {key: KINDS[kind](value) for key, value in LEARNING.items()}
    result = advantage_learning_target(**arguments, alpha=0.5)
    assert result.dtype == tf.float32
    np.testing.assert_array_equal(result, LEARNED)
    arguments = {key: tf.constant(value) for key, value in LEARNING.items()}
    compiled = tf.function(
        functools.partial(advantage_learning_target, alpha=0.5), jit_compile=True
    )
    np.testing.assert_array_equal(compiled(**arguments), LEARNED)


def test_alpha_0_leaves_the_targets_and_alpha_1_takes_the_whole_gap():
    targets = LEARNING["targets"]
    np.testing.assert_array_equal(advantage_learning_target(**LEARNING, alpha=0), targets)
    np.testing.assert_array_equal(
        advantage_learning_target(**LEARNING, alpha=1), [-3.0, 2.0, -108.0, 4.0]
    )


@pytest.mark.parametrize("batch, actions", [(1, 1), (2, 2), (64, 2), (31, 5)])
def test_advantage_learning_agrees_with_numpy(batch, actions):
    rng = np.random.default_rng(batch)
    targets, alpha = rng.normal(size=batch), rng.random()
    q_values = rng.normal(size=[batch, actions])
    taken = rng.integers(actions, size=batch)
    gaps = [row.max() - row[action] for row, action in zip(q_values, taken, strict=True)]
    got = advantage_learning_target(targets, q_values, taken, alpha)
    np.testing.assert_allclose(got, targets - alpha * np.array(gaps), rtol=1e-5, atol=1e-6)


def test_exact_backups_widen_the_gap_and_leave_the_best_value():
    # One state that goes on for ever; the actions bring 1 and 0. V = 2, and the gap 1 becomes 4.
    rewards, actions, on = [1.0, 0.0], [0, 1], [False, False]
    q_values = np.zeros([2, 2], np.float32)
    for _ in range(100):
        targets = bellman_target(rewards, q_values, on, 0.5)
        q_values = np.tile(advantage_learning_target(targets, q_values, actions, 0.75), [2, 1])
    np.testing.assert_allclose(q_values[0], [2.0, 2.0 - 1 / (1 - 0.75)], rtol=1e-5)


def test_no_gradient_flows_through_advantage_learning():
    targets, q_values = tf.Variable(LEARNING["targets"]), tf.Variable(LEARNING["q_values"])
    with tf.GradientTape() as tape:
        result = advantage_learning_target(targets, q_values, LEARNING["actions"], 0.5)
    assert tape.gradient(result, [targets, q_values]) == [None, None]


@pytest.mark.parametrize(
    "name, change",
    [
        ("targets", {"targets": column}),
        ("q_values", {"q_values": two}),
        ("q_values", {"q_values": np.transpose(table)}),
        ("q_values", {"q_values": np.zeros([2, 0])}),
        ("actions", {"actions": [[0], [1]]}),
        ("actions", {"actions": [0]}),
        ("actions", {"actions": [0, 3]}),
        ("alpha", {"alpha": 1.5}),
        ("alpha", {"alpha": -0.1}),
    ],
)
def test_advantage_learning_names_a_bad_argument(name, change):
    right = {"targets": two, "q_values": table, "actions": [0, 2], "alpha": 0.5}
    with pytest.raises(ValueError, match=name) as error:
        advantage_learning_target(**(right | change))
    one_line(error)
