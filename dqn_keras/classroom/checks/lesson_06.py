"""Checks of lesson 06, the Bellman target."""

import numpy as np

from dqn_keras.classroom.checks.tools import call, compare, done

# B = 4, A = 2. Decoys: 90 is a value after an end, which no target may contain.
_REWARDS = np.array([1.0, 1.0, -100.0, 1.0], np.float32)
_NEXT_Q_VALUES = np.array([[10.0, 20.0], [8.0, 4.0], [90.0, 80.0], [3.0, 5.0]], np.float32)
_TERMINATED = np.array([False, False, True, False])
_TRUNCATED = np.array([False, True, False, False])
_DISCOUNT = 0.9


def _target(next_values, ended=_TERMINATED, discount=_DISCOUNT):
    return _REWARDS + discount * next_values * ~ended


def check_bellman_target(function) -> None:
    """Checks `function(rewards, next_q_values, terminated, discount_factor)`.

    Args:
        function: Returns the Q-learning targets, [B].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "bellman_target"
    best = _NEXT_Q_VALUES.max(axis=1)
    result = call(function, _REWARDS, _NEXT_Q_VALUES, _TERMINATED, _DISCOUNT)
    compare(
        name,
        result,
        _target(best),
        {
            "your target bootstraps past a fall: did you use `terminated`?": _target(
                best, np.zeros(4, bool)
            ),
            "it keeps the future of ended steps and drops that of all others: "
            "`terminated` is the wrong way round": _target(best, ~_TERMINATED),
            "the future counts in full: where is the discount factor?": _target(best, discount=1),
            "the reward of the last step is lost: an end cuts only the future": _target(best)
            * ~_TERMINATED,
            "it takes the smallest Q-value: the agent will choose the largest": _target(
                _NEXT_Q_VALUES.min(axis=1)
            ),
            "it takes the mean over the actions: Q-learning takes the largest": _target(
                _NEXT_Q_VALUES.mean(axis=1)
            ),
            "it always takes action 0: take the largest over the actions": _target(
                _NEXT_Q_VALUES[:, 0]
            ),
            "the largest value of the whole batch: each row has its own, axis=1": _target(
                _NEXT_Q_VALUES.max()
            ),
            "the future is taken off the reward instead of added": _REWARDS
            - _DISCOUNT * best * ~_TERMINATED,
            "the discount factor belongs to the future only, not to the reward": _DISCOUNT
            * _target(best, discount=1),
            "one number for each action: take the largest over the actions": _REWARDS[:, None]
            + _DISCOUNT * _NEXT_Q_VALUES * ~_TERMINATED[:, None],
        },
    )
    done(name)


def check_td_error(function) -> None:
    """Checks `function(q_values, actions, targets)`.

    Args:
        function: Returns target minus Q-value of the action taken, [B].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "td_error"
    q_values = np.array([[1.0, 7.0], [2.0, 9.0], [30.0, 4.0]], np.float32)
    actions = np.array([1, 0, 1])
    targets = np.array([10.0, 20.0, 50.0], np.float32)
    rows = np.arange(3)
    answer = targets - q_values[rows, actions]
    compare(
        name,
        call(function, q_values, actions, targets),
        answer,
        {
            "the sign is turned: the error is target minus Q-value": -answer,
            "it uses the largest Q-value: use the one of the action that was taken": targets
            - q_values.max(axis=1),
            "it uses the other action's Q-value": targets - q_values[rows, 1 - actions],
            "it always uses action 0": targets - q_values[:, 0],
            "shape (3, 3): q_values[:, actions] pairs every row with every action; "
            "pair row i with action i": targets - q_values[:, actions],
            "it is squared already; the loss does that": answer**2,
        },
    )
    done(name)
