"""Lesson 15: its formulas are the code's; test_checks.py tests its exercises."""

import math
import threading
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function

from dqn_keras import A3CAgent, checks, discounted_returns, td_advantage
from dqn_keras.classroom.checks.harness import Hint
from dqn_keras.policy import entropy

returns_of = lesson_function("15", "my_n_step_returns")


def a3c_losses(kind):
    return lesson_function("15", f"{kind}_a3c_losses", my_n_step_returns=returns_of)


def returns_by_powers(rewards, value_after, discount):
    count = len(rewards)
    return [
        sum(discount ** (k - t) * rewards[k] for k in range(t, count))
        + discount ** (count - t) * value_after
        for t in range(count)
    ]


def test_the_lessons_solutions_pass():
    checks.check_n_step_returns(returns_of)
    checks.check_a3c_losses(a3c_losses("my"))


def test_the_buggy_function_is_told_both_of_its_mistakes():
    with pytest.raises(Hint, match="two mistakes are left: value_after .* entropy .* wrong sign"):
        checks.check_a3c_losses(a3c_losses("buggy"))


@pytest.mark.parametrize("value_after, expected", [(20, [17.29, 18.1, 19]), (0, [2.71, 1.9, 1])])
def test_returns_of_several_steps_are_those_worked_by_hand(value_after, expected):
    np.testing.assert_allclose(returns_of([1, 1, 1], value_after, 0.9), expected)
    np.testing.assert_allclose(returns_by_powers([1, 1, 1], value_after, 0.9), expected)
    packaged = discounted_returns([1, 1, 1 + 0.9 * value_after], 0.9)
    np.testing.assert_allclose(packaged, expected, rtol=1e-6)


@pytest.mark.parametrize("terminated", [False, True])
def test_one_step_gives_a2cs_target_and_a_whole_episode_reinforces_return(terminated):
    rewards, value = np.random.default_rng(0).normal(size=9), 7.0
    one_step = returns_of(rewards[:1], 0.0 if terminated else value, 0.9)
    target = td_advantage(rewards[:1], [0.0], [value], [terminated], 0.9)
    np.testing.assert_allclose(one_step, target, rtol=1e-6)
    episode = returns_of(rewards, 0.0, 0.9)
    np.testing.assert_allclose(episode, discounted_returns(rewards, 0.9), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("terminated", [False, True])
def test_the_losses_are_those_whose_gradients_the_agent_hands_in(terminated):
    agent = A3CAgent(2, 3, workers=1, rollout_steps=4, entropy_weight=0.1, seed=2)
    learner = agent.learners[0]
    learner.copy_weights(agent.actor, agent.critic)
    rng = np.random.default_rng(0)
    states = rng.normal(size=[4, 2]).astype(np.float32)  # three steps: one row stays empty
    actions, rewards = np.array([2, 0, 1]), np.float32([1, -2, 3])
    for t in range(3):
        learner.memory.append(
            states[t], actions[t], rewards[t], states[t + 1], terminated and t == 2
        )
    got = learner.gradients()
    values = agent.critic(states).numpy()[:, 0]
    after = 0.0 if terminated else values[3]
    returns = np.float32(returns_by_powers(rewards, after, 0.99))
    with tf.GradientTape(persistent=True) as tape:
        log_policy = tf.nn.log_softmax(agent.actor(states[:3]))
        taken = tf.gather(log_policy, actions, batch_dims=1)
        entropy = -tf.reduce_sum(tf.exp(log_policy) * log_policy)
        actor_loss = -tf.reduce_sum(taken * (returns - values[:3])) - 0.1 * entropy
        critic_loss = tf.reduce_sum((returns - agent.critic(states[:3])[:, 0]) ** 2)
    for gradients, loss, network in zip(
        got, (actor_loss, critic_loss), (agent.actor, agent.critic), strict=True
    ):
        for gradient, expected in zip(
            gradients, tape.gradient(loss, network.trainable_weights), strict=True
        ):
            np.testing.assert_allclose(gradient, expected, rtol=1e-3, atol=1e-4)
    ended = [False, False, terminated]
    with tf.GradientTape(persistent=True) as tape:
        lesson = a3c_losses("my")(
            agent.actor(states[:3]),
            actions,
            rewards,
            agent.critic(states[:3])[:, 0],
            values[1:],
            ended,
            0.99,
            0.1,
        )
    np.testing.assert_allclose(lesson, [actor_loss, critic_loss], rtol=1e-4)
    for gradients, loss, network in zip(got, lesson, (agent.actor, agent.critic), strict=True):
        for gradient, own in zip(
            gradients, tape.gradient(loss, network.trainable_weights), strict=True
        ):
            np.testing.assert_allclose(gradient, own, rtol=1e-3, atol=1e-4)


def test_entropy_is_largest_for_even_odds_and_0_for_a_decided_policy():
    for logits in ([0.0, 0.0], [0.0, 2.0], [0.0, 9.0]):
        policy = np.exp(logits) / np.exp(logits).sum()
        expected = -np.sum(policy * np.log(policy))
        assert float(entropy(np.float32([logits]))[0]) == pytest.approx(expected, abs=1e-5)
    assert float(entropy(np.float32([[0, 0]]))[0]) == pytest.approx(math.log(2))
    assert float(entropy(np.float32([[0, 50]]))[0]) == pytest.approx(0, abs=1e-6)


def test_the_single_weight_goes_down_the_slope_of_its_loss():
    shared, order, w = {"w": 0.0}, [], 0.0
    learner = lesson_function(
        "15",
        "learner",
        shared=shared,
        order=order,
        lock=threading.Lock(),
        time=SimpleNamespace(sleep=lambda seconds: None),
    )
    learner("A", seed=0)
    for _ in range(10):
        slope = ((w + 1e-4 - 3) ** 2 - (w - 1e-4 - 3) ** 2) / 2e-4
        w -= 0.1 * slope
    assert shared["w"] == pytest.approx(w)
    assert order == ["A"] * 10


def test_the_bug_hunts_symptoms_are_gone_once_repaired():
    def tried(kind, values, ended):
        values, terminated = tf.constant(values), [False, False, ended]
        even = tf.zeros([3, 2]), [0, 1, 0], [1, 1, 1]
        return a3c_losses(kind)(*even, values[:3], values[1:], terminated, 0.9, 0.01)

    right, nothing_left = ([17.29, 18.1, 19.0, 20.0], False), ([2.71, 1.9, 1.0, 0.0], True)
    assert tried("buggy", *right)[1] > 0.1 and tried("buggy", *nothing_left)[0] > 0
    assert float(tried("my", *right)[1]) == pytest.approx(0, abs=1e-6)
    entropies = 3 * math.log(2)
    assert float(tried("my", *nothing_left)[0]) == pytest.approx(-0.01 * entropies, rel=1e-4)


def test_a_memory_of_a_million_atari_pictures():
    gibibytes = 1_000_000 * 84 * 84 / 1024**3
    assert gibibytes == pytest.approx(6.57, abs=0.01)


def test_the_settings_the_lesson_names_are_the_agents():
    agent = A3CAgent(4, 2, seed=0)
    assert agent.rollout_steps == 20
    assert agent.entropy_weight == 0.01
