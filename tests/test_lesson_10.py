"""Lesson 10: its formulas are the code's; test_checks.py tests its exercises."""

import ast

import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_code, lesson_function, small_agent

from dqn_keras import CartPole, DQNVariantAgent, checks, q_network, running_mean_above
from dqn_keras.classroom.checks.harness import Hint
from dqn_keras.experiments import results
from dqn_keras.experiments.recipes import RECIPES
from dqn_keras.replay_memory import Transitions


def test_the_lessons_solutions_pass():
    for name in ("steps_played", "label_loss", "episodes_until"):
        mine = {"label_loss": "my_loss"}.get(name, f"my_{name}")
        getattr(checks, f"check_{name}")(lesson_function("10", mine))


def test_the_bug_that_the_lesson_shows_is_explained():
    with pytest.raises(Hint, match="still flows through the target"):
        checks.check_label_loss(lesson_function("10", "loss_of_001"))


def test_printed_scores_are_those_of_the_documents_bookkeeping():
    printed = lesson_function("10", "printed_score")
    back = lesson_function("10", "my_steps_played")
    for steps in (1, 3, 499, 500):
        fell = steps < 500
        rewards = np.ones(steps)
        assert printed("000", steps) == printed("001", steps) == rewards.sum()
        for document, fall_reward, added in (("002", -100, 100), ("003", -1, 1)):
            shaped = np.append(rewards[:-1], fall_reward if fell else 1).sum()
            assert printed(document, steps) == shaped + added * (shaped != 500)
        assert printed("004", steps) == steps + 1
        for document in ("000", "001", "002", "003", "004"):
            assert back(document, printed(document, steps)) == steps


def a_batch(rng, size=6):
    return Transitions(
        tf.constant(rng.normal(size=(size, 4)), tf.float32),
        tf.constant(rng.integers(2, size=size), tf.int32),
        tf.constant(rng.normal(size=size), tf.float32),
        tf.constant(rng.normal(size=(size, 4)), tf.float32),
        tf.constant(rng.random(size) < 0.3),
    )


def numeric_gradient(value, model, step=1e-2):
    """Central differences of value() by every weight of the model."""
    slopes = []
    for weight in model.trainable_weights:
        kept = weight.numpy()
        for index in np.ndindex(*kept.shape):
            ends = []
            for sign in (1, -1):
                moved = kept.copy()
                moved[index] += sign * step
                weight.assign(moved)
                ends.append(value())
            slopes.append((ends[0] - ends[1]) / (2 * step))
        weight.assign(kept)
    return np.array(slopes)


@pytest.mark.parametrize("stop", [True, False])
def test_both_gradient_formulas_are_what_the_tape_gives(stop):
    """g with a fixed label, g' where the label moves: both against central differences."""
    model = q_network(4, 2, (3,), activation="tanh", seed=0)
    batch, discount = a_batch(np.random.default_rng(0)), 0.9
    rows, actions = np.arange(6), batch.actions.numpy()
    goes_on = ~batch.terminated.numpy()

    def parts():
        q_values = model(batch.states).numpy()[rows, actions]
        return q_values, model(batch.next_states).numpy().max(axis=1)

    q_values, best = parts()
    errors = batch.rewards.numpy() + discount * goes_on * best - q_values
    slopes = []
    for i in range(6):  # gradient of Q(s_i, a_i), less that of the moving label

        def value(i=i):
            q_values, best = parts()
            return q_values[i] - (0 if stop else discount * goes_on[i] * best[i])

        slopes.append(numeric_gradient(value, model))
    expected = -2 / 6 * errors @ np.array(slopes)
    loss = lesson_function("10", "my_loss" if stop else "loss_of_001")
    tape = lesson_function("10", "gradient_of")(loss, model, model, batch, discount)
    np.testing.assert_allclose(tape, expected, atol=5e-3)


def test_the_slip_changes_nothing_beside_a_target_network():
    gradient = lesson_function("10", "gradient_of")
    losses = [lesson_function("10", name) for name in ("my_loss", "loss_of_001")]
    model, target = q_network(4, 2, seed=0), q_network(4, 2, seed=1)
    batch = a_batch(np.random.default_rng(1))
    both = [gradient(loss, model, target, batch, 0.9) for loss in losses]
    np.testing.assert_array_equal(*both)
    alone = [gradient(loss, model, model, batch, 0.9) for loss in losses]
    assert not np.allclose(*alone)


def test_the_running_mean_formula_is_the_recipes_stop_rule():
    keep, score = 0.99, 500.0
    until = lesson_function("10", "my_episodes_until")
    mean = 0.0
    for episodes in range(1, 320):
        mean = keep * mean + (1 - keep) * score
        assert mean == pytest.approx((1 - keep**episodes) * score)
        for goal in (200, 475):
            solved = until(goal, score, keep)
            assert running_mean_above(goal, keep)([score] * episodes) == (episodes >= solved)
    assert not RECIPES["g6ling_dqn"].stop([score] * 50)
    assert RECIPES["g6ling_dqn"].stop([score] * 51)


def test_the_lectures_rule_averages_all_but_the_newest_of_ten():
    rule = lesson_function("10", "lectures_rule")
    rng = np.random.default_rng(0)
    for count in (2, 5, 10, 30):
        scores = list(rng.integers(400, 600, size=count))
        assert rule(scores) == bool(np.mean(scores[-min(10, count) : -1]) > 490)


# The results of the hundred runs


def run_as_far_as_results_are_read(folder, monkeypatch):
    """Runs the lesson in a folder up to the last cell that reads `results`."""
    nodes = lesson_code("10").body
    last = max(n for n, node in enumerate(nodes) if "book_dqn" in ast.unparse(node))
    monkeypatch.chdir(folder)
    names = {}
    exec(compile(ast.Module(nodes[: last + 1], []), "lesson 10", "exec"), names)
    plt.close("all")
    return names


def test_results_are_found_from_where_jupyter_opens_a_notebook(monkeypatch, capsys):
    names = run_as_far_as_results_are_read(ROOT / "notebooks" / "en" / "exercises", monkeypatch)
    assert "no results" not in capsys.readouterr().out
    limits = {"slides_dqn": 500, "book_dqn": 200}  # CartPole-v1, CartPole-v0
    for name, limit in limits.items():
        assert names["shares"][name] == pytest.approx(names["summaries"][name].iqm / limit)
        share = np.mean([run.greedy[-1] for run in names["results"][name]]) / limit
        assert names["final"][name].mean() == pytest.approx(share)


def test_without_results_the_lesson_says_so_and_goes_on(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(results, "__file__", str(tmp_path / "dqn_keras" / "a" / "b.py"))  # Colab
    names = run_as_far_as_results_are_read(tmp_path, monkeypatch)
    assert capsys.readouterr().out.count("no results") == 5
    assert names["results"] == {}


# The other numbers


@pytest.mark.parametrize(
    "settings",
    [
        {"train_every": "step"},
        {"train_every": "episode", "updates_per_episode": 3, "batch_size": 1},
    ],
)
def test_the_lesson_counts_updates_as_the_agent_does(settings, eagerly):
    agent, environment = small_agent(seed=0, **settings), CartPole(seed=0)
    scores = [float(agent.run_episode(environment)) for _ in range(3)]
    assert lesson_function("10", "updates")(agent, scores) == int(agent.training_steps)


def test_document_000_still_explores_after_300_episodes():
    settings = RECIPES["velog_dqn"].settings
    agent = DQNVariantAgent(4, 2, **settings)
    agent.episode_count.assign(300)
    assert float(agent.epsilon) == pytest.approx(1 - 300 / 500)
    agent = DQNVariantAgent(4, 2, **RECIPES["book_dqn"].settings)
    agent.training_steps.assign(10_000)
    assert float(agent.epsilon) == pytest.approx(0.1)
