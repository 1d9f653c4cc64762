"""What holds for several environments written in TensorFlow, each of which has tests of its own."""

import warnings

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from gymnasium.utils.env_checker import check_env

from dqn_keras import Asterix, Breakout, GridWorld

games = pytest.mark.parametrize("game", [Asterix, Breakout])


def starts(environment, count, seed=0):
    return environment.initial_states(count, tf.random.Generator.from_seed(seed))


@games
@pytest.mark.parametrize("sticky", [-0.1, 1.1, "0.1", True, float("nan")])
def test_a_bad_stickiness_is_refused(game, sticky):
    with pytest.raises((TypeError, ValueError), match="sticky"):
        game(sticky=sticky)


@pytest.mark.parametrize(
    "game, settings",
    [(Asterix, {"sticky": 0.3}), (Breakout, {"sticky": 0.3}), (GridWorld, {"step_penalty": 0.1})],
)
def test_batched_single_eager_and_compiled_steps_are_equal(game, settings):
    environment, rng = game(**settings, seed=4), np.random.default_rng(1)
    compiled = tf.function(environment.transition, jit_compile=True)
    environment.reset()
    states = tf.concat([environment.state[None], starts(environment, 7)], axis=0)
    for _ in range(60):
        actions = tf.constant(rng.integers(game.action_size, size=8), tf.int32)
        following = environment.transition(states, actions)
        for eager, other in zip(following, compiled(states, actions), strict=True):
            np.testing.assert_array_equal(eager, other)
        single = environment.transition(states[0], actions[0])
        for batch, alone in zip(following, single, strict=True):
            np.testing.assert_array_equal(batch[0], alone)
        observation, reward, terminated, _ = environment.step(actions[0])
        np.testing.assert_array_equal(observation, environment.observe(following[0])[0])
        assert (reward, terminated) == (following[1][0], following[2][0])
        states = following[0]


@games
def test_a_seed_fixes_beginnings_and_chance(game):
    def episode(seed):
        environment, total = game(seed=seed), []
        for _ in range(3):
            total.append(environment.reset().numpy())
            for action in (1, 2) * 8:
                total.append(environment.step(action)[0].numpy())
        return np.array(total)

    np.testing.assert_array_equal(episode(1), episode(1))
    assert not np.array_equal(episode(1), episode(2))


@games
def test_the_time_limit_truncates_and_does_not_terminate(game):
    environment = game(max_steps=3)
    environment.reset()
    results = [environment.step(0) for _ in range(3)]
    assert [bool(result[3]) for result in results] == [False, False, True]
    assert not any(bool(result[2]) for result in results)


@games
def test_gymnasiums_checker_has_nothing_to_say(game):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = gymnasium.make(f"dqn_keras/{game.__name__}-v1", render_mode="rgb_array")
        check_env(env.unwrapped)
