"""What many seeds have in common: sums, a table, mean curves."""

import dataclasses

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dqn_keras.experiments.results import Result
from dqn_keras.experiments.statistics import bootstrap_interval, interquartile_mean
from dqn_keras.machinery.arguments import array
from dqn_keras.plotting import current_axes


@dataclasses.dataclass(frozen=True)
class Summary:
    """What many seeds have in common; failures count in every number."""

    runs: int  # how many seeds
    steps: float  # their mean number of environment steps
    stopped: float  # the share of seeds that met the recipe's stop rule
    mean: float  # of the final greedy returns
    median: float
    iqm: float  # their interquartile mean
    iqm_interval: tuple[float, float]  # its 95% bootstrap interval
    solved_ever: float  # the share of seeds with a greedy mean of `limit` at any evaluation
    solved_end: float  # and at the end
    stayed: float  # of all evaluations after a seed's first success, the share that still had it


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
    """Training scores as a table [N, E]; a run that ended early keeps the mean of its last ten."""
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
    """One row of the results table, in Markdown."""
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
    """Mean curves with their intervals: training score by episode, greedy return by step."""
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


def plot_mean(rows, x=None, label: str = "", axes: Axes | None = None) -> Axes:
    """Draws the mean of many runs and its 95% bootstrap interval (document 001's figure).

    Args:
        rows: [N, E], one run a row.
        x: [E]; None counts from 1.
        label: For the legend.
        axes: Where to draw; None takes pyplot's current axes.
    """
    rows = array("rows", rows, ["N", "E"])
    x = np.arange(1, rows.shape[1] + 1) if x is None else array("x", x, rows.shape[1:])
    low, high = bootstrap_interval(rows, draws=500)
    axes = current_axes(axes)
    (line,) = axes.plot(x, rows.mean(axis=0), label=f"{label} ({len(rows)} runs)")
    axes.fill_between(x, low, high, color=line.get_color(), alpha=0.25, linewidth=0)
    return axes
