"""Lesson 14: the actor-critic."""

from collections.abc import Iterator, MappingView

import keras
import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.harness import Hint, exercise
from dqn_keras.classroom.checks.values import plain, same


def _transitions(rng):
    """A batch of few or many steps; values go on after an end, as decoys."""
    # Few shapes and dtypes: `tf.function` traces an answer anew for each.
    kinds = [(1, "f4", 0.9), (2, "f4", 0.0), (3, "f8", 1.0), (4, "f4", 0.99), (6, "f4", 0.5)]
    batch, dtype, discount = kinds[rng.integers(len(kinds))]
    rewards, values, next_values = (
        rng.normal(0, 10, batch).round(1).astype(dtype) for _ in range(3)
    )
    terminated = rng.random(batch) < rng.choice([0.0, 0.4, 1.0], p=[0.2, 0.6, 0.2])
    return rewards, values, next_values, terminated, discount


def _on(terminated):
    """1 where the task goes on, 0 where it ended."""
    return 1 - np.asarray(terminated, float)


def _right(r, v, n, d, g):
    return r + g * n * _on(d) - v


@exercise(
    examples=[
        # The lesson's table, without the row that is there twice.
        (
            np.array([1, 1, -100], np.float32),
            np.array([5, 5, 5], np.float32),
            np.array([10, 0, 10], np.float32),
            np.array([False, False, True]),
            0.9,
        ),
        (np.array([1.0]), np.array([5.0]), np.array([10.0]), np.array([False]), 0.5),
        (np.array([2.0]), np.array([-3.0]), np.array([4.0]), np.array([True]), 0.8),
        (np.array([-4.0]), np.array([6.0]), np.array([-7.0]), np.array([False]), 0.9),
        (
            np.array([0.0, 3.0]),
            np.array([2.0, 1.0]),
            np.array([8.0, 5.0]),
            np.array([True, False]),
            0.7,
        ),
    ],
    random=_transitions,
    number=30,
    own=("td_advantage",),
    mistakes=[
        lambda r, v, n, d, g: r + g * n - v,
        "it bootstraps past a fall: did you use `terminated`?",
        "쓰러진 뒤의 가치까지 들어 있습니다. `terminated`를 썼나요?",
        lambda r, v, n, d, g: r + g * n * d - v,
        "it keeps the future of ended steps and drops that of all others: `terminated` is the "
        "wrong way round",
        "끝난 스텝의 미래는 남고 다른 스텝의 미래는 사라집니다. `terminated`를 거꾸로 썼습니다",
        lambda r, v, n, d, g: r + n * _on(d) - v,
        "the future counts in full: where is the discount factor?",
        "미래를 그대로 더했습니다. 감가율을 곱하세요",
        lambda r, v, n, d, g: r + 0.9 * n * _on(d) - v,
        "the discount factor is always 0.9: use the argument",
        "감가율이 언제나 0.9입니다. 인자를 쓰세요",
        lambda r, v, n, d, g: r + 0.99 * n * _on(d) - v,
        "the discount factor is always 0.99: use the argument",
        "감가율이 언제나 0.99입니다. 인자를 쓰세요",
        lambda r, v, n, d, g: r + g * n * _on(d),
        "that is the target; the advantage is target minus V(s)",
        "이것은 타깃입니다. 어드밴티지는 타깃에서 V(s)를 뺀 것입니다",
        lambda r, v, n, d, g: -_right(r, v, n, d, g),
        "the sign is turned: better than expected has to be positive",
        "부호가 반대입니다. 기대보다 좋으면 양수여야 합니다",
        lambda r, v, n, d, g: (r + g * n - v) * _on(d),
        "an end makes all 0 here: it cuts only the future, neither reward nor V(s)",
        "끝나면 모두 0이 됩니다. 끝은 미래만 끊고, 보상과 V(s)는 끊지 않습니다",
        lambda r, v, n, d, g: (r + g * n) * _on(d) - v,
        "the reward of the last step is lost: an end cuts only the future",
        "마지막 스텝의 보상이 사라집니다. 끝은 미래만 끊습니다",
        lambda r, v, n, d, g: r + (g * n - v) * _on(d),
        "V(s) is cut where the task ended: what was expected counts there, too",
        "끝난 스텝에서 V(s)까지 끊었습니다. 기대했던 값은 거기서도 빼야 합니다",
        lambda r, v, n, d, g: g * n * _on(d) - v,
        "the reward is missing",
        "보상이 빠졌습니다. 이 스텝의 보상을 더하세요",
        lambda r, v, n, d, g: r - v,
        "the future is missing: what the next state is worth counts, too",
        "미래가 빠졌습니다. 다음 상태의 가치도 더해야 합니다",
        lambda r, v, n, d, g: n - v,
        "that is V(s') minus V(s) alone: reward and discount factor are missing",
        "V(s')에서 V(s)를 뺀 것뿐입니다. 보상과 감가율이 빠졌습니다",
        lambda r, v, n, d, g: r + g * v * _on(d) - n,
        "V(s) and V(s') have changed places",
        "V(s)와 V(s')의 자리가 바뀌었습니다",
        lambda r, v, n, d, g: r + g * v * _on(d) - v,
        "the future is V(s) here: it has to be V(s'), next_values",
        "미래에 V(s)를 썼습니다. V(s'), 즉 next_values를 쓰세요",
        lambda r, v, n, d, g: r + g * (n * _on(d) - v),
        "V(s) is discounted, too; only what comes later is",
        "V(s)까지 감가했습니다. 나중에 오는 것만 감가하세요",
        lambda r, v, n, d, g: r + g * (n - v) * _on(d),
        "V(s) is discounted and cut, too: only V(s') is",
        "V(s)까지 감가하고 끊었습니다. V(s')만 그렇게 하세요",
        lambda r, v, n, d, g: g * (r + n * _on(d)) - v,
        "the discount factor belongs to the future only, not to the reward",
        "감가율은 미래에만 곱합니다. 보상에는 곱하지 않습니다",
        lambda r, v, n, d, g: g * r + n * _on(d) - v,
        "the discount factor is at the reward: it belongs to the future",
        "감가율을 보상에 곱했습니다. 미래에 곱하세요",
        lambda r, v, n, d, g: r + g**2 * n * _on(d) - v,
        "the discount factor is squared: the next state is one step away",
        "감가율을 두 번 곱했습니다. 다음 상태는 한 스텝 뒤입니다",
        lambda r, v, n, d, g: r - g * n * _on(d) - v,
        "the future is subtracted from the reward instead of added",
        "보상에서 미래를 뺐습니다. 빼지 말고 더하세요",
        lambda r, v, n, d, g: r + g * n * _on(d) + v,
        "V(s) is added; it has to be subtracted",
        "V(s)를 더했습니다. 더하지 말고 빼세요",
        lambda r, v, n, d, g: _right(r, v, n, d, g) ** 2,
        "it is squared already; the critic's loss does that",
        "벌써 제곱했습니다. 제곱은 크리틱의 오류함수에서 합니다",
        lambda r, v, n, d, g: abs(_right(r, v, n, d, g)),
        "the sign is lost: better and worse than expected have to differ",
        "부호가 사라졌습니다. 기대보다 좋으면 양수, 나쁘면 음수여야 합니다",
        lambda r, v, n, d, g: np.where(d, -100, r + g * n) - v,
        "every end gets -100: what comes at an end is the step's own reward",
        "끝난 스텝이 모두 -100입니다. 끝에서는 그 스텝의 보상을 쓰세요",
        lambda r, v, n, d, g: np.where(r < 0, r, r + g * n) - v,
        "it takes a negative reward for an end: ask `terminated`",
        "보상이 음수이면 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda r, v, n, d, g: np.mean(_right(r, v, n, d, g)),
        "that is the mean over the batch: each row has its own",
        "배치 전체의 평균을 구했습니다. 행마다 하나씩 반환하세요",
        lambda r, v, n, d, g: np.sum(_right(r, v, n, d, g)),
        "that is the sum over the batch: each row has its own",
        "배치 전체의 합을 구했습니다. 행마다 하나씩 반환하세요",
        lambda r, v, n, d, g: _right(r, v, n, d, g)[:, None],
        "a column [B, 1] instead of [B]",
        "모양이 [B]가 아니라 [B, 1]입니다",
        lambda r, v, n, d, g: (r + g * n * _on(d))[:, None] - v,
        "shape (B, B): a column [B, 1] met a row [B]",
        "모양이 (B, B)입니다. 열 [B, 1]에서 행 [B]를 뺐습니다",
        lambda r, v, n, d, g: r + g * n * _on(d) - v.mean(),
        "the mean of V(s) is subtracted: each row has its own",
        "V(s)의 평균을 뺐습니다. 행마다 자기 값을 빼세요",
        lambda r, v, n, d, g: r + g * n * _on(d) - v[0],
        "the V(s) of the first row is subtracted everywhere: each row has its own",
        "모든 행에서 첫 행의 V(s)를 뺐습니다. 행마다 자기 값을 빼세요",
        lambda r, v, n, d, g: r + g * n * _on(d) - v.sum(),
        "the sum of all V(s) is subtracted: each row has its own",
        "V(s)의 합을 뺐습니다. 행마다 자기 값을 빼세요",
        lambda r, v, n, d, g: g * (r + n * _on(d) - v),
        "everything is discounted: only V(s'), one step later, is",
        "모두 감가했습니다. 한 스텝 뒤의 V(s')만 감가하세요",
        lambda r, v, n, d, g: r * _on(d) + g * n - v,
        "an end cuts the reward here: it has to cut the future, V(s')",
        "끝난 스텝에서 보상을 끊었습니다. 끊어야 하는 것은 미래, 곧 V(s')입니다",
        lambda r, v, n, d, g: np.where(d, r, g * n) - v,
        "the reward counts only at an end: it belongs to every step",
        "끝난 스텝에서만 보상을 더했습니다. 보상은 모든 스텝에서 더합니다",
        lambda r, v, n, d, g: r + g * n * (not d.any()) - v,
        "one end cuts the future of all rows: each row has its own `terminated`",
        "하나만 끝나도 모든 행의 미래가 끊깁니다. 행마다 자기 `terminated`를 쓰세요",
        lambda r, v, n, d, g: r + g * n * (not d.all()) - v,
        "the future is cut only if all rows ended: each row has its own `terminated`",
        "모든 행이 끝나야 미래가 끊깁니다. 행마다 자기 `terminated`를 쓰세요",
        lambda r, v, n, d, g: (r + g * n * _on(d) - v)[~np.asarray(d)],
        "the rows that ended are left out: return one advantage for each row",
        "끝난 행이 빠졌습니다. 행마다 하나씩 반환하세요",
        lambda r, v, n, d, g: r + g * np.roll(v, -1) * _on(d) - v,
        "the V(s) of the next row is used for V(s'): that is in next_values",
        "V(s') 자리에 다음 행의 V(s)를 썼습니다. next_values를 쓰세요",
        lambda r, v, n, d, g: r + g * n.max() * _on(d) - v,
        "the largest V(s') is used for all rows: each row has its own",
        "모든 행에 가장 큰 V(s')를 썼습니다. 행마다 자기 값을 쓰세요",
        lambda r, v, n, d, g: r + g * n * _on(d) - n,
        "V(s') is subtracted: it has to be V(s), values",
        "V(s')를 뺐습니다. V(s), 즉 values를 빼세요",
        lambda r, v, n, d, g: np.maximum(_right(r, v, n, d, g), 0),
        "negative advantages are cut to 0: they say that it went worse than expected",
        "음수인 어드밴티지를 0으로 잘랐습니다. 음수는 기대보다 나빴다는 뜻이므로 그대로 두세요",
        lambda r, v, n, d, g: np.sign(_right(r, v, n, d, g)),
        "only the sign is left: how much better counts, too",
        "부호만 남았습니다. 얼마나 좋았는지도 필요합니다",
        lambda r, v, n, d, g: (r + g * n * _on(d)) / v,
        "the target is divided by V(s): subtract it",
        "타깃을 V(s)로 나누었습니다. 빼세요",
        lambda r, v, n, d, g: np.mean(_right(r, v, n, d, g) ** 2),
        "that is the critic's loss already: return the advantage of each row",
        "벌써 크리틱의 오류함수입니다. 행마다 어드밴티지를 반환하세요",
        lambda r, v, n, d, g: _right(r, v, n, d, g)[0],
        "only the first row: does the loop return too early?",
        "첫 행뿐입니다. 반복문이 너무 일찍 return하지 않나요?",
        lambda r, v, n, d, g: _right(r, v, n, d, g).astype(int),
        "the advantages are cut to integers: their decimals count",
        "어드밴티지를 정수로 잘랐습니다. 소수점 아래도 필요합니다",
        lambda r, v, n, d, g: (r + g * n * _on(d), v),
        "target and V(s) came as a pair: subtract V(s) from the target",
        "타깃과 V(s)를 따로 반환했습니다. 타깃에서 V(s)를 뺀 것을 반환하세요",
    ],
)
def check_advantage(rewards, values, next_values, terminated, discount_factor):
    """The one-step advantages, [B]."""
    return _right(rewards, values, next_values, terminated, discount_factor)


_LOSSES = "(actor's loss, critic's loss)", "(액터의 오류, 크리틱의 오류)"
_LEAK = (
    "the numbers are right; slope of the actor's loss with respect to V(s)",
    "숫자는 맞습니다. V(s)에 대한 액터의 오류의 기울기",
)
_ACTOR = (
    "the numbers are right; slopes of the actor's loss with respect to the logits",
    "숫자는 맞습니다. 로짓에 대한 액터의 오류의 기울기",
)
_CRITIC = (
    "the numbers are right; slope of the critic's loss with respect to V(s)",
    "숫자는 맞습니다. V(s)에 대한 크리틱의 오류의 기울기",
)


def _losses_and_slopes(call, logits, action, value, target):
    """Both losses; if they are right, where their gradients flow, too."""
    policy = np.exp(logits) / np.exp(logits).sum()
    right = {
        _LOSSES: (-np.log(policy[action]) * (target - value), (target - value) ** 2),
        _LEAK: 0.0,
        _ACTOR: (policy - np.eye(len(policy))[action]) * (target - value),
        _CRITIC: -2 * (target - value),
    }
    came = call(logits, action, value, target)
    came = list(came) if isinstance(came, Iterator | MappingView) else came
    seen = {**right, _LOSSES: plain(came)}
    # Slopes are looked at where there are four actions, which is in two examples: in these no
    # mistake gives the right numbers by chance.
    if len(logits) != 4 or not same(seen[_LOSSES], right[_LOSSES]):
        return seen
    if not any(map(tf.is_tensor, tf.nest.flatten(came))):  # in NumPy nothing flows
        return seen | {_ACTOR: np.zeros(4), _CRITIC: 0.0}
    z, v, y = (tf.constant(part, logits.dtype) for part in (logits, value, target))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([z, v])
        try:
            actor, critic = (tf.nest.flatten(loss)[0] for loss in call(z, action, v, y))
        except Hint:
            raise
        except Exception:  # an answer that does not take tensors
            actor, critic = None, None
    for part, loss, variable in ((_LEAK, actor, v), (_ACTOR, actor, z), (_CRITIC, critic, v)):
        slope = tape.gradient(loss, variable) if tf.is_tensor(loss) else None
        seen[part] = np.zeros(variable.shape) if slope is None else plain(slope)
    return seen


def _step(logits, action, value, target):
    """With NumPy's types: `tf.function` traces an answer anew for each Python number."""
    return np.float32(logits), np.int64(action), np.float32(value), np.float32(target)


def _steps(rng):
    """One step: any number of actions, and rather large surprises of either sign."""
    actions = rng.choice([1, 2, 3, 5])
    value = round(rng.normal(0, 9), 1)
    surprise = round(rng.choice([-1, 1]) * rng.uniform(2, 20), 1)  # 0 would hide mistakes
    return (
        rng.normal(0, 2, actions).round(1).astype(np.float32),
        rng.integers(actions),
        np.float32(value),
        np.float32(value + surprise),
    )


def _losses(actor=lambda h, advantage: h * advantage, critic=lambda advantage: advantage**2):
    """Both losses by rules: the actor's of cross-entropy and advantage (and the arguments)."""

    def losses(z, a, v, y):
        log_policy = z - np.log(np.exp(z).sum())
        arguments = (z, a, v, y) if actor.__code__.co_argcount > 2 else ()
        return actor(-log_policy[a], y - v, *arguments), critic(y - v)

    return losses


def _flowing(actor, critic):
    """Both losses in TensorFlow, with right numbers; the rules say where the gradient stops."""

    def losses(z, a, v, y):
        advantage = tf.convert_to_tensor(y, z.dtype) - v
        return actor(-tf.nn.log_softmax(z)[a], advantage), critic(advantage)

    return losses


_stop = tf.stop_gradient


@exercise(
    examples=[
        # The first two rows of the lesson's table: even odds, advantages of 5 and -4.
        _step([0, 0], 1, 5, 10),
        _step([0, 0], 0, 5, 1),
        _step([0.3, 2, -1], 0, 4, 7),
        _step([1, -1], 1, -2, 0.5),
        _step([1, 3, 2], 2, 3, -6),
        _step([1, 2, 0, -1], 2, 3, 5),
        _step([0, 1, 3, 2], 1, 2, -1),
    ],
    random=_steps,
    number=24,
    observe=_losses_and_slopes,
    keeps_tensors=True,
    mistakes=[
        _losses(actor=lambda h, advantage: -h * advantage),
        "the actor's sign is turned: an optimizer goes downhill, so it needs the negative "
        "log-probability",
        "액터의 부호가 반대입니다. 옵티마이저는 내리막을 따라가므로 로그 확률에 마이너스를 "
        "붙이세요",
        _losses(actor=lambda h, advantage, z, a, v, y: h * y),
        "the actor's cross-entropy is multiplied by the target, the lecture's q function; use the "
        "advantage",
        "액터의 크로스 엔트로피에 타깃(강의의 q function)을 곱했습니다. 어드밴티지를 곱하세요",
        _losses(actor=lambda h, advantage, z, a, v, y: h * v),
        "the actor's cross-entropy is multiplied by V(s), which does not depend on the action "
        "and teaches it nothing; use the advantage",
        "액터의 크로스 엔트로피에 V(s)를 곱했습니다. V(s)는 행동에 따라 달라지지 않아 아무것도 "
        "가르쳐 주지 않습니다. 어드밴티지를 곱하세요",
        _losses(actor=lambda h, advantage: h),
        "the actor's cross-entropy stands alone; multiply it by the advantage",
        "액터의 오류가 크로스 엔트로피뿐입니다. 어드밴티지를 곱하세요",
        _losses(actor=lambda h, advantage: h + advantage),
        "the advantage is added to the actor's cross-entropy: multiply",
        "액터의 크로스 엔트로피에 어드밴티지를 더했습니다. 곱하세요",
        _losses(actor=lambda h, advantage: -np.exp(-h) * advantage),
        "the actor's loss lacks the logarithm",
        "액터의 오류함수에 로그가 없습니다. 확률에 로그를 씌우세요",
        _losses(actor=lambda h, advantage: np.exp(-h) * advantage),
        "the actor's loss lacks the logarithm and its minus",
        "액터의 오류함수에 로그와 마이너스가 없습니다. 로그 확률에 마이너스를 붙이세요",
        _losses(actor=lambda h, advantage, z, a, v, y: -z[a] * advantage),
        "the actor's logit is used as it is; it has to go through the softmax",
        "액터의 로짓을 그대로 썼습니다. 소프트맥스를 거쳐야 합니다",
        _losses(actor=lambda h, advantage, z, a, v, y: -np.log(abs(z[a])) * advantage),
        "the logarithm is of the actor's logit; it has to go through the softmax first",
        "액터의 로짓에 로그를 씌웠습니다. 먼저 소프트맥스를 거쳐야 합니다",
        _losses(
            actor=lambda h, advantage, z, a, v, y: (
                (np.log(np.exp(np.exp(z) / np.exp(z).sum()).sum()) - np.exp(-h)) * advantage
            )
        ),
        "the softmax is applied twice in the actor's loss",
        "액터의 오류함수에서 소프트맥스를 두 번 썼습니다. 로짓에 한 번만 쓰세요",
        _losses(actor=lambda h, advantage, z, a, v, y: (h + z[a] - z.max()) * advantage),
        "the actor's loss uses the most likely action, not the one that was taken",
        "액터의 오류함수에 확률이 가장 높은 행동을 썼습니다. 실제로 한 행동을 쓰세요",
        _losses(actor=lambda h, advantage, z, a, v, y: (h + z[a] - z[0]) * advantage),
        "the actor's loss always uses action 0, not the one that was taken",
        "액터의 오류함수에 언제나 0번 행동을 썼습니다. 실제로 한 행동을 쓰세요",
        _losses(actor=lambda h, advantage, z, a, v, y: (h + z[a] - z[-1]) * advantage),
        "the actor's loss always uses the last action, not the one that was taken",
        "액터의 오류함수에 언제나 마지막 행동을 썼습니다. 실제로 한 행동을 쓰세요",
        _losses(actor=lambda h, advantage, z, a, v, y: ((h + z[a]) * len(z) - z.sum()) * advantage),
        "the actor's loss sums over all actions; pick out the one that was taken",
        "액터의 오류함수에서 모든 행동을 더했습니다. 실제로 한 행동만 고르세요",
        _losses(actor=lambda h, advantage, z, a, v, y: (h + z[a] - z.mean()) * advantage),
        "the actor's loss takes the mean over all actions; pick out the one that was taken",
        "액터의 오류함수에서 모든 행동의 평균을 썼습니다. 실제로 한 행동만 고르세요",
        _losses(actor=lambda h, advantage, z, a, v, y: (h + z[a] - z) * advantage),
        "the actor's loss is one number for each action; pick out the one that was taken",
        "액터의 오류가 행동마다 하나씩 나옵니다. 실제로 한 행동만 고르세요",
        _losses(actor=lambda h, advantage: h * advantage**2),
        "the actor's cross-entropy is multiplied by the critic's loss; squared, a bad surprise "
        "looks like a good one",
        "액터에 크리틱의 오류를 곱했습니다. 어드밴티지를 제곱하지 말고 그대로 곱하세요",
        _losses(actor=lambda h, advantage: h * abs(advantage)),
        "the advantage's sign is lost in the actor's loss: a bad surprise looks like a good one",
        "액터의 오류함수에서 어드밴티지의 부호가 사라졌습니다. 부호를 살려 그대로 곱하세요",
        _losses(actor=lambda h, advantage: h * advantage / np.log(2)),
        "the actor's logarithm has base 2: use the natural one",
        "액터의 로그는 밑이 2입니다. 자연로그를 쓰세요",
        _losses(
            actor=lambda h, advantage: -h * advantage, critic=lambda advantage: -(advantage**2)
        ),
        "both signs are turned",
        "둘 다 부호가 반대입니다. 로그 확률에만 마이너스를 붙이세요",
        _losses(actor=lambda h, advantage: -h * advantage, critic=lambda advantage: -advantage),
        "the advantage is V(s) minus target here; and the critic's error is not squared",
        "어드밴티지가 V(s) - 타깃으로 거꾸로입니다. 그리고 크리틱의 오차를 제곱하지 않았습니다",
        _losses(critic=lambda advantage: advantage),
        "the critic's error is not squared",
        "크리틱의 오차를 제곱하지 않았습니다. 제곱하세요",
        _losses(critic=lambda advantage: abs(advantage)),
        "the critic's error is taken without its sign; it has to be squared",
        "크리틱의 오차에 절댓값을 씌웠습니다. 제곱하세요",
        _losses(critic=lambda advantage: -(advantage**2)),
        "the critic's sign is turned: its loss is the square itself",
        "크리틱의 부호가 반대입니다. 크리틱의 오류는 제곱 그대로입니다",
        _losses(critic=lambda advantage: advantage**2 / 2),
        "the critic's loss is halved; asked is the square itself",
        "크리틱의 오류를 반으로 나누었습니다. 제곱 그대로 쓰세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0], y**2),
        "the critic's loss squares the target alone: subtract V(s) first",
        "크리틱의 오류에서 타깃만 제곱했습니다. 먼저 V(s)를 빼세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0], y**2 - v**2),
        "the critic's loss is a difference of squares: square the difference",
        "크리틱의 오류에서 제곱한 다음 뺐습니다. 먼저 빼고 제곱하세요",
        lambda z, a, v, y: _losses()(z, a, v, y)[::-1],
        "the two have changed places: first the actor's loss, then the critic's",
        "둘의 자리가 바뀌었습니다. 액터의 오류가 먼저, 크리틱의 오류가 나중입니다",
        lambda z, a, v, y: sum(_losses()(z, a, v, y)),
        "the two are added up: return two numbers, the actor's loss and the critic's",
        "둘을 더했습니다. 액터의 오류와 크리틱의 오류, 두 숫자를 반환하세요",
        lambda z, a, v, y: _losses()(z, a, v, y)[0],
        "that is the actor's loss alone: return two numbers, the actor's loss and the critic's",
        "액터의 오류뿐입니다. 액터의 오류와 크리틱의 오류, 두 숫자를 반환하세요",
        lambda z, a, v, y: _losses()(z, a, v, y)[1],
        "that is the critic's loss alone: return two numbers, the actor's loss and the critic's",
        "크리틱의 오류뿐입니다. 액터의 오류와 크리틱의 오류, 두 숫자를 반환하세요",
        _flowing(lambda h, advantage: h * advantage, lambda advantage: advantage**2),
        "the actor's loss would move the critic: stop the gradient through the advantage",
        "액터의 오류가 크리틱을 움직입니다. 어드밴티지로 흐르는 그레이디언트를 막으세요",
        _flowing(lambda h, advantage: h * advantage, lambda advantage: _stop(advantage) ** 2),
        "the gradient is stopped in the wrong loss: stop it in the actor's, not in the critic's",
        "그레이디언트를 막은 곳이 바뀌었습니다. 크리틱이 아니라 액터의 오류에서 막으세요",
        _flowing(
            lambda h, advantage: h * _stop(advantage), lambda advantage: _stop(advantage) ** 2
        ),
        "no gradient reaches V(s): stop it in the actor's loss only",
        "그레이디언트가 V(s)에 닿지 않습니다. 액터의 오류에서만 막으세요",
        _flowing(
            lambda h, advantage: h * _stop(advantage),
            lambda advantage: advantage * _stop(advantage),
        ),
        "half of the critic's gradient is stopped: stop it in the actor's loss only",
        "크리틱의 그레이디언트가 반만 흐릅니다. 액터의 오류에서만 막으세요",
        _flowing(lambda h, advantage: _stop(h * advantage), lambda advantage: advantage**2),
        "no gradient reaches the actor's logits: stop it through the advantage alone",
        "그레이디언트가 액터의 로짓에 닿지 않습니다. 어드밴티지로 흐르는 것만 막으세요",
        _flowing(lambda h, advantage: _stop(h) * advantage, lambda advantage: advantage**2),
        "the wrong factor is stopped: the advantage is the fixed weight, log pi has to learn",
        "막을 곳이 바뀌었습니다. log pi가 아니라 어드밴티지로 흐르는 그레이디언트를 막으세요",
        _losses(),
        "no gradient flows at all: write both losses in TensorFlow, since a tape does not follow "
        "NumPy, and stop it through the advantage in the actor's loss alone",
        "그레이디언트가 전혀 흐르지 않습니다. 테이프는 NumPy를 따라가지 못하므로 둘 다 "
        "TensorFlow로 쓰고, 액터의 오류에서 어드밴티지로 흐르는 것만 막으세요",
        _losses(actor=lambda h, advantage: h * advantage / 2),
        "the actor's loss is halved; asked is the product itself",
        "액터의 오류를 반으로 나누었습니다. 곱한 그대로 쓰세요",
        _losses(actor=lambda h, advantage: h * np.sign(advantage)),
        "the actor uses only the sign of the advantage: how much better counts, too",
        "액터가 어드밴티지의 부호만 썼습니다. 얼마나 좋았는지도 곱해야 합니다",
        _losses(actor=lambda h, advantage, z, a, v, y: (h + z[a] - z[a - 1]) * advantage),
        "the actor's loss uses the action before the one taken: actions begin at 0",
        "액터의 오류함수에 실제로 한 행동보다 하나 앞의 행동을 썼습니다. 행동은 0번부터 셉니다",
        _losses(actor=lambda h, advantage, z, a, v, y: h * (y + v)),
        "the actor's weight is target plus value: subtract the value",
        "액터에 타깃과 가치의 합을 곱했습니다. 타깃에서 가치를 빼세요",
        lambda z, a, v, y: (
            keras.losses.sparse_categorical_crossentropy(a, z) * (y - v),
            (y - v) ** 2,
        ),
        "Keras takes the actor's logits for probabilities: say from_logits=True",
        "Keras가 액터의 로짓을 확률로 받아들입니다. from_logits=True를 쓰세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0], _losses()(z, a, v, y)[0] * (y - v)),
        "the critic's loss contains the cross-entropy: it is the squared advantage alone",
        "크리틱의 오류에 크로스 엔트로피가 들어 있습니다. 어드밴티지만 제곱하세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0],) * 2,
        "the actor's loss comes twice: the critic's is the squared advantage",
        "액터의 오류가 두 번 나왔습니다. 크리틱의 오류는 어드밴티지의 제곱입니다",
        lambda z, a, v, y: (_losses()(z, a, v, y)[1],) * 2,
        "the critic's loss comes twice: the actor's is the cross-entropy times the advantage",
        "크리틱의 오류가 두 번 나왔습니다. 액터는 크로스 엔트로피에 어드밴티지를 곱하세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0], y),
        "the critic's loss is the target itself: square its distance from V(s)",
        "크리틱의 오류가 타깃 그대로입니다. 타깃에서 V(s)를 뺀 다음 제곱하세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0], v**2),
        "the critic's loss squares V(s) alone: square target minus V(s)",
        "크리틱의 오류에서 V(s)만 제곱했습니다. 타깃에서 V(s)를 뺀 다음 제곱하세요",
        lambda z, a, v, y: (*_losses()(z, a, v, y), y - v),
        "three numbers came: return two, the actor's loss and the critic's",
        "숫자가 세 개입니다. 액터의 오류와 크리틱의 오류, 두 숫자를 반환하세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0], y**2 - v),
        "the critic's loss squares the target alone: put the difference in brackets",
        "크리틱의 오류에서 타깃만 제곱하고 V(s)를 뺐습니다. 뺄셈을 괄호로 묶어 제곱하세요",
        lambda z, a, v, y: (_losses()(z, a, v, y)[0], None),
        "the critic's loss is still None: it is the squared advantage",
        "크리틱의 오류가 아직 None입니다. 어드밴티지를 제곱하세요",
        _losses(actor=lambda h, advantage: h / advantage),
        "the actor's cross-entropy is divided by the advantage: multiply",
        "액터의 크로스 엔트로피를 어드밴티지로 나누었습니다. 곱하세요",
    ],
)
def check_actor_critic_losses(logits, action, value, target):
    """Both losses of one step; in TensorFlow, since lessons train with it."""
    actor = -tf.nn.log_softmax(logits)[action] * tf.stop_gradient(target - value)
    return actor, tf.square(target - value)
