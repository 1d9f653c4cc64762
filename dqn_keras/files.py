"""Files that are written whole or not at all, and weights as plain named arrays."""

import os
import tempfile
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save


def write_whole(path, data: bytes) -> Path:
    """Writes `data` to `path` so that a reader sees the old file or the new one, never a part.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and take the
    file's place in one step.

    Args:
        path: Where to write; the folder is made if it is missing.
        data: The file's content.

    Returns:
        The path written.

    Raises:
        OSError: The folder or the file cannot be written; what was there before stays whole.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)  # mkstemp's 0600 would hide the file from a class
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def save_weights(path, networks: dict) -> Path:
    """Saves the weights of some networks as one safetensors file: named arrays, no code.

    Args:
        path: The file to write.
        networks: Name to Keras model; an array is called `"{name}/{layer}/{variable}"`.

    Returns:
        The path written.
    """
    arrays = {name: np.asarray(weight) for name, weight in _named_weights(networks).items()}
    return write_whole(path, save(arrays))


def load_weights(path, networks: dict) -> None:
    """Loads weights saved by `save_weights` into networks of the same architecture.

    Everything is checked before the first weight is changed.

    Args:
        path: The safetensors file.
        networks: Name to Keras model, as at saving.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: The file is torn, holds other names, shapes or types, or a value that is not
            finite.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"no weights file at {path}; train and save an agent first")
    try:
        arrays = load(path.read_bytes())
    except (SafetensorError, KeyError) as error:  # KeyError: a type that NumPy does not know
        raise ValueError(f"{path} is not a whole safetensors file of numbers: {error}") from None
    weights = _named_weights(networks)
    if arrays.keys() != weights.keys():
        raise ValueError(
            f"{path} holds the arrays {sorted(arrays)}, this agent needs {sorted(weights)}"
        )
    for name, weight in weights.items():
        array = arrays[name]
        if array.shape != tuple(weight.shape) or array.dtype != np.float32:
            raise ValueError(
                f"{path}: {name} is {array.dtype} {array.shape}, "
                f"this agent needs float32 {tuple(weight.shape)}"
            )
        if not np.isfinite(array).all():
            bad = array[~np.isfinite(array)][0]
            raise ValueError(f"{path}: {name} holds {bad}, every weight must be finite")
    for name, weight in weights.items():
        weight.assign(arrays[name])


def _named_weights(networks: dict) -> dict:
    return {
        f"{name}/{layer.name}/{weight.name}": weight
        for name, network in networks.items()
        for layer in network.layers
        for weight in layer.weights
    }
