"""Lesson 12: how a DQN forgets."""

import numpy as np

from dqn_keras.classroom.checks.harness import exercise


def _transitions(rng):
    """A mini-batch and what two networks, which seldom agree, say of its next states."""
    batch, actions = rng.integers(1, 7), rng.integers(1, 6)
    dtype = rng.choice(["int64", "float32", "float64"])
    # No two numbers of a row are alike: what argmax takes then would be a matter of style.
    q_values = rng.permuted(np.tile(np.arange(3 * actions), [2, batch, 1]), axis=2)
    q_values = (q_values[:, :, :actions] - rng.choice([0, actions, 3 * actions])) * 2
    return (
        rng.integers(-9, 10, batch).astype(dtype),
        *q_values.astype(dtype),
        rng.random(batch) < rng.choice([0.0, 0.4, 1.0], p=[0.2, 0.6, 0.2]),
        float(rng.choice([0.0, 0.5, 0.9, 0.99, 1.0])),
    )


def _of(q_values, actions):
    return q_values[np.arange(len(actions)), actions]


def _double(q, f):
    return _of(f, q.argmax(axis=1))


def _target(value):
    """Targets by a rule for the value of the next state, of (model's Q, target network's Q)."""
    return lambda r, q, f, d, g: r + g * value(q, f) * (1 - d.astype(float))


def _one(reward, online, fixed, terminated, discount):
    arrays = np.array([reward]), np.array([online]), np.array([fixed]), np.array([terminated])
    return *arrays, discount


@exercise(
    examples=[
        # The lesson's four. Row 3 fell: its next values may be in no target.
        (
            np.array([1, 1, -100, 1], np.float32),
            np.array([[12, 10], [6, 9], [70, 60], [2, 7]], np.float32),
            np.array([[10, 20], [8, 4], [90, 80], [3, 5]], np.float32),
            np.array([False, False, True, False]),
            0.9,
        ),
        _one(2.0, [3.0, 7.0], [8.0, 5.0], False, 0.5),
        _one(-4.0, [-6.0, -2.0, -5.0], [-1.0, -9.0, -3.0], False, 0.8),
        _one(5.0, [6.0, 8.0], [9.0, 7.0], True, 0.8),
    ],
    random=_transitions,
    number=24,
    mistakes=[
        _target(lambda q, f: f.max(axis=1)),
        "that is the plain DQN target: the target network chooses and values; let the model choose",
        "보통 DQN의 타깃입니다. 타깃 네트워크가 고르고 값도 매깁니다. 고르기는 모델에게 맡기세요",
        _target(lambda q, f: q.max(axis=1)),
        "the model chooses and values: let the target network say what the choice is worth",
        "모델이 고르고 값도 매깁니다. 고른 행동의 값은 타깃 네트워크가 매기게 하세요",
        _target(lambda q, f: _of(q, f.argmax(axis=1))),
        "the two networks have changed places: the model chooses, the target network values",
        "두 신경망이 바뀌었습니다. 모델이 고르고 타깃 네트워크가 값을 매깁니다",
        _target(lambda q, f: np.minimum(q.max(axis=1), f.max(axis=1))),
        "it takes the smaller of two maxima: one network chooses, the other values that choice",
        "두 최댓값 중 작은 것을 썼습니다. 한 신경망이 고르고 다른 신경망이 그 값을 매깁니다",
        _target(lambda q, f: np.maximum(q, f).max(axis=1)),
        "it takes the larger of the two networks' values: one chooses, the other values",
        "두 신경망의 값 중 큰 것을 썼습니다. 하나가 고르고 다른 하나가 값을 매깁니다",
        _target(lambda q, f: np.minimum(q, f).max(axis=1)),
        "it takes the smaller value for each action: one network chooses, the other values",
        "행동마다 더 작은 값을 썼습니다. 한 신경망이 고르고 다른 신경망이 값을 매깁니다",
        _target(lambda q, f: (q + f).max(axis=1) / 2),
        "it takes the mean of the two networks: one chooses, the other values",
        "두 신경망을 평균했습니다. 하나가 고르고 다른 하나가 값을 매깁니다",
        _target(lambda q, f: _of(q + f, q.argmax(axis=1)) / 2),
        "the choice is valued by both networks: only the target network values it",
        "고른 행동의 값을 두 신경망이 함께 매깁니다. 값은 타깃 네트워크만 매깁니다",
        _target(lambda q, f: _of(f, q.argmin(axis=1))),
        "the model chooses its smallest Q-value: argmax, not argmin",
        "모델이 큐값이 가장 작은 행동을 고릅니다. argmin이 아니라 argmax입니다",
        _target(lambda q, f: _of(f, abs(q).argmax(axis=1))),
        "the model chooses the largest absolute value: -6 is less than -2, too",
        "모델이 절댓값이 가장 큰 행동을 고릅니다. -6은 -2보다 작습니다",
        _target(lambda q, f: np.maximum(_double(q, f), 0)),
        "where the value is negative it takes 0: take the value itself",
        "값이 음수이면 0을 씁니다. 값을 그대로 쓰세요",
        _target(lambda q, f: f[:, 0]),
        "it always takes action 0: let the model choose, argmax",
        "언제나 0번 행동의 값을 씁니다. 모델이 고르게 하세요(argmax)",
        _target(lambda q, f: f.mean(axis=1)),
        "it takes the mean over the actions: take the one that the model chooses",
        "행동들의 평균을 썼습니다. 모델이 고른 행동의 값을 쓰세요",
        _target(lambda q, f: f[:, np.bincount(q.argmax(axis=1)).argmax()]),
        "one action for the whole batch: choose one for each row",
        "배치 전체에 행동 하나를 썼습니다. 행마다 따로 고르세요",
        _target(lambda q, f: q.argmax(axis=1)),
        "the number of the action is no value: look the value up with it",
        "행동의 번호는 값이 아닙니다. 그 번호로 값을 찾으세요",
        _target(lambda q, f: f[:, q.argmax(axis=1)]),
        "[:, actions] pairs every row with every action: pair row i with action i",
        "[:, actions]는 모든 행을 모든 행동과 짝지웁니다. i번째 행과 i번째 행동을 짝지으세요",
        lambda r, q, f, d, g: r + g * _double(q, f),
        "your target bootstraps past a fall: did you use `terminated`?",
        "쓰러진 뒤의 가치까지 타깃에 들어 있습니다. `terminated`를 썼나요?",
        lambda r, q, f, d, g: r + g * f.max(axis=1),
        "that is the plain DQN target, and it goes on past a fall: let the model choose, and use "
        "`terminated`",
        "보통 DQN의 타깃이고, 쓰러진 뒤의 가치까지 들어 있습니다. 모델이 고르게 하고 "
        "`terminated`를 쓰세요",
        lambda r, q, f, d, g: r + g * _double(q, f) * d,
        "`terminated` is the wrong way round: the future counts where the task goes on",
        "`terminated`를 거꾸로 썼습니다. 미래는 과제가 이어지는 곳에서 더합니다",
        lambda r, q, f, d, g: r + _double(q, f) * ~d,
        "the future counts in full: where is the discount factor?",
        "미래를 그대로 더했습니다. 감가율은 어디에 있나요?",
        *(
            part
            for discount in (0.99, 0.9)
            for part in (
                lambda r, q, f, d, g, gamma=discount: r + gamma * _double(q, f) * ~d,
                "it uses a discount factor of its own: take the argument `discount_factor`",
                "감가율을 숫자로 써넣었습니다. 인자 `discount_factor`를 쓰세요",
            )
        ),
        _target(lambda q, f: np.minimum(_double(q, f), q.max(axis=1))),
        "the choice gets the smaller of two values: only the target network values it",
        "고른 행동에 두 신경망의 값 중 작은 것을 썼습니다. 값은 타깃 네트워크만 매깁니다",
        _target(lambda q, f: f[0, q.argmax(axis=1)]),
        "every value is taken from the first row: pair row i with action i",
        "모든 값을 첫 행에서 가져왔습니다. i번째 행에서 i번째 행동의 값을 쓰세요",
        _target(lambda q, f: f[:, -1]),
        "it always takes the last action: let the model choose, argmax",
        "언제나 마지막 행동의 값을 씁니다. 모델이 고르게 하세요(argmax)",
        lambda r, q, f, d, g: g * (r + _double(q, f) * ~d),
        "the discount factor belongs to the future only, not to the reward",
        "감가율은 미래에만 곱합니다. 보상에는 곱하지 않습니다",
        lambda r, q, f, d, g: r - g * _double(q, f) * ~d,
        "the future is taken off the reward instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        lambda r, q, f, d, g: g * _double(q, f) * ~d,
        "the rewards are missing: add them",
        "보상이 빠졌습니다. 더하세요",
        lambda r, q, f, d, g: r,
        "these are the rewards alone: where is the future?",
        "보상뿐입니다. 미래는 어디에 있나요?",
        lambda r, q, f, d, g: (r + g * _double(q, f)) * ~d,
        "the reward of the last step is lost: an end cuts only the future",
        "마지막 스텝의 보상이 사라집니다. 끝은 미래만 끊습니다",
        lambda r, q, f, d, g: np.where(r < 0, r, r + g * _double(q, f)),
        "it takes a negative reward for an end: ask `terminated`",
        "보상이 음수이면 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda r, q, f, d, g: np.where(d, -100, r + g * _double(q, f)),
        "every end gets -100: the target of a last step is its own reward",
        "끝난 스텝이 모두 -100입니다. 마지막 스텝의 타깃은 그 스텝의 보상입니다",
        lambda r, q, f, d, g: (r + g * _double(q, f) * ~d)[:, None],
        "a column [B, 1] instead of [B]: leave out the extra axis",
        "모양이 [B]가 아니라 [B, 1]입니다. 축을 더하지 마세요",
        lambda r, q, f, d, g: r + g * _double(q, f)[:, None] * ~d,
        "shape (B, B): a column [B, 1] met a row [B], so make both [B]",
        "[B, 1]과 [B]를 더해 모양이 (B, B)가 되었습니다. 둘 다 [B]로 맞추세요",
        lambda r, q, f, d, g: (r + g * _double(q, f) * ~d)[:1],
        "only the first row has a target: does the loop return too early?",
        "첫 행의 타깃뿐입니다. 반복문이 너무 일찍 return하지 않나요?",
        lambda r, q, f, d, g: np.mean(r + g * _double(q, f) * ~d),
        "that is the mean: return a target for each row",
        "타깃을 평균했습니다. 행마다 하나씩 반환하세요",
        _target(lambda q, f: _of(f, q.argmax(axis=0))),
        "argmax goes down the batch here, axis=0: choose among the actions of each row, axis=1",
        "argmax를 배치 방향(axis=0)으로 썼습니다. 행마다 행동 가운데서 고르세요(axis=1)",
        _target(lambda q, f: f[q.argmax(axis=1)]),
        "[actions] alone picks whole rows: pair row i with action i",
        "[actions]만 쓰면 행을 통째로 고릅니다. i번째 행과 i번째 행동을 짝지으세요",
        lambda r, q, f, d, g: r + g**2 * _double(q, f) * ~d,
        "the discount factor is squared: the next state is one step away",
        "감가율을 두 번 곱했습니다. 다음 상태는 한 스텝 뒤입니다",
        lambda r, q, f, d, g: g * r + _double(q, f) * ~d,
        "the discount factor is at the reward: it belongs to the future",
        "감가율을 보상에 곱했습니다. 미래에 곱하세요",
        lambda r, q, f, d, g: _double(q, f),
        "that is only the value of the choice: add the reward, discount the value, and use "
        "`terminated`",
        "고른 행동의 값뿐입니다. 감가율을 곱해 보상에 더하고 `terminated`도 쓰세요",
        lambda r, q, f, d, g: (r + g * _double(q, f))[~d],
        "the rows that ended are left out: their target is the reward alone",
        "끝난 행이 빠졌습니다. 그 행의 타깃은 보상뿐입니다",
        _target(lambda q, f: (q * f).max(axis=1)),
        "the values of the two networks are multiplied: one chooses, the other values",
        "두 신경망의 값을 곱했습니다. 하나가 고르고 다른 하나가 값을 매깁니다",
        lambda r, q, f, d, g: np.sum(r + g * _double(q, f) * ~d),
        "the targets are added up: return one for each row",
        "타깃을 모두 더했습니다. 행마다 하나씩 반환하세요",
        lambda r, q, f, d, g: (r + g * _double(q, f) * ~d)[0],
        "only the first row has a target: does the loop return too early?",
        "첫 행의 타깃뿐입니다. 반복문이 너무 일찍 return하지 않나요?",
    ],
)
def check_double_bellman_target(
    rewards, next_q_values, next_target_q_values, terminated, discount_factor
):
    """The Double DQN targets, [B]."""
    values = _double(next_q_values, next_target_q_values)
    return rewards + discount_factor * values * (1 - terminated.astype(float))


def _gaps_of(rng):
    """Targets, Q-values whose rows have one maximum each, the actions taken and alpha."""
    batch, actions = rng.integers(1, 7), rng.integers(2, 6)
    dtype = rng.choice(["float32", "float64"])
    q_values = rng.permuted(np.tile(np.arange(3 * actions), [batch, 1]), axis=1)[:, :actions]
    q_values = (q_values - rng.choice([0, actions, 3 * actions])) * 4
    return (
        (rng.integers(-30, 30, batch) * 4).astype(dtype),
        q_values.astype(dtype),
        rng.integers(0, actions, batch),
        float(rng.choice([0.0, 0.25, 0.5, 0.75, 1.0], p=[0.05, 0.3, 0.3, 0.3, 0.05])),
    )


def _gap(q, a):
    return q.max(axis=1) - _of(q, a)


def _marked(penalty):
    """Targets less alpha times a rule of (Q-values, actions taken)."""
    return lambda y, q, a, alpha: y - alpha * penalty(q, a)


def _second(q):
    return np.sort(q, axis=1)[:, -2]


@exercise(
    examples=[
        # The lesson's four: a best action, two worse ones, and a fall, whose gap counts as well.
        (
            np.array([10, 8, 9, -100], np.float32),
            np.array([[10, 6], [10, 6], [4, 9], [2, 7]], np.float32),
            np.array([0, 1, 0, 0]),
            0.5,
        ),
        (np.array([5.0]), np.array([[-8.0, -2.0, -4.0]]), np.array([2]), 0.75),
        (np.array([6.0, 2.0]), np.array([[4.0, 0.0, 12.0], [4.0, 8.0, -4.0]]), np.array([1, 0]), 1),
        (np.array([-4.0, 2.0]), np.array([[4.0, 0.0], [4.0, 8.0]]), np.array([1, 0]), 0.0),
    ],
    random=_gaps_of,
    number=24,
    mistakes=[
        _marked(lambda q, a: -_gap(q, a)),
        "the gap is added: a worse action is to look worse still, so take it off",
        "행동 차이를 더했습니다. 나쁜 행동이 더 나빠 보여야 하니 빼세요",
        lambda y, q, a, alpha: y - _gap(q, a),
        "the whole gap is taken off: only its share `alpha`",
        "행동 차이를 모두 뺐습니다. `alpha`만큼만 빼세요",
        lambda y, q, a, alpha: y - (1 - alpha) * _gap(q, a),
        "the share is 1 - alpha: it is alpha",
        "1 - alpha만큼 뺐습니다. alpha만큼 빼세요",
        lambda y, q, a, alpha: y - alpha**2 * _gap(q, a),
        "alpha is squared: multiply with it once",
        "alpha를 두 번 곱했습니다. 한 번만 곱하세요",
        lambda y, q, a, alpha: alpha * (y - _gap(q, a)),
        "the target is multiplied by alpha, too: only the gap is",
        "타깃에도 alpha를 곱했습니다. 행동 차이에만 곱하세요",
        lambda y, q, a, alpha: alpha * y - _gap(q, a),
        "alpha is at the target: it belongs to the gap",
        "alpha를 타깃에 곱했습니다. 행동 차이에 곱하세요",
        lambda y, q, a, alpha: (1 - alpha) * y - alpha * _gap(q, a),
        "the target is multiplied by 1 - alpha: it stays whole",
        "타깃에 1 - alpha를 곱했습니다. 타깃은 그대로 두세요",
        *(
            part
            for share in (0.7, 0.5)
            for part in (
                lambda y, q, a, alpha, share=share: y - share * _gap(q, a),
                "it uses a share of its own: take the argument `alpha`",
                "비율을 숫자로 써넣었습니다. 인자 `alpha`를 쓰세요",
            )
        ),
        _marked(lambda q, a: q.max(axis=1)),
        "the whole value of the best action is taken off: take off how much worse a_t is",
        "가장 좋은 행동의 값을 통째로 뺐습니다. a_t가 그보다 얼마나 나쁜지를 빼세요",
        _marked(_of),
        "the value of the action taken is taken off: take off how much worse it is than the best",
        "실제로 한 행동의 값을 뺐습니다. 가장 좋은 행동보다 얼마나 나쁜지를 빼세요",
        _marked(lambda q, a: q.max(axis=1) - q.min(axis=1)),
        "the gap is that of the worst action: take the action in `actions`",
        "가장 나쁜 행동의 차이를 썼습니다. `actions`의 행동을 쓰세요",
        _marked(lambda q, a: q.max(axis=1) - _second(q)),
        "the gap is that of the second best action: take the action in `actions`",
        "두 번째로 좋은 행동의 차이를 썼습니다. `actions`의 행동을 쓰세요",
        _marked(lambda q, a: q.max(axis=1) - q.mean(axis=1)),
        "the mean over the actions is compared with the best: take the action in `actions`",
        "행동들의 평균을 가장 좋은 행동과 비교했습니다. `actions`의 행동을 쓰세요",
        _marked(lambda q, a: q.mean(axis=1) - _of(q, a)),
        "the action is compared with the mean: compare it with the best one",
        "행동을 평균과 비교했습니다. 가장 좋은 행동과 비교하세요",
        _marked(lambda q, a: q.sum(axis=1) - _of(q, a)),
        "the action is compared with the sum: compare it with the best one",
        "행동을 합과 비교했습니다. 가장 좋은 행동과 비교하세요",
        _marked(lambda q, a: q.min(axis=1) - _of(q, a)),
        "the action is compared with the worst one: compare it with the best one, max",
        "행동을 가장 나쁜 행동과 비교했습니다. 가장 좋은 행동과 비교하세요(max)",
        _marked(lambda q, a: _of(q, a) - q.min(axis=1)),
        "it takes off how much better the action is than the worst: how much worse than the best",
        "가장 나쁜 행동보다 얼마나 좋은지를 뺐습니다. 가장 좋은 행동보다 얼마나 나쁜지를 빼세요",
        _marked(lambda q, a: q.max() - _of(q, a)),
        "the maximum is that of the whole batch: take it in each row, axis=1",
        "배치 전체의 최댓값입니다. 행마다 구하세요(axis=1)",
        _marked(lambda q, a: q.max(axis=0)[a] - _of(q, a)),
        "the maximum goes down the batch, axis=0: take it in each row, axis=1",
        "최댓값을 배치 방향(axis=0)으로 구했습니다. 행마다 구하세요(axis=1)",
        _marked(lambda q, a: abs(q).max(axis=1) - _of(q, a)),
        "it takes the largest absolute value: -6 is less than -2, too",
        "절댓값이 가장 큰 것을 썼습니다. -6은 -2보다 작습니다",
        _marked(lambda q, a: abs(q).max(axis=1) - abs(_of(q, a))),
        "it compares absolute values: -6 is less than -2, too",
        "절댓값을 비교했습니다. -6은 -2보다 작습니다",
        _marked(lambda q, a: q.argmax(axis=1) - a),
        "the numbers of the actions are compared: look their values up with them",
        "행동의 번호를 비교했습니다. 그 번호로 값을 찾아 비교하세요",
        _marked(lambda q, a: q.max(axis=1) - a),
        "the number of the action is no value: look the value up with it",
        "행동의 번호는 값이 아닙니다. 그 번호로 값을 찾으세요",
        _marked(lambda q, a: q.argmax(axis=1) - _of(q, a)),
        "argmax is the number of the best action, max its value: take the value",
        "argmax는 가장 좋은 행동의 번호이고 max가 그 값입니다. 값을 쓰세요",
        _marked(lambda q, a: _of(q, a) < q.max(axis=1)),
        "every worse action is marked down by the same: by a share of its own gap",
        "나쁜 행동을 모두 똑같이 깎았습니다. 저마다의 차이만큼 깎으세요",
        _marked(lambda q, a: q.max(axis=1) - q[:, 0]),
        "the gap is that of action 0: take the action in `actions`",
        "0번 행동의 차이를 썼습니다. `actions`의 행동을 쓰세요",
        _marked(lambda q, a: q.max(axis=1) - q[:, -1]),
        "the gap is that of the last action: take the action in `actions`",
        "마지막 행동의 차이를 썼습니다. `actions`의 행동을 쓰세요",
        _marked(lambda q, a: q.max(axis=1) - q[0, a]),
        "every action's value is taken from the first row: pair row i with action i",
        "행동의 값을 모두 첫 행에서 가져왔습니다. i번째 행에서 i번째 행동의 값을 쓰세요",
        _marked(lambda q, a: q.max(axis=1) - q[:, a]),
        "[:, actions] pairs every row with every action: pair row i with action i",
        "[:, actions]는 모든 행을 모든 행동과 짝지웁니다. i번째 행과 i번째 행동을 짝지으세요",
        _marked(lambda q, a: q.max(axis=1)[:, None] - q),
        "every action of every row has a gap there: take the one in `actions`",
        "모든 행동의 차이를 구했습니다. `actions`의 행동만 쓰세요",
        lambda y, q, a, alpha: (y - alpha * _gap(q, a))[:, None],
        "a column [B, 1] instead of [B]: leave out the extra axis",
        "모양이 [B]가 아니라 [B, 1]입니다. 축을 더하지 마세요",
        lambda y, q, a, alpha: y - alpha * _gap(q, a)[:, None],
        "shape (B, B): a column [B, 1] met a row [B], so make both [B]",
        "[B, 1]과 [B]를 더해 모양이 (B, B)가 되었습니다. 둘 다 [B]로 맞추세요",
        lambda y, q, a, alpha: y - alpha * (y - _of(q, a)),
        "the target is compared with Q(s, a_t): the gap lies between two Q-values of one state",
        "타깃을 Q(s, a_t)와 비교했습니다. 행동 차이는 한 상태의 두 큐값 사이의 차이입니다",
        lambda y, q, a, alpha: y - alpha * (q.max(axis=1) - y),
        "the best action is compared with the target: compare it with Q(s, a_t)",
        "가장 좋은 행동을 타깃과 비교했습니다. Q(s, a_t)와 비교하세요",
        lambda y, q, a, alpha: y,
        "the targets come back as they were: take a share of the gap off",
        "타깃이 그대로입니다. 행동 차이의 일부를 빼세요",
        lambda y, q, a, alpha: alpha * _gap(q, a),
        "that is only what has to be taken off: take it off the targets",
        "뺄 값만 구했습니다. 타깃에서 빼세요",
        lambda y, q, a, alpha: -alpha * _gap(q, a),
        "that is only what has to be taken off: take it off the targets",
        "뺄 값만 구했습니다. 타깃에서 빼세요",
        lambda y, q, a, alpha: _gap(q, a),
        "these are the gaps: take a share of them off the targets",
        "행동 차이만 구했습니다. 그 일부를 타깃에서 빼세요",
        lambda y, q, a, alpha: _of(q, a) - alpha * _gap(q, a),
        "it is taken off Q(s, a_t): take it off the target",
        "Q(s, a_t)에서 뺐습니다. 타깃에서 빼세요",
        lambda y, q, a, alpha: q.max(axis=1) - alpha * _gap(q, a),
        "it is taken off the best Q-value: take it off the target",
        "가장 큰 큐값에서 뺐습니다. 타깃에서 빼세요",
        lambda y, q, a, alpha: np.maximum(y - alpha * _gap(q, a), 0),
        "negative targets became 0: leave them as they are",
        "음수인 타깃을 0으로 바꾸었습니다. 그대로 두세요",
        lambda y, q, a, alpha: np.where(y < 0, y, y - alpha * _gap(q, a)),
        "negative targets are left out: their gap counts as well",
        "음수인 타깃은 그대로 두었습니다. 거기서도 행동 차이를 빼세요",
        lambda y, q, a, alpha: np.mean(y - alpha * _gap(q, a)),
        "that is the mean: return a target for each row",
        "타깃을 평균했습니다. 행마다 하나씩 반환하세요",
        lambda y, q, a, alpha: np.sum(y - alpha * _gap(q, a)),
        "the targets are added up: return one for each row",
        "타깃을 모두 더했습니다. 행마다 하나씩 반환하세요",
        lambda y, q, a, alpha: y - alpha * np.mean(_gap(q, a)),
        "every row loses the mean gap: each its own",
        "모든 행에서 평균 차이를 뺐습니다. 행마다 자기 차이를 빼세요",
        lambda y, q, a, alpha: y - alpha * np.sum(_gap(q, a)),
        "every row loses the sum of all gaps: each its own",
        "모든 행에서 차이의 합을 뺐습니다. 행마다 자기 차이를 빼세요",
        lambda y, q, a, alpha: (y - alpha * _gap(q, a))[:1],
        "only the first row has a target: does the loop return too early?",
        "첫 행의 타깃뿐입니다. 반복문이 너무 일찍 return하지 않나요?",
        lambda y, q, a, alpha: (y - alpha * _gap(q, a))[0],
        "only the first row has a target: does the loop return too early?",
        "첫 행의 타깃뿐입니다. 반복문이 너무 일찍 return하지 않나요?",
        lambda y, q, a, alpha: (y - alpha * _gap(q, a))[_gap(q, a) > 0],
        "the rows with the best action are left out: their targets stay as they are",
        "가장 좋은 행동을 한 행이 빠졌습니다. 그 행의 타깃은 그대로입니다",
        lambda y, q, a, alpha: y - alpha / (1 - alpha) * _gap(q, a) if alpha < 1 else y,
        "the share is alpha / (1 - alpha): one step takes off alpha, no more",
        "alpha / (1 - alpha)만큼 뺐습니다. 한 번에 alpha만큼만 빼세요",
    ],
)
def check_advantage_learning_target(targets, q_values, actions, alpha):
    """The advantage-learning targets, [B]."""
    return targets - alpha * _gap(q_values, actions)


def _run(rng):
    """A run with a success before its last evaluation; its means may reach the limit exactly."""
    limit = float(rng.choice([475.0, 195.0, 490.3]))
    share = rng.choice([0.3, 0.6, 0.9])
    while True:
        greedy = np.where(
            rng.random(rng.integers(2, 9)) < share,
            limit + rng.choice([0.0, 0.1, 20.0]),
            limit - rng.choice([0.2, 100.0]),
        )
        if (greedy[:-1] >= limit).any():
            return greedy, limit


def _share(rule):
    """A share by a rule of (greedy, which are solved, index of the first that is)."""
    return lambda greedy, limit: rule(greedy, greedy >= limit, np.argmax(greedy >= limit))


@exercise(
    examples=[
        (np.array([20.0, 480.0, 500.0, 100.0]), 475.0),
        (np.array([20.0, 480.0, 500.0, 100.0, 490.0]), 475.0),
        (np.array([475.0, 480.0, 30.0, 490.0, 485.0, 60.0, 470.0]), 475.0),
        (np.array([500.0, 20.0]), 475.0),
        (np.array([20.0, 30.0, 480.0, 490.3]), 475.0),
        (np.array([190.0, 195.0, 195.0, 200.0, 194.9]), 195.0),
    ],
    random=_run,
    mistakes=[
        _share(lambda g, s, j: s[j:].mean()),
        "the first success itself is counted: count only what comes after it",
        "처음으로 푼 평가까지 셉니다. 그 뒤의 것만 세세요",
        _share(lambda g, s, j: s.mean()),
        "it counts all evaluations: count only those after the first success",
        "모든 평가를 셉니다. 처음으로 푼 뒤의 것만 세세요",
        _share(lambda g, s, j: s[1:].mean()),
        "it leaves out the first evaluation: begin after the first success, wherever it is",
        "첫 평가만 뺐습니다. 처음으로 푼 평가가 어디에 있든 그 뒤부터 세세요",
        _share(lambda g, s, j: 1 - s[j + 1 :].mean()),
        "that is the share that was lost: take the share that stayed",
        "잃어버린 비율입니다. 남아 있는 비율을 구하세요",
        _share(lambda g, s, j: float(s[-1])),
        "that is whether the last evaluation is a success: take all after the first",
        "마지막 평가에서 풀었는지만 봅니다. 처음으로 푼 뒤의 모든 평가를 보세요",
        _share(lambda g, s, j: float(s[j + 1])),
        "it looks at one evaluation after the first success: take all of them",
        "처음으로 푼 바로 다음 평가만 봅니다. 그 뒤를 모두 보세요",
        _share(lambda g, s, j: float(s[j + 1 :].all())),
        "that is whether all of it stayed: take the share",
        "한 번도 놓치지 않았는지만 봅니다. 비율을 구하세요",
        lambda g, limit: (g > limit)[np.argmax(g > limit) + 1 :].mean() if max(g) > limit else 0,
        "a mean of exactly the limit counts as solved: >=",
        "평균이 기준과 같아도 푼 것입니다: >=",
        lambda g, limit: (g > limit)[np.argmax(g >= limit) + 1 :].mean(),
        "a mean of exactly the limit counts as solved, afterwards too: >=",
        "그 뒤에도 평균이 기준과 같으면 푼 것입니다: >=",
        lambda g, limit: (g < limit)[np.argmax(g < limit) + 1 :].mean(),
        "< is the wrong way round: a success reaches the limit, >=",
        "부등호가 거꾸로입니다. 기준 이상이어야 푼 것입니다: >=",
        _share(lambda g, s, j: s[np.argmax(g) + 1 :].mean() if np.argmax(g) < len(g) - 1 else 0.0),
        "it begins after the best evaluation: begin after the first success",
        "가장 좋은 평가 뒤부터 봅니다. 처음으로 푼 뒤부터 보세요",
        _share(lambda g, s, j: s.sum()),
        "that is the number of all successes: take the share of those after the first",
        "성공한 횟수를 모두 세었습니다. 처음으로 푼 뒤의 비율을 구하세요",
        _share(lambda g, s, j: j),
        "that is the place of the first success: take the share of what comes after it",
        "처음으로 푼 평가의 번호입니다. 그 뒤의 비율을 구하세요",
        _share(lambda g, s, j: j / len(g)),
        "that says when the first success came: take the share of what comes after it",
        "처음으로 푼 때를 나타냅니다. 그 뒤의 비율을 구하세요",
        lambda g, limit: (lambda s: s[np.argmax(s) + 1 :].mean())(g >= 475),
        "it uses a limit of its own: take the argument `limit`",
        "기준을 숫자로 써넣었습니다. 인자 `limit`를 쓰세요",
        _share(lambda g, s, j: (s.sum() - 1) / (len(g) - 1)),
        "it is divided by all evaluations but one: divide by those after the first success",
        "전체에서 하나를 뺀 수로 나누었습니다. 처음으로 푼 뒤의 평가 수로 나누세요",
        _share(lambda g, s, j: s[np.argmax(g) + 1 :].mean()),
        "it begins after the best evaluation: begin after the first success",
        "가장 좋은 평가 뒤부터 봅니다. 처음으로 푼 뒤부터 보세요",
        _share(lambda g, s, j: s[:j].mean()),
        "it looks at what came before the first success: look at what came after it",
        "처음으로 풀기 전의 평가를 봅니다. 그 뒤를 보세요",
        _share(lambda g, s, j: s[-2:].mean()),
        "it looks at the last two evaluations: take all after the first success",
        "마지막 두 평가만 봅니다. 처음으로 푼 뒤의 것을 모두 보세요",
        _share(lambda g, s, j: f"{s[j + 1 :].mean():.0%}"),
        "that is text: return a number between 0 and 1",
        "문자열입니다. 0과 1 사이의 숫자를 반환하세요",
        _share(lambda g, s, j: s[j + 1 :].mean() > 0.5),
        "that is 0 or 1, for more than half: return the share itself, unrounded",
        "절반이 넘는지만 0이나 1로 알려 줍니다. 비율을 반올림하지 말고 반환하세요",
        _share(lambda g, s, j: g[j + 1 :].mean() / 500),
        "that is a mean score by 500: take the share of evaluations that reach the limit",
        "평균 점수를 500으로 나누었습니다. 기준에 이른 평가의 비율을 구하세요",
        _share(lambda g, s, j: s[j + 1 :].sum()),
        "that is a number of evaluations: divide by how many come after the first success",
        "평가의 개수입니다. 처음으로 푼 뒤의 평가 수로 나누세요",
        _share(lambda g, s, j: (s.sum() - 1) / (len(g) - j)),
        "divide by the number of evaluations after the first success, without it",
        "처음으로 푼 평가는 빼고, 그 뒤의 평가 수로 나누세요",
        _share(lambda g, s, j: s[j + 1 :].sum() / len(g)),
        "it is divided by the number of all evaluations: divide by those after the first success",
        "전체 평가 수로 나누었습니다. 처음으로 푼 뒤의 평가 수로 나누세요",
        _share(lambda g, s, j: s.sum() / (len(g) - j - 1)),
        "the first success itself is counted, but not in the divisor: leave it out of both",
        "처음으로 푼 평가를 세면서 나누는 수에는 넣지 않았습니다. 둘 다에서 빼세요",
        _share(lambda g, s, j: (s.sum() - 1) / len(g)),
        "it is divided by the number of all evaluations: divide by those after the first success",
        "전체 평가 수로 나누었습니다. 처음으로 푼 뒤의 평가 수로 나누세요",
        _share(lambda g, s, j: g[j + 1 :].mean()),
        "that is a mean score: take the share of evaluations that reach the limit",
        "점수의 평균입니다. 기준에 이른 평가의 비율을 구하세요",
        _share(lambda g, s, j: g[j + 1 :].mean() / g[j]),
        "that compares mean scores: take the share of evaluations that reach the limit",
        "평균 점수끼리 나누었습니다. 기준에 이른 평가의 비율을 구하세요",
        _share(lambda g, s, j: 100 * s[j + 1 :].mean()),
        "that is in per cent: a share lies between 0 and 1",
        "퍼센트입니다. 비율은 0과 1 사이의 숫자입니다",
        _share(lambda g, s, j: s[j + 1 :]),
        "these are the single evaluations: return their share, one number",
        "평가마다 풀었는지를 그대로 반환했습니다. 그 비율, 숫자 하나를 반환하세요",
        _share(lambda g, s, j: s[j + 1 : -1].mean() if len(s) > j + 2 else 0.0),
        "the last evaluation is missing: take all after the first success",
        "마지막 평가가 빠졌습니다. 처음으로 푼 뒤의 것을 모두 쓰세요",
        _share(lambda g, s, j: s[j + 2 :].mean() if len(s) > j + 2 else 0.0),
        "the evaluation right after the first success is missing: count it, too",
        "처음으로 푼 바로 다음 평가가 빠졌습니다. 그것도 세세요",
        _share(lambda g, s, j: (s[:-1] & s[1:]).sum() / s[:-1].sum()),
        "it asks whether each success lasted until the next evaluation: take all after the first",
        "풀 때마다 다음 평가까지 이어졌는지 봅니다. 처음으로 푼 뒤의 평가를 모두 보세요",
        _share(lambda g, s, j: s[j + 1 :].cumprod().mean()),
        "it stops at the first lapse: a later success counts, too",
        "한 번 놓치면 그만 셉니다. 나중에 다시 푼 것도 세세요",
        lambda g, limit: (lambda s: s[np.argmax(s) + 1 :].mean())(g[::-1] >= limit),
        "it goes from the last evaluation to the first: go in the order of the training",
        "마지막 평가에서 첫 평가로 거꾸로 갔습니다. 학습한 순서대로 보세요",
        lambda g, limit: (lambda s: s[np.argmax(s) + 1 :].mean())(np.sort(g) >= limit),
        "the evaluations are sorted: leave them in the order of the training",
        "평가를 크기순으로 늘어놓았습니다. 학습한 순서 그대로 두세요",
        lambda g, limit: (lambda s: s[np.argmax(s) + 1 :].mean())(np.round(g) >= limit),
        "the means are rounded: 194.8 does not reach 195",
        "평균을 반올림했습니다. 194.8은 195에 이르지 못합니다",
        _share(lambda g, s, j: np.median(s[j + 1 :])),
        "that is the median of 0s and 1s: their mean is the share",
        "0과 1의 중앙값을 구했습니다. 비율은 평균입니다",
        _share(lambda g, s, j: s[j + 1 :].sum() / s.sum()),
        "it is divided by the number of successes: divide by all evaluations after the first "
        "success",
        "성공한 횟수로 나누었습니다. 처음으로 푼 뒤의 평가 수로 나누세요",
        _share(lambda g, s, j: s[j + 1 :].mean() if j else 0.0),
        "if the very first evaluation is a success, it gives 0: index 0 is a place like any other",
        "첫 평가에서 바로 풀면 0이 됩니다. 0번도 여느 자리와 같으니 그 뒤를 세세요",
    ],
)
def check_stayed(greedy, limit):
    """The share of the evaluations after the first success that were successes, too."""
    solved = greedy >= limit
    return solved[np.argmax(solved) + 1 :].mean()
