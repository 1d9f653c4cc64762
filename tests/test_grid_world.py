"""The grid world against a plain-Python one, written from the facts, and against known oracles."""

import importlib.util
import warnings

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import python
from gymnasium.utils.env_checker import check_env

from dqn_keras import DeepSARSAAgent, GridWorld, as_gymnasium

UP, DOWN, RIGHT, LEFT, STAY = range(5)
FIRST_OBSERVATION = [0, 1, -1, -1, 1, 2, -1, -1, 2, 3, -1, -1, 4, 4, 1]
SHORTEST = [DOWN] * 4 + [RIGHT] * 4


class PlainGrid:
    """The same world as a list of objects on a grid, without a tensor."""

    def __init__(self, step_penalty=0.0):
        self.step_penalty = step_penalty
        self.agent = [0, 0]
        self.obstacles = [{"at": [i, i + 1], "reward": -1, "direction": -1} for i in range(3)]
        self.goal = {"at": [4, 4], "reward": 1}
        self.counter = 0

    def step(self, action):
        self.counter += 1
        if self.counter % 2 == 1:
            for obstacle in self.obstacles:
                self.walk(obstacle)
        x, y = self.agent
        if action == UP and y > 0:
            y -= 1
        elif action == DOWN and y < 4:
            y += 1
        elif action == RIGHT and x < 4:
            x += 1
        elif action == LEFT and x > 0:
            x -= 1
        self.agent = [x, y]
        here = [thing for thing in [*self.obstacles, self.goal] if thing["at"] == self.agent]
        reward = sum(thing["reward"] for thing in here) - self.step_penalty
        return reward, self.goal in here

    def walk(self, obstacle):
        if obstacle["at"][0] == 4:
            obstacle["direction"] = 1
        elif obstacle["at"][0] == 0:
            obstacle["direction"] = -1
        obstacle["at"][0] += 1 if obstacle["direction"] == -1 else -1

    def observation(self):
        x, y = self.agent
        numbers = []
        for obstacle in self.obstacles:
            ox, oy = obstacle["at"]
            numbers += [ox - x, oy - y, -1, obstacle["direction"]]
        return [*numbers, 4 - x, 4 - y, 1]

    def full_state(self):
        columns = [obstacle["at"][0] for obstacle in self.obstacles]
        directions = [obstacle["direction"] for obstacle in self.obstacles]
        return [*self.agent, *columns, *directions, self.counter]


def first_states(environment, count=1):
    return environment.initial_states(count, tf.random.Generator.from_seed(0))


def play(environment, actions):
    """Plays actions one by one: [T, 15] states, [T] rewards, terminated and truncated."""
    results = [environment.step(tf.constant(action)) for action in actions]
    return [np.array([value.numpy() for value in column]) for column in zip(*results, strict=True)]


@pytest.fixture(scope="module")
def world():
    """Every full state that is not the end, and where each action leads: [N, 5] three times.

    Row 0 is the beginning. Counters are kept modulo 16: then the obstacles begin anew.
    """
    environment = GridWorld()
    frontier = first_states(environment).numpy()
    rows, following, rewards, ends = {tuple(frontier[0]): 0}, [], [], []
    while len(frontier):
        states, actions = np.repeat(frontier, 5, axis=0), np.tile(range(5), len(frontier))
        step = environment.transition(tf.constant(states), tf.constant(actions, tf.int32))
        next_states, reward, end = (value.numpy() for value in step)
        next_states[:, -1] %= 16
        rewards.extend(reward)
        ends.extend(end)
        frontier = []
        for state, ended in zip(next_states, end, strict=True):
            if not ended and tuple(state) not in rows:
                rows[tuple(state)] = len(rows)
                frontier.append(state)
            following.append(0 if ended else rows[tuple(state)])
    return [np.reshape(column, [-1, 5]) for column in (following, rewards, ends)]


def best_returns(world, step_penalty=0.0, steps=60):
    """The best return from the start of an episode that ends within 1, 2, ..., `steps` steps."""
    following, rewards, ends = world
    values, best = np.full(len(following), -np.inf), []
    for _ in range(steps):
        values = np.max(rewards - step_penalty + np.where(ends, 0, values[following]), axis=1)
        best.append(values[0])
    return np.array(best)


def test_an_episode_begins_as_the_lecture_says():
    environment = GridWorld()
    assert (environment.state_size, environment.action_size) == (15, 5)
    state = environment.reset()
    assert state.dtype == tf.float32
    np.testing.assert_array_equal(state, FIRST_OBSERVATION)


def test_obstacles_walk_every_second_step_and_turn_at_the_walls():
    environment = GridWorld()
    environment.reset()
    states, *_ = play(environment, [STAY] * 18)  # the agent stays at (0, 0): dx is the column
    triangle = [0, 1, 2, 3, 4, 3, 2, 1]
    for step, state in enumerate(states, start=1):
        moves = (step + 1) // 2  # on steps 1, 3, 5, ...
        np.testing.assert_array_equal(
            state[[0, 4, 8]], [triangle[(moves + i) % 8] for i in range(3)], err_msg=f"step {step}"
        )
        np.testing.assert_array_equal(state[[1, 5, 9]], [1, 2, 3])
    # The direction turns with the move that leaves the wall, not with the one that reaches it.
    third = states[:, [8, 11]].tolist()  # starts in column 2
    assert third[2] == third[3] == [4, -1] and third[4] == third[5] == [3, 1]
    assert third[10] == third[11] == [0, 1] and third[12] == [1, -1]


def test_sixteen_steps_later_the_obstacles_are_where_they_were():
    environment = GridWorld()
    environment.reset()
    states, *_ = play(environment, [STAY] * 16)
    np.testing.assert_array_equal(states[15][[0, 4, 8]], [0, 1, 2])


@pytest.mark.parametrize("step_penalty", [0.0, 0.1])
def test_it_equals_a_plain_python_world_on_thousands_of_random_steps(step_penalty):
    environment, rng = GridWorld(step_penalty=step_penalty), np.random.default_rng(0)
    plain = [PlainGrid(step_penalty) for _ in range(100)]
    states = first_states(environment, len(plain))
    ended_episodes, rewards_seen = 0, set()
    for _ in range(150):
        actions = rng.integers(5, size=len(plain))
        states, rewards, terminated = environment.transition(states, tf.constant(actions, tf.int32))
        expected = [world.step(action) for world, action in zip(plain, actions, strict=True)]
        np.testing.assert_array_equal(states, [world.full_state() for world in plain])
        np.testing.assert_allclose(rewards, [reward for reward, _ in expected], atol=1e-6)
        np.testing.assert_array_equal(terminated, [end for _, end in expected])
        np.testing.assert_array_equal(
            environment.observe(states), [world.observation() for world in plain]
        )
        rewards_seen |= set(np.round(rewards.numpy(), 3).tolist())
        ended_episodes += int(np.sum(terminated))
        plain = [
            PlainGrid(step_penalty) if end else world
            for world, end in zip(plain, terminated.numpy(), strict=True)
        ]
        states = tf.where(terminated[:, None], first_states(environment, len(plain)), states)
    assert ended_episodes > 50  # the goal was among what was compared
    assert rewards_seen == set(
        np.round(np.array([-1, 0, 1], np.float32) - step_penalty, 3).tolist()
    )


def test_a_compiled_episode_equals_an_eager_one():
    rng = np.random.default_rng(2)
    eager, graph = GridWorld(), GridWorld()
    step = tf.function(graph.step, jit_compile=True)
    for world in (eager, graph):
        world.reset()
    for action in rng.integers(5, size=100):
        action = tf.constant(action, tf.int32)
        for a, b in zip(eager.step(action), step(action), strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    "way, wall, position",
    [
        ([], UP, (0, 0)),
        ([], LEFT, (0, 0)),
        ([RIGHT] * 4, RIGHT, (4, 0)),
        ([RIGHT] * 4, UP, (4, 0)),
        ([DOWN] * 4, DOWN, (0, 4)),
        ([DOWN] * 4, LEFT, (0, 4)),
    ],
)
def test_walls_stop_the_agent(way, wall, position):
    environment = GridWorld()
    environment.reset()
    states, *_ = play(environment, [*way, wall, wall])
    x, y = position
    for state in states[-2:]:
        np.testing.assert_array_equal(state[12:], [4 - x, 4 - y, 1])


def test_each_action_goes_its_way():
    for action, move in zip(range(5), [(0, -1), (0, 1), (1, 0), (-1, 0), (0, 0)], strict=True):
        environment = GridWorld()
        environment.reset()
        states, *_ = play(environment, [RIGHT, DOWN, action])
        np.testing.assert_array_equal(states[-1][12:14], [3 - move[0], 3 - move[1]])


def test_a_collision_costs_one_and_does_not_end_the_episode():
    environment = GridWorld()
    environment.reset()
    # Step 1 takes the first obstacle from column 0 to 1; it is there until step 3.
    states, rewards, terminated, truncated = play(environment, [RIGHT, DOWN, STAY, STAY])
    np.testing.assert_array_equal(states[1][:2], [0, 0])
    np.testing.assert_array_equal(rewards, [0, -1, 0, 0])
    assert not terminated.any() and not truncated.any()


def test_an_obstacle_that_walks_into_the_agent_costs_one_too():
    environment = GridWorld()
    environment.reset()
    # The agent waits in (2, 1); the first obstacle comes there in step 3 and stays for step 4.
    rewards = play(environment, [RIGHT, RIGHT, DOWN, STAY, STAY])[1]
    np.testing.assert_array_equal(rewards, [0, 0, -1, -1, 0])


def test_changing_places_with_an_obstacle_is_no_collision():
    environment = GridWorld()
    environment.reset()
    # After step 4 the obstacle stands in (2, 1), the agent in (3, 1); in step 5 they change places.
    states, rewards, *_ = play(environment, [RIGHT, RIGHT, RIGHT, DOWN, LEFT])
    np.testing.assert_array_equal(states[3][:2], [-1, 0])
    np.testing.assert_array_equal(states[4][:2], [1, 0])
    np.testing.assert_array_equal(rewards, np.zeros(5))


def test_reaching_the_goal_brings_one_and_ends_the_episode():
    environment = GridWorld()
    environment.reset()
    states, rewards, terminated, truncated = play(environment, SHORTEST)
    np.testing.assert_array_equal(rewards, [0] * 7 + [1])
    np.testing.assert_array_equal(terminated, [False] * 7 + [True])
    assert not truncated.any()
    np.testing.assert_array_equal(states[-1][12:], [0, 0, 1])


def test_the_step_penalty_is_paid_in_every_step_the_last_included():
    environment = GridWorld(step_penalty=0.1)
    environment.reset()
    rewards = play(environment, SHORTEST)[1]
    np.testing.assert_allclose(rewards, [-0.1] * 7 + [0.9], atol=1e-6)


@pytest.mark.parametrize("step_penalty", [-0.1, float("nan"), "0.1", True])
def test_a_step_penalty_that_makes_no_sense_is_refused(step_penalty):
    with pytest.raises((TypeError, ValueError), match="step_penalty"):
        GridWorld(step_penalty=step_penalty)


def test_the_time_limit_truncates_and_does_not_terminate():
    environment = GridWorld(max_steps=3)
    for _ in range(2):  # the limit counts anew in each episode
        environment.reset()
        *_, terminated, truncated = play(environment, [STAY] * 3)
        np.testing.assert_array_equal(truncated, [False, False, True])
        assert not terminated.any()


def test_the_goal_in_the_last_step_terminates():
    environment = GridWorld(max_steps=8)
    environment.reset()
    terminated = play(environment, SHORTEST)[2]
    assert terminated[-1]


def test_the_shortest_path_takes_eight_steps(world):
    following, _, ends = world
    reached, steps = {0}, 0
    while not ends[list(reached)].any():
        reached = {target for row in reached for target in following[row]}
        steps += 1
    assert steps + 1 == 8


@pytest.mark.parametrize("step_penalty, best", [(0.0, 1.0), (0.1, 0.2)])
def test_the_best_return_is_the_known_one(world, step_penalty, best):
    returns = best_returns(world, step_penalty)
    assert np.all(returns[:7] == -np.inf)  # nobody gets there sooner
    assert returns[7] == pytest.approx(best, abs=1e-6)  # in 8 steps without a collision
    assert returns.max() == pytest.approx(best, abs=1e-6)


def test_a_random_policy_needs_and_gets_what_a_linear_system_says(world):
    following, rewards, ends = world
    count = len(following)
    stays = np.zeros([count, count])
    for row, (targets, ended) in enumerate(zip(following, ends, strict=True)):
        for target, end in zip(targets, ended, strict=True):
            stays[row, target] += 0 if end else 0.2
    steps, returns = np.linalg.solve(
        np.eye(count) - stays, np.stack([np.ones(count), rewards.mean(axis=1)], axis=1)
    )[0]
    assert steps == pytest.approx(133.52, abs=0.005)
    assert returns == pytest.approx(-14.746, abs=0.001)
    assert returns - 0.1 * steps == pytest.approx(-28.1, abs=0.05)  # with REINFORCE's penalty


def test_random_episodes_agree_within_the_sampling_error():
    environment, count = GridWorld(), 5_000

    @tf.function(jit_compile=True)
    def random_episodes(states, seed):
        playing = tf.ones([count], tf.bool)
        lengths, returns, step = tf.zeros([count]), tf.zeros([count]), tf.constant(0)
        while tf.reduce_any(playing):
            actions = tf.random.stateless_uniform([count], [seed, step], 0, 5, tf.int32)
            states, rewards, terminated = environment.transition(states, actions)
            lengths += tf.where(playing, 1.0, 0.0)
            returns += tf.where(playing, rewards, 0.0)
            playing &= ~terminated
            step += 1
        return lengths, returns

    results = random_episodes(first_states(environment, count), tf.constant(7))
    for values, mean in zip(results, (133.52, -14.746), strict=True):
        error = np.std(values) / np.sqrt(count)
        assert abs(np.mean(values) - mean) < 4 * error


def test_with_the_lectures_counter_the_same_numbers_lead_elsewhere():
    environment = GridWorld(reset_counter=False)
    first = environment.reset()
    fresh = environment.step(tf.constant(DOWN))
    environment = GridWorld(reset_counter=False)
    environment.reset()
    assert play(environment, [STAY, *SHORTEST])[2][-1]  # an episode of nine steps
    second = environment.reset()
    later = environment.step(tf.constant(DOWN))
    np.testing.assert_array_equal(first, second)  # the same 15 numbers
    assert np.any(fresh[0] != later[0])  # another next state
    assert (fresh[1], later[1]) == (0, -1)  # and another reward: down runs into an obstacle


def test_after_an_even_episode_the_lectures_counter_does_no_harm():
    environment = GridWorld(reset_counter=False)
    for _ in range(2):
        environment.reset()
        np.testing.assert_array_equal(play(environment, SHORTEST)[1], [0] * 7 + [1])


def test_with_the_counter_reset_the_same_numbers_lead_to_the_same():
    environment = GridWorld()
    environment.reset()
    fresh = environment.step(tf.constant(DOWN))
    environment = GridWorld()
    environment.reset()
    assert play(environment, [STAY, *SHORTEST])[2][-1]  # an episode of nine steps
    environment.reset()
    for a, b in zip(fresh, environment.step(tf.constant(DOWN)), strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_seed_starts_even_the_lectures_counter_anew():
    # A seed fixes a run: the second of two runs may not depend on how the first one ended.
    environment = GridWorld(reset_counter=False)
    firsts = []
    for _ in range(2):
        environment.reset(seed=0)
        firsts.append(play(environment, [DOWN, STAY, STAY])[0])
    np.testing.assert_array_equal(*firsts)


def test_a_copy_has_the_same_settings_and_a_life_of_its_own():
    environment = GridWorld(max_steps=7, step_penalty=0.25, reset_counter=False)
    environment.reset()
    other = environment.copy(1)
    settings = ("max_steps", "step_penalty", "reset_counter")
    assert all(getattr(other, name) == getattr(environment, name) for name in settings)
    np.testing.assert_array_equal(other.reset(), FIRST_OBSERVATION)
    play(other, [DOWN] * 6)
    state = environment.step(tf.constant(STAY))[0]
    np.testing.assert_array_equal(state, [1, 1, -1, -1, 2, 2, -1, -1, 3, 3, -1, -1, 4, 4, 1])
    *_, truncated = other.step(tf.constant(DOWN))
    assert truncated  # its seventh step, the first one's second


def test_gymnasiums_checker_has_nothing_to_say():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for settings in ({}, {"step_penalty": 0.1}, {"max_steps": 30}):
            env = gymnasium.make("dqn_keras/GridWorld-v0", render_mode="rgb_array", **settings)
            check_env(env.unwrapped)


def test_every_observation_lies_in_the_gymnasium_space():
    env = gymnasium.make("dqn_keras/GridWorld-v0", max_steps=50)
    state, _ = env.reset(seed=0)
    np.testing.assert_array_equal(state, FIRST_OBSERVATION)
    high = [4, 4, 1, 1] * 3 + [4, 4, 1]
    np.testing.assert_array_equal(env.observation_space.high, high)
    np.testing.assert_array_equal(env.observation_space.low, [-value for value in high])
    rng = np.random.default_rng(0)
    truncated = False
    while not truncated:
        state, _, terminated, truncated, _ = env.step(int(rng.integers(4)))
        assert env.observation_space.contains(state)
        if terminated:
            break


def looks(pixels):
    """The share of reddish, greenish and bluish pixels."""
    strongest, value = np.argmax(pixels, axis=-1), pixels.astype(int)
    coloured = value.max(axis=-1) - value.min(axis=-1) > 60
    return [float(np.mean(coloured & (strongest == channel))) for channel in range(3)]


def test_the_picture_shows_agent_obstacles_and_goal():
    env = as_gymnasium(GridWorld(), render_mode="rgb_array")
    env.reset()
    for action in (RIGHT, RIGHT, RIGHT, STAY):
        env.step(action)
    picture = env.render()
    assert picture.shape == (250, 250, 3) and picture.dtype == np.uint8
    things = {(3, 0): 0, (2, 1): 1, (3, 2): 1, (4, 3): 1, (4, 4): 2}  # cell: channel
    for x in range(5):
        for y in range(5):
            shares = looks(picture[y * 50 : (y + 1) * 50, x * 50 : (x + 1) * 50])
            expected = things.get((x, y))
            for channel, share in enumerate(shares):
                assert (share > 0.1) == (channel == expected), (x, y, shares)


def test_agent_and_obstacle_in_one_cell_are_both_seen():
    env = as_gymnasium(GridWorld(), render_mode="rgb_array")
    env.reset()
    for action in (RIGHT, DOWN):
        env.step(action)
    red, green, blue = looks(env.render()[50:100, 50:100])
    assert red > 0.1 and green > 0.05 and blue == 0


def test_an_agent_can_live_in_it_compiled():
    agent, environment = DeepSARSAAgent(15, 5, seed=0), GridWorld(max_steps=20)
    for _ in range(3):
        assert -20 <= float(agent.run_episode(environment)) <= 1


STABLE_BASELINES = """
import contextlib, sys, warnings
with contextlib.suppress(ImportError):
    import triton  # PyTorch's compiler; imported after TensorFlow, it aborts the process
import gymnasium
import stable_baselines3
from stable_baselines3.common.env_checker import check_env
import dqn_keras

algorithm = getattr(stable_baselines3, sys.argv[1])
settings = {"learning_starts": 50} if sys.argv[1] == "DQN" else {}
env = gymnasium.make("dqn_keras/GridWorld-v0", max_steps=50)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    check_env(env)
    model = algorithm("MlpPolicy", env, device="cpu", seed=0, **settings)
    model.learn(200)
print("steps", model.num_timesteps)
"""


@pytest.mark.skipif(
    importlib.util.find_spec("stable_baselines3") is None,
    reason="the benchmarks extra is not installed",
)
@pytest.mark.slow
@pytest.mark.parametrize("algorithm", ["A2C", "DQN"])
def test_stable_baselines_trains_on_the_id_without_a_warning(algorithm, tmp_path):
    # In a process of its own: PyTorch cannot be imported into one that holds TensorFlow.
    done = python(["-c", STABLE_BASELINES, algorithm], tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) >= 200
