"""Films that a notebook shows: animated PNGs."""

import io

import gymnasium
import numpy as np
import pytest
from conftest import one_line
from matplotlib.figure import Figure
from PIL import Image, ImageSequence

from dqn_keras.classroom.films import film, frame_of


def numbered(count, height=20, width=128):
    """White frames with a black stroke at 0, 1, 2, …, so that each tells its number."""
    frames = np.full([count, height, width, 3], 255, np.uint8)
    frames[np.arange(count), :, np.arange(count)] = 0
    return frames


def shown(made):
    """The frames of a film, [T, height, width, 3]."""
    picture = Image.open(io.BytesIO(made.png))
    return np.stack([np.array(frame.convert("RGB")) for frame in ImageSequence.Iterator(picture)])


def numbers(made):
    """Which of the numbered frames a film of their own width shows."""
    return shown(made)[:, 0, :, 0].argmin(axis=1).tolist()


def test_a_film_is_an_animated_png_that_a_notebook_shows():
    made = film(numbered(3), milliseconds=70)
    formatters = pytest.importorskip("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(made)
    assert data["image/png"] == made.png and made.png.startswith(b"\x89PNG")
    picture = Image.open(io.BytesIO(made.png))
    assert picture.n_frames == 3 and picture.info["duration"] == 70
    assert picture.info["loop"] == 0  # again and again


@pytest.mark.parametrize(
    ("count", "every", "kept"),
    [
        (1, 1, [0]),
        (1, 5, [0]),
        (4, 1, [0, 1, 2, 3]),
        (7, 3, [0, 3, 6]),
        (8, 3, [0, 3, 6, 7]),
        (9, 3, [0, 3, 6, 8]),
        (5, 100, [0, 4]),
        (120, 1, [*range(99), 119]),
        (100, 1, list(range(100))),
        (101, 1, [*range(99), 100]),
    ],
)
def test_which_frames_are_kept(count, every, kept):
    assert numbers(film(numbered(count), every=every, width=128)) == kept


@pytest.mark.parametrize(("width", "size"), [(240, (240, 160)), (30, (30, 20)), (10, (10, 7))])
def test_width_is_the_films_and_its_shape_stays(width, size):
    assert Image.open(io.BytesIO(film(numbered(2, 20, 30), width=width).png)).size == size


def test_a_list_of_frames_will_do():
    assert film(list(numbered(3))).png == film(numbered(3)).png


def test_the_commonest_colours_stay_as_they_were():
    random = np.random.default_rng(0)
    frames = np.full([3, 40, 60, 3], (0, 114, 178), np.uint8)
    frames[:, :10] = (230, 159, 0)
    frames[:, -10:] = random.integers(256, size=(3, 10, 60, 3))  # more colours than a film keeps
    seen = shown(film(frames, width=60))
    assert (seen[:, 11:28] == (0, 114, 178)).all() and (seen[:, 1:8] == (230, 159, 0)).all()


def test_a_film_of_100_frames_of_cartpole_is_small():
    env = gymnasium.make("CartPole-v1", render_mode="rgb_array")
    env.reset(seed=0)
    frames = []
    for step in range(100):
        *_, terminated, _, _ = env.step(step % 2)
        frames.append(env.render())
        if terminated:
            env.reset()
    assert len(film(frames).png) < 60_000


def test_frame_of_a_figure():
    figure = Figure(figsize=(2, 1), dpi=50, facecolor=(1, 0, 0))
    assert frame_of(figure).shape == (50, 100, 3)
    assert (frame_of(figure) == (255, 0, 0)).all()
    assert shown(film([frame_of(figure)])).shape == (1, 120, 240, 3)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"frames": numbered(0)}, "frames"),
        ({"frames": []}, "frames"),
        ({"frames": None}, "frames"),
        ({"frames": numbered(2)[0]}, "frames"),
        ({"frames": numbered(2) / 255}, "frames"),
        ({"frames": numbered(2)[..., :1]}, "frames"),
        ({"frames": np.zeros([2, 0, 4, 3], np.uint8)}, "frames"),
        ({"every": 0}, "every"),
        ({"every": 1.5}, "every"),
        ({"milliseconds": 0}, "milliseconds"),
        ({"milliseconds": "fast"}, "milliseconds"),
        ({"width": 0}, "width"),
        ({"width": 10**9}, "width"),
        ({"width": None}, "width"),
        ({"frames": np.zeros([2, 1, 2000, 3], np.uint8), "width": 10}, "width"),
        ({"frames": np.zeros([2, 2000, 1, 3], np.uint8), "width": 1000}, "width"),
    ],
)
def test_bad_input_is_named_in_one_line(arguments, named):
    with pytest.raises((TypeError, ValueError)) as error:
        film(**{"frames": numbered(3)} | arguments)
    assert named in one_line(error)


@pytest.mark.parametrize("bad", [None, numbered(1), "figure"])
def test_what_is_no_figure_is_named_in_one_line(bad):
    with pytest.raises(TypeError) as error:
        frame_of(bad)
    assert "figure" in one_line(error)
