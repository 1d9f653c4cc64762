"""Checks of lesson 12, the actor-critic."""

import functools

import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.tools import Hint, call, compare, done

# B = 4. Decoys: 90 is a value after an end, which no advantage may contain.
_REWARDS = np.array([1.0, 2.0, -100.0, 3.0], np.float32)
_VALUES = np.array([5.0, 7.0, 6.0, 4.0], np.float32)
_NEXT_VALUES = np.array([10.0, 0.5, 90.0, 20.0], np.float32)
_TERMINATED = np.array([False, False, True, False])
_DISCOUNT = 0.9


def check_advantage(function) -> None:
    """Checks `function(rewards, values, next_values, terminated, discount_factor)`.

    Args:
        function: Returns the one-step advantages, [B].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "advantage"
    future = _DISCOUNT * _NEXT_VALUES
    answer = _REWARDS + future * ~_TERMINATED - _VALUES
    compare(
        name,
        call(function, _REWARDS, _VALUES, _NEXT_VALUES, _TERMINATED, _DISCOUNT),
        answer,
        {
            "it bootstraps past a fall: did you use `terminated`?": _REWARDS + future - _VALUES,
            "it keeps the future of ended steps and drops that of all others: "
            "`terminated` is the wrong way round": _REWARDS + future * _TERMINATED - _VALUES,
            "the future counts in full: where is the discount factor?": _REWARDS
            + _NEXT_VALUES * ~_TERMINATED
            - _VALUES,
            "that is the target; the advantage is target minus V(s)": answer + _VALUES,
            "the sign is turned: better than expected has to be positive": -answer,
            "an end makes all 0 here: it cuts only the future, neither reward nor V(s)": answer
            * ~_TERMINATED,
            "V(s) is cut where the task ended: what was expected counts there, too": _REWARDS
            + (future - _VALUES) * ~_TERMINATED,
            "the reward is missing": answer - _REWARDS,
            "V(s) and V(s') have changed places": _REWARDS
            + _DISCOUNT * _VALUES * ~_TERMINATED
            - _NEXT_VALUES,
            "V(s) is discounted, too; only what comes later is": _REWARDS
            + _DISCOUNT * (_NEXT_VALUES * ~_TERMINATED - _VALUES),
            "the discount factor belongs to the future only, not to the reward": _DISCOUNT
            * _REWARDS
            + future * ~_TERMINATED
            - _VALUES,
            "V(s) is added; it has to be taken off": answer + 2 * _VALUES,
            "it is squared already; the critic's loss does that": answer**2,
        },
    )
    done(name)


_LOGITS = np.array([0.3, 2.0, -1.0], np.float32)
_ACTION = 0
_VALUE = np.float32(4.0)
_TARGET = np.float32(7.0)


def check_actor_critic_losses(function) -> None:
    """Checks `function(logits, action, value, target)`.

    Args:
        function: Returns the actor's and the critic's loss of one step, two numbers.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "actor_critic_losses"
    probabilities = np.exp(_LOGITS) / np.exp(_LOGITS).sum()
    cross_entropy = -np.log(probabilities[_ACTION])
    advantage = _TARGET - _VALUE
    actor, critic = cross_entropy * advantage, advantage**2
    result = call(function, _LOGITS, _ACTION, _VALUE, _TARGET)
    try:
        count = len(result)
    except TypeError:  # a single number
        count = 1
    if count != 2:
        raise Hint(f"{name}: return two numbers, the actor's loss and the critic's")
    compare(
        name,
        [np.asarray(loss) for loss in result],
        [actor, critic],
        {
            "the actor's sign is turned: an optimizer goes downhill, so it needs the "
            "negative log-probability": [-actor, critic],
            "the actor's cross-entropy is multiplied with the target, the slide's q function; "
            "use the advantage": [cross_entropy * _TARGET, critic],
            "the actor's cross-entropy is multiplied with V(s), which does not depend on the "
            "action and teaches it nothing; use the advantage": [cross_entropy * _VALUE, critic],
            "the actor's cross-entropy stands alone; multiply it with the advantage": [
                cross_entropy,
                critic,
            ],
            "the actor's loss lacks the logarithm": [-probabilities[_ACTION] * advantage, critic],
            "the actor's logit is used as it is; it has to go through the softmax": [
                -_LOGITS[_ACTION] * advantage,
                critic,
            ],
            "the actor's loss uses the most likely action, not the one that was taken": [
                -np.log(probabilities.max()) * advantage,
                critic,
            ],
            "the actor's loss sums over all actions; pick out the one that was taken": [
                -np.log(probabilities).sum() * advantage,
                critic,
            ],
            "the actor's cross-entropy is multiplied with the critic's loss; "
            "squared, a bad surprise looks like a good one": [cross_entropy * critic, critic],
            "the critic's error is not squared": [actor, advantage],
            "the critic's sign is turned: its loss is the square itself": [actor, -critic],
            "the critic's loss is halved; asked is the square itself": [actor, critic / 2],
            "the two have changed places: first the actor's loss, then the critic's": [
                critic,
                actor,
            ],
        },
    )
    _check_gradients(name, function)
    done(name)


def _check_gradients(name: str, function) -> None:
    """Refuses a TensorFlow answer whose actor loss moves the critic."""
    value, logits = tf.Variable(_VALUE), tf.Variable(_LOGITS)
    raw = []

    @functools.wraps(function)
    def keep(*arguments):
        raw.append(function(*arguments))
        return raw[-1]

    with tf.GradientTape(persistent=True) as tape:
        try:
            call(keep, logits, _ACTION, value, tf.constant(_TARGET))
        except Hint:
            return  # NumPy's way does not take tensors; nothing flows there
        losses = raw[-1]
        if not all(tf.is_tensor(loss) for loss in losses):
            return
        actor_loss, critic_loss = losses[0], losses[1]
    if (leak := tape.gradient(actor_loss, value)) is not None and abs(float(leak)) > 1e-6:
        raise Hint(
            f"{name}: the numbers are right, but the actor's loss would move the critic: "
            "stop the gradient through the advantage"
        )
    if tape.gradient(actor_loss, logits) is None:
        raise Hint(f"{name}: the numbers are right, but no gradient reaches the actor's logits")
    if tape.gradient(critic_loss, value) is None:
        raise Hint(
            f"{name}: the numbers are right, but no gradient reaches V(s): "
            "stop it in the actor's loss only"
        )
