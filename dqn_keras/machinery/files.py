"""Files that are written whole or not at all, and weights as plain named arrays."""

import contextlib
import errno
import json
import math
import os
import stat
import tempfile
from pathlib import Path

import lazy_loader
import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from dqn_keras.machinery.arguments import printable, short_repr

tf = lazy_loader.load("tensorflow")  # most of this does without it

# A weights file's header has a line for each array: its name, type, shape and offset, about 100
# bytes. So much of it is read, and no more.
HEADER_BYTES = 1000


def write_atomically(path, data: bytes) -> Path:
    """Writes `data` to `path` so that a reader sees the old file or the new one, never a part.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and take the
    file's place in one step. A missing folder is made.

    Returns:
        The path written.

    Raises:
        OSError: The folder or the file cannot be written; what was there before stays whole.
    """
    path = Path(path)
    write_together({path: data})
    return path


def write_together(contents: dict) -> None:
    """Writes several files as `write_atomically` writes one: paths to bytes, all of them or none.

    All bytes are on the disk before the first file takes its place.
    """
    temporaries = {}
    try:
        for path, data in contents.items():
            path = Path(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, temporaries[path] = tempfile.mkstemp(
                dir=path.parent, prefix=f".{path.name}."
            )
            with names_file(path), os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            umask = os.umask(0)
            os.umask(umask)
            # mkstemp's 0600 would hide the file from a class
            os.chmod(temporaries[path], 0o666 & ~umask)
        for path in temporaries:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        for path, temporary in temporaries.items():
            os.replace(temporary, path)
    except BaseException:
        for temporary in temporaries.values():
            Path(temporary).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def names_file(path):
    """Within, an OSError says which file: "No space left on device" alone does not."""
    try:
        yield
    except OSError as error:
        if error.errno and not error.filename:
            error.filename = str(path)
        raise


@contextlib.contextmanager
def tensorflow_writes(what: str):
    """Within, TensorFlow's own errors become OSErrors of one line: "cannot …"."""
    try:
        yield
    except (tf.errors.OpError, UnicodeError) as error:  # a path that is no UTF-8
        why = " ".join(str(getattr(error, "message", error)).split())
        raise OSError(printable(f"cannot {what}: {why}")) from None


def weights_as_bytes(networks: dict, metadata: dict[str, str]) -> bytes:
    """The weights of some networks as one safetensors file: named arrays, no code.

    Networks are given by name; an array is called `"{name}/{layer}/{variable}"`. The metadata, a
    few words, are for who finds the file; `load_weights` does not look at them.
    """
    arrays = {name: np.asarray(weight) for name, weight in _named_weights(networks).items()}
    content = save(arrays)
    # save(arrays, metadata) would write them in another order each time.
    end = 8 + int.from_bytes(content[:8], "little")
    header = {"__metadata__": metadata, **json.loads(content[8:end])}
    header = json.dumps(header, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    return len(header).to_bytes(8, "little") + header + content[end:]


def load_weights(path, networks: dict) -> None:
    """Loads a file of `weights_as_bytes` into networks of the same names and architecture.

    The file may be an untrusted one. How much of it is read depends on the networks alone, nothing
    in it is executed, and everything is checked before the first weight is changed.

    Raises:
        OSError: There is no such file (`FileNotFoundError`), or it cannot be read.
        ValueError: The file is too large or torn, holds other names, shapes or types, or a value
            that is not finite.
    """
    if not isinstance(path, (str, os.PathLike)):  # True would be a file that is open already
        raise TypeError(f"path must be the path of a file, got {short_repr(path)}")
    weights = _named_weights(networks)
    content = _read(path, sum(HEADER_BYTES + 4 * math.prod(w.shape) for w in weights.values()))
    try:
        arrays = load(content)
    except KeyError as error:
        raise _refusal(path, f"holds numbers of type {error}, weights are 'F32'") from None
    except (SafetensorError, ValueError) as error:  # ValueError: a shape that NumPy cannot have
        raise _refusal(path, f"is not a whole safetensors file of numbers: {error}") from None
    if arrays.keys() != weights.keys():
        needed = f"must hold the arrays {sorted(weights)} for this agent"
        raise _refusal(path, f"{needed}, it holds {sorted(arrays)}")
    for name, weight in weights.items():
        array = arrays[name]
        if array.shape != tuple(weight.shape) or array.dtype != np.float32:
            needed = f"this agent needs float32 {tuple(weight.shape)}"
            raise _refusal(path, f"holds {array.dtype} {array.shape} as {name}, {needed}")
        if not np.isfinite(array).all():
            bad = array[~np.isfinite(array)][0]
            raise _refusal(path, f"holds {bad} in {name}, every weight must be finite")
    for name, weight in weights.items():
        weight.assign(arrays[name])


def _read(path, most: int) -> bytes:
    def without_waiting(name, flags):  # opening a named pipe would block
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    try:
        with open(path, "rb", opener=without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _refusal(path, "is not a file but a pipe or a device")
            if status.st_size > most:
                limit = f"the weights of this agent at most {most:,}"
                raise _refusal(path, f"has {status.st_size:,} bytes, {limit}")
            return file.read(most)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        why = "is no weights file; train and save an agent first"
        raise _refusal(path, why, FileNotFoundError) from None


def _refusal(path, why: str, kind: type[Exception] = ValueError) -> Exception:
    """An error of one short line, whatever the file is called and holds."""
    return kind(printable(f"{path} {why if len(why) <= 500 else why[:500] + ' …'}"))


def _named_weights(networks: dict) -> dict:
    return {
        f"{name}/{layer.name}/{weight.name}": weight
        for name, network in networks.items()
        for layer in network.layers
        for weight in layer.weights
    }
