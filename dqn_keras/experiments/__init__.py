"""Every source as a recipe, and a recipe over many seeds."""

from dqn_keras.experiments.recipes import RECIPES, find_recipe
from dqn_keras.experiments.report import plot_mean, score_matrix, summarise
from dqn_keras.experiments.results import load_results
from dqn_keras.experiments.run import Plan, run_experiment, run_seed
from dqn_keras.experiments.statistics import bootstrap_interval, interquartile_mean

__all__ = [
    "RECIPES",
    "Plan",
    "bootstrap_interval",
    "find_recipe",
    "interquartile_mean",
    "load_results",
    "plot_mean",
    "run_experiment",
    "run_seed",
    "score_matrix",
    "summarise",
]
