"""dqn_keras: the lecture's deep reinforcement learning in Keras 3, TensorFlow and Gymnasium.

>>> from dqn_keras import CartPole, DQNAgent, evaluate, train
"""

import os

from dqn_keras.quiet import held_back_stderr

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # exceptions still show
# A backend chosen in ~/.keras/keras.json gives way here; one set in the shell is reported below.
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
if os.environ["KERAS_BACKEND"] != "tensorflow":
    raise ImportError(
        f"dqn_keras trains with TensorFlow's GradientTape, but KERAS_BACKEND is "
        f"{os.environ['KERAS_BACKEND']!r}; set KERAS_BACKEND=tensorflow, or unset it"
    )

with held_back_stderr():
    import keras  # and with it TensorFlow

if keras.config.backend() != "tensorflow":
    raise ImportError(
        f"Keras was imported before dqn_keras with the backend {keras.config.backend()!r}; "
        "restart Python with KERAS_BACKEND=tensorflow"
    )

from dqn_keras.agents import A2CAgent, A3CAgent, DeepSARSAAgent, DQNAgent, REINFORCEAgent
from dqn_keras.bellman import (
    bellman_target,
    discounted_returns,
    double_bellman_target,
    sarsa_target,
    td_advantage,
)
from dqn_keras.compilation import use_one_thread
from dqn_keras.environments import (
    CartPole,
    GridWorld,
    GymnasiumEnvironment,
    as_gymnasium,
)
from dqn_keras.evaluation import evaluate, record, save_gif
from dqn_keras.exploration import epsilon_greedy, exponential_epsilon, linear_epsilon
from dqn_keras.networks import (
    policy_network,
    q_network,
    update_target,
    value_network,
)
from dqn_keras.plotting import plot_q_values, plot_scores
from dqn_keras.replay_memory import ReplayMemory, Transitions
from dqn_keras.training import (
    History,
    mean_of_last_above,
    running_mean_above,
    train,
)

__version__ = "0.1.0"

__all__ = [
    "A2CAgent",
    "A3CAgent",
    "CartPole",
    "DQNAgent",
    "DeepSARSAAgent",
    "GridWorld",
    "GymnasiumEnvironment",
    "History",
    "REINFORCEAgent",
    "ReplayMemory",
    "Transitions",
    "as_gymnasium",
    "bellman_target",
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
