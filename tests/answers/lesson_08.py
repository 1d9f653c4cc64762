"""Answers that students would write in lesson 08; WRONG: with a phrase of what they are told."""

import copy

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import bellman_target, q_network, update_target


def each(rule):
    """A soft update that computes every array by a rule of (old, new, tau)."""
    return lambda targets, weights, tau: [
        rule(old, new, tau) for old, new in zip(targets, weights, strict=True)
    ]


def soft(old, new, tau):
    return tau * new + (1 - tau) * old


def with_append(target_weights, weights, tau):
    new_weights = []
    for i in range(len(weights)):
        new_weights.append(weights[i] * tau + target_weights[i] * (1 - tau))
    return new_weights


def in_copies(targets, weights, tau):
    targets = [array.copy() for array in targets]
    for i in range(len(targets)):
        targets[i] += tau * (weights[i] - targets[i])
    return targets


def in_place(targets, weights, tau):
    for i in range(len(targets)):
        targets[i] += tau * (weights[i] - targets[i])
    return targets


def in_the_list(targets, weights, tau):
    for i in range(len(targets)):
        targets[i] = soft(targets[i], weights[i], tau)
    return targets


def moving_the_model(targets, weights, tau):
    for old, new in zip(targets, weights, strict=True):
        new += tau * (old - new)
    return targets


def beginning_anew(targets, weights, tau):
    for old, new in zip(targets, weights, strict=True):
        new_weights = []
        new_weights.append(soft(old, new, tau))
    return new_weights


def appending_to_the_old(targets, weights, tau):
    new_weights = targets.copy()
    for old, new in zip(targets, weights, strict=True):
        new_weights.append(soft(old, new, tau))
    return new_weights


def returning_in_the_loop(targets, weights, tau):
    for old, new in zip(targets, weights, strict=True):
        return [soft(old, new, tau)]


def in_an_object_array(targets, weights, tau):
    new_weights = np.empty(len(targets), dtype=object)
    for i in range(len(targets)):
        new_weights[i] = soft(targets[i], weights[i], tau)
    return new_weights


def by_numbers(targets, weights, tau):
    def mixed(old, new):
        if isinstance(old, list):
            return [mixed(a, b) for a, b in zip(old, new, strict=True)]
        return tau * new + (1 - tau) * old

    return [mixed(a.tolist(), b.tolist()) for a, b in zip(targets, weights, strict=True)]


def target(rule):
    """Targets by a rule of (rewards, the networks' Q-values, goes on, discount)."""
    return lambda r, s, d, model, fixed, g: rule(r, model(s).numpy(), fixed(s).numpy(), ~d, g)


def slides_way(rewards, next_states, terminated, model, target_model, discount_factor):
    values = target_model.predict(next_states, verbose=0)
    targets = np.zeros(len(rewards))
    for i in range(len(rewards)):
        targets[i] = rewards[i]
        if not terminated[i]:
            targets[i] = rewards[i] + discount_factor * np.amax(values[i])
    return targets


def in_tensorflow(rewards, next_states, terminated, model, target_model, discount_factor):
    best = tf.reduce_max(target_model(next_states), axis=1)
    return tf.where(terminated, rewards, rewards + discount_factor * best)


def of_a_clone(rewards, next_states, terminated, model, target_model, discount_factor):
    copy_of_it = keras.models.clone_model(target_model)
    copy_of_it.set_weights(target_model.get_weights())
    assert copy_of_it.output_shape == model.output_shape
    return bellman_target(rewards, copy_of_it(next_states), terminated, discount_factor)


def state_by_state(rewards, next_states, terminated, model, target_model, discount_factor):
    return (
        r + discount_factor * max(target_model(s[None])[0].numpy()) * (not d)
        for r, s, d in zip(rewards, next_states, terminated, strict=True)
    )


def copying_first(rewards, next_states, terminated, model, target_model, discount_factor):
    target_model.set_weights(model.get_weights())
    return bellman_target(rewards, target_model(next_states), terminated, discount_factor)


def pair(steps):
    """Two networks after some steps with (model, target network, saved weights)."""

    def networks(build_model, saved):
        model, target_model = build_model(), build_model()
        steps(model, target_model, saved)
        return model, target_model

    return networks


def cloned(build_model, saved, load=True):
    model = build_model()
    model.set_weights(saved)
    target_model = keras.models.clone_model(model)
    if load:
        target_model.set_weights(saved)
    return [model, target_model]


def copied(by):
    def networks(build_model, saved):
        model = build_model()
        model.set_weights(saved)
        return model, by(model)

    return networks


def assigned(model, target_model, saved):
    for network in (model, target_model):
        for weight, value in zip(network.weights, saved, strict=True):
            weight.assign(value)


def layer_by_layer(model, target_model, saved):
    model.set_weights(saved)
    for mine, theirs in zip(target_model.layers, model.layers, strict=True):
        mine.set_weights(theirs.get_weights())


def overwritten_variables(model, target_model, saved):
    saved = [tf.Variable(array) for array in saved]
    model.set_weights(saved)
    for weight, value in zip(target_model.weights[:2], saved[:2], strict=True):
        weight.assign(value)


WRONG = {
    "soft_update": [
        (in_place, "changes its argument target_weights"),
        (in_the_list, "changes its argument target_weights"),
        (moving_the_model, "changes its argument weights"),
        (returning_in_the_loop, "inside of the loop"),
        (each(lambda old, new, tau: soft(new, old, tau)), "have changed places"),
        (each(lambda old, new, tau: tau * (new + (1 - tau) * old)), "both shares"),
        (each(lambda old, new, tau: tau**2 * new + (1 - tau**2) * old), "squared"),
        (each(lambda old, new, tau: np.maximum(old, new)), "larger of the two"),
        (each(lambda old, new, tau: soft(old, new, tau).mean()), "number for each array"),
        (each(lambda old, new, tau: soft(old, new, tau).astype(int)), "whole numbers"),
        (each(lambda old, new, tau: soft(old, new, tau).T), "the arrays are transposed"),
        (beginning_anew, "begins anew"),
        (lambda t, w, tau: each(soft)(t, w, tau)[::-1], "reverse order"),
        (lambda t, w, tau: tau * w + (1 - tau) * t, "one by one"),
        (lambda t, w, tau: (1 - tau) * np.array(t) + tau * np.array(w), ""),
        (appending_to_the_old, "still in the list"),
        (lambda t, w, tau: (each(soft)(t, w, tau), t), "nothing else"),
        (lambda t, w, tau: dict(enumerate(each(soft)(t, w, tau))), "that is a dictionary"),
        (lambda t, w, tau: print(each(soft)(t, w, tau)), "returns nothing"),
        (lambda t, w: t, "TypeError"),
    ],
    "fixed_targets": [
        (copying_first, "changes its argument target_model"),
        (target(lambda r, q, f, on, g: r + g * f.max(1) * on - q.max(1)), "error, not a label"),
        (lambda r, s, d, m, t, g: bellman_target(r, m(s), d, g), "come from the model itself"),
        (lambda r, s, d, m, t, g: bellman_target(r, t(s), d, 0.9), "number of your own"),
        (lambda r, s, d, m, t, g: bellman_target(r, t(s), ~d, g), "wrong way round"),
        (lambda r, s, d, m, t, g: bellman_target(r, t(s), d * 0 == 1, g), "past a fall"),
        (lambda r, s, d, m, t, g: bellman_target(r, m, d, g), ""),
        (lambda r, s, d, m, t, g: bellman_target(r, t(s), g, d), ""),
        (lambda r, s, d, m, t, g: bellman_target(r, t(s)[::-1], d, g), "different rows"),
        (lambda r, s, d, m, t, g: r + g * t(s).numpy()[:, 0] * ~d, "always takes action 0"),
        (lambda r, s, d, m, t, g: bellman_target(r, t(s), d, g)[0], "target has come out"),
        (
            lambda r, s, d, m, t, g: tf.reduce_mean(bellman_target(r, t(s), d, g)),
            "mean over the batch",
        ),
        (lambda r, s, d, m, t, g: r + g * t(s) * ~d, "a Q-value for each action"),
        (lambda r, s, d, m, t, g: r + g * tf.argmax(t(s), axis=1).numpy() * ~d, "argmax says"),
        (lambda r, s, d, m, t, g: r + g * np.amax(t(s)) * ~d, "whole batch"),
        (
            lambda r, s, d, m, t, g: r + g * np.max(t.predict(s), axis=0) * ~d,
            "maximum over the rows",
        ),
        (lambda r, s, d, m, t, g: (bellman_target(r, t(s), d, g), t(s)), "nothing else"),
        (lambda r, s, d, m, t, g: t.predict_step(s), "target network's Q-values"),
        (lambda r, s, d, m, t, g: r * ~d + g * np.max(t(s), axis=1) * ~d, "last step is lost"),
        (
            target(lambda r, q, f, on, g: r + g * (q + f).max(axis=1) / 2 * on),
            "of the two networks",
        ),
    ],
    "loaded_networks": [
        (pair(lambda m, t, saved: None), "neither network"),
        (pair(lambda m, t, saved: update_target(t, m)), "neither network"),
        (pair(lambda m, t, saved: (m.set_weights(saved), update_target(m, t))), "neither"),
        (pair(lambda m, t, saved: m.set_weights(saved)), "the target network is still random"),
        (pair(lambda m, t, saved: (update_target(t, m), m.set_weights(saved))), "still random"),
        (pair(lambda m, t, saved: (m.set_weights(saved), update_target(t, m, 0.5))), "full copy"),
        (
            pair(lambda m, t, saved: (m.set_weights(saved), update_target(t, m, 0.01))),
            "copy of the model",
        ),
        (pair(overwritten_variables), "target network is copied"),
        (
            pair(lambda m, t, saved: m.set_weights(saved) or t.set_weights([-w for w in saved])),
            "copy of the model",
        ),
        (pair(lambda m, t, saved: m.set_weights(saved[:2])), "ValueError"),
        (pair(lambda m, t, saved: m.load_weights(saved)), "reads a"),
        (pair(lambda m, t, saved: m.set_weights(saved) or t.set_weights(m)), "takes arrays"),
        (lambda build, saved: cloned(build, saved, load=False), "a clone has"),
        (lambda build, saved: build(), "return both"),
        (lambda build, saved: (build(),), "in a tuple"),
        (lambda build, saved: build().set_weights(saved), "yet"),
        (lambda build, saved: dict(zip("mt", cloned(build, saved), strict=True)), "number of"),
        (lambda build, saved: cloned(lambda: q_network(4, 2), saved), "ValueError"),
        (lambda build, saved: [n.get_weights() for n in cloned(build, saved)], "not their"),
        (copied(lambda model: model), "one and the same"),
        (copied(lambda model: keras.Sequential(model.layers)), "share their weights"),
        (copied(lambda model: model.get_weights()), "list of weights"),
        (lambda build, saved: (build().set_weights(saved), build().set_weights(saved)), "None"),
        (lambda build, saved: [build] * 2, "call it"),
        (lambda build, saved: cloned(build, [w + 1 for w in saved]), "unchanged"),
        (lambda build, saved: (*cloned(build, saved), saved), "nothing else"),
    ],
}

RIGHT = {
    "soft_update": [
        each(soft),
        with_append,
        in_copies,
        by_numbers,
        each(lambda old, new, tau: tf.constant(old) + tau * (tf.constant(new) - old)),
        each(lambda old, new, tau: keras.ops.add(tau * new, (1 - tau) * old)),
        each(tf.function(lambda old, new, tau: old - tau * (old - new))),
        lambda t, w, tau: tuple(each(soft)(t, w, tau)),
        lambda t, w, tau: map(lambda old, new: old + tau * (new - old), t, w),
        lambda t, w, tau: (tau * w[i] + (1 - tau) * t[i] for i in range(len(t))),
        lambda t, w, tau: [
            np.average([a, b], 0, [1 - tau, tau]) for a, b in zip(t, w, strict=True)
        ],
        lambda t, w, tau: [tf.Variable(soft(a, b, tau)) for a, b in zip(t, w, strict=True)],
        in_an_object_array,
        lambda t, w, tau: (
            in_an_object_array(t, w, 1) * tau + in_an_object_array(w, t, 1) * (1 - tau)
        ),
    ],
    "fixed_targets": [
        slides_way,
        in_tensorflow,
        tf.function(in_tensorflow),
        of_a_clone,
        state_by_state,
        lambda r, s, d, m, t, g: bellman_target(r, t(s), d, g),
        lambda r, s, d, m, t, g: bellman_target(r, t.predict_on_batch(s), d, g),
        lambda r, s, d, m, t, g: np.where(d, r, r + g * np.max(t(s, training=False), axis=1)),
        lambda r, s, d, m, t, g: keras.ops.where(d, r, r + g * keras.ops.max(t.call(s), axis=1)),
        lambda r, s, d, m, t, g: r + g * (s @ t.get_weights()[0]).max(axis=1) * ~d,
        lambda r, s, d, m, t, g: list(bellman_target(r, t(tf.constant(s)), d, g)),
        lambda r, s, d, m, t, g: r + g * (1 - d) * tf.reduce_max(t(s), axis=-1).numpy(),
        target(lambda r, q, f, on, g: r + g * f[range(len(f)), f.argmax(axis=1)] * on),
    ],
    "loaded_networks": [
        pair(lambda m, t, saved: (m.set_weights(saved), t.set_weights(m.get_weights()))),
        pair(lambda m, t, saved: (t.set_weights(saved), m.set_weights(t.get_weights()))),
        pair(lambda m, t, saved: (m.set_weights(saved), update_target(t, m))),
        pair(lambda m, t, saved: (update_target(t, m), m.set_weights(saved), update_target(t, m))),
        pair(assigned),
        pair(layer_by_layer),
        cloned,
        copied(copy.deepcopy),
        copied(copy.copy),
        lambda build, saved: map(lambda m: m.set_weights(saved) or m, [build(), build()]),
        lambda build, saved: tuple(m for m in (build(), build()) if not m.set_weights(saved)),
        lambda build, saved: copied(copy.deepcopy)(build, [tf.constant(w) for w in saved]),
        lambda build, saved: np.array(cloned(build, saved), dtype=object),
    ],
}

NEEDS = {
    "soft_update": {
        "\\tau": "08",
        "\\theta^-": "08",
        "`tau`": "08",
    },
    "fixed_targets": {
        "target_model(next_states)": "08",
        "my_bellman_target": "07",
        "\\gamma": "01",
        "terminated": "01",
    },
    "loaded_networks": {
        ".set_weights": "08",
        ".get_weights": "08",
        "build_model": "08",
        "`build_model()`": "08",
    },
}
