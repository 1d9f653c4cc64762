"""Checks of lesson 04, epsilon-greedy."""

import numpy as np

from dqn_keras.classroom.checks.tools import Hint, call, compare, done

# A = 3. The best action stands in the middle, and no value is a valid index.
_Q_VALUES = np.array([-1.5, 7.5, 2.25])
_BEST, _WORST, _ACTIONS = 1, 0, 3
_DRAWS = 300


class _Tails(np.random.Generator):
    """A generator whose coin always shows 0.0, the smallest number a coin can show."""

    def random(self, *arguments, **settings):
        return super().random(*arguments, **settings) * 0

    def uniform(self, *arguments, **settings):
        return super().uniform(*arguments, **settings) * 0


def _draws(function, epsilon, generator=np.random.Generator, seed=0):
    """What the learner's function chooses, `_DRAWS` times: [_DRAWS]."""
    rng = generator(np.random.PCG64(seed))
    return np.array([_action(function, epsilon, rng) for _ in range(_DRAWS)])


def _action(function, epsilon, rng):
    result = call(function, _Q_VALUES.copy(), epsilon, rng)
    if np.size(result) != 1:
        raise Hint(
            f"epsilon_greedy: one action is wanted, a single index; got {np.size(result)} values"
        )
    try:
        result = float(np.reshape(result, ()))
    except (TypeError, ValueError):
        raise Hint(f"epsilon_greedy: expected an index, got {type(result).__name__}") from None
    if result in _Q_VALUES:
        raise Hint("epsilon_greedy: that is a Q-value; the action is its index (argmax, not max)")
    if result == _ACTIONS:
        raise Hint(
            f"epsilon_greedy: it chose action {_ACTIONS} of {_ACTIONS}; they are counted from 0"
        )
    if result not in range(_ACTIONS):
        raise Hint(f"epsilon_greedy: {result:g} is no action; they are 0, 1, ..., A - 1")
    return int(result)


def check_epsilon_greedy(function) -> None:
    """Checks `function(q_values, epsilon, rng)` with a NumPy generator.

    Args:
        function: Returns an action's index: random with probability epsilon, else the best.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "epsilon_greedy"
    never, always = _draws(function, 0.0), _draws(function, 1.0)
    again = _draws(function, 1.0)
    sometimes = _draws(function, 0.3, seed=1)
    if not np.array_equal(always, again):
        raise Hint(
            f"{name}: the same seed gave other actions: draw from `rng`, not from np.random or tf"
        )
    if set(always) == {_BEST} and set(never) == {_BEST}:
        raise Hint(f"{name}: it never explores: with epsilon 1 every action should be random")
    if set(always) == {_BEST} and len(set(never)) > 1:
        raise Hint(f"{name}: it explores when it should not: is the coin compared the wrong way?")
    if _WORST in never and set(never) == {_WORST}:
        raise Hint(f"{name}: with epsilon 0 it takes the smallest Q-value: take the largest")
    if set(never) != {_BEST}:
        raise Hint(
            f"{name}: epsilon 0 should never be random: "
            "do you use the argument, or an epsilon from outside?"
        )
    if _BEST not in always:
        raise Hint(f"{name}: the random action leaves out the best one: draw among all the actions")
    if len(set(always)) < _ACTIONS:
        missing = min(set(range(_ACTIONS)) - set(always))
        raise Hint(
            f"{name}: with epsilon 1 and {_ACTIONS} actions it never chose action {missing}: "
            "draw among len(q_values)"
        )
    # Six standard deviations of 300 draws: a right answer is refused once in 500 million times.
    shares = np.bincount(always, minlength=_ACTIONS) / _DRAWS
    if np.abs(shares - 1 / _ACTIONS).max() > 6 * np.sqrt(2 / 9 / _DRAWS):
        raise Hint(f"{name}: with epsilon 1 all actions should be equally likely")
    # One in three random actions is the best one by chance: 0.3 * 2/3 of all are not.
    if abs(np.mean(sometimes != _BEST) - 0.2) > 6 * np.sqrt(0.16 / _DRAWS):
        raise Hint(
            f"{name}: with epsilon 0.3 and 3 actions a share of 0.2 should not be the best one; "
            f"it is {np.mean(sometimes != _BEST):.2f}"
        )
    if set(_draws(function, 0.0, _Tails)) != {_BEST}:
        raise Hint(
            f"{name}: a coin can show 0.0, and 0.0 <= 0 is true: with `<`, epsilon 0 means never"
        )
    done(name)


def check_epsilon_schedule(function) -> None:
    """Checks `function(count, epsilon, epsilon_decay, epsilon_min)`.

    Args:
        function: Returns epsilon after `count` multiplications, at least `epsilon_min`.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "epsilon_schedule"
    counts = np.array([0, 1, 2, 3, 10, 50])
    start, decay, floor = 0.8, 0.9, 0.1
    falling = start * decay**counts
    result = [call(function, int(count), start, decay, floor) for count in counts]
    compare(
        name,
        result,
        np.maximum(falling, floor),
        {
            "it falls below the floor: epsilon_min is missing": falling,
            "min and max are mixed up: epsilon_min is what it is at least": np.minimum(
                falling, floor
            ),
            "it multiplies with count: `count` times epsilon_decay is a power": np.maximum(
                start * decay * counts, floor
            ),
            "it falls along a straight line: multiplying again and again is a power": np.maximum(
                start - (1 - decay) * counts, floor
            ),
            "it takes epsilon_decay off at each count: the slides multiply": np.maximum(
                start - decay * counts, floor
            ),
            "it is one count ahead: at count 0 epsilon is still at its start": np.maximum(
                falling * decay, floor
            ),
            "it is one count behind: after 1 update epsilon has been multiplied once": np.maximum(
                start * decay ** np.maximum(counts - 1, 0), floor
            ),
            "it begins at 1: where is the argument epsilon?": np.maximum(decay**counts, floor),
            "the floor is added; below it, epsilon should stand still": falling + floor,
            "it never changes: where is count?": np.full(6, start),
            "it decays towards the floor without ever resting on it: use the larger of the two": (
                floor + (start - floor) * decay**counts
            ),
        },
    )
    done(name)
