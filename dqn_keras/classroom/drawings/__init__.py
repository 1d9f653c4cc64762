"""Drawings of the lessons' ideas, made of code: each a call in a notebook's last line."""

from dqn_keras.classroom.drawings.improvements import dueling_heads, ppo_clip
from dqn_keras.classroom.drawings.memories import model_and_target_network, ring_buffer
from dqn_keras.classroom.drawings.nets import network
from dqn_keras.classroom.drawings.policies import (
    actor_and_critic,
    global_network_and_workers,
    q_network_beside_policy_network,
    rollout_returns,
)
from dqn_keras.classroom.drawings.worlds import (
    agent_and_environment,
    markov_decision_process,
    values_through_the_grid,
)

__all__ = [
    "actor_and_critic",
    "agent_and_environment",
    "dueling_heads",
    "global_network_and_workers",
    "markov_decision_process",
    "model_and_target_network",
    "network",
    "ppo_clip",
    "q_network_beside_policy_network",
    "ring_buffer",
    "rollout_returns",
    "values_through_the_grid",
]
