"""One graph for all agents that are alike, and for no others."""

import gc
import os
import select
import signal
import threading
import types
import weakref

import gymnasium
import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import small_agent, weights_of

from dqn_keras import (
    A2CAgent,
    A3CAgent,
    Breakout,
    CartPole,
    DeepSARSAAgent,
    DQNAgent,
    DQNVariantAgent,
    GridWorld,
    GymnasiumEnvironment,
    REINFORCEAgent,
    evaluate,
    train,
)
from dqn_keras.agents import dqn
from dqn_keras.environments import cartpole
from dqn_keras.machinery import compilation
from dqn_keras.machinery.compilation import run_as_graph
from dqn_keras.machinery.graph_key import NotComparable, PackageCode, graph_key
from dqn_keras.machinery.variables import variables_of


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_the_child_of_a_fork_says_that_it_cannot_run_a_graph(trained):
    """It would wait for ever for threads that are its parent's."""
    agent, environment = trained
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            agent.run_episode(environment)
        except RuntimeError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as file:
        ready, _, _ = select.select([file], [], [], 20)
        if not ready:
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        message = file.read()
    assert 'get_context("spawn")' in message and "\n" not in message


def in_graph(seed):
    return CartPole(max_steps=30, seed=seed)


def on_gymnasium(seed):
    env = gymnasium.make("CartPole-v1", max_episode_steps=30)
    return GymnasiumEnvironment(env, seed)


AGENTS = {
    "dqn": (DQNVariantAgent, {"train_start": 20, "batch_size": 8, "hidden_units": (8,)}),
    "deep_sarsa": (DeepSARSAAgent, {"hidden_units": (8,)}),
    "reinforce": (REINFORCEAgent, {"hidden_units": (8,), "max_steps": 30}),
    "a2c": (A2CAgent, {"actor_units": (8,), "critic_units": (8,)}),
    "a3c": (A3CAgent, {"actor_units": (8,), "critic_units": (8,), "workers": 1}),
}


def described(*things):
    variables = []
    return graph_key(things, variables), variables


def run_of(agent, environment):
    """Scores of three episodes, all weights, and what the agent is worth."""
    scores = [float(agent.run_episode(environment)) for _ in range(3)]
    weights = [weights_of(network) for network in agent.networks.values()]
    returns = evaluate(agent, environment, 2)
    return scores, np.concatenate(weights).tolist(), returns.tolist()


# The second agent takes the first one's graphs, and its own variables.


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("dqn", on_gymnasium),
        pytest.param("dqn", in_graph, marks=pytest.mark.slow),
        pytest.param("deep_sarsa", on_gymnasium, marks=pytest.mark.slow),
        pytest.param("reinforce", in_graph, marks=pytest.mark.slow),
        pytest.param("a2c", on_gymnasium, marks=pytest.mark.slow),
        pytest.param("a3c", in_graph, marks=pytest.mark.slow),
    ],
)
def test_an_agent_with_anothers_graphs_runs_as_with_its_own(name, place):
    kind, settings = AGENTS[name]
    run_of(kind(4, 2, seed=1, **settings), place(1))
    before = len(compilation._programs)
    agent = kind(4, 2, seed=2, **settings)
    run = run_of(agent, place(2))
    assert len(compilation._programs) == before

    own_kind = types.new_class("OfItsOwn", (kind,))  # not the package's: a graph of its own
    with pytest.raises(NotComparable):
        described(own_kind(4, 2, seed=2, **settings))
    assert run == run_of(own_kind(4, 2, seed=2, **settings), place(2))
    assert len(compilation._programs) == before
    assert run != run_of(kind(4, 2, seed=3, **settings), place(3))


def test_agents_that_share_graphs_can_take_turns():
    def play(*pairs):
        agents = [(small_agent(seed=a), on_gymnasium(b)) for a, b in pairs]
        scores = [[float(a.run_episode(e)) for a, e in agents] for _ in range(6)]
        weights = [weights_of(agent.model) for agent, _ in agents]
        return list(zip(*scores, strict=True)), weights

    scores, weights = play((1, 2), (3, 4))
    for i, pair in enumerate([(1, 2), (3, 4)]):
        alone, alone_weights = play(pair)
        assert alone == [scores[i]]
        np.testing.assert_array_equal(alone_weights[0], weights[i])
    assert scores[0] != scores[1]


def test_a_shared_graph_runs_in_three_threads_at_once():
    def play(seed):
        agent, environment = small_agent(seed=seed), on_gymnasium(seed)
        for _ in range(5):
            agent.run_episode(environment)
        return weights_of(agent.model)

    expected = [play(seed) for seed in range(3)]
    found = {}
    threads = [
        threading.Thread(target=lambda s=seed: found.update({s: play(s)})) for seed in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed in range(3):
        np.testing.assert_array_equal(found[seed], expected[seed])


def graphs_alive():
    gc.collect()
    kinds = ("FuncGraph", "ConcreteFunction", "AtomicFunction")
    return sum(type(thing).__name__ in kinds for thing in gc.get_objects())


@pytest.mark.parametrize("place", [in_graph, on_gymnasium])
def test_agents_made_and_dropped_leave_no_graph_behind(place, tmp_path):
    def use(seed):
        # REINFORCE: of the agents that compile, the quickest to.
        agent = REINFORCEAgent(4, 2, hidden_units=(8,), max_steps=30, seed=seed)
        environment = place(seed)
        train(agent, environment, 2, progress=False, checkpoint_dir=tmp_path / str(seed))
        evaluate(agent, environment, 2)

    use(0)
    before = graphs_alive()
    for seed in range(1, 6):
        use(seed)
    assert graphs_alive() == before > 0


def test_all_agents_use_the_same_names():
    # TensorFlow keeps a kernel for each name of a variable that it has come across.
    def names(kind, settings):
        agent = kind(4, 2, **settings)
        parts = [part for part in vars(agent).values() if isinstance(part, keras.Model)]
        parts += [p for p in vars(agent).values() if isinstance(p, keras.optimizers.Optimizer)]
        assert len(parts) >= 2
        return [variable.path for part in parts for variable in part.variables]

    for kind, settings in AGENTS.values():
        assert names(kind, settings) == names(kind, settings)


def test_actor_learners_share_their_graphs():
    agent = A3CAgent(4, 2, workers=3)
    first, second, third = (described(learner)[0] for learner in agent.learners)
    assert first == second == third


# What makes a difference, and what does not.


def make_agent(kind, **settings):
    sizes = {"state_size": 4, "action_size": 2} | settings
    return kind(**sizes)


OTHER_SETTINGS = {
    "state_size": 5,
    "action_size": 3,
    "hidden_units": (24, 23),
    "activation": "tanh",
    "learning_rate_decay_steps": 100,
    "discount_factor": 0.98,
    "epsilon": 0.5,
    "epsilon_decay": 0.998,
    "epsilon_min": 0.02,
    "epsilon_schedule": "linear",
    "epsilon_counts": "episodes",
    "batch_size": 63,
    "train_start": 999,
    "train_every": "episode",
    "updates_per_episode": 2,
    "memory_size": 1999,
    "memory_dtype": "uint8",
    "optimizer_name": "rmsprop",
    "target_update": "steps",
    "target_update_every": 2,
    "double": True,
    "advantage_learning": 0.7,
    "clip_errors": True,
    "time_limit_ends": True,
    "fall_reward": -1.0,
    "actor_units": (23,),
    "critic_units": (23,),
    "entropy_weight": 0.5,
    "max_steps": 499,
    "rollout_steps": 19,
}


@pytest.mark.parametrize("kind", [kind for kind, _ in AGENTS.values()])
def test_another_setting_needs_another_graph(kind):
    usual = described(make_agent(kind))[0]
    assert usual == described(make_agent(kind))[0]
    names = set(make_agent(kind).get_config()) & set(OTHER_SETTINGS)
    assert len(names) >= 6
    for name in names:
        assert described(make_agent(kind, **{name: OTHER_SETTINGS[name]}))[0] != usual, name


def test_agents_that_see_pictures_share_graphs_too():
    def key(seed=None, **settings):
        settings = {"filters": (3,), "memory_dtype": "bool"} | settings
        return described(DQNVariantAgent((10, 10, 4), 3, seed=seed, **settings), Breakout())[0]

    assert key(1) == key(2) != key(filters=(4,)) != key(filters=(3, 3))
    assert key() != key(memory_dtype="uint8")


def test_seeds_and_what_was_learned_make_no_difference():
    agent, environment = small_agent(seed=1), on_gymnasium(1)
    usual, variables = described(agent, environment)
    agent.run_episode(environment)
    assert described(agent, environment)[0] == usual
    agent.reset(5)
    other, others = described(small_agent(seed=None), on_gymnasium(None))
    assert other == usual
    assert [v.shape for v in others] == [v.shape for v in variables]
    assert not {id(v) for v in others} & {id(v) for v in variables}


def test_a_rendered_environment_is_still_the_same():
    environment = CartPole()
    usual = described(environment)[0]
    environment.render()
    assert described(environment)[0] == usual


@pytest.mark.parametrize(
    "change",
    [
        lambda agent: setattr(agent, "discount_factor", 0.5),
        lambda agent: setattr(agent, "discount_factor", 1),  # not 1.0
        lambda agent: setattr(agent, "state_size", 4.0),  # not 4
        lambda agent: setattr(agent, "new", "attribute"),
        lambda agent: setattr(agent, "target_model", agent.model),
        lambda agent: setattr(agent, "optimizer", sgd(agent.model)),
        lambda agent: setattr(agent.model.layers[1], "activation", keras.activations.tanh),
        lambda agent: setattr(agent.model.layers[1], "trainable", False),
        lambda agent: setattr(agent.optimizer, "clipnorm", 1.0),
        lambda agent: setattr(agent.memory, "capacity", 10),
        lambda agent: setattr(agent.memory, "states", tf.Variable(tf.zeros([60, 4], tf.float16))),
        lambda agent: setattr(agent.memory, "states", tf.Variable(tf.zeros([61, 4]))),
        lambda agent: setattr(
            agent, "epsilon_schedule", dqn.exponential_epsilon(1.0, 0.9, agent.epsilon_min)
        ),
    ],
)
def test_what_was_changed_by_hand_needs_another_graph(change):
    agent = small_agent()
    usual = described(agent)[0]
    change(agent)
    assert described(agent)[0] != usual


def test_another_function_of_the_package_needs_another_graph():
    functions = dqn.bellman_target, dqn.update_target, dqn.epsilon_greedy
    assert len({described(function)[0] for function in functions}) == 3


def test_it_matters_which_part_is_used_twice():
    a, b = (tf.Variable(0.0) for _ in range(2))
    assert described(a, b, a)[0] == described(b, a, b)[0] != described(a, b, b)[0]
    assert [variable is a for variable in described(a, b, a)[1]] == [True, False]


def sgd(model):
    optimizer = keras.optimizers.SGD(0.001)
    optimizer.build(model.trainable_weights)
    return optimizer


def custom_model():
    states = keras.Input([4])
    return keras.Model(states, keras.layers.Lambda(lambda x: x[:, :2])(states))


@pytest.mark.parametrize(
    "change",
    [
        lambda agent: setattr(agent, "train_model", lambda: None),
        lambda agent: setattr(agent, "train_model", types.MethodType(lambda self: None, agent)),
        lambda agent: setattr(agent, "model", custom_model()),
        lambda agent: setattr(agent, "mine", object()),
        lambda agent: setattr(agent, "mine", np.zeros(3)),
        lambda agent: setattr(agent, "mine", tf.zeros([3])),
        lambda agent: setattr(agent, "discount_factor", np.float32(0.9)),
        lambda agent: setattr(agent, "settings", {"mine": [{"deep": {1, 2}}]}),
        lambda agent: setattr(agent.memory, "append", print),
    ],
)
def test_what_cannot_be_compared_gets_a_graph_of_its_own(change):
    agent = small_agent()
    described(agent)
    change(agent)
    with pytest.raises(NotComparable):
        described(agent)


def test_environments_are_compared_too():
    usual = described(CartPole(500))[0]
    assert usual == described(CartPole(500, seed=3))[0] != described(CartPole(499))[0]
    assert usual != described(on_gymnasium(0))[0]
    grids = [GridWorld(), GridWorld(step_penalty=0.1), GridWorld(reset_counter=False)]
    assert len({described(grid)[0] for grid in grids}) == 3
    assert described(GridWorld(seed=1))[0] == described(GridWorld(seed=2))[0]
    slower = CartPole(500)
    slower.compilable = False
    assert described(slower)[0] != usual
    with pytest.raises(NotComparable):
        described(types.new_class("Mine", (CartPole,))())


# The package's own code.


@pytest.mark.parametrize(
    ("owner", "name", "value"),
    [
        (dqn, "bellman_target", lambda *_: 0.0),
        (cartpole, "GRAVITY", 1.6),
        (DQNAgent, "train_model", lambda self: None),
        (DQNAgent, "epsilon", property(lambda self: 0.5)),
        (CartPole, "render_fps", 30),
        (dqn.bellman_target, "__code__", (lambda rewards, *others: rewards).__code__),
        (DQNAgent.run_episode.__wrapped__, "__code__", (lambda self, place: 1.0).__code__),
        (DQNAgent.epsilon.fget, "__code__", (lambda self: 0.5).__code__),
    ],
)
def test_a_change_of_the_code_is_seen(monkeypatch, owner, name, value):
    usual = PackageCode()
    assert usual == PackageCode() and hash(usual) == hash(PackageCode())
    monkeypatch.setattr(owner, name, value)
    assert PackageCode() != usual
    monkeypatch.undo()
    assert PackageCode() == usual


def test_an_agent_made_after_a_change_gets_a_graph_of_the_change(monkeypatch):
    def value_of(agent):
        return run_as_graph(bootstrapped, agent).numpy()

    first, second, third = (small_agent(seed=seed) for seed in range(3))
    assert value_of(first) == 2.0
    monkeypatch.setattr(dqn, "bellman_target", lambda *_: tf.constant(7.0))
    assert value_of(first) == 2.0  # as any graph that was traced before
    assert value_of(second) == 7.0
    third.discount_factor = 0.5
    monkeypatch.undo()
    assert value_of(third) == np.float32(1.51)


def bootstrapped(agent):
    values = dqn.bellman_target([1.0], [[1.0, 0.5]], [False], agent.discount_factor + 0.01)
    return tf.reshape(values, [])


# How graphs are run.


def test_inputs_and_results_can_be_nested_and_nothing():
    agent = small_agent()

    def f(agent, pair, factor):
        agent.training_steps.assign_add(1)
        return {"sum": (pair[0] + pair[1]) * factor, "nothing": None, "few": [agent.training_steps]}

    result = run_as_graph(f, agent, inputs=[[tf.ones([2]), tf.ones([2])], tf.constant(3.0)])
    assert result["sum"].numpy().tolist() == [6.0, 6.0]
    assert result["nothing"] is None and int(result["few"][0]) == 1
    result = run_as_graph(f, agent, inputs=[[tf.ones([3]), tf.ones([3])], tf.constant(3.0)])
    assert result["sum"].shape == [3]
    assert int(agent.training_steps) == 2

    def g(agent):
        agent.training_steps.assign_add(1)

    assert run_as_graph(g, agent) is None
    assert int(agent.training_steps) == 3


def test_a_graph_that_uses_more_than_it_was_given_is_not_shared():
    hidden = tf.Variable(1.0)

    def inside(agent):
        return agent.outside[0] + 0.0

    def beside(agent):
        return hidden + 0.0

    before = len(compilation._programs)
    assert run_as_graph(beside, small_agent()) == 1.0
    assert len(compilation._programs) == before
    for value in (2.0, 3.0):
        agent = small_agent()
        agent.outside = [tf.Variable(value)]
        assert run_as_graph(inside, agent) == value
    assert len(compilation._programs) == before + 1


def test_line_by_line_it_is_a_plain_call(eagerly):
    agent, seen = small_agent(), []
    run_as_graph(lambda agent: seen.append(tf.executing_eagerly()), agent)
    assert seen == [True]
    assert "_graphs" not in vars(agent)


@pytest.mark.parametrize("episodes_before", [pytest.param(0, marks=pytest.mark.slow), 2])
def test_within_another_graph_it_is_the_same(episodes_before):
    def run(wrap):
        agent, environment = small_agent(), in_graph(3)
        scores = [float(agent.run_episode(environment)) for _ in range(episodes_before)]
        episode = wrap(lambda: agent.run_episode(environment))
        return [*scores, *(float(episode()) for _ in range(3))], weights_of(agent.model)

    plain, nested = run(lambda function: function), run(tf.function)
    assert plain[0] == nested[0]
    np.testing.assert_array_equal(plain[1], nested[1])


# Gymnasium's environments have a number each.


def test_the_number_is_no_part_of_what_is_saved():
    one, other = on_gymnasium(1), on_gymnasium(1)
    assert int(one._number) != int(other._number)
    assert not any(variable is one._number for variable in variables_of(one))


def test_an_environment_that_nobody_holds_is_gone():
    environment = on_gymnasium(1)
    environment.reset()
    gone = weakref.ref(environment)
    del environment
    gc.collect()
    assert gone() is None
