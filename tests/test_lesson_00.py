"""Lesson 00: its checks take right answers and explain wrong ones; its formulas are the code's."""

import numpy as np
import pytest
import tensorflow as tf
from conftest import small_agent

from dqn_keras import CartPole, checks, evaluate, mean_of_last_above, train
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet


def unwritten(*arguments):
    raise NotImplementedError


def mean_in_a_loop(scores):
    total, count = 0.0, 0
    for score in reversed(scores):
        if count < 10:
            total, count = total + score, count + 1
    return total / count


def stop_in_steps(scores):
    if len(scores) < 10:
        return 0
    return int(sum(scores[-10:]) > 4900)


def first_ten_then_rest(scores):
    return np.mean(scores[10:])


RIGHT = {
    checks.check_mean_of_last_ten: [
        lambda s: np.mean(s[-10:]),
        lambda s: tf.reduce_mean(s[-10:]),
        lambda s: sum(s[-10:]) / min(10, len(s)),
        lambda s: np.array(s)[::-1][:10].mean(),
        mean_in_a_loop,
    ],
    checks.check_should_stop: [
        lambda s: len(s) >= 10 and np.mean(s[-10:]) > 490,
        lambda s: tf.logical_and(len(s) > 9, tf.reduce_mean(s[-10:]) > 490),
        mean_of_last_above(490),
        stop_in_steps,
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
        check(lambda scores: None)


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda s: np.mean(s[-min(10, len(s)) : -1]), "newest score is left out"),
        (lambda s: np.mean(s[-11:-1]), "newest is not among them"),
        (lambda s: np.mean(s[:10]), "first ten"),
        (lambda s: np.mean(s), "averages all scores"),
        (lambda s: np.mean(s[-9:]), "only nine"),
        (lambda s: np.mean(s[-11:]), "eleven"),
        (lambda s: np.mean(s[10:]), r"\[10:\] is not"),
        (lambda s: sum(s[-10:]), "the sum"),
        (lambda s: s[-1], "only one of the scores; add up"),
        (lambda s: s[max(-10, -len(s))], "tenth from the end"),
        (lambda s: max(s[-10:]), "largest"),
        (lambda s: sum(s[-10:]) / 10, "still divides by 10"),
        (lambda s: np.mean(s[-10:]) if len(s) >= 10 else 0, "average those there are"),
        (lambda s: s[-10:], "shape"),
        (lambda s: np.mean(s[-10]) + s[-10:], "shape|TypeError|UFunc"),
        (lambda s: 1 / 0, "ZeroDivisionError"),
    ],
)
def test_a_wrong_mean_gets_its_own_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_mean_of_last_ten(wrong)


@pytest.mark.parametrize(
    "wrong, hint",
    [
        (lambda s: np.mean(s[-min(10, len(s)) : -1]) > 490, "two slips"),
        (lambda s: np.mean(s[-10:]) > 490, "one or two lucky"),
        (lambda s: len(s) >= 10 and np.mean(s[-10:-1]) > 490, "is the newest among"),
        (lambda s: len(s) >= 10 and np.mean(s[-11:-1]) > 490, "ten scores, but not the newest"),
        (lambda s: len(s) >= 10 and np.mean(s[-9:]) > 490, "nine"),
        (lambda s: len(s) >= 10 and np.mean(s[-10:]) >= 490, "490 is not above"),
        (lambda s: len(s) > 10 and np.mean(s[-10:]) > 490, "eleventh"),
        (lambda s: len(s) >= 10 and np.mean(s) > 490, "averages all"),
        (lambda s: len(s) >= 10 and np.mean(s[:10]) > 490, "first ten"),
        (lambda s: len(s) >= 10 and min(s[-10:]) > 490, "each of the ten"),
        (lambda s: len(s) >= 10 and max(s[-10:]) > 490, "one good score"),
        (lambda s: s[-1] > 490, "newest score alone is not enough"),
        (lambda s: len(s) >= 10 and s[-1] > 490, "newest score alone decides"),
        (lambda s: not (len(s) >= 10 and np.mean(s[-10:]) > 490), "wrong way round"),
        (lambda s: len(s) >= 10 and np.mean(s[-10:]) < 490, "below 490"),
        (lambda s: False, "never"),
        (lambda s: True, "always"),
        (lambda s: np.mean(s[-10:]), "returns the mean"),
        (lambda s: "yes", "expected numbers"),
    ],
)
def test_a_wrong_rule_gets_its_own_hint(wrong, hint):
    with pytest.raises(Hint, match=hint):
        checks.check_should_stop(wrong)


# The formulas.


def test_the_stop_rule_is_the_lessons_formula():
    rule = mean_of_last_above(490)
    rng = np.random.default_rng(0)
    fired = 0
    for _ in range(300):
        count = int(rng.integers(1, 25))
        scores = np.minimum(500, rng.normal(492, 8, count)).tolist()
        # (1 / 10) * the sum over e = E - 9 ... E of G_e, episodes counted from 1
        formula = count >= 10 and sum(scores[e - 1] for e in range(count - 9, count + 1)) / 10 > 490
        assert rule(scores) == formula
        fired += formula
    assert 50 < fired < 250


def test_the_twelve_scores_of_the_lesson():
    twelve = [20.0, 60.0] + [500.0] * 9 + [390.0]
    assert np.mean(twelve[-10:]) == 489
    assert not mean_of_last_above(490)(twelve)
    assert np.mean(twelve[-min(10, len(twelve)) : -1]) == 500  # the slides' slice


def test_the_score_is_the_sum_of_the_rewards_and_here_the_number_of_steps(eagerly):
    agent, environment = small_agent(), CartPole(seed=3)
    score = float(agent.run_episode(environment))
    assert score == int(agent.steps) == int(environment.steps)


def test_train_is_the_lessons_loop(trained):
    agent, environment = trained
    stop = lambda scores: len(scores) >= 6  # noqa: E731
    agent.reset(4)
    environment.reset(4)
    history = train(agent, environment, 20, stop=stop, progress=False)
    agent.reset(4)
    environment.reset(4)
    scores = []
    for _ in range(20):
        scores.append(float(agent.run_episode(environment)))
        if stop(scores):
            break
    assert scores == history.scores and len(scores) == 6


def test_loaded_weights_play_as_the_saved_ones(tmp_path):
    agent, newcomer = small_agent(seed=0), small_agent(seed=99)
    path = agent.save_weights(tmp_path / "cartpole_dqn.safetensors")
    newcomer.load_weights(path)
    environment = CartPole()
    np.testing.assert_array_equal(evaluate(agent, environment), evaluate(newcomer, environment))


def test_keras_refuses_the_slides_file_name(tmp_path):
    with pytest.raises(ValueError, match="weights.h5"):
        small_agent().model.save_weights(tmp_path / "cartpole_dqn.h5")
