"""Drawings of lessons 00 to 02: the loop, a Markov decision process, values in a grid."""

import math

import matplotlib.style
import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure

from dqn_keras.classroom.drawings.card import (
    ACCENT,
    DPI,
    FORMULA,
    INK,
    NAME,
    OTHER,
    STYLE,
    Card,
    drawn,
    readable,
    short,
)
from dqn_keras.classroom.films import MAX_FRAMES, Film, film, frame_of
from dqn_keras.machinery.arguments import array, short_repr

MAX_SWEEPS = MAX_FRAMES - 3

# (state, action): [(next state, probability, reward), …]
POLE = {
    ("upright", "wait"): [("upright", 0.7, 1), ("leaning", 0.3, 1)],
    ("upright", "push"): [("leaning", 1.0, 1)],
    ("leaning", "push"): [("upright", 0.9, 1), ("fallen", 0.1, 0)],
    ("leaning", "wait"): [("leaning", 0.2, 1), ("fallen", 0.8, 0)],
}


@drawn
def agent_and_environment():
    """The loop of agent and environment: an action goes out, a state and a reward come back.

    For lesson 00.
    """
    card = Card(6.6, 2.3)
    agent = card.box(1.3, 1.3, 1.7, 1.4, "agent", "sees a state,\nchooses an action")
    world = card.box(5.3, 1.3, 1.7, 1.4, "environment", "carries it out\nand answers")
    for ends, height, label in (
        ((agent.right, world.left), 0.4, "action $a_t$"),
        ((world.left, agent.right), -0.08, "state $s_{t+1}$"),
        ((world.left, agent.right), -0.5, "reward $r_{t+1}$"),
    ):
        start, end = (side(height) for side in ends)
        card.arrow(start, end, colour=ACCENT)
        card.text(3.3, 1.3 + height + 0.17, label, FORMULA, ACCENT)
    card.text(3.3, 0.3, "Once around the loop is one step; the next begins with the new state.")
    return card


@drawn
def markov_decision_process():
    """A Markov decision process of a pole: states, actions, probabilities and rewards.

    For lesson 01. Circles are states, dots are actions; the double circle ends the episode.
    """
    card = Card(7.4, 4.0)
    states = {
        name: card.circle(x, 2.2, 0.52)
        for name, x in (("upright", 0.9), ("leaning", 3.7), ("fallen", 6.6))
    }
    for (name, state), angle in zip(states.items(), (0, 25, 80), strict=True):
        _pole(card, state.x, 2.2, angle)
        card.text(state.x, 1.92, name)
    card.circle(6.6, 2.2, 0.46, facecolor="none")
    # (state, action): the dot, how the arrow to it bends, where its name stands
    dots = {
        ("upright", "wait"): ((1.9, 3.4), -0.25, (1.9, 3.64)),
        ("upright", "push"): ((2.1, 2.2), 0, (2.1, 1.97)),
        ("leaning", "push"): ((3.0, 0.95), -0.2, (3.0, 0.71)),
        ("leaning", "wait"): ((4.95, 2.2), 0, (4.95, 1.97)),
    }
    # the same, and where it leads: how the arrow there bends, where its label stands
    ways = {
        ("upright", "wait", "upright"): (-0.25, (2.13, 2.82)),
        ("upright", "wait", "leaning"): (-0.25, (3.2, 3.28)),
        ("upright", "push", "leaning"): (0, (2.62, 2.36)),
        ("leaning", "push", "upright"): (-0.25, (1.55, 1.1)),
        ("leaning", "push", "fallen"): (0.25, (5.2, 0.95)),
        ("leaning", "wait", "leaning"): (0.5, (4.55, 2.72)),
        ("leaning", "wait", "fallen"): (0, (5.5, 2.36)),
    }
    for (state, action), outcomes in POLE.items():
        place, bend, label_place = dots[state, action]
        dot = card.circle(*place, 0.07, facecolor=ACCENT, edgecolor=ACCENT, zorder=4)
        card.arrow(states[state], dot, bend=bend)
        card.text(*label_place, action, NAME)
        for following, probability, reward in outcomes:
            bend, label_place = ways[state, action, following]
            card.arrow(dot, states[following], bend=bend, colour=ACCENT)
            label = f"{probability:.1f}, {reward:+d}" if reward else f"{probability:.1f}, 0"
            card.text(*label_place, label, NAME, ACCENT)
    card.text(3.7, 0.3, "dot: the action chosen      blue arrow: probability, reward")
    return card


def _pole(card, x, y, angle):
    """A cart with a pole that leans to the right."""
    tip = x + 0.3 * math.sin(math.radians(angle)), y + 0.3 * math.cos(math.radians(angle))
    card.axes.plot((x, tip[0]), (y, tip[1]), color=OTHER, linewidth=2.5, zorder=4, clip_on=False)
    card.box(x, y - 0.05, 0.3, 0.12, look={"facecolor": INK, "edgecolor": INK, "zorder": 4})


def values_through_the_grid(sweeps, milliseconds: float = 500) -> Film:
    """A film in which values flow through the 5x5 grid, sweep by sweep.

    For lesson 02. All sweeps share one scale of colours; the last one stays longer.

    Args:
        sweeps: The values after each sweep, a list of [25] or [5, 5]. All zeros in the first are
            taken for the start, sweep 0; other values for sweep 1.
        milliseconds: How long each is shown.
    """
    if not isinstance(sweeps, (list, tuple)) and getattr(sweeps, "ndim", 0) < 2:
        raise TypeError(f"sweeps must be a list of arrays of values, got {short_repr(sweeps)}")
    if not 1 <= len(sweeps) <= MAX_SWEEPS:
        raise ValueError(f"sweeps must be a list of 1 to {MAX_SWEEPS} arrays, got {len(sweeps)}")
    grids = []
    for number, values in enumerate(sweeps):
        name = f"sweeps[{number}]"
        values = array(name, values)
        if values.shape not in ((25,), (5, 5)) or not np.isfinite(values).all():
            raise ValueError(f"{name} must be 25 finite numbers, got {short_repr(values)}")
        grids.append(values.reshape(5, 5))
    low, high = float(np.min(grids)), float(np.max(grids))
    if low == high:
        low, high = low - 1, high + 1
    first = 0 if not grids[0].any() else 1
    with matplotlib.style.context(["default", STYLE]):
        figure = Figure(figsize=(4.8, 4.0), dpi=DPI)
        axes = figure.add_axes((0.03, 0.03, 0.75, 0.9))
        colours = colormaps["viridis"].resampled(16)  # few, so that the film keeps them
        image = axes.imshow(grids[0], cmap=colours, vmin=low, vmax=high)
        figure.colorbar(image, figure.add_axes((0.82, 0.03, 0.04, 0.9)))
        axes.set(xticks=np.arange(4) + 0.5, yticks=np.arange(4) + 0.5)
        axes.tick_params(length=0, labelleft=False, labelbottom=False)
        axes.grid(color="white", linewidth=1.5)
        cells = [axes.text(c, r, "", ha="center", va="center") for r in range(5) for c in range(5)]
        frames = []
        for number, grid in enumerate(grids, start=first):
            image.set_data(grid)
            axes.set_title(f"sweep {number} of {len(grids) - 1 + first}", fontsize=NAME)
            for cell, value in zip(cells, grid.flat, strict=True):
                look = {"color": readable(image.to_rgba(value)[:3]), "fontsize": NAME}
                cell.set(text=short(value), **look)
            frames.append(frame_of(figure))
    frames += [frames[-1]] * 3  # to look at
    return film(frames, milliseconds=milliseconds, width=frames[0].shape[1])
