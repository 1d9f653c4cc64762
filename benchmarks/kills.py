"""Is a run ever lost? Training runs killed again and again, at random moments.

Every agent, on the in-graph CartPole and on Gymnasium's CartPole, Acrobot and MountainCar, is
trained with checkpoints; its process gets SIGKILL, SIGTERM or SIGINT after a random time and is
started again, until the run is done. Then its scores and weights are compared with those of a run
that nobody disturbed: to the last bit, where that is promised (not for A3C, whose threads take
turns by chance). Prints a row for each agent.

    python benchmarks/kills.py               # up to 6 kills for each of 20 runs
    python benchmarks/kills.py --kills 2     # up to 2 for each
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

AGENTS = "DQNAgent", "DeepSARSAAgent", "REINFORCEAgent", "A2CAgent", "A3CAgent"
PLACES = "in-graph", "CartPole-v1", "Acrobot-v1", "MountainCar-v0"
SIGNALS = signal.SIGKILL, signal.SIGTERM, signal.SIGINT
EPISODES = {"in-graph": 800, "CartPole-v1": 300, "Acrobot-v1": 40, "MountainCar-v0": 60}


def child(kind, place, folder, result):
    """One process's life: goes on from the folder's checkpoint, and leaves what came of it."""
    import gymnasium
    import numpy as np

    import dqn_keras
    from dqn_keras import agents

    dqn_keras.use_one_thread()
    if place == "in-graph":
        environment = dqn_keras.CartPole(seed=1)
    else:
        environment = dqn_keras.GymnasiumEnvironment(gymnasium.make(place), seed=1)
    sizes = environment.state_size, environment.action_size
    agent = getattr(agents, kind)(*sizes, seed=1)
    history = dqn_keras.train(
        agent,
        environment,
        EPISODES[place],
        checkpoint_dir=folder,
        checkpoint_every=5,
        progress=False,
    )
    if history.ended_by == "episodes":
        weights = b"".join(
            np.asarray(weight).tobytes()
            for network in agent.networks.values()
            for weight in network.weights
        )
        digest = hashlib.sha256(weights).hexdigest()
        Path(result).write_text(json.dumps([history.scores, digest]))


def run(kind, place, kills, chance, server):
    """Kills a run so many times, then lets it end; how many kills it took and what came of it."""
    with tempfile.TemporaryDirectory() as temporary:
        start = time.monotonic()
        straight, _ = until_done(kind, place, Path(temporary, "straight"), 0, None, server)
        waits = [chance.uniform(0, 1 + 0.3 * (time.monotonic() - start)) for _ in range(kills)]
        deaths = [(wait, chance.choice(SIGNALS)) for wait in waits]
        killed, done = until_done(kind, place, Path(temporary, "killed"), kills, deaths, server)
    return done, straight == killed, len(killed[0]) == EPISODES[place]


def until_done(kind, place, folder, kills, deaths, server):
    """Starts a run again until it is done; its result, and how many times it was killed."""
    done, starts, result = 0, 0, folder.with_suffix(".json")
    while not result.exists():
        starts += 1
        if starts > 2 * kills + 5:
            raise SystemExit(f"{kind} on {place} does not come to its end")
        process = server.Process(target=child, args=(kind, place, folder, result))
        process.start()
        if done < kills:
            wait, number = deaths[done]
            process.join(wait)
            if process.is_alive():
                os.kill(process.pid, number)
                done += 1
        process.join()
    return json.loads(result.read_text()), done


def main():
    """Kills all, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=6, help="for each agent in each place")
    options = parser.parse_args()
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["dqn_keras", "dqn_keras.training.loop"])
    chance, lost = random.Random(0), 0
    print("| agent | " + " | ".join(PLACES) + " |\n" + "|---" * (1 + len(PLACES)) + "|")
    total = 0
    for kind in AGENTS:
        cells = []
        for place in PLACES:
            kills, same, whole = run(kind, place, options.kills, chance, server)
            total += kills
            good = same if kind != "A3CAgent" else whole
            lost += not good
            word = "the same" if same else "whole" if whole else "LOST"
            cells.append(f"{kills} kills, {word}")
        print(f"| {kind} | " + " | ".join(cells) + " |", flush=True)
    print(f"{total} kills, {lost} runs lost")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
