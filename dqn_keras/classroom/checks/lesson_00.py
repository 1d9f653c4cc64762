"""Checks of lesson 00, the quick start: the mean of the last ten scores and the stop rule."""

import warnings

import numpy as np

from dqn_keras.classroom.checks.tools import call, compare, done

# Twelve scores, so that the first ten, the last ten and the ten before the newest differ.
_TWELVE = [10.0, 20.0, 40.0, 80.0, 100.0, 150.0, 60.0, 210.0, 300.0, 410.0, 500.0, 30.0]
_LIMIT = 490


def check_mean_of_last_ten(function) -> None:
    """Checks `function(scores)`.

    Args:
        function: Returns the mean of the ten newest scores, or of all while there are fewer.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "mean_of_last_ten"
    compare(
        name,
        call(function, list(_TWELVE)),
        np.mean(_TWELVE[-10:]),
        {
            "the newest score is left out: a slice that ends with :-1 stops before it": np.mean(
                _TWELVE[-10:-1]
            ),
            "ten scores, but the newest is not among them": np.mean(_TWELVE[-11:-1]),
            "these are the first ten scores: the newest stand at the end of the list": np.mean(
                _TWELVE[:10]
            ),
            "it averages all scores: only the ten newest count": np.mean(_TWELVE),
            "only nine scores are averaged: off by one": np.mean(_TWELVE[-9:]),
            "eleven scores are averaged: off by one": np.mean(_TWELVE[-11:]),
            "it leaves out the first ten scores and keeps the rest: [10:] is not [-10:]": np.mean(
                _TWELVE[10:]
            ),
            "this is the sum: divide by how many there are": np.sum(_TWELVE[-10:]),
            "this is only one of the scores; add up ten and divide": _TWELVE[-1],
            "this is only one of the scores, the tenth from the end; you want all from there "
            "on": _TWELVE[-10],
            "this is the largest of them: the mean is asked for": max(_TWELVE),
        },
    )
    few = [_TWELVE[:10], _TWELVE[:3], _TWELVE[:1]]
    compare(
        name,
        [call(function, list(scores)) for scores in few],
        [np.mean(scores) for scores in few],
        {
            "right for ten scores, but while there are fewer it still divides by 10": [
                np.sum(scores) / 10 for scores in few
            ],
            "right for ten scores and more; while there are fewer, average those there are": [
                np.mean(few[0]),
                0,
                0,
            ],
        },
    )
    done(name)


# Scores, one list a row, and the mistake that each brings to light.
_STORIES = [
    [500.0] * 10,  # waits for more than ten
    [20.0] * 5 + [500.0] * 10,  # averages all, or the first ten
    [500.0] * 10 + [400.0] * 20,  # success long ago
    [500.0] * 9 + [450.0],  # wants every score above the limit: the mean is 495
    [500.0],  # one lucky score
    [500.0] * 2,  # two: the slides' rule stops
    [500.0] * 9,  # nearly enough
    [20.0, 60.0] + [500.0] * 9 + [390.0],  # the newest matters: 489
    [300.0] + [500.0] * 9,  # the tenth from the end matters: 480
    [490.0] * 10,  # the limit itself is not above it
    [500.0] * 100 + [400.0] * 10,  # success for long: the mean of all is still above
    [20.0] * 9 + [500.0],  # the newest alone is not enough
]


def check_should_stop(function) -> None:
    """Checks `function(scores)`.

    Args:
        function: Returns True if there are ten scores and the mean of the last ten is above 490.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "should_stop"
    with warnings.catch_warnings():  # the hint says more than NumPy's warning of an empty mean
        warnings.simplefilter("ignore", RuntimeWarning)
        results = [call(function, list(scores)) for scores in _STORIES]
    compare(
        name,
        results,
        _decisions(_rule),
        {
            "two slips of the slides are still in it: the newest score is not looked at, and "
            "a few lucky scores are enough": _decisions(lambda s: _above(s[-10:-1])),
            "it stops after one or two lucky scores: wait until there are ten": _decisions(
                lambda s: _above(s[-10:])
            ),
            "it stops though the newest score is bad: is the newest among your ten?": _decisions(
                lambda s: len(s) >= 10 and _above(s[-10:-1])
            ),
            "it uses ten scores, but not the newest": _decisions(
                lambda s: len(s) >= 10 and _above(s[-11:-1])
            ),
            "it averages nine scores: off by one": _decisions(
                lambda s: len(s) >= 10 and _above(s[-9:])
            ),
            "a mean of 490 is not above 490: > or >=?": _decisions(
                lambda s: len(s) >= 10 and np.mean(s[-10:]) >= _LIMIT
            ),
            "ten scores are enough, it waits for the eleventh: > or >=?": _decisions(
                lambda s: len(s) > 10 and _rule(s)
            ),
            "it averages all scores: only the ten newest count": _decisions(
                lambda s: len(s) >= 10 and _above(s)
            ),
            "it looks at the first ten scores: the newest stand at the end": _decisions(
                lambda s: len(s) >= 10 and _above(s[:10])
            ),
            "it wants each of the ten above 490; their mean is what counts": _decisions(
                lambda s: len(s) >= 10 and min(s[-10:]) > _LIMIT
            ),
            "one good score of the ten is enough for it; their mean is what counts": _decisions(
                lambda s: len(s) >= 10 and max(s[-10:]) > _LIMIT
            ),
            "the newest score alone is not enough: take the mean of ten": _decisions(
                lambda s: s[-1] > _LIMIT
            ),
            "the newest score alone decides, once there are ten: take their mean": _decisions(
                lambda s: len(s) >= 10 and s[-1] > _LIMIT
            ),
            "the wrong way round: True means stop": _decisions(lambda s: not _rule(s)),
            "it stops when the mean is below 490": _decisions(
                lambda s: len(s) >= 10 and np.mean(s[-10:]) < _LIMIT
            ),
            "it never stops": _decisions(lambda s: False),
            "it always stops": _decisions(lambda s: True),
            "it returns the mean: compare it with 490, and count the scores": [
                np.mean(scores[-10:]) for scores in _STORIES
            ],
        },
    )
    done(name)


def _above(scores) -> bool:
    return len(scores) > 0 and np.mean(scores) > _LIMIT


def _rule(scores) -> bool:
    return len(scores) >= 10 and _above(scores[-10:])


def _decisions(rule) -> list[bool]:
    return [bool(rule(scores)) for scores in _STORIES]
