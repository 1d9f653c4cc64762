"""Drawing of lesson 03: a small network with its numbers."""

from itertools import pairwise, product

import numpy as np

from dqn_keras.classroom.drawings.card import (
    ACCENT,
    NAME,
    NOTE,
    OTHER,
    Card,
    drawn,
    short,
)
from dqn_keras.machinery.arguments import array, one_of, short_repr

MAX_LAYERS, MAX_UNITS = 2, 4  # of weights, and of a layer: more has no room for its numbers
LARGEST = 9999
RADIUS = 0.3  # of a circle, in inches
ACTIVATIONS = {"relu": lambda z: np.maximum(z, 0.0), "linear": lambda z: z}


def forward(inputs, weights, biases, activations=None) -> tuple[list, list]:
    """Computes what every unit of a fully connected network puts out.

    Args:
        inputs: [I].
        weights: A list with an array [units before, units] for each layer, as Keras keeps them.
        biases: A list with an array [units] for each layer.
        activations: A list with "relu" or "linear" for each layer; None is "relu" for all but
            the last.

    Returns:
        The weighted sums with the biases, and the activations of them: a list of [units] each.
    """
    values = _numbers("inputs", inputs, ["I"])
    sums, outputs = [], []
    for number, (weight, bias, activation) in enumerate(_layers(weights, biases, activations)):
        weight = _numbers(f"weights[{number}]", weight, [len(values), "units"])
        bias = _numbers(f"biases[{number}]", bias, [weight.shape[1]])
        one_of(f"activations[{number}]", activation, tuple(ACTIVATIONS))
        sums.append(_numbers(f"the sums of weights[{number}]", values @ weight + bias, ["units"]))
        values = ACTIVATIONS[activation](sums[-1])
        outputs.append(values)
    return sums, outputs


def _numbers(name, values, shape):
    """Numbers that have room in a circle: not too many, and none too long."""
    values = array(name, values, shape)
    if not 1 <= values.shape[-1] <= MAX_UNITS:
        raise ValueError(f"{name} must be of 1 to {MAX_UNITS} units, got {values.shape[-1]}")
    if not (np.abs(values) <= LARGEST).all():
        raise ValueError(
            f"{name} must be numbers from -{LARGEST} to {LARGEST}, got {short_repr(values)}"
        )
    return values


def _layers(weights, biases, activations):
    """A (weights, bias, activation) for each layer."""
    for name, value in (("weights", weights), ("biases", biases)):
        if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= MAX_LAYERS:
            raise ValueError(
                f"{name} must be a list of 1 to {MAX_LAYERS} arrays, got {short_repr(value)}"
            )
    if activations is None:
        activations = ["relu"] * (len(weights) - 1) + ["linear"]
    for name, value in (("biases", biases), ("activations", activations)):
        if not isinstance(value, (list, tuple)) or len(value) != len(weights):
            raise ValueError(
                f"{name} must be a list of {len(weights)}, one for each layer of weights, "
                f"got {short_repr(value)}"
            )
    return list(zip(weights, biases, activations, strict=True))


@drawn
def network(inputs, weights, biases, activations=None):
    """A small network with its numbers: inputs, weights, biases, and what each unit puts out.

    For lessons 03 and 04. Positive weights are blue, negative ones vermilion; arguments as of
    `forward`, at most 2 layers of weights and 4 units in a layer.
    """
    sums, outputs = forward(inputs, weights, biases, activations)
    kinds = [layer[2] for layer in _layers(weights, biases, activations)]
    columns = [np.asarray(inputs, float), *outputs]
    tallest = max(map(len, columns))
    # From layer to layer, from unit to unit: steeper arrows would run through z and b.
    across, down = (2.5, 1.2) if tallest < 4 else (3.25, 1.08)
    lines = 1 + ("relu" in kinds)
    card = Card(max(across * len(kinds) + 1.5, 5.6), down * tallest + 0.58 + 0.22 * lines)
    width, height = card.width, card.height
    start = (width - across * len(kinds)) / 2
    middle = height - 0.4 - down * tallest / 2
    circles = []
    for column, values in enumerate(columns):
        x = start + across * column
        kind = "inputs" if column == 0 else "outputs" if column == len(kinds) else "hidden layer"
        if len(values) == 1:
            kind = kind.removesuffix("s")
        card.text(x, height - 0.25, kind, NAME, weight="bold")
        ys = middle + down * ((len(values) - 1) / 2 - np.arange(len(values)))
        circles.append([])
        for unit, (y, value) in enumerate(zip(ys, values, strict=True)):
            label = short(value)
            size = NAME if len(label) <= 5 else NOTE
            circles[-1].append(card.circle(x, y, RADIUS, label, column > 0, size))
            if column:
                card.text(x, y - RADIUS - 0.13, f"$b$ = {short(biases[column - 1][unit])}")
            if column and kinds[column - 1] == "relu":
                card.text(x, y + RADIUS + 0.13, f"$z$ = {short(sums[column - 1][unit])}")
    for (before, after), weight in zip(pairwise(circles), weights, strict=True):
        _edges(card, before, after, np.asarray(weight, float))
    total = "sum $z$" if "relu" in kinds else "sum"
    notes = [f"A circle's {total}: its inputs times the weights on the arrows, plus its bias $b$."]
    if "relu" in kinds:
        notes.append("ReLU: where $z$ is below 0, the circle puts out 0.")
    for line, note in enumerate(reversed(notes)):
        card.text(width / 2, 0.22 + 0.22 * line, note)
    return card


def _edges(card, before, after, weights):
    """Draws the arrows between two layers, with labels where there is room for them."""
    edges = list(product(range(len(before)), range(len(after))))
    ends = []
    for i, j in edges:
        start, end = np.array([before[i].x, before[i].y]), np.array([after[j].x, after[j].y])
        along = (end - start) / np.linalg.norm(end - start) * RADIUS
        ends.append((start + along, end - along))
    labels = [short(weights[edge]) for edge in edges]
    places = _label_places(ends, [0.04 + 0.045 * len(label) for label in labels])
    for edge, (start, end), label, place in zip(edges, ends, labels, places, strict=True):
        colour = OTHER if weights[edge] < 0 else ACCENT
        card.arrow(start, end, colour=colour, linewidth=1.2)
        card.text(*place, label, NOTE, colour, halo=True)


def _label_places(ends, half_widths, half_height=0.1):
    """Where on its line each label stands: near the first third, clear of labels and lines."""
    parts = np.linspace(0.12, 0.82, 36)
    spots = np.array([start + parts[:, None] * (end - start) for start, end in ends])  # [E, 36, 2]
    lines = np.array([a + np.linspace(0, 1, 60)[:, None] * (b - a) for a, b in ends])  # [E, 60, 2]
    chosen = np.full(len(ends), 10)

    def cost(edge):
        result = 0.3 * np.abs(parts - 0.33)
        for other in range(len(ends)):
            if other == edge:
                continue
            apart = np.abs(spots[edge] - spots[other, chosen[other]])
            room = [half_widths[edge] + half_widths[other] + 0.04, 2 * half_height]
            result += 10 * np.prod(np.clip(1 - apart / room, 0, None), axis=1)
            apart = np.abs(spots[edge][:, None] - lines[other])
            room = [half_widths[edge] + 0.05, half_height + 0.02]
            result += np.clip(1 - apart / room, 0, None).prod(axis=2).max(axis=1)
        return result

    for _ in range(6):
        for edge in range(len(ends)):
            chosen[edge] = cost(edge).argmin()
    return spots[np.arange(len(ends)), chosen]
