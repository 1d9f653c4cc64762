"""`python -m dqn_keras`."""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys

import gymnasium
import numpy as np
import pytest
from conftest import ROOT, python
from matplotlib.figure import Figure
from PIL import Image
from safetensors import safe_open

import dqn_keras
from dqn_keras import DQNAgent, History, __main__, experiments
from dqn_keras.__main__ import main
from dqn_keras.experiments.recipes import RECIPES
from dqn_keras.experiments.results import Result


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in, so that whatever is written anywhere is seen."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def run(*arguments):
    return main([str(argument) for argument in arguments])


SHOWN = re.compile(r"save_graph/published/([^)\s]+)")


class Instantly(concurrent.futures.Executor):
    """In place of the pool of workers: every seed scores 9."""

    def __init__(self, *_, **__):
        pass

    def submit(self, function, versions, plan, seed):
        future = concurrent.futures.Future()
        future.set_result(Result(seed, [9.0], 9, "episodes", [9], [9.0]))
        return future


@pytest.fixture(scope="session")
def model_dir(tmp_path_factory):
    """Where the weights of an untrained agent of the recipe lie."""
    folder = tmp_path_factory.mktemp("models")
    DQNAgent(4, 2, seed=0).save_weights(folder / "cartpole_dqn.safetensors")
    return folder


def test_train_leaves_weights_history_and_curve_in_the_folders_asked_for(here, capsys):
    code = run(
        "train", "slides_dqn", "--episodes", 3, "--seed", 7, "--model-dir", "m", "--graph-dir", "g"
    )
    assert code == 0
    assert files(here) == [
        "g/cartpole_dqn.png",
        "m/cartpole_dqn.json",
        "m/cartpole_dqn.safetensors",
    ]
    history = History.load("m/cartpole_dqn.json")
    assert (history.episodes, history.seed, history.environment["seed"]) == (3, 7, 7)
    with safe_open("m/cartpole_dqn.safetensors", "numpy") as weights:
        assert weights.metadata() == {
            "package": f"dqn_keras {dqn_keras.__version__}",
            "recipe": "slides_dqn",
            "agent": "DQNAgent",
            "seed": "7",
        }
    assert history.agent["train_start"] == 1000 and history.agent["fall_reward"] == -100
    out = capsys.readouterr().out
    assert out.startswith("3 episodes, ")
    for name in files(here):
        assert name in out


def test_train_on_gymnasium_by_default_writes_to_save_model_and_save_graph(here):
    assert run("train", "slides_dqn", "--env", "gymnasium:CartPole-v1", "--episodes", 2) == 0
    assert files(here) == [
        "save_graph/cartpole_dqn.png",
        "save_model/cartpole_dqn.json",
        "save_model/cartpole_dqn.safetensors",
    ]
    history = json.loads((here / "save_model" / "cartpole_dqn.json").read_text())
    assert history["seed"] == history["environment"]["seed"] == 0
    assert history["agent"]["fall_reward"] == -100


def test_another_environment_has_files_of_its_own_and_no_reward_for_falling(here):
    settings = ["--env", "gymnasium:Acrobot-v1", "--model-dir", "m", "--graph-dir", "g"]
    assert run("train", "slides_dqn", *settings, "--episodes", 1) == 0
    written = files(here)
    assert [name.rpartition(".")[2] for name in written] == ["png", "json", "safetensors"]
    assert all("acrobot" in name and "cartpole" not in name for name in written)
    history = History.load(written[1])
    assert history.agent["fall_reward"] is None
    assert (history.agent["state_size"], history.agent["action_size"]) == (6, 3)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_scores(here):
    scores = []
    for seed in (3, 3, 4):
        settings = ["--model-dir", "m", "--graph-dir", "g", "--seed", seed]
        assert run("train", "slides_dqn", "--episodes", 6, *settings) == 0
        scores.append(History.load("m/cartpole_dqn.json").scores)
    assert scores[0] == scores[1] != scores[2]


@pytest.mark.parametrize("env", ["compiled", "gymnasium:CartPole-v1"])
def test_evaluate_prints_two_lines_and_writes_nothing(here, model_dir, capsys, env):
    settings = ["--env", env, "--episodes", 5, "--model-dir", model_dir]
    assert run("evaluate", "slides_dqn", *settings) == 0
    out = capsys.readouterr().out
    weights, greedy = out.splitlines()
    assert weights == f"weights  {model_dir / 'cartpole_dqn.safetensors'}"
    assert greedy.startswith(f"greedy on {env}, 5 episodes: mean ")
    run("evaluate", "slides_dqn", *settings)
    assert capsys.readouterr().out == out
    assert files(here) == []


@pytest.mark.parametrize("command", ["evaluate", "play"])
def test_a_users_own_weights_come_before_the_published_ones(here, capsys, command):
    own = here / "save_model" / "cartpole_dqn.safetensors"
    published = here / "save_model" / "published" / own.name
    DQNAgent(4, 2, seed=0).save_weights(published)
    weights = []
    for _ in range(2):
        assert run(command, "slides_dqn") == 0
        weights.append(capsys.readouterr().out.splitlines()[0].split()[1])
        shutil.copy(published, own)
    assert weights == [str(path.relative_to(here)) for path in (published, own)]
    own.write_bytes(b"mine")  # no reason to take others' in silence
    before = files(here)
    assert_one_error(run(command, "slides_dqn"), capsys.readouterr(), str(own.relative_to(here)))
    assert files(here) == before


@pytest.mark.parametrize("name", ["save_model", "save_graph"])
def test_git_ignores_what_a_user_trains_and_keeps_what_is_published(name):
    def ignores(path):
        command = ["git", "check-ignore", "--quiet", "--no-index", path]
        return subprocess.run(command, cwd=ROOT).returncode

    if ignores("README.md") != 1:
        pytest.skip("not in a git checkout")
    assert ignores(f"{name}/cartpole_dqn.png") == ignores(f"{name}/new/file") == 0
    assert ignores(f"{name}/published/file") == 1
    command = ["git", "ls-files", name]
    tracked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert tracked and all(path.startswith(f"{name}/published/") for path in tracked)


def test_each_published_picture_is_shown_somewhere():
    texts = [
        *ROOT.glob("*.md"),
        *(ROOT / "results").glob("*.md"),
        *(ROOT / "notebooks").glob("*.md"),
    ]
    shown = {name for text in texts for name in SHOWN.findall(text.read_text())}
    assert shown == {path.name for path in (ROOT / "save_graph" / "published").iterdir()}


def test_play_leaves_a_film(here, model_dir, capsys):
    assert run("play", "slides_dqn", "--model-dir", model_dir, "--graph-dir", "g") == 0
    assert files(here) == ["g/cartpole_dqn.gif"]
    steps = int(capsys.readouterr().out.splitlines()[1].split()[0])
    with Image.open("g/cartpole_dqn.gif") as film:
        assert film.format == "GIF" and film.size == (600, 400)
        assert film.n_frames == steps // 2 + 1  # of steps + 1 frames every second one


def test_the_figure_of_an_experiment_has_a_name_that_any_disk_takes(here, monkeypatch, capsys):
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Instantly)
    monkeypatch.setattr(experiments, "curves_figure", lambda curves: Figure())
    long = ("learning_rate_decay_steps", "target_update_every", "updates_per_episode")
    settings = ["--set", "double=True", *(f"{name}=1000000000" for name in long)]
    assert run("experiment", "slides_dqn", "velog_dqn", "--runs", 2, "--episodes", 1) == 0
    assert run("experiment", "slides_dqn", "--runs", 2, *settings) == 0
    second, first = sorted(path.name for path in (here / "save_graph").iterdir())
    label = "slides_dqn-double=True-learning_rate_decay_steps=1000000000-target_update_every="
    assert first == f"experiment_{label}1000000000-updates_p.png"
    assert second == "experiment_slides_dqn-1episodes_and_1_more.png"
    assert f"save_graph/{first}" in capsys.readouterr().out


GAMES = '''
import gymnasium
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, Sequence


class Game(gymnasium.Env):
    """Ends after three steps; what is observed is drawn from its space."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": 10}
    action_space = Discrete(2, start=5)

    def __init__(self, space, render_mode=None):
        self.observation_space, self.render_mode = space, render_mode

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.left = 3
        return self.observation_space.sample(), {}

    def step(self, action):
        assert action in (5, 6)
        self.left -= 1
        return self.observation_space.sample(), 1.0, self.left == 0, False, {}

    def render(self):
        return np.zeros([4, 6, 3], np.uint8)


SPACES = {
    "Row": Box(-1, 1, (7,)),
    "Grid": Box(0, 1, (3, 3, 2), bool),
    "Bits": MultiBinary(4),
    "Word": Dict(place=Discrete(5, start=2), speed=Box(-1, 1, (2,))),
    "Growing": Sequence(Discrete(3)),
}
for name, space in SPACES.items():
    arguments = {"entry_point": Game, "max_episode_steps": 9, "kwargs": {"space": space}}
    gymnasium.register(f"{name}-v0", **arguments)
'''


@pytest.fixture
def games(here, monkeypatch):
    """A module of the user's own, which registers games when it is imported."""
    (here / "games_of_mine.py").write_text(GAMES)
    monkeypatch.syspath_prepend(here)
    known = set(gymnasium.registry)
    yield "gymnasium:games_of_mine:"
    sys.modules.pop("games_of_mine", None)
    for new in gymnasium.registry.keys() - known:
        del gymnasium.registry[new]


@pytest.mark.parametrize(
    ("game", "numbers"), [("Row-v0", 7), ("Grid-v0", [3, 3, 2]), ("Bits-v0", 4), ("Word-v0", 7)]
)
def test_a_module_of_the_users_registers_and_what_is_no_array_is_made_a_row(
    here, games, game, numbers
):
    env = ["--env", games + game]
    assert run("train", "slides_dqn", *env, "--episodes", 2, "--model-dir", "m") == 0
    name = game.removesuffix("-v0").lower() + "_slides_dqn"
    history = History.load(f"m/{name}.json")
    assert (history.scores, history.agent["state_size"]) == ([3, 3], numbers)
    assert run("evaluate", "slides_dqn", *env, "--model-dir", "m", "--episodes", 2) == 0
    assert run("play", "slides_dqn", *env, "--model-dir", "m", "--graph-dir", "g") == 0
    assert (here / "g" / f"{name}.gif").exists()


def test_what_cannot_be_made_flat_is_refused(here, games, capsys):
    before = files(here)
    code = run("train", "slides_dqn", "--env", games + "Growing-v0")
    assert_one_error(code, capsys.readouterr(), "must be a Box")
    assert [name for name in files(here) if "pycache" not in name] == before


@pytest.mark.parametrize(("env", "numbers"), [("FrozenLake-v1", 16), ("Blackjack-v1", 45)])
@pytest.mark.filterwarnings("ignore:.*no time limit")
def test_places_and_cards_become_one_hot_rows(here, env, numbers):
    environment = __main__._environment(RECIPES["slides_dqn"], f"gymnasium:{env}", seed=0)
    state = environment.reset().numpy()
    assert state.shape == (numbers,) and state.dtype == np.float32
    assert sorted(set(state.tolist())) == [0, 1]
    assert run("train", "slides_dqn", "--env", f"gymnasium:{env}", "--episodes", 2) == 0


def test_workers_play_a_game_of_pictures_too(here, games):
    arguments = ["slides_a3c", "--env", games + "Grid-v0", "--episodes", 4, "--model-dir", "m"]
    assert run("train", *arguments) == 0
    assert History.load("m/grid_slides_a3c.json").agent["state_size"] == [3, 3, 2]


TRAIN = ["train", "slides_dqn"]
EVALUATE = ["evaluate", "slides_dqn"]
PLAY = ["play", "slides_dqn"]
SET = ["experiment", "slides_dqn", "--set"]
BAD = {
    "unknown recipe": (["train", "slides_dpn"], "slides_dpn"),
    "unknown recipe to evaluate": (["evaluate", "nothing"], "nothing"),
    "unknown recipe to play": (["play", ""], "''"),
    "unknown kind of environment": ([*TRAIN, "--env", "compield"], "compield"),
    "an id without gymnasium:": ([*TRAIN, "--env", "CartPole-v1"], "CartPole-v1"),
    "unknown id": ([*TRAIN, "--env", "gymnasium:CartPoll-v1"], "CartPoll-v1"),
    "unknown version": ([*TRAIN, "--env", "gymnasium:CartPole-v99"], "CartPole-v99"),
    "unknown namespace": ([*TRAIN, "--env", "gymnasium:NoSuch/Game-v1"], "NoSuch/Game-v1"),
    "unknown module": ([*TRAIN, "--env", "gymnasium:no_such_module:Game-v1"], "no_such_module"),
    "no id": ([*TRAIN, "--env", "gymnasium:"], "''"),
    "nonsense for an id": ([*TRAIN, "--env", "gymnasium:a b c"], "a b c"),
    "unknown id to evaluate": ([*EVALUATE, "--env", "gymnasium:Nope-v1"], "Nope-v1"),
    "unknown id to play": ([*PLAY, "--env", "gymnasium:Nope-v1"], "Nope-v1"),
    "actions that are not discrete": ([*TRAIN, "--env", "gymnasium:Pendulum-v1"], "Discrete"),
    "no episodes": ([*TRAIN, "--episodes", "0"], "0"),
    "negative episodes": ([*TRAIN, "--episodes", "-3"], "-3"),
    "a negative seed": ([*TRAIN, "--seed", "-1"], "-1"),
    "a negative seed on gymnasium": (
        [*TRAIN, "--env", "gymnasium:CartPole-v1", "--seed", "-1"],
        "-1",
    ),
    "a setting twice": ([*SET, "double=True", "double=False"], "double=True double=False"),
    "a setting of another type": ([*SET, "initializer={1, 2}"], "{1, 2}"),
    "no initialiser": ([*SET, "initializer=nothing"], "'nothing'"),
    "a memory larger than the machine": ([*SET, "memory_size=2147483647"], "2147483647 times 4"),
    "nested too deep": ([*SET, f"hidden_units={'(' * 100_000}"], "hidden_units must be a tuple"),
    "no weights to evaluate": ([*EVALUATE, "--model-dir", "nowhere"], "nowhere/cartpole_dqn"),
    "no weights to play": ([*PLAY, "--model-dir", "nowhere"], "nowhere/cartpole_dqn"),
}
WITH_WEIGHTS = {
    "no episodes to evaluate": ([*EVALUATE, "--episodes", "0"], "0"),
    "negative episodes to evaluate": ([*EVALUATE, "--episodes", "-3"], "-3"),
    "a negative seed to evaluate": ([*EVALUATE, "--seed", "-1"], "-1"),
    "a negative seed to play": ([*PLAY, "--seed", "-1"], "-1"),
}


def assert_one_error(code, captured, value):
    assert code == 1
    assert captured.out == ""
    assert captured.err.startswith("error: ") and captured.err.count("\n") == 1, captured.err
    assert captured.err.endswith("\n") and value in captured.err


@pytest.mark.parametrize("arguments, value", BAD.values(), ids=BAD)
@pytest.mark.filterwarnings("ignore:.*out of date")
def test_bad_input_is_a_one_line_error_that_names_it_and_nothing_is_written(
    here, capsys, arguments, value
):
    code = run(*arguments)
    assert_one_error(code, capsys.readouterr(), value)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("arguments, value", WITH_WEIGHTS.values(), ids=WITH_WEIGHTS)
def test_bad_input_to_a_trained_agent(here, capsys, model_dir, arguments, value):
    code = run(*arguments, "--model-dir", model_dir)
    assert_one_error(code, capsys.readouterr(), value)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("folder", ["--model-dir", "--graph-dir"])
def test_a_file_in_a_folders_place_is_a_one_line_error(here, capsys, folder):
    (here / "taken").write_text("mine")
    code = run(*TRAIN, "--episodes", 1, folder, "taken")
    assert_one_error(code, capsys.readouterr(), "taken")
    assert files(here) == ["taken"] and (here / "taken").read_text() == "mine"


def test_an_error_of_several_lines_is_shown_in_one(here, capsys, monkeypatch):
    def fail(name):
        raise ValueError(f"{name} is bad\n  for two\treasons")

    monkeypatch.setattr(__main__, "find_recipe", fail)
    code = run(*EVALUATE)
    assert_one_error(code, capsys.readouterr(), "slides_dqn is bad for two reasons")


BROKEN = """
import gymnasium
from gymnasium.envs.classic_control import CartPoleEnv

class Broken(CartPoleEnv):
    episodes = 0

    def reset(self, *, seed=None, options=None):
        self.episodes += 1
        if self.episodes == 4:
            raise ValueError("the game is broken")
        return super().reset(seed=seed, options=options)

gymnasium.register("Broken-v0", Broken, max_episode_steps=9)
"""


def test_an_error_in_the_middle_says_what_is_saved(here, games, capsys):
    (here / "games_of_mine.py").write_text(BROKEN)
    assert run(*TRAIN, "--env", f"{games}Broken-v0", "--episodes", 9, "--graph-dir", "m") == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "error: the game is broken; what 3 episodes gave is saved"
    assert History.load(here / "save_model" / "broken_slides_dqn.json").ended_by == "error"


HELP = {
    "train": [
        ("--env", "gymnasium:CartPole-v1"),
        ("--episodes", "How many"),
        ("--seed", "same seed"),
        ("--model-dir", "weights"),
        ("--graph-dir", "score curve"),
    ],
    "evaluate": [
        ("--env", "gymnasium:"),
        ("--episodes", "How many"),
        ("--seed", "begin"),
        ("--model-dir", "weights"),
    ],
    "play": [("--env", "gymnasium:"), ("--seed", "begin"), ("--graph-dir", "GIF")],
}


@pytest.mark.parametrize("command", HELP)
def test_help_explains_each_field(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as end:
        run(command, "--help")
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert "RECIPE" in shown and "slides_dqn" in shown
    for flag, words in HELP[command]:
        _, _, explanation = shown.partition(f"{flag} ")
        assert words in explanation, flag


def test_help_lists_the_three_commands(capsys):
    with pytest.raises(SystemExit) as end:
        run("--help")
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in ("train", "evaluate", "play"))


def test_it_runs_on_one_thread_before_tensorflow_begins(here, monkeypatch):
    calls = []
    monkeypatch.setattr(dqn_keras, "use_one_thread", lambda: calls.append("one thread"))
    monkeypatch.setattr(__main__, "find_recipe", lambda name: calls.append(name) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("train", "x")
    assert calls == ["one thread", "x"]


# In a process of its own, as a user types it.


def test_another_keras_backend_is_a_clear_error_at_import(tmp_path):
    process = python(["-m", "dqn_keras", "train", "slides_dqn"], tmp_path, KERAS_BACKEND="jax")
    assert process.returncode == 1
    last = process.stderr.splitlines()[-1]
    assert last.startswith("ImportError: ")
    assert "KERAS_BACKEND" in last and "'jax'" in last and "KERAS_BACKEND=tensorflow" in last
    assert os.listdir(tmp_path) == []


def test_keras_imported_before_with_another_backend_is_a_clear_error(tmp_path):
    code = (
        "import os; os.environ['KERAS_BACKEND'] = 'jax'; import keras\n"
        "os.environ['KERAS_BACKEND'] = 'tensorflow'; import dqn_keras"
    )
    pytest.importorskip("jax")
    process = python(["-c", code], tmp_path)
    last = process.stderr.splitlines()[-1]
    assert last.startswith("ImportError: ") and "'jax'" in last


@pytest.mark.slow
def test_a_backend_in_kerass_own_settings_gives_way(tmp_path):
    (tmp_path / "keras.json").write_text('{"backend": "jax"}')
    code = "import dqn_keras, keras; print(keras.config.backend())"
    environment = {"KERAS_HOME": str(tmp_path)}
    process = python(["-c", code], tmp_path, **environment)
    assert (process.stdout, process.returncode) == ("tensorflow\n", 0), process.stderr


@pytest.mark.parametrize("command", [["recipes"], ["train", "--help"]])
def test_a_reader_that_goes_away_ends_a_command_quietly(tmp_path, command):
    reader, writer = os.pipe()
    os.close(reader)  # as `head` does once it has its lines
    process = subprocess.run(
        [sys.executable, "-m", "dqn_keras", *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""},
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    assert (process.returncode, process.stderr) == (141, "")


@pytest.mark.slow
def test_typed_by_a_user_an_error_is_one_line_and_nothing_more(tmp_path):
    process = python(["-m", "dqn_keras", "train", "slides_dqn", "--episodes", "0"], tmp_path)
    assert process.returncode == 1
    assert process.stdout == ""
    assert process.stderr.count("\n") == 1, process.stderr
    assert process.stderr.startswith("error: ") and "0" in process.stderr
    assert os.listdir(tmp_path) == []


@pytest.mark.slow
def test_the_main_job_reaches_the_slides_stop_rule(tmp_path):
    # Nine of ten seeds do, and another processor's rounding is as good as another seed.
    for seed in range(3):
        process = python(["-m", "dqn_keras", "train", "slides_dqn", "--seed", seed], tmp_path)
        assert process.returncode == 0, process.stderr
        assert files(tmp_path) == [
            "save_graph/cartpole_dqn.png",
            "save_model/cartpole_dqn.json",
            "save_model/cartpole_dqn.safetensors",
        ]
        history = History.load(tmp_path / "save_model" / "cartpole_dqn.json")
        if history.ended_by == "stop rule":
            break
    assert history.ended_by == "stop rule" and history.episodes <= 300
    assert np.mean(history.scores[-10:]) > 490
    assert max(np.convolve(history.scores[:-1], np.ones(10) / 10, "valid")) <= 490

    settings = ["--env", "gymnasium:CartPole-v1", "--episodes", "20"]
    process = python(["-m", "dqn_keras", "evaluate", "slides_dqn", *settings], tmp_path)
    assert process.returncode == 0, process.stderr
    mean = float(process.stdout.split("mean ")[1].split(",")[0])
    assert mean > 50  # half of the agents play for good, the others forgot; none falls at once
    process = python(["-m", "dqn_keras", "play", "slides_dqn"], tmp_path)
    assert process.returncode == 0, process.stderr
    assert (tmp_path / "save_graph" / "cartpole_dqn.gif").exists()


@pytest.mark.parametrize(
    "command", [["--help"], ["train", "--help"], ["recipes"], ["lessons", "copied"]]
)
def test_what_computes_nothing_waits_for_no_tensorflow(command, tmp_path):
    code = (
        "import sys\nfrom dqn_keras.__main__ import main\n"
        f"try:\n    status = main({command})\nexcept SystemExit as end:\n    status = end.code\n"
        "assert not status and not {'tensorflow.python', 'keras', 'matplotlib'} & set(sys.modules)"
    )
    done = python(["-c", code], tmp_path)
    assert done.returncode == 0 and done.stdout, done.stderr


def test_tensorflow_starts_quietly_whoever_imports_it_after_us(tmp_path):
    for code in ("import dqn_keras, tensorflow", "from dqn_keras import DQNAgent; DQNAgent(4, 2)"):
        done = python(["-c", code], tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), code


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("exercises", [False, True])
def test_lessons_are_copied_to_a_folder_of_the_readers_own(tmp_path, capsys, language, exercises):
    folder = tmp_path / "my" / "course"
    more = ["--exercises"] if exercises else []
    assert main(["lessons", str(folder), "--language", language, *more]) == 0
    source = ROOT / "notebooks" / language / ("exercises" if exercises else "")
    names = sorted(path.name for path in source.glob("*.ipynb"))
    assert sorted(path.name for path in folder.iterdir()) == names
    assert all((folder / n).read_bytes() == (source / n).read_bytes() for n in names)
    assert f"jupyter lab {folder / names[0]}" in capsys.readouterr().out
    assert sorted(path.name for path in folder.parent.iterdir()) == ["course"], "nothing is left"


def test_lessons_overwrite_nothing(tmp_path, capsys):
    (tmp_path / "mine.ipynb").write_text("my answers")
    assert main(["lessons", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"error: '{tmp_path}' is there already; name a new")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.ipynb"]
    assert main(["lessons", str(tmp_path / "x"), "--language", "de"]) == 1
    assert "language must be one of 'en', 'ko', got 'de'" in capsys.readouterr().err
