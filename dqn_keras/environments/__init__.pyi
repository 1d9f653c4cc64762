from .asterix import Asterix as Asterix
from .breakout import Breakout as Breakout
from .cartpole import CartPole as CartPole
from .grid_world import GridWorld as GridWorld
from .gymnasium_bridge import GymnasiumEnvironment as GymnasiumEnvironment
from .gymnasium_bridge import as_gymnasium as as_gymnasium
