"""Drawings of the lessons' ideas, made of code: each a call in a notebook's last line."""

from dqn_keras.classroom.drawings.nets import network
from dqn_keras.classroom.drawings.worlds import agent_and_environment, markov_decision_process

__all__ = ["agent_and_environment", "markov_decision_process", "network"]
