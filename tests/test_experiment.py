import concurrent.futures
import dataclasses
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from conftest import one_line

from dqn_keras import evaluate
from dqn_keras.experiments import results as results_module
from dqn_keras.experiments import run as run_module
from dqn_keras.experiments.recipes import find_recipe
from dqn_keras.experiments.report import score_matrix, summarise, table_row
from dqn_keras.experiments.results import Result, append_line, load_results, read_results
from dqn_keras.experiments.run import Plan, run_experiment, run_seed
from dqn_keras.training import callbacks

SHORT = Plan("slides_dqn", {"train_start": 64, "batch_size": 8}, episodes=4)
SEEDS = [3, 5, 7, 11]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    """Four short runs on two workers; what every other way has to agree with."""
    out = tmp_path_factory.mktemp("two")
    return out, run_experiment(SHORT, SEEDS, out, workers=2, progress=False)


def contents(out):
    """The plan's line, and then the seeds', which come in any order."""
    plan, *lines = (out / f"{SHORT.file_name}.jsonl").read_bytes().splitlines(keepends=True)
    return [plan, *sorted(lines)]


class Instantly(concurrent.futures.Executor):
    """Runs nothing, and notes which seeds it was asked to run."""

    def __init__(self):
        self.seeds = []

    def submit(self, function, versions, plan, seed):
        self.seeds.append(seed)
        future = concurrent.futures.Future()
        future.set_result(Result(seed, [9.0, 1 / 3], 18, "episodes", [18], [9.5]))
        return future


def instantly(out, seeds, plan=SHORT):
    """Results, and the seeds that were run for them."""
    executor = Instantly()
    return run_experiment(plan, seeds, out, executor=executor, progress=False), executor.seeds


def result(greedy, scores=(1.0,), seed=0):
    return Result(seed, list(scores), 100, "episodes", list(range(len(greedy))), list(greedy))


@pytest.mark.slow
def test_run_seed_is_what_a_fresh_agent_and_environment_do():
    from dqn_keras import evaluate, train
    from dqn_keras.environments import CartPole
    from dqn_keras.experiments.recipes import find_recipe

    run_seed(SHORT, 1)  # the workbench is not new when the seed that counts comes
    taken = run_seed(SHORT, 5)

    environment = CartPole(seed=5)
    recipe = find_recipe("slides_dqn")
    agent = recipe.agent_class(4, 2, train_start=64, batch_size=8, seed=5)
    history = train(agent, environment, 4, progress=False)
    assert taken.scores == history.scores
    assert taken.steps == history.steps
    assert taken.greedy[-1] == evaluate(agent, CartPole(), 100, seed=5).mean()


def test_steps_end_the_run_and_evaluations_come_at_the_steps_asked_for():
    plan = Plan("slides_dqn", {"train_start": 64, "batch_size": 8}, steps=300, evaluate_every=100)
    taken = run_seed(plan, 0)
    assert taken.ended_by == "steps"
    assert taken.steps >= 300 > taken.steps - taken.scores[-1]
    assert len(taken.evaluated_at) == len(taken.greedy) >= 3
    assert taken.evaluated_at[-1] == taken.steps
    assert all(np.diff(taken.evaluated_at) > 0)


def test_without_episodes_and_steps_the_recipe_decides(monkeypatch):
    import dataclasses

    from dqn_keras.experiments import recipes

    short = dataclasses.replace(
        recipes.RECIPES["slides_dqn"], episodes=9, stop=lambda scores: len(scores) == 2
    )
    monkeypatch.setitem(recipes.RECIPES, "slides_dqn", short)
    assert run_seed(Plan("slides_dqn", SHORT.settings), 0).ended_by == "stop rule"
    taken = run_seed(SHORT, 0)
    assert (taken.ended_by, len(taken.scores)) == ("episodes", 4), "asked for: no stop rule"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"recipe": "slides_dqnn"}, "slides_dqnn"),
        ({"recipe": "slides_dqn", "episodes": 0}, "episodes .* 0"),
        ({"recipe": "slides_dqn", "steps": -5}, "steps .* -5"),
        ({"recipe": "slides_dqn", "steps": 2**31}, "steps must be at most .* 2147483648"),
        ({"recipe": "slides_dqn", "evaluate_every": 0}, "evaluate_every"),
        ({"recipe": "slides_dqn", "episodes": 3, "steps": 4}, "not both: got 3 and 4"),
    ],
)
def test_a_bad_plan_is_named(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        Plan(**arguments)


def test_two_plans_do_not_share_a_file(tmp_path):
    other = dataclasses.replace(SHORT, evaluate_every=50)
    assert other.file_name == SHORT.file_name
    instantly(tmp_path, [3])
    before = contents(tmp_path)
    with pytest.raises(ValueError, match="another plan.*--out.*evaluate_every=50"):
        instantly(tmp_path, [5], other)
    assert contents(tmp_path) == before


def test_a_misspelt_setting_ends_the_experiment_with_its_name(tmp_path):
    with pytest.raises(TypeError, match="memory_sice"):
        run_seed(Plan("slides_dqn", {"memory_sice": 5}, episodes=1), 0)


def test_score_matrix_fills_a_run_that_stopped_with_the_mean_of_its_last_ten():
    early = result([1], scores=[0.0] * 5 + [10.0] * 10)
    matrix = score_matrix([early, result([1], scores=np.arange(20.0))], 18)
    np.testing.assert_array_equal(matrix[0], [0] * 5 + [10] * 13)
    np.testing.assert_array_equal(matrix[1], np.arange(18))


def test_summary_counts_failures_and_what_came_after_the_first_success():
    results = [
        result([9, 480, 300, 490]),  # solved, lost, found again
        result([9, 9, 9, 475]),  # solved only at the end
        result([500, 500, 500, 20]),  # lost at the end
        result([9, 10, 11, 12]),  # never
    ]
    summary = summarise(results)
    assert summary.runs == 4
    assert summary.solved_ever == 0.75
    assert summary.solved_end == 0.5
    # Later evaluations: 300, 490 of the first; none of the second; 500, 500, 20 of the third.
    assert summary.stayed == pytest.approx(3 / 5)
    assert summary.iqm == pytest.approx((20 + 475) / 2)
    assert summary.mean == pytest.approx((490 + 475 + 20 + 12) / 4)
    assert summary.median == pytest.approx((20 + 475) / 2)
    assert summary.stopped == 0
    assert "| 4 | 100 | 249.25 | 247.50 | 247.5 (" in table_row("x", summary)


def test_a_list_of_sizes_is_the_same_plan_as_a_tuple():
    names = {Plan("slides_dqn", {"hidden_units": kind([8, 4])}).file_name for kind in (list, tuple)}
    assert names == {"slides_dqn-hidden_units=(8,4)"}


def test_a_worker_of_other_versions_is_refused(tmp_path, monkeypatch):
    class Elsewhere(concurrent.futures.Executor):
        def submit(self, function, *arguments):
            monkeypatch.setattr(run_module, "versions", lambda: here | {"keras": "9.9"})
            future = concurrent.futures.Future()
            try:
                future.set_result(function(*arguments))
            except RuntimeError as error:
                future.set_exception(error)
            return future

    here = run_module.versions()
    complaint = f"other versions.*keras '9.9' there, '{here['keras']}' here.*install the same"
    with pytest.raises(RuntimeError, match=complaint) as error:
        run_experiment(SHORT, [3], tmp_path, executor=Elsewhere(), progress=False)
    one_line(error)
    assert len(contents(tmp_path)) == 1, "the plan alone"


# The file.


def test_a_finished_seed_is_not_run_again_and_results_come_in_the_order_asked_for(tmp_path):
    first, ran = instantly(tmp_path, [7, 3])
    assert ran == [7, 3] and [result.seed for result in first] == [7, 3]
    assert first[0].scores == [9.0, 0.3333], "as it is in the file"
    again, ran = instantly(tmp_path, [5, 7, 3, 7])
    assert ran == [5] and [result.seed for result in again] == [5, 7, 3, 7]
    assert again[1:3] == first
    assert [result.seed for result in load_results(SHORT.file_name, tmp_path)] == [3, 5, 7]


LINE = Result(0, [1.0], 100, "episodes", [18], [9.5]).to_json().decode()
DAMAGED = {
    "torn in the middle": (LINE[:30], "Unterminated string|Expecting"),
    "empty": ("", "Expecting value"),
    "another's": ('{"seed": 0}', "must hold seed, scores, .*got {'seed': 0}"),
    "no object": ("[1]", r"must hold seed, scores, .*got \[1\]"),
    "nested without end": ("[" * 100_000, "recursion"),
    "no text": ("\udcff", "utf-8"),
    "seed of a wrong type": (LINE.replace('"seed":0', '"seed":"0"'), "seed .* '0'"),
    "negative seed": (LINE.replace('"seed":0', '"seed":-1'), "seed .* -1"),
    "steps of a wrong type": (LINE.replace('"steps":100', '"steps":null'), "steps .* None"),
    "another end": (LINE.replace('"episodes"', '"luck"'), "ended_by .* 'luck'"),
    "no scores": (LINE.replace('"scores":[1]', '"scores":[]'), r"scores .* \[\]"),
    "a score of a wrong type": (LINE.replace("[1]", '["1"]'), "scores .* '1'"),
    "no evaluation": (LINE.replace("[9.5]", "[]"), r"greedy .* \[\]"),
    "one number": (LINE.replace("[9.5]", "9.5"), "greedy .* 9.5"),
    "not a number": (LINE.replace("[9.5]", "[NaN]"), "greedy .* nan"),
    "too large": (LINE.replace("[9.5]", "[1e999]"), "greedy .* inf"),
    "one evaluation without its step": (LINE.replace("[9.5]", "[9.5, 9]"), "1 numbers, greedy 2"),
    "evaluated at no step": (LINE.replace('_at":[18]', '_at":[1.5]'), "evaluated_at .* 1.5"),
}


@pytest.mark.parametrize("line, complaint", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_line_is_named_and_left(tmp_path, line, complaint):
    instantly(tmp_path, [3, 5])
    file = tmp_path / f"{SHORT.file_name}.jsonl"
    plan, *seeds = file.read_bytes().splitlines(keepends=True)
    line = line.rstrip("\n").encode(errors="surrogateescape") + b"\n"
    file.write_bytes(b"".join([plan, seeds[0], line, seeds[1]]))
    before = file.read_bytes()
    for read in (instantly, lambda out, seeds: load_results(SHORT.file_name, out)):
        with pytest.raises(ValueError, match=f"line 3, is damaged .*(?:{complaint})") as error:
            read(tmp_path, [7])
        assert str(file) in one_line(error)
        assert "delete the line to run its seed again" in one_line(error)
    assert file.read_bytes() == before

    file.write_bytes(before.replace(line, b"", 1) if len(line) > 1 else plan + b"".join(seeds))
    assert instantly(tmp_path, [7])[1] == [7]


def test_a_seed_that_is_there_twice_and_a_missing_plan_are_named(tmp_path):
    instantly(tmp_path, [3])
    instantly(tmp_path, [5])
    file = tmp_path / f"{SHORT.file_name}.jsonl"
    plan, *seeds = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([plan, *seeds, seeds[0]]))
    with pytest.raises(ValueError, match="line 4, holds seed 3, as does line 2; delete one"):
        instantly(tmp_path, [3])
    for first in (b"", b"{torn\n", b"[]\n"):
        file.write_bytes(b"".join([first, *seeds]))
        with pytest.raises(ValueError, match="line 1, must be a plan, got"):
            instantly(tmp_path, [3])


def test_whatever_a_killed_process_left_of_its_last_line_costs_that_seed_alone(tmp_path):
    instantly(tmp_path, [3])
    instantly(tmp_path, [5])
    file = tmp_path / f"{SHORT.file_name}.jsonl"
    whole, lines = file.read_bytes(), contents(tmp_path)
    ends = [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]
    for length in [*range(0, len(whole), 9), *(at + i for at in ends for i in (-1, 0, 1))][:-1]:
        file.write_bytes(whole[:length])
        left = whole[:length].count(b"\n")
        plan, found = read_results(file)
        assert (plan is not None, len(found)) == (left > 0, max(0, left - 1))
        assert file.read_bytes() == whole[:length], "reading changes nothing"
        assert instantly(tmp_path, [3, 5])[1] == [3, 5][len(found) :]
        assert contents(tmp_path) == lines


def test_who_appends_at_the_same_time_does_not_touch_the_others_lines(tmp_path):
    file = tmp_path / "new" / "file"

    def append(letter):  # the lock is the open file's, so that threads do for processes
        for _ in range(100):
            append_line(file, b"plan\n", letter * 300_000 + b"\n")

    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(append, [b"a", b"b"]))
    plan, *lines = file.read_bytes().splitlines()
    assert plan == b"plan"
    assert sorted(lines) == [b"a" * 300_000] * 100 + [b"b" * 300_000] * 100


def test_a_file_deleted_in_between_begins_with_the_plan_again(tmp_path):
    file = tmp_path / "file"
    append_line(file, b"plan\n", b"first\n")
    file.unlink()
    append_line(file, b"plan\n", b"second\n")
    assert file.read_bytes() == b"plan\nsecond\n"


def test_results_are_looked_for_here_above_and_beside_the_package(tmp_path, monkeypatch):
    instantly(tmp_path / "results", [3])
    instantly(tmp_path / "repository" / "results", [5])
    module = tmp_path / "repository" / "dqn_keras" / "experiments" / "results.py"
    monkeypatch.setattr(results_module, "__file__", str(module))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here" / "below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "below")
    assert [result.seed for result in load_results(SHORT.file_name)] == [3]
    (tmp_path / "results").rename(tmp_path / "elsewhere" / "results")
    assert [result.seed for result in load_results(SHORT.file_name)] == [5]
    (tmp_path / "repository").rename(tmp_path / "gone")
    instantly(tmp_path / "results", [])  # a plan, and no result yet
    with pytest.raises(
        FileNotFoundError, match=r"below.*dqn_keras experiment.*results\.sh"
    ) as error:
        load_results(SHORT.file_name)
    assert f"no results {SHORT.file_name}.jsonl" in one_line(error)


# Processes.


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, pytest.param(4, marks=pytest.mark.nightly)])
def test_the_number_of_workers_does_not_change_a_byte(two_workers, tmp_path, workers):
    out, results = two_workers
    assert run_experiment(SHORT, SEEDS, tmp_path, workers, progress=False) == results
    assert contents(tmp_path) == contents(out)


COMMAND = [sys.executable, "-m", "dqn_keras", "experiment", "slides_dqn"]
COMMAND += ["--episodes", "4", "--runs", "8", "--workers", "2"]
COMMAND += ["--set", "train_start=64", "batch_size=8"]


def command(out):
    return [*COMMAND, "--out", str(out), "--graph-dir", str(out)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of the same command, not broken off."""
    out = tmp_path_factory.mktemp("whole")
    subprocess.run(command(out), check=True, capture_output=True)
    return out


def children_of(process):
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split()]


def spawned_workers(process):
    """The pool's processes, without multiprocessing's resource tracker."""
    pids = []
    for pid in children_of(process):
        with open(f"/proc/{pid}/cmdline") as file:
            if "spawn_main" in file.read():
                pids.append(pid)
    return pids


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.nightly
@pytest.mark.skipif(not os.path.exists("/proc"), reason="looks processes up in /proc")
@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_kill_9_loses_nothing_and_leaves_no_process(whole, tmp_path, victim):
    def lines(folder):
        file = folder / f"{SHORT.file_name}.jsonl"
        return sorted(file.read_bytes().splitlines()) if file.exists() else []

    process = subprocess.Popen(
        command(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    for _ in range(1200):
        if len(lines(tmp_path)) >= 3 or process.poll() is not None:
            break
        time.sleep(0.05)
    workers = spawned_workers(process)
    assert process.poll() is None and len(workers) == 2
    os.kill(process.pid if victim == "parent" else workers[0], signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    if victim == "worker":
        assert process.returncode == 1
        assert "the same command goes on" in errors.splitlines()[-1]
    for _ in range(200):
        if not any(map(alive, workers)):
            break
        time.sleep(0.05)
    assert not any(map(alive, workers)), "a worker outlived its parent"

    subprocess.run(command(tmp_path), check=True, capture_output=True)
    assert len(lines(whole)) == 9
    assert lines(tmp_path) == lines(whole)


@pytest.mark.nightly
def test_a_dask_cluster_gives_the_same_bytes_and_survives_a_killed_worker(two_workers, tmp_path):
    distributed = pytest.importorskip("distributed")
    out, results = two_workers
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        executor = client.get_executor()
        taken = run_experiment(SHORT, SEEDS[:2], tmp_path, executor=executor, progress=False)
        assert taken == results[:2]
        client.submit(os._exit, 1, pure=False, retries=0)  # the nanny starts the worker anew
        run_experiment(SHORT, SEEDS, tmp_path, executor=executor, progress=False)
    assert contents(tmp_path) == contents(out)


def test_the_figure_shows_a_point_for_an_experiment_with_a_single_evaluation():
    from dqn_keras.experiments.report import curves_figure

    many = [result([10, 20, 30]), result([20, 30, 40, 50])]
    figure = curves_figure({"many": many, "one": [result([7])]})
    by_episode, by_step = figure.axes
    drawn = [(line.get_xdata().tolist(), line.get_ydata().tolist()) for line in by_step.lines]
    assert drawn == [([0, 1, 2], [15, 25, 35]), ([2], [35]), ([0], [7]), ([0], [7])]
    assert [text.get_text() for text in by_episode.get_legend().get_texts()] == [
        "many (2 runs)",
        "one (1 runs)",
    ]


# ---- a seed that is broken off in the middle


LONG = Plan("slides_dqn", {"train_start": 64, "batch_size": 8}, steps=400, evaluate_every=100)


class BrokenOff(Exception):
    """As a power cut would be, but that the process lives on."""


@pytest.mark.parametrize("episodes", [1, 5, 9])
def test_a_seed_goes_on_where_it_was_broken_off(tmp_path, monkeypatch, episodes):
    whole = run_seed(LONG, 2)
    assert len(whole.scores) > episodes + 1 and len(whole.greedy) > 2
    monkeypatch.setattr(callbacks, "SECONDS_BETWEEN_CHECKPOINTS", 0)  # after every episode
    count = iter(range(episodes))
    save = callbacks.SaveCheckpoints.on_episode_end

    def save_or_break(self, *arguments):
        if next(count, None) is None:
            raise BrokenOff
        save(self, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(callbacks.SaveCheckpoints, "on_episode_end", save_or_break)
        with pytest.raises(BrokenOff):
            run_seed(LONG, 2, tmp_path)
    run_seed(LONG, 3)  # the worker does something else before
    assert run_seed(LONG, 2, tmp_path) == whole
    assert run_seed(LONG, 2, tmp_path) == whole  # broken off before its line was written


def test_finished_seeds_leave_weights_and_no_checkpoints(tmp_path):
    with concurrent.futures.ThreadPoolExecutor(1) as executor:
        here = {"executor": executor, "progress": False, "checkpoint_dir": tmp_path / "under"}
        results = run_experiment(SHORT, [4], tmp_path / "out", **here)
        folder = tmp_path / "under" / SHORT.file_name
        assert [path.name for path in folder.iterdir()] == ["seed4.safetensors"]
        (folder / "seed5").mkdir()
        (folder / "seed5" / "thesis.txt").touch()
        run_experiment(SHORT, [5], tmp_path / "out", **here)
    assert os.listdir(folder / "seed5") == ["thesis.txt"], "only what is ours is removed"
    recipe = find_recipe("slides_dqn")
    agent, environment = recipe.make_agent(recipe.environment(0), 0), recipe.environment(0)
    agent.load_weights(folder / "seed4.safetensors")
    assert evaluate(agent, environment, 100, seed=4).mean() == pytest.approx(results[0].greedy[-1])
