"""Environments: in-graph ones in pure TensorFlow, and any Gymnasium one behind a bridge.

Every environment offers `state_size`, `action_size`, `max_steps`, `compilable`, and

    reset() -> state [S] float32
    step(action) -> next_state [S] float32, reward [] float32, terminated [] bool, truncated [] bool

all as tensors, in eager code and in graphs alike. `terminated` means the task ended (the pole
fell), `truncated` that time was up.
"""

from dqn_keras.environments.cartpole import CartPole
from dqn_keras.environments.grid_world import GridWorld
from dqn_keras.environments.gymnasium_bridge import GymnasiumEnvironment, as_gymnasium

__all__ = ["CartPole", "GridWorld", "GymnasiumEnvironment", "as_gymnasium"]
