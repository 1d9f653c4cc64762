"""Lesson 02, tables on the 5x5 grid: one step of looking ahead, and Q-learning's update."""

import numpy as np

from dqn_keras.classroom.checks.harness import exercise


def _world(rng):
    """Any small world; which steps end has nothing to do with their rewards or next states."""
    states, actions = rng.integers(1, 7), rng.integers(1, 6)
    dtype = rng.choice(["float32", "float64"])
    return (
        rng.normal(0, 10, states).round(1).astype(dtype),
        rng.integers(states, size=[states, actions]),
        rng.integers(-9, 10, [states, actions]).astype(dtype),
        rng.random([states, actions]) < rng.choice([0.0, 0.4, 1.0], p=[0.2, 0.6, 0.2]),
        float(rng.choice([0.0, 0.5, 0.9, 0.99, 1.0])),
    )


def _on(terminated):
    """1 where the episode goes on, 0 where it ended."""
    return 1 - np.asarray(terminated, float)


def _look_ahead(v, n, r, t, g):
    return r + g * v[n] * _on(t)


_NEXT_STATES = np.array([[1, 2, 0], [2, 3, 0], [0, 1, 3], [2, 0, 1]])


@exercise(
    examples=[
        # 50 is a value after an end, which no Q-value may contain.
        (
            np.array([1.0, 5.0, -2.0, 50.0]),
            _NEXT_STATES,
            np.array([[0.0, -1.0, 0.5], [2.0, 7.0, 0.0], [-1.0, 0.0, 4.0], [3.0, 1.0, 0.0]]),
            _NEXT_STATES == 3,
            0.9,
        ),
        # The lesson's cell 23, by hand: 18 above, itself, the goal, 22 to the left.
        (
            np.array([0.5, 0.6, 0.0, 0.4]),
            np.array([[0, 1, 2, 3, 1]] * 4),
            np.array([[0.0, 0.0, 1.0, 0.0, 0.0]] * 4),
            np.array([[False, False, True, False, False]] * 4),
            0.9,
        ),
        (np.array([4.0]), np.array([[0]]), np.array([[3.0]]), np.array([[False]]), 0.5),
        (np.array([4.0]), np.array([[0]]), np.array([[3.0]]), np.array([[True]]), 0.5),
        (
            np.array([2.0, 6.0]),
            np.array([[1, 0], [1, 0]]),
            np.array([[0.0, 0.0], [-1.0, 3.0]]),
            np.array([[False, False], [False, True]]),
            0.5,
        ),
    ],
    random=_world,
    mistakes=[
        lambda v, n, r, t, g: r + g * v[n],
        "the goal ends the episode, yet your Q-value counts a value after it: where is "
        "`terminated`?",
        "목표에서 에피소드가 끝나는데 그 뒤의 가치까지 큐값에 들어 있습니다. `terminated`는 어디에 "
        "있나요?",
        lambda v, n, r, t, g: r + g * v[n] * t,
        "it keeps the value after an end and drops all others: `terminated` is the wrong way round",
        "끝난 뒤의 가치는 남고 다른 가치는 사라집니다. `terminated`를 거꾸로 썼습니다",
        lambda v, n, r, t, g: r + v[n] * _on(t),
        "the next value counts in full: where is the discount factor?",
        "다음 칸의 가치를 그대로 더했습니다. 감가율은 어디에 있나요?",
        lambda v, n, r, t, g: r + v[n],
        "the next value counts in full, and after an end, too: where are the discount factor and "
        "`terminated`?",
        "다음 칸의 가치를 그대로, 끝난 뒤에도 더했습니다. 감가율과 `terminated`는 어디에 있나요?",
        lambda v, n, r, t, g: g * (r + v[n] * _on(t)),
        "it discounts the reward as well: only the next value is discounted",
        "보상까지 감가했습니다. 다음 칸의 가치만 감가하세요",
        lambda v, n, r, t, g: g * r + v[n] * _on(t),
        "the discount factor is at the reward: it belongs to the next value",
        "감가율을 보상에 곱했습니다. 다음 칸의 가치에 곱하세요",
        lambda v, n, r, t, g: r + g**2 * v[n] * _on(t),
        "the discount factor is squared: the next cell is one step away",
        "감가율을 두 번 곱했습니다. 다음 칸은 한 스텝 뒤입니다",
        lambda v, n, r, t, g: r + 0.9 * v[n] * _on(t),
        "the discount factor is always 0.9: use the argument `discount_factor`",
        "감가율이 언제나 0.9입니다. 인자 `discount_factor`를 쓰세요",
        lambda v, n, r, t, g: r + (1 - g) * v[n] * _on(t),
        "1 - discount_factor is what is lost: multiply by discount_factor itself",
        "1 - 감가율은 없어지는 몫입니다. 감가율을 그대로 곱하세요",
        lambda v, n, r, t, g: (r + g * v[n]) * _on(t),
        "the reward of the last step is lost: an end cuts only what comes after it",
        "마지막 스텝의 보상이 사라집니다. 끝은 그 뒤에 올 것만 끊습니다",
        lambda v, n, r, t, g: np.where(t, 1.0, r + g * v[n]),
        "every end is worth 1: after an end the reward alone is left, whatever it is",
        "끝난 스텝의 값이 모두 1입니다. 끝난 스텝에서는 보상만 남습니다. 보상은 1이 아닐 수도 "
        "있습니다",
        lambda v, n, r, t, g: np.where(r > 0, r, r + g * v[n]),
        "it takes a positive reward for an end: ask `terminated`",
        "보상이 양수이면 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda v, n, r, t, g: g * v[n] * _on(t),
        "the rewards are missing",
        "보상이 빠졌습니다",
        lambda v, n, r, t, g: g * v[n],
        "the rewards are missing, and `terminated`, too",
        "보상이 빠졌고 `terminated`도 빠졌습니다",
        lambda v, n, r, t, g: r * 1.0,
        "these are the rewards alone: where is the next cell's value?",
        "보상뿐입니다. 다음 칸의 가치는 어디에 있나요?",
        lambda v, n, r, t, g: v[n],
        "these are the values of the next cells: discount them, and add the rewards",
        "다음 칸들의 가치입니다. 감가해서 보상에 더하세요",
        lambda v, n, r, t, g: r + g * v[:, None] * _on(t),
        "it uses the value of the cell itself: look where the action leads, values[next_states]",
        "칸 자신의 가치를 썼습니다. 행동이 이끄는 칸을 보세요: values[next_states]",
        lambda v, n, r, t, g: (
            r + g * np.resize(v, r.shape[1]) * _on(t)
            if r.shape[0] == r.shape[1]
            else r + g * v * _on(t)
        ),
        "values has one entry for each cell, the columns are actions: look up values[next_states]",
        "values에는 칸마다 값이 하나 있고, 열은 행동입니다. values[next_states]로 찾으세요",
        lambda v, n, r, t, g: r + g * n * _on(t),
        "it uses the number of the next cell: look up its value, values[next_states]",
        "다음 칸의 번호를 썼습니다. 그 칸의 가치를 찾으세요: values[next_states]",
        lambda v, n, r, t, g: r + g * v.max() * _on(t),
        "it uses the largest value of all cells: look up the next cell's, values[next_states]",
        "모든 칸에서 가장 큰 가치를 썼습니다. 다음 칸의 가치를 찾으세요: values[next_states]",
        lambda v, n, r, t, g: r + g * v[n].max(axis=1, keepdims=True) * _on(t),
        "every action gets the value of the best next cell: each leads to its own",
        "모든 행동에 가장 좋은 다음 칸의 가치를 썼습니다. 행동마다 이어지는 칸이 다릅니다",
        lambda v, n, r, t, g: r + g * v[n].mean(axis=1, keepdims=True) * _on(t),
        "every action gets the mean of the next cells: each leads to its own",
        "모든 행동에 다음 칸들의 평균을 썼습니다. 행동마다 이어지는 칸이 다릅니다",
        lambda v, n, r, t, g: r - g * v[n] * _on(t),
        "the future is taken off the reward instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        lambda v, n, r, t, g: r + g * np.maximum(v[n], 0) * _on(t),
        "negative values are dropped: they count as well",
        "음수인 가치를 버렸습니다. 음수도 그대로 더하세요",
        lambda v, n, r, t, g: r + g * abs(v[n]) * _on(t),
        "it takes the absolute value: a bad cell stays bad",
        "절댓값을 썼습니다. 나쁜 칸은 그대로 나쁩니다",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).max(axis=1),
        "it already takes the best action: keep one value for each action",
        "벌써 가장 좋은 행동을 골랐습니다. 행동마다 값을 하나씩 남기세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).argmax(axis=1),
        "it already takes the best action's number: keep one value for each action",
        "벌써 가장 좋은 행동의 번호를 골랐습니다. 행동마다 값을 하나씩 남기세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).mean(axis=1),
        "it already averages over the actions: keep one value for each action",
        "벌써 행동들의 평균을 냈습니다. 행동마다 값을 하나씩 남기세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).sum(axis=1),
        "it adds up the actions: keep one value for each action",
        "행동들을 더했습니다. 행동마다 값을 하나씩 남기세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).T,
        "rows and columns have changed places: a row for each cell, a column for each action",
        "행과 열이 바뀌었습니다. 칸마다 한 행, 행동마다 한 열입니다",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).ravel(),
        "all numbers in one row: keep a row for each cell",
        "모든 숫자가 한 줄입니다. 칸마다 한 행으로 두세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g)[0],
        "that is the first cell alone: does a loop return too early?",
        "첫 칸뿐입니다. 반복문이 너무 일찍 반환하지 않나요?",
    ],
)
def check_look_ahead(values, next_states, rewards, terminated, discount_factor):
    """The Q-values, [S, A]."""
    return _look_ahead(values, next_states, rewards, terminated, discount_factor)


def _transition(rng):
    """A table, and one transition whose numbers are Python's or, as in the lesson, NumPy's."""
    states, actions = rng.integers(1, 7), rng.integers(1, 6)
    q = rng.normal(0, 10, [states, actions]).round(1)
    state, next_state = rng.integers(states, size=2)
    action, next_action = rng.integers(actions, size=2)
    reward, terminated = np.float64(rng.integers(-9, 10)), rng.random() < 0.4
    transition = (state, action, reward, next_state, next_action, np.bool_(terminated))
    if rng.random() < 0.5:
        transition = tuple(part.item() for part in transition)
    alpha = float(rng.choice([0.1, 0.25, 0.5, 1.0]))
    return q, transition, alpha, float(rng.choice([0.0, 0.5, 0.9, 0.99, 1.0]))


def _rule(rule):
    """An update that sees the transition's parts by letters."""
    return lambda q, transition, alpha, g: rule(q, *transition, alpha, g)


def _towards(target):
    """An update that goes the right way to a wrong target."""
    return _rule(
        lambda q, s, a, r, n, b, t, alpha, g: (
            q[s, a] + alpha * (target(q, s, a, r, n, b, t, g) - q[s, a])
        )
    )


def _target(q, r, n, t, g):
    return r + (0 if t else g * q[n].max())


def _whole_table(q, transition, alpha, g):
    q = q.copy()
    q[transition[0], transition[1]] = check_q_learning_update.answer(q, transition, alpha, g)
    return q


_TABLE = np.array([[1.0, 2.0, 3.0], [8.0, 6.0, -4.0], [0.5, 40.0, 10.0]])
_BY_HAND = np.array([[0.0, 0.0, 0.2, 0.0, 0.0], [0.0, 1.0, 0.4, 0.0, 0.0]])


@exercise(
    examples=[
        (_BY_HAND, (0, 2, 0.0, 1, 4, False), 0.5, 0.9),
        (_TABLE, (0, 1, -1.0, 1, 2, False), 0.25, 0.9),
        # 40 is the largest Q-value after the end, which must not count.
        (_TABLE, (0, 1, 5.0, 2, 2, True), 0.25, 0.9),
        (np.array([[4.0]]), (0, 0, 2.0, 0, 0, False), 0.5, 0.5),
        (np.array([[4.0]]), (0, 0, 2.0, 0, 0, True), 0.5, 0.5),
        (np.array([[1.0, 3.0], [-6.0, -2.0]]), (0, 0, 0.0, 1, 0, False), 0.5, 0.5),
        (np.array([[1.0, 3.0], [8.0, 5.0]]), (0, 1, 1.0, 1, 1, False), 0.1, 0.9),
    ],
    random=_transition,
    mistakes=[
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[n, b])),
        "this is SARSA: it uses the action taken next; Q-learning asks for the largest Q-value of "
        "the next state",
        "이것은 살사입니다. 다음에 실제로 한 행동을 썼습니다. 큐러닝은 다음 상태에서 가장 큰 "
        "큐값을 씁니다",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n, b]),
        "this is SARSA, and it looks past the end: use the largest Q-value, and `terminated`",
        "이것은 살사이고, 끝난 뒤까지 봅니다. 가장 큰 큐값과 `terminated`를 쓰세요",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: _target(q, r, n, t, g)),
        "it jumps all the way to the target: alpha says how far to go",
        "타깃까지 한 번에 갑니다. 얼마나 갈지는 alpha가 정합니다",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: _target(q, r, n, t, g) - q[s, a]),
        "this is the error: go alpha of it, from the old value",
        "오차입니다. 원래 값에서 그 오차의 alpha배만큼 가세요",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: alpha * (_target(q, r, n, t, g) - q[s, a])),
        "this is only the step: add it to the old value",
        "움직일 양뿐입니다. 원래 값에 더하세요",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: q[s, a] + _target(q, r, n, t, g) - q[s, a]),
        "it jumps all the way to the target: alpha says how far to go",
        "타깃까지 한 번에 갑니다. 얼마나 갈지는 alpha가 정합니다",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: q[s, a] + alpha * _target(q, r, n, t, g)),
        "the old value is not taken off the target: the error is target minus old value",
        "타깃에서 원래 값을 빼지 않았습니다. 오차는 타깃에서 원래 값을 뺀 것입니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] - alpha * (_target(q, r, n, t, g) - q[s, a])
            )
        ),
        "it moves away from the target: the error is target minus old value",
        "타깃에서 멀어집니다. 오차는 타깃에서 원래 값을 뺀 것입니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                alpha * q[s, a] + (1 - alpha) * _target(q, r, n, t, g)
            )
        ),
        "alpha counts the wrong way round: a small alpha should be a small step",
        "alpha를 거꾸로 썼습니다. alpha가 작으면 조금만 움직여야 합니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * r + (0 if t else g * q[n].max()) - q[s, a]
            )
        ),
        "alpha is at the reward alone: it belongs before the whole error, in brackets",
        "alpha를 보상에만 곱했습니다. 괄호로 묶은 오차 전체에 곱하세요",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: q[s, a] + alpha * _target(q, r, n, t, g) - q[s, a]
        ),
        "alpha is at the target alone: it belongs before the whole error, in brackets",
        "alpha를 타깃에만 곱했습니다. 괄호로 묶은 오차 전체에 곱하세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else q[n].max())),
        "the future counts in full: where is the discount factor?",
        "미래를 그대로 더했습니다. 감가율은 어디에 있나요?",
        _towards(lambda q, s, a, r, n, b, t, g: g * _target(q, r, n, t, 1)),
        "the discount factor belongs to the future only, not to the reward",
        "감가율은 미래에만 곱합니다. 보상에는 곱하지 않습니다",
        _towards(lambda q, s, a, r, n, b, t, g: _target(q, r, n, t, 0.9)),
        "the discount factor is always 0.9: use the argument `discount_factor`",
        "감가율이 언제나 0.9입니다. 인자 `discount_factor`를 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: _target(q, r, s, t, g)),
        "it uses the largest Q-value of the state it came from: take the next state's",
        "떠나온 상태의 가장 큰 큐값을 썼습니다. 다음 상태의 것을 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: _target(q, r, s, False, g)),
        "it uses the largest Q-value of the state it came from, and looks past the end: take the "
        "next state's, and `terminated`",
        "떠나온 상태의 가장 큰 큐값을 썼고, 끝난 뒤까지 봅니다. 다음 상태의 큐값과 `terminated`를 "
        "쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q.max())),
        "it uses the largest value of the whole table: take the next state's row",
        "테이블 전체에서 가장 큰 값을 썼습니다. 다음 상태의 행만 보세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q.max()),
        "it uses the largest value of the whole table, and looks past the end: take the next "
        "state's row, and `terminated`",
        "테이블 전체에서 가장 큰 값을 썼고, 끝난 뒤까지 봅니다. 다음 상태의 행과 `terminated`를 "
        "쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[n].argmax())),
        "it uses the index of the best action: argmax gives which, max gives how much",
        "가장 좋은 행동의 번호를 썼습니다. argmax는 번호, max는 값입니다",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[n].min())),
        "it uses the smallest Q-value of the next state: take the largest",
        "다음 상태에서 가장 작은 큐값을 썼습니다. 가장 큰 것을 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[n].mean())),
        "it uses the mean of the next state's Q-values: take the largest",
        "다음 상태의 큐값을 평균했습니다. 가장 큰 것을 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[n].sum())),
        "it adds up the next state's Q-values: take the largest",
        "다음 상태의 큐값을 모두 더했습니다. 가장 큰 것을 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[n, a])),
        "it takes the same action again: take the largest Q-value of the next state",
        "같은 행동을 다시 썼습니다. 다음 상태에서 가장 큰 큐값을 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * abs(q[n]).max())),
        "it takes the largest absolute value: -6 is less than -2, too",
        "절댓값이 가장 큰 것을 썼습니다. -6은 -2보다 작습니다",
        _towards(lambda q, s, a, r, n, b, t, g: 0 if t else g * q[n].max()),
        "the reward is missing",
        "보상이 빠졌습니다",
        _towards(lambda q, s, a, r, n, b, t, g: g * q[n].max()),
        "the reward is missing, and `terminated`, too",
        "보상이 빠졌고 `terminated`도 빠졌습니다",
        _towards(lambda q, s, a, r, n, b, t, g: r),
        "the target is the reward alone: where is the future?",
        "타깃이 보상뿐입니다. 미래는 어디에 있나요?",
        _towards(lambda q, s, a, r, n, b, t, g: r - (0 if t else g * q[n].max())),
        "the future is taken off the reward instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n].max()),
        "right within an episode, but after its last step nothing comes: did you use `terminated`?",
        "에피소드 중간에는 맞지만, 마지막 스텝 뒤에는 아무것도 없습니다. `terminated`를 썼나요?",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n].max() * t),
        "`terminated` is the wrong way round: the future is cut where the episode goes on",
        "`terminated`를 거꾸로 썼습니다. 계속되는 곳에서 미래를 끊습니다",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n].max() * ~t),
        "~ is not `not` for one Python value (~False is -1): write `not terminated`",
        "파이썬 값 하나에서 ~는 `not`이 아닙니다(~False는 -1). `not terminated`라고 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: q[s, a] if t else _target(q, r, n, t, g)),
        "right within an episode, but the last step must still be learned from: its target is the "
        "reward",
        "에피소드 중간에는 맞지만, 마지막 스텝에서도 배워야 합니다. 그 타깃은 보상입니다",
        _towards(lambda q, s, a, r, n, b, t, g: 0 if t else _target(q, r, n, t, g)),
        "right within an episode, but the reward of the last step is lost",
        "에피소드 중간에는 맞지만, 마지막 스텝의 보상이 사라집니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                r if t else q[s, a] + alpha * (_target(q, r, n, t, g) - q[s, a])
            )
        ),
        "right within an episode, but at its end it jumps all the way to the reward: alpha holds "
        "there, too",
        "에피소드 중간에는 맞지만, 끝에서는 보상까지 한 번에 갑니다. 거기서도 alpha만큼만 가세요",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[a, s] + alpha * (_target(q, r, n, t, g) - q[a, s])
            )
        ),
        "state and action have changed places: q[state, action]",
        "state와 action의 자리가 바뀌었습니다: q[state, action]",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: q[s] + alpha * (_target(q, r, n, t, g) - q[s])),
        "it moves the whole row of the state: only the action that was taken, q[state, action]",
        "상태의 행 전체를 움직입니다. 실제로 한 행동만 움직이세요: q[state, action]",
        _whole_table,
        "it returns a whole table: return the new number alone",
        "테이블 전체를 반환합니다. 새 숫자 하나만 반환하세요",
    ],
)
def check_q_learning_update(q, transition, alpha, discount_factor):
    """The new value of q[state, action]."""
    state, action, reward, next_state, _, terminated = transition
    target = _target(q, reward, next_state, terminated, discount_factor)
    return q[state, action] + alpha * (target - q[state, action])
