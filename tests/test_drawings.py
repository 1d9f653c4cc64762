"""The lessons' drawings: legible, whole, small, the same every time, and right in their numbers."""

import inspect
import io
import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import numpy as np
import pytest
from conftest import ROOT, one_line
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox
from PIL import Image, ImageSequence
from svg_painter import Painter

from dqn_keras import discounted_returns
from dqn_keras.classroom import drawings
from dqn_keras.classroom.drawings import card, improvements, memories, nets, policies, worlds
from dqn_keras.classroom.films import Film

LARGEST = 40_000  # bytes, of SVG and of PNG
INPUTS = [1.0, 2.0]
W231 = [[[0.5, -1.0, 2.0], [1.0, 0.5, -1.5]], [[1.5], [-2.0], [0.25]]]
B231 = [[0.5, -1.0, 0.0], [0.1]]
W221 = [[[0.5, -1.0], [1.0, 0.25]], [[1.5], [-2.0]]]
B221 = [[0.5, -1.0], [0.1]]
LONG = [np.full([2, 3], -1.25), np.full([3, 2], -10.75)]  # labels as long as they get


def filled(*sizes):
    """Weights and biases of a network of these sizes, all of two decimals."""
    random = np.random.default_rng(0)
    weights = [random.normal(size=pair).round(2) for pair in pairwise(sizes)]
    return weights, [random.normal(size=size).round(2) for size in sizes[1:]]


PLAIN = [
    "actor_and_critic",
    "agent_and_environment",
    "dueling_heads",
    "global_network_and_workers",
    "markov_decision_process",
    "model_and_target_network",
    "ppo_clip",
    "q_network_beside_policy_network",
    "ring_buffer",
    "rollout_returns",
]
CALLS = {name: getattr(drawings, name) for name in PLAIN} | {
    "network 2-3-1": lambda: drawings.network(INPUTS, W231, B231),
    "network 2-2-1": lambda: drawings.network(INPUTS, W221, B221),
    "network 2-3-2": lambda: drawings.network(INPUTS, LONG, [np.zeros(3), np.zeros(2)]),
    "network 3-3-1": lambda: drawings.network(np.ones(3), *filled(3, 3, 1)),
    "network 4-4-2": lambda: drawings.network(np.ones(4), *filled(4, 4, 2)),
    "network, large": lambda: drawings.network([-99.99], [[[-100.0]]], [[-1.25]]),
    "network 2-1": lambda: drawings.network(INPUTS, [[[0.5], [-1.25]]], [[0.5]]),
    "network 1-1": lambda: drawings.network([3], [[[2]]], [[-1]], ["relu"]),
    "network 4-2": lambda: drawings.network(np.ones(4), [np.full([4, 2], 0.25)], [[0, 0]]),
    "ring, empty": lambda: drawings.ring_buffer(6, 0),
    "ring, not full": lambda: drawings.ring_buffer(6, 4),
    "ring, just full": lambda: drawings.ring_buffer(6, 6),
    "ring, small": lambda: drawings.ring_buffer(2, 5),
    "ring, large": lambda: drawings.ring_buffer(10, 999),
}
MADE = {}


@pytest.fixture(params=list(CALLS))
def drawing(request):
    if request.param not in MADE:
        MADE[request.param] = CALLS[request.param]()
    return MADE[request.param]


def test_every_function_is_told_of():
    made = {name.split()[0].rstrip(",") for name in CALLS} - {"ring"}
    assert made | {"values_through_the_grid"} == set(drawings.__all__)
    assert drawings.__all__ == sorted(drawings.__all__)
    for name in drawings.__all__:
        assert re.search(r"For lessons? \d\d", inspect.getdoc(getattr(drawings, name))), name


# ---- What a page gets


def test_a_notebook_gets_an_svg_and_a_png(drawing):
    formatters = pytest.importorskip("IPython.core.formatters")
    data, more = formatters.DisplayFormatter().format(drawing)
    assert data["image/svg+xml"] == drawing.svg
    assert data["image/png"] == drawing.png
    picture = Image.open(io.BytesIO(drawing.png))
    width, height = more["image/png"]["width"], more["image/png"]["height"]
    assert (2 * width, 2 * height) == pytest.approx(picture.size, abs=2)  # sharp on good screens
    assert width <= 800  # what a notebook has room for


def test_it_is_small(drawing):
    largest = LARGEST if drawing is not MADE.get("network 4-4-2") else 70_000  # 24 weights
    assert len(drawing.svg.encode()) < largest
    assert len(drawing.png) < largest


@pytest.mark.nightly
def test_the_svg_can_stand_in_a_page(drawing):
    root = ElementTree.fromstring(drawing.svg)
    assert root.tag.endswith("}svg") and root.get("role") == "img" and root.get("aria-label")
    elements = list(root.iter())
    kinds = {element.tag.partition("}")[2] for element in elements}
    assert not kinds & {"text", "style", "script", "image", "metadata"}
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', drawing.svg)
    assert {first or second for first, second in wanted} <= set(ids)
    assert "font" not in drawing.svg and "http" not in re.sub(r'xmlns\S*="[^"]*"', "", drawing.svg)
    for element in elements:  # all coordinates are still numbers
        assert re.fullmatch(r"[-MLQCz\d. ]*", element.get("d", ""))


def test_glyphs_of_one_name_are_the_same_in_all_drawings():
    # In a page with several drawings an id stands for the first glyph that has it.
    glyphs = {}
    for name in CALLS:
        MADE.setdefault(name, CALLS[name]())
        for glyph, path in re.findall(r'<path id="(dv[^"]+)" d="([^"]+)"', MADE[name].svg):
            assert glyphs.setdefault(glyph, path) == path


@pytest.mark.nightly
def test_it_is_an_opaque_white_card_with_round_corners(drawing):
    pixels = np.asarray(Image.open(io.BytesIO(drawing.png)).convert("RGBA"))
    height, width = pixels.shape[:2]
    assert (pixels[[0, 0, -1, -1], [0, -1, 0, -1], 3] == 0).all()
    assert (pixels[20:-20, 20:-20, 3] == 255).all()
    assert (pixels[20, 40 : width - 40 : 7] == 255).all()
    assert (pixels[40 : height - 40 : 7, 12] == 255).all()


def coarse(pixels, side=24):
    """Means of squares: what is left where letters are drawn a little differently."""
    height, width = (side * (size // side) for size in pixels.shape[:2])
    tiles = pixels[:height, :width].reshape(height // side, side, width // side, side, 4)
    return tiles.astype(float).mean(axis=(1, 3))


@pytest.mark.nightly
def test_svg_and_png_show_the_same(drawing):
    svg = Painter(drawing.svg).pixels
    png = np.asarray(Image.open(io.BytesIO(drawing.png)).convert("RGBA"))
    assert svg.shape == png.shape
    apart = np.abs(coarse(svg) - coarse(png)).max(axis=2)
    assert apart.max() < 26  # a letter left out makes 30 to 100


@pytest.mark.nightly
@pytest.mark.parametrize("name", list(CALLS))
def test_the_bytes_are_the_same_every_time_and_in_every_style(name):
    first = MADE.setdefault(name, CALLS[name]())
    with pyplot.style.context("dqn_keras.classroom.lesson"), pyplot.rc_context({"font.size": 20}):
        again = CALLS[name]()
    assert again.svg == first.svg
    assert again.png == first.png
    assert not pyplot.get_fignums()  # nor is it shown a second time


# ---- What an eye gets


def texts(drawing):
    """All texts of a drawing that are not empty, with the rectangle each takes in pixels."""
    figure = drawing.figure
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = []
    for axes in figure.axes:
        candidates = [*axes.texts]
        if axes.axison:
            ticks = [*axes.get_xticklabels(), *axes.get_yticklabels()]
            candidates += [*ticks, axes.title, axes.xaxis.label, axes.yaxis.label]
        for text in candidates:
            if text.get_text():
                found.append((text, Bbox(text.get_tightbbox(canvas.get_renderer()))))
    return found


def test_no_text_is_small(drawing):
    for text, _ in texts(drawing):
        indices = re.search(r"\$[^$]*[_^][^$]*\$", text.get_text())
        assert text.get_fontsize() * (0.7 if indices else 1) >= 9, text


@pytest.mark.nightly
def test_no_text_is_cut_and_none_covers_another(drawing):
    found = texts(drawing)
    width, height = drawing.figure.canvas.get_width_height()
    for number, (text, place) in enumerate(found):
        assert place.x0 > 8 and place.y0 > 8, text
        assert place.x1 < width - 8 and place.y1 < height - 8, text
        for other, elsewhere in found[:number]:
            assert not overlap(place, elsewhere), (text, other)


def overlap(one, other):
    common = Bbox.intersection(one, other)
    return common is not None and common.width > 0.5 and common.height > 0.5


@pytest.mark.nightly
def test_texts_stand_inside_boxes_or_outside(drawing):
    axes, found = drawing.figure.axes[0], texts(drawing)
    for patch in axes.patches:
        outline = patch.get_transform().transform_path(patch.get_path())
        for text, place in found:
            corners = place.corners()
            if isinstance(patch, FancyBboxPatch):
                box = outline.get_extents()
                inside = all(box.contains(*corner) for corner in corners)
                assert inside or not overlap(place, box), text
            elif isinstance(patch, Circle) and patch.radius > 0.1:
                middle = axes.transData.transform(patch.center)
                radius = outline.get_extents().width / 2
                inside = (np.hypot(*(corners - middle).T) < radius).all()
                nearest = np.clip(middle, place.min, place.max)
                assert inside or np.hypot(*(nearest - middle)) >= radius, text


def arrows(drawing):
    """The points of each arrow, [N, 2], in pixels."""
    axes = drawing.figure.axes[0]
    for patch in axes.patches:
        if isinstance(patch, FancyArrowPatch):
            path = patch.get_transform().transform_path(patch.get_path())
            lines = path.to_polygons(closed_only=False)
            points = [Path(line).interpolated(20).vertices for line in lines]
            yield np.concatenate(points)


@pytest.mark.nightly
def test_no_arrow_runs_through_a_text(drawing):
    found = texts(drawing)
    for points in arrows(drawing):
        for text, place in found:
            if text.get_bbox_patch() is None:  # else it clears its own place
                inside = (points > place.min).all(axis=1) & (points < place.max).all(axis=1)
                assert not inside.any(), text


@pytest.mark.nightly
def test_no_arrow_leaves_the_card(drawing):
    size = drawing.figure.canvas.get_width_height()
    for points in arrows(drawing):
        assert (points > 5).all() and (points < np.array(size) - 5).all()


def test_colours_are_those_that_the_colour_blind_can_tell_apart():
    style = (ROOT / "dqn_keras/classroom/lesson.mplstyle").read_text()
    for colour in (card.ACCENT, card.OTHER, card.SKY):
        assert colour.removeprefix("#") in style


def test_text_is_dark_on_light_and_light_on_dark():
    assert card.readable("white") == card.readable("#56B4E9") == card.INK
    assert card.readable("black") == card.readable("#440154") == "white"


def words(drawing):
    return [text.get_text() for text, _ in texts(drawing)]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1"), (0.5, "0.5"), (-1.25, "−1.25"), (1 / 3, "0.33"), (-0.001, "0"), (1234.56, "1235")],
)
def test_numbers_are_short(number, text):
    assert card.short(number) == text


# ---- Whether it is true


def test_the_probabilities_of_each_action_add_up_to_1():
    for pair, outcomes in worlds.POLE.items():
        assert sum(probability for _, probability, _ in outcomes) == pytest.approx(1), pair
        assert all(reward == (following != "fallen") for following, _, reward in outcomes)
    states = {state for state, _ in worlds.POLE}
    reached = {following for outcomes in worlds.POLE.values() for following, _, _ in outcomes}
    assert states == {"upright", "leaning"} and reached == {"upright", "leaning", "fallen"}


def test_the_process_shows_its_numbers():
    shown = words(drawings.markov_decision_process())
    for outcomes in worlds.POLE.values():
        for _, probability, reward in outcomes:
            shown.remove(f"{probability:.1f}, {'+1' if reward else '0'}")
    assert not [text for text in shown if re.search(r"\d", text)]


def relu(z):
    return np.maximum(z, 0)


@pytest.mark.parametrize(("weights", "biases"), [(W231, B231), (W221, B221)])
def test_a_network_computes_as_numpy_does(weights, biases):
    hidden = np.array(INPUTS) @ np.array(weights[0]) + biases[0]
    output = relu(hidden) @ np.array(weights[1]) + biases[1]
    sums, outputs = nets.forward(INPUTS, weights, biases)
    np.testing.assert_allclose(sums[0], hidden)
    np.testing.assert_allclose(outputs[0], relu(hidden))
    np.testing.assert_allclose(outputs[1], output)
    np.testing.assert_allclose(sums[1], output)
    shown = words(drawings.network(INPUTS, weights, biases))
    for value in (*INPUTS, *relu(hidden), *output, *np.ravel(weights[0]), *np.ravel(weights[1])):
        shown.remove(card.short(value))
    for value in hidden:
        shown.remove(f"$z$ = {card.short(value)}")
    for value in (*biases[0], *biases[1]):
        shown.remove(f"$b$ = {card.short(value)}")
    assert not [text for text in shown if "=" in text]


def test_activations_are_relu_but_for_the_last_layer_unless_told():
    deep = [np.full([1, 1], -1.0)] * 2
    none = [np.zeros(1)] * 2
    assert [float(out[0]) for out in nets.forward([2.0], deep, none)[1]] == [0, 0]
    linear = ["linear", "relu"]
    assert [float(out[0]) for out in nets.forward([2.0], deep, none, linear)[1]] == [-2, 2]


def test_a_network_leaves_its_arguments_alone():
    weights, biases = [np.array(part) for part in W231], [np.array(part) for part in B231]
    drawings.network(np.array(INPUTS), weights, biases)
    for before, after in zip([*W231, *B231], [*weights, *biases], strict=True):
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"inputs": []}, "inputs"),
        ({"inputs": None}, "inputs"),
        ({"inputs": [1.0]}, "weights[0]"),
        ({"inputs": [1.0, np.nan]}, "inputs"),
        ({"weights": [np.ones([1, 1])] * 3, "biases": [[0]] * 3}, "weights"),
        ({"inputs": np.ones(6), "weights": [np.ones([6, 1])], "biases": [[0]]}, "inputs"),
        ({"weights": []}, "weights"),
        ({"weights": np.ones([2, 1])}, "weights"),
        ({"weights": [np.ones([2, 3])]}, "biases"),
        ({"weights": [np.ones([2, 3]), np.ones([2, 1])]}, "weights[1]"),
        (
            {"weights": [np.ones([2, 9]), np.ones([9, 1])], "biases": [np.ones(9), [0]]},
            "weights[0]",
        ),
        ({"weights": [np.full([2, 3], np.inf), W231[1]]}, "weights[0]"),
        ({"weights": [np.full([2, 3], 1e9), W231[1]]}, "weights[0]"),
        ({"weights": [np.full([2, 3], 9e3), W231[1]]}, "the sums of weights[0]"),
        ({"biases": [[0.0, 0.0], [0.1]]}, "biases[0]"),
        ({"biases": None}, "biases"),
        ({"activations": ["relu"]}, "activations"),
        ({"activations": ["relu", "softplus"]}, "activations[1]"),
        ({"activations": "relu"}, "activations"),
    ],
)
def test_a_network_names_what_is_wrong_in_one_line(arguments, named):
    with pytest.raises((TypeError, ValueError)) as error:
        drawings.network(**{"inputs": INPUTS, "weights": W231, "biases": B231} | arguments)
    assert one_line(error).startswith(named)


@pytest.mark.parametrize("capacity", [2, 3, 6, 10])
@pytest.mark.parametrize("appended", [0, 1, 2, 5, 6, 7, 8, 23])
def test_the_ring_holds_what_a_list_would(capacity, appended):
    rows = [None] * capacity
    for number in range(appended):
        rows[number % capacity] = number
    shown = words(drawings.ring_buffer(capacity, appended))
    bold = [text for text in shown if text.isdigit()]
    assert bold == [str(number) for number in rows if number is not None]
    following = appended % capacity
    assert f"goes to row {appended} mod {capacity} = {following}" in shown
    fate = "which is still empty."
    if rows[following] is not None:
        assert rows[following] == min(rows)
        fate = f"and overwrites number {rows[following]}, the oldest."
    assert fate in shown
    overwritten = [f"was {n - capacity}" for n in rows if n is not None and n >= capacity]
    assert [text for text in shown if text.startswith("was")] == overwritten


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((1, 3), "capacity"),
        ((11, 3), "capacity"),
        ((2.5, 3), "capacity"),
        ((6, -1), "appended"),
        ((6, 1000), "appended"),
        ((6, None), "appended"),
    ],
)
def test_a_ring_names_what_is_wrong_in_one_line(arguments, named):
    with pytest.raises((TypeError, ValueError)) as error:
        drawings.ring_buffer(*arguments)
    assert one_line(error).startswith(named)


def test_the_shades_of_the_ring_go_from_light_to_strong():
    shades = [sum(memories._shade(share)) for share in np.linspace(0, 1, 6)]
    assert shades == sorted(shades, reverse=True) and len(set(shades)) == 6


def test_the_policys_probabilities_add_up_to_1_and_the_largest_q_value_is_taken():
    assert sum(policies.PROBABILITIES.values()) == pytest.approx(1)
    assert list(policies.Q_VALUES) == list(policies.PROBABILITIES) == ["left", "right"]
    made = drawings.q_network_beside_policy_network()
    shown = words(made)
    for value in (*policies.Q_VALUES.values(), *policies.PROBABILITIES.values()):
        assert card.short(value) in shown
    assert [text for text in shown if "times in" in text] == ["3 times in 10", "7 times in 10"]
    found = {text.get_text(): text.get_position()[0] for text, _ in texts(made)}
    assert found["every time"] == found["5.1"]  # below it
    assert max(policies.Q_VALUES.values()) == 5.1


def test_the_returns_of_a_rollout_are_discounted_from_the_back():
    rewards = np.array([*policies.REWARDS, policies.VALUE_AFTER], np.float32)
    returns = discounted_returns(rewards, policies.GAMMA).numpy()  # the last is the estimate
    boxes = [text for text in words(drawings.rollout_returns()) if re.fullmatch(r"[\d.]+", text)]
    shown = sorted(boxes, key=float)
    assert shown == sorted(map(card.short, [*returns, *policies.REWARDS]), key=float)


def test_ppos_curves_are_the_formula():
    ratios = np.linspace(0, 3, 301)
    for advantage in (1.0, -1.0, 2.5):
        clipped = np.clip(ratios, 1 - improvements.CLIP, 1 + improvements.CLIP)
        expected = np.minimum(ratios * advantage, clipped * advantage)
        np.testing.assert_allclose(
            improvements.clipped_objective(ratios, advantage), expected, atol=1e-12
        )
    for axes, advantage in zip(drawings.ppo_clip().figure.axes[1:], (1, -1), strict=True):
        plain, curve = axes.lines[:2]
        np.testing.assert_allclose(plain.get_ydata(), advantage * plain.get_xdata())
        ratios = curve.get_xdata()
        # A line bends at the two edges only, so that its points there make all of it right.
        assert {0.8, 1.2} <= set(np.round(ratios, 9))
        expected = improvements.clipped_objective(ratios, advantage)
        np.testing.assert_allclose(curve.get_ydata(), expected)
        flat = ratios >= 1.2 - 1e-9 if advantage > 0 else ratios <= 0.8 + 1e-9
        assert np.ptp(curve.get_ydata()[flat]) < 1e-9 < np.ptp(curve.get_ydata()[~flat])


def test_the_dueling_heads_add_up():
    value, advantages = improvements.VALUE, np.array(improvements.ADVANTAGES)
    q_values = value + advantages - advantages.mean()
    assert q_values.mean() == pytest.approx(value)
    shown = words(drawings.dueling_heads())
    for number in (value, *advantages, *q_values):
        shown.remove(card.short(number))
    sums = [text for text in shown if re.match(r"\d", text)]
    assert [eval(text.replace("−", "-")) for text in sums] == q_values.tolist()


# ---- Values in the grid


def sweeps(count=6):
    """Values that flow from one corner."""
    far = np.add.outer(np.arange(5), np.arange(5))
    return [np.where(far < sweep, 0.9**far, 0.0) for sweep in range(count)]


def frames_of(made):
    picture = Image.open(io.BytesIO(made.png))
    return np.stack([np.array(frame.convert("RGB")) for frame in ImageSequence.Iterator(picture)])


def test_values_through_the_grid_is_a_film_with_a_frame_for_each_sweep():
    made = drawings.values_through_the_grid(sweeps())
    assert isinstance(made, Film)
    frames = frames_of(made)
    assert frames.shape == (6, 400, 480, 3)
    assert all((a != b).any() for a, b in zip(frames, frames[1:], strict=False))
    assert len(made.png) < 100_000
    flat = drawings.values_through_the_grid([grid.ravel() for grid in sweeps()])
    assert flat.png == made.png
    assert drawings.values_through_the_grid(np.array(sweeps())).png == made.png
    picture = Image.open(io.BytesIO(made.png))
    times = [frame.info["duration"] for frame in ImageSequence.Iterator(picture)]
    assert times == [500] * 5 + [2000]  # the last one stays


def test_its_colours_are_the_values_on_one_scale():
    from matplotlib import colormaps

    grids = [np.zeros([5, 5]), np.linspace(-2, 3, 25).reshape(5, 5)]
    frames = frames_of(drawings.values_through_the_grid(grids))
    scale = colormaps["viridis"].resampled(16)
    left, top, side = 14.4, 28, 72  # of the cells, in pixels
    for frame, grid in zip(frames, grids, strict=True):
        for (row, column), value in np.ndenumerate(grid):
            y, x = round(top + side * row + 10), round(left + side * column + 10)
            expected = np.round(255 * np.array(scale((value + 2) / 5)[:3]))
            assert np.abs(frame[y, x] - expected).max() <= 1, (row, column)


@pytest.mark.parametrize(
    ("grids", "titles"),
    [
        ([np.zeros(25), np.ones(25)], ["sweep 0 of 1", "sweep 1 of 1"]),
        ([np.ones(25), np.zeros(25)], ["sweep 1 of 2", "sweep 2 of 2"]),
        ([np.ones(25)], ["sweep 1 of 1"]),
    ],
)
def test_the_title_counts_sweeps(monkeypatch, grids, titles):
    seen = []

    def look(figure):
        axes = figure.axes[0]
        assert [t.get_text() for t in axes.texts] == [card.short(v) for v in grids[len(seen)]]
        assert min(t.get_fontsize() for t in axes.texts) >= 9
        seen.append(axes.get_title())
        return np.full([4, 6, 3], len(seen), np.uint8)

    monkeypatch.setattr(worlds, "frame_of", look)
    drawings.values_through_the_grid(grids)
    assert seen == titles


@pytest.mark.parametrize(
    "bad",
    [None, [], 3, np.zeros(25), [None], [np.zeros(24)], [np.full(25, np.nan)], [np.zeros(25)] * 98],
)
def test_bad_sweeps_are_named_in_one_line(bad):
    with pytest.raises((TypeError, ValueError)) as error:
        drawings.values_through_the_grid(bad)
    assert one_line(error).startswith("sweeps")
