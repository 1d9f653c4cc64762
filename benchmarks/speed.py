"""Speed of the slides' DQN, done six ways, and of the other agents, side by side in one run.

The first six ways do the same work in each environment step: act, step CartPole, store, learn from
64 transitions with a 4-24-24-2 network; two more do it on Acrobot, with 6-24-24-3. So do the two
A2Cs: one environment, one update in every step. Each way runs in a process of its own, with one
thread (A3C: one for each worker), several times in turn; the table shows medians. Peers that are
not installed are left out with a word.

    python benchmarks/speed.py                 # all
    python benchmarks/speed.py compiled jax    # some
"""

import argparse
import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque

import numpy as np

WAYS = {
    "slides": ("the slides' way: predict and fit, Keras 3", 40),
    "eager": ("GradientTape, eager, on Gymnasium", 200),
    "gymnasium": ("one graph an episode, on Gymnasium", 6_000),
    "compiled": ("the same text compiled, in-graph CartPole", 60_000),
    "sb3": ("Stable-Baselines3 DQN", 6_000),
    "jax": ("the same loop written in JAX", 60_000),
    "gymnasium_acrobot": ("one graph an episode, on Gymnasium's Acrobot", 6_000),
    "sb3_acrobot": ("Stable-Baselines3 DQN, Acrobot", 6_000),
    "train": ("`train`, compiled CartPole", 60_000),
    "train_logged": ("`train` with `log_dir`", 60_000),
    "deep_sarsa": ("Deep SARSA, compiled grid world", 60_000),
    "reinforce": ("REINFORCE, compiled CartPole", 60_000),
    "a2c": ("A2C, compiled CartPole", 100_000),
    "sb3_a2c": ("Stable-Baselines3 A2C, one environment, one step", 6_000),
    "a3c_1": ("A3C, 1 worker, compiled CartPole", 40_000),
    "a3c_2": ("A3C, 2 workers", 40_000),
    "a3c_4": ("A3C, 4 workers", 40_000),
}
PEERS = {
    "sb3": "stable_baselines3",
    "sb3_acrobot": "stable_baselines3",
    "sb3_a2c": "stable_baselines3",
    "jax": "jax",
}
WARM_UP = 1_300  # steps; the memory holds 1000 by then, and everything is compiled


def slides(steps):
    """The slides' code as it stands, with what Keras 3 and Gymnasium 1 force on it."""
    import gymnasium
    import keras

    def build_model():
        he = "he_uniform"
        model = keras.Sequential(
            [
                keras.Input((4,)),
                keras.layers.Dense(24, "relu", kernel_initializer=he),
                keras.layers.Dense(24, "relu", kernel_initializer=he),
                keras.layers.Dense(2, kernel_initializer=he),
            ]
        )
        model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.001))
        return model

    env = gymnasium.make("CartPole-v1")
    model, target_model = build_model(), build_model()
    memory = deque(maxlen=2000)
    state, _ = env.reset(seed=0)
    for step in range(WARM_UP + 10 + steps):
        if step == WARM_UP + 10:
            start = time.perf_counter()
        if step < WARM_UP:
            action = random.randrange(2)
        else:
            action = int(np.argmax(model.predict(state[None], verbose=0)[0]))
        next_state, reward, terminated, truncated, _ = env.step(action)
        memory.append((state, action, reward, next_state, terminated))
        state = next_state
        if terminated or truncated:
            state, _ = env.reset()
        if step >= WARM_UP:
            batch = random.sample(memory, 64)
            states = np.array([row[0] for row in batch])
            target = model.predict(states, verbose=0)
            target_val = target_model.predict(np.array([row[3] for row in batch]), verbose=0)
            for i, (_, a, r, _, done) in enumerate(batch):
                target[i][a] = r if done else r + 0.99 * np.amax(target_val[i])
            model.fit(states, target, batch_size=64, epochs=1, verbose=0)
    return time.perf_counter() - start, steps


def ours(steps, eager=False, compiled=False, env_id="CartPole-v1"):
    """`DQNAgent` itself; the only difference between three rows is how its loop is executed."""
    import gymnasium
    import tensorflow as tf

    from dqn_keras import CartPole, DQNAgent, GymnasiumEnvironment, use_one_thread

    use_one_thread()
    tf.config.run_functions_eagerly(eager)
    warm_environment = CartPole(seed=0)
    if compiled:
        environment = warm_environment
    else:
        environment = GymnasiumEnvironment(gymnasium.make(env_id), seed=0)
    agent = DQNAgent(environment.state_size, environment.action_size, seed=0)
    if eager:
        tf.config.run_functions_eagerly(False)  # fill the memory fast
        while agent.steps < WARM_UP:
            agent.run_episode(warm_environment)
        tf.config.run_functions_eagerly(True)
    while agent.steps < WARM_UP:
        agent.run_episode(environment)
    agent.run_episode(environment)
    first = int(agent.steps)
    start = time.perf_counter()
    while agent.steps < first + steps:
        agent.run_episode(environment)
    return time.perf_counter() - start, int(agent.steps) - first


def trained(steps, logged):
    """The outer loop around the compiled one, after a warm-up; the same episodes both times."""
    from dqn_keras import CartPole, DQNAgent, train, use_one_thread

    use_one_thread()
    agent, environment = DQNAgent(4, 2, seed=0), CartPole(seed=0)
    train(agent, environment, 150, progress=False)
    first, seconds = int(agent.steps), 0.0
    with tempfile.TemporaryDirectory() as folder:
        settings = {"log_dir": folder if logged else None, "progress": False}
        while agent.steps < first + steps:
            seconds += train(agent, environment, 100, **settings).seconds
    return seconds, int(agent.steps) - first


def recipe(steps, name, **settings):
    """One of the other agents, with its recipe's settings, as `train` runs it."""
    from dqn_keras import use_one_thread
    from dqn_keras.experiments.recipes import find_recipe

    use_one_thread()
    chosen = find_recipe(name).changed(settings)
    environment = chosen.environment(seed=0)
    agent = chosen.make_agent(environment, seed=0)
    with agent.episodes(environment) as scores:
        for _ in range(20):  # compiles
            next(scores)
        first = int(agent.steps)
        start = time.perf_counter()
        while (played := int(agent.steps) - first) < steps:
            next(scores)
        return time.perf_counter() - start, played


class Clock:
    """Remembers when Stable-Baselines3 has done its warm-up."""

    def __init__(self):
        self.start = None

    def __call__(self, local, _):
        """Is called after every step."""
        if local["self"].num_timesteps == WARM_UP:
            self.start = time.perf_counter()
        return True


def sb3_a2c(steps):
    """Stable-Baselines3's A2C with the slides' settings: an update after each step."""
    import torch
    from stable_baselines3 import A2C

    torch.set_num_threads(1)
    model = A2C(
        "MlpPolicy",
        "CartPole-v1",
        learning_rate=1e-3,
        n_steps=1,
        gamma=0.99,
        policy_kwargs={"net_arch": {"pi": [24], "vf": [24, 24]}},
        device="cpu",
        seed=0,
    )
    clock = Clock()
    model.learn(WARM_UP + steps, callback=clock)
    return time.perf_counter() - clock.start, steps


def sb3_dqn(seed=0, exploration_fraction=0.5, env_id="CartPole-v1"):
    """Stable-Baselines3's DQN with the slides' settings."""
    import torch
    from stable_baselines3 import DQN

    torch.set_num_threads(1)
    return DQN(
        "MlpPolicy",
        env_id,
        learning_rate=1e-3,
        buffer_size=2000,
        learning_starts=1000,
        batch_size=64,
        gamma=0.99,
        train_freq=1,
        gradient_steps=1,
        target_update_interval=200,
        exploration_fraction=exploration_fraction,
        exploration_final_eps=0.01,
        policy_kwargs={"net_arch": [24, 24]},
        device="cpu",
        seed=seed,
    )


def sb3(steps, env_id="CartPole-v1"):
    """Its time, after the warm-up."""
    clock = Clock()
    sb3_dqn(env_id=env_id).learn(WARM_UP + steps, callback=clock)
    return time.perf_counter() - clock.start, steps


def jax(steps):
    """The episode loop written by hand in JAX: one jit, `lax.while_loop`, donated buffers."""
    from functools import partial

    import jax
    import jax.numpy as jnp

    def initial(key):
        sizes = [(4, 24), (24, 24), (24, 2)]
        keys = jax.random.split(key, 3)
        network = [
            (jax.random.uniform(k, s, minval=-1, maxval=1) * (6 / s[0]) ** 0.5, jnp.zeros(s[1]))
            for k, s in zip(keys, sizes, strict=True)
        ]
        memory = (
            jnp.zeros((2000, 4)),
            jnp.zeros(2000, jnp.int32),
            jnp.zeros(2000),
            jnp.zeros((2000, 4)),
            jnp.zeros(2000, bool),
        )
        moments = jax.tree.map(jnp.zeros_like, (network, network))
        return dict(
            network=network,
            target=jax.tree.map(jnp.copy, network),
            moments=moments,
            memory=memory,
            appended=0,
            updates=0,
            key=key,
        )

    def forward(network, x):
        for weights, bias in network[:-1]:
            x = jax.nn.relu(x @ weights + bias)
        return x @ network[-1][0] + network[-1][1]

    def physics(s, action):
        x, v, angle, w = s
        force = jnp.where(action == 1, 10.0, -10.0)
        cos, sin = jnp.cos(angle), jnp.sin(angle)
        push = (force + 0.05 * w**2 * sin) / 1.1
        alpha = (9.8 * sin - cos * push) / (0.5 * (4 / 3 - 0.1 * cos**2 / 1.1))
        a = push - 0.05 * alpha * cos / 1.1
        s = jnp.stack([x + 0.02 * v, v + 0.02 * a, angle + 0.02 * w, w + 0.02 * alpha])
        return s, (jnp.abs(s[0]) > 2.4) | (jnp.abs(s[2]) > 12 * 2 * np.pi / 360)

    def learn(agent):
        key, sub = jax.random.split(agent["key"])
        rows = jax.random.randint(sub, (64,), 0, jnp.minimum(agent["appended"], 2000))
        s, a, r, s2, terminated = (column[rows] for column in agent["memory"])
        target = r + 0.99 * jnp.where(terminated, 0.0, forward(agent["target"], s2).max(1))

        def loss(network):
            q = jnp.take_along_axis(forward(network, s), a[:, None], 1)[:, 0]
            return jnp.mean((target - q) ** 2)

        gradients = jax.grad(loss)(agent["network"])
        updates = agent["updates"] + 1
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, agent["moments"][0], gradients)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, agent["moments"][1], gradients)
        rate = 1e-3 * jnp.sqrt(1 - 0.999**updates) / (1 - 0.9**updates)
        network = jax.tree.map(
            lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-7), agent["network"], m, v
        )
        return agent | dict(network=network, moments=(m, v), updates=updates, key=key)

    def one_step(carry):
        agent, s, step, _ = carry
        key, coin, other = jax.random.split(agent["key"], 3)
        epsilon = jnp.maximum(0.01, 0.999 ** agent["updates"])
        action = jnp.where(
            jax.random.uniform(coin) < epsilon,
            jax.random.randint(other, (), 0, 2),
            jnp.argmax(forward(agent["network"], s)),
        )
        s2, terminated = physics(s, action)
        row = agent["appended"] % 2000
        values = (s, action, jnp.where(terminated, -100.0, 1.0), s2, terminated)
        memory = tuple(c.at[row].set(x) for c, x in zip(agent["memory"], values, strict=True))
        agent = agent | dict(memory=memory, appended=agent["appended"] + 1, key=key)
        agent = jax.lax.cond(agent["appended"] >= 1000, learn, lambda agent: agent, agent)
        return agent, s2, step + 1, terminated | (step + 1 >= 500)

    @partial(jax.jit, donate_argnums=0)
    def run_episode(agent):
        key, sub = jax.random.split(agent["key"])
        s = jax.random.uniform(sub, (4,), minval=-0.05, maxval=0.05)
        carry = (agent | dict(key=key), s, 0, False)
        agent, _, step, _ = jax.lax.while_loop(lambda c: ~c[3], one_step, carry)
        return agent | dict(target=jax.tree.map(jnp.copy, agent["network"])), step

    agent = initial(jax.random.key(0))
    played = 0
    while played < WARM_UP:
        agent, length = run_episode(agent)
        played += int(length)
    played = 0
    start = time.perf_counter()
    while played < steps:
        agent, length = run_episode(agent)
        played += int(length)
    return time.perf_counter() - start, played


def measure(way):
    """Runs one way in this process; returns microseconds per environment step."""
    run = {
        "slides": slides,
        "eager": lambda steps: ours(steps, eager=True),
        "gymnasium": ours,
        "compiled": lambda steps: ours(steps, compiled=True),
        "sb3": sb3,
        "jax": jax,
        "gymnasium_acrobot": lambda steps: ours(steps, env_id="Acrobot-v1"),
        "sb3_acrobot": lambda steps: sb3(steps, env_id="Acrobot-v1"),
        "train": lambda steps: trained(steps, logged=False),
        "train_logged": lambda steps: trained(steps, logged=True),
        "deep_sarsa": lambda steps: recipe(steps, "slides_deep_sarsa"),
        "reinforce": lambda steps: recipe(steps, "slides_reinforce_cartpole"),
        "a2c": lambda steps: recipe(steps, "slides_a2c"),
        "sb3_a2c": sb3_a2c,
        "a3c_1": lambda steps: recipe(steps, "slides_a3c", workers=1),
        "a3c_2": lambda steps: recipe(steps, "slides_a3c", workers=2),
        "a3c_4": lambda steps: recipe(steps, "slides_a3c", workers=4),
    }[way]
    seconds, steps = run(WAYS[way][1])
    return 1e6 * seconds / steps


def main():
    """Measures the ways asked for, in turn, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    parser.add_argument("--repeats", type=int, default=5, help="runs of each way (default 5)")
    parser.add_argument("--measure", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(measure(options.measure))
        return
    if unknown := set(options.ways) - set(WAYS):
        parser.error(f"no way is called {', '.join(sorted(unknown))}; there are: {', '.join(WAYS)}")
    ways = [way for way in WAYS if way in (options.ways or WAYS)]
    for way in list(ways):
        if way in PEERS and importlib.util.find_spec(PEERS[way]) is None:
            print(f"{way}: {PEERS[way]} is not installed, left out (pip install -e .[benchmarks])")
            ways.remove(way)
    environment = os.environ | {
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
        "JAX_PLATFORMS": "cpu",
    }
    times = {way: [] for way in ways}
    for repeat in range(options.repeats):
        for way in ways:
            print(f"repeat {repeat + 1} of {options.repeats}: {way}", file=sys.stderr)
            command = [sys.executable, __file__, "--measure", way]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{way} failed:\n{done.stderr}")
            times[way].append(float(done.stdout.split()[-1]))
    medians = {way: statistics.median(times[way]) for way in ways}
    base = medians.get("compiled", min(medians.values()))
    print("| way | µs per step | lowest to highest | times compiled |\n|---|---|---|---|")
    for way in ways:
        spread = f"{min(times[way]):,.0f} to {max(times[way]):,.0f}"
        ratio = f"{medians[way] / base:,.2f}"
        print(f"| {WAYS[way][0]} | {medians[way]:,.0f} | {spread} | {ratio} |")


if __name__ == "__main__":
    main()
