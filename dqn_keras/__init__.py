"""dqn_keras: the lecture's deep reinforcement learning in Keras 3, TensorFlow and Gymnasium.

>>> from dqn_keras import CartPole, DQNAgent, evaluate, train

A wrong argument is a TypeError or a ValueError of one line: its name, what it was, what would be
right. Docstrings list only what a caller would act on beyond that, such as a missing file.
"""

from dqn_keras.machinery import startup  # noqa: F401  (before TensorFlow is imported)

# isort: split
import gymnasium
import lazy_loader

__version__ = "0.1.0"

# The table of contents is __init__.pyi: where each name comes from. Its first use imports it.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

for _id, _settings in {
    "Asterix-v1": {"environment": "Asterix"},
    "Breakout-v1": {"environment": "Breakout"},
    "CartPole-v0": {"environment": "CartPole", "max_steps": 200},
    "CartPole-v1": {"environment": "CartPole", "max_steps": 500},
    "GridWorld-v0": {"environment": "GridWorld"},
}.items():
    _entry = "dqn_keras.environments.gymnasium_bridge:make_registered"
    gymnasium.register(f"dqn_keras/{_id}", entry_point=_entry, kwargs=_settings)
