"""Speed of MinAtar's DQN on Breakout: ours, and the same work in a PyTorch loop, in one run.

Both do the same in each frame: act, step the game, store, learn from 32 transitions with a network
of 16 filters and 128 units, by centred RMSProp. The PyTorch loop is written as one is, with the
settings of the example that comes with MinAtar's package, on that package's game. Each runs in a
process of its own, with one thread, several times in turn; the table shows medians. It needs
PyTorch and MinAtar: pip install -e ".[benchmarks]"

    python benchmarks/breakout.py
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

import numpy as np

FRAMES = 6_000  # timed, after learning has begun
TRAIN_START = 5_000
WAYS = {
    "ours": "`DQNVariantAgent`, recipe `minatar_dqn`, in-graph Breakout",
    "pytorch": "PyTorch, MinAtar's package",
}


def ours():
    """Seconds that the frames take."""
    import dqn_keras

    dqn_keras.use_one_thread()
    from dqn_keras.experiments.recipes import find_recipe

    recipe = find_recipe("minatar_dqn")
    environment = recipe.environment(seed=0)
    agent = recipe.make_agent(environment, seed=0)
    while agent.steps < TRAIN_START + 200:
        agent.run_episode(environment)
    first, start = int(agent.steps), time.perf_counter()
    while agent.steps < first + FRAMES:
        agent.run_episode(environment)
    return (time.perf_counter() - start) * FRAMES / (int(agent.steps) - first)


def pytorch():
    """The same in PyTorch."""
    import minatar
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    game = minatar.Environment("breakout")
    actions = game.num_actions()  # the example plays with all six

    def network():
        return nn.Sequential(
            nn.Conv2d(4, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(1024, 128), nn.ReLU(),
            nn.Linear(128, actions),
        )  # fmt: skip

    def seen():
        return game.state().transpose(2, 0, 1)

    model, target = network(), network()
    target.load_state_dict(model.state_dict())
    optimizer = torch.optim.RMSprop(
        model.parameters(), lr=0.00025, alpha=0.95, eps=0.01, centered=True
    )
    capacity = 100_000
    states = np.zeros([capacity, 4, 10, 10], bool)
    next_states = np.zeros([capacity, 4, 10, 10], bool)
    taken = np.zeros(capacity, np.int64)
    rewards = np.zeros(capacity, np.float32)
    ends = np.zeros(capacity, bool)

    def tensor(rows):
        return torch.from_numpy(rows.astype(np.float32))

    def act(state, frame):
        epsilon = max(0.1, 1.0 - 0.9 * max(0, frame - TRAIN_START) / 100_000)
        if rng.random() < epsilon:
            return int(rng.integers(actions))
        with torch.no_grad():
            return int(model(tensor(state[None])).argmax())

    def learn(frame):
        rows = rng.integers(min(frame + 1, capacity), size=32)
        with torch.no_grad():
            best = target(tensor(next_states[rows])).max(1).values
            goals = tensor(rewards[rows]) + 0.99 * best * tensor(~ends[rows])
        q_values = model(tensor(states[rows]))
        chosen = q_values.gather(1, torch.from_numpy(taken[rows])[:, None])[:, 0]
        loss = nn.functional.smooth_l1_loss(chosen, goals)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    game.reset()
    state = seen()
    for frame in range(TRAIN_START + 200 + FRAMES):
        if frame == TRAIN_START + 200:
            start = time.perf_counter()
        row = frame % capacity
        action = act(state, frame)
        rewards[row], ends[row] = game.act(action)
        states[row], taken[row] = state, action
        if ends[row]:
            next_states[row] = seen()
            game.reset()
            state = seen()
        else:
            next_states[row] = state = seen()
        if frame >= TRAIN_START:
            learn(frame)
        if frame % 1000 == 0:
            target.load_state_dict(model.state_dict())
    return time.perf_counter() - start


def main():
    """Measures both in turn and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3, help="runs of each way (default 3)")
    parser.add_argument("--peer-python", default=sys.executable, help="of the PyTorch loop")
    parser.add_argument("--measure", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print({"ours": ours, "pytorch": pytorch}[options.measure]())
        return
    environment = os.environ | {
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    times = {way: [] for way in WAYS}
    for _ in range(options.repeats):
        for way in WAYS:
            python = options.peer_python if way == "pytorch" else sys.executable
            command = [python, __file__, "--measure", way]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{way} failed:\n{done.stderr}")
            times[way].append(1e6 * float(done.stdout.split()[-1]) / FRAMES)
    medians = {way: statistics.median(times[way]) for way in WAYS}
    print("| way | µs per frame | lowest to highest | times ours |\n|---|---|---|---|")
    for way, label in WAYS.items():
        spread = f"{min(times[way]):,.0f} to {max(times[way]):,.0f}"
        ratio = medians[way] / medians["ours"]
        print(f"| {label} | {medians[way]:,.0f} | {spread} | {ratio:,.2f} |")


if __name__ == "__main__":
    main()
