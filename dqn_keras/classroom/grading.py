"""Grades a weights file that somebody handed in, in a process of its own and within limits.

`load_weights` executes nothing and reads little. Should a file find a hole in it all the same, or
the evaluation run away, it can take neither the machine's memory nor its time.
"""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from dqn_keras.experiments.recipes import find_recipe
from dqn_keras.machinery.arguments import whole_number
from dqn_keras.machinery.compilation import use_one_thread
from dqn_keras.training.evaluation import MAX_EPISODES, evaluate

# An honest evaluation takes 4 seconds and 0.55 GB on two cores; a slower machine takes longer, and
# one with more cores has more threads, whose stacks count. What is limited is data (RLIMIT_DATA):
# of address space TensorFlow reserves 2.9 GB, and more with each thread, without using it.
SECONDS = 120
MEMORY = 4 * 2**30  # bytes


def grade(path, recipe: str, episodes: int = 100) -> np.ndarray:
    """Plays handed-in weights greedily on their recipe's environment.

    Args:
        path: The handed-in file, as `save_weights` writes it.
        recipe: The name of the recipe it was trained with.
        episodes: How many to play.

    Returns:
        [episodes] float, the return of each; the same as `evaluate`'s.

    Raises:
        TypeError, ValueError: The file is refused, `recipe` or `episodes` is out of range, or the
            evaluation took more than its share; the message is one line.
    """
    find_recipe(recipe)
    whole_number("episodes", episodes, maximum=MAX_EPISODES)
    name = repr(str(path))  # whatever it is called, it stays one line
    if Path(path).is_symlink():
        raise ValueError(f"{name} is a symbolic link and may lead anywhere; grade the file itself")
    # -P, and our own folder in its place: a module in the present folder may be handed in, too.
    search = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        child = subprocess.run(
            [
                sys.executable,
                "-P",
                "-m",
                "dqn_keras.classroom.grading",
                str(path),
                recipe,
                str(episodes),
            ],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(search)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"{name} was not evaluated within {SECONDS} s") from None
    if child.returncode != 0:
        last = child.stderr.decode(errors="replace").splitlines()[-1:]
        raise ValueError(
            f"{name} was not evaluated within {SECONDS} s and {MEMORY / 2**30:g} GiB: its process "
            f"ended with code {child.returncode}, {''.join(last)[:200]!r}"
        )
    answer = json.loads(child.stdout.splitlines()[-1])
    if "refused" in answer:
        raise ValueError(answer["refused"])
    return np.array(answer["returns"])


def _answer(path: str, recipe_name: str, episodes: str) -> dict:
    """What the process of its own does."""
    use_one_thread()
    _limit_this_process()
    recipe = find_recipe(recipe_name)
    environment = recipe.environment(0)
    agent = recipe.make_agent(environment, seed=0)
    try:
        agent.load_weights(path)
    except (ValueError, OSError) as error:
        return {"refused": str(error)}
    return {"returns": evaluate(agent, environment, int(episodes)).tolist()}


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # on Windows; the parent's clock is the only limit there
        return
    for limit, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with contextlib.suppress(ValueError):  # it is lower already
            resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    print(json.dumps(_answer(*sys.argv[1:])))
