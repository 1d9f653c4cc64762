"""One seed from the user, an independent random stream for each part that needs one."""

import secrets

import numpy as np

from dqn_keras.machinery.arguments import short_repr, whole_number


def stream_seed(seed: int | None, stream: str) -> int:
    """Derives the seed of one named stream, so that no two parts draw the same numbers.

    Seeding the agent and the environment with the very same number would make the exploration
    coin and the start position one and the same random number.

    Args:
        seed: A whole number of at least 0, or None for a fresh one from the operating system.
        stream: The stream's name, such as `"exploration"`.

    Returns:
        A number in [0, 2**31), a valid seed for Keras, TensorFlow and NumPy alike.
    """
    if not isinstance(stream, str):
        raise TypeError(f"stream must be a text, got {short_repr(stream)}")
    entropy = secrets.randbits(63) if seed is None else whole_number("seed", seed, minimum=0)
    return int(np.random.SeedSequence([entropy, *stream.encode()]).generate_state(1)[0] >> 1)
