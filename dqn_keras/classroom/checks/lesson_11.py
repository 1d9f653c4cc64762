"""Lesson 11: what each idea is worth."""

import itertools
import math

import numpy as np

from dqn_keras.classroom.checks.chance import Dice, Draws, Shares, draw
from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.values import as_numbers


def _scores(rng):
    """Runs in any order, their number divisible by 4; many may have the same score."""
    number = 4 * rng.integers(1, 7)
    values = rng.choice([9.0, 10.5, 100.0, 490.3, 500.0, 500.0, -7.0], number)
    if rng.integers(2):
        values = rng.permutation(10 * number)[:number] - rng.choice([0.0, 40.0])
    return (values.astype(rng.choice(["float32", "float64"])),)


def _middle(rule):
    """A statistic by a rule of (sorted values, a quarter of their number)."""
    return lambda values: rule(np.sort(values), len(values) // 4)


def _within_quartiles(values):
    low, high = np.percentile(values, [25, 75])
    return values[(values >= low) & (values <= high)].mean()


@exercise(
    examples=[
        (np.array([9.0, 500.0, 480.0, 100.0]),),
        (np.array([500.0, 9.0, 480.0, 90.0, 410.0, 300.0, 470.0, 350.0]),),
        (np.array([500.0, 9.0, 480.0, 500.0, 500.0, 300.0, 480.0, 350.0]),),
        (np.array([1.0, 40.0, 7.0, 19.0, 3.0, 100.0, 12.0, 60.0, 30.0, 80.0, 5.0, 220.0]),),
    ],
    random=_scores,
    mistakes=[
        np.mean,
        "that is the mean of all: leave out the lowest and the highest quarter",
        "전체의 평균입니다. 가장 낮은 4분의 1과 가장 높은 4분의 1을 빼세요",
        np.median,
        "that is the median: average the whole middle half",
        "중앙값입니다. 가운데 절반을 모두 평균하세요",
        lambda v: v[len(v) // 4 : -(len(v) // 4)].mean(),
        "the middle half in the order of the runs: sort first",
        "실행 순서에서 가운데 절반을 썼습니다. 먼저 크기순으로 늘어놓으세요",
        _middle(lambda v, q: v[:-q].mean()),
        "only the highest quarter is left out: leave out the lowest as well",
        "가장 높은 4분의 1만 뺐습니다. 가장 낮은 4분의 1도 빼세요",
        _middle(lambda v, q: v[q:].mean()),
        "only the lowest quarter is left out: leave out the highest as well",
        "가장 낮은 4분의 1만 뺐습니다. 가장 높은 4분의 1도 빼세요",
        _middle(lambda v, q: v[q : 3 * q + 1].mean()),
        "one value too many: a slice ends before its second index",
        "하나가 더 들어갔습니다. 슬라이스는 둘째 번호 앞에서 끝납니다",
        _middle(lambda v, q: v[q : 3 * q - 1].mean()),
        "one value too few: a slice already ends before its second index",
        "하나가 모자랍니다. 슬라이스는 이미 둘째 번호 앞에서 끝납니다",
        _middle(lambda v, q: v[q + 1 : 3 * q].mean()),
        "one value too few: with indices from 0, the middle half begins at N // 4",
        "하나가 모자랍니다. 번호를 0부터 세면 가운데 절반은 N // 4에서 시작합니다",
        _middle(lambda v, q: v[q + 1 : 3 * q + 1].mean()),
        "one place too far: the formula counts from 1, Python from 0",
        "한 칸 밀렸습니다. 수식은 1부터, 파이썬은 0부터 셉니다",
        _middle(lambda v, q: v[q - 1 : 3 * q].mean()),
        "one value too many: with indices from 0, the middle half begins at N // 4",
        "하나가 더 들어갔습니다. 번호를 0부터 세면 가운데 절반은 N // 4에서 시작합니다",
        _middle(lambda v, q: v[1:-1].mean()),
        "it leaves out one run at each end: leave out a quarter at each end",
        "양 끝에서 하나씩만 뺐습니다. 양 끝에서 4분의 1씩 빼세요",
        _middle(lambda v, q: v[q - 1 : 3 * q + 1].mean()),
        "one value too many at each end: the middle half is [N // 4 : 3 * N // 4]",
        "양 끝에 하나씩 더 들어갔습니다. 가운데 절반은 [N // 4 : 3 * N // 4]입니다",
        _middle(lambda v, q: v[q + 1 : 3 * q - 1].mean()),
        "one value too few at each end: the middle half is [N // 4 : 3 * N // 4]",
        "양 끝에서 하나씩 더 빠졌습니다. 가운데 절반은 [N // 4 : 3 * N // 4]입니다",
        _middle(lambda v, q: v[q - 1 : -q + 1].mean()),
        "v[:-q + 1] is empty where q is 1, and otherwise one value too many: [q : -q]",
        "q가 1이면 [: -q + 1]은 비어 있고, 그 밖에는 하나가 더 들어갑니다. [q : -q]를 쓰세요",
        _middle(lambda v, q: v[25:75].mean()),
        "[25:75] fits a hundred runs only: count from len(values)",
        "[25:75]는 실행이 100개일 때만 맞습니다. len(values)로 계산하세요",
        _middle(lambda v, q: v[q : 2 * q].mean()),
        "that is the second quarter: the third belongs to the middle half as well",
        "두 번째 4분의 1뿐입니다. 세 번째 4분의 1도 가운데 절반입니다",
        _middle(lambda v, q: v[2 * q : 3 * q].mean()),
        "that is the third quarter: the second belongs to the middle half as well",
        "세 번째 4분의 1뿐입니다. 두 번째 4분의 1도 가운데 절반입니다",
        _middle(lambda v, q: round(v[q:-q].mean())),
        "the mean is rounded: return it as it is",
        "평균을 반올림했습니다. 그대로 반환하세요",
        _middle(lambda v, q: int(v[q:-q].mean())),
        "the digits behind the point are cut off: return the mean as it is",
        "소수점 아래를 버렸습니다. 평균을 그대로 반환하세요",
        _middle(lambda v, q: np.percentile(v, [25, 75])),
        "these are the quartiles: return the mean of the runs between them",
        "사분위수 두 개입니다. 그 사이에 있는 실행들의 평균을 반환하세요",
        _middle(lambda v, q: v[2 : len(v) - 2].mean()),
        "leaving out two runs at each end fits eight runs only: count from len(values)",
        "양 끝에서 2개씩 빼는 것은 실행이 8개일 때만 맞습니다. len(values)로 계산하세요",
        lambda v: v[(v >= 0.25 * v.max()) & (v <= 0.75 * v.max())].mean(),
        "a quarter of the highest score is not a quarter of the runs: leave out N // 4 runs at "
        "each end by their place",
        "가장 높은 점수의 4분의 1은 실행의 4분의 1이 아닙니다. 순서로 양 끝에서 N // 4개씩 빼세요",
        _middle(lambda v, q: v[1:3].mean()),
        "[1:3] fits four runs only: count from len(values)",
        "[1:3]은 실행이 4개일 때만 맞습니다. len(values)로 계산하세요",
        _middle(lambda v, q: v[len(v) // 3 : -(len(v) // 3)].mean()),
        "it leaves out a third at each end: a quarter of N is N // 4",
        "양 끝에서 3분의 1씩 뺐습니다. N의 4분의 1은 N // 4입니다",
        lambda v: v[(v > np.percentile(v, 25)) & (v <= np.percentile(v, 75))].mean(),
        "equal scores are in or out together: leave out N // 4 runs at each end by their place, "
        "not by their value",
        "점수가 같은 실행이 한꺼번에 들어가거나 빠집니다. 값이 아니라 순서로 "
        "양 끝에서 N // 4개씩 빼세요",
        _middle(lambda v, q: 2 / len(v) * sum(v[i] for i in range(q + 1, 3 * q + 1))),
        "one place too far: the formula counts from 1, Python from 0",
        "한 칸 밀렸습니다. 수식은 1부터, 파이썬은 0부터 셉니다",
        _middle(lambda v, q: 2 / len(v) * sum(v[i] for i in range(q + 1, 3 * q))),
        "one value too few: with indices from 0, the middle half begins at N // 4",
        "하나가 모자랍니다. 번호를 0부터 세면 가운데 절반은 N // 4에서 시작합니다",
        _middle(lambda v, q: v[q // 2 : len(v) - q // 2].mean()),
        "it leaves out an eighth at each end: a quarter of N is N // 4",
        "양 끝에서 8분의 1씩 뺐습니다. N의 4분의 1은 N // 4입니다",
        _middle(lambda v, q: v[: 2 * q].mean()),
        "that is the lower half: leave out a quarter at each end",
        "낮은 절반입니다. 양 끝에서 4분의 1씩 빼세요",
        _middle(lambda v, q: v[2 * q :].mean()),
        "that is the higher half: leave out a quarter at each end",
        "높은 절반입니다. 양 끝에서 4분의 1씩 빼세요",
        _middle(lambda v, q: np.concatenate([v[:q], v[-q:]]).mean()),
        "that is the mean of the quarters to be left out: average what lies between",
        "빼야 할 양 끝의 평균입니다. 그 사이에 있는 값들을 평균하세요",
        _within_quartiles,
        "runs that score as much as a quartile all count here: leave out N // 4 runs at each end "
        "by their place, not by their value",
        "사분위수와 점수가 같은 실행이 모두 들어갑니다. 값이 아니라 순서로 "
        "양 끝에서 N // 4개씩 빼세요",
        lambda v: v[(v > np.percentile(v, 25)) & (v < np.percentile(v, 75))].mean(),
        "runs that score as much as a quartile are all left out: leave out N // 4 runs at each end "
        "by their place, not by their value",
        "사분위수와 점수가 같은 실행이 모두 빠집니다. 값이 아니라 순서로 "
        "양 끝에서 N // 4개씩 빼세요",
        lambda v: _middle(lambda w, q: w[q : len(w) - q].mean())(np.unique(v)),
        "equal scores are counted once: every run counts",
        "같은 점수를 한 번만 셉니다. 점수가 같아도 실행마다 따로 세세요",
        _middle(lambda v, q: np.percentile(v, 75) - np.percentile(v, 25)),
        "that is the distance between the quartiles: take the mean of what lies between",
        "사분위수 사이의 거리입니다. 그 사이에 있는 값들의 평균을 구하세요",
        _middle(lambda v, q: (np.percentile(v, 75) + np.percentile(v, 25)) / 2),
        "that is the middle of the two quartiles: take the mean of all that lies between",
        "두 사분위수의 가운데입니다. 그 사이에 있는 값 모두의 평균을 구하세요",
        _middle(lambda v, q: (v[q] + v[-q - 1]) / 2),
        "that is the middle of the two ends: take the mean of all that lies between",
        "양 끝 두 값의 가운데입니다. 그 사이에 있는 값 모두의 평균을 구하세요",
        _middle(lambda v, q: (v[q] + v[3 * q]) / 2),
        "that is the middle of the two ends: take the mean of all that lies between",
        "양 끝 두 값의 가운데입니다. 그 사이에 있는 값 모두의 평균을 구하세요",
        _middle(lambda v, q: v[q:-q].sum()),
        "that is the sum of the middle half: divide by how many they are",
        "가운데 절반의 합입니다. 그 개수로 나누세요",
        _middle(lambda v, q: v[q:-q].sum() / len(v)),
        "the sum is divided by the number of all runs, not of the middle half",
        "가운데 절반의 개수가 아니라 전체 실행의 수로 나누었습니다",
        _middle(lambda v, q: v[q:-q]),
        "that is the middle half itself: return its mean",
        "가운데 절반을 그대로 반환했습니다. 그 평균을 반환하세요",
    ],
)
def check_interquartile_mean(values):
    """The mean of the middle half."""
    return np.sort(values)[len(values) // 4 : len(values) * 3 // 4].mean()


def _iqm(values):
    return np.sort(values)[len(values) // 4 : len(values) * 3 // 4].mean()


_CALLS = 200
_SIZE = "how many numbers it returns", "반환한 숫자의 개수"
_GAP = "gaps", "차이"


def _gaps(call, changed, original, rng):
    """Which gaps an answer returns, in many calls; only how many numbers, if not one."""
    first = call(changed, original, rng())
    numbers = as_numbers(first)
    if numbers is None:
        size = len(first) if isinstance(first, list | tuple) else 0
    else:
        size = numbers.size
    if size != 1 and first is not None:
        return {_SIZE: size, _GAP: None}
    if size == 1 and not np.isfinite(numbers).all():
        return {_SIZE: 1, _GAP: Draws([first] * _CALLS)}
    return {_SIZE: 1, _GAP: Draws(draw(lambda dice: call(changed, original, dice), _CALLS, rng))}


def _chances_of_iqm(values):
    """The interquartile mean of as many redrawn values: each outcome and its probability."""
    numbers, counts = np.unique(values, return_counts=True)
    size, chances = len(values), {}
    for drawn in itertools.combinations_with_replacement(range(len(numbers)), size):
        ways = np.bincount(drawn, minlength=len(numbers))
        chance = math.factorial(size) / math.prod(map(math.factorial, ways.tolist()))
        chance *= math.prod(((counts / size) ** ways).tolist())
        outcome = _iqm(numbers[list(drawn)])
        chances[outcome] = chances.get(outcome, 0) + chance
    return chances


def _chances(changed, original, rng):
    """Each gap between two such means and its probability."""
    chances = {}
    for a, p in _chances_of_iqm(changed).items():
        for b, q in _chances_of_iqm(original).items():
            gap = int(a - b) if a - b == int(a - b) else round(float(a - b), 6)
            chances[gap] = chances.get(gap, 0) + p * q
    return {_SIZE: 1, _GAP: Shares(chances)}


def _two_groups(rng):
    """Few runs of few scores, so that few gaps are possible."""
    groups = [rng.choice(rng.choice([10.0, 100.0, 480.0, 500.0], 2, False), 4 * n) for n in (1, 2)]
    if rng.integers(2):
        groups = groups[::-1]
    return *groups, Dice(rng.integers(1000))


def _anew(values, rng):
    return rng.choice(values, len(values))


def _redrawn(rule):
    """A gap by a rule of both groups, redrawn."""
    return lambda changed, original, rng: rule(_anew(changed, rng), _anew(original, rng))


def _same_rows(changed, original, rng):
    rows = rng.integers(len(changed), size=len(changed))
    return _iqm(changed[rows]) - _iqm(original[rows])


def _from_one_pot(changed, original, rng):
    pot = np.concatenate([changed, original])
    return _iqm(rng.choice(pot, len(changed))) - _iqm(rng.choice(pot, len(original)))


def _of_so_many(number, middle=_iqm):
    """Both groups redrawn, each with a number of runs that is not its own."""
    return lambda changed, original, rng: (
        middle(rng.choice(changed, number(changed, original)))
        - middle(rng.choice(original, number(original, changed)))
    )


def _unsorted(values):
    return values[len(values) // 4 : len(values) * 3 // 4].mean()


@exercise(
    examples=[
        (np.array([0.0, 8.0, 20.0, 44.0]), np.full(4, 2.0), Dice(0)),
        (np.full(4, 2.0), np.array([44.0, 8.0, 0.0, 20.0]), Dice(1)),
        (np.array([0.0, 0.0, 8.0, 8.0]), np.array([0.0, 0.0, 8.0, 8.0]), Dice(2)),
        (np.array([500.0, 100.0, 500.0, 100.0]), np.array([10.0] * 3 + [490.0] * 5), Dice(3)),
        (np.array([490.0] * 5 + [10.0] * 3), np.array([100.0, 500.0, 500.0, 500.0]), Dice(4)),
    ],
    random=_two_groups,
    number=3,
    observe=_gaps,
    expect=_chances,
    mistakes=[
        lambda a, b, rng: _iqm(a) - _iqm(b),
        "it is the same gap every time: draw the runs anew, with replacement",
        "언제나 같은 차이가 나옵니다. 중복을 허락해 실행을 새로 뽑으세요",
        lambda a, b, rng: (
            _iqm(_anew(a, np.random.default_rng(0))) - _iqm(_anew(b, np.random.default_rng(0)))
        ),
        "it makes a generator of its own, with the same draws every time: use `rng`",
        "함수 안에서 생성기를 새로 만들어 언제나 똑같이 뽑습니다. 받은 `rng`를 쓰세요",
        lambda a, b, rng: (lambda own: _iqm(_anew(a, own)) - _iqm(_anew(b, own)))(
            np.random.default_rng(0)
        ),
        "it makes a generator of its own, with the same draws every time: use `rng`",
        "함수 안에서 생성기를 새로 만들어 언제나 똑같이 뽑습니다. 받은 `rng`를 쓰세요",
        lambda a, b, rng: _iqm(_anew(a, rng)) - _iqm(b),
        "only `changed` is redrawn: the original's runs could have been others, too",
        "`changed`만 새로 뽑습니다. `original`도 새로 뽑으세요",
        lambda a, b, rng: _iqm(a) - _iqm(_anew(b, rng)),
        "only `original` is redrawn: the changed agent's runs could have been others, too",
        "`original`만 새로 뽑습니다. `changed`도 새로 뽑으세요",
        _redrawn(lambda a, b: _iqm(b) - _iqm(a)),
        "the sign is turned: it is the changed agent's mean minus the original's",
        "부호가 반대입니다. `changed`의 평균에서 `original`의 평균을 빼세요",
        _redrawn(lambda a, b: abs(_iqm(a) - _iqm(b))),
        "it drops the sign: a worse agent has a gap below 0",
        "부호를 버렸습니다. 더 나쁜 에이전트라면 차이가 0보다 작아야 합니다",
        _redrawn(lambda a, b: a.mean() - b.mean()),
        "it takes the mean of all redrawn runs: take their interquartile mean",
        "새로 뽑은 실행 전체를 평균했습니다. 사분위간 평균을 구하세요",
        _redrawn(lambda a, b: np.median(a) - np.median(b)),
        "it takes the median of the redrawn runs: take their interquartile mean",
        "새로 뽑은 실행의 중앙값을 썼습니다. 사분위간 평균을 구하세요",
        _redrawn(lambda a, b: _unsorted(a) - _unsorted(b)),
        "it takes the middle half in the order drawn: sort first, as the interquartile mean does",
        "뽑은 순서에서 가운데 절반을 썼습니다. 사분위간 평균처럼 먼저 정렬하세요",
        _redrawn(lambda a, b: a.max() - b.max()),
        "it compares the best runs: compare the interquartile means",
        "가장 좋은 실행끼리 비교했습니다. 사분위간 평균끼리 비교하세요",
        _same_rows,
        "both groups get the same draw, but their runs have nothing in common: draw for each anew",
        "두 배열에서 같은 번호를 뽑았습니다. 둘은 서로 상관이 없으니 따로 뽑으세요",
        _from_one_pot,
        "it draws from both groups mixed: draw each group from its own runs",
        "두 배열을 한데 섞어서 뽑습니다. 배열마다 따로 뽑으세요",
        lambda a, b, rng: rng.choice(a) - rng.choice(b),
        "it draws one run of each: draw as many as the group has",
        "실행을 하나씩만 뽑습니다. 배열의 길이만큼 뽑으세요",
        _of_so_many(lambda own, other: 4 * len(own)),
        "it draws more runs than the group has: draw exactly as many",
        "배열의 길이보다 많이 뽑습니다. 길이만큼만 뽑으세요",
        _of_so_many(lambda own, other: 2 * len(own)),
        "it draws more runs than the group has: draw exactly as many",
        "배열의 길이보다 많이 뽑습니다. 길이만큼만 뽑으세요",
        _of_so_many(lambda own, other: 100),
        "it always draws 100 runs: draw as many as the group has",
        "언제나 100개를 뽑습니다. 배열의 길이만큼 뽑으세요",
        _of_so_many(lambda own, other: len(other)),
        "each group is redrawn with the other's number of runs: take its own",
        "다른 배열의 길이만큼 뽑습니다. 자기 길이만큼 뽑으세요",
        lambda a, b, rng: _iqm(_anew(a, rng)) - _iqm(rng.choice(b, len(a))),
        "the original's runs are as many as the changed agent's here: take len(original)",
        "`original`도 `changed`의 수만큼 뽑습니다. len(original)개를 뽑으세요",
        lambda a, b, rng: _iqm(rng.choice(a, len(b))) - _iqm(_anew(b, rng)),
        "the changed agent's runs are as many as the original's here: take len(changed)",
        "`changed`도 `original`의 수만큼 뽑습니다. len(changed)개를 뽑으세요",
        lambda a, b, rng: _iqm(_anew(a, rng)) - _iqm(_anew(a, rng)),
        "both means are the changed agent's: the second is the original's",
        "두 평균이 모두 `changed`의 것입니다. 두 번째는 `original`로 구하세요",
        _redrawn(lambda a, b: (_iqm(a), _iqm(b))),
        "two numbers, two means or an interval: return one, the difference of the two means",
        "숫자가 둘입니다(평균 둘 또는 구간). 하나만, 두 평균의 차이를 반환하세요",
        *(
            part
            for number in (2000, 1000)
            for part in (
                lambda a, b, rng, number=number: [0.0] * number,
                "these are many gaps: return one, the lesson's next cell asks two thousand times",
                "차이가 여러 개입니다. 하나만 반환하세요. 2000번 되풀이하는 것은 다음 셀이 합니다",
            )
        ),
        lambda a, b, rng: (lambda drawn: _iqm(drawn) - _iqm(drawn))(_anew(a, rng)),
        "it takes one group from itself: the second mean is the original's",
        "같은 배열끼리 뺐습니다. 두 번째 평균은 `original`로 구하세요",
        *(
            part
            for middle in (_iqm, lambda drawn: _iqm(drawn) if len(drawn) > 3 else np.nan)
            for part in (
                _of_so_many(lambda own, other: len(own) // 2, middle),
                "it draws half as many runs as the group has: draw exactly as many",
                "배열의 절반만 뽑습니다. 길이만큼 뽑으세요",
            )
        ),
        _redrawn(lambda a, b: _iqm(a) + _iqm(b)),
        "it adds the two means: take the original's off",
        "두 평균을 더했습니다. `original`의 평균을 빼세요",
        _redrawn(lambda a, b: _iqm(a - b)),
        "it pairs the runs and subtracts them one by one: take the interquartile means first",
        "실행을 하나씩 짝지어 뺐습니다. 먼저 배열마다 사분위간 평균을 구하고 나서 빼세요",
        _redrawn(lambda a, b: _iqm(a) > _iqm(b)),
        "that says which is better: return by how much",
        "어느 쪽이 나은지만 알려 줍니다. 얼마나 차이 나는지 반환하세요",
        _redrawn(lambda a, b: _iqm(a) / _iqm(b)),
        "that is a ratio: return the difference",
        "비율입니다. 차이를 반환하세요",
        _redrawn(lambda a, b: _iqm(a)),
        "that is the changed agent's mean alone: take the original's off",
        "`changed`의 평균뿐입니다. `original`의 평균을 빼세요",
        _redrawn(lambda a, b: _iqm(b)),
        "that is the original's mean alone: take it off the changed agent's",
        "`original`의 평균뿐입니다. `changed`의 평균에서 빼세요",
        _redrawn(lambda a, b: (a, b)),
        "these are the redrawn runs themselves: return one number, the difference of their "
        "interquartile means",
        "새로 뽑은 실행 그대로입니다. 사분위간 평균의 차이, 숫자 하나를 반환하세요",
        _redrawn(lambda a, b: (_iqm(a) - _iqm(b)) / 2),
        "that is half of the gap: the difference is not divided",
        "차이의 절반입니다. 나누지 마세요",
        lambda a, b, rng: _anew(a, rng),
        "that is a number for each run: return one number, the difference of the two means",
        "실행마다 숫자가 하나씩입니다. 두 평균의 차이, 숫자 하나를 반환하세요",
    ],
)
def check_redrawn_gap(changed, original, rng):
    """The difference of the interquartile means of two groups of runs, each redrawn."""
    return _iqm(_anew(changed, rng)) - _iqm(_anew(original, rng))
