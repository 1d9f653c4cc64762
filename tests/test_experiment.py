import dataclasses
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from dqn_keras.experiments.report import score_matrix, summarise, table_row
from dqn_keras.experiments.run import (
    Plan,
    Result,
    load_results,
    run_experiment,
    run_seed,
)

SHORT = Plan("slides_dqn", {"train_start": 64, "batch_size": 8}, episodes=4)
SEEDS = [3, 5, 7, 11]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    """Four short runs on two workers; what every other way has to agree with."""
    out = tmp_path_factory.mktemp("two")
    return out, run_experiment(SHORT, SEEDS, out, workers=2, progress=False)


def contents(out):
    return {file.name: file.read_bytes() for file in (out / SHORT.folder).iterdir()}


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
    agent = recipe.agent(4, 2, train_start=64, batch_size=8, seed=5)
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


def test_two_plans_do_not_share_a_folder(tmp_path):
    plan = Plan("slides_dqn", {"train_start": 64, "batch_size": 8}, episodes=2)
    other = dataclasses.replace(plan, evaluate_every=50)
    assert other.folder == plan.folder
    run_experiment(plan, [], tmp_path, progress=False)
    run_experiment(plan, [], tmp_path, progress=False)  # its own again
    before = (tmp_path / plan.folder / "plan.json").read_bytes()
    with pytest.raises(ValueError, match="another plan.*--out.*evaluate_every=50"):
        run_experiment(other, [], tmp_path, progress=False)
    assert (tmp_path / plan.folder / "plan.json").read_bytes() == before


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


def test_no_results_and_damaged_results_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="no results"):
        load_results(tmp_path)
    folder = tmp_path / SHORT.folder
    folder.mkdir()
    (folder / "seed_0003.json").write_text('{"seed": 3, "sco')
    with pytest.raises(ValueError, match=r"seed_0003.json is damaged"):
        run_experiment(SHORT, [3], tmp_path, progress=False)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, pytest.param(4, marks=pytest.mark.nightly)])
def test_the_number_of_workers_does_not_change_a_byte(two_workers, tmp_path, workers):
    out, results = two_workers
    assert run_experiment(SHORT, SEEDS, tmp_path, workers, progress=False) == results
    assert contents(tmp_path) == contents(out)


@pytest.mark.slow
def test_finished_seeds_are_not_run_again(two_workers, tmp_path):
    out, results = two_workers
    folder = tmp_path / SHORT.folder
    folder.mkdir()
    kept = json.loads((out / SHORT.folder / "seed_0005.json").read_text()) | {"steps": 12345}
    (folder / "seed_0005.json").write_text(json.dumps(kept))
    again = run_experiment(SHORT, [5], tmp_path, progress=False)
    assert again[0].steps == 12345
    assert load_results(out / SHORT.folder) == results


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


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/proc"), reason="looks processes up in /proc")
@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_kill_9_loses_nothing_and_leaves_no_process(whole, tmp_path, victim):
    process = subprocess.Popen(
        command(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    folder = tmp_path / Plan("slides_dqn", SHORT.settings, episodes=4).folder
    for _ in range(1200):
        if len(list(folder.glob("seed_*.json"))) >= 2 or process.poll() is not None:
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
    killed, expected = (
        {file.name: file.read_bytes() for file in (out / folder.name).iterdir()}
        for out in (tmp_path, whole)
    )
    assert len(expected) == 9
    assert killed == expected


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
