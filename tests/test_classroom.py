"""A teacher's round with nbgrader: hand out, collect, grade."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="the notebooks extra is not installed")
import nbformat

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
spec = importlib.util.spec_from_file_location("build", NOTEBOOKS / "build.py")
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)
pytestmark = [pytest.mark.slow, pytest.mark.classroom]


def nbgrader(course, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def solved(notebook, source):
    """The handed-out notebook with every exercise done as its source does it."""
    solutions = {
        cell.metadata.exercise: cell.source
        for cell in build.read(source).cells
        if cell.metadata.get("exercise")
    }
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution"):
            cell.source = solutions[mark.grade_id]
    return notebook


def wrong(notebook, _):
    """Every exercise done, and wrong."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = cell.source.replace("raise NotImplementedError", "return 'no idea'")
    return notebook


def filled(code):
    """Every exercise with the same code in its body."""

    def fill(notebook, _):
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = re.sub("( +)raise NotImplementedError.*", rf"\1{code}", cell.source)
        return notebook

    return fill


def patching(notebook, _):
    """Nothing done; the checks are to believe it all the same."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source += """
import os, sys
os.environ.pop("NBGRADER_EXECUTION", None)
for module in [m for name, m in sys.modules.items() if name.startswith("dqn_keras.classroom")]:
    for name in vars(module):
        if name.startswith("check_"):
            setattr(module, name, lambda function: None)
checks.harness.same = lambda *_: True
checks.harness._Judge.judge = lambda self: None
"""
    return notebook


STUDENTS = {
    "diligent": solved,
    "wrong": wrong,
    "empty": lambda notebook, _: notebook,
    "patching": patching,
    "endless": filled("while True: pass"),
}


@pytest.mark.parametrize(
    ("number", "language", "students"),
    [
        ("01", "ko", ["diligent", "wrong", "patching"]),
        # Not the endless one: other cells call the function too, and wait for nbgrader's timeout.
        pytest.param("05", "en", list(STUDENTS)[:-1], marks=pytest.mark.nightly),
        pytest.param("07", "en", list(STUDENTS), marks=pytest.mark.nightly),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_all_correct_gets_full_points_and_everything_else_gets_none(
    tmp_path, monkeypatch, number, language, students
):
    # nbgrader calls alembic by name, as in an activated environment.
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    (source,) = build.lessons([number])
    name = f"{source.stem}.ipynb"
    shutil.copy(NOTEBOOKS / "nbgrader_config.py", tmp_path)
    handed_out = NOTEBOOKS / language / "exercises" / name
    (tmp_path / "source" / "hw").mkdir(parents=True)
    shutil.copy(handed_out, tmp_path / "source" / "hw")
    nbgrader(tmp_path, "generate_assignment", "hw")
    released = nbformat.read(tmp_path / "release" / "hw" / name, as_version=4)
    for student in students:
        folder = tmp_path / "submitted" / student / "hw"
        folder.mkdir(parents=True)
        answered = STUDENTS[student](nbformat.from_dict(released), source)
        nbformat.write(answered, folder / name)
        released = nbformat.read(tmp_path / "release" / "hw" / name, as_version=4)
    nbgrader(tmp_path, "autograde", "hw")

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        diligent = gradebook.find_submission("hw", "diligent")
        assert diligent.score == diligent.max_score > 0
        for student in students[1:]:
            assert gradebook.find_submission("hw", student).score == 0, student
    graded = nbformat.read(tmp_path / "autograded" / "diligent" / "hw" / name, as_version=4)
    assert "import dqn_keras.classroom" not in "".join(cell.source for cell in graded.cells)
