"""Lesson 09: the whole DQN agent."""

import types

import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.values import plain
from dqn_keras.machinery.language import say


def _right(n, n0):
    return max(0, n - n0 + 1)


def _power(u, n, k, low):
    return max(low, k**u)


def _counts(updates=_right, epsilon=_power):
    """Both numbers by two rules: of (steps, train_start) and (updates, steps, decay, floor)."""

    def counters(steps, train_start, decay, floor):
        so_far = updates(steps, train_start)
        return so_far, epsilon(so_far, steps, decay, floor)

    return counters


def _past_the_floor(u, n, k, low):
    epsilon = 1.0
    for _ in range(u):
        epsilon *= k if epsilon > low else 1
    return epsilon


def _begun_anew(steps, train_start, decay, floor):
    for step in range(1, steps + 1):
        updates, epsilon = 0, 1.0
        if step >= train_start:
            updates, epsilon = updates + 1, epsilon * decay
    return updates, max(epsilon, floor)


def _late(n, n0):
    return max(0, n - n0)


_FLOOR = (
    "epsilon falls below its floor: the larger of the two, max(floor, decay**updates)",
    "입실론이 하한 아래로 내려갑니다. 둘 중 큰 것, max(floor, decay**updates)를 쓰세요",
)
_LATE = "off by one: the step that brings the memory to train_start already learns"
_KO_LATE = "하나 어긋났습니다. 메모리가 train_start개가 되는 그 스텝에서 이미 학습합니다"


def _moment(rng):
    """A moment before, at or after the first update, and settings unlike each other."""
    decay, floor = rng.choice([0.5, 0.8, 0.9, 0.95]), rng.choice([0.0, 0.01, 0.05, 0.2])
    return int(rng.integers(25)), int(rng.integers(1, 9)), float(decay), float(floor)


@exercise(
    examples=[
        (3, 4, 0.5, 0.0),
        (5, 4, 0.5, 0.0),
        (9, 4, 0.5, 0.0),
        (2, 4, 0.5, 0.0),
        (4, 4, 0.5, 0.0),
        (5, 2, 0.9, 0.0),
        (9, 4, 0.5, 0.2),
        (1500, 1000, 0.999, 0.01),
    ],
    random=_moment,
    number=20,
    mistakes=[
        _counts(_late),
        _LATE,
        _KO_LATE,
        _counts(lambda n, n0: n - n0),
        f"{_LATE}; and before it there are no updates, not a negative number",
        f"{_KO_LATE}. 그 전에는 음수가 아니라 0번입니다",
        _counts(lambda n, n0: n - n0 + 1),
        "before learning starts there are no updates, not a negative number",
        "학습을 시작하기 전의 업데이트는 음수가 아니라 0번입니다",
        _counts(lambda n, n0: abs(n - n0 + 1)),
        "before learning starts there are no updates: max(0, …), not the absolute value",
        "학습을 시작하기 전의 업데이트는 0번입니다. 절댓값이 아니라 max(0, …)을 쓰세요",
        _counts(lambda n, n0: max(0, n - n0 + 2)),
        "off by one: with train_start - 1 samples in the memory nothing is learned yet",
        "하나 어긋났습니다. 메모리에 train_start - 1개가 있을 때는 아직 학습하지 않습니다",
        _counts(lambda n, n0: max(1, n - n0 + 1)),
        "before learning starts there are 0 updates, not 1",
        "학습을 시작하기 전의 업데이트는 1번이 아니라 0번입니다",
        _counts(lambda n, n0: n),
        "it counts every step: no update before the memory holds train_start",
        "모든 스텝을 셉니다. 메모리에 train_start개가 모이기 전에는 업데이트하지 않습니다",
        _counts(lambda n, n0: n if n >= n0 else 0),
        "once learning starts it counts the early steps too: take them off",
        "학습이 시작되면 그 전의 스텝까지 셉니다. 앞의 스텝은 빼세요",
        _counts(lambda n, n0: min(n, n0)),
        "it counts the steps before learning starts: count those from then on",
        "학습을 시작하기 전의 스텝을 셉니다. 그때부터의 스텝을 세세요",
        _counts(lambda n, n0: n // n0),
        "it updates once in train_start steps: from then on it is once in every step",
        "train_start 스텝마다 한 번 업데이트합니다. 그때부터는 스텝마다 한 번입니다",
        _counts(lambda n, n0: int(n >= n0)),
        "it counts one update and no more: there is one in every step from train_start on",
        "업데이트를 한 번만 셉니다. train_start부터는 스텝마다 한 번입니다",
        _counts(epsilon=lambda u, n, k, low: k**u),
        *_FLOOR,
        _counts(_late, lambda u, n, k, low: k**u),
        f"{_LATE}; and {_FLOOR[0]}",
        f"{_KO_LATE}. 그리고 {_FLOOR[1]}",
        _counts(epsilon=lambda u, n, k, low: max(low, k**n)),
        "epsilon falls in every update, not in every step",
        "입실론은 스텝마다가 아니라 업데이트마다 작아집니다",
        _counts(epsilon=lambda u, n, k, low: min(low, k**u)),
        "min or max? Epsilon is never below the floor",
        "min일까요, max일까요? 입실론은 하한보다 작아지지 않습니다",
        _counts(epsilon=lambda u, n, k, low: max(low, k * u)),
        "epsilon is multiplied with decay once in each update: decay to the power of updates",
        "입실론에는 업데이트마다 decay를 한 번씩 곱합니다. decay의 updates제곱입니다",
        _counts(epsilon=lambda u, n, k, low: max(low, u**k)),
        "base and exponent have changed places: decay to the power of updates",
        "밑과 지수가 바뀌었습니다. decay의 updates제곱입니다",
        _counts(epsilon=lambda u, n, k, low: max(low, 1 - k * u)),
        "epsilon is multiplied with decay, nothing is taken off it",
        "입실론에서 빼지 말고 decay를 곱하세요",
        _counts(epsilon=lambda u, n, k, low: max(low, 1 - (1 - k) * u)),
        "epsilon falls along a straight line: it is multiplied with decay in each update",
        "입실론이 직선으로 줄어듭니다. 업데이트마다 decay를 곱하세요",
        _counts(epsilon=lambda u, n, k, low: max(low, (1 - k) ** u)),
        "decay is what stays, not what is lost: multiply by it itself",
        "decay는 없어지는 몫이 아니라 남는 몫입니다. 그대로 곱하세요",
        _counts(epsilon=lambda u, n, k, low: max(low, k)),
        "epsilon is multiplied once, however many updates there were",
        "업데이트 횟수와 상관없이 한 번만 곱합니다",
        _counts(epsilon=lambda u, n, k, low: max(low, k ** (u + 1))),
        "epsilon is one update ahead: before the first it is still 1",
        "입실론이 한 번 앞서 있습니다. 첫 업데이트 전에는 아직 1입니다",
        _counts(epsilon=lambda u, n, k, low: max(low, k ** max(u - 1, 0))),
        "epsilon is one update behind: after the first it has been multiplied once",
        "입실론이 한 번 늦습니다. 첫 업데이트 뒤에는 한 번 곱한 값입니다",
        _counts(epsilon=lambda u, n, k, low: k**u + low),
        "the floor is added; below it, epsilon should stand still",
        "하한을 더했습니다. 하한에 닿으면 그 값에 머물러야 합니다",
        _counts(epsilon=lambda u, n, k, low: low + (1 - low) * k**u),
        "epsilon decays towards the floor without ever resting on it: use the larger of the two",
        "입실론이 하한에 다가가기만 하고 닿지 않습니다. 둘 중 큰 것을 쓰세요",
        _counts(epsilon=lambda u, n, k, low: k**u if k**u > low else 0.0),
        "below the floor epsilon falls to 0: it should stay at the floor",
        "하한 아래에서 입실론이 0이 됩니다. 하한에 머물러야 합니다",
        _counts(epsilon=lambda u, n, k, low: max(low, k**u) if u else low),
        "before the first update epsilon is still 1, not at the floor",
        "첫 업데이트 전의 입실론은 하한이 아니라 아직 1입니다",
        _counts(epsilon=lambda u, n, k, low: max(low, k**u) if u else 0.0),
        "before the first update epsilon is still 1, not 0",
        "첫 업데이트 전의 입실론은 0이 아니라 아직 1입니다",
        _counts(epsilon=lambda u, n, k, low: 1.0),
        "epsilon never changes: it is multiplied with decay in each update",
        "입실론이 전혀 바뀌지 않습니다. 업데이트마다 decay를 곱하세요",
        _counts(epsilon=lambda u, n, k, low: max(low, low**u)),
        "the floor is raised to the power: it is decay that multiplies",
        "하한을 거듭제곱했습니다. 거듭제곱할 것은 decay입니다",
        _counts(epsilon=_past_the_floor),
        "the last multiplication leads epsilon below its floor: stop at the floor itself, "
        "max(floor, epsilon)",
        "마지막 곱셈에서 입실론이 하한 아래로 내려갑니다. max(floor, epsilon)으로 "
        "하한에서 멈추세요",
        _begun_anew,
        "updates and epsilon begin anew in every turn of the loop: set them to 0 and 1 before it",
        "반복할 때마다 updates와 epsilon이 처음부터 다시 시작합니다. 반복문 앞에서 0과 1로 두세요",
        _counts(epsilon=lambda u, n, k, low: np.exp(-k * u)),
        "exp(-decay * updates) is another curve: multiply by decay itself, decay**updates",
        "exp(-decay * updates)는 다른 곡선입니다. decay를 그대로 곱하세요. decay**updates입니다",
        _counts(epsilon=lambda u, n, k, low: max(low, np.exp(-k * u))),
        "exp(-decay * updates) is another curve: multiply by decay itself, decay**updates",
        "exp(-decay * updates)는 다른 곡선입니다. decay를 그대로 곱하세요. decay**updates입니다",
        _counts(epsilon=lambda u, n, k, low: max(low, k ** (n / 1000))),
        "epsilon falls in every update: the exponent is the number of updates",
        "입실론은 업데이트마다 작아집니다. 지수는 업데이트 횟수입니다",
        *(
            part
            for fixed in (0.5, 0.999)
            for part in (
                _counts(epsilon=lambda u, n, k, low, fixed=fixed: max(low, fixed**u)),
                "decay is a number of your own: use the argument",
                "decay 대신 직접 쓴 숫자를 곱했습니다. 인자를 쓰세요",
            )
        ),
        *(
            part
            for fixed in (4, 1000)
            for part in (
                _counts(lambda n, n0, fixed=fixed: max(0, n - fixed + 1)),
                "train_start is a number of your own: use the argument",
                "train_start 대신 직접 쓴 숫자를 썼습니다. 인자를 쓰세요",
            )
        ),
        _counts(epsilon=lambda u, n, k, low: max(0.01, k**u)),
        "the floor is a number of your own: use the argument",
        "하한 대신 직접 쓴 숫자를 썼습니다. 인자를 쓰세요",
        _counts(lambda n, n0: max(0, n0 - n + 1)),
        "steps and train_start have changed places: updates are the steps from train_start on",
        "steps와 train_start가 바뀌었습니다. 업데이트는 train_start부터의 스텝 수입니다",
        _counts(lambda n, n0: max(0, n - n0 - 1)),
        "off by two: count the updates of steps 4 and 5 with train_start 4",
        "둘이 어긋났습니다. train_start가 4일 때 4번째와 5번째 스텝의 업데이트를 세어 보세요",
        lambda *case: list(_counts()(*case)[:1]),
        "that is the number of updates alone, in a list: return both, updates and epsilon",
        "리스트에 업데이트 횟수만 있습니다. 업데이트 횟수와 입실론을 모두 반환하세요",
        lambda *case: (case[0], *_counts()(*case)),
        "return two numbers, updates and epsilon, and nothing else",
        "업데이트 횟수와 입실론, 두 숫자만 반환하세요",
        lambda *case: _counts()(*case)[::-1],
        "updates first, then epsilon",
        "업데이트 횟수가 먼저, 입실론이 다음입니다",
        lambda *case: _counts()(*case)[0],
        "that is the number of updates alone: return both, updates and epsilon",
        "업데이트 횟수뿐입니다. 업데이트 횟수와 입실론을 모두 반환하세요",
        lambda *case: _counts()(*case)[1],
        "that is epsilon alone: return both, updates and epsilon",
        "입실론뿐입니다. 업데이트 횟수와 입실론을 모두 반환하세요",
    ],
)
def check_counters(steps, train_start, decay, floor):
    """How many updates there were after so many steps, and epsilon."""
    return _counts()(steps, train_start, decay, floor)


def _paid(rng):
    """A reward that has nothing to do with the end; what is stored is another number."""
    reward = rng.choice([-1.0, 0.0, 0.25, 1.0, 2.0, 7.5])
    is_numpy = rng.integers(2)
    terminated = rng.integers(2) == 1
    return (np.float32 if is_numpy else float)(reward), terminated if is_numpy else bool(terminated)


@exercise(
    examples=[
        (1.0, False),
        (1.0, True),
        (np.float32(2.0), np.False_),
        (np.float32(0.5), np.True_),
        (-3.0, False),
        (0.0, True),
        (-1.0, True),
        (-100.0, False),
        (-100.0, True),
        (0.5, False),
    ],
    random=_paid,
    number=12,
    mistakes=[
        lambda r, end: r,
        "a fall is stored like any other step: where is the -100?",
        "쓰러진 스텝도 다른 스텝처럼 저장됩니다. -100은 어디에 있나요?",
        lambda r, end: r if end else -100,
        "it is the wrong way round: only the step with which the pole fell gets -100",
        "거꾸로입니다. 폴이 쓰러진 스텝만 -100입니다",
        lambda r, end: r - 100 if end else r,
        "the -100 is added to the reward: it stands in the reward's place",
        "보상에 -100을 더했습니다. 보상 대신 -100을 저장하세요",
        lambda r, end: 100 if end else r,
        "the sign: a fall is to hurt, so -100",
        "부호가 반대입니다. 쓰러지면 아파야 하니 -100입니다",
        lambda r, end: -100 * r if end else r,
        "the reward is multiplied: the -100 stands in its place",
        "보상에 곱했습니다. 보상 대신 -100을 저장하세요",
        lambda r, end: -100,
        "every step gets -100: only the one with which the pole fell",
        "모든 스텝이 -100입니다. 폴이 쓰러진 스텝만 -100입니다",
        lambda r, end: -100 if end else 0,
        "a step that does not end the task keeps the environment's reward",
        "끝나지 않은 스텝은 환경이 준 보상을 그대로 저장합니다",
        lambda r, end: -100 if end else 1,
        "it always stores 1 where the pole stands: store the reward that came",
        "서 있는 스텝에 언제나 1을 저장합니다. 받은 보상을 저장하세요",
        lambda r, end: 0 if end else r,
        "a fall is stored with 0: the lecture stores -100",
        "쓰러진 스텝에 0을 저장합니다. 강의에서는 -100을 저장합니다",
        lambda r, end: -1 if end else r,
        "a fall is stored with -1: the lecture stores -100",
        "쓰러진 스텝에 -1을 저장합니다. 강의에서는 -100을 저장합니다",
        lambda r, end: -99 if end else r,
        "-99 is what is left of -100 if 1 is added: -100 stands in the reward's place",
        "-99는 -100에 1을 더한 것입니다. 보상 대신 -100을 저장하세요",
        lambda r, end: -r if end else r,
        "the reward's sign is turned: -100 stands in its place",
        "보상의 부호를 바꾸었습니다. 보상 대신 -100을 저장하세요",
        lambda r, end: r + 100 if end else r,
        "100 is added to the reward: -100 stands in its place",
        "보상에 100을 더했습니다. 보상 대신 -100을 저장하세요",
        lambda r, end: r - 100,
        "every step loses 100: only the one with which the pole fell gets -100",
        "모든 스텝에서 100을 뺐습니다. 폴이 쓰러진 스텝만 -100입니다",
        lambda r, end: -100 if end is True else r,
        "a NumPy or TensorFlow bool is never `is True`: write `if terminated`",
        "NumPy나 TensorFlow의 bool은 `is True`가 되지 않습니다. `if terminated`라고 쓰세요",
        lambda r, end: -100 if end is not False else r,
        "a NumPy or TensorFlow bool is never `is False`: write `if terminated`",
        "NumPy나 TensorFlow의 bool은 `is False`가 되지 않습니다. `if terminated`라고 쓰세요",
        lambda r, end: -100 if r != 1 else r,
        "a reward other than 1 is taken for a fall: ask `terminated`",
        "보상이 1이 아니면 쓰러진 것으로 봅니다. 쓰러졌는지는 `terminated`가 알려 줍니다",
        lambda r, end: -100 if r <= 0 else r,
        "a reward that is not positive is taken for a fall: ask `terminated`",
        "보상이 0 이하이면 쓰러진 것으로 봅니다. 쓰러졌는지는 `terminated`가 알려 줍니다",
        lambda r, end: -100 if r < 0 else r,
        "a negative reward is taken for a fall: ask `terminated`",
        "보상이 음수이면 쓰러진 것으로 봅니다. 쓰러졌는지는 `terminated`가 알려 줍니다",
        lambda r, end: -100 if end and r == 1 else r,
        "only a fall with reward 1 gets -100: every fall does",
        "보상이 1인 쓰러짐만 -100입니다. 쓰러지면 언제나 -100입니다",
        lambda r, end: -100 if end and r > 0 else r,
        "only a fall with a positive reward gets -100: every fall does",
        "보상이 양수인 쓰러짐만 -100입니다. 쓰러지면 언제나 -100입니다",
        lambda r, end: -100 if end else None,
        "a step that does not end the task returns nothing (None): return the reward",
        "끝나지 않은 스텝에서 아무것도 반환하지 않습니다(None). 보상을 반환하세요",
        lambda r, end: None if end else r,
        "a fall returns nothing (None): return -100",
        "쓰러진 스텝에서 아무것도 반환하지 않습니다(None). -100을 반환하세요",
        lambda r, end: r - 101 if end else r,
        "the -100 and another -1 are added to the reward: -100 stands in its place",
        "보상에 -101을 더했습니다. 보상 대신 -100을 저장하세요",
        lambda r, end: min(r, -100),
        "every step gets -100: only the one with which the pole fell",
        "모든 스텝이 -100입니다. 폴이 쓰러진 스텝만 -100입니다",
        lambda r, end: -100 if end else abs(r),
        "the reward's sign is lost: where the task goes on, store it as it came",
        "보상의 부호가 사라졌습니다. 이어지는 스텝에서는 받은 그대로 저장하세요",
        lambda r, end: -100 if end else int(r),
        "the reward is cut to a whole number: where the task goes on, store it as it came",
        "보상이 정수로 잘렸습니다. 이어지는 스텝에서는 받은 그대로 저장하세요",
        lambda r, end: -100 if end else r + 1,
        "1 is added where the pole stands: the reward is there already, store it as it came",
        "서 있는 스텝에 1을 더했습니다. 보상은 이미 들어 있으니 받은 그대로 저장하세요",
        lambda r, end: -100 if r == 0 else r,
        "a reward of 0 is taken for a fall: ask `terminated`",
        "보상이 0이면 쓰러진 것으로 봅니다. 쓰러졌는지는 `terminated`가 알려 줍니다",
        lambda r, end: -10 if end else r,
        "a fall is stored with -10: the lecture stores -100",
        "쓰러진 스텝에 -10을 저장합니다. 강의에서는 -100을 저장합니다",
        lambda r, end: [r, -100],
        "return one number: -100 for a fall, else the reward",
        "숫자 하나를 반환하세요. 쓰러졌으면 -100, 아니면 보상입니다",
        lambda r, end: -100 if not end else -r,
        "it is the wrong way round: only the step with which the pole fell gets -100, others "
        "their reward",
        "거꾸로입니다. 폴이 쓰러진 스텝만 -100이고 다른 스텝은 받은 보상입니다",
        lambda r, end: end,
        "that is whether the pole fell: return the reward to store",
        "쓰러졌는지를 반환했습니다. 저장할 보상을 반환하세요",
        lambda r, end: (-100 if end else r, end),
        "return one number, the reward",
        "숫자 하나, 보상만 반환하세요",
    ],
)
def check_stored_reward(reward, terminated):
    """-100 where the pole fell, else the reward itself."""
    return -100.0 if terminated else reward


class EpisodeIsOver(RuntimeError):
    """The loop goes on after the episode's last step; the learner sees this name."""


class EndlessLoop(RuntimeError):
    """The loop never steps, or never ends; the learner sees this name, too."""


class _Environment:
    """A script: states that count up, given rewards, an end or a time limit after the last."""

    def __init__(self, first, rewards, terminated):
        self.first, self.rewards, self.terminated = first, rewards, terminated
        self.actions, self.resets = [], 0

    def _state(self):
        return tf.constant([self.first + len(self.actions)], tf.float32)

    def reset(self):
        self.resets += 1
        return self._state()

    def step(self, action):
        if len(self.actions) == len(self.rewards):
            over = ("the pole has fallen (terminated)", "폴이 쓰러졌는데(terminated)")
            late = ("the time is up (truncated)", "시간이 다 되었는데(truncated)")
            why = say(*(over if self.terminated else late))
            raise EpisodeIsOver(why + say(", and the loop plays on", " 반복문이 계속됩니다"))
        self.actions.append(int(action))
        last = len(self.actions) == len(self.rewards)
        ends = (last and self.terminated, last and not self.terminated)
        reward = tf.constant(self.rewards[len(self.actions) - 1], tf.float32)
        return self._state(), reward, *map(tf.constant, ends)


class _Agent:
    """Writes down what the loop does with it."""

    def __init__(self, train_start, held):
        self.train_start, self._held = train_start, held
        self.rows, self.asked, self.chosen, self.trained_at, self.copied_at = [], [], [], [], []

    @property
    def steps(self):
        return self._held + len(self.rows)

    def get_action(self, state):
        if len(self.asked) == 100:
            raise EndlessLoop(say("100 actions in a short episode", "짧은 에피소드에 행동 100번"))
        self.asked.append(float(np.reshape(state, -1)[0]))
        self.chosen.append((1, 0, 0, 1)[len(self.chosen) % 4])
        return tf.constant(self.chosen[-1])

    def append_sample(self, state, action, reward, next_state, terminated):
        row = (state, action, reward, next_state, terminated)
        self.rows.append([float(np.reshape(part, -1)[0]) for part in row])

    def train_model(self):
        if len(self.trained_at) == 100:
            raise EndlessLoop(
                say("100 updates in a short episode", "짧은 에피소드에 업데이트 100번")
            )
        self.trained_at.append(self.steps)
        return tf.constant(0.0)

    def update_target_model(self):
        self.copied_at.append([len(self.rows), len(self.trained_at)])


_RESETS = "calls of environment.reset", "environment.reset을 부른 횟수"
_ASKED = "states that get_action is asked about", "get_action에 물어본 상태"
_PLAYED = "actions played", "플레이한 행동"
_STORED = (
    "samples stored (state, action, reward, next_state, terminated)",
    "저장한 샘플(state, action, reward, next_state, terminated)",
)
_TRAINED = (
    "steps stored so far at each call of train_model",
    "train_model을 부를 때마다 그때까지 저장한 스텝 수",
)
_COPIED = (
    "steps stored and updates made at each call of update_target_model",
    "update_target_model을 부를 때마다 저장한 스텝 수와 업데이트 횟수",
)
_SCORE = "score", "점수"


def _diary(call, rewards, train_start, samples_before, ending, first_state):
    """What an episode's loop does with an agent and an environment that keep a diary."""
    agent = _Agent(train_start, samples_before)
    environment = _Environment(first_state, rewards, ending == "terminated")
    eager = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)  # so that a tf.function is a loop as well
    try:
        score = call(agent, environment)
    finally:
        tf.config.run_functions_eagerly(eager)
    if score is None and not agent.asked:
        return None
    if not agent.asked:  # whoever chose instead, it is one mistake
        environment.actions = [-1] * len(environment.actions)
        agent.rows = [[row[0], -1, *row[2:]] for row in agent.rows]
    return {
        _RESETS: environment.resets,
        _ASKED: agent.asked,
        _PLAYED: environment.actions,
        _STORED: agent.rows,
        _TRAINED: agent.trained_at,
        _COPIED: agent.copied_at,
        _SCORE: plain(score),
        "chosen": agent.chosen,
    }


def _episode(rng):
    """An episode of any length; the memory may hold samples of an earlier one."""
    steps, train_start = int(rng.integers(1, 7)), int(rng.integers(1, 9))
    return (
        rng.integers(-9, 30, steps).astype(float).tolist(),
        train_start,
        int(rng.choice([0, 0, 2, 20])),
        str(rng.choice(["terminated", "truncated"])),
        int(rng.choice([5, 10, 40])),
    )


def _act(s):
    s.action = s.agent.get_action(s.state)


def _step(s):
    s.next_state, s.reward, s.terminated, s.truncated = s.environment.step(s.action)


def _store(s):
    s.agent.append_sample(s.state, s.action, s.reward, s.next_state, s.terminated)


def _learn(s):
    if s.agent.steps >= s.agent.train_start:
        s.agent.train_model()


def _add(s):
    s.score = s.score + s.reward


def _move(s):
    s.state = s.next_state


def _ends(s):
    s.done = bool(s.terminated) or bool(s.truncated)


def _copy(s):
    s.agent.update_target_model()


_ORDER = (_act, _step, _store, _learn, _add, _move, _ends)


def _loop(changes=None, order=_ORDER, after=(_copy,), score=lambda s: s.score):
    """The episode's loop; `changes` puts other pieces in the place of right ones."""

    def run_episode(agent, environment):
        s = types.SimpleNamespace(agent=agent, environment=environment, score=0.0, done=False)
        s.state = s.first = environment.reset()
        s.steps = 0
        while not s.done:
            for piece in order:
                (changes or {}).get(piece, piece)(s)
            s.steps += 1
        for piece in after:
            piece(s)
        return score(s)

    return run_episode


def _instead(piece, other):
    return _loop({piece: other})


def _nothing(s):
    pass


def _storing(*parts):
    """An append of these attributes, in this order."""

    def store(s):
        s.over = bool(s.terminated) or bool(s.truncated)
        s.sum = s.score + s.reward
        s.constant, s.shaped = 1.0, -100.0 if s.terminated else s.reward
        s.standing = not s.terminated
        s.agent.append_sample(*(getattr(s, part) for part in parts))

    return _instead(_store, store)


def _learning(when):
    """A loop that learns where a rule of (samples in the memory, train_start) says so."""

    def learn(s):
        if when(s.agent.steps, s.agent.train_start):
            s.agent.train_model()

    return _instead(_learn, learn)


def _always(s):
    s.agent.train_model()


def _by_memory(s):
    if s.agent.memory.size >= s.agent.train_start:
        s.agent.train_model()


def _by_steps(s):
    if s.steps + 1 >= s.agent.train_start:
        s.agent.train_model()


def _ends_by(rule):
    def end(s):
        s.done = rule(bool(s.terminated), bool(s.truncated))

    return end


@exercise(
    examples=[
        ([1.0, 2.0, 4.0, 8.0, 16.0], 3, 0, "terminated", 10),
        ([3.0, 1.0, 5.0, 2.0], 2, 0, "truncated", 10),
        ([2.0, 3.0], 2, 0, "terminated", 10),
        ([2.0, 3.0], 5, 0, "truncated", 10),
        ([2.0, 3.0, 4.0], 2, 4, "truncated", 10),
        ([7.0], 9, 0, "terminated", 10),
    ],
    random=_episode,
    number=12,
    observe=_diary,
    mistakes=[
        _instead(_ends, _ends_by(lambda terminated, truncated: terminated)),
        "it plays on when the time is up: an episode is over if it is terminated or truncated",
        "시간이 다 되어도 계속합니다. terminated나 truncated이면 에피소드가 끝난 것입니다",
        _instead(_ends, _ends_by(lambda terminated, truncated: truncated)),
        "it plays on after a fall: an episode is over if it is terminated or truncated",
        "쓰러져도 계속합니다. terminated나 truncated이면 에피소드가 끝난 것입니다",
        _instead(_ends, _ends_by(lambda terminated, truncated: terminated and truncated)),
        "it plays on to no end: done has to become `terminated or truncated` in the loop",
        "끝없이 계속합니다. 반복문 안에서 done을 `terminated or truncated`로 바꾸세요",
        _instead(_ends, _ends_by(lambda terminated, truncated: True)),
        "it stops after the first step: go on until terminated or truncated is true",
        "첫 스텝 뒤에 멈춥니다. terminated나 truncated가 참이 될 때까지 계속하세요",
        _instead(_ends, _ends_by(lambda terminated, truncated: not (terminated or truncated))),
        "done is the wrong way round: it is true when the episode is over",
        "done이 거꾸로입니다. 에피소드가 끝나면 참이 되어야 합니다",
        _instead(_move, _nothing),
        "get_action is shown the first state in every step: where does state become next_state?",
        "get_action이 스텝마다 첫 상태를 받습니다. state를 next_state로 바꾸는 곳은 어디인가요?",
        _instead(_act, lambda s: (setattr(s, "state", s.environment.reset()), _act(s))),
        "reset begins the episode: call it once, before the loop",
        "reset은 에피소드를 시작합니다. 반복문 앞에서 한 번만 부르세요",
        _loop(after=(_copy, lambda s: s.environment.reset())),
        "reset begins the next episode: leave that to whoever calls you again",
        "reset은 다음 에피소드를 시작합니다. 여기서는 부르지 마세요",
        *(
            part
            for action in (0, 1)
            for part in (
                _instead(_act, lambda s, action=action: setattr(s, "action", action)),
                "who chooses the action? Ask agent.get_action(state)",
                "행동은 누가 고르나요? agent.get_action(state)에 물어보세요",
                _instead(_act, lambda s, action=action: (_act(s), setattr(s, "action", action))),
                "the action played is not the one that get_action chose",
                "get_action이 고른 행동이 아닌 다른 행동을 플레이합니다",
            )
        ),
        _instead(_act, lambda s: (_act(s), setattr(s, "action", 1 - s.action))),
        "the action played is not the one that get_action chose",
        "get_action이 고른 행동이 아닌 다른 행동을 플레이합니다",
        _instead(_act, lambda s: (_act(s), _act(s))),
        "get_action is asked twice in a step: once will do",
        "get_action을 한 스텝에 두 번 부릅니다. 한 번만 부르세요",
        _instead(_store, _nothing),
        "nothing is stored: call agent.append_sample in every step",
        "아무것도 저장하지 않습니다. 스텝마다 agent.append_sample을 부르세요",
        _instead(_store, lambda s: (_store(s), _store(s))),
        "every step is stored twice: once will do",
        "스텝마다 두 번 저장합니다. 한 번만 저장하세요",
        _instead(_store, lambda s: s.terminated or _store(s)),
        "the step of a fall is not stored: store every step, that one too",
        "쓰러진 스텝을 저장하지 않습니다. 그 스텝까지 모두 저장하세요",
        _instead(_store, lambda s: s.truncated or _store(s)),
        "the step in which the time is up is not stored: store every step, that one too",
        "시간이 다 된 스텝을 저장하지 않습니다. 그 스텝까지 모두 저장하세요",
        _loop(order=(_act, _step, _learn, _add, _move, _ends), after=(_store, _copy)),
        "only the last step is stored: call append_sample in the loop",
        "마지막 스텝만 저장합니다. append_sample을 반복문 안에서 부르세요",
        _loop(order=(_act, _step, _move, _store, _learn, _add, _ends)),
        "the state stored is already the next one: store before state = next_state",
        "저장한 상태가 이미 다음 상태입니다. state = next_state 전에 저장하세요",
        _storing("next_state", "action", "reward", "state", "terminated"),
        "state and next_state are stored the wrong way round",
        "state와 next_state를 거꾸로 저장합니다",
        _storing("state", "action", "reward", "state", "terminated"),
        "state is stored twice: the fourth part is next_state",
        "state를 두 번 저장합니다. 네 번째는 next_state입니다",
        _storing("first", "action", "reward", "next_state", "terminated"),
        "the first state is stored in every step: store the present one",
        "스텝마다 첫 상태를 저장합니다. 지금 상태를 저장하세요",
        _storing("state", "reward", "action", "next_state", "terminated"),
        "action and reward have changed places: state, action, reward, next_state, terminated",
        "action과 reward의 자리가 바뀌었습니다: state, action, reward, next_state, terminated",
        _storing("state", "action", "next_state", "reward", "terminated"),
        "the order is state, action, reward, next_state, terminated",
        "순서는 state, action, reward, next_state, terminated입니다",
        _storing("state", "action", "sum", "next_state", "terminated"),
        "the score is stored as the reward: store this step's reward",
        "점수를 보상으로 저장합니다. 이 스텝의 보상을 저장하세요",
        _storing("state", "action", "score", "next_state", "terminated"),
        "the score so far is stored as the reward: store this step's reward",
        "지금까지의 점수를 보상으로 저장합니다. 이 스텝의 보상을 저장하세요",
        _storing("state", "action", "constant", "next_state", "terminated"),
        "the reward stored is always 1: store the one that step gave",
        "언제나 1을 보상으로 저장합니다. step이 준 보상을 저장하세요",
        _storing("state", "action", "shaped", "next_state", "terminated"),
        "append_sample makes the -100 of a fall itself: hand over the environment's reward",
        "쓰러졌을 때의 -100은 append_sample이 넣습니다. 환경이 준 보상을 넘기세요",
        _storing("state", "action", "reward", "next_state", "done"),
        "the fall is not stored as an end: store `terminated`; `done` is still False here",
        "쓰러진 것이 끝으로 저장되지 않습니다. `done`은 아직 False이니 `terminated`를 저장하세요",
        _storing("state", "action", "reward", "next_state", "over"),
        "the time limit is stored as an end: store `terminated`, not whether the episode is over",
        "시간 제한이 끝으로 저장됩니다. 에피소드가 끝났는지가 아니라 `terminated`를 저장하세요",
        _storing("state", "action", "reward", "next_state", "truncated"),
        "`truncated` is stored: an end of the task is `terminated`",
        "`truncated`를 저장합니다. 과제의 끝은 `terminated`입니다",
        _storing("state", "action", "reward", "next_state", "standing"),
        "`terminated` is stored the wrong way round: hand it over as it is",
        "`terminated`를 거꾸로 저장합니다. 받은 그대로 넘기세요",
        _instead(_learn, _nothing),
        "it never learns: call agent.train_model() once the memory holds enough",
        "전혀 학습하지 않습니다. 메모리에 충분히 모이면 agent.train_model()을 부르세요",
        _instead(_learn, _by_memory),
        "the agent counts for you: compare agent.steps with agent.train_start",
        "개수는 에이전트가 셉니다. agent.steps를 agent.train_start와 비교하세요",
        _learning(lambda size, start: size > start),
        "learning starts one step late: at train_start, so >= and not >",
        "학습이 한 스텝 늦게 시작합니다. train_start부터이므로 >가 아니라 >=입니다",
        _learning(lambda size, start: size == start),
        "it learns only when the memory holds exactly train_start samples: from then on, so >=",
        "메모리에 꼭 train_start개가 있을 때만 학습합니다. 그때부터 계속이므로 >=입니다",
        _learning(lambda size, start: size % start == 0),
        "it learns once in train_start steps: from train_start samples on, learn in every step",
        "train_start 스텝마다 한 번만 학습합니다. train_start개가 된 때부터 스텝마다 학습하세요",
        _learning(lambda size, start: size < start),
        "it learns only while the memory is too small: turn the <",
        "메모리가 모자랄 때만 학습합니다. <를 뒤집으세요",
        _learning(lambda size, start: size <= start),
        "it learns only while the memory is too small: turn the <=",
        "메모리가 모자랄 때만 학습합니다. <=를 뒤집으세요",
        _instead(_learn, _always),
        "it learns before the memory holds train_start samples",
        "메모리에 train_start개가 모이기 전에 학습합니다",
        _learning(lambda size, start: size > 0),
        "it learns before the memory holds train_start samples",
        "메모리에 train_start개가 모이기 전에 학습합니다",
        _instead(_learn, _by_steps),
        "it counts this episode's steps alone: agent.steps has those of earlier ones, too",
        "이번 에피소드의 스텝만 셉니다. 지난 에피소드의 스텝까지 든 agent.steps를 쓰세요",
        _loop(order=(_act, _step, _learn, _store, _add, _move, _ends)),
        "it learns before it stores: the newest sample is to be in the memory",
        "저장하기 전에 학습합니다. 가장 새로운 샘플이 메모리에 있어야 합니다",
        _loop({_learn: _nothing}, after=(_always, _copy)),
        "it learns once, after the loop: learn in every step",
        "반복문이 끝난 뒤에 한 번만 학습합니다. 스텝마다 학습하세요",
        _loop({_learn: _nothing}, after=(_learn, _copy)),
        "it learns once, after the loop: learn in every step",
        "반복문이 끝난 뒤에 한 번만 학습합니다. 스텝마다 학습하세요",
        _loop(after=(_always, _copy)),
        "train_model is called once more after the loop: learn in the loop alone",
        "반복문이 끝난 뒤에 train_model을 한 번 더 부릅니다. 반복문 안에서만 학습하세요",
        _instead(_learn, lambda s: s.terminated or s.truncated or _learn(s)),
        "it does not learn in the last step: learn in every step, that one too",
        "마지막 스텝에서 학습하지 않습니다. 마지막까지 스텝마다 학습하세요",
        _instead(_learn, lambda s: s.terminated or _learn(s)),
        "it does not learn in the step of a fall: learn in every step, that one too",
        "쓰러진 스텝에서 학습하지 않습니다. 그 스텝까지 스텝마다 학습하세요",
        _instead(_learn, lambda s: (_learn(s), _learn(s))),
        "train_model is to be called once in a step, from train_start samples on",
        "train_model은 샘플이 train_start개가 된 때부터 스텝마다 한 번 부릅니다",
        _instead(_learn, lambda s: (_learn(s), _always(s))),
        "the second train_model stands outside of the if: once in a step, from train_start on",
        "두 번째 train_model이 if 밖에 있습니다. train_start개가 된 때부터 스텝마다 한 번 부르세요",
        _loop(after=()),
        "the target network is never copied: once, after the loop",
        "타깃 네트워크를 복사하지 않습니다. 반복문이 끝난 뒤에 한 번 복사하세요",
        _loop(order=(*_ORDER, _copy), after=()),
        "the target network is copied in every step and never stands still: once, after the loop",
        "타깃 네트워크를 스텝마다 복사해서 가만히 있지 못합니다. 반복문 뒤에 한 번 복사하세요",
        _loop(order=(*_ORDER, _copy)),
        "the target network is copied in every step, and once more: only after the loop",
        "타깃 네트워크를 스텝마다, 그리고 한 번 더 복사합니다. 반복문이 끝난 뒤에만 복사하세요",
        _instead(_learn, lambda s: (_learn(s), s.agent.steps >= s.agent.train_start and _copy(s))),
        "the target network is copied after updates, too: once, after the loop",
        "업데이트한 뒤에도 타깃 네트워크를 복사합니다. 반복문이 끝난 뒤에 한 번만 복사하세요",
        _loop(after=(lambda s: s.terminated and _copy(s),)),
        "the target network is copied only after a fall: copy it after every episode",
        "쓰러졌을 때만 타깃 네트워크를 복사합니다. 에피소드가 끝날 때마다 복사하세요",
        _loop(after=(lambda s: s.agent.steps >= s.agent.train_start and _copy(s),)),
        "the target network is copied only once learning has started: copy it after every episode",
        "학습이 시작된 뒤에만 타깃 네트워크를 복사합니다. 에피소드가 끝날 때마다 복사하세요",
        _loop(after=(_copy, _copy)),
        "copy the target network once, after the loop",
        "타깃 네트워크는 반복문이 끝난 뒤에 한 번만 복사하세요",
        _loop(order=(_copy, *_ORDER), after=()),
        "the target network is copied at the beginning of every step: once, after the loop",
        "스텝이 시작할 때마다 타깃 네트워크를 복사합니다. 반복문이 끝난 뒤에 한 번 복사하세요",
        _instead(_add, _nothing),
        "the score stays 0: add up the rewards",
        "점수가 계속 0입니다. 보상을 더하세요",
        _instead(_add, lambda s: setattr(s, "score", s.reward)),
        "the score is the last reward alone: add them up",
        "점수가 마지막 보상뿐입니다. 보상을 모두 더하세요",
        _instead(_add, lambda s: setattr(s, "score", s.score + 1)),
        "the score counts steps: add up the rewards",
        "점수가 스텝 수입니다. 보상을 더하세요",
        _instead(_add, lambda s: s.terminated or s.truncated or _add(s)),
        "the score lacks the last reward: add it before the loop ends",
        "점수에서 마지막 보상이 빠졌습니다. 반복문이 끝나기 전에 더하세요",
        _instead(_add, lambda s: s.terminated or _add(s)),
        "the score lacks the reward of a fall: add every reward",
        "점수에서 쓰러진 스텝의 보상이 빠졌습니다. 보상을 모두 더하세요",
        _instead(
            _add, lambda s: setattr(s, "score", s.score + (-100 if s.terminated else s.reward))
        ),
        "the -100 is for the memory, not for the score: add the environment's own rewards",
        "-100은 메모리에 넣을 것이지 점수가 아닙니다. 환경이 준 보상을 더하세요",
        _instead(_add, lambda s: setattr(s, "score", s.score - s.reward)),
        "the rewards are taken off the score: add them",
        "점수에서 보상을 뺐습니다. 더하세요",
        _instead(_add, lambda s: (_add(s), _add(s))),
        "every reward is added twice to the score",
        "보상을 점수에 두 번씩 더합니다",
        _loop(score=lambda s: None),
        "it returns nothing (None): return the score",
        "아무것도 반환하지 않습니다(None). 점수를 반환하세요",
        _loop(score=lambda s: (s.score, s.steps)),
        "return the score alone",
        "점수만 반환하세요",
    ],
)
def check_run_episode(agent, environment):
    """Plays one episode, learns in every step, returns the score."""
    return _loop()(agent, environment)
