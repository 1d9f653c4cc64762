"""The lecture's agents, one file each."""

from dqn_keras.agents.a2c import A2CAgent
from dqn_keras.agents.a3c import A3CAgent
from dqn_keras.agents.deep_sarsa import DeepSARSAAgent
from dqn_keras.agents.dqn import DQNAgent
from dqn_keras.agents.dqn_variants import DQNVariantAgent
from dqn_keras.agents.reinforce import REINFORCEAgent

__all__ = [
    "A2CAgent",
    "A3CAgent",
    "DQNAgent",
    "DQNVariantAgent",
    "DeepSARSAAgent",
    "REINFORCEAgent",
]
