"""How many seeds of the slides' DQN meet the slides' stop rule, and after how many episodes.

python benchmarks/stop_rule.py            # seeds 100 to 199, about three minutes
"""

import argparse
import time

import numpy as np
from tqdm import tqdm

from dqn_keras import train, use_one_thread
from dqn_keras.recipes import find_recipe


def main():
    """Trains every seed with one agent, reset in place, and prints one line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=100, help="first seed (default 100)")
    parser.add_argument("--runs", type=int, default=100, help="how many seeds (default 100)")
    options = parser.parse_args()
    use_one_thread()
    recipe = find_recipe("slides_dqn")
    environment = recipe.environment(seed=0)
    agent = recipe.agent(environment.state_size, environment.action_size, **recipe.settings)
    solved, failed = [], []
    start = time.perf_counter()
    for seed in tqdm(range(options.first, options.first + options.runs)):
        agent.reset(seed)
        environment.reset(seed)
        history = train(agent, environment, recipe.episodes, recipe.stop, progress=False)
        if history.ended_by == "stop rule":
            solved.append(history.episodes)
        else:
            failed.append(seed)
    print(
        f"{len(solved)} of {options.runs} seeds met the stop rule within {recipe.episodes} "
        f"episodes, median episode {np.median(solved):g} (quartiles "
        f"{np.percentile(solved, 25):g} and {np.percentile(solved, 75):g}), "
        f"{time.perf_counter() - start:.0f} s; without success: {failed or 'none'}"
    )


if __name__ == "__main__":
    main()
