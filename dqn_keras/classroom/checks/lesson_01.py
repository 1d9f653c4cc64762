"""Lesson 01, CartPole as an MDP: the return, a policy by hand, the bookkeeping."""

import functools
import itertools
import math

import gymnasium
import numpy as np

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.messages import Told
from dqn_keras.classroom.checks.values import as_numbers, unchanged
from dqn_keras.machinery.language import say


def _return(rewards, discount_factor):
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount_factor * total
    return total


def _weighted(weight):
    """The sum of the rewards, the k-th times weight(k, discount_factor, number of rewards)."""
    return lambda r, g: sum(weight(k, g, len(r)) * reward for k, reward in enumerate(r))


def _some_rewards(rng):
    """Whole or broken numbers of any sign, as the lesson's cells pass them: in a list."""
    rewards = rng.integers(-9, 10, rng.integers(1, 9))
    if rng.random() < 0.5:
        rewards = rewards + 0.5
    return rewards.tolist(), float(rng.choice([0.0, 0.5, 0.7, 0.9, 0.99, 1.0]))


def _fixed_discount(discount_factor):
    return (
        lambda r, g: _return(r, discount_factor),
        "the discount factor makes no difference: do you use the argument, or a fixed number?",
        "감가율을 바꾸어도 그대로입니다. 인자를 쓰나요, 정해 둔 숫자를 쓰나요?",
    )


@exercise(
    examples=[
        ([1, 1, -100], 0.9),
        ([3.0, -1.0, 4.0, 10.0], 0.5),
        ([2.0], 0.5),
        ([3, 4], 0.5),
        ([2, 3], 0.9),
        ([0, 0, 8], 0.5),
        ([1.0] * 500, 0.99),
    ],
    random=_some_rewards,
    mistakes=[
        lambda r, g: sum(r),
        "all rewards count in full: where is the discount factor?",
        "모든 보상을 그대로 더했습니다. 감가율은 어디에 있나요?",
        lambda r, g: g * _return(r, g),
        "the first reward counts in full, discount only from the second on: off by one",
        "첫 보상은 감가하지 않습니다. 두 번째부터 감가하세요. 하나 어긋났습니다",
        _weighted(lambda k, g, n: g ** (n - 1 - k)),
        "the wrong way round: the first reward counts in full, the last the least",
        "거꾸로입니다. 첫 보상은 그대로, 마지막 보상은 가장 작게 칩니다",
        _weighted(lambda k, g, n: g ** (n - k)),
        "the wrong way round, and off by one: the first reward counts in full",
        "거꾸로이고 하나 어긋났습니다. 첫 보상은 감가하지 않습니다",
        lambda r, g: r[0] + g * sum(r[1:]),
        "every later reward is discounted once: k steps later it is discount_factor to the power k",
        "나중의 보상을 모두 한 번만 감가합니다. k스텝 뒤의 보상에는 감가율의 k제곱을 곱합니다",
        lambda r, g: g * sum(r),
        "all rewards are discounted once: k steps later it is discount_factor to the power k",
        "모든 보상을 한 번씩 감가합니다. k스텝 뒤의 보상에는 감가율의 k제곱을 곱합니다",
        _weighted(lambda k, g, n: g * k),
        "discount_factor times k: it is discount_factor to the power k",
        "감가율에 k를 곱했습니다. 감가율의 k제곱입니다",
        _weighted(lambda k, g, n: k**g if k else 0),
        "base and exponent are swapped: discount_factor to the power k",
        "밑과 지수가 바뀌었습니다. 감가율의 k제곱입니다",
        _weighted(lambda k, g, n: g ** (2 * k)),
        "each step is discounted twice: k steps later it is discount_factor to the power k",
        "스텝마다 두 번 감가합니다. k스텝 뒤의 보상에는 감가율의 k제곱을 곱합니다",
        _weighted(lambda k, g, n: g ** (2**k - 1)),
        "the weight is squared in each step: multiply it by discount_factor once a step",
        "스텝마다 감가율이 제곱됩니다. 한 스텝에 감가율을 한 번만 곱하세요",
        _weighted(lambda k, g, n: g ** (2**k)),
        "the weight is squared in each step: multiply it by discount_factor once a step",
        "스텝마다 감가율이 제곱됩니다. 한 스텝에 감가율을 한 번만 곱하세요",
        _weighted(lambda k, g, n: g ** (k * (k + 1) // 2)),
        "the powers are multiplied together: k steps later it is discount_factor to the power k",
        "거듭제곱을 또 곱해 나갔습니다. k스텝 뒤의 보상에는 감가율의 k제곱만 곱합니다",
        _weighted(lambda k, g, n: (1 - g) ** k),
        "1 - discount_factor is what is lost: multiply by discount_factor itself",
        "1 - 감가율은 없어지는 몫입니다. 감가율을 그대로 곱하세요",
        _weighted(lambda k, g, n: 1 / g**k),
        "later rewards count for more: multiply by discount_factor, do not divide",
        "나중의 보상이 더 커집니다. 감가율로 나누지 말고 곱하세요",
        lambda r, g: functools.reduce(
            lambda total, k: r[-1 - k] + g**k * total, range(len(r)), 0.0
        ),
        "total is discounted already by each turn of the loop: multiply it by discount_factor, "
        "not by a power of it",
        "total은 반복문이 돌 때마다 이미 감가됩니다. 거듭제곱이 아니라 감가율을 한 번만 곱하세요",
        lambda r, g: functools.reduce(
            lambda total, reward: total + reward + g * total, reversed(r), 0.0
        ),
        "total += keeps the old total undiscounted, too: write total = reward + discount_factor * "
        "total",
        "total +=라고 쓰면 감가하지 않은 합도 남습니다. total = reward + discount_factor * total로 "
        "쓰세요",
        lambda r, g: functools.reduce(lambda total, reward: reward + g * total, reversed(r), r[-1]),
        "the last reward counts twice: total begins at 0",
        "마지막 보상을 두 번 셉니다. total은 0에서 시작합니다",
        lambda r, g: functools.reduce(lambda total, reward: g + reward * total, reversed(r), 0.0),
        "reward and discount_factor are swapped: reward + discount_factor * total",
        "보상과 감가율이 바뀌었습니다: reward + discount_factor * total",
        lambda r, g: functools.reduce(lambda total, reward: (reward + total) / g, reversed(r), 0.0),
        "it divides by discount_factor: multiply",
        "감가율로 나눴습니다. 곱하세요",
        _weighted(lambda k, g, n: 1 - k * (1 - g)),
        "the weight shrinks by the same amount each step: multiply it by discount_factor instead",
        "스텝마다 같은 만큼 뺐습니다. 빼지 말고 감가율을 곱하세요",
        _weighted(lambda k, g, n: g * (k + 1)),
        "discount_factor times k + 1: it is discount_factor to the power k",
        "감가율에 k + 1을 곱했습니다. 감가율의 k제곱입니다",
        _weighted(lambda k, g, n: 1 / (k + 1)),
        "it divides by the number of the step: multiply by discount_factor to the power k",
        "스텝 번호로 나눴습니다. 감가율의 k제곱을 곱하세요",
        lambda r, g: sum(g**k for k in range(len(r))),
        "these are the weights alone: multiply each by its reward",
        "가중치만 더했습니다. 보상을 곱해서 더하세요",
        lambda r, g: sum((g * reward) ** k for k, reward in enumerate(r)),
        "the reward is raised to the power, too: only discount_factor is",
        "보상까지 거듭제곱했습니다. 감가율만 거듭제곱하세요",
        lambda r, g: sum(g**k * abs(reward) for k, reward in enumerate(r)),
        "the signs of the rewards are lost: a negative reward counts as negative",
        "보상의 부호가 사라졌습니다. 음수인 보상은 음수로 더하세요",
        lambda r, g: math.prod(g**k * reward for k, reward in enumerate(r)),
        "the discounted rewards are multiplied: add them up",
        "감가한 보상들을 곱했습니다. 더하세요",
        lambda r, g: np.average(r, weights=[g**k for k in range(len(r))]),
        "np.average divides by the sum of the weights: a return is a sum",
        "np.average는 가중치의 합으로 나눕니다. 반환값은 평균이 아니라 합입니다",
        lambda r, g: r[0] + g * r[1],
        "only the first two rewards count: add all of them",
        "처음 두 보상만 더했습니다. 모두 더하세요",
        lambda r, g: r[0] + g * r[1] if len(r) > 1 else r[0],
        "only the first two rewards count: add all of them",
        "처음 두 보상만 더했습니다. 모두 더하세요",
        lambda r, g: r[0] + g * r[-1],
        "only the first and the last reward count: add all of them",
        "첫 보상과 마지막 보상만 더했습니다. 모두 더하세요",
        lambda r, g: r[0] / (1 - g),
        "1 / (1 - discount_factor) is for a pole that never falls: add up the rewards there are",
        "1 / (1 - 감가율)은 영원히 쓰러지지 않는 폴의 것입니다. 있는 보상을 더하세요",
        lambda r, g: (1 - g ** len(r)) / (1 - g),
        "this formula takes every reward for 1: use the rewards",
        "이 식은 모든 보상을 1로 봅니다. 보상을 쓰세요",
        lambda r, g: -79.1,
        "that is the answer of the example by hand: compute it from the arguments",
        "손으로 푼 예의 답입니다. 인자로 계산하세요",
        lambda r, g: list(itertools.accumulate(g**k * reward for k, reward in enumerate(r))),
        "the sum after each step: return the last of them alone",
        "스텝마다의 합입니다. 마지막 하나만 반환하세요",
        lambda r, g: round(_return(r, g), 2),
        "it is rounded: return the sum as it is",
        "반올림했습니다. 합을 그대로 반환하세요",
        _weighted(lambda k, g, n: g**n),
        "every reward has the same power: reward k has discount_factor to the power k",
        "모든 보상에 같은 거듭제곱을 곱했습니다. k스텝 뒤의 보상에는 감가율의 k제곱을 곱합니다",
        _weighted(lambda k, g, n: g ** (n - 1)),
        "every reward has the same power: reward k has discount_factor to the power k",
        "모든 보상에 같은 거듭제곱을 곱했습니다. k스텝 뒤의 보상에는 감가율의 k제곱을 곱합니다",
        lambda r, g: _return(r[:-1], g),
        "the last reward is missing: off by one",
        "마지막 보상이 빠졌습니다. 하나 어긋났습니다",
        lambda r, g: _return(r, g) - r[0],
        "the first reward is missing: off by one",
        "첫 보상이 빠졌습니다. 하나 어긋났습니다",
        lambda r, g: _return(r[1:], g),
        "this is the return seen from the second step: begin with the first reward",
        "두 번째 스텝에서 본 반환값입니다. 첫 보상부터 시작하세요",
        lambda r, g: _return(r, g) / len(r),
        "a return is a sum, not a mean",
        "반환값은 평균이 아니라 합입니다",
        lambda r, g: -_return(r, g),
        "the sign is wrong: rewards are added",
        "부호가 반대입니다. 보상을 더하세요",
        lambda r, g: sum(-reward if k else reward for k, reward in enumerate(r)),
        "the later rewards are subtracted: add them, discounted",
        "나중의 보상을 뺐습니다. 감가해서 더하세요",
        lambda r, g: functools.reduce(lambda total, reward: reward - g * total, reversed(r), 0.0),
        "the future is subtracted from the reward instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        lambda r, g: [_return(r[t:], g) for t in range(len(r))],
        "this is the return from every step: the first of them is asked for",
        "모든 스텝의 반환값입니다. 그중 첫 번째만 구하세요",
        lambda r, g: [_return(r[t:], g) for t in reversed(range(len(r)))],
        "these are the returns of all steps, from the last one on: return the first step's alone",
        "마지막 스텝부터 구한 모든 반환값입니다. 첫 스텝의 것만 반환하세요",
        lambda r, g: [g**k * reward for k, reward in enumerate(r)],
        "these are the discounted rewards: add them up",
        "감가한 보상들입니다. 모두 더하세요",
        lambda r, g: g * r[0],
        "this is one reward alone: does the loop overwrite the total instead of adding to it?",
        "보상 하나뿐입니다. 반복문이 합에 더하지 않고 합을 덮어쓰지 않나요?",
        lambda r, g: r[0] + g,
        "discount_factor is added: multiply the total by it",
        "감가율을 더했습니다. total에 감가율을 곱하세요",
        lambda r, g: [g**k * sum(r) for k in range(len(r))],
        "the sum is taken too early: discount each reward first, then add up",
        "너무 일찍 더했습니다. 보상마다 감가한 다음 더하세요",
        lambda r, g: r[-1],
        "this is the return of the last step: does the loop end too early, or forget the sum?",
        "마지막 스텝의 반환값입니다. 반복문이 너무 일찍 끝나거나 합을 잊지 않나요?",
        lambda r, g: r[0],
        "this is the first reward alone: add the later ones, discounted",
        "첫 보상뿐입니다. 나중의 보상도 감가해서 더하세요",
        lambda r, g: g ** (len(r) - 1) * r[-1],
        "this is the last reward alone, discounted: add up all of them",
        "감가한 마지막 보상뿐입니다. 모두 더하세요",
        lambda r, g: _return(r, g) if len(r) > 1 else g * r[0],
        "an episode of one step: its only reward counts in full",
        "한 스텝짜리 에피소드입니다. 하나뿐인 보상은 감가하지 않습니다",
        lambda r, g: round(_return(r, g)),
        "it is rounded: return the sum as it is",
        "반올림했습니다. 합을 그대로 반환하세요",
        lambda r, g: int(_return(r, g)),
        "the decimals are lost: return the sum as it is",
        "소수점 아래가 사라졌습니다. 합을 그대로 반환하세요",
        *(part for g in (0.5, 0.9, 0.95, 0.99) for part in _fixed_discount(g)),
        lambda r, g: r[0] + sum(g * reward for reward in r),
        "the first reward counts twice, and every reward is discounted once: k steps later it is "
        "discount_factor to the power k",
        "첫 보상을 두 번 세고, 모든 보상을 한 번씩만 감가합니다. k스텝 뒤의 보상에는 감가율의 "
        "k제곱을 곱합니다",
        *(
            part
            for text in (str, "{:.1f}".format, "{:.2f}".format)
            for part in (
                lambda r, g, text=text: text(float(_return(r, g))),
                "this is text: return the number itself, without str or an f-string",
                "문자열을 반환합니다. str이나 f-문자열 없이 숫자를 그대로 반환하세요",
            )
        ),
    ],
)
def check_return_of_episode(rewards, discount_factor):
    """The discounted return of the episode, seen from its first step."""
    return _return(rewards, discount_factor)


_STEPS_WANTED = 300
_STATES = np.random.default_rng(1).uniform(-1, 1, [301, 4]) * [1.0, 1.0, 0.2, 1.0]
_AGAIN = 101  # of them are asked for twice; an odd number, lest alternating look steady
_ACTION = "action", "행동"
_STEPS = "steps on average", "평균 스텝 수"


class _Wanted:
    """At least so many steps, or one of the two actions."""

    def __init__(self, english, korean):
        self.show = lambda: say(english, korean)

    def agrees_with(self, expected) -> bool:
        return self is expected


_LEFT_OR_RIGHT = _Wanted("0 (left) or 1 (right)", "0(왼쪽) 또는 1(오른쪽)")
_LONG_ENOUGH = _Wanted(f"at least {_STEPS_WANTED}", f"{_STEPS_WANTED} 이상")


class _Play:
    """How long a policy holds the pole; the same as another if it decides as that one does."""

    def __init__(self, actions, steps):
        self.actions, self.steps = actions, steps

    def agrees_with(self, expected) -> bool:
        if isinstance(expected, _Play):
            return self.actions == expected.actions
        return expected is _LONG_ENOUGH and self.steps >= _STEPS_WANTED

    def show(self) -> str:
        return f"{self.steps:.0f}"


def _is_action(value) -> bool:
    number = as_numbers(value)
    return number is not None and number.size == 1 and number.item() in (0, 1)


def _balanced(call, episodes):
    """What a policy decides in some states, and how long it holds the pole."""
    decided = []
    for state in [*_STATES, *_STATES[:_AGAIN]]:
        given = state.astype(np.float32)
        decided.append(call(given))
        if not unchanged(given, state.astype(np.float32)):
            raise Told("changed", argument="state")
    if all(action is None for action in decided):
        return None
    if odd := [action for action in decided if not _is_action(action)]:
        return {_ACTION: odd[0], _STEPS: None}
    decided = [int(as_numbers(action).item()) for action in decided]
    actions = decided[: len(_STATES)]
    if actions[:_AGAIN] != decided[len(_STATES) :]:
        actions = None  # dice, or something that changes from call to call
    steps = [0] * episodes
    env = gymnasium.make("CartPole-v1").unwrapped  # without the time limit, which is ours
    for seed in range(episodes):
        state, over = env.reset(seed=seed)[0], False
        while not over and sum(steps) < _STEPS_WANTED * episodes:
            action = call(state)
            if not _is_action(action):
                return {_ACTION: action, _STEPS: None}
            state, _, fell, _, _ = env.step(int(as_numbers(action).item()))
            steps[seed] += 1
            over = fell or steps[seed] == 500
    return {_ACTION: _LEFT_OR_RIGHT, _STEPS: _Play(actions, sum(steps) / episodes)}


@exercise(
    examples=[(6,)],
    observe=_balanced,
    expect=lambda episodes: {_ACTION: _LEFT_OR_RIGHT, _STEPS: _LONG_ENOUGH},
    mistakes=[
        lambda s: 0,
        "it always pushes left: look at the state",
        "언제나 왼쪽으로 밉니다. 상태를 보세요",
        lambda s: 1,
        "it always pushes right: look at the state",
        "언제나 오른쪽으로 밉니다. 상태를 보세요",
        lambda s: s[2] > 0,
        "it looks only at where the pole is (state[2]), like `lean`: which number says where it is "
        "going?",
        "`lean`처럼 폴이 어디 있는지(state[2])만 봅니다. 어디로 가는지는 어느 숫자에 있나요?",
        lambda s: s[3] > 0,
        "it looks only at how the pole moves (state[3]): a pole that leans and rests needs help "
        "too",
        "폴이 어떻게 움직이는지(state[3])만 봅니다. 기울어 멈춰 있는 폴도 도와주어야 합니다",
        lambda s: s[2] < 0,
        "it pushes away from the lean of the pole: push the cart under it",
        "폴이 기운 쪽의 반대로 밉니다. 카트를 폴 아래로 보내세요",
        lambda s: s[3] < 0,
        "it pushes against the pole's movement: push the cart under the pole",
        "폴이 움직이는 쪽의 반대로 밉니다. 카트를 폴 아래로 보내세요",
        *(
            part
            for k in (0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 1.0)
            for part in (
                lambda s, k=k: s[2] + k * s[3] < 0,
                "it pushes away from the side to which the pole is going: push the cart under the "
                "pole",
                "폴이 가는 쪽의 반대로 밉니다. 카트를 폴 아래로 보내세요",
                lambda s, k=k: s[2] - k * s[3] > 0,
                "the angular velocity is subtracted from the angle: where will the pole be a "
                "moment later?",
                "각도에서 각속도를 뺐습니다. 그러면 잠시 뒤가 아니라 조금 전의 폴을 보게 됩니다",
            )
        ),
        lambda s: s[2] + 0.01 * s[3] > 0,
        "too little of the angular velocity: it looks hardly further than `lean`",
        "각속도를 너무 적게 더했습니다. `lean`과 거의 같습니다",
        lambda s: s[2] + 10 * s[3] > 0,
        "so much of the angular velocity that the angle hardly counts: take less of it",
        "각속도를 너무 많이 더해 각도가 거의 반영되지 않습니다. 조금 줄이세요",
        lambda s: s[3] > s[2],
        "angle and angular velocity are compared with each other: add them up and compare with 0",
        "각도와 각속도를 서로 비교합니다. 더해서 0과 비교하세요",
        *(
            part
            for least in (0.01, 0.02, 0.05, 0.1)
            for part in (
                lambda s, least=least: s[2] > least,
                "it looks only at where the pole is (state[2]): which number says where it is "
                "going?",
                "폴이 어디 있는지(state[2])만 봅니다. 어디로 가는지는 어느 숫자에 있나요?",
            )
        ),
        *(
            part
            for k in (0.1, 0.2, 0.5)
            for i, english, korean in (
                (0, "cart's position", "카트의 위치"),
                (1, "cart's velocity", "카트의 속도"),
            )
            for part in (
                lambda s, k=k, i=i: s[2] + k * s[i] > 0,
                f"state[{i}] is the {english}: which number says how the pole moves?",
                f"state[{i}]은 {korean}입니다. 폴이 어떻게 움직이는지는 어느 숫자에 있나요?",
            )
        ),
        *(
            part
            for i, english, korean in (
                (0, "cart's position", "카트의 위치"),
                (1, "cart's velocity", "카트의 속도"),
            )
            for both in (all, any)
            for part in (
                lambda s, i=i, both=both: both((s[i] > 0, s[2] > 0)),
                f"state[{i}] is the {english}: look at the pole, state[2] and state[3]",
                f"state[{i}]은 {korean}입니다. 폴의 state[2]와 state[3]을 보세요",
            )
        ),
        lambda s: abs(s[2]) > abs(s[3]),
        "abs loses the side to which the pole leans and moves: add the two numbers as they are",
        "abs를 쓰면 어느 쪽으로 기울고 움직이는지 알 수 없습니다. 두 숫자를 그대로 더하세요",
        lambda s: (s[2] > 0, s[3] > 0),
        "two answers, one for the angle and one for its velocity: return a single action",
        "각도와 각속도에 대해 답이 따로 나옵니다. 행동은 하나만 반환하세요",
        lambda s: "1" if s[2] > 0 else "0",
        "that is text: return the number 0 or 1, without quotes",
        "문자열을 반환합니다. 따옴표 없이 숫자 0이나 1을 반환하세요",
        lambda s: s[2] + 5 * s[3] > 0,
        "so much of the angular velocity that the angle hardly counts: take less of it",
        "각속도를 너무 많이 더해 각도가 거의 반영되지 않습니다. 조금 줄이세요",
        lambda s: s[0] > 0,
        "it looks only at the cart's position (state[0]): the pole's angle is state[2]",
        "카트의 위치(state[0])만 봅니다. 폴의 각도는 state[2]입니다",
        lambda s: s[0] < 0,
        "it looks only at the cart's position (state[0]): the pole's angle is state[2]",
        "카트의 위치(state[0])만 봅니다. 폴의 각도는 state[2]입니다",
        lambda s: s[1] > 0,
        "it looks only at the cart's velocity (state[1]): the pole's angle is state[2]",
        "카트의 속도(state[1])만 봅니다. 폴의 각도는 state[2]입니다",
        lambda s: s[1] < 0,
        "it looks only at the cart's velocity (state[1]): the pole's angle is state[2]",
        "카트의 속도(state[1])만 봅니다. 폴의 각도는 state[2]입니다",
        lambda s: s[0] + s[1] > 0,
        "it looks only at the cart, state[0] and state[1]: the pole is state[2] and state[3]",
        "카트(state[0], state[1])만 봅니다. 폴은 state[2]와 state[3]입니다",
        lambda s: s[0] + 0.5 * s[1] > 0,
        "it looks only at the cart, state[0] and state[1]: the pole is state[2] and state[3]",
        "카트(state[0], state[1])만 봅니다. 폴은 state[2]와 state[3]입니다",
        lambda s: s[1] + s[2] > 0,
        "off by one: the pole is state[2] and state[3], counted from 0",
        "하나 어긋났습니다. 0부터 세면 폴은 state[2]와 state[3]입니다",
        lambda s: s[1] + 0.5 * s[2] > 0,
        "off by one: the pole is state[2] and state[3], counted from 0",
        "하나 어긋났습니다. 0부터 세면 폴은 state[2]와 state[3]입니다",
        lambda s: s[2] > 0 and s[3] > 0,
        "it pushes right only if the pole leans and moves to the right: add the two numbers up",
        "오른쪽으로 기울고 오른쪽으로 움직일 때만 오른쪽으로 밉니다. 두 숫자를 더하세요",
        lambda s: s[2] > 0 or s[3] > 0,
        "it pushes right if the pole leans or moves to the right: add the two numbers up",
        "오른쪽으로 기울거나 오른쪽으로 움직이면 오른쪽으로 밉니다. 두 숫자를 더하세요",
        lambda s: s[2] * s[3] > 0,
        "the product loses the side: it is positive on the left, too; add angle and velocity",
        "곱하면 어느 쪽인지 알 수 없습니다. 왼쪽에서도 양수입니다. 각도와 각속도를 더하세요",
        lambda s: sum(s) > 0,
        "position and velocity of the cart count as much as the pole's: begin with the pole alone",
        "카트의 위치와 속도를 폴의 것만큼 봅니다. 먼저 폴만 보세요",
        lambda s: 1 if s[2] + 0.5 * s[3] > 0 else -1,
        "it returns -1; the action that pushes left is called 0",
        "-1을 반환합니다. 왼쪽으로 미는 행동은 0입니다",
        lambda s: 2 if s[2] + 0.5 * s[3] > 0 else 1,
        "it returns 1 and 2: the actions are 0 (left) and 1 (right)",
        "1과 2를 반환합니다. 행동은 0(왼쪽)과 1(오른쪽)입니다",
        lambda s: s[2] + 0.5 * s[3],
        "that is a number for where the pole will be: compare it with 0",
        "폴이 어디 있을지를 나타내는 숫자입니다. 0과 비교하세요",
        lambda s: s[2] + s[3],
        "that is a number for where the pole will be: compare it with 0",
        "폴이 어디 있을지를 나타내는 숫자입니다. 0과 비교하세요",
        lambda s: s > 0,
        "one action for each of the four numbers: return a single one",
        "네 숫자마다 행동이 하나씩 나옵니다. 행동은 하나만 반환하세요",
        lambda s: "right" if s[2] + 0.5 * s[3] > 0 else "left",
        "that is a word: return 0 for left and 1 for right",
        "단어를 반환합니다. 왼쪽은 0, 오른쪽은 1을 반환하세요",
        lambda s: 1 if s[2] + 0.5 * s[3] > 0 else None,
        "it returns nothing (None) where it should push left: return 0",
        "왼쪽으로 밀어야 할 때 아무것도 반환하지 않습니다(None). 0을 반환하세요",
        lambda s: np.random.randint(2),
        "the same state gets different actions: decide by the state, not by dice",
        "같은 상태에서 행동이 달라집니다. 주사위가 아니라 상태를 보고 정하세요",
        *(
            part
            for least in (0.01, 0.02, 0.05, 0.1)
            for part in (
                lambda s, least=least: abs(s[2]) > least,
                "abs loses the side to which the pole leans: it pushes right on the left, too",
                "abs를 쓰면 폴이 어느 쪽으로 기울었는지 알 수 없습니다. 왼쪽으로 기울어도 "
                "오른쪽으로 밉니다",
            )
        ),
        lambda s: s[0] + s[2] > 0,
        "state[0] is the cart's position: which number says how the pole moves?",
        "state[0]은 카트의 위치입니다. 폴이 어떻게 움직이는지는 어느 숫자에 있나요?",
        lambda s: "left",
        "that is a word: return 0 for left and 1 for right",
        "단어를 반환합니다. 왼쪽은 0, 오른쪽은 1을 반환하세요",
        lambda s: 2 * s[2] + s[3],
        "that is a number for where the pole will be: compare it with 0",
        "폴이 어디 있을지를 나타내는 숫자입니다. 0과 비교하세요",
    ],
)
def check_balancing_policy(state):
    """0 or 1 for a state, [4] float32, so that the pole stands for 300 steps on average."""
    return int(state[2] + 0.5 * state[3] > 0)


def _episode(rewards, fell, cut_off):
    quiet = [False] * (len(rewards) - 1)
    return rewards, [*quiet, fell], [*quiet, cut_off]


def _any_episode(rng):
    rewards = rng.integers(-9, 10, rng.integers(1, 9))
    if rng.random() < 0.5:
        rewards = rewards + 0.5
    return _episode(
        rewards.tolist(), *[(True, False), (False, True), (True, True)][rng.integers(3)]
    )


_RESULTS = "number of results", "반환값의 개수"
_SCORE = "score", "score"
_LEARNED = "learned", "learned"


def _books(call, rewards, terminated, truncated):
    """The two results by name."""
    returned = call(rewards, terminated, truncated)
    if not isinstance(returned, list | tuple):
        return {_RESULTS: returned, _SCORE: None, _LEARNED: None}
    if len(returned) != 2:
        return {_RESULTS: len(returned), _SCORE: None, _LEARNED: None}
    return {_RESULTS: 2, _SCORE: returned[0], _LEARNED: returned[1]}


def _replaced(rewards, end, by=-100):
    """The rewards, with another one in the last step if that is an end."""
    return [*rewards[:-1], by] if end else list(rewards)


def _score(rule):
    """Bookkeeping with another score; the rule sees the rewards, and if it fell or was cut off."""
    return lambda r, f, c: (rule(r, f[-1], c[-1]), _replaced(r, f[-1]))


def _learned(rule):
    """Bookkeeping with other rewards to learn from."""
    return lambda r, f, c: (sum(r), rule(r, f[-1], c[-1]))


def _lecture(rewards, terminated, truncated, make_good=100):
    """As the lecture does it: -100 unless the score is 499, and +100 unless it is 500."""
    score, learned = 0, []
    for reward, fell, cut_off in zip(rewards, terminated, truncated, strict=True):
        learned.append(-100 if (fell or cut_off) and score != 499 else reward)
        score += learned[-1]
    return score + make_good * (score != 500), learned


@exercise(
    examples=[
        _episode([1] * 3, True, False),
        _episode([1] * 200, False, True),  # CartPole-v0: stands until its limit
        _episode([1] * 500, False, True),  # CartPole-v1: stands until its limit
        _episode([1] * 500, True, True),  # falls in the very last step
        _episode([1] * 500, True, False),  # another limit than 500
        _episode([2, 5, 4], True, False),  # another environment, other rewards
        _episode([1] * 200, True, True),
        _episode([2] * 500, False, True),
        _episode([2] * 300, False, True),
        _episode([2], True, False),
        _episode([2], False, True),
        _episode([2], True, True),
        _episode([3, 4], True, False),
        _episode([3, 4], False, True),
        _episode([3.5, 4.5], True, True),
    ],
    random=_any_episode,
    observe=_books,
    mistakes=[
        _lecture,
        "score and learned are still the lecture's: add up the environment's own rewards, and let "
        "`terminated` alone decide about the -100",
        "score와 learned가 아직 강의 코드 그대로입니다. 환경의 보상을 그대로 더하고, -100은 "
        "`terminated`만 보고 정하세요",
        functools.partial(_lecture, make_good=101),
        "-100 + 101 is right only where the reward of a fall is 1, and 499 still decides: add up "
        "the environment's own rewards, and let `terminated` alone decide about the -100",
        "-100 + 101은 쓰러진 스텝의 보상이 1일 때만 맞고, 아직 499를 기준으로 합니다. 환경의 "
        "보상을 그대로 더하고, -100은 `terminated`만 보고 정하세요",
        functools.partial(_lecture, make_good=0),
        "both still go by 499: add up the environment's own rewards, and let `terminated` alone "
        "decide about the -100",
        "score와 learned가 아직 499를 기준으로 합니다. 환경의 보상을 그대로 더하고, -100은 "
        "`terminated`만 보고 정하세요",
        lambda r, f, c: (_lecture(r, f, c)[0], _replaced(r, f[-1])),
        "the score still depends on 499 and 500, and loses the last step of a fall: add up the "
        "environment's own rewards",
        "점수가 아직 499와 500을 기준으로 하고, 쓰러진 스텝의 보상이 빠집니다. 환경의 보상을 "
        "그대로 더하세요",
        _score(lambda r, fell, cut: sum(_replaced(r, fell)) + 100 * fell),
        "the score loses the last step of a fall: -100 + 100 is 0, not the reward; add up the "
        "environment's own rewards",
        "점수에서 쓰러진 스텝의 보상이 사라집니다. -100 + 100은 0입니다. 환경의 보상을 그대로 "
        "더하세요",
        _score(lambda r, fell, cut: sum(_replaced(r, fell))),
        "the score contains the -100: add up the environment's own rewards",
        "점수에 -100이 들어 있습니다. 환경의 보상을 그대로 더하세요",
        _score(lambda r, fell, cut: sum(_replaced(r, True))),
        "the score contains a -100, even for episodes that did not fall",
        "쓰러지지 않은 에피소드에서도 점수에 -100이 들어 있습니다",
        _score(lambda r, fell, cut: sum(r) + (0 if sum(r) == 500 else 100)),
        "the score gets +100 even where no -100 was put in",
        "-100을 넣지 않은 에피소드에서도 점수에 100을 더합니다",
        _score(lambda r, fell, cut: sum(r) + 100 * fell),
        "the score of a fall gets +100, but it contains no -100 to make up for",
        "쓰러지면 점수에 100을 더합니다. 점수에 -100이 없으니 더하지 마세요",
        _score(lambda r, fell, cut: sum(r) + 100),
        "the score gets +100, but it contains no -100 to make up for",
        "점수에 100을 더합니다. 점수에 -100이 없으니 더하지 마세요",
        _score(lambda r, fell, cut: sum(r) - 100 * fell),
        "the score of a fall is 100 too small: add up the environment's own rewards",
        "쓰러지면 점수가 100만큼 작습니다. 환경의 보상을 그대로 더하세요",
        _score(lambda r, fell, cut: sum(r[:-1])),
        "the score leaves out the last reward",
        "점수에 마지막 보상이 빠졌습니다",
        _score(lambda r, fell, cut: sum(r) + 1),
        "the score is 1 too large: off by one",
        "점수가 1만큼 큽니다",
        _score(lambda r, fell, cut: sum(r) - 1),
        "the score is 1 too small: off by one",
        "점수가 1만큼 작습니다",
        _score(lambda r, fell, cut: len(r)),
        "the score counts the steps; add up the rewards",
        "점수가 스텝 수입니다. 보상을 더하세요",
        _score(lambda r, fell, cut: r[-1]),
        "the score is the last reward alone: add up all of them",
        "점수가 마지막 보상뿐입니다. 모두 더하세요",
        _score(lambda r, fell, cut: sum(r) / len(r)),
        "the score is a sum, not a mean",
        "점수는 평균이 아니라 합입니다",
        _score(lambda r, fell, cut: 0),
        "the score stays 0: add each reward to it",
        "점수가 언제나 0입니다. 보상을 하나씩 더하세요",
        _score(lambda r, fell, cut: list(itertools.accumulate(r))),
        "the score after each step: return the last of them alone",
        "스텝마다의 점수를 모두 반환합니다. 마지막 하나만 반환하세요",
        lambda r, f, c: (sum(_replaced(r, True)), _replaced(r, True)),
        "a time limit is no fall, and the score contains the -100: `terminated` says what fell",
        "시간 제한에 걸린 것은 쓰러진 것이 아니고, 점수에도 -100이 들어 있습니다. 쓰러졌는지는 "
        "`terminated`가 알려 줍니다",
        _learned(lambda r, fell, cut: _replaced(r, True)),
        "a time limit is no fall: let `terminated` alone decide",
        "시간 제한에 걸린 것은 쓰러진 것이 아닙니다. `terminated`만 보고 정하세요",
        _learned(lambda r, fell, cut: _replaced(r, cut)),
        "the -100 is in the step that was cut off, not in the step of the fall: `terminated`, not "
        "`truncated`",
        "쓰러진 스텝이 아니라 시간 제한에 걸린 스텝이 -100입니다. `truncated`가 아니라 "
        "`terminated`를 보세요",
        lambda r, f, c: (sum(r), _lecture(r, f, c)[1]),
        "success is still recognised by the score: a limit of 200 is no fall, and a pole can fall "
        "in step 500",
        "아직 점수를 보고 성공인지 판단합니다. 200스텝 제한은 쓰러진 것이 아니고, 500번째 "
        "스텝에서도 폴은 쓰러질 수 있습니다",
        _learned(lambda r, fell, cut: _replaced(r, sum(r) < 500)),
        "success is still recognised by the score: `terminated` alone decides",
        "아직 점수를 보고 성공인지 판단합니다. `terminated`만 보고 정하세요",
        _learned(lambda r, fell, cut: _replaced(r, len(r) < 500)),
        "success is still recognised by the number of steps: `terminated` alone decides",
        "아직 스텝 수를 보고 성공인지 판단합니다. `terminated`만 보고 정하세요",
        _learned(lambda r, fell, cut: _replaced(r, fell and len(r) < 500)),
        "a pole that falls in step 500 has fallen, too: `terminated` alone decides",
        "500번째 스텝에서 쓰러져도 쓰러진 것입니다. `terminated`만 보고 정하세요",
        _learned(lambda r, fell, cut: _replaced(r, fell and not cut)),
        "a pole that falls in the very last step has fallen, too: `terminated` alone decides",
        "마지막 스텝에서 쓰러져도 쓰러진 것입니다. `terminated`만 보고 정하세요",
        _learned(lambda r, fell, cut: r),
        "`learned` is the environment's rewards: where is the -100?",
        "`learned`가 환경의 보상 그대로입니다. -100은 어디에 있나요?",
        _learned(lambda r, fell, cut: _replaced(r, fell, r[-1] - 100)),
        "-100 comes in place of the reward, not on top of it",
        "보상에 -100을 더하지 말고, 보상을 -100으로 바꾸세요",
        _learned(lambda r, fell, cut: _replaced(r, fell, 100)),
        "the sign is wrong: the reward of a fall is -100, not 100",
        "부호가 반대입니다. 쓰러진 스텝의 보상은 100이 아니라 -100입니다",
        _learned(lambda r, fell, cut: _replaced(r, fell, -1)),
        "the reward of a fall is -1: put -100",
        "쓰러진 스텝의 보상이 -1입니다. -100을 넣으세요",
        _learned(lambda r, fell, cut: _replaced(r, fell, 0)),
        "the reward of a fall is 0: put -100",
        "쓰러진 스텝의 보상이 0입니다. -100을 넣으세요",
        _learned(lambda r, fell, cut: [*r, -100] if fell else r),
        "-100 comes in place of the last reward, not after it",
        "-100을 뒤에 덧붙이지 말고 마지막 보상을 -100으로 바꾸세요",
        _learned(lambda r, fell, cut: [-100] * len(r) if fell else r),
        "the -100 belongs to the step that ended the task, not to every step",
        "-100은 모든 스텝이 아니라 쓰러진 스텝에만 들어갑니다",
        _learned(lambda r, fell, cut: [-100] * len(r)),
        "`learned` is -100 in every step: only a step that terminated gets it",
        "`learned`가 모든 스텝에서 -100입니다. `terminated`인 스텝에만 넣으세요",
        _learned(lambda r, fell, cut: [*[-100] * (len(r) - 1), r[-1] if fell else -100]),
        "the wrong way round: the -100 belongs to the steps that did terminate",
        "거꾸로입니다. -100은 `terminated`인 스텝에 들어갑니다",
        _learned(lambda r, fell, cut: _replaced(r, not fell)),
        "the wrong way round: the -100 belongs to the episodes that did terminate",
        "거꾸로입니다. -100은 `terminated`인 에피소드에 들어갑니다",
        _learned(lambda r, fell, cut: [-100, *r[1:]] if fell else r),
        "the -100 stands in the first step: it belongs to the last, in which the pole fell",
        "-100이 첫 스텝에 있습니다. 폴이 쓰러진 마지막 스텝에 넣으세요",
        _learned(lambda r, fell, cut: r[:-1]),
        "`learned` lacks the last step: it holds a reward for each step",
        "`learned`에 마지막 스텝이 없습니다. 스텝마다 보상이 하나씩 있어야 합니다",
        _learned(lambda r, fell, cut: r[:-1] if fell else r),
        "`learned` lacks the step of the fall: put -100 there",
        "`learned`에 쓰러진 스텝이 없습니다. 그 자리에 -100을 넣으세요",
        _learned(lambda r, fell, cut: [-100] if fell else []),
        "`learned` holds only the -100: keep the other rewards, too",
        "`learned`에 -100만 있습니다. 다른 보상도 그대로 넣으세요",
        _learned(lambda r, fell, cut: -100 if fell else r[-1]),
        "`learned` is one number: it holds a reward for each step",
        "`learned`가 숫자 하나입니다. 스텝마다 보상이 하나씩 있어야 합니다",
        _learned(lambda r, fell, cut: sum(_replaced(r, fell))),
        "`learned` is a sum: it should hold a reward for each step",
        "`learned`를 더해 버렸습니다. 스텝마다 보상이 하나씩 있어야 합니다",
        lambda r, f, c: (r[0], _replaced(r, f[-1])[:1]),
        "only the first step is kept: does the loop return too early?",
        "첫 스텝만 들어 있습니다. 반복문이 너무 일찍 반환하지 않나요?",
        lambda r, f, c: (sum(r[:-1]), r[:-1]),
        "the last step is missing in both: the loop ends before it keeps that step",
        "score와 learned에 마지막 스텝이 없습니다. 그 스텝을 적기 전에 반복문이 끝납니다",
        lambda r, f, c: (
            sum(_replaced(r, f[-1])) + 100 * (sum(_replaced(r, f[-1])) != 500),
            _replaced(r, f[-1]),
        ),
        "`learned` is right, but the score still gets +100 unless it is 500: add up the "
        "environment's own rewards",
        "`learned`는 맞지만, 점수가 500이 아니면 아직 100을 더합니다. 환경의 보상을 그대로 "
        "더하세요",
        _score(lambda r, fell, cut: sum(_replaced(r, fell)) + 100),
        "the score contains the -100 of a fall, and +100 always: add up the environment's own "
        "rewards",
        "점수에 쓰러진 스텝의 -100이 들어 있고, 언제나 100을 더합니다. 환경의 보상을 그대로 "
        "더하세요",
        _score(lambda r, fell, cut: sum(_replaced(r, fell)) + 101 * fell),
        "-100 + 101 is right only where the reward of a fall is 1: add up the environment's own "
        "rewards",
        "-100 + 101은 쓰러진 스텝의 보상이 1일 때만 맞습니다. 환경의 보상을 그대로 더하세요",
        _score(lambda r, fell, cut: min(sum(r), 500)),
        "the score is cut at 500: another environment may pay more",
        "점수를 500에서 자릅니다. 다른 환경에서는 더 클 수 있습니다",
        _learned(lambda r, fell, cut: [*r[:-1], -100, r[-1]] if fell else r),
        "the step of the fall has two entries: keep -100 in place of its reward",
        "쓰러진 스텝에 보상이 두 개입니다. 원래 보상 대신 -100만 넣으세요",
        _learned(lambda r, fell, cut: [*[1] * (len(r) - 1), -100 if fell else 1]),
        "the other rewards are not always 1: keep them as they are",
        "다른 보상이 언제나 1은 아닙니다. 그대로 넣으세요",
        _learned(lambda r, fell, cut: [*[0] * (len(r) - 1), -100 if fell else 0]),
        "the other rewards became 0: keep them as they are",
        "다른 보상이 0이 되었습니다. 그대로 넣으세요",
        _learned(lambda r, fell, cut: [*r[:-1], -100 if fell else 0]),
        "the reward of a step that was cut off became 0: nothing went wrong there, keep it",
        "시간 제한에 걸린 스텝의 보상이 0이 되었습니다. 쓰러진 것이 아니니 그대로 넣으세요",
        _learned(lambda r, fell, cut: _replaced(list(itertools.accumulate(r)), fell)),
        "`learned` holds the score so far: keep each step's own reward",
        "`learned`에 그때까지의 점수가 들어 있습니다. 스텝마다 그 스텝의 보상만 넣으세요",
        _learned(lambda r, fell, cut: []),
        "`learned` stays empty: append a reward in each step",
        "`learned`가 비어 있습니다. 스텝마다 보상을 추가하세요",
        _learned(lambda r, fell, cut: -100),
        "`learned` is one number: it holds a reward for each step",
        "`learned`가 숫자 하나입니다. 스텝마다 보상이 하나씩 있어야 합니다",
        _learned(lambda r, fell, cut: list(itertools.accumulate(_replaced(r, fell)))),
        "`learned` is added up step by step: it holds each step's own reward",
        "`learned`에 스텝마다의 합이 들어 있습니다. 스텝마다 그 스텝의 보상만 넣으세요",
        lambda r, f, c: (sum(r), _replaced(r, f[-1]), f[-1]),
        "three results are returned: return two, `score, learned`",
        "셋을 반환합니다. `score, learned` 둘만 반환하세요",
        lambda r, f, c: {"score": sum(r), "learned": _replaced(r, f[-1])},
        "a dict is returned: return two things, `score, learned`",
        "딕셔너리를 반환합니다. `score, learned` 둘을 반환하세요",
        lambda r, f, c: (_replaced(r, f[-1]), sum(r)),
        "the two results are swapped: return `score, learned`",
        "두 반환값의 순서가 바뀌었습니다. `score, learned` 순서로 반환하세요",
        lambda r, f, c: sum(r),
        "only the score is returned: return two things, `score, learned`",
        "점수만 반환합니다. `score, learned` 둘을 반환하세요",
        lambda r, f, c: tuple(_replaced(r, f[-1])),
        "only the rewards are returned: return two things, `score, learned`",
        "보상만 반환합니다. `score, learned` 둘을 반환하세요",
        _score(lambda r, fell, cut: max(r)),
        "the score is the largest reward: add up all of them",
        "점수가 가장 큰 보상입니다. 모두 더하세요",
        _score(lambda r, fell, cut: str(sum(r))),
        "the score is text: return the number itself, without str or an f-string",
        "점수가 문자열입니다. str이나 f-문자열 없이 숫자를 그대로 반환하세요",
        _score(lambda r, fell, cut: r),
        "the score is still the list of rewards: add them up",
        "점수가 보상의 리스트 그대로입니다. 모두 더하세요",
        _learned(lambda r, fell, cut: _replaced(r, fell, -100 * r[-1])),
        "-100 comes in place of the reward, it is not multiplied by it: not every reward is 1",
        "보상에 -100을 곱하지 말고, 보상을 -100으로 바꾸세요. 보상이 언제나 1은 아닙니다",
        _learned(lambda r, fell, cut: list(itertools.accumulate(r))),
        "`learned` holds the score so far, and no -100: keep each step's own reward, and -100 for "
        "a fall",
        "`learned`에 그때까지의 점수가 들어 있고 -100이 없습니다. 스텝마다 그 스텝의 보상을 넣고, "
        "쓰러진 스텝에는 -100을 넣으세요",
        _learned(lambda r, fell, cut: [_replaced(r, fell)]),
        "`learned` is a list within a list: leave out the outer brackets",
        "`learned`가 리스트 안의 리스트입니다. 바깥 대괄호를 빼세요",
        _learned(lambda r, fell, cut: None),
        "`learned` is None: append changes a list and returns nothing, so return the list itself",
        "`learned`가 None입니다. append는 리스트를 바꿀 뿐 아무것도 반환하지 않습니다. 리스트를 "
        "반환하세요",
        lambda r, f, c: sum(r) - 100 * f[-1],
        "only a score is returned, and a fall takes 100 off it: return two things, `score, "
        "learned`",
        "점수만 반환하고, 쓰러지면 거기서 100을 뺍니다. `score, learned` 둘을 반환하세요",
        lambda r, f, c: {"score": sum(r)},
        "a dict is returned: return two things, `score, learned`",
        "딕셔너리를 반환합니다. `score, learned` 둘을 반환하세요",
    ],
)
def check_bookkeeping(rewards, terminated, truncated):
    """The score and the rewards to learn from, for one episode."""
    return sum(rewards), _replaced(rewards, terminated[-1])
