"""Lesson 08: the target network."""

import keras
import numpy as np

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.lesson_07 import check_bellman_target as _bellman_target
from dqn_keras.classroom.checks.networks import Network
from dqn_keras.classroom.checks.values import as_numbers, same
from dqn_keras.networks import q_network


def _layers(rng):
    """Weights of two networks, alike in shape, of which no two numbers are the same."""
    dtype = rng.choice(["float32", "float64"])
    sizes = rng.integers(1, 4, rng.integers(2, 4))
    shapes = [shape for a, b in zip(sizes, sizes[1:], strict=False) for shape in ((a, b), (b,))]
    old, new = (
        [rng.normal(0, 10, shape).round(1).astype(dtype) for shape in shapes] for _ in range(2)
    )
    return old, new, float(rng.choice([0.0, 0.001, 0.01, 0.1, 0.3, 0.75, 1.0]))


def _new_weights(call, target_weights, weights, tau):
    """What an answer returns; an object array of arrays is a list as well."""
    result = call(target_weights, weights, tau)
    is_list = isinstance(result, np.ndarray) and result.dtype.kind == "O"
    return list(result) if is_list else result


def _each(rule):
    """A soft update that computes every array by a rule of (old, new, tau)."""
    return lambda targets, weights, tau: [
        rule(old, new, tau) for old, new in zip(targets, weights, strict=True)
    ]


def _soft(old, new, tau):
    return tau * new + (1 - tau) * old


@exercise(
    examples=[
        ([np.array([[10.0]], np.float32)], [np.array([[20.0]], np.float32)], 0.1),
        (
            [np.array([[10.0, 20.0, 30.0]], np.float32), np.array([-4.0, 8.0], np.float32)],
            [np.array([[20.0, 10.0, 70.0]], np.float32), np.array([6.0, -2.0], np.float32)],
            0.1,
        ),
        ([np.array([3.0]), np.array([-5.0])], [np.array([7.0]), np.array([4.0])], 1.0),
        ([np.array([3.0]), np.array([-5.0])], [np.array([7.0]), np.array([4.0])], 0.0),
    ],
    random=_layers,
    number=14,
    observe=_new_weights,
    mistakes=[
        _each(lambda old, new, tau: tau * old + (1 - tau) * new),
        "tau is the model's share, and 1 - tau the old target's: they have changed places",
        "tau가 모델의 몫이고 1 - tau가 타깃 네트워크의 몫입니다. 둘이 바뀌었습니다",
        _each(lambda old, new, tau: new),
        "that is a hard copy: where is tau?",
        "하드 업데이트입니다. tau는 어디에 있나요?",
        _each(lambda old, new, tau: old),
        "the target network has not moved",
        "타깃 네트워크가 움직이지 않았습니다",
        _each(lambda old, new, tau: old + tau * new),
        "the old target has to shrink by 1 - tau, or the weights grow at every update",
        "타깃 네트워크의 값에는 1 - tau를 곱해야 합니다. 그대로 더하면 가중치가 점점 커집니다",
        _each(lambda old, new, tau: new + (1 - tau) * old),
        "the model's weights count in full: multiply them by tau",
        "모델의 가중치를 그대로 더했습니다. tau를 곱하세요",
        _each(lambda old, new, tau: old - tau * (new - old)),
        "it moves away from the model: the step is tau * (model - target)",
        "모델에서 멀어집니다. 움직이는 양은 tau * (모델 - 타깃)입니다",
        _each(lambda old, new, tau: tau * (new - old)),
        "that is the step alone: add it to the old target",
        "움직이는 양뿐입니다. 타깃 네트워크의 값에 더하세요",
        _each(lambda old, new, tau: tau * (old - new)),
        "that is the step alone, and away from the model: target + tau * (model - target)",
        "움직이는 양뿐이고 방향도 반대입니다. 타깃 + tau * (모델 - 타깃)입니다",
        _each(lambda old, new, tau: new + tau * (new - old)),
        "the step begins at the model: it begins at the old target",
        "모델에서 출발했습니다. 타깃 네트워크의 값에서 출발하세요",
        _each(lambda old, new, tau: tau * new),
        "only the model's share is there: the old target's is missing",
        "모델의 몫뿐입니다. 타깃 네트워크의 몫이 빠졌습니다",
        _each(lambda old, new, tau: (1 - tau) * old),
        "only the old target's share is there: the model's is missing",
        "타깃 네트워크의 몫뿐입니다. 모델의 몫이 빠졌습니다",
        _each(lambda old, new, tau: (old + new) / 2),
        "it takes the mean of the two: where is tau?",
        "둘의 평균입니다. tau는 어디에 있나요?",
        _each(lambda old, new, tau: _soft(old, new, tau) / 2),
        "that is half of it: tau and 1 - tau already add up to 1",
        "절반이 나왔습니다. tau와 1 - tau를 더하면 이미 1입니다",
        _each(lambda old, new, tau: tau * (new + old)),
        "the old target's share is 1 - tau, not tau",
        "타깃 네트워크의 몫은 tau가 아니라 1 - tau입니다",
        _each(lambda old, new, tau: tau * new + 1 - tau * old),
        "1 - tau needs parentheses: (1 - tau) * target",
        "1 - tau에 괄호가 필요합니다: (1 - tau) * 타깃",
        _each(lambda old, new, tau: tau * new - (1 - tau) * old),
        "the old target's share is taken off: add it",
        "타깃 네트워크의 몫을 뺐습니다. 더하세요",
        *(
            part
            for tau in (0.001, 0.01, 0.1)
            for part in (
                _each(lambda old, new, _, tau=tau: _soft(old, new, tau)),
                "tau makes no difference: do you use the argument, or a number of your own?",
                "tau를 바꾸어도 그대로입니다. 인자를 쓰나요, 직접 쓴 숫자를 쓰나요?",
            )
        ),
        _each(lambda old, new, tau: _soft(old, new, tau**2)),
        "tau is squared: multiply by it once",
        "tau를 두 번 곱했습니다. 한 번만 곱하세요",
        _each(lambda old, new, tau: tau * (new + (1 - tau) * old)),
        "tau multiplies both shares: it belongs to the model's alone",
        "tau를 두 몫에 모두 곱했습니다. 모델의 몫에만 곱하세요",
        _each(lambda old, new, tau: (1 - tau) * (tau * new + old)),
        "1 - tau multiplies both shares: it belongs to the target network's alone",
        "1 - tau를 두 몫에 모두 곱했습니다. 타깃 네트워크의 몫에만 곱하세요",
        _each(lambda old, new, tau: new + old),
        "the two are added up in full: tau of the model, 1 - tau of the old target",
        "둘을 그대로 더했습니다. 모델에는 tau, 타깃 네트워크에는 1 - tau를 곱하세요",
        _each(lambda old, new, tau: np.maximum(old, new)),
        "it takes the larger of the two: mix them",
        "둘 중 큰 값을 골랐습니다. 둘을 섞으세요",
        _each(lambda old, new, tau: _soft(old, new, tau).mean()),
        "one number for each array: keep its shape",
        "배열마다 숫자 하나만 남았습니다. 모양을 그대로 두세요",
        _each(lambda old, new, tau: _soft(old, new, tau).astype(int)),
        "the weights are cut to whole numbers: leave them as they are",
        "가중치가 정수로 잘렸습니다. 그대로 두세요",
        _each(lambda old, new, tau: _soft(old, new, tau).T),
        "the arrays are transposed: keep the shapes that came in",
        "배열의 행과 열이 바뀌었습니다. 받은 모양 그대로 두세요",
        lambda old, new, tau: _each(_soft)(old, new, tau)[::-1],
        "the arrays come out in reverse order",
        "배열의 순서가 거꾸로입니다",
        lambda old, new, tau: (_each(_soft)(old, new, tau), new),
        "return the target network's weights and nothing else",
        "타깃 네트워크의 가중치만 반환하세요",
        lambda old, new, tau: (_each(_soft)(old, new, tau), old),
        "return the target network's weights and nothing else",
        "타깃 네트워크의 가중치만 반환하세요",
        lambda old, new, tau: [*old, *_each(_soft)(old, new, tau)],
        "the old arrays are still in the list: begin with an empty one",
        "예전 배열이 리스트에 그대로 남아 있습니다. 빈 리스트에서 시작하세요",
        lambda old, new, tau: [_soft(old[-1], new[-1], tau)],
        "the list begins anew in every turn of the loop: make it once, before the loop",
        "리스트를 반복할 때마다 새로 만듭니다. 반복문 앞에서 한 번만 만드세요",
        lambda old, new, tau: dict(enumerate(_each(_soft)(old, new, tau))),
        "that is a dictionary: return a list of arrays",
        "딕셔너리를 반환했습니다. 배열의 리스트를 반환하세요",
        lambda old, new, tau: tau * new + (1 - tau) * old,
        "a list cannot be multiplied by a number: go through the arrays in it, one by one",
        "리스트에는 숫자를 곱할 수 없습니다. 리스트 속의 배열마다 하나씩 계산하세요",
        lambda old, new, tau: [_soft(old[0], new[0], tau), *old[1:]],
        "only the first array has moved: a network has one for each kernel and bias",
        "첫 배열만 움직였습니다. 신경망에는 커널과 편향마다 배열이 하나씩 있습니다",
        lambda old, new, tau: [*old[:-1], _soft(old[-1], new[-1], tau)],
        "only the last array has moved: a network has one for each kernel and bias",
        "마지막 배열만 움직였습니다. 신경망에는 커널과 편향마다 배열이 하나씩 있습니다",
        lambda old, new, tau: _soft(old[0], new[0], tau),
        "that is the first array alone: return a list, one array for each that came in",
        "첫 배열뿐입니다. 받은 배열마다 하나씩, 리스트로 반환하세요",
        lambda old, new, tau: _soft(old[-1], new[-1], tau),
        "that is the last array alone: collect them in a list",
        "마지막 배열뿐입니다. 리스트에 모아서 반환하세요",
        lambda old, new, tau: [_soft(old[0], new[0], tau)],
        "return stands inside of the loop: one array has come out, return the list after it",
        "return이 반복문 안에 있어서 배열이 하나만 나왔습니다. 반복문이 끝난 뒤에 반환하세요",
        lambda old, new, tau: [
            number for pair in zip(old, new, strict=True) for number in _soft(*pair, tau).ravel()
        ],
        "that is one long list of numbers: return arrays, in the shapes that came in",
        "숫자가 한 줄로 늘어섰습니다. 받은 모양 그대로 배열마다 하나씩 반환하세요",
        lambda old, new, tau: [part * (1 - tau) for part in old] + [part * tau for part in new],
        "two lists put together with + become one longer list: add array by array",
        "리스트끼리 +로 더하면 이어 붙습니다. 배열끼리 더하세요",
    ],
)
def check_soft_update(target_weights, weights, tau):
    """The target network's new weights, a list of arrays."""
    return [_soft(old, new, tau) for old, new in zip(target_weights, weights, strict=True)]


def _labels(call, rewards, next_states, terminated, model, target_model, discount_factor):
    """The targets of an answer, which has to leave both networks as they are."""
    networks = model(), target_model()
    targets = call(rewards, next_states, terminated, *networks, discount_factor)
    model.is_still_that_of(networks[0])
    target_model.is_still_that_of(networks[1])
    return targets


def _batch(rng):
    """A mini-batch of one-hot states, and two networks that seldom agree."""
    batch, actions = rng.choice([1, 2, 4]), rng.choice([1, 2, 3])
    model, target_model = rng.permuted(np.tile(np.arange(9.0), [2 * batch, 1]), axis=1)[
        :, :actions
    ].reshape(2, batch, actions) - rng.choice([0, 4.5, 20])
    return (
        rng.integers(-9, 10, batch).astype(rng.choice(["float32", "float64"])),
        np.eye(batch, dtype=np.float32)[rng.permutation(batch)],
        rng.random(batch) < 0.4,
        Network(model),
        Network(target_model, "target_model"),
        float(rng.choice([0.0, 0.5, 0.8, 0.99, 1.0])),
    )


def _with(rule):
    """Targets by a rule of (rewards, the networks' Q-values [B, A], terminated, discount)."""

    def targets(rewards, states, terminated, model, target_model, discount):
        q, fixed = (np.array(network(states)) for network in (model, target_model))
        return rule(rewards, q, fixed, terminated, discount)

    return targets


def _target(value):
    """Targets by a rule for the value of the next state."""
    return _with(lambda r, q, f, d, g: r + g * value(q, f) * (1 - d.astype(float)))


def _of(q_values, actions):
    return q_values[np.arange(len(actions)), actions]


@exercise(
    examples=[
        (
            np.array([1.0, 2.0, -100.0, 3.0], np.float32),
            np.eye(4, dtype=np.float32),
            np.array([False, False, True, False]),
            Network([[50, 70], [90, 40], [60, 65], [20, 80]]),
            Network([[8, 5], [7, 12], [90, 94], [3, 6]], "target_model"),
            0.9,
        ),
        *(
            (
                np.array([reward], np.float32),
                np.ones([1, 1], np.float32),
                np.array([terminated]),
                Network([[3, 7, -1]]),
                Network([[8, 5, 2]], "target_model"),
                discount,
            )
            for reward, terminated, discount in ((2, False, 0.5), (5, True, 0.8), (-4, False, 0.8))
        ),
    ],
    random=_batch,
    number=6,
    observe=_labels,
    mistakes=[
        _target(lambda q, f: q.max(axis=1)),
        "the labels come from the model itself: then the target moves with every update",
        "모델이 직접 정답을 만듭니다. 그러면 업데이트할 때마다 타깃이 움직입니다",
        _with(lambda r, q, f, d, g: r + g * q.max(axis=1)),
        "the labels come from the model itself, and go on past a fall: the target network makes "
        "them, and `terminated` ends them",
        "모델이 직접 정답을 만들고, 쓰러진 뒤의 가치까지 넣었습니다. 타깃 네트워크와 "
        "`terminated`를 쓰세요",
        _target(lambda q, f: _of(f, q.argmax(axis=1))),
        "the model chooses the action and the target network values it: that is Double DQN, "
        "lesson 12; here the target network does both",
        "모델이 행동을 고르고 타깃 네트워크가 값을 매겼습니다. 그것은 12강의 더블 DQN입니다. "
        "여기서는 둘 다 타깃 네트워크가 합니다",
        _target(lambda q, f: _of(q, f.argmax(axis=1))),
        "the target network chooses the action, but the model values it",
        "타깃 네트워크가 행동을 고르는데 값은 모델이 매깁니다",
        _target(lambda q, f: np.maximum(q, f).max(axis=1)),
        "it takes the larger of the two networks' values: only the target network makes labels",
        "두 신경망 가운데 큰 값을 썼습니다. 정답은 타깃 네트워크만 만듭니다",
        _target(lambda q, f: np.minimum(q.max(axis=1), f.max(axis=1))),
        "it takes the smaller of the two networks' values: only the target network makes labels",
        "두 신경망 가운데 작은 값을 썼습니다. 정답은 타깃 네트워크만 만듭니다",
        _target(lambda q, f: (q.max(axis=1) + f.max(axis=1)) / 2),
        "it takes the mean of the two networks: only the target network makes labels",
        "두 신경망의 평균을 썼습니다. 정답은 타깃 네트워크만 만듭니다",
        _target(lambda q, f: q.max(axis=1) + f.max(axis=1)),
        "it adds up the values of the two networks: only the target network makes labels",
        "두 신경망의 값을 더했습니다. 정답은 타깃 네트워크만 만듭니다",
        _with(lambda r, q, f, d, g: r + g * f.max(axis=1) * ~d - q.max(axis=1)),
        "that is an error, not a label: the model's Q-value is taken off later, in the loss",
        "이것은 정답이 아니라 오차입니다. 모델의 큐값은 나중에 오류함수에서 뺍니다",
        _with(lambda r, q, f, d, g: np.where(d, q.max(axis=1), r + g * f.max(axis=1))),
        "at an end the label is the reward, not the model's Q-value",
        "끝난 스텝의 정답은 모델의 큐값이 아니라 보상입니다",
        _with(lambda r, q, f, d, g: q),
        "these are the model's Q-values: make targets of the target network's, as in lesson 07",
        "모델의 큐값 그대로입니다. 07강에서처럼 타깃 네트워크의 큐값으로 타깃을 만드세요",
        _with(lambda r, q, f, d, g: q.max(axis=1)),
        "that is what the model says of the next state: make a target of what the target network "
        "says",
        "모델이 말하는 다음 상태의 값뿐입니다. 타깃 네트워크의 값으로 타깃을 만드세요",
        _with(lambda r, q, f, d, g: r + g * f.max(axis=1)[::-1] * (1 - d.astype(float))),
        "rewards and Q-values come from different rows: keep them in order",
        "보상과 큐값의 행이 서로 다릅니다. 순서를 그대로 두세요",
        _with(lambda r, q, f, d, g: r + g * (q + f).max(axis=1) / 2 * (1 - d.astype(float))),
        "it takes the mean of the two networks: only the target network makes labels",
        "두 신경망의 평균을 썼습니다. 정답은 타깃 네트워크만 만듭니다",
        _with(lambda r, q, f, d, g: f),
        "these are the target network's Q-values: make targets of them, as in lesson 07",
        "타깃 네트워크의 큐값 그대로입니다. 07강에서처럼 이것으로 타깃을 만드세요",
        # And all that can go wrong with the target network's Q-values went wrong in lesson 07.
        *(
            part
            for mistake, english, korean in _bellman_target.mistakes
            # The rewards are no whole numbers here, and the cases too few to tell the other one.
            if "whole numbers" not in english and "its index picks" not in english
            for part in (
                _with(lambda r, q, f, d, g, mistake=mistake: mistake(r, f, d, g)),
                english,
                korean,
            )
        ),
        _with(lambda r, q, f, d, g: r + g * f * (1 - d.astype(float))),
        "target_model(next_states) has a Q-value for each action: take the largest of each row, "
        "axis=1",
        "target_model(next_states)에는 행동마다 큐값이 있습니다. 행마다 가장 큰 값을 "
        "쓰세요(axis=1)",
        _with(lambda r, q, f, d, g: (r + g * f.max(axis=1) * (1 - d.astype(float)), f)),
        "return the targets and nothing else",
        "타깃만 반환하세요",
    ],
)
def check_fixed_targets(rewards, next_states, terminated, model, target_model, discount_factor):
    """The targets of Q-learning with a target network, [B]."""
    next_q_values = np.array(target_model(next_states))
    return _bellman_target.answer(rewards, next_q_values, terminated, discount_factor)


class _Builder:
    """What a case says of build_model: the sizes of the networks that it makes."""

    def __init__(self, *sizes):
        self.sizes = sizes

    def show(self):
        return "q_network({}, {}, ({},))".format(*self.sizes)


_NETWORKS = "number of networks", "신경망의 수"
_MODEL = "arrays of the model that are the saved ones", "모델에서 저장된 가중치와 같은 배열의 수"
_TARGET = (
    "arrays of the target network that are the saved ones",
    "타깃 네트워크에서 저장된 가중치와 같은 배열의 수",
)
_RANDOM = "arrays that are still random, in both", "아직 무작위인 배열의 수(모델, 타깃 네트워크)"
_FOLLOW = (
    "arrays of the target network that move when the model learns",
    "모델이 배울 때 함께 움직이는 타깃 네트워크의 배열 수",
)
_PARTS = (_NETWORKS, _MODEL, _TARGET, _RANDOM, _FOLLOW)


def _networks(call, build_model, saved_weights):
    """What an answer's two networks have in common with the saved weights and with each other."""
    states, actions, hidden = build_model.sizes
    beginnings = []

    def build():
        network = q_network(states, actions, (hidden,), seed=1 + len(beginnings))
        beginnings.append(network.get_weights())
        return network

    networks = call(build, saved_weights)
    networks = list(networks) if isinstance(networks, tuple | list | np.ndarray) else networks
    number = len(set(map(id, networks))) if isinstance(networks, list) else type(networks).__name__
    are_networks = isinstance(networks, list) and all(hasattr(n, "get_weights") for n in networks)
    if isinstance(networks, list) and (len(networks) != 2 or not are_networks):
        number = [type(part).__name__ for part in networks]
    if number != 2:
        return dict.fromkeys(_PARTS) | {_NETWORKS: number}
    model, target = (network.get_weights() for network in networks)
    random = [sum(_equal(weights, other) for other in beginnings) for weights in (model, target)]
    for weight in networks[0].weights:  # what an update does
        weight.assign(weight + 1)
    moved = len(target) - _equal(target, networks[1].get_weights())
    seen = 2, _equal(model, saved_weights), _equal(target, saved_weights), random, moved
    return dict(zip(_PARTS, seen, strict=True))


def _equal(weights, others):
    """How many arrays are equal."""
    return sum(same(as_numbers(a), as_numbers(b)) for a, b in zip(weights, others, strict=False))


def _pair(steps):
    """Two networks after some steps with (model, target network, saved weights)."""

    def networks(build_model, saved):
        model, target_model = build_model(), build_model()
        return steps(model, target_model, saved) or (model, target_model)

    return networks


def _shared(build_model, saved):
    model = build_model()
    model.set_weights(saved)
    return model, keras.Model(model.inputs, model.outputs)


def _cloned(build_model, saved):
    model = build_model()
    model.set_weights(saved)
    return model, keras.models.clone_model(model)


def _mixed(shares):
    """Weights by a rule of (what the target network has, what was saved)."""
    return _pair(
        lambda m, t, saved: (
            m.set_weights(saved)
            or t.set_weights([shares(*pair) for pair in zip(t.get_weights(), saved, strict=True)])
        )
    )


@exercise(
    examples=[
        (
            _Builder(1, 2, 2),
            [
                np.array([[1.5, -2.5]], np.float32),
                np.array([3.0, 4.0], np.float32),
                np.array([[5.0, 6.0], [-7.0, 8.0]], np.float32),
                np.array([9.0, -1.0], np.float32),
            ],
        ),
        (
            _Builder(3, 2, 4),
            [
                np.arange(12, dtype=np.float32).reshape(3, 4) - 5,
                np.full(4, 0.5, np.float32),
                np.arange(8, dtype=np.float32).reshape(4, 2) + 20,
                np.array([-3.0, 2.0], np.float32),
            ],
        ),
    ],
    observe=_networks,
    expect=lambda build_model, saved: dict(
        zip(_PARTS, (2, len(saved), len(saved), [0, 0], 0), strict=True)
    ),
    mistakes=[
        _pair(lambda m, t, saved: t.set_weights(m.get_weights()) or m.set_weights(saved)),
        "the target network is still random: copy the weights after you have loaded them",
        "타깃 네트워크가 아직 무작위입니다. 가중치를 불러온 다음에 복사하세요",
        _pair(lambda m, t, saved: t.set_weights(saved)),
        "only the target network has the saved weights, the model has not",
        "타깃 네트워크에만 저장된 가중치가 있고 모델에는 없습니다",
        _pair(lambda m, t, saved: m.set_weights(saved) or m.set_weights(t.get_weights())),
        "neither network has the saved weights: they are not loaded, or the copy overwrites them",
        "두 신경망 모두 저장된 가중치가 아닙니다. 불러오지 않았거나 복사하면서 덮어썼습니다",
        _mixed(lambda old, new: (old + new) / 2),
        "the target network is not a full copy of the model: copy hard, with tau 1",
        "타깃 네트워크가 모델과 완전히 같지 않습니다. tau 1로 통째로 복사하세요",
        _mixed(lambda old, new: new if new.ndim > 1 else old),
        "the target network's biases are not copied: get_weights holds all arrays",
        "타깃 네트워크의 편향은 복사되지 않았습니다. get_weights에 모든 배열이 있습니다",
        _pair(
            lambda m, t, saved: (
                m.set_weights(saved) or t.layers[-1].set_weights(m.layers[-1].get_weights())
            )
        ),
        "only one layer of the target network is copied: copy every layer",
        "타깃 네트워크의 한 층만 복사되었습니다. 모든 층을 복사하세요",
        _cloned,
        "a clone has the model's layers, not its weights: set them, too",
        "clone_model은 층만 복제하고 가중치는 복제하지 않습니다. 가중치도 넣으세요",
        lambda build_model, saved: (lambda model: model.set_weights(saved) or [model] * 2)(
            build_model()
        ),
        "the two names mean one and the same network: build two",
        "이름은 둘이지만 신경망은 하나입니다. 두 개를 만드세요",
        _shared,
        "training the model moves the target network too: they share their weights",
        "모델이 배우면 타깃 네트워크도 움직입니다. 둘이 가중치를 함께 쓰고 있습니다",
        _mixed(lambda old, new: old if new.ndim > 1 else new),
        "the target network's kernels are not copied: get_weights holds all arrays",
        "타깃 네트워크의 커널은 복사되지 않았습니다. get_weights에 모든 배열이 있습니다",
        _pair(
            lambda m, t, saved: (
                m.layers[-1].set_weights(saved[-2:]) or t.set_weights(m.get_weights())
            )
        ),
        "only one layer is loaded: model.set_weights takes all arrays at once",
        "한 층만 불러왔습니다. model.set_weights는 모든 배열을 한꺼번에 받습니다",
        _pair(
            lambda m, t, saved: (
                m.set_weights([w + 1 for w in saved]) or t.set_weights(m.get_weights())
            )
        ),
        "neither network has the saved weights as they were: load them unchanged",
        "두 신경망 모두 저장된 가중치와 다릅니다. 바꾸지 말고 그대로 불러오세요",
        _pair(lambda m, t, saved: m.set_weights(saved) or t.set_weights(saved) or m),
        "that is one network: return both, model, target_model",
        "신경망 하나만 반환했습니다. model, target_model 둘 다 반환하세요",
        _pair(lambda m, t, saved: m.set_weights(saved) or t.set_weights(saved) or (m,)),
        "that is one network in a tuple: return both, model, target_model",
        "튜플에 신경망이 하나뿐입니다. model, target_model 둘 다 반환하세요",
        _pair(lambda m, t, saved: (m.set_weights(saved), t.set_weights(saved))),
        "set_weights returns nothing (None): call it first, then return the networks themselves",
        "set_weights는 아무것도 반환하지 않습니다(None). 먼저 부르고, 신경망 자체를 반환하세요",
        _pair(lambda m, t, saved: {"model": m, "target_model": t}),
        "that is a dictionary: return model, target_model",
        "딕셔너리를 반환했습니다. model, target_model을 반환하세요",
        _pair(lambda m, t, saved: m.set_weights(saved) or (m, saved)),
        "the second one is a list of weights: return a network that has them",
        "두 번째가 가중치의 리스트입니다. 그 가중치가 든 신경망을 반환하세요",
        _pair(lambda m, t, saved: m.set_weights(saved[:2])),
        "set_weights takes all arrays of the network: hand over saved_weights as it is",
        "set_weights는 신경망의 모든 배열을 받습니다. saved_weights를 그대로 넘기세요",
        _pair(lambda m, t, saved: m.set_weights(saved) or t.set_weights(m)),
        "set_weights takes arrays, as saved_weights or model.get_weights() are (load_weights "
        "reads a "
        "file)",
        "set_weights에는 saved_weights나 model.get_weights() 같은 배열을 넣습니다(load_weights는 "
        "파일을 "
        "읽습니다)",
        _pair(lambda m, t, saved: t.set_weights(saved) or (m.set_weights(saved) or (m, t, t))),
        "return two networks and nothing else: model, target_model",
        "신경망 두 개만 반환하세요: model, target_model",
        _pair(lambda m, t, saved: m.set_weights(saved) or t.set_weights(saved) or (m, t, saved)),
        "return two networks and nothing else: model, target_model",
        "신경망 두 개만 반환하세요: model, target_model",
        _pair(lambda m, t, saved: (saved, saved)),
        "return the networks themselves, not their weights",
        "가중치가 아니라 신경망 자체를 반환하세요",
        lambda build_model, saved: (build_model, build_model),
        "build_model is a function: call it, build_model()",
        "build_model은 함수입니다. build_model()처럼 부르세요",
    ],
)
def check_loaded_networks(build_model, saved_weights):
    """Model and target network, two networks with the saved weights."""
    model, target_model = build_model(), build_model()
    model.set_weights(saved_weights)
    target_model.set_weights(saved_weights)
    return model, target_model
