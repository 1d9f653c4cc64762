"""Callbacks of one's own: when they are called, what they see, and that they can end a run."""

import pytest
import tensorflow as tf
from conftest import one_line, small_agent

from dqn_keras import CartPole, train
from dqn_keras.training import Callback
from dqn_keras.training import callbacks as module


class Diary(Callback):
    def __init__(self, name, book, until=None):
        self.name, self.book, self.until = name, book, until

    def on_train_begin(self):
        self.book.append((self.name, "begin", len(self.run.scores)))

    def on_episode_end(self, episode, logs):
        self.book.append((self.name, episode, logs["score"] == self.run.scores[-1]))
        if episode == self.until:
            self.run.ended_by = "diary"

    def on_train_end(self):
        self.book.append((self.name, "end", self.run.ended_by))


def run(episodes=9, agent=None, **settings):
    agent, environment = agent or small_agent(), CartPole(max_steps=4, seed=0)
    return train(agent, environment, episodes, progress=False, **settings)


def test_they_are_called_in_their_order_and_ended_in_the_opposite_one(eagerly):
    book = []
    history = run(2, callbacks=[Diary("a", book), Diary("b", book)])
    assert history.ended_by == "episodes"
    assert book == [
        ("a", "begin", 0),
        ("b", "begin", 0),
        ("a", 1, True),
        ("b", 1, True),
        ("a", 2, True),
        ("b", 2, True),
        ("b", "end", "episodes"),
        ("a", "end", "episodes"),
    ]


def test_one_may_end_the_run_and_the_last_checkpoint_is_made(eagerly, tmp_path):
    book = []
    history = run(callbacks=[Diary("a", book, until=3)], checkpoint_dir=tmp_path)
    assert (history.ended_by, history.episodes) == ("diary", 3)
    assert {file.stem for file in tmp_path.glob("*.index")} == {"ckpt-3"}


def test_they_see_what_the_agent_logs(eagerly):
    seen = []

    class Logger(Callback):
        def on_episode_end(self, episode, logs):
            seen.append(logs)

    agent = small_agent()
    run(8, agent, callbacks=[Logger()])
    assert all(logs.keys() == {"score", "loss", "epsilon", "max_q"} for logs in seen)
    assert seen[-1]["loss"] == pytest.approx(float(agent.loss)) and float(agent.loss) != 0


def test_after_an_error_they_are_ended_and_know_it(eagerly):
    book, agent = [], small_agent()

    def run_episode(environment):
        raise KeyError("mine")

    agent.run_episode = run_episode
    with pytest.raises(KeyError, match="mine"):
        run(agent=agent, callbacks=[Diary("a", book)])
    assert book == [("a", "begin", 0), ("a", "end", None)]


def test_all_are_ended_whatever_one_of_them_does_at_its_end(eagerly, tmp_path):
    class Fails(Callback):
        def on_train_end(self):
            raise RuntimeError("at the end")

    with pytest.raises(RuntimeError, match="at the end"):
        run(callbacks=[Fails()], episodes=3, checkpoint_dir=tmp_path)
    assert (tmp_path / "ckpt-3.index").exists(), "the last checkpoint was made"
    assert run(episodes=4, checkpoint_dir=tmp_path).episodes == 4, "the folder is free again"


def test_the_tuner_of_the_docstring_prunes(eagerly):
    class Trial:
        reports = []

        def report(self, score, episode):
            self.reports.append((episode, score))

        def should_prune(self):
            return len(self.reports) == 2

    names = {"Callback": Callback}
    lines = module.__doc__.splitlines()
    begin = next(i for i, line in enumerate(lines) if "class Prune" in line)
    end = next(i for i, line in enumerate(lines) if line.startswith("    train("))
    exec("\n".join(line[4:] for line in lines[begin:end]), names)
    trial = Trial()
    history = run(callbacks=[names["Prune"](trial)])
    assert (history.ended_by, history.episodes) == ("pruned", 2)
    assert trial.reports == list(enumerate(history.scores, start=1))


@pytest.mark.parametrize("bad", ["log", [print], [tf.keras.callbacks.Callback()]])
def test_what_is_no_callback_is_named_before_the_work(bad):
    agent = small_agent()
    with pytest.raises(TypeError, match="callbacks must be a list of Callback, got") as error:
        run(agent=agent, callbacks=bad)
    one_line(error)
    assert agent.steps == 0
