"""How long a hundred runs take: the slides' DQN, 100 seeds of 300 episodes, on two cores.

Ours are all run. Of Stable-Baselines3's a few are, two at a time, with one thread each, each for as
many environment steps as our average run, and the hundred are extrapolated from them. (Not for as
many episodes: how long one lasts depends on how well an agent happens to learn.)

    python benchmarks/hundred_runs.py              # 100 of ours, 4 of Stable-Baselines3's
"""

import argparse
import concurrent.futures
import importlib.util
import multiprocessing
import tempfile
import time

EPISODES = 300


def ours(runs):
    """Seconds for all runs, start-up and greedy evaluation included, and environment steps."""
    from dqn_keras.experiments.run import Plan, run_experiment

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        results = run_experiment(Plan("slides_dqn", episodes=EPISODES), range(runs), folder)
        return time.perf_counter() - start, sum(result.steps for result in results)


def stable_baselines3(seed, steps):
    """Seconds of one run of so many environment steps."""
    from speed import sb3_dqn

    model = sb3_dqn(seed, exploration_fraction=4600 / steps)  # where the slides' epsilon is 0.01
    start = time.perf_counter()
    model.learn(steps)
    return time.perf_counter() - start


def main():
    """Measures both and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100, help="of ours (default 100)")
    parser.add_argument("--peer-runs", type=int, default=4, help="of the peer's (default 4)")
    options = parser.parse_args()
    seconds, steps = ours(options.runs)
    print("| way | runs measured | environment steps of a run | seconds for all |")
    print("|---|---|---|---|")
    mean = steps // options.runs
    print(f"| `python -m dqn_keras experiment` | {options.runs} | {mean:,} | {seconds:,.0f} |")
    if importlib.util.find_spec("stable_baselines3") is None:
        print("Stable-Baselines3 is not installed (pip install -e .[benchmarks])")
        return
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, spawn) as executor:
        seeds = range(options.peer_runs)
        times = list(executor.map(stable_baselines3, seeds, [mean] * options.peer_runs))
    # Two at a time: half the sum of their times is what the machine was busy for.
    peer = sum(times) / 2 / options.peer_runs * options.runs
    print(
        f"| Stable-Baselines3 DQN, extrapolated | {options.peer_runs} | {mean:,} | "
        f"{peer:,.0f}, {peer / seconds:.0f} times as long |"
    )


if __name__ == "__main__":
    main()
