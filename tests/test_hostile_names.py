"""What came from a file or an argument is shown escaped, whatever it holds, in every message.

A name may not move the cursor, ring the bell, change colours, turn the text round, or begin a line
that looks like one of ours.
"""

import contextlib
import dataclasses
import json
import os
import shutil
import warnings

import pytest
import tensorflow as tf
from conftest import one_line, small_agent

from dqn_keras import CartPole, DQNAgent, History, train
from dqn_keras.__main__ import main
from dqn_keras.classroom import grading
from dqn_keras.classroom.course import copy_lessons
from dqn_keras.experiments import Plan, load_results, run_experiment
from dqn_keras.experiments.results import Result, read_results
from dqn_keras.machinery.arguments import short_repr
from dqn_keras.machinery.files import write_atomically
from dqn_keras.training import Callback, checkpoints

NAMES = {
    "all at once": "a\x1b]0;title\x07\nerror: all is well\r\u202e\u2028\x9b",
    "colours": "a\x1b[2J\x1bc",
    "a bell": "a\x07b",
    "a line of ours": "a\nerror: all is well",
    "a line over another": "a\rerror: all is well\x08",
    "turned text": "a\u202egpj.exe\u2066",
    "nothing to see": "a\u200b\u2060\x9b2J",
    "other line ends": "a\u2028error: all is well\x0b\x0c\x85",
    "NUL": "a\0b",
    "no UTF-8": os.fsdecode(b"a\xff\xfe"),
    "no name at all": "a\ud800b",
}
LINE = Result(0, [1.0], 9, "episodes", [9], [9.5]).to_json()
PLAN = Plan("slides_dqn", episodes=4)


class Nobody:
    """An executor that is never asked."""


def run(agent, folder, episodes=2):
    return train(agent, CartPole(max_steps=3, seed=0), episodes, progress=False, **folder)


def checkpointed(folder, episodes=2, **settings):
    return run(small_agent(**settings), {"checkpoint_dir": folder}, episodes)


def file_of_results(folder, *lines):
    folder.mkdir()
    plan = json.dumps(dataclasses.asdict(PLAN)).encode()
    (folder / f"{PLAN.file_name}.jsonl").write_bytes(b"\n".join([plan, *lines, b""]))
    return folder / f"{PLAN.file_name}.jsonl"


def a_file(path):
    path.write_bytes(b"mine")
    return path


# Each makes a message out of a name, by an error, a warning or a print; `here` is an empty folder.


def checkpoints_of_another_run(here, name):
    checkpointed(here / name)
    checkpointed(here / name, seed=9)


def checkpoints_that_are_torn(here, name):
    checkpointed(here / name)
    for file in (here / name).glob("*.index"):
        file.write_bytes(b"")
    checkpointed(here / name, 3)


def checkpoints_of_a_run_that_is_done(here, name):
    checkpointed(here / name)
    checkpointed(here / name, 1)


def checkpoints_of_other_versions(here, name):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "versions", lambda: {name: name})
        checkpointed(here / "runs")
    checkpointed(here / "runs", 3)


def checkpoints_of_hostile_settings(here, name):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints.Checkpoints, "_run", lambda self: {name: name})
        checkpointed(here / "runs")
    checkpointed(here / "runs", 3)


def checkpoints_with_a_hostile_list(here, name):
    checkpointed(here / "runs")
    quoted = name.encode(errors="surrogatepass").decode("latin-1").encode("unicode_escape")
    path = (here / "runs" / "checkpoint").read_text() + "all_model_checkpoint_paths: "
    (here / "runs" / "checkpoint").write_text(f'{path}"{quoted.decode()}"\n')
    checkpointed(here / "runs", 3)


def checkpoints_in_use(here, name):
    class Second(Callback):
        def on_episode_end(self, episode, logs):
            checkpointed(here / name)

    folders = {"checkpoint_dir": here / name, "callbacks": [Second()]}
    run(small_agent(), folders)


def checkpoints_that_cannot_be_saved(here, name):
    class InTheWay(Callback):
        def on_episode_end(self, episode, logs):
            shutil.rmtree(here / name)
            (here / name).write_text("a file in its place")

    run(small_agent(), {"checkpoint_dir": here / name, "callbacks": [InTheWay()]}, 1)


def logs_that_cannot_be_written(here, name):
    with pytest.MonkeyPatch.context() as patch:
        error = tf.errors.ResourceExhaustedError(None, None, f"{here / name} is full")

        def full(self):
            raise error

        run(small_agent(), {"log_dir": here / name}, 1)
        patch.setattr("dqn_keras.training.logs.EventFile._write", lambda *_, **__: full(None))
        run(small_agent(), {"log_dir": here / name}, 1)


def results(here, name, *lines):
    read_results(file_of_results(here / name, *lines))


def results_of_another_plan(here, name):
    file = file_of_results(here / name)
    file.write_text(json.dumps({"recipe": name, name: 1}) + "\n")
    run_experiment(PLAN, [0], here / name, executor=Nobody(), progress=False)


def a_hostile_result(here, name):
    for field in ("scores", "greedy"):
        line = json.loads(LINE) | {field: name}
        results(here, f"x{field}", json.dumps(line).encode())


def command(*arguments):
    """A command line; what Python prints of an error that it lets through is no concern of ours."""
    with contextlib.suppress(SystemExit):
        main([str(argument) for argument in arguments])


def evaluated(here, name):
    DQNAgent(4, 2, seed=0).save_weights(here / name / "cartpole_dqn.safetensors")
    command("evaluate", "slides_dqn", "--model-dir", here / name, "--episodes", 1)


def trained(here, name):
    folders = ["--model-dir", here / name, "--graph-dir", here / name]
    command("train", "slides_dqn", "--episodes", 1, *folders)


def experimented(here, name):
    file = file_of_results(here / name, LINE)
    folders = ["--out", file.parent, "--graph-dir", file.parent]
    command("experiment", "slides_dqn", "--runs", 1, "--episodes", 4, *folders)


MESSAGES = {
    "checkpoints of another run": checkpoints_of_another_run,
    "torn checkpoints": checkpoints_that_are_torn,
    "a finished run": checkpoints_of_a_run_that_is_done,
    "checkpoints of other versions": checkpoints_of_other_versions,
    "checkpoints of hostile settings": checkpoints_of_hostile_settings,
    "a hostile list of checkpoints": checkpoints_with_a_hostile_list,
    "checkpoints in use": checkpoints_in_use,
    "checkpoints that cannot be saved": checkpoints_that_cannot_be_saved,
    "a file in the checkpoints' place": lambda here, name: checkpointed(a_file(here / name)),
    "a file in the logs' place": lambda here, name: run(
        small_agent(), {"log_dir": a_file(here / name)}
    ),
    "logs that cannot be written": logs_that_cannot_be_written,
    "a file in the weights' place": lambda here, name: write_atomically(
        a_file(here / name) / "x", b""
    ),
    "a folder in a file's place": lambda here, name: write_atomically(
        (here / name / "x").mkdir(parents=True) or here / name, b""
    ),
    "no weights": lambda here, name: small_agent().load_weights(here / name),
    "broken weights": lambda here, name: small_agent().load_weights(a_file(here / name)),
    "no history": lambda here, name: History.load(here / name),
    "a broken history": lambda here, name: History.load(a_file(here / name)),
    "a history of no text": lambda here, name: History.load(
        write_atomically(here / name, b"\xff\xfe")
    ),
    "a hostile history": lambda here, name: History.load(
        write_atomically(here / "x", json.dumps({name: name}).encode())
    ),
    "no plan": lambda here, name: read_results(write_atomically(here / name, b"{}\n")),
    "a damaged result": lambda here, name: results(here, name, b"{"),
    "a result that is there twice": lambda here, name: results(here, name, LINE, LINE),
    "a hostile result": a_hostile_result,
    "results of another plan": results_of_another_plan,
    "no results": lambda here, name: load_results(name, here / name),
    "no results anywhere": lambda here, name: load_results(name),
    "a file in the results' place": lambda here, name: run_experiment(
        PLAN, [0], a_file(here / name), executor=Nobody(), progress=False
    ),
    "a hostile plan": lambda here, name: Plan(name, {name: name}),
    "a hostile setting": lambda here, name: Plan("slides_dqn", {name: name}),
    "a file to grade": lambda here, name: grading.grade(here / name, name),
    "a link to grade": lambda here, name: grading.grade(
        (here / name).symlink_to(here / "x") or here / name, "slides_dqn"
    ),
    "a folder to grade": lambda here, name: grading.grade_folder(
        (here / name).mkdir() or here / name, "slides_dqn"
    ),
    "lessons": lambda here, name: copy_lessons(a_file(here / name)),
    "an argument": lambda here, name: DQNAgent(name, 2),
    "an object that shows itself": lambda here, name: short_repr_in_an_error(name),
    "train": trained,
    "train without a recipe": lambda here, name: command("train", name),
    "train nowhere": lambda here, name: command("train", "slides_dqn", "--env", name),
    "train on no game": lambda here, name: command(
        "train", "slides_dqn", "--env", f"gymnasium:{name}"
    ),
    "train without a number": lambda here, name: command(
        "train", "slides_dqn", "--episodes", f"3{name}"
    ),
    "an unknown argument": lambda here, name: command("train", "slides_dqn", f"--{name}", name),
    "an unknown command": lambda here, name: command(name),
    "evaluate": evaluated,
    "evaluate nothing": lambda here, name: command(
        "evaluate", "slides_dqn", "--model-dir", here / name
    ),
    "grade on no page": lambda here, name: command(
        "grade", here, "--recipe", "slides_dqn", "--html", name
    ),
    "experiment": experimented,
    "experiment without a value": lambda here, name: command(
        "experiment", "slides_dqn", "--set", name
    ),
    "experiment with an unknown setting": lambda here, name: command(
        "experiment", "slides_dqn", "--set", f"{name}=3"
    ),
    "experiment with a hostile value": lambda here, name: command(
        "experiment", "slides_dqn", "--set", f"initializer={name}", "--out", here
    ),
    "copied lessons": lambda here, name: command("lessons", here / name),
}


def short_repr_in_an_error(name):
    class Shown:
        def __repr__(self):
            return name

    raise TypeError(short_repr(Shown()))


def lines_of(make, here, name, capfd) -> list[str]:
    """All lines that are shown, and each error and warning as if it were one."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        error = []
        try:
            make(here, name)
        except Exception as caught:
            error = [str(caught)]
    out, err = capfd.readouterr()
    printed = [*out.split("\n"), *err.replace("\r", "\n").split("\n")]  # a bar goes back by \r
    return [*filter(None, printed), *(str(warning.message) for warning in warned), *error]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=kind, marks=[pytest.mark.nightly] if kind != "all at once" else [])
        for kind, name in NAMES.items()
    ],
)
def test_no_message_lets_a_name_through(tmp_path, monkeypatch, capfd, eagerly, name):
    monkeypatch.chdir(tmp_path)
    bad, silent = {}, []
    for number, (case, make) in enumerate(MESSAGES.items()):
        (here := tmp_path / f"{number}").mkdir()
        lines = lines_of(make, here, name, capfd)
        ours = ("error: all", "all is well")
        if not all(line.isprintable() and not line.startswith(ours) for line in lines):
            bad[case] = lines
        if not lines:
            silent.append(case)
    assert not bad
    assert not silent or "\ud800" <= max(name) <= "\udfff", "it shows none of them"


@pytest.mark.parametrize("letter", "*?[")
def test_a_pattern_is_no_folder_of_checkpoints(tmp_path, letter):
    """TensorFlow would look for other folders, and find no checkpoint in this one."""
    with pytest.raises(ValueError, match="takes for a pattern: .*; choose another") as error:
        checkpointed(tmp_path / f"run{letter}1]")
    assert "run" in one_line(error)
    assert not list(tmp_path.iterdir())
