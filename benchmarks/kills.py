"""Is a run ever lost? Training runs killed again and again, at random moments.

Every agent, on the in-graph CartPole and on Gymnasium's CartPole, Acrobot and MountainCar, is
trained with checkpoints. Its process is killed while it starts, while it plays, or in the middle
of a save, by SIGKILL, SIGTERM, SIGINT, or SIGINT twice, and started again, until the run is done.

Then all that the run is made of is compared with a run that nobody disturbed, to the last bit: the
history and every variable of agent and environment (weights, optimizer, memory, counters, dice).
Two things are not compared, as they are not promised: A3C's bits, whose threads take turns by
chance (no episode may be missing, and none that was told may change), and the seconds. What a
Gymnasium environment remembers from one episode to the next would not be promised either; these
three remember nothing. After each death, what is there must be whole: no checkpoint is lost, a
signal's weights and history can be loaded, and what it told is how the run goes on.

    python benchmarks/kills.py               # 6 kills for each of 20 runs
    python benchmarks/kills.py --kills 2     # 2 for each
"""

import argparse
import collections
import hashlib
import itertools
import json
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

AGENTS = "DQNAgent", "DeepSARSAAgent", "REINFORCEAgent", "A2CAgent", "A3CAgent"
EPISODES = {"in-graph": 300, "CartPole-v1": 60, "Acrobot-v1": 20, "MountainCar-v0": 30}
DEATHS = {
    "SIGKILL": [signal.SIGKILL],
    "SIGTERM": [signal.SIGTERM],
    "SIGINT": [signal.SIGINT],
    "SIGINT twice": [signal.SIGINT] * 2,
}
MOMENTS = "starting", "playing", "saving"
PATIENCE = 3600  # seconds for one life of a process; none takes a hundredth of it
# What a folder of checkpoints holds while nothing is being saved.
WHOLE = re.compile(r"checkpoint|\.lock|ckpt-\d+\.(index|data-\d{5}-of-\d{5})")


def child(kind, place, folder):
    """One process's life: goes on from the folder's checkpoint, and leaves what came of it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's "&" would have it ignored
    os.dup2(os.open(folder / "errors", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    import gymnasium
    import numpy as np

    import dqn_keras
    from dqn_keras import agents
    from dqn_keras.machinery.variables import variables_of

    dqn_keras.use_one_thread()
    if place == "in-graph":
        environment = dqn_keras.CartPole(seed=1)
    else:
        environment = dqn_keras.GymnasiumEnvironment(gymnasium.make(place), seed=1)
    agent = getattr(agents, kind)(environment.state_size, environment.action_size, seed=1)
    if (folder / "run.json").exists():  # a signal has left it, and the weights with it
        dqn_keras.History.load(folder / "run.json")
        agent.load_weights(folder / "run.safetensors")
        agent.reset(seed=1)
    history = dqn_keras.train(
        agent,
        environment,
        EPISODES[place],
        name="run",
        model_dir=folder,
        checkpoint_dir=folder / "checkpoints",
        checkpoint_every=3,
        progress=False,
    )
    if history.ended_by == "episodes":
        variables = [np.asarray(variable) for variable in variables_of(agent, environment)]
        content = {name: value for name, value in vars(history).items() if name != "seconds"}
        content["dice of Gymnasium"] = environment.random_state()
        content["variables"] = [
            f"{array.dtype}{array.shape} {hashlib.sha256(array.tobytes()).hexdigest()}"
            for array in variables
        ]
        (folder / "result").write_text(json.dumps(content))


class Run:
    """A training run in a folder of its own, and what becomes of it."""

    def __init__(self, kind, place, folder, server):
        self.kind, self.place, self.folder, self.server = kind, place, folder, server
        self.checkpoints = folder / "checkpoints"
        self.told = []  # the scores that the last signal left in the history
        self.torn = 0  # how many kills found a save under way
        folder.mkdir()

    def start(self):
        """Starts a process that goes on with it."""
        process = self.server.Process(target=child, args=(self.kind, self.place, self.folder))
        process.start()
        return process

    def newest(self) -> int:
        """The number of the newest checkpoint, which is that of its episodes."""
        return max((int(f.stem[5:]) for f in self.checkpoints.glob("ckpt-*.index")), default=0)

    def half_written(self) -> set:
        """The files of a save that is under way, or was when a process died."""
        names = os.listdir(self.checkpoints) if self.checkpoints.exists() else []
        return {name for name in names if not WHOLE.fullmatch(name)}

    def kill(self, moment, numbers, waits) -> bool:
        """Starts a process and kills it; False if it was done before that.

        While it starts, that is so many seconds after it began; while it plays, after its first
        checkpoint; while it saves, when a new file appears that is not whole.
        """
        before, old, process = self.newest(), self.half_written(), self.start()
        until = time.monotonic() + PATIENCE
        while process.is_alive() and moment != "starting":
            if moment == "playing" and self.newest() > before:
                break
            if moment == "saving" and self.half_written() - old:
                break
            time.sleep(0.0005)
        process.join(waits[moment])
        killed = process.is_alive()
        for number in numbers if killed else ():
            os.kill(process.pid, number)
            process.join(0.02)
        process.join(until - time.monotonic())
        self.fail_if(process.is_alive(), "does not end")
        self.torn += killed and bool(self.half_written() - old)
        self.fail_if(self.newest() < before, "lost a checkpoint")
        # A signal lets the process save before it ends, once training is under way.
        ends_it = moment != "starting" and process.exitcode == -signal.SIGTERM
        if process.exitcode == 0 or ends_it:
            scores = self.history()["scores"]
            self.fail_if(scores[: len(self.told)] != self.told, "tells other scores than before")
            self.fail_if(self.newest() != len(scores), "did not save its last episode")
            self.told = scores
        return killed

    def is_done(self) -> bool:
        """Has it come to its end?"""
        return (self.folder / "result").exists()

    def finish(self):
        """Lets it come to its end; what came of it."""
        process = self.start()
        process.join(PATIENCE)
        self.fail_if(process.exitcode != 0, f"ended with {process.exitcode}")
        self.fail_if(self.half_written(), "left something half written")
        result = json.loads((self.folder / "result").read_text())
        self.fail_if(result["scores"][: len(self.told)] != self.told, "changed what it had told")
        self.fail_if(len(result["scores"]) != EPISODES[self.place], "is not whole")
        return result

    def history(self):
        """As it stands beside the weights."""
        return json.loads((self.folder / "run.json").read_text())

    def fail_if(self, bad, why):
        """Ends it all, with what the processes have said."""
        if bad:
            said = (self.folder / "errors").read_text()[-3000:]
            raise SystemExit(f"{said}\n{self.kind} on {self.place} {why}")


def measure(kind, place, folder, kills, chance, server):
    """Kills a run so many times; how it was killed, and what differs from one that was not."""
    straight = Run(kind, place, folder / "straight", server)
    begun = time.monotonic()
    process = straight.start()
    while process.is_alive() and not straight.newest():
        time.sleep(0.01)
    starting = time.monotonic() - begun
    process.join()
    playing = time.monotonic() - begun - starting
    expected = straight.finish()

    deaths, torn, differs = [], 0, []
    for number in itertools.count():  # one run takes all, as a rule
        run = Run(kind, place, folder / f"killed {number}", server)
        while len(deaths) < kills and not run.is_done():
            moment, death = MOMENTS[len(deaths) % 3], chance.choice(list(DEATHS))
            waits = {
                "starting": chance.uniform(0, starting),
                "playing": chance.uniform(0, playing / kills),
                "saving": chance.uniform(0, 0.01),
            }
            if run.kill(moment, DEATHS[death], waits):
                deaths.append((moment, death))
        result = run.finish()
        torn += run.torn
        differs += [name for name in expected if expected[name] != result[name]]
        if len(deaths) == kills:
            return deaths, torn, differs


def main():
    """Kills all, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=6, help="for each agent in each place")
    parser.add_argument("--seed", type=int, default=0, help="of the moments and signals")
    options = parser.parse_args()
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["dqn_keras", "dqn_keras.training.loop"])
    warm_up = server.Process(target=time.sleep, args=(0,))  # imports all that there is to import
    warm_up.start()
    warm_up.join()
    chance, lost, torn, deaths = random.Random(options.seed), 0, 0, []
    print("| agent | " + " | ".join(EPISODES) + " |\n" + "|---" * (1 + len(EPISODES)) + "|")
    for kind in AGENTS:
        cells = []
        for place in EPISODES:
            with tempfile.TemporaryDirectory() as folder:
                here, torn_here, differs = measure(
                    kind, place, Path(folder), options.kills, chance, server
                )
            deaths, torn = deaths + here, torn + torn_here
            told = "the same"
            if differs and kind == "A3CAgent":
                told = "whole"
            elif differs:
                lost, told = lost + 1, f"LOST ({', '.join(differs)})"
            cells.append(f"{len(here)} kills, {told}")
        print(f"| {kind} | " + " | ".join(cells) + " |", flush=True)
    for kinds in zip(*deaths, strict=True):
        counts = collections.Counter(kinds)
        print(", ".join(f"{counts[kind]} {kind}" for kind in [*MOMENTS, *DEATHS] if counts[kind]))
    print(f"{len(deaths)} kills, {torn} of which left a save half done; {lost} runs lost")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
