"""Lesson 01, CartPole as an MDP: the return, a policy by hand, the bookkeeping."""

import functools
import itertools

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
        "base and exponent have changed places: discount_factor to the power k",
        "밑과 지수가 바뀌었습니다. 감가율의 k제곱입니다",
        _weighted(lambda k, g, n: g ** (2 * k)),
        "each step is discounted twice: k steps later it is discount_factor to the power k",
        "스텝마다 두 번 감가합니다. k스텝 뒤의 보상에는 감가율의 k제곱을 곱합니다",
        _weighted(lambda k, g, n: g ** (2**k)),
        "the discount is squared in each step: multiply it by discount_factor once a step",
        "스텝마다 감가를 제곱합니다. 한 스텝에 감가율을 한 번만 곱하세요",
        _weighted(lambda k, g, n: g ** (k * (k + 1) // 2)),
        "the powers are multiplied up: k steps later it is discount_factor to the power k",
        "거듭제곱이 쌓여 갑니다. k스텝 뒤의 보상에는 감가율의 k제곱을 곱합니다",
        _weighted(lambda k, g, n: (1 - g) ** k),
        "1 - discount_factor is what is lost: multiply by discount_factor itself",
        "1 - 감가율은 없어지는 몫입니다. 감가율을 그대로 곱하세요",
        _weighted(lambda k, g, n: 1 / g**k),
        "later rewards count for more: multiply by discount_factor, do not divide",
        "나중의 보상이 더 커집니다. 감가율로 나누지 말고 곱하세요",
        _weighted(lambda k, g, n: g**n),
        "every reward has the same power: reward k has discount_factor to the power k",
        "모든 보상에 같은 거듭제곱을 곱했습니다. k번째 보상에는 감가율의 k제곱을 곱합니다",
        _weighted(lambda k, g, n: g ** (n - 1)),
        "every reward has the same power: reward k has discount_factor to the power k",
        "모든 보상에 같은 거듭제곱을 곱했습니다. k번째 보상에는 감가율의 k제곱을 곱합니다",
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
        "the sign is turned: rewards are added",
        "부호가 반대입니다. 보상을 더하세요",
        lambda r, g: sum(-reward if k else reward for k, reward in enumerate(r)),
        "the later rewards are taken off: add them, discounted",
        "나중의 보상을 뺐습니다. 감가해서 더하세요",
        lambda r, g: functools.reduce(lambda total, reward: reward - g * total, reversed(r), 0.0),
        "the future is taken off the reward instead of added",
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
        "what comes after the point is lost: return the sum as it is",
        "소수점 아래가 사라졌습니다. 합을 그대로 반환하세요",
        *(part for g in (0.5, 0.9, 0.95, 0.99) for part in _fixed_discount(g)),
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
                "the angular velocity is taken off the angle: where will the pole be a moment "
                "later?",
                "각도에서 각속도를 뺐습니다. 폴이 잠시 뒤 어디에 있을까요?",
            )
        ),
        lambda s: s[2] + 0.01 * s[3] > 0,
        "too little of the angular velocity: it looks hardly further than `lean`",
        "각속도를 너무 적게 더했습니다. `lean`과 거의 같습니다",
        lambda s: s[2] + 5 * s[3] > 0,
        "so much of the angular velocity that the angle hardly counts: take less of it",
        "각속도를 너무 많이 더해 각도가 거의 보이지 않습니다. 조금 줄이세요",
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


def _slides(rewards, terminated, truncated, make_good=True):
    """As the slides do it: -100 unless the score is 499, and +100 unless it is 500."""
    score, learned = 0, []
    for reward, fell, cut_off in zip(rewards, terminated, truncated, strict=True):
        learned.append(-100 if (fell or cut_off) and score != 499 else reward)
        score += learned[-1]
    return score + 100 * (make_good and score != 500), learned


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
        _slides,
        "score and learned are still the slides': add up the environment's own rewards, and let "
        "`terminated` alone decide about the -100",
        "score와 learned가 아직 슬라이드 그대로입니다. 환경의 보상을 그대로 더하고, -100은 "
        "`terminated`만 보고 정하세요",
        functools.partial(_slides, make_good=False),
        "both still go by 499: add up the environment's own rewards, and let `terminated` alone "
        "decide about the -100",
        "둘 다 아직 499를 봅니다. 환경의 보상을 그대로 더하고, -100은 `terminated`만 보고 정하세요",
        lambda r, f, c: (_slides(r, f, c)[0], _replaced(r, f[-1])),
        "the score still depends on 499 and 500, and loses the last step of a fall: add up the "
        "environment's own rewards",
        "점수가 아직 499와 500을 보고, 쓰러진 스텝의 보상을 잃습니다. 환경의 보상을 그대로 "
        "더하세요",
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
        "the score gets +100 also where nothing was taken off",
        "빼지 않은 곳에서도 점수에 100을 더합니다",
        _score(lambda r, fell, cut: sum(r) + 100 * fell),
        "the score of a fall gets +100, but nothing was taken off",
        "쓰러지면 점수에 100을 더합니다. 뺀 것이 없으니 더할 것도 없습니다",
        _score(lambda r, fell, cut: sum(r) + 100),
        "the score gets +100, but nothing was taken off",
        "점수에 100을 더합니다. 뺀 것이 없으니 더할 것도 없습니다",
        _score(lambda r, fell, cut: sum(r) - 100 * fell),
        "the score of a fall is 100 too small: add up the environment's own rewards",
        "쓰러지면 점수가 100만큼 작습니다. 환경의 보상을 그대로 더하세요",
        _score(lambda r, fell, cut: sum(r[:-1])),
        "the score leaves out the last reward",
        "점수에 마지막 보상이 빠졌습니다",
        _score(lambda r, fell, cut: sum(r) + 1),
        "the score is one too many: off by one",
        "점수가 하나 더 많습니다",
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
        "점수가 0에 머뭅니다. 보상을 하나씩 더하세요",
        _score(lambda r, fell, cut: list(itertools.accumulate(r))),
        "the score after each step: return the last of them alone",
        "스텝마다의 점수입니다. 마지막 하나만 반환하세요",
        lambda r, f, c: (sum(_replaced(r, True)), _replaced(r, True)),
        "a time limit is no fall, and the score contains the -100: `terminated` says what fell",
        "시간 제한은 쓰러진 것이 아니고, 점수에도 -100이 들어 있습니다. 쓰러진 것은 `terminated`가 "
        "알려 줍니다",
        _learned(lambda r, fell, cut: _replaced(r, True)),
        "a time limit is no fall: did you use `terminated`?",
        "시간 제한은 쓰러진 것이 아닙니다. `terminated`를 썼나요?",
        _learned(lambda r, fell, cut: _replaced(r, cut)),
        "`learned` punishes the time limit and not the fall: the two ends are mixed up",
        "`learned`가 쓰러진 것이 아니라 시간 제한을 벌합니다. 두 끝이 바뀌었습니다",
        lambda r, f, c: (sum(r), _slides(r, f, c)[1]),
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
        "the sign: a fall is punished with -100, not rewarded with 100",
        "부호가 틀렸습니다. 쓰러지면 100을 주는 것이 아니라 -100으로 벌합니다",
        _learned(lambda r, fell, cut: _replaced(r, fell, -1)),
        "a fall is punished with -1: put -100",
        "쓰러진 벌이 -1입니다. -100을 넣으세요",
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
        "`learned` is added up: it holds a reward for each step",
        "`learned`를 더해 버렸습니다. 스텝마다 보상이 하나씩 있어야 합니다",
        lambda r, f, c: (_replaced(r, f[-1]), sum(r)),
        "the two results have changed places: `score, learned`",
        "두 반환값의 자리가 바뀌었습니다. `score, learned` 순서입니다",
        lambda r, f, c: sum(r),
        "only the score is returned: return two things, `score, learned`",
        "점수만 반환합니다. `score, learned` 둘을 반환하세요",
        lambda r, f, c: tuple(_replaced(r, f[-1])),
        "only the rewards are returned: return two things, `score, learned`",
        "보상만 반환합니다. `score, learned` 둘을 반환하세요",
    ],
)
def check_bookkeeping(rewards, terminated, truncated):
    """The score and the rewards to learn from, for one episode."""
    return sum(rewards), _replaced(rewards, terminated[-1])
