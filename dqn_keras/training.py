"""The slides' outer loop, `for e in range(N_EPISODES)`, for every agent.

It counts, shows and saves, and knows no algorithm: one call of `agent.run_episode` plays, and
learns from, one episode.
"""

import contextlib
import dataclasses
import importlib.metadata
import itertools
import json
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from dqn_keras.arguments import real_number, whole_number
from dqn_keras.files import write_whole
from dqn_keras.plotting import save_scores_figure


@dataclasses.dataclass
class History:
    """What a training run did, and all that is needed to repeat it.

    Attributes:
        scores: [E], the score of each episode: the sum of the environment's own rewards.
        steps: Environment steps over all of the agent's life.
        seconds: Wall-clock time of this run, compilation included.
        ended_by: `"stop rule"`, `"episodes"` (all played) or `"interrupt"` (Ctrl-C).
        seed: The agent's seed, None if it had none.
        agent: The agent's name and settings.
        environment: The environment's name, time limit and seed.
        versions: Of the packages that decide about the numbers.
    """

    scores: list[float]
    steps: int
    seconds: float
    ended_by: str
    seed: int | None
    agent: dict
    environment: dict
    versions: dict

    @property
    def episodes(self) -> int:
        """How many episodes were played."""
        return len(self.scores)

    def save(self, path) -> Path:
        """Writes the history as JSON, whole or not at all.

        Args:
            path: The file to write.

        Returns:
            The path written.
        """
        content = {"episodes": self.episodes, **dataclasses.asdict(self)}
        content["scores"] = content.pop("scores")  # last: it is long
        text = json.dumps(content, indent=1, allow_nan=False, default=lambda value: value.item())
        head, scores = text.split('"scores": ')
        return write_whole(path, f'{head}"scores": {" ".join(scores.split())}\n'.encode())

    @classmethod
    def load(cls, path) -> "History":
        """Reads a history written by `save`.

        Args:
            path: The JSON file.

        Raises:
            FileNotFoundError: There is no such file.
            ValueError: It holds something else.
        """
        try:
            content = json.loads(Path(path).read_text())
            return cls(**{field.name: content[field.name] for field in dataclasses.fields(cls)})
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{path} is not a history written by dqn_keras: {error!r}") from None


def mean_of_last_above(limit: float, episodes: int = 10) -> Callable[[Sequence[float]], bool]:
    """The slides' stop rule: the mean of the last 10 scores is above 490.

    The slides average `scores[-min(10, len):-1]`: nine scores without the newest, and after few
    episodes one or two lucky ones. Here it never holds before `episodes` scores are there.

    Args:
        limit: The mean to be exceeded.
        episodes: How many scores are averaged.

    Returns:
        A function of the scores so far.
    """
    real_number("limit", limit)
    whole_number("episodes", episodes)
    return lambda scores: len(scores) >= episodes and float(np.mean(scores[-episodes:])) > limit


def running_mean_above(limit: float, keep: float = 0.99) -> Callable[[Sequence[float]], bool]:
    """Seed document 003's stop rule: an exponential running mean, begun at 0, is above 200.

    Args:
        limit: To be exceeded.
        keep: How much of the running mean each new score leaves, in [0, 1).

    Returns:
        A function of the scores so far.
    """
    real_number("limit", limit)
    real_number("keep", keep, 0, 1)

    def stop(scores):
        ages = np.arange(len(scores))[::-1]
        return float(np.sum((1 - keep) * keep**ages * np.asarray(scores))) > limit

    return stop


def train(
    agent,
    environment,
    episodes: int,
    stop: Callable[[Sequence[float]], bool] | None = None,
    *,
    name: str | None = None,
    model_dir=None,
    graph_dir=None,
    progress: bool = True,
) -> History:
    """Trains an agent and keeps what it did.

    Ctrl-C (or the notebook's stop button) ends the run after the present episode, with all that
    was learned; a second Ctrl-C breaks it off.

    Args:
        agent: Such as `DQNAgent(4, 2)`; a trained one goes on where it was.
        environment: Such as `CartPole()`.
        episodes: How many to play at most.
        stop: Ends the run when `stop(scores)` is true; None plays all episodes.
        name: The files' name, such as `"cartpole_dqn"`, made from environment and agent if None.
        model_dir: Where to leave `{name}.safetensors` and `{name}.json`; None saves neither.
        graph_dir: Where to leave `{name}.png`, the score curve; None saves none.
        progress: Shows a progress bar.

    Returns:
        The `History`, the same as the JSON file holds.

    Raises:
        TypeError, ValueError: `episodes` is no positive whole number, or agent and environment
            are of different sizes.
        OSError: A folder cannot be made or written.
    """
    whole_number("episodes", episodes)
    agent.check_environment(environment)
    for folder in (model_dir, graph_dir):
        if folder is not None:  # before the work, not after it
            Path(folder).mkdir(parents=True, exist_ok=True)
    scores: list[float] = []
    ended_by = "episodes"
    start = time.perf_counter()
    bar = tqdm(total=episodes, desc=f"{environment.name} {agent.name}", disable=not progress)
    with bar, _interrupt_flag() as interrupted, agent.playing(environment) as played:
        for score in itertools.islice(played, episodes):
            scores.append(score)
            if progress:
                bar.set_postfix(
                    {"score": f"{scores[-1]:g}", "mean10": f"{np.mean(scores[-10:]):.0f}"}
                    | agent.status(),
                    refresh=False,
                )
                bar.update()
            if stop is not None and stop(scores):
                ended_by = "stop rule"
                break
            if interrupted.is_set():
                ended_by = "interrupt"
                break
    history = History(
        scores=scores,
        steps=int(agent.steps),
        seconds=round(time.perf_counter() - start, 3),
        ended_by=ended_by,
        seed=agent.seed,
        agent={"name": agent.name, **agent.settings},
        environment={
            "name": environment.name,
            "max_steps": environment.max_steps,
            "seed": environment.seed,
        },
        versions={
            package: importlib.metadata.version(package)
            for package in ("tensorflow", "keras", "gymnasium", "numpy")
        },
    )
    name = name or f"{environment.name}_{agent.name}"
    if model_dir is not None:
        agent.save_weights(Path(model_dir) / f"{name}.safetensors")
        history.save(Path(model_dir) / f"{name}.json")
    if graph_dir is not None:
        save_scores_figure(scores, Path(graph_dir) / f"{name}.png")
    return history


@contextlib.contextmanager
def _interrupt_flag():
    """Turns the first Ctrl-C into a flag, so that no episode is left half counted.

    Inside a graph, a KeyboardInterrupt could surface in the middle of an environment's Python
    code and come back as a TensorFlow error. Threads other than the main one get no signals.
    """
    flag = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield flag
        return
    previous = signal.getsignal(signal.SIGINT)

    def interrupt(number, frame):
        flag.set()
        signal.signal(signal.SIGINT, previous)

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield flag
    finally:
        signal.signal(signal.SIGINT, previous)
