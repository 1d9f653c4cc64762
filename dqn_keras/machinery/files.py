"""Files that are written whole or not at all, and weights as plain named arrays."""

import math
import os
import stat
import tempfile
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

# A weights file's header has a line for each array: its name, type, shape and place, about 100
# bytes. So much of it is read, and no more.
HEADER_BYTES = 1000


def write_atomically(path, data: bytes) -> Path:
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
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno and not error.filename:
            error.filename = str(path)  # "No space left on device" alone does not say where
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
    return write_atomically(path, save(arrays))


def load_weights(path, networks: dict) -> None:
    """Loads weights saved by `save_weights` into networks of the same architecture.

    The file may be a stranger's. How much of it is read depends on the networks alone, nothing in
    it is executed, and everything is checked before the first weight is changed.

    Args:
        path: The safetensors file.
        networks: Name to Keras model, as at saving.

    Raises:
        OSError: There is no such file (`FileNotFoundError`), or it cannot be read.
        ValueError: The file is too large or torn, holds other names, shapes or types, or a value
            that is not finite.
    """
    weights = _named_weights(networks)
    content = _read(path, sum(HEADER_BYTES + 4 * math.prod(w.shape) for w in weights.values()))
    try:
        arrays = load(content)
    except KeyError as error:
        why = f"holds numbers of type {error}, weights are 'F32'"
        raise ValueError(_one_line(path, why)) from None
    except (SafetensorError, ValueError) as error:  # ValueError: a shape that NumPy cannot have
        why = f"is not a whole safetensors file of numbers: {error}"
        raise ValueError(_one_line(path, why)) from None
    if arrays.keys() != weights.keys():
        why = f"must hold the arrays {sorted(weights)} for this agent, it holds {sorted(arrays)}"
        raise ValueError(_one_line(path, why))
    for name, weight in weights.items():
        array = arrays[name]
        if array.shape != tuple(weight.shape) or array.dtype != np.float32:
            needed = f"this agent needs float32 {tuple(weight.shape)}"
            why = f"holds {array.dtype} {array.shape} as {name}, {needed}"
            raise ValueError(_one_line(path, why))
        if not np.isfinite(array).all():
            bad = array[~np.isfinite(array)][0]
            why = f"holds {bad} in {name}, every weight must be finite"
            raise ValueError(_one_line(path, why))
    for name, weight in weights.items():
        weight.assign(arrays[name])


def printable(text: str) -> str:
    """The text with line ends, colour codes and all else that is not to be seen written out."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _read(path, most: int) -> bytes:
    def without_waiting(name, flags):  # a named pipe would let us wait for its writer for ever
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    try:
        with open(path, "rb", opener=without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ValueError(_one_line(path, "is not a file but a pipe or a device"))
            if status.st_size > most:
                why = (
                    f"has {status.st_size:,} bytes, this agent's weights have at most {most:,}: "
                    "it is another agent's, or no weights file"
                )
                raise ValueError(_one_line(path, why))
            return file.read(most)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        why = "is no weights file; train and save an agent first"
        raise FileNotFoundError(_one_line(path, why)) from None


def _one_line(path, why: str) -> str:
    """What is wrong with a file, in one short line whatever the file is called and holds."""
    return printable(f"{path} {why if len(why) <= 500 else why[:500] + ' …'}")


def _named_weights(networks: dict) -> dict:
    return {
        f"{name}/{layer.name}/{weight.name}": weight
        for name, network in networks.items()
        for layer in network.layers
        for weight in layer.weights
    }
