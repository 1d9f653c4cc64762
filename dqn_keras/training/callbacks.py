"""What is done around the episodes of a run: show, check, log, save, stop.

Shaped like Keras' callbacks, with an episode in place of an epoch. One of your own takes a few
lines, such as a tuner's (here Optuna's), which ends a run that promises nothing:

    class Prune(Callback):
        def __init__(self, trial):
            self.trial = trial

        def on_episode_end(self, episode, logs):
            self.trial.report(logs["score"], episode)
            if self.trial.should_prune():
                self.run.ended_by = "pruned"

    train(agent, environment, 300, callbacks=[Prune(trial)], progress=False)
"""

import contextlib
import dataclasses
import math
import sys
import time
import warnings
from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from dqn_keras.machinery.compilation import CPU, run_as_graph
from dqn_keras.machinery.interrupts import Interrupts
from dqn_keras.training.checkpoints import Checkpoints
from dqn_keras.training.logs import EventFile

SECONDS_BETWEEN_CHECKPOINTS = 30  # where episodes are long


@dataclasses.dataclass
class Run:
    """A training run under way; callbacks read it, and may end it."""

    agent: object
    environment: object
    episodes: int | None = None  # at most; None: as many as it takes
    stop: Callable[[Sequence[float]], bool] | None = None  # the stop rule
    steps: int | None = None  # of the environment, at least; the last episode is completed
    scores: list[float] = dataclasses.field(default_factory=list)  # of the episodes so far
    ended_by: str | None = None  # None while it goes on; a word, such as "stop rule", ends it
    notes: dict = dataclasses.field(default_factory=dict)  # of callbacks; checkpoints keep them
    began: float = dataclasses.field(default_factory=time.perf_counter)  # on that clock

    @property
    def seconds(self) -> float:
        """Wall-clock time so far, with what the run went on from."""
        return round(time.perf_counter() - self.began, 3)

    def check_end(self) -> None:
        """Ends the run where its stop rule holds or all episodes or steps are played."""
        if self.scores and self.stop is not None and self.stop(self.scores):
            self.ended_by = "stop rule"
        elif self.episodes is not None and len(self.scores) >= self.episodes:
            self.ended_by = "episodes"
        elif self.steps is not None and int(self.agent.steps) >= self.steps:
            self.ended_by = "steps"


class Callback:
    """Does nothing, at the three moments of a run; subclasses do something."""

    run: Run  # set before on_train_begin

    def on_train_begin(self) -> None:
        """Called once, before the first episode."""

    def on_episode_end(self, episode: int, logs: dict[str, float]) -> None:
        """Called after each episode, numbered from 1; `logs`, its score, may be added to."""

    def on_train_end(self) -> None:
        """Called once at the end, after an error too: then `run.ended_by` is None."""


class FiniteCheck(Callback):
    """Ends a run at the episode that ruined it, rather than hours later; logs the scalars."""

    def on_train_begin(self) -> None:
        """Looks up what there is to log."""
        self.names = list(self.run.agent.scalars())

    def on_episode_end(self, episode: int, logs: dict[str, float]) -> None:
        """Raises FloatingPointError if a weight or what is logged is not finite any more."""
        agent = self.run.agent
        with tf.device(CPU):
            *values, finite = run_as_graph(_scalars_and_finite, agent).numpy().tolist()
        logs |= dict(zip(self.names, values, strict=True))
        bad = [f"{name} is {value}" for name, value in logs.items() if not math.isfinite(value)]
        if bad or not finite:
            raise FloatingPointError(
                f"episode {episode}: {', '.join(bad) or 'a weight is not finite'}, so nothing more "
                "can be learned; the likely cause is a learning rate, rewards or states that are "
                "too large "
                f"(settings: {agent.get_config()})"
            )


def _scalars_and_finite(agent) -> tf.Tensor:
    """Its scalars, and 1 if all weights are finite.

    One graph for all: reading each weight from Python would take as long as a short episode.
    """
    finite = tf.constant(True)
    for network in agent.networks.values():
        for weight in network.weights:
            finite &= tf.reduce_all(tf.math.is_finite(weight))
    return tf.stack([*agent.scalars().values(), tf.cast(finite, tf.float32)])


class Log(Callback):
    """Writes what is logged of each episode to a folder for TensorBoard."""

    def __init__(self, folder):
        self.file = EventFile(folder)

    def on_episode_end(self, episode: int, logs: dict[str, float]) -> None:
        """Writes the episode's scalars; on a full disk logging ends, and the run goes on."""
        if self.file is None:
            return
        try:
            self.file.write(episode, logs)
        except OSError as error:
            print(f"\nlogging ends, training goes on: {error}", file=sys.stderr)
            self.file = None

    def on_train_end(self) -> None:
        """Closes the file."""
        if self.file is not None:
            with contextlib.suppress(OSError):  # what was written last is not worth an error
                self.file.close()


class SaveCheckpoints(Callback):
    """Saves a checkpoint `every` so many episodes or half a minute; resumes from the newest."""

    def __init__(self, checkpoints: Checkpoints, every: int):
        self.checkpoints = checkpoints
        self.every = every
        self.saved = 0  # after so many episodes
        self.saved_at = time.monotonic()

    def on_train_begin(self) -> None:
        """Restores the newest checkpoint, if there is one; no other run may use the folder."""
        self.checkpoints.lock()
        try:
            self.run.scores[:], seconds, self.run.notes = self.checkpoints.restore()
        except BaseException:
            self.checkpoints.unlock()
            raise
        self.run.began -= seconds
        self.saved = len(self.run.scores)
        if self.saved and self.run.episodes is not None and self.saved > self.run.episodes:
            warnings.warn(
                f"the run in {self.checkpoints.shown} has played {self.saved} episodes already, "
                f"{self.run.episodes} were asked for: nothing is left to play",
                stacklevel=4,
            )

    def on_episode_end(self, episode: int, logs: dict[str, float]) -> None:
        """Saves if it is time to."""
        waited = time.monotonic() - self.saved_at
        if episode >= self.saved + self.every or waited >= SECONDS_BETWEEN_CHECKPOINTS:
            self._save()

    def on_train_end(self) -> None:
        """Saves once more, if the run ended as it should."""
        try:
            if self.run.ended_by and len(self.run.scores) > self.saved:
                self._save()
        finally:
            self.checkpoints.unlock()

    def _save(self):
        self.checkpoints.save(self.run.scores, self.run.seconds, self.run.notes)
        self.saved, self.saved_at = len(self.run.scores), time.monotonic()


class ProgressBar(Callback):
    """Shows how far the run is, the last scores and the agent's status."""

    def on_train_begin(self) -> None:
        """Opens the bar."""
        run = self.run
        name = f"{run.environment.name} {run.agent.name}"
        self.bar = tqdm(total=run.episodes, initial=len(run.scores), desc=name)

    def on_episode_end(self, episode: int, logs: dict[str, float]) -> None:
        """Moves on by one."""
        mean = np.mean(self.run.scores[-10:])
        scores = {"score": f"{logs['score']:g}", "mean10": f"{mean:.0f}"}
        self.bar.set_postfix(scores | self.run.agent.status(), refresh=False)
        self.bar.update()

    def on_train_end(self) -> None:
        """Leaves the bar as it stands."""
        self.bar.close()


class EndOnSignal(Callback):
    """The first Ctrl-C, SIGTERM or SIGHUP ends the run after the present episode.

    A second one breaks the episode off, with a KeyboardInterrupt; in-graph environments, whose
    episodes have an end, are played to it.
    """

    def __init__(self, interrupts: Interrupts):
        self.interrupts = interrupts

    def on_episode_end(self, episode: int, logs: dict[str, float]) -> None:
        """Ends the run if it was asked to."""
        if self.interrupts.asked.is_set():
            self.run.ended_by = "interrupt"
