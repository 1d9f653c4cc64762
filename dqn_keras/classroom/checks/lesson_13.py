"""Lesson 13: policy gradients and REINFORCE."""

import functools

import keras
import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.harness import Hint, exercise
from dqn_keras.classroom.checks.values import plain, same

# Random cases have few shapes and dtypes: an answer decorated with `tf.function` is traced anew
# for each pair of them, and a trace takes longer than a hundred calls.


def _policy_and_action(rng):
    """Probabilities of any number of actions, and one of the actions."""
    odds = rng.integers(1, 10, rng.choice([1, 2, 3, 5])).astype(float)
    probabilities = (odds / odds.sum()).astype(np.float32 if len(odds) == 3 else np.float64)
    return probabilities, int(rng.integers(len(odds)))


def _taken(p, action):
    """1 for the action, 0 for the others."""
    return np.eye(len(p))[action]


@exercise(
    examples=[
        (np.array([0.5, 0.5]), 1),
        (np.array([0.25, 0.75]), 0),
        (np.array([0.2, 0.5, 0.3]), 2),
        (np.array([0.1, 0.2, 0.7]), 0),
        (np.array([0.6, 0.3, 0.1]), 1),
    ],
    random=_policy_and_action,
    mistakes=[
        lambda p, a: p - _taken(p, a),
        "the sign is turned: the action taken must gain, not lose",
        "부호가 반대입니다. 고른 행동의 로짓이 올라가야 합니다",
        lambda p, a: _taken(p, a),
        "only the action taken moves; subtract the probabilities of all actions",
        "고른 행동만 움직입니다. 모든 행동의 확률을 빼야 합니다",
        lambda p, a: -p,
        "the 1 for the action taken is missing",
        "1이 빠졌습니다. 고른 행동의 자리에 1을 더하세요",
        lambda p, a: _taken(p, 0) - p,
        "the 1 belongs to the action taken; here it always belongs to action 0",
        "1이 언제나 0번 행동에 있습니다. 고른 행동의 자리에 두세요",
        lambda p, a: _taken(p, -1) - p,
        "the 1 belongs to the action taken; here it always belongs to the last one",
        "1이 언제나 마지막 행동에 있습니다. 고른 행동의 자리에 두세요",
        lambda p, a: _taken(p, a - 1) - p,
        "the 1 belongs to the action taken; here to the one before (actions begin at 0)",
        "1이 고른 행동보다 하나 앞에 있습니다. 행동은 0번부터 셉니다",
        lambda p, a: _taken(p, np.argmax(p)) - p,
        "the 1 belongs to the action taken; here it belongs to the most likely one",
        "1이 확률이 가장 높은 행동에 있습니다. 고른 행동의 자리에 두세요",
        lambda p, a: p[a] * (_taken(p, a) - p),
        "that is the slope of pi, not of log pi: it is still multiplied by pi(action)",
        "log pi가 아니라 pi의 기울기입니다. 아직 pi(행동)이 곱해져 있습니다",
        lambda p, a: p * (_taken(p, a) - p),
        "each slope is multiplied by its probability: that comes only with the expectation",
        "기울기마다 확률을 곱했습니다. 확률은 기댓값을 구할 때 곱합니다",
        lambda p, a: _taken(p, a) / p,
        "1 divided by pi is the slope with respect to the probability; asked are the slopes with "
        "respect to the logits",
        "pi분의 1은 확률에 대한 기울기입니다. 로짓에 대한 기울기를 구하세요",
        lambda p, a: (_taken(p, a) - p) / p,
        "it is divided by the probabilities: log has been dealt with already",
        "확률로 나누었습니다. log는 이미 미분에 들어 있으니 나누지 마세요",
        lambda p, a: 1 - p,
        "every action got 1 minus its probability: the 1 is for the action taken alone",
        "모든 행동에서 1 - 확률을 구했습니다. 1은 고른 행동에만 두세요",
        lambda p, a: 1 - p[a],
        "one number, that of the action taken; asked is one for each logit",
        "고른 행동의 값 하나만 나왔습니다. 로짓마다 하나씩 구하세요",
        lambda p, a: _taken(p, a) * (1 - p),
        "the others' slopes are 0 here: they lose their probability",
        "나머지 행동의 기울기가 0입니다. 나머지는 자기 확률만큼 내려가야 합니다",
        lambda p, a: _taken(p, a) - p[a],
        "the same probability is subtracted everywhere: each logit has its own",
        "모든 로짓에서 같은 확률을 뺐습니다. 로짓마다 자기 확률을 빼세요",
        lambda p, a: _taken(p, a) + p,
        "the probabilities are added: subtract them",
        "확률을 더했습니다. 더하지 말고 빼세요",
        lambda p, a: _taken(p, a) - 1 / len(p),
        "it takes all actions for equally likely: subtract their probabilities",
        "모든 행동의 확률이 같다고 보았습니다. 각자의 확률을 빼세요",
        lambda p, a: _taken(p, a) - np.exp(p) / np.exp(p).sum(),
        "the softmax is applied once more: these are probabilities already",
        "소프트맥스를 한 번 더 썼습니다. 받은 것은 이미 확률입니다",
        lambda p, a: _taken(p, a) - np.log(p),
        "the logarithms of the probabilities are subtracted: subtract the probabilities themselves",
        "확률의 로그를 뺐습니다. 확률 자체를 빼세요",
        lambda p, a: np.log(p),
        "these are the log-probabilities; asked are the slopes of one of them",
        "모든 행동의 로그 확률을 반환했습니다. 고른 행동의 로그 확률의 기울기를 구하세요",
        lambda p, a: np.log(p[a]),
        "that is the log-probability itself; asked are its slopes, one for each logit",
        "로그 확률 그 자체입니다. 로짓마다 하나씩 그 기울기를 구하세요",
        lambda p, a: 1 / p[a],
        "that is the slope of the logarithm alone; asked are the slopes with respect to the logits",
        "로그만 미분했습니다. 로짓에 대한 기울기를 구하세요",
        lambda p, a: np.eye(len(p)) - p,
        "these are the slopes for every action, [A, A]: return the row of the action taken",
        "모든 행동의 기울기 [A, A]입니다. 고른 행동의 행만 반환하세요",
        lambda p, a: np.diag(p) - np.outer(p, p),
        "these are the slopes of every action's pi, [A, A]: asked are those of one log pi",
        "모든 행동의 pi의 기울기 [A, A]입니다. 고른 행동의 log pi의 기울기를 구하세요",
        lambda p, a: (_taken(p, a) - p)[:, None],
        "a column [A, 1] instead of [A]",
        "모양이 [A]가 아니라 [A, 1]입니다",
        lambda p, a: (_taken(p, a) - p)[None],
        "a batch [1, A] instead of [A]",
        "모양이 [A]가 아니라 [1, A]입니다",
        lambda p, a: np.eye(2)[a] - p,
        "it is written for two actions: there are as many as len(probabilities)",
        "행동이 두 개일 때만 맞습니다. 행동의 수는 len(probabilities)입니다",
        lambda p, a: np.array([1 - p[0], -p[1]] if a == 0 else [-p[0], 1 - p[1]]),
        "it is written for two actions: there are as many as len(probabilities)",
        "행동이 두 개일 때만 맞습니다. 행동의 수는 len(probabilities)입니다",
        lambda p, a: np.eye(3)[a] - p,
        "it is written for three actions: there are as many as len(probabilities)",
        "행동이 세 개일 때만 맞습니다. 행동의 수는 len(probabilities)입니다",
        lambda p, a: -np.log(p[a]),
        "that is the cross-entropy; asked are the slopes of log pi, one for each logit",
        "크로스 엔트로피입니다. 로짓마다 하나씩 로그 확률의 기울기를 구하세요",
        lambda p, a: p - 1,
        "every action got its probability minus 1: it is 1 for the action taken, minus the "
        "probabilities",
        "모든 행동이 확률 빼기 1입니다. 고른 행동에만 1을 두고 거기서 확률을 빼세요",
        lambda p, a: _taken(p, a) / p - p,
        "the 1 is divided by the probability: leave it as it is",
        "1을 확률로 나누었습니다. 1 그대로 두세요",
        lambda p, a: 1 / len(p) - p,
        "every action got the same share: the whole 1 is for the action taken",
        "모든 행동에 똑같이 나누어 주었습니다. 1은 모두 고른 행동의 것입니다",
        lambda p, a: a - p,
        "the number of the action is used; asked is a 1 at its place and 0 at the others",
        "행동의 번호를 그대로 썼습니다. 고른 행동의 자리에 1, 나머지에 0을 두세요",
        lambda p, a: 1 - _taken(p, a) - p,
        "the 1 is at the actions that were not taken; it belongs to the one that was",
        "1이 고르지 않은 행동에 있습니다. 고른 행동에 두세요",
        lambda p, a: np.where(_taken(p, a), 1 - p, p),
        "the others' probabilities are added; they, too, have to be subtracted",
        "나머지 행동의 확률을 더했습니다. 나머지에서도 확률을 빼세요",
        lambda p, a: _taken(p, a) * p,
        "the probabilities are multiplied by the 1 and the 0s; subtract them",
        "1과 0에 확률을 곱했습니다. 빼세요",
        lambda p, a: p * (1 - p),
        "p (1 - p) is the slope of each pi; asked are the slopes of log pi of the action taken",
        "p(1 - p)는 각 pi의 기울기입니다. 고른 행동의 log pi의 기울기를 구하세요",
        lambda p, a: _taken(p, a) * np.log(p),
        "that is the log-probability at the place of the action taken; asked are its slopes",
        "고른 행동의 자리에 로그 확률을 둔 것입니다. 그 로그 확률의 기울기를 구하세요",
        lambda p, a: np.sum(_taken(p, a) - p),
        "the slopes are summed up: return one for each logit",
        "기울기를 모두 더했습니다. 로짓마다 하나씩 반환하세요",
        lambda p, a: _taken(p, a) - p.sum(),
        "the sum of the probabilities, 1, is subtracted everywhere: subtract each one's own",
        "모든 로짓에서 확률의 합인 1을 뺐습니다. 로짓마다 자기 확률을 빼세요",
        lambda p, a: _taken(p, a) - p**2,
        "the probabilities are squared: subtract them as they are",
        "확률을 제곱해서 뺐습니다. 확률 그대로 빼세요",
        lambda p, a: _taken(p, a) - p.max(),
        "the largest probability is subtracted everywhere: each logit has its own",
        "모든 로짓에서 가장 큰 확률을 뺐습니다. 로짓마다 자기 확률을 빼세요",
        lambda p, a: np.gradient(np.log(p)),
        "np.gradient takes differences of neighbours; asked are the slopes with respect to the "
        "logits",
        "np.gradient는 이웃한 숫자의 차이를 구합니다. 로짓에 대한 기울기를 구하세요",
        lambda p, a: p[a] * (1 - p[a]),
        "p (1 - p) is the slope of pi(action), and one number; asked are the slopes of log pi, one "
        "for each logit",
        "p(1 - p)는 pi(행동)의 기울기이고 숫자 하나입니다. 로짓마다 하나씩 log pi의 기울기를 "
        "구하세요",
    ],
)
def check_log_policy_gradient(probabilities, action):
    """The slopes of log pi(action) with respect to the logits, [A]."""
    return np.eye(len(probabilities))[action] - probabilities


def _episode(rng):
    """Logits, actions and returns of an episode."""
    kinds = [(1, 2, "f4", "i4"), (2, 2, "f4", "i8"), (3, 2, "f8", "i8"), (4, 5, "f4", "i4")]
    steps, actions, dtype, whole = kinds[rng.integers(len(kinds))]
    return (
        rng.normal(0, 2, [steps, actions]).round(1).astype(dtype),
        rng.integers(actions, size=steps).astype(whole),
        rng.normal(0, 5, steps).round(1).astype(dtype),
    )


_LOSS = "loss", "오류함수"
_SLOPES = (
    "the number is right; slopes of the loss with respect to the logits",
    "숫자는 맞습니다. 로짓에 대한 오류함수의 기울기",
)


def _loss_and_slopes(call, logits, actions, returns):
    """The loss; if it is right, its gradient, too, which has to train a network."""
    rows = np.arange(len(actions)), actions.astype(int)
    taken = np.eye(logits.shape[1])[rows[1]]
    policy = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    right = {
        _LOSS: -np.sum(_log_softmax(logits)[rows] * returns),
        _SLOPES: (policy - taken) * returns[:, None],
    }
    seen = {**right, _LOSS: plain(call(logits, actions, returns))}
    # In shorter episodes a wrong loss may be right by chance.
    if len(actions) < 4 or not same(seen[_LOSS], right[_LOSS]):
        return seen
    seen[_SLOPES] = np.zeros_like(logits)  # where a tape can follow nothing
    z, a, g = (tf.constant(part) for part in (logits, actions, returns))
    with tf.GradientTape() as tape:
        tape.watch(z)
        try:
            loss = tf.add_n([tf.reduce_sum(part) for part in tf.nest.flatten(call(z, a, g))])
        except Hint:
            raise
        except Exception:  # an answer that does not take tensors
            return seen
    slopes = tape.gradient(loss, z)
    if slopes is not None:
        seen[_SLOPES] = tf.convert_to_tensor(slopes).numpy()
    return seen


def _log_softmax(logits, axis=-1):
    return logits - np.log(np.exp(logits).sum(axis=axis, keepdims=True))


def _log_taken(logits, actions):
    return _log_softmax(logits)[np.arange(len(actions)), actions]


def _discounted_again(returns):
    return np.cumsum(returns[::-1])[::-1]


@exercise(
    examples=[
        # The lesson's three steps: pi is 0.5, 0.8, 0.9.
        (
            np.log([[0.5, 0.5], [0.2, 0.8], [0.9, 0.1]]).astype(np.float32),
            np.array([0, 1, 0]),
            np.array([2.71, 1.9, 1.0], np.float32),
        ),
        (np.array([[0.0, 2.0]], np.float32), np.array([1]), np.array([5.0], np.float32)),
        (np.array([[1.0, -1.0]]), np.array([1]), np.array([-3.0])),
        (np.array([[0.5, 0.0], [2.0, -1.0]]), np.array([1, 0]), np.array([2.0, -4.0])),
        (
            np.array([[0, 1], [1, 0], [2, 0], [0, 3]], np.float32),
            np.array([0, 1, 0, 0]),
            np.array([4, -3, 2, 1], np.float32),
        ),
    ],
    random=_episode,
    number=20,
    observe=_loss_and_slopes,
    keeps_tensors=True,
    own=("policy_gradient_loss",),
    mistakes=[
        lambda z, a, g: -np.sum(_log_taken(z, a) * g),
        "no gradient reaches the logits: a tape follows TensorFlow's functions alone, so write tf "
        "where NumPy or Python's math stands, and leave out stop_gradient",
        "그레이디언트가 로짓에 닿지 않습니다. 테이프는 TensorFlow의 계산만 따라가므로 NumPy나 math "
        "대신 tf 함수를 쓰고 stop_gradient는 빼세요",
        lambda z, a, g: (
            -tf.reduce_sum(
                (tf.gather(z, a, batch_dims=1) - tf.stop_gradient(tf.reduce_logsumexp(z, axis=1)))
                * g
            )
        ),
        "the gradient flows only in part: NumPy or Python's math cuts it off, so write tf there",
        "그레이디언트가 일부만 흐릅니다. NumPy나 math가 끊고 있으니 그 자리에 tf 함수를 쓰세요",
        lambda z, a, g: np.sum(_log_taken(z, a) * g),
        "the sign is turned: an optimizer goes downhill, so it needs the negative",
        "부호가 반대입니다. 옵티마이저는 내리막을 따라가므로 부호를 바꾸어 넘겨야 합니다",
        lambda z, a, g: -np.mean(_log_taken(z, a) * g),
        "it is the mean; the formula has the sum over the steps",
        "평균을 구했습니다. 수식은 모든 스텝의 합입니다",
        lambda z, a, g: np.mean(_log_taken(z, a) * g),
        "the sign is turned, and it is the mean; the formula has minus the sum",
        "부호가 반대이고 평균입니다. 수식은 합에 마이너스를 붙인 것입니다",
        lambda z, a, g: -_log_taken(z, a) * g,
        "one number for each step: the loss is their sum",
        "스텝마다 숫자가 하나씩 나옵니다. 오류함수는 그 합입니다",
        lambda z, a, g: _log_taken(z, a) * g,
        "one number for each step, and the sign is turned: the loss is minus their sum",
        "스텝마다 숫자가 하나씩 나오고 부호가 반대입니다. 오류함수는 합에 마이너스를 붙인 것입니다",
        lambda z, a, g: -np.sum(np.exp(_log_taken(z, a)) * g),
        "where is the logarithm? this uses the probability itself",
        "확률을 그대로 썼습니다. 로그를 씌우세요",
        lambda z, a, g: -np.sum(z[np.arange(len(a)), a] * g),
        "the logits are taken for log-probabilities: they have to go through the softmax",
        "로짓을 로그 확률로 썼습니다. 소프트맥스를 거쳐야 합니다",
        lambda z, a, g: -np.sum(np.log(abs(z[np.arange(len(a)), a])) * g),
        "the logarithm is of the logits: they have to go through the softmax first",
        "로짓에 로그를 씌웠습니다. 먼저 소프트맥스를 거쳐야 합니다",
        lambda z, a, g: -np.sum(_log_taken(np.exp(_log_softmax(z)), a) * g),
        "the softmax is applied twice",
        "소프트맥스를 두 번 썼습니다. 로짓에 한 번만 쓰세요",
        lambda z, a, g: -np.sum(_log_taken(z, a)),
        "the cross-entropy alone: multiply each step's by its return",
        "크로스 엔트로피만 더했습니다. 스텝마다 반환값을 곱하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a)) * np.sum(g),
        "cross-entropy and returns are summed before they are multiplied: each step has its own "
        "return",
        "크로스 엔트로피와 반환값을 먼저 더한 다음 곱했습니다. 스텝마다 곱한 다음 더하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a)) * np.mean(g),
        "the mean of the returns is used: each step has its own return",
        "반환값의 평균을 썼습니다. 스텝마다 자기 반환값을 곱하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a)) * g[0],
        "every step gets the first return: each step has its own",
        "모든 스텝에 첫 반환값을 썼습니다. 스텝마다 자기 반환값을 곱하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) + g),
        "the returns are added: multiply them by the cross-entropy",
        "반환값을 더했습니다. 크로스 엔트로피에 곱하세요",
        lambda z, a, g: -np.sum(_log_softmax(z).max(axis=1) * g),
        "it uses the most likely action: use the one that was taken",
        "확률이 가장 높은 행동을 썼습니다. 실제로 한 행동을 쓰세요",
        lambda z, a, g: -np.sum(_log_softmax(z)[:, 0] * g),
        "it always uses action 0: use the one that was taken",
        "언제나 0번 행동을 씁니다. 실제로 한 행동을 쓰세요",
        lambda z, a, g: -np.sum(_log_softmax(z)[:, -1] * g),
        "it always uses the last action: use the one that was taken",
        "언제나 마지막 행동을 씁니다. 실제로 한 행동을 쓰세요",
        lambda z, a, g: -np.sum(_log_softmax(z) * g[:, None]),
        "it sums over all actions: pick out the one that was taken",
        "모든 행동을 더했습니다. 실제로 한 행동만 고르세요",
        lambda z, a, g: np.sum(_log_taken(z, a)),
        "the returns are missing, and the sign is turned: minus the sum of log pi times return",
        "반환값이 빠졌고 부호가 반대입니다. 로그 확률에 반환값을 곱해 더하고 마이너스를 붙이세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) - g),
        "the returns are subtracted: multiply them by the cross-entropy",
        "반환값을 뺐습니다. 크로스 엔트로피에 곱하세요",
        lambda z, a, g: -np.sum(np.log(z[np.arange(len(a)), a]) * g),
        "the logarithm is of the logits: they have to go through the softmax first",
        "로짓에 로그를 씌웠습니다. 먼저 소프트맥스를 거쳐야 합니다",
        lambda z, a, g: -np.sum(np.exp(_log_softmax(z)) * _log_softmax(z) * g[:, None]),
        "the answer of the cross-entropy is the action taken, not the policy: that is the entropy",
        "크로스 엔트로피의 정답은 정책이 아니라 실제로 한 행동입니다. 지금 것은 엔트로피입니다",
        lambda z, a, g: -np.sum(_log_softmax(z)[:, a] * g),
        "log_probabilities[:, actions] pairs every row with every action; pair row t with action t",
        "log_probabilities[:, actions]는 모든 행을 모든 행동과 짝지웁니다. t번째 행과 t번째 행동을 "
        "짝지으세요",
        lambda z, a, g: -np.sum(_log_softmax(z, axis=0)[np.arange(len(a)), a] * g),
        "the softmax goes over the steps; it has to go over the actions, axis=1",
        "소프트맥스를 스텝 방향으로 썼습니다. 행동 방향으로 쓰세요(axis=1)",
        lambda z, a, g: (
            -np.sum(
                (z - np.log(np.exp(z).sum()))[np.arange(len(a)), a] * g  # all steps share one sum
            )
        ),
        "the softmax goes over everything; each step has its own, axis=1",
        "소프트맥스를 전체에 썼습니다. 스텝마다 따로 구하세요(axis=1)",
        lambda z, a, g: -np.sum(_log_taken(z, a) * g**2),
        "the returns are squared: that loses their sign",
        "반환값을 제곱하면 부호가 사라집니다. 그대로 곱하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) * abs(g)),
        "the sign of the returns is lost: a bad return has to push the other way",
        "반환값의 부호가 사라졌습니다. 나쁜 반환값은 반대로 밀어야 합니다",
        lambda z, a, g: np.sum((_log_taken(z, a) * g) ** 2),
        "nothing is squared in this loss",
        "제곱했습니다. 이 오류함수에는 제곱이 없습니다",
        lambda z, a, g: -np.sum(_log_taken(z, a) / g),
        "it is divided by the returns: multiply",
        "반환값으로 나누었습니다. 곱하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) * g) / np.log(2),
        "the logarithm has base 2: use the natural one",
        "밑이 2인 로그입니다. 자연로그를 쓰세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) * g) / np.log(10),
        "the logarithm has base 10: use the natural one",
        "밑이 10인 로그입니다. 자연로그를 쓰세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) * _discounted_again(g)),
        "the returns are summed up again: they are returns already",
        "받은 값을 다시 누적했습니다. 이미 반환값이므로 그대로 쓰세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) * g[::-1]),
        "the returns run backwards: the first belongs to the first step",
        "반환값의 순서가 거꾸로입니다. 첫 반환값을 첫 스텝에 곱하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) * (g - g.mean())),
        "the mean of the returns is subtracted: here they are used as they come",
        "반환값에서 평균을 뺐습니다. 여기서는 받은 그대로 씁니다",
        lambda z, a, g: -_log_taken(z, a)[0] * g[0],
        "only the first step counts: does the loop return too early?",
        "첫 스텝만 들어 있습니다. 반복문 안에서 너무 일찍 반환하나요?",
        lambda z, a, g: -_log_taken(z, a)[-1] * g[-1],
        "only the last step counts: add the steps up",
        "마지막 스텝만 들어 있습니다. 모든 스텝을 더하세요",
        lambda z, a, g: -tf.reduce_sum(tf.nn.log_softmax(z) * g),
        "the log-probabilities of all actions meet the returns: first pick out the action taken",
        "모든 행동의 로그 확률에 반환값을 곱했습니다. 먼저 실제로 한 행동만 고르세요",
        lambda z, a, g: -tf.reduce_sum(tf.gather(tf.nn.log_softmax(z), a) * g),
        "without batch_dims=1, tf.gather picks whole rows: pick one entry of each row",
        "batch_dims=1이 없으면 tf.gather는 행을 통째로 고릅니다. 행마다 한 칸씩 고르세요",
        lambda z, a, g: tf.reduce_sum(keras.losses.sparse_categorical_crossentropy(a, z) * g),
        "Keras takes the logits for probabilities: say from_logits=True",
        "Keras가 로짓을 확률로 받아들입니다. from_logits=True를 쓰세요",
        lambda z, a, g: -np.mean(_log_taken(z, a)) * np.mean(g),
        "the means are multiplied: multiply step by step, then add up",
        "평균끼리 곱했습니다. 스텝마다 곱한 다음 더하세요",
        lambda z, a, g: -np.sum(_log_taken(z, a) * _standardised(g, _small)),
        "the returns are standardised: here they are used as they come",
        "반환값을 표준화했습니다. 여기서는 받은 그대로 씁니다",
        lambda z, a, g: abs(np.sum(_log_taken(z, a) * g)),
        "the loss has lost its sign: it is minus the sum, and may be negative",
        "오류함수의 부호를 지웠습니다. 합에 마이너스를 붙인 것이고 음수일 수도 있습니다",
        lambda z, a, g: -np.sum(_log_taken(z, a) * np.sign(g)),
        "only the sign of the returns is used: how good they are counts, too",
        "반환값의 부호만 썼습니다. 얼마나 좋았는지도 곱해야 합니다",
        lambda z, a, g: -np.sum(np.exp(_log_taken(z, a)) * np.log(abs(g))),
        "the logarithm is of the returns: it belongs to the probability",
        "반환값에 로그를 씌웠습니다. 로그는 확률에 씌우세요",
        lambda z, a, g: -np.sum(np.log(np.exp(_log_taken(z, a)) * abs(g))),
        "the return is inside the logarithm: multiply after taking it",
        "반환값이 로그 안에 있습니다. 로그를 취한 다음 곱하세요",
        lambda z, a, g: -np.prod(_log_taken(z, a) * g),
        "the steps are multiplied by each other: add them up",
        "스텝끼리 곱했습니다. 더하세요",
        lambda z, a, g: -np.sum(_log_softmax(z)[np.arange(len(a)), a - 1] * g),
        "it uses the action before the one taken: actions begin at 0",
        "실제로 한 행동보다 하나 앞의 행동을 썼습니다. 행동은 0번부터 셉니다",
        lambda z, a, g: (-np.sum(_log_taken(z, a) * g), _log_taken(z, a)),
        "two things came: return the loss alone",
        "두 가지를 반환했습니다. 오류함수의 값만 반환하세요",
    ],
)
def check_reinforce_loss(logits, actions, returns):
    """The sum of cross-entropy times return, []; in TensorFlow, since lessons train with it."""
    taken = tf.gather(tf.nn.log_softmax(logits), actions, batch_dims=1)
    return -tf.reduce_sum(taken * returns)


def _returns(rewards, discount, add=lambda reward, later, discount: reward + discount * later):
    later, returns = 0.0, []
    for reward in reversed(np.asarray(rewards, float)):
        later = add(reward, later, discount)
        returns.append(later)
    return np.array(returns[::-1])


def _rewards(rng):
    """Rewards whose returns are clearly not all the same, or of one step."""
    kinds = [(2, "i8", 1.0), (3, "f4", 0.8), (5, "i4", 0.5), (6, "f8", 0.95), (8, "i8", 0.9)]
    length, dtype, discount = kinds[rng.integers(len(kinds))]
    while True:
        rewards = rng.integers(-9, 10, length)
        if dtype.startswith("f"):
            rewards = rewards + rng.random(length).round(1)
        if _returns(rewards, discount).std() > 1:
            return rewards.astype(dtype), discount


def _safe(values, spread):
    return values / (spread + 1e-12)


def _unsafe(values, spread):
    return values / spread


def _small(values, spread):
    return values / (spread + 1e-8)


def _standardised(values, divide):
    return divide(values - values.mean(), values.std())


def _like(dtype):
    """Returns that are cut to a dtype of (rewards), then standardised."""
    return lambda r, g, divide: _standardised(_returns(r, g).astype(dtype(r)), divide)


def _into_the_rewards(rewards, discount):
    """Of whole rewards that cutting leaves as they are; others are told that they are changed."""
    returns = rewards.copy()
    for t in range(len(returns) - 2, -1, -1):
        returns[t] += discount * returns[t + 1]
    if (returns != rewards).any():
        raise ValueError
    return _standardised(returns, _safe)


def _with_and_without_nan(*mistakes):
    """Mistakes as they are, and such that equal returns give NaN as well."""
    for function, english, korean in zip(*[iter(mistakes)] * 3, strict=True):
        yield from (functools.partial(function, divide=_safe), english, korean)
        yield functools.partial(function, divide=_unsafe)
        yield f"two mistakes are left: {english}; and equal returns give NaN"
        korean = korean if korean.endswith("?") else f"{korean}."
        yield f"두 군데가 남았습니다. {korean} 그리고 반환값이 모두 같으면 NaN이 됩니다"


@exercise(
    examples=[
        (np.array([0, -1, 0, 0, 0, 0, 1]), 0.9),
        (np.array([3, 5]), 0.5),
        (np.array([2.5, -4.0]), 0.5),
        (np.array([1]), 0.9),
        (np.array([7.0]), 0.5),
        (np.array([1, 1, 1]), 0.9),
        (np.array([1.0, 2.0]), 0.5),
        (np.array([2.0, 2.0]), 0.0),
        (np.array([4.0, 1.0]), 0.0),
        (np.array([0, 0, 0]), 0.9),
        (np.array([1.0] * 19 + [-100.0], np.float32), 0.99),
    ],
    random=_rewards,
    number=24,
    mistakes=[
        lambda r, g: _standardised(_returns(r, g), _unsafe),
        "equal returns, as in an episode of one step, give NaN: what is their standard deviation?",
        "한 스텝짜리 에피소드처럼 반환값이 모두 같으면 NaN이 됩니다. 그때 표준편차는 얼마인가요?",
        *_with_and_without_nan(
            _like(lambda r: r.dtype),
            "still integers: what type does np.zeros_like(rewards) have here?",
            "아직 정수입니다. 여기서 np.zeros_like(rewards)는 어떤 자료형인가요?",
            _like(lambda r: int),
            "the returns are cut to integers: their decimals count",
            "반환값을 정수로 잘랐습니다. 소수점 아래도 필요합니다",
            lambda r, g, divide: divide(_returns(r, g), _returns(r, g).std()),
            "they are divided by the standard deviation, but the mean is not subtracted",
            "평균을 빼지 않고 표준편차로 나누었습니다. 평균을 먼저 빼세요",
            lambda r, g, divide: divide(
                _returns(r, g) - _returns(r, g).mean(), _returns(r, g).var()
            ),
            "divided by the variance: the standard deviation is its root",
            "분산으로 나누었습니다. 표준편차는 분산의 제곱근입니다",
            lambda r, g, divide: divide(
                _returns(r, g) - _returns(r, g).mean(), np.sqrt(_returns(r, g).std())
            ),
            "divided by the root of the standard deviation: it is a root already",
            "표준편차의 제곱근으로 나누었습니다. 표준편차가 이미 제곱근입니다",
            lambda r, g, divide: _standardised(r, divide),
            "the rewards are standardised, not the returns",
            "반환값이 아니라 보상을 표준화했습니다",
            lambda r, g, divide: divide(_returns(r, g) - r.mean(), r.std()),
            "mean and standard deviation are those of the rewards: take those of the returns",
            "보상의 평균과 표준편차를 썼습니다. 반환값의 것을 쓰세요",
            lambda r, g, divide: _standardised(_returns(r, 1.0), divide),
            "the discount factor is lost",
            "감가율이 빠졌습니다. 나중의 보상에 감가율을 곱하세요",
            lambda r, g, divide: _standardised(_returns(r, 0.9), divide),
            "the discount factor is always 0.9: use the argument",
            "감가율이 언제나 0.9입니다. 인자를 쓰세요",
            lambda r, g, divide: _standardised(_returns(r, 0.99), divide),
            "the discount factor is always 0.99: use the argument",
            "감가율이 언제나 0.99입니다. 인자를 쓰세요",
            lambda r, g, divide: _standardised(_returns(r[::-1], g)[::-1], divide),
            "it adds up from the front: a return is what comes after, so go backwards",
            "앞에서부터 더했습니다. 반환값은 뒤에 오는 것이므로 뒤에서부터 더하세요",
            lambda r, g, divide: _standardised(_returns(r, g)[::-1], divide),
            "the order is turned: the first return belongs to the first step",
            "순서가 거꾸로입니다. 첫 스텝의 반환값이 맨 앞에 와야 합니다",
            lambda r, g, divide: _standardised(_returns(r, g) - r, divide),
            "each step's own reward is missing in its return",
            "반환값에 그 스텝 자신의 보상이 빠졌습니다",
            lambda r, g, divide: _standardised(
                _returns(r, g, lambda reward, later, g: g * (reward + later)), divide
            ),
            "the step's own reward is discounted, too: only what comes later is",
            "그 스텝의 보상까지 감가했습니다. 나중에 오는 것만 감가하세요",
            lambda r, g, divide: _standardised(g ** np.arange(len(r)) * r, divide),
            "the rewards are discounted, but not added up",
            "보상을 감가했지만 더하지 않았습니다",
            lambda r, g, divide: divide(
                _returns(r, g) - np.median(_returns(r, g)), _returns(r, g).std()
            ),
            "the median is subtracted: subtract the mean",
            "중앙값을 뺐습니다. 평균을 빼세요",
            lambda r, g, divide: divide(
                _returns(r, g) - _returns(r, g).mean(), np.ptp(_returns(r, g))
            ),
            "divided by largest minus smallest: use the standard deviation",
            "최댓값 빼기 최솟값으로 나누었습니다. 표준편차로 나누세요",
            lambda r, g, divide: divide(
                _returns(r, g) - _returns(r, g).min(), np.ptp(_returns(r, g))
            ),
            "that squeezes them between 0 and 1: subtract the mean, divide by the deviation",
            "0과 1 사이로 줄였습니다. 평균을 빼고 표준편차로 나누세요",
            lambda r, g, divide: divide(
                _returns(r, g) - _returns(r, g).mean(), abs(_returns(r, g).mean())
            ),
            "divided by the mean: divide by the standard deviation",
            "평균으로 나누었습니다. 표준편차로 나누세요",
            lambda r, g, divide: -_standardised(_returns(r, g), divide),
            "the sign is turned: the returns minus their mean",
            "부호가 반대입니다. 반환값에서 평균을 빼세요",
            lambda r, g, divide: _standardised(
                _returns(r.tolist(), g, lambda reward, later, g: int(reward + g * later)), divide
            ),
            "each return is cut to a whole number on the way: its decimals count",
            "반환값을 구하면서 정수로 잘랐습니다. 소수점 아래도 필요합니다",
            lambda r, g, divide: _standardised(
                np.cumsum((g ** np.arange(len(r)) * r)[::-1])[::-1], divide
            ),
            "the discount counts from the episode's first step: for each return it begins anew",
            "감가를 에피소드의 첫 스텝부터 셌습니다. 반환값마다 그 스텝부터 다시 세세요",
            lambda r, g, divide: _standardised(r + g * np.append(r[1:], 0), divide),
            "only the next reward is added: a return goes on to the end of the episode",
            "바로 다음 보상만 더했습니다. 반환값은 에피소드 끝까지 더합니다",
            lambda r, g, divide: _standardised(
                _returns(r, g) + g ** np.arange(len(r), 0, -1) * r[-1], divide
            ),
            "the last reward counts twice: begin with later = 0",
            "마지막 보상을 두 번 더했습니다. later = 0으로 시작하세요",
            lambda r, g, divide: divide(_returns(r, g) - _returns(r, g).mean(), r.std()),
            "divided by the standard deviation of the rewards: take that of the returns",
            "보상의 표준편차로 나누었습니다. 반환값의 표준편차로 나누세요",
            lambda r, g, divide: divide(_returns(r, g) - r.mean(), _returns(r, g).std()),
            "the mean of the rewards is subtracted: take that of the returns",
            "보상의 평균을 뺐습니다. 반환값의 평균을 빼세요",
            lambda r, g, divide: (
                _returns(r, g) - divide(_returns(r, g).mean(), _returns(r, g).std())
            ),
            "without brackets only the mean is divided: (returns - mean) / deviation",
            "괄호가 없어 평균만 나누었습니다. (반환값 - 평균) / 표준편차로 쓰세요",
            lambda r, g, divide: (
                divide(_returns(r, g), _returns(r, g).std()) - _returns(r, g).mean()
            ),
            "divided first: subtract the mean first, then divide",
            "먼저 나누었습니다. 평균을 먼저 빼고 나누세요",
        ),
        lambda r, g: _returns(r, g),
        "these are the returns; they are not standardised yet",
        "반환값 그대로입니다. 아직 표준화하지 않았습니다",
        lambda r, g: _returns(r, g) - _returns(r, g).mean(),
        "the mean is subtracted, but they are not divided by the standard deviation",
        "평균을 뺀 다음 표준편차로 나누지 않았습니다. 나누세요",
        lambda r, g: (_returns(r, g) - _returns(r, g).mean()) * _returns(r, g).std(),
        "they are multiplied by the standard deviation: divide",
        "표준편차를 곱했습니다. 곱하지 말고 나누세요",
        lambda r, g: _safe(_returns(r, g) - _returns(r, g).mean(), _returns(r, g).std(ddof=1)),
        "with ddof=1 a single step gives NaN again; here it is divided by T",
        "ddof=1이면 한 스텝일 때 다시 NaN이 됩니다. 여기서는 T로 나눕니다",
        lambda r, g: np.nan_to_num(
            _unsafe(_returns(r, g) - _returns(r, g).mean(), _returns(r, g).std(ddof=1))
        ),
        "with ddof=1 the sum of squares is divided by T - 1; here it is divided by T",
        "ddof=1은 제곱의 합을 T - 1로 나눕니다. 여기서는 T로 나눕니다",
        *(
            part
            for small in (1.0, 0.1, 0.01, 0.001)
            for part in (
                lambda r, g, small=small: _standardised(
                    _returns(r, g), lambda v, s: v / (s + small)
                ),
                "what is added to the standard deviation is too large: 1e-8 keeps it from being 0",
                "표준편차에 더한 숫자가 너무 큽니다. 0이 되지 않게만 하려면 1e-8이면 됩니다",
            )
        ),
        lambda r, g: _standardised(_returns(r, g), lambda v, s: v / max(s, 1)),
        "small standard deviations are replaced, too: only 0 makes trouble",
        "작은 표준편차까지 바꾸었습니다. 문제가 되는 것은 0뿐입니다",
        lambda r, g: (
            _standardised(_returns(r, g), _safe) if _returns(r, g).std() else _returns(r, g)
        ),
        "equal returns are left as they are: each of them is 0 away from their mean",
        "모두 같은 반환값을 그대로 두었습니다. 평균을 빼면 모두 0입니다",
        lambda r, g: (
            _standardised(_returns(r, g), _safe) if _returns(r, g).std() else np.ones(len(r))
        ),
        "equal returns give 1: each of them is 0 away from their mean",
        "반환값이 모두 같으면 1이 됩니다. 평균을 빼면 모두 0입니다",
        lambda r, g: _standardised(_returns(r, g), _safe) if len(r) > 1 else _returns(r, g),
        "the return of a single step is left as it is: it is 0 away from its mean",
        "한 스텝짜리 반환값을 그대로 두었습니다. 평균을 빼면 0입니다",
        lambda r, g: _standardised(_returns(r, g), _safe) if len(r) > 1 else np.ones(1),
        "a single step gives 1: its return is 0 away from its mean",
        "한 스텝이면 1이 됩니다. 평균을 빼면 0입니다",
        lambda r, g: _standardised(_returns(r, g), _unsafe) if len(r) > 1 else np.zeros(1),
        "one step is fine now, but two equal returns give NaN, too",
        "한 스텝은 고쳤지만, 반환값 두 개가 같아도 NaN이 됩니다",
        lambda r, g: _standardised(_returns(r, g), _safe) if r.std() else np.zeros(len(r)),
        "equal rewards are taken for equal returns: ask for the returns' standard deviation",
        "보상이 모두 같으면 반환값도 같다고 보았습니다. 반환값의 표준편차를 보세요",
        lambda r, g: _standardised(_returns(r, g), _safe)[0],
        "only the first one: return one for each step",
        "첫 번째 하나뿐입니다. 스텝마다 하나씩 반환하세요",
        lambda r, g: _standardised(_returns(r, g), _safe) if _returns(r, g).std() else 0,
        "equal returns give a single 0: return one for each step",
        "반환값이 모두 같으면 0이 하나만 나옵니다. 스텝마다 하나씩 반환하세요",
        lambda r, g: _unsafe(_returns(r, g) - _returns(r, g).mean() + 1e-8, _returns(r, g).std()),
        "the small number belongs to the standard deviation, under the division",
        "작은 숫자를 더할 곳은 나누는 쪽, 곧 표준편차입니다",
        lambda r, g: _returns(r, g) - _returns(r, g).mean() / (_returns(r, g).std() + 1e-8),
        "without brackets only the mean is divided: (returns - mean) / deviation",
        "괄호가 없어 평균만 나누었습니다. (반환값 - 평균) / 표준편차로 쓰세요",
        lambda r, g: _standardised(_returns(r, g), _safe).mean(),
        "that is their mean, always 0: return one for each step",
        "표준화한 값의 평균이라 언제나 0입니다. 스텝마다 하나씩 반환하세요",
        lambda r, g: _standardised(_returns(r, g), _safe)[:, None],
        "a column [T, 1] instead of [T]",
        "모양이 [T]가 아니라 [T, 1]입니다",
        lambda r, g: _small(_returns(r, g), _returns(r, g).std()),
        "they are divided by the standard deviation, but the mean is not subtracted",
        "평균을 빼지 않고 표준편차로 나누었습니다. 평균을 먼저 빼세요",
        _into_the_rewards,
        "the returns are written into `rewards`, which changes it and cuts them to integers: use "
        "a new array of floats",
        "반환값을 `rewards`에 써넣어 인자가 바뀌고 정수로 잘립니다. 실수 배열을 새로 만드세요",
        lambda r, g: np.round(_standardised(_returns(r, g), _safe), 2),
        "the result is rounded: return it as it is",
        "결과를 반올림했습니다. 그대로 반환하세요",
        lambda r, g: np.clip(_standardised(_returns(r, g), _safe), -1, 1),
        "the result is clipped to -1 and 1: standardised values may lie farther from 0",
        "결과를 -1과 1 사이로 잘랐습니다. 표준화한 값은 그보다 0에서 멀 수 있으니 그대로 두세요",
        lambda r, g: (_standardised(_returns(r, g), _safe), _returns(r, g)),
        "two things came: return the standardised returns alone",
        "두 가지를 반환했습니다. 표준화한 반환값만 반환하세요",
    ],
)
def check_standardised_returns(rewards, discount_factor):
    """The returns minus their mean, divided by their standard deviation; 0 if all are equal."""
    returns = _returns(rewards, discount_factor)
    return _standardised(returns, _safe)
