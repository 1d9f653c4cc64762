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


def _future(future, english, korean):
    """A wrong future of all actions, cut where the episode ends; and the same without a cut."""
    return (
        lambda v, n, r, t, g: r + g * future(v, n) * _on(t),
        english,
        korean,
        lambda v, n, r, t, g: r + g * future(v, n),
        f"{english}; and where is `terminated`?",
        f"{korean}. `terminated`도 쓰세요",
    )


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
        "끝난 뒤의 가치만 남고 다른 가치는 사라집니다. `terminated`를 거꾸로 썼습니다",
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
        "the discount factor multiplies the reward: it belongs to the next value",
        "감가율을 보상에 곱했습니다. 다음 칸의 가치에 곱하세요",
        lambda v, n, r, t, g: r + g**2 * v[n] * _on(t),
        "the discount factor is squared: the next cell is one step away",
        "감가율을 두 번 곱했습니다. 다음 칸은 한 스텝 뒤입니다",
        lambda v, n, r, t, g: r + 0.9 * v[n] * _on(t),
        "the discount factor is always 0.9: use the argument `discount_factor`",
        "감가율이 언제나 0.9입니다. 인자 `discount_factor`를 쓰세요",
        lambda v, n, r, t, g: r + (1 - g) * v[n] * _on(t),
        "1 - discount_factor is what is lost: multiply by discount_factor itself",
        "1 - 감가율을 곱했습니다. 감가율을 그대로 곱하세요",
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
        lambda v, n, r, t, g: np.where(r == 1, r, r + g * v[n]),
        "it takes a reward of 1 for an end: ask `terminated`",
        "보상이 1이면 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda v, n, r, t, g: np.where(t, g * v[n], r),
        "where the episode ends the future is left, and elsewhere the reward: it should be reward "
        "plus future, and at an end the reward alone",
        "끝난 스텝에는 미래만, 다른 스텝에는 보상만 있습니다. 보상에 미래를 더하고, 끝난 "
        "스텝에서는 보상만 남기세요",
        lambda v, n, r, t, g: np.where(t, r, g * r + v[n]),
        "where the episode goes on, the discount factor multiplies the reward: it belongs to the "
        "next value",
        "에피소드가 계속되는 곳에서 감가율을 보상에 곱했습니다. 다음 칸의 가치에 곱하세요",
        lambda v, n, r, t, g: r + g * v[n] - t,
        "`terminated` is subtracted as a number: it should cut the next value",
        "`terminated`를 숫자로 뺐습니다. 다음 칸의 가치를 끊는 데 쓰세요",
        lambda v, n, r, t, g: np.where(n == len(v) - 1, r, r + g * v[n]),
        "it takes the last cell for the end: ask `terminated`",
        "마지막 칸을 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda v, n, r, t, g: np.where(r != 0, r, g * v[n]),
        "it adds the next value only where the reward is 0: ask `terminated`",
        "보상이 0일 때만 다음 칸의 가치를 씁니다. 끝은 `terminated`가 알려 줍니다",
        lambda v, n, r, t, g: r + g * v[n] * (1 - t.any(axis=1, keepdims=True)),
        "one action that ends cuts the future of the whole row: ask `terminated` for each action",
        "끝나는 행동이 하나라도 있으면 그 행의 미래를 모두 끊습니다. 행동마다 `terminated`를 "
        "보세요",
        lambda v, n, r, t, g: r + g * v[n] * (1 - t.any()),
        "one action that ends cuts the future everywhere: ask `terminated` for each action",
        "끝나는 행동이 하나라도 있으면 모든 칸의 미래를 끊습니다. 행동마다 `terminated`를 보세요",
        lambda v, n, r, t, g: r + g * v[n] * (1 - t.all()),
        "it cuts the future only if all actions end: ask `terminated` for each action",
        "모든 행동이 끝날 때만 미래를 끊습니다. 행동마다 `terminated`를 보세요",
        lambda v, n, r, t, g: np.where(t, v[n], r + g * v[n]),
        "an end keeps the value after it: there the reward alone is left",
        "끝난 스텝에 그 뒤의 가치를 썼습니다. 끝난 스텝에서는 보상만 남습니다",
        lambda v, n, r, t, g: np.where(t, 0, r) + g * v[n],
        "an end drops the reward and keeps the value after it: it should be the other way round",
        "끝난 스텝에서 보상을 버리고 그 뒤의 가치를 남겼습니다. 거꾸로 하세요",
        lambda v, n, r, t, g: np.where(t, r, g * v[n]),
        "where the episode goes on, the reward is missing",
        "에피소드가 계속되는 곳에 보상이 빠졌습니다",
        lambda v, n, r, t, g: np.where(t, g * r, r + g * v[n]),
        "at an end the reward is discounted: it counts in full",
        "끝난 스텝의 보상을 감가했습니다. 보상은 감가하지 않습니다",
        lambda v, n, r, t, g: np.where(t, r, g * (r + v[n])),
        "where the episode goes on, the reward is discounted: only the next value is",
        "에피소드가 계속되는 곳에서 보상까지 감가했습니다. 다음 칸의 가치만 감가하세요",
        lambda v, n, r, t, g: g * (r + v[n]),
        "the reward is discounted, too, and a value after the end is counted: where is "
        "`terminated`?",
        "보상까지 감가했고, 끝난 뒤의 가치도 더했습니다. `terminated`는 어디에 있나요?",
        lambda v, n, r, t, g: g * (r + v[n]) * _on(t),
        "it discounts the reward as well, and loses it at an end: only the next value is "
        "discounted and cut",
        "보상까지 감가했고 끝에서는 보상이 사라집니다. 다음 칸의 가치만 감가하고 끊으세요",
        lambda v, n, r, t, g: v[n] + g * r,
        "the discount factor multiplies the reward: it belongs to the next value, and an end cuts "
        "that value",
        "감가율을 보상에 곱했습니다. 다음 칸의 가치에 곱하고, 끝난 스텝에는 그 가치를 더하지 "
        "마세요",
        lambda v, n, r, t, g: r + g * np.where(t, 1, v[n]),
        "the value after an end is 1 here: it is 0",
        "끝난 뒤의 가치를 1로 두었습니다. 0입니다",
        lambda v, n, r, t, g: r * g * v[n],
        "reward and next value are multiplied: add them",
        "보상과 다음 칸의 가치를 곱했습니다. 더하세요",
        lambda v, n, r, t, g: r * g * v[n] * _on(t),
        "reward and next value are multiplied: add them",
        "보상과 다음 칸의 가치를 곱했습니다. 더하세요",
        lambda v, n, r, t, g: -r + g * v[n] * _on(t),
        "the sign of the reward is wrong",
        "보상의 부호가 반대입니다",
        lambda v, n, r, t, g: r + g * v[n] * _on(t) - v[:, None],
        "the cell's own value is subtracted: Q is reward plus discounted next value, no more",
        "칸 자신의 가치를 뺐습니다. Q는 보상에 감가한 다음 칸의 가치를 더한 것뿐입니다",
        lambda v, n, r, t, g: v[:, None] + r + g * v[n] * _on(t),
        "the cell's own value is added: Q is reward plus discounted next value, no more",
        "칸 자신의 가치까지 더했습니다. Q는 보상에 감가한 다음 칸의 가치를 더한 것뿐입니다",
        lambda v, n, r, t, g: r + g * v[n[:, :1]] * _on(t),
        "every action gets the next cell of action 0: each leads to its own",
        "모든 행동에 0번 행동의 다음 칸을 썼습니다. 행동마다 이어지는 칸이 다릅니다",
        *(
            part
            for rounded in (np.round, lambda q: np.round(q, 1), lambda q: np.round(q, 2))
            for part in (
                lambda v, n, r, t, g, rounded=rounded: rounded(_look_ahead(v, n, r, t, g)),
                "it is rounded: return the values as they are",
                "반올림했습니다. 값을 그대로 반환하세요",
            )
        ),
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).astype(int),
        "whole numbers only: an array of int keeps no decimals",
        "정수만 남았습니다. int 배열에는 소수점 아래가 남지 않습니다",
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
        *_future(
            lambda v, n: v[:, None],
            "it uses the value of the cell itself: look where the action leads, "
            "values[next_states]",
            "칸 자신의 가치를 썼습니다. 행동을 해서 도착하는 칸의 values[next_states]를 쓰세요",
        ),
        *_future(
            lambda v, n: np.resize(v, n.shape[1]) if len(set(n.shape)) == 1 else n * 0.0 + v,
            "values has one entry for each cell, the columns are actions: look up "
            "values[next_states]",
            "values에는 칸마다 값이 하나 있고, 열은 행동입니다. values[next_states]로 찾으세요",
        ),
        *_future(
            lambda v, n: n,
            "it uses the number of the next cell: look up its value, values[next_states]",
            "다음 칸의 번호를 썼습니다. 그 칸의 가치 values[next_states]를 쓰세요",
        ),
        *_future(
            lambda v, n: v.max(),
            "it uses the largest value of all cells: look up the next cell's, values[next_states]",
            "모든 칸에서 가장 큰 가치를 썼습니다. 다음 칸의 가치 values[next_states]를 쓰세요",
        ),
        *_future(
            lambda v, n: v.mean(),
            "it uses the mean of all cells: look up the next cell's, values[next_states]",
            "모든 칸의 평균을 썼습니다. 다음 칸의 가치 values[next_states]를 쓰세요",
        ),
        *_future(
            lambda v, n: v[n].max(axis=1, keepdims=True),
            "every action gets the value of the best next cell: each leads to its own",
            "모든 행동에 가장 좋은 다음 칸의 가치를 썼습니다. 행동마다 이어지는 칸이 다릅니다",
        ),
        *_future(
            lambda v, n: v[n].mean(axis=1, keepdims=True),
            "every action gets the mean of the next cells: each leads to its own",
            "모든 행동에 다음 칸들의 평균을 썼습니다. 행동마다 이어지는 칸이 다릅니다",
        ),
        *_future(
            lambda v, n: -v[n],
            "the future is subtracted from the reward instead of added",
            "보상에서 미래를 뺐습니다. 더하세요",
        ),
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
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).max(),
        "it is one number, the largest of all: keep one value for each cell and action",
        "모든 값에서 가장 큰 숫자 하나입니다. 칸과 행동마다 값을 하나씩 남기세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).sum(),
        "it is one number, the sum of all: keep one value for each cell and action",
        "모든 값을 더한 숫자 하나입니다. 칸과 행동마다 값을 하나씩 남기세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).max(axis=0),
        "it takes the largest over the cells: keep one value for each cell and action",
        "칸들 가운데 가장 큰 값을 골랐습니다. 칸과 행동마다 값을 하나씩 남기세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).T,
        "rows and columns are swapped: a row for each cell, a column for each action",
        "행과 열이 바뀌었습니다. 칸마다 한 행, 행동마다 한 열입니다",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g).ravel(),
        "all numbers in one row: keep a row for each cell",
        "모든 숫자가 한 줄입니다. 칸마다 한 행으로 두세요",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g)[0],
        "that is the first cell alone: does a loop return too early?",
        "첫 칸뿐입니다. 반복문이 너무 일찍 반환하지 않나요?",
        lambda v, n, r, t, g: r + g * v[n[:1]] * _on(t),
        "every cell gets the next cells of cell 0: each row of `next_states` belongs to its own "
        "cell",
        "모든 칸에 0번 칸의 다음 칸들을 썼습니다. `next_states`의 한 행이 칸 하나의 것입니다",
        lambda v, n, r, t, g: _look_ahead(v, n, r, t, g)[None],
        "one dimension too many: return [S, A], without brackets around it",
        "차원이 하나 많습니다. 바깥 대괄호 없이 [S, A] 모양으로 반환하세요",
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


def _move(move, english, korean):
    """A wrong way to the right target; and the same to a target that looks past the end."""
    return (
        _rule(lambda q, s, a, r, n, b, t, alpha, g: move(q[s, a], _target(q, r, n, t, g), alpha)),
        english,
        korean,
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: move(q[s, a], _target(q, r, n, False, g), alpha)
        ),
        f"{english}; and where is `terminated`?",
        f"{korean}. `terminated`도 쓰세요",
    )


def _reported(formula, report):
    """The right new value, computed by one formula or another (ties round apart), told wrongly."""
    return _rule(
        lambda q, s, a, r, n, b, t, alpha, g: report(
            float(formula(q[s, a], _target(q, r, n, t, g), alpha))
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
        *_move(
            lambda old, target, alpha: target,
            "it jumps all the way to the target: alpha says how far to go",
            "타깃까지 한 번에 갑니다. 얼마나 갈지는 alpha가 정합니다",
        ),
        *_move(
            lambda old, target, alpha: target - old,
            "this is the error: go alpha of it, from the old value",
            "오차입니다. 원래 값에서 그 오차의 alpha배만큼 가세요",
        ),
        *_move(
            lambda old, target, alpha: alpha * (target - old),
            "this is only the step: add it to the old value",
            "움직일 양뿐입니다. 원래 값에 더하세요",
        ),
        *_move(
            lambda old, target, alpha: old + alpha * target,
            "the old value is not subtracted from the target: the error is target minus old value",
            "타깃에서 원래 값을 빼지 않았습니다. 오차는 타깃에서 원래 값을 뺀 것입니다",
        ),
        *_move(
            lambda old, target, alpha: old - alpha * (target - old),
            "it moves away from the target: the error is target minus old value",
            "타깃에서 멀어집니다. 오차는 타깃에서 원래 값을 뺀 것입니다",
        ),
        *_move(
            lambda old, target, alpha: alpha * old + (1 - alpha) * target,
            "alpha counts the wrong way round: a small alpha should be a small step",
            "alpha를 거꾸로 썼습니다. alpha가 작으면 조금만 움직여야 합니다",
        ),
        *_move(
            lambda old, target, alpha: alpha * target,
            "alpha multiplies the target alone: it belongs before the whole error, in brackets",
            "alpha를 타깃에만 곱했습니다. 괄호로 묶은 오차 전체에 곱하세요",
        ),
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * r + (0 if t else g * q[n].max()) - q[s, a]
            )
        ),
        "alpha multiplies the reward alone: it belongs before the whole error, in brackets",
        "alpha를 보상에만 곱했습니다. 괄호로 묶은 오차 전체에 곱하세요",
        *(
            part
            for step in (0.1, 0.2, 0.5)
            for part in (
                _rule(
                    lambda q, s, a, r, n, b, t, alpha, g, step=step: (
                        q[s, a] + step * (_target(q, r, n, t, g) - q[s, a])
                    )
                ),
                "the step is always the same: use the argument `alpha`",
                "언제나 같은 만큼 움직입니다. 인자 `alpha`를 쓰세요",
            )
        ),
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + g * (_target(q, r, n, t, alpha) - q[s, a])
            )
        ),
        "alpha and discount_factor are swapped",
        "alpha와 감가율이 바뀌었습니다",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: (1 - alpha) * q[s, a] + _target(q, r, n, t, g)),
        "the old value counts 1 - alpha, so the target has to count alpha",
        "원래 값에 1 - alpha를 곱했으니 타깃에는 alpha를 곱해야 합니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * (_target(q, r, n, t, g) + q[s, a])
            )
        ),
        "the old value is added to the target: the error is target minus old value",
        "타깃에 원래 값을 더했습니다. 오차는 타깃에서 원래 값을 뺀 것입니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * abs(_target(q, r, n, t, g) - q[s, a])
            )
        ),
        "abs: the value can only grow, but the error may be negative",
        "abs 때문에 값이 커지기만 합니다. 오차는 음수일 수도 있습니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * (_target(q, r, n, t, g) - q[s, a]) ** 2
            )
        ),
        "the error is squared: the step is alpha times the error itself",
        "오차를 제곱했습니다. 오차에 그대로 alpha를 곱하세요",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: max(q[s, a], _target(q, r, n, t, g))),
        "it keeps the larger of old value and target: go alpha of the way from one to the other",
        "원래 값과 타깃 가운데 큰 것을 씁니다. 원래 값에서 타깃 쪽으로 alpha만큼 가세요",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * g * (_target(q, r, n, t, 1) - q[s, a])
            )
        ),
        "the discount factor multiplies the whole error: it belongs to the future only",
        "감가율을 오차 전체에 곱했습니다. 미래에만 곱하세요",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * (r + g * ((0 if t else q[n].max()) - q[s, a]))
            )
        ),
        "the bracket is in the wrong place: the old value is not discounted",
        "괄호의 위치가 틀렸습니다. 원래 값은 감가하지 않습니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * (_target(q, r, n, t, g) - q[s].max())
            )
        ),
        "it subtracts the largest Q-value of the state: subtract the old value, q[state, action]",
        "그 상태의 가장 큰 큐값을 뺐습니다. 원래 값 q[state, action]을 빼세요",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, a] + alpha * (_target(q, r, n, t, g) - q[n].max())
            )
        ),
        "it subtracts the next state's Q-value: subtract the old value, q[state, action]",
        "다음 상태의 큐값을 뺐습니다. 원래 값 q[state, action]을 빼세요",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[s, b] + alpha * (_target(q, r, n, t, g) - q[s, b])
            )
        ),
        "it updates next_action: the action that was taken is `action`",
        "next_action의 값을 바꿉니다. 실제로 한 행동은 `action`입니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[n, a] + alpha * (_target(q, r, n, t, g) - q[n, a])
            )
        ),
        "it updates the next state: the old value is q[state, action]",
        "다음 상태의 값을 바꿉니다. 원래 값은 q[state, action]입니다",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: q[s, a]),
        "this is the old value: move it towards the target",
        "원래 값 그대로입니다. 타깃 쪽으로 옮기세요",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: q[n].max()),
        "this is the largest next Q-value alone: it is only a part of the target",
        "다음 상태의 가장 큰 큐값뿐입니다. 타깃의 일부일 뿐입니다",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: q),
        "it returns the table: return the new number alone",
        "테이블을 반환합니다. 새 숫자 하나만 반환하세요",
        *(
            part
            for formula in (
                lambda old, target, alpha: old + alpha * (target - old),
                lambda old, target, alpha: (1 - alpha) * old + alpha * target,
            )
            for part in (
                _reported(formula, lambda new: round(new, 2)),
                "it is rounded: return the new value as it is",
                "반올림했습니다. 새 값을 그대로 반환하세요",
                _reported(formula, int),
                "the decimals are lost: return the new value as it is",
                "소수점 아래가 사라졌습니다. 새 값을 그대로 반환하세요",
                _reported(formula, str),
                "this is text: return the number itself, without str or an f-string",
                "문자열을 반환합니다. str이나 f-문자열 없이 숫자를 그대로 반환하세요",
            )
        ),
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g**2 * q[n].max())),
        "the discount factor is squared: the next state is one step away",
        "감가율을 두 번 곱했습니다. 다음 상태는 한 스텝 뒤입니다",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else (1 - g) * q[n].max())),
        "1 - discount_factor is what is lost: multiply by discount_factor itself",
        "1 - 감가율을 곱했습니다. 감가율을 그대로 곱하세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * max(q[n].max(), 0))),
        "negative Q-values are dropped: the largest may be negative, too",
        "음수인 큐값을 버렸습니다. 가장 큰 값이 음수일 수도 있습니다",
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[:, a].max())),
        "it takes the largest of a column: the next state's Q-values are the row q[next_state]",
        "한 열에서 가장 큰 값을 썼습니다. 다음 상태의 큐값은 q[next_state] 행입니다",
        _towards(lambda q, s, a, r, n, b, t, g: -r + (0 if t else g * q[n].max())),
        "the sign of the reward is wrong",
        "보상의 부호가 반대입니다",
        _towards(lambda q, s, a, r, n, b, t, g: r if t else g * (r + q[n].max())),
        "right at an end, but elsewhere the reward is discounted, too: only the future is",
        "에피소드가 끝날 때는 맞지만, 중간에는 보상까지 감가했습니다. 미래만 감가하세요",
        _towards(lambda q, s, a, r, n, b, t, g: r if t else g * q[n].max()),
        "right at an end, but elsewhere the reward is missing",
        "에피소드가 끝날 때는 맞지만, 중간에는 보상이 빠졌습니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                q[n, b] + alpha * (_target(q, r, n, t, g) - q[n, b])
            )
        ),
        "it updates the next state and action: the old value is q[state, action]",
        "다음 상태와 다음 행동의 값을 바꿉니다. 원래 값은 q[state, action]입니다",
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
        "the future is subtracted from the reward instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n].max()),
        "right within an episode, but after its last step nothing comes: did you use `terminated`?",
        "에피소드 중간에는 맞지만, 마지막 스텝 뒤에는 아무것도 없습니다. `terminated`를 썼나요?",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n].max() * t),
        "`terminated` is the wrong way round: the future is cut where the episode goes on",
        "`terminated`를 거꾸로 썼습니다. 에피소드가 계속되는 곳에서 미래를 끊습니다",
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
        "state and action are swapped: q[state, action]",
        "state와 action의 자리가 바뀌었습니다: q[state, action]",
        _rule(lambda q, s, a, r, n, b, t, alpha, g: q[s] + alpha * (_target(q, r, n, t, g) - q[s])),
        "it moves the whole row of the state: only the action that was taken, q[state, action]",
        "상태의 행 전체를 움직입니다. 실제로 한 행동만 움직이세요: q[state, action]",
        _whole_table,
        "it returns a whole table: return the new number alone",
        "테이블 전체를 반환합니다. 새 숫자 하나만 반환하세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n].max() * -t),
        "- is not `not`: -True is -1, and -False is 0; write `not terminated`",
        "-는 `not`이 아닙니다(-True는 -1, -False는 0). `not terminated`라고 쓰세요",
        *(
            part
            for step in (0.1, 0.2, 0.5)
            for part in (
                _rule(
                    lambda q, s, a, r, n, b, t, alpha, g, step=step: (
                        q[s, a] + step * (_target(q, r, n, False, g) - q[s, a])
                    )
                ),
                "the step is always the same, and it looks past the end: use the argument `alpha`, "
                "and `terminated`",
                "언제나 같은 만큼 움직이고, 끝난 뒤까지 봅니다. 인자 `alpha`와 `terminated`를 "
                "쓰세요",
            )
        ),
        _towards(lambda q, s, a, r, n, b, t, g: r + (0 if t else g * q[n])),
        "one number for each action of the next state: take the largest of them",
        "다음 상태의 행동마다 숫자가 하나씩 나왔습니다. 그중 가장 큰 것을 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n] * (1 - t)),
        "one number for each action of the next state: take the largest of them",
        "다음 상태의 행동마다 숫자가 하나씩 나왔습니다. 그중 가장 큰 것을 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[n]),
        "one number for each action of the next state, and it looks past the end: take the "
        "largest, and use `terminated`",
        "다음 상태의 행동마다 숫자가 하나씩 나왔고, 끝난 뒤까지 봅니다. 그중 가장 큰 것과 "
        "`terminated`를 쓰세요",
        _towards(lambda q, s, a, r, n, b, t, g: r + g * q[:, n].max() * (1 - t)),
        "the next state stands where the action belongs: its Q-values are the row q[next_state]",
        "행동의 자리에 다음 상태를 썼습니다. 다음 상태의 큐값은 q[next_state] 행입니다",
        _rule(
            lambda q, s, a, r, n, b, t, alpha, g: (
                None if t else q[s, a] + alpha * (_target(q, r, n, t, g) - q[s, a])
            )
        ),
        "at the end of an episode it returns nothing (None): the last step is learned from, too, "
        "and its target is the reward",
        "에피소드가 끝날 때 아무것도 반환하지 않습니다(None). 마지막 스텝에서도 배우고, 그 타깃은 "
        "보상입니다",
    ],
)
def check_q_learning_update(q, transition, alpha, discount_factor):
    """The new value of q[state, action]."""
    state, action, reward, next_state, _, terminated = transition
    target = _target(q, reward, next_state, terminated, discount_factor)
    return q[state, action] + alpha * (target - q[state, action])
