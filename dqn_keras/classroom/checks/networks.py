"""Exercises that take a model: cases say what a real Keras model answers, and make it."""

import functools

import keras
import numpy as np

from dqn_keras.classroom.checks.messages import Told
from dqn_keras.classroom.checks.values import show
from dqn_keras.machinery.language import say


class Network:
    """Makes a linear Keras model; of one-hot states its Q-values are the rows of its kernel."""

    def __init__(self, kernel, name: str = "model"):
        self.kernel, self.name = np.array(kernel, np.float32), name

    def __call__(self):
        """The model. Keras takes long to make one: each shape and name has one, renewed here."""
        model = _linear(self.name, *self.kernel.shape)
        model.trainable = True
        model.set_weights([self.kernel])
        return model

    def show(self) -> str:
        """For messages."""
        return say("the network s·{}", "신경망 s·{}").format(show(self.kernel))

    def is_still_that_of(self, model) -> None:
        """Raises `Told` if an answer has changed the model's weights."""
        if not np.array_equal(model.get_weights()[0], self.kernel):
            raise Told("changed", argument=self.name)


@functools.cache
def _linear(name, state_size, action_size):
    dense = keras.layers.Dense(action_size, use_bias=False)
    return keras.Sequential([keras.Input([state_size]), dense], name=name)
