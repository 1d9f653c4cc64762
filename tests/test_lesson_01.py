"""Lesson 01: its checks take right answers and explain wrong ones; its formulas are the code's."""

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function

from dqn_keras import CartPole, checks, discounted_returns
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet


def unwritten(*arguments):
    raise NotImplementedError


def return_from_behind(rewards, discount_factor):
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount_factor * total
    return total


def return_with_powers(rewards, discount_factor):
    return np.sum(rewards * discount_factor ** np.arange(len(rewards)))


def return_in_tensorflow(rewards, discount_factor):
    steps = tf.range(len(rewards), dtype=tf.float32)
    return tf.reduce_sum(tf.cast(rewards, tf.float32) * discount_factor**steps)


def mean_weight(state):
    return tf.cast(tf.tensordot(state, [0.05, 0.1, 1.0, 0.3], 1) > 0, tf.int32)


def policy_in_steps(state):
    position, velocity, angle, angular_velocity = state
    if angle + 0.4 * angular_velocity > 0:
        return 1
    return 0


def keep_books_in_a_loop(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell in zip(rewards, terminated, strict=True):
        score += reward
        learned.append(-100 if fell else reward)
    return score, learned


def keep_books_in_tensorflow(rewards, terminated, truncated):
    return tf.reduce_sum(rewards), tf.where(terminated, -100.0, rewards)


RIGHT = {
    checks.check_return_of_episode: [
        return_from_behind,
        return_with_powers,
        return_in_tensorflow,
        lambda rewards, discount_factor: discounted_returns(rewards, discount_factor)[0],
        lambda r, g: sum(g**k * reward for k, reward in enumerate(r)),
    ],
    checks.check_balancing_policy: [
        lambda state: int(state[2] + 0.5 * state[3] > 0),
        lambda state: state[2] + state[3] > 0,
        lambda state: np.where(state @ [0.05, 0.1, 1.0, 0.3] > 0, 1.0, 0.0),
        mean_weight,
        policy_in_steps,
    ],
    checks.check_bookkeeping: [
        lambda r, fell, cut_off: (np.sum(r), np.where(fell, -100, r)),
        keep_books_in_a_loop,
        keep_books_in_tensorflow,
        lambda r, fell, cut_off: [sum(r), [-100 if f else x for x, f in zip(r, fell, strict=True)]],
    ],
}


@pytest.mark.parametrize("check, answer", [(c, a) for c, answers in RIGHT.items() for a in answers])
def test_a_right_answer_is_accepted(check, answer, capsys):
    check(answer)
    assert capsys.readouterr().out.startswith("✓")


@pytest.mark.parametrize("check", RIGHT)
def test_an_empty_exercise_is_not_done_yet(check):
    with pytest.raises(NotDoneYet, match="not done yet"):
        check(unwritten)
    with pytest.raises(NotDoneYet, match="returns nothing"):
        check(lambda *arguments: None)


def powers(rewards, discount_factor):
    return discount_factor ** np.arange(len(rewards))


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda r, g: np.sum(r), "where is the discount factor"),
        (lambda r, g: g * return_with_powers(r, g), "from the second on"),
        (lambda r, g: return_with_powers(r[::-1], g), "the last the least"),
        (lambda r, g: g * return_with_powers(r[::-1], g), "and off by one"),
        (lambda r, g: r[0] + g * np.sum(r[1:]), "every later reward is discounted once"),
        (lambda r, g: g * np.sum(r), "all rewards are discounted once"),
        (lambda r, g: np.sum(np.asarray(r) * g * np.arange(len(r))), "discount_factor times k"),
        (lambda r, g: return_with_powers(r[:-1], g), "last reward is missing"),
        (lambda r, g: return_with_powers(r, g) - r[0], "first reward is missing"),
        (lambda r, g: np.mean(r * powers(r, g)), "not a mean"),
        (discounted_returns, "return from every step"),
        (lambda r, g: r * powers(r, g), "add them up"),
        (lambda r, g: r[-1], "from the end to the beginning"),
        (lambda r, g: -return_with_powers(r, g), "one number at a time"),
        (lambda r, g: return_with_powers(r, g) * (g if len(r) == 1 else 1), "of one step"),
    ],
)
def test_a_wrong_return_gets_its_own_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_return_of_episode(wrong)


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda s: 0, "always pushes left"),
        (lambda s: 1, "always pushes right"),
        (lambda s: int(s[2] > 0), "where the pole is"),
        (lambda s: int(s[3] > 0), "how the pole moves"),
        (lambda s: int(s[2] < 0), "away from the lean"),
        (lambda s: int(s[3] < 0), "against the pole's movement"),
        (lambda s: int(s[2] + 0.5 * s[3] < 0), "away from the side to which the pole is going"),
        (lambda s: int(s[0] > 0), "cart's position"),
        (lambda s: int(s[0] < 0), "cart's position"),
        (lambda s: int(s[1] > 0), "cart's velocity"),
        (lambda s: int(s[1] < 0), "cart's velocity"),
        (lambda s: np.random.randint(2), "not by dice"),
        (lambda s: 1 if s[2] + 0.5 * s[3] > 0 else -1, "it returns -1"),
        (lambda s: 1 + int(s[2] + 0.5 * s[3] > 0), "return 0 .* this is 2"),
        (lambda s: s > 0, "one action.*shape"),
        (lambda s: "left", "'left'"),
        (lambda s: s[2] + 0.5 * s[3], "return 0 "),
        (lambda s: int(s[2] + 0.01 * s[3] > 0), "steps on average"),
        (lambda s: int(s[4] > 0), "IndexError"),
    ],
)
def test_a_wrong_policy_gets_its_own_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_balancing_policy(wrong)


def slides_bookkeeping(rewards, terminated, truncated, *, final=True):
    score, learned = 0, []
    for reward, fell, cut_off in zip(rewards, terminated, truncated, strict=True):
        if (fell or cut_off) and score != 499:
            reward = -100
        learned.append(reward)
        score += reward
    if final and score != 500:
        score += 100
    return score, learned


def learns(learned):
    """A right score, and the learned rewards under test."""
    return lambda r, fell, cut_off: (
        sum(r),
        learned(np.array(r), np.array(fell), np.array(cut_off)),
    )


def scores(score):
    """Right learned rewards, and the score under test."""
    return lambda r, fell, cut_off: (
        score(np.array(r), np.array(fell), np.array(cut_off)),
        np.where(fell, -100, r),
    )


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (slides_bookkeeping, "499 and 500"),
        (scores(lambda r, fell, cut: np.where(fell, -100, r).sum()), "contains the -100"),
        (
            scores(lambda r, fell, cut: np.where(fell, -100, r).sum() + 100 * fell.any()),
            "-100 \\+ 100 is 0",
        ),
        (scores(lambda r, fell, cut: np.where(fell | cut, -100, r).sum()), "even for episodes"),
        (scores(lambda r, fell, cut: r.sum() + (0 if r.sum() == 500 else 100)), r"gets \+100"),
        (scores(lambda r, fell, cut: r[:-1].sum()), "leaves out the last"),
        (scores(lambda r, fell, cut: r.sum() + 1), "one too many"),
        (scores(lambda r, fell, cut: len(r)), "counts the steps"),
        (
            lambda r, f, c: (sum(r), slides_bookkeeping(r, f, c)[1]),
            "success is still recognised by the score",
        ),
        (learns(lambda r, fell, cut: np.where(fell | cut, -100, r)), "a time limit is no fall"),
        (learns(lambda r, fell, cut: np.where(cut, -100, r)), "ends are mixed up"),
        (learns(lambda r, fell, cut: np.where(fell & ~cut, -100, r)), "has fallen, too"),
        (learns(lambda r, fell, cut: r), "where is the -100"),
        (learns(lambda r, fell, cut: r - 100 * fell), "not on top"),
        (learns(lambda r, fell, cut: np.where(fell, 100, r)), "not rewarded with 100"),
        (learns(lambda r, fell, cut: np.where(fell.any(), -100, r)), "not to every step"),
        (learns(lambda r, fell, cut: np.where(fell, r, -100)), "wrong way round"),
        (learns(lambda r, fell, cut: r[:-1]), "2 rewards for an episode of 3 steps"),
        (learns(lambda r, fell, cut: -100), "a reward for each step"),
        (lambda r, f, c: sum(r), "return two things"),
    ],
)
def test_wrong_books_get_their_own_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_bookkeeping(wrong)


# The formulas.


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
