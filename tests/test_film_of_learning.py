"""The film on the front page shows episodes as they were trained."""

import importlib.util
import io

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image, ImageSequence

from dqn_keras import CartPole, DQNAgent, train

path = ROOT / "benchmarks" / "film_of_learning.py"
spec = importlib.util.spec_from_file_location("film_of_learning", path)
film_of_learning = importlib.util.module_from_spec(spec)
spec.loader.exec_module(film_of_learning)


def milliseconds(film):
    return [frame.info["duration"] for frame in ImageSequence.Iterator(film)]


@pytest.fixture(scope="module")
def trained():
    filmed = film_of_learning.Filmed(episodes=(2, 9))
    # The memory's end lies within an episode.
    agent = DQNAgent(4, 2, seed=0, memory_size=50, train_start=50)
    history = train(agent, CartPole(seed=0), 4, callbacks=[filmed], progress=False)
    return history.scores, filmed.states


def test_the_states_are_those_of_the_episodes_asked_for_and_of_the_last(trained):
    scores, states_of = trained
    assert list(states_of) == [2, 4]
    for episode, states in states_of.items():
        assert len(states) == scores[episode - 1] + 1
        assert (abs(states[0]) <= 0.05).all()
        for before, after in zip(states[:-1], states[1:], strict=True):
            nexts = [CartPole().transition(before.astype(float), action)[0] for action in (0, 1)]
            assert any(np.allclose(after, state, atol=1e-5) for state in nexts)
        ends = CartPole().transition(states[-2].astype(float), 0)[2]
        assert abs(states[-1][2]) > 0.2 or ends


def test_each_step_of_a_short_episode_is_a_frame_on_a_card_with_round_corners(trained):
    _, states_of = trained
    content = film_of_learning.film({2: states_of[2][:5], 4: states_of[4][:4]})
    with Image.open(io.BytesIO(content)) as film:
        assert film.format == "GIF" and film.size == (600, 400)
        shown = milliseconds(film)  # of frames that look alike only the first is kept
        assert sum(shown) == 4 * 100 + 1300 + 3 * 100 + 1300 and min(shown) == 100
        for frame in ImageSequence.Iterator(film):
            alpha = np.array(frame.convert("RGBA"))[..., 3]
            assert alpha[0, 0] == alpha[-1, -1] == 0 and alpha[200, 300] == alpha[0, 300] == 255


def test_the_published_film_is_short_and_light():
    published = ROOT / "save_graph" / "published" / "learning.gif"
    assert published.stat().st_size <= 1_500_000
    with Image.open(published) as film:
        assert 12_000 <= sum(milliseconds(film)) <= 18_000
