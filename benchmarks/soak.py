"""Does memory stay flat? Three ways to play 40,000 episodes in one process.

* one agent, 40,000 episodes in 800 calls of `train`, with checkpoints and logs;
* one agent, begun anew 800 times in place (`agent.reset(seed)`), 50 episodes each;
* 800 agents, of every kind, in turn on the in-graph CartPole and on Gymnasium's, each made,
  trained for 50 episodes with checkpoints and logs, evaluated, and dropped.

Each way runs in a process of its own. Takes about half an hour; prints the table of
`benchmarks/README.md` and leaves `benchmarks/soak.png`.

    python benchmarks/soak.py
"""

import argparse
import gc
import itertools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from tqdm import tqdm

WAYS = {
    "one": "one agent, {} calls of `train`",
    "reset": "one agent, reset in place {} times",
    "dropped": "{} agents, made and dropped",
}
PARTS, EPISODES = 800, 50


def resident() -> float:
    """Megabytes of memory that this process occupies now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def play(way, parts):
    """Plays one way in this process; megabytes after each part."""
    import gymnasium

    import dqn_keras
    from dqn_keras import CartPole, GymnasiumEnvironment, evaluate, train
    from dqn_keras.agents import A2CAgent, A3CAgent, DeepSARSAAgent, DQNAgent, REINFORCEAgent

    def on_gymnasium(seed):
        return GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed)

    kinds = DQNAgent, DeepSARSAAgent, REINFORCEAgent, A2CAgent, A3CAgent
    pairs = list(itertools.product(kinds, (CartPole, on_gymnasium)))
    dqn_keras.use_one_thread()
    seconds, used = [], []
    agent, environment = DQNAgent(4, 2, seed=0), CartPole(seed=0)
    with tempfile.TemporaryDirectory() as folder:
        for part in tqdm(range(parts), desc=WAYS[way].format(parts)):
            start = time.perf_counter()
            if way == "dropped":
                kind, place = pairs[part % len(pairs)]
                agent, environment = kind(4, 2, seed=part), place(seed=part)
            if way == "reset":
                agent.reset(part)
                environment.reset(part)
            name = "all" if way == "one" else str(part)
            train(
                agent,
                environment,
                EPISODES * (part + 1 if way == "one" else 1),  # "one" goes on from its checkpoint
                checkpoint_dir=f"{folder}/{name}/checkpoints",
                log_dir=f"{folder}/{name}/logs",
                model_dir=folder,
                graph_dir=folder,
                progress=False,
            )
            if way == "dropped":
                evaluate(agent, CartPole(), 10)
                del agent, environment
            seconds.append(time.perf_counter() - start)
            gc.collect()
            used.append(resident())
    if way == "dropped":
        first, later = np.median(seconds[: len(pairs)]), np.median(seconds[len(pairs) :])
        tqdm.write(f"a kind's first agent {first:.2f} s, a later one {later:.2f} s", sys.stderr)
    return used


def main():
    """Plays all ways, prints, draws."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--parts", type=int, default=PARTS, help=f"of {EPISODES} episodes (default {PARTS})"
    )
    parser.add_argument("--play", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.play:
        print(json.dumps(play(options.play, options.parts)))
        return

    from dqn_keras.plotting import Figure, save_figure

    figure = Figure(figsize=(7, 3.5), layout="constrained")
    axes = figure.subplots()
    print("| way | minutes | MB after a tenth | MB at the end | MB for each 50 episodes |")
    print("|---|---|---|---|---|")
    for way, text in WAYS.items():
        text = text.format(options.parts)
        start = time.perf_counter()
        command = [sys.executable, __file__, "--play", way, "--parts", str(options.parts)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        minutes = (time.perf_counter() - start) / 60
        used = np.array(json.loads(done.stdout))
        later = used[len(used) // 10 :]
        slope = np.polyfit(np.arange(len(later)), later, 1)[0]
        print(f"| {text} | {minutes:.0f} | {later[0]:.0f} | {later[-1]:.0f} | {slope:+.2f} |")
        label = text.replace("`", "")  # Markdown's, for the table
        axes.plot(EPISODES * np.arange(1, len(used) + 1), used, label=label)
    axes.set(xlabel="episodes", ylabel="resident memory, MB", ylim=(0, None))
    axes.legend()
    save_figure(figure, Path(__file__).with_name("soak.png"))


if __name__ == "__main__":
    main()
