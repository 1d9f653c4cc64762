"""Lesson 10: five documents and one agent."""

import math

import keras
import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.networks import Network
from dqn_keras.classroom.checks.values import plain
from dqn_keras.machinery.language import say
from dqn_keras.replay_memory import Transitions


def _fell(printed):
    return printed + (printed != 500)


def _steps(low=_fell, high=lambda p: p - 1, exact=lambda p: p):
    """Steps by three rules: for 002 and 003, for 004, and for 000 and 001."""
    rules = {"000": exact, "001": exact, "002": low, "003": low, "004": high}
    return lambda document, printed: rules[document](printed)


def _printed(rng):
    """What a document prints of an episode, a perfect one in four."""
    document = str(rng.choice(["000", "001", "002", "003", "004"]))
    steps = 500 if rng.integers(4) == 0 else int(rng.integers(1, 500))
    fell = document in ("002", "003") and steps < 500
    return document, steps - fell + (document == "004")


@exercise(
    examples=[
        ("000", 38),
        ("001", 12),
        ("002", 37),
        ("003", 37),
        ("004", 39),
        *((document, 500) for document in ("000", "001", "002", "003", "004")),
        ("004", 501),
        ("002", 498),
        ("002", 0),
        ("003", 0),
        ("004", 2),
        ("000", 1),
    ],
    random=_printed,
    mistakes=[
        lambda d, p: p,
        "it hands back what is printed: 002 and 003 print one too few, 004 one too many",
        "출력된 값을 그대로 돌려줍니다. 002와 003은 하나 적게, 004는 하나 많게 출력합니다",
        _steps(high=lambda p: p),
        "document 004 is still as printed: it prints one too many, so take one off",
        "문서 004가 출력 그대로입니다. 004는 하나 많게 출력하므로 1을 빼세요",
        _steps(low=lambda p: p),
        "documents 002 and 003 are still as printed: after a fall they print one too few",
        "문서 002와 003이 출력 그대로입니다. 쓰러진 에피소드에는 1을 더하세요",
        _steps(low=lambda p: p + 1),
        "002 and 003 print 500 for a perfect episode of 500 steps: only failed ones lose one",
        "002와 003은 500스텝을 다 채우면 500을 출력합니다. 쓰러진 에피소드만 하나를 잃습니다",
        _steps(high=lambda p: p + 1),
        "004 prints one too many, so take one off; you add one",
        "004는 하나 많게 출력하므로 1을 빼야 하는데 더했습니다",
        _steps(low=lambda p: p - (p != 500)),
        "002 and 003 print one too few after a fall, so add one; you take one off",
        "002와 003은 쓰러지면 하나 적게 출력하므로 1을 더해야 하는데 뺐습니다",
        _steps(low=lambda p: p - 1),
        "002 and 003 print one too few after a fall, so add one, and only then",
        "002와 003은 쓰러졌을 때 하나 적게 출력합니다. 그때만 1을 더하세요",
        _steps(exact=_fell),
        "000 and 001 print the true number of steps: leave them alone",
        "000과 001은 스텝 수를 그대로 출력합니다. 고치지 마세요",
        _steps(exact=lambda p: p + 1),
        "000 and 001 print the true number of steps: leave them alone",
        "000과 001은 스텝 수를 그대로 출력합니다. 고치지 마세요",
        _steps(exact=lambda p: p - 1),
        "000 and 001 print the true number of steps: leave them alone",
        "000과 001은 스텝 수를 그대로 출력합니다. 고치지 마세요",
        _steps(exact=_fell, high=lambda p: p),
        "every document is treated alike: leave 000 and 001 as printed, and take one off for 004",
        "모든 문서를 똑같이 고칩니다. 000과 001은 그대로 두고, 004에서는 1을 빼세요",
        _steps(high=lambda p: p - (p != 500)),
        "004 adds one to every episode, to a perfect one too: its 500 means 499 steps",
        "004는 모든 에피소드에 1을 더합니다. 004의 500은 499스텝입니다",
        _steps(high=lambda p: p - (p != 501)),
        "004 adds one to a perfect episode, too: its 501 means 500 steps",
        "004는 500스텝을 다 채워도 1을 더합니다. 004의 501은 500스텝입니다",
        _steps(high=lambda p: min(p, 500)),
        "004 adds one to every episode, not only to a perfect one: its 39 means 38 steps",
        "004는 500스텝을 채웠을 때만이 아니라 언제나 1을 더합니다. 004의 39는 38스텝입니다",
        _steps(low=lambda p: p + 99 * (p != 500)),
        "the 100 is added already: what lacks is the +1 that the −100 replaced, so add 1",
        "100은 이미 더해져 있습니다. 빠진 것은 −100이 대신한 +1뿐이니 1만 더하세요",
        _steps(low=lambda p: p + 99),
        "the 100 is added already: what lacks is the +1 that the −100 replaced, so add 1",
        "100은 이미 더해져 있습니다. 빠진 것은 −100이 대신한 +1뿐이니 1만 더하세요",
        lambda d, p: p + 100 * (p != 500) if d == "002" else _steps()(d, p),
        "in 002 the 100 is added already: what lacks is the +1 that the −100 replaced, so add 1",
        "002는 100을 이미 더했습니다. 빠진 것은 −100이 대신한 +1뿐이니 1만 더하세요",
        _steps(low=lambda p: p + (p == 500)),
        "the condition is the wrong way round: 002 and 003 print 500 steps as 500, and lose one "
        "step where the pole fell",
        "조건이 거꾸로입니다. 002와 003은 500스텝을 채우면 500을 출력하고, "
        "쓰러지면 하나를 잃습니다",
        _steps(low=lambda p: p + 1, high=lambda p: p),
        "document 004 is still as printed, and 002 and 003 print 500 for a perfect episode of 500 "
        "steps",
        "문서 004가 출력 그대로이고, 002와 003은 500스텝을 다 채우면 500을 출력합니다",
        _steps(low=lambda p: p + 100),
        "the 100 is added already: what lacks is the +1 that the −100 replaced, so add 1",
        "100은 이미 더해져 있습니다. 빠진 것은 −100이 대신한 +1뿐이니 1만 더하세요",
        lambda d, p: _steps(low=lambda p: p + 100 * (p != 500))(d, p),
        "the 100 is added already: what lacks is the +1 that the −100 replaced, so add 1",
        "100은 이미 더해져 있습니다. 빠진 것은 −100이 대신한 +1뿐이니 1만 더하세요",
        lambda d, p: p if d == "003" else _steps()(d, p),
        "document 003 is still as printed: after a fall add one, as for 002",
        "문서 003이 출력 그대로입니다. 002처럼 쓰러진 에피소드에는 1을 더하세요",
        lambda d, p: p + 2 * (p != 500) if d == "003" else _steps()(d, p),
        "document 003 prints one too few, not two: −1 takes the place of +1, and 1 is added again",
        "문서 003은 둘이 아니라 하나가 모자랍니다. +1 대신 −1을 더한 뒤 1을 돌려줍니다",
        lambda d, p: p if d == "002" else _steps()(d, p),
        "document 002 is still as printed: after a fall add one, as for 003",
        "문서 002가 출력 그대로입니다. 003처럼 쓰러진 에피소드에는 1을 더하세요",
        lambda d, p: p + (p != 500) - 2 * (d == "004") if d != "000" else p,
        "document 001 adds up the rewards, as 000 does: leave it alone",
        "문서 001은 000처럼 보상을 더합니다. 고치지 마세요",
        lambda d, p: {"000": p, "001": p, "004": p + 1}.get(d, p - (p != 500)),
        "that leads from the steps to what is printed: go the other way",
        "스텝 수를 출력으로 바꾸는 식입니다. 반대로 출력을 스텝 수로 바꾸세요",
        lambda d, p: p - (d == "004") + (p - (d == "004") != 500),
        'document == "002" or "003" is always true: write document in ("002", "003")',
        'document == "002" or "003"은 언제나 참입니다. document in ("002", "003")으로 쓰세요',
        _steps(exact=lambda p: p - 1, low=lambda p: p + 1),
        "000 and 001 are treated like 004, and a perfect episode like a fall: 000 and 001 are "
        "right as printed, and 002 and 003 print 500 for 500 steps",
        "000과 001을 004처럼, 500스텝을 다 채운 에피소드를 쓰러진 것처럼 고칩니다. 000과 001은 "
        "그대로 두고, 002와 003은 500이 아닐 때만 고치세요",
        _steps(high=_fell),
        "004 prints one too many, so take one off; you add one, as for 002 and 003",
        "004는 하나 많게 출력하므로 1을 빼야 하는데, 002와 003처럼 더했습니다",
        _steps(high=lambda p: p + (p < 500)),
        "004 prints one too many, so take one off; you add one, as for 002 and 003",
        "004는 하나 많게 출력하므로 1을 빼야 하는데, 002와 003처럼 더했습니다",
        lambda d, p: p + 1,
        "every document gets one more: add one after a fall in 002 and 003 alone, and take one off "
        "for 004",
        "모든 문서에 1을 더했습니다. 002와 003에서 쓰러졌을 때만 더하고, 004에서는 1을 빼세요",
        lambda d, p: p - 1,
        "every document loses one: take one off for 004 alone, and add one after a fall in 002 and "
        "003",
        "모든 문서에서 1을 뺐습니다. 004에서만 빼고, 002와 003에서 쓰러졌을 때는 1을 더하세요",
        lambda d, p: (d, _steps()(d, p)),
        "return the number of steps alone",
        "스텝 수만 반환하세요",
        lambda d, p: _steps()(d, p) / 500,
        "that is a share of 500: return the number of steps",
        "500에 대한 비율입니다. 스텝 수를 반환하세요",
        lambda d, p: min(_steps()(d, p), 499),
        "an episode may have 500 steps",
        "500스텝짜리 에피소드도 있습니다",
        lambda d, p: None if d in ("000", "001") else _steps()(d, p),
        "for 000 and 001 it returns nothing (None): return what is printed",
        "000과 001에서는 아무것도 반환하지 않습니다(None). 출력된 값을 반환하세요",
        lambda d, p: p - 1 if d == "004" else None,
        "for every document but 004 it returns nothing (None): return a number for each",
        "004 말고는 아무것도 반환하지 않습니다(None). 문서마다 숫자를 반환하세요",
        lambda d, p: {"002": p + 1, "003": p + 1, "004": p - 1}[d],
        "000 and 001 are missing, which are right as printed; and 002 and 003 print 500 for a "
        "perfect episode of 500 steps",
        "출력된 값이 그대로 맞는 000과 001이 빠졌습니다. 그리고 002와 003은 500스텝을 다 채우면 "
        "500을 출력합니다",
        lambda d, p: str(_steps()(d, p)),
        "that is text: return a number",
        "문자열입니다. 숫자를 반환하세요",
    ],
)
def check_steps_played(document, printed):
    """How many steps an episode had."""
    return _steps()(document, printed)


_LOSS = "loss", "오류함수"
_GRADIENT = "gradient by the model's weights", "모델 가중치에 대한 그레이디언트"


class _Itself:
    """In place of a network that makes the labels: the model does."""

    def show(self):
        return say("the same network", "같은 신경망")


def _learned(call, model, label_model, states, actions, rewards, next_states, ended, discount):
    """An answer's loss, and the gradient that an optimiser would get of it."""
    batch = Transitions(*map(tf.constant, (states, actions, rewards, next_states, ended)))
    network = model()
    labels = network if isinstance(label_model, _Itself) else label_model()
    with tf.GradientTape() as tape:
        loss = call(network, labels, batch, discount)
    model.is_still_that_of(network)
    if labels is not network:
        label_model.is_still_that_of(labels)
    gradient = type(loss).__name__ if isinstance(loss, list) else None
    if tf.is_tensor(loss) and loss.dtype.is_floating:
        gradient = tape.gradient(loss, network.trainable_weights)[0]
    return {_LOSS: plain(loss), _GRADIENT: plain(gradient)}


def _mini_batch(rng):
    """A batch, as lists, and two networks for it, or one."""
    batch, actions = rng.choice([1, 2, 4]), rng.choice([2, 3])
    states, next_states = rng.integers(-3, 4, [2, batch, 2]).astype(float).tolist()
    kernels = rng.permuted(np.tile(np.arange(2.0 * actions), [2, 1]), axis=1) - 2.5
    model, labels = kernels.reshape(2, 2, actions)
    return (
        Network(model),
        Network(labels, "label_model") if rng.integers(2) else _Itself(),
        states,
        rng.integers(actions, size=batch).tolist(),
        rng.integers(-9, 10, batch).astype(float).tolist(),
        next_states,
        (rng.random(batch) < 0.4).tolist(),
        float(rng.choice([0.5, 0.9, 1.0])),
    )


def _best(q_values):
    return tf.reduce_max(q_values, axis=1)


def _loss(rule, learning=lambda m, labels: m, labelling=lambda m, labels: labels, value=_best):
    """A loss by a rule of (rewards, best next value, goes on, discount, Q taken, all Q)."""

    def loss(model, label_model, batch, discount):
        q_values = learning(model, label_model)(batch.states)
        best = value(labelling(model, label_model)(batch.next_states))
        taken = tf.gather(q_values, batch.actions, batch_dims=1)
        goes_on = 1 - tf.cast(batch.terminated, tf.float32)
        return rule(batch.rewards, best, goes_on, discount, taken, q_values)

    return loss


_fixed = tf.stop_gradient


def _of_the_same_action(model, label_model, batch, discount):
    values = tf.gather(label_model(batch.next_states), batch.actions, batch_dims=1)
    return _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * values * on), q))(
        model, label_model, batch, discount
    )


def _of_the_present(model, label_model, batch, discount):
    values = _best(label_model(batch.states))
    return _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * values * on), q))(
        model, label_model, batch, discount
    )


def _mse(targets, q_values):
    return tf.reduce_mean(tf.square(targets - q_values))


@exercise(
    examples=[
        (
            *(Network([[1, -2], [3, 2]]), _Itself()),
            *([[1.0, 0.0]], [0], [2.0], [[0.0, 1.0]], [False], 0.9),
        ),
        (
            *(Network([[1, -2], [3, 2]]), Network([[4, 0], [-1, 5]], "label_model")),
            *([[1.0, 0.0]], [1], [-4.0], [[0.0, 1.0]], [True], 0.9),
        ),
        (
            *(Network([[1, -2], [3, 2]]), Network([[4, 0], [-1, 5]], "label_model")),
            *([[1.0, 0.0]], [0], [2.0], [[0.0, 1.0]], [False], 0.5),
        ),
        (
            *(Network([[1, -2], [-3, 2]]), _Itself()),
            *([[1.0, 1.0], [0.0, 2.0]], [1, 0], [2.0, 3.0]),
            *([[0.0, 1.0], [1.0, 0.0]], [False, False], 0.5),
        ),
        (
            *(Network([[1.0, -2.0], [0.5, 3.0]]), _Itself()),
            *([[1.0, 2.0], [0.0, 1.0], [2.0, 0.0], [1.0, 1.0]], [0, 1, 0, 1]),
            [1.0, 2.0, -100.0, 3.0],
            [[2.0, 1.0], [1.0, 0.0], [9.0, 8.0], [0.0, 2.0]],
            *([False, False, True, False], 0.9),
        ),
    ],
    random=_mini_batch,
    number=5,
    observe=_learned,
    keeps_tensors=True,
    mistakes=[
        _loss(lambda r, b, on, g, q, _: _mse(r + g * b * on, q)),
        "the gradient still flows through the target: tf.stop_gradient changes nothing in place, "
        "it returns a new tensor, so use that one",
        "그레이디언트가 아직 타깃으로도 흐릅니다. tf.stop_gradient는 원래 텐서를 바꾸지 않고 "
        "새 텐서를 돌려줍니다. 돌려받은 것을 쓰세요",
        _loss(lambda r, b, on, g, q, _: _mse(r + g * b * on, _fixed(q))),
        "you stopped the gradient of Q(s, a), which should learn, and not that of the target",
        "배워야 할 Q(s, a)의 그레이디언트를 끊었고, 타깃의 것은 끊지 않았습니다",
        _loss(
            lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q),
            labelling=lambda model, labels: model,
        ),
        "the labels come from `model`: let `label_model` make them",
        "정답을 `model`이 만듭니다. `label_model`이 만들게 하세요",
        _loss(
            lambda r, b, on, g, q, _: _mse(r + g * b * on, q),
            labelling=lambda model, labels: model,
        ),
        "the labels come from `model`, and gradient flows through them: take `label_model`, and "
        "keep what tf.stop_gradient returns",
        "정답을 `model`이 만들고 그레이디언트도 정답으로 흐릅니다. `label_model`을 쓰고, "
        "tf.stop_gradient가 돌려준 것을 쓰세요",
        _loss(
            lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q),
            learning=lambda model, labels: labels,
        ),
        "Q(s, a) comes from `label_model`, which nobody trains: take `model`",
        "Q(s, a)를 아무도 학습시키지 않는 `label_model`로 구했습니다. `model`로 구하세요",
        _loss(
            lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q),
            learning=lambda model, labels: labels,
            labelling=lambda model, labels: model,
        ),
        "the two networks have changed places: `label_model` makes the labels, `model` learns",
        "두 신경망이 바뀌었습니다. 정답은 `label_model`이 만들고, 배우는 것은 `model`입니다",
        _loss(lambda r, b, on, g, q, _: _fixed(_mse(r + g * b * on, q)).numpy()),
        "no gradient reaches the model: stop it at the target only, and leave Q(s, a) a tensor",
        "모델까지 흐르는 그레이디언트가 없습니다. 타깃에서만 끊고 Q(s, a)는 텐서 그대로 쓰세요",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * b), q)),
        "your target bootstraps past a fall: did you use `terminated`?",
        "쓰러진 뒤의 가치까지 타깃에 들어 있습니다. `terminated`를 썼나요?",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * (1 - on)), q)),
        "`terminated` is the wrong way round: the future counts where the task goes on",
        "`terminated`를 거꾸로 썼습니다. 미래는 과제가 이어지는 곳에서 더합니다",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + b * on), q)),
        "the future counts in full: where is the discount factor?",
        "미래를 그대로 더했습니다. 감가율은 어디에 있나요?",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(g * (r + b * on)), q)),
        "the discount factor belongs to the future only, not to the reward",
        "감가율은 미래에만 곱합니다. 보상에는 곱하지 않습니다",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed((r + g * b) * on), q)),
        "the reward of the last step is lost: an end cuts only the future",
        "마지막 스텝의 보상이 사라집니다. 끝은 미래만 끊습니다",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(g * b * on), q)),
        "the reward is missing: it is added to the discounted future",
        "보상이 빠졌습니다. 감가한 미래에 보상을 더하세요",
        _loss(lambda r, b, on, g, q, _: _mse(r, q)),
        "the target is the reward alone: where is the future?",
        "타깃이 보상뿐입니다. 미래는 어디에 있나요?",
        _loss(
            lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q),
            value=lambda q_values: tf.reduce_mean(q_values, axis=1),
        ),
        "the future is the mean over the actions: take the best, tf.reduce_max",
        "미래를 행동들의 평균으로 구했습니다. 가장 큰 값을 쓰세요(tf.reduce_max)",
        _loss(
            lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q),
            value=lambda q_values: tf.reduce_min(q_values, axis=1),
        ),
        "the future is that of the worst action: take the best, tf.reduce_max",
        "미래를 가장 나쁜 행동으로 구했습니다. 가장 큰 값을 쓰세요(tf.reduce_max)",
        _loss(
            lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q),
            value=lambda q_values: tf.reduce_max(q_values, axis=0),
        ),
        "axis=0 goes through the batch: each row has its own best action, axis=1",
        "axis=0은 배치를 훑습니다. 가장 좋은 행동은 행마다 따로 구하세요(axis=1)",
        _of_the_same_action,
        "the future is that of the action just taken: next time the best one counts",
        "방금 한 행동의 값으로 미래를 구했습니다. 다음 상태에서 가장 좋은 행동의 값을 쓰세요",
        _of_the_present,
        "the future's value is that of the present states: ask for batch.next_states",
        "미래의 값을 지금 상태로 구했습니다. batch.next_states로 구하세요",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(r - g * b * on), q)),
        "the future is taken off the reward instead of added",
        "보상에서 미래를 뺐습니다. 더하세요",
        *(
            part
            for discount in (0.9, 0.98, 0.99)
            for part in (
                _loss(lambda r, b, on, g, q, _, d=discount: _mse(_fixed(r + d * b * on), q)),
                "it uses a discount factor of its own: take the argument `discount_factor`",
                "감가율을 숫자로 써넣었습니다. 인자 `discount_factor`를 쓰세요",
            )
        ),
        _loss(lambda r, b, on, g, q, _: 2 * _mse(_fixed(r + g * b * on), q)),
        "that is twice the mean of the squared errors: leave out the 2",
        "제곱한 오차 평균의 두 배입니다. 2를 곱하지 마세요",
        _loss(lambda r, b, on, g, q, _: tf.reduce_max((_fixed(r + g * b * on) - q) ** 2)),
        "that is the largest squared error: take the mean",
        "가장 큰 제곱 오차입니다. 평균을 구하세요",
        _loss(lambda r, b, on, g, q, _: keras.losses.Huber()(_fixed(r + g * b * on), q)),
        "that is the Huber loss: here take the mean of the squared errors",
        "Huber 오류함수입니다. 여기서는 제곱한 오차의 평균을 구하세요",
        _loss(lambda r, b, on, g, q, _: [_mse(_fixed(r + g * b * on), q)]),
        "that is a list: return the tensor that is in it",
        "리스트를 반환했습니다. 그 안의 텐서를 반환하세요",
        _loss(lambda r, b, on, g, q, _: (_mse(_fixed(r + g * b * on), q), q)),
        "it returns the loss and more: return the loss alone",
        "오류함수의 값 말고 다른 것까지 반환합니다. 숫자 하나만 반환하세요",
        _loss(lambda r, b, on, g, q, _: tf.reduce_sum((_fixed(r + g * b * on) - q) ** 2)),
        "that is the sum of the squared errors: take the mean",
        "제곱한 오차의 합입니다. 평균을 구하세요",
        _loss(lambda r, b, on, g, q, _: (_fixed(r + g * b * on) - q) ** 2),
        "one number for each row: return their mean",
        "행마다 숫자가 하나씩입니다. 평균을 반환하세요",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q) / 2),
        "that is half of the mean of the squared errors: leave out the 1/2",
        "제곱한 오차 평균의 절반입니다. 2로 나누지 마세요",
        _loss(lambda r, b, on, g, q, _: tf.reduce_mean(_fixed(r + g * b * on) - q)),
        "the errors are not squared: square each of them",
        "오차를 제곱하지 않았습니다. 하나하나 제곱하세요",
        _loss(lambda r, b, on, g, q, _: tf.reduce_mean(tf.abs(_fixed(r + g * b * on) - q))),
        "it takes the absolute value of the errors: square them",
        "오차의 절댓값을 썼습니다. 제곱하세요",
        _loss(lambda r, b, on, g, q, _: tf.sqrt(_mse(_fixed(r + g * b * on), q))),
        "it takes the root of the mean: leave it squared",
        "평균의 제곱근을 구했습니다. 제곱한 그대로 두세요",
        _loss(lambda r, b, on, g, q, _: tf.reduce_mean(_fixed(r + g * b * on) - q) ** 2),
        "it squares the mean: square each error, then take the mean",
        "평균을 제곱했습니다. 오차를 하나하나 제곱한 다음 평균을 구하세요",
        _loss(lambda r, b, on, g, q, _: -_mse(_fixed(r + g * b * on), q)),
        "the sign is turned: a loss is made small, so it must not be negative",
        "부호가 반대입니다. 오류함수는 줄여 나가는 값입니다. 음수로 만들지 마세요",
        _loss(lambda r, b, on, g, q, all_q: _mse(_fixed(r + g * b * on), tf.reduce_max(all_q, 1))),
        "it moves the largest Q-value of each state: move the one of the action taken",
        "상태마다 가장 큰 큐값을 움직입니다. 실제로 한 행동의 큐값을 움직이세요",
        _loss(lambda r, b, on, g, q, all_q: _mse(_fixed(r + g * b * on), all_q[:, 0])),
        "it always moves action 0: `batch.actions` says which",
        "언제나 0번 행동의 큐값을 움직입니다. 어느 행동인지는 `batch.actions`에 있습니다",
        _loss(lambda r, b, on, g, q, all_q: _mse(_fixed(r + g * b * on), all_q[:, -1])),
        "it always moves the last action: `batch.actions` says which",
        "언제나 마지막 행동의 큐값을 움직입니다. 어느 행동인지는 `batch.actions`에 있습니다",
        _loss(lambda r, b, on, g, q, a: _mse(_fixed(r + g * b * on), tf.reduce_mean(a, axis=1))),
        "it moves the mean of a state's Q-values: move the one of the action taken",
        "상태마다 큐값의 평균을 움직입니다. 실제로 한 행동의 큐값을 움직이세요",
        _loss(lambda r, b, on, g, q, all_q: _mse(_fixed(r + g * b * on)[:, None], all_q)),
        "it moves the Q-values of all actions: move the one of the action taken",
        "모든 행동의 큐값을 움직입니다. 실제로 한 행동의 큐값만 움직이세요",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on)[:, None], q)),
        "a column [B, 1] met a row [B], so every target is compared with every row: make both [B]",
        "[B, 1]과 [B]가 만나 모든 타깃을 모든 행과 비교합니다. 둘 다 [B]로 맞추세요",
        _loss(lambda r, b, on, g, q, all_q: _mse(_fixed(r + g * tf.reduce_max(all_q, 1) * on), q)),
        "the future's value is that of the present states: ask for batch.next_states",
        "미래의 값을 지금 상태로 구했습니다. batch.next_states로 구하세요",
        _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * tf.reduce_max(b) * on), q)),
        "the largest value of the whole batch: each row has its own, axis=1",
        "배치 전체에서 가장 큰 값을 썼습니다. 행마다 따로 구하세요(axis=1)",
    ],
)
def check_label_loss(model, label_model, batch, discount_factor):
    """The mean squared TD error, whose targets are labels."""
    return _loss(lambda r, b, on, g, q, _: _mse(_fixed(r + g * b * on), q))(
        model, label_model, batch, discount_factor
    )


def _first(above=lambda mean, goal: mean > goal, new=lambda m, s, k: k * m + (1 - k) * s):
    """How many episodes by these rules; -1 if there are too many."""

    def count(goal, score, keep):
        mean = 0.0
        for episodes in range(1, 2000):
            mean = new(mean, score, keep)
            if above(mean, goal):
                return episodes
        return -1

    return count


_episodes = _first()


def _goal(rng):
    """A goal well between two values of the mean, so that rounding makes no difference."""
    while True:
        score, keep = float(rng.choice([10, 50, 200, 500])), float(rng.choice([0.5, 0.9, 0.95]))
        goal = round(score * float(rng.uniform(0.05, 0.95)), 1)
        if 0.1 < _exact(goal, score, keep) % 1 < 0.9:
            return goal, score, keep


def _exact(goal, score, keep):
    return math.log(1 - goal / score) / math.log(keep)


@exercise(
    examples=[
        (8.0, 10.0, 0.5),
        (5.0, 10.0, 0.5),
        (7.5, 10.0, 0.5),
        (4.0, 10.0, 0.5),
        (9.5, 10.0, 0.6),
        (30, 50, 0.9),
        (200, 500, 0.99),
        (475, 500, 0.99),
    ],
    random=_goal,
    number=24,
    mistakes=[
        _first(lambda mean, goal: mean >= goal),
        "it stops where the mean just reaches the goal; the rule asks for more: >",
        "평균이 목표와 같아지기만 해도 멈춥니다. 목표보다 커야 합니다: >",
        lambda *case: _episodes(*case) - 1,
        "one episode too few: count the one that lifts the mean above the goal",
        "한 에피소드 모자랍니다. 평균이 목표를 넘게 한 그 에피소드까지 세세요",
        lambda *case: _episodes(*case) + 1,
        "one episode too many: stop counting as soon as the mean is above the goal",
        "한 에피소드 많습니다. 평균이 목표를 넘으면 바로 그만 세세요",
        lambda *case: math.floor(_exact(*case)),
        "one episode too few: count the one that lifts the mean above the goal",
        "한 에피소드 모자랍니다. 평균이 목표를 넘게 한 그 에피소드까지 세세요",
        lambda *case: math.ceil(_exact(*case)) - 1,
        "one episode too few: count the one that lifts the mean above the goal",
        "한 에피소드 모자랍니다. 평균이 목표를 넘게 한 그 에피소드까지 세세요",
        lambda *case: math.ceil(_exact(*case)) + 1,
        "one episode too many: stop counting as soon as the mean is above the goal",
        "한 에피소드 많습니다. 평균이 목표를 넘으면 바로 그만 세세요",
        lambda *case: round(_exact(*case)) + 1,
        "rounding takes the nearest: which is the first number of episodes that is above?",
        "반올림하면 가장 가까운 수가 됩니다. 처음으로 넘는 것은 몇 에피소드 뒤인가요?",
        lambda *case: round(_exact(*case)),
        "rounding takes the nearest: which is the first number of episodes that is above?",
        "반올림하면 가장 가까운 수가 됩니다. 처음으로 넘는 것은 몇 에피소드 뒤인가요?",
        _exact,
        "that is not a whole number of episodes: which is the first that is above?",
        "에피소드 수는 정수입니다. 처음으로 넘는 것은 몇 에피소드 뒤인가요?",
        lambda *case: 1,
        "it is 1 every time: the mean starts from 0, and a new score counts only 1 - keep",
        "언제나 1입니다. 이동 평균은 0에서 시작하고 새 점수는 1 - keep만큼만 들어갑니다",
        lambda *case: 0,
        "it is 0 every time: the mean starts from 0, not from the first score, and the loop goes "
        "on while it is not above the goal",
        "언제나 0입니다. 이동 평균은 첫 점수가 아니라 0에서 시작하고, 목표를 넘지 않은 동안 "
        "계속합니다",
        _first(new=lambda m, s, k: (1 - k) * m + k * s),
        "keep and 1 - keep have changed places: keep belongs to the old mean",
        "keep과 1 - keep이 바뀌었습니다. keep은 앞의 평균에 곱하세요",
        _first(new=lambda m, s, k: m + (1 - k) * s),
        "the old mean counts in full: multiply it by keep",
        "앞의 평균을 그대로 두었습니다. keep을 곱하세요",
        _first(new=lambda m, s, k: k * (m + s)),
        "the new score is multiplied by keep: its share is 1 - keep",
        "새 점수에 keep을 곱했습니다. 새 점수의 몫은 1 - keep입니다",
        _first(new=lambda m, s, k: (m + s) / 2),
        "it weighs the old mean and the new score alike: use keep and 1 - keep",
        "앞의 평균과 새 점수를 반씩 섞었습니다. keep과 1 - keep을 곱하세요",
        *(
            part
            for keep in (0.99, 0.9)
            for part in (
                _first(new=lambda m, s, _, keep=keep: keep * m + (1 - keep) * s),
                "keep makes no difference: do you use the argument?",
                "keep을 바꾸어도 그대로입니다. 인자를 쓰나요?",
            )
        ),
        lambda g, s, k: s * (1 - k ** _episodes(g, s, k)),
        "that is the mean: return how many episodes it took",
        "평균을 반환했습니다. 몇 에피소드가 걸렸는지 반환하세요",
        lambda g, s, k: (_episodes(g, s, k), s * (1 - k ** _episodes(g, s, k))),
        "return the number of episodes alone",
        "에피소드 수만 반환하세요",
        lambda g, s, k: s * _episodes(g, s, k),
        "that is what all those episodes score together: return how many they are",
        "그 에피소드들의 점수를 모두 더한 것입니다. 몇 에피소드인지 반환하세요",
        lambda g, s, k: str(_episodes(g, s, k)),
        "that is text: return a number",
        "문자열입니다. 숫자를 반환하세요",
        lambda g, s, k: g / s,
        "that is the share the mean has to reach: after how many episodes does it?",
        "평균이 이르러야 할 비율입니다. 몇 에피소드 뒤에 이르나요?",
        lambda g, s, k: math.log(k) / math.log(1 - g / s),
        "the two logarithms have changed places: divide by that of keep, and take the first whole "
        "number that is above",
        "두 로그가 바뀌었습니다. keep의 로그로 나누고, 그 값을 처음으로 넘는 정수를 구하세요",
        lambda g, s, k: math.nan,
        "that is the logarithm of a negative number: the share that is missing is 1 - goal / score",
        "음수의 로그를 구했습니다. 모자란 몫은 1 - goal / score입니다",
        lambda g, s, k: math.log(1 - g / s),
        "divide by the logarithm of keep, and take the first whole number that is above",
        "keep의 로그로 나누고, 그 값을 처음으로 넘는 정수를 구하세요",
        *(
            part
            for score in (500, 10)
            for part in (
                lambda g, s, k, score=score: _first()(g, score, k),
                "the score makes no difference: do you use the argument?",
                "score를 바꾸어도 그대로입니다. 인자를 쓰나요?",
            )
        ),
        lambda g, s, k: math.ceil(math.log(g / s) / math.log(k)),
        "the share that is missing is 1 - goal / score, not goal / score",
        "모자란 몫은 goal / score가 아니라 1 - goal / score입니다",
        lambda g, s, k: math.floor(math.log(g / s) / math.log(k)) + 1,
        "the share that is missing is 1 - goal / score, not goal / score",
        "모자란 몫은 goal / score가 아니라 1 - goal / score입니다",
    ],
)
def check_episodes_until(goal, score, keep):
    """After how many episodes of that score the running mean from 0 is above the goal."""
    return _episodes(goal, score, keep)
