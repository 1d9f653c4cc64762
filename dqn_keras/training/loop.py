"""The slides' outer loop, `for e in range(N_EPISODES)`, for every agent.

It counts, and knows no algorithm: one call of `agent.run_episode` plays, and learns from, one
episode. What is shown, checked and saved around it are callbacks.
"""

import contextlib
import functools
import threading
import warnings
import weakref
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from dqn_keras.agents.agent import Agent
from dqn_keras.machinery import files
from dqn_keras.machinery.arguments import printable, short_repr, whole_number
from dqn_keras.machinery.interrupts import Interrupts
from dqn_keras.plotting import save_scores_figure
from dqn_keras.training.callbacks import (
    Callback,
    EndOnSignal,
    FiniteCheck,
    Log,
    ProgressBar,
    Run,
    SaveCheckpoints,
)
from dqn_keras.training.checkpoints import Checkpoints
from dqn_keras.training.history import History

_in_training: weakref.WeakSet = weakref.WeakSet()
_lock = threading.Lock()


def play(run: Run, callbacks: Sequence[Callback]) -> None:
    """Plays episode after episode until the run has ended.

    Callbacks are called in their order, and ended in the opposite one, after an error too.

    Raises:
        RuntimeError: The agent is being trained already, in another thread.
    """
    with contextlib.ExitStack() as at_the_end:  # which calls all, whatever one of them does
        with _lock:
            if run.agent in _in_training:
                raise RuntimeError(
                    "this agent is being trained already, in another thread; "
                    "make each its own agent"
                )
            _in_training.add(run.agent)
        at_the_end.callback(_in_training.discard, run.agent)
        for callback in callbacks:
            callback.run = run
            callback.on_train_begin()
            at_the_end.callback(callback.on_train_end)
        run.check_end()  # a finished run that is started again has nothing left to play
        if run.ended_by is None:
            with run.agent.episodes(run.environment) as scores:
                while run.ended_by is None:
                    run.scores.append(next(scores))
                    logs = {"score": run.scores[-1]}
                    for callback in callbacks:
                        callback.on_episode_end(len(run.scores), logs)
                    run.check_end()


def train(
    agent,
    environment,
    episodes: int,
    stop: Callable[[Sequence[float]], bool] | None = None,
    *,
    callbacks: Iterable[Callback] = (),
    name: str | None = None,
    model_dir=None,
    graph_dir=None,
    checkpoint_dir=None,
    checkpoint_every: int = 10,
    log_dir=None,
    progress: bool = True,
) -> History:
    """Trains an agent and keeps what it did.

    Ctrl-C (or the notebook's stop button), SIGTERM and SIGHUP end the run after the present
    episode, with all that was learned. A second one breaks the episode off: what was learned until
    then is saved, and a KeyboardInterrupt raised. SIGTERM and SIGHUP are then passed on to the
    handler that was there before: by default they end the process. An error of the environment or
    of a callback keeps what was learned, too, and is raised. Where memory runs out TensorFlow may
    end the process, as kill -9 does: what is left then is the last checkpoint.

    Args:
        agent: Such as `DQNAgent(4, 2)`; a trained one continues where it was.
        environment: Such as `CartPole()`.
        episodes: How many to play at most.
        stop: Ends the run when `stop(scores)` is true; None plays all episodes.
        callbacks: What else to do after each episode; see `dqn_keras.training.callbacks`.
        name: The files' name, such as `"cartpole_dqn"`, made from environment and agent if None.
        model_dir: Where to leave `{name}.safetensors` and `{name}.json`; None saves neither.
        graph_dir: Where to leave `{name}.png`, the score curve; None saves none.
        checkpoint_dir: A folder of this run's own. Everything is saved there as it goes, and the
            same call resumes from it, in another process too, as if never interrupted (A3C,
            whose threads take turns by chance, not to the last bit; for Gymnasium see
            `Checkpoints`).
        checkpoint_every: After how many episodes each, and after half a minute in any case.
        log_dir: Where to write score, loss, epsilon and largest Q-value for TensorBoard.
        progress: Shows a progress bar.

    Returns:
        The `History`, the same as the JSON file holds.

    Raises:
        FloatingPointError: Loss or weights are not finite any more; nothing of that is saved.
        OSError: A folder cannot be made or written.
    """
    whole_number("episodes", episodes)
    whole_number("checkpoint_every", checkpoint_every)
    if not isinstance(agent, Agent):
        raise TypeError(f"agent must be an agent such as DQNAgent(4, 2), got {short_repr(agent)}")
    if stop is not None and not callable(stop):
        raise TypeError(f"stop must be a function of the scores or None, got {short_repr(stop)}")
    callbacks = list(callbacks)
    for callback in callbacks:
        if not isinstance(callback, Callback):
            raise TypeError(f"callbacks must be a list of Callback, got {short_repr(callback)}")
    agent.check_environment(environment)
    if environment.max_steps is None:
        warnings.warn(
            f"{environment.name} has no time limit that could be found, so an episode may never "
            "end; gymnasium.wrappers.TimeLimit gives it one",
            stacklevel=2,
        )
    for folder in (model_dir, graph_dir):
        if folder is not None:  # before the work, not after it
            Path(folder).mkdir(parents=True, exist_ok=True)
    around: list[Callback] = [FiniteCheck()]
    if log_dir is not None:
        around.append(Log(log_dir))
    if checkpoint_dir is not None:
        checkpoints = Checkpoints(checkpoint_dir, agent, environment)
        around.append(SaveCheckpoints(checkpoints, checkpoint_every))
    around += callbacks
    if progress:
        around.append(ProgressBar())
    run = Run(agent, environment, episodes, stop)
    leave = functools.partial(
        _leave, run, name or f"{environment.name}_{agent.name}", model_dir, graph_dir
    )
    with Interrupts() as interrupts:  # until all is saved
        try:
            play(run, [*around, EndOnSignal(interrupts)])
        except FloatingPointError:  # nothing of that is worth keeping
            raise
        except KeyboardInterrupt:
            run.ended_by = "interrupt"
            raise KeyboardInterrupt(_keep(run, around, leave, model_dir)) from None
        except BaseException as error:
            run.ended_by = "error"
            told = _keep(run, around, leave, model_dir)
            if run.scores:
                error.add_note(told)
            raise
        return leave()


def _keep(run: Run, callbacks: Sequence[Callback], leave: Callable, model_dir) -> str:
    """Saves what a run has that was broken off; says what, and raises no error of its own."""
    told = "no episode was finished"
    if run.scores:
        told = f"what {len(run.scores)} episodes gave is "
        try:
            finite_check, *_ = callbacks
            finite_check.on_episode_end(len(run.scores), {})  # now, inside an episode
            leave()
            told += "lost" if model_dir is None else "saved"
        except Exception as failure:  # it must not hide the error before
            told += f"not all saved: {printable(str(failure))}"
    for each in callbacks:  # its state inside an episode is none that a run could go on from
        if isinstance(each, SaveCheckpoints) and each.saved:
            told += f"; the last checkpoint is that of episode {each.saved}"
    return told


def _leave(run: Run, name: str, model_dir, graph_dir) -> History:
    """Writes weights and history, both or neither, and the curve; returns the history."""
    history = History.of(run)
    if model_dir is not None:
        weights = run.agent.weights_as_bytes()
        stem = Path(model_dir) / name
        files.write_together(
            {f"{stem}.safetensors": weights, f"{stem}.json": history.to_json()},
        )
    if graph_dir is not None:
        save_scores_figure(run.scores, Path(graph_dir) / f"{name}.png")
    return history
