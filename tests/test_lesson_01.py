"""Lesson 01: its formulas are the code's; test_checks.py tests its exercises."""

import gymnasium
import numpy as np
import pytest
from conftest import lesson_function

from dqn_keras import CartPole, checks, discounted_returns
from dqn_keras.classroom.checks.harness import Hint


def test_the_lessons_solutions_pass():
    checks.check_return_of_episode(lesson_function("01", "my_return"))
    checks.check_balancing_policy(lesson_function("01", "my_policy"))
    checks.check_bookkeeping(lesson_function("01", "my_bookkeeping"))


def test_the_bug_of_the_lecture_is_found_out():
    with pytest.raises(Hint, match="still the lecture's"):
        checks.check_bookkeeping(lesson_function("01", "lecture_bookkeeping"))


@pytest.mark.parametrize("discount_factor", [0.0, 0.5, 0.9, 0.99, 1.0])
def test_the_return_is_both_sides_of_the_lessons_formula(discount_factor):
    rewards = np.random.default_rng(0).normal(size=30)
    sums = np.array(
        [
            sum(discount_factor**k * rewards[t + k] for k in range(30 - t))  # G_t
            for t in range(30)
        ]
    )
    returns = discounted_returns(rewards, discount_factor).numpy()
    np.testing.assert_allclose(returns, sums, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(sums[:-1], rewards[:-1] + discount_factor * sums[1:])
    my_return = lesson_function("01", "my_return")
    assert my_return(rewards, discount_factor) == pytest.approx(sums[0])


def test_the_example_by_hand():
    returns = discounted_returns([1, 1, -100], 0.9)
    np.testing.assert_allclose(returns, [-79.1, -89, -100], rtol=1e-6)


@pytest.mark.parametrize("discount_factor", [0.5, 0.95, 0.98, 0.99])
def test_a_pole_that_never_falls_is_worth_one_over_one_minus_gamma(discount_factor):
    weights = discount_factor ** np.arange(1500)
    assert weights.sum() == pytest.approx(1 / (1 - discount_factor))
    returns = discounted_returns(np.ones(1500), discount_factor)
    assert float(returns[0]) == pytest.approx(1 / (1 - discount_factor), rel=1e-4)


@pytest.mark.parametrize("action", [0, 1])
def test_position_and_angle_follow_their_velocities(action):
    state = np.random.default_rng(action).uniform(-0.1, 0.1, 4)
    ours = CartPole().transition(state, action)[0].numpy()
    env = gymnasium.make("CartPole-v1")
    env.reset(seed=0)
    env.unwrapped.state = state
    theirs = env.step(action)[0]
    for following in (ours, theirs):
        assert following[0] == pytest.approx(state[0] + 0.02 * state[1])
        assert following[2] == pytest.approx(state[2] + 0.02 * state[3])


def test_what_comes_next_depends_on_the_state_alone():
    """The Markov property: whatever happened before, the same state and action go on alike."""
    following = set()
    for seed in range(5):
        env = gymnasium.make("CartPole-v1")
        env.reset(seed=seed)
        for _ in range(seed + 1):  # a different past
            env.step(seed % 2)
        env.unwrapped.state = np.array([0.1, -0.2, 0.05, 0.3])
        state, reward, terminated, _, _ = env.step(1)
        following.add((*state.tolist(), reward, terminated))
    assert len(following) == 1


def test_the_same_position_and_angle_can_go_on_differently():
    states = np.array([[0, 0, 0.05, 0.5], [0, 0, 0.05, -0.5]])
    angles = CartPole().transition(states, [1, 1])[0].numpy()[:, 2]
    np.testing.assert_allclose(angles, [0.06, 0.04])
