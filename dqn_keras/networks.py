"""Networks and how one is copied into another (slides: build_model; Detour, Target Network)."""

import contextlib

import keras
import tensorflow as tf

from dqn_keras.machinery.arguments import (
    Size,
    check_size,
    check_state_size,
    layer_sizes,
    real_number,
    short_repr,
    state_shape,
    whole_number,
)
from dqn_keras.machinery.compilation import CPU
from dqn_keras.machinery.seeding import stream_seed


def q_network(
    state_size: Size,
    action_size: int,
    hidden_units: tuple[int, ...] = (24, 24),
    activation: str = "relu",
    initializer: str = "he_uniform",
    seed: int | None = None,
    filters: tuple[int, ...] = (),
) -> keras.Model:
    """The Q-function as a network: a state goes in, one Q-value for each action comes out.

    The defaults are the slides' `build_model`.

    Args:
        state_size: S. A state that is no row of numbers is flattened before the first dense layer.
        action_size: A.
        hidden_units: The width of each hidden layer.
        activation: The hidden layers' activation; the output is linear.
        initializer: A Keras initialiser's name, for every kernel.
        seed: Fixes the initial weights; None draws fresh ones.
        filters: For pictures [height, width, channels]: how many 3x3 filters each convolutional
            layer has, before the hidden ones.

    Returns:
        A built Keras model, [B, S] float32 to [B, A] float32, on the CPU.
    """
    return _network(
        "q_values", state_size, action_size, hidden_units, activation, initializer, seed, filters
    )


def policy_network(
    state_size: Size,
    action_size: int,
    hidden_units: tuple[int, ...] = (24,),
    activation: str = "relu",
    initializer: str = "he_uniform",
    seed: int | None = None,
) -> keras.Model:
    """The policy as a network, the actor: a state goes in, one logit for each action comes out.

    The slides end it with a softmax; the softmax of these logits is the same policy, and its
    logarithm can be taken without rounding a small probability to 0. Arguments and result are as
    in `q_network`; the default layer is the A2C actor's.
    """
    return _network("logits", state_size, action_size, hidden_units, activation, initializer, seed)


def value_network(
    state_size: Size,
    hidden_units: tuple[int, ...] = (24, 24),
    activation: str = "relu",
    initializer: str = "he_uniform",
    seed: int | None = None,
) -> keras.Model:
    """The value function as a network, the critic: a state goes in, its value [B, 1] comes out.

    Arguments are as in `q_network`; the default layers are the A2C critic's.
    """
    return _network("value", state_size, 1, hidden_units, activation, initializer, seed)


class PatchConv2D(keras.layers.Conv2D):
    """Keras' `Conv2D` as one matrix product: every patch of the picture is a row of numbers.

    The weights are the same, the numbers too but for rounding. Under XLA on a CPU, on pictures
    this small, it takes a fraction of the time. Only for steps of one cell and no padding.
    """

    def call(self, inputs):
        """Pictures [B, H, W, C] to [B, H', W', F], F the filters."""
        height, width = self.kernel_size
        rows, columns = inputs.shape[1] - height + 1, inputs.shape[2] - width + 1
        shifted = [
            inputs[:, i : i + rows, j : j + columns] for i in range(height) for j in range(width)
        ]
        patches = tf.concat(shifted, axis=-1)  # [B, H', W', height * width * C]
        kernel = tf.reshape(self.kernel, [-1, self.filters])
        return self.activation(tf.tensordot(patches, kernel, 1) + self.bias)


def _network(
    output, state_size, output_size, hidden_units, activation, initializer, seed, filters=()
):
    shape = state_shape(check_state_size("state_size", state_size))
    whole_number("action_size", output_size)
    sizes = layer_sizes("hidden_units", hidden_units)
    filters = layer_sizes("filters", filters)
    if filters and (len(shape) != 3 or min(shape[:2]) <= 2 * len(filters)):
        raise ValueError(
            f"filters {filters} are for states [height, width, channels] of more than "
            f"{2 * len(filters)} cells a side, got state_size {short_repr(state_size)}"
        )
    _check_activation(activation)

    def layer(kind, name, units, activation, **settings):
        kernel = _initializer(initializer, stream_seed(seed, name))
        # float32 whatever Keras' own setting (`set_floatx`) says: so are states and targets.
        settings |= {"kernel_initializer": kernel, "name": name, "dtype": "float32"}
        return kind(units, activation=activation, **settings)

    with tf.device(CPU):
        states = outputs = keras.Input(shape, name="states", dtype="float32")
        for i, count in enumerate(filters):
            check_size("a layer's weights", 3, 3, outputs.shape[-1], count)
            pictures = {"kernel_size": 3, "data_format": "channels_last"}
            outputs = layer(PatchConv2D, f"filters_{i + 1}", count, activation, **pictures)(outputs)
        if len(shape) > 1:
            outputs = keras.layers.Flatten(name="flat", dtype="float32")(outputs)
        for i, units in enumerate(sizes):
            check_size("a layer's weights", outputs.shape[1], units)
            outputs = layer(keras.layers.Dense, f"hidden_{i + 1}", units, activation)(outputs)
        check_size("a layer's weights", outputs.shape[1], output_size)
        return keras.Model(
            states, layer(keras.layers.Dense, output, output_size, "linear")(outputs)
        )


def _check_activation(name: str) -> None:
    with contextlib.suppress(TypeError, ValueError):  # Keras' own messages have many lines
        if isinstance(name, str) and keras.activations.get(name)(tf.zeros([1, 2])).shape == [1, 2]:
            return
    raise ValueError(
        "activation must be the name of one of Keras' that keep a layer's width, such as 'relu', "
        f"got {short_repr(name)}"
    )


def _initializer(name: str, seed: int) -> keras.Initializer:
    with contextlib.suppress(TypeError, ValueError, AttributeError, KeyError):
        found = keras.initializers.get({"class_name": name, "config": {"seed": seed}})
        if isinstance(name, str) and isinstance(found, keras.Initializer):
            return found
    raise ValueError(
        "initializer must be the name of one of Keras' that draw at random, such as 'he_uniform', "
        f"got {short_repr(name)}"
    )


def update_target(target_model: keras.Model, model: keras.Model, tau: float = 1.0) -> None:
    """Moves the target network towards the online one: target += tau * (model - target).

    With tau 1 it is the slides' hard copy (Mnih et al., Nature 2015; the 2013 paper they cite has
    no target network yet); with a small tau in (0, 1) at every step it is the soft update of
    Lillicrap et al., 2016 (arXiv 1509.02971).
    """
    for name, network in (("target_model", target_model), ("model", model)):
        if not isinstance(network, keras.Layer):
            raise TypeError(f"{name} must be a Keras model, got {short_repr(network)}")
    if real_number("tau", tau, 0, 1) == 0:
        raise ValueError("tau must be above 0: with 0 the target network never learns")
    targets, weights = target_model.weights, model.weights
    shapes, other = [tuple(w.shape) for w in targets], [tuple(w.shape) for w in weights]
    if not targets or shapes != other:
        raise ValueError(
            f"the networks' weights differ in shape: target {short_repr(shapes)}, "
            f"model {short_repr(other)}"
        )
    for target, weight in zip(targets, weights, strict=True):
        target.assign(weight if tau == 1 else target + tau * (weight - target))
