"""The lecture's agents, one file each."""

from dqn_keras.agents.dqn import DQNAgent

__all__ = ["DQNAgent"]
