"""One recipe, many seeds: over processes of this machine, or over a cluster.

A single run of reinforcement learning says little (seed document 001: "repeat the same experiment a
hundred times and average"). Here a hundred runs are one call, and every seed leaves a small result
file, so that an experiment broken off goes on where it was.
"""

import concurrent.futures
import contextlib
import dataclasses
import functools
import json
import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from dqn_keras.experiments.recipes import find_recipe
from dqn_keras.machinery.arguments import LARGEST_INT, whole_number
from dqn_keras.machinery.compilation import use_one_thread
from dqn_keras.machinery.files import write_atomically
from dqn_keras.training import Callback, Run, evaluate, play

EVALUATION_EPISODES = 100
MAX_RUNS = 100_000  # more is a slip of the hand


@dataclasses.dataclass(frozen=True)
class Plan:
    """What each seed of an experiment does.

    Attributes:
        recipe: The recipe's name.
        settings: What differs from the recipe, for an ablation: `{"double": True}`.
        episodes: Exactly so many, without the stop rule; None and no `steps`: as the recipe says.
        steps: Environment steps, without the stop rule; the episode under way is played to its end.
        evaluate_every: Environment steps between two greedy evaluations; None evaluates once, at
            the end.
    """

    recipe: str
    settings: dict = dataclasses.field(default_factory=dict)
    episodes: int | None = None
    steps: int | None = None
    evaluate_every: int | None = None

    def __post_init__(self):
        find_recipe(self.recipe).changed(self.settings)
        for name in ("episodes", "steps", "evaluate_every"):
            if getattr(self, name) is not None:
                whole_number(name, getattr(self, name), maximum=LARGEST_INT)
        if self.episodes is not None and self.steps is not None:
            raise ValueError(
                f"give episodes or steps, not both: got {self.episodes} and {self.steps}"
            )

    @property
    def label(self) -> str:
        """The recipe and its changed settings, such as `"slides_dqn double=True"`."""
        changes = (f"{k}={v}".replace(" ", "") for k, v in sorted(self.settings.items()))
        return " ".join([self.recipe, *changes])

    @property
    def folder(self) -> str:
        """The label and the length, as a folder's name."""
        length = [f"{self.episodes}episodes"] if self.episodes else []
        length += [f"{self.steps}steps"] if self.steps else []
        return "-".join([*self.label.replace("/", "_").split(), *length])


@dataclasses.dataclass(frozen=True)
class Result:
    """What one seed did.

    Attributes:
        seed: The seed.
        scores: [E], of the training episodes.
        steps: Environment steps in all.
        ended_by: `"stop rule"`, `"episodes"` or `"steps"`.
        evaluated_at: [K], the steps after which the agent was evaluated; the last is the end.
        greedy: [K], its mean greedy return there, over 100 episodes.
    """

    seed: int
    scores: list[float]
    steps: int
    ended_by: str
    evaluated_at: list[int]
    greedy: list[float]

    def to_json(self) -> bytes:
        """One line of JSON; the same run gives the same bytes."""
        content = dataclasses.asdict(self)
        for name in ("scores", "greedy"):
            content[name] = [round(value, 4) for value in content[name]]
        return (json.dumps(content, allow_nan=False) + "\n").encode()


def run_seed(plan: Plan, seed: int) -> Result:
    """Trains and evaluates one seed; what a worker does.

    Args:
        plan: What to do.
        seed: Of the agent and the environment.
    """
    with _one_at_a_time:
        agent, environment, test_environment = _made_for(plan.recipe, json.dumps(plan.settings))
        agent.reset(seed)
        environment.reset(seed)
        recipe = find_recipe(plan.recipe)
        fixed = plan.episodes or plan.steps
        run = Run(
            agent,
            environment,
            episodes=plan.episodes if fixed else recipe.episodes,
            stop=None if fixed else recipe.stop,
        )
        measure = _Measure(plan, test_environment, seed)
        play(run, [measure])
        return Result(
            seed, run.scores, int(agent.steps), run.ended_by, measure.evaluated_at, measure.greedy
        )


class _Measure(Callback):
    """Evaluates greedily every so many steps and at the end; ends the run at its steps."""

    def __init__(self, plan: Plan, environment, seed: int):
        self.plan, self.environment, self.seed = plan, environment, seed
        self.evaluated_at, self.greedy = [], []
        self.next = plan.evaluate_every or math.inf

    def on_episode_end(self, episode, logs):
        steps = int(self.run.agent.steps)
        if self.plan.steps and steps >= self.plan.steps:
            self.run.ended_by = "steps"
        if steps >= self.next:
            self._evaluate(steps)
            self.next = steps - steps % self.plan.evaluate_every + self.plan.evaluate_every

    def on_train_end(self):
        steps = int(self.run.agent.steps)
        if self.run.ended_by and steps not in self.evaluated_at:
            self._evaluate(steps)

    def _evaluate(self, steps):
        returns = evaluate(self.run.agent, self.environment, EVALUATION_EPISODES, self.seed)
        self.evaluated_at.append(steps)
        self.greedy.append(float(returns.mean()))


def _begin_worker() -> None:
    """Leaves Ctrl-C to the parent, and ends with it even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


# One agent a worker, reset in place for each seed: its loop is compiled once.
_one_at_a_time = threading.Lock()


@functools.lru_cache(maxsize=2)
def _made_for(recipe_name: str, settings: str):
    with contextlib.suppress(RuntimeError):  # TensorFlow may already be running
        use_one_thread()
    recipe = find_recipe(recipe_name).changed(json.loads(settings))
    environment = recipe.environment(0)
    agent = recipe.make_agent(environment, seed=0)
    return agent, environment, recipe.environment(0)


def run_experiment(
    plan: Plan,
    seeds: Iterable[int],
    out="results",
    workers: int = 2,
    executor: concurrent.futures.Executor | None = None,
    progress: bool = True,
) -> list[Result]:
    """Runs a plan for many seeds, or goes on with them.

    Seeds whose result file is already there are not run again. The numbers do not depend on how
    many workers there are, nor on which of them runs a seed (A3C with several threads excepted).

    Args:
        plan: What each seed does.
        seeds: The seeds.
        out: The folder; results go to `{out}/{plan.folder}/seed_{seed}.json`.
        workers: Processes of this machine, each with one TensorFlow thread.
        executor: Any other `concurrent.futures.Executor`, such as `client.get_executor()` of a
            Dask client: the same code on a cluster. Files are written here, not there.
        progress: Shows a progress bar.

    Returns:
        The results, in the order of `seeds`.

    Raises:
        TypeError, ValueError: A setting is out of its range, a result file of this plan is
            damaged, or the folder holds another plan's; the message names it.
        concurrent.futures.process.BrokenProcessPool: A worker was killed. What was finished is
            saved; the same call goes on with the rest.
    """
    whole_number("workers", workers)
    seeds = [whole_number("seed", seed, minimum=0) for seed in seeds]
    folder = Path(out) / plan.folder
    files = {seed: folder / f"seed_{seed:04d}.json" for seed in seeds}
    results = {seed: _read(file) for seed, file in files.items() if file.exists()}
    missing = [seed for seed in files if seed not in results]
    _note_plan(plan, folder / "plan.json")
    bar = tqdm(total=len(files), initial=len(results), desc=plan.label, disable=not progress)
    with bar, contextlib.ExitStack() as stack:
        if executor is None and missing:
            executor = stack.enter_context(
                concurrent.futures.ProcessPoolExecutor(
                    min(workers, len(missing)),
                    multiprocessing.get_context("spawn"),
                    initializer=_begin_worker,
                )
            )
        futures = [executor.submit(run_seed, plan, seed) for seed in missing]
        try:
            for future in concurrent.futures.as_completed(futures):
                result = future.result()
                write_atomically(files[result.seed], result.to_json())
                results[result.seed] = _read(files[result.seed])
                bar.update()
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return [results[seed] for seed in seeds]


def _note_plan(plan: Plan, file: Path) -> None:
    """Writes down what the folder's results are of; refuses to mix two plans in one folder.

    The folder's name leaves out `evaluate_every`, which changes no run but what is noted of it.
    """
    text = json.dumps(dataclasses.asdict(plan), indent=1) + "\n"
    if not file.exists():
        write_atomically(file, text.encode())
        return
    found = file.read_text()
    with contextlib.suppress(json.JSONDecodeError):
        if json.loads(found) == json.loads(text):
            return
    raise ValueError(
        f"{file.parent} holds the results of another plan, {' '.join(found.split())}; "
        f"choose another folder (--out) for {plan}"
    )


def load_results(folder) -> list[Result]:
    """Reads all results of one plan, in the order of their seeds.

    Args:
        folder: Such as `results/slides_dqn-300episodes`.

    Raises:
        FileNotFoundError: There are none.
    """
    files = sorted(Path(folder).glob("seed_*.json"))
    if not files:
        raise FileNotFoundError(
            f"no results in {folder}; in a clone of the repository benchmarks/results.sh makes them"
        )
    return [_read(file) for file in files]


def _read(file: Path) -> Result:
    try:
        return Result(**json.loads(file.read_text()))
    except (json.JSONDecodeError, TypeError) as error:
        raise ValueError(f"{file} is damaged ({error}); delete it to run its seed again") from None
