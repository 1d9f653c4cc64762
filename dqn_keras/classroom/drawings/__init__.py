"""Drawings of the lessons' ideas, made of code: each a call in a notebook's last line."""

from dqn_keras.classroom.drawings.memories import model_and_target_network, ring_buffer
from dqn_keras.classroom.drawings.nets import network
from dqn_keras.classroom.drawings.worlds import (
    agent_and_environment,
    markov_decision_process,
    values_through_the_grid,
)

__all__ = [
    "agent_and_environment",
    "markov_decision_process",
    "model_and_target_network",
    "network",
    "ring_buffer",
    "values_through_the_grid",
]
