"""Lesson 03: its formulas and numbers are the code's; test_checks.py tests its exercises."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from answers.lesson_03 import by_the_tape, central_differences
from conftest import lesson_function

from dqn_keras import checks
from dqn_keras.classroom.checks.harness import Hint
from dqn_keras.classroom.drawings import network as drawn_network

my_line_slopes = lesson_function("03", "my_line_slopes")
my_gradient_step = lesson_function("03", "my_gradient_step")
my_forward_pass = lesson_function("03", "my_forward_pass")
my_training_step = lesson_function("03", "my_training_step")
their_training_step = lesson_function("03", "their_training_step")
loss_of = lesson_function("03", "loss_of")
new_network = lesson_function("03", "new_network", keras=keras)
STEEPNESS = np.array([100.0, 1.0])
VALLEY = {"STEEPNESS": STEEPNESS, "my_gradient_step": my_gradient_step}
height, descend, adam = (
    lesson_function("03", name, **VALLEY) for name in ("height", "descend", "adam")
)
BUMP = (
    np.array([[1.0, 1.0, 1.0]]),
    np.array([0.0, -1.0, -2.0]),
    np.array([[1.0], [-2.0], [1.0]]),
    np.array([0.0]),
)


def test_the_lessons_solutions_pass():
    checks.check_line_slopes(my_line_slopes)
    checks.check_gradient_step(my_gradient_step)
    checks.check_forward_pass(my_forward_pass)
    checks.check_training_step(my_training_step)


def test_the_numbers_of_one_weight():
    assert [loss_of(w) for w in (0, 1, 2, 4)] == [36, 16, 4, 4]
    assert loss_of(1.001) == pytest.approx(15.984004)
    assert (loss_of(1.001) - loss_of(1)) / 0.001 == pytest.approx(-15.996)
    error, x, h = 1 * 2 - 6, 2, 0.001
    assert 2 * error * x + x**2 * h == pytest.approx(-15.996)
    slope, _ = my_line_slopes(1.0, 0.0, np.array([2.0]), np.array([6.0]))
    assert slope == -16 and my_gradient_step([1.0], [slope], 0.05) == [1.8]
    assert loss_of(1.8) == pytest.approx(5.76)


def test_the_slopes_of_a_line_by_hand_by_moving_and_by_the_tape():
    np.testing.assert_allclose(
        my_line_slopes(1.0, 0.0, np.array([2.0, 1.0]), np.array([6.0, 2.0])), [-9, -5]
    )
    rng = np.random.default_rng(0)
    for _ in range(20):
        case = *rng.normal(size=2), *rng.normal(size=(2, 5))
        for other in (central_differences, by_the_tape):
            np.testing.assert_allclose(other(*case), my_line_slopes(*case), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("rate", "factor"), [(0.01, 0.92), (0.05, 0.6), (0.26, -1.08)])
def test_what_a_learning_rate_does_to_the_distance(rate, factor):
    w = 1.0
    slope, _ = my_line_slopes(w, 0.0, np.array([2.0]), np.array([6.0]))
    (after,) = my_gradient_step([w], [slope], rate)
    assert (after - 3) / (w - 3) == pytest.approx(factor) == pytest.approx(1 - 8 * rate)


def test_a_table_is_a_function_with_a_weight_for_each_entry():
    entry, label, rate = 0.3, 0.9, 0.05
    slope, _ = my_line_slopes(entry, 0.0, np.ones(1), np.array([label]))
    assert my_gradient_step([entry], [slope], rate) == [
        pytest.approx(entry + 2 * rate * (label - entry))
    ]


def test_the_best_line_through_a_corner_is_flat():
    x = np.linspace(-1, 1, 41)
    w, b = 1.0, 0.0
    for _ in range(201):
        w, b = my_gradient_step([w, b], my_line_slopes(w, b, x, np.abs(x)), 0.1)
    assert w == pytest.approx(0, abs=1e-3) and b == pytest.approx(np.abs(x).mean())


def test_two_lines_are_a_line_and_relu_bends_it():
    x = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(2 * (3 * x + 4) + 5, (2 * 3) * x + (2 * 4 + 5))
    np.testing.assert_allclose(np.maximum(x, 0) + np.maximum(-x, 0), np.abs(x))


def test_the_bump_and_its_drawing():
    x = np.array([[0.5], [1.0], [1.5], [3.0], [-1.0], [2.0]])
    np.testing.assert_allclose(my_forward_pass(x, *BUMP)[:, 0], [0.5, 1, 0.5, 0, 0, 0])
    np.testing.assert_allclose(np.maximum(1.5 + BUMP[1], 0), [1.5, 0.5, 0])
    svg = drawn_network([1.5], BUMP[0::2], BUMP[1::2])._repr_svg_()
    assert "<svg" in svg


def test_keras_makes_the_same_network():
    keras.utils.set_random_seed(0)
    model = new_network()
    assert model.count_params() == 24 + 24 + 24 + 1 == 73
    kernel, bias, last, last_bias = model.get_weights()
    assert not bias.any() and not last_bias.any() and len(np.unique(kernel)) == 24
    x = np.float32([[-1.0], [0.5], [2.0]])
    np.testing.assert_allclose(
        model(x), my_forward_pass(x, *model.get_weights()), rtol=1e-5, atol=1e-6
    )


def test_the_optimizer_does_the_learners_step():
    weights, gradients = [np.array([[0.3, -0.7]]), np.array([2.0])], [np.ones((1, 2)), [-3.0]]
    variables = [tf.Variable(weight) for weight in weights]
    keras.optimizers.SGD(0.05).apply([tf.constant(g, "float64") for g in gradients], variables)
    mine = my_gradient_step(weights, map(np.array, gradients), 0.05)
    for variable, weight in zip(variables, mine, strict=True):
        np.testing.assert_allclose(variable, weight, rtol=1e-6)


def test_their_step_learns_the_mean_of_the_labels_and_mine_the_labels():
    assert (np.zeros((3, 1)) - np.zeros(3)).shape == (3, 3)
    x, y = np.float32([[-1.0], [0.0], [2.0]]), np.float32([1.0, -2.0, 7.0])
    for step, learned in ((their_training_step, [2, 2, 2]), (my_training_step, y)):
        keras.utils.set_random_seed(1)
        model, optimizer = new_network(), keras.optimizers.SGD(0.05)
        for _ in range(600):
            step(model, optimizer, x, y)
        np.testing.assert_allclose(model(x)[:, 0], learned, atol=0.1)
    with pytest.raises(Hint, match="expected"):
        checks.check_training_step(their_training_step)


def test_adam_is_keras_adam_and_its_first_step_has_the_learning_rates_length():
    start = np.array([0.3, 1.0])
    path = adam(start, 0.1, 30)
    variable, optimizer = tf.Variable(start), keras.optimizers.Adam(0.1)
    for expected in path[1:]:
        optimizer.apply([tf.constant(STEEPNESS * variable.numpy())], [variable])
        np.testing.assert_allclose(variable, expected, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(path[1] - start, [-0.1, -0.1], rtol=1e-5)


def test_the_valley():
    w = tf.Variable([0.3, 1.0])
    with tf.GradientTape() as tape:
        loss = 50 * w[0] ** 2 + 0.5 * w[1] ** 2
    assert float(loss) == pytest.approx(height(w.numpy()))
    np.testing.assert_allclose(tape.gradient(loss, w), STEEPNESS * w.numpy())
    start = np.array([0.3, 1.0])
    below, above = (np.abs(descend(start, rate, 100)[-1, 0]) for rate in (0.0199, 0.0201))
    assert below < 0.3 < above


@pytest.mark.slow
@pytest.mark.nightly
def test_the_best_of_four_learning_rates_on_the_sine_is_the_lessons():
    grid = np.linspace(-np.pi, np.pi, 101, dtype=np.float32)[:, None]
    fit_sin = lesson_function("03", "fit_sin", keras=keras, new_network=new_network, grid=grid)
    errors = {}
    for rate in (0.01, 0.03, 0.1, 0.3):
        curves = [
            fit_sin(my_training_step, keras.optimizers.SGD(rate), seed, 300)[-1]
            for seed in range(3)
        ]
        errors[rate] = np.mean((np.array(curves) - np.sin(grid[:, 0])) ** 2)
    assert min(errors, key=errors.get) == 0.1, errors
