"""What a folder of agents scored: a table for the terminal, and a page for the class."""

import dataclasses
import datetime
import html
import unicodedata
from pathlib import Path

import numpy as np

from dqn_keras.classroom.grading import Graded
from dqn_keras.experiments.recipes import Recipe
from dqn_keras.experiments.statistics import bootstrap_interval
from dqn_keras.machinery.arguments import printable

MAX_NAME, MAX_REASON = 40, 200  # characters


@dataclasses.dataclass(frozen=True)
class Place:
    """One agent's place.

    Attributes:
        rank: 1 is the best; equal means, as they are shown, share one.
        name: The file's, as it may be shown.
        mean: Of the returns.
        low: Where the 95% interval of the mean begins.
        high: Where it ends.
        lowest: The worst return.
        solved: Whether even the interval's lower end counts as solved.
    """

    rank: int
    name: str
    mean: str
    low: str
    high: str
    lowest: str
    solved: bool


def is_solved(returns: np.ndarray, recipe: Recipe) -> bool:
    """Is the mean, luck allowed for, at least what the recipe calls solved?

    Args:
        returns: [episodes], of greedy play.
        recipe: Says what counts.
    """
    return bool(bootstrap_interval(returns)[0] >= recipe.solved_at)


def ranked(rows: list[Graded], recipe: Recipe) -> list[Place]:
    """Those that were not refused, best first.

    Args:
        rows: As `grade_folder` returns them.
        recipe: Which they were graded with.
    """
    digits = 1 if abs(recipe.solved_at) >= 10 else 3  # CartPole counts hundreds, the grid ones

    def shown(number) -> str:
        return f"{number + 0.0:.{digits}f}"

    places: list[Place] = []
    played = [row for row in rows if row.returns is not None]
    for count, row in enumerate(sorted(played, key=lambda row: -row.returns.mean()), start=1):
        mean = shown(row.returns.mean())
        tied = places and places[-1].mean == mean
        low, high = bootstrap_interval(row.returns)
        places.append(
            Place(
                rank=places[-1].rank if tied else count,
                name=shown_name(row.name),
                mean=mean,
                low=shown(low),
                high=shown(high),
                lowest=shown(row.returns.min()),
                solved=is_solved(row.returns, recipe),
            )
        )
    return places


def shown_name(name: str) -> str:
    """A file's name in at most `MAX_NAME` characters, none of which moves or hides others.

    Args:
        name: Whatever its owner called it.
    """
    # Files from a Mac bring Korean in single letters; NFC joins them to syllables again.
    return _short(printable(unicodedata.normalize("NFC", name)), MAX_NAME)


def table(rows: list[Graded], recipe: Recipe) -> str:
    """The rows as text: the ranks, then what was refused and why.

    Args:
        rows: As `grade_folder` returns them.
        recipe: Which they were graded with.
    """
    head = ["rank", "file", "mean", "95% interval", "lowest", ""]
    lines = [head] + [
        [
            str(place.rank),
            place.name,
            place.mean,
            f"{place.low} to {place.high}",
            place.lowest,
            "solved" if place.solved else "",
        ]
        for place in ranked(rows, recipe)
    ]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    text = []
    for line in lines:
        cells = [
            cell + " " * (width - _width(cell))
            if cell_head in ("file", "")
            else " " * (width - _width(cell)) + cell
            for cell, width, cell_head in zip(line, widths, head, strict=True)
        ]
        text.append("  ".join(cells).rstrip())
    if len(lines) == 1:
        text = []
    text += [f"   -  {shown_name(row.name)} {_reason(row)}" for row in rows if row.returns is None]
    return "\n".join(text)


def page(rows: list[Graded], recipe: Recipe, episodes: int, seed: int | None) -> str:
    """The rows as one HTML page that needs no script and no other file.

    Args:
        rows: As `grade_folder` returns them.
        recipe: Which they were graded with.
        episodes: How many each played.
        seed: With which a student can repeat the scores; None leaves it out.
    """
    title = f"{recipe.name}: leaderboard"
    repeat = "" if seed is None else f", seed {seed}"
    about = f"{datetime.date.today().isoformat()}, {episodes} episodes each{repeat}"
    parts = [f"<h1>{html.escape(title)}</h1>", f"<p>{html.escape(about)}</p>"]
    places = ranked(
        [dataclasses.replace(row, name=_stem(row)) for row in rows if row.returns is not None],
        recipe,
    )
    if places:
        body = "".join(
            f'<tr><td class="n">{place.rank}<td class="name"><bdi>{html.escape(place.name)}</bdi>'
            f"{'<small>solved</small>' if place.solved else ''}"
            f'<td class="n">{place.mean}<small>{place.low} to {place.high}</small>'
            f'<td class="n">{place.lowest}\n'
            for place in places
        )
        parts.append(
            '<table>\n<thead><tr><th class="n">Rank<th>Name<th class="n">Mean'
            "<small>95% interval</small>"
            f'<th class="n">Lowest\n</thead><tbody>\n{body}</tbody></table>'
        )
        parts.append(
            "<p>Mean and lowest return of greedy play. Other episodes would give another mean; the "
            "interval shows how far it might move. An agent is marked as solved if "
            f"even the lower end of the interval is at least {recipe.solved_at:g}.</p>"
        )
    refused = [row for row in rows if row.returns is None]
    if refused:
        items = "".join(
            f"<li><b><bdi>{html.escape(shown_name(_stem(row)))}</bdi></b> "
            f"<bdi>{html.escape(_reason(row))}</bdi>\n"
            for row in refused
        )
        parts.append(f"<h2>Not graded</h2>\n<ul>\n{items}</ul>")
    return PAGE.format(title=html.escape(title), content="\n".join(parts))


PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --ink: #1c1e21; --soft: #5b616b; --line: #d9dce1;
  --paper: #fff; --good: #13702f }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ink: #e6e8eb; --soft: #a3abb6; --line: #3a3f47; --paper: #16181c; --good: #6fd68c }}
}}
body {{ margin: 0 auto; max-width: 44rem; padding: 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }}
h1 {{ font-size: 1.4rem; margin: 0.5rem 0 0; overflow-wrap: anywhere }}
h2 {{ font-size: 1.1rem; margin: 2rem 0 0.5rem }}
p, small {{ color: var(--soft) }}
h1 + p {{ margin: 0 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ padding: 0.35rem 0.4rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line) }}
th {{ font-size: 0.85rem; white-space: nowrap }}
.n {{ text-align: right; font-variant-numeric: tabular-nums }}
.name, li {{ overflow-wrap: anywhere }}
.name {{ width: 100% }}
.name small {{ color: var(--good) }}
small {{ display: block; font-size: 0.75rem; font-weight: normal; white-space: nowrap }}
ul {{ margin: 0; padding-left: 1.2rem }}
</style>
</head>
<body>
{content}
</body>
</html>
"""


def _stem(row: Graded) -> str:
    """The name without `.safetensors`; of what is no weights file, all of it."""
    path = Path(row.name)
    return path.stem if path.suffix.lower() == ".safetensors" else row.name


def _reason(row: Graded) -> str:
    return _short(printable(row.refused), MAX_REASON)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."


def _width(text: str) -> int:
    """Columns on a terminal, where a Korean syllable takes two and an accent none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)
