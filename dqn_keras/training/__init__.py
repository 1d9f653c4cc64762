"""The outer loop around every agent, and what is done beside it."""

from dqn_keras.training.callbacks import Callback, Run
from dqn_keras.training.evaluation import evaluate, record, save_gif
from dqn_keras.training.history import History
from dqn_keras.training.loop import play, train
from dqn_keras.training.stop_rules import mean_of_last_above, running_mean_above

__all__ = [
    "Callback",
    "History",
    "Run",
    "evaluate",
    "mean_of_last_above",
    "play",
    "record",
    "running_mean_above",
    "save_gif",
    "train",
]
