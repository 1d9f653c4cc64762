"""Checks of lesson 10, what each idea is worth."""

import numpy as np

from dqn_keras.classroom.checks.tools import call, compare, done

# B = 5, A = 2. Row 3 fell: its next values are decoys.
_REWARDS = np.array([1.0, 2.0, -100.0, 1.0, 3.0], np.float32)
_ONLINE = np.array([[5.0, 9.0], [8.0, 3.0], [70.0, 60.0], [2.0, 4.0], [11.0, 6.0]], np.float32)
_TARGET = np.array([[20.0, 7.0], [12.0, 15.0], [80.0, 90.0], [1.0, 13.0], [30.0, 17.0]], np.float32)
_TERMINATED = np.array([False, False, True, False, False])
_DISCOUNT = 0.9


def check_double_bellman_target(function) -> None:
    """Checks `function(rewards, next_q_values, next_target_q_values, terminated, discount_factor)`.

    Args:
        function: Returns the Double DQN targets, [B].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "double_bellman_target"
    rows = np.arange(len(_REWARDS))

    def target(values, ended=_TERMINATED, discount=_DISCOUNT):
        return _REWARDS + discount * values * ~ended

    double = _TARGET[rows, _ONLINE.argmax(axis=1)]
    compare(
        name,
        call(function, _REWARDS, _ONLINE, _TARGET, _TERMINATED, _DISCOUNT),
        target(double),
        {
            "that is the plain DQN target: the target network chooses and values; "
            "let the model choose": target(_TARGET.max(axis=1)),
            "the model chooses and values: let the target network say what the choice is worth": (
                target(_ONLINE.max(axis=1))
            ),
            "the two networks have changed places: the model chooses, the target network values": (
                target(_ONLINE[rows, _TARGET.argmax(axis=1)])
            ),
            "your target bootstraps past a fall: did you use `terminated`?": target(
                double, np.zeros(5, bool)
            ),
            "`terminated` is the wrong way round": target(double, ~_TERMINATED),
            "the future counts in full: where is the discount factor?": target(double, discount=1),
            "the discount factor belongs to the future only, not to the reward": _DISCOUNT
            * target(double, discount=1),
            "the number of the action is no value: look the value up with it": target(
                _ONLINE.argmax(axis=1)
            ),
            "the rewards are missing": target(double) - _REWARDS,
            "shape (5, 5): [:, actions] pairs every row with every action; "
            "pair row i with action i": (
                _REWARDS + _DISCOUNT * _TARGET[:, _ONLINE.argmax(axis=1)] * ~_TERMINATED
            ),
        },
    )
    done(name)


def check_interquartile_mean(function) -> None:
    """Checks `function(values)`, for a number of values that 4 divides.

    Args:
        function: Returns the mean of the middle half, a number.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "interquartile_mean"
    samples = (
        np.array([500.0, 9.0, 480.0, 90.0, 410.0, 300.0, 470.0, 350.0]),
        np.array([1.0, 40.0, 7.0, 19.0, 3.0, 100.0, 12.0, 60.0, 30.0, 80.0, 5.0, 220.0]),
    )

    def each(rule):
        return np.array([rule(np.sort(values), len(values) // 4) for values in samples])

    raw = np.array([values[len(values) // 4 : -len(values) // 4].mean() for values in samples])
    compare(
        name,
        [call(function, values.copy()) for values in samples],
        each(lambda v, q: v[q:-q].mean()),
        {
            "that is the mean of all: leave out the lowest and the highest quarter": each(
                lambda v, q: v.mean()
            ),
            "that is the median: average the whole middle half": each(lambda v, q: np.median(v)),
            "the middle half in the order of the runs: sort first": raw,
            "only the highest quarter is left out: leave out the lowest as well": each(
                lambda v, q: v[:-q].mean()
            ),
            "only the lowest quarter is left out: leave out the highest as well": each(
                lambda v, q: v[q:].mean()
            ),
            "one value too many: a slice ends before its second index": each(
                lambda v, q: v[q : 3 * q + 1].mean()
            ),
            "one value too few: a slice already ends before its second index": each(
                lambda v, q: v[q : 3 * q - 1].mean()
            ),
            "it leaves out a half at each end, or an eighth: a quarter of N is N // 4": each(
                lambda v, q: v[q // 2 : len(v) - q // 2].mean()
            ),
            "that is the distance between the quartiles: take the mean of what lies between": each(
                lambda v, q: np.percentile(v, 75) - np.percentile(v, 25)
            ),
            "that is the middle of the two quartiles: take the mean of all that lies between": each(
                lambda v, q: (np.percentile(v, 75) + np.percentile(v, 25)) / 2
            ),
            "that is the sum of the middle half: divide by how many they are": each(
                lambda v, q: v[q:-q].sum()
            ),
            "the sum is divided by the number of all runs, not of the middle half": each(
                lambda v, q: v[q:-q].sum() / len(v)
            ),
        },
    )
    done(name)


def check_stayed(function) -> None:
    """Checks `function(greedy, limit)` for one run that was solved before its last evaluation.

    Args:
        function: Returns the share of the evaluations after the first success that still had it.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "stayed"
    runs = (
        np.array([20.0, 480.0, 500.0, 100.0, 490.0]),
        np.array([475.0, 480.0, 30.0, 490.0, 485.0, 60.0, 470.0]),
    )

    def each(rule):
        return np.array([rule(run, run >= 475) for run in runs])

    def after(solved, first):
        return solved[first + 1 :].mean()

    compare(
        name,
        [call(function, run.copy(), 475.0) for run in runs],
        each(lambda run, solved: after(solved, np.argmax(solved))),
        {
            "the first success itself is counted: count only what comes after it": each(
                lambda run, solved: solved[np.argmax(solved) :].mean()
            ),
            "it counts all evaluations: count only those after the first success": each(
                lambda run, solved: solved.mean()
            ),
            "that is the share that was lost: take the share that stayed": each(
                lambda run, solved: 1 - after(solved, np.argmax(solved))
            ),
            "that is whether the last evaluation is a success: take all after the first": each(
                lambda run, solved: float(solved[-1])
            ),
            "a mean of exactly the limit counts as solved: >=": np.array(
                [after(run > 475, np.argmax(run > 475)) for run in runs]
            ),
            "it begins after the best evaluation: begin after the first success": each(
                lambda run, solved: after(solved, np.argmax(run))
            ),
            "that is a number of evaluations: divide by how many come after the first success": (
                each(lambda run, solved: solved[np.argmax(solved) + 1 :].sum())
            ),
            "divide by the number of evaluations after the first success, without it": (
                each(lambda run, solved: (solved.sum() - 1) / (len(run) - np.argmax(solved)))
            ),
            "that is a mean score: take the share of evaluations that reach the limit": each(
                lambda run, solved: run[np.argmax(solved) + 1 :].mean()
            ),
        },
    )
    done(name)
