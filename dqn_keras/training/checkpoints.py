"""Exact resume: all that changes in a run, in TensorFlow's own checkpoints.

Because every piece of changing state lives in a `tf.Variable`, a run that was interrupted resumes
as if it had not been: the same weights, memory, counters and random numbers, to the last bit.
"""

import contextlib
import json
import os
import re
import shutil
import warnings
from pathlib import Path

import filelock
import tensorflow as tf

from dqn_keras.machinery.arguments import printable, short_repr
from dqn_keras.machinery.files import tensorflow_writes
from dqn_keras.machinery.variables import variables_of
from dqn_keras.training.history import versions

LOCK = ".lock"
# TensorFlow's files of a checkpoint, and what they are called while it writes them.
OURS = re.compile(r"(ckpt-\d+)\.(?:index|data-\d{5}-of-\d{5})(\.tempstate\d+)?")
UNFINISHED_LIST = re.compile(r"checkpoint\.tmp[0-9a-f]{32}")


class _Text(tf.train.experimental.PythonState):
    """A text inside a checkpoint, so that it is whole when the variables are."""

    def __init__(self):
        self.text = ""

    def serialize(self):
        return self.text

    def deserialize(self, text):
        self.text = text.decode()


class Checkpoints:
    """The last two checkpoints of one training run, in a folder of its own.

    They are for resuming one's own runs; to share what was learned, share the weights.

    Args:
        folder: Made if it is missing. One run at a time may use it.
        agent: The agent to save and to restore.
        environment: The environment it trains in. In-graph ones are saved whole. Of a Gymnasium
            environment its random generator is, which is enough for those that draw everything
            again at `reset`, as CartPole; what else an environment or a wrapper remembers from
            one episode to the next (a running mean of observations, say) cannot be saved.
    """

    def __init__(self, folder, agent, environment):
        self.folder = Path(folder)
        self.shown = printable(str(folder))  # as messages name it
        if pattern := set(str(folder)) & set("*?[" if os.name == "nt" else "*?[\\"):
            raise ValueError(
                f"a folder of checkpoints may have no {' or '.join(sorted(pattern))} in its path, "
                f"which TensorFlow takes for a pattern: {self.shown}; choose another folder"
            )
        self.agent = agent
        self.environment = environment
        self._notes = _Text()
        self._variables = variables_of(agent, environment)
        self._checkpoint = tf.train.Checkpoint(variables=self._variables, notes=self._notes)
        self._lock = filelock.FileLock(self.folder / LOCK)
        with tensorflow_writes(f"make checkpoints in {self.folder}"):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._check_list()
            self._manager = tf.train.CheckpointManager(self._checkpoint, folder, max_to_keep=2)

    def _check_list(self) -> None:
        """Raises if the folder's list names files elsewhere: the next saves would remove them."""
        listed = tf.train.get_checkpoint_state(str(self.folder))
        for path in listed.all_model_checkpoint_paths if listed else ():
            here = Path(path).parent.resolve() == self.folder.resolve()
            if not here or not re.fullmatch(r"ckpt-\d+", Path(path).name):
                raise ValueError(
                    f"the list in {self.shown} names {short_repr(path)}, which is no "
                    "checkpoint of that folder; choose another folder"
                )

    def lock(self) -> None:
        """Keeps other processes from this folder until `unlock` or the process's end.

        Raises:
            OSError: Another process has it.
        """
        try:
            self._lock.acquire(timeout=0)
        except filelock.Timeout:
            raise OSError(
                f"another run uses the checkpoints in {self.shown}; choose another folder"
            ) from None

    def unlock(self) -> None:
        """Lets other processes have it."""
        self._lock.release()

    def save(self, scores: list[float], seconds: float, kept: dict) -> None:
        """Saves everything; the older one of two goes once the new one is whole.

        Args:
            scores: Of the episodes so far.
            seconds: The run has taken so far.
            kept: The run's notes, in plain values that JSON takes.

        Raises:
            OSError: The folder cannot be written; the checkpoints before stay whole.
        """
        run, random = self._run(), self.environment.random_state()
        notes = {"run": run, "scores": scores, "seconds": seconds, "random": random}
        notes |= {"kept": kept, "versions": versions()}
        self._notes.text = json.dumps(notes)
        with tensorflow_writes(f"save a checkpoint in {self.folder}"):
            with self.agent.paused():
                self._manager.save(checkpoint_number=len(scores))
            self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        """Removes what a process that was killed while saving has left behind."""
        kept = {Path(path).name for path in self._manager.checkpoints}
        for path in self.folder.iterdir():
            ours = OURS.fullmatch(path.name)
            if path.is_dir() and re.fullmatch(r"ckpt-\d+_temp", path.name):
                shutil.rmtree(path)
            elif ours and (ours[1] not in kept or ours[2]) or UNFINISHED_LIST.fullmatch(path.name):
                path.unlink()

    def restore(self) -> tuple[list[float], float, dict]:
        """Goes back to the newest checkpoint that is whole.

        Returns:
            What `save` was given: nothing and 0 if there is no checkpoint, or only the beginning
            of the first, cut off while it was written.

        Raises:
            ValueError: The folder holds another run's checkpoints, or only torn ones. Agent and
                environment are left as they were.
        """
        files = [f for f in self.folder.glob("ckpt-*.index") if OURS.fullmatch(f.name)]
        files.sort(key=lambda file: int(file.stem[5:]))
        for file in reversed(files):
            path = str(file.with_suffix(""))
            try:
                notes, values = _read_all(path)
            except (tf.errors.OpError, ValueError, KeyError, IndexError):
                continue  # torn; the one before was not touched
            if notes["run"] != self._run():
                raise ValueError(
                    f"{self.shown} holds checkpoints of another run: "
                    f"{differences(notes['run'], self._run())}; choose another folder"
                )
            if [value.shape for value in values] != [v.shape for v in self._variables]:
                raise ValueError(
                    f"{self.shown} holds checkpoints of another version of dqn_keras; "
                    "choose another folder"
                )
            if others := differences(notes.get("versions", {}), versions()):
                warnings.warn(
                    f"{self.shown} was written with other versions ({others}): the run goes on, "
                    "but its numbers may differ from those of one run without a break",
                    stacklevel=5,
                )
            for variable, value in zip(self._variables, values, strict=True):
                variable.assign(value)
            self.environment.set_random_state(notes["random"])
            return notes["scores"], notes["seconds"], notes.get("kept", {})
        if files and (self.folder / "checkpoint").exists():  # TensorFlow's list of whole ones
            raise ValueError(
                f"no checkpoint in {self.shown} is whole; delete the folder to begin anew"
            )
        return [], 0.0, {}

    def _run(self) -> dict:
        """All that must be equal for two runs to be the same, as JSON gives it back."""
        agent, environment = self.agent, self.environment
        run = {"agent": agent.name, "seed": agent.seed, **agent.get_config()}
        settings = {name: getattr(environment, name) for name in ("name", "max_steps", "seed")}
        for name, value in vars(environment).items():  # such as the grid's step_penalty
            if isinstance(value, (bool, int, float, str)) and not name.startswith("_"):
                settings[name] = value
        for name, value in settings.items():  # REINFORCE has a max_steps of its own
            run[f"environment's {name}"] = value
        return json.loads(json.dumps(run, default=lambda value: value.item()))  # NumPy numbers


def _read_all(path: str) -> tuple[dict, list]:
    """Reads every byte of a checkpoint, which compares its checksums: notes and variables."""
    reader = tf.train.load_checkpoint(path)
    values = {name: reader.get_tensor(name) for name in reader.get_variable_to_dtype_map()}
    (notes,) = (value for name, value in values.items() if name.startswith("notes/"))
    names = sorted(
        (name for name in values if name.startswith("variables/")),
        key=lambda name: int(name.split("/")[1]),
    )
    return json.loads(notes), [values[name] for name in names]


def remove_checkpoints(folder: Path) -> None:
    """Removes a folder of checkpoints, but for what somebody else has put there."""
    with contextlib.suppress(OSError):  # on a cluster it may be elsewhere
        for path in folder.iterdir():
            if OURS.fullmatch(path.name) or path.name in ("checkpoint", LOCK):
                path.unlink()
        folder.rmdir()


def differences(found: dict, wanted: dict) -> str:
    """In which names two dictionaries differ, in words; nothing if they are equal."""
    names = [name for name in {**found, **wanted} if found.get(name) != wanted.get(name)]
    return ", ".join(
        f"{printable(name)} {short_repr(found.get(name))} there, "
        f"{short_repr(wanted.get(name))} here"
        for name in names
    )
