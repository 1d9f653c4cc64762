"""Lesson 07: the Bellman target."""

import collections.abc

import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.values import plain


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


def _truncated(r, q, d, g):
    """Targets written into an array that has the rewards' type."""
    targets = np.zeros_like(r)
    targets[:] = np.trunc(r + g * q.max(axis=1) * _on(d)) if r.dtype.kind == "i" else 0
    return targets if r.dtype.kind == "i" else r + g * q.max(axis=1) * _on(d)


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
        *(
            part
            for fixed in (0.9, 0.95, 0.99)
            for part in (
                lambda r, q, d, g, fixed=fixed: r + fixed * q.max(axis=1) * _on(d),
                "the discount factor is a number of your own: use the argument `discount_factor`",
                "감가율을 직접 숫자로 썼습니다. 인자 `discount_factor`를 쓰세요",
            )
        ),
        lambda r, q, d, g: r + (1 - g) * q.max(axis=1) * _on(d),
        "the future is multiplied by 1 - discount_factor: it is discount_factor itself",
        "미래에 1 - 감가율을 곱했습니다. 감가율을 그대로 곱하세요",
        lambda r, q, d, g: (1 - g) * r + g * q.max(axis=1) * _on(d),
        "the reward counts in full: only the future is multiplied by the discount factor",
        "보상은 그대로 더합니다. 감가율은 미래에만 곱하세요",
        lambda r, q, d, g: r + g + q.max(axis=1) * _on(d),
        "the discount factor is added: multiply the future by it",
        "감가율을 더했습니다. 미래에 곱하세요",
        lambda r, q, d, g: r * g * q.max(axis=1) * _on(d),
        "reward and future are multiplied: add them",
        "보상과 미래를 곱했습니다. 더하세요",
        lambda r, q, d, g: r + g * q.max(axis=0) * _on(d),
        "axis=0 takes the maximum over the rows: it has to go over the actions, axis=1",
        "axis=0은 행 방향의 최댓값입니다. 행동 방향으로 구하세요(axis=1)",
        lambda r, q, d, g: r + g * q.max(axis=0),
        "axis=0 takes the maximum over the rows, and `terminated` is not used: take it over the "
        "actions, axis=1, and cut the future where the task ended",
        "axis=0은 행 방향의 최댓값이고 `terminated`도 쓰지 않았습니다. 행동 방향으로 "
        "구하고(axis=1), 끝난 곳에서는 미래를 끊으세요",
        lambda r, q, d, g: r + g * max(q) * _on(d),
        "Python's max compares whole rows with each other: np.max(next_q_values, axis=1) takes the "
        "largest of each row",
        "파이썬의 max는 행끼리 비교합니다. np.max(next_q_values, axis=1)로 행마다 가장 큰 값을 "
        "구하세요",
        lambda r, q, d, g: r + g * q[np.argmax(q)] * _on(d),
        "np.argmax without an axis counts through the whole table, and its index picks a row: "
        "np.max(next_q_values, axis=1) takes the largest of each row",
        "axis가 없는 np.argmax는 표 전체에서 번호를 세는데, 그 번호로 행을 골랐습니다. "
        "np.max(next_q_values, axis=1)로 행마다 가장 큰 값을 구하세요",
        lambda r, q, d, g: r if d.any() else r + g * q.max(axis=1),
        "one end cuts the future of the whole batch: each row has its own `terminated`",
        "한 행이 끝나면 배치 전체의 미래가 사라집니다. `terminated`는 행마다 따로 쓰세요",
        lambda r, q, d, g: (r + g * q.max(axis=1) * _on(d), d),
        "return the targets and nothing else",
        "타깃만 반환하세요",
        lambda r, q, d, g: r * _on(d),
        "where the task goes on only the reward is left: add the discounted future",
        "이어지는 스텝에서도 보상만 남았습니다. 감가한 미래를 더하세요",
        lambda r, q, d, g: q.max(axis=1),
        "that is the value of the next state alone: discount it and add the reward",
        "다음 상태의 가치뿐입니다. 감가율을 곱하고 보상을 더하세요",
        lambda r, q, d, g: (r + g * q.max(axis=1) * _on(d)).sum(),
        "that is the sum over the batch: each row has a target of its own",
        "배치의 합입니다. 타깃은 행마다 하나씩입니다",
        lambda r, q, d, g: (r + g * q.max(axis=1) * _on(d))[0],
        "only the first row's target has come out: return all of them, after the loop",
        "첫 행의 타깃만 나왔습니다. 반복문이 끝난 뒤에 모두 반환하세요",
        lambda r, q, d, g: (r + g * q.max(axis=1) * _on(d))[-1],
        "only the last row's target has come out: collect them in a list",
        "마지막 행의 타깃만 나왔습니다. 리스트에 모아서 반환하세요",
        lambda r, q, d, g: (r + g * q.max(axis=1))[~d],
        "the rows that ended are left out: they have a target, too, their reward",
        "끝난 행이 빠졌습니다. 그 행의 타깃도 있습니다. 보상입니다",
        lambda r, q, d, g: np.where(d, r, r + g * np.median(q, axis=1)),
        "it takes the median over the actions: Q-learning takes the largest",
        "행동들의 중앙값을 썼습니다. 큐러닝은 가장 큰 큐값을 씁니다",
        lambda r, q, d, g: r + g * q.max(axis=1) ** _on(d),
        "where the task ended 1 is left of the future: multiply by 1 - d, do not raise to its "
        "power",
        "끝난 곳에 미래로 1이 남습니다. 1 - d제곱이 아니라 1 - d를 곱하세요",
        _truncated,
        "the targets are cut to whole numbers: np.zeros_like(rewards) keeps the integers of its "
        "model",
        "타깃이 정수로 잘렸습니다. np.zeros_like(rewards)는 정수 배열을 본떠 정수 배열을 만듭니다",
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


_ERRORS = "errors", "오차"
_SLOPES = (
    "slopes of the summed squared errors by q_values",
    "오차 제곱의 합을 q_values로 미분한 기울기",
)


def _on_tape(call, q_values, actions, targets):
    """The errors, and what a tape knows of how they came from the Q-values."""
    q_values, actions = tf.constant(q_values), tf.constant(actions)
    with tf.GradientTape() as tape:
        tape.watch(q_values)
        errors = call(q_values, actions, targets)
        if errors is None:
            return None
        if isinstance(errors, collections.abc.Iterator):  # nothing that a loss could square
            return {_ERRORS: type(errors).__name__, _SLOPES: None}
        loss = tf.reduce_sum(tf.square(errors))
    slopes = tape.gradient(loss, q_values)
    slopes = None if slopes is None else tf.convert_to_tensor(slopes)  # gather gives them in slices
    return {_ERRORS: plain(errors), _SLOPES: plain(slopes)}


def _taken(q, a):
    return tf.gather(q, a, batch_dims=1)


def _number(a, q):
    return tf.cast(a, q.dtype)


def _marks(q, a):
    return tf.one_hot(a, q.shape[1], dtype=q.dtype)


_ON_THE_TAPE = (
    "the numbers are right, but no gradient reaches q_values (NumPy leaves nothing on the tape, "
    "tf.stop_gradient takes it off): take tf.gather(q_values, actions, batch_dims=1) alone",
    "값은 맞지만 q_values까지 그레이디언트가 흐르지 않습니다(NumPy는 테이프에 남지 않고, "
    "tf.stop_gradient는 흐름을 끊습니다). tf.gather(q_values, actions, batch_dims=1)만 쓰세요",
)


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
    number=20,
    observe=_on_tape,
    keeps_tensors=True,
    mistakes=[
        lambda q, a, y: y - q.numpy()[np.arange(len(a)), a.numpy()],
        *_ON_THE_TAPE,
        lambda q, a, y: y - q[np.arange(len(a)), a],
        "q_values is a tensor, and NumPy's q_values[rows, columns] does not work on it: take "
        "tf.gather(q_values, actions, batch_dims=1)",
        "q_values는 텐서라서 NumPy의 q_values[행, 열]이 통하지 않습니다. "
        "tf.gather(q_values, actions, batch_dims=1)을 쓰세요",
        lambda q, a, y: _taken(q, a) - y,
        "the sign is turned: the error is target minus Q-value",
        "부호가 반대입니다. 오차는 타깃에서 큐값을 뺀 것입니다",
        lambda q, a, y: y - tf.reduce_max(q, axis=1),
        "it uses the largest Q-value: use the one of the action that was taken",
        "가장 큰 큐값을 썼습니다. 실제로 한 행동의 큐값을 쓰세요",
        lambda q, a, y: y - tf.reduce_min(q, axis=1),
        "it uses the smallest Q-value: use the one of the action that was taken",
        "가장 작은 큐값을 썼습니다. 실제로 한 행동의 큐값을 쓰세요",
        lambda q, a, y: y - tf.reduce_mean(q, axis=1),
        "it uses the mean of the Q-values: use the one of the action that was taken",
        "큐값의 평균을 썼습니다. 실제로 한 행동의 큐값을 쓰세요",
        lambda q, a, y: y - tf.reduce_sum(q, axis=1),
        "it takes off the Q-values of all actions: only one was taken",
        "모든 행동의 큐값을 뺐습니다. 실제로 한 행동은 하나뿐입니다",
        lambda q, a, y: y - _taken(q, q.shape[1] - 1 - a),
        "it uses the other action's Q-value",
        "다른 행동의 큐값을 썼습니다",
        lambda q, a, y: y - tf.reduce_sum(q * (1 - _marks(q, a)), axis=1),
        "the marks are the wrong way round: 1 belongs to the action that was taken",
        "표시가 거꾸로입니다. 실제로 한 행동의 자리가 1이어야 합니다",
        lambda q, a, y: y - q[:, 0],
        "it always uses action 0: `actions` says which",
        "언제나 0번 행동의 큐값을 씁니다. 어느 행동인지는 `actions`에 있습니다",
        lambda q, a, y: y - q[:, -1],
        "it always uses the last action: `actions` says which",
        "언제나 마지막 행동의 큐값을 씁니다. 어느 행동인지는 `actions`에 있습니다",
        lambda q, a, y: y - tf.gather(q, a, axis=1),
        "without batch_dims=1, every row is paired with every action: pair row i with action i",
        "batch_dims=1이 없으면 모든 행을 모든 행동과 짝짓습니다. i번째 행과 i번째 행동을 "
        "짝지으세요",
        lambda q, a, y: y - tf.transpose(tf.gather(q, a, axis=1)),
        "every row is paired with every action: pair row i with action i, batch_dims=1",
        "모든 행을 모든 행동과 짝지었습니다. i번째 행과 i번째 행동을 짝지으세요(batch_dims=1)",
        lambda q, a, y: y[:, None] - tf.gather(q, a),
        "tf.gather(q_values, actions) picks rows, but the actions are columns: batch_dims=1",
        "tf.gather(q_values, actions)는 행을 고릅니다. 행동은 열이므로 batch_dims=1이 필요합니다",
        lambda q, a, y: y - tf.gather(q, a),
        "tf.gather(q_values, actions) picks rows, but the actions are columns: add batch_dims=1",
        "tf.gather(q_values, actions)는 행을 고릅니다. 행동은 열이므로 batch_dims=1을 더하세요",
        lambda q, a, y: y - tf.reduce_max(tf.gather(q, a), axis=1),
        "tf.gather(q_values, actions) picks rows: the actions are columns, batch_dims=1",
        "tf.gather(q_values, actions)는 행을 고릅니다. 행동은 열입니다(batch_dims=1)",
        lambda q, a, y: y - tf.gather(tf.reshape(q, [-1]), a),
        "the actions count along the whole table: in each row they begin anew, batch_dims=1",
        "행동 번호를 표 전체에서 세었습니다. 번호는 행마다 0부터 다시 셉니다(batch_dims=1)",
        lambda q, a, y: y - np.take(q.numpy(), a.numpy()),
        "np.take(q_values, actions) counts along the whole table, and NumPy leaves nothing on the "
        "tape: take tf.gather(q_values, actions, batch_dims=1)",
        "np.take(q_values, actions)는 표 전체에서 번호를 세고, NumPy는 테이프에 남지 않습니다. "
        "tf.gather(q_values, actions, batch_dims=1)을 쓰세요",
        lambda q, a, y: y - q[:, a[0]],
        "every row uses the first row's action: pair row i with action i",
        "모든 행에 첫 행의 행동을 썼습니다. i번째 행과 i번째 행동을 짝지으세요",
        lambda q, a, y: y - _number(tf.argmax(q, axis=1), q),
        "tf.argmax says which action is best, not what it is worth: take the Q-value of the action "
        "that was taken",
        "tf.argmax는 가장 좋은 행동의 번호이지 그 값이 아닙니다. 실제로 한 행동의 큐값을 쓰세요",
        lambda q, a, y: y - _number(a, q),
        "it takes the number of the action off the target: look up its Q-value",
        "타깃에서 행동의 번호를 뺐습니다. 그 행동의 큐값을 찾아 빼세요",
        lambda q, a, y: (y - _taken(q, a)) ** 2,
        "it is squared already: the loss does that",
        "벌써 제곱했습니다. 제곱은 오류함수에서 합니다",
        lambda q, a, y: (y - _taken(q, a)) ** 2 / 2,
        "it is squared and halved already: return the plain difference, the loss squares it",
        "벌써 제곱하고 반으로 나누었습니다. 차이 그대로 반환하세요. 제곱은 오류함수에서 합니다",
        lambda q, a, y: tf.reduce_mean((y - _taken(q, a)) ** 2),
        "that is the loss: the error of each row is asked for, neither squared nor averaged",
        "이것은 오류함수입니다. 제곱도 평균도 하지 않은 행마다의 오차를 구하세요",
        lambda q, a, y: tf.reduce_sum((y - _taken(q, a)) ** 2),
        "that is the sum of the squares: the error of each row is asked for, not squared",
        "제곱의 합입니다. 제곱하지 않은 행마다의 오차를 구하세요",
        lambda q, a, y: tf.reduce_mean(y - _taken(q, a)),
        "that is the mean: each row has an error of its own",
        "평균입니다. 오차는 행마다 하나씩입니다",
        lambda q, a, y: tf.reduce_sum(y - _taken(q, a)),
        "that is the sum: each row has an error of its own",
        "합입니다. 오차는 행마다 하나씩입니다",
        lambda q, a, y: (y - _taken(q, a))[0],
        "only the first row's error has come out: return all of them, after the loop",
        "첫 행의 오차만 나왔습니다. 반복문이 끝난 뒤에 모두 반환하세요",
        lambda q, a, y: y - q * _marks(q, a),
        "the other actions' columns are still there: tf.reduce_sum over the actions, axis=1",
        "다른 행동의 열이 그대로 남아 있습니다. tf.reduce_sum으로 행동 방향으로 더하세요(axis=1)",
        lambda q, a, y: (y - _taken(q, a)) / len(y),
        "it is divided by the number of rows: the loss takes the mean later",
        "행의 수로 나누었습니다. 평균은 나중에 오류함수에서 구합니다",
        lambda q, a, y: (y - _taken(q, a)) / 2,
        "that is half of the error: the plain difference is asked for",
        "오차의 절반입니다. 차이 그대로 반환하세요",
        lambda q, a, y: tf.abs(y - _taken(q, a)),
        "the sign is lost: whether the target lies above or below the Q-value matters",
        "부호가 사라졌습니다. 타깃이 큐값보다 큰지 작은지도 중요합니다",
        lambda q, a, y: tf.clip_by_value(y - _taken(q, a), -1, 1),
        "the error is cut off at -1 and 1: return it as it is",
        "오차를 -1과 1에서 잘랐습니다. 그대로 반환하세요",
        lambda q, a, y: y + _taken(q, a),
        "the Q-value is added: take it off the target",
        "큐값을 더했습니다. 타깃에서 빼세요",
        lambda q, a, y: y * _taken(q, a),
        "the two are multiplied: take the Q-value off the target",
        "둘을 곱했습니다. 타깃에서 큐값을 빼세요",
        lambda q, a, y: _taken(q, a),
        "that is the Q-value of the action taken: take it off the target",
        "실제로 한 행동의 큐값입니다. 타깃에서 빼세요",
        lambda q, a, y: y,
        "that is the target: take the Q-value of the action taken off it",
        "타깃 그대로입니다. 실제로 한 행동의 큐값을 빼세요",
        lambda q, a, y: y[:, None] - q,
        "one error for each action: only one action was taken in each row",
        "행동마다 오차가 하나씩 나옵니다. 각 행에서 실제로 한 행동은 하나뿐입니다",
        lambda q, a, y: (y[:, None] - q) * _marks(q, a),
        "a row for each row: add up over the actions, axis=1, so that one number is left of each",
        "행마다 숫자가 여러 개입니다. 행동 방향으로 더해(axis=1) 하나씩만 남기세요",
        lambda q, a, y: y[:, None] - _taken(q, a)[:, None],
        "a column [B, 1] instead of [B]",
        "모양이 [B]가 아니라 [B, 1]입니다",
        lambda q, a, y: y - _taken(q, a)[:, None],
        "shape (B, B): a column [B, 1] met a row [B]",
        "모양이 (B, B)입니다. 열 [B, 1]과 행 [B]가 만났습니다",
        lambda q, a, y: y[:, None] - q * _marks(q, a),
        "the other actions' columns are still there: add up over the actions, axis=1",
        "다른 행동의 열이 그대로 남아 있습니다. 행동 방향으로 더하세요(axis=1)",
        lambda q, a, y: y - tf.reduce_sum(q * _marks(q, a), axis=0),
        "it adds up over the rows: add up over the actions, axis=1",
        "행 방향으로 더했습니다. 행동 방향으로 더하세요(axis=1)",
        lambda q, a, y: y - tf.reduce_sum(q * _marks(q, a)),
        "it adds up over the whole table: each row has its own sum, axis=1",
        "표 전체를 더했습니다. 행마다 따로 더하세요(axis=1)",
        *(
            part
            for lazy in (lambda errors: (e for e in errors), lambda errors: map(abs, errors))
            for part in (
                lambda q, a, y, lazy=lazy: lazy(y),
                "a generator or map holds no errors yet: put them in a list or a tensor",
                "제너레이터와 map에는 아직 오차가 들어 있지 않습니다. 리스트나 텐서에 담으세요",
            )
        ),
    ],
)
def check_td_error(q_values, actions, targets):
    """The targets minus the Q-values of the actions taken, [B]."""
    return targets - tf.gather(q_values, actions, batch_dims=1)
