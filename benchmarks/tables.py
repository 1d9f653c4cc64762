"""The tables of results/README.md, computed from the files beside it.

    python benchmarks/tables.py              # the tables
    python benchmarks/tables.py --seconds    # and how long a seed takes; wants a quiet machine

A seed's seconds are the median of three, in one process with one thread, after a first seed that
compiles. A hundred seeds on two cores take about fifty times as long.
"""

import argparse
import statistics
import time
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "results"
MINATAR = "MinAtar's games"  # a seed takes too long to be timed again
TABLES = {
    "The lecture's agents, seeds 0 to 19": {
        "`slides_deep_sarsa`": "slides_deep_sarsa",
        "`slides_reinforce_grid`": "slides_reinforce_grid",
        "`slides_reinforce_cartpole`": "slides_reinforce_cartpole",
        "`slides_a2c`": "slides_a2c",
        "`slides_a3c`, the lecture's settings": "slides_a3c",
        "the same, critic as fast as A2C's": "slides_a3c-critic_learning_rate=0.005",
    },
    "The five documents, 300 episodes, seeds 0 to 99": {
        "`slides_dqn`": "slides_dqn-300episodes",
        "`velog_dqn` (of 200)": "velog_dqn-300episodes",
        "`book_dqn` (of 200)": "book_dqn-300episodes",
        "`g6ling_dqn`": "g6ling_dqn-300episodes",
        "`juvin_dqn`": "juvin_dqn-300episodes",
    },
    "What each idea is worth, 300 episodes, seeds 0 to 99": {
        "the slides' DQN": "slides_dqn-300episodes",
        "no replay memory": "slides_dqn-batch_size=1-memory_size=1-train_start=1-300episodes",
        "no target network": "slides_dqn-target_update=never-300episodes",
        "no -100 for a fall": "slides_dqn-fall_reward=None-300episodes",
        "time limit counted as an end": "slides_dqn-time_limit_ends=True-300episodes",
        "Double DQN": "slides_dqn-double=True-300episodes",
        "synced every 200 steps": (
            "slides_dqn-target_update=steps-target_update_every=200-300episodes"
        ),
    },
    "What stays solved, 100,000 steps, seeds 1000 to 1099": {
        "`slides_dqn`": "slides_dqn-100000steps",
        "`stable_dqn`": "stable_dqn-100000steps",
        "its targets DQN's": "stable_dqn-advantage_learning=0-100000steps",
        "its units 24 and 24": "stable_dqn-hidden_units=(24,24)-100000steps",
        "its learning rate kept up": "stable_dqn-learning_rate_decay_steps=None-100000steps",
        "its mini-batches of 64": "stable_dqn-batch_size=64-100000steps",
        "before: 64-64 units, mini-batches of 64, Double DQN": (
            "stable_dqn-advantage_learning=0-batch_size=64-double=True-hidden_units=(64,64)"
            "-100000steps"
        ),
    },
    "The others, changed to stay solved, seeds from 1000 on": {
        "`slides_a2c`, a slower actor, rates falling": (
            "slides_a2c-actor_learning_rate=0.0003-learning_rate_decay_steps=100000-200000steps"
        ),
        "`slides_a3c`, a faster critic, rates falling": (
            "slides_a3c-critic_learning_rate=0.005-learning_rate_decay_steps=7500-200000steps"
        ),
        "`slides_reinforce_cartpole`, 64-64 units, rate falling": (
            "slides_reinforce_cartpole-hidden_units=(64,64)-learning_rate_decay_steps=900"
            "-200000steps"
        ),
        "`slides_reinforce_grid`, 64-64 units, small first weights": (
            "slides_reinforce_grid-hidden_units=(64,64)-initializer=random_normal"
        ),
    },
    MINATAR: {
        "`minatar_dqn`, 1,000,000 steps": "minatar_dqn-1000000steps",
        "the same without replay memory": (
            "minatar_dqn-batch_size=1-memory_size=1-train_start=1-1000000steps"
        ),
        "`minatar_dqn`, 5,000,000 steps": "minatar_dqn-5000000steps",
        "`minatar_dqn_asterix`, 1,000,000 steps": "minatar_dqn_asterix-1000000steps",
    },
}


def row(text: str, name: str) -> str:
    """A row as `python -m dqn_keras experiment` prints it."""
    from dqn_keras.experiments.recipes import find_recipe
    from dqn_keras.experiments.report import summarise, table_row
    from dqn_keras.experiments.results import read_results

    plan, results = read_results(RESULTS / f"{name}.jsonl")
    limit = find_recipe(plan["recipe"]).solved_at
    return table_row(text, summarise(list(results.values()), limit))


def seconds_of(name: str) -> float:
    """Plays three seeds of a plan again."""
    from dqn_keras.experiments.results import read_results
    from dqn_keras.experiments.run import Plan, run_seed

    fields, _ = read_results(RESULTS / f"{name}.jsonl")
    plan = Plan(**fields)
    run_seed(plan, 0)
    times = []
    for seed in (1, 2, 3):
        start = time.perf_counter()
        run_seed(plan, seed)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    """Prints all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", action="store_true", help="measure the seconds, too")
    options = parser.parse_args()
    from dqn_keras import use_one_thread
    from dqn_keras.experiments.report import TABLE_HEAD

    use_one_thread()
    head, line = TABLE_HEAD.splitlines()
    for title, rows in TABLES.items():
        print(f"\n{title}\n\n{head} seconds a seed |\n{line}---|")
        for text, name in rows.items():
            timed = options.seconds and title != MINATAR
            seconds = f"{seconds_of(name):.1f}" if timed else ""
            print(f"{row(text, name)} {seconds} |", flush=True)


if __name__ == "__main__":
    main()
