"""Lesson 15: returns of several steps and the losses of A3C."""

import dataclasses

import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.values import plain, same
from dqn_keras.machinery.language import say


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


def _standardised(returns):
    return (returns - returns.mean()) / (returns.std() + 1e-8)


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
        "0에서 시작했습니다. 마지막 스텝 다음의 가치인 value_after에서 시작하세요",
        lambda r, v, g: _returns(r, v / g, g),
        "value_after comes one step later, so it is discounted, too",
        "value_after는 마지막 보상보다 한 스텝 뒤에 있으므로 감가해서 더하세요",
        lambda r, v, g: _returns(r, g * v, g),
        "value_after is discounted twice: it comes one step after the last reward",
        "value_after를 두 번 감가했습니다. 마지막 보상의 한 스텝 뒤이므로 한 번만 감가하세요",
        lambda r, v, g: _array(r) + g * v,
        "each step bootstraps on its own; only the last step is followed by value_after",
        "스텝마다 부트스트랩했습니다. value_after는 마지막 스텝에만 쓰고, 앞 스텝에는 다음 스텝의 "
        "반환값을 쓰세요",
        lambda r, v, g: _returns(r, 0, g) + v,
        "value_after is added to each return in full: it is discounted once for each step between",
        "모든 반환값에 value_after를 그대로 더했습니다. 떨어진 스텝 수만큼 감가하세요",
        lambda r, v, g: _returns(r, 0, g) + g * v,
        "value_after is discounted once everywhere: once for each step between",
        "value_after를 모두 한 번만 감가했습니다. 떨어진 스텝 수만큼 감가하세요",
        lambda r, v, g: _returns(r, 0, g) + g ** len(r) * v,
        "value_after is equally far from all steps here: the last one is only one step away",
        "모든 스텝에서 value_after를 똑같이 감가했습니다. 마지막 스텝에서는 한 번만 감가하세요",
        lambda r, v, g: _returns(r, v, 1.0),
        "the discount factor is lost",
        "감가율을 쓰지 않았습니다. 한 스텝 뒤로 갈 때마다 한 번씩 곱하세요",
        lambda r, v, g: _returns(r, v, 0.9),
        "the discount factor is always 0.9: use the argument",
        "감가율이 언제나 0.9입니다. 인자를 쓰세요",
        lambda r, v, g: _returns(r, v, 0.99),
        "the discount factor is always 0.99: use the argument",
        "감가율이 언제나 0.99입니다. 인자를 쓰세요",
        lambda r, v, g: _returns(r, v, g)[::-1],
        "the order is turned: the first return belongs to the first step",
        "순서가 거꾸로입니다. 첫 스텝의 반환값이 맨 앞에 오게 하세요",
        lambda r, v, g: _returns(r[::-1], v, g)[::-1],
        "it adds up from the front: a return is what comes after, so go backwards",
        "앞에서부터 더했습니다. 반환값은 뒤에 오는 것이므로 뒤에서부터 더하세요",
        lambda r, v, g: _returns(r[::-1], v, g),
        "the rewards are taken from the front, and the order is turned: go backwards",
        "보상을 앞에서부터 썼고 순서도 거꾸로입니다. 뒤에서부터 더하세요",
        lambda r, v, g: np.append(_returns(r, v, g), v),
        "value_after stands in the result; it is no step's return",
        "결과에 value_after까지 들어 있습니다. 스텝의 반환값만 남기세요",
        lambda r, v, g: np.append(v, _returns(r, v, g)[::-1])[::-1][1:],
        "each step has the return of the next one: add its own reward before you store it",
        "스텝마다 다음 스텝의 반환값이 들어 있습니다. 자기 보상을 더한 다음에 적으세요",
        lambda r, v, g: _returns([*r[:-1], 0], v / g, g),
        "value_after replaces the last reward: it comes after it",
        "마지막 보상 대신 value_after를 썼습니다. 마지막 보상에 감가한 value_after를 더하세요",
        lambda r, v, g: np.append(_returns(r, 0, g)[1:], v) if v else _returns(r, 0, g),
        "the last return is value_after itself: the last reward comes first",
        "마지막 반환값이 value_after 그대로입니다. 마지막 보상에 감가한 value_after를 더하세요",
        lambda r, v, g: _returns(r, v, g)[0],
        "only the first return; asked is one for each step",
        "첫 반환값뿐입니다. 스텝마다 하나씩 구하세요",
        lambda r, v, g: _returns(r, v, g).astype(np.asarray(r).dtype),
        "integers: what type does np.zeros_like(rewards) have here?",
        "결과가 정수로 잘렸습니다. np.zeros_like(rewards)의 자료형을 확인하세요",
        lambda r, v, g: _returns(r, v, g).astype(int),
        "the returns are cut to integers: their decimals count",
        "반환값을 정수로 잘랐습니다. 소수점 아래까지 남겨 두세요",
        lambda r, v, g: _returns(g * _array(r), v, g),
        "the reward is discounted along with the future",
        "그 스텝의 보상까지 감가했습니다. 다음 스텝의 반환값만 감가하세요",
        lambda r, v, g: _returns(r, v, g**2),
        "the discount factor is squared: the next step is one step away",
        "스텝마다 감가율을 두 번 곱했습니다. 한 번만 곱하세요",
        lambda r, v, g: _returns(r, -v, g),
        "value_after is taken off: add it",
        "value_after를 뺐습니다. 더하세요",
        lambda r, v, g: _returns(r, v, g) - _array(r),
        "each step's own reward is missing in its return",
        "반환값에 그 스텝 자신의 보상을 더하지 않았습니다",
        lambda r, v, g: _array(r),
        "these are the rewards alone: add up what comes after each",
        "보상을 그대로 반환했습니다. 그 뒤에 오는 것을 더하세요",
        lambda r, v, g: g ** np.arange(len(r)) * _array(r),
        "the rewards are discounted, but not added up",
        "보상을 감가하기만 했습니다. 뒤에 오는 것을 모두 더하세요",
        lambda r, v, g: np.cumsum(_array(r)) + v,
        "np.cumsum adds up what came before a step; a return is what comes after it, discounted",
        "np.cumsum은 그 스텝까지 받은 보상을 더합니다. 뒤에 오는 보상을 감가해서 더하세요",
        lambda r, v, g: _returns(r, 0, 1.0) + g * v,
        "the rewards are added up without discounting them",
        "보상을 감가하지 않고 더했습니다",
        lambda r, v, g: g * _returns(r, v, g),
        "everything is discounted once too often: a step's own reward counts in full",
        "모두 한 번씩 더 감가했습니다. 그 스텝의 보상은 감가하지 마세요",
        lambda r, v, g: g ** np.arange(len(r)) * _returns(r, v, g),
        "the discounts count from the rollout's start: each return begins with its own step",
        "감가를 롤아웃의 처음부터 셌습니다. 반환값마다 자기 스텝부터 세세요",
        lambda r, v, g: _array(r) + g * _returns(r, v, g),
        "a step's reward is counted twice: discount and add the return of the next step",
        "그 스텝의 보상을 두 번 더했습니다. 다음 스텝의 반환값을 감가해서 더하세요",
        lambda r, v, g: _returns(_array(r) + v, v, g),
        "value_after is added to each reward: only once, after the last step",
        "보상마다 value_after를 더했습니다. 마지막 스텝 뒤에 한 번만 더하세요",
        lambda r, v, g: _returns(_array(r) + g * v, 0, g),
        "each step bootstraps and the sum goes on: value_after comes once, after the last step",
        "스텝마다 부트스트랩한 것을 다시 더했습니다. value_after는 마지막 스텝 뒤에 한 번만 "
        "더하세요",
        lambda r, v, g: _standardised(_returns(r, v, g)),
        "the returns are standardised as in REINFORCE: the critic has to predict them as they are",
        "REINFORCE처럼 표준화했습니다. 크리틱이 예측할 값이므로 반환값 그대로 두세요",
        lambda r, v, g: _returns(r, v, g)[1:],
        "the first step's return is missing",
        "첫 스텝의 반환값이 없습니다. 스텝마다 하나씩 구하세요",
        lambda r, v, g: (_returns(r, v, g), v),
        "that is a pair: return the returns alone",
        "두 가지를 반환했습니다. 반환값만 반환하세요",
        lambda r, v, g: _returns(r, v, g).mean(),
        "that is the mean of the returns: return one for each step",
        "반환값의 평균입니다. 스텝마다 하나씩 반환하세요",
        lambda r, v, g: _returns(r, v, g).sum(),
        "that is the sum of the returns: return one for each step",
        "반환값의 합입니다. 스텝마다 하나씩 반환하세요",
        lambda r, v, g: _returns(r, v, g) - v,
        "value_after is taken off the returns: that would be an advantage, and only the last one's",
        "반환값에서 value_after를 뺐습니다. 빼지 말고 그대로 반환하세요",
        lambda r, v, g: _returns(r, v or 20.0, g),
        "value_after 0 means that the task ended: nothing comes after",
        "value_after가 0일 때 다른 값을 썼습니다. 0은 과제가 끝났다는 뜻이니 그대로 쓰세요",
        lambda r, v, g: _returns(r, v, g)[:, None],
        "a column [T, 1] instead of [T]",
        "모양이 [T]가 아니라 [T, 1]입니다. 한 줄로 반환하세요",
    ],
)
def check_n_step_returns(rewards, value_after, discount_factor):
    """The bootstrapped returns of a rollout, [T]."""
    return _returns(rewards, value_after, discount_factor)


def _played(rng):
    """A rollout as the lesson's cells pass it; only the last step may be an end."""
    # Few shapes and numbers, and arrays: `tf.function` traces an answer anew for each other shape,
    # dtype, plain number and list. Lists are in the examples, with an end and without. Weights are
    # large: beside large advantages a wrong entropy would be lost in what `same` lets pass.
    kinds = [(1, 2, "f4", 0.5, 2.0), (2, 1, "f4", 0.99, 0.5), (5, 4, "f8", 0.9, 0.5)]
    steps, actions, dtype, discount, weight = kinds[rng.integers(len(kinds))]
    logits = rng.normal(0, 2, [steps, actions]).round(1).astype(dtype)
    values = rng.normal(0, 9, steps + 1).round(1).astype(dtype)  # after an end the last is a decoy
    taken, rewards = rng.integers(actions, size=steps), rng.normal(0, 5, steps).round(1)
    ended = np.arange(steps) == steps - 1 if rng.random() < 0.4 else np.zeros(steps, bool)
    return logits, taken, rewards.astype(dtype), values[:-1], values[1:], ended, discount, weight


def _log_softmax(logits):
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def _value_after(v, n, d):
    return 0.0 if d[-1] else n[-1]


_LOSSES = ("the actor's and the critic's loss", "액터와 크리틱의 오류")
_KIND = ("the losses are", "두 오류는")
_ACTOR = ("slopes of the actor's loss, by the logits", "로짓에 대한 액터 오류의 기울기")
_CRITIC = ("slopes of the critic's loss, by the values", "가치에 대한 크리틱 오류의 기울기")


class _Numbers(tuple):
    """Losses of a mistake that is told whether or not they are tensors."""


@dataclasses.dataclass
class _Kind:
    """What the losses are; those of a known mistake may be either."""

    words: tuple[str, str] | None

    def agrees_with(self, other):
        """Is it the same, or does it not matter?"""
        return None in (self.words, other.words) or self == other

    def show(self):
        """In the chosen language."""
        return say(*self.words)


_TENSORS, _PLAIN, _EITHER = _Kind(("tensors", "텐서")), _Kind(("plain", "숫자")), _Kind(None)


def _losses_and_slopes(
    call, logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
):
    """Both losses; if they are right, whether gradients can be taken, and which these are."""
    others = terminated, discount_factor, entropy_weight
    whole = np.asarray(actions, int)
    right = _losses()(logits, whole, rewards, values, next_values, *others)
    slopes = _slopes(logits, whole, rewards, values, next_values, *others)
    # Where no advantage is left, slopes say nothing: those of a root or of abs are any number. Nor
    # do they with one action; and of each graph that a tape watches, one more is made for them.
    telling = right[1] > 0.01 and logits.shape[1] > 1
    logits, values, next_values = (
        tf.constant(part, tf.float32) for part in (logits, values, next_values)
    )
    with tf.GradientTape(persistent=True) as tape:
        if telling:
            tape.watch([logits, values])
        came = call(logits, actions, rewards, values, next_values, *others)
        try:
            actor, critic = losses = came if isinstance(came, _Numbers) else tuple(came)
        except Exception:  # not two of them
            return {_LOSSES: plain(came), _KIND: _EITHER, _ACTOR: slopes[0], _CRITIC: slopes[1]}
    seen = {_LOSSES: tuple(plain(losses)), _KIND: _EITHER, _ACTOR: slopes[0], _CRITIC: slopes[1]}
    if isinstance(losses, _Numbers):
        return seen
    seen[_KIND] = _TENSORS if all(map(tf.is_tensor, losses)) else _PLAIN
    if seen[_KIND] is _TENSORS and same(seen[_LOSSES], right) and telling:
        for part, loss, variable in ((_ACTOR, actor, logits), (_CRITIC, critic, values)):
            slope = tape.gradient(loss, variable)
            seen[part] = None if slope is None else slope.numpy()
    return seen


def _slopes(z, a, r, v, n, d, discount, weight):
    """The slopes of both losses, by formulas: of the actor's by the logits, the critic's by V."""
    log_policy = _log_softmax(z.astype(float))
    policy = np.exp(log_policy)
    advantages = _returns(r, _value_after(v, n, d), discount) - v
    entropies = -(policy * log_policy).sum(axis=1, keepdims=True)
    by_logits = (policy - np.eye(z.shape[1])[a]) * advantages[:, None]
    return by_logits + weight * policy * (log_policy + entropies), -2 * advantages


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
        z, v, n = (np.asarray(part, float) for part in (z, v, n))
        log_policy = _log_softmax(z)
        taken = log_policy[np.arange(len(a)), a]
        returns = targets(np.asarray(r, float), n, np.asarray(d), discount, after(v, n, d))
        actor_loss = actor(taken, weight_of(returns, v, n), log_policy)
        return _Numbers((actor_loss - bonus(log_policy, taken, weight), critic(returns - v)))

    return losses


def _flowing(
    actor=lambda taken, advantages: -tf.reduce_sum(taken * advantages),
    critic=lambda advantages: tf.reduce_sum(advantages**2),
):
    """Both losses in TensorFlow, with right numbers; the rules say where gradients stop."""

    def losses(z, a, r, v, n, d, discount, weight):
        returns = _returns(r, 0.0 if d[-1] else float(n[-1]), discount)
        advantages = tf.cast(returns, tf.float32) - v
        log_policy = tf.nn.log_softmax(z)
        taken = tf.gather(log_policy, a, batch_dims=1)
        minus_entropy = tf.reduce_sum(tf.exp(log_policy) * log_policy)
        return actor(taken, advantages) + weight * minus_entropy, critic(advantages)

    return losses


_stop = tf.stop_gradient


def _punished(log_policy, taken, weight):
    return weight * np.sum(np.exp(log_policy) * log_policy)


def _early(v, n, d):
    return 0.0 if d[-1] else v[-1]


_EARLY = (
    "value_after is the value of the last state played; the state after it is meant",
    "value_after로 마지막에 행동한 상태의 가치를 썼습니다. 그다음 상태의 가치를 쓰세요",
)
_LESS = (
    "the entropy has the wrong sign: it is never below 0, and undecided policies have more of it",
    "엔트로피의 부호가 반대입니다. 음수가 되지 않고 덜 굳은 정책일수록 커지도록 고치세요",
)
_TWO = (
    "return two numbers, the actor's loss and the critic's",
    "액터의 오류와 크리틱의 오류, 두 숫자를 반환하세요",
)
_AFTER = [
    lambda v, n, d: 0.0,
    "it never bootstraps: unless the task ended, the state after the last step has a value",
    "부트스트랩을 하지 않았습니다. 과제가 끝나지 않았으면 마지막 스텝 다음 상태의 가치를 쓰세요",
    lambda v, n, d: 0.0 if d[-1] else n[0],
    "it bootstraps from the wrong end: take the state after the *last* step",
    "첫 스텝의 다음 상태로 부트스트랩했습니다. *마지막* 스텝의 다음 상태를 쓰세요",
    lambda v, n, d: 0.0 if d[-1] else v[0],
    "the bootstrap is the value of the first state: the state after the last step counts",
    "첫 상태의 가치로 부트스트랩했습니다. 마지막 스텝의 다음 상태를 쓰세요",
    lambda v, n, d: 0.0 if d[-1] else n.max(),
    "the bootstrap is the largest value of all: the state after the last step counts",
    "가장 큰 가치로 부트스트랩했습니다. 마지막 스텝의 다음 상태를 쓰세요",
    lambda v, n, d: n[-1],
    "it bootstraps past an end: did you use `terminated`?",
    "과제가 끝났는데도 그 뒤의 가치를 더했습니다. `terminated`로 확인하세요",
    lambda v, n, d: n[-1] if d[-1] else 0.0,
    "`terminated` is the wrong way round: the future counts when it is false",
    "`terminated`를 거꾸로 썼습니다. 끝나지 않았을 때 미래를 더하세요",
    lambda v, n, d: v[-1] if d[-1] else n[-1],
    "after an end nothing comes; it still uses the value of the last state",
    "과제가 끝났을 때 마지막 상태의 가치를 썼습니다. 0을 쓰세요",
    lambda v, n, d: v[-1],
    "value_after is the value of the last state played, even after an end",
    "value_after로 마지막에 행동한 상태의 가치를, 과제가 끝났을 때에도 썼습니다. 그다음 상태의 "
    "가치를 쓰고, 끝났으면 0을 쓰세요",
    lambda v, n, d: 0.0 if d[0] else n[-1],
    "terminated[0] is about the first step: an end is the last one's",
    "terminated[0]은 첫 스텝의 것입니다. 마지막 스텝의 것을 보세요",
]
_ENTROPY = [
    lambda log_policy, taken, weight: 0.0,
    "the entropy is missing in the actor's loss",
    "액터의 오류에 엔트로피가 없습니다. 가중치를 곱해서 빼세요",
    lambda log_policy, taken, weight: -np.sum(np.exp(log_policy) * log_policy),
    "the entropy is there, its weight is not",
    "엔트로피에 가중치를 곱하지 않았습니다",
    lambda log_policy, taken, weight: -0.01 * np.sum(np.exp(log_policy) * log_policy),
    "the entropy's weight is always 0.01: use the argument",
    "엔트로피의 가중치가 언제나 0.01입니다. 인자를 쓰세요",
    lambda log_policy, taken, weight: (
        -weight * np.mean(np.sum(np.exp(log_policy) * log_policy, axis=1))
    ),
    "the entropy is averaged over the steps; the formula has the sum",
    "엔트로피를 스텝에 대해 평균했습니다. 수식대로 더하세요",
    lambda log_policy, taken, weight: -weight * np.mean(np.exp(log_policy) * log_policy),
    "the entropy is averaged over steps and actions; the formula has sums",
    "엔트로피를 스텝과 행동에 대해 평균했습니다. 수식대로 더하세요",
    lambda log_policy, taken, weight: -weight * np.sum(np.exp(taken) * taken),
    "the entropy has only the action taken: it sums over all actions",
    "엔트로피에 실제로 한 행동만 넣었습니다. 모든 행동에 대해 더하세요",
    lambda log_policy, taken, weight: -weight * np.sum(taken),
    "that is the cross-entropy: the entropy is -pi log pi, summed over all actions",
    "엔트로피 대신 크로스 엔트로피를 썼습니다. -pi log pi를 모든 행동에 대해 더하세요",
    lambda log_policy, taken, weight: -weight * np.sum(log_policy),
    "the entropy lacks pi in front of log pi",
    "엔트로피의 log pi에 pi를 곱하지 않았습니다",
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


def _with(change):
    """Both losses, right but for what is made of the arguments."""
    return lambda *arguments: _losses()(*change(*arguments))


def _inputs():
    """Mistakes in what is taken from the arguments, and in how the parts are put together."""
    swap_v_n = _with(lambda z, a, r, v, n, d, g, w: (z, a, r, n, v, d, g, w))
    yield swap_v_n
    yield "values and next_values have changed places"
    yield "values와 next_values의 자리가 바뀌었습니다"
    yield _with(lambda z, a, r, v, n, d, g, w: (z, a, r, v, n, d, w, g))
    yield "discount_factor and entropy_weight have changed places"
    yield "discount_factor와 entropy_weight의 자리가 바뀌었습니다"
    yield _with(lambda z, a, r, v, n, d, g, w: (z, a, r, 0 * np.asarray(v), n, d, g, w))
    yield "V(s) is missing in both losses: the advantage is the return minus V(s)"
    yield "두 오류에 V(s)가 없습니다. 어드밴티지는 반환값 빼기 V(s)로 구하세요"
    yield _with(lambda z, a, r, v, n, d, g, w: (z, a, r[::-1], v, n, d, g, w))
    yield "the rewards are turned round: the returns go backwards by themselves"
    yield "보상의 순서를 뒤집었습니다. 반환값 함수가 뒤에서부터 계산하므로 보상은 그대로 넣으세요"
    yield _with(lambda z, *others: (_softmax(z), *others))
    yield "the softmax is applied twice: log_softmax takes the logits as they are"
    yield "소프트맥스를 두 번 썼습니다. log_softmax에는 로짓을 그대로 넣으세요"

    def next_in_both(z, a, r, v, n, d, discount, weight):
        advantages = _returns(r, _value_after(v, n, d), discount) - n
        log_policy = _log_softmax(np.asarray(z, float))
        taken = log_policy[np.arange(len(a)), a]
        bonus = weight * np.sum(np.exp(log_policy) * log_policy)
        return _Numbers((bonus - np.sum(taken * advantages), np.sum(advantages**2)))

    yield next_in_both
    yield "take V(s) off, not next_values: the advantage is the return minus V(s)"
    yield "반환값에서 next_values를 뺐습니다. V(s)를 빼세요"

    def without_log(z, a, r, v, n, d, discount, weight):
        policy = _softmax(z)
        advantages = _returns(r, _value_after(v, n, d), discount) - v
        minus_entropy = np.sum(np.exp(policy) * policy)
        actor = -np.sum(policy[np.arange(len(a)), a] * advantages) + weight * minus_entropy
        return _Numbers((actor, np.sum(advantages**2)))

    yield without_log
    yield "these are probabilities, not their logarithms: use log_softmax"
    yield "확률의 로그가 아니라 확률을 썼습니다. log_softmax를 쓰세요"

    def advantages_in_the_entropy(z, a, r, v, n, d, discount, weight):
        log_policy = _log_softmax(np.asarray(z, float))
        advantages = _returns(r, _value_after(v, n, d), discount) - v
        taken = log_policy[np.arange(len(a)), a]
        minus_entropies = np.sum(np.exp(log_policy) * log_policy, axis=1)
        return _Numbers(
            (np.sum((weight * minus_entropies - taken) * advantages), np.sum(advantages**2))
        )

    yield advantages_in_the_entropy
    yield "the entropy stands alone: only log pi is multiplied with the advantage"
    yield "엔트로피에도 어드밴티지를 곱했습니다. log pi에만 곱하세요"

    def parts(z, a, r, v, n, d, discount):
        actor, critic = _losses()(z, a, r, v, n, d, discount, 0.0)
        return actor, _losses()(z, a, r, v, n, d, discount, 1.0)[0] - actor, critic

    def product(*case):
        policy_part, minus_entropy, critic = parts(*case[:-1])
        return _Numbers((policy_part * case[-1] * -minus_entropy, critic))

    yield product
    yield "the entropy is multiplied with the policy's part: take it off, times its weight"
    yield "정책 쪽에 엔트로피를 곱했습니다. 곱하지 말고, 가중치를 곱한 엔트로피를 빼세요"

    def weighing_all(*case):
        policy_part, minus_entropy, critic = parts(*case[:-1])
        return _Numbers((case[-1] * (policy_part + minus_entropy), critic))

    yield weighing_all
    yield "entropy_weight weighs the entropy alone, not the policy's part"
    yield "entropy_weight를 정책 쪽에도 곱했습니다. 엔트로피에만 곱하세요"

    def in_the_critic(*case):
        policy_part, minus_entropy, critic = parts(*case[:-1])
        bonus = case[-1] * minus_entropy
        return _Numbers((policy_part + bonus, critic + bonus))

    yield in_the_critic
    yield "the entropy belongs in the actor's loss alone, not in the critic's"
    yield "엔트로피가 크리틱의 오류에도 들어갔습니다. 액터의 오류에만 넣으세요"

    def only_in_the_critic(*case):
        policy_part, minus_entropy, critic = parts(*case[:-1])
        return _Numbers((policy_part, critic + case[-1] * minus_entropy))

    yield only_in_the_critic
    yield "the entropy belongs in the actor's loss; it stands in the critic's"
    yield "엔트로피가 크리틱의 오류에 있습니다. 액터의 오류에 넣으세요"


def _softmax(logits):
    return np.exp(_log_softmax(np.asarray(logits, float)))


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
            np.array([0, 1, 0]),
            np.array([1, 1, 1], np.float32),
            np.array([2.71, 1.9, 1.0]),
            np.array([1.9, 1.0, 0.0]),
            np.array([False, False, True]),
            0.9,
            0.01,
        ),
        # One step; after the end stands a decoy.
        (
            np.array([[1.0, 0.0]], np.float32),
            np.array([1]),
            np.array([2.0], np.float32),
            np.array([3.0]),
            np.array([8.0]),
            np.array([False]),
            0.5,
            2.0,
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
    observe=_losses_and_slopes,
    keeps_tensors=True,
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
        "스텝마다 마지막 상태로 부트스트랩했습니다. 연습 1의 반환값을 쓰세요",
        _losses(targets=lambda r, n, d, discount, later: _returns(r, later, 1.0)),
        "the discount factor is lost",
        "감가율을 쓰지 않았습니다. 한 스텝 뒤로 갈 때마다 한 번씩 곱하세요",
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
        "액터의 오류 전체의 부호가 반대입니다. 옵티마이저가 작게 만들 값이 되도록 고치세요",
        _losses(actor=lambda taken, advantages, log_policy: -np.mean(taken * advantages)),
        "the policy's part is averaged over the steps; the formula has the sum",
        "정책 쪽을 스텝에 대해 평균했습니다. 수식대로 더하세요",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(np.exp(taken) * advantages)),
        "the policy's part lacks the logarithm",
        "정책 쪽에 로그가 없습니다. 확률의 로그를 쓰세요",
        _losses(
            actor=lambda taken, advantages, log_policy: -np.sum(log_policy * advantages[:, None])
        ),
        "the policy's part sums over all actions; pick out the one that was taken",
        "정책 쪽에서 모든 행동을 더했습니다. 실제로 한 행동만 고르세요",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(taken * advantages**2)),
        "the advantages are squared in the actor's loss: a bad surprise looks like a good one",
        "액터의 오류에서 어드밴티지를 제곱해 나쁜 일도 좋은 일처럼 보입니다. 그대로 곱하세요",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(taken) * np.sum(advantages)),
        "each step is multiplied with every other (a column [T, 1] beside a row [T]? sums before "
        "the product?): each log pi has its own advantage",
        "모든 스텝끼리 곱했습니다(열 [T, 1]과 행 [T]를 곱했거나, 더한 다음 곱했나요?). log pi마다 "
        "자기 스텝의 어드밴티지를 곱하세요",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(taken * abs(advantages))),
        "the advantages lose their sign in the actor's loss: a bad surprise looks like a good one",
        "액터의 오류에서 어드밴티지의 부호가 사라져 나쁜 일도 좋은 일처럼 보입니다. 그대로 "
        "곱하세요",
        _losses(
            actor=lambda taken, advantages, log_policy: (
                -np.sum(taken * (advantages - advantages.mean()))
            ),
            critic=lambda advantages: np.sum((advantages - advantages.mean()) ** 2),
        ),
        "the mean of the advantages is taken off: use them as they are",
        "어드밴티지에서 평균을 뺐습니다. 빼지 말고 그대로 쓰세요",
        _losses(
            actor=lambda taken, advantages, log_policy: (
                -np.sum(taken * (advantages - advantages.mean()))
            ),
        ),
        "the mean of the advantages is taken off in the actor's loss: use them as they are",
        "액터의 오류에서 어드밴티지의 평균을 뺐습니다. 빼지 말고 그대로 쓰세요",
        _losses(actor=lambda taken, advantages, log_policy: -np.sum(log_policy[:, 0] * advantages)),
        "it always takes action 0: pick out the action of each step",
        "언제나 0번 행동을 썼습니다. 스텝마다 실제로 한 행동을 고르세요",
        _losses(weight_of=lambda returns, v, n: returns),
        "the actor uses the returns: take V(s) off, it is the advantage that counts",
        "액터에 반환값을 썼습니다. V(s)를 빼서 어드밴티지를 쓰세요",
        _losses(weight_of=lambda returns, v, n: returns - n),
        "the actor takes off next_values: the advantage is the return minus V(s)",
        "액터의 오류에서 V(s) 대신 next_values를 뺐습니다. 반환값에서 V(s)를 빼세요",
        _losses(critic=np.mean),
        "the critic's errors are averaged, not squared; the formula has the sum of their squares",
        "크리틱의 오차를 제곱하지 않고 평균했습니다. 제곱해서 더하세요",
        _losses(critic=lambda advantages: np.mean(advantages**2)),
        "the critic's loss is averaged over the steps; the formula has the sum",
        "크리틱의 오류를 스텝에 대해 평균했습니다. 수식대로 더하세요",
        _losses(critic=lambda advantages: np.sum(advantages**2) / 2),
        "the critic's loss is halved; asked is the sum of the squares itself",
        "크리틱의 오류를 반으로 나누었습니다. 제곱의 합 그대로 쓰세요",
        _losses(critic=np.sum),
        "the critic's errors are not squared",
        "크리틱의 오차를 제곱하지 않았습니다. 하나씩 제곱해서 더하세요",
        _losses(critic=lambda advantages: np.sum(advantages) ** 2),
        "the critic's errors are summed before they are squared: square each",
        "크리틱의 오차를 먼저 더하고 제곱했습니다. 하나씩 제곱하세요",
        _losses(critic=lambda advantages: np.sqrt(np.sum(advantages**2))),
        "there is a root in the critic's loss: asked is the sum of the squares itself",
        "크리틱의 오류에 제곱근을 씌웠습니다. 제곱의 합 그대로 쓰세요",
        _losses(critic=lambda advantages: np.sum(abs(advantages))),
        "the critic's errors are taken without their sign, but not squared",
        "크리틱의 오차를 제곱하지 않고 절댓값을 썼습니다. 제곱하세요",
        _losses(critic=lambda advantages: -np.sum(advantages**2)),
        "the critic's sign is turned",
        "크리틱 오류의 부호가 반대입니다",
        _losses(critic=lambda advantages: advantages**2),
        "the critic's loss is one number for each step: add them up",
        "크리틱의 오류가 스텝마다 하나씩 나옵니다. 모두 더하세요",
        lambda *case: tuple(_losses()(*case)),
        "the numbers are right, but no gradient can be taken: keep to TensorFlow's functions, "
        "such as tf.reduce_sum for np.sum, and drop .numpy()",
        "값은 맞지만 그레이디언트를 구할 수 없습니다. np.sum 대신 tf.reduce_sum처럼 TensorFlow "
        "함수를 쓰고 .numpy()는 빼세요",
        _flowing(critic=lambda advantages: tf.reduce_sum(_stop(advantages) ** 2)),
        "no gradient reaches V(s), so the critic would never learn: use neither stop_gradient nor "
        "NumPy in its loss",
        "V(s)로 그레이디언트가 흐르지 않아 크리틱이 배우지 못합니다. 크리틱의 오류에서는 "
        "stop_gradient도 NumPy도 쓰지 마세요",
        _flowing(lambda taken, advantages: -tf.reduce_sum(_stop(taken) * advantages)),
        "no gradient passes through log pi, so the actor would not learn from its actions: leave "
        "it free of stop_gradient and NumPy",
        "log pi로 그레이디언트가 흐르지 않아 액터가 행동에서 배우지 못합니다. log pi에는 "
        "stop_gradient도 NumPy도 쓰지 마세요",
        lambda *case: (_stop(_flowing()(*case)[0]), _flowing()(*case)[1]),
        "no gradient passes through the actor's loss: stop_gradient is for the advantages alone",
        "액터의 오류로 그레이디언트가 흐르지 않습니다. stop_gradient는 어드밴티지에만 쓰세요",
        _flowing(
            lambda taken, advantages: -tf.reduce_sum(_stop(taken) * advantages),
            lambda advantages: tf.reduce_sum(_stop(advantages) ** 2),
        ),
        "gradients are stopped in both losses: neither actor nor critic would learn",
        "두 오류 모두에서 그레이디언트가 막혀 액터도 크리틱도 배우지 못합니다. stop_gradient를 "
        "지우세요",
        *_inputs(),
        lambda *arguments: _Numbers(_losses()(*arguments)[::-1]),
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
        lambda *arguments: _Numbers(
            (
                *_losses()(*arguments),
                _losses()(*arguments[:-1], 0.0)[0] - _losses()(*arguments[:-1], 1.0)[0],
            )
        ),
        f"three numbers came, and the entropy is in the first already: {_TWO[0]}",
        f"숫자가 세 개입니다. 엔트로피는 이미 첫 번째에 들어 있습니다. {_TWO[1]}",
        lambda *arguments: _Numbers((_losses()(*arguments)[0], None)),
        "the critic's loss is still None: it is the sum of the squared advantages",
        "크리틱의 오류가 아직 None입니다. 어드밴티지를 하나씩 제곱해서 더하세요",
    ],
)
def check_a3c_losses(
    logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
):
    """The actor's and the critic's loss of one rollout."""
    return _flowing()(
        logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
    )
