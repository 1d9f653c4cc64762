"""What nbgrader needs to know in a course that hands out these exercises.

The notebooks in `en/exercises` and `ko/exercises` have their solutions taken out already, so that
step of nbgrader's is left out.

Before a check cell runs, the checks are fetched anew, so that what a student's cell did to them
does not count. Not protected: code that patches NumPy, Python or IPython instead, reads the
reference answers, or writes files. Grade each student in a container, and read what looks odd.

A cell may take SECONDS_A_CELL. What it shows is cut when it arrives, so that a notebook that prints
100 MB stays small, on disk and in the grader's memory.
"""

import json

import nbgrader.preprocessors as steps
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.utils import is_grade

SECONDS_A_CELL = 120  # the lessons' slowest, in 05, took 39 s on two busy cores; a check at most 20
CHARACTERS_A_CELL = 20_000
PICTURES_A_CELL = 1_000_000  # characters of base64
CUT = "... cut here: too much output"

FRESH = """\
import os, sys
os.environ["NBGRADER_EXECUTION"] = "autograde"
for name in [name for name in sys.modules if name.startswith("dqn_keras.classroom")]:
    del sys.modules[name]
import dqn_keras.classroom.checks as checks
checks.use_language("{language}")
"""


class FetchChecks(steps.NbGraderPreprocessor):
    """Puts the lines above in front of each check cell."""

    def preprocess(self, notebook, resources):
        """One notebook."""
        korean = any('use_language("ko")' in cell.source for cell in notebook.cells)
        for cell in filter(is_grade, notebook.cells):
            cell.source = FRESH.format(language="ko" if korean else "en") + cell.source
        return notebook, resources


def is_picture(kind: str) -> bool:
    """What is kept whole or not at all; HTML is what there is to play with."""
    return kind.startswith("image/") or kind == "text/html"


def sizes(shown) -> tuple[int, int]:
    """How many characters an output has as text, and how many as pictures."""
    data = shown.get("data", {})
    # As they stand in the file: an SVG is kept there as a list of lines.
    pictures = sum(len(json.dumps(data[kind])) for kind in data if is_picture(kind))
    return len(json.dumps(shown)) - pictures, pictures


def cut(shown, room: int, pictures: int):
    """The same with at most `room` characters a text, and without pictures of more."""
    if isinstance(shown, dict):
        return {
            kind: part if is_picture(kind) else cut(part, room, pictures)
            for kind, part in shown.items()
            if not is_picture(kind) or len(part) <= pictures
        }
    if isinstance(shown, list):  # a traceback: its end tells most
        kept = []
        while len(kept) < len(shown) and room > 0:
            line = shown[-1 - len(kept)]
            kept.append(cut(line, room, pictures))
            room -= len(line)
        return kept[::-1]
    too_long = isinstance(shown, str) and len(shown) > room
    return f"{shown[: max(room, 0)]}\n{CUT}\n" if too_long else shown


class ExecuteWithinLimits(steps.Execute):
    """Runs a notebook and keeps no more of a cell's output than the limits above allow.

    One output of each kind stays, however full the cell is: a check that shows an error gets no
    points, and nbgrader has to go on seeing it.
    """

    def process_message(self, msg, cell, cell_index):
        """One message of the kernel's."""
        kind, content = msg["msg_type"], msg["content"]
        if kind in ("stream", "error", "display_data", "update_display_data", "execute_result"):
            used = [sizes(output) for output in cell.outputs]
            room = CHARACTERS_A_CELL - sum(text for text, _ in used)
            seen = {(output.output_type, output.get("name")) for output in cell.outputs}
            if room <= 0 and (kind, content.get("name")) in seen:
                return None
            left = PICTURES_A_CELL - sum(pictures for _, pictures in used)
            msg["content"] = cut(content, max(room, 500), left)
        return super().process_message(msg, cell, cell_index)


class ForgetThem(steps.NbGraderPreprocessor):
    """Takes these lines away again, when the cells have run."""

    def preprocess(self, notebook, resources):
        """One notebook."""
        for cell in filter(is_grade, notebook.cells):
            for language in ("en", "ko"):
                cell.source = cell.source.removeprefix(FRESH.format(language=language))
        return notebook, resources


c = get_config()  # noqa: F821 - nbgrader defines it

c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
]
c.ExecutePreprocessor.timeout = SECONDS_A_CELL
c.Autograde.autograde_preprocessors = [
    FetchChecks,
    ExecuteWithinLimits,
    ForgetThem,
    steps.IgnorePattern,
    ClearMetadataPreprocessor,
    steps.LimitOutput,
    steps.SaveAutoGrades,
    steps.AssignLatePenalties,
    steps.CheckCellMetadata,
]
