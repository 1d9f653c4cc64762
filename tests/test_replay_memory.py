import numpy as np
import pytest
import tensorflow as tf
from conftest import one_line
from hypothesis import given, settings
from hypothesis import strategies as st

from dqn_keras import ReplayMemory, Transitions

modest = settings(max_examples=25, deadline=None)


def append(memory, i):
    """Stores transition number i, whose every value tells i; i = 0 must not look like no row."""
    first = 10.0 * i + np.arange(memory.state_size)
    memory.append(first + 1, i, 0.5 * i - 1, -first - 1, i % 3 == 0)


def assert_rows(batch, state_size, allowed):
    """Every row of the batch is one of the transitions `allowed`, with all of its columns."""
    numbers = batch.actions.numpy()
    assert set(numbers) <= set(allowed)
    first = 10.0 * numbers[:, None] + np.arange(state_size)
    np.testing.assert_array_equal(batch.states, first + 1)
    np.testing.assert_array_equal(batch.rewards, 0.5 * numbers - 1)
    np.testing.assert_array_equal(batch.next_states, -first - 1)
    np.testing.assert_array_equal(batch.terminated, numbers % 3 == 0)


@modest
@given(
    capacity=st.integers(1, 12),
    state_size=st.integers(1, 4),
    count=st.integers(1, 40),
    seed=st.integers(0, 2**31 - 1),
)
def test_it_holds_exactly_the_newest_and_each_can_be_sampled(capacity, state_size, count, seed):
    memory = ReplayMemory(capacity, state_size)
    for i in range(count):
        append(memory, i)
    assert len(memory) == int(memory.size) == min(count, capacity)
    newest = range(max(0, count - capacity), count)
    rng = tf.random.Generator.from_seed(seed)
    # 12 rows in 2,000 draws: one is missed once in e^160 times.
    batch = memory.sample(2000, rng)
    assert_rows(batch, state_size, newest)
    assert set(batch.actions.numpy()) == set(newest)


@modest
@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=4), capacity=st.integers(1, 6))
def test_clear_forgets_and_it_fills_anew(counts, capacity):
    memory, rng = ReplayMemory(capacity, 2), tf.random.Generator.from_seed(0)
    number = 0
    for count in counts:
        memory.clear()
        assert len(memory) == 0
        with pytest.raises(ValueError):
            memory.sample(1, rng)
        for i in range(number, number + count):
            append(memory, i)
        number += count
        if count:
            newest = range(max(number - count, number - capacity), number)
            assert_rows(memory.sample(200, rng), 2, newest)


@modest
@given(
    state_type=st.sampled_from([np.float16, np.float32, np.float64, np.int64, list]),
    action_type=st.sampled_from([int, np.int8, np.int64, float, bool]),
    reward_type=st.sampled_from([int, float, np.float64, np.int32]),
    flag_type=st.sampled_from([bool, np.bool_, int, np.int64]),
    as_tensor=st.booleans(),
)
def test_columns_keep_their_types_whatever_is_appended(
    state_type, action_type, reward_type, flag_type, as_tensor
):
    wrap = tf.constant if as_tensor else (lambda value: value)
    state = [1, 2] if state_type is list else np.array([1, 2], state_type)
    memory = ReplayMemory(3, 2)
    memory.append(wrap(state), wrap(action_type(1)), reward_type(2), wrap(state), flag_type(1))
    batch = memory.sample(4, tf.random.Generator.from_seed(0))
    assert [column.dtype for column in batch] == [
        tf.float32,
        tf.int32,
        tf.float32,
        tf.float32,
        tf.bool,
    ]
    assert [column.shape.as_list() for column in batch] == [[4, 2], [4], [4], [4, 2], [4]]
    for column, expected in zip(batch, ([1, 2], 1, 2, [1, 2], True), strict=True):
        np.testing.assert_array_equal(column[0], expected)


def test_a_sample_is_a_named_tuple_in_the_order_of_the_slides():
    assert Transitions._fields == ("states", "actions", "rewards", "next_states", "terminated")


def test_sampling_an_empty_memory_is_a_clear_error():
    with pytest.raises(ValueError, match="empty replay memory") as error:
        ReplayMemory(5, 2).sample(3, tf.random.Generator.from_seed(0))
    one_line(error)


@pytest.mark.parametrize("capacity, appended", [(50, 50), (80, 50), (50, 90)])
@pytest.mark.parametrize("seed", range(3))
def test_every_stored_row_is_equally_likely(capacity, appended, seed):
    memory, rng = ReplayMemory(capacity, 1), tf.random.Generator.from_seed(seed)
    for i in range(appended):
        append(memory, i)
    counts = np.bincount(memory.sample(5000, rng).actions, minlength=appended)[-50:]
    # Chi-square of 49 degrees of freedom: mean 49, deviation 9.9. A row never drawn adds 100.
    assert np.sum((counts - 100) ** 2 / 100) < 49 + 6 * 9.9


def test_rows_of_a_batch_are_drawn_with_replacement_and_independently():
    memory, rng = ReplayMemory(10, 1), tf.random.Generator.from_seed(0)
    for i in range(10):
        append(memory, i)
    assert len(memory.sample(64, rng).actions) == 64  # more than there are
    first, second = memory.sample(64, rng).actions, memory.sample(64, rng).actions
    assert not np.array_equal(first, second)


def test_the_same_generator_state_gives_the_same_sample():
    memory = ReplayMemory(30, 1)
    for i in range(30):
        append(memory, i)
    samples = [memory.sample(50, tf.random.Generator.from_seed(7)).actions for _ in range(2)]
    np.testing.assert_array_equal(*samples)


def test_it_works_inside_a_loop_compiled_by_xla():
    memory, rng = ReplayMemory(5, 2), tf.random.Generator.from_seed(0)

    @tf.function(jit_compile=True)
    def fill_and_sample():
        smallest = tf.constant(100)
        for i in tf.range(13):
            first = 10.0 * tf.cast(i, tf.float32) + tf.range(2.0)
            memory.append(first + 1, i, 0.5 * tf.cast(i, tf.float32) - 1, -first - 1, i % 3 == 0)
            if memory.size >= 5:
                smallest = tf.minimum(smallest, tf.reduce_min(memory.sample(8, rng).actions) - i)
        return smallest, memory.sample(500, rng)

    smallest, batch = fill_and_sample()
    assert len(memory) == 5
    assert_rows(batch, 2, range(8, 13))
    assert set(batch.actions.numpy()) == set(range(8, 13))
    assert smallest == -4  # the oldest of five, seen at some time, and never an older one


@pytest.mark.parametrize("bad", [0, -1, 2.5, "10", None, True])
@pytest.mark.parametrize("name", ["capacity", "state_size"])
def test_a_bad_size_is_a_one_line_error_that_names_it(name, bad):
    with pytest.raises((TypeError, ValueError), match=f"{name}.*{bad!r}") as error:
        ReplayMemory(**{"capacity": 10, "state_size": 2} | {name: bad})
    one_line(error)


@pytest.mark.parametrize("dtype", ["float32", "uint8", "bool"])
def test_it_keeps_pictures_as_they_are_told_and_gives_numbers_back(dtype):
    memory, rng = ReplayMemory(5, (2, 3, 4), dtype), np.random.default_rng(0)
    highest = {"float32": 9, "uint8": 256, "bool": 2}[dtype]
    pictures = rng.integers(highest, size=[9, 2, 3, 4]).astype(np.float32)
    for i in range(8):
        memory.append(pictures[i], i, float(i), pictures[i + 1], i == 3)
    assert memory.states.dtype == memory.next_states.dtype == dtype
    batch = memory.sample(200, tf.random.Generator.from_seed(0))
    assert batch.states.dtype == batch.next_states.dtype == tf.float32
    assert set(batch.actions.numpy()) == set(range(3, 8))
    np.testing.assert_array_equal(batch.states, pictures[batch.actions])
    np.testing.assert_array_equal(batch.next_states, pictures[batch.actions.numpy() + 1])


def test_pictures_are_kept_inside_xla_too():
    memory = ReplayMemory(4, (2, 2, 1), "bool")

    @tf.function(jit_compile=True)
    def fill():
        for i in tf.range(6):
            picture = tf.cast(tf.reshape(tf.range(4) == i % 4, [2, 2, 1]), tf.float32)
            memory.append(picture, i, 0.0, 1.0 - picture, False)

    fill()
    for row, number in enumerate([4, 5, 2, 3]):
        picture = np.arange(4).reshape(2, 2, 1) == number % 4
        np.testing.assert_array_equal(memory.states[row], picture)
        np.testing.assert_array_equal(memory.next_states[row], ~picture)


def test_a_million_of_minatars_transitions_take_less_than_a_gibibyte():
    memory = ReplayMemory(1000, (10, 10, 4), "bool")
    columns = memory.states, memory.actions, memory.rewards, memory.next_states, memory.terminated
    assert sum(column.dtype.size * column.shape.num_elements() for column in columns) == 809_000
    assert 809_000 * 1000 < 2**30


@pytest.mark.parametrize(
    ("dtype", "value"), [("bool", 2.0), ("bool", 0.5), ("uint8", 256.0), ("uint8", -1.0)]
)
def test_what_cannot_be_kept_as_told_is_refused(dtype, value):
    memory = ReplayMemory(3, 2, dtype)
    with pytest.raises(ValueError, match=f"next_state.*{dtype}") as error:
        memory.append([1.0, 0.0], 0, 1.0, [1.0, value], False)
    assert len(one_line(error)) < 200
    assert len(memory) == 0


@pytest.mark.parametrize("dtype", ["float64", "int8", None, tf.bool])
def test_another_type_is_refused(dtype):
    with pytest.raises(ValueError, match="dtype must be one of") as error:
        ReplayMemory(3, 2, dtype)
    one_line(error)


def test_a_memory_that_would_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"1000000 times 10 times 10 times 4 numbers"):
        ReplayMemory(1_000_000, (10, 10, 4))
    with pytest.raises(ValueError, match="room for at most 536870912"):
        ReplayMemory(2_000_000, (10, 10, 4), "bool")


@pytest.mark.parametrize(
    "change",
    [{"state": [1.0]}, {"state": [[1.0, 2.0]]}, {"next_state": [1.0]}, {"action": [1]}],
    ids=str,
)
def test_a_transition_of_another_shape_is_refused_whole(change):
    memory = ReplayMemory(4, 2)
    right = {
        "state": [1.0, 2.0],
        "action": 1,
        "reward": 1.0,
        "next_state": [3.0, 4.0],
        "terminated": False,
    }
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        memory.append(**right | change)
    assert len(memory) == 0
    assert not np.any(memory.states.numpy())
