"""How long one seed of each experiment takes: every plan below results/, run again for three seeds.

One process, one thread, after a first seed that compiles; the median of the three. A hundred seeds
on two cores take about fifty times as long.

    python benchmarks/seconds.py                   # all plans
    python benchmarks/seconds.py stable_dqn        # those whose folder begins so
"""

import json
import statistics
import sys
import time
from pathlib import Path

SEEDS = (1000, 1001, 1002)


def main():
    """Prints a row for each plan."""
    from dqn_keras.experiment import Plan, run_seed

    wanted = tuple(sys.argv[1:]) or ("",)
    print("| experiment | seconds a seed |\n|---|---|")
    for file in sorted(Path(__file__).parents[1].glob("results/*/plan.json")):
        if not file.parent.name.startswith(wanted):
            continue
        plan = Plan(**json.loads(file.read_text()))
        seconds = []
        run_seed(plan, 0)
        for seed in SEEDS:
            start = time.perf_counter()
            run_seed(plan, seed)
            seconds.append(time.perf_counter() - start)
        print(f"| `{file.parent.name}` | {statistics.median(seconds):.1f} |", flush=True)


if __name__ == "__main__":
    main()
