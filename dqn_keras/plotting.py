"""Pictures: score curves and Q-values. Labels are in English; many servers have no other font."""

import io
from pathlib import Path

import numpy as np
import tensorflow as tf
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dqn_keras.machinery.arguments import array, short_repr, whole_number
from dqn_keras.machinery.files import write_atomically


def plot_scores(scores, window: int = 10, axes: Axes | None = None) -> Axes:
    """Draws the score of each episode and its running mean (slides: Result).

    Args:
        scores: [E].
        window: How many episodes the running mean covers.
        axes: Where to draw; None takes pyplot's current axes.

    Returns:
        The axes drawn on.
    """
    scores = array("scores", scores, ["E"])
    whole_number("window", window)
    axes = current_axes(axes)
    axes.plot(np.arange(1, len(scores) + 1), scores, color="0.7", label="score of an episode")
    if len(scores) >= window:
        mean = np.convolve(scores, np.ones(window) / window, mode="valid")
        axes.plot(np.arange(window, len(scores) + 1), mean, label=f"mean of {window}")
    axes.set(xlabel="episode", ylabel="score")
    axes.legend(loc="best")
    return axes


def save_figure(figure: Figure, path) -> Path:
    """Saves a figure as a PNG, whole or not at all, and returns the path."""
    if not isinstance(figure, Figure):
        raise TypeError(f"figure must be a Matplotlib figure, got {short_repr(figure)}")
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=100, format="png")
    return write_atomically(path, buffer.getvalue())


def save_scores_figure(scores, path) -> Path:
    """Saves the score curve as a PNG, whole or not at all, and returns the path."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    plot_scores(scores, axes=figure.subplots())
    return save_figure(figure, path)


def plot_q_values(model, axes: Axes | None = None) -> Axes:
    """Draws what a CartPole network of 4 inputs and 2 outputs thinks each action is worth.

    The pole tilts, and all else is at rest in the middle; where the lines cross, the agent changes
    its mind. None takes pyplot's current axes; returns those drawn on.
    """
    shapes = getattr(model, "input_shape", None), getattr(model, "output_shape", None)
    if shapes != ((None, 4), (None, 2)):
        raise ValueError(
            f"model must be a network of 4 inputs and 2 outputs, got {short_repr(model)}"
        )
    angles = np.linspace(-12, 12, 97)
    states = np.zeros([len(angles), 4], np.float32)
    states[:, 2] = np.deg2rad(angles)
    q_values = model(tf.constant(states)).numpy()
    axes = current_axes(axes)
    for action, label in enumerate(("push left", "push right")):
        axes.plot(angles, q_values[:, action], label=label)
    axes.set(xlabel="pole angle (degrees)", ylabel="Q-value")
    axes.legend(loc="best")
    return axes


def current_axes(axes: Axes | None) -> Axes:
    """The axes given, or pyplot's current ones."""
    if axes is not None and not isinstance(axes, Axes):
        raise TypeError(f"axes must be Matplotlib axes or None, got {short_repr(axes)}")
    return pyplot.gca() if axes is None else axes
