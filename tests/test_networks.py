import math

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import one_line, small_agent, weights_of

from dqn_keras import CartPole, DQNAgent, q_network, train, update_target
from dqn_keras.machinery.seeding import stream_seed
from dqn_keras.networks import PatchConv2D


def test_the_defaults_are_the_slides_network():
    model = q_network(4, 2)
    assert [tuple(weight.shape) for weight in model.weights] == [
        (4, 24),
        (24,),
        (24, 24),
        (24,),
        (24, 2),
        (2,),
    ]
    assert model.count_params() == 4 * 24 + 24 + 24 * 24 + 24 + 24 * 2 + 2
    activations = [layer.activation.__name__ for layer in model.layers[1:]]
    assert activations == ["relu", "relu", "linear"]


def test_the_network_computes_what_a_hand_written_one_does():
    model = q_network(4, 2, seed=0)
    states = np.random.default_rng(0).normal(size=[5, 4]).astype(np.float32)
    w1, b1, w2, b2, w3, b3 = model.get_weights()
    hidden = np.maximum(states @ w1 + b1, 0)
    hidden = np.maximum(hidden @ w2 + b2, 0)
    np.testing.assert_allclose(model(states), hidden @ w3 + b3, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("hidden_units, layers", [((), 1), ((5,), 2), ([7, 3, 2], 4)])
def test_hidden_units_say_how_many_layers_and_how_wide(hidden_units, layers):
    model = q_network(3, 4, hidden_units)
    kernels = [tuple(weight.shape) for weight in model.weights if len(weight.shape) == 2]
    sizes = [3, *hidden_units, 4]
    assert kernels == list(zip(sizes[:-1], sizes[1:], strict=True)) and len(kernels) == layers
    assert model(np.zeros([6, 3], np.float32)).shape == [6, 4]


@pytest.mark.parametrize("seed", range(5))
def test_kernels_are_he_uniform_and_biases_zero(seed):
    for weight in q_network(4, 2, seed=seed).get_weights():
        if weight.ndim == 1:
            assert not weight.any()
        else:
            bound = math.sqrt(6 / weight.shape[0])  # He et al., 2015
            assert np.abs(weight).max() <= bound
            # With 48 values or more, all below 0.8 of the bound happens once in 40,000 times.
            assert np.abs(weight).max() > 0.8 * bound
            assert weight.min() < 0 < weight.max()


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_gives_the_same_weights(seed):
    np.testing.assert_array_equal(*(weights_of(q_network(4, 2, seed=seed)) for _ in range(2)))


def test_another_seed_gives_other_weights_and_none_gives_fresh_ones():
    drawn = [weights_of(q_network(4, 2, seed=seed)) for seed in (0, 1, 2, None, None)]
    for i, first in enumerate(drawn):
        for second in drawn[i + 1 :]:
            # Biases are all zero; of the kernels, none may be shared.
            assert np.mean(first == second) < 0.1


def test_layers_draw_from_streams_of_their_own():
    # Layers of one shape and one stream would begin as copies of each other.
    kernels = q_network(8, 8, (8, 8), seed=3).get_weights()[::2]
    assert len(kernels) == 3
    for i in range(3):
        assert not np.array_equal(kernels[i], kernels[i - 1])


def test_the_network_lives_on_the_cpu():
    assert all("CPU" in weight.value.device for weight in q_network(4, 2).weights)


@pytest.mark.parametrize(
    "name, value",
    [
        ("state_size", 0),
        ("state_size", -4),
        ("state_size", 4.0),
        ("action_size", 0),
        ("action_size", "2"),
        ("action_size", True),
        ("hidden_units", 24),
        ("hidden_units", (24, 0)),
        ("hidden_units", (24, -3)),
        ("hidden_units", (24, 2.5)),
    ],
)
def test_a_bad_size_is_a_one_line_error_that_names_it(name, value):
    bad = value[-1] if isinstance(value, tuple) else value
    with pytest.raises((TypeError, ValueError), match=rf"{name}.*{bad!r}") as error:
        q_network(**{"state_size": 4, "action_size": 2} | {name: value})
    one_line(error)


@pytest.fixture
def pair():
    target, model = q_network(4, 2, (5,), seed=1), q_network(4, 2, (5,), seed=2)
    for network, value in ((target, 1.0), (model, 3.0)):
        for weight in network.weights:
            if len(weight.shape) == 1:  # biases are zero at first, and so tell nothing
                weight.assign(tf.fill(weight.shape, value))
    return target, model


def test_the_hard_update_copies_exactly(pair):
    target, model = pair
    before = weights_of(model)
    update_target(target, model)
    np.testing.assert_array_equal(weights_of(target), before)
    np.testing.assert_array_equal(weights_of(model), before)


def test_training_the_model_later_does_not_move_the_target(pair):
    target, model = pair
    update_target(target, model)
    before = weights_of(target)
    for weight in model.weights:
        weight.assign_add(tf.ones_like(weight))
    np.testing.assert_array_equal(weights_of(target), before)


@pytest.mark.parametrize("tau", [0.001, 0.25, 0.9, 1])
def test_the_soft_update_moves_by_tau(pair, tau):
    target, model = pair
    old, goal = weights_of(target), weights_of(model)
    update_target(target, model, tau)
    np.testing.assert_allclose(weights_of(target), (1 - tau) * old + tau * goal, atol=1e-6)
    np.testing.assert_array_equal(weights_of(model), goal)


def test_the_update_works_inside_xla(pair):
    target, model = pair
    tf.function(lambda: update_target(target, model), jit_compile=True)()
    np.testing.assert_array_equal(weights_of(target), weights_of(model))


@pytest.mark.parametrize("tau", [0, -0.1, 1.1, math.nan, "1", None])
def test_a_bad_tau_is_a_one_line_error_and_changes_nothing(pair, tau):
    target, model = pair
    before = weights_of(target)
    with pytest.raises((TypeError, ValueError), match="tau") as error:
        update_target(target, model, tau)
    one_line(error)
    np.testing.assert_array_equal(weights_of(target), before)


@pytest.mark.parametrize("other", [(5, 5), (6,), ()])
def test_networks_of_other_shapes_are_refused_unchanged(pair, other):
    target, _ = pair
    before = weights_of(target)
    with pytest.raises(ValueError, match="shape") as error:
        update_target(target, q_network(4, 2, other))
    one_line(error)
    np.testing.assert_array_equal(weights_of(target), before)


def test_streams_of_one_seed_differ_and_are_stable():
    streams = ["agent", "cartpole", "gymnasium", "evaluation", "hidden_1", "hidden_2", "q_values"]
    for seed in (0, 1, 2**40):
        assert len({stream_seed(seed, stream) for stream in streams}) == len(streams)
    assert len({stream_seed(seed, "agent") for seed in range(100)}) == 100
    assert stream_seed(5, "agent") == stream_seed(5, "agent")
    assert stream_seed(None, "agent") != stream_seed(None, "agent")
    assert all(0 <= stream_seed(seed, "agent") < 2**31 for seed in range(100))


@pytest.mark.parametrize("seed", [-1, 1.0, "0", True])
def test_a_bad_seed_is_a_one_line_error_that_names_it(seed):
    with pytest.raises((TypeError, ValueError), match=f"seed.*{seed!r}") as error:
        DQNAgent(4, 2, seed=seed)
    one_line(error)


def test_keras_own_float_setting_changes_nothing():
    before = keras.config.floatx()
    try:
        keras.config.set_floatx("float64")
        agent = small_agent(train_start=10, batch_size=4)
        train(agent, CartPole(seed=0), 2, progress=False)
        assert {weight.dtype for weight in agent.model.weights} == {"float32"}
    finally:
        keras.config.set_floatx(before)


# ---- pictures


def pictures(count=5, size=(10, 10, 4), seed=0):
    return np.random.default_rng(seed).normal(size=[count, *size]).astype(np.float32)


def beside_keras(size, filters, **settings):
    """The same network twice: with our convolutional layers, and with Keras' own."""
    ours = q_network(size, 3, (7,), seed=0, filters=filters, **settings)

    def plain(layer):
        kind = keras.layers.Conv2D if isinstance(layer, PatchConv2D) else type(layer)
        return kind.from_config(layer.get_config())

    keras_own = keras.models.clone_model(ours, clone_function=plain)
    keras_own.set_weights(ours.get_weights())
    return ours, keras_own


@pytest.mark.parametrize(
    "size, filters, settings",
    [
        ((10, 10, 4), (16,), {}),
        ((7, 9, 2), (3,), {"activation": "tanh"}),
        ((10, 8, 3), (4, 5), {"activation": "elu"}),
        ((3, 3, 1), (1,), {}),
    ],
)
@pytest.mark.parametrize("compiled", [False, True])
def test_a_convolution_computes_what_keras_own_does(size, filters, settings, compiled):
    inputs, answers = pictures(5, size), pictures(5, [3], seed=1)

    def outputs_and_gradients(model):
        with tf.GradientTape() as tape:
            q_values = model(inputs)
            loss = tf.reduce_sum(q_values * answers)
        return q_values, tape.gradient(loss, model.trainable_weights)

    if compiled:
        outputs_and_gradients = tf.function(outputs_and_gradients, jit_compile=True)
    ours, plain = beside_keras(size, filters, **settings)
    (q_values, gradients), (expected, expected_gradients) = map(
        outputs_and_gradients, (ours, plain)
    )
    np.testing.assert_allclose(q_values, expected, rtol=1e-4, atol=1e-5)
    for gradient, other in zip(gradients, expected_gradients, strict=True):
        assert np.any(other)
        np.testing.assert_allclose(gradient, other, rtol=1e-4, atol=1e-4)


def test_a_filter_sees_a_patch_of_nine_cells():
    model = q_network((5, 6, 2), 2, (), seed=0, filters=(3,))
    kernel, bias = model.get_layer("filters_1").get_weights()
    bias += [0.1, -0.2, 0.3]
    model.get_layer("filters_1").set_weights([kernel, bias])
    (picture,) = pictures(1, (5, 6, 2))
    seen = np.zeros([3, 4, 3])
    for y, x, f in np.ndindex(3, 4, 3):
        seen[y, x, f] = max(0, np.sum(picture[y : y + 3, x : x + 3] * kernel[..., f]) + bias[f])
    weights, outputs = model.get_layer("q_values").get_weights()
    np.testing.assert_allclose(
        model(picture[None])[0], seen.ravel() @ weights + outputs, rtol=1e-4, atol=1e-5
    )


def test_minatars_network_has_its_sizes():
    model = q_network((10, 10, 4), 3, (128,), filters=(16,))
    shapes = [tuple(weight.shape) for weight in model.weights]
    assert shapes == [(3, 3, 4, 16), (16,), (1024, 128), (128,), (128, 3), (3,)]


def test_a_picture_without_filters_is_a_row_of_numbers():
    flat, picture = q_network(24, 2, (5,), seed=3), q_network((2, 4, 3), 2, (5,), seed=3)
    inputs = pictures(6, (2, 4, 3))
    np.testing.assert_array_equal(weights_of(flat), weights_of(picture))
    np.testing.assert_array_equal(flat(inputs.reshape(6, 24)), picture(inputs))
    assert picture.input_shape == (None, 2, 4, 3)
    assert q_network((4,), 2).input_shape == (None, 4)


def test_a_network_is_made_again_from_its_configuration():
    model = q_network((5, 5, 2), 2, (4,), seed=0, filters=(3,))
    again = keras.Model.from_config(model.get_config(), {"PatchConv2D": PatchConv2D})
    again.set_weights(model.get_weights())
    inputs = pictures(2, (5, 5, 2))
    np.testing.assert_array_equal(model(inputs), again(inputs))


@pytest.mark.parametrize(
    "state_size, filters",
    [(4, (16,)), ((10, 10), (16,)), ((2, 9, 3), (16,)), ((4, 4, 1), (2, 2)), ((9, 9, 1), (0,))],
)
def test_filters_for_no_picture_are_a_one_line_error(state_size, filters):
    with pytest.raises(ValueError, match="filters") as error:
        q_network(state_size, 2, filters=filters)
    one_line(error)


@pytest.mark.parametrize("state_size", [(), (3, 0), (3, 2.5), "4"])
def test_a_bad_shape_is_a_one_line_error(state_size):
    with pytest.raises((TypeError, ValueError), match="state_size") as error:
        q_network(state_size, 2)
    one_line(error)
