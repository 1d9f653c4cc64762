"""Lesson 07: its checks take right answers and explain wrong ones; its formulas are the code's."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import lesson_function, one_line, small_agent, weights_of

from dqn_keras import bellman_target, checks, q_network, update_target
from dqn_keras.classroom.checks.tools import Hint, NotDoneYet


def empty(*arguments):
    raise NotImplementedError


# The checks: soft_update


def each(rule):
    """A soft update that computes every array by a rule of (old, new, tau)."""
    return lambda targets, weights, tau: [
        rule(old, new, tau) for old, new in zip(targets, weights, strict=True)
    ]


def in_place(targets, weights, tau):
    for i in range(len(targets)):
        targets[i] += tau * (weights[i] - targets[i])
    return targets


@pytest.mark.parametrize(
    "answer",
    [
        each(lambda old, new, tau: tau * new + (1 - tau) * old),
        each(lambda old, new, tau: tf.constant(old) + tau * (tf.constant(new) - old)),
        in_place,
        lambda *arguments: tuple(each(lambda old, new, t: old - t * (old - new))(*arguments)),
    ],
)
def test_right_soft_updates_pass(answer, capsys):
    checks.check_soft_update(answer)
    assert "soft_update: right!" in capsys.readouterr().out


def the_other_way(targets, weights, tau):
    for old, new in zip(targets, weights, strict=True):
        new += tau * (old - new)
    return targets


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (each(lambda old, new, tau: tau * old + (1 - tau) * new), "have changed places"),
        (each(lambda old, new, tau: new), "that is a hard copy"),
        (each(lambda old, new, tau: old), "has not moved"),
        (each(lambda old, new, tau: old + tau * new), "the weights grow"),
        (each(lambda old, new, tau: old - tau * (new - old)), "away from the model"),
        (each(lambda old, new, tau: tau * (new - old)), "the step alone"),
        (each(lambda old, new, tau: tau * new), "the old target's is missing"),
        (each(lambda old, new, tau: (old + new) / 2), "mean of the two"),
        (the_other_way, "only the target network moves"),
        (lambda targets, weights, tau: targets[0], "return a list of arrays"),
        (lambda targets, weights, tau: targets[:1], "2 arrays of weights came in, 1 came out"),
    ],
)
def test_wrong_soft_updates_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_soft_update(wrong)
    assert not isinstance(error.value, NotDoneYet)
    one_line(error)


# The checks: fixed_targets


def imported(rewards, next_states, terminated, model, target_model, discount):
    return bellman_target(rewards, target_model(next_states), terminated, discount)


def slides_way(rewards, next_states, terminated, model, target_model, discount):
    values = target_model.predict(next_states, verbose=0)
    return [
        rewards[i] if terminated[i] else rewards[i] + discount * np.amax(values[i])
        for i in range(len(rewards))
    ]


def tensorflow_targets(rewards, next_states, terminated, model, target_model, discount):
    best = tf.reduce_max(target_model(next_states), axis=1)
    return tf.where(terminated, rewards, rewards + discount * best)


@pytest.mark.parametrize("answer", [imported, slides_way, tensorflow_targets])
def test_right_targets_pass(answer, capsys):
    checks.check_fixed_targets(answer)
    assert "fixed_targets: right!" in capsys.readouterr().out


def target(rule):
    """Targets by a rule of (rewards, model's Q-values, target network's, goes on, discount)."""
    return lambda r, states, d, model, fixed, discount: rule(
        r, model(states).numpy(), fixed(states).numpy(), ~d, discount
    )


def rows(q_values, actions):
    return q_values[np.arange(len(actions)), actions]


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (target(lambda r, q, f, on, g: r + g * q.max(1) * on), "come from the model itself"),
        (target(lambda r, q, f, on, g: r + g * rows(f, q.argmax(1)) * on), "Double DQN"),
        (target(lambda r, q, f, on, g: r + g * rows(q, f.argmax(1)) * on), "the model values it"),
        (target(lambda r, q, f, on, g: r + g * f.max(1)), "bootstraps past a fall"),
        (target(lambda r, q, f, on, g: r + g * f.max(1) * ~on), "wrong way round"),
        (target(lambda r, q, f, on, g: r + f.max(1) * on), "where is the discount factor"),
        (target(lambda r, q, f, on, g: g * f.max(1) * on), "the rewards are missing"),
        (target(lambda r, q, f, on, g: r + g * f.max() * on), "axis=1"),
        (target(lambda r, q, f, on, g: r + g * f.min(1) * on), "smallest Q-value"),
        (
            target(lambda r, q, f, on, g: r[:, None] + g * f * on[:, None]),
            "one number for each action",
        ),
        (target(lambda r, q, f, on, g: r), "not yet right"),
    ],
)
def test_wrong_targets_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_fixed_targets(wrong)
    one_line(error)


# The checks: loaded_networks


def pair(steps):
    """Two networks after some steps with (model, target network, saved weights)."""

    def networks(build_model, saved):
        model, target_model = build_model(), build_model()
        steps(model, target_model, saved)
        return model, target_model

    return networks


def cloned(build_model, saved):
    model = build_model()
    model.set_weights(saved)
    target_model = keras.models.clone_model(model)
    target_model.set_weights(saved)
    return [model, target_model]


@pytest.mark.parametrize(
    "answer",
    [
        pair(lambda m, t, saved: (m.set_weights(saved), t.set_weights(m.get_weights()))),
        pair(lambda m, t, saved: (m.set_weights(saved), update_target(t, m))),
        pair(
            lambda m, t, saved: [
                weight.assign(tf.constant(value))
                for network in (m, t)
                for weight, value in zip(network.weights, saved, strict=True)
            ]
        ),
        cloned,
    ],
)
def test_right_networks_pass(answer, capsys):
    checks.check_loaded_networks(answer)
    assert "loaded_networks: right!" in capsys.readouterr().out


def one_network(build_model, saved):
    model = target_model = build_model()
    model.set_weights(saved)
    return model, target_model


def shared_layers(build_model, saved):
    model = build_model()
    model.set_weights(saved)
    return model, keras.Model(model.inputs, model.outputs)


@pytest.mark.parametrize(
    "wrong, phrase",
    [
        (
            pair(lambda m, t, saved: (t.set_weights(m.get_weights()), m.set_weights(saved))),
            "the target network is still random",
        ),
        (pair(lambda m, t, saved: m.set_weights(saved)), "the target network is still random"),
        (pair(lambda m, t, saved: t.set_weights(saved)), "only the target network has"),
        (
            pair(lambda m, t, saved: (m.set_weights(saved), m.set_weights(t.get_weights()))),
            "both are random",
        ),
        (pair(lambda m, t, saved: update_target(t, m)), "both are random"),
        (pair(lambda m, t, saved: None), "the model does not have the saved weights"),
        (
            pair(lambda m, t, saved: (m.set_weights(saved), update_target(t, m, tau=0.5))),
            "not a full copy",
        ),
        (one_network, "one and the same network"),
        (shared_layers, "they share their weights"),
        (lambda build, saved: build(), "return two networks"),
        (lambda build, saved: (saved, saved), "not their weights"),
    ],
)
def test_wrong_networks_are_explained(wrong, phrase):
    with pytest.raises(Hint, match=phrase) as error:
        checks.check_loaded_networks(wrong)
    assert not isinstance(error.value, NotDoneYet)
    one_line(error)


def test_the_lesson_shows_the_bug_that_it_asks_for():
    with pytest.raises(Hint, match="still random"):
        checks.check_loaded_networks(lesson_function("07", "networks_of_the_slides"))


@pytest.mark.parametrize(
    "check", [checks.check_soft_update, checks.check_fixed_targets, checks.check_loaded_networks]
)
def test_an_empty_exercise_is_not_done_yet(check):
    for unfinished in (empty, lambda *arguments: None):
        with pytest.raises(NotDoneYet, match="yet"):
            check(unfinished)


# The formulas


@pytest.mark.parametrize("tau", [1.0, 0.3, 0.01])
def test_the_formula_of_the_update(tau):
    model, target_model = q_network(4, 2, (5,), seed=0), q_network(4, 2, (5,), seed=1)
    formula = tau * weights_of(model) + (1 - tau) * weights_of(target_model)
    update_target(target_model, model, tau)
    np.testing.assert_allclose(weights_of(target_model), formula, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("tau, k", [(0.01, 69), (0.1, 5)])
def test_the_formula_of_the_gap(tau, k):
    model, target_model = q_network(4, 2, (5,), seed=0), q_network(4, 2, (5,), seed=1)
    gap = lesson_function("07", "gap")
    before = gap(target_model, model)
    assert before == pytest.approx(np.abs(weights_of(model) - weights_of(target_model)).sum())
    for _ in range(k):
        update_target(target_model, model, tau)
    assert gap(target_model, model) == pytest.approx((1 - tau) ** k * before, rel=1e-3)


def test_half_the_gap_is_left_after_69_soft_updates():
    assert pytest.approx(0.5, abs=0.001) == 0.99**69


def test_the_formula_of_label_and_loss():
    agent = small_agent(target_update="steps", target_update_every=1000)
    for weight in agent.target_model.weights:  # so that the two networks differ
        weight.assign(weight + 0.1)
    rng = np.random.default_rng(0)
    for _ in range(30):
        agent.append_sample(rng.normal(size=4), rng.integers(2), 1.0, rng.normal(size=4), False)
    agent.rng.reset_from_seed(3)
    batch = agent.memory.sample(agent.batch_size, agent.rng)
    labels = batch.rewards + 0.99 * np.max(agent.target_model(batch.next_states), axis=1) * (
        1 - np.float32(batch.terminated)
    )
    predicted = agent.model(batch.states).numpy()[np.arange(agent.batch_size), batch.actions]
    agent.rng.reset_from_seed(3)
    loss = float(agent.train_model())
    assert loss == pytest.approx(np.mean((labels - predicted) ** 2), rel=1e-4)


def test_to_copy_before_every_update_is_to_have_no_target_network():
    copying, without = small_agent(), small_agent(target_update="never")
    for agent in (copying, without):
        rng = np.random.default_rng(0)
        for _ in range(30):
            agent.append_sample(rng.normal(size=4), rng.integers(2), 1.0, rng.normal(size=4), False)
        for _ in range(5):
            if agent is copying:
                agent.update_target_model()
            agent.train_model()
    np.testing.assert_allclose(weights_of(copying.model), weights_of(without.model), rtol=1e-6)


def test_the_table_by_hand():
    # w moves halfway to 1 + 0.9 Q; the copy is renewed before updates 1 and 3.
    w, v, fixed = 0.0, 0.0, 0.0
    labels = {"own": [], "copy": []}
    for update in range(1, 5):
        fixed = v if update in (1, 3) else fixed
        for name, value in (("own", w), ("copy", fixed)):
            label = bellman_target([1.0], [[value]], [False], 0.9)
            labels[name].append(float(label[0]))
        w, v = (w + labels["own"][-1]) / 2, (v + labels["copy"][-1]) / 2
    np.testing.assert_allclose(labels["own"], [1, 1.45, 1.8775, 2.283625], rtol=1e-4)
    np.testing.assert_allclose(labels["copy"], [1, 1, 1.675, 1.675], rtol=1e-4)
