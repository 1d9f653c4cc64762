"""Films as notebooks show them: they play in JupyterLab, on Colab and in an HTML export."""

import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from dqn_keras.machinery.arguments import array, real_number, short_repr, whole_number

MAX_FRAMES, MAX_SIDE, COLOURS = 100, 1000, 64  # all three keep a notebook small


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
    if frames.size == 0:
        raise ValueError(f"frames must hold at least one picture, got shape {frames.shape}")
    whole_number("every", every)
    real_number("milliseconds", milliseconds, 10, 10_000)
    whole_number("width", width, maximum=MAX_SIDE)
    size = width, round(width * frames.shape[1] / frames.shape[2])
    if not 1 <= size[1] <= MAX_SIDE:
        raise ValueError(
            f"width must make the film 1 to {MAX_SIDE} pixels high, got {width}: {size[1]} high"
        )
    chosen = [*frames[:-1:every][: MAX_FRAMES - 1], frames[-1]]
    pictures = [Image.fromarray(frame).resize(size, Image.Resampling.LANCZOS) for frame in chosen]
    samples = np.stack(pictures[:: max(1, len(pictures) // 10)] + [pictures[-1]])
    colours = commonest_colours(samples)
    first, *others = (with_colours(np.asarray(picture), colours) for picture in pictures)
    buffer = io.BytesIO()
    first.save(buffer, "PNG", save_all=True, append_images=others, duration=milliseconds, loop=0)
    return Film(buffer.getvalue())


def commonest_colours(pictures: np.ndarray) -> np.ndarray:
    """The colours that most pixels have, [at most 64, 4], of pictures [..., 3 or 4] uint8."""
    colours, counts = np.unique(_packed(pictures), return_counts=True)
    return _unpacked(colours[np.argsort(-counts, kind="stable")[:COLOURS]])


def with_colours(picture: np.ndarray, colours: np.ndarray) -> Image.Image:
    """A picture [height, width, 3 or 4] uint8, each pixel in the nearest of the colours [C, 4]."""
    found, where = np.unique(_packed(picture), return_inverse=True)
    apart = _unpacked(found)[:, None].astype(int) - colours
    nearest = (apart**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    result = Image.fromarray(nearest[where].reshape(picture.shape[:2]))
    mode = "RGB" if (colours[:, 3] == 255).all() else "RGBA"
    result.putpalette(colours[:, : len(mode)].tobytes(), mode)
    return result


def _packed(pictures):
    """Each colour as one number."""
    if pictures.shape[-1] == 3:
        pictures = np.insert(pictures, 3, 255, axis=-1)
    return np.ascontiguousarray(pictures).view(np.uint32)


def _unpacked(numbers):
    """The colours again, [N, 4] uint8."""
    return numbers.view(np.uint8).reshape(-1, 4)


def frame_of(figure) -> np.ndarray:
    """A Matplotlib figure as one frame of a film, [height, width, 3] uint8."""
    if not isinstance(figure, Figure):
        raise TypeError(f"figure must be a Matplotlib figure, got {short_repr(figure)}")
    if not hasattr(figure.canvas, "buffer_rgba"):  # one that pyplot did not make has none yet
        FigureCanvasAgg(figure)
    figure.canvas.draw()
    return np.array(figure.canvas.buffer_rgba())[..., :3]
