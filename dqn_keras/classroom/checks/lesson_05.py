"""Lesson 05: epsilon-greedy."""

import numpy as np

from dqn_keras.classroom.checks.chance import Dice, Draws, Shares, draw
from dqn_keras.classroom.checks.harness import exercise

_DRAWS, _MORE = 500, 1200  # more where epsilon is small, to see it at all


def _choices(call, q_values, epsilon, rng):
    """Which actions an answer chooses, in many draws."""
    times = _MORE if 0 < epsilon < 0.1 else _DRAWS
    return Draws(draw(lambda dice: call(q_values, epsilon, dice), times, rng))


def _policy(q_values, epsilon, rng):
    """The policy's probabilities; where every coin shows 0.0, epsilon is 0."""
    shares = np.full(len(q_values), epsilon / len(q_values))
    shares[np.argmax(q_values)] += 1 - epsilon
    return Shares(enumerate(shares.tolist()))


def _situation(rng):
    """Q-values without a tie, of which none is an action's number."""
    actions = rng.integers(1, 6)
    q_values = rng.permutation(actions * 3)[:actions] - rng.integers(actions * 3) + 0.25
    dtype = rng.choice(["float32", "float64"])
    epsilon = float(rng.choice([0.1, 0.4, 0.7, 1.0]))
    return q_values.astype(dtype), epsilon, Dice(rng.integers(1000))


def _explore(q, rng):
    return rng.integers(len(q))


def _wrong(explores=lambda e, rng: rng.random() < e, at_random=_explore, best=np.argmax):
    """Epsilon-greedy with one part replaced."""
    return lambda q, e, rng: at_random(q, rng) if explores(e, rng) else best(q)


def _seeded_anew(seed):
    def answer(q, e, rng):
        rng = np.random.default_rng(seed)
        return _explore(q, rng) if rng.random() < e else np.argmax(q)

    return (
        answer,
        "every call draws the same: it makes a generator of its own, use the argument `rng`",
        "부를 때마다 같은 값이 뽑힙니다. 생성기를 새로 만들지 말고 인자 `rng`를 쓰세요",
    )


def _from_outside(epsilon):
    return (
        _wrong(lambda e, rng: rng.random() < epsilon),
        "epsilon makes no difference: do you use the argument, or an epsilon from outside?",
        "epsilon을 바꿔도 결과가 그대로입니다. 인자를 쓰나요, 함수 바깥의 epsilon을 쓰나요?",
    )


@exercise(
    examples=[
        (np.array([-1.5, 7.5, 2.25]), 0.0, Dice(0)),
        (np.array([-1.5, 7.5, 2.25]), 1.0, Dice(0)),
        (np.array([-1.5, 7.5, 2.25]), 0.3, Dice(1)),
        (np.array([-1.5, 7.5, 2.25]), 0.0, Dice(0, tails=True)),
        (np.array([-0.5, -2.5], np.float32), 0.5, Dice(2)),
        (np.array([0.25, -3.5, 2.5, 9.25]), 0.2, Dice(3)),
        # Of so many actions hardly any random one is the best by chance.
        (np.arange(60.0)[::-1] % 41 - 20.5, 0.02, Dice(4)),
    ],
    random=_situation,
    number=2,
    observe=_choices,
    expect=_policy,
    mistakes=[
        _wrong(best=np.max),
        "that is a Q-value; the action is its index (argmax, not max)",
        "그것은 큐값입니다. 행동은 그 번호입니다(max가 아니라 argmax)",
        _wrong(best=np.argmin),
        "it takes the smallest Q-value: take the largest",
        "큐값이 가장 작은 행동을 고릅니다. 가장 큰 것을 고르세요",
        _wrong(best=lambda q: np.argmax(abs(q))),
        "it takes the largest absolute value: -6 is less than -2, too",
        "절댓값이 가장 큰 행동을 고릅니다. -6은 -2보다 작습니다",
        _wrong(best=lambda q: 0),
        "it always takes action 0 when it does not explore: take the best (argmax)",
        "탐험하지 않을 때 언제나 0번 행동을 합니다. 가장 좋은 행동을 하세요(argmax)",
        _wrong(best=lambda q: np.argmax(q) + 1),
        "actions are counted from 0: argmax already is the action",
        "행동은 0번부터 셉니다. argmax의 값이 바로 행동입니다",
        _wrong(lambda e, rng: rng.random() <= e),
        "a coin can show 0.0, and 0.0 <= 0 is true: with `<`, epsilon 0 means never",
        "동전은 0.0이 나올 수도 있고 0.0 <= 0은 참입니다. "
        "epsilon이 0일 때 무작위가 없으려면 `<`를 쓰세요",
        _wrong(lambda e, rng: rng.random() > e),
        "it explores when it should not: is the coin compared the wrong way?",
        "탐험하지 않아야 할 때 탐험합니다. 동전을 반대로 비교하지 않았나요?",
        _wrong(lambda e, rng: False),
        "it never explores: with epsilon 1 every action should be random",
        "전혀 탐험하지 않습니다. epsilon이 1이면 모든 행동이 무작위여야 합니다",
        *(part for e in (0.01, 0.1, 0.2, 0.3, 0.5, 0.9, 1.0) for part in _from_outside(e)),
        _wrong(lambda e, rng: e > 0.05 and rng.random() < e),
        "with a small epsilon it never explores: toss the coin for every epsilon",
        "epsilon이 작으면 전혀 탐험하지 않습니다. epsilon이 얼마든 동전을 던지세요",
        _wrong(lambda e, rng: rng.random() < 1 - e),
        "epsilon is the share of random actions, not of greedy ones",
        "epsilon은 그리디 행동이 아니라 무작위 행동의 비율입니다",
        _wrong(lambda e, rng: rng.random() < e / 2),
        "it explores half as often as epsilon says: compare the coin with epsilon itself",
        "epsilon의 절반만큼만 탐험합니다. 동전을 epsilon 그대로와 비교하세요",
        _wrong(lambda e, rng: rng.random() < max(e, 0.1)),
        "it explores more than epsilon says: a floor belongs in the schedule, not here",
        "epsilon보다 더 자주 탐험합니다. 하한선은 여기가 아니라 입실론을 줄일 때 적용합니다",
        _wrong(lambda e, rng: rng.random() < e and rng.random() < e),
        "it explores with epsilon times epsilon (two coins, or a square): one coin and "
        "epsilon itself",
        "epsilon의 제곱만큼만 탐험합니다(동전 두 번 또는 제곱). "
        "동전 하나를 epsilon 그대로와 비교하세요",
        _wrong(lambda e, rng: rng.random() < e or rng.random() < e),
        "it tosses a second coin if the first says no: one is enough",
        "첫 동전이 아니라고 하면 또 던집니다. 한 번이면 됩니다",
        *(part for seed in (0, 1, 42) for part in _seeded_anew(seed)),
        _wrong(lambda e, rng: e > 0),
        "`if epsilon` is true for every epsilon but 0: compare a coin, rng.random(), with epsilon",
        "`if epsilon`은 epsilon이 0이 아니면 언제나 참입니다. "
        "동전 rng.random()을 epsilon과 비교하세요",
        _wrong(lambda e, rng: e > 0.5),
        "epsilon is compared with 0.5: compare a coin, rng.random(), with epsilon",
        "epsilon을 0.5와 비교합니다. 동전 rng.random()을 epsilon과 비교하세요",
        lambda q, e, rng: _explore(q, rng) if rng.random() < e / len(q) else np.argmax(q),
        "epsilon / len(q_values) is the share of one action: compare the coin with epsilon",
        "epsilon / len(q_values)는 행동 하나의 몫입니다. 동전을 epsilon과 비교하세요",
        _wrong(lambda e, rng: rng.normal() < e),
        "rng.normal() is not uniform and can be negative: rng.random() is a number from 0 to 1",
        "rng.normal()은 고르지 않고 음수도 나옵니다. 0과 1 사이의 숫자인 rng.random()을 쓰세요",
        _wrong(lambda e, rng: rng.integers(2) < e),
        "rng.integers(2) is 0 or 1: rng.random() is a number from 0 to 1",
        "rng.integers(2)는 0 아니면 1입니다. 0과 1 사이의 숫자인 rng.random()을 쓰세요",
        _wrong(at_random=lambda q, rng: rng.integers(max(len(q) - 1, 1))),
        "the last action is never drawn: rng.integers(n) ends at n - 1 already",
        "마지막 행동이 뽑히지 않습니다. rng.integers(n)은 n - 1까지입니다",
        _wrong(at_random=lambda q, rng: rng.integers(len(q) > 1, len(q))),
        "action 0 is never drawn: actions are counted from 0",
        "0번 행동이 뽑히지 않습니다. 행동은 0번부터 셉니다",
        _wrong(at_random=lambda q, rng: rng.integers(len(q) + 1)),
        "it draws an action that does not exist: they are 0, 1, …, A - 1",
        "없는 행동을 뽑습니다. 행동은 0, 1, …, A - 1입니다",
        _wrong(at_random=lambda q, rng: rng.integers(1, len(q) + 1)),
        "it draws from 1 to A: actions are 0, 1, …, A - 1",
        "1부터 A까지 뽑습니다. 행동은 0, 1, …, A - 1입니다",
        _wrong(at_random=lambda q, rng: rng.integers(2)),
        "it draws among two actions: there are len(q_values)",
        "두 행동 중에서만 뽑습니다. 행동은 len(q_values)개입니다",
        _wrong(at_random=lambda q, rng: rng.integers(3)),
        "it draws among three actions: there are len(q_values)",
        "세 행동 중에서만 뽑습니다. 행동은 len(q_values)개입니다",
        _wrong(
            at_random=lambda q, rng: rng.choice(
                np.delete(np.arange(len(q)), np.argmax(q)) if len(q) > 1 else [0]
            )
        ),
        "the random action leaves out the best one: draw among all the actions",
        "무작위 행동에서 가장 좋은 행동이 빠졌습니다. 모든 행동 중에서 뽑으세요",
        _wrong(at_random=lambda q, rng: rng.choice(q)),
        "it draws a Q-value: draw an action, rng.integers(len(q_values))",
        "큐값을 뽑습니다. 행동을 뽑으세요: rng.integers(len(q_values))",
        _wrong(at_random=lambda q, rng: rng.choice(q), best=np.max),
        "these are Q-values: return an action's index, rng.integers(len(q_values)) or argmax",
        "큐값을 반환합니다. 행동의 번호를 반환하세요: rng.integers(len(q_values)) 또는 argmax",
        _wrong(at_random=lambda q, rng: rng.integers(len(q), size=len(q))),
        "the random action is a whole array: draw one, rng.integers(len(q_values))",
        "무작위 행동이 배열입니다. rng.integers(len(q_values))로 하나만 뽑으세요",
        lambda q, e, rng: rng.random(),
        "that is the coin: compare it with epsilon, then return an action",
        "그것은 동전입니다. epsilon과 비교한 다음 행동을 반환하세요",
        lambda q, e, rng: np.argmax(q + e * rng.normal(size=len(q))),
        "noise on the Q-values is another way to explore: here a coin decides, "
        "rng.random() < epsilon",
        "큐값에 잡음을 더하는 것은 다른 탐험 방법입니다. 여기서는 동전으로 정합니다: "
        "rng.random() < epsilon",
        _wrong(best=lambda q: int(len(q) > 1 and q[1] > q[0])),
        "it compares the first two actions only: np.argmax looks at all of them",
        "처음 두 행동만 비교합니다. np.argmax는 모든 행동을 봅니다",
        _wrong(at_random=lambda q, rng: 0),
        "the random action is always 0: draw it with rng.integers(len(q_values))",
        "무작위 행동이 언제나 0번입니다. rng.integers(len(q_values))로 뽑으세요",
        _wrong(at_random=lambda q, rng: rng.random()),
        "the random action is a number between 0 and 1: use rng.integers(len(q_values))",
        "무작위 행동이 0과 1 사이의 숫자입니다. rng.integers(len(q_values))를 쓰세요",
        lambda q, e, rng: q == np.max(q),
        "it returns True and False for each action: return one index",
        "행동마다 True와 False를 반환합니다. 번호 하나를 반환하세요",
        lambda q, e, rng: None if rng.random() < e else np.argmax(q),
        "it returns nothing (None) when it explores: return the random action",
        "탐험할 때 아무것도 반환하지 않습니다(None). 무작위 행동을 반환하세요",
        lambda q, e, rng: rng.integers(len(q)) if rng.random() < e else None,
        "it returns nothing (None) when it does not explore: return the best action",
        "탐험하지 않을 때 아무것도 반환하지 않습니다(None). 가장 좋은 행동을 반환하세요",
    ],
)
def check_epsilon_greedy(q_values, epsilon, rng):
    """An action's index: random with probability epsilon, else the best."""
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return np.argmax(q_values)


def _settings(rng):
    """A count and the three settings; every second one has reached the floor."""
    decay = float(rng.choice([0.5, 0.8, 0.9, 0.95, 0.99]))
    floor = float(rng.choice([0.0, 0.01, 0.05, 0.1]))
    return int(rng.integers(60)), float(rng.choice([0.3, 0.5, 0.8, 1.0])), decay, floor


_A_POWER = (
    "it multiplies by count: to multiply by epsilon_decay `count` times is a power",
    "count를 곱했습니다. epsilon_decay를 `count`번 곱한 것은 거듭제곱입니다",
)
_STRAIGHT = (
    "it falls along a straight line: multiplying again and again is a power",
    "직선으로 줄어듭니다. 거듭 곱하는 것은 거듭제곱입니다",
)
_EPSILON_TOO = (
    "epsilon is raised to the power, too: only epsilon_decay is multiplied again and again",
    "epsilon까지 거듭제곱했습니다. 거듭 곱하는 것은 epsilon_decay뿐입니다",
)


_ANOTHER_CURVE = (
    "that is another curve: multiply epsilon by epsilon_decay to the power of count",
    "다른 곡선입니다. epsilon에 epsilon_decay의 count제곱을 곱하세요",
)


def _stopping_below(count, epsilon, epsilon_decay, epsilon_min):
    for _ in range(count):
        if epsilon > epsilon_min:
            epsilon *= epsilon_decay
    return epsilon


def _rounded(digits):
    return (
        lambda n, e, d, low: round(max(e * d**n, low), digits),
        "it is rounded: return all digits",
        "반올림했습니다. 모든 자릿수를 반환하세요",
    )


@exercise(
    examples=[
        (3, 1.0, 0.5, 0.2),
        (2, 1.0, 0.5, 0.2),
        (0, 0.8, 0.9, 0.1),
        (1, 0.8, 0.9, 0.1),
        (2, 0.8, 0.9, 0.1),
        (50, 0.8, 0.9, 0.1),
        (700, 1, 0.999, 0.01),
    ],
    random=_settings,
    mistakes=[
        lambda n, e, d, low: e * d**n,
        "it falls below the floor: epsilon_min is missing",
        "하한선 아래로 내려갑니다. epsilon_min이 빠졌습니다",
        lambda n, e, d, low: min(e * d**n, low),
        "min and max are mixed up: epsilon is never less than epsilon_min",
        "min과 max가 바뀌었습니다. epsilon은 epsilon_min보다 작아지지 않습니다",
        lambda n, e, d, low: max(e * d * n, low),
        *_A_POWER,
        lambda n, e, d, low: max(e - (1 - d) * n, low),
        *_STRAIGHT,
        lambda n, e, d, low: max(e - d * n, low),
        "it subtracts epsilon_decay at each count: multiply by it",
        "셀 때마다 epsilon_decay를 뺍니다. 빼지 말고 곱하세요",
        lambda n, e, d, low: e * d * n,
        *_A_POWER,
        lambda n, e, d, low: (e * d) ** n,
        *_EPSILON_TOO,
        lambda n, e, d, low: max(e * (1 - n * (1 - d)), low),
        *_STRAIGHT,
        lambda n, e, d, low: max(e * (1 - d * n), low),
        *_STRAIGHT,
        *(
            part
            for steps in (10, 50, 100, 1000)
            for part in (lambda n, e, d, low, k=steps: max(e - n * (e - low) / k, low), *_STRAIGHT)
        ),
        lambda n, e, d, low: low + (e - low) * np.exp(-d * n),
        *_ANOTHER_CURVE,
        lambda n, e, d, low: low + (e - low) * np.exp(-n / d),
        *_ANOTHER_CURVE,
        lambda n, e, d, low: max(e / (1 + d * n), low),
        *_ANOTHER_CURVE,
        lambda n, e, d, low: max(e - d**n, low),
        "epsilon_decay to the power of count is subtracted: multiply epsilon by it",
        "epsilon_decay의 count제곱을 뺐습니다. 빼지 말고 epsilon에 곱하세요",
        lambda n, e, d, low: max(e * low**n, low),
        "it multiplies by epsilon_min again and again: that is the floor, multiply by "
        "epsilon_decay",
        "epsilon_min을 거듭 곱했습니다. 그것은 하한선입니다. epsilon_decay를 거듭 곱하세요",
        lambda n, e, d, low: max(e ** (d * n), low),
        "epsilon is the base and epsilon_decay is in the exponent: epsilon * epsilon_decay**count",
        "epsilon이 밑이고 epsilon_decay가 지수에 있습니다: epsilon * epsilon_decay**count",
        lambda n, e, d, low: max(e * d**n, low) if n > 1 else e,
        "at count 1 it has not begun yet: after 1 update epsilon has been multiplied once",
        "count가 1일 때 아직 줄지 않았습니다. 업데이트를 1번 하면 한 번 곱한 것입니다",
        lambda n, e, d, low: max(e * np.exp(-(1 - d) * n), low),
        "that is another curve, exp(-(1 - decay) * count): epsilon_decay to the power of count",
        "exp(-(1 - decay) * count)는 다른 곡선입니다. epsilon_decay의 count제곱입니다",
        _stopping_below,
        "it stops multiplying only once it is below the floor: return the larger of the two",
        "하한선 아래로 내려간 뒤에야 곱하기를 멈춥니다. 둘 중 큰 것을 반환하세요",
        lambda n, e, d, low: d**n,
        "the arguments epsilon and epsilon_min are missing",
        "인자 epsilon과 epsilon_min이 빠졌습니다",
        lambda n, e, d, low: (e * d**n, low),
        "it returns both numbers: return the larger one",
        "두 수를 모두 반환합니다. 큰 것 하나를 반환하세요",
        lambda n, e, d, low: e * d**n > low,
        "that is True or False: return the larger of the two numbers",
        "True나 False입니다. 두 수 중 큰 것을 반환하세요",
        lambda n, e, d, low: int(max(e * d**n, low)),
        "int() cuts off all digits after the point: leave it out",
        "int()는 소수점 아래를 모두 버립니다. int()를 빼세요",
        *(part for digits in (1, 2, 3) for part in _rounded(digits)),
        lambda n, e, d, low: max(e / (1 + n), low),
        "it divides by the count: epsilon_decay to the power of count",
        "count로 나눕니다. epsilon_decay의 count제곱을 곱하세요",
        lambda n, e, d, low: max(e * d ** (n + 1), low),
        "it is one count ahead: at count 0 epsilon is still at its start",
        "한 번 앞서 있습니다. count가 0이면 epsilon은 아직 처음 값입니다",
        lambda n, e, d, low: max(e * d ** max(n - 1, 0), low),
        "it is one count behind: after 1 update epsilon has been multiplied once",
        "한 번 늦습니다. 업데이트를 1번 하면 epsilon에 한 번 곱한 것입니다",
        lambda n, e, d, low: max(e * d ** (n - 1), low),
        "it is one count behind: after 1 update epsilon has been multiplied once",
        "한 번 늦습니다. 업데이트를 1번 하면 epsilon에 한 번 곱한 것입니다",
        lambda n, e, d, low: max(d**n, low),
        "it begins at 1: where is the argument epsilon?",
        "1에서 시작합니다. 인자 epsilon은 어디에 있나요?",
        lambda n, e, d, low: e * d**n + low,
        "the floor is added; below it, epsilon should stand still",
        "하한선을 더했습니다. 하한선에 닿으면 그 값에 머물러야 합니다",
        lambda n, e, d, low: e,
        "it never changes: where is count?",
        "전혀 바뀌지 않습니다. count는 어디에 있나요?",
        lambda n, e, d, low: low,
        "it is always at the floor: where does it start?",
        "언제나 하한선입니다. 어디에서 시작하나요?",
        lambda n, e, d, low: low + (e - low) * d**n,
        "it decays towards the floor without ever resting on it: use the larger of the two",
        "하한선에 다가가기만 하고 닿지 않습니다. 둘 중 큰 것을 쓰세요",
        lambda n, e, d, low: max((e * d) ** n, low),
        *_EPSILON_TOO,
        lambda n, e, d, low: max(e**n * d, low),
        "the power belongs to epsilon_decay, not to epsilon",
        "거듭제곱하는 것은 epsilon이 아니라 epsilon_decay입니다",
        lambda n, e, d, low: max(e * n**d, low),
        "base and exponent have changed places: epsilon_decay to the power of count",
        "밑과 지수가 바뀌었습니다. epsilon_decay의 count제곱입니다",
        lambda n, e, d, low: max(e * d, low),
        "it multiplies once, whatever the count: to the power of count",
        "count와 상관없이 한 번만 곱합니다. count제곱을 하세요",
        lambda n, e, d, low: max(e * d, low) if n else e,
        "it multiplies once at most: does a loop return too early?",
        "많아야 한 번 곱합니다. 반복문이 너무 일찍 반환하지 않나요?",
        lambda n, e, d, low: max(e / d**n, low),
        "it grows: multiply by epsilon_decay, do not divide",
        "점점 커집니다. epsilon_decay로 나누지 말고 곱하세요",
        lambda n, e, d, low: max(e * np.exp(-d * n), low),
        "that is another curve, exp(-decay * count): epsilon_decay to the power of count",
        "exp(-decay * count)는 다른 곡선입니다. epsilon_decay의 count제곱입니다",
        lambda n, e, d, low: max(e * (1 - d) ** n, low),
        "epsilon_decay is what stays, not what is lost: multiply by it itself",
        "epsilon_decay는 없어지는 몫이 아니라 남는 몫입니다. 그대로 곱하세요",
        lambda n, e, d, low: e * max(d**n, low),
        "the floor is for epsilon itself: it belongs outside of the product",
        "하한선을 너무 일찍 적용했습니다. epsilon까지 곱한 다음에 적용하세요",
        lambda n, e, d, low: e * d**n if e * d**n > low else 0.0,
        "below the floor it falls to 0: it should stay at epsilon_min",
        "하한선 아래에서 0이 됩니다. epsilon_min에 머물러야 합니다",
        lambda n, e, d, low: [max(e * d**k, low) for k in range(n + 1)],
        "these are all values so far: return the one after `count` updates",
        "지금까지의 모든 값입니다. `count`번 업데이트한 뒤의 값 하나를 반환하세요",
    ],
)
def check_epsilon_schedule(count, epsilon, epsilon_decay, epsilon_min):
    """Epsilon after `count` multiplications, at least `epsilon_min`."""
    return np.maximum(epsilon * epsilon_decay**count, epsilon_min)
