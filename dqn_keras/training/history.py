"""What a training run did, as a file beside the weights."""

import dataclasses
import importlib.metadata
import json
from pathlib import Path

from dqn_keras.machinery.arguments import printable
from dqn_keras.machinery.files import write_atomically


def versions() -> dict[str, str]:
    """Of the packages that decide about the numbers."""
    packages = "tensorflow", "keras", "gymnasium", "numpy"
    return {package: importlib.metadata.version(package) for package in packages}


@dataclasses.dataclass
class History:
    """What a training run did, and all that is needed to repeat it."""

    scores: list[float]  # [E], of each episode: the sum of the environment's own rewards
    steps: int  # of the environment, over all of the agent's life
    seconds: float  # wall-clock time, compilation and what the run went on from included
    # "stop rule", "episodes" (all played), "interrupt" (by a signal), "error" or a callback's word
    ended_by: str
    seed: int | None  # the agent's
    agent: dict  # its name and settings
    environment: dict  # its name, time limit and seed
    versions: dict  # of the packages that decide about the numbers

    @classmethod
    def of(cls, run) -> "History":
        """The history of a `dqn_keras.training.callbacks.Run` that has ended."""
        agent, environment = run.agent, run.environment
        return cls(
            scores=run.scores,
            steps=int(agent.steps),
            seconds=run.seconds,
            ended_by=run.ended_by,
            seed=agent.seed,
            agent={"name": agent.name, **agent.get_config()},
            environment={k: getattr(environment, k) for k in ("name", "max_steps", "seed")},
            versions=versions(),
        )

    @property
    def episodes(self) -> int:
        """How many episodes were played."""
        return len(self.scores)

    def save(self, path) -> Path:
        """Writes the history as JSON, whole or not at all, and returns the path."""
        return write_atomically(path, self.to_json())

    def to_json(self) -> bytes:
        """The history as a JSON file holds it."""
        content = {"episodes": self.episodes, **dataclasses.asdict(self)}
        content["scores"] = content.pop("scores")  # last: it is long
        text = json.dumps(content, indent=1, allow_nan=False, default=lambda value: value.item())
        head, scores = text.split('"scores": ')
        return f'{head}"scores": {" ".join(scores.split())}\n'.encode()

    @classmethod
    def load(cls, path) -> "History":
        """Reads a history written by `save`.

        Raises:
            FileNotFoundError: There is no such file.
            ValueError: It holds something else.
        """
        content = Path(path).read_bytes()
        try:
            content = json.loads(content)
            return cls(**{field.name: content[field.name] for field in dataclasses.fields(cls)})
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            why = f"{path} is not a history written by dqn_keras: {error!r}"
            raise ValueError(printable(why)) from None
