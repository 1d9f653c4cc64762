"""Lesson 16: where to go next: n-step targets, dueling networks, prioritised replay, PPO."""

import numpy as np

from dqn_keras.classroom.checks.harness import exercise


def _steps(rng):
    """One transition of several steps, with any kind of numbers."""
    rewards = rng.integers(-9, 10, rng.integers(1, 7))
    rewards = rewards.astype(rng.choice(["int64", "float32", "float64"]))
    dtype = rewards.dtype if rewards.dtype.kind == "f" else np.float32
    q_values = rng.normal(0, 10, rng.integers(1, 6)).round(1).astype(dtype)
    return (
        rewards,
        q_values,
        bool(rng.random() < 0.4),
        float(rng.choice([0.5, 0.8, 0.9, 0.99, 1.0])),
    )


def _n_step(
    reward_weights=lambda n, g: g ** np.arange(n),
    future_weight=lambda n, g: g**n,
    best=np.max,
    goes_on=lambda ended: not ended,
):
    """An n-step target of which one part is replaced."""

    def target(r, q, d, g):
        past = np.dot(reward_weights(len(r), g), r)
        return past + future_weight(len(r), g) * best(q) * goes_on(d)

    return target


@exercise(
    examples=[
        # The lesson's three steps.
        (np.array([1, 1, 1], np.float32), np.array([10, 20], np.float32), False, 0.9),
        (np.array([1, 1, 1], np.float32), np.array([10, 20], np.float32), True, 0.9),
        (np.array([1.0]), np.array([7.0, 4.0, 5.5]), False, 0.9),
        (np.array([3.0]), np.array([6.0, 8.0]), True, 0.5),
        (np.array([3.0, 2.0, 8.0]), np.array([10.0, 20.0, 12.0]), False, 0.5),
        (np.array([4.0, -1.0]), np.array([-6.0, -2.0]), False, 0.8),
    ],
    random=_steps,
    mistakes=[
        _n_step(goes_on=lambda ended: True),
        "your target bootstraps past the end: did you use `terminated`?",
        "과제가 끝났는데도 그 뒤의 가치를 더했습니다. `terminated`로 확인하세요",
        _n_step(goes_on=lambda ended: ended),
        "`terminated` is the wrong way round: the future counts when it is false",
        "`terminated`를 거꾸로 썼습니다. 끝나지 않았을 때 가치를 더하세요",
        _n_step(goes_on=lambda ended: ~ended),
        "`~` turns a plain True into -2 and False into -1: use `not` or 1 - terminated",
        "`~`는 True를 -2로, False를 -1로 바꿉니다. `not`이나 1 - terminated를 쓰세요",
        _n_step(future_weight=lambda n, g: g ** (n - 1)),
        "off by one: the value is n steps away, so discount_factor to the power of n",
        "지수가 하나 작습니다. 가치는 n스텝 뒤에 있으므로 discount_factor의 n제곱을 곱하세요",
        _n_step(future_weight=lambda n, g: g ** (n + 1)),
        "off by one: to the power of n, not n + 1",
        "지수가 하나 큽니다. n + 1제곱이 아니라 n제곱을 곱하세요",
        _n_step(future_weight=lambda n, g: g),
        "the value is discounted once, but it is n steps away",
        "가치를 한 번만 감가했습니다. n스텝 뒤에 있으므로 n번 감가하세요",
        _n_step(future_weight=lambda n, g: 1),
        "the value at the end counts in full: discount it",
        "마지막 가치를 그대로 더했습니다. 감가하세요",
        _n_step(future_weight=lambda n, g: g * n),
        "the value is discounted with n times discount_factor: to the power of n",
        "가치에 discount_factor의 n배를 곱했습니다. n제곱을 곱하세요",
        _n_step(reward_weights=lambda n, g: np.ones(n)),
        "the rewards count in full: the k-th one is discounted k times",
        "보상을 그대로 더했습니다. k번째 보상은 k번 감가하세요",
        _n_step(reward_weights=lambda n, g: np.full(n, g)),
        "all rewards are discounted once: the k-th one is discounted k times",
        "모든 보상을 한 번씩 감가했습니다. k번째 보상은 k번 감가하세요",
        _n_step(lambda n, g: np.ones(n), lambda n, g: 1),
        "nothing is discounted: where is the discount factor?",
        "아무것도 감가하지 않았습니다. 감가율을 곱하세요",
        _n_step(lambda n, g: g * np.arange(n)),
        "k times discount_factor: to the power of k",
        "discount_factor의 k배를 곱했습니다. k제곱을 곱하세요",
        _n_step(lambda n, g: 0.9 ** np.arange(n), lambda n, g: 0.9**n),
        "the discount factor is always 0.9: use the argument",
        "감가율이 언제나 0.9입니다. 인자를 쓰세요",
        _n_step(lambda n, g: 0.99 ** np.arange(n), lambda n, g: 0.99**n),
        "the discount factor is always 0.99: use the argument",
        "감가율이 언제나 0.99입니다. 인자를 쓰세요",
        _n_step(reward_weights=lambda n, g: g ** np.arange(1, n + 1)),
        "the first reward is not discounted: begin with the power 0",
        "첫 보상까지 감가했습니다. 첫 보상에는 0제곱을 곱하세요",
        _n_step(lambda n, g: g ** np.arange(1, n + 1), lambda n, g: g ** (n + 1)),
        "everything is discounted once too often: begin with the power 0",
        "모두 한 번씩 더 감가했습니다. 첫 보상에는 0제곱을 곱하세요",
        _n_step(reward_weights=lambda n, g: g ** np.arange(n)[::-1]),
        "the discounts run backwards: the first reward counts in full, the last least",
        "감가한 순서가 거꾸로입니다. 첫 보상은 그대로 두고 마지막 보상을 가장 많이 감가하세요",
        _n_step(lambda n, g: g ** np.arange(n, 0, -1)),
        "the discounts run backwards: begin with the power 0 at the first reward",
        "감가한 순서가 거꾸로입니다. 첫 보상에 0제곱을 곱하는 것부터 시작하세요",
        _n_step(lambda n, g: np.arange(n) == 0, lambda n, g: g),
        "that is the one-step target: the other rewards are missing",
        "한 스텝짜리 타깃입니다. 나머지 보상도 더하세요",
        _n_step(lambda n, g: np.arange(n) == 0),
        "only the first reward is there: add up all n",
        "첫 보상뿐입니다. n개를 모두 더하세요",
        _n_step(lambda n, g: g ** np.arange(n) * (np.arange(n) < n - 1)),
        "the last reward is missing: k runs from 0 to n - 1",
        "마지막 보상을 더하지 않았습니다. k는 0부터 n - 1까지입니다",
        _n_step(lambda n, g: g ** np.arange(n) * (np.arange(n) > 0)),
        "the first reward is missing: k runs from 0 to n - 1",
        "첫 보상을 더하지 않았습니다. k는 0부터 n - 1까지입니다",
        _n_step(reward_weights=lambda n, g: np.zeros(n)),
        "the rewards are missing",
        "보상을 더하지 않았습니다",
        _n_step(future_weight=lambda n, g: 0),
        "the value at the end is missing: after n steps the network is asked",
        "n스텝 뒤의 가치를 더하지 않았습니다. 가장 큰 큐값을 감가해서 더하세요",
        lambda r, q, d, g: (1 - d) * _n_step()(r, q, d, g),
        "an end cuts only the future: the rewards before it were received",
        "과제가 끝났다고 보상까지 지웠습니다. 받은 보상은 더하고, 끝난 뒤의 가치만 0으로 두세요",
        _n_step(future_weight=lambda n, g: -(g**n)),
        "the future is taken off the rewards instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        _n_step(future_weight=lambda n, g: g ** np.arange(n).sum()),
        "the value's discounts are multiplied over all steps: to the power of n",
        "감가율을 스텝마다 겹쳐 곱했습니다. 가치에는 n제곱만 곱하세요",
        _n_step(future_weight=lambda n, g: np.sum(g ** np.arange(1, n + 1))),
        "the value is added at each step: once, after the last",
        "스텝마다 가치를 더했습니다. 마지막 스텝 뒤에 한 번만 더하세요",
        _n_step(best=np.min),
        "it takes the smallest Q-value: Q-learning takes the largest",
        "가장 작은 큐값을 썼습니다. 가장 큰 큐값을 쓰세요",
        _n_step(best=np.mean),
        "it takes the mean Q-value: Q-learning takes the largest",
        "큐값의 평균을 썼습니다. 가장 큰 큐값을 쓰세요",
        _n_step(best=lambda q: q[0]),
        "it always takes action 0: take the largest over the actions",
        "언제나 0번 행동의 큐값을 썼습니다. 가장 큰 큐값을 쓰세요",
        _n_step(best=lambda q: q[-1]),
        "it always takes the last action: take the largest over the actions",
        "언제나 마지막 행동의 큐값을 썼습니다. 가장 큰 큐값을 쓰세요",
        _n_step(best=np.argmax),
        "it uses the index of the best action: argmax says which, max says how much",
        "가장 좋은 행동의 번호(argmax)를 썼습니다. 그 값(max)을 쓰세요",
        _n_step(best=lambda q: abs(q).max()),
        "it takes the largest absolute value: -6 is less than -2, too",
        "절댓값이 가장 큰 것을 썼습니다. 부호까지 보고 가장 큰 것을 쓰세요(-6은 -2보다 작습니다)",
        _n_step(best=lambda q: max(q.max(), 0)),
        "where all Q-values are negative it takes 0: the largest of them counts",
        "큐값이 모두 음수일 때 0을 썼습니다. 음수라도 그중 가장 큰 값을 쓰세요",
        _n_step(best=np.sum),
        "it adds up the Q-values: take the largest",
        "큐값을 더했습니다. 가장 큰 것을 쓰세요",
        _n_step(best=lambda q: q),
        "one number for each action: take the largest Q-value",
        "행동마다 값이 하나씩 나옵니다. 가장 큰 큐값을 쓰세요",
        lambda r, q, d, g: g ** np.arange(len(r)) * r + g ** len(r) * np.max(q) * (not d),
        "one number for each reward: add them up, then add the value once",
        "보상마다 값이 하나씩 나옵니다. 모두 더한 다음 가치를 한 번 더하세요",
        _n_step(lambda n, g: np.arange(n) == n - 1, lambda n, g: g),
        "only the last reward is there: add up all n, and discount the value n times",
        "마지막 보상뿐입니다. n개를 모두 더하고 가치는 n번 감가하세요",
        _n_step(lambda n, g: np.arange(n) == n - 1),
        "only the last reward is there: add up all n",
        "마지막 보상뿐입니다. n개를 모두 더하세요",
        lambda r, q, d, g: np.array([_n_step()(r[k:], q, d, g) for k in range(len(r))]),
        "one number for each step: the first of them is the target",
        "스텝마다 값이 하나씩 나옵니다. 그 가운데 첫 번째가 타깃입니다",
        lambda r, q, d, g: -100 if d else _n_step()(r, q, d, g),
        "an end gives -100 here: the rewards that were received count, whatever they are",
        "과제가 끝났을 때 -100을 썼습니다. 실제로 받은 보상을 더하세요",
        lambda r, q, d, g: r[0] if d else _n_step()(r, q, d, g),
        "after an end only the first reward is left: all n were received",
        "끝났을 때 첫 보상만 남습니다. 받은 보상 n개를 모두 더하세요",
        _n_step(future_weight=lambda n, g: g**3),
        "the value is always discounted 3 times: n is len(rewards)",
        "가치를 언제나 세 번 감가했습니다. n은 len(rewards)입니다",
        _n_step(future_weight=lambda n, g: n * g**n),
        "the value is added n times: once, after the loop",
        "가치를 n번 더했습니다. 반복문이 끝난 다음 한 번만 더하세요",
        lambda r, q, d, g: _n_step()(r, q, True, g) + g ** len(q) * np.max(q) * (not d),
        "the value is discounted once for each action: n is the number of rewards",
        "행동 수만큼 가치를 감가했습니다. n은 보상의 수입니다",
        lambda r, q, d, g: _n_step()(r, q, True, g) * (not d) + g ** len(r) * np.max(q),
        "`terminated` cuts the rewards instead of the value",
        "과제가 끝났을 때 가치가 아니라 보상을 지웠습니다. 가치를 0으로 두세요",
        lambda r, q, d, g: float(int(_n_step()(r, q, d, g))),
        "the target is cut to a whole number: its decimals count",
        "타깃을 정수로 잘랐습니다. 소수점 아래까지 남겨 두세요",
        lambda r, q, d, g: _n_step()(r, q, d, g) / len(r),
        "that is a mean over the steps: the formula has the sum",
        "스텝 수로 나누었습니다. 수식대로 더하기만 하세요",
    ],
)
def check_n_step_target(rewards, last_q_values, terminated, discount_factor):
    """The n-step Q-learning target of one transition, []."""
    return _n_step()(rewards, last_q_values, terminated, discount_factor)


def _two_streams(rng):
    """Values and advantages of any batch and any number of actions."""
    batch, actions = rng.integers(1, 7), rng.integers(1, 6)
    dtype = rng.choice(["float32", "float64"])
    values = rng.normal(0, 9, [batch, 1]).round(1).astype(dtype)
    return values, rng.normal(0, 5, [batch, actions]).round(1).astype(dtype)


def _mean(advantages):
    return advantages.mean(axis=1, keepdims=True)


@exercise(
    examples=[
        (np.array([[10.0]], np.float32), np.array([[1.0, 3.0]], np.float32)),
        (np.array([[-5.0]]), np.array([[2.0, 2.0, 5.0]])),
        (np.array([[2.0], [7.0]]), np.array([[4.0, -2.0], [0.0, 6.0]])),
        # As many rows as columns, so that a mean over the wrong axis has a shape that fits.
        (
            np.array([[10.0], [20.0], [-5.0]], np.float32),
            np.array([[1.0, 3.0, 8.0], [0.0, -6.0, 3.0], [2.0, 2.0, 5.0]], np.float32),
        ),
    ],
    random=_two_streams,
    mistakes=[
        lambda v, a: v + a,
        "the mean advantage is not taken off: value and advantage cannot be told apart",
        "어드밴티지의 평균을 빼지 않았습니다. 빼야 어디까지가 가치인지 정해집니다",
        lambda v, a: v + a - a.mean(axis=0),
        "the mean is over the batch: each state has its own, axis=1",
        "배치 방향으로 평균을 냈습니다. 상태마다 따로 구하세요(axis=1)",
        lambda v, a: v + a - a.mean(axis=1),
        "the means stand beside the actions, not the states: keepdims=True",
        "평균이 상태(행)가 아니라 행동(열)에 맞춰 빠졌습니다. keepdims=True를 쓰세요",
        lambda v, a: v + a - a.mean(),
        "the mean is over everything: each state has its own, axis=1",
        "전체의 평균입니다. 상태마다 따로 구하세요(axis=1)",
        lambda v, a: v + a - a.max(axis=1, keepdims=True),
        "it takes off the largest advantage, the paper's other form: take the mean",
        "가장 큰 어드밴티지를 뺐습니다. 논문에 나오는 다른 방법이지만 여기서는 평균을 빼세요",
        lambda v, a: v + a - a.min(axis=1, keepdims=True),
        "it takes off the smallest advantage: take off the mean",
        "가장 작은 어드밴티지를 뺐습니다. 평균을 빼세요",
        lambda v, a: v + a - np.median(a, axis=1, keepdims=True),
        "it takes off the median: take off the mean",
        "중앙값을 뺐습니다. 평균을 빼세요",
        lambda v, a: v + a + _mean(a),
        "the mean is added: take it off",
        "어드밴티지의 평균을 더했습니다. 더하지 말고 빼세요",
        lambda v, a: a - _mean(a),
        "the value is missing",
        "가치를 더하지 않았습니다",
        lambda v, a: a - _mean(a) - v,
        "the value is taken off: add it",
        "가치를 뺐습니다. 더하세요",
        lambda v, a: v - a + _mean(a),
        "the sign of the advantage is turned: advantage minus mean",
        "어드밴티지의 부호가 반대입니다. 가치에 (어드밴티지 - 평균)을 더하세요",
        lambda v, a: v + a - a.sum(axis=1, keepdims=True),
        "the sum of the advantages is taken off: divide by the number of actions",
        "어드밴티지의 합을 뺐습니다. 합을 행동 수로 나눈 평균을 빼세요",
        lambda v, a: v + a - a.sum(axis=1, keepdims=True) / len(a),
        "the sum is divided by the size of the batch: divide by the number of actions",
        "합을 배치의 크기로 나누었습니다. 행동 수로 나누세요",
        lambda v, a: v + a - a.sum(axis=1, keepdims=True) / 2,
        "the sum is always divided by 2: divide by the number of actions",
        "합을 언제나 2로 나누었습니다. 행동 수로 나누세요",
        lambda v, a: v + a - a.sum(axis=1, keepdims=True) / max(a.shape[1] - 1, 1),
        "the sum is divided by one action less: the mean is over all, the action itself as well",
        "합을 행동 수보다 하나 작은 수로 나누었습니다. 행동 수로 나누세요",
        lambda v, a: v + 0 * a,
        "the advantages are missing",
        "어드밴티지를 더하지 않았습니다",
        lambda v, a: v + _mean(a) + 0 * a,
        "all actions get the mean: add the action's own advantage, take off the mean",
        "모든 행동에 평균만 더했습니다. 행동마다 자기 어드밴티지를 더하고 평균을 빼세요",
        lambda v, a: v - _mean(a) + 0 * a,
        "the action's own advantage is missing",
        "행동마다 자기 어드밴티지를 더하지 않았습니다",
        lambda v, a: v + a - v.mean(),
        "it takes off the mean of the values: take off that of the advantages",
        "가치의 평균을 뺐습니다. 어드밴티지의 평균을 빼세요",
        lambda v, a: v - v.mean() + a - _mean(a),
        "the mean of the values is taken off, too: that of the advantages is enough",
        "가치의 평균까지 뺐습니다. 어드밴티지의 평균만 빼세요",
        lambda v, a: v[0, 0] + a - _mean(a),
        "all states get the first state's value: each has its own",
        "모든 상태에 첫 상태의 가치를 썼습니다. 상태마다 자기 가치를 더하세요",
        lambda v, a: v.mean() + a - _mean(a),
        "all states get the mean value: each has its own",
        "모든 상태에 가치의 평균을 썼습니다. 상태마다 자기 가치를 더하세요",
        lambda v, a: v[:, 0] + a - _mean(a),
        "the values stand beside the actions, not the states: leave them [B, 1]",
        "가치가 상태(행)가 아니라 행동(열)에 맞춰 더해졌습니다. [B, 1] 그대로 쓰세요",
        lambda v, a: v * (a - _mean(a)),
        "value and advantage are multiplied: add them",
        "가치와 어드밴티지를 곱했습니다. 더하세요",
        lambda v, a: v + (a - _mean(a)) / np.maximum(a.std(axis=1, keepdims=True), 1e-9),
        "the advantages are divided by their standard deviation: only their mean is taken off",
        "어드밴티지를 표준편차로 나누었습니다. 평균만 빼세요",
        lambda v, a: v + a / _mean(a),
        "the advantages are divided by their mean: take it off",
        "어드밴티지를 평균으로 나누었습니다. 나누지 말고 평균을 빼세요",
        lambda v, a: v + a - a[:, :1],
        "the first action's advantage is taken off: take off the mean of all actions",
        "첫 행동의 어드밴티지를 뺐습니다. 모든 행동의 평균을 빼세요",
        lambda v, a: v + a - a[:, -1:],
        "the last action's advantage is taken off: take off the mean of all actions",
        "마지막 행동의 어드밴티지를 뺐습니다. 모든 행동의 평균을 빼세요",
        lambda v, a: np.concatenate([v, a], axis=1),
        "value and advantages stand side by side: add the value to each advantage",
        "가치와 어드밴티지를 나란히 붙였습니다. 어드밴티지마다 가치를 더하세요",
        lambda v, a: (v + a) / 2,
        "that is the mean of value and advantage: add them, and take off the mean advantage",
        "가치와 어드밴티지의 평균입니다. 둘을 더하고 어드밴티지의 평균을 빼세요",
        lambda v, a: v + np.exp(a) / np.exp(a).sum(axis=1, keepdims=True),
        "the advantages go through a softmax: take off their mean instead",
        "어드밴티지에 소프트맥스를 씌웠습니다. 그 대신 평균을 빼세요",
        lambda v, a: v + a - abs(a).mean(axis=1, keepdims=True),
        "the mean is over absolute values: negative advantages are negative in it, too",
        "절댓값의 평균을 뺐습니다. 부호를 그대로 두고 평균을 구하세요",
        lambda v, a: v + np.maximum(a - _mean(a), 0),
        "advantages below the mean are cut to 0: leave them negative",
        "평균보다 작은 어드밴티지를 0으로 잘랐습니다. 음수 그대로 두세요",
        lambda v, a: v.sum() + a - _mean(a),
        "the values of all states are added up: each state has its own",
        "모든 상태의 가치를 더했습니다. 상태마다 자기 가치만 더하세요",
        lambda v, a: v + a - a.sum(axis=1, keepdims=True) / a.size,
        "the sum is divided by the number of all entries: divide by the number of actions",
        "합을 배열 전체의 크기로 나누었습니다. 행동 수로 나누세요",
        lambda v, a: (v, a - _mean(a)),
        "these are still two arrays: add them",
        "아직 두 배열입니다. 더하세요",
        lambda v, a: v + a - (v + a).mean(),
        "the mean of all Q-values is taken off: take off each state's mean advantage",
        "큐값 전체의 평균을 뺐습니다. 상태마다 어드밴티지의 평균을 빼세요",
        lambda v, a: (v + a - _mean(a)).max(axis=1),
        "one number a state: return the Q-value of every action",
        "상태마다 숫자가 하나입니다. 모든 행동의 큐값을 반환하세요",
        lambda v, a: (v + a - _mean(a)).ravel(),
        "one long row: return [B, actions]",
        "한 줄로 이어졌습니다. [B, 행동 수]를 반환하세요",
        lambda v, a: (v + a - _mean(a)).T,
        "rows and columns have changed places: return [B, actions]",
        "행과 열이 바뀌었습니다. [B, 행동 수]를 반환하세요",
        lambda v, a: (v + a - _mean(a))[0],
        "only the first state: return a row for each",
        "첫 상태뿐입니다. 상태마다 한 행씩 반환하세요",
    ],
)
def check_dueling(values, advantages):
    """Q-values, [B, A]: the value plus the advantage minus its mean."""
    return values + advantages - _mean(advantages)


def _memory(rng):
    """TD errors of either sign, and how much they count."""
    td_errors = rng.normal(0, 3, rng.integers(2, 7)).round(1)
    dtype = rng.choice(["float32", "float64"])
    alpha, beta = rng.choice([0.3, 0.5, 0.7, 1.0], 2)
    return td_errors.astype(dtype), float(alpha), float(beta), float(rng.choice([0.05, 0.1, 0.5]))


def _over_sum(p):
    return p / p.sum()


def _over_max(weights):
    return weights / weights.max()


def _with_powers(powers, beta):
    probabilities = _over_sum(powers)
    return probabilities, _over_max(probabilities**-beta)


def _prioritised(
    priority=lambda d, e: abs(d) + e,
    probability=lambda p, alpha: _over_sum(p**alpha),
    weight=lambda probability, beta, p: _over_max((len(p) * probability) ** -beta),
    alpha=lambda alpha: alpha,
    beta=lambda beta: beta,
    small=lambda small: small,
):
    """Probabilities and weights, of which one part is replaced."""

    def both(td_errors, alpha_, beta_, small_):
        p = priority(np.asarray(td_errors, float), small(small_))
        probabilities = probability(p, alpha(alpha_))
        return probabilities, weight(probabilities, beta(beta_), p)

    return both


@exercise(
    examples=[
        # By hand: priorities 1 and 3.
        (np.array([1.0, -3.0], np.float32), 1.0, 1.0, 0.0),
        (np.array([0.5, 3.5]), 0.5, 1.0, 0.5),
        (np.array([0.5, -2.5, 8.5]), 1.0, 0.5, 0.5),
        (np.array([0.0, -0.9, 0.3]), 0.7, 0.4, 0.1),
        # alpha 0: the memory of lesson 06; beta 0: all samples weigh the same.
        (np.array([2.0, -1.0, 0.5, 4.0]), 0.0, 0.6, 0.1),
        (np.array([2.0, -1.0, 0.5, 4.0]), 0.6, 0.0, 0.1),
    ],
    random=_memory,
    number=24,
    mistakes=[
        _prioritised(priority=lambda d, e: d + e),
        "a TD error may be negative: take its absolute value",
        "TD 오차는 음수일 수 있습니다. 절댓값을 쓰세요",
        _prioritised(priority=lambda d, e: abs(d + e)),
        "`small` is added to the absolute value, not to the TD error",
        "`small`은 TD 오차가 아니라 그 절댓값에 더하세요",
        _prioritised(priority=lambda d, e: abs(d)),
        "`small` is missing: a sample with TD error 0 would never be drawn",
        "`small`을 더하지 않았습니다. 그러면 TD 오차가 0인 샘플은 한 번도 뽑히지 않습니다",
        _prioritised(priority=lambda d, e: abs(d) * e),
        "`small` is multiplied: add it to the absolute value",
        "`small`을 곱했습니다. 절댓값에 더하세요",
        _prioritised(priority=lambda d, e: np.maximum(abs(d), e)),
        "the larger of the absolute value and `small`: add the two",
        "절댓값과 `small` 가운데 큰 것을 썼습니다. 둘을 더하세요",
        _prioritised(priority=lambda d, e: d**2 + e),
        "the TD error is squared: take its absolute value",
        "TD 오차를 제곱했습니다. 절댓값을 쓰세요",
        _prioritised(priority=lambda d, e: np.maximum(d, 0) + e),
        "negative TD errors are set to 0: a bad surprise counts as much as a good one",
        "음수인 TD 오차를 0으로 바꾸었습니다. 나쁜 쪽으로 놀란 샘플도 중요하므로 절댓값을 쓰세요",
        _prioritised(priority=lambda d, e: 1.0 / (1 + np.argsort(np.argsort(-abs(d))))),
        "these are priorities by rank, the paper's other form: take |TD error| + small",
        "순위로 우선순위를 매겼습니다. 논문의 다른 방법입니다. 여기서는 |TD 오차| + small을 쓰세요",
        _prioritised(alpha=lambda alpha: 1.0),
        "`alpha` has no effect: raise the priorities to the power of alpha",
        "`alpha`가 쓰이지 않았습니다. 우선순위를 alpha제곱하세요",
        _prioritised(probability=lambda p, alpha: _over_sum(alpha * p)),
        "alpha times p: raise p to the power of alpha",
        "alpha를 곱했습니다. p를 alpha제곱하세요",
        _prioritised(probability=lambda p, alpha: _over_sum(p) ** alpha),
        "the power comes after the division, so these do not add up to 1: power first, then divide",
        "나눈 다음 alpha제곱해서 합이 1이 되지 않습니다. 먼저 alpha제곱하고 나중에 나누세요",
        _prioritised(probability=lambda p, alpha: p**alpha / p.sum()),
        "the sum is of the p themselves: divide by the sum of their powers",
        "p의 합으로 나누었습니다. alpha제곱한 것들의 합으로 나누세요",
        _prioritised(probability=lambda p, alpha: p**alpha),
        "the probabilities do not add up to 1: divide by their sum",
        "확률의 합이 1이 아닙니다. 합으로 나누세요",
        _prioritised(probability=lambda p, alpha: _over_max(p**alpha)),
        "the probabilities are divided by the largest: divide by their sum",
        "확률을 가장 큰 값으로 나누었습니다. 합으로 나누세요",
        _prioritised(probability=lambda p, alpha: p**alpha / (p**alpha).mean()),
        "the probabilities are N times too large: divide by the sum, not by the mean",
        "확률이 N배 큽니다. 평균이 아니라 합으로 나누세요",
        _prioritised(probability=lambda p, alpha: _over_sum(p**-alpha)),
        "the power is negative: the largest TD error would be drawn least",
        "지수의 부호가 반대라 TD 오차가 클수록 덜 뽑힙니다. 지수의 마이너스를 지우세요",
        _prioritised(probability=lambda p, alpha: _over_sum(p ** (1 - alpha))),
        "the power is 1 - alpha: take alpha itself",
        "1 - alpha제곱했습니다. alpha제곱하세요",
        _prioritised(probability=lambda p, alpha: _over_sum(np.exp(alpha * p))),
        "that is a softmax: the formula has powers of p, not of e",
        "소프트맥스를 썼습니다. e의 p제곱이 아니라 p의 alpha제곱을 쓰세요",
        _prioritised(probability=lambda p, alpha: np.cumsum(_over_sum(p**alpha))),
        "these are cumulative sums: return the probability of each sample",
        "확률을 누적해서 더했습니다. 샘플마다의 확률을 반환하세요",
        _prioritised(weight=lambda P, beta, p: (len(p) * P) ** -beta),
        "the weights are not divided by the largest of them",
        "가중치를 나누지 않았습니다. 가장 큰 가중치로 나누세요",
        _prioritised(weight=lambda P, beta, p: P**-beta),
        "N is missing in the weights, and the division by the largest of them",
        "가중치에 N도 없고 나누지도 않았습니다. N을 곱하고 가장 큰 가중치로 나누세요",
        _prioritised(weight=lambda P, beta, p: _over_sum((len(p) * P) ** -beta)),
        "the weights are divided by their sum: divide by the largest",
        "가중치를 합으로 나누었습니다. 가장 큰 가중치로 나누세요",
        _prioritised(
            weight=lambda P, beta, p: (len(p) * P) ** -beta / ((len(p) * P) ** -beta).mean()
        ),
        "the weights are divided by their mean: divide by the largest",
        "가중치를 평균으로 나누었습니다. 가장 큰 가중치로 나누세요",
        _prioritised(
            weight=lambda P, beta, p: (len(p) * P) ** -beta / ((len(p) * P) ** -beta).min()
        ),
        "the weights are divided by the smallest: divide by the largest",
        "가중치를 가장 작은 가중치로 나누었습니다. 가장 큰 가중치로 나누세요",
        _prioritised(weight=lambda P, beta, p: (len(p) * P) ** -beta / (len(p) * P).max()),
        "the largest is taken before the power: divide by the largest weight",
        "-beta제곱하기 전의 최댓값으로 나누었습니다. 가장 큰 가중치로 나누세요",
        _prioritised(weight=lambda P, beta, p: _over_max((len(p) * P) ** beta)),
        "the weights' power lacks its minus: who is drawn often must weigh less",
        "가중치의 지수에 마이너스가 없습니다. 자주 뽑히는 샘플일수록 작아지도록 -beta제곱하세요",
        _prioritised(beta=lambda beta: 1.0),
        "`beta` has no effect: raise N P to the power of -beta",
        "`beta`가 쓰이지 않았습니다. N P를 -beta제곱하세요",
        _prioritised(weight=lambda P, beta, p: _over_max(1 / (beta * len(p) * P))),
        "beta is multiplied: raise N P to the power of -beta",
        "beta를 곱했습니다. N P를 -beta제곱하세요",
        _prioritised(weight=lambda P, beta, p: _over_max(-beta * len(p) * P)),
        "times -beta: raise N P to the power of -beta",
        "-beta를 곱했습니다. N P를 -beta제곱하세요",
        _prioritised(weight=lambda P, beta, p: _over_max(1 - P)),
        "the weights are 1 - P: the formula has a power of N P",
        "가중치로 1 - P를 썼습니다. N P를 -beta제곱하세요",
        _prioritised(weight=lambda P, beta, p: _over_max((1 - P) ** beta)),
        "the weights are made of 1 - P: the formula has N P",
        "가중치를 1 - P로 구했습니다. N P를 쓰세요",
        _prioritised(weight=lambda P, beta, p: _over_max(p**-beta)),
        "the weights are made of the priorities: they belong to the probabilities",
        "가중치를 우선순위로 구했습니다. 확률 P로 구하세요",
        _prioritised(weight=lambda P, beta, p: np.ones(len(p))),
        "all samples weigh 1: who is drawn often must weigh less",
        "모든 샘플의 가중치가 1입니다. 자주 뽑히는 샘플일수록 작아지도록 N P를 -beta제곱하세요",
        _prioritised(weight=lambda P, beta, p: P * _over_max((len(p) * P) ** -beta)),
        "the weights are multiplied with the probabilities: the draw does that already",
        "가중치에 확률을 곱했습니다. 확률만큼 뽑히므로 곱하지 않아도 됩니다",
        lambda d, alpha, beta, e: _with_powers(abs(d.astype(float)) ** alpha + e, beta),
        "`small` comes after the power: add it before the power is taken",
        "alpha제곱한 다음 `small`을 더했습니다. 먼저 더하고 나중에 alpha제곱하세요",
        lambda *case: np.array(_prioritised()(*case)).T,
        "one row for each sample: return a pair, all probabilities and all weights",
        "샘플마다 한 행으로 묶었습니다. 확률 전체와 가중치 전체를 차례로 반환하세요",
        lambda *case: _prioritised()(*case)[::-1],
        "the two have changed places: first the probabilities, then the weights",
        "둘의 자리가 바뀌었습니다. 확률이 먼저, 가중치가 나중입니다",
        lambda *case: _prioritised()(*case)[0],
        "these are the probabilities alone: return the weights, too",
        "확률뿐입니다. 가중치도 함께 반환하세요",
        lambda *case: _prioritised()(*case)[1],
        "these are the weights alone: return the probabilities, too",
        "가중치뿐입니다. 확률도 함께 반환하세요",
        lambda d, alpha, beta, e: _prioritised()(d, beta, alpha, e),
        "alpha and beta have changed places",
        "alpha와 beta의 자리가 바뀌었습니다",
        *(
            part
            for name, fixed in (("alpha", 0.6), ("beta", 0.4), ("small", 0.01))
            for part in (
                _prioritised(**{name: lambda _, fixed=fixed: fixed}),
                f"{name} is always {fixed}: use the argument",
                f"{name}의 값이 언제나 {fixed}입니다. 인자를 쓰세요",
            )
        ),
    ],
)
def check_prioritised(td_errors, alpha, beta, small):
    """Of each stored sample the probability of being drawn, and the weight of its loss, [N]."""
    return _prioritised()(td_errors, alpha, beta, small)


def _samples(rng):
    """Ratios on all sides of the limits, and advantages of either sign."""
    batch = rng.integers(1, 7)
    dtype = rng.choice(["float32", "float64"])
    ratios = np.exp(rng.normal(0, 0.5, batch)).round(2) + 0.003  # never just at a limit
    clip = float(rng.choice([0.05, 0.1, 0.2, 0.3, 0.5]))
    return ratios.astype(dtype), rng.normal(0, 3, batch).round(1).astype(dtype), clip


def _near(ratios, clip):
    return np.clip(ratios, 1 - clip, 1 + clip)


def _objective(low=lambda c: 1 - c, high=lambda c: 1 + c):
    """The objective with other limits."""
    return lambda r, a, c: np.minimum(r * a, np.clip(r, low(c), high(c)) * a)


@exercise(
    examples=[
        (np.array([1.5], np.float32), np.array([2.0], np.float32), 0.2),
        (np.array([1.5], np.float32), np.array([-2.0], np.float32), 0.2),
        (np.array([0.5]), np.array([2.0]), 0.2),
        (np.array([0.5]), np.array([-2.0]), 0.2),
        (np.array([1.25]), np.array([4.0]), 0.5),
        (np.array([1.1, 0.7]), np.array([3.0, -3.0]), 0.2),
        (
            np.array([0.5, 1.5, 0.5, 1.5, 1.1, 0.9], np.float32),
            np.array([2.0, 2.0, -2.0, -2.0, 3.0, -3.0], np.float32),
            0.2,
        ),
    ],
    random=_samples,
    mistakes=[
        lambda r, a, c: r * a,
        "nothing is clipped: take the minimum of this and the product with the clipped ratio",
        "비율을 자르지 않았습니다. 자른 비율로도 계산해 작은 것을 쓰세요",
        lambda r, a, c: _near(r, c) * a,
        "it always takes the clipped ratio: a mistake would be forgiven; where is the minimum?",
        "언제나 자른 비율을 썼습니다. 실수를 되돌릴 수 있도록, 자르지 않은 것과 비교해 작은 것을 "
        "쓰세요",
        lambda r, a, c: np.maximum(r * a, _near(r, c) * a),
        "the larger of the two: take the minimum",
        "둘 중 큰 것을 썼습니다. 작은 것을 쓰세요",
        lambda r, a, c: -np.minimum(r * a, _near(r, c) * a),
        "the sign: this is the objective, which grows; a loss would be its negative",
        "부호가 반대입니다. 목표함수는 크게 만들 값이므로 마이너스를 지우세요",
        _objective(lambda c: -c, lambda c: c),
        "the ratio is to stay near 1: clip between 1 - clip and 1 + clip",
        "비율을 0 근처로 잘랐습니다. 1 - clip과 1 + clip 사이로 자르세요",
        _objective(lambda c: 1 / (1 + c)),
        "the lower limit is 1 - clip, not 1 / (1 + clip)",
        "아래 한계는 1 / (1 + clip)이 아니라 1 - clip입니다",
        lambda r, a, c: np.minimum(r * a, np.clip(r * a, 1 - c, 1 + c)),
        "it clips ratio times advantage: clip the ratio alone",
        "비율 곱하기 어드밴티지를 잘랐습니다. 비율만 자르세요",
        lambda r, a, c: np.clip(r * a, 1 - c, 1 + c),
        "it clips ratio times advantage, without a minimum: clip the ratio alone",
        "비율 곱하기 어드밴티지를 잘랐고 작은 것을 고르지도 않았습니다. 비율만 자른 다음 "
        "비교하세요",
        lambda r, a, c: np.minimum(r * a, r * np.clip(a, 1 - c, 1 + c)),
        "it clips the advantage: clip the ratio",
        "어드밴티지를 잘랐습니다. 비율을 자르세요",
        lambda r, a, c: np.minimum(r * a, r * np.clip(a, -c, c)),
        "it clips the advantage to clip: clip the ratio, near 1",
        "어드밴티지를 -clip과 clip 사이로 잘랐습니다. 비율을 1 근처로 자르세요",
        lambda r, a, c: np.minimum(r, _near(r, c)) * a,
        "the minimum of the ratios comes too early: multiply both with the advantage, then compare",
        "비율끼리 먼저 비교했습니다. 둘 다 어드밴티지를 곱한 다음 비교하세요",
        lambda r, a, c: np.maximum(r, _near(r, c)) * a,
        "the maximum of the ratios: multiply both with the advantage, then take the minimum",
        "비율 가운데 큰 것을 썼습니다. 둘 다 어드밴티지를 곱한 다음 작은 것을 쓰세요",
        lambda r, a, c: np.minimum(r * a, np.minimum(r, 1 - c) * a),
        "the ratio is kept below 1 - clip: that is the lower limit, above it lies 1 + clip",
        "비율을 1 - clip보다 작게 했습니다. 1 - clip은 아래 한계이고 위 한계는 1 + clip입니다",
        lambda r, a, c: np.minimum(r * a, np.minimum(r, 1 + c) * a),
        "only the upper side is clipped: with a negative advantage the lower one counts, 1 - clip",
        "위쪽만 잘랐습니다. 어드밴티지가 음수이면 아래쪽 한계 1 - clip이 필요합니다",
        lambda r, a, c: np.minimum(r * a, np.maximum(r, 1 - c) * a),
        "only the lower side is clipped: with a positive advantage the upper one counts, 1 + clip",
        "아래쪽만 잘랐습니다. 어드밴티지가 양수이면 위쪽 한계 1 + clip이 필요합니다",
        lambda r, a, c: np.minimum(r * a, (1 + c) * a),
        "instead of the clipped ratio stands 1 + clip: if the advantage is negative, the limit is "
        "1 - clip",
        "자른 비율 대신 1 + clip을 썼습니다. 어드밴티지가 음수일 때의 한계는 1 - clip입니다",
        lambda r, a, c: np.minimum(r * a, (1 - c) * a),
        "instead of the clipped ratio stands 1 - clip: np.clip takes the lower limit first, then "
        "the upper one",
        "자른 비율 대신 1 - clip을 썼습니다. np.clip에는 아래 한계, 위 한계의 차례로 넣으세요",
        *(
            part
            for fixed in (0.1, 0.2, 0.3)
            for part in (
                lambda r, a, c, fixed=fixed: np.minimum(r * a, _near(r, fixed) * a),
                f"clip is always {fixed}: use the argument",
                f"clip이 언제나 {fixed}입니다. 인자를 쓰세요",
            )
        ),
        lambda r, a, c: np.minimum(r, _near(r, c)),
        "where is the advantage?",
        "어드밴티지를 곱하지 않았습니다",
        lambda r, a, c: _near(r, c),
        "these are the clipped ratios: where are the advantage and the minimum?",
        "자른 비율뿐입니다. 어드밴티지를 곱하고, 자르지 않은 것과 비교해 작은 것을 쓰세요",
        lambda r, a, c: np.minimum(r * a, _near(r, c)),
        "the clipped ratio has to be multiplied with the advantage, too",
        "자른 비율에도 어드밴티지를 곱하세요",
        lambda r, a, c: np.minimum(r, _near(r, c) * a),
        "the plain ratio has to be multiplied with the advantage, too",
        "자르지 않은 비율에도 어드밴티지를 곱하세요",
        lambda r, a, c: np.minimum(r * a, _near(r, c) * a).mean(),
        "the mean comes later: return one number for each sample",
        "평균은 나중에 냅니다. 샘플마다 숫자 하나씩 반환하세요",
        lambda r, a, c: np.minimum(r * a, _near(r, c) * a).sum(),
        "they are added up: return one number for each sample",
        "모두 더했습니다. 샘플마다 숫자 하나씩 반환하세요",
        lambda r, a, c: np.minimum(r * a, _near(r, c) * a).min(),
        "the minimum goes over the batch: compare the two of each sample (np.minimum)",
        "배치 전체에서 가장 작은 값을 골랐습니다. 샘플마다 둘을 비교하세요(np.minimum)",
        lambda r, a, c: r * a + _near(r, c) * a,
        "the two are added: take the smaller one",
        "둘을 더했습니다. 작은 것을 쓰세요",
        lambda r, a, c: np.minimum(r * abs(a), _near(r, c) * abs(a)),
        "the advantage's sign is lost: a mistake would be rewarded",
        "어드밴티지의 부호가 사라져 실수도 칭찬하게 됩니다. 부호 그대로 곱하세요",
        lambda r, a, c: np.minimum(np.log(r) * a, _near(np.log(r), c) * a),
        "`ratios` are ratios already: no logarithm",
        "`ratios`는 이미 비율입니다. 로그를 씌우지 마세요",
        lambda r, a, c: np.minimum(np.exp(r) * a, _near(np.exp(r), c) * a),
        "`ratios` are ratios already: no exp",
        "`ratios`는 이미 비율입니다. exp를 씌우지 마세요",
        lambda r, a, c: np.where(a < 0, _near(r, c), r) * a,
        "clipped only where the advantage is negative: both signs have a limit",
        "어드밴티지가 음수일 때만 잘랐습니다. 양수일 때에도 한계가 있습니다",
        lambda r, a, c: np.where(a > 0, _near(r, c), r) * a,
        "clipped only where the advantage is positive: both signs have a limit, and one each",
        "어드밴티지가 양수일 때만 잘랐습니다. 음수일 때에도 한계가 있고, 한계는 한쪽에만 있습니다",
        lambda r, a, c: np.maximum(np.minimum(r * a, _near(r, c) * a), 0),
        "negative results are cut to 0: bad actions have to count",
        "음수를 0으로 잘랐습니다. 나쁜 행동도 반영하도록 그대로 두세요",
        lambda r, a, c: np.minimum(r * a, _near(r, c) * a.mean()),
        "the clipped ratio is multiplied with the mean advantage: each sample has its own",
        "자른 비율에 어드밴티지의 평균을 곱했습니다. 샘플마다 자기 어드밴티지를 곱하세요",
        lambda r, a, c: np.minimum(r + a, _near(r, c) + a),
        "ratio and advantage are added: multiply them",
        "비율과 어드밴티지를 더했습니다. 곱하세요",
        lambda r, a, c: np.minimum(r - a, _near(r, c) - a),
        "the advantage is taken off the ratio: multiply them",
        "비율에서 어드밴티지를 뺐습니다. 곱하세요",
        lambda r, a, c: np.minimum(a / r, a / _near(r, c)),
        "the advantage is divided by the ratio: multiply them",
        "어드밴티지를 비율로 나누었습니다. 곱하세요",
        lambda r, a, c: np.minimum(a / r, _near(1 / r, c) * a),
        "the ratio is turned upside down: `ratios` are new by old already",
        "비율을 뒤집었습니다. `ratios`는 이미 새 정책 나누기 옛 정책입니다",
        lambda r, a, c: (r * a, _near(r, c) * a),
        "these are both products: take the smaller one of each sample (np.minimum)",
        "두 곱을 모두 반환했습니다. 샘플마다 작은 것을 쓰세요(np.minimum)",
        lambda r, a, c: -np.mean(np.minimum(r * a, _near(r, c) * a)),
        "that is the loss, minus the mean: return the objective of each sample",
        "평균에 마이너스를 붙인 오류함수입니다. 샘플마다 목표함수의 값을 반환하세요",
        lambda r, a, c: np.where((r < 1 - c) | (r > 1 + c), 0, r * a),
        "outside of the limits it gives 0: the ratio is set to the limit there",
        "한계를 벗어난 샘플을 0으로 만들었습니다. 비율을 한계의 값으로 바꾸세요",
        lambda r, a, c: np.minimum(r * a, _near(r, c) * a)[:, None],
        "a column [B, 1] instead of [B]",
        "모양이 [B]가 아니라 [B, 1]입니다. 한 줄로 반환하세요",
    ],
)
def check_clipped_objective(ratios, advantages, clip):
    """PPO's clipped objective of each sample, [B]."""
    return np.minimum(ratios * advantages, _near(ratios, clip) * advantages)
