"""Draws an SVG of the lessons' drawings with Matplotlib, to see it without a browser."""

import io
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image


class Painter:
    """Draws what an SVG says, as far as the drawings' SVGs go, to see it without a browser."""

    CODES = {"M": [Path.MOVETO], "L": [Path.LINETO], "Q": [Path.CURVE3] * 2}
    CODES |= {"C": [Path.CURVE4] * 3, "z": [Path.CLOSEPOLY]}

    def __init__(self, svg):
        self.root = ElementTree.fromstring(svg)
        self.named = {e.get("id"): e for e in self.root.iter() if e.get("id")}
        *_, width, height = map(float, self.root.get("viewBox").split())
        figure = Figure(figsize=(width / 72, height / 72), facecolor="none")
        FigureCanvasAgg(figure)
        self.axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        self.axes.set_axis_off()
        self.paint(self.root, Affine2D(), {"stroke-width": "1"})
        buffer = io.BytesIO()
        figure.savefig(buffer, dpi=200, format="png", facecolor="none")
        self.pixels = np.asarray(Image.open(buffer).convert("RGBA"))

    def paint(self, element, place, style):
        kind = element.tag.partition("}")[2]
        if kind == "defs":
            return
        style = style | dict(re.findall(r"([\w-]+):\s*([^;]+)", element.get("style", "")))
        moves = re.findall(r"(\w+)\(([^)]*)\)", element.get("transform", ""))
        for name, numbers in moves:
            numbers = list(map(float, re.split("[ ,]+", numbers)))
            move = Affine2D()
            move = move.rotate_deg(*numbers) if name == "rotate" else getattr(move, name)(*numbers)
            place = move + place
        if kind == "use":
            place = Affine2D().translate(float(element.get("x", 0)), 0) + place
            (name,) = (v for k, v in element.items() if k.endswith("href"))
            self.paint(self.named[name.removeprefix("#")], place, style)
        elif kind == "path":
            self.stroke(element.get("d", ""), place, style)
        for child in element:
            self.paint(child, place, style)

    def stroke(self, text, place, style):
        vertices, codes = [], []
        for letter, numbers in re.findall(r"([MLQCz])([^MLQCz]*)", text):
            codes += self.CODES[letter]
            points = np.array(numbers.split(), float).reshape(-1, 2)
            vertices += points.tolist() or [[0, 0]]
        if not vertices:
            return
        dashes = [
            float(number) for number in re.findall(r"[\d.]+", style.get("stroke-dasharray", ""))
        ]
        fill, edge = style.get("fill", "#000000"), style.get("stroke", "none")
        width = float(style["stroke-width"])
        line = (0, [float(dash) / width for dash in dashes]) if dashes else "-"
        patch = PathPatch(
            place.transform_path(Path(vertices, codes)),
            facecolor=fill,
            edgecolor=edge,
            linewidth=width if edge != "none" else 0,
            linestyle=line,
            joinstyle=style.get("stroke-linejoin", "round"),
            capstyle="butt",
            clip_on=False,
        )
        self.axes.add_patch(patch)
