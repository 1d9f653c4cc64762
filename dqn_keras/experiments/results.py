"""The results of a plan: one file, the plan in its first line and a seed in each line after it.

A line is written at once or not at all, so that an interrupted experiment loses only the seeds that
were under way, and several processes may add seeds to one file.
"""

import contextlib
import dataclasses
import json
import os
from pathlib import Path

from dqn_keras.machinery.arguments import (
    one_of,
    printable,
    real_number,
    short_repr,
    whole_number,
)
from dqn_keras.machinery.files import names_file


@dataclasses.dataclass(frozen=True)
class Result:
    """What one seed did."""

    seed: int
    scores: list[float]  # [E], of the training episodes
    steps: int  # of the environment, in all
    ended_by: str  # "stop rule", "episodes" or "steps"
    evaluated_at: list[int]  # [K], the steps after which it was evaluated; the last is the end
    greedy: list[float]  # [K], the mean greedy return there, over 100 episodes

    def to_json(self) -> bytes:
        """One line of JSON; the same run gives the same bytes."""
        content = dataclasses.asdict(self)
        for name in ("scores", "greedy"):
            content[name] = [_short(value) for value in content[name]]
        return (json.dumps(content, allow_nan=False, separators=(",", ":")) + "\n").encode()

    @classmethod
    def from_json(cls, line: bytes) -> "Result":
        """A result from its line, if it is a whole and sound one."""
        content = json.loads(line)
        names = [field.name for field in dataclasses.fields(cls)]
        if not isinstance(content, dict) or sorted(content) != sorted(names):
            raise ValueError(f"must hold {', '.join(names)}, got {short_repr(content)}")
        whole_number("seed", content["seed"], minimum=0)
        whole_number("steps", content["steps"])
        one_of("ended_by", content["ended_by"], ("stop rule", "episodes", "steps"))
        kinds = {"scores": real_number, "evaluated_at": whole_number, "greedy": real_number}
        for name, number in kinds.items():
            if not isinstance(content[name], list) or not content[name]:
                raise TypeError(
                    f"{name} must be a list of numbers, got {short_repr(content[name])}"
                )
            for value in content[name]:
                number(name, value)
        sizes = len(content["evaluated_at"]), len(content["greedy"])
        if sizes[0] != sizes[1]:
            raise ValueError(f"evaluated_at holds {sizes[0]} numbers, greedy {sizes[1]}")
        return cls(**content)


def _short(value: float) -> float:
    """Rounded to four places; whole numbers without `.0`, which halves the files."""
    value = round(float(value), 4)
    return int(value) if value.is_integer() else value


def read_results(path: Path) -> tuple[dict | None, dict[int, Result]]:
    """Reads the plan's fields and the results by seed, in order, from a file of results.

    What follows the last newline is a line that was never finished, and is ignored. Without any
    finished line the plan is None.

    Raises:
        ValueError: A line is damaged, or repeats a seed; the message names file and line.
    """
    lines, shown = path.read_bytes().split(b"\n")[:-1], printable(str(path))
    if not lines:
        return None, {}
    try:
        plan = json.loads(lines[0])
    except (ValueError, RecursionError):
        plan = None
    if not isinstance(plan, dict) or "recipe" not in plan:
        raise ValueError(f"{shown}, line 1, must be a plan, got {short_repr(lines[0])}")
    results, found_in = {}, {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            result = Result.from_json(line)
        except (ValueError, TypeError, RecursionError) as error:
            why = getattr(error, "msg", error)  # JSON counts lines of its own
            raise ValueError(
                f"{shown}, line {number}, is damaged ({why}); delete the line to run its seed again"
            ) from None
        if result.seed in results:
            raise ValueError(
                f"{shown}, line {number}, holds seed {result.seed}, "
                f"as does line {found_in[result.seed]}; delete one of the two lines"
            )
        results[result.seed], found_in[result.seed] = result, number
    return plan, dict(sorted(results.items()))


def append_line(path: Path, plan: bytes, line: bytes = b"") -> None:
    """Appends a seed's line, if any, to a file of results, which begins with the plan's line.

    Other processes may do the same at the same time. An unfinished last line, which a killed
    process has left, is overwritten.

    Raises:
        OSError: The file cannot be written; it is left as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with names_file(path), open(path, "ab+", buffering=0) as file:  # "a": writes go to the end
        _lock(file)
        end = _drop_rest(file)
        line = line if end else plan + line
        try:
            while line:
                line = line[file.write(line) :]
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(end)
            if end == 0:
                path.unlink(missing_ok=True)
            raise


def _lock(file) -> None:
    """Waits until no other process writes; closing the file releases the lock."""
    with contextlib.suppress(ImportError, OSError):  # no locks on Windows and some clusters' disks
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _drop_rest(file) -> int:
    """Drops what follows the last newline; returns the number of bytes kept."""
    end = file.seek(0, os.SEEK_END)
    if end:
        file.seek(end - 1)
        if file.read(1) != b"\n":
            file.seek(0)
            end = file.truncate(file.read().rfind(b"\n") + 1)
    return end


def load_results(name: str, folder=None) -> list[Result]:
    """Loads all results of one plan, in the order of their seeds.

    Args:
        name: The plan's `file_name`, such as `"slides_dqn-300episodes"`.
        folder: Where the file is. None looks in `results/` of the working directory, of those
            above it, of the repository that the package was imported from, and in the package.

    Raises:
        FileNotFoundError: There are none; the message says what makes them.
        ValueError: A line is damaged.
    """
    if folder is not None:
        files, where = [Path(folder) / f"{name}.jsonl"], folder
    else:
        files = _in_repository(f"results/{name}.jsonl")
        where = f"a folder results of {Path.cwd()}, above it or beside the package"
    for file in files:
        if file.exists() and (results := read_results(file)[1]):
            return list(results.values())
    raise FileNotFoundError(
        f"no results {printable(f'{name}.jsonl in {where}')}; "
        "python -m dqn_keras experiment makes such files, and in a clone of the repository "
        "benchmarks/results.sh makes those of the lessons"
    )


def published_weights(name: str) -> Path:
    """Finds a trained agent's weights that come with the course, where `load_results` looks.

    Args:
        name: Of the file, such as `"minatar_dqn"`. A clone has one for each recipe, an installed
            package those that a lesson shows.

    Raises:
        FileNotFoundError: There are none of that name.
    """
    for file in _in_repository(f"save_model/published/{name}.safetensors"):
        if file.exists():
            return file
    raise FileNotFoundError(
        f"no weights {printable(f'save_model/published/{name}.safetensors in {Path.cwd()}')}, "
        "above it or beside the package; python -m dqn_keras train makes an agent of your own"
    )


def _in_repository(path: str) -> list[Path]:
    """Where a file of the repository may be: above here, beside the package, in the package."""
    here, package = Path.cwd(), Path(__file__).parents[1]
    places = here, *here.parents, package.parent, package / "course"
    return [place / path for place in places]
