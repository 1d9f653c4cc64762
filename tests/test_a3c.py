"""A3C: returns and gradients by hand; threads that lose nothing, end when told, and fail aloud."""

import collections
import json
import os
import signal
import subprocess
import sys
import threading
import time

import gymnasium
import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, weights_of

from dqn_keras import A3CAgent, CartPole, GymnasiumEnvironment, evaluate, train
from dqn_keras.agents import a3c
from dqn_keras.environments.in_graph import InGraphEnvironment
from dqn_keras.experiments.recipes import RECIPES

LN3 = np.log(3)


def players():
    """The names of the actor-learners' threads that are alive."""
    return [thread.name for thread in threading.enumerate() if "actor-learner" in thread.name]


@pytest.fixture(autouse=True)
def no_thread_is_left_behind():
    """Also gives up on a test that waits for ever, which is how threads fail."""

    def give_up(*_):
        raise TimeoutError(f"still running after five minutes: {players()}")

    assert players() == []
    previous = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(300)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)
    assert players() == []


def softmax(logits):
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return odds / odds.sum(axis=-1, keepdims=True)


# ---- returns and gradients

# State t is one-hot, so row t of each kernel's gradient tells of step t alone.
VALUES = np.float32([[10], [20], [40], [80]])  # V of the states 0 to 3
LOGITS = np.float32([[0, LN3], [0, 0], [1, -1], [0.5, 0]])
# What lies behind a short rollout; a small state, so that its policy is not saturated.
DECOY = ([0.5, 0, 0.5, 0.3], 1, 98.0, [97, 0, 0, 99], True)


def learner_with(rewards, end, rollout_steps=3, discount_factor=0.5, **settings):
    """A learner in whose memory lies a rollout from state 0 on, with decoys behind it."""
    agent = A3CAgent(
        4,
        2,
        workers=1,
        rollout_steps=rollout_steps,
        actor_units=(),
        critic_units=(),
        discount_factor=discount_factor,
        seed=0,
        **settings,
    )
    (learner,) = agent.learners
    learner.actor.set_weights([LOGITS, np.zeros(2, np.float32)])
    learner.critic.set_weights([VALUES, np.zeros(1, np.float32)])
    for _ in range(rollout_steps):
        learner.memory.append(*DECOY)
    learner.memory.clear()
    states = np.eye(4, dtype=np.float32)
    for t, reward in enumerate(rewards):
        ended = end == "terminated" and t == len(rewards) - 1
        learner.memory.append(states[t], t % 2, reward, states[t + 1], ended)
    return learner


@pytest.mark.parametrize(
    "rewards, end, returns",
    [
        # Whole rollout, the episode goes on: V of the state after it, 80, and not 40 of the last.
        ([1, 2, 4], "goes on", [1 + 0.5 * (2 + 0.5 * (4 + 0.5 * 80)), 2 + 0.5 * (4 + 40), 44]),
        ([1, 2, 4], "terminated", [1 + 1 + 1, 2 + 2, 4]),
        ([1, 2, 4], "truncated", [13, 24, 44]),  # merely not watched any longer: as "goes on"
        ([1, 2], "terminated", [2, 2]),  # short: the decoys behind have no say
        ([1, 2], "truncated", [1 + 0.5 * (2 + 0.5 * 40), 2 + 0.5 * 40]),
        ([1], "terminated", [1]),
        ([1], "truncated", [1 + 0.5 * 20]),
        ([-100], "terminated", [-100]),
    ],
)
def test_returns_and_gradients_are_those_computed_by_hand(rewards, end, returns):
    weight = 0.3
    actor, critic = learner_with(rewards, end, entropy_weight=weight).gradients()
    count = len(rewards)
    advantages = np.array(returns) - VALUES[:count, 0]
    # critic: d (G - V)^2 / dV = -2 (G - V)
    expected = np.zeros([4, 1])
    expected[:count, 0] = -2 * advantages
    np.testing.assert_allclose(critic[0], expected, rtol=1e-5, atol=1e-4)
    np.testing.assert_allclose(critic[1], [expected.sum()], rtol=1e-5, atol=1e-4)
    # actor: (pi - one-hot) advantage, and minus the weight times -pi (log pi + H)
    policies = softmax(LOGITS[:count])
    entropies = -np.sum(policies * np.log(policies), axis=1, keepdims=True)
    errors = (policies - np.eye(2)[[t % 2 for t in range(count)]]) * advantages[:, None]
    errors += weight * policies * (np.log(policies) + entropies)
    expected = np.zeros([4, 2])
    expected[:count] = errors
    np.testing.assert_allclose(actor[0], expected, rtol=1e-5, atol=1e-4)
    np.testing.assert_allclose(actor[1], errors.sum(axis=0), rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("terminated", [False, True])
def test_with_hidden_layers_the_gradients_are_those_of_fixed_labels(seed, terminated):
    rng = np.random.default_rng(seed)
    agent = A3CAgent(3, 2, workers=1, rollout_steps=8, entropy_weight=0.1, seed=seed)
    (learner,) = agent.learners
    learner.copy_weights(agent.actor, agent.critic)
    states = rng.normal(size=[6, 3]).astype(np.float32)
    actions, rewards = rng.integers(2, size=5), rng.normal(size=5)
    for t in range(5):
        learner.memory.append(
            states[t], actions[t], rewards[t], states[t + 1], terminated and t == 4
        )
    later = 0.0 if terminated else float(agent.critic(states[5:])[0, 0])
    labels = np.zeros(5, np.float32)
    for t in reversed(range(5)):
        labels[t] = later = rewards[t] + 0.99 * later
    with tf.GradientTape(persistent=True) as tape:
        values = agent.critic(states[:5])[:, 0]
        policy = tf.nn.softmax(agent.actor(states[:5]))
        advantages = labels - values.numpy()
        chosen = tf.reduce_sum(policy * np.eye(2, dtype=np.float32)[actions], axis=1)
        actor_loss = -tf.reduce_sum(tf.math.log(chosen) * advantages)
        actor_loss += 0.1 * tf.reduce_sum(policy * tf.math.log(policy))
        critic_loss = tf.reduce_sum((labels - values) ** 2)
    expected = (
        tape.gradient(actor_loss, agent.actor.trainable_weights),
        tape.gradient(critic_loss, agent.critic.trainable_weights),
    )
    for network, wanted in zip(learner.gradients(), expected, strict=True):
        for a, b in zip(network, wanted, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)


def test_the_entropy_bonus_pushes_towards_even_odds():
    # Rewards as expected: the advantages are 0, and only the bonus is left.
    learner = learner_with([10], "terminated", entropy_weight=1.0)
    gradient = learner.gradients()[0][0].numpy()[0]
    # Going downhill, the likelier action 1 (pi = 3/4) must lose.
    assert gradient[1] > 0 > gradient[0]
    without = learner_with([10], "terminated", entropy_weight=0.0)
    np.testing.assert_allclose(without.gradients()[0][0], 0, atol=1e-5)


# ---- rollouts


class Numbered(InGraphEnvironment):
    """The state counts the steps, the reward too; falls after `fall_after` steps."""

    name = "numbered"
    state_size = 1
    action_size = 2
    compilable = False  # a plain graph is built sooner than a compiled one

    def __init__(self, max_steps=1000, fall_after=1000):
        self.fall_after = fall_after
        super().__init__(max_steps, 0)

    def initial_states(self, count, rng):
        return tf.zeros([count], tf.int32)

    def transition(self, states, actions):
        steps = states + 1
        return steps, tf.cast(steps, tf.float32), steps >= self.fall_after

    def observe(self, states):
        return tf.cast(states, tf.float32)[..., None]


def small_agent(workers=1, **settings):
    settings = {"actor_units": (8,), "critic_units": (8,), "rollout_steps": 5, "seed": 0} | settings
    return A3CAgent(settings.pop("state_size", 1), 2, workers=workers, **settings)


def test_a_rollout_leaves_all_networks_as_they_were(eagerly):
    agent, environment = small_agent(), Numbered()
    (learner,) = agent.learners
    learner.copy_weights(agent.actor, agent.critic)
    networks = [agent.actor, agent.critic, learner.actor, learner.critic]
    before = [weights_of(network) for network in networks]
    learner.state.assign(environment.reset())
    learner.rollout(environment)
    for network, weights in zip(networks, before, strict=True):
        np.testing.assert_array_equal(weights_of(network), weights)
    assert int(agent.steps) == 0


def test_rollouts_go_on_where_the_last_one_ended(eagerly):
    agent, environment = small_agent(fall_reward=-100.0), Numbered(max_steps=13)
    (learner,) = agent.learners
    learner.state.assign(environment.reset())
    for first, count in ((0, 5), (5, 5), (10, 3)):
        _, _, score, steps, done = learner.rollout(environment)
        assert (int(steps), bool(done)) == (count, first == 10)
        numbers = np.arange(first, first + count)
        np.testing.assert_array_equal(learner.memory.states[:count, 0], numbers)
        np.testing.assert_array_equal(learner.memory.next_states[:count, 0], numbers + 1)
        np.testing.assert_array_equal(learner.memory.rewards[:count], numbers + 1)
        assert not learner.memory.terminated.numpy()[:count].any()  # not by the time limit
        assert float(score) == sum(numbers + 1)


def test_the_fall_reward_is_for_falls_only_and_not_in_the_score(eagerly):
    agent, environment = small_agent(fall_reward=-100.0), Numbered(fall_after=3)
    (learner,) = agent.learners
    learner.state.assign(environment.reset())
    _, _, score, steps, done = learner.rollout(environment)
    np.testing.assert_array_equal(learner.memory.rewards[:3], [1, 2, -100])
    np.testing.assert_array_equal(learner.memory.terminated[:3], [False, False, True])
    assert (float(score), int(steps), bool(done)) == (6, 3, True)


def test_each_rollout_begins_with_the_global_weights_and_only_applying_changes_those(
    eagerly, monkeypatch
):
    agent, events = small_agent(), []
    rollout, apply = a3c.ActorLearner.rollout, A3CAgent.apply_gradients

    def checked_rollout(learner, environment):
        for local, network in ((learner.actor, agent.actor), (learner.critic, agent.critic)):
            np.testing.assert_array_equal(weights_of(local), weights_of(network))
        events.append("rollout")
        return rollout(learner, environment)

    def checked_apply(agent, *arguments):
        before = weights_of(agent.actor), weights_of(agent.critic)
        apply(agent, *arguments)
        assert np.any(before[0] != weights_of(agent.actor))
        assert np.any(before[1] != weights_of(agent.critic))
        events.append("apply")

    monkeypatch.setattr(a3c.ActorLearner, "rollout", checked_rollout)
    monkeypatch.setattr(A3CAgent, "apply_gradients", checked_apply)
    score = agent.run_episode(Numbered(max_steps=12))
    assert events == ["rollout", "apply"] * 3
    assert score == sum(range(13))
    assert int(agent.steps) == 12


# ---- threads


class Bookkeeping:
    """Writes down what the learners compute and what the agent applies.

    In place of Adam stands plain gradient descent: then the global weights must have moved by
    the sum of the gradients.
    """

    rate = 1e-5  # small, so that rounding is the only other thing that happens

    def __init__(self, agent, monkeypatch):
        self.agent, self.computed, self.applied, self.steps = agent, [], [], []
        agent.actor_optimizer, agent.critic_optimizer = (
            keras.optimizers.SGD(self.rate) for _ in range(2)
        )
        agent.actor_optimizer.build(agent.actor.trainable_weights)
        agent.critic_optimizer.build(agent.critic.trainable_weights)
        self.start = self.weights()
        run_as_graph = a3c.run_as_graph

        def counting_run(function, *things, **settings):
            result = run_as_graph(function, *things, **settings)
            if function is a3c.ActorLearner.rollout:
                self.computed.append(self.row(*result[:2]))
                self.steps.append(int(result[3]))
            elif function is A3CAgent.apply_gradients:
                self.applied.append(self.row(*settings["inputs"][:2]))
            return result

        monkeypatch.setattr(a3c, "run_as_graph", counting_run)

    def weights(self):
        return np.concatenate([weights_of(self.agent.actor), weights_of(self.agent.critic)])

    @staticmethod
    def row(actor_gradients, critic_gradients):
        return np.concatenate([np.ravel(g) for g in [*actor_gradients, *critic_gradients]])

    def check(self):
        assert len(self.applied) == len(self.computed)
        counts = [collections.Counter(r.tobytes() for r in rows) for rows in self.both]
        assert counts[0] == counts[1]
        for optimizer in (self.agent.actor_optimizer, self.agent.critic_optimizer):
            assert int(optimizer.iterations) == len(self.computed)
        moved = -self.rate * np.sum(np.array(self.computed, float), axis=0)
        # Each update may round the weights, which are below 2, by 1e-7.
        slack = 2e-7 * len(self.computed) + 1e-4 * np.abs(moved).max()
        np.testing.assert_allclose(self.weights() - self.start, moved, rtol=0, atol=slack)
        # The table can tell: one update more or less would have been seen.
        sizes = self.rate * np.abs(self.computed).max(axis=1)
        assert np.median(sizes) > 3 * slack
        assert int(self.agent.steps) == sum(self.steps)

    @property
    def both(self):
        return self.computed, self.applied


@pytest.mark.parametrize("workers", [1, 3])
def test_no_gradient_is_lost_and_none_applied_twice(monkeypatch, workers):
    agent = small_agent(workers)
    books = Bookkeeping(agent, monkeypatch)
    with agent.episodes(Numbered(max_steps=12)) as scores:
        got = [next(scores) for _ in range(8)]
    assert got == [sum(range(13))] * 8
    assert len(books.computed) >= 8 * 3
    books.check()


def test_all_workers_take_part(eagerly, monkeypatch):
    agent, names = small_agent(3), set()
    apply = A3CAgent.apply_gradients

    def recording(*arguments):
        names.add(threading.current_thread().name)
        apply(*arguments)

    monkeypatch.setattr(A3CAgent, "apply_gradients", recording)
    with agent.episodes(Numbered(max_steps=6)) as scores:
        while len(names) < 3:
            next(scores)
    assert names == {f"actor-learner {i}" for i in range(3)}


def test_the_end_of_the_context_ends_the_threads(eagerly):
    agent = small_agent(2)
    with agent.episodes(Numbered(max_steps=6)) as scores:
        assert len(players()) == 2
        next(scores)
    assert players() == []
    steps = int(agent.steps)
    with agent.episodes(Numbered(max_steps=6)) as scores:  # and may be entered again
        next(scores)
    assert int(agent.steps) > steps


def test_an_exception_in_the_main_thread_ends_the_threads_too(eagerly):
    agent = small_agent(2)
    with pytest.raises(KeyError, match="mine"), agent.episodes(Numbered(max_steps=6)) as scores:
        next(scores)
        raise KeyError("mine")
    assert players() == []


def test_threads_stop_in_the_middle_of_an_endless_episode(eagerly):
    agent = small_agent(2)
    with agent.episodes(Numbered(max_steps=10**9)):
        while int(agent.steps) < 20:
            time.sleep(0.01)
    assert players() == []
    assert int(agent.steps) % 5 == 0  # whole rollouts, all learned from


def test_threads_that_wait_to_hand_in_a_score_stop_too():
    agent = small_agent(2)
    with agent.episodes(Numbered(max_steps=2)) as scores:
        next(scores)
        steps = -1
        while steps != int(agent.steps):  # until nobody moves: the queue is full
            steps = int(agent.steps)
            time.sleep(0.5)
        assert len(players()) == 2
    assert players() == []


class Burning(Numbered):
    """The copies of this one break after some steps."""

    burns = False

    def copy(self, index):
        other = super().copy(index)
        other.burns = True
        return other

    def step(self, action):
        if self.burns:
            tf.numpy_function(self._burn, [self.steps], [])
        return super().step(action)

    def _burn(self, steps):
        if steps == 7:
            raise RuntimeError("the motor has burnt out")


def test_a_failure_in_one_worker_ends_all_and_is_heard():
    agent, got = small_agent(2), []
    with (
        pytest.raises(Exception, match="the motor has burnt out"),
        agent.episodes(Burning(max_steps=9)) as scores,
    ):
        for _ in range(100_000):
            got.append(next(scores))
    assert players() == []
    assert set(got) <= {sum(range(10))}


def test_a_failure_is_heard_in_train_too():
    with pytest.raises(Exception, match="the motor has burnt out"):
        train(small_agent(2), Burning(max_steps=9), 100_000, progress=False)
    assert players() == []


def test_a_failing_copy_starts_no_thread():
    class Unique(Numbered):
        def copy(self, index):
            raise ValueError("there is only one of these")

    with (
        pytest.raises(ValueError, match="only one of these"),
        small_agent(2).episodes(Unique()),
    ):
        pass
    assert players() == []


def test_the_steps_of_whole_episodes_are_the_sum_of_their_lengths():
    agent, environment = small_agent(state_size=4), CartPole(seed=0)
    environment.compilable = False  # quicker to build
    scores = [agent.run_episode(environment) for _ in range(10)]
    assert int(agent.steps) == sum(scores)


def test_with_one_worker_the_same_seed_gives_the_same_run_and_reset_is_as_good_as_new():
    environment = CartPole(seed=3)
    environment.compilable = False  # quicker to build
    agent = small_agent(state_size=4, seed=1)

    def run(agent):
        environment.reset(3)
        with agent.episodes(environment) as scores:
            return [next(scores) for _ in range(10)]

    first = run(agent)
    agent.reset(2)
    assert int(agent.steps) == 0
    assert run(agent) != first
    fresh = small_agent(state_size=4, seed=1)
    start = weights_of(fresh.actor)
    agent.reset(1)
    np.testing.assert_array_equal(weights_of(agent.actor), start)
    assert run(agent) == first == run(fresh)


@pytest.mark.parametrize(
    "environment",
    [CartPole(seed=0), CartPole(), GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=0)],
    ids=["compiled", "without a seed", "gymnasium"],
)
def test_copies_of_an_environment_begin_in_states_of_their_own(environment):
    places = [environment, environment.copy(1), environment.copy(2)]
    for _ in range(2):
        starts = [place.reset().numpy() for place in places]
        assert len({start.tobytes() for start in starts}) == 3
    # Stepping one leaves the others where they are.
    states = [place.state.numpy() for place in places]
    places[1].step(tf.constant(0))
    np.testing.assert_array_equal(places[0].state, states[0])
    np.testing.assert_array_equal(places[2].state, states[2])


@pytest.mark.parametrize("gym", [False, True])
def test_the_same_copy_of_the_same_seed_begins_in_the_same_states(gym):
    def copies():
        for _ in range(2):
            if gym:
                yield GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=5).copy(1)
            else:
                yield CartPole(seed=5).copy(1)

    first, second = copies()
    for _ in range(2):
        np.testing.assert_array_equal(first.reset(), second.reset())


def test_learners_throw_dice_of_their_own():
    agent = small_agent(3)
    draws = [learner.rng.uniform([4]).numpy().tobytes() for learner in agent.learners]
    assert len(set(draws)) == 3
    agent.reset(0)
    again = [learner.rng.uniform([4]).numpy().tobytes() for learner in agent.learners]
    assert again == draws


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_learned(tmp_path):
    code = """
import numpy as np
from dqn_keras import A3CAgent, CartPole, train

def tell(scores):
    print("episode", len(scores), flush=True)
    return False

agent = A3CAgent(4, 2, workers=2, seed=0)
history = train(agent, CartPole(seed=0), 10**7, tell, name="it", model_dir=".", progress=False)
print("ended by", history.ended_by, int(agent.steps), flush=True)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for line in process.stdout:
            if line == "episode 5\n":
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0, err
    assert "ended by interrupt" in out
    assert "Traceback" not in err
    history = json.loads((tmp_path / "it.json").read_text())
    assert history["ended_by"] == "interrupt"
    assert history["episodes"] == len(history["scores"]) >= 5
    assert history["steps"] >= sum(history["scores"])
    agent = A3CAgent(4, 2, workers=2, seed=1)
    agent.load_weights(tmp_path / "it.safetensors")


@pytest.mark.parametrize(
    "settings",
    [{"workers": 0}, {"rollout_steps": 0}, {"entropy_weight": -0.01}, {"discount_factor": 2}],
)
def test_a_setting_out_of_range_is_named(settings):
    with pytest.raises((TypeError, ValueError), match=next(iter(settings))):
        A3CAgent(4, 2, **settings)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_it_learns_a_probe(workers):
    # Reward 1 for ever, in episodes of 3 watched steps: V = 1 / (1 - discount) at every step.
    class Endless(Numbered):
        compilable = True

        def transition(self, states, actions):
            rewards = tf.cast(actions, tf.float32)
            return states, rewards, tf.zeros_like(states, tf.bool)

    for seed in range(2):
        agent = small_agent(
            workers,
            rollout_steps=3,
            actor_learning_rate=0.01,
            critic_learning_rate=0.01,
            discount_factor=0.5,
            seed=seed,
        )
        train(agent, Endless(max_steps=3), 1000, progress=False)
        state = tf.zeros([1, 1])
        assert softmax(agent.actor(state).numpy())[0, 1] > 0.9
        assert agent.critic(state).numpy()[0, 0] == pytest.approx(2, abs=0.2)


@pytest.mark.nightly  # five whole runs; in every run lesson 15 trains it, and probes above
def test_it_learns_cartpole():
    recipe, environment = RECIPES["slides_a3c"], CartPole()
    agent = recipe.make_agent(environment, seed=0)
    means = []
    for seed in range(5):
        agent.reset(seed)
        environment.reset(seed)
        train(agent, environment, recipe.episodes, recipe.stop, progress=False)
        means.append(evaluate(agent, environment).mean())
    # The order of its threads is chance: of 60 seeds 51 came to 475 and 58 to 200, so a median of
    # five is below 475 once in 38 times, below 200 once in 2,600. Pushing at random comes to 22.
    assert np.median(means) >= 200, means
