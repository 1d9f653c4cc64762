"""One recipe, many seeds: over processes of this machine, or over a cluster.

A single run of reinforcement learning says little (seed document 001: "repeat the same experiment a
hundred times and average"). Here a hundred runs are one call, and every seed leaves a small result
file, so that an experiment broken off goes on where it was.
"""

import concurrent.futures
import contextlib
import dataclasses
import functools
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from tqdm import tqdm

from dqn_keras.arguments import LARGEST_INT, whole_number
from dqn_keras.compilation import use_one_thread
from dqn_keras.evaluation import evaluate
from dqn_keras.files import write_whole
from dqn_keras.plotting import plot_mean
from dqn_keras.recipes import find_recipe
from dqn_keras.statistics import bootstrap_interval, interquartile_mean

EVALUATION_EPISODES = 100
MOST_RUNS = 100_000  # more is a slip of the hand


@dataclasses.dataclass(frozen=True)
class Plan:
    """What each seed of an experiment does.

    Attributes:
        recipe: The recipe's name.
        settings: What differs from the recipe, for an ablation: `{"double": True}`.
        episodes: Exactly so many, without the stop rule; None and no `steps`: as the recipe says.
        steps: Environment steps, without the stop rule; the episode under way is played to its end.
        evaluate_every: Environment steps between two greedy evaluations; None evaluates once, at
            the end.
    """

    recipe: str
    settings: dict = dataclasses.field(default_factory=dict)
    episodes: int | None = None
    steps: int | None = None
    evaluate_every: int | None = None

    def __post_init__(self):
        find_recipe(self.recipe)
        for name in ("episodes", "steps", "evaluate_every"):
            if getattr(self, name) is not None:
                whole_number(name, getattr(self, name), maximum=LARGEST_INT)
        if self.episodes is not None and self.steps is not None:
            raise ValueError(
                f"give episodes or steps, not both: got {self.episodes} and {self.steps}"
            )

    @property
    def label(self) -> str:
        """The recipe and its changed settings, such as `"slides_dqn double=True"`."""
        changes = (f"{k}={v}".replace(" ", "") for k, v in sorted(self.settings.items()))
        return " ".join([self.recipe, *changes])

    @property
    def folder(self) -> str:
        """The label and the length, as a folder's name."""
        length = [f"{self.episodes}episodes"] if self.episodes else []
        length += [f"{self.steps}steps"] if self.steps else []
        return "-".join([*self.label.replace("/", "_").split(), *length])


@dataclasses.dataclass(frozen=True)
class Result:
    """What one seed did.

    Attributes:
        seed: The seed.
        scores: [E], of the training episodes.
        steps: Environment steps in all.
        ended_by: `"stop rule"`, `"episodes"` or `"steps"`.
        evaluated_at: [K], the steps after which the agent was evaluated; the last is the end.
        greedy: [K], its mean greedy return there, over 100 episodes.
    """

    seed: int
    scores: list[float]
    steps: int
    ended_by: str
    evaluated_at: list[int]
    greedy: list[float]

    def to_json(self) -> bytes:
        """One line of JSON; the same run gives the same bytes."""
        content = dataclasses.asdict(self)
        for name in ("scores", "greedy"):
            content[name] = [round(value, 4) for value in content[name]]
        return (json.dumps(content, allow_nan=False) + "\n").encode()


def run_seed(plan: Plan, seed: int) -> Result:
    """Trains and evaluates one seed; what a worker does.

    Args:
        plan: What to do.
        seed: Of the agent and the environment.
    """
    with _one_at_a_time:
        agent, environment, test_environment = _workbench(plan.recipe, json.dumps(plan.settings))
        recipe = find_recipe(plan.recipe)
        agent.reset(seed)
        environment.reset(seed)
        scores, evaluated_at, greedy = [], [], []
        episodes = plan.episodes or (None if plan.steps else recipe.episodes)
        stop = None if plan.episodes or plan.steps else recipe.stop
        next_evaluation = plan.evaluate_every
        ended_by = None
        with agent.playing(environment) as played:
            while ended_by is None:
                scores.append(next(played))
                steps = int(agent.steps)
                if stop is not None and stop(scores):
                    ended_by = "stop rule"
                elif episodes is not None and len(scores) >= episodes:
                    ended_by = "episodes"
                elif plan.steps is not None and steps >= plan.steps:
                    ended_by = "steps"
                if ended_by or (next_evaluation and steps >= next_evaluation):
                    returns = evaluate(agent, test_environment, EVALUATION_EPISODES, seed)
                    evaluated_at.append(steps)
                    greedy.append(float(returns.mean()))
                    if next_evaluation:
                        next_evaluation = steps - steps % plan.evaluate_every + plan.evaluate_every
        return Result(seed, scores, int(agent.steps), ended_by, evaluated_at, greedy)


def _begin_worker() -> None:
    """Leaves Ctrl-C to the parent, and ends with it even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


# One agent a worker, reset in place for each seed: its loop is compiled once.
_one_at_a_time = threading.Lock()


@functools.lru_cache(maxsize=2)
def _workbench(recipe_name: str, settings: str):
    with contextlib.suppress(RuntimeError):  # TensorFlow may already be running
        use_one_thread()
    recipe = find_recipe(recipe_name)
    recipe = dataclasses.replace(recipe, settings={**recipe.settings, **json.loads(settings)})
    environment = recipe.environment(0)
    agent = recipe.make_agent(environment, seed=0)
    return agent, environment, recipe.environment(0)


def run_experiment(
    plan: Plan,
    seeds: Iterable[int],
    out="results",
    workers: int = 2,
    executor: concurrent.futures.Executor | None = None,
    progress: bool = True,
) -> list[Result]:
    """Runs a plan for many seeds, or goes on with them.

    Seeds whose result file is already there are not run again. The numbers do not depend on how
    many workers there are, nor on which of them runs a seed (A3C with several threads excepted).

    Args:
        plan: What each seed does.
        seeds: The seeds.
        out: The folder; results go to `{out}/{plan.folder}/seed_{seed}.json`.
        workers: Processes of this machine, each with one TensorFlow thread.
        executor: Any other `concurrent.futures.Executor`, such as `client.get_executor()` of a
            Dask client: the same code on a cluster. Files are written here, not there.
        progress: Shows a progress bar.

    Returns:
        The results, in the order of `seeds`.

    Raises:
        TypeError, ValueError: A setting is out of its range, a result file of this plan is
            damaged, or the folder holds another plan's; the message names it.
        concurrent.futures.process.BrokenProcessPool: A worker was killed. What was finished is
            saved; the same call goes on with the rest.
    """
    whole_number("workers", workers)
    seeds = [whole_number("seed", seed, minimum=0) for seed in seeds]
    folder = Path(out) / plan.folder
    files = {seed: folder / f"seed_{seed:04d}.json" for seed in seeds}
    results = {seed: _read(file) for seed, file in files.items() if file.exists()}
    missing = [seed for seed in files if seed not in results]
    _note_plan(plan, folder / "plan.json")
    bar = tqdm(total=len(files), initial=len(results), desc=plan.label, disable=not progress)
    with bar, contextlib.ExitStack() as stack:
        if executor is None and missing:
            executor = stack.enter_context(
                concurrent.futures.ProcessPoolExecutor(
                    min(workers, len(missing)),
                    multiprocessing.get_context("spawn"),
                    initializer=_begin_worker,
                )
            )
        futures = [executor.submit(run_seed, plan, seed) for seed in missing]
        try:
            for future in concurrent.futures.as_completed(futures):
                result = future.result()
                write_whole(files[result.seed], result.to_json())
                results[result.seed] = _read(files[result.seed])
                bar.update()
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return [results[seed] for seed in seeds]


def _note_plan(plan: Plan, file: Path) -> None:
    """Writes down what the folder's results are of; refuses to mix two plans in one folder.

    The folder's name leaves out `evaluate_every`, which changes no run but what is noted of it.
    """
    text = json.dumps(dataclasses.asdict(plan), indent=1) + "\n"
    if not file.exists():
        write_whole(file, text.encode())
        return
    found = file.read_text()
    with contextlib.suppress(json.JSONDecodeError):
        if json.loads(found) == json.loads(text):
            return
    raise ValueError(
        f"{file.parent} holds the results of another plan, {' '.join(found.split())}; "
        f"choose another folder (--out) for {plan}"
    )


def load_results(folder) -> list[Result]:
    """Reads all results of one plan, in the order of their seeds.

    Args:
        folder: Such as `results/slides_dqn-300episodes`.

    Raises:
        FileNotFoundError: There are none.
    """
    files = sorted(Path(folder).glob("seed_*.json"))
    if not files:
        raise FileNotFoundError(
            f"no results in {folder}; in a clone of the repository benchmarks/results.sh makes them"
        )
    return [_read(file) for file in files]


def _read(file: Path) -> Result:
    try:
        return Result(**json.loads(file.read_text()))
    except (json.JSONDecodeError, TypeError) as error:
        raise ValueError(f"{file} is damaged ({error}); delete it to run its seed again") from None


@dataclasses.dataclass(frozen=True)
class Summary:
    """What many seeds have in common; failures count in every number.

    Attributes:
        runs: How many seeds.
        steps: Their mean number of environment steps.
        stopped: Share of seeds that met the recipe's stop rule.
        mean: Of the final greedy returns.
        median: Of the final greedy returns.
        iqm: Interquartile mean of the final greedy returns.
        iqm_interval: Its 95% bootstrap interval.
        solved_ever: Share of seeds with a greedy mean of `limit` at any evaluation.
        solved_end: Share of seeds with it at the end.
        stayed: Of all evaluations after a seed's first success, the share that still had it.
    """

    runs: int
    steps: float
    stopped: float
    mean: float
    median: float
    iqm: float
    iqm_interval: tuple[float, float]
    solved_ever: float
    solved_end: float
    stayed: float


def summarise(results: list[Result], limit: float = 475.0) -> Summary:
    """Sums up an experiment.

    Args:
        results: One for each seed.
        limit: The greedy mean that counts as solved; a recipe's `solved_at`.
    """
    final = np.array([result.greedy[-1] for result in results])
    solved = [np.array(result.greedy) >= limit for result in results]
    later = [row[np.argmax(row) + 1 :] for row in solved if row.any()]
    later = np.concatenate(later) if later else np.array([])
    return Summary(
        runs=len(results),
        steps=float(np.mean([result.steps for result in results])),
        stopped=float(np.mean([result.ended_by == "stop rule" for result in results])),
        mean=float(final.mean()),
        median=float(np.median(final)),
        iqm=interquartile_mean(final),
        iqm_interval=tuple(map(float, bootstrap_interval(final, interquartile_mean))),
        solved_ever=float(np.mean([row.any() for row in solved])),
        solved_end=float(np.mean(final >= limit)),
        stayed=float(np.mean(later)) if len(later) else float("nan"),
    )


def score_matrix(results: list[Result], episodes: int) -> np.ndarray:
    """Training scores as a table; a run that ended early keeps the mean of its last ten.

    Args:
        results: One for each seed.
        episodes: E.

    Returns:
        [N, E] float.
    """
    rows = np.empty([len(results), episodes])
    for row, result in zip(rows, results, strict=True):
        scores = np.array(result.scores[:episodes])
        row[: len(scores)] = scores
        row[len(scores) :] = np.mean(scores[-10:])
    return rows


TABLE_HEAD = (
    "| recipe | seeds | steps | mean | median | interquartile mean (95%) | met its stop rule "
    "| solved at the end | ever | stayed |\n|---|---|---|---|---|---|---|---|---|---|"
)


def table_row(label: str, summary: Summary) -> str:
    """One row of the results table, in Markdown.

    Args:
        label: What the row is about.
        summary: Its numbers.
    """
    low, high = summary.iqm_interval
    stayed = "-" if np.isnan(summary.stayed) else f"{summary.stayed:.0%}"
    return (
        f"| {label} | {summary.runs} | {summary.steps:,.0f} | "
        f"{summary.mean:.2f} | {summary.median:.2f} | "
        f"{summary.iqm:.1f} ({low:.1f} to {high:.1f}) | "
        f"{summary.stopped:.0%} | {summary.solved_end:.0%} | "
        f"{summary.solved_ever:.0%} | {stayed} |"
    )


def curves_figure(experiments: dict[str, list[Result]]) -> Figure:
    """Mean curves with their intervals: training score by episode, greedy return by step.

    Args:
        experiments: Label to results.
    """
    figure = Figure(figsize=(12, 4.5), layout="constrained")
    by_episode, by_step = figure.subplots(1, 2)
    for label, results in experiments.items():
        episodes = max(len(result.scores) for result in results)
        plot_mean(score_matrix(results, episodes), label=label, axes=by_episode)
        evaluations = min(len(result.greedy) for result in results)
        greedy = np.array([result.greedy[:evaluations] for result in results])
        steps = np.mean([result.evaluated_at[:evaluations] for result in results], axis=0)
        plot_mean(greedy, x=steps, label=label, axes=by_step)
        color = by_step.lines[-1].get_color()
        by_step.plot(steps[-1], greedy[:, -1].mean(), "o", color=color)  # one point is no line
    by_episode.set(xlabel="episode", ylabel="score while training")
    by_step.set(xlabel="environment steps", ylabel="greedy return, mean of 100 episodes")
    by_episode.legend(loc="best", fontsize="small")
    return figure
