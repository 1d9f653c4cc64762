"""Lesson 09: its checks take right answers and explain wrong ones; its formulas are the code's."""

import ast

import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_code, lesson_function, rejected, small_agent

from dqn_keras import CartPole, DQNVariantAgent, checks, q_network, running_mean_above
from dqn_keras.classroom.checks.tools import NotDoneYet
from dqn_keras.experiments import results
from dqn_keras.experiments.recipes import RECIPES
from dqn_keras.replay_memory import Transitions


def empty(*arguments):
    raise NotImplementedError


@pytest.mark.parametrize(
    "name", ["steps_played", "policy_argument", "label_loss", "episodes_until"]
)
def test_empty_exercises_are_not_done_yet(name):
    with pytest.raises(NotDoneYet, match="not done yet"):
        getattr(checks, f"check_{name}")(empty)
    with pytest.raises(NotDoneYet, match="returns nothing yet"):
        getattr(checks, f"check_{name}")(lambda *arguments: None)


# The checks: steps_played


def branches(document, printed):
    if document == "004":
        return printed - 1
    return printed + 1 if document in ("002", "003") and printed < 500 else printed


def by_search(document, printed):
    forth = lesson_function("09", "printed_score")
    return next(steps for steps in range(502) if forth(document, steps) == printed)


def with_tensors(document, printed):
    failed = tf.constant(document in ("002", "003")) & (tf.constant(printed) < 500)
    return tf.constant(printed) + tf.cast(failed, tf.int32) - int(document == "004")


@pytest.mark.parametrize("answer", [branches, by_search, with_tensors])
def test_right_steps_pass(answer, capsys):
    checks.check_steps_played(answer)
    assert "steps_played: right!" in capsys.readouterr().out


def rule(low=lambda p: p + (p != 500), high=lambda p: p - 1, exact=lambda p: p):
    return lambda d, p: (low if d in ("002", "003") else high if d == "004" else exact)(p)


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (lambda d, p: p, "hands back what is printed"),
        (rule(high=lambda p: p), "004 is still as printed"),
        (rule(low=lambda p: p), "002 and 003 are still as printed"),
        (rule(low=lambda p: p + 1), "only failed ones lose one"),
        (rule(high=lambda p: p + 1), "take one off; you add one"),
        (rule(low=lambda p: p - (p != 500)), "you take one off"),
        (rule(exact=lambda p: p + (p < 500)), "leave them alone"),
        (rule(high=lambda p: p - (p != 500)), "to a perfect one too"),
        (lambda d, p: "many", "expected numbers"),
        (lambda d, p: 0, "not yet right"),
    ],
)
def test_wrong_steps_are_explained(wrong, phrase):
    rejected(checks.check_steps_played, wrong, phrase)


def test_printed_scores_are_those_of_the_documents_bookkeeping():
    printed = lesson_function("09", "printed_score")
    back = lesson_function("09", "my_steps_played")
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


# The checks: policy_argument


def early_return(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    return int(np.argmax(q_values))


def with_choice(q_values, epsilon, rng):
    explore = rng.uniform() < epsilon
    return rng.choice(len(q_values)) if explore else tf.argmax(q_values)


@pytest.mark.parametrize("answer", [early_return, with_choice])
def test_right_policies_pass(answer, capsys):
    checks.check_policy_argument(answer)
    assert "policy: right!" in capsys.readouterr().out


epsilon = 1.0  # the global that document 000 reads


def policy(
    compare=lambda draw, e: draw < e, draw=lambda q, rng: rng.integers(len(q)), best=np.argmax
):
    return lambda q, e, rng: draw(q, rng) if compare(rng.random(), e) else best(q)


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (policy(lambda draw, _: draw < epsilon), "which name does the comparison read, the arg"),
        (policy(lambda draw, _: draw < 0), "epsilon 1 was handed in"),
        (policy(lambda draw, e: draw > e), "wrong way round"),
        (policy(best=np.argmin), "smallest Q-value"),
        (policy(best=np.max), "return the index"),
        (policy(draw=lambda q, rng: rng.choice([0, 2])), "may also be the best one"),
        (policy(draw=lambda q, rng: rng.integers(len(q) - 1)), "upper end one too low"),
        (policy(lambda draw, e: draw < e * 0.4), "at epsilon 1 each of the 3"),
        (policy(lambda draw, e: draw < e**3), "half of the actions should be random"),
        (policy(draw=lambda q, rng: np.random.randint(len(q))), "draw from rng"),
        (lambda q, e, rng: q, "return one action"),
        (lambda q, e, rng: nowhere, "NameError"),  # noqa: F821
    ],
)
def test_wrong_policies_are_explained(wrong, phrase):
    rejected(checks.check_policy_argument, wrong, phrase)


# The checks: label_loss


def stopped_value(model, batch, discount):
    next_q = tf.stop_gradient(tf.reduce_max(model(batch.next_states), axis=1))
    targets = batch.rewards + discount * (1 - tf.cast(batch.terminated, tf.float32)) * next_q
    q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
    return tf.reduce_mean(tf.square(targets - q_values))


def numpy_labels(model, batch, discount):
    best = model(batch.next_states).numpy().max(axis=1)
    rewards, ended = batch.rewards.numpy(), batch.terminated.numpy()
    labels = [r if d else r + discount * b for r, d, b in zip(rewards, ended, best, strict=True)]
    q_values = tf.reduce_sum(model(batch.states) * tf.one_hot(batch.actions, 2), axis=1)
    return tf.reduce_mean((tf.constant(labels) - q_values) ** 2)


def predicted(model, batch, discount):
    best = model.predict(batch.next_states, verbose=0).max(axis=1)
    targets = tf.where(batch.terminated, batch.rewards, batch.rewards + discount * best)
    return tf.reduce_mean(
        (tf.gather(model(batch.states), batch.actions, batch_dims=1) - targets) ** 2
    )


@pytest.mark.parametrize("answer", [stopped_value, numpy_labels, predicted])
def test_right_losses_pass(answer, capsys):
    checks.check_label_loss(answer)
    assert "loss: right!" in capsys.readouterr().out


def loss(rule, stop=tf.stop_gradient):
    """A loss by a rule of (rewards, stopped best next value, goes on, discount, Q taken, all Q)."""

    def my_loss(model, batch, discount):
        best = stop(tf.reduce_max(model(batch.next_states), axis=1))
        q_values = model(batch.states)
        taken = tf.gather(q_values, batch.actions, batch_dims=1)
        goes_on = 1 - tf.cast(batch.terminated, tf.float32)
        return rule(batch.rewards, best, goes_on, discount, taken, q_values)

    return my_loss


def mse(targets, q_values):
    return tf.reduce_mean(tf.square(targets - q_values))


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (loss(lambda r, b, on, g, q, _: mse(r + g * on * b, q), stop=tf.identity), "still flows"),
        (
            loss(
                lambda r, b, on, g, q, _: mse(r + g * on * b, tf.stop_gradient(q)),
                stop=tf.identity,
            ),
            "which should learn",
        ),
        (
            loss(lambda r, b, on, g, q, _: mse(r + g * on * b, tf.stop_gradient(q))),
            "no gradient reaches the model",
        ),
        (loss(lambda r, b, on, g, q, _: mse(r + g * b, q)), "bootstraps past a fall"),
        (loss(lambda r, b, on, g, q, _: mse(r + on * b, q)), "where is the discount factor"),
        (
            loss(lambda r, b, on, g, q, _: tf.reduce_sum((r + g * on * b - q) ** 2)),
            "take the mean",
        ),
        (loss(lambda r, b, on, g, q, _: tf.reduce_mean(r + g * on * b - q)), "not squared"),
        (
            loss(lambda r, b, on, g, q, all_q: mse(r + g * on * b, tf.reduce_max(all_q, axis=1))),
            "the one of the action taken",
        ),
        (loss(lambda r, b, on, g, q, _: (r + g * on * b - q) ** 2), "return one number"),
        (loss(lambda r, b, on, g, q, _: mse(r + g * on * b, q).numpy()), "no gradient reaches"),
        (loss(lambda r, b, on, g, q, _: mse(r, q)), "not yet right"),
        (3.0, "hand in the function itself"),
    ],
)
def test_wrong_losses_are_explained(wrong, phrase):
    rejected(checks.check_label_loss, wrong, phrase)


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
    tape = lesson_function("09", "loss_gradient")(model, model, batch, discount, stop)
    np.testing.assert_allclose(tape, expected, atol=5e-3)
    if stop:  # a training step's loss has that gradient too
        weights = model.trainable_weights
        with tf.GradientTape() as recorder:
            value = lesson_function("09", "my_loss")(model, batch, discount)
        mine = np.concatenate([np.ravel(g) for g in recorder.gradient(value, weights)])
        np.testing.assert_allclose(tape, mine, atol=1e-5)


def test_the_slip_changes_nothing_beside_a_target_network():
    gradient = lesson_function("09", "loss_gradient")
    model, target = q_network(4, 2, seed=0), q_network(4, 2, seed=1)
    batch = a_batch(np.random.default_rng(1))
    both = [gradient(model, target, batch, 0.9, stop) for stop in (True, False)]
    np.testing.assert_array_equal(*both)
    alone = [gradient(model, model, batch, 0.9, stop) for stop in (True, False)]
    assert not np.allclose(*alone)


# The checks: episodes_until


def loop(goal, score, keep):
    mean, episodes = 0.0, 0
    while mean <= goal:
        mean, episodes = keep * mean + (1 - keep) * score, episodes + 1
    return episodes


def formula(goal, score, keep):
    return int(np.floor(np.log(1 - goal / score) / np.log(keep))) + 1


def with_tensor(goal, score, keep):
    episodes = tf.range(1, 1000)
    above = (1 - tf.cast(keep, tf.float64) ** tf.cast(episodes, tf.float64)) * score > goal
    return episodes[tf.argmax(tf.cast(above, tf.int32))]


@pytest.mark.parametrize("answer", [loop, formula, with_tensor])
def test_right_counts_pass(answer, capsys):
    checks.check_episodes_until(answer)
    assert "episodes_until: right!" in capsys.readouterr().out


def counted(
    start=0.0, above=lambda mean, goal: mean > goal, new=lambda m, s, k: k * m + (1 - k) * s
):
    def count(goal, score, keep):
        mean, episodes = start or 0.0, 0
        if start is None:
            mean = score
        while True:
            mean, episodes = new(mean, score, keep), episodes + 1
            if above(mean, goal):
                return episodes

    return count


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (counted(above=lambda mean, goal: mean >= goal), "asks for more"),
        (lambda *case: loop(*case) - 1, "one episode too few"),
        (lambda *case: loop(*case) + 1, "one episode too many"),
        (lambda g, s, k: np.log(1 - g / s) / np.log(k), "not a whole number"),
        (counted(start=None), "starts from 0"),
        (counted(new=lambda m, s, k: (1 - k) * m + k * s), "changed places"),
        (lambda g, s, k: np.ceil(np.log(1 - g / s) / np.log(k)), "asks for more"),
        (lambda g, s, k: g / s, "not yet right"),
    ],
)
def test_wrong_counts_are_explained(wrong, phrase):
    rejected(checks.check_episodes_until, wrong, phrase)


def test_the_running_mean_formula_is_the_recipes_stop_rule():
    keep, score = 0.99, 500.0
    until = lesson_function("09", "my_episodes_until")
    mean = 0.0
    for episodes in range(1, 320):
        mean = keep * mean + (1 - keep) * score
        assert mean == pytest.approx((1 - keep**episodes) * score)
        for goal in (200, 475):
            solved = until(goal, score, keep)
            assert running_mean_above(goal, keep)([score] * episodes) == (episodes >= solved)
    assert not RECIPES["g6ling_dqn"].stop([score] * 50)
    assert RECIPES["g6ling_dqn"].stop([score] * 51)


def test_the_slides_rule_averages_all_but_the_newest_of_ten():
    rule = lesson_function("09", "slides_rule")
    rng = np.random.default_rng(0)
    for count in (2, 5, 10, 30):
        scores = list(rng.integers(400, 600, size=count))
        assert rule(scores) == bool(np.mean(scores[-min(10, count) : -1]) > 490)


# The results of the hundred runs


def run_as_far_as_results_are_read(folder, monkeypatch):
    """Runs the lesson in a folder up to the last cell that reads `results`."""
    nodes = lesson_code("09").body
    last = max(n for n, node in enumerate(nodes) if "book_dqn" in ast.unparse(node))
    monkeypatch.chdir(folder)
    names = {}
    exec(compile(ast.Module(nodes[: last + 1], []), "lesson 09", "exec"), names)
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
    assert lesson_function("09", "updates")(agent, scores) == int(agent.training_steps)


def test_document_000_still_explores_after_300_episodes():
    settings = RECIPES["velog_dqn"].settings
    agent = DQNVariantAgent(4, 2, **settings)
    agent.episode_count.assign(300)
    assert float(agent.epsilon) == pytest.approx(1 - 300 / 500)
    agent = DQNVariantAgent(4, 2, **RECIPES["book_dqn"].settings)
    agent.training_steps.assign(10_000)
    assert float(agent.epsilon) == pytest.approx(0.1)
