"""Checks of lesson 13, returns of several steps and the losses of A3C."""

import numpy as np

from dqn_keras.classroom.checks.tools import Hint, call, compare, done


def _returns(rewards, value_after, discount):
    later, returns = value_after, []
    for reward in reversed(np.asarray(rewards, float)):
        later = reward + discount * later
        returns.append(later)
    return np.array(returns[::-1])


def check_n_step_returns(function) -> None:
    """Checks `function(rewards, value_after, discount_factor)`.

    Args:
        function: Returns the bootstrapped returns of a rollout, [T].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "n_step_returns"
    rewards, value_after, discount = np.array([1, 3, -2, 5]), 20.0, 0.9
    answer = _returns(rewards, value_after, discount)
    front = np.copy(answer[::-1])
    compare(
        name,
        call(function, rewards, value_after, discount),
        answer,
        {
            "it begins with 0: where the rollout stops, value_after takes over": _returns(
                rewards, 0.0, discount
            ),
            "value_after comes one step later, so it is discounted, too": _returns(
                rewards, value_after / discount, discount
            ),
            "each step bootstraps on its own; only the last step is followed by value_after": (
                rewards + discount * value_after
            ),
            "the discount factor is lost": _returns(rewards, value_after, 1.0),
            "the order is turned: the first return belongs to the first step": front,
            "it adds up from the front: a return is what comes after, so go backwards": _returns(
                rewards[::-1], value_after, discount
            )[::-1],
            "value_after stands in the result; it is no step's return": np.append(
                answer, value_after
            ),
            "only the first return; asked is one for each step": answer[0],
            "integers: what type does np.zeros_like(rewards) have here?": np.trunc(answer),
            "the reward is discounted along with the future": _returns(
                discount * rewards, value_after, discount
            ),
        },
    )
    compare(
        name,
        call(function, rewards, 0.0, discount),
        _returns(rewards, 0.0, discount),
        {"value_after 0 means that the task ended: nothing comes after": answer},
    )
    done(name)


# T = 3, A = 2. Decoys: 30 is V of the last state played, 90 a value after an end.
_LOGITS = np.array([[0.0, 2.0], [1.0, -1.0], [0.5, 0.2]], np.float32)
_ACTIONS = np.array([1, 1, 0])
_REWARDS = np.array([1.0, 2.0, 3.0], np.float32)
_VALUES = np.array([5.0, 7.0, 30.0], np.float32)
_GOES_ON = np.array([False, False, False])
_ENDED = np.array([False, False, True])
_DISCOUNT = 0.9
_ENTROPY_WEIGHT = 0.5


def _next_values(ended):
    return np.array([7.0, 30.0, 90.0 if ended else 20.0], np.float32)


def _losses(value_after, entropy_weight=_ENTROPY_WEIGHT, sign=1, mean=False, returns=None):
    log_policy = _LOGITS - np.log(np.exp(_LOGITS).sum(axis=1, keepdims=True))
    if returns is None:
        returns = _returns(_REWARDS, value_after, _DISCOUNT)
    advantages = returns - _VALUES
    entropies = -(np.exp(log_policy) * log_policy).sum(axis=1)
    actor = -sign * np.sum(log_policy[np.arange(3), _ACTIONS] * advantages)
    actor -= entropy_weight * (entropies.mean() if mean else entropies.sum())
    return np.array([actor, np.sum(advantages**2)])


def check_a3c_losses(function) -> None:
    """Checks a function of eight arguments.

    They are `logits, actions, rewards, values, next_values, terminated, discount_factor,
    entropy_weight`.

    Args:
        function: Returns the actor's and the critic's loss of one rollout, two numbers.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "a3c_losses"
    early = "value_after is the value of the last state played; the state after it is meant"
    less = "the entropy has the wrong sign: undecided policies are punished instead of rewarded"
    answer = _losses(20.0)
    one_step = _REWARDS + _DISCOUNT * _next_values(False)
    _compare_losses(
        name,
        function,
        _GOES_ON,
        answer,
        {
            f"two mistakes are left: {early}; and the entropy has the wrong sign": _losses(
                30.0, -_ENTROPY_WEIGHT
            ),
            f"one mistake is left: {early}": _losses(30.0),
            f"one mistake is left: {less}": _losses(20.0, -_ENTROPY_WEIGHT),
            "it never bootstraps: this rollout goes on after its last step": _losses(0.0),
            "it bootstraps from the wrong end: the state after the *last* step counts": _losses(
                7.0
            ),
            "the bootstrap is the value of the first state": _losses(5.0),
            "each step has a target of one step, as in A2C; use the rollout's returns": _losses(
                0.0, returns=one_step
            ),
            "the entropy is missing in the actor's loss": _losses(20.0, 0.0),
            "the entropy is there, its weight is not": _losses(20.0, 1.0),
            "the entropy is averaged over the steps; the formula has the sum": _losses(
                20.0, mean=True
            ),
            "the sign of the policy's part is turned; it was right before": _losses(20.0, sign=-1),
            "the two have changed places: first the actor's loss, then the critic's": answer[::-1],
            "the critic's loss is averaged over the steps; the formula has the sum": answer
            / [1, 3],
        },
    )
    _compare_losses(
        name,
        function,
        _ENDED,
        _losses(0.0),
        {
            "it bootstraps past an end: did you use `terminated`?": _losses(90.0),
            "after an end nothing comes; it still uses the value of the last state": _losses(30.0),
        },
    )
    done(name)


def _compare_losses(name, function, terminated, answer, mistakes) -> None:
    next_values = _next_values(terminated[-1])
    arguments = (_LOGITS, _ACTIONS, _REWARDS, _VALUES, next_values, terminated)
    result = call(function, *arguments, _DISCOUNT, _ENTROPY_WEIGHT)
    try:
        count = len(result)
    except TypeError:  # a single number
        count = 1
    if count != 2:
        raise Hint(f"{name}: return two numbers, the actor's loss and the critic's")
    compare(name, [np.asarray(loss) for loss in result], answer, mistakes)
