"""What a training run did, as a file beside the weights."""

import dataclasses
import importlib.metadata
import json
from pathlib import Path

from dqn_keras.machinery.files import write_atomically


@dataclasses.dataclass
class History:
    """What a training run did, and all that is needed to repeat it.

    Attributes:
        scores: [E], the score of each episode: the sum of the environment's own rewards.
        steps: Environment steps over all of the agent's life.
        seconds: Wall-clock time of this run, compilation included, and of what it went on from.
        ended_by: `"stop rule"`, `"episodes"` (all played), `"interrupt"` (Ctrl-C), or a
            callback's word.
        seed: The agent's seed, None if it had none.
        agent: The agent's name and settings.
        environment: The environment's name, time limit and seed.
        versions: Of the packages that decide about the numbers.
    """

    scores: list[float]
    steps: int
    seconds: float
    ended_by: str
    seed: int | None
    agent: dict
    environment: dict
    versions: dict

    @classmethod
    def of(cls, run) -> "History":
        """The history of a run that has ended.

        Args:
            run: A `dqn_keras.training.callbacks.Run`.
        """
        agent, environment = run.agent, run.environment
        return cls(
            scores=run.scores,
            steps=int(agent.steps),
            seconds=run.seconds,
            ended_by=run.ended_by,
            seed=agent.seed,
            agent={"name": agent.name, **agent.get_config()},
            environment={
                "name": environment.name,
                "max_steps": environment.max_steps,
                "seed": environment.seed,
            },
            versions={
                package: importlib.metadata.version(package)
                for package in ("tensorflow", "keras", "gymnasium", "numpy")
            },
        )

    @property
    def episodes(self) -> int:
        """How many episodes were played."""
        return len(self.scores)

    def save(self, path) -> Path:
        """Writes the history as JSON, whole or not at all.

        Args:
            path: The file to write.

        Returns:
            The path written.
        """
        content = {"episodes": self.episodes, **dataclasses.asdict(self)}
        content["scores"] = content.pop("scores")  # last: it is long
        text = json.dumps(content, indent=1, allow_nan=False, default=lambda value: value.item())
        head, scores = text.split('"scores": ')
        return write_atomically(path, f'{head}"scores": {" ".join(scores.split())}\n'.encode())

    @classmethod
    def load(cls, path) -> "History":
        """Reads a history written by `save`.

        Args:
            path: The JSON file.

        Raises:
            FileNotFoundError: There is no such file.
            ValueError: It holds something else.
        """
        try:
            content = json.loads(Path(path).read_text())
            return cls(**{field.name: content[field.name] for field in dataclasses.fields(cls)})
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{path} is not a history written by dqn_keras: {error!r}") from None
