"""Exercises with dice: what many draws have in common, judged so that luck is no excuse."""

import math
from collections import Counter

import numpy as np

from dqn_keras.classroom.checks.messages import Told
from dqn_keras.classroom.checks.values import as_numbers, show, unchanged
from dqn_keras.machinery.language import say

# A right answer's share is so far off with probability e**-21 (Chernoff's bound), 8e-10. A check
# asks about fewer than 500 shares, in both directions: less than one false alarm in a million.
_SURPRISE = 21.0


class Draws:
    """How often each outcome came; agrees with probabilities unless chance is ruled out."""

    def __init__(self, outcomes):
        self.counts = Counter(map(_outcome, outcomes))
        self.total = sum(self.counts.values())

    def share(self, outcome) -> float:
        """How much of the draws had this outcome."""
        return self.counts[outcome] / max(self.total, 1)

    def agrees_with(self, expected) -> bool:
        """Could these draws come from that?

        Args:
            expected: `Shares`; or other draws, for which a coarser test will do.
        """
        if isinstance(expected, Draws):
            pooled = self.counts + expected.counts
            surprise = sum(
                _surprise(draws.counts[outcome], draws.total, count / pooled.total())
                for outcome, count in pooled.items()
                for draws in (self, expected)
            )
            return surprise < 2 * _SURPRISE
        if not isinstance(expected, Shares):
            return False
        for outcome in {*self.counts, *expected}:
            low, high = np.broadcast_to(expected.get(outcome, 0.0), 2)
            nearest = np.clip(self.share(outcome), low, high)
            if _surprise(self.counts[outcome], self.total, nearest) > _SURPRISE:
                return False
        return True

    def show(self) -> str:
        """The shares as percentages."""
        return _percentages({outcome: self.share(outcome) for outcome in self.counts})


class Shares(dict):
    """Outcome to probability, a number or the two it lies between; `Draws` agree with it."""

    def show(self) -> str:
        """The probabilities as percentages."""
        return _percentages(self)


def _percentages(shares) -> str:
    parts = [f"{o}: {np.mean(shares[o]):.0%}" for o in sorted(shares, key=str)]
    return "{" + ", ".join(parts[:8] + ["…"] * (len(parts) > 8)) + "}"


def _outcome(value):
    """An outcome that can be counted: a whole number where it is one, else a short text."""
    if type(value) in (str, int):
        return value
    if not isinstance(value, float | np.number):
        number = as_numbers(value)
        if number is None or number.size != 1:
            return show(value)
        value = number.reshape(())
    number = float(value)
    if number.is_integer():
        return int(number)
    return round(number, 6) if math.isfinite(number) else show(number)


def _surprise(count, total, p) -> float:
    """How unlikely so uncommon a share is, at least: e to the minus total times KL(share, p)."""
    share = count / total
    if share == p:
        return 0.0
    if p in (0, 1):
        return np.inf
    return total * sum(a * np.log(a / b) for a, b in ((share, p), (1 - share, 1 - p)) if a > 0)


class Dice:
    """Makes a case's generator, as often as asked the same; of one kind every coin shows 0.0."""

    def __init__(self, seed: int, tails: bool = False):
        self.seed, self.tails = int(seed), tails

    def __call__(self) -> np.random.Generator:
        """The generator, fresh from its seed."""
        return (_Tails if self.tails else np.random.Generator)(np.random.PCG64(self.seed))

    def show(self) -> str:
        """For messages."""
        if self.tails:
            return say("a generator whose random() is 0.0", "random()이 0.0인 생성기")
        return f"np.random.default_rng({self.seed})"


class _Tails(np.random.Generator):
    def random(self, *arguments, **settings):
        return super().random(*arguments, **settings) * 0

    def uniform(self, *arguments, **settings):
        return super().uniform(*arguments, **settings) * 0


def draw(call, times: int, dice: Dice) -> list:
    """Calls an answer often with one generator, and some of it again with the same seed.

    Args:
        call: `call(rng)` asks the learner's function once.
        times: How often.
        dice: Makes the generator.

    Returns:
        What it returned, [times].

    Raises:
        Told: With the same seed it returned something else.
    """
    rng, again = dice(), dice()
    drawn = [call(rng) for _ in range(times)]
    if not all(unchanged(call(again), value) for value in drawn[: times // 10]):
        raise Told("dice")
    return drawn
