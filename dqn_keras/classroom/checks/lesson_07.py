"""Lesson 07: the Bellman target."""

import numpy as np

from dqn_keras.classroom.checks.harness import exercise


def _transitions(rng):
    """A mini-batch of any size, any number of actions and any kind of numbers."""
    batch, actions = rng.integers(1, 7), rng.integers(1, 6)
    scale, dtype = rng.choice([1, 10, 500]), rng.choice(["int64", "float32", "float64"])
    rewards = rng.integers(-9, 10, batch).astype(dtype)
    next_q_values = rng.normal(0, 2 * scale, [batch, actions]).round(1).astype(dtype)
    terminated = rng.random(batch) < rng.choice([0.0, 0.4, 1.0], p=[0.2, 0.6, 0.2])
    return rewards, next_q_values, terminated, float(rng.choice([0.0, 0.5, 0.9, 0.99, 1.0]))


def _on(terminated):
    """1 where the task goes on, 0 where it ended."""
    return 1 - np.asarray(terminated, float)


@exercise(
    examples=[
        # The lesson's four. 90 is a value after an end, which no target may contain.
        (
            np.array([1, 1, -100, 1], np.float32),
            np.array([[10, 20], [8, 4], [90, 80], [3, 5]], np.float32),
            np.array([False, False, True, False]),
            0.9,
        ),
        (np.array([2.0]), np.array([[3.0, 7.0, 5.0]]), np.array([False]), 0.5),
        (np.array([-4.0]), np.array([[-6.0, -2.0]]), np.array([False]), 0.8),
        (np.array([5.0]), np.array([[6.0, 8.0]]), np.array([True]), 0.8),
        (np.zeros(2), np.array([[1.0, 9.0], [4.0, 2.0]]), np.array([True, False]), 0.7),
    ],
    random=_transitions,
    mistakes=[
        lambda r, q, d, g: r + g * q.max(axis=1),
        "your target bootstraps past a fall: did you use `terminated`?",
        "쓰러진 뒤의 가치까지 타깃에 들어 있습니다. `terminated`를 썼나요?",
        lambda r, q, d, g: r + g * q.max(axis=1) * d,
        "it keeps the future of ended steps and drops that of all others: `terminated` is the "
        "wrong way round",
        "끝난 스텝의 미래는 남고 다른 스텝의 미래는 사라집니다. `terminated`를 거꾸로 썼습니다",
        lambda r, q, d, g: r + q.max(axis=1) * _on(d),
        "the future counts in full: where is the discount factor?",
        "미래를 그대로 더했습니다. 감가율은 어디에 있나요?",
        lambda r, q, d, g: (r + g * q.max(axis=1)) * _on(d),
        "the reward of the last step is lost: an end cuts only the future",
        "마지막 스텝의 보상이 사라집니다. 끝은 미래만 끊습니다",
        lambda r, q, d, g: g * q.max(axis=1) * _on(d),
        "the reward is missing: it is added to the discounted future",
        "보상이 빠졌습니다. 감가한 미래에 보상을 더하세요",
        lambda r, q, d, g: r + g * q.min(axis=1) * _on(d),
        "it takes the smallest Q-value: the agent will choose the largest",
        "가장 작은 큐값을 썼습니다. 에이전트는 큐값이 가장 큰 행동을 고릅니다",
        lambda r, q, d, g: r + g * q.mean(axis=1) * _on(d),
        "it takes the mean over the actions: Q-learning takes the largest",
        "행동들의 평균을 썼습니다. 큐러닝은 가장 큰 큐값을 씁니다",
        lambda r, q, d, g: r + g * q.sum(axis=1) * _on(d),
        "it adds up the values of all actions: Q-learning takes the largest",
        "모든 행동의 큐값을 더했습니다. 큐러닝은 가장 큰 큐값을 씁니다",
        lambda r, q, d, g: r + g * abs(q).max(axis=1) * _on(d),
        "it takes the largest absolute value: -6 is less than -2, too",
        "절댓값이 가장 큰 것을 썼습니다. -6은 -2보다 작습니다",
        lambda r, q, d, g: r + g * np.maximum(q.max(axis=1), 0) * _on(d),
        "where all Q-values are negative it takes 0: the largest of them counts",
        "큐값이 모두 음수이면 0을 씁니다. 음수라도 그중 가장 큰 값을 쓰세요",
        lambda r, q, d, g: r + g * q[:, 0] * _on(d),
        "it always takes action 0: take the largest over the actions",
        "언제나 0번 행동의 큐값을 씁니다. 행동 중 가장 큰 값을 쓰세요",
        lambda r, q, d, g: r + g * q[:, -1] * _on(d),
        "it always takes the last action: take the largest over the actions",
        "언제나 마지막 행동의 큐값을 씁니다. 행동 중 가장 큰 값을 쓰세요",
        lambda r, q, d, g: r + g * q.argmax(axis=1) * _on(d),
        "it uses the index of the best action: argmax says which, max says how much",
        "가장 좋은 행동의 번호를 썼습니다. argmax는 번호, max는 값입니다",
        lambda r, q, d, g: r + g * q.max() * _on(d),
        "the largest value of the whole batch: each row has its own, axis=1",
        "배치 전체에서 가장 큰 값을 썼습니다. 행마다 따로 구하세요(axis=1)",
        lambda r, q, d, g: r - g * q.max(axis=1) * _on(d),
        "the future is taken off the reward instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        lambda r, q, d, g: g * (r + q.max(axis=1) * _on(d)),
        "the discount factor belongs to the future only, not to the reward",
        "감가율은 미래에만 곱합니다. 보상에는 곱하지 않습니다",
        lambda r, q, d, g: g * r + q.max(axis=1) * _on(d),
        "the discount factor is at the reward: it belongs to the future",
        "감가율을 보상에 곱했습니다. 미래에 곱하세요",
        lambda r, q, d, g: r + g**2 * q.max(axis=1) * _on(d),
        "the discount factor is squared: the next state is one step away",
        "감가율을 두 번 곱했습니다. 다음 상태는 한 스텝 뒤입니다",
        lambda r, q, d, g: np.where(d, -100, r + g * q.max(axis=1)),
        "every end gets -100: the target of a last step is its own reward",
        "끝난 스텝이 모두 -100입니다. 마지막 스텝의 타깃은 그 스텝의 보상입니다",
        lambda r, q, d, g: np.where(r < 0, r, r + g * q.max(axis=1)),
        "it takes a negative reward for an end: ask `terminated`",
        "보상이 음수이면 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda r, q, d, g: r,
        "these are the rewards alone: where is the future?",
        "보상뿐입니다. 미래는 어디에 있나요?",
        lambda r, q, d, g: r[:, None] + g * q * _on(d)[:, None],
        "one number for each action: take the largest over the actions",
        "행동마다 값이 하나씩 나옵니다. 행동 중 가장 큰 값을 쓰세요",
        lambda r, q, d, g: r[:, None] + g * q.max(axis=1, keepdims=True) * _on(d)[:, None],
        "a column [B, 1] instead of [B]: leave out keepdims",
        "모양이 [B]가 아니라 [B, 1]입니다. keepdims를 빼세요",
        lambda r, q, d, g: r + g * q.max(axis=1, keepdims=True) * _on(d),
        "shape (B, B): a column [B, 1] met a row [B]; leave out keepdims",
        "모양이 (B, B)입니다. 열 [B, 1]과 행 [B]를 더했습니다. keepdims를 빼세요",
        lambda r, q, d, g: np.mean(r + g * q.max(axis=1) * _on(d)),
        "that is the mean over the batch: each row has a target of its own",
        "배치의 평균입니다. 타깃은 행마다 하나씩입니다",
        lambda r, q, d, g: r + g * q.max(axis=0)[: len(r)] * _on(d),
        "the maximum goes over the rows: it has to go over the actions, axis=1",
        "행 방향으로 최댓값을 구했습니다. 행동 방향으로 구하세요(axis=1)",
    ],
)
def check_bellman_target(rewards, next_q_values, terminated, discount_factor):
    """The Q-learning targets, [B]."""
    return rewards + discount_factor * np.max(next_q_values, axis=1) * _on(terminated)


def _errors(rng):
    """Q-values, actions and targets of a mini-batch."""
    batch, actions = rng.integers(1, 7), rng.integers(1, 6)
    dtype = rng.choice(["float32", "float64"])
    return (
        rng.normal(0, 10, [batch, actions]).round(1).astype(dtype),
        rng.integers(actions, size=batch).astype(rng.choice(["int32", "int64"])),
        rng.normal(0, 20, batch).round(1).astype(dtype),
    )


def _taken(q, a):
    return q[np.arange(len(a)), a]


@exercise(
    examples=[
        (
            np.array([[1, 7], [2, 9], [30, 4]], np.float32),
            np.array([1, 0, 1]),
            np.array([10, 20, 50], np.float32),
        ),
        (np.array([[3.0, 5.0]]), np.array([0]), np.array([1.0])),
        (np.array([[8.0, -5.0, 2.0]]), np.array([1]), np.array([-7.0])),
    ],
    random=_errors,
    mistakes=[
        lambda q, a, y: _taken(q, a) - y,
        "the sign is turned: the error is target minus Q-value",
        "부호가 반대입니다. 오차는 타깃에서 큐값을 뺀 것입니다",
        lambda q, a, y: y - q.max(axis=1),
        "it uses the largest Q-value: use the one of the action that was taken",
        "가장 큰 큐값을 썼습니다. 실제로 한 행동의 큐값을 쓰세요",
        lambda q, a, y: y - q.min(axis=1),
        "it uses the smallest Q-value: use the one of the action that was taken",
        "가장 작은 큐값을 썼습니다. 실제로 한 행동의 큐값을 쓰세요",
        lambda q, a, y: y - q.mean(axis=1),
        "it uses the mean of the Q-values: use the one of the action that was taken",
        "큐값의 평균을 썼습니다. 실제로 한 행동의 큐값을 쓰세요",
        lambda q, a, y: y - q.sum(axis=1),
        "it takes off the Q-values of all actions: only one was taken",
        "모든 행동의 큐값을 뺐습니다. 실제로 한 행동은 하나뿐입니다",
        lambda q, a, y: y - _taken(q, q.shape[1] - 1 - a),
        "it uses the other action's Q-value",
        "다른 행동의 큐값을 썼습니다",
        lambda q, a, y: y - q[:, 0],
        "it always uses action 0: `actions` says which",
        "언제나 0번 행동의 큐값을 씁니다. 어느 행동인지는 `actions`에 있습니다",
        lambda q, a, y: y - q[:, -1],
        "it always uses the last action: `actions` says which",
        "언제나 마지막 행동의 큐값을 씁니다. 어느 행동인지는 `actions`에 있습니다",
        lambda q, a, y: y - q[:, a],
        "q_values[:, actions] pairs every row with every action: pair row i with action i",
        "q_values[:, actions]는 모든 행을 모든 행동과 짝지웁니다. i번째 행과 i번째 행동을 "
        "짝지으세요",
        lambda q, a, y: y - q[a[a < len(q)]].max(axis=1),
        "q_values[actions] picks rows: the actions are columns",
        "q_values[actions]는 행을 고릅니다. 행동은 열입니다",
        lambda q, a, y: y - a,
        "it takes the number of the action off the target: look up its Q-value",
        "타깃에서 행동의 번호를 뺐습니다. 그 행동의 큐값을 찾아 빼세요",
        lambda q, a, y: (y - _taken(q, a)) ** 2,
        "it is squared already: the loss does that",
        "벌써 제곱했습니다. 제곱은 오류함수에서 합니다",
        lambda q, a, y: np.mean((y - _taken(q, a)) ** 2),
        "that is the loss: the error of each row is asked for, neither squared nor averaged",
        "이것은 오류함수입니다. 제곱도 평균도 하지 않은 행마다의 오차를 구하세요",
        lambda q, a, y: np.mean(y - _taken(q, a)),
        "that is the mean: each row has an error of its own",
        "평균입니다. 오차는 행마다 하나씩입니다",
        lambda q, a, y: abs(y - _taken(q, a)),
        "the sign is lost: whether the target lies above or below the Q-value matters",
        "부호가 사라졌습니다. 타깃이 큐값보다 큰지 작은지도 중요합니다",
        lambda q, a, y: y + _taken(q, a),
        "the Q-value is added: take it off the target",
        "큐값을 더했습니다. 타깃에서 빼세요",
        lambda q, a, y: _taken(q, a),
        "that is the Q-value of the action taken: take it off the target",
        "실제로 한 행동의 큐값입니다. 타깃에서 빼세요",
        lambda q, a, y: y,
        "that is the target: take the Q-value of the action taken off it",
        "타깃 그대로입니다. 실제로 한 행동의 큐값을 빼세요",
        lambda q, a, y: y[:, None] - q,
        "one error for each action: only one action was taken in each row",
        "행동마다 오차가 하나씩 나옵니다. 각 행에서 실제로 한 행동은 하나뿐입니다",
        lambda q, a, y: y[:, None] - _taken(q, a)[:, None],
        "a column [B, 1] instead of [B]",
        "모양이 [B]가 아니라 [B, 1]입니다",
        lambda q, a, y: y - _taken(q, a)[:, None],
        "shape (B, B): a column [B, 1] met a row [B]",
        "모양이 (B, B)입니다. 열 [B, 1]에서 행 [B]를 뺐습니다",
        lambda q, a, y: y[:, None] - q * (a[:, None] == np.arange(q.shape[1])),
        "the other actions' columns are still there: add up over the actions, axis=1",
        "다른 행동의 열이 그대로 남아 있습니다. 행동 방향으로 더하세요(axis=1)",
    ],
)
def check_td_error(q_values, actions, targets):
    """The targets minus the Q-values of the actions taken, [B]."""
    return targets - q_values[np.arange(len(actions)), actions]
