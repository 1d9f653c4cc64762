"""One recipe, many seeds: over processes of this machine, or over a cluster.

A single run of reinforcement learning says little (document 001: "repeat the same experiment a
hundred times and average"). Here a hundred runs are one call, and every seed leaves a line in the
plan's file of results, so that an interrupted experiment resumes.
"""

import concurrent.futures
import contextlib
import dataclasses
import functools
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from dqn_keras.experiments.recipes import find_recipe
from dqn_keras.experiments.results import Result, append_line, read_results
from dqn_keras.machinery.arguments import LARGEST_INT, printable, whole_number
from dqn_keras.machinery.compilation import use_one_thread
from dqn_keras.training import Callback, Checkpoints, Run, SaveCheckpoints, evaluate, play
from dqn_keras.training.checkpoints import differences, remove_checkpoints
from dqn_keras.training.history import versions

EVALUATION_EPISODES = 100
MAX_RUNS = 100_000  # more is a mistake


@dataclasses.dataclass(frozen=True)
class Plan:
    """What each seed of an experiment does."""

    recipe: str
    settings: dict = dataclasses.field(default_factory=dict)  # changes to it, for an ablation
    episodes: int | None = None  # exactly so many, without the stop rule, if given
    steps: int | None = None  # of the environment, likewise; the last episode is completed
    evaluate_every: int | None = None  # steps between greedy evaluations, besides at the end

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
        # A list of sizes is the same plan as a tuple, and "[" is none for a folder of checkpoints.
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in self.settings.items()}
        changes = (f"{k}={v}".replace(" ", "") for k, v in sorted(values.items()))
        return " ".join([self.recipe, *changes])

    @property
    def file_name(self) -> str:
        """The label and the length, as the name of the file of results, without `.jsonl`."""
        length = [f"{self.episodes}episodes"] if self.episodes else []
        length += [f"{self.steps}steps"] if self.steps else []
        return "-".join([*self.label.replace("/", "_").split(), *length])


def run_seed(plan: Plan, seed: int, checkpoint_dir=None) -> Result:
    """Trains and evaluates one seed of agent and environment; what a worker does.

    With a folder it resumes there what was broken off, and leaves the trained weights.
    """
    with _run_lock:
        agent, environment, test_environment = _build(plan.recipe, json.dumps(plan.settings))
        agent.reset(seed)
        environment.reset(seed)
        recipe = find_recipe(plan.recipe)
        if plan.episodes or plan.steps:
            run = Run(agent, environment, plan.episodes, steps=plan.steps)
        else:
            run = Run(agent, environment, recipe.episodes, recipe.stop)
        callbacks: list[Callback] = [_Measure(plan, test_environment, seed)]
        if checkpoint_dir is not None:
            folder = _seed_folder(plan, seed, checkpoint_dir)
            checkpoints = Checkpoints(folder, agent, environment)
            callbacks.append(SaveCheckpoints(checkpoints, every=LARGEST_INT))  # by the clock alone
        play(run, callbacks)
        if checkpoint_dir is not None:
            agent.save_weights(folder.with_suffix(".safetensors"))
        return Result(seed, run.scores, int(agent.steps), run.ended_by, **run.notes)


def _run_alike(wanted: dict, plan: Plan, seed: int, *place) -> Result:
    """Does `run_seed` in a worker that has the same versions as who asks for it.

    Raises:
        RuntimeError: It has others, whose numbers would differ.
    """
    if others := differences(versions(), wanted):
        raise RuntimeError(
            f"a worker has other versions ({others}), which may give other numbers; "
            "install the same everywhere"
        )
    return run_seed(plan, seed, *place)


def _seed_folder(plan: Plan, seed: int, checkpoint_dir) -> Path:
    return Path(checkpoint_dir) / plan.file_name / f"seed{seed}"


class _Measure(Callback):
    """Evaluates greedily every so many steps and at the end."""

    def __init__(self, plan: Plan, environment, seed: int):
        self.every, self.environment, self.seed = plan.evaluate_every, environment, seed

    def on_episode_end(self, episode, logs):
        if self.every is not None:
            last = self.run.notes.get("evaluated_at", [0])[-1]
            if int(self.run.agent.steps) // self.every > last // self.every:
                self._evaluate()

    def on_train_end(self):
        if self.run.ended_by:
            self._evaluate()

    def _evaluate(self):
        steps, notes = int(self.run.agent.steps), self.run.notes
        if steps not in notes.setdefault("evaluated_at", []):
            returns = evaluate(self.run.agent, self.environment, EVALUATION_EPISODES, self.seed)
            notes["evaluated_at"].append(steps)
            notes.setdefault("greedy", []).append(float(returns.mean()))


def _begin_worker() -> None:
    """Leaves Ctrl-C to the parent, and ends with it even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


# One agent a worker, reset in place for each seed: its loop is compiled once.
_run_lock = threading.Lock()


@functools.lru_cache(maxsize=2)
def _build(recipe_name: str, settings: str):
    with contextlib.suppress(RuntimeError):  # TensorFlow may already be running
        use_one_thread()
    recipe = find_recipe(recipe_name).changed(json.loads(settings))
    environment = recipe.environment(0)
    return recipe.make_agent(environment, seed=0), environment, recipe.environment(0)


def run_experiment(
    plan: Plan,
    seeds: Iterable[int],
    out="results",
    workers: int = 2,
    executor: concurrent.futures.Executor | None = None,
    progress: bool = True,
    checkpoint_dir=None,
) -> list[Result]:
    """Runs a plan for many seeds, or resumes it.

    Seeds whose line is already there are not run again. The numbers do not depend on how many
    workers there are, nor on which of them runs a seed (A3C with several threads excepted). Other
    processes may run other seeds of the plan at the same time.

    Args:
        plan: What each seed does.
        seeds: The seeds.
        out: The folder; results go to `{out}/{plan.file_name}.jsonl`, in the order in which they
            come.
        workers: Processes of this machine, each with one TensorFlow thread and about 0.4 GB.
        executor: Any other `concurrent.futures.Executor`, such as `client.get_executor()` of a
            Dask client: the same code on a cluster. The file is written here, not there. A
            `ProcessPoolExecutor` of your own needs `mp_context=get_context("spawn")`: where
            TensorFlow ran before, the child of a fork cannot use it.
        progress: Shows a progress bar.
        checkpoint_dir: A folder for the seeds under way: what is broken off in the middle of a
            seed goes on from there, with the same numbers; half a minute's work is lost at most,
            and the episode under way. The trained weights are left there, too.

    Returns:
        The results, in the order of `seeds`.

    Raises:
        concurrent.futures.process.BrokenProcessPool: A worker was killed. What was finished is
            saved; the same call runs the rest.
        RuntimeError: A worker has other versions, or is the child of a fork.
    """
    whole_number("workers", workers)
    seeds = [whole_number("seed", seed, minimum=0) for seed in seeds]
    file = Path(out) / f"{plan.file_name}.jsonl"
    plan_line = (json.dumps(dataclasses.asdict(plan)) + "\n").encode()
    found, results = read_results(file) if file.exists() else (None, {})
    if found not in (None, json.loads(plan_line)):  # the name leaves out evaluate_every
        raise ValueError(
            f"{printable(str(file))} holds the results of another plan, {json.dumps(found)}; "
            f"choose another folder (--out) for {plan}"
        )
    unique = dict.fromkeys(seeds)  # in their order
    missing = [seed for seed in unique if seed not in results]
    if missing or not found:
        # What cannot be built or written is found out before the work.
        recipe = find_recipe(plan.recipe).changed(plan.settings)
        recipe.make_agent(recipe.environment(0), seed=0)
        append_line(file, plan_line)
    done = len(unique) - len(missing)
    bar = tqdm(total=len(unique), initial=done, desc=plan.label, disable=not progress)
    with bar, contextlib.ExitStack() as stack:
        if executor is None and missing:
            executor = stack.enter_context(
                concurrent.futures.ProcessPoolExecutor(
                    min(workers, len(missing)),
                    multiprocessing.get_context("spawn"),
                    initializer=_begin_worker,
                )
            )
        place = () if checkpoint_dir is None else (checkpoint_dir,)
        here = versions()
        futures = [executor.submit(_run_alike, here, plan, seed, *place) for seed in missing]
        try:
            for future in concurrent.futures.as_completed(futures):
                result = future.result()
                line = result.to_json()
                results[result.seed] = Result.from_json(line)  # what a later call will read
                append_line(file, plan_line, line)
                if checkpoint_dir is not None:
                    remove_checkpoints(_seed_folder(plan, result.seed, checkpoint_dir))
                bar.update()
        except BaseException as error:
            for future in futures:
                future.cancel()
            if isinstance(error, KeyboardInterrupt):
                raise KeyboardInterrupt(f"{len(results)} finished seeds are saved") from None
            raise
    return [results[seed] for seed in seeds]
