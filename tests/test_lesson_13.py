"""Lesson 13: its checks accept right answers and name mistakes, its formulas are the code's."""

import math
import threading
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, one_line

from dqn_keras import A3CAgent, checks, discounted_returns, td_advantage
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet
from dqn_keras.policy import entropy, policy_gradient_loss


def empty(*arguments):
    raise NotImplementedError


def rejected(check, function):
    with pytest.raises(Hint) as error:
        check(function)
    assert not isinstance(error.value, NotDoneYet)
    return one_line(error)


@pytest.mark.parametrize("check", [checks.check_n_step_returns, checks.check_a3c_losses])
def test_an_empty_exercise_is_not_done_yet(check):
    with pytest.raises(NotDoneYet, match="not done yet"):
        check(empty)


# Exercise 1

returns_of = lesson_function("13", "my_n_step_returns")


def returns_in_tensorflow(rewards, value_after, discount):
    rewards = tf.concat([tf.cast(rewards, tf.float32), [value_after]], axis=0)
    return discounted_returns(rewards, discount)[:-1]


def returns_by_powers(rewards, value_after, discount):
    count = len(rewards)
    return [
        sum(discount ** (k - t) * rewards[k] for k in range(t, count))
        + discount ** (count - t) * value_after
        for t in range(count)
    ]


@pytest.mark.parametrize("function", [returns_of, returns_in_tensorflow, returns_by_powers])
def test_right_returns_are_accepted(function, capsys):
    checks.check_n_step_returns(function)
    assert "✓ n_step_returns" in capsys.readouterr().out


def added_undiscounted(rewards, value_after, discount):
    return returns_of(list(rewards[:-1]) + [rewards[-1] + value_after], 0, discount)


def from_the_front(rewards, value_after, discount):
    later, returns = value_after, []
    for reward in rewards:
        later = reward + discount * later
        returns.append(later)
    return returns


def appended(rewards, value_after, discount):
    return [*returns_of(rewards, value_after, discount), value_after]


def in_integers(rewards, value_after, discount):
    returns = np.zeros_like(rewards)
    returns[:] = returns_of(rewards, value_after, discount)
    return returns


def never_zero(rewards, value_after, discount):
    return returns_of(rewards, value_after or 20.0, discount)


@pytest.mark.parametrize(
    "function, hint",
    [
        (lambda r, v, g: returns_of(r, 0, g), "begins with 0"),
        (added_undiscounted, "it is discounted, too"),
        (lambda r, v, g: r + g * v, "each step bootstraps on its own"),
        (lambda r, v, g: returns_of(r, v, 1), "discount factor is lost"),
        (lambda r, v, g: returns_of(r, v, g)[::-1], "order is turned"),
        (from_the_front, "go backwards"),
        (appended, "no step's return"),
        (lambda r, v, g: returns_of(r, v, g)[0], "only the first return"),
        (in_integers, "integers"),
        (lambda r, v, g: returns_of(g * r, v, g), "reward is discounted"),
        (never_zero, "nothing comes after"),
        (lambda r, v, g: r, "not yet right"),
    ],
)
def test_wrong_returns_get_their_own_hint(function, hint):
    assert hint in rejected(checks.check_n_step_returns, function)


# The bug hunt


def a3c_losses(kind):
    return lesson_function("13", f"{kind}_a3c_losses", my_n_step_returns=returns_of)


def losses_in_tensorflow(z, a, r, v, n, d, discount, weight):
    after = tf.where(d[-1], 0.0, n[-1])
    advantages = returns_in_tensorflow(r, after, discount) - v
    actor = policy_gradient_loss(z, a, advantages) - weight * tf.reduce_sum(entropy(z))
    return actor, tf.reduce_sum(advantages**2)


def losses_in_a_loop(z, a, r, v, n, d, discount, weight):
    actor = critic = 0.0
    later = 0.0 if d[-1] else float(n[-1])
    for t in reversed(range(len(r))):
        later = r[t] + discount * later
        policy = [math.exp(x) / sum(math.exp(y) for y in z[t]) for x in z[t]]
        actor -= math.log(policy[a[t]]) * (later - v[t])
        actor += weight * sum(p * math.log(p) for p in policy)
        critic += (later - v[t]) ** 2
    return np.array([actor, critic])


@pytest.mark.parametrize("function", [a3c_losses("my"), losses_in_tensorflow, losses_in_a_loop])
def test_right_losses_are_accepted(function, capsys):
    checks.check_a3c_losses(function)
    assert "✓ a3c_losses" in capsys.readouterr().out


def losses(after, bonus=1, sign=1, targets=None, entropy=np.sum, mean=1, turned=False):
    """A wrong answer: `after` says what the rollout is followed by."""

    def function(z, a, r, v, n, d, discount, weight):
        log_policy = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        returns = targets(r, n, d, discount) if targets else returns_of(r, after(v, n, d), discount)
        advantages = returns - v
        entropies = -(np.exp(log_policy) * log_policy).sum(axis=1)
        actor = -sign * np.sum(log_policy[np.arange(len(a)), a] * advantages)
        actor -= (bonus(weight) if callable(bonus) else bonus * weight) * entropy(entropies)
        pair = actor, np.sum(advantages**2) / mean
        return pair[::-1] if turned else pair

    return function


def right(v, n, d):
    return 0.0 if d[-1] else n[-1]


def early(v, n, d):
    return 0.0 if d[-1] else v[-1]


def one_step(r, n, d, discount):
    return r + discount * n * ~d


@pytest.mark.parametrize(
    "function, hint",
    [
        (a3c_losses("buggy"), "two mistakes are left"),
        (losses(early), "one mistake is left: value_after is the value of the last state played"),
        (losses(right, bonus=-1), "one mistake is left: the entropy has the wrong sign"),
        (losses(lambda v, n, d: 0.0), "never bootstraps"),
        (losses(lambda v, n, d: n[0]), "bootstraps from the wrong end"),
        (losses(lambda v, n, d: v[0]), "value of the first state"),
        (losses(None, targets=one_step), "target of one step"),
        (losses(right, bonus=0), "entropy is missing"),
        (losses(right, bonus=lambda weight: 1), "its weight is not"),
        (losses(right, entropy=np.mean), "entropy is averaged"),
        (losses(right, sign=-1), "policy's part is turned"),
        (losses(right, turned=True), "changed places"),
        (losses(right, mean=3), "critic's loss is averaged"),
        (losses(lambda v, n, d: n[-1]), "bootstraps past an end"),
        (losses(lambda v, n, d: v[-1] if d[-1] else n[-1]), "after an end nothing comes"),
        (lambda *arguments: 1.0, "return two numbers"),
    ],
)
def test_wrong_losses_get_their_own_hint(function, hint):
    assert hint in rejected(checks.check_a3c_losses, function)


# The formulas


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
    lesson = a3c_losses("my")(
        agent.actor(states[:3]), actions, rewards, values[:3], values[1:], ended, 0.99, 0.1
    )
    np.testing.assert_allclose(lesson, [actor_loss, critic_loss], rtol=1e-4)


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
        "13",
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
    even = (np.zeros([3, 2], np.float32), [0, 1, 0], [1, 1, 1])
    values = np.array([17.29, 18.1, 19.0, 20.0])
    repaired = a3c_losses("my")
    _, critic_loss = repaired(*even, values[:3], values[1:], [False] * 3, 0.9, 0.01)
    assert critic_loss == pytest.approx(0)
    ended = [False, False, True]
    actor_loss, _ = repaired(
        *even, np.array([2.71, 1.9, 1.0]), np.array([1.9, 1.0, 0.0]), ended, 0.9, 0.01
    )
    assert actor_loss == pytest.approx(-0.01 * 3 * math.log(2), rel=1e-4)


def test_a_memory_of_a_million_atari_pictures():
    gibibytes = 1_000_000 * 84 * 84 / 1024**3
    assert gibibytes == pytest.approx(6.57, abs=0.01)


def test_the_settings_the_lesson_names_are_the_agents():
    agent = A3CAgent(4, 2, seed=0)
    assert agent.rollout_steps == 20
    assert agent.entropy_weight == 0.01
