from .a2c import A2CAgent as A2CAgent
from .a3c import A3CAgent as A3CAgent
from .deep_sarsa import DeepSARSAAgent as DeepSARSAAgent
from .dqn import DQNAgent as DQNAgent
from .dqn_variants import DQNVariantAgent as DQNVariantAgent
from .reinforce import REINFORCEAgent as REINFORCEAgent
