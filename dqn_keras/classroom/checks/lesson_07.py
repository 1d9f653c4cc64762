"""Checks of lesson 07, the target network."""

import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.tools import Hint, call, compare, done, same
from dqn_keras.networks import q_network


def check_soft_update(function) -> None:
    """Checks `function(target_weights, weights, tau)`.

    Args:
        function: Returns the target network's new weights, a list of arrays.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "soft_update"
    old = [np.array([[10.0, 20.0, 30.0]], np.float32), np.array([-4.0, 8.0], np.float32)]
    new = [np.array([[20.0, 10.0, 70.0]], np.float32), np.array([6.0, -2.0], np.float32)]
    before = [array.copy() for array in new]
    for tau in (0.1, 1.0):  # a soft update and a hard one
        targets = [array.copy() for array in old]
        result = call(function, targets, new, tau)
        if isinstance(result, np.ndarray) or not isinstance(result, (list, tuple)):
            raise Hint(f"{name}: return a list of arrays, one for each array of weights")
        if len(result) != len(old):
            raise Hint(f"{name}: {len(old)} arrays of weights came in, {len(result)} came out")
        if any(not np.array_equal(*pair) for pair in zip(new, before, strict=True)):
            raise Hint(f"{name}: the model's weights have changed: only the target network moves")
        for i in range(len(old)):
            _compare_soft_update(name, result[i], old[i], new[i], tau)
    done(name)


def _compare_soft_update(name, result, old, new, tau):
    compare(
        name,
        result.numpy() if hasattr(result, "numpy") else result,
        tau * new + (1 - tau) * old,
        {
            "tau is the model's share, and 1 - tau the old target's: they have changed places": (
                tau * old + (1 - tau) * new
            ),
            "that is a hard copy: where is tau?": new,
            "the target network has not moved": old,
            "the old target has to shrink by 1 - tau, or the weights grow at every update": (
                old + tau * new
            ),
            "it moves away from the model: the step is tau * (model - target)": (
                old - tau * (new - old)
            ),
            "that is the step alone: add it to the old target": tau * (new - old),
            "only the model's share is there: the old target's is missing": tau * new,
            "it takes the mean of the two: where is tau?": (old + new) / 2,
        },
    )


class _Network:
    """Stands for a Keras model: a call gives Q-values, and so does predict."""

    def __init__(self, q_values):
        self.q_values = tf.constant(q_values, tf.float32)

    def __call__(self, states, **settings):
        return tf.gather(self.q_values, tf.cast(tf.convert_to_tensor(states)[:, 0], tf.int32))

    def predict(self, states, **settings):
        return self(states).numpy()


def check_fixed_targets(function) -> None:
    """Checks `function(rewards, next_states, terminated, model, target_model, discount_factor)`.

    Args:
        function: Returns the targets of Q-learning with a target network, [B].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "fixed_targets"
    rewards = np.array([1.0, 2.0, -100.0, 3.0], np.float32)
    next_states = np.arange(4, dtype=np.float32)[:, None]
    ended = np.array([False, False, True, False])
    online = np.array([[50.0, 70.0], [90.0, 40.0], [60.0, 65.0], [20.0, 80.0]])
    fixed = np.array([[8.0, 5.0], [7.0, 12.0], [90.0, 94.0], [3.0, 6.0]])
    discount = 0.9

    def target(values, ended=ended, discount=discount):
        return rewards + discount * values * ~ended

    best, every = fixed.max(axis=1), np.arange(4)
    compare(
        name,
        call(function, rewards, next_states, ended, _Network(online), _Network(fixed), discount),
        target(best),
        {
            "the labels come from the model itself: then the target moves with every update": (
                target(online.max(axis=1))
            ),
            "the model chooses the action and the target network values it: that is Double DQN, "
            "lesson 10; here the target network does both": target(
                fixed[every, online.argmax(axis=1)]
            ),
            "the target network chooses the action, but the model values it": target(
                online[every, fixed.argmax(axis=1)]
            ),
            "your target bootstraps past a fall: did you use `terminated`?": target(
                best, np.zeros(4, bool)
            ),
            "`terminated` is the wrong way round": target(best, ~ended),
            "the future counts in full: where is the discount factor?": target(best, discount=1),
            "the rewards are missing": target(best) - rewards,
            "the largest value of the whole batch: each row has its own, axis=1": target(
                fixed.max()
            ),
            "it takes the smallest Q-value": target(fixed.min(axis=1)),
            "one number for each action: take the largest over the actions": (
                rewards[:, None] + discount * fixed * ~ended[:, None]
            ),
        },
    )
    done(name)


def _agree(weights, others) -> bool:
    return len(weights) == len(others) and all(
        same(*pair) for pair in zip(weights, others, strict=True)
    )


def check_loaded_networks(function) -> None:
    """Checks `function(build_model, saved_weights)`.

    Args:
        function: Returns model and target network, two networks with the saved weights.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "loaded_networks"
    saved = [weight + 1 for weight in q_network(3, 2, (4,), seed=0).get_weights()]
    before = [weight.copy() for weight in saved]
    beginnings = []

    def build_model():
        network = q_network(3, 2, (4,), seed=1 + len(beginnings))
        beginnings.append(network.get_weights())
        return network

    result = call(function, build_model, saved)
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        raise Hint(f"{name}: return two networks: model, target_model")
    model, target_model = result
    if not all(hasattr(network, "get_weights") for network in result):
        raise Hint(f"{name}: return the networks themselves, not their weights")
    if model is target_model:
        raise Hint(f"{name}: the two names mean one and the same network: build two")
    weights, targets = model.get_weights(), target_model.get_weights()
    if not _agree(weights, before):
        if _agree(targets, before):
            raise Hint(f"{name}: only the target network has the saved weights, the model has not")
        if _agree(weights, targets):
            raise Hint(
                f"{name}: the two agree, but both are random: "
                "the saved weights are not loaded, or were overwritten by the copy"
            )
        raise Hint(f"{name}: the model does not have the saved weights")
    if not _agree(targets, before):
        if any(_agree(targets, beginning) for beginning in beginnings):
            raise Hint(
                f"{name}: the target network is still random: in which order do you load and copy?"
            )
        raise Hint(f"{name}: the target network is not a full copy of the model")
    for weight in model.weights:  # what an update does
        weight.assign(weight + 1)
    if not _agree(target_model.get_weights(), before):
        raise Hint(
            f"{name}: training the model moves the target network too: they share their weights"
        )
    done(name)
