"""The optimizer: Keras' Adam to the bit, and its learning rate's way down."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import A2CAgent, A3CAgent, DQNVariantAgent, REINFORCEAgent
from dqn_keras.agents.agent import new_optimizer
from dqn_keras.networks import q_network


@pytest.mark.parametrize("decay_steps", [None, 20])
@pytest.mark.parametrize("way", ["line by line", "graph", "XLA"])
def test_it_is_keras_adam_to_the_bit(decay_steps, way):
    mine, other = q_network(4, 2, seed=0), q_network(4, 2, seed=0)
    ours = new_optimizer(0.003, mine, decay_steps)
    theirs = keras.optimizers.Adam.from_config(ours.get_config())
    theirs.build(other.trainable_weights)

    def steps(gradients):
        ours.apply(gradients, mine.trainable_weights)
        theirs.apply(gradients, other.trainable_weights)

    if way != "line by line":
        steps = tf.function(steps, jit_compile=way == "XLA")
    rng = np.random.default_rng(0)
    for scale in 10.0 ** np.arange(-15, 15):
        steps([tf.constant(scale * rng.normal(size=w.shape), tf.float32) for w in mine.weights])
    for weight, another in zip(mine.weights, other.weights, strict=True):
        np.testing.assert_array_equal(weight, another)
    assert int(ours.iterations) == 30


def test_a_weight_without_a_gradient_stays():
    network = q_network(4, 2, seed=0)
    before = network.get_weights()
    gradients = [None, *map(tf.ones_like, network.trainable_weights[1:])]
    new_optimizer(0.01, network).apply(gradients, network.trainable_weights)
    np.testing.assert_array_equal(network.get_weights()[0], before[0])
    assert all(
        np.all(new != old) for new, old in zip(network.get_weights()[1:], before[1:], strict=True)
    )


def test_weights_may_come_in_any_order():
    network, another = q_network(4, 2, seed=0), q_network(4, 2, seed=0)
    gradients = [tf.ones_like(w) * i for i, w in enumerate(network.trainable_weights, 1)]
    for weights, order in ((network.trainable_weights, 1), (another.trainable_weights, -1)):
        optimizer = new_optimizer(0.01, network if order == 1 else another)
        for _ in range(3):
            optimizer.apply(gradients[::order], weights[::order])
    for weight, other in zip(network.weights, another.weights, strict=True):
        np.testing.assert_array_equal(weight, other)


def optimizers(agent):
    names = ("optimizer", "actor_optimizer", "critic_optimizer")
    return [getattr(agent, name) for name in names if hasattr(agent, name)]


@pytest.mark.parametrize("kind", [DQNVariantAgent, REINFORCEAgent, A2CAgent, A3CAgent])
def test_it_falls_along_a_cosine_to_a_hundredth_and_reset_brings_it_back(kind):
    agent = kind(4, 2, learning_rate_decay_steps=100)
    for optimizer in optimizers(agent):
        start = float(optimizer.learning_rate)
        optimizer.iterations.assign(50)
        assert float(optimizer.learning_rate) == pytest.approx(start * (0.01 + 0.99 / 2))
        optimizer.iterations.assign(1000)
        assert float(optimizer.learning_rate) == pytest.approx(start / 100)
        agent.reset(seed=1)
        assert float(optimizer.learning_rate) == pytest.approx(start)


@pytest.mark.parametrize("kind", [DQNVariantAgent, REINFORCEAgent, A2CAgent, A3CAgent])
def test_it_stays_when_nothing_is_said(kind):
    agent = kind(4, 2)
    for optimizer in optimizers(agent):
        start = float(optimizer.learning_rate)
        optimizer.iterations.assign(1000)
        agent.reset(seed=1)
        assert float(optimizer.learning_rate) == start


@pytest.mark.parametrize("kind", [DQNVariantAgent, REINFORCEAgent, A2CAgent, A3CAgent])
@pytest.mark.parametrize("steps", [0, -5, 2.5])
def test_a_bad_number_of_steps_is_named(kind, steps):
    with pytest.raises((TypeError, ValueError), match=rf"learning_rate_decay_steps .*{steps}"):
        kind(4, 2, learning_rate_decay_steps=steps)
