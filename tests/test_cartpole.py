"""The CartPole in TensorFlow against the one in Gymnasium."""

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import AlwaysRight, Controller, one_line, small_agent
from gymnasium.envs.classic_control.cartpole import CartPoleEnv

from dqn_keras import CartPole
from dqn_keras.environments.cartpole import ANGLE_LIMIT, POSITION_LIMIT


def gymnasium_step(env, state, action):
    """One step from any state: the next state in float64, reward, terminated."""
    env.reset()
    env.state = np.array(state, np.float64)
    _, reward, terminated, _, _ = env.step(int(action))
    return np.array(env.state, np.float64), reward, terminated


def random_states(count, seed):
    """Ordinary, extreme and past-the-limit states, and many at the very limits: [count, 4]."""
    rng = np.random.default_rng(seed)
    states = rng.uniform(-1, 1, [count, 4]) * [3.0, 5.0, 0.35, 5.0]
    quarter = count // 4
    states[:quarter] /= 50  # near upright
    near = rng.choice([-1, 1], quarter) * (1 + rng.uniform(-1e-2, 1e-2, quarter))
    states[quarter : 2 * quarter, 0] = POSITION_LIMIT * near
    states[quarter : 2 * quarter, 1] /= 10
    near = rng.choice([-1, 1], quarter) * (1 + rng.uniform(-1e-2, 1e-2, quarter))
    states[2 * quarter : 3 * quarter, 2] = ANGLE_LIMIT * near
    states[2 * quarter : 3 * quarter, 3] /= 10
    return states


@pytest.mark.parametrize("seed", range(3))
def test_thousands_of_random_steps_equal_gymnasiums(seed):
    states = random_states(3000, seed)
    actions = np.random.default_rng(seed + 100).integers(2, size=3000)
    env = CartPoleEnv()
    expected = [gymnasium_step(env, *pair) for pair in zip(states, actions, strict=True)]
    expected_states, expected_rewards, expected_terminated = map(
        np.array, zip(*expected, strict=True)
    )

    next_states, rewards, terminated = CartPole().transition(
        tf.constant(states), tf.constant(actions, tf.int32)
    )
    np.testing.assert_allclose(next_states, expected_states, rtol=0, atol=1e-6)
    np.testing.assert_array_equal(rewards, np.ones(3000))
    np.testing.assert_array_equal(rewards, expected_rewards)
    distance = np.minimum(
        np.abs(np.abs(expected_states[:, 0]) - POSITION_LIMIT),
        np.abs(np.abs(expected_states[:, 2]) - ANGLE_LIMIT),
    )
    clear = distance > 1e-6
    assert clear.sum() > 2900
    assert 500 < expected_terminated.sum() < 2500  # both kinds are there in numbers
    np.testing.assert_array_equal(terminated.numpy()[clear], expected_terminated[clear])


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("action", [0, 1])
@pytest.mark.parametrize("index, limit", [(0, POSITION_LIMIT), (2, ANGLE_LIMIT)])
def test_standing_exactly_at_a_limit_is_not_yet_an_end(index, limit, action, sign):
    # Without velocity, the position and the angle of the next state are those of this one.
    state = np.zeros(4)
    state[index] = sign * limit
    assert not gymnasium_step(CartPoleEnv(), state, action)[2]
    assert not CartPole().transition(tf.constant(state), action)[2]
    state[index] = sign * np.nextafter(limit, 9)
    assert gymnasium_step(CartPoleEnv(), state, action)[2]
    assert CartPole().transition(tf.constant(state), action)[2]


def test_many_steps_at_once_equal_single_ones():
    states = tf.constant(random_states(40, seed=9)[:, None, :].reshape(8, 5, 4))
    actions = tf.constant(np.random.default_rng(9).integers(2, size=[8, 5]), tf.int32)
    environment = CartPole()
    batch = environment.transition(states, actions)
    for i in range(8):
        for j in range(5):
            single = environment.transition(states[i, j], actions[i, j])
            for many, one in zip(batch, single, strict=True):
                np.testing.assert_allclose(many[i, j], one, rtol=1e-12)


def episode(environment, policy):
    """Observations, rewards and ends of one episode from the environment's present state."""
    observations, rewards, ends = [environment.observe(environment.state).numpy()], [], []
    step = tf.function(environment.step)
    while not ends or not any(ends[-1]):
        state, reward, terminated, truncated = step(tf.constant(policy(observations[-1]), tf.int32))
        observations.append(state.numpy())
        rewards.append(float(reward))
        ends.append((bool(terminated), bool(truncated)))
    return np.array(observations), rewards, ends


def gymnasium_episode(env, start, policy):
    env.reset()
    env.unwrapped.state = np.array(start, np.float64)
    observations, rewards, ends = [np.array(start, np.float32)], [], []
    while not ends or not any(ends[-1]):
        state, reward, terminated, truncated, _ = env.step(policy(observations[-1]))
        observations.append(state)
        rewards.append(float(reward))
        ends.append((terminated, truncated))
    return np.array(observations), rewards, ends


POLICIES = {
    "balances": lambda state: int(state @ Controller.weights > 0),
    "always left": lambda state: 0,
    "under the pole": lambda state: int(state[2] > 0),
    "from the digits of the state": lambda state: int(abs(state[3]) * 1000) % 2,
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("env_id, max_steps", [("CartPole-v0", 200), ("CartPole-v1", 500)])
@pytest.mark.filterwarnings("ignore:.*out of date")
def test_whole_episodes_equal_gymnasiums(env_id, max_steps, policy):
    env, environment = gymnasium.make(env_id), CartPole(max_steps, seed=5)
    for _ in range(4):
        environment.reset()
        start = environment.state.numpy()
        observations, rewards, ends = episode(environment, policy)
        expected, expected_rewards, expected_ends = gymnasium_episode(env, start, policy)
        # A pole magnifies the last digit of a cosine e-fold every dozen steps: after some 300 of
        # them two machines' libraries part, and yet the episode must end in the same way.
        assert len(observations) == len(expected)
        np.testing.assert_allclose(observations[:200], expected[:200], rtol=0, atol=1e-6)
        assert rewards == expected_rewards
        assert ends == expected_ends


@pytest.mark.parametrize("max_steps", [1, 7, 200, 500])
@pytest.mark.parametrize("seed", range(3))
def test_a_balanced_pole_is_truncated_at_exactly_the_limit(max_steps, seed):
    environment = CartPole(max_steps, seed)
    environment.reset()
    _, rewards, ends = episode(environment, POLICIES["balances"])
    assert len(rewards) == max_steps
    assert ends == [(False, False)] * (max_steps - 1) + [(False, True)]


def test_the_step_counter_begins_anew_with_every_episode():
    environment = CartPole(20, seed=0)
    for _ in range(3):
        environment.reset()
        assert len(episode(environment, POLICIES["balances"])[1]) == 20


def test_a_fall_on_the_last_step_is_both_an_end_and_a_time_limit():
    environment = CartPole(seed=0)
    environment.reset()
    start = environment.state.numpy()
    fall = len(episode(environment, POLICIES["always left"])[1])
    assert 7 < fall < 12
    environment = CartPole(fall)
    environment.reset()
    environment.state.assign(start)
    assert episode(environment, POLICIES["always left"])[2][-1] == (True, True)


def test_the_agent_sees_float32_and_the_physics_compute_in_float64():
    environment = CartPole(seed=0)
    state = environment.reset()
    assert state.dtype == tf.float32 and state.shape == [4]
    state, reward, terminated, truncated = environment.step(1)
    assert [value.dtype for value in (state, reward, terminated, truncated)] == [
        tf.float32,
        tf.float32,
        tf.bool,
        tf.bool,
    ]
    assert state.shape == [4] and reward.shape == terminated.shape == truncated.shape == []
    assert environment.state.dtype == tf.float64
    np.testing.assert_array_equal(state, environment.state.numpy().astype(np.float32))


@pytest.mark.parametrize("seed", range(3))
def test_episodes_begin_uniformly_within_a_twentieth(seed):
    environment = CartPole(seed=seed)
    starts = environment.initial_states(2000, environment.rng).numpy()
    assert np.abs(starts).max() <= 0.05
    # The mean of 2,000 uniform numbers deviates by 0.00065, the extremes come close.
    np.testing.assert_allclose(starts.mean(axis=0), 0, atol=0.004)
    assert np.all(starts.max(axis=0) > 0.045) and np.all(starts.min(axis=0) < -0.045)
    assert abs(np.corrcoef(starts.T) - np.eye(4)).max() < 0.15


def starts(environment, count=5):
    return np.array([environment.reset() for _ in range(count)])


def test_the_same_seed_gives_the_same_starts_and_another_gives_others():
    np.testing.assert_array_equal(starts(CartPole(seed=3)), starts(CartPole(seed=3)))
    assert not np.any(starts(CartPole(seed=3)) == starts(CartPole(seed=4)))
    assert not np.any(starts(CartPole()) == starts(CartPole()))


def test_no_two_episodes_begin_alike():
    assert len({tuple(start) for start in starts(CartPole(seed=0), 50)}) == 50


def test_reset_with_a_seed_begins_its_stream_anew():
    environment = CartPole(seed=3)
    runs = []
    for _ in range(2):
        first = environment.reset(8)
        runs.append([first, *starts(environment, 4)])
    np.testing.assert_array_equal(*runs)
    assert environment.seed == 8
    # The episodes after reset(seed) are those of a new environment of that seed.
    np.testing.assert_array_equal(runs[0][1:], starts(CartPole(seed=8), 4))


@pytest.mark.parametrize("seed", range(3))
def test_agent_and_environment_of_one_seed_draw_different_numbers(seed, monkeypatch):
    # Else the start position and the exploration coin would be one and the same number.
    seeds, from_seed = [], tf.random.Generator.from_seed
    monkeypatch.setattr(
        tf.random.Generator, "from_seed", lambda number: seeds.append(number) or from_seed(number)
    )
    small_agent(seed=seed)
    CartPole(seed=seed)
    assert len(seeds) == len(set(seeds)) == 2


def test_it_runs_eagerly_in_a_graph_and_compiled_alike():
    runs = []
    for wrap in (lambda f: f, tf.function, lambda f: tf.function(f, jit_compile=True)):
        environment = CartPole()
        wrap(environment.reset)()
        # Set by hand: XLA draws other random numbers from one seed than plain TensorFlow.
        environment.state.assign([0.01, -0.02, 0.03, 0.04])
        step = wrap(environment.step)
        runs.append(np.array([step(tf.constant(i % 2))[0] for i in range(12)]))
    for run in runs[1:]:
        np.testing.assert_allclose(run, runs[0], rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("bad", [0, -5, 1.5, "500", None, True])
def test_a_bad_time_limit_is_a_one_line_error_that_names_it(bad):
    with pytest.raises((TypeError, ValueError), match=f"max_steps.*{bad!r}") as error:
        CartPole(bad)
    one_line(error)


@pytest.mark.parametrize("bad", [-1, 0.5, "0"])
def test_a_bad_seed_is_a_one_line_error_that_names_it(bad):
    with pytest.raises((TypeError, ValueError), match=f"seed.*{bad!r}") as error:
        CartPole(seed=bad)
    one_line(error)


def test_the_constant_policy_of_the_other_tests_falls():
    environment = CartPole(seed=0)
    environment.reset()
    rule = AlwaysRight()
    _, rewards, ends = episode(environment, lambda s: int(rule.greedy_actions(s[None])[0]))
    assert 7 < len(rewards) < 12 and ends[-1] == (True, False)
