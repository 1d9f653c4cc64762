"""dqn_keras: the lecture's deep reinforcement learning in Keras 3, TensorFlow and Gymnasium.

>>> from dqn_keras import CartPole, DQNAgent, evaluate, train

A wrong argument is a TypeError or a ValueError of one line: its name, what it was, what would be
right. Docstrings list only what a caller would act on beyond that, such as a missing file.
"""

from dqn_keras.machinery import startup  # noqa: F401  (before all others: starts TensorFlow)

# isort: split
from dqn_keras.agents import (
    A2CAgent,
    A3CAgent,
    DeepSARSAAgent,
    DQNAgent,
    DQNVariantAgent,
    REINFORCEAgent,
)
from dqn_keras.bellman import (
    bellman_target,
    discounted_returns,
    double_bellman_target,
    sarsa_target,
    td_advantage,
)
from dqn_keras.classroom import checks
from dqn_keras.environments import CartPole, GridWorld, GymnasiumEnvironment, as_gymnasium
from dqn_keras.exploration import epsilon_greedy, exponential_epsilon, linear_epsilon
from dqn_keras.machinery.compilation import use_one_thread
from dqn_keras.networks import policy_network, q_network, update_target, value_network
from dqn_keras.plotting import plot_q_values, plot_scores
from dqn_keras.replay_memory import ReplayMemory, Transitions
from dqn_keras.training import (
    History,
    evaluate,
    mean_of_last_above,
    record,
    running_mean_above,
    save_gif,
    train,
)

__version__ = "0.1.0"

__all__ = [
    "A2CAgent",
    "A3CAgent",
    "CartPole",
    "DQNAgent",
    "DQNVariantAgent",
    "DeepSARSAAgent",
    "GridWorld",
    "GymnasiumEnvironment",
    "History",
    "REINFORCEAgent",
    "ReplayMemory",
    "Transitions",
    "as_gymnasium",
    "bellman_target",
    "checks",
    "discounted_returns",
    "double_bellman_target",
    "epsilon_greedy",
    "evaluate",
    "exponential_epsilon",
    "linear_epsilon",
    "mean_of_last_above",
    "plot_q_values",
    "plot_scores",
    "policy_network",
    "q_network",
    "record",
    "running_mean_above",
    "sarsa_target",
    "save_gif",
    "td_advantage",
    "train",
    "update_target",
    "use_one_thread",
    "value_network",
]
