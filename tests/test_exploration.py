import math

import numpy as np
import pytest
import tensorflow as tf
from conftest import one_line

from dqn_keras import epsilon_greedy, exponential_epsilon

SEEDS = range(5)


def draw(q_values, epsilon, count, seed):
    """`count` actions in a row: [count]."""
    rng = tf.random.Generator.from_seed(seed)
    choose = tf.function(
        lambda: tf.map_fn(lambda _: epsilon_greedy(q_values, epsilon, rng), tf.range(count))
    )
    return choose().numpy()


class Rigged:
    """A generator whose coin and action are fixed beforehand."""

    def __init__(self, coin, action):
        self.coin, self.action = coin, action

    def uniform(self, shape, minval=0, maxval=None, dtype=tf.float32):
        return tf.constant(self.coin if dtype == tf.float32 else self.action, dtype)


@pytest.mark.parametrize("seed", SEEDS)
def test_epsilon_0_is_never_random(seed):
    assert set(draw([0.0, 3.0, 1.0], 0.0, 2000, seed)) == {1}


def test_epsilon_0_is_not_random_even_when_the_coin_is_0():
    assert epsilon_greedy([0.0, 3.0, 1.0], 0.0, Rigged(coin=0.0, action=2)) == 1


def test_epsilon_1_is_random_even_when_the_coin_is_as_high_as_it_gets():
    assert epsilon_greedy([0.0, 3.0, 1.0], 1.0, Rigged(coin=1 - 2**-24, action=2)) == 2


@pytest.mark.parametrize("epsilon, expected", [(1.0, 2), (0.3, 1)])
def test_the_coin_is_random_below_epsilon(epsilon, expected):
    assert epsilon_greedy([0.0, 3.0, 1.0], epsilon, Rigged(coin=0.4, action=2)) == expected


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("action_size", [1, 2, 3, 7])
def test_epsilon_1_draws_every_action_equally_often(action_size, seed):
    shares = np.bincount(draw(np.arange(action_size) * 1.0, 1.0, 3000, seed)) / 3000
    assert len(shares) == action_size
    # Five standard deviations, the widest at one half.
    np.testing.assert_allclose(shares, 1 / action_size, atol=5 * 0.5 / math.sqrt(3000))


@pytest.mark.parametrize("seed", SEEDS)
def test_epsilon_is_the_share_of_random_actions(seed):
    # A random action is the greedy one, too, once in three times.
    share = np.mean(draw([5.0, 0.0, 0.0], 0.3, 4000, seed) != 0)
    assert share == pytest.approx(0.3 * 2 / 3, abs=5 * math.sqrt(0.2 * 0.8 / 4000))


@pytest.mark.parametrize("q_values", [[2.0, 2.0], [0.0, 2.0, 2.0], [1.0, 1.0, 1.0]])
def test_ties_go_to_the_first(q_values):
    assert set(draw(q_values, 0.0, 50, 0)) == {int(np.argmax(q_values))}


@pytest.mark.parametrize(
    "q_values", [[-3.0, -1.0, -2.0], (0.0, 1.0), np.array([0, 4, 1]), tf.constant([-1.0, 7.0])]
)
def test_it_gives_the_index_as_a_scalar_int32(q_values):
    action = epsilon_greedy(q_values, 0.0, tf.random.Generator.from_seed(0))
    assert action.dtype == tf.int32 and action.shape == []
    assert action == 1


@pytest.mark.parametrize("q_values", [1.0, [[1.0, 2.0]], np.zeros([2, 2])])
def test_q_values_must_be_one_row(q_values):
    shape = str(np.shape(q_values)).replace("(", r"\(").replace(")", r"\)")
    with pytest.raises(ValueError, match=f"q_values.*{shape}") as error:
        epsilon_greedy(q_values, 0.5, tf.random.Generator.from_seed(0))
    one_line(error)


@pytest.mark.parametrize("bad", [-0.01, 1.01, math.nan, math.inf, 2, -1])
def test_epsilon_out_of_range_is_a_one_line_error_that_names_it(bad):
    with pytest.raises(ValueError, match=f"epsilon.*{bad!r}") as error:
        epsilon_greedy([1.0, 2.0], bad, tf.random.Generator.from_seed(0))
    one_line(error)


@pytest.mark.parametrize("chosen", [0.0, 1.0])
def test_two_numbers_are_drawn_whatever_is_chosen(chosen):
    # So that one run's exploration does not shift every later draw.
    rng, other = (tf.random.Generator.from_seed(3) for _ in range(2))
    epsilon_greedy([1.0, 2.0], chosen, rng)
    epsilon_greedy([1.0, 2.0], 0.5, other)
    np.testing.assert_array_equal(rng.state, other.state)


def slides_epsilon(count, epsilon=1.0, decay=0.999, floor=0.01):
    """`if self.epsilon > self.epsilon_min: self.epsilon *= self.epsilon_decay`, as often."""
    for _ in range(count):
        if epsilon > floor:
            epsilon *= decay
    return max(epsilon, floor)


@pytest.mark.parametrize("count", [0, 1, 2, 10, 1000, 4000, 4601, 4602, 4603, 4604, 10000])
def test_the_schedule_is_the_slides_multiplication(count):
    schedule = exponential_epsilon(1.0, 0.999, 0.01)
    epsilon = schedule(tf.constant(count))
    assert epsilon.dtype == tf.float32 and epsilon.shape == []
    assert float(epsilon) == pytest.approx(slides_epsilon(count), rel=2e-4)


def test_the_floor_is_reached_after_4603_training_steps_and_is_exact():
    schedule = exponential_epsilon(1.0, 0.999, 0.01)
    floor = np.float32(0.01)
    assert schedule(tf.constant(4602)).numpy() > floor
    for count in (4603, 4604, 10_000, 10_000_000):
        assert schedule(tf.constant(count)).numpy() == floor


def test_the_schedule_never_rises():
    schedule = exponential_epsilon(0.8, 0.99, 0.05)
    values = np.array([schedule(tf.constant(count)) for count in range(0, 600, 7)])
    assert np.all(np.diff(values) <= 0)
    assert values[0] == np.float32(0.8) and values[-1] == np.float32(0.05)


def test_the_schedule_without_decay_stands_still():
    assert exponential_epsilon(0.4, 1.0, 0.1)(tf.constant(9999)).numpy() == np.float32(0.4)


def test_the_schedule_works_inside_xla():
    schedule = exponential_epsilon(1.0, 0.999, 0.01)
    compiled = tf.function(schedule, jit_compile=True)
    assert float(compiled(tf.constant(1000))) == pytest.approx(slides_epsilon(1000), rel=2e-4)


@pytest.mark.parametrize("bad", [-0.1, 1.1, math.nan, "0.5", None, True])
@pytest.mark.parametrize("name", ["epsilon", "epsilon_decay", "epsilon_min"])
def test_a_bad_schedule_is_a_one_line_error_that_names_it(name, bad):
    with pytest.raises((TypeError, ValueError), match=f"{name} .*{bad!r}") as error:
        exponential_epsilon(**{name: bad})
    one_line(error)


def test_from_one_state_xla_draws_the_same_whole_numbers_and_other_fractions():
    """What the README says of one seed and three speeds."""
    rng = tf.random.Generator.from_seed(1)

    def draws():
        return rng.uniform([9], maxval=1000, dtype=tf.int32), rng.uniform([9])

    seen = []
    for way in (draws, tf.function(draws), tf.function(draws, jit_compile=True)):
        rng.reset_from_seed(1)
        seen.append([drawn.numpy() for drawn in way()])
    eager, graph, compiled = seen
    np.testing.assert_array_equal(eager[0], compiled[0])
    np.testing.assert_array_equal(eager[1], graph[1])
    assert (eager[1] != compiled[1]).any()
