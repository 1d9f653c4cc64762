"""Lesson 00, the quick start: the mean of the last ten scores and the stop rule."""

import functools

import numpy as np

from dqn_keras.classroom.checks.harness import exercise

_LIMIT = 490


def _mean(scores) -> float:
    return sum(scores) / len(scores)


def _any_scores(rng):
    """Between 1 and 30 scores, no two of them alike."""
    return ((rng.permutation(500)[: rng.integers(1, 31)] + 0.5).tolist(),)


def _averaging(part, *hint):
    """The mean of a part of the scores; of an empty one it is NaN in NumPy, an error in Python."""
    return lambda s: np.mean(part(s)), *hint, lambda s: _mean(part(s)), *hint


def _from_the_end(first, last):
    """A loop that adds up scores[-first], …, scores[-last]."""
    return lambda s: sum(s[-i] for i in range(first, last + 1)) / 10


@exercise(
    examples=[
        # So that the first ten, the last ten and the ten before the newest differ.
        ([10.0, 20.0, 40.0, 80.0, 100.0, 150.0, 60.0, 210.0, 300.0, 410.0, 500.0, 30.0],),
        ([30.0],),
        ([30.0, 70.0],),
        ([30.0, 70.0, 20.0],),
        ([20.0, 60.0, 500.0, 110.0, 40.0, 70.0],),
        ([float(score) for score in (90, 20, 60, 500, 110, 40, 70, 25, 130, 10)],),
        ([20.0, 60.0, *[500.0] * 9, 390.0],),
        ([500.0, *[20.0] * 10],),
        ([500.0] * 10,),  # above 490, where True and 500 differ
    ],
    random=_any_scores,
    mistakes=[
        *_averaging(
            lambda s: s[-10:-1],
            "the newest score is left out: a slice that ends with :-1 stops before it",
            "가장 새로운 점수가 빠졌습니다. :-1로 끝나는 슬라이스는 그 앞에서 멈춥니다",
        ),
        *_averaging(
            lambda s: s[-10:0],
            "this slice is empty, as [-10:0], [-10:-0] and [-1:-10] are: write [-10:]",
            "슬라이스가 비어 있습니다. [-10:0], [-10:-0], [-1:-10]이 그렇습니다. 끝 번호 없이 "
            "[-10:]이라고 쓰세요",
        ),
        lambda s: sum(s[-10:-1]) / 9,
        "the newest score is left out, and the rest is always divided by 9",
        "가장 새로운 점수가 빠졌고, 나머지의 합을 언제나 9로 나눕니다",
        lambda s: sum(s[-10:-1]) / 10,
        "the newest score is left out, and nine scores are divided by 10",
        "가장 새로운 점수가 빠졌고, 아홉 점수의 합을 10으로 나눕니다",
        *_averaging(
            lambda s: s[-11:-1],
            "ten scores, but the newest is not among them",
            "열 개이기는 하지만 가장 새로운 점수가 들어 있지 않습니다",
        ),
        lambda s: _mean(s[:10]),
        "these are the first ten scores: the newest stand at the end of the list",
        "처음 열 개의 점수입니다. 최근 점수는 리스트의 끝에 있습니다",
        lambda s: sum(s[:10]) / 10,
        "these are the first ten scores: the newest stand at the end of the list",
        "처음 열 개의 점수입니다. 최근 점수는 리스트의 끝에 있습니다",
        _mean,
        "it averages all scores: only the ten newest count",
        "모든 점수의 평균입니다. 최근 열 개만 셉니다",
        lambda s: _mean(s[-9:]),
        "only nine scores are averaged: off by one",
        "아홉 개만 평균했습니다. 하나 모자랍니다",
        lambda s: _mean(s[-11:]),
        "eleven scores are averaged: off by one",
        "열한 개를 평균했습니다. 하나 많습니다",
        *_averaging(
            lambda s: s[10:],
            "it leaves out the first ten scores and keeps the rest: [10:] is not [-10:]",
            "처음 열 개를 빼고 나머지를 씁니다. [10:]과 [-10:]은 다릅니다",
        ),
        lambda s: _mean(s[-10::-1]),
        "[-10::-1] walks from the tenth last back to the first: the last ten are [-10:]",
        "[-10::-1]은 끝에서 열째부터 처음으로 거슬러 갑니다. 마지막 열 개는 [-10:]입니다",
        lambda s: _mean(s[len(s) - 10 :]),
        "with fewer than ten scores, len(scores) - 10 is negative and counts from the end: "
        "scores[-10:] takes what there is",
        "점수가 열 개보다 적으면 len(scores) - 10이 음수라서 끝에서부터 셉니다. "
        "scores[-10:]은 있는 것만 가져옵니다",
        lambda s: _mean(s[-10:]) if len(s) >= 10 else sum(s),
        "while there are fewer than ten it returns their sum: divide by how many there are",
        "열 개가 안 될 때는 합을 반환합니다. 점수의 개수로 나누세요",
        lambda s: _mean(s[:9]),
        "these are the first nine scores: the newest stand at the end of the list",
        "처음 아홉 개의 점수입니다. 최근 점수는 리스트의 끝에 있습니다",
        *_averaging(
            lambda s: s[1:11],
            "these are the second to the eleventh score: the newest stand at the end of the list",
            "둘째부터 열한째까지의 점수입니다. 최근 점수는 리스트의 끝에 있습니다",
        ),
        lambda s: sum(s[-10:]),
        "this is the sum: divide by how many there are",
        "합을 반환합니다. 점수의 개수로 나누세요",
        lambda s: sum(s[-10:]) / 10,
        "right for ten scores, but while there are fewer it still divides by 10",
        "열 개일 때는 맞지만, 그보다 적을 때도 10으로 나눕니다",
        lambda s: sum(s[-10:]) / len(s),
        "it divides by the number of all scores: divide by how many you added up",
        "전체 점수의 개수로 나눕니다. 더한 점수의 개수로 나누세요",
        lambda s: sum(s[-10:]) / max(len(s), 10),
        "max(len(scores), 10) is never less than 10: divide by how many you added up",
        "max(len(scores), 10)은 10보다 작아지지 않습니다. 더한 점수의 개수로 나누세요",
        lambda s: sum(s[-10:]) / (len(s[-10:]) - 1),
        "it divides by one less than the number of scores",
        "점수의 개수보다 하나 적은 수로 나눕니다",
        lambda s: sum(s[-10:]) / (len(s[-10:]) + 1),
        "it divides by one more than the number of scores",
        "점수의 개수보다 하나 많은 수로 나눕니다",
        lambda s: _mean(s[::-10]),
        "[::-10] takes every tenth score, from the end: the ten newest are [-10:]",
        "[::-10]은 끝에서부터 열 번째마다 하나씩 꺼냅니다. 최근 열 개는 [-10:]입니다",
        lambda s: _mean(s[len(s) // 2 :]),
        "it averages the second half of the scores: the ten newest count",
        "점수의 뒤쪽 절반을 평균합니다. 최근 열 개만 셉니다",
        lambda s: sum(s) / 10,
        "all scores are added up, and divided by 10: only the ten newest count",
        "점수를 모두 더해 10으로 나눕니다. 최근 열 개만 더하세요",
        _from_the_end(0, 9),
        "scores[-0] is scores[0], the oldest: from the end one counts from -1 to -10",
        "scores[-0]은 가장 오래된 scores[0]입니다. 끝에서는 -1부터 -10까지 셉니다",
        _from_the_end(1, 9),
        "only nine scores are added up: range(1, 10) ends at 9",
        "아홉 개만 더했습니다. range(1, 10)은 9에서 끝납니다",
        lambda s: sum(s[i] for i in range(-9, 0)) / 9,
        "only nine scores are added up: range(-9, 0) begins at -9",
        "아홉 개만 더했습니다. range(-9, 0)은 -9에서 시작합니다",
        lambda s: sum(s[i] for i in range(10)) / 10,
        "scores[0] to scores[9] are the first ten: the newest stand at the end of the list",
        "scores[0]부터 scores[9]까지는 처음 열 개입니다. 최근 점수는 리스트의 끝에 있습니다",
        _from_the_end(1, 10),
        "right for ten scores, but with fewer there is no scores[-10]",
        "열 개일 때는 맞지만, 그보다 적으면 scores[-10]이 없습니다",
        lambda s: s[-1],
        "this is only one of the scores, the newest: add up ten and divide",
        "점수 하나, 가장 새로운 것뿐입니다. 열 개를 더해서 나누세요",
        lambda s: s[0],
        "this is only one of the scores, the first: does a loop return too early?",
        "점수 하나, 맨 처음 것뿐입니다. 반복문이 너무 일찍 반환하지 않나요?",
        lambda s: s[-10],
        "this is only one of the scores, the tenth from the end: [-10:] takes all from there on",
        "점수 하나, 끝에서 열째 것뿐입니다. [-10:]이라고 써야 거기부터 모두입니다",
        lambda s: s[max(-10, -len(s))],
        "this is only one of the scores, the oldest of the ten: you want all from there on",
        "점수 하나, 열 개 중 가장 오래된 것뿐입니다. 거기부터 모두 필요합니다",
        lambda s: max(s[-10:]),
        "this is the largest of them: the mean is asked for",
        "그중 가장 큰 점수입니다. 평균을 구하세요",
        lambda s: min(s[-10:]),
        "this is the smallest of them: the mean is asked for",
        "그중 가장 작은 점수입니다. 평균을 구하세요",
        lambda s: float(np.median(s[-10:])),
        "this is the median: the mean is the sum divided by how many there are",
        "중앙값입니다. 평균은 합을 개수로 나눈 것입니다",
        lambda s: float(np.median(s)),
        "this is the median of all scores: take the mean of the ten newest",
        "모든 점수의 중앙값입니다. 최근 열 개의 평균을 구하세요",
        lambda s: max(s),
        "this is the best score of all: take the mean of the ten newest",
        "모든 점수에서 가장 좋은 것입니다. 최근 열 개의 평균을 구하세요",
        lambda s: _mean(sorted(s)[-10:]),
        "these are the ten best scores: take the ten newest",
        "가장 좋은 점수 열 개입니다. 가장 최근의 열 개를 쓰세요",
        lambda s: (max(s[-10:]) + min(s[-10:])) / 2,
        "this is the middle between the largest and the smallest: the mean counts all ten",
        "가장 큰 점수와 가장 작은 점수의 가운데입니다. 평균에는 열 개가 모두 들어갑니다",
        lambda s: (s[0] + s[-1]) / 2,
        "this is the middle between the first and the newest score: the mean counts all ten",
        "첫 점수와 가장 새로운 점수의 가운데입니다. 평균에는 열 개가 모두 들어갑니다",
        lambda s: functools.reduce(lambda mean, score: 0.9 * mean + 0.1 * score, s),
        "this is a running mean of all scores: the ten newest count alike, the others not at all",
        "모든 점수의 이동 평균입니다. 최근 열 개만 똑같이 셉니다",
        lambda s: float(np.std(s[-10:])),
        "this is how far the scores spread: the mean is asked for",
        "표준편차, 곧 점수가 퍼진 정도입니다. 평균을 구하세요",
        lambda s: _mean(s[-10:]) if len(s) >= 10 else 0,
        "while there are fewer than ten, average those there are",
        "열 개가 안 될 때는 있는 것만 평균을 내세요",
        lambda s: _mean(s[-10:]) if len(s) >= 10 else None,
        "while there are fewer than ten, average those there are",
        "열 개가 안 될 때는 있는 것만 평균을 내세요",
        lambda s: _mean(s[-10:]) if len(s) > 10 else 0,
        "while there are ten or fewer, average those there are",
        "열 개 이하일 때는 있는 것만 평균을 내세요",
        lambda s: _mean(s[-10:]) if len(s) > 10 else s[-1],
        "while there are ten or fewer, average all of them, not only the newest",
        "열 개 이하일 때는 가장 새로운 것만이 아니라 있는 것 모두의 평균을 내세요",
        lambda s: _mean(s[-10:]) if len(s) >= 10 else s[-1],
        "while there are fewer than ten, average all of them, not only the newest",
        "열 개가 안 될 때는 가장 새로운 것만이 아니라 있는 것 모두의 평균을 내세요",
        lambda s: sum(s[-10:]) // min(10, len(s)),
        "// drops the decimals: divide with /",
        "//는 소수점 아래를 버립니다. /로 나누세요",
        *(
            part
            for digits in (None, 1)
            for part in (
                lambda s, digits=digits: round(_mean(s[-10:]), digits),
                "it is rounded: return the mean as it is",
                "반올림했습니다. 평균을 그대로 반환하세요",
            )
        ),
        lambda s: _mean([int(score) for score in s[-10:]]),
        "int drops the decimals of each score: leave the scores as they are",
        "int는 점수마다 소수점 아래를 버립니다. 점수를 그대로 쓰세요",
        lambda s: _mean(s[-10:]) / 500,
        "this is a share of 500: return the mean itself",
        "500에 대한 비율입니다. 평균을 그대로 반환하세요",
        lambda s: -_mean(s[-10:]),
        "the sign is wrong",
        "부호가 반대입니다",
        lambda s: 0,
        "it is always 0: does the loop add anything to the total?",
        "언제나 0입니다. 반복문에서 합에 더하고 있나요?",
        lambda s: str(_mean(s[-10:])),
        "this is text: return the number itself, without str or an f-string",
        "문자열을 반환합니다. str이나 f-문자열 없이 숫자를 그대로 반환하세요",
        lambda s: _mean(s[-10:]) > _LIMIT,
        "this is True or False already: return the mean, the comparison comes in exercise 2",
        "True나 False를 반환합니다. 여기서는 평균을 반환하세요. 비교는 연습 2에서 합니다",
        lambda s: s[-10:],
        "these are the scores: return their mean, one number",
        "점수 열 개를 그대로 반환합니다. 그 평균, 곧 숫자 하나를 반환하세요",
        lambda s: [_mean(s[max(0, e - 9) : e + 1]) for e in range(len(s))],
        "a mean after each episode: only the last one is asked for",
        "에피소드마다의 평균입니다. 마지막 하나만 구하세요",
        *_averaging(
            lambda s: s[:-10],
            "[:-10] is all but the last ten scores: the last ten are [-10:]",
            "[:-10]은 마지막 열 개를 뺀 나머지입니다. 마지막 열 개는 [-10:]입니다",
        ),
        lambda s: _mean(s[-10:]) - 1,
        "the mean is 1 too small: sum divided by how many there are, and nothing taken off",
        "평균보다 1만큼 작습니다. 합을 개수로 나누기만 하고 1을 빼지 마세요",
        lambda s: np.average(s[-10:], weights=np.arange(1, len(s[-10:]) + 1)),
        "newer scores count for more: in this mean all ten count alike",
        "최근 점수일수록 더 크게 칩니다. 여기서는 열 개를 모두 똑같이 셉니다",
        lambda s: _mean(set(s[-10:])),
        "a set keeps equal scores only once: leave the ten in their list",
        "set에는 같은 점수가 한 번만 남습니다. 점수 열 개를 리스트 그대로 쓰세요",
    ],
)
def check_mean_of_last_ten(scores):
    """The mean of the ten newest scores, or of all while there are fewer."""
    return sum(scores[-10:]) / len(scores[-10:])


def _above(scores) -> bool:
    return len(scores) > 0 and _mean(scores) > _LIMIT


def _enough(rule):
    """A rule that waits for ten scores."""
    return lambda s: len(s) >= 10 and bool(rule(s))


def _rule(scores) -> bool:
    return len(scores) >= 10 and _above(scores[-10:])


def _good_scores(rng):
    """Up to 25 scores whose mean is near the limit; halves, so that rounding decides nothing."""
    scores = rng.integers(940, 1001, rng.integers(1, 26)) / 2
    scores[rng.random(len(scores)) < 0.1] = rng.choice([20.0, 400.0])
    return (np.where(rng.random(len(scores)) < 0.6, 500.0, scores).tolist(),)


@exercise(
    examples=[
        ([20.0, 60.0, *[500.0] * 9, 390.0],),  # the newest matters: 489
        ([20.0] * 5 + [500.0] * 10,),  # averages all, or the first ten
        ([500.0] * 10 + [400.0] * 20,),  # success long ago
        ([500.0] * 10 + [400.0],),  # just past: 490
        ([500.0] * 9 + [450.0],),  # wants every score above the limit: the mean is 495
        ([500.0] * 10,),  # waits for more than ten
        ([500.0],),  # one lucky score
        ([500.0, 12.0],),  # two: the lecture's rule stops
        ([500.0] * 9,),  # nearly enough
        ([900.0] * 9,),  # more than 490 even when divided by ten, as in a longer CartPole
        ([300.0] + [500.0] * 9,),  # the tenth from the end matters: 480
        ([490.0] * 10,),  # the limit itself is not above it
        ([489.5] * 10,),
        ([490.5] * 10,),  # already above it
        ([490.0] * 9 + [493.0],),  # 490.3
        ([490.0] * 9 + [498.0],),  # 490.8
        ([490.0] * 9 + [490.5],),  # 490.05
        ([20.0] * 10,),
        ([10.0] * 90 + [500.0] * 10,),
        ([490.0] * 9 + [487.0],),  # 489.7
        ([500.0] * 100 + [400.0] * 10,),  # success for long: the mean of all is still above
        ([20.0] * 9 + [500.0],),  # the newest alone is not enough
        ([20.0] * 14 + [500.0] * 9 + [401.0],),  # 490.1
        ([500.0, 480.0] * 5 + [500.0],),  # 492, of the last ten 490
        ([30.0] * 5 + [480.0] * 4 + [500.0] * 6,),  # 492
        ([500.0] * 20 + [10.0] * 400,),  # long, and good only long ago
    ],
    random=_good_scores,
    mistakes=[
        lambda s: _above(s[-10:-1]),
        "two mistakes of the lecture are still in it: the newest score is not looked at, and a few "
        "lucky scores are enough",
        "강의의 실수 두 개가 남아 있습니다. 가장 새로운 점수를 보지 않고, 운 좋은 점수 몇 개로 "
        "멈춥니다",
        lambda s: _above(s[-10:]),
        "it stops after one or two lucky scores: wait until there are ten",
        "운 좋은 점수 한두 개만으로 멈춥니다. 점수가 열 개가 될 때까지 기다리세요",
        lambda s: sum(s[-10:]) / 10 > _LIMIT,
        "dividing by 10 does not count the scores: nine of 900 stop it, too; ask for len(scores)",
        "10으로 나누는 것은 개수를 세는 것이 아닙니다. 900점 아홉 개로도 멈춥니다. "
        "len(scores)를 확인하세요",
        lambda s: sum(s[-10:-1]) / 10 > _LIMIT,
        "the newest score is not looked at, and nine scores are divided by 10",
        "가장 새로운 점수를 보지 않고, 아홉 점수의 합을 10으로 나눕니다",
        _enough(lambda s: _above(s[-10:-1])),
        "it leaves out the newest score: is the newest among your ten?",
        "가장 새로운 점수가 빠졌습니다. 고른 점수 열 개 안에 들어 있나요?",
        _enough(lambda s: _above(s[-11:-1])),
        "it uses ten scores, but not the newest",
        "열 개를 쓰지만 가장 새로운 점수가 빠졌습니다",
        _enough(lambda s: _above(s[-9:])),
        "it averages nine scores: off by one",
        "아홉 개만 평균합니다. 하나 모자랍니다",
        _enough(lambda s: _above(s[-11:])),
        "it averages eleven scores: off by one",
        "열한 개를 평균합니다. 하나 많습니다",
        _enough(lambda s: _mean(s[-10:]) >= _LIMIT),
        "a mean of 490 is not above 490: > or >=?",
        "평균 490은 490보다 크지 않습니다. >인가요, >=인가요?",
        lambda s: len(s) > 10 and _rule(s),
        "ten scores are enough, it waits for the eleventh: > or >=?",
        "점수는 열 개면 되는데 열한 개를 기다립니다. >인가요, >=인가요?",
        lambda s: len(s) > 10 and _mean(s[-10:]) >= _LIMIT,
        "> and >= are swapped: ten scores are enough, a mean of 490 is not",
        ">와 >=가 바뀌었습니다. 점수는 열 개면 되고, 평균 490으로는 모자랍니다",
        lambda s: len(s) >= 9 and _above(s[-10:]),
        "nine scores are too few: wait until there are ten",
        "아홉 개로는 모자랍니다. 열 개가 될 때까지 기다리세요",
        lambda s: len(s) == 10 and _above(s),
        "only with exactly ten scores can it stop: >= instead of ==",
        "점수가 정확히 열 개일 때만 멈춥니다. ==가 아니라 >=입니다",
        lambda s: len(s) >= 10 or _above(s[-10:]),
        "one of the two is enough for it: both have to hold, so `and`",
        "둘 중 하나만 맞아도 멈춥니다. 둘 다 맞아야 하므로 `and`입니다",
        _enough(_above),
        "it averages all scores: only the ten newest count",
        "모든 점수를 평균합니다. 최근 열 개만 셉니다",
        lambda s: len(s) > 10 and _above(s),
        "it averages all scores, and waits for the eleventh: ten are enough, and only the ten "
        "newest count",
        "모든 점수를 평균하고, 열한 개를 기다립니다. 점수는 열 개면 되고 최근 열 개만 셉니다",
        lambda s: len(s) > 10 and _above(s[-10:-1]),
        "it leaves out the newest score and waits for the eleventh: use [-10:] and >=",
        "가장 새로운 점수가 빠졌고, 열한 개를 기다립니다. [-10:]과 >=를 쓰세요",
        _enough(lambda s: _above(s[10:])),
        "[10:] leaves out the first ten scores: the ten newest are [-10:]",
        "[10:]은 처음 열 개를 뺀 나머지입니다. 최근 열 개는 [-10:]입니다",
        lambda s: all(score > _LIMIT for score in s[-10:]),
        "it wants each of the scores above 490, however few: the mean counts, once there are ten",
        "개수와 상관없이 점수가 모두 490보다 커야 멈춥니다. 열 개가 모인 다음 그 평균을 보세요",
        _enough(lambda s: max(s) > _LIMIT),
        "one good score is enough for it, once there are ten: their mean is what counts",
        "열 개가 모이면 좋은 점수 하나로 멈춥니다. 중요한 것은 평균입니다",
        _above,
        "it averages all scores, however few: only the ten newest count, once there are ten",
        "개수와 상관없이 모든 점수를 평균합니다. 열 개가 모인 다음 최근 열 개만 셉니다",
        _enough(lambda s: _above(s[:10])),
        "it looks at the first ten scores: the newest stand at the end",
        "처음 열 개를 봅니다. 최근 점수는 리스트의 끝에 있습니다",
        _enough(lambda s: _above(sorted(s)[-10:])),
        "it looks at the ten best scores: take the ten newest",
        "가장 좋은 점수 열 개를 봅니다. 가장 최근의 열 개를 보세요",
        _enough(lambda s: min(s[-10:]) > _LIMIT),
        "it wants each of the ten above 490; their mean is what counts",
        "열 개가 모두 490보다 커야 멈춥니다. 중요한 것은 평균입니다",
        _enough(lambda s: max(s[-10:]) > _LIMIT),
        "one good score of the ten is enough for it; their mean is what counts",
        "열 개 중 하나만 좋아도 멈춥니다. 중요한 것은 평균입니다",
        _enough(lambda s: np.median(s[-10:]) > _LIMIT),
        "that is the median of the ten: take their mean",
        "열 개의 중앙값입니다. 평균을 쓰세요",
        lambda s: max(s) > _LIMIT,
        "one good score is enough for it: take the mean of the last ten",
        "좋은 점수 하나로 멈춥니다. 최근 열 개의 평균을 쓰세요",
        lambda s: s[-1] > _LIMIT,
        "the newest score alone is not enough: take the mean of ten",
        "가장 새로운 점수 하나로는 모자랍니다. 열 개의 평균을 쓰세요",
        _enough(lambda s: s[-1] > _LIMIT),
        "the newest score alone decides, once there are ten: take their mean",
        "열 개가 모이면 가장 새로운 점수 하나로 정합니다. 열 개의 평균을 쓰세요",
        lambda s: not _rule(s),
        "the wrong way round: True means stop",
        "거꾸로입니다. True는 멈추라는 뜻입니다",
        _enough(lambda s: _mean(s[-10:]) < _LIMIT),
        "it stops when the mean is below 490",
        "평균이 490보다 작을 때 멈춥니다",
        _enough(lambda s: int(_mean(s[-10:])) > _LIMIT),
        "a mean of 490.3 is above 490, too: do not drop the decimals",
        "평균 490.3도 490보다 큽니다. 소수점 아래를 버리지 마세요",
        _enough(lambda s: round(_mean(s[-10:])) > _LIMIT),
        "it rounds the mean: 490.3 is above 490",
        "평균을 반올림합니다. 490.3은 490보다 큽니다",
        _enough(lambda s: _mean(s[-10:]) == 500),
        "it waits for a perfect mean of 500: above 490 is enough",
        "평균이 500점 만점이 되기를 기다립니다. 490보다 크면 됩니다",
        lambda s: sum(s[-10:]) / 10 >= _LIMIT,
        "a mean of 490 is not above 490, and dividing by 10 does not count the scores: ask for "
        "len(scores), too",
        "평균 490은 490보다 크지 않습니다. 그리고 10으로 나누는 것은 개수를 세는 것이 아니므로 "
        "len(scores)도 확인하세요",
        lambda s: len(s[-10:]) > 0 and _mean(s[-10:]) >= _LIMIT,
        "a mean of 490 is not above 490, and it stops after one or two lucky scores: wait until "
        "there are ten",
        "평균 490은 490보다 크지 않습니다. 그리고 점수가 열 개가 될 때까지 기다리세요",
        *(
            part
            for limit in (475, 480, 485, 489, 495)
            for part in (
                _enough(lambda s, limit=limit: _mean(s[-10:]) > limit),
                "the limit is 490, neither more nor less",
                "기준은 490입니다. 더 크지도 작지도 않게 쓰세요",
            )
        ),
        lambda s: any(_rule(s[: e + 1]) for e in range(len(s))),
        "it stops if the mean was ever above 490: only the ten newest count now",
        "평균이 한 번이라도 490을 넘었으면 멈춥니다. 지금의 최근 열 개만 보세요",
        lambda s: len(s) < 10 and _above(s),
        "the wrong way round: it stops only while there are fewer than ten scores",
        "거꾸로입니다. 점수가 열 개보다 적을 때만 멈춥니다",
        lambda s: len(s) <= 10 and _above(s),
        "the wrong way round: it stops only while there are ten scores or fewer",
        "거꾸로입니다. 점수가 열 개 이하일 때만 멈춥니다",
        lambda s: len(s) < 10 or _above(s[-10:]),
        "with fewer than ten scores it stops: go on until there are ten",
        "점수가 열 개보다 적을 때 멈춥니다. 열 개가 될 때까지 계속하세요",
        lambda s: sum(score > _LIMIT for score in s) >= 10,
        "it counts the scores above 490; the mean of the ten newest is what counts",
        "490보다 큰 점수의 개수를 셉니다. 최근 열 개의 평균을 보세요",
        _enough(lambda s: all(score > _LIMIT for score in s)),
        "it wants every score so far above 490; the mean of the ten newest is what counts",
        "지금까지의 점수가 모두 490보다 커야 멈춥니다. 최근 열 개의 평균을 보세요",
        lambda s: max(s[-10:]) > _LIMIT,
        "one good score of the last ten is enough for it: take their mean, once there are ten",
        "최근 점수 가운데 하나만 좋아도 멈춥니다. 열 개가 모인 다음 그 평균을 보세요",
        _enough(lambda s: s[-10] > _LIMIT),
        "it looks at one score, the tenth from the end: take the mean of the ten, [-10:]",
        "끝에서 열째 점수 하나만 봅니다. [-10:], 곧 열 개의 평균을 보세요",
        _enough(lambda s: _mean(s[-5:]) > _LIMIT),
        "it averages five scores: take ten",
        "다섯 개만 평균합니다. 열 개를 쓰세요",
        lambda s: len(s) >= 100 and _rule(s),
        "it waits for a hundred scores: ten are enough",
        "점수 백 개를 기다립니다. 열 개면 됩니다",
        lambda s: len(s) % 10 == 0 and _rule(s),
        "it asks only after every tenth episode: it should stop as soon as it can",
        "열 번째 에피소드마다만 확인합니다. 조건이 맞으면 바로 멈춰야 합니다",
        lambda s: len(s) >= 300 or _rule(s),
        "it also stops after 300 scores: `train` sees to that, the rule asks for the mean alone",
        "점수가 300개가 되면 무조건 멈춥니다. 그것은 `train`이 맡습니다. 여기서는 평균만 보세요",
        _enough(lambda s: _mean(s[-10:]) <= _LIMIT),
        "the wrong way round: it stops when the mean is not above 490",
        "거꾸로입니다. 평균이 490 이하일 때 멈춥니다",
        lambda s: str(_rule(s)),
        "this is text, and any text counts as true: return True or False without quotes",
        "문자열을 반환합니다. 문자열은 늘 참으로 여겨집니다. 따옴표 없이 True나 False를 반환하세요",
        _enough(lambda s: sum(s[-10:]) > _LIMIT),
        "it compares the sum of ten with 490: divide by 10",
        "열 개의 합을 490과 비교합니다. 10으로 나누세요",
        _enough(lambda s: True),
        "it stops as soon as there are ten scores: what about their mean?",
        "점수가 열 개가 되면 무조건 멈춥니다. 평균은요?",
        lambda s: False,
        "it never stops",
        "전혀 멈추지 않습니다",
        lambda s: True,
        "it always stops",
        "언제나 멈춥니다",
        lambda s: True if _rule(s) else None,
        "when training should go on it returns nothing (None): return False",
        "학습을 계속해야 할 때 아무것도 반환하지 않습니다(None). 그때는 False를 반환하세요",
        lambda s: _above(s[-10:]) if len(s) >= 10 else None,
        "with fewer than ten scores it returns nothing (None): return False",
        "점수가 열 개보다 적을 때 아무것도 반환하지 않습니다(None). False를 반환하세요",
        lambda s: _mean(s[-10:]),
        "it returns the mean: compare it with 490, and count the scores",
        "평균을 반환합니다. 490과 비교하고 점수의 개수도 세세요",
        lambda s: _mean(s[-10:]) if len(s) >= 10 else False,
        "it returns the mean once there are ten scores: compare it with 490",
        "점수가 열 개가 되면 평균을 반환합니다. 490과 비교하세요",
        lambda s: (True if _rule(s) else None) if len(s) >= 10 else False,
        "when the mean is not above 490 it returns nothing (None): return False",
        "평균이 490보다 크지 않을 때 아무것도 반환하지 않습니다(None). False를 반환하세요",
        lambda s: len(s) >= 10 and np.array(s[-10:]) > _LIMIT,
        "a True or False for each of the ten scores: compare their mean with 490, once",
        "점수마다 True나 False가 하나씩 나옵니다. 열 개의 평균을 490과 한 번만 비교하세요",
        lambda s: "stop" if _rule(s) else "go on",
        "this is text, and any text counts as true: return True or False without quotes",
        "문자열을 반환합니다. 문자열은 늘 참으로 여겨집니다. 따옴표 없이 True나 False를 반환하세요",
        lambda s: (len(s) >= 10, _mean(s[-10:]) > _LIMIT),
        "two answers, one for the number of scores and one for their mean: join them with `and`",
        "점수의 개수와 평균에 대해 답이 따로 나옵니다. `and`로 하나로 묶으세요",
    ],
)
def check_should_stop(scores):
    """True if there are ten scores and the mean of the last ten is above 490."""
    return len(scores) >= 10 and sum(scores[-10:]) / 10 > _LIMIT
