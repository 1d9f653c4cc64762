"""The command line: `python -m dqn_keras train slides_dqn`, and what else there is."""

import ast
import concurrent.futures
import contextlib
import dataclasses
import importlib.metadata
import io
import os
import sys
import time
from pathlib import Path
from typing import Annotated

import gymnasium
import numpy as np
import tyro

# Packages whose names are imported where they are first used: --help needs no TensorFlow.
import dqn_keras
from dqn_keras import classroom, environments, experiments, training
from dqn_keras.experiments.recipes import ALWAYS_CORRECTED, RECIPES, Recipe, find_recipe
from dqn_keras.machinery.arguments import printable, whole_number
from dqn_keras.machinery.files import write_atomically

RecipeName = Annotated[str, tyro.conf.Positional, tyro.conf.arg(metavar="RECIPE")]
SAVE_MODEL, SAVE_GRAPH = Path("save_model"), Path("save_graph")


@dataclasses.dataclass
class Train:
    """Trains an agent; leaves weights, history and score curve. Ctrl-C keeps what was learned."""

    recipe: RecipeName  # Which source's settings to train with, such as slides_dqn.
    env: str = "compiled"
    """Where: "compiled" (the recipe's environment in TensorFlow) or "gymnasium:" and any
    Gymnasium id, such as gymnasium:CartPole-v1 or, of a module that has to be imported first,
    gymnasium:module:Game-v0. What is no array of numbers, as FrozenLake-v1's, becomes a row."""
    episodes: int | None = None  # How many episodes at most; the recipe's own number if not given.
    seed: int = 0  # Fixes weights, exploration and environment: the same seed gives the same run.
    model_dir: Path = SAVE_MODEL  # Folder for the weights (.safetensors) and the history (.json).
    graph_dir: Path = SAVE_GRAPH  # Folder for the score curve (.png).
    checkpoint_dir: Path | None = None
    """A folder of this run's own: saves everything as it goes, and goes on from there when the
    same command is started again."""
    checkpoint_every: int = 10  # Episodes between two checkpoints; half a minute is enough, too.
    log_dir: Path | None = None
    """Folder for score, loss, epsilon and largest Q-value, for TensorBoard."""

    def run(self) -> None:
        """Trains and says what came of it."""
        recipe = find_recipe(self.recipe)
        environment = _environment(recipe, self.env, self.seed)
        name = recipe.file_name_for(environment)
        history = training.train(
            recipe.make_agent(environment, self.seed),
            environment,
            recipe.episodes if self.episodes is None else self.episodes,
            recipe.stop if recipe.is_at_home(environment) else None,
            name=name,
            model_dir=self.model_dir,
            graph_dir=self.graph_dir,
            checkpoint_dir=self.checkpoint_dir,
            checkpoint_every=self.checkpoint_every,
            log_dir=self.log_dir,
        )
        print(
            f"{history.episodes} episodes, {history.steps} steps in {history.seconds:.1f} s, "
            f"ended by: {history.ended_by}; mean of the last 10 scores "
            f"{np.mean(history.scores[-10:]):.1f}"
        )
        _print(f"weights  {self.model_dir / name}.safetensors")
        _print(f"history  {self.model_dir / name}.json")
        _print(f"curve    {self.graph_dir / name}.png")


@dataclasses.dataclass
class _Trained:
    recipe: RecipeName  # Which recipe's agent to load, such as slides_dqn.
    env: str = "compiled"  # Where to play it: "compiled", or "gymnasium:" and a Gymnasium id.
    seed: int = 0  # Fixes how the episodes begin.
    model_dir: Path = SAVE_MODEL
    """Folder of your weights; where there are none, those in its folder `published` are taken."""

    def agent_for(self, environment):
        """An agent with the user's own weights, else the published ones, and their path."""
        recipe = find_recipe(self.recipe)
        file_name = f"{recipe.file_name_for(environment)}.safetensors"
        path, published = self.model_dir / file_name, self.model_dir / "published" / file_name
        if published.exists() and not path.exists():
            path = published
        agent = recipe.make_agent(environment, seed=0)
        agent.load_weights(path)
        return agent, path


@dataclasses.dataclass
class Evaluate(_Trained):
    """Plays a trained agent greedily and prints what it scores."""

    episodes: int = 100  # How many episodes to play.

    def run(self) -> None:
        """Evaluates and prints which weights, and what they score."""
        environment = _environment(find_recipe(self.recipe), self.env, self.seed)
        agent, weights = self.agent_for(environment)
        returns = training.evaluate(agent, environment, self.episodes, self.seed)
        _print(f"weights  {weights}")
        _print(f"greedy on {self.env}, {_in_words(returns)}")


@dataclasses.dataclass
class Grade:
    """Plays handed-in weights greedily, within limits; a folder of them becomes a leaderboard."""

    path: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(metavar="PATH")]
    """The weights file (.safetensors), or a folder of them."""
    recipe: str
    """Which recipe's agents they are, such as slides_dqn."""
    episodes: int = 100
    """How many episodes each plays."""
    seed: int | None = None
    """Fixes how the episodes begin, the same for all files; if not given, a fresh one is taken and
    printed."""
    secret: str | None = None
    """In place of a seed, a text that only the teacher knows: the same text, the same episodes."""
    html: Path | None = None
    """Leaves the leaderboard as a web page, too, in this file (.html)."""

    def run(self) -> None:
        """Grades and prints one line for each file."""
        recipe = find_recipe(self.recipe)
        if self.seed is not None and self.secret is not None:
            raise ValueError(f"give --seed or --secret, not both: got --seed {self.seed}")
        if self.html is not None and self.html.suffix.lower() not in (".html", ".htm"):
            raise ValueError(f"--html must name a file that ends in .html, got {str(self.html)!r}")
        seed = classroom.grading.fresh_seed() if self.seed is None else self.seed
        if self.secret is not None:
            seed = classroom.grading.seed_from_secret(self.secret)
        told = None if self.secret is not None else seed
        if self.path.is_dir():
            rows = classroom.grading.grade_folder(self.path, self.recipe, self.episodes, seed)
            _print(*classroom.leaderboard.table(rows, recipe).splitlines())
        else:
            returns = classroom.grading.grade(self.path, self.recipe, self.episodes, seed)
            rows = [classroom.grading.Graded(self.path.name, returns)]
            low, high = experiments.bootstrap_interval(returns)
            verdict = "solved" if classroom.leaderboard.is_solved(returns, recipe) else "not solved"
            _print(f"{str(self.path)!r}, {_in_words(returns)}")
            print(f"95% interval of the mean {low:.1f} to {high:.1f}: {verdict}")
        print(f"solved   if even the interval's lower end is at least {recipe.solved_at:g}")
        print(f"seed     {'from the secret' if told is None else told}, the same for every file")
        if self.html is not None:
            text = classroom.leaderboard.page(rows, recipe, self.episodes, told)
            _print(f"page     {write_atomically(self.html, text.encode())}")


@dataclasses.dataclass
class Play(_Trained):
    """Films a trained agent on Gymnasium's own renderer and leaves a GIF; needs no display."""

    graph_dir: Path = SAVE_GRAPH  # Folder for the GIF.

    def run(self) -> None:
        """Films one episode."""
        recipe = find_recipe(self.recipe)
        env_id = _gymnasium_id(self.env) or recipe.gymnasium_id
        env = _make(env_id, render_mode="rgb_array")
        environment = environments.GymnasiumEnvironment(env)
        agent, weights = self.agent_for(environment)
        frames = training.record(agent, env, self.seed)
        path = self.graph_dir / f"{recipe.file_name_for(environment)}.gif"
        fps = env.metadata.get("render_fps", 30)
        every = 2 if fps > 25 else 1
        training.save_gif(frames, path, fps / every, every)
        _print(f"weights  {weights}")
        _print(f"{len(frames) - 1} steps on {env_id}")
        _print(f"film     {path}")


@dataclasses.dataclass
class Experiment:
    """Runs recipes with many seeds; table and mean curves. Goes on where it was broken off."""

    recipes: Annotated[list[str], tyro.conf.Positional, tyro.conf.arg(metavar="RECIPE …")]
    """Which sources' settings to compare."""
    runs: int = 100  # How many seeds.
    first_seed: int = 0  # The first of them; the others follow.
    workers: int = 2  # How many processes; one for each core is best.
    episodes: int | None = None
    """Play exactly so many, without the stop rule; if not given, as the recipe says."""
    steps: int | None = None  # Play so many environment steps instead, without the stop rule.
    evaluate_every: int | None = None  # Evaluate greedily every so many steps, besides at the end.
    set: tuple[str, ...] = ()
    """Changes to the recipes, FIELD=VALUE, such as double=True or memory_size=500."""
    out: Path = Path("results")
    """Folder for the results, a file for each plan with a line for each seed."""
    checkpoint_dir: Path | None = None
    """For seeds of hours: a folder that saves each as it goes. The same command goes on in the
    middle of a seed, and leaves its weights there."""
    graph_dir: Path = SAVE_GRAPH  # Folder for the figure.

    def run(self) -> None:
        """Runs all, prints one row for each recipe."""
        from dqn_keras.plotting import save_figure  # needs Matplotlib

        settings = dict(map(_assignment, self.set))
        if len(settings) < len(self.set):
            raise ValueError(f"--set takes each field once; got {' '.join(self.set)}")
        plans = [
            experiments.Plan(recipe, settings, self.episodes, self.steps, self.evaluate_every)
            for recipe in self.recipes
        ]
        runs = whole_number("runs", self.runs, maximum=experiments.MAX_RUNS)
        seeds = range(self.first_seed, self.first_seed + runs)
        curves, rows = {}, [experiments.TABLE_HEAD]
        start = time.perf_counter()
        for plan in plans:
            results = experiments.run_experiment(
                plan, seeds, self.out, self.workers, checkpoint_dir=self.checkpoint_dir
            )
            summary = experiments.summarise(results, find_recipe(plan.recipe).solved_at)
            rows.append(experiments.table_row(plan.label, summary))
            curves[plan.label] = results
        print("\n".join(rows))
        more = f"_and_{len(plans) - 1}_more" if len(plans) > 1 else ""
        path = self.graph_dir / f"experiment_{plans[0].file_name[:100]}{more}.png"
        save_figure(experiments.curves_figure(curves), path)
        _print(f"figure   {path}")
        seconds = time.perf_counter() - start
        print(f"seconds  {seconds:.0f} with {self.workers} workers, for seeds not finished before")


@dataclasses.dataclass
class Recipes:
    """Prints every recipe: where it comes from, what it trains, what was corrected."""

    recipe: Annotated[str | None, tyro.conf.Positional, tyro.conf.arg(metavar="RECIPE")] = None
    """Only this one, and what each of its settings means."""

    def run(self) -> None:
        """Prints the table."""
        print("corrected everywhere: " + "; ".join(ALWAYS_CORRECTED))
        for recipe in RECIPES.values() if self.recipe is None else [find_recipe(self.recipe)]:
            steps = recipe.environment_settings["max_steps"]
            print(
                f"\n{recipe.name}\n"
                f"  source       {recipe.source}\n"
                f"  trains       {recipe.agent} on {recipe.gymnasium_id} "
                f"({steps} steps), {recipe.episodes} episodes at most"
            )
            settings = (f"{key}={value}" for key, value in recipe.settings.items())
            print(f"  settings     {', '.join(settings) or 'the defaults of the class'}")
            print(f"  corrections  {'; '.join(recipe.corrections) or 'those of the class'}\n")
        if self.recipe is not None:
            settings = recipe.agent_class.checked_settings(recipe.settings)
            with contextlib.suppress(SystemExit):
                tyro.cli(
                    type(settings),
                    default=settings,
                    prog="experiment --set",
                    args=["--help"],
                    use_underscores=True,
                    config=(tyro.conf.FlagConversionOff,),
                )


@dataclasses.dataclass
class Lessons:
    """Copies the course's notebooks to a folder of your own."""

    folder: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(metavar="FOLDER")]
    """A new or an empty folder."""
    language: str = "en"
    """Of the text: en or ko."""
    exercises: bool = False
    """The notebooks to fill in, without solutions."""

    def run(self) -> None:
        """Copies them and says how to open the first one."""
        copied = classroom.course.copy_lessons(self.folder, self.language, self.exercises)
        _print(f"{len(copied)} notebooks in {self.folder}; to open the first one:")
        _print(f"jupyter lab {copied[0]}")


def _in_words(returns: np.ndarray) -> str:
    return (
        f"{len(returns)} episodes: mean {returns.mean():.1f}, "
        f"median {np.median(returns):g}, lowest {returns.min():g}, highest {returns.max():g}"
    )


def _print(*lines: str) -> None:
    """Prints names from elsewhere, escaped, in a terminal that may not have their letters."""
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        print(printable(line).encode(encoding, "backslashreplace").decode(encoding))


def _assignment(text: str) -> tuple[str, object]:
    field, separator, value = text.partition("=")
    if not separator:
        raise ValueError(f"--set takes FIELD=VALUE, such as double=True; got {text!r}")
    try:
        return field, ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):  # too deep for the parser
        return field, value


def _environment(recipe: Recipe, env: str, seed: int):
    env_id = _gymnasium_id(env)
    if env_id is None:
        return recipe.environment(seed)
    return environments.GymnasiumEnvironment(_make(env_id), seed)


def _gymnasium_id(env: str) -> str | None:
    if env == "compiled":
        return None
    if not env.startswith("gymnasium:"):
        raise ValueError(f"--env must be compiled or gymnasium:ID, got {env!r}")
    return env.removeprefix("gymnasium:")


def _make(env_id: str, **settings) -> gymnasium.Env:
    try:
        if env_id not in gymnasium.registry:
            # Packages such as MinAtar offer to register their environments; Gymnasium 1.0 has
            # stopped asking them.
            namespace = env_id.split("/")[0]
            for offer in importlib.metadata.entry_points(group="gymnasium.envs", name=namespace):
                offer.load()()
        env = gymnasium.make(env_id, **settings)
    except (gymnasium.error.Error, ImportError) as error:
        raise ValueError(f"Gymnasium cannot make {env_id!r}: {error}") from None
    observations = env.observation_space
    is_array = isinstance(observations, gymnasium.spaces.Box) and observations.shape
    if observations.is_np_flattenable and not is_array:
        return gymnasium.wrappers.FlattenObservation(env)  # a Discrete one becomes one-hot
    return env


COMMANDS = Train, Evaluate, Grade, Play, Experiment, Recipes, Lessons


def main(arguments: list[str] | None = None) -> int:
    """Runs one command line; returns 0, or 1 after an error, one line on standard error."""
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # who read what we print, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more
        return 128 + 13  # as a shell reports it


def _parsed(arguments: list[str]):
    """The command; of a bad one tyro says what is wrong, and ends the program."""

    def parse(arguments):
        return tyro.extras.subcommand_cli_from_dict(
            {kind.__name__.lower(): kind for kind in COMMANDS},
            prog="dqn-keras",
            description="The lecture's agents: train one, evaluate it, watch it play.",
            args=arguments,
        )

    with contextlib.redirect_stderr(io.StringIO()):
        try:
            return parse(arguments)
        except SystemExit as end:
            if not end.code:  # help was asked for
                raise
    parse([*map(printable, arguments)])  # tyro shows arguments as they are
    raise SystemExit(2)


def _run(arguments: list[str] | None) -> int:
    command = _parsed(sys.argv[1:] if arguments is None else arguments)
    try:
        if not isinstance(command, (Recipes, Lessons)):  # these compute nothing
            dqn_keras.use_one_thread()
        command.run()
    except BrokenPipeError:
        raise
    except (ValueError, TypeError, OSError, FloatingPointError) as error:
        told = "; ".join([str(error), *getattr(error, "__notes__", [])])
        print(f"error: {printable(' '.join(told.split()))}", file=sys.stderr)
        return 1
    except concurrent.futures.BrokenExecutor:
        print(
            "error: a worker process was killed; finished seeds are saved, "
            "the same command goes on with the rest",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt as interrupt:
        print(f"interrupted; {interrupt}".rstrip("; "), file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
