"""Checks of lesson 11, policy gradients and REINFORCE."""

import numpy as np

from dqn_keras.classroom.checks.tools import Hint, call, compare, done


def check_log_policy_gradient(function) -> None:
    """Checks `function(probabilities, action)`.

    Args:
        function: Returns the slopes of log pi(action) with respect to the logits, [A].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "log_policy_gradient"
    probabilities = np.array([0.2, 0.5, 0.3])
    action = 2
    taken = np.array([0.0, 0.0, 1.0])
    answer = taken - probabilities
    compare(
        name,
        call(function, probabilities, action),
        answer,
        {
            "the sign is turned: the action taken must gain, not lose": -answer,
            "only the action taken moves; the probabilities of all have to be taken off": taken,
            "the 1 belongs to the action taken; here it belongs to another": np.array([1.0, 0, 0])
            - probabilities,
            "that is the slope of pi, not of log pi: it is still multiplied with pi(action)": 0.3
            * answer,
            "1 divided by pi is the slope with respect to the probability; "
            "asked are the slopes with respect to the logits": taken / probabilities,
            "every action got 1 minus its probability: the 1 is for the action taken alone": 1
            - probabilities,
            "one number, that of the action taken; asked is one for each logit": answer[action],
        },
    )
    done(name)


# T = 3, A = 2. Chosen so that no two mistakes give the same loss.
_LOGITS = np.array([[0.0, 2.0], [1.0, -1.0], [0.5, 0.2]], np.float32)
_ACTIONS = np.array([1, 1, 0])
_RETURNS = np.array([5.0, -3.0, 2.0], np.float32)


def check_reinforce_loss(function) -> None:
    """Checks `function(logits, actions, returns)`.

    Args:
        function: Returns the sum of cross-entropy times return, [].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "reinforce_loss"
    rows = np.arange(3)
    log_all = _LOGITS - np.log(np.exp(_LOGITS).sum(axis=1, keepdims=True))
    log_taken = log_all[rows, _ACTIONS]
    answer = -np.sum(log_taken * _RETURNS)
    over_time = np.exp(_LOGITS) / np.exp(_LOGITS).sum(axis=0)
    compare(
        name,
        call(function, _LOGITS, _ACTIONS, _RETURNS),
        answer,
        {
            "the sign is turned: an optimizer goes downhill, so it needs the negative": -answer,
            "it is the mean; the formula has the sum over the steps": answer / 3,
            "one number for each step: the loss is their sum": -log_taken * _RETURNS,
            "where is the logarithm? this uses the probability itself": -np.sum(
                np.exp(log_taken) * _RETURNS
            ),
            "the logits are taken for log-probabilities: they have to go through the softmax": (
                -np.sum(_LOGITS[rows, _ACTIONS] * _RETURNS)
            ),
            "the cross-entropy alone: multiply each step's with its return": -np.sum(log_taken),
            "cross-entropy and returns are summed before they are multiplied: "
            "each step has its own return": -np.sum(log_taken) * np.sum(_RETURNS),
            "it uses the most likely action: use the one that was taken": -np.sum(
                log_all.max(axis=1) * _RETURNS
            ),
            "it always uses action 0: use the one that was taken": -np.sum(
                log_all[:, 0] * _RETURNS
            ),
            "it sums over all actions: pick out the one that was taken": -np.sum(
                log_all * _RETURNS[:, None]
            ),
            "log_probabilities[:, actions] pairs every row with every action; "
            "pair row t with action t": -np.sum(log_all[:, _ACTIONS] * _RETURNS),
            "the softmax goes over the steps; it has to go over the actions, axis=1": -np.sum(
                np.log(over_time)[rows, _ACTIONS] * _RETURNS
            ),
        },
    )
    done(name)


def _returns(rewards, discount):
    later, returns = 0.0, []
    for reward in reversed(np.asarray(rewards, float)):
        later = reward + discount * later
        returns.append(later)
    return np.array(returns[::-1])


def _standardised(values):
    return (values - values.mean()) / values.std()


def check_standardised_returns(function) -> None:
    """Checks `function(rewards, discount_factor)`.

    Args:
        function: Returns the standardised discounted returns, [T] float.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "standardised_returns"
    rewards, discount = np.array([0, -1, 0, 0, 0, 0, 1]), 0.9
    returns = _returns(rewards, discount)
    compare(
        name,
        call(function, rewards, discount),
        _standardised(returns),
        {
            "still integers: what type does np.zeros_like(rewards) have here?": _standardised(
                np.trunc(returns)
            ),
            "these are the returns; they are not standardised yet": returns,
            "the mean is off, but they are not divided by the standard deviation": returns
            - returns.mean(),
            "they are divided by the standard deviation, but the mean is not taken off": returns
            / returns.std(),
            "divided by the variance: the standard deviation is its root": (
                returns - returns.mean()
            )
            / returns.var(),
            "with ddof=1 a single step gives NaN again; the authors' code divides by T": (
                returns - returns.mean()
            )
            / returns.std(ddof=1),
            "the rewards are standardised, not the returns": _standardised(rewards),
            "the discount factor is lost": _standardised(_returns(rewards, 1.0)),
            "it adds up from the front: a return is what comes after, so go backwards": (
                _standardised(_returns(rewards[::-1], discount)[::-1])
            ),
            "the order is turned: the first return belongs to the first step": _standardised(
                returns[::-1]
            ),
        },
    )
    for equal in (np.array([1]), np.array([1.0]), np.array([2.0, 2.0])):
        with np.errstate(all="ignore"):
            result = call(function, equal, 0.0)
        try:
            finite = np.all(np.isfinite(np.asarray(result, float)))
        except (TypeError, ValueError):
            finite = True  # compare says what is wrong
        if not finite:
            raise Hint(
                f"{name}: equal returns, as in an episode of one step, give NaN: "
                "what is their standard deviation?"
            )
        compare(name, result, np.zeros(len(equal)), {})
    done(name)
