"""Lesson 00: its formulas are the code's; test_checks.py tests its exercises."""

import numpy as np
import pytest
from conftest import lesson_function, small_agent

from dqn_keras import CartPole, checks, evaluate, mean_of_last_above, train


def test_the_lessons_solutions_pass():
    my_mean = lesson_function("00", "my_mean_of_last_ten")
    checks.check_mean_of_last_ten(my_mean)
    checks.check_should_stop(lesson_function("00", "my_should_stop", my_mean_of_last_ten=my_mean))


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
    assert np.mean(twelve[-min(10, len(twelve)) : -1]) == 500  # the lecture's slice


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


def test_keras_refuses_the_lectures_file_name(tmp_path):
    with pytest.raises(ValueError, match="weights.h5"):
        small_agent().model.save_weights(tmp_path / "cartpole_dqn.h5")
