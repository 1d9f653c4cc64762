"""Drawings of lesson 16: PPO's clipped objective, the dueling network's two heads."""

import numpy as np

from dqn_keras.classroom.drawings.card import (
    ACCENT,
    INK,
    LINE,
    NAME,
    NOTE,
    Card,
    drawn,
    short,
)

CLIP = 0.2
VALUE, ADVANTAGES = 5.0, (2.0, -1.0, 5.0)


def clipped_objective(ratios, advantage: float) -> np.ndarray:
    """What PPO makes large, for each ratio of the new probability to the old one."""
    ratios = np.asarray(ratios, float)
    return np.minimum(ratios * advantage, np.clip(ratios, 1 - CLIP, 1 + CLIP) * advantage)


@drawn
def ppo_clip():
    """PPO's clipped objective over the ratio, for a good action and for a bad one.

    For lesson 16. Where the blue line is flat there is no gradient: nothing is gained by going on.
    """
    card = Card(7.4, 3.2)
    ratios = np.linspace(0.4, 1.6, 13)
    for left, advantage, title, flat, plain in (
        (0.095, 1, "$A$ = +1: better than expected", (1.41, 1.05), (1.36, 1.5)),
        (0.585, -1, "$A$ = −1: worse than expected", (0.59, -0.95), (0.68, -0.48)),
    ):
        axes = card.figure.add_axes((left, 0.24, 0.385, 0.6), facecolor="none")
        axes.plot(ratios, ratios * advantage, color=LINE, linewidth=1.3, linestyle=(0, (4, 3)))
        axes.plot(ratios, clipped_objective(ratios, advantage), color=ACCENT, linewidth=3)
        for edge in (1 - CLIP, 1 + CLIP):
            axes.axvline(edge, color=LINE, linewidth=1, linestyle=":", zorder=0)
        look = {"ha": "center", "va": "center", "fontsize": NOTE}
        axes.text(*flat, "flat:\nno gradient", color=ACCENT, **look)
        axes.text(*plain, r"$\rho\, A$", color=INK, **look)
        axes.set_title(title, fontsize=NAME, fontweight="bold")
        names = ["0.4", f"$1-c$\n{1 - CLIP:g}", "1", f"$1+c$\n{1 + CLIP:g}", "1.6"]
        axes.set_xticks([0.4, 1 - CLIP, 1, 1 + CLIP, 1.6], names)
        axes.set_yticks([0.4 * advantage, advantage, 1.6 * advantage])
        axes.set_xlabel(r"ratio $\rho$", color=INK)
        axes.set_ylabel("objective", color=INK)
        axes.tick_params(color=LINE, labelcolor=INK, labelsize=NOTE)
        axes.spines[["left", "bottom"]].set_color(LINE)
        axes.spines[["top", "right"]].set_visible(False)
    return card


@drawn
def dueling_heads():
    """A dueling network: one head for the state's value, one for the actions' advantages.

    For lesson 16. Each Q-value is the value plus the action's advantage minus their mean.
    """
    card = Card(7.6, 3.6)
    rows, mean = (1.85, 1.2, 0.55), sum(ADVANTAGES) / len(ADVANTAGES)
    state = card.box(0.65, 2.1, 0.8, 0.6, "state")
    trunk = card.box(1.85, 2.1, 1.0, 0.6, "trunk", "layers")
    value_head = card.box(3.45, 3.1, 1.3, 0.6, "value head", accent=True)
    advantage_head = card.box(3.45, 1.2, 1.3, 1.8, "advantage\nhead", accent=True)
    card.arrow(state.right(), trunk.left())
    for head in (value_head, advantage_head):
        card.arrow(trunk.right(), (2.57, trunk.y), (2.57, head.y), head.left())
    value = card.circle(5.0, 3.1, 0.27, short(VALUE))
    card.arrow(value_head.right(), value.left())
    outputs = card.box(6.85, 1.32, 1.0, 2.3, look={"facecolor": "white"})
    card.arrow(value.right(), (outputs.x, value.y), outputs.top())
    card.text(4.42, 3.32, "$V(s)$", 12)
    card.text(5.0, 2.29, "$A(s, a)$", 12)
    card.text(outputs.x, 2.28, "$Q(s, a)$", 12)
    card.text(6.05, 3.26, "$V$ + $A$ − mean of $A$")
    for y, advantage in zip(rows, ADVANTAGES, strict=True):
        circle = card.circle(value.x, y, 0.27, short(advantage))
        card.arrow(advantage_head.right(y - advantage_head.y), circle.left())
        result = card.circle(outputs.x, y, 0.27, short(VALUE + advantage - mean))
        card.arrow(circle.right(), result.left(), colour=ACCENT)
        added = f"({short(advantage)})" if advantage < 0 else short(advantage)
        label = f"{short(VALUE)} + {added} − {short(mean)}"
        card.text((circle.x + outputs.left()[0]) / 2 + 0.13, y + 0.15, label, colour=ACCENT)
    return card
