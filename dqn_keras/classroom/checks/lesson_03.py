"""Lesson 03: a network from nothing."""

import functools

import keras
import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.values import plain, show
from dqn_keras.machinery.language import say


def _line(rng):
    """A line and a few examples, in which no two numbers play the same part."""
    batch, dtype = rng.integers(1, 6), rng.choice(["int64", "float32", "float64"])
    x, y = rng.integers(-9, 10, (2, batch)).astype(dtype)
    w, b = rng.integers(-30, 31, 2) / 10
    return float(w), float(b), x, y


def _errors(w, b, x, y):
    return w * x + b - y


def _divided_in_the_loop(w, b, x, y):
    by_w = by_b = 0.0
    for input_, error in zip(x, _errors(w, b, x, y), strict=True):
        by_w, by_b = (by_w + 2 * error * input_) / len(x), (by_b + 2 * error) / len(x)
    return by_w, by_b


def _slopes(rule):
    """Both slopes by a rule of (errors, inputs): the bias has inputs of 1."""

    def slopes(w, b, x, y):
        errors = _errors(w, b, x, y)
        return rule(errors, x), rule(errors, np.ones_like(x))

    return slopes


@exercise(
    examples=[
        (1.0, 0.0, np.array([2.0, 1.0]), np.array([6.0, 2.0])),
        (1.0, 0.0, np.array([2.0]), np.array([6.0])),
        (2.0, 3.0, np.array([5.0]), np.array([1.0])),
        (-0.5, 1.5, np.array([4.0, -3.0, 1.0]), np.array([2.0, 7.0, -6.0])),
    ],
    random=_line,
    mistakes=[
        _slopes(lambda e, x: np.mean(e * x)),
        "the 2 is missing: the slope of a square is twice what was squared, times its own slope",
        "2가 빠졌습니다. 제곱의 기울기는 제곱한 것의 2배에 그것의 기울기를 곱한 것입니다",
        _slopes(lambda e, x: np.sum(2 * e * x)),
        "that is the sum over the examples: the loss is their mean",
        "예제들의 합입니다. 오류함수가 평균이므로 기울기도 평균입니다",
        _slopes(lambda e, x: np.sum(e * x)),
        "that is the sum over the examples, and the 2 is missing: the loss is a mean of squares",
        "예제들의 합이고 2도 빠졌습니다. 오류함수는 제곱의 평균입니다",
        _slopes(lambda e, x: np.mean(-2 * e * x)),
        "the sign is turned: the error is the prediction minus the label",
        "부호가 반대입니다. 오차는 예측에서 정답을 뺀 것입니다",
        _slopes(lambda e, x: np.mean(-e * x)),
        "the sign is turned and the 2 is missing: 2 times (prediction minus label) times the input",
        "부호가 반대이고 2가 빠졌습니다. 2 × (예측 - 정답) × 입력입니다",
        lambda w, b, x, y: (np.mean(2 * _errors(w, b, x, y)),) * 2,
        "by w the input is missing: w is multiplied by x, so x multiplies its slope",
        "w의 기울기에 입력이 빠졌습니다. w에는 x가 곱해지므로 기울기에도 x를 곱합니다",
        lambda w, b, x, y: (np.mean(2 * _errors(w, b, x, y) * x),) * 2,
        "both slopes are those of w: the input of b is 1, not x",
        "두 값이 모두 w의 기울기입니다. b의 입력은 x가 아니라 1입니다",
        lambda w, b, x, y: _slopes(lambda e, x: np.mean(2 * e * x))(w, b, x, y)[::-1],
        "they have changed places: first the slope by w, then the one by b",
        "순서가 바뀌었습니다. w의 기울기가 먼저이고 b의 기울기가 다음입니다",
        lambda w, b, x, y: _slopes(lambda e, x: np.mean(2 * e * x))(w, 0, x, y),
        "the bias is missing in the prediction: w * x + b",
        "예측에 편향이 빠졌습니다. w * x + b입니다",
        lambda w, b, x, y: np.mean(2 * _errors(w, b, x, y) * x),
        "that is the slope by w alone: return two numbers, the second one by b",
        "w의 기울기뿐입니다. b의 기울기까지 두 숫자를 반환하세요",
        lambda w, b, x, y: np.mean(2 * _errors(w, b, x, y)),
        "that is the slope by b alone: return two numbers, the first one by w",
        "b의 기울기뿐입니다. w의 기울기까지 두 숫자를 반환하세요",
        _slopes(lambda e, x: 2 * np.mean(e) * np.mean(x)),
        "the means are taken too early: multiply error by input example by example, then take the "
        "mean",
        "평균을 너무 일찍 냈습니다. 예제마다 오차와 입력을 곱한 다음에 평균을 내세요",
        _slopes(lambda e, x: 2 * e * x),
        "one slope for each example: take the mean over them",
        "예제마다 기울기가 하나씩 나왔습니다. 평균을 내세요",
        _slopes(lambda e, x: np.mean(e**2 * x)),
        "the error is still squared: the slope of a square is 2 times the error",
        "오차가 아직 제곱되어 있습니다. 제곱의 기울기는 오차의 2배입니다",
        _slopes(lambda e, x: np.mean(2 * e**2 * x)),
        "the error is still squared: the slope of a square is 2 times the error",
        "오차가 아직 제곱되어 있습니다. 제곱의 기울기는 오차의 2배입니다",
        lambda w, b, x, y: np.mean(_errors(w, b, x, y) ** 2),
        "that is the loss: its slopes are asked for",
        "이것은 오류함수입니다. 그 기울기를 구하세요",
        _slopes(lambda e, x: np.mean(2 * abs(e) * x)),
        "the error has lost its sign: whether the prediction is too large or too small decides "
        "the direction",
        "오차의 부호가 사라졌습니다. 예측이 큰지 작은지에 따라 방향이 정해집니다",
        _slopes(lambda e, x: np.mean(2 * e * x**2)),
        "the input is squared: it multiplies the error once",
        "입력을 제곱했습니다. 오차에 한 번만 곱합니다",
        lambda w, b, x, y: (
            np.mean(2 * _errors(w, b, x, y) * w),
            np.mean(2 * _errors(w, b, x, y) * b),
        ),
        "the errors are multiplied by the weights: multiply them by the inputs, x and 1",
        "오차에 가중치를 곱했습니다. 입력인 x와 1을 곱하세요",
        lambda w, b, x, y: (
            np.mean(2 * _errors(w, b, x, y) * x),
            np.mean(2 * _errors(w, b, x, y) * b),
        ),
        "by b the errors are multiplied by b itself: its input is 1",
        "b의 기울기에 b를 곱했습니다. b의 입력은 1입니다",
        _slopes(lambda e, x: 2 * e[0] * x[0]),
        "only the first example counts: take the mean over all",
        "첫 예제만 썼습니다. 모든 예제의 평균을 내세요",
        _slopes(lambda e, x: 2 * e[-1] * x[-1]),
        "only the last example counts: take the mean over all",
        "마지막 예제만 썼습니다. 모든 예제의 평균을 내세요",
        lambda w, b, x, y: (np.mean(2 * _errors(w, b, x, y) * x), 0.0),
        "by b the slope is not 0: when b grows, every prediction grows",
        "b의 기울기는 0이 아닙니다. b가 커지면 모든 예측이 커집니다",
        lambda w, b, x, y: (np.mean(2 * _errors(w, b, x, y) * x), 1.0),
        "1 is the input of b: it multiplies the error, as x does for w",
        "1은 b의 입력입니다. w에서 x를 곱하듯이 오차에 곱하세요",
        lambda w, b, x, y: (np.mean(2 * _errors(w, b, x, y) * x), np.mean(_errors(w, b, x, y))),
        "by b the 2 is missing: it comes from the square, whatever the input",
        "b의 기울기에 2가 빠졌습니다. 2는 제곱에서 나오므로 입력과 상관없습니다",
        lambda w, b, x, y: (
            np.mean(2 * _errors(w, b, x, y) * x),
            np.sum(2 * _errors(w, b, x, y)),
        ),
        "by b it is the sum: take the mean there, too",
        "b의 기울기는 합으로 나왔습니다. 여기서도 평균을 내세요",
        lambda w, b, x, y: (
            np.mean(2 * x * (w * x - y)),
            np.mean(2 * _errors(w, b, x, y)),
        ),
        "by w the bias is missing in the prediction: w * x + b for both",
        "w의 기울기를 구할 때 예측에 편향이 빠졌습니다. 둘 다 w * x + b로 예측하세요",
        _errors,
        "those are the errors: the slopes are asked for, the mean of 2 times error times input",
        "이것은 오차입니다. 기울기는 2 × 오차 × 입력의 평균입니다",
        lambda w, b, x, y: 2 * _errors(w, b, x, y) * x,
        "that is a slope by w for each example: take the mean, and the slope by b as well",
        "예제마다 구한 w의 기울기입니다. 평균을 내고 b의 기울기도 구하세요",
        lambda w, b, x, y: sum(_slopes(lambda e, x: np.mean(2 * e * x))(w, b, x, y)),
        "the two slopes are added up: return both of them",
        "두 기울기를 더했습니다. 두 숫자를 따로 반환하세요",
        lambda w, b, x, y: tuple(
            np.sign(slope) for slope in _slopes(lambda e, x: np.mean(e * x))(w, b, x, y)
        ),
        "those are the signs of the slopes: how steep they are matters as well",
        "기울기의 부호뿐입니다. 얼마나 가파른지도 중요합니다",
        lambda w, b, x, y: tuple(
            abs(slope) for slope in _slopes(lambda e, x: np.mean(2 * e * x))(w, b, x, y)
        ),
        "the slopes have lost their sign: it says which way is down",
        "기울기의 부호가 사라졌습니다. 어느 쪽이 내리막인지는 부호가 알려 줍니다",
        lambda w, b, x, y: _slopes(lambda e, x: np.mean(2 * e * x))(w, b, x, 0 * y),
        "the labels are missing: the error is the prediction minus the label",
        "정답이 빠졌습니다. 오차는 예측에서 정답을 뺀 것입니다",
        lambda w, b, x, y: _slopes(lambda e, x: np.mean(2 * e * x))(w, b, y, x),
        "inputs and labels have changed places: the prediction is w * x + b",
        "입력과 정답이 바뀌었습니다. 예측은 w * x + b입니다",
        lambda w, b, x, y: (np.mean(2 * w * x**2 + b - y), np.mean(2 * w * x + b - y)),
        "parentheses are missing: the 2 and the input multiply the whole error",
        "괄호가 빠졌습니다. 2와 입력은 오차 전체에 곱합니다",
        lambda w, b, x, y: (2 * x * _errors(w, b, x, y), np.mean(2 * _errors(w, b, x, y))),
        "by w there is one slope for each example: take the mean there, too",
        "w의 기울기가 예제마다 하나씩 나왔습니다. 여기서도 평균을 내세요",
        _slopes(lambda e, x: np.mean(2 * e * x) / len(x)),
        "it is divided by the number of examples twice: np.mean does that already",
        "예제의 수로 두 번 나누었습니다. np.mean이 이미 나누어 줍니다",
        lambda w, b, x, y: (
            np.mean(2 * _errors(w, b, x, y) * x),
            np.mean(-2 * _errors(w, b, x, y)),
        ),
        "by b the sign is turned: the error is the prediction minus the label for both",
        "b의 기울기만 부호가 반대입니다. 오차는 둘 다 예측에서 정답을 뺀 것입니다",
        lambda w, b, x, y: (
            np.mean(-2 * _errors(w, b, x, y) * x),
            np.mean(2 * _errors(w, b, x, y)),
        ),
        "by w the sign is turned: the error is the prediction minus the label for both",
        "w의 기울기만 부호가 반대입니다. 오차는 둘 다 예측에서 정답을 뺀 것입니다",
        lambda w, b, x, y: (np.mean(_errors(w, b, x, y) ** 2),) * 2,
        "that is the loss, twice: its slopes are asked for",
        "오류함수를 두 번 반환했습니다. 그 기울기를 구하세요",
        lambda w, b, x, y: (np.mean(_errors(w, b, x, y)),) * 2,
        "that is the mean error, twice: multiply each error by 2 and by its input first",
        "오차의 평균을 두 번 반환했습니다. 먼저 오차마다 2와 입력을 곱하세요",
        *(
            part
            for rate in (0.1, 0.05, 0.01)
            for part in (
                lambda w, b, x, y, rate=rate: (
                    np.array([w, b])
                    - rate * np.array(_slopes(lambda e, x: np.mean(2 * e * x))(w, b, x, y))
                ),
                "a step is taken already: the slopes alone are asked for",
                "벌써 한 걸음을 옮겼습니다. 기울기만 구하세요",
            )
        ),
        lambda w, b, x, y: (
            np.array([w, b]) - np.array(_slopes(lambda e, x: np.mean(2 * e * x))(w, b, x, y))
        ),
        "a step is taken already: the slopes alone are asked for",
        "벌써 한 걸음을 옮겼습니다. 기울기만 구하세요",
        _divided_in_the_loop,
        "it divides in every turn of the loop, so that the first examples are divided again and "
        "again: add up first, divide once after the loop",
        "반복문이 돌 때마다 나누어서 앞의 예제가 거듭 나누어집니다. 먼저 모두 더하고, 반복문이 "
        "끝난 뒤에 한 번만 나누세요",
        lambda w, b, x, y: _slopes(lambda e, x: np.mean(2 * e * x))(b, w, x, y),
        "w and b have changed places: the prediction is w * x + b",
        "w와 b가 바뀌었습니다. 예측은 w * x + b입니다",
        *(
            part
            for rounded in (np.round, round)  # they differ in ties
            for digits in (2, 1, 0)
            for part in (
                _slopes(
                    lambda e, x, rounded=rounded, digits=digits: rounded(
                        float(np.mean(2 * e * x)), digits
                    )
                ),
                "they are rounded: return the slopes as they are",
                "반올림했습니다. 기울기를 그대로 반환하세요",
            )
        ),
        lambda w, b, x, y: (np.mean(2 * _errors(w, b, x, y) * x), b),
        "the second number is b itself: the slope by b is the mean of 2 times the error",
        "두 번째 숫자가 b 자신입니다. b의 기울기는 2 × 오차의 평균입니다",
        lambda w, b, x, y: dict(
            zip("wb", _slopes(lambda e, x: np.mean(2 * e * x))(w, b, x, y), strict=True)
        ),
        "a dict is returned: return two numbers, first the slope by w, then the one by b",
        "딕셔너리를 반환합니다. w의 기울기, b의 기울기 순서로 두 숫자를 반환하세요",
        lambda w, b, x, y: (
            np.mean(_errors(w + 1, b, x, y) ** 2) - np.mean(_errors(w, b, x, y) ** 2),
            np.mean(_errors(w, b + 1, x, y) ** 2) - np.mean(_errors(w, b, x, y) ** 2),
        ),
        "that is how much the loss changes when a weight grows by 1: the slope holds for the "
        "smallest of changes, the mean of 2 times error times input",
        "가중치가 1만큼 커질 때 오류함수가 변하는 양입니다. 기울기는 아주 조금 움직일 때의 것으로, "
        "2 × 오차 × 입력의 평균입니다",
    ],
)
def check_line_slopes(w, b, x, y):
    """The slopes of the mean squared error of w x + b: by w and by b."""
    errors = w * x + b - y
    return np.mean(2 * errors * x), np.mean(2 * errors)


def _weights(rng):
    """Arrays of several shapes, their slopes and a learning rate."""
    dtype = rng.choice(["float32", "float64"])
    sizes = rng.integers(1, 4, rng.integers(2, 4))
    shapes = [shape for a, b in zip(sizes, sizes[1:], strict=False) for shape in ((a, b), (b,))]
    weights, gradients = (
        [rng.normal(0, 10, shape).round(1).astype(dtype) for shape in shapes] for _ in range(2)
    )
    return weights, gradients, float(rng.choice([0.0, 0.01, 0.1, 0.3, 1.0, 2.0]))


def _each(rule):
    """A step that moves every weight by a rule of (weight, slope, learning rate)."""
    return lambda weights, gradients, rate: [
        rule(weight, gradient, rate) for weight, gradient in zip(weights, gradients, strict=True)
    ]


def _down(weight, gradient, rate):
    return weight - rate * gradient


@exercise(
    examples=[
        ([1.0], [-16.0], 0.05),
        ([1.0, 0.0], [-9.0, -5.0], 0.1),
        ([np.array([[3.0, -2.0]]), np.array([5.0, 4.0])],)
        + ([np.array([[10.0, 20.0]]), np.array([-30.0, 7.0])], 0.1),
        ([2.0, np.array([7.0])], [0.5, np.array([-6.0])], 3.0),
    ],
    random=_weights,
    number=14,
    mistakes=[
        _each(lambda w, g, rate: w + rate * g),
        "it goes uphill: take the step off the weight",
        "오르막으로 갑니다. 가중치에서 걸음을 빼세요",
        _each(lambda w, g, rate: w - g),
        "the step is the whole slope: multiply it by the learning rate",
        "기울기만큼 통째로 움직였습니다. 학습률을 곱하세요",
        _each(lambda w, g, rate: w + g),
        "it goes uphill, by the whole slope: take learning rate times slope off the weight",
        "기울기만큼 통째로 오르막을 갑니다. 학습률과 기울기를 곱해서 가중치에서 빼세요",
        _each(lambda w, g, rate: w - rate * np.sign(g)),
        "only the slope's sign is used: where it is steep, the step is longer",
        "기울기의 부호만 썼습니다. 가파르면 걸음도 커야 합니다",
        _each(lambda w, g, rate: w - rate * abs(g)),
        "every weight shrinks: a negative slope makes it grow",
        "모든 가중치가 줄어듭니다. 기울기가 음수이면 커져야 합니다",
        _each(lambda w, g, rate: w - rate),
        "the slope is missing: the step is learning rate times slope",
        "기울기가 빠졌습니다. 걸음은 학습률 × 기울기입니다",
        _each(lambda w, g, rate: -rate * g),
        "that is the step alone: add it to the weight",
        "움직이는 양뿐입니다. 가중치에 더하세요",
        _each(lambda w, g, rate: rate * g),
        "that is the length of the step alone: take it off the weight",
        "걸음의 크기뿐입니다. 가중치에서 빼세요",
        _each(lambda w, g, rate: rate * (w - g)),
        "the learning rate multiplies the weight, too: it belongs to the slope alone",
        "학습률이 가중치에도 곱해졌습니다. 기울기에만 곱하세요",
        _each(lambda w, g, rate: rate * w - g),
        "the learning rate is at the weight: it belongs to the slope",
        "학습률을 가중치에 곱했습니다. 기울기에 곱하세요",
        _each(lambda w, g, rate: w * (1 - rate * g)),
        "the step is multiplied by the weight: weight - learning rate times slope",
        "걸음에 가중치까지 곱해졌습니다. 가중치 - 학습률 × 기울기입니다",
        _each(lambda w, g, rate: w - rate * w * g),
        "the step is multiplied by the weight: weight - learning rate times slope",
        "걸음에 가중치까지 곱해졌습니다. 가중치 - 학습률 × 기울기입니다",
        _each(lambda w, g, rate: g - rate * w),
        "weights and slopes have changed places",
        "가중치와 기울기가 바뀌었습니다",
        _each(lambda w, g, rate: rate * g - w),
        "the difference is turned round: weight - learning rate times slope",
        "빼는 순서가 반대입니다. 가중치 - 학습률 × 기울기입니다",
        _each(lambda w, g, rate: w - rate * g / 2),
        "that is half of the step: learning rate times slope, nothing else",
        "걸음이 절반입니다. 학습률 × 기울기 그대로입니다",
        _each(lambda w, g, rate: w - 2 * rate * g),
        "the step is doubled: the slopes hold the 2 of the square already",
        "걸음이 두 배입니다. 제곱에서 나온 2는 기울기에 이미 들어 있습니다",
        _each(lambda w, g, rate: w - g / rate),
        "the slope is divided by the learning rate: multiply them",
        "기울기를 학습률로 나누었습니다. 곱하세요",
        _each(lambda w, g, rate: w - (rate + g)),
        "learning rate and slope are added: multiply them",
        "학습률과 기울기를 더했습니다. 곱하세요",
        _each(lambda w, g, rate: w - rate**2 * g),
        "the learning rate is squared: multiply by it once",
        "학습률을 두 번 곱했습니다. 한 번만 곱하세요",
        _each(lambda w, g, rate: w - (1 - rate) * g),
        "the step is learning rate times slope, not 1 minus it",
        "1 - 학습률이 아니라 학습률을 기울기에 곱하세요",
        _each(lambda w, g, rate: (1 - rate) * w - rate * g),
        "the old weight counts in full: only the slope is multiplied by the learning rate",
        "원래 가중치는 그대로 둡니다. 학습률은 기울기에만 곱하세요",
        _each(lambda w, g, rate: (1 - rate) * w + rate * g),
        "it moves towards the slope, as if that were a target: take learning rate times slope off",
        "기울기를 타깃처럼 따라갑니다. 가중치에서 학습률 × 기울기를 빼세요",
        *(
            part
            for rate in (0.001, 0.01, 0.05, 0.1)
            for part in (
                _each(lambda w, g, _, rate=rate: w - rate * g),
                "the learning rate makes no difference: use the argument, not a number of your own",
                "학습률을 바꾸어도 그대로입니다. 직접 쓴 숫자 대신 인자를 쓰세요",
            )
        ),
        _each(lambda w, g, rate: w),
        "no weight has moved",
        "가중치가 하나도 움직이지 않았습니다",
        _each(lambda w, g, rate: w - rate * np.mean(g)),
        "every number of an array gets the same step: use each number's own slope",
        "배열의 모든 숫자를 똑같이 옮겼습니다. 숫자마다 자기 기울기를 쓰세요",
        _each(lambda w, g, rate: w - rate * np.sum(g)),
        "every number of an array gets the same step: use each number's own slope",
        "배열의 모든 숫자를 똑같이 옮겼습니다. 숫자마다 자기 기울기를 쓰세요",
        _each(lambda w, g, rate: np.mean(w - rate * g)),
        "that is one number for each array: return arrays, in the shapes that came in",
        "배열마다 숫자 하나만 남았습니다. 받은 모양 그대로 반환하세요",
        lambda weights, gradients, rate: [_down(weights[0], gradients[0], rate), *weights[1:]],
        "only the first of the weights has moved",
        "첫 가중치만 움직였습니다",
        lambda weights, gradients, rate: [*weights[:-1], _down(weights[-1], gradients[-1], rate)],
        "only the last of the weights has moved",
        "마지막 가중치만 움직였습니다",
        lambda weights, gradients, rate: [_down(weights[0], gradients[0], rate)],
        "return stands inside of the loop: one weight has come out, return the list after it",
        "return이 반복문 안에 있어서 가중치가 하나만 나왔습니다. 반복문이 끝난 뒤에 반환하세요",
        lambda weights, gradients, rate: _down(weights[0], gradients[0], rate),
        "that is the first of the weights alone: return a list, one for each that came in",
        "첫 가중치뿐입니다. 받은 것마다 하나씩, 리스트로 반환하세요",
        lambda weights, gradients, rate: _down(weights[-1], gradients[-1], rate),
        "that is the last of the weights alone: collect them in a list",
        "마지막 가중치뿐입니다. 리스트에 모아서 반환하세요",
        lambda weights, gradients, rate: [weights[0] - rate * g for g in gradients],
        "every step begins at the first of the weights: each has its own place",
        "모든 걸음이 첫 가중치에서 출발했습니다. 가중치마다 제자리에서 출발하세요",
        lambda weights, gradients, rate: np.array(weights) - rate * np.array(gradients),
        "np.array cannot hold arrays of different shapes: go through the lists with zip",
        "np.array에는 모양이 다른 배열을 함께 담을 수 없습니다. zip으로 두 리스트를 훑으세요",
        _each(lambda w, g, rate: w - rate * w),
        "the weight stands where the slope belongs: the step is learning rate times slope",
        "기울기 자리에 가중치를 썼습니다. 걸음은 학습률 × 기울기입니다",
        _each(lambda w, g, rate: np.sum(w - rate * g)),
        "that is one number for each array: return arrays, in the shapes that came in",
        "배열마다 숫자 하나만 남았습니다. 받은 모양 그대로 반환하세요",
        lambda weights, gradients, rate: [w - rate * gradients[0] for w in weights],
        "every weight takes the first slope: each has its own, in the same place of the list",
        "모든 가중치에 첫 기울기를 썼습니다. 리스트의 같은 자리에 있는 기울기를 쓰세요",
        lambda weights, gradients, rate: [
            number
            for w, g in zip(weights, gradients, strict=True)
            for number in np.ravel(_down(w, g, rate))
        ],
        "that is one long list of numbers: return arrays, in the shapes that came in",
        "숫자가 한 줄로 늘어섰습니다. 받은 모양 그대로 배열마다 하나씩 반환하세요",
        lambda weights, gradients, rate: weights - rate * gradients,
        "lists cannot be multiplied or subtracted like numbers: go through both together, with zip",
        "리스트는 숫자처럼 곱하거나 뺄 수 없습니다. zip으로 두 리스트를 함께 훑으세요",
        _each(lambda w, g, rate: g),
        "those are the slopes as they came: return the new weights",
        "받은 기울기 그대로입니다. 새 가중치를 반환하세요",
        lambda weights, gradients, rate: weights + [-rate * g for g in gradients],
        "+ puts one list after the other: add number to number, with zip",
        "+는 리스트를 이어 붙입니다. zip으로 짝을 지어 숫자끼리 더하세요",
        lambda weights, gradients, rate: [
            _down(w, g, rate) for w, g in list(zip(weights, gradients, strict=True))[:-1]
        ],
        "the last weight is missing: the loop ends one too early",
        "마지막 가중치가 빠졌습니다. 반복문이 하나 일찍 끝납니다",
        lambda weights, gradients, rate: [_down(w, g, rate) for w in weights for g in gradients],
        "one loop within the other pairs every weight with every slope: take one loop, with zip",
        "반복문이 겹쳐서 모든 가중치가 모든 기울기와 만납니다. zip으로 반복문 하나만 쓰세요",
        *(
            part
            for digits in (0, 1, 2)
            for part in (
                _each(lambda w, g, rate, digits=digits: np.round(_down(w, g, rate), digits)),
                "they are rounded: return the new weights as they are",
                "반올림했습니다. 새 가중치를 그대로 반환하세요",
            )
        ),
        _each(lambda w, g, rate: np.trunc(_down(w, g, rate))),
        "the decimals are lost: return the new weights as they are",
        "소수점 아래가 사라졌습니다. 새 가중치를 그대로 반환하세요",
        lambda weights, gradients, rate: (_each(_down)(weights, gradients, rate), gradients),
        "return the new weights alone, without the slopes",
        "기울기는 빼고 새 가중치만 반환하세요",
    ],
)
def check_gradient_step(weights, gradients, learning_rate):
    """The list of the weights after one step of gradient descent."""
    return [
        weight - learning_rate * gradient
        for weight, gradient in zip(weights, gradients, strict=True)
    ]


def _network(rng):
    """Inputs and the four arrays of a network, of any sizes."""
    batch, inputs, units, outputs = rng.integers(1, 4, 4)
    shapes = (batch, inputs), (inputs, units), (units,), (units, outputs), (outputs,)
    dtype = rng.choice(["float32", "float64"])
    return tuple(rng.integers(-5, 6, shape).astype(dtype) for shape in shapes)


def _relu(z):
    return np.maximum(z, 0)


def _with(bend, last=lambda z: z):
    """A forward pass with other functions in place of relu and after the output layer."""
    return lambda x, w1, b1, w2, b2: last(bend(x @ w1 + b1) @ w2 + b2)


_right = _with(_relu)


@exercise(
    examples=[
        (
            np.array([[0.5], [1.0], [1.5], [3.0]]),
            np.array([[1.0, 1.0, 1.0]]),
            np.array([0.0, -1.0, -2.0]),
            np.array([[1.0], [-2.0], [1.0]]),
            np.array([0.0]),
        ),
        (
            np.array([[1.0]]),
            np.array([[2.0]]),
            np.array([1.0]),
            np.array([[-3.0]]),
            np.array([4.0]),
        ),
        (
            np.array([[2.0]]),
            np.array([[-1.0]]),
            np.array([-1.0]),
            np.array([[5.0]]),
            np.array([0.5]),
        ),
        (
            np.array([[1.0, -2.0], [3.0, 0.5]]),
            np.array([[2.0, -1.0, 0.0], [1.0, 1.0, -4.0]]),
            np.array([0.5, -1.0, -2.0]),
            np.array([[1.0, 2.0], [-1.0, 3.0], [0.5, -2.0]]),
            np.array([-1.0, 6.0]),
        ),
    ],
    random=_network,
    mistakes=[
        _with(lambda z: z),
        "relu is missing after the hidden layer: without it two layers are one line",
        "은닉층 뒤에 relu가 빠졌습니다. relu가 없으면 층이 두 개여도 직선입니다",
        _with(_relu, _relu),
        "the output has gone through relu, too: then it could never be negative",
        "출력에도 relu를 썼습니다. 그러면 음수를 답할 수 없습니다",
        _with(lambda z: z, _relu),
        "relu is at the output: it belongs after the hidden layer",
        "relu를 출력에 썼습니다. 은닉층 뒤에 쓰세요",
        lambda x, w1, b1, w2, b2: _relu(x @ w1) @ w2 + b2,
        "the biases b1 are missing: add them before relu",
        "편향 b1이 빠졌습니다. relu 앞에서 더하세요",
        lambda x, w1, b1, w2, b2: _relu(x @ w1 + b1) @ w2,
        "the biases b2 of the output layer are missing",
        "출력층의 편향 b2가 빠졌습니다",
        lambda x, w1, b1, w2, b2: _relu(x @ w1) @ w2,
        "both layers' biases are missing: x @ w1 + b1, and the same with w2 and b2",
        "두 층의 편향이 모두 빠졌습니다. x @ w1 + b1처럼 더하고, w2와 b2도 그렇게 하세요",
        lambda x, w1, b1, w2, b2: (_relu(x @ w1) + b1) @ w2 + b2,
        "b1 is added after relu: a unit adds its bias first, then comes relu",
        "b1을 relu 뒤에서 더했습니다. 편향을 더한 다음에 relu입니다",
        lambda x, w1, b1, w2, b2: (x @ w1 + _relu(b1)) @ w2 + b2,
        "only the bias has gone through relu: put the whole sum x @ w1 + b1 into it",
        "편향만 relu를 지났습니다. x @ w1 + b1 전체에 relu를 쓰세요",
        lambda x, w1, b1, w2, b2: (_relu(x) @ w1 + b1) @ w2 + b2,
        "relu is at the inputs: it belongs after the hidden layer",
        "relu를 입력에 썼습니다. 은닉층 뒤에 쓰세요",
        lambda x, w1, b1, w2, b2: _relu(_relu(x) @ w1 + b1) @ w2 + b2,
        "the inputs have gone through relu, too: they may be negative",
        "입력에도 relu를 썼습니다. 입력은 음수여도 됩니다",
        _with(abs),
        "that is the absolute value: relu turns negative numbers into 0",
        "절댓값을 썼습니다. relu는 음수를 0으로 바꿉니다",
        _with(lambda z: np.minimum(z, 0)),
        "np.minimum keeps the negative numbers: relu keeps the positive ones",
        "np.minimum은 음수를 남깁니다. relu는 양수를 남깁니다",
        _with(lambda z: _relu(-z)),
        "relu has the wrong sign in it: it keeps z where z is positive",
        "relu 안의 부호가 반대입니다. z가 양수일 때 z를 그대로 둡니다",
        _with(lambda z: 1.0 * (z > 0)),
        "positive numbers have become 1: relu leaves them as they are",
        "양수가 1이 되었습니다. relu는 양수를 그대로 둡니다",
        _with(lambda z: np.clip(z, 0, 1)),
        "large numbers are cut at 1: relu cuts only below 0",
        "큰 수를 1에서 잘랐습니다. relu는 0 아래만 자릅니다",
        _with(lambda z: np.maximum(z, 1)),
        "relu turns negative numbers into 0, not numbers below 1 into 1",
        "1보다 작은 수가 1이 되었습니다. relu는 음수를 0으로 바꿉니다",
        _with(np.tanh),
        "that is tanh: relu is the larger of z and 0",
        "tanh를 썼습니다. relu는 z와 0 가운데 큰 값입니다",
        _with(lambda z: 1 / (1 + np.exp(-z))),
        "that is the sigmoid: relu is the larger of z and 0",
        "시그모이드를 썼습니다. relu는 z와 0 가운데 큰 값입니다",
        _with(lambda z: np.max(z, 0)),
        "np.max(z, 0) is the largest along axis 0: np.maximum(z, 0) compares each number with 0",
        "np.max(z, 0)은 0번 축의 최댓값입니다. 숫자마다 0과 비교하는 것은 np.maximum(z, 0)입니다",
        _with(lambda z: z * (z.max() > 0)),
        "all numbers stay or go together: relu looks at each one",
        "모든 숫자를 한꺼번에 판단했습니다. relu는 숫자마다 따로 봅니다",
        lambda x, w1, b1, w2, b2: max(0, x @ w1 + b1) @ w2 + b2,
        "max compares whole arrays: np.maximum(z, 0) looks at each number",
        "max는 배열을 통째로 비교합니다. np.maximum(z, 0)은 숫자마다 봅니다",
        lambda x, w1, b1, w2, b2: _relu(x @ w1 + b1),
        "that is the hidden layer: the output layer is still to come",
        "은닉층까지만 계산했습니다. 출력층이 남았습니다",
        lambda x, w1, b1, w2, b2: x @ w1 + b1,
        "that is the hidden layer before relu: relu and the output layer are still to come",
        "은닉층에서 relu 앞까지만 계산했습니다. relu와 출력층이 남았습니다",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2).T,
        "rows and columns have changed places: a row for each example",
        "행과 열이 바뀌었습니다. 한 행이 예제 하나입니다",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2)[:, 0],
        "only the first output of each example: return all columns, [B, outputs]",
        "예제마다 첫 출력만 나왔습니다. 모든 열을 [B, 출력 수] 모양으로 반환하세요",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2)[0],
        "only the first example's answer: return a row for each",
        "첫 예제의 출력뿐입니다. 예제마다 한 행씩 반환하세요",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2).ravel(),
        "that is one long row: return [B, outputs]",
        "한 줄로 늘어섰습니다. [B, 출력 수] 모양으로 반환하세요",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2).mean(),
        "that is a mean over all answers: each example has its own",
        "모든 출력의 평균입니다. 예제마다 자기 출력이 있습니다",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2).sum(axis=1),
        "the outputs are added up: return each of them, [B, outputs]",
        "출력을 모두 더했습니다. 하나하나 [B, 출력 수] 모양으로 반환하세요",
        lambda x, w1, b1, w2, b2: _relu(x @ w1 + b1) * w2 + b2,
        "the hidden layer is multiplied number by number with *: the matrix product is @",
        "은닉층에 *를 써서 같은 자리의 숫자끼리 곱했습니다. 행렬 곱은 @입니다",
        lambda x, w1, b1, w2, b2: _relu(x * w1 + b1) @ w2 + b2,
        "the inputs are multiplied number by number with *: the matrix product is @",
        "입력에 *를 써서 같은 자리의 숫자끼리 곱했습니다. 행렬 곱은 @입니다",
        _with(lambda z: np.maximum(z, 0.01 * z)),
        "negative numbers are not quite 0 (a leaky relu): here they are",
        "음수가 0이 되지 않았습니다(리키 relu). 여기서는 0으로 바꾸세요",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2).mean(axis=0),
        "that is a mean over the examples: each has its own answer",
        "예제들의 평균입니다. 예제마다 자기 출력이 있습니다",
        lambda x, w1, b1, w2, b2: np.maximum(x @ w1, b1) @ w2 + b2,
        "np.maximum compares with b1: add b1 first, then compare with 0",
        "np.maximum으로 b1과 비교했습니다. b1을 먼저 더하고 0과 비교하세요",
        lambda x, w1, b1, w2, b2: _right(x[:1], w1, b1, w2, b2),
        "only the first example's answer: return a row for each",
        "첫 예제의 출력뿐입니다. 예제마다 한 행씩 반환하세요",
        lambda x, w1, b1, w2, b2: np.squeeze(_right(x, w1, b1, w2, b2)),
        "the shape is lost: return [B, outputs], even if one of them is 1",
        "모양이 사라졌습니다. 둘 중 하나가 1이어도 [B, 출력 수] 모양으로 반환하세요",
        lambda x, w1, b1, w2, b2: (_relu(x @ w1 + b1), _right(x, w1, b1, w2, b2)),
        "return the output layer alone, without the hidden one",
        "은닉층은 빼고 출력층만 반환하세요",
        lambda x, w1, b1, w2, b2: _relu(x @ w1 - b1) @ w2 + b2,
        "b1 is taken off: add it",
        "b1을 뺐습니다. 더하세요",
        lambda x, w1, b1, w2, b2: _relu(x @ w1 + b1) @ w2 - b2,
        "b2 is taken off: add it",
        "b2를 뺐습니다. 더하세요",
        lambda x, w1, b1, w2, b2: _relu(w1 @ x + b1) @ w2 + b2,
        "x and w1 have changed places: each row of x meets each column of w1, x @ w1",
        "x와 w1의 순서가 바뀌었습니다. x의 행과 w1의 열을 곱하세요(x @ w1)",
        lambda x, w1, b1, w2, b2: _relu(x * w1 + b1) * w2 + b2,
        "* multiplies number by number: the matrix product that adds up as well is @",
        "*는 같은 자리의 숫자끼리 곱하기만 합니다. 곱해서 더하는 행렬 곱은 @입니다",
        lambda x, w1, b1, w2, b2: _relu(x @ w1 + b1) @ (w2 + b2),
        "b2 is added to w2: add it to the product, after @",
        "b2를 w2에 더했습니다. @로 곱한 다음에 더하세요",
        lambda x, w1, b1, w2, b2: _relu(x @ (w1 + b1)) @ w2 + b2,
        "b1 is added to w1: add it to the product, after @",
        "b1을 w1에 더했습니다. @로 곱한 다음에 더하세요",
        lambda x, w1, b1, w2, b2: _relu(x @ w1.T + b1) @ w2.T + b2,
        "w1 and w2 are turned: they fit as they are, x @ w1, without .T",
        "w1과 w2를 전치했습니다. .T 없이 x @ w1처럼 그대로 곱하세요",
        lambda x, w1, b1, w2, b2: _relu(x.T @ w1 + b1) @ w2 + b2,
        "x is turned: it fits as it is, a row for each example, without .T",
        "x를 전치했습니다. 한 행이 예제 하나이므로 .T 없이 그대로 쓰세요",
        lambda x, w1, b1, w2, b2: _right(x, w1, b1, w2, b2)[:, :1],
        "only the first output of each example: return all columns, [B, outputs]",
        "예제마다 첫 출력만 나왔습니다. 모든 열을 [B, 출력 수] 모양으로 반환하세요",
        lambda x, w1, b1, w2, b2: _right(x.mean(axis=0), w1, b1, w2, b2),
        "the inputs are averaged first: each example has its own answer",
        "입력부터 평균했습니다. 예제마다 자기 출력이 있습니다",
        lambda x, w1, b1, w2, b2: _relu(x @ w1 + b1) @ w2 + b1,
        "b1 is added a second time: the output layer has its own biases, b2",
        "b1을 두 번 더했습니다. 출력층의 편향은 b2입니다",
        lambda x, w1, b1, w2, b2: _relu(x @ w2 + b2) @ w1 + b1,
        "the layers have changed places: first w1 and b1, then w2 and b2",
        "두 층의 순서가 바뀌었습니다. w1과 b1이 먼저이고 w2와 b2가 다음입니다",
    ],
)
def check_forward_pass(x, w1, b1, w2, b2):
    """What a network of a hidden layer with relu and an output layer answers, [B, outputs]."""
    return np.maximum(x @ w1 + b1, 0) @ w2 + b2


class _Model:
    """Makes a Keras model that is one layer with one output."""

    def __init__(self, kernel, bias):
        self.kernel, self.bias = np.float32(kernel)[:, None], np.float32([bias])

    def __call__(self):
        """The model: Keras takes long to make one, so there is one for each size."""
        model = _dense(len(self.kernel))
        model.trainable = True
        model.set_weights([self.kernel, self.bias])
        return model

    def show(self) -> str:
        """For messages."""
        numbers = show(self.kernel), show(self.bias)
        return say("the network x @ {} + {}", "신경망 x @ {} + {}").format(*numbers)


@functools.cache
def _dense(inputs):
    return keras.Sequential([keras.Input((inputs,)), keras.layers.Dense(1)], name="model")


class _Optimizer:
    """Makes the optimizer of a case."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def __call__(self, model):
        """Gradient descent for this model."""
        optimizer = keras.optimizers.SGD(self.learning_rate)
        optimizer.build(model.trainable_variables)
        return optimizer

    def show(self) -> str:
        """For messages."""
        return f"SGD({show(self.learning_rate)})"


def _one_step(call, model, optimizer, x, y):
    """The loss that an answer returns, and the weights that it leaves."""
    keras_model = model()
    loss = call(keras_model, optimizer(keras_model), x, y)
    return {
        ("the loss", "오류함수:"): plain(loss),
        ("the weights after the step", "걸음 뒤의 가중치:"): np.concatenate(
            [np.ravel(weight) for weight in keras_model.get_weights()]
        ),
    }


def _examples(rng):
    """A network and a mini-batch for it."""
    batch, inputs = rng.integers(1, 5), rng.integers(1, 3)
    return (
        _Model(rng.integers(-3, 4, inputs), rng.integers(-3, 4)),
        _Optimizer(float(rng.choice([0.01, 0.05, 0.1]))),
        rng.integers(-3, 4, (batch, inputs)).astype(np.float32),
        rng.integers(-9, 10, batch).astype(np.float32),
    )


def _learn(
    loss_of,
    returned=lambda loss, *_: loss,
    sign=1.0,
    variables=slice(None),
    rate=None,
    bend=lambda gradient: gradient,
):
    """A step on another loss, of (predictions [B, 1], labels [B]).

    `returned` says what is returned, of (loss, model, x, y, gradients); all but the loss after the
    step. `bend` makes something else of each gradient.
    """

    def step(model, optimizer, x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(model(x), y)
        moved = model.trainable_variables[variables]
        gradients = tape.gradient(loss, moved)
        for variable, gradient in zip(moved, gradients, strict=True):
            variable.assign_sub(sign * (rate or optimizer.learning_rate) * bend(gradient))
        return returned(loss, model, x, y, gradients)

    return step


def _mse(predictions, y):
    return tf.reduce_mean(tf.square(predictions[:, 0] - y))


def _outside(model, optimizer, x, y):
    predictions = model(x)
    with tf.GradientTape() as tape:
        loss = _mse(predictions, y)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def _one_by_one(model, optimizer, x, y):
    for row, label in zip(x, y, strict=True):
        loss = _learn(_mse)(model, optimizer, row[None], label[None])
    return loss


def _twice(model, optimizer, x, y):
    loss = _learn(_mse)(model, optimizer, x, y)
    _learn(_mse)(model, optimizer, x, y)
    return loss


@exercise(
    examples=[
        (
            _Model([1.0], 0.0),
            _Optimizer(0.1),
            np.array([[2.0], [1.0]], np.float32),
            np.array([6.0, 2.0], np.float32),
        ),
        (
            _Model([2.0], -1.0),
            _Optimizer(0.05),
            np.array([[1.0], [-2.0], [3.0]], np.float32),
            np.array([4.0, 1.0, -5.0], np.float32),
        ),
        (
            _Model([1.0, -2.0], 0.5),
            _Optimizer(0.01),
            np.array([[1.0, 3.0], [2.0, -1.0]], np.float32),
            np.array([7.0, -3.0], np.float32),
        ),
    ],
    random=_examples,
    number=12,
    observe=_one_step,
    mistakes=[
        _learn(lambda p, y: tf.reduce_mean(tf.square(p - y))),
        "a column [B, 1] minus a row [B] is a table [B, B]: every prediction meets every label; "
        "take the column out, predictions[:, 0]",
        "열 [B, 1]에서 행 [B]를 빼면 [B, B]가 되어 모든 예측이 모든 정답과 만납니다. "
        "predictions[:, 0]으로 열을 꺼내세요",
        _learn(lambda p, y: tf.reduce_sum(tf.square(p - y))),
        "a column [B, 1] minus a row [B] is a table [B, B], and it is added up: take the column "
        "out, predictions[:, 0], and the mean",
        "열 [B, 1]에서 행 [B]를 빼서 [B, B]가 되었고, 그것을 모두 더했습니다. "
        "predictions[:, 0]으로 열을 꺼내고 평균을 내세요",
        _learn(lambda p, y: tf.reduce_mean(tf.square(p[0] - y))),
        "predictions[0] is the first row, and all labels meet it: predictions[:, 0] is the column",
        "predictions[0]은 첫 행이라서 모든 정답을 첫 예측하고만 비교합니다. 열은 "
        "predictions[:, 0]입니다",
        _learn(lambda p, y: tf.reduce_sum(tf.square(p[:, 0] - y))),
        "that is the sum over the mini-batch: take the mean, or more examples mean longer steps",
        "미니배치의 합입니다. 평균을 내세요. 합이면 예제가 많을수록 걸음이 커집니다",
        _learn(lambda p, y: tf.square(p[:, 0] - y)),
        "that is one loss for each example: take their mean inside of the tape",
        "예제마다 오류함수가 하나씩 나왔습니다. 테이프 안에서 평균을 내세요",
        _learn(lambda p, y: tf.reduce_mean(p[:, 0] - y)),
        "the errors are not squared: errors of opposite signs cancel out",
        "오차를 제곱하지 않았습니다. 그러면 양수와 음수가 서로 지워집니다",
        _learn(lambda p, y: tf.square(tf.reduce_mean(p[:, 0] - y))),
        "the mean is taken before the square: square each error first",
        "제곱하기 전에 평균을 냈습니다. 오차마다 먼저 제곱하세요",
        _learn(lambda p, y: tf.reduce_mean(abs(p[:, 0] - y))),
        "that is the mean absolute error: square the errors",
        "오차의 절댓값을 평균했습니다. 제곱해서 평균하세요",
        _learn(lambda p, y: _mse(p, y) / 2),
        "that is half of the mean squared error",
        "평균 제곱 오차의 절반입니다",
        _learn(lambda p, y: tf.sqrt(_mse(p, y))),
        "that is the root of the mean squared error: leave the root out",
        "평균 제곱 오차의 제곱근입니다. 제곱근을 빼세요",
        _learn(lambda p, y: tf.reduce_mean(tf.square(p[:, 0] + y))),
        "the labels are added to the predictions: take them off",
        "예측에 정답을 더했습니다. 빼세요",
        _learn(lambda p, y: tf.reduce_mean(tf.square(p[:1, 0] - y[:1]))),
        "only the first example counts: take the mean over all",
        "첫 예제만 썼습니다. 모든 예제의 평균을 내세요",
        _learn(_mse, sign=-1.0),
        "the step goes uphill: give the gradients to the optimizer as they are, it steps against "
        "them",
        "오르막으로 갑니다. 그레이디언트를 그대로 옵티마이저에 주면 알아서 반대쪽으로 갑니다",
        _learn(lambda p, y: -_mse(p, y)),
        "the loss has a minus sign: its descent is the error's ascent",
        "오류함수에 마이너스가 붙었습니다. 그것을 줄이면 오차는 커집니다",
        _learn(_mse, sign=0.0),
        "no weight has moved: optimizer.apply(gradients, model.trainable_variables)",
        "가중치가 움직이지 않았습니다. optimizer.apply(gradients, model.trainable_variables)를 "
        "부르세요",
        _learn(_mse, returned=lambda *_: None),
        "the step is right, but nothing is returned: return the loss",
        "걸음은 맞는데 반환하는 것이 없습니다. 오류함수의 값을 반환하세요",
        _learn(_mse, returned=lambda loss, model, x, y, _: _mse(model(x), y)),
        "that is the loss after the step: return the one that the tape has seen",
        "걸음 뒤의 오류함수입니다. 테이프가 본 값을 반환하세요",
        _learn(_mse, variables=slice(0, 1)),
        "only the kernel has moved: the bias is a weight, too; give all of "
        "model.trainable_variables",
        "커널만 움직였습니다. 편향도 가중치이므로 model.trainable_variables를 모두 넘기세요",
        _learn(_mse, variables=slice(1, None)),
        "only the bias has moved: give all of model.trainable_variables",
        "편향만 움직였습니다. model.trainable_variables를 모두 넘기세요",
        _twice,
        "two steps are taken: call optimizer.apply once",
        "두 걸음을 옮겼습니다. optimizer.apply는 한 번만 부르세요",
        lambda model, optimizer, x, y: (
            _learn(_mse)(model, optimizer, x, y),
            _learn(_mse)(model, optimizer, x, y),
        )[1],
        "two steps are taken, and the second one's loss is returned: take one",
        "두 걸음을 옮기고 두 번째 오류함수를 반환했습니다. 한 걸음만 옮기세요",
        _one_by_one,
        "each example makes a step of its own: one step on the mean over all",
        "예제마다 한 걸음씩 옮겼습니다. 모든 예제의 평균으로 한 걸음만 옮기세요",
        *(
            part
            for rate in (0.1, 0.05, 0.01, 0.001)
            for part in (
                _learn(_mse, rate=rate),
                "the optimizer that came in is not used: it knows the learning rate",
                "받은 옵티마이저를 쓰지 않았습니다. 학습률은 그 옵티마이저가 알고 있습니다",
            )
        ),
        _learn(_mse, rate=1.0),
        "the gradients are taken off in full: optimizer.apply knows the learning rate",
        "그레이디언트를 통째로 뺐습니다. 학습률은 optimizer.apply가 알고 있습니다",
        _learn(_mse, returned=lambda loss, model, x, y, _: model(x)),
        "the step is right, but the predictions after it are returned: return the loss",
        "걸음은 맞는데 걸음 뒤의 예측을 반환했습니다. 오류함수의 값을 반환하세요",
        _learn(_mse, returned=lambda loss, model, x, y, gradients: gradients),
        "the step is right, but the gradients are returned: return the loss",
        "걸음은 맞는데 그레이디언트를 반환했습니다. 오류함수의 값을 반환하세요",
        _learn(lambda p, y: tf.reduce_mean(tf.square(p - y), axis=1)),
        "a column [B, 1] minus a row [B] is a table [B, B], and the mean goes over its rows: take "
        "the column out, predictions[:, 0]",
        "열 [B, 1]에서 행 [B]를 빼서 [B, B]가 되었고, 그 행마다 평균을 냈습니다. "
        "predictions[:, 0]으로 열을 꺼내세요",
        _learn(lambda p, y: tf.square(p - y)),
        "a column [B, 1] minus a row [B] is a table [B, B], with a loss in each place: take the "
        "column out, predictions[:, 0], and the mean",
        "열 [B, 1]에서 행 [B]를 빼서 [B, B]가 되었고 칸마다 오류함수가 있습니다. "
        "predictions[:, 0]으로 열을 꺼내고 평균을 내세요",
        _learn(lambda p, y: tf.reduce_mean(tf.square(p))),
        "the labels are missing: take them off the predictions",
        "정답이 빠졌습니다. 예측에서 빼세요",
        _learn(_mse, returned=lambda loss, model, x, y, gradients: (loss, gradients)),
        "return the loss alone, without the gradients",
        "그레이디언트는 빼고 오류함수의 값만 반환하세요",
        _outside,
        "the tape has seen no variable: call model(x) inside of the `with` block",
        "테이프가 변수를 보지 못했습니다. model(x)를 `with` 블록 안에서 부르세요",
        *(
            part
            for rate in (0.001, 0.01, 0.1)
            for part in (
                _learn(_mse, rate=rate, bend=tf.sign),
                "every weight moves by the same length, as in Adam's first step: use the optimizer "
                "that came in",
                "모든 가중치가 같은 길이만큼 움직입니다. Adam의 첫 걸음이 그렇습니다. 받은 "
                "옵티마이저를 쓰세요",
            )
        ),
        _learn(lambda p, y: tf.reduce_sum(tf.square(p[:, 0] - y)) / 2),
        "that is half of the sum over the mini-batch: take the mean",
        "미니배치의 합의 절반입니다. 평균을 내세요",
        _learn(lambda p, y: tf.reduce_mean(tf.square(p[:, 0]) - tf.square(y))),
        "predictions and labels are squared one by one: subtract first, then square",
        "예측과 정답을 따로 제곱했습니다. 먼저 빼고 나서 제곱하세요",
        _learn(lambda p, y: keras.losses.Huber()(y, p[:, 0])),
        "that is the Huber loss: here it is the mean squared error",
        "후버 오류함수를 썼습니다. 여기서는 평균 제곱 오차입니다",
    ],
)
def check_training_step(model, optimizer, x, y):
    """Moves the model's weights by one step on the mean squared error; the loss before it."""
    return _learn(_mse)(model, optimizer, x, y)
