"""Grades weights files that somebody handed in, in processes of their own and within limits.

`load_weights` executes nothing and reads little. Should a file find a hole in it all the same, or
an evaluation run away, it can take neither the machine's memory nor its time.
"""

import concurrent.futures
import contextlib
import dataclasses
import hashlib
import json
import math
import os
import queue
import secrets
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from tqdm import tqdm

from dqn_keras.experiments.recipes import find_recipe
from dqn_keras.machinery.arguments import printable, whole_number
from dqn_keras.machinery.compilation import use_one_thread
from dqn_keras.training.evaluation import evaluate

# An honest evaluation takes 4 seconds and 0.55 GB on two cores; a slower machine takes longer, and
# one with more cores has more threads, whose stacks count. What is limited is data (RLIMIT_DATA):
# of address space TensorFlow reserves 2.9 GB, and more with each thread, without using it.
SECONDS = 120  # for one file, both of its processor and on the clock
MEMORY = 4 * 2**30  # bytes
WORKERS = min(os.cpu_count() or 1, 4)
MAX_EPISODES = 10_000  # the interval of the mean is then narrower than anybody's marks


@dataclasses.dataclass(frozen=True)
class Graded:
    """What became of one file of a folder.

    Attributes:
        name: The file's, as the folder has it: it may hold anything.
        returns: [episodes] float, the return of each; None if the file was refused.
        refused: Why, such as "is a symbolic link"; one line.
    """

    name: str
    returns: np.ndarray | None = None
    refused: str = ""


def grade(path, recipe: str, episodes: int = 100, seed: int | None = None) -> np.ndarray:
    """Plays handed-in weights greedily on their recipe's environment.

    Args:
        path: The handed-in file, as `save_weights` writes it. No part of the path may be a
            symbolic link, since a whole folder may have been handed in.
        recipe: The name of the recipe it was trained with.
        episodes: How many to play.
        seed: Fixes how they begin. None takes a fresh one, so that nobody can have picked the
            weights that are lucky with it.

    Returns:
        [episodes] float, the return of each; the same as `evaluate`'s.

    Raises:
        TypeError, ValueError: The file is refused, an argument is out of range, or the
            evaluation took more than its share; the message is one line.
    """
    task = _checked_task(recipe, episodes, seed)
    path = Path(path)
    for part in (path, *path.parents):
        if part.is_symlink():
            raise ValueError(
                f"{str(path)!r} is refused: {str(part)!r} is a symbolic link and may lead "
                f"anywhere; if it is yours, grade {os.path.realpath(path)!r}"
            )
    why = _why_not_alone(path)
    if why:
        raise ValueError(f"{str(path)!r} {why}")
    with contextlib.closing(_Worker()) as worker:
        answer = worker.ask({**task, "path": str(path)})
    if "refused" in answer:
        raise ValueError(f"{str(path)!r} {printable(answer['refused'])}")
    return np.array(answer["returns"])


def grade_folder(
    folder, recipe: str, episodes: int = 100, seed: int | None = None, progress: bool = True
) -> list[Graded]:
    """Grades each file in a folder as `grade` does; all of them play the same episodes.

    The worker processes start TensorFlow once, and give each file an agent of its own. One that
    a file ends, or that exceeds its limits, is replaced.

    Args:
        folder: Where the files are, which it may be a link to. What lies in its folders is not
            graded, hidden files are left out.
        recipe: The name of the recipe they were trained with.
        episodes: How many each plays.
        seed: Fixes how they begin; None takes a fresh one.
        progress: Shows a progress bar.

    Returns:
        One for each file, sorted by name.

    Raises:
        TypeError, ValueError: An argument is out of range, or the folder holds no weights file.
        OSError: The folder cannot be read.
    """
    task = _checked_task(recipe, episodes, seed)
    paths = sorted(path for path in Path(folder).iterdir() if not path.name.startswith("."))
    if not any(_is_called_weights(path) for path in paths):
        raise ValueError(f"{str(folder)!r} holds no .safetensors file")
    idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
    workers = [_Worker() for _ in range(min(WORKERS, len(paths)))]
    for worker in workers:
        idle.put(worker)

    def graded(path: Path) -> Graded:
        why = _why_not_in_folder(path)
        if why:
            return Graded(path.name, refused=why)
        worker = idle.get()
        try:
            answer = worker.ask({**task, "path": str(path)})
        finally:
            idle.put(worker)
        if "refused" in answer:
            return Graded(path.name, refused=answer["refused"])
        return Graded(path.name, np.array(answer["returns"]))

    try:
        with concurrent.futures.ThreadPoolExecutor(len(workers)) as threads:
            try:
                rows = threads.map(graded, paths)
                return list(tqdm(rows, "grading", len(paths), unit="file", disable=not progress))
            except BaseException:  # Ctrl-C: no further file, and not this one to its end
                threads.shutdown(wait=False, cancel_futures=True)
                for worker in workers:
                    worker.stop()
                raise
    finally:
        for worker in workers:
            worker.close()


def fresh_seed() -> int:
    """A seed that nobody can know beforehand."""
    return secrets.randbits(31)


def seed_from_secret(secret: str) -> int:
    """The seed that belongs to a teacher's secret: always the same, and no way leads back.

    Args:
        secret: A text that cannot be guessed; whoever tries every word of a dictionary finds
            one of them.

    Raises:
        ValueError: It is empty.
    """
    if not secret:
        raise ValueError("the secret must not be empty")
    digest = hashlib.sha256(secret.encode(errors="surrogateescape")).digest()
    return int.from_bytes(digest[:8], "big")


def _checked_task(recipe: str, episodes: int, seed: int | None) -> dict:
    """What is the same for all files, as a worker is asked for it."""
    find_recipe(recipe)
    whole_number("episodes", episodes, maximum=MAX_EPISODES)
    seed = fresh_seed() if seed is None else whole_number("seed", seed, minimum=0)
    return {"recipe": recipe, "episodes": int(episodes), "seed": seed}


def _is_called_weights(path: Path) -> bool:
    return path.suffix.lower() == ".safetensors"


def _why_not_in_folder(path: Path) -> str:
    if path.is_symlink():
        return "is a symbolic link and may lead anywhere"
    if path.is_dir():
        return "is a folder; what lies in it is not graded"
    if not _is_called_weights(path):
        return "is not a weights file (.safetensors)"
    return _why_not_alone(path)


def _why_not_alone(path: Path) -> str:
    """A hard link is somebody else's file under another name."""
    with contextlib.suppress(OSError):  # whoever opens it will say what is wrong
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
            return f"is one of {status.st_nlink} hard links to the same file; hand in a copy"
    return ""


class _Worker:
    """A process that grades one file after the other; begun when it is needed."""

    def __init__(self):
        self.process = None
        self.stopped = False

    def ask(self, task: dict) -> dict:
        """Has one file graded. Whatever happens to the process, this gives an answer."""
        if self.process is not None:
            answer = self._ask(task)
            if answer is not None:
                return answer
        if self.stopped:
            return {"refused": "was not evaluated: grading was broken off"}
        # What fails does so in a process that has seen no other file: it is not another's fault.
        self._begin()
        return self._ask(task) or {"refused": self.last_words}

    def stop(self) -> None:
        """Breaks off what it does, from another thread; it begins nothing more."""
        self.stopped = True
        self._kill()

    def close(self) -> None:
        """Ends the process."""
        self._kill()
        if self.process is not None:
            self._end()

    def _kill(self) -> None:
        process = self.process  # it may end in another thread meanwhile
        if process is not None:
            process.kill()

    def _begin(self) -> None:
        # -P, and our own folder in its place: a module in the present folder may be handed in, too.
        search = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115, _end closes it
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dqn_keras.classroom.grading"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(search)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
        )

    def _ask(self, task: dict) -> dict | None:
        """The answer; None if there was none, and then no process any more."""
        too_late = threading.Event()

        def ring():
            too_late.set()
            self._kill()

        clock = threading.Timer(SECONDS, ring)
        clock.start()
        with contextlib.suppress(OSError):  # it ended before it was asked
            self.process.stdin.write(json.dumps(task).encode() + b"\n")
            self.process.stdin.flush()
        # No honest answer is longer: a number has at most 24 characters.
        line = self.process.stdout.readline(10_000 + 30 * task["episodes"])
        clock.cancel()
        clock.join()
        answered = line.endswith(b"\n")
        if too_late.is_set() or not answered:
            code, reason = self._end()
            self.last_words = f"was not evaluated within {SECONDS} s"
            if not too_late.is_set():
                self.last_words += (
                    f" and {MEMORY / 2**30:g} GiB: its process ended with code {code}, "
                    f"{reason[:200]!r}"
                )
        return json.loads(line) if answered else None

    def _end(self) -> tuple[int, str]:
        """The exit code, and the last line that it wrote to standard error."""
        process, self.process = self.process, None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)  # one that dies by itself has more to say than one that is killed
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # what was not written will not be read
                pipe.close()
        with self.errors as errors:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - 10_000))
            lines = errors.read().decode(errors="replace").splitlines()
        return process.returncode, "".join(lines[-1:])


def _answer(path: str, recipe: str, episodes: int, seed: int) -> dict:
    """What a worker does with one file."""
    found = find_recipe(recipe)
    environment = found.environment(0)
    agent = found.make_agent(environment, seed=0)  # its graph is there from the second file on
    try:
        agent.load_weights(path)
    except (ValueError, OSError) as error:
        why = getattr(error, "strerror", None)
        why = f"cannot be read: {why}" if why else str(error)
        return {"refused": why.removeprefix(printable(path)).strip()}
    return {"returns": evaluate(agent, environment, episodes, seed).tolist()}


def _work() -> None:
    """Answers each line on standard input with one on standard output, both JSON."""
    use_one_thread()
    _limit_memory()
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # nothing else may write between the answers
        for line in sys.stdin.buffer:
            _limit_time()
            answers.write(json.dumps(_answer(**json.loads(line))).encode() + b"\n")
            answers.flush()


def _limit_memory() -> None:
    _limit("RLIMIT_DATA", MEMORY, MEMORY)


def _limit_time() -> None:
    """For the file to come, so many seconds more than were used for those before."""
    _limit("RLIMIT_CPU", math.ceil(time.process_time() + SECONDS))


def _limit(name: str, most: int, for_good: int | None = None) -> None:
    try:
        import resource
    except ImportError:  # on Windows; the parent's clock is the only limit there
        return
    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    with contextlib.suppress(ValueError):  # it is lower already
        resource.setrlimit(kind, (most, hard if for_good is None else for_good))


if __name__ == "__main__":
    _work()
