"""Gymnasium's environments as ours, and ours as Gymnasium's."""

import json
import threading
import time
import warnings

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import Controller, one_line, python, small_agent
from gymnasium.utils.env_checker import check_env

from dqn_keras import A3CAgent, CartPole, GymnasiumEnvironment, as_gymnasium, evaluate, train
from dqn_keras.machinery import compilation
from dqn_keras.machinery.seeding import stream_seed


class Spy(gymnasium.Env):
    """Writes down every call; refuses a step without a reset. Ends by falling and by time in turn.

    Its first action is number 1; the state tells which step of which episode it is.
    """

    observation_space = gymnasium.spaces.Box(-np.inf, np.inf, [2])
    action_space = gymnasium.spaces.Discrete(3, start=1)

    def __init__(self, length=5):
        self.length, self.calls, self.seeds, self.actions = length, [], [], []
        self.episode, self.count, self.ready = 0, 0, False

    def reset(self, *, seed=None, options=None):
        self.calls.append("reset")
        self.seeds.append(seed)
        self.episode, self.count, self.ready = self.episode + 1, 0, True
        return np.array([self.episode, 0.0]), {}  # float64, as some environments give

    def step(self, action):
        assert self.ready, "a step before the reset"
        assert self.action_space.contains(action), action
        self.calls.append("step")
        self.actions.append(action)
        self.count += 1
        done = self.count == self.length
        self.ready = not done
        by_time = done and self.episode % 2 == 0
        return (
            np.array([self.episode, self.count]),
            10 ** (self.count - 3),
            done - by_time,
            by_time,
            {},
        )


@pytest.mark.parametrize("train_start", [10_000, 7])  # without and with learning in between
def test_reset_comes_first_then_one_step_for_each_action(train_start):
    spy = Spy()
    agent = small_agent(
        state_size=2, action_size=3, train_start=train_start, memory_size=10_000, fall_reward=None
    )
    environment = GymnasiumEnvironment(spy, seed=4)
    for _ in range(20):
        score = float(agent.run_episode(environment))
        assert score == pytest.approx(0.01 + 0.1 + 1 + 10 + 100)
    assert spy.calls == (["reset"] + ["step"] * 5) * 20
    # 100 random actions of three: one kind is missed once in 10^17 times.
    assert set(spy.actions) == {1, 2, 3}

    # What was stored is what was seen, in order, the actions counted from 0.
    memory = agent.memory
    assert len(memory) == 100
    rows = np.arange(100)
    np.testing.assert_array_equal(memory.states[:100], np.c_[rows // 5 + 1, rows % 5])
    np.testing.assert_array_equal(memory.next_states[:100], np.c_[rows // 5 + 1, rows % 5 + 1])
    np.testing.assert_array_equal(memory.actions[:100], np.array(spy.actions) - 1)
    np.testing.assert_allclose(memory.rewards[:100], 10.0 ** (rows % 5 - 2), rtol=1e-6)
    # Episodes 1, 3, 5, … end by falling, the others by time.
    np.testing.assert_array_equal(memory.terminated[:100], (rows % 5 == 4) & (rows // 5 % 2 == 0))


def test_reset_comes_first_even_if_the_loop_never_looks_at_the_state():
    # TensorFlow orders a loop that holds a variable, as a learning one does, by its variables
    # alone: nothing but the bridge's own then ties the steps to the reset.
    class Slow(Spy):
        def reset(self, **settings):
            time.sleep(0.02)  # the steps would win the race
            return super().reset(**settings)

    spy = Slow()
    environment = GymnasiumEnvironment(spy)
    steps = tf.Variable(0)

    @tf.function
    def episode():
        environment.reset()
        score, done = tf.constant(0.0), tf.constant(False)
        while not done:
            _, reward, terminated, truncated = environment.step(tf.constant(1))
            score += reward
            steps.assign_add(1)
            done = terminated or truncated
        return score

    for _ in range(5):
        assert float(episode()) == pytest.approx(111.11)
    assert spy.calls == (["reset"] + ["step"] * 5) * 5


def test_tensorflows_threads_keep_their_python_state_from_step_to_step():
    local, found = threading.local(), []

    class Remembers(Spy):
        def step(self, action):
            local.steps = getattr(local, "steps", 0) + 1
            found.append(local.steps)
            return super().step(action)

    agent = small_agent(state_size=2, action_size=3)
    environment = GymnasiumEnvironment(Remembers(length=20))
    for _ in range(15):  # more steps than a machine has threads
        agent.run_episode(environment)
    # One after the other on each thread; dropped after each call, it would be 1 every time.
    assert sum(count == 1 for count in found) < len(found) == 300


def test_only_the_first_reset_is_seeded():
    spy = Spy()
    environment = GymnasiumEnvironment(spy, seed=4)
    for _ in range(3):
        environment.reset()
    environment.reset(9)
    environment.reset()
    seeds = [stream_seed(4, "gymnasium"), None, None, stream_seed(9, "gymnasium"), None]
    assert spy.seeds == seeds
    assert environment.seed == 9


def test_without_a_seed_no_reset_is_seeded():
    spy = Spy()
    GymnasiumEnvironment(spy).reset()
    assert spy.seeds == [None]


def play(environment, actions):
    """Observations, rewards and ends of one episode through the bridge."""
    rows = [(environment.reset().numpy(), 0.0, False, False)]
    for action in actions:
        state, reward, terminated, truncated = environment.step(tf.constant(action, tf.int32))
        rows.append((state.numpy(), float(reward), bool(terminated), bool(truncated)))
        if terminated or truncated:
            break
    return rows


@pytest.mark.parametrize("env_id", ["CartPole-v1", "Acrobot-v1", "MountainCar-v0"])
@pytest.mark.parametrize("seed", range(2))
def test_stepping_through_the_bridge_is_stepping_gymnasium(env_id, seed):
    environment = GymnasiumEnvironment(gymnasium.make(env_id, max_episode_steps=40), seed)
    env = gymnasium.make(env_id, max_episode_steps=40)
    rng = np.random.default_rng(seed)
    for episode in range(3):
        actions = rng.integers(env.action_space.n, size=40)
        rows = play(environment, actions)
        state, _ = env.reset(seed=stream_seed(seed, "gymnasium") if episode == 0 else None)
        expected = [(state, 0.0, False, False)]
        for action in actions[: len(rows) - 1]:
            state, reward, terminated, truncated, _ = env.step(action)
            expected.append((state, float(reward), terminated, truncated))
        assert rows[-1][2] or rows[-1][3]
        for row, other in zip(rows, expected, strict=True):
            np.testing.assert_array_equal(row[0], np.asarray(other[0], np.float32))
            assert row[1:] == other[1:]


def test_it_offers_what_every_environment_offers():
    environment = GymnasiumEnvironment(gymnasium.make("Acrobot-v1"), seed=1)
    assert (environment.state_size, environment.action_size) == (6, 3)
    assert (environment.max_steps, environment.name) == (500, "acrobot")
    assert environment.seed == 1 and not environment.compilable
    state = environment.reset()
    assert state.dtype == tf.float32 and state.shape == [6]
    state, reward, terminated, truncated = environment.step(tf.constant(0))
    assert [value.dtype for value in (state, reward, terminated, truncated)] == [
        tf.float32,
        tf.float32,
        tf.bool,
        tf.bool,
    ]
    assert state.shape == [6] and reward.shape == terminated.shape == truncated.shape == []


@pytest.mark.parametrize(
    "env_id, max_steps, reward",
    [("CartPole-v1", 500, 1), ("Acrobot-v1", 60, -1), ("MountainCar-v0", 200, -1)],
)
def test_an_agent_learns_on_it(env_id, max_steps, reward):
    environment = GymnasiumEnvironment(gymnasium.make(env_id, max_episode_steps=max_steps), seed=0)
    agent = small_agent(
        state_size=environment.state_size,
        action_size=environment.action_size,
        fall_reward=None,
        memory_size=2000,
    )
    scores = [float(agent.run_episode(environment)) for _ in range(3)]
    steps = int(agent.steps)
    assert sum(scores) == pytest.approx(reward * steps, abs=3)  # Acrobot's last step brings 0
    assert int(agent.training_steps) == steps - 19 > 0
    np.testing.assert_array_equal(np.diff(agent.memory.states[:steps], axis=0).any(axis=1), True)


def test_a_wrapper_keeps_working():
    env = gymnasium.wrappers.RecordEpisodeStatistics(gymnasium.make("CartPole-v1"))
    environment = GymnasiumEnvironment(env, seed=0)
    agent = small_agent()
    scores = [float(agent.run_episode(environment)) for _ in range(6)]
    assert list(env.return_queue) == scores
    assert list(env.length_queue) == scores
    assert environment.max_steps == 500 and environment.name == "cartpole"


def test_a_wrapper_that_changes_reward_and_observation_is_heard():
    env = gymnasium.wrappers.TransformReward(gymnasium.make("CartPole-v1"), lambda r: 3 * r)
    env = gymnasium.wrappers.TransformObservation(env, lambda s: s + 100, env.observation_space)
    environment = GymnasiumEnvironment(env, seed=0)
    assert np.all(environment.reset() > 99)
    state, reward, _, _ = environment.step(0)
    assert reward == 3 and np.all(state > 90)


@pytest.mark.parametrize(
    "kind, space",
    [
        ("action", gymnasium.spaces.Box(-1, 1, [1])),
        ("action", gymnasium.spaces.MultiDiscrete([2, 2])),
        ("action", gymnasium.spaces.MultiBinary(2)),
        ("observation", gymnasium.spaces.Discrete(16)),
        ("observation", gymnasium.spaces.Tuple([gymnasium.spaces.Discrete(2)])),
        ("observation", gymnasium.spaces.Dict(a=gymnasium.spaces.Box(0, 1, [2]))),
        ("observation", gymnasium.spaces.Box(0, 1, [])),
        ("observation", gymnasium.spaces.MultiBinary(4)),
    ],
    ids=str,
)
def test_other_spaces_are_a_one_line_error_that_names_them(kind, space):
    spy = Spy()
    setattr(spy, f"{kind}_space", space)
    right = "Discrete" if kind == "action" else "Box.*FlattenObservation"
    with pytest.raises(ValueError, match=f"{kind}s must be .*{right}") as error:
        GymnasiumEnvironment(spy)
    assert str(space) in one_line(error)


def test_the_wrapper_that_the_error_names_helps():
    spy = Spy()
    spy.observation_space = gymnasium.spaces.MultiBinary([8, 8])
    assert GymnasiumEnvironment(gymnasium.wrappers.FlattenObservation(spy)).state_size == 64


class Pictures(Spy):
    """Shows the number of its step in a cell that moves, as bytes."""

    observation_space = gymnasium.spaces.Box(0, 255, [2, 5, 3], np.uint8)

    def reset(self, **settings):
        super().reset(**settings)
        return self.picture(), {}

    def step(self, action):
        _, *others = super().step(action)
        return self.picture(), *others

    def picture(self):
        cells = np.zeros([2, 5, 3], np.uint8)
        cells[1, self.count % 5, 2] = 250 + self.count
        return cells


@pytest.mark.parametrize("memory_dtype", ["float32", "uint8"])
def test_pictures_come_through_whole(memory_dtype):
    environment = GymnasiumEnvironment(Pictures(), seed=0)
    assert environment.state_size == (2, 5, 3)
    state = environment.reset()
    assert state.shape == [2, 5, 3] and state.dtype == tf.float32
    agent = small_agent(
        state_size=(2, 5, 3), action_size=3, memory_dtype=memory_dtype, fall_reward=None
    )
    for _ in range(8):
        agent.run_episode(environment)
    states = agent.memory.states[:40].numpy()
    assert states.dtype == memory_dtype and int(agent.training_steps) == 21
    expected = np.zeros([40, 2, 5, 3])
    expected[np.arange(40), 1, np.arange(40) % 5, 2] = 250 + np.arange(40) % 5
    np.testing.assert_array_equal(states, expected)
    np.testing.assert_allclose(evaluate(agent, environment, 2), 111.11)


@pytest.mark.parametrize("bad", ["CartPole-v1", None, 3, CartPole])
def test_what_is_no_environment_is_a_one_line_error(bad):
    with pytest.raises(TypeError, match="Gymnasium environment") as error:
        GymnasiumEnvironment(bad)
    assert repr(bad) in one_line(error)


def test_an_agent_of_another_size_is_refused():
    environment = GymnasiumEnvironment(Spy())
    with pytest.raises(ValueError, match="4 state values and 2 actions.* 2 and 3") as error:
        small_agent().run_episode(environment)
    one_line(error)


# The other direction.


@pytest.mark.parametrize("env_id", ["dqn_keras/CartPole-v0", "dqn_keras/CartPole-v1"])
@pytest.mark.filterwarnings("ignore:.*out of date")
def test_gymnasiums_own_checker_finds_nothing(env_id):
    env = gymnasium.make(env_id).unwrapped
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Gymnasium's Box(inf) makes its checker warn of unbounded observations, for its own
        # CartPole as for this one.
        warnings.filterwarnings("ignore", message=".*Box observation space (minimum|maximum) value")
        check_env(env)


@pytest.mark.parametrize(
    "env_id, max_steps", [("dqn_keras/CartPole-v0", 200), ("dqn_keras/CartPole-v1", 500)]
)
@pytest.mark.filterwarnings("ignore:.*out of date")
def test_as_gymnasium_it_is_cartpole_with_its_time_limit(env_id, max_steps):
    env = gymnasium.make(env_id)
    state, _ = env.reset(seed=0)
    assert env.observation_space.contains(state) and env.action_space == gymnasium.spaces.Discrete(
        2
    )
    np.testing.assert_allclose(
        env.observation_space.high, gymnasium.make("CartPole-v1").observation_space.high
    )
    steps, done = 0, False
    while not done:
        state, reward, terminated, truncated, _ = env.step(int(state @ Controller.weights > 0))
        steps, done = steps + 1, terminated or truncated
        assert reward == 1
    assert (steps, terminated, truncated) == (max_steps, False, True)


def test_as_gymnasium_a_seed_fixes_the_run():
    def run(seed):
        env = as_gymnasium(CartPole())
        states = [env.reset(seed=seed)[0], env.reset()[0]]
        return np.array([*states, env.step(1)[0]])

    np.testing.assert_array_equal(run(3), run(3))
    assert not np.any(run(3)[:2] == run(4)[:2])


def test_there_and_back_again_the_bridge_gives_the_same():
    direct = CartPole(seed=0)
    through = GymnasiumEnvironment(as_gymnasium(CartPole()))
    start = tf.constant([0.01, -0.02, 0.03, 0.04], tf.float64)
    for environment in (direct, through):
        environment.reset()
    direct.state.assign(start)
    through.env.environment.state.assign(start)
    for i in range(30):
        for mine, other in zip(direct.step(i % 2), through.step(tf.constant(i % 2)), strict=True):
            np.testing.assert_allclose(mine, other, rtol=1e-6)


def test_it_renders_a_picture_without_a_display():
    env = gymnasium.make("dqn_keras/CartPole-v1", render_mode="rgb_array")
    env.reset(seed=0)
    first = env.render()
    assert first.shape == (400, 600, 3) and first.dtype == np.uint8
    for _ in range(5):
        env.step(1)
    assert not np.array_equal(first, env.render())
    assert as_gymnasium(CartPole()).render() is None


@pytest.mark.parametrize("bad", ["human", "ansi", 3])
def test_a_bad_render_mode_is_a_one_line_error_that_names_it(bad):
    with pytest.raises(ValueError, match=f"render_mode.*{bad!r}") as error:
        as_gymnasium(CartPole(), bad)
    one_line(error)


@pytest.mark.parametrize("bad", [2, -1, 0.5, "left", None])
def test_a_bad_action_is_a_one_line_error_that_names_it(bad):
    env = as_gymnasium(CartPole())
    state, _ = env.reset(seed=0)
    with pytest.raises(ValueError, match=f"action.*{bad!r}") as error:
        env.step(bad)
    one_line(error)
    np.testing.assert_array_equal(env.environment.observe(env.environment.state), state)


# What is no number is named, not learned from.


class Bad(gymnasium.Env):
    """After two good steps, it gives what it was made with."""

    observation_space = gymnasium.spaces.Box(-1, 1, (4,))
    action_space = gymnasium.spaces.Discrete(2)

    def __init__(self, observation=None, reward=1.0, at_reset=False, error=None, terminated=None):
        self.bad, self.reward, self.at_reset, self.error = observation, reward, at_reset, error
        self.terminated = terminated

    def reset(self, *, seed=None, options=None):
        self.steps = 0
        return (self.bad if self.at_reset else np.zeros(4)), {}

    def step(self, action):
        self.steps += 1
        late = self.steps == 3
        if late and self.error:
            raise self.error
        observation = np.ones(4) if not late or self.bad is None else self.bad
        ended = self.terminated if late and self.terminated is not None else self.steps == 5
        return observation, self.reward if late else 1.0, ended, False, {}


OBSERVATIONS = {
    "nan": np.array([0, np.nan, 0, 0]),
    "inf": np.array([0, 0, 0, -np.inf]),
    "too large for float32": np.array([0, 0, 0, 1e300]),
    "too long": np.zeros(5),
    "too flat": np.float32(1.0),
    "another dimension": np.zeros((1, 4)),
    "text": np.array(["a", "b", "c", "d"]),
    "objects": np.array([None, 0, 0, 0], dtype=object),
    "ragged": [[1, 2], [3]],
    "no array": "left",
}


@pytest.mark.parametrize("way", ["run_episode", "evaluate", "train", "step by step"])
@pytest.mark.parametrize(
    ("settings", "complaint"),
    [({"reward": np.nan}, "step gave a bad reward, nan")]
    + [({"observation": np.array([0, np.nan, 0, 0])}, r"step gave a bad observation, .*nan")],
)
def test_a_bad_number_is_a_one_line_error_in_every_way(settings, complaint, way):
    environment = GymnasiumEnvironment(Bad(**settings))
    agent = small_agent()
    with pytest.raises(ValueError, match=complaint) as error:
        if way == "run_episode":
            agent.run_episode(environment)
        elif way == "evaluate":
            evaluate(agent, environment, 1)
        elif way == "train":
            train(agent, environment, 1, progress=False)
        else:
            environment.reset()
            for _ in range(3):
                environment.step(tf.constant(1))
    one_line(error)
    assert len(agent.memory) == (0 if way in ("evaluate", "step by step") else 2)


@pytest.mark.parametrize("at_reset", [False, True])
@pytest.mark.parametrize("observation", OBSERVATIONS.values(), ids=OBSERVATIONS)
def test_a_bad_observation_is_named(observation, at_reset):
    environment = GymnasiumEnvironment(Bad(observation, at_reset=at_reset))
    with pytest.raises(ValueError, match="bad observation.*must be an array of 4") as error:
        environment.reset()
        for _ in range(3):
            environment.step(tf.constant(0))
    assert len(one_line(error)) < 300


@pytest.mark.parametrize("reward", [np.inf, "much", None, [1, 2], np.array([np.nan])], ids=str)
def test_a_bad_reward_is_named(reward):
    environment = GymnasiumEnvironment(Bad(reward=reward))
    environment.reset()
    environment.step(tf.constant(0)), environment.step(tf.constant(0))
    with pytest.raises(ValueError, match="bad reward.*must be a finite number") as error:
        environment.step(tf.constant(0))
    one_line(error)


def test_an_environments_own_error_comes_out_as_it_is():
    """Not as TensorFlow's, a page long."""
    mistake = KeyError("a bug in the environment")
    agent = small_agent()
    with pytest.raises(KeyError) as error:
        agent.run_episode(GymnasiumEnvironment(Bad(error=mistake)))
    assert error.value is mistake


def test_a3cs_threads_hand_on_a_bad_observation():
    gymnasium.register("Bad-v0", entry_point=Bad, kwargs={"reward": np.nan}, max_episode_steps=9)
    environment = GymnasiumEnvironment(gymnasium.make("Bad-v0", disable_env_checker=True))
    with pytest.raises(ValueError, match="bad reward"):
        train(A3CAgent(4, 2), environment, 3, progress=False)


def test_the_random_state_gives_the_same_episodes_again():
    environment = GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=4)
    fresh = GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=4).random_state()
    assert fresh["next_seed"] is not None, "not begun yet"
    environment.reset()
    state = json.loads(json.dumps(environment.random_state()))
    first = [environment.reset().numpy().tolist() for _ in range(3)]
    other = GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=77)
    other.set_random_state(state)
    assert [other.reset().numpy().tolist() for _ in range(3)] == first


def test_environments_of_one_kind_share_the_graph_of_a_step():
    def step(seed):
        env = as_gymnasium(CartPole(max_steps=7, seed=seed))
        env.reset()
        return env.step(0)[0]

    step(1)
    before = len(compilation._programs)
    assert np.any(step(2) != step(3))
    assert len(compilation._programs) == before > 0


def test_on_one_thread_an_environment_of_ours_inside_gymnasium_does_not_wait_for_itself(tmp_path):
    # The bridge's call holds the only thread; the step inside it must not ask for another.
    folders = ["--model-dir", tmp_path, "--graph-dir", tmp_path]
    where = ["--env", "gymnasium:dqn_keras/CartPole-v1", "--episodes", "2"]
    done = python(["-m", "dqn_keras", "train", "slides_dqn", *where, *folders], tmp_path, 120)
    assert done.returncode == 0, done.stderr
    assert "2 episodes" in done.stdout


@pytest.mark.parametrize("kind", [np.array([True]), np.bool_(True), 1, True], ids=repr)
def test_an_end_may_be_told_by_any_single_truth(kind):
    environment = GymnasiumEnvironment(Bad(reward=np.array([2.0]), terminated=kind))
    environment.reset()
    for _ in range(3):
        _, reward, terminated, _ = environment.step(tf.constant(0))
    assert reward == 2.0 and bool(terminated)


@pytest.mark.parametrize("bad", [[True, False], np.array([])], ids=repr)
def test_an_end_that_is_no_truth_is_named(bad):
    environment = GymnasiumEnvironment(Bad(terminated=bad))
    environment.reset()
    with pytest.raises(ValueError, match="of the episode's end; it must be True or False") as error:
        for _ in range(3):
            environment.step(tf.constant(0))
    one_line(error)
