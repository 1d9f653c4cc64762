"""The drawings' one visual language: rounded boxes for things, arrows with labels, one accent."""

import functools
import io
import math
import re
from dataclasses import dataclass

import matplotlib.style
import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.path import Path
from PIL import Image

from dqn_keras.classroom.films import commonest_colours, with_colours

DPI = 100  # as a PNG is shown
INK, LINE, FILL = "#1F2933", "#5B6773", "#F2F4F7"
ACCENT, ACCENT_FILL = "#0072B2", "#DDECF6"  # Okabe and Ito's blue: what the lesson is about
OTHER, OTHER_FILL = "#D55E00", "#FBE7DA"  # their vermilion: where two things are told apart
SKY = "#56B4E9"  # their sky blue
NOTE, NAME, FORMULA = 10, 11, 13  # points; a formula's subscript has 70% of them
STYLE = {
    "svg.fonttype": "path",  # no font is needed where it is shown
    "svg.hashsalt": "dqn_keras",  # the same bytes every time
    "font.size": NOTE,
    "text.color": INK,
    "mathtext.fontset": "dejavusans",
}
_ROOT = (
    'role="img" aria-label="{}" style="max-width:100%;height:auto" '
    'stroke-linejoin="round" stroke-linecap="butt"'
)


class Drawing:
    """A drawing; a notebook shows it where it is the last line of a cell.

    Attributes:
        figure: The Matplotlib figure.
        svg: As a text, for JupyterLab, Colab and an HTML export.
        png: As bytes, for what shows no SVG: GitHub, and a notebook that is not trusted.
    """

    def __init__(self, figure: Figure, title: str):
        self.figure = figure
        buffer = io.BytesIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(buffer, format="svg", metadata=nothing)
        self.svg = _embeddable(buffer.getvalue().decode(), title)
        self.png = _small_png(figure)

    def _repr_svg_(self):
        return self.svg

    def _repr_png_(self):
        width, height = self.figure.get_size_inches()
        return self.png, {"width": round(DPI * width), "height": round(DPI * height)}


def _small_png(figure: Figure) -> bytes:
    """Twice as sharp as it is shown, and small: it keeps the commonest colours and no others."""
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=2 * DPI, format="png")
    pixels = np.asarray(Image.open(buffer).convert("RGBA"))
    few = with_colours(pixels, commonest_colours(pixels))
    buffer = io.BytesIO()
    few.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _embeddable(svg: str, title: str) -> str:
    """An SVG to stand in a page: short, with words for who cannot see it, without a style sheet."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' id="[a-z0-9]+_\d+"', "", svg)  # no two drawings in a page share one
    svg = re.sub(r"\d*[1-9]\d*\.\d{3,}", lambda number: f"{float(number[0]):.2f}", svg)
    svg = re.sub(r'transform="translate\(([\d.]+) 0(\.015625)?\)"/>', r'x="\1"/>', svg)
    svg = re.sub(r'(?<= d=")[^"]*', lambda path: re.sub(r"\s*([A-Zz])\s*", r"\1", path[0]), svg)
    svg = re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", svg)).strip()
    return svg.replace("DejaVuSans", "dv").replace("<svg ", f"<svg {_ROOT.format(title)} ", 1)


def short(number: float) -> str:
    """A number of at most two decimals, none from 100 on, with a minus sign as long as a plus."""
    text = f"{number:.2f}".rstrip("0").rstrip(".") if abs(number) < 100 else f"{number:.0f}"
    return "0" if text == "-0" else text.replace("-", "\N{MINUS SIGN}")


def readable(colour) -> str:
    """Black or white, whichever can be read on the colour."""
    light = np.dot(np.array(to_rgb(colour)) ** 2.2, (0.2126, 0.7152, 0.0722))  # its luminance
    return INK if light > 0.225 else "white"


def drawn(function):
    """Of a function that returns a card: the drawing on it, whatever style the notebook has set."""

    @functools.wraps(function)
    def draw(*args, **kwargs) -> Drawing:
        with matplotlib.style.context(["default", STYLE]):
            return Drawing(function(*args, **kwargs).figure, function.__doc__.split("\n")[0])

    return draw


@dataclass
class Thing:
    """A box or a circle on the card, and where an arrow may begin or end."""

    x: float
    y: float
    half_width: float
    half_height: float
    patch: Patch

    def left(self, shift: float = 0):
        """The middle of the left side, `shift` inches further up."""
        return self.x - self.half_width, self.y + shift

    def right(self, shift: float = 0):
        """The middle of the right side, `shift` inches further up."""
        return self.x + self.half_width, self.y + shift

    def top(self, shift: float = 0):
        """The middle of the upper side, `shift` inches further right."""
        return self.x + shift, self.y + self.half_height

    def bottom(self, shift: float = 0):
        """The middle of the lower side, `shift` inches further right."""
        return self.x + shift, self.y - self.half_height


class Card:
    """A white card with round corners, which reads on light pages and on dark ones.

    Positions and sizes are inches from the lower left corner.
    """

    def __init__(self, width: float, height: float):
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height), facecolor="none", edgecolor="none")
        self.axes = self.figure.add_axes((0, 0, 1, 1), facecolor="none")
        self.axes.set(xlim=(0, width), ylim=(0, height))
        self.axes.set_axis_off()
        edge = 0.015
        size = width - 2 * edge, height - 2 * edge
        self._round((edge, edge), *size, 0.15, facecolor="white", edgecolor="#D5DAE0", zorder=0)

    def _round(self, corner, width, height, radius, **look):
        style = f"round,pad=0,rounding_size={radius}"
        patch = FancyBboxPatch(corner, width, height, boxstyle=style, clip_on=False, **look)
        return self.axes.add_patch(patch)

    def text(self, x, y, text, size=NOTE, colour=INK, halo=False, **more):
        """Writes text, centred unless told otherwise; a halo clears what lies behind it."""
        place = {"ha": "center", "va": "center", "zorder": 5} | more
        if "\n" not in text:  # words beside each other stand on one line
            place["va"], y = "baseline", y - 0.36 * size / 72
        if halo:
            place["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        return self.axes.text(x, y, text, fontsize=size, color=colour, **place)

    def box(self, x, y, width, height, name="", note="", accent=False, note_size=NOTE, look=None):
        """Draws a rounded box around (x, y) with its name and, below it, a note."""
        look = {
            "facecolor": ACCENT_FILL if accent else FILL,
            "edgecolor": ACCENT if accent else LINE,
            "linewidth": 1.8 if accent else 1.2,
            "zorder": 2,
        } | (look or {})
        corner = x - width / 2, y - height / 2
        patch = self._round(corner, width, height, min(0.1, height / 3), **look)
        weight = "normal" if "$" in name else "bold"
        if name:
            self.text(x, y + 0.0125 * note_size * bool(note), name, NAME, weight=weight)
        if note:
            lines = note.count("\n") + 1
            self.text(x, y - 0.03 - 0.0085 * note_size * lines, note, note_size, linespacing=1.25)
        return Thing(x, y, width / 2, height / 2, patch)

    def circle(self, x, y, radius, text="", accent=False, size=NAME, **look):
        """Draws a circle around (x, y) with a text in it."""
        look = {
            "facecolor": ACCENT_FILL if accent else FILL,
            "edgecolor": ACCENT if accent else LINE,
            "linewidth": 1.8 if accent else 1.2,
            "zorder": 2,
        } | look
        patch = self.axes.add_patch(Circle((x, y), radius, clip_on=False, **look))
        if text:
            self.text(x, y, text, size)
        return Thing(x, y, radius, radius, patch)

    def dashed_arrow(self, start, end, **look):
        """Draws a straight dashed arrow with a whole head."""
        length = math.dist(start, end)
        near = tuple(b - 0.12 * (b - a) / length for a, b in zip(start, end, strict=True))
        self.arrow(start, near, arrowstyle="-", linestyle=(0, (3, 2)), **look)
        self.arrow(near, end, **look)

    def arrow(self, *points, label="", at=None, colour=LINE, bend=0.0, size=NOTE, **look):
        """Draws an arrow along points, with round corners, and its label with a halo.

        Args:
            points: (x, y), or at the two ends a `Thing`: the arrow then ends at its edge.
            label: Stands in the middle of a straight arrow unless `at` says where.
            at: (x, y) of the label's middle.
            colour: Of arrow and label.
            bend: Of an arrow between two points: to the right (above 0) or to the left of its way.
            size: Of the label, in points.
            look: What Matplotlib shall know beyond that, such as linewidth.
        """
        ends = {}
        for end, point in (("patchA", points[0]), ("patchB", points[-1])):
            if isinstance(point, Thing):
                ends[end] = point.patch
        points = [(p.x, p.y) if isinstance(p, Thing) else p for p in points]
        look = {
            "arrowstyle": "-|>,head_length=5,head_width=2.6",
            "mutation_scale": 1,
            "color": colour,
            "linewidth": 1.5,
            "joinstyle": "miter",
            "capstyle": "butt",
            "shrinkA": 0,
            "shrinkB": 0.5,
            "zorder": 3,
            "clip_on": False,
        } | look
        if len(points) == 2:
            style = f"arc3,rad={bend}"
            patch = FancyArrowPatch(*points, connectionstyle=style, **ends, **look)
        else:
            patch = FancyArrowPatch(path=_rounded(points), **look)
        self.axes.add_patch(patch)
        if label:
            middle = [sum(p[i] for p in (points[0], points[-1])) / 2 for i in (0, 1)]
            self.text(*(at or middle), label, size, INK if colour == LINE else colour, halo=True)


def _rounded(points, radius=0.1) -> Path:
    """A path along points, its corners cut round."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        for kind, other in ((Path.LINETO, before), (Path.CURVE3, after)):
            length = sum((o - c) ** 2 for o, c in zip(other, corner, strict=True)) ** 0.5
            part = min(radius, length / 2) / length
            near = tuple(c + part * (o - c) for o, c in zip(other, corner, strict=True))
            vertices += [near] if kind == Path.LINETO else [corner, near]
            codes += [kind] if kind == Path.LINETO else [kind, kind]
    return Path([*vertices, points[-1]], [*codes, Path.LINETO])
