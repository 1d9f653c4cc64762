"""The outer loop around every agent, and what is done beside it."""

from dqn_keras.training.evaluation import evaluate, record, save_gif
from dqn_keras.training.loop import History, mean_of_last_above, running_mean_above, train

__all__ = [
    "History",
    "evaluate",
    "mean_of_last_above",
    "record",
    "running_mean_above",
    "save_gif",
    "train",
]
