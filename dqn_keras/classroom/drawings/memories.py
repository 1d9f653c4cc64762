"""Drawings of lessons 06 and 08: the replay memory's ring, the model and its target network."""

import math

from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle, Wedge

from dqn_keras.classroom.drawings.card import (
    ACCENT,
    ACCENT_FILL,
    FILL,
    FORMULA,
    NAME,
    OTHER,
    SKY,
    Card,
    drawn,
)
from dqn_keras.machinery.arguments import whole_number


@drawn
def ring_buffer(capacity: int = 6, appended: int = 8):
    """The rows of a replay memory as a ring: what is kept, and which row is written next.

    For lesson 06.

    Args:
        capacity: How many rows there are, 2 to 10.
        appended: How many transitions have been stored, counted from 0.
    """
    whole_number("capacity", capacity, 2, 10)
    whole_number("appended", appended, 0, 999)
    card = Card(6.8, 3.5)
    x, y, inner, outer = 1.9, 1.75, 0.66, 1.3
    turn = 360 / capacity
    stored = min(capacity, appended)
    following = appended % capacity
    for row in range(capacity):
        number = row + capacity * ((appended - 1 - row) // capacity)  # below 0: not yet written
        angle = 90 - turn * row
        age = (appended - 1 - number) / max(stored - 1, 1)
        shade = FILL if number < 0 else _shade(1 - age)
        edges = angle - turn / 2, angle + turn / 2
        wedge = Wedge((x, y), outer, *edges, width=outer - inner, color=shade, zorder=2)
        wedge.set(edgecolor="white", linewidth=3)
        card.axes.add_patch(wedge).set_clip_on(False)
        across, up = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        cell = x + (inner + outer) / 2 * across, y + (inner + outer) / 2 * up
        overwritten = number >= capacity
        if number >= 0:
            up_by = 0.1 * overwritten
            card.text(cell[0], cell[1] + up_by, str(number), FORMULA, weight="bold")
        if overwritten:
            card.text(
                cell[0],
                cell[1] - 0.12,
                f"was {number - capacity}",
            )
        card.text(x + 1.6 * across, y + 1.47 * up, f"row {row}")
        if row == following:
            tip = x + (inner - 0.03) * across, y + (inner - 0.03) * up
            card.arrow((x, y), tip, colour=OTHER, linewidth=2.5)
    card.circle(x, y, 0.07, facecolor=OTHER, edgecolor=OTHER)
    left = {"ha": "left"}
    card.text(3.85, 2.5, f"{appended} stored so far, {capacity} rows", NAME, weight="bold", **left)
    for step in range(12):
        corner = 3.85 + 0.1 * step, 1.99
        patch = Rectangle(corner, 0.11, 0.16, facecolor=_shade(step / 11), clip_on=False)
        card.axes.add_patch(patch)
    card.text(5.2, 2.07, "older to newer", **left)
    fate = f"and overwrites number {appended - capacity}, the oldest."
    if stored < capacity:
        fate = "which is still empty."
    card.text(3.85, 1.55, f"Next, number {appended}", colour=OTHER, weight="bold", **left)
    card.text(3.85, 1.3, f"goes to row {appended} mod {capacity} = {following}", **left)
    card.text(3.85, 1.08, fate, **left)
    return card


def _shade(newness: float) -> tuple:
    """From light (0) to strong blue (1), on which dark text reads well."""
    light, dark = to_rgb(ACCENT_FILL), to_rgb(SKY)
    return tuple(a + newness * (b - a) for a, b in zip(light, dark, strict=True))


@drawn
def model_and_target_network():
    """Who says what in one update: the model its Q-value, the target network the target.

    For lesson 08. Only the model learns; now and then the target network becomes a copy of it.
    """
    card = Card(8.0, 3.6)
    card.box(0.75, 1.65, 1.0, 2.8)
    card.text(0.75, 2.85, "batch", NAME, weight="bold")
    model = card.box(2.8, 2.45, 1.5, 0.8, "model", "weights $\\theta$", True, FORMULA)
    other = card.box(2.8, 1.1, 1.5, 0.8, "target network", "weights $\\theta^-$", False, FORMULA)
    error = card.box(6.4, 2.45, 1.6, 0.8, "error", "$y - Q(s, a)$", False, FORMULA)
    formula = "$y = r + \\gamma\\,(1 - d)\\,\\max_{a'}\\,Q(s', a')$"
    target = card.box(6.4, 1.1, 2.8, 0.8, "target", formula, False, FORMULA)
    for row, text in ((model.y, "$s,\\, a$"), (other.y, "$s'$"), (0.42, "$r,\\, d$")):
        card.text(0.75, row, text, FORMULA)
    card.arrow((1.25, model.y), model.left())
    card.arrow((1.25, other.y), other.left())
    card.arrow((1.25, 0.42), (6.4, 0.42), target.bottom())
    card.arrow(model.right(), error.left())
    card.text(4.55, model.y + 0.18, "$Q(s, a;\\, \\theta)$", FORMULA)
    card.arrow(other.right(), target.left())
    card.text(4.27, other.y + 0.2, "$Q(s', a';\\, \\theta^-)$", FORMULA)
    card.arrow(target.top(), error.bottom())
    card.arrow(error.top(), (6.4, 3.2), (2.8, 3.2), model.top(), colour=ACCENT, linewidth=2)
    card.text(4.6, 3.2, "gradient: only the model learns", NAME, ACCENT, halo=True)
    card.dashed_arrow(model.bottom(), other.top())
    card.text(2.92, 1.78, "copy, now and then", ha="left")
    return card
