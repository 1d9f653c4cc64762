"""A run that was broken off goes on as if it had not been."""

import contextlib
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import threading
import time
from pathlib import Path

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import one_line, small_agent, weights_of

from dqn_keras import (
    A2CAgent,
    A3CAgent,
    CartPole,
    DeepSARSAAgent,
    GridWorld,
    GymnasiumEnvironment,
    REINFORCEAgent,
    train,
)
from dqn_keras.machinery.variables import variables_of
from dqn_keras.training import Callback, callbacks, checkpoints
from dqn_keras.training.checkpoints import Checkpoints

# Episodes of at most five steps, line by line: what is tested is the state, not the score.
SMALL = {"actor_units": (8,), "critic_units": (8,), "seed": 4}
MAKE = {
    "dqn": lambda: (
        small_agent(seed=4, learning_rate_decay_steps=500),
        CartPole(max_steps=5, seed=3),
    ),
    "dqn on Gymnasium": lambda: (
        small_agent(seed=4, target_update="steps", target_update_every=7, double=True),
        GymnasiumEnvironment(gymnasium.make("CartPole-v1", max_episode_steps=5), seed=3),
    ),
    "dqn on an environment of ours inside Gymnasium": lambda: (
        small_agent(seed=4),
        GymnasiumEnvironment(gymnasium.make("dqn_keras/CartPole-v1", max_steps=5), seed=3),
    ),
    "deep sarsa": lambda: (
        DeepSARSAAgent(15, 5, hidden_units=(8,), seed=4),
        GridWorld(max_steps=5, seed=3),
    ),
    "reinforce": lambda: (
        REINFORCEAgent(4, 2, hidden_units=(8,), max_steps=5, seed=4),
        CartPole(max_steps=5, seed=3),
    ),
    "a2c": lambda: (A2CAgent(4, 2, **SMALL), CartPole(max_steps=5, seed=3)),
    "a3c": lambda: (A3CAgent(4, 2, **SMALL), CartPole(max_steps=5, seed=3)),
}
EXACT = [name for name in MAKE if name != "a3c"]
EPISODES = 16


def snapshot(agent, environment) -> dict:
    """Every number that changes in a run, by its place among the variables."""
    return dict(enumerate(v.numpy() for v in variables_of(agent, environment)))


def same(one: dict, other: dict) -> None:
    assert one.keys() == other.keys()
    different = [name for name in one if not np.array_equal(one[name], other[name])]
    assert not different, different


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [name if name == "dqn" else pytest.param(name, marks=pytest.mark.slow) for name in EXACT],
)
def test_a_run_in_two_parts_is_the_run_in_one(name, tmp_path, eagerly):
    straight = MAKE[name]()
    history = train(*straight, EPISODES, progress=False)

    train(*MAKE[name](), EPISODES // 2, checkpoint_dir=tmp_path, progress=False)
    resumed = MAKE[name]()
    again = train(*resumed, EPISODES, checkpoint_dir=tmp_path, progress=False)

    assert again.scores == history.scores
    assert again.steps == history.steps
    same(snapshot(*resumed), snapshot(*straight))


def test_the_snapshot_sees_all_that_changes():
    """What is not saved could not be compared either."""
    agent, environment = MAKE["dqn"]()
    values = snapshot(agent, environment)
    changing = {
        "model": agent.model.weights,
        "target_model": agent.target_model.weights,
        "optimizer": [v for v in agent.optimizer.variables if v.name != "learning_rate"],
        "memory": [agent.memory.states, agent.memory.terminated, agent.memory.appended],
        "counters": [agent.training_steps, agent.episode_count],
        "dice": [agent.rng.state, environment.rng.state],
        "environment": [environment.state, environment.steps],
    }
    for name, variables in changing.items():
        for number, variable in enumerate(variables):  # a mark on each, to be found again
            mark = tf.cast(tf.fill(variable.shape, number % 2 + 1), variable.dtype)
            variable.assign(mark)
            assert any(
                np.array_equal(value, mark) and not np.array_equal(value, values[key])
                for key, value in snapshot(agent, environment).items()
            ), (name, number)
            values = snapshot(agent, environment)


@pytest.mark.slow
def test_a3c_resumes_whole(tmp_path):
    first, environment = MAKE["a3c"]()
    train(first, environment, 6, checkpoint_dir=tmp_path, progress=False)
    second, environment = MAKE["a3c"]()
    history = train(second, environment, 6, checkpoint_dir=tmp_path, progress=False)
    assert history.episodes == 6, "nothing left to play"
    np.testing.assert_array_equal(weights_of(first.actor), weights_of(second.actor))
    np.testing.assert_array_equal(weights_of(first.critic), weights_of(second.critic))
    history = train(second, environment, 9, checkpoint_dir=tmp_path, progress=False)
    assert history.episodes == 9
    assert np.any(weights_of(first.actor) != weights_of(second.actor))


def test_it_saves_as_it_goes_and_keeps_two(tmp_path, eagerly):
    agent, environment = MAKE["dqn"]()
    seen = []
    episode = type(agent).run_episode

    def run_episode(environment):
        seen.append({file.stem for file in tmp_path.glob("*.index")})
        return episode(agent, environment)

    agent.run_episode = run_episode
    train(agent, environment, 11, checkpoint_dir=tmp_path, checkpoint_every=3, progress=False)
    assert [sorted(files) for files in seen[2:5]] == [[], ["ckpt-3"], ["ckpt-3"]]
    assert sorted(seen[10]) == ["ckpt-6", "ckpt-9"]
    assert {file.stem for file in tmp_path.glob("*.index")} == {"ckpt-9", "ckpt-11"}, "the end too"


def test_what_a_killed_save_left_behind_is_swept_away(tmp_path, eagerly):
    (tmp_path / "ckpt-2_temp").mkdir()
    (tmp_path / "ckpt-2_temp" / "part-00000-of-00001.data").write_bytes(b"half")
    (tmp_path / "ckpt-1.data-00000-of-00001").write_bytes(b"of a checkpoint without an index")
    (tmp_path / "ckpt-3.index.tempstate77").write_bytes(b"half")
    (tmp_path / f"checkpoint.tmp{'0123456789abcdef' * 2}").write_bytes(b"half")
    (tmp_path / "my notes").write_text("not ours")
    train(*MAKE["dqn"](), 3, checkpoint_dir=tmp_path, progress=False)
    left = {file.name.split(".")[0] for file in tmp_path.iterdir()} - {""}  # and the lock
    assert left == {"checkpoint", "ckpt-3", "my notes"}
    assert not list(tmp_path.glob("*t*mp*"))


def test_what_is_not_its_own_stays_in_the_folder(tmp_path, eagerly):
    """Names that only begin like a checkpoint's."""
    (tmp_path / "ckpt-plots").mkdir()
    (tmp_path / "ckpt-plots" / "one.png").write_text("mine")
    mine = ["ckpt-notes.txt", "ckpt-9.txt", "ckpt-x.index", "ckpt-3.index.old", "\udcff.index"]
    for name in mine:
        (tmp_path / name).write_text("mine")
    history = train(*MAKE["dqn"](), 6, checkpoint_dir=tmp_path, checkpoint_every=2, progress=False)
    assert history.episodes == 6
    assert all((tmp_path / name).read_text() == "mine" for name in mine)
    assert (tmp_path / "ckpt-plots" / "one.png").exists()
    assert len(list(tmp_path.glob("ckpt-[0-9].index"))) == 2


@pytest.mark.parametrize("name", ["../thesis", "/elsewhere/ckpt-3", "ckpt-notes", "sub/ckpt-2"])
def test_a_list_that_names_files_elsewhere_is_refused_and_deletes_nothing(tmp_path, eagerly, name):
    folder = tmp_path / "checkpoints"
    train(*MAKE["dqn"](), 4, checkpoint_dir=folder, checkpoint_every=2, progress=False)
    for ending in ("index", "data-00000-of-00001"):
        (tmp_path / f"thesis.{ending}").write_text("years of work")
    listed = (folder / "checkpoint").read_text()
    (folder / "checkpoint").write_text(listed + f'all_model_checkpoint_paths: "{name}"\n')
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(ValueError, match="no checkpoint of that folder; choose another") as error:
        train(*MAKE["dqn"](), 9, checkpoint_dir=folder, checkpoint_every=1, progress=False)
    one_line(error)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_two_runs_do_not_share_a_folder(tmp_path, eagerly):
    class Second(Callback):
        def on_episode_end(self, episode, logs):
            with pytest.raises(OSError, match=f"another run uses the checkpoints in {tmp_path}"):
                train(*MAKE["dqn"](), 3, checkpoint_dir=tmp_path, progress=False)

    train(*MAKE["dqn"](), 2, checkpoint_dir=tmp_path, callbacks=[Second()], progress=False)
    # Afterwards it is free again, after an error, too.
    with pytest.raises(ValueError, match="another run"):
        train(small_agent(seed=99), CartPole(5, 3), 3, checkpoint_dir=tmp_path, progress=False)
    assert train(*MAKE["dqn"](), 4, checkpoint_dir=tmp_path, progress=False).episodes == 4


def test_a_checkpoint_is_made_after_half_a_minute_too(tmp_path, eagerly, monkeypatch):
    monkeypatch.setattr(callbacks, "SECONDS_BETWEEN_CHECKPOINTS", 0.0)
    seen = []

    class Watch(Callback):
        def on_episode_end(self, episode, logs):
            seen.append((tmp_path / f"ckpt-{episode}.index").exists())

    train(
        *MAKE["dqn"](),
        3,
        checkpoint_dir=tmp_path,
        checkpoint_every=1000,
        callbacks=[Watch()],
        progress=False,
    )
    assert seen == [True, True, True]


def test_a_run_that_met_its_rule_is_not_played_on(tmp_path, eagerly):
    def stop(scores):
        return len(scores) >= 5

    first = train(*MAKE["dqn"](), 20, stop, checkpoint_dir=tmp_path, progress=False)
    again = train(*MAKE["dqn"](), 20, stop, checkpoint_dir=tmp_path, progress=False)
    assert first.ended_by == again.ended_by == "stop rule"
    assert first.scores == again.scores


@pytest.fixture(scope="module")
def two_checkpoints(tmp_path_factory):
    """The folder of a run, with its checkpoints after 4 and 6 episodes."""
    folder = tmp_path_factory.mktemp("two")
    tf.config.run_functions_eagerly(True)
    train(*MAKE["dqn"](), 6, checkpoint_dir=folder, checkpoint_every=4, progress=False)
    tf.config.run_functions_eagerly(False)
    return folder


def torn(folder, tmp_path, number, kind, share):
    """A copy of the folder in which one file of a checkpoint is damaged."""
    copy = tmp_path / "torn"
    shutil.copytree(folder, copy)
    (file,) = copy.glob(f"ckpt-{number}.{kind}*")
    data = file.read_bytes()
    if share is None:
        file.unlink()
    elif share == "flipped":
        middle = len(data) // 2
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    else:
        file.write_bytes(data[: int(share * len(data))])
    return copy


@pytest.mark.parametrize("share", [0, 0.3, 0.99, "flipped", None])
@pytest.mark.parametrize("kind", ["index", "data"])
def test_from_a_torn_checkpoint_it_goes_back_to_the_one_before(
    two_checkpoints, tmp_path, kind, share
):
    folder = torn(two_checkpoints, tmp_path, 6, kind, share)
    agent, environment = MAKE["dqn"]()
    scores, *_ = Checkpoints(folder, agent, environment).restore()
    assert len(scores) == 4
    whole = MAKE["dqn"]()
    for file in two_checkpoints.glob("ckpt-4*"):
        shutil.copy(file, tmp_path)
    Checkpoints(tmp_path, *whole).restore()
    same(snapshot(agent, environment), snapshot(*whole))


def test_without_its_list_the_newest_checkpoint_is_found(two_checkpoints, tmp_path):
    shutil.copytree(two_checkpoints, tmp_path / "copy")
    (tmp_path / "copy" / "checkpoint").write_text("torn {")
    scores, *_ = Checkpoints(tmp_path / "copy", *MAKE["dqn"]()).restore()
    assert len(scores) == 6


def test_if_none_is_whole_that_is_said_and_nothing_is_changed(two_checkpoints, tmp_path):
    folder = torn(two_checkpoints, tmp_path, 6, "data", 0.5)
    for file in folder.glob("ckpt-4.data*"):
        file.write_bytes(b"")
    agent, environment = MAKE["dqn"]()
    before = snapshot(agent, environment)
    with pytest.raises(ValueError, match="no checkpoint in .* is whole; delete") as error:
        train(agent, environment, 9, checkpoint_dir=folder, progress=False)
    one_line(error)
    same(snapshot(agent, environment), before)


def test_a_run_killed_in_its_very_first_save_begins_anew(two_checkpoints, tmp_path, eagerly):
    folder = torn(two_checkpoints, tmp_path, 6, "index", 0.5)
    for file in [*folder.glob("ckpt-4*"), folder / "checkpoint"]:
        file.unlink()  # the first save tears its own index before there is a list
    history = train(*MAKE["dqn"](), 3, checkpoint_dir=folder, progress=False)
    assert history.scores == train(*MAKE["dqn"](), 3, progress=False).scores
    assert not list(folder.glob("ckpt-6*"))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda: (small_agent(seed=5, learning_rate_decay_steps=500), CartPole(5, 3)), "seed 4 "),
        (lambda: (small_agent(seed=4), CartPole(5, 3)), "learning_rate_decay_steps 500 there, N"),
        (
            lambda: (small_agent(seed=4, learning_rate_decay_steps=500), CartPole(5, 8)),
            "environment's seed 3 there, 8 here",
        ),
        (lambda: MAKE["a2c"](), "agent 'dqn' there, 'a2c' here"),
        (
            lambda: (MAKE["dqn"]()[0], CartPole(6, 3)),
            "environment's max_steps 5 there, 6 here",
        ),
    ],
)
def test_another_runs_checkpoints_are_refused(two_checkpoints, change, complaint):
    agent, environment = change()
    before = snapshot(agent, environment)
    files = {file.name: file.read_bytes() for file in two_checkpoints.iterdir()}
    with pytest.raises(ValueError, match=complaint) as error:
        train(agent, environment, 9, checkpoint_dir=two_checkpoints, progress=False)
    assert "choose another folder" in one_line(error)
    same(snapshot(agent, environment), before)
    assert {file.name: file.read_bytes() for file in two_checkpoints.iterdir()} == files


def test_an_agents_limit_is_not_taken_for_the_environments(tmp_path, eagerly):
    environment = CartPole(max_steps=5, seed=3)
    for max_steps in (5, 7):
        agent = REINFORCEAgent(4, 2, hidden_units=(8,), max_steps=max_steps, seed=4)
        with (
            pytest.raises(ValueError, match=": max_steps 5 there, 7 here")
            if max_steps == 7
            else contextlib.nullcontext()
        ):
            train(agent, environment, 2, checkpoint_dir=tmp_path, progress=False)


def test_settings_computed_by_numpy_are_the_same_settings(tmp_path, eagerly):
    for learning_rate in (np.float32(0.5), 0.5):
        environment = CartPole(max_steps=5, seed=3)
        agent = small_agent(seed=4, learning_rate=learning_rate)
        history = train(agent, environment, 2, checkpoint_dir=tmp_path, progress=False)
    assert history.episodes == 2


def test_a_folder_that_cannot_be_is_a_one_line_error_before_the_work(tmp_path):
    (tmp_path / "file").write_text("")
    agent, environment = MAKE["dqn"]()
    with pytest.raises(OSError, match="file") as error:
        train(agent, environment, 3, checkpoint_dir=tmp_path / "file" / "x", progress=False)
    one_line(error)
    assert agent.steps == 0


def test_a_folder_deleted_while_running_is_a_one_line_error(tmp_path, eagerly):
    agent, environment = MAKE["dqn"]()
    episode = type(agent).run_episode

    def run_episode(environment):
        shutil.rmtree(tmp_path / "gone", ignore_errors=True)
        (tmp_path / "gone").write_text("a file in its place")
        return episode(agent, environment)

    agent.run_episode = run_episode
    with pytest.raises(OSError, match="cannot save a checkpoint in .*gone") as error:
        train(agent, environment, 3, checkpoint_dir=tmp_path / "gone", progress=False)
    one_line(error)


@pytest.mark.parametrize("bad", [0, -1, 2.5, "3"])
def test_a_bad_interval_is_named(tmp_path, bad):
    with pytest.raises((TypeError, ValueError), match=f"checkpoint_every.*{bad}"):
        train(*MAKE["dqn"](), 3, checkpoint_dir=tmp_path / "x", checkpoint_every=bad)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("setting", [{"step_penalty": 0.1}, {"reset_counter": False}])
def test_another_settings_grid_is_another_environment(tmp_path, setting):
    agent = DeepSARSAAgent(15, 5, seed=0)
    Checkpoints(tmp_path, agent, GridWorld()).save([1.0], 0.5, {"mine": [2]})
    assert Checkpoints(tmp_path, agent, GridWorld()).restore() == ([1.0], 0.5, {"mine": [2]})
    ((name, value),) = setting.items()
    complaint = f"environment's {name} {getattr(GridWorld(), name)} there, {value} here"
    with pytest.raises(ValueError, match=complaint):
        Checkpoints(tmp_path, agent, GridWorld(**setting)).restore()


# Killed, and started again in another process.


def child(name, folder, episodes, every, result, kill_at=None):
    """What a started process does: trains with checkpoints, leaves what came of it."""
    tf.config.run_functions_eagerly(True)
    if kill_at == "before the list":  # data and index are written, the list of checkpoints is not
        import tensorflow.python.checkpoint.checkpoint_management as management

        management.update_checkpoint_state_internal = lambda *_, **__: os.kill(os.getpid(), 9)
    elif kill_at == "while it is written":  # then there are temporary files

        def watch():
            while not any("temp" in name for name in os.listdir(folder)):
                pass
            os.kill(os.getpid(), 9)

        folder.mkdir()
        threading.Thread(target=watch, daemon=True).start()
    elif kill_at == "memory is full":
        import resource

        def fill():
            while not (folder / "checkpoint").exists():
                time.sleep(0.001)
            (used,) = re.findall(r"VmData:\s+(\d+) kB", Path("/proc/self/status").read_text())
            resource.setrlimit(resource.RLIMIT_DATA, (1024 * int(used), -1))
            held = []
            while True:
                with contextlib.suppress(MemoryError):
                    held.append(bytes(2**12))

        threading.Thread(target=fill, daemon=True).start()
    agent, environment = MAKE[name]()
    history = train(
        agent,
        environment,
        episodes,
        checkpoint_dir=folder,
        checkpoint_every=every,
        progress=False,
    )
    np.savez(result, **{str(k): v for k, v in snapshot(agent, environment).items()})
    Path(result).with_suffix(".json").write_text(json.dumps(history.scores))


# One process that has imported TensorFlow, and started nothing of it, begets the others.
server = multiprocessing.get_context("forkserver")
server.set_forkserver_preload(["dqn_keras", "dqn_keras.training.loop"])


def start(*arguments):
    process = server.Process(target=child, args=arguments)
    process.start()
    return process


def result_of(path):
    values = np.load(path)
    scores = json.loads(path.with_suffix(".json").read_text())
    return {int(name): values[name] for name in values.files}, scores


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.nightly] * (name not in ("dqn", "dqn on Gymnasium")))
        for name in EXACT
    ],
)
def test_killed_and_started_again_in_a_new_process(name, tmp_path):
    """N episodes, kill -9, N more: to the last bit what 2N are."""
    straight = MAKE[name]()
    tf.config.run_functions_eagerly(True)
    history = train(*straight, EPISODES, progress=False)
    tf.config.run_functions_eagerly(False)

    folder, half = tmp_path / "checkpoints", EPISODES // 2
    process = start(name, folder, 100_000, half, tmp_path / "never.npz")
    while not (folder / "checkpoint").exists():  # the list, written when the first is whole
        assert process.is_alive()
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    process = start(name, folder, EPISODES, half, tmp_path / "result.npz")
    process.join()
    assert process.exitcode == 0
    values, scores = result_of(tmp_path / "result.npz")
    assert scores == history.scores
    same(values, snapshot(*straight))


@pytest.mark.nightly
def test_killed_again_and_again_no_run_is_lost(tmp_path):
    """20 kills at random moments, two in the middle of a save: it ends as if there were none."""
    episodes = 60
    straight = MAKE["dqn"]()
    tf.config.run_functions_eagerly(True)
    history = train(*straight, episodes, progress=False)
    tf.config.run_functions_eagerly(False)

    folder, result = tmp_path / "checkpoints", tmp_path / "result.npz"
    chance, kills, reached = random.Random(0), 0, 0
    for kill_at in ("while it is written", "before the list"):
        process = start("dqn", folder, episodes, 2, result, kill_at)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        kills += 1
    while kills < 22:
        process = start("dqn", folder, episodes, 2, result)
        # Anything from its first moment to some checkpoints later; never so late that it is done.
        newest = newest_of(folder)
        goal = newest + chance.choice([0, 0, 1, 2]) * 2
        while newest_of(folder) < min(goal, episodes - 30) and process.is_alive():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL, "it ended before it was killed"
        kills += 1
        assert newest_of(folder) >= reached, "what was saved is still there"
        reached = newest_of(folder)
    process = start("dqn", folder, episodes, 2, result)
    process.join()
    assert process.exitcode == 0
    values, scores = result_of(result)
    assert scores == history.scores
    same(values, snapshot(*straight))
    left = sorted(file.name.split(".")[0] for file in folder.glob("ckpt-*"))
    assert left == ["ckpt-58", "ckpt-58", "ckpt-60", "ckpt-60"], "nothing half written"


@pytest.mark.nightly
@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="limits memory as Linux does")
def test_where_memory_runs_out_the_last_checkpoint_is_left(tmp_path, eagerly):
    """TensorFlow ends the process: by an abort, by a segmentation fault, by an error at best."""
    folder, straight = tmp_path / "checkpoints", MAKE["dqn"]()
    process = start("dqn", folder, 100_000, 4, tmp_path / "never.npz", "memory is full")
    process.join(240)
    assert process.exitcode not in (0, None)
    episodes = newest_of(folder) + 8
    process = start("dqn", folder, episodes, 4, tmp_path / "result.npz")
    process.join()
    values, scores = result_of(tmp_path / "result.npz")
    assert scores == train(*straight, episodes, progress=False).scores
    same(values, snapshot(*straight))


def newest_of(folder) -> int:
    return max((int(file.stem[5:]) for file in folder.glob("ckpt-*.index")), default=0)


def test_a_finished_run_that_is_asked_for_less_says_so(tmp_path, eagerly):
    train(*MAKE["dqn"](), 6, checkpoint_dir=tmp_path, progress=False)
    with pytest.warns(UserWarning, match="has played 6 episodes already, 3 were asked for"):
        history = train(*MAKE["dqn"](), 3, checkpoint_dir=tmp_path, progress=False)
    assert history.episodes == 6


def test_other_versions_are_a_warning(tmp_path, eagerly, monkeypatch):
    train(*MAKE["dqn"](), 2, checkpoint_dir=tmp_path, progress=False)
    monkeypatch.setattr(checkpoints, "versions", lambda: {"keras": "9.9", "numpy": "2.0"})
    with pytest.warns(UserWarning, match=r"keras '[\d.]+' there, '9.9' here.*may differ"):
        assert train(*MAKE["dqn"](), 3, checkpoint_dir=tmp_path, progress=False).episodes == 3
