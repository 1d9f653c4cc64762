"""The slides' outer loop, `for e in range(N_EPISODES)`, for every agent.

It counts, shows and saves, and knows no algorithm: one call of `agent.run_episode` plays, and
learns from, one episode.
"""

import contextlib
import dataclasses
import importlib.metadata
import json
import math
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from dqn_keras.agents.agent import Agent
from dqn_keras.machinery.arguments import real_number, short_repr, whole_number
from dqn_keras.machinery.compilation import CPU, run_as_graph
from dqn_keras.machinery.files import write_atomically
from dqn_keras.plotting import save_scores_figure
from dqn_keras.training.checkpoints import Checkpoints
from dqn_keras.training.logs import scalar_log


@dataclasses.dataclass
class History:
    """What a training run did, and all that is needed to repeat it.

    Attributes:
        scores: [E], the score of each episode: the sum of the environment's own rewards.
        steps: Environment steps over all of the agent's life.
        seconds: Wall-clock time of this run, compilation included, and of what it went on from.
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
        return write_atomically(path, f'{head}"scores": {" ".join(scores.split())}\n'.encode())

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
    real_number("keep", keep, 0, math.nextafter(1, 0))

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
    checkpoint_dir=None,
    checkpoint_every: int = 10,
    log_dir=None,
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
        checkpoint_dir: A folder of this run's own. Everything is saved there as it goes, and the
            same call goes on from it, in another process too, as if it had never been broken off
            (A3C, whose threads take turns by chance, goes on, but not to the last bit; for
            Gymnasium see `Checkpoints`).
        checkpoint_every: After how many episodes each.
        log_dir: Where to write score, loss, epsilon and largest Q-value for TensorBoard.
        progress: Shows a progress bar.

    Returns:
        The `History`, the same as the JSON file holds.

    Raises:
        TypeError, ValueError: `episodes` is no positive whole number, agent and environment are
            of different sizes, the checkpoints are another run's, or a Gymnasium environment
            gave an observation or a reward that is no number.
        FloatingPointError: Loss or weights are not finite any more; nothing of that is saved.
        OSError: A folder cannot be made or written.
    """
    whole_number("episodes", episodes)
    whole_number("checkpoint_every", checkpoint_every)
    if not isinstance(agent, Agent):
        raise TypeError(f"agent must be an agent such as DQNAgent(4, 2), got {short_repr(agent)}")
    if stop is not None and not callable(stop):
        raise TypeError(f"stop must be a function of the scores or None, got {short_repr(stop)}")
    agent.check_environment(environment)
    for folder in (model_dir, graph_dir):
        if folder is not None:  # before the work, not after it
            Path(folder).mkdir(parents=True, exist_ok=True)
    scores: list[float] = []
    before = 0.0  # seconds, of earlier calls
    if checkpoint_dir is not None:
        checkpoints = Checkpoints(checkpoint_dir, agent, environment)
        scores, before = checkpoints.restore()
    saved = len(scores)

    def seconds():
        return round(before + time.perf_counter() - start, 3)

    def ending():
        if scores and stop is not None and stop(scores):
            return "stop rule"
        return "episodes" if len(scores) >= episodes else None

    start = time.perf_counter()
    check = _health_check(agent)
    ended_by = ending()  # a finished run that is started again has nothing left to play
    with (
        scalar_log(log_dir) as log,
        tqdm(
            total=episodes,
            initial=saved,
            desc=f"{environment.name} {agent.name}",
            disable=not progress,
        ) as bar,
        _interrupt_flag() as interrupted,
        contextlib.nullcontext() if ended_by else agent.episodes(environment) as played,
    ):
        while ended_by is None:
            scores.append(next(played))
            scalars = check(len(scores))
            log(len(scores), {"score": scores[-1], **scalars})
            if checkpoint_dir is not None and len(scores) >= saved + checkpoint_every:
                checkpoints.save(scores, seconds())
                saved = len(scores)
            if progress:
                bar.set_postfix(
                    {"score": f"{scores[-1]:g}", "mean10": f"{np.mean(scores[-10:]):.0f}"}
                    | agent.status(),
                    refresh=False,
                )
                bar.update()
            ended_by = ending() or ("interrupt" if interrupted.is_set() else None)
    if checkpoint_dir is not None and len(scores) > saved:
        checkpoints.save(scores, seconds())
    history = History(
        scores=scores,
        steps=int(agent.steps),
        seconds=seconds(),
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


def _health_check(agent) -> Callable[[int], dict[str, float]]:
    """Ends a run at the episode that ruined it, rather than hours later.

    Returns:
        A function of the episode's number, which gives the agent's scalars.
    """
    names = list(agent.scalars())

    def check(episode):
        with tf.device(CPU):
            *values, finite = run_as_graph(_look, agent).numpy().tolist()
        scalars = dict(zip(names, values, strict=True))
        bad = [f"{name} is {value}" for name, value in scalars.items() if not math.isfinite(value)]
        if bad or not finite:
            raise FloatingPointError(
                f"episode {episode}: {', '.join(bad) or 'a weight is not finite'}, so nothing more "
                "can be learned; the likely cause is a learning rate or rewards that are too large "
                f"(settings: {agent.settings})"
            )
        return scalars

    return check


def _look(agent) -> tf.Tensor:
    """Its scalars, and 1 if all weights are finite.

    One graph for all: reading each weight from Python would take as long as a short episode.
    """
    finite = tf.constant(True)
    for network in agent.networks.values():
        for weight in network.weights:
            finite &= tf.reduce_all(tf.math.is_finite(weight))
    return tf.stack([*agent.scalars().values(), tf.cast(finite, tf.float32)])


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
