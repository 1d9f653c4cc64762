"""The outer loop, and what it leaves."""

import gc
import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
import weakref

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, one_line, small_agent, weights_of
from PIL import Image

from dqn_keras import (
    A2CAgent,
    A3CAgent,
    CartPole,
    DQNAgent,
    History,
    REINFORCEAgent,
    checks,
    mean_of_last_above,
    q_network,
    running_mean_above,
    train,
)
from dqn_keras.agents.agent import Agent
from dqn_keras.machinery import files
from dqn_keras.training import Run, play
from dqn_keras.training.callbacks import FiniteCheck, Log


class Scripted(Agent):
    """An agent that has nothing to learn: it scores what it is told."""

    name = "scripted"
    Settings = REINFORCEAgent.Settings
    networks = {}

    def __init__(self, scores=(), during=lambda played: None, **settings):
        super().__init__(4, 2, seed=11, **settings)
        self.script, self.played, self.during = list(scores), 0, during
        self.counter = tf.Variable(0)

    def run_episode(self, environment):
        self.during(self.played)
        score = self.script[self.played] if self.script else float(self.played + 1)
        self.played += 1
        self.counter.assign_add(int(np.nan_to_num(score, posinf=0)))
        return tf.constant(score, tf.float32)

    @property
    def steps(self):
        return self.counter

    def status(self):
        return {"epsilon": "0.50"}


def quiet(agent, episodes, stop=None, **settings):
    return train(agent, CartPole(seed=3), episodes, stop, progress=False, **settings)


# The stop rule.


@pytest.mark.parametrize(
    "scores, holds",
    [
        ([], False),
        ([500], False),
        ([500] * 9, False),  # never before ten episodes
        ([500] * 10, True),
        ([490] * 10, False),  # above, not at
        ([490] * 9 + [491], True),
        ([0] * 300 + [500] * 10, True),  # the last ten only
        ([500] * 300 + [0] * 10, False),
        # All ten of them: the slides' nine without the newest would say the opposite.
        ([500] * 9 + [300], False),
        ([500] * 300 + [300], False),
        ([480] + [491] * 8 + [500], True),
        ([401] + [500] * 9, True),
        ([400] + [500] * 9, False),  # mean 490
        ([400] + [500] * 9 + [500], True),
    ],
    ids=str,
)
def test_the_stop_rule(scores, holds):
    assert mean_of_last_above(490)(scores) is holds
    assert mean_of_last_above(490)(np.array(scores, float)) in (holds, np.bool_(holds))


def test_the_stop_rule_for_another_number_of_episodes():
    rule = mean_of_last_above(1.5, episodes=2)
    assert [rule(s) for s in ([9], [1, 2], [1, 3], [9, 1, 1])] == [False, False, True, False]


@pytest.mark.parametrize("bad", [{"limit": "490"}, {"limit": float("nan")}, {"episodes": 0}])
def test_a_bad_stop_rule_is_a_one_line_error_that_names_it(bad):
    with pytest.raises((TypeError, ValueError), match=next(iter(bad))) as error:
        mean_of_last_above(**{"limit": 490} | bad)
    one_line(error)


def test_training_stops_with_the_episode_that_meets_the_rule():
    history = quiet(Scripted([0, 500] + [500] * 20), 20, mean_of_last_above(490))
    assert history.ended_by == "stop rule"
    assert history.scores == [0.0] + [500.0] * 10
    assert history.episodes == 11


def test_training_without_a_rule_plays_all_episodes():
    history = quiet(Scripted([500] * 30), 30)
    assert (history.ended_by, history.episodes) == ("episodes", 30)


def test_meeting_the_rule_in_the_last_episode_is_meeting_it():
    assert quiet(Scripted([500] * 10), 10, mean_of_last_above(490)).ended_by == "stop rule"


# What it tells and leaves.


def test_the_history_tells_the_run():
    history = quiet(Scripted([3, 1, 4, 1, 5], max_steps=8), 5)
    assert history.scores == [3, 1, 4, 1, 5]
    assert history.steps == 14
    assert history.seed == 11
    assert history.agent["name"] == "scripted" and history.agent["max_steps"] == 8
    assert history.environment == {"name": "cartpole", "max_steps": 500, "seed": 3}
    assert set(history.versions) >= {"tensorflow", "keras", "gymnasium", "numpy"}
    assert history.versions["tensorflow"] == tf.__version__
    assert history.versions["numpy"] == np.__version__
    assert history.seconds >= 0


def test_a_history_survives_saving_and_loading(tmp_path):
    history = quiet(Scripted(hidden_units=[24, 24]), 12)
    assert History.load(history.save(tmp_path / "history.json")) == history


def test_a_history_with_settings_computed_by_numpy_is_saved(tmp_path):
    # After hours of training, np.arange's int64 must not be what the file fails on.
    agent = small_agent(
        batch_size=np.int64(16), learning_rate=np.float32(0.5), seed=np.int64(3), train_start=50
    )
    history = train(agent, CartPole(seed=np.int64(4)), 1, progress=False, model_dir=tmp_path)
    content = json.loads((tmp_path / "cartpole_dqn.json").read_text())
    assert content["agent"]["batch_size"] == 16 and content["agent"]["learning_rate"] == 0.5
    assert content["seed"] == 3 and content["environment"]["seed"] == 4
    assert History.load(tmp_path / "cartpole_dqn.json").scores == history.scores


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "3", '{"scores": [1.0]}'])
def test_a_file_that_is_no_history_is_a_one_line_error_that_names_it(tmp_path, content):
    path = tmp_path / "history.json"
    path.write_text(content)
    with pytest.raises(ValueError, match="not a history") as error:
        History.load(path)
    assert str(path) in one_line(error)


def test_a_missing_history_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        History.load(tmp_path / "history.json")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A real, short run: its folder, agent and history."""
    folder = tmp_path_factory.mktemp("run")
    agent = small_agent(seed=4)
    history = quiet(agent, 12, model_dir=folder / "model", graph_dir=str(folder / "graph"))
    return folder, agent, history


def test_a_run_leaves_weights_history_and_curve(run):
    folder, agent, history = run
    assert sorted(os.listdir(folder / "model")) == ["cartpole_dqn.json", "cartpole_dqn.safetensors"]
    assert os.listdir(folder / "graph") == ["cartpole_dqn.png"]
    other = small_agent(seed=5)
    other.load_weights(folder / "model" / "cartpole_dqn.safetensors")
    np.testing.assert_array_equal(weights_of(other.model), weights_of(agent.model))
    with Image.open(folder / "graph" / "cartpole_dqn.png") as picture:
        assert picture.format == "PNG" and min(picture.size) >= 300
        assert len(picture.convert("RGB").getcolors(100_000)) > 3


def test_the_json_beside_the_weights_tells_how_they_came_about(run):
    folder, agent, history = run
    content = json.loads((folder / "model" / "cartpole_dqn.json").read_text())
    assert content["episodes"] == 12 == len(content["scores"])
    assert content["scores"] == history.scores
    assert content["steps"] == int(agent.steps) == sum(history.scores)
    assert content["seed"] == 4
    assert content["ended_by"] == "episodes"
    settings = json.loads(json.dumps(agent.get_config()))
    assert content["agent"] == {"name": "dqn", **settings}
    assert content["environment"] == {"name": "cartpole", "max_steps": 500, "seed": 3}
    assert content["versions"] == history.versions
    loaded = History.load(folder / "model" / "cartpole_dqn.json")
    assert loaded.scores == history.scores and loaded.seconds == history.seconds


def test_the_name_names_the_files(tmp_path):
    quiet(Scripted(), 2, name="mine", model_dir=tmp_path, graph_dir=tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["mine.json", "mine.png", "mine.safetensors"]
    quiet(Scripted(), 2, graph_dir=tmp_path / "new" / "one")
    assert os.listdir(tmp_path / "new" / "one") == ["cartpole_scripted.png"]


def test_without_folders_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    quiet(Scripted(), 2)
    assert os.listdir(tmp_path) == []


@pytest.mark.slow
def test_a_trained_agent_goes_on_where_it_was():
    whole, parts = small_agent(seed=6), small_agent(seed=6)
    environments = CartPole(seed=6), CartPole(seed=6)
    expected = train(whole, environments[0], 8, progress=False)
    first, second = (train(parts, environments[1], 4, progress=False) for _ in range(2))
    assert first.scores + second.scores == expected.scores
    assert second.steps == expected.steps  # of the agent's whole life
    np.testing.assert_array_equal(weights_of(parts.model), weights_of(whole.model))


def test_the_progress_bar_shows_score_epsilon_and_memory(capsys):
    train(small_agent(train_start=60), CartPole(seed=0), 2)
    shown = capsys.readouterr().err
    for word in ("cartpole dqn", "2/2", "score=", "epsilon=", "memory="):
        assert word in shown


def test_without_progress_nothing_is_printed(capfd):
    quiet(Scripted(), 3)
    assert capfd.readouterr() == ("", "")


# Bad arguments, before anything is done.


@pytest.mark.parametrize("bad", [0, -1, 2.5, "10", None, True])
def test_a_bad_number_of_episodes_is_a_one_line_error_and_nothing_is_written(tmp_path, bad):
    agent = Scripted()
    with pytest.raises((TypeError, ValueError), match=f"episodes.*{bad!r}") as error:
        quiet(agent, bad, model_dir=tmp_path / "model", graph_dir=tmp_path / "graph")
    one_line(error)
    assert os.listdir(tmp_path) == [] and agent.played == 0


def test_an_agent_for_another_environment_is_refused_and_nothing_is_written(tmp_path):
    agent = small_agent(state_size=6, action_size=3)
    with pytest.raises(ValueError, match="6 state values and 3 actions.*4 and 2") as error:
        quiet(agent, 5, model_dir=tmp_path / "model", graph_dir=tmp_path / "graph")
    one_line(error)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("folder", ["model_dir", "graph_dir"])
def test_a_file_in_a_folders_place_is_an_error_before_the_work(tmp_path, folder):
    (tmp_path / "file").write_text("mine")
    agent = Scripted()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OSError) as error:
            quiet(agent, 5, **{folder: path})
        assert "file" in one_line(error)
    assert agent.played == 0
    assert (tmp_path / "file").read_text() == "mine"


# Ctrl-C.


def test_ctrl_c_ends_the_run_after_the_present_episode(tmp_path):
    agent = Scripted(during=lambda played: played == 3 and signal.raise_signal(signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    history = quiet(agent, 100, model_dir=tmp_path, graph_dir=tmp_path)
    assert history.ended_by == "interrupt"
    assert history.scores == [1, 2, 3, 4]  # the fourth was played to its end
    assert len(os.listdir(tmp_path)) == 3
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_breaks_off():
    def twice(played):
        if played == 3:
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt, match="what 3 episodes gave is lost"):
        quiet(Scripted(during=twice), 100)
    assert signal.getsignal(signal.SIGINT) is before


def test_what_was_finished_before_a_second_ctrl_c_is_saved(tmp_path):
    def twice(played):
        for _ in range(2 * (played == 3)):
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt, match="what 3 episodes gave is saved"):
        quiet(Scripted(during=twice), 100, model_dir=tmp_path, graph_dir=tmp_path)
    history = History.load(tmp_path / "cartpole_scripted.json")
    assert (history.scores, history.ended_by) == ([1, 2, 3], "interrupt")
    assert len(os.listdir(tmp_path)) == 3


def test_broken_off_it_names_the_checkpoint_there_is(tmp_path):
    """Nothing is saved in the middle of an episode, and nothing else is promised."""

    def twice(played):
        for _ in range(2 * (played == 3)):
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt, match="is lost; the last checkpoint is.*episode 2$"):
        quiet(Scripted(during=twice), 100, checkpoint_dir=tmp_path, checkpoint_every=2)
    assert {path.stem for path in tmp_path.glob("*.index")} == {"ckpt-2"}


def test_a_second_ctrl_c_in_the_first_episode_leaves_nothing_and_says_so(tmp_path):
    def twice(played):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt, match="^no episode was finished$"):
        quiet(Scripted(during=twice), 100, model_dir=tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_signal_while_it_is_being_saved_does_not_break_that_off(tmp_path, monkeypatch):
    def write_together(contents):
        signal.raise_signal(signal.SIGINT)
        written(contents)

    written = files.write_together
    monkeypatch.setattr(files, "write_together", write_together)
    assert quiet(Scripted(), 3, model_dir=tmp_path).ended_by == "episodes"
    assert len(os.listdir(tmp_path)) == 2


class Breaks(Scripted):
    """Its environment fails in the fourth episode."""

    def run_episode(self, environment):
        if self.played == 3:
            raise ZeroDivisionError("of the environment")
        return super().run_episode(environment)


def test_an_error_keeps_what_was_finished(tmp_path):
    folders = {"model_dir": tmp_path, "checkpoint_dir": tmp_path / "checkpoints"}
    with pytest.raises(ZeroDivisionError, match="^of the environment") as error:
        quiet(Breaks(), 100, checkpoint_every=2, **folders)
    (note,) = error.value.__notes__
    assert note == "what 3 episodes gave is saved; the last checkpoint is that of episode 2"
    history = History.load(tmp_path / "cartpole_scripted.json")
    assert (history.scores, history.ended_by) == ([1, 2, 3], "error")
    assert (tmp_path / "cartpole_scripted.safetensors").exists()


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_where_saving_fails_too_both_errors_are_told(tmp_path, kind):
    def fail(played):
        if played == 3:
            raise kind("first")

    (tmp_path / "cartpole_scripted.json").mkdir()  # where the history belongs
    with pytest.raises(kind) as error:
        quiet(Scripted(during=fail), 100, model_dir=tmp_path)
    told = [*getattr(error.value, "__notes__", []), *error.value.args]
    assert re.fullmatch(r"what 3 episodes gave is not all saved: .*scripted\.json.*", told[0])


def test_weights_ruined_in_the_episode_that_was_broken_off_are_not_saved(tmp_path, eagerly):
    def ruin(played):
        if played == 3:
            network.set_weights([weight * np.nan for weight in network.get_weights()])
            raise ZeroDivisionError

    agent, network = Scripted(during=ruin), q_network(4, 2, (3,))
    agent.networks = {"q": network}
    with pytest.raises(ZeroDivisionError) as error:
        quiet(agent, 100, model_dir=tmp_path)
    assert "is not all saved: episode 3: a weight is not finite" in error.value.__notes__[0]
    assert os.listdir(tmp_path) == []


def test_an_error_before_the_first_episode_leaves_nothing(tmp_path):
    agent = Breaks()
    agent.played = 3
    with pytest.raises(ZeroDivisionError) as error:
        quiet(agent, 100, model_dir=tmp_path)
    assert not hasattr(error.value, "__notes__")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_the_signals_of_clusters_and_closed_terminals_end_a_run_as_ctrl_c_does(tmp_path, name):
    number = getattr(signal, name)
    left = []  # when the handler is called that was there before: the default one ends the process

    def handler(number, frame):
        left.append(History.load(tmp_path / "cartpole_scripted.json").scores)

    before = signal.signal(number, handler)
    try:
        agent = Scripted(during=lambda played: played == 3 and signal.raise_signal(number))
        history = quiet(agent, 100, model_dir=tmp_path, checkpoint_dir=tmp_path / "checkpoints")
        assert (history.ended_by, history.scores) == ("interrupt", [1, 2, 3, 4])
        assert (tmp_path / "checkpoints" / "ckpt-4.index").exists()
        assert signal.getsignal(number) is handler
        assert left == [[1, 2, 3, 4]]
    finally:
        signal.signal(number, before)


def test_sigterm_twice_keeps_what_was_finished_and_is_passed_on_once(tmp_path):
    def twice(played):
        for _ in range(2 * (played == 3)):
            signal.raise_signal(signal.SIGTERM)

    class Ended(Exception):
        pass

    def handler(number, frame):
        raise Ended

    before = signal.signal(signal.SIGTERM, handler)
    try:
        with pytest.raises(Ended):
            quiet(Scripted(during=twice), 100, model_dir=tmp_path)
        assert History.load(tmp_path / "cartpole_scripted.json").scores == [1, 2, 3]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_nohup_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        agent = Scripted(during=lambda played: played == 3 and signal.raise_signal(signal.SIGHUP))
        assert quiet(agent, 6).ended_by == "episodes"
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_first_ctrl_c_says_what_happens_in_the_language_of_the_notebook(capfd):
    def once(played):
        if played == 3:
            signal.raise_signal(signal.SIGINT)
            time.sleep(0.2)

    for language, words in (("en", "ends after this episode"), ("ko", "이번 에피소드까지만")):
        checks.use_language(language)
        quiet(Scripted(during=once), 9)
        assert words in capfd.readouterr().err
    checks.use_language("en")


ENDLESS_RUN = """
import sys
import gymnasium, numpy as np
from dqn_keras import DQNAgent, GymnasiumEnvironment, train

class Endless(gymnasium.Env):
    observation_space = gymnasium.spaces.Box(-1, 1, (4,))
    action_space = gymnasium.spaces.Discrete(2)
    episodes, steps = 0, 0

    def reset(self, seed=None, options=None):
        self.episodes, self.steps = self.episodes + 1, 0
        return np.zeros(4, np.float32), {}

    def step(self, action):
        self.steps += 1
        if self.episodes == 4 and self.steps == 5:
            print("endless", flush=True)
        return np.zeros(4, np.float32), 1.0, self.episodes < 4 and self.steps == 9, False, {}

agent = DQNAgent(4, 2, hidden_units=(8,), train_start=10, batch_size=4, memory_size=50, seed=0)
try:
    train(agent, GymnasiumEnvironment(Endless()), 9, model_dir=sys.argv[1], progress=False)
except KeyboardInterrupt as interrupt:
    print("interrupted:", interrupt)
"""


@pytest.mark.slow
def test_an_episode_without_end_is_broken_off_by_a_second_ctrl_c(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS_RUN, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "endless\n"
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None, "the first waits for the episode's end"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert out == "interrupted: what 3 episodes gave is saved\n", err
    assert History.load(tmp_path / "gymnasium_dqn.json").scores == [9, 9, 9]
    assert "no time limit" in err and "ends after this episode" in err


def test_after_training_ctrl_c_is_pythons_again():
    quiet(Scripted(), 2)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


LONG_RUN = """
import sys
import gymnasium
from dqn_keras import CartPole, DQNAgent, GymnasiumEnvironment, train

environment = CartPole(seed=0)
if sys.argv[2] == "gymnasium":
    environment = GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=0)
agent = DQNAgent(4, 2, hidden_units=(8,), seed=0)

class Telling(list):
    def __call__(self, scores):
        if len(scores) == 3:
            print("three", flush=True)
        return False

history = train(agent, environment, 1_000_000, Telling(), model_dir=sys.argv[1],
                graph_dir=sys.argv[1], progress=False)
print(history.ended_by, history.episodes)
"""


@pytest.mark.slow
@pytest.mark.parametrize("where", ["compiled", "gymnasium"])
def test_ctrl_c_in_the_middle_of_a_real_run_keeps_all_that_was_learned(tmp_path, where):
    process = subprocess.Popen(
        [sys.executable, "-c", LONG_RUN, str(tmp_path), where],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "three\n"
        time.sleep(0.5)  # into the midst of an episode, whichever
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0, err
    assert "Traceback" not in err and "Interrupt" not in err
    ended_by, episodes = out.split()
    assert ended_by == "interrupt"
    history = History.load(tmp_path / "cartpole_dqn.json")
    assert history.ended_by == "interrupt"
    assert history.episodes == int(episodes) > 3
    assert history.steps == sum(history.scores)  # no episode half counted
    small_agent(memory_size=2000).load_weights(tmp_path / "cartpole_dqn.safetensors")
    assert (tmp_path / "cartpole_dqn.png").exists()


def test_training_works_outside_of_the_main_thread():
    # There no signal handler may be set.
    histories = []
    thread = threading.Thread(target=lambda: histories.append(quiet(Scripted(), 5)))
    thread.start()
    thread.join()
    assert histories and histories[0].scores == [1, 2, 3, 4, 5]


# Nothing is learned from what is no number, and nothing of it saved.


class Ruined(Scripted):
    """Its weight, or its loss, is no number any more after the third episode."""

    def __init__(self, weight=0.0, loss=0.0):
        super().__init__()
        self.model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        self.networks = {"model": self.model}
        self.loss = tf.Variable(0.0)
        self.ruin = weight, loss

    def run_episode(self, environment):
        if self.played == 2:
            self.model.weights[1].assign([self.ruin[0]])
            self.loss.assign(self.ruin[1])
        return super().run_episode(environment)

    def scalars(self):
        return {"loss": self.loss}


@pytest.mark.parametrize(
    ("ruin", "complaint"),
    [
        ({"weight": np.nan}, "a weight is not finite"),
        ({"weight": -np.inf}, "a weight is not finite"),
        ({"loss": np.nan}, "loss is nan"),
        ({"loss": np.inf}, "loss is inf"),
    ],
    ids=str,
)
def test_a_run_is_stopped_at_the_episode_that_ruins_it(tmp_path, ruin, complaint):
    folders = {name: tmp_path / name for name in ("model_dir", "graph_dir", "checkpoint_dir")}
    agent = Ruined(**ruin)
    with pytest.raises(FloatingPointError, match=f"episode 3: {complaint}") as error:
        quiet(agent, 9, checkpoint_every=1, **folders)
    assert "learning rate" in one_line(error)
    assert agent.played == 3
    assert not any(folders["model_dir"].iterdir())
    assert not any(folders["graph_dir"].iterdir())
    left = {file.stem for file in folders["checkpoint_dir"].glob("*.index")}
    assert left == {"ckpt-1", "ckpt-2"}, "the last good one"


def test_a_learning_rate_far_too_high_is_named():
    agent = small_agent(learning_rate=1e30)
    with pytest.raises(FloatingPointError, match="learning_rate': 1e\\+30"):
        quiet(agent, 20)


@pytest.mark.parametrize(
    "make",
    [
        lambda: DQNAgent(4, 2, train_start=1, seed=0),
        lambda: REINFORCEAgent(4, 2, max_steps=8, seed=0),
        lambda: A2CAgent(4, 2, seed=0),
        lambda: A3CAgent(4, 2, workers=1, seed=0),
    ],
    ids=["dqn", "reinforce", "a2c", "a3c"],
)
def test_a_ruined_agent_that_is_reset_learns_again(make, eagerly):
    agent = make()
    for holder in getattr(agent, "learners", [agent]):
        losses = holder.losses if hasattr(holder, "losses") else holder.loss
        losses.assign(tf.fill(losses.shape, np.nan))
    agent.reset(0)
    assert all(np.isfinite(float(value)) for value in agent.scalars().values())
    history = train(agent, CartPole(max_steps=8, seed=3), 2, progress=False)
    assert history.episodes == 2


def test_an_agent_that_nobody_holds_is_gone():
    agent, environment = small_agent(), CartPole(max_steps=8, seed=3)
    train(agent, environment, 2, progress=False)
    gone = [weakref.ref(thing) for thing in (agent, agent.model, agent.memory.states, environment)]
    del agent, environment
    gc.collect()
    assert [thing() for thing in gone] == [None] * 4


# The logs.


def logged(folder) -> dict[str, list]:
    """Tag to its (step, value) pairs, as TensorBoard would read them."""
    values = {}
    for file in sorted(folder.glob("events.out.tfevents.*")):
        for event in tf.compat.v1.train.summary_iterator(str(file)):
            for value in event.summary.value:
                values.setdefault(value.tag, []).append((event.step, value.simple_value))
    return values


def test_the_log_holds_score_loss_epsilon_and_largest_q(tmp_path, eagerly):
    seen = []
    agent = small_agent()
    environment = CartPole(max_steps=8, seed=3)

    def stop(scores):
        batch_free = [float(agent.loss), float(agent.epsilon), float(agent.max_q)]
        seen.append((scores[-1], *batch_free))
        return False

    train(agent, environment, 6, stop, log_dir=tmp_path, progress=False)
    values = logged(tmp_path)
    assert values.keys() == {"score", "loss", "epsilon", "max_q"}
    for column, name in enumerate(("score", "loss", "epsilon", "max_q")):
        assert [step for step, _ in values[name]] == [1, 2, 3, 4, 5, 6]
        expected = [row[column] for row in seen]
        np.testing.assert_allclose([value for _, value in values[name]], expected, rtol=1e-6)
    assert len(set(values["loss"])) > 3 and len(set(values["max_q"])) > 3, "it learned"


def test_loss_and_largest_q_are_those_of_the_last_update(eagerly):
    agent, environment = small_agent(), CartPole(max_steps=8, seed=3)
    while len(agent.memory) < 20:
        agent.run_episode(environment)
    returned = []
    learn = type(agent).train_model

    def train_model():
        draw = agent.rng.state.numpy()
        weights = agent.model.get_weights()
        returned.append(float(learn(agent)))
        after, now = agent.rng.state.numpy(), agent.model.get_weights()
        agent.rng.state.assign(draw), agent.model.set_weights(weights)
        batch = agent.memory.sample(agent.batch_size, agent.rng)
        returned.append(float(tf.reduce_max(agent.model(batch.states))))
        agent.rng.state.assign(after), agent.model.set_weights(now)

    agent.train_model = train_model
    agent.run_episode(environment)
    assert (float(agent.loss), float(agent.max_q)) == pytest.approx(tuple(returned[-2:]))


def test_logs_of_a_resumed_run_go_on(tmp_path, eagerly):
    folders = {"checkpoint_dir": tmp_path / "checkpoints", "log_dir": tmp_path / "logs"}
    for episodes in (3, 5):
        environment = CartPole(max_steps=8, seed=3)
        train(small_agent(), environment, episodes, progress=False, **folders)
    assert [step for step, _ in logged(tmp_path / "logs")["score"]] == [1, 2, 3, 4, 5]


def test_a_log_folder_that_cannot_be_is_a_one_line_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file") as error:
        quiet(Scripted(), 3, log_dir=tmp_path / "file" / "logs")
    one_line(error)


@pytest.mark.parametrize("bad", [None, "agent", Scripted, 3], ids=str)
def test_what_is_no_agent_is_a_one_line_error(bad):
    with pytest.raises(TypeError, match="agent must be an agent such as") as error:
        quiet(bad, 2)
    one_line(error)


@pytest.mark.parametrize("bad", [490, "solved", [1]], ids=str)
def test_a_stop_rule_that_is_no_function_is_named_before_the_work(bad):
    agent = Scripted()
    with pytest.raises(TypeError, match="stop must be a function") as error:
        quiet(agent, 2, bad)
    one_line(error)
    assert agent.played == 0


def test_a_running_mean_that_never_changes_is_no_stop_rule():
    with pytest.raises(ValueError, match="keep.*got 1"):
        running_mean_above(200, keep=1)


def test_training_many_agents_gives_no_warning():
    said = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    tf.get_logger().addHandler(handler)
    for _ in range(8):
        quiet(Scripted(), 2)
    tf.get_logger().removeHandler(handler)
    assert not said


def test_on_a_full_disk_logging_ends_and_the_run_goes_on(tmp_path, capfd):
    """/dev/full takes no byte."""
    log = Log(tmp_path)
    log.file._writer = tf.io.TFRecordWriter("/dev/full")
    run = Run(Scripted(), CartPole(seed=0), 5)
    play(run, [FiniteCheck(), log])
    assert (run.ended_by, len(run.scores)) == ("episodes", 5)
    (line,) = [line for line in capfd.readouterr().err.splitlines() if line]
    assert line.startswith("logging ends, training goes on: cannot write logs")


@pytest.mark.parametrize("score", [np.inf, np.nan])
def test_rewards_that_add_up_to_no_number_end_the_run_and_nothing_is_saved(tmp_path, score):
    with pytest.raises(FloatingPointError, match=f"episode 2: score is {score}"):
        train(Scripted([1.0, score]), CartPole(), 5, model_dir=tmp_path, progress=False)
    assert os.listdir(tmp_path) == []


def test_weights_and_history_are_written_together_or_not_at_all(tmp_path):
    train(small_agent(seed=1), CartPole(seed=1), 1, model_dir=tmp_path, progress=False)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "cartpole_dqn.json").unlink()
    (tmp_path / "cartpole_dqn.json").mkdir()  # nothing can take its place
    with pytest.raises(OSError):
        train(small_agent(seed=2), CartPole(seed=2), 1, model_dir=tmp_path, progress=False)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert after == {name: before[name] for name in after} and len(after) == 1


def test_one_agent_is_not_trained_in_two_threads():
    agent, errors = Scripted(), []

    def again(played):
        if played == 1:
            thread = threading.Thread(target=lambda: errors.append(caught(agent)))
            thread.start()
            thread.join()

    def caught(agent):
        with pytest.raises(RuntimeError, match="being trained already.*its own agent") as error:
            quiet(agent, 2)
        return one_line(error)

    agent.during = again
    assert quiet(agent, 3).scores == [1, 2, 3]
    assert len(errors) == 1
    assert quiet(agent, 2).scores == [4, 5], "afterwards it may be trained again"
