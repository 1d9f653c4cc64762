"""How long does a class take to grade? A hundred agents for CartPole, and hostile files among them.

Prints the seconds that `python -m dqn_keras grade FOLDER --recipe slides_dqn` takes for 100
weights files of agents that play to the end, which takes longest, and 20 that are refused.

    python benchmarks/grade_folder.py
"""

import argparse
import tempfile
import time
from pathlib import Path

from dqn_keras.classroom.grading import WORKERS, grade_folder

PUBLISHED = Path(__file__).parents[1] / "save_model" / "published" / "cartpole_dqn.safetensors"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100)
    files = parser.parse_args().files
    good = PUBLISHED.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            Path(folder, f"agent{number:03}.safetensors").write_bytes(good)
        for number in range(files // 5):
            Path(folder, f"torn{number:03}.safetensors").write_bytes(good[: -1 - number])
        start = time.perf_counter()
        rows = grade_folder(folder, "slides_dqn")
        seconds = time.perf_counter() - start
    graded = [row.returns.mean() for row in rows if row.returns is not None]
    print(
        f"{len(graded)} files graded, {len(rows) - len(graded)} refused, mean "
        f"{sum(graded) / len(graded):.1f}, with at most {WORKERS} workers: {seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
