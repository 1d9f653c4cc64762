"""What a trained agent is worth, and the film of it."""

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import AlwaysRight, Controller, one_line, small_agent, weights_of
from matplotlib.figure import Figure
from PIL import Image

from dqn_keras import (
    CartPole,
    GymnasiumEnvironment,
    evaluate,
    plot_q_values,
    plot_scores,
    q_network,
    record,
    save_gif,
)
from dqn_keras.machinery.seeding import stream_seed


def gymnasium_cartpole(seed=None):
    return GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed)


class Alternating(Controller):
    """Falls after a number of steps that depends on the start."""

    weights = np.array([0.0, 0.0, 1.0, 0.0], np.float32)


@pytest.mark.parametrize("max_steps", [50, 200, 500])
def test_a_perfect_controller_scores_the_time_limit(max_steps):
    returns = evaluate(Controller(), CartPole(max_steps), 100)
    np.testing.assert_array_equal(returns, np.full(100, max_steps))
    assert returns.dtype == np.float32 and returns.shape == (100,)


def test_one_agent_may_be_evaluated_on_several_environments():
    agent = Controller()
    environments = CartPole(50), CartPole(200)
    assert [evaluate(agent, environments[i], 2).mean() for i in (0, 1, 0)] == [50, 200, 50]


def test_a_constant_action_falls_after_8_to_11_steps():
    returns = evaluate(AlwaysRight(), CartPole(), 200)
    assert 8 <= returns.min() < returns.max() <= 11


def test_played_side_by_side_and_one_by_one_in_gymnasium_episodes_are_as_long():
    rng = tf.random.Generator.from_seed(stream_seed(5, "evaluation"))
    environment = CartPole()
    starts = environment.initial_states(20, rng).numpy()
    for agent in (Alternating(), AlwaysRight()):
        env, expected = gymnasium.make("CartPole-v1"), []
        for start in starts:
            env.reset()
            env.unwrapped.state = start
            state, steps, done = start, 0, False
            while not done:
                state = np.asarray(state, np.float32)
                state, _, terminated, truncated, _ = env.step(
                    int(agent.greedy_actions(tf.constant(state[None]))[0])
                )
                steps, done = steps + 1, terminated or truncated
            expected.append(steps)
        returns = evaluate(agent, environment, 20, seed=5)
        assert len(set(returns)) > 1
        np.testing.assert_array_equal(returns, expected)


@pytest.mark.parametrize("episodes", [1, 3])
def test_there_is_a_return_for_every_episode(episodes):
    assert evaluate(Alternating(), CartPole(), episodes).shape == (episodes,)


@pytest.mark.parametrize("cartpole", [CartPole, gymnasium_cartpole])
def test_the_seed_fixes_how_the_episodes_begin(cartpole):
    environment = cartpole()
    agent = Alternating()
    first, again, other = (evaluate(agent, environment, 12, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(first, evaluate(Alternating(), cartpole(), 12, seed=1))
    assert not np.array_equal(first, other)
    assert len(set(first)) > 1


def test_on_gymnasium_it_plays_gymnasiums_episodes():
    environment = gymnasium_cartpole()
    returns = evaluate(Controller(), environment, 3)
    np.testing.assert_array_equal(returns, [500, 500, 500])
    env = gymnasium.wrappers.RecordEpisodeStatistics(gymnasium.make("CartPole-v1"))
    returns = evaluate(Alternating(), GymnasiumEnvironment(env), 7)
    assert list(env.return_queue) == list(returns)
    assert returns.dtype == np.float32


def test_it_plays_greedily_whatever_epsilon_is():
    # The network is made to push right always; epsilon 1 would stay up longer now and then.
    greedy = small_agent(epsilon=1.0)
    greedy.model.get_layer("q_values").bias.assign([0.0, 1e6])
    assert float(greedy.epsilon) == 1
    np.testing.assert_array_equal(
        evaluate(greedy, CartPole(), 50), evaluate(AlwaysRight(), CartPole(), 50)
    )
    assert evaluate(greedy, gymnasium_cartpole(), 10).max() <= 11


def everything(agent, environment):
    """All that changes while an agent trains."""
    memory = agent.memory
    variables = [
        *agent.model.weights,
        *agent.target_model.weights,
        *agent.optimizer.variables,
        *(memory.states, memory.actions, memory.rewards, memory.next_states),
        *(memory.terminated, memory.appended, agent.training_steps, agent.rng.state),
        *(environment.state, environment.steps, environment.rng.state),
    ]
    return [np.array(variable) for variable in variables]


def test_evaluating_leaves_agent_and_environment_as_they_were(trained):
    agent, environment = trained
    before = everything(agent, environment)
    evaluate(agent, environment, 20)
    evaluate(agent, gymnasium_cartpole(), 2)
    record(agent, gymnasium.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=5))
    for now, then in zip(everything(agent, environment), before, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.slow
def test_evaluating_in_between_does_not_change_a_training_run():
    runs = []
    for pause in (False, True):
        agent, environment = small_agent(seed=8), CartPole(seed=8)
        scores = []
        for _ in range(5):
            scores.append(float(agent.run_episode(environment)))
            if pause:
                evaluate(agent, environment, 5)
        runs.append((scores, weights_of(agent.model)))
    assert runs[0][0] == runs[1][0]
    np.testing.assert_array_equal(runs[0][1], runs[1][1])


@pytest.mark.parametrize(
    "name, bad", [("episodes", bad) for bad in (0, -1, 2.5, "10")] + [("seed", -1), ("seed", 0.5)]
)
def test_a_bad_number_is_a_one_line_error_that_names_it(name, bad):
    with pytest.raises((TypeError, ValueError), match=f"{name}.*{bad!r}") as error:
        evaluate(Controller(), CartPole(), **{name: bad})
    one_line(error)


def test_an_agent_of_another_size_is_refused():
    agent = small_agent(state_size=6, action_size=3)
    for environment in (CartPole(), gymnasium_cartpole()):
        with pytest.raises(ValueError, match="6 state values and 3 actions.* 4 and 2") as error:
            evaluate(agent, environment)
        one_line(error)


# Films.


def film(agent, seed=0, steps=500):
    env = gymnasium.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=steps)
    return record(agent, env, seed)


def test_a_film_has_a_frame_for_every_state():
    frames = film(Controller(), steps=13)
    assert frames.shape == (14, 400, 600, 3) and frames.dtype == np.uint8
    assert not np.array_equal(frames[0], frames[-1])
    frames = film(AlwaysRight())
    assert 9 <= len(frames) <= 12
    # The cart moves to the right: its black pixels do.
    black = [np.argwhere((frame == 0).all(axis=-1))[:, 1].mean() for frame in frames[[0, -1]]]
    assert black[1] > black[0] + 2


def test_the_seed_fixes_the_film():
    first, again, other = (film(Controller(), seed, steps=4) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_film_counts_actions_as_the_environment_does():
    class FromOne(gymnasium.ActionWrapper):
        action_space = gymnasium.spaces.Discrete(2, start=1)

        def action(self, action):
            assert self.action_space.contains(action)
            return action - 1

    env = gymnasium.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=60)
    assert len(record(Controller(), FromOne(env))) == 61  # it balances


@pytest.mark.parametrize("mode", [None, "human"])
def test_another_render_mode_is_a_one_line_error_that_names_it(mode):
    env = gymnasium.make("CartPole-v1", render_mode=mode)
    with pytest.raises(ValueError, match=f"rgb_array.*{mode!r}") as error:
        record(Controller(), env)
    one_line(error)


def moving_dot(count=20):
    frames = np.full([count, 40, 60, 3], 255, np.uint8)
    for i in range(count):
        frames[i, 10:20, 2 * i : 2 * i + 8] = 0
    return frames


def frames_of(path):
    """The pictures of a GIF and how long each stands, in ms."""
    with Image.open(path) as image:
        assert image.format == "GIF" and image.info["loop"] == 0  # for ever
        shown = []
        for i in range(image.n_frames):
            image.seek(i)
            shown.append((np.array(image.convert("RGB")), image.info["duration"]))
    return shown


@pytest.mark.parametrize("fps, duration", [(25, 40), (10, 100), (50, 20), (0.5, 2000)])
@pytest.mark.parametrize("every, count", [(1, 20), (2, 10), (3, 7), (30, 1)])
def test_a_gif_shows_the_frames_at_the_right_speed(tmp_path, fps, duration, every, count):
    path = save_gif(moving_dot(), tmp_path / "new" / "film.gif", fps, every)
    assert path == tmp_path / "new" / "film.gif"
    if count == 1:
        with Image.open(path) as image:
            assert image.n_frames == 1
        return
    shown = frames_of(path)
    assert [duration for _, duration in shown] == [duration] * count
    for (picture, _), frame in zip(shown, moving_dot()[::every], strict=True):
        np.testing.assert_allclose(picture.astype(int), frame, atol=8)  # 256 colours


def test_a_gif_of_cartpole_runs_in_real_time_by_default(tmp_path):
    frames = film(Controller(), steps=50)  # one second
    path = save_gif(frames, tmp_path / "film.gif")
    assert 0.95 <= sum(duration for _, duration in frames_of(path)) / 1000 <= 1.1
    assert path.stat().st_size < 300_000


@pytest.mark.parametrize(
    "change, match",
    [
        ({"fps": 0}, "fps.*0"),
        ({"fps": -25}, "fps.*-25"),
        ({"fps": float("nan")}, "fps.*nan"),
        ({"fps": 1000}, "fps.*1000"),
        ({"every": 0}, "every.*0"),
        ({"every": 1.5}, "every.*1.5"),
        ({"frames": []}, "frames.*none"),
        ({"frames": np.zeros([0, 4, 6, 3], np.uint8)}, "frames.*none"),
    ],
    ids=str,
)
def test_a_bad_film_is_a_one_line_error_and_nothing_is_written(tmp_path, change, match):
    with pytest.raises((TypeError, ValueError), match=match) as error:
        save_gif(**{"frames": moving_dot(), "path": tmp_path / "film.gif"} | change)
    one_line(error)
    assert list(tmp_path.iterdir()) == []


# Pictures.


def test_the_score_curve_shows_scores_and_their_running_mean():
    axes = plot_scores(range(30), axes=Figure().subplots())
    scores, mean = axes.get_lines()
    np.testing.assert_array_equal(scores.get_data(), [np.arange(1, 31), np.arange(30)])
    np.testing.assert_array_equal(mean.get_xdata(), np.arange(10, 31))
    np.testing.assert_allclose(mean.get_ydata(), np.arange(4.5, 25))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("episode", "score")


@pytest.mark.parametrize("count, lines", [(1, 1), (9, 1), (10, 2)])
def test_before_ten_episodes_there_is_no_mean_of_ten(count, lines):
    assert len(plot_scores([1.0] * count, axes=Figure().subplots()).get_lines()) == lines


def test_the_q_values_are_drawn_against_the_angle():
    model = q_network(4, 2, seed=0)
    axes = plot_q_values(model, axes=Figure().subplots())
    left, right = axes.get_lines()
    angles = left.get_xdata()
    assert angles[0] == -12 and angles[-1] == 12
    for i in (0, 40, 96):
        state = np.array([[0, 0, np.deg2rad(angles[i]), 0]], np.float32)
        expected = model(state).numpy()[0]
        np.testing.assert_allclose([left.get_ydata()[i], right.get_ydata()[i]], expected, rtol=1e-5)
    assert [line.get_label() for line in (left, right)] == ["push left", "push right"]
