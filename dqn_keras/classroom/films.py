"""Films as notebooks show them: they play in JupyterLab, on Colab and in an HTML export."""

import io

import numpy as np
from PIL import Image

from dqn_keras.machinery.arguments import array, real_number, whole_number

MAX_FRAMES, COLOURS = 100, 32  # both keep a notebook small


class Film:
    """An animated PNG; a notebook shows it where it is the last line of a cell."""

    def __init__(self, png: bytes):
        self.png = png

    def _repr_png_(self):
        return self.png


def film(frames, every: int = 1, milliseconds: float = 100, width: int = 240) -> Film:
    """Makes a film that a notebook can show.

    Args:
        frames: [T, height, width, 3] uint8, as `record` returns them, or a list of such pictures.
        every: Keeps every second frame (or third, …), at most 100 of them; the last one always.
        milliseconds: How long each is shown. A step of CartPole takes 20: every=5 is real time.
        width: Of the film, in pixels.
    """
    frames = array("frames", frames, ["T", "height", "width", 3], dtype=np.uint8)
    whole_number("every", every)
    real_number("milliseconds", milliseconds, 10, 10_000)
    whole_number("width", width)
    chosen = [*frames[:-1:every][: MAX_FRAMES - 1], frames[-1]]
    size = width, round(width * frames.shape[1] / frames.shape[2])
    pictures = [Image.fromarray(frame).resize(size, Image.Resampling.LANCZOS) for frame in chosen]
    palette = Image.fromarray(np.hstack([pictures[0], pictures[-1]])).quantize(COLOURS)
    first, *others = (picture.quantize(palette=palette, dither=0) for picture in pictures)
    buffer = io.BytesIO()
    first.save(buffer, "PNG", save_all=True, append_images=others, duration=milliseconds, loop=0)
    return Film(buffer.getvalue())


def frame_of(figure) -> np.ndarray:
    """A Matplotlib figure as one frame of a film, [height, width, 3] uint8."""
    figure.canvas.draw()
    return np.array(figure.canvas.buffer_rgba())[..., :3]
