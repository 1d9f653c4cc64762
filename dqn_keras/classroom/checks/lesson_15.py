"""Lesson 15: returns of several steps and the losses of A3C."""

import numpy as np

from dqn_keras.classroom.checks.harness import exercise


def _rollout(rng):
    """Rewards of any kind, as a list or an array; in one case of three the task ended."""
    rewards = rng.integers(-9, 10, rng.integers(1, 7))
    rewards = rewards.astype(rng.choice(["int64", "float32", "float64"]))
    value_after = round(rng.normal(0, 10), 1) if rng.random() < 2 / 3 else 0.0
    discount = float(rng.choice([0.5, 0.8, 0.9, 0.99, 1.0]))
    return rewards.tolist() if rng.random() < 0.5 else rewards, float(value_after), discount


def _returns(rewards, value_after, discount):
    later, returns = value_after, []
    for reward in reversed(np.asarray(rewards, float)):
        later = reward + discount * later
        returns.append(later)
    return np.array(returns[::-1])


def _array(rewards):
    return np.asarray(rewards, float)


@exercise(
    examples=[
        ([1, 1, 1], 20, 0.9),
        ([1, 1, 1], 0, 0.9),
        (np.array([1, 3, -2, 5]), 20.0, 0.9),
        ([2.0], 10.0, 0.5),
        ([4], 0, 0.8),
        (np.array([3.0, -1.0]), -6.0, 0.5),
        (np.array([2, 1]), 8.0, 0.9),
    ],
    random=_rollout,
    number=24,
    mistakes=[
        lambda r, v, g: _returns(r, 0.0, g),
        "it begins with 0: where the rollout stops, value_after takes over",
        "0에서 시작합니다. 롤아웃이 멈춘 곳부터는 value_after가 이어받습니다",
        lambda r, v, g: _returns(r, v / g, g),
        "value_after comes one step later, so it is discounted, too",
        "value_after는 한 스텝 뒤의 것이므로 이것도 감가해야 합니다",
        lambda r, v, g: _returns(r, g * v, g),
        "value_after is discounted twice: it comes one step after the last reward",
        "value_after를 두 번 감가했습니다. value_after는 마지막 보상의 한 스텝 뒤입니다",
        lambda r, v, g: _array(r) + g * v,
        "each step bootstraps on its own; only the last step is followed by value_after",
        "스텝마다 부트스트랩합니다. value_after가 바로 뒤에 오는 것은 마지막 스텝뿐입니다",
        lambda r, v, g: _returns(r, 0, g) + v,
        "value_after is added to each return in full: it is discounted once for each step between",
        "모든 반환값에 value_after를 그대로 더했습니다. 떨어진 스텝 수만큼 감가하세요",
        lambda r, v, g: _returns(r, 0, g) + g * v,
        "value_after is discounted once everywhere: once for each step between",
        "value_after를 모두 한 번만 감가했습니다. 떨어진 스텝 수만큼 감가하세요",
        lambda r, v, g: _returns(r, 0, g) + g ** len(r) * v,
        "value_after is equally far from all steps here: the last one is only one step away",
        "모든 스텝에서 value_after까지의 거리가 같습니다. 마지막 스텝에서는 한 스텝 뒤입니다",
        lambda r, v, g: _returns(r, v, 1.0),
        "the discount factor is lost",
        "감가율이 빠졌습니다",
        lambda r, v, g: _returns(r, v, 0.9),
        "the discount factor is always 0.9: use the argument",
        "감가율이 언제나 0.9입니다. 인자를 쓰세요",
        lambda r, v, g: _returns(r, v, 0.99),
        "the discount factor is always 0.99: use the argument",
        "감가율이 언제나 0.99입니다. 인자를 쓰세요",
        lambda r, v, g: _returns(r, v, g)[::-1],
        "the order is turned: the first return belongs to the first step",
        "순서가 거꾸로입니다. 첫 반환값이 첫 스텝의 것입니다",
        lambda r, v, g: _returns(r[::-1], v, g)[::-1],
        "it adds up from the front: a return is what comes after, so go backwards",
        "앞에서부터 더했습니다. 반환값은 뒤에 오는 것이므로 뒤에서부터 더하세요",
        lambda r, v, g: _returns(r[::-1], v, g),
        "the rewards are taken from the front, and the order is turned: go backwards",
        "보상을 앞에서부터 썼고 순서도 거꾸로입니다. 뒤에서부터 더하세요",
        lambda r, v, g: np.append(_returns(r, v, g), v),
        "value_after stands in the result; it is no step's return",
        "결과에 value_after가 들어 있습니다. 이것은 어떤 스텝의 반환값도 아닙니다",
        lambda r, v, g: np.append(v, _returns(r, v, g)[::-1])[::-1][1:],
        "each return stands one step too early, and value_after is the last: leave it out",
        "반환값이 한 스텝씩 앞에 있고 마지막이 value_after입니다. value_after는 빼세요",
        lambda r, v, g: _returns([*r[:-1], 0], v / g, g),
        "value_after replaces the last reward: it comes after it",
        "마지막 보상 대신 value_after를 썼습니다. value_after는 그다음에 옵니다",
        lambda r, v, g: np.append(_returns(r, 0, g)[1:], v) if v else _returns(r, 0, g),
        "the last return is value_after itself: the last reward comes first",
        "마지막 반환값이 value_after 그대로입니다. 마지막 보상이 먼저입니다",
        lambda r, v, g: _returns(r, v, g)[0],
        "only the first return; asked is one for each step",
        "첫 반환값뿐입니다. 스텝마다 하나씩 구하세요",
        lambda r, v, g: _returns(r, v, g).astype(np.asarray(r).dtype),
        "integers: what type does np.zeros_like(rewards) have here?",
        "정수입니다. 여기서 np.zeros_like(rewards)는 어떤 자료형인가요?",
        lambda r, v, g: _returns(r, v, g).astype(int),
        "the returns are cut to integers: their decimals count",
        "반환값을 정수로 잘랐습니다. 소수점 아래도 필요합니다",
        lambda r, v, g: _returns(g * _array(r), v, g),
        "the reward is discounted along with the future",
        "미래와 함께 보상까지 감가했습니다",
        lambda r, v, g: _returns(r, v, g**2),
        "the discount factor is squared: the next step is one step away",
        "감가율을 두 번 곱했습니다. 다음 스텝은 한 스텝 뒤입니다",
        lambda r, v, g: _returns(r, -v, g),
        "value_after is taken off: add it",
        "value_after를 뺐습니다. 더하세요",
        lambda r, v, g: _returns(r, v, g) - _array(r),
        "each step's own reward is missing in its return",
        "반환값에 그 스텝 자신의 보상이 빠졌습니다",
        lambda r, v, g: _array(r),
        "these are the rewards alone: add up what comes after each",
        "보상뿐입니다. 그 뒤에 오는 것을 더하세요",
        lambda r, v, g: g ** np.arange(len(r)) * _array(r),
        "the rewards are discounted, but not added up",
        "보상을 감가했지만 더하지 않았습니다",
        lambda r, v, g: _returns(r, v, g).sum(),
        "that is the sum of the returns: return one for each step",
        "반환값의 합입니다. 스텝마다 하나씩 반환하세요",
        lambda r, v, g: _returns(r, v, g) - v,
        "value_after is taken off the returns: that would be an advantage, and only the last one's",
        "반환값에서 value_after를 뺐습니다. 반환값만 구하세요",
        lambda r, v, g: _returns(r, v or 20.0, g),
        "value_after 0 means that the task ended: nothing comes after",
        "value_after가 0이면 과제가 끝난 것입니다. 그 뒤에는 아무것도 오지 않습니다",
        lambda r, v, g: _returns(r, v, g)[:, None],
        "a column [T, 1] instead of [T]",
        "모양이 [T]가 아니라 [T, 1]입니다",
    ],
)
def check_n_step_returns(rewards, value_after, discount_factor):
    """The bootstrapped returns of a rollout, [T]."""
    return _returns(rewards, value_after, discount_factor)


def _played(rng):
    """A rollout as the lesson's cells pass it; only the last step may be an end."""
    steps, actions = rng.integers(1, 6), rng.integers(1, 5)
    dtype = rng.choice(["float32", "float64"], p=[0.8, 0.2])
    logits = rng.normal(0, 2, [steps, actions]).round(1).astype(dtype)
    values = rng.normal(0, 9, steps + 1).round(1).astype(dtype)  # after an end the last is a decoy
    taken, rewards = rng.integers(actions, size=steps), rng.normal(0, 5, steps).round(1)
    ended = np.arange(steps) == steps - 1 if rng.random() < 0.4 else np.zeros(steps, bool)
    as_lists = rng.random() < 0.5
    return (
        logits,
        taken.tolist() if as_lists else taken,
        rewards.tolist() if as_lists else rewards.astype(dtype),
        values[:-1],
        values[1:],
        ended.tolist() if as_lists else ended,
        float(rng.choice([0.5, 0.9, 0.99])),
        float(rng.choice([0.01, 0.1, 0.5, 2.0])),
    )


def _log_softmax(logits):
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def _value_after(v, n, d):
    return 0.0 if d[-1] else n[-1]


def _losses(
    after=_value_after,
    bonus=lambda log_policy, taken, weight: -weight * np.sum(np.exp(log_policy) * log_policy),
    targets=lambda r, n, d, discount, later: _returns(r, later, discount),
    actor=lambda taken, advantages, log_policy: -np.sum(taken * advantages),
    critic=lambda advantages: np.sum(advantages**2),
    weight_of=lambda returns, v, n: returns - v,
):
    """Both losses by rules: what comes after, the entropy's reward, what is made of the rest."""

    def losses(z, a, r, v, n, d, discount, weight):
        log_policy = _log_softmax(z)
        taken = log_policy[np.arange(len(a)), a]
        returns = targets(np.asarray(r, float), n, np.asarray(d), discount, after(v, n, d))
        actor_loss = actor(taken, weight_of(returns, v, n), log_policy)
        return actor_loss - bonus(log_policy, taken, weight), critic(returns - v)

    return losses


def _punished(log_policy, taken, weight):
    return weight * np.sum(np.exp(log_policy) * log_policy)


def _early(v, n, d):
    return 0.0 if d[-1] else v[-1]


_EARLY = (
    "value_after is the value of the last state played; the state after it is meant",
    "value_after가 마지막으로 행동한 상태의 가치입니다. 그다음 상태의 가치여야 합니다",
)
_LESS = (
    "the entropy has the wrong sign: undecided policies are punished instead of rewarded",
    "엔트로피의 부호가 반대입니다. 정하지 않은 정책이 보상이 아니라 벌을 받습니다",
)
_TWO = (
    "return two numbers, the actor's loss and the critic's",
    "액터의 오류와 크리틱의 오류, 두 숫자를 반환하세요",
)
_AFTER = [
    lambda v, n, d: 0.0,
    "it never bootstraps: a rollout that has not ended goes on after its last step",
    "부트스트랩을 하지 않습니다. 끝나지 않은 롤아웃은 마지막 스텝 뒤에도 이어집니다",
    lambda v, n, d: 0.0 if d[-1] else n[0],
    "it bootstraps from the wrong end: the state after the *last* step counts",
    "반대쪽 끝에서 부트스트랩합니다. *마지막* 스텝의 다음 상태를 쓰세요",
    lambda v, n, d: 0.0 if d[-1] else v[0],
    "the bootstrap is the value of the first state: the state after the last step counts",
    "첫 상태의 가치로 부트스트랩합니다. 마지막 스텝의 다음 상태를 쓰세요",
    lambda v, n, d: 0.0 if d[-1] else n.max(),
    "the bootstrap is the largest value of all: the state after the last step counts",
    "가장 큰 가치로 부트스트랩합니다. 마지막 스텝의 다음 상태를 쓰세요",
    lambda v, n, d: n[-1],
    "it bootstraps past an end: did you use `terminated`?",
    "끝난 뒤의 가치까지 썼습니다. `terminated`를 썼나요?",
    lambda v, n, d: n[-1] if d[-1] else 0.0,
    "`terminated` is the wrong way round: the future counts when it is false",
    "`terminated`를 거꾸로 썼습니다. 미래는 끝나지 않았을 때 더합니다",
    lambda v, n, d: v[-1] if d[-1] else n[-1],
    "after an end nothing comes; it still uses the value of the last state",
    "끝난 뒤에는 아무것도 오지 않습니다. 아직 마지막 상태의 가치를 씁니다",
    lambda v, n, d: v[-1],
    "value_after is the value of the last state played, even after an end",
    "value_after가 마지막으로 행동한 상태의 가치이고, 끝난 뒤에도 그것을 씁니다",
    lambda v, n, d: 0.0 if d[0] else n[-1],
    "terminated[0] is about the first step: an end is the last one's",
    "terminated[0]은 첫 스텝의 것입니다. 끝은 마지막 스텝에 있습니다",
]
_ENTROPY = [
    lambda log_policy, taken, weight: 0.0,
    "the entropy is missing in the actor's loss",
    "액터의 오류에 엔트로피가 없습니다",
    lambda log_policy, taken, weight: -np.sum(np.exp(log_policy) * log_policy),
    "the entropy is there, its weight is not",
    "엔트로피는 있지만 그 가중치가 없습니다",
    lambda log_policy, taken, weight: -0.01 * np.sum(np.exp(log_policy) * log_policy),
    "the entropy's weight is always 0.01: use the argument",
    "엔트로피의 가중치가 언제나 0.01입니다. 인자를 쓰세요",
    lambda log_policy, taken, weight: (
        -weight * np.mean(np.sum(np.exp(log_policy) * log_policy, axis=1))
    ),
    "the entropy is averaged over the steps; the formula has the sum",
    "엔트로피를 스텝에 대해 평균 냈습니다. 수식은 합입니다",
    lambda log_policy, taken, weight: -weight * np.mean(np.exp(log_policy) * log_policy),
    "the entropy is averaged over steps and actions; the formula has sums",
    "엔트로피를 스텝과 행동에 대해 평균 냈습니다. 수식은 합입니다",
    lambda log_policy, taken, weight: -weight * np.sum(np.exp(taken) * taken),
    "the entropy has only the action taken: it sums over all actions",
    "엔트로피에 실제로 한 행동만 있습니다. 모든 행동을 더하세요",
    lambda log_policy, taken, weight: -weight * np.sum(taken),
    "that is the cross-entropy: the entropy is -pi log pi, summed over all actions",
    "그것은 크로스 엔트로피입니다. 엔트로피는 -pi log pi를 모든 행동에 대해 더한 것입니다",
    lambda log_policy, taken, weight: -weight * np.sum(log_policy),
    "the entropy lacks pi in front of log pi",
    "엔트로피의 log pi 앞에 pi가 없습니다",
    lambda log_policy, taken, weight: -weight * np.sum(np.exp(log_policy) * log_policy) / np.log(2),
    "the entropy's logarithm has base 2: use the natural one",
    "엔트로피의 로그는 밑이 2입니다. 자연로그를 쓰세요",
    lambda log_policy, taken, weight: -weight * np.sum(np.exp(log_policy) * log_policy, axis=1),
    "the entropy is one number for each step: add them up",
    "엔트로피가 스텝마다 하나씩 나옵니다. 모두 더하세요",
]


def _two_left():
    """Pairs of mistakes, of which the exercise hands out two."""
    for after, english, korean in zip(*[iter(_AFTER)] * 3, strict=True):
        yield _losses(after, _punished)
        yield f"two mistakes are left: {english}; and the entropy has the wrong sign"
        yield f"두 군데가 남았습니다. {korean}. 그리고 엔트로피의 부호가 반대입니다"
    for bonus, english, korean in zip(*[iter(_ENTROPY)] * 3, strict=True):
        yield _losses(_early, bonus)
        yield f"two mistakes are left: {_EARLY[0]}; and {english}"
        yield f"두 군데가 남았습니다. {_EARLY[1]}. 그리고 {korean}"


@exercise(
    examples=[
        # The lesson's two tests: a critic that is right, and an end without any surprise.
        (
            np.zeros([3, 2], np.float32),
            [0, 1, 0],
            [1, 1, 1],
            np.array([17.29, 18.1, 19.0]),
            np.array([18.1, 19.0, 20.0]),
            [False] * 3,
            0.9,
            0.01,
        ),
        (
            np.zeros([3, 2], np.float32),
            [0, 1, 0],
            [1, 1, 1],
            np.array([2.71, 1.9, 1.0]),
            np.array([1.9, 1.0, 0.0]),
            [False, False, True],
            0.9,
            0.01,
        ),
        # One step; after the end stands a decoy.
        (
            np.array([[1.0, 0.0]], np.float32),
            [1],
            [2.0],
            np.array([5.0]),
            np.array([8.0]),
            [False],
            0.5,
            0.1,
        ),
        (
            np.array([[0.0, 1.0]], np.float32),
            [1],
            [3.0],
            np.array([-4.0]),
            np.array([9.0]),
            [True],
            0.5,
            2.0,
        ),
    ],
    random=_played,
    number=24,
    mistakes=[
        _losses(_early, _punished),
        f"two mistakes are left: {_EARLY[0]}; and the entropy has the wrong sign",
        f"두 군데가 남았습니다. {_EARLY[1]}. 그리고 엔트로피의 부호가 반대입니다",
        _losses(_early),
        f"one mistake is left: {_EARLY[0]}",
        f"한 군데가 남았습니다. {_EARLY[1]}",
        _losses(bonus=_punished),
        f"one mistake is left: {_LESS[0]}",
        f"한 군데가 남았습니다. {_LESS[1]}",
        *(
            part
            for after, *hint in zip(*[iter(_AFTER)] * 3, strict=True)
            for part in (_losses(after), *hint)
        ),
        *(
            part
            for bonus, *hint in zip(*[iter(_ENTROPY)] * 3, strict=True)
            for part in (_losses(bonus=bonus), *hint)
        ),
        *_two_left(),
        _losses(targets=lambda r, n, d, discount, later: r + discount * n * (1 - d)),
        "each step has a target of one step, as in A2C; use the rollout's returns",
        "A2C처럼 스텝마다 한 스텝짜리 타깃을 썼습니다. 롤아웃의 반환값을 쓰세요",
        _losses(targets=lambda r, n, d, discount, later: r + discount * later),
        "each step bootstraps from the last one's state: use the returns of exercise 1",
        "스텝마다 마지막 상태로 부트스트랩합니다. 연습 1의 반환값을 쓰세요",
        _losses(targets=lambda r, n, d, discount, later: _returns(r, later, 1.0)),
        "the discount factor is lost",
        "감가율이 빠졌습니다",
        _losses(targets=lambda r, n, d, discount, later: _returns(r, later, 0.99)),
        "the discount factor is always 0.99: use the argument",
        "감가율이 언제나 0.99입니다. 인자를 쓰세요",
        _losses(targets=lambda r, n, d, discount, later: _returns(r, later, 0.9)),
        "the discount factor is always 0.9: use the argument",
        "감가율이 언제나 0.9입니다. 인자를 쓰세요",
        _losses(actor=lambda taken, advantages, log_policy: np.sum(taken * advantages)),
        "the sign of the policy's part is turned: minus log pi, times returns minus V(s)",
        "정책 쪽의 부호가 반대입니다. -log pi에 (반환값 - V(s))를 곱하세요",
        _losses(
            bonus=_punished,
            actor=lambda taken, advantages, log_policy: np.sum(taken * advantages),
        ),
        "the sign of the whole actor's loss is turned: an optimizer goes downhill",
        "액터의 오류 전체의 부호가 반대입니다. 옵티마이저는 내리막을 따라갑니다",
        _losses(actor=lambda taken, advantages, log_policy: -np.mean(taken * advantages)),
        "the policy's part is averaged over the steps; the formula has the sum",
        "정책 쪽을 스텝에 대해 평균 냈습니다. 수식은 합입니다",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(np.exp(taken) * advantages)),
        "the policy's part lacks the logarithm",
        "정책 쪽에 로그가 없습니다",
        _losses(
            actor=lambda taken, advantages, log_policy: -np.sum(log_policy * advantages[:, None])
        ),
        "the policy's part sums over all actions; pick out the one that was taken",
        "정책 쪽에서 모든 행동을 더했습니다. 실제로 한 행동만 고르세요",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(taken * advantages**2)),
        "the advantages are squared in the actor's loss: a bad surprise looks like a good one",
        "액터의 오류에서 어드밴티지를 제곱했습니다. 나쁜 일도 좋은 일처럼 보입니다",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(taken) * np.sum(advantages)),
        "log pi and advantages are summed before they are multiplied: each step has its own",
        "log pi와 어드밴티지를 먼저 더하고 곱했습니다. 어드밴티지는 스텝마다 따로입니다",
        _losses(weight_of=lambda returns, v, n: returns),
        "the actor uses the returns: take V(s) off, it is the advantage that counts",
        "액터에 반환값을 썼습니다. V(s)를 빼서 어드밴티지를 쓰세요",
        _losses(weight_of=lambda returns, v, n: returns - n),
        "the actor takes off next_values: the advantage is the return minus V(s)",
        "액터에서 next_values를 뺐습니다. 어드밴티지는 반환값에서 V(s)를 뺀 것입니다",
        _losses(critic=np.mean),
        "the critic's errors are averaged, not squared; the formula has the sum of their squares",
        "크리틱의 오차를 제곱하지 않고 평균 냈습니다. 수식은 제곱의 합입니다",
        _losses(critic=lambda advantages: np.mean(advantages**2)),
        "the critic's loss is averaged over the steps; the formula has the sum",
        "크리틱의 오류를 스텝에 대해 평균 냈습니다. 수식은 합입니다",
        _losses(critic=lambda advantages: np.sum(advantages**2) / 2),
        "the critic's loss is halved; asked is the sum of the squares itself",
        "크리틱의 오류를 반으로 나누었습니다. 제곱의 합 그대로 쓰세요",
        _losses(critic=np.sum),
        "the critic's errors are not squared",
        "크리틱의 오차를 제곱하지 않았습니다",
        _losses(critic=lambda advantages: np.sum(advantages) ** 2),
        "the critic's errors are summed before they are squared: square each",
        "크리틱의 오차를 먼저 더하고 제곱했습니다. 하나씩 제곱하세요",
        _losses(critic=lambda advantages: -np.sum(advantages**2)),
        "the critic's sign is turned",
        "크리틱의 부호가 반대입니다",
        _losses(critic=lambda advantages: advantages**2),
        "the critic's loss is one number for each step: add them up",
        "크리틱의 오류가 스텝마다 하나씩 나옵니다. 모두 더하세요",
        lambda *arguments: _losses()(*arguments)[::-1],
        "the two have changed places: first the actor's loss, then the critic's",
        "둘의 자리가 바뀌었습니다. 액터의 오류가 먼저, 크리틱의 오류가 나중입니다",
        lambda *arguments: sum(_losses()(*arguments)),
        f"the two are added up: {_TWO[0]}",
        f"둘을 더했습니다. {_TWO[1]}",
        lambda *arguments: _losses()(*arguments)[0],
        f"that is the actor's loss alone: {_TWO[0]}",
        f"액터의 오류뿐입니다. {_TWO[1]}",
        lambda *arguments: _losses()(*arguments)[1],
        f"that is the critic's loss alone: {_TWO[0]}",
        f"크리틱의 오류뿐입니다. {_TWO[1]}",
    ],
)
def check_a3c_losses(
    logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
):
    """The actor's and the critic's loss of one rollout."""
    return _losses()(
        logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
    )
