"""Environments: in-graph ones in pure TensorFlow, and any Gymnasium one behind a bridge.

Every environment offers `state_size`, `action_size`, `max_steps`, `compilable`, and

    reset() -> state [S] float32
    step(action) -> next_state [S] float32, reward [] float32, terminated [] bool, truncated [] bool

all as tensors, in eager code and in graphs alike. S is a number of values or, of pictures, a shape.
`terminated` means the task ended (the pole fell), `truncated` that time was up.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
