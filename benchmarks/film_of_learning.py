"""Films the slides' DQN while it learns: its episodes 1, 50 and 100 and its last, and all scores.

The episodes are filmed as they were trained, random actions included, and not played again: after
an episode its states are the newest in the replay memory. Film and curve are those of one seed and
one set of versions; another TensorFlow trains another run.

    python benchmarks/film_of_learning.py          # save_graph/published/learning.gif and .png
"""

import argparse
import io
from pathlib import Path

import numpy as np
from gymnasium.envs.classic_control.cartpole import CartPoleEnv
from matplotlib import pyplot
from PIL import Image, ImageDraw

from dqn_keras import train, use_one_thread
from dqn_keras.classroom.films import frame_of
from dqn_keras.experiments.recipes import find_recipe
from dqn_keras.machinery.files import write_atomically
from dqn_keras.plotting import plot_scores
from dqn_keras.training import Callback

PUBLISHED = Path(__file__).parents[1] / "save_graph" / "published"
EPISODES = 1, 50, 100  # and the last one
WIDTH, HEIGHT, DPI = 600, 400, 100  # of a frame, which Gymnasium's renderer makes so
CORNER, BORDER = 16, (208, 215, 222)  # of the white card on which both pictures stand
COLOURS = 32
STEP = 20  # milliseconds that a step of CartPole takes
HOLD = 1300  # milliseconds for the last frame of a clip


class Filmed(Callback):
    """Keeps the states of some episodes, [T + 1, 4] each, and of the last one."""

    def __init__(self, episodes=EPISODES):
        self.wanted = episodes
        self.states = {}

    def on_episode_end(self, episode, logs):
        """Looks an episode up in the memory."""
        if episode in self.wanted:
            self._keep(episode)

    def on_train_end(self):
        """Keeps the last episode."""
        self._keep(len(self.run.scores))

    def _keep(self, episode):
        memory, score = self.run.agent.memory, int(self.run.scores[-1])  # a point is a step
        last = int(memory.appended)
        rows = np.arange(last - score, last) % memory.capacity
        ends = memory.next_states.numpy()[rows[-1:]]
        self.states[episode] = np.concatenate([memory.states.numpy()[rows], ends])


def speed(steps):
    """How a clip is shown: every how many steps a frame, and for how many milliseconds."""
    if steps <= 20:
        return 1, 5 * STEP
    if steps <= 60:
        return 1, 4 * STEP
    return (4 if steps <= 400 else 6), 2 * STEP


def card(picture):
    """A picture [height, width, 3] on a white card with round corners, nothing outside of it."""
    large = 4  # drawn so much larger, then made smaller: smooth edges
    size = picture.shape[1], picture.shape[0]
    mask = Image.new("L", [large * side for side in size], 0)
    box = [0, 0, large * size[0] - 1, large * size[1] - 1]
    ImageDraw.Draw(mask).rounded_rectangle(box, large * CORNER, fill=255)
    line = Image.new("L", mask.size, 0)
    ImageDraw.Draw(line).rounded_rectangle(box, large * CORNER, outline=255, width=large)
    image = Image.fromarray(picture)
    image.paste(BORDER, mask=line.resize(size, Image.Resampling.LANCZOS))
    image.putalpha(mask.resize(size, Image.Resampling.LANCZOS))
    return image


def title(episode, score, factor):
    """What stands above a clip, as dark as it is: [height, width, 3] uint8."""
    figure = pyplot.figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
    figure.text(0.05, 0.86, f"episode {episode}", fontsize=20)
    figure.text(0.95, 0.86, f"score {score}", fontsize=20, ha="right")
    figure.text(0.95, 0.79, f"{factor:g}× speed", fontsize=10, ha="right", color="0.4")
    frame = frame_of(figure)
    pyplot.close(figure)
    return frame


def clip(episode, states, renderer):
    """The frames of one episode and for how many milliseconds each is shown."""
    every, milliseconds = speed(len(states) - 1)
    above = title(episode, len(states) - 1, every * STEP / milliseconds)
    frames = []
    for state in [*states[:-1:every], states[-1]]:
        renderer.state = state.astype(float)
        frames.append(card(np.minimum(renderer.render(), above)))
    return frames, [milliseconds] * (len(frames) - 1) + [HOLD]


def film(states_of):
    """The clips one after the other, as the bytes of a GIF."""
    frames, milliseconds = [], []
    renderer = CartPoleEnv(render_mode="rgb_array")
    for episode, states in sorted(states_of.items()):
        more, shown = clip(episode, states, renderer)
        frames += more
        milliseconds += shown
    renderer.close()
    first, last = (np.array(frames[place].convert("RGB")) for place in (0, -1))
    palette = Image.fromarray(np.hstack([first, last])).quantize(COLOURS)
    pictures = []
    for frame in frames:
        picture = frame.convert("RGB").quantize(palette=palette, dither=0)
        outside = Image.fromarray(np.uint8(np.array(frame)[..., 3] < 128) * 255)
        picture.paste(COLOURS, mask=outside)  # the colour behind the others: transparent
        pictures.append(picture)
    buffer = io.BytesIO()
    pictures[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=milliseconds,
        loop=0,
        transparency=COLOURS,
        disposal=1,
    )
    return buffer.getvalue()


def curve(scores, episodes):
    """The score of each episode, those filmed marked, as the bytes of a PNG."""
    figure, axes = pyplot.subplots(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
    plot_scores(scores, axes=axes)
    filmed = [scores[episode - 1] for episode in episodes]
    axes.plot(episodes, filmed, "o", color="C3", label="filmed", clip_on=False)
    axes.set(xlim=(0, len(scores) + 2), ylim=(0, 520))
    axes.legend(loc="upper left")
    figure.get_layout_engine().set(w_pad=0.15, h_pad=0.15)
    buffer = io.BytesIO()
    card(frame_of(figure)).save(buffer, "PNG", optimize=True)
    pyplot.close(figure)
    return buffer.getvalue()


def main():
    """Trains once; leaves the film and the curve."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0, help="of the run (default 0)")
    parser.add_argument("--graph-dir", type=Path, default=PUBLISHED, help="where to leave both")
    options = parser.parse_args()
    use_one_thread()
    pyplot.switch_backend("agg")
    pyplot.style.use("dqn_keras.classroom.lesson")
    recipe = find_recipe("slides_dqn")
    environment = recipe.environment(options.seed)
    agent, filmed = recipe.make_agent(environment, options.seed), Filmed()
    history = train(agent, environment, recipe.episodes, recipe.stop, callbacks=[filmed])
    for episode, states in filmed.states.items():
        print(f"episode {episode}, score {len(states) - 1}")
    for name, content in (
        ("learning.gif", film(filmed.states)),
        ("learning.png", curve(history.scores, list(filmed.states))),
    ):
        print(f"{len(content):9,} bytes  {write_atomically(options.graph_dir / name, content)}")


if __name__ == "__main__":
    main()
