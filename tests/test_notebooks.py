"""The lessons as files: fresh, well-formed, small; each runs from its source."""

import base64
import importlib.util
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="the notebooks extra is not installed")
import nbformat

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
spec = importlib.util.spec_from_file_location("build", NOTEBOOKS / "build.py")
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)

SOURCES = build.lessons()
NAMES = [source.stem for source in SOURCES]
BUG_HUNTS = ("01", "04", "06", "08", "10", "13", "15")
each_lesson = pytest.mark.parametrize("source", SOURCES, ids=NAMES)
each_language = pytest.mark.parametrize("language", build.LANGUAGES)


def built(source, folder):
    return nbformat.read(NOTEBOOKS / folder / f"{source.stem}.ipynb", as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def pictures(notebook):
    """All PNGs that it shows, in base64; an animated one has a chunk acTL."""
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    return [o.data["image/png"] for o in outputs if "image/png" in o.get("data", ())]


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_lessons_are_numbered_once_and_begin_at_00():
    numbers = [name[:2] for name in NAMES]
    assert len(set(numbers)) == len(numbers) and numbers[0] == "00"


@each_lesson
def test_built_notebooks_are_what_their_source_says(source):
    assert build.stale(source) == []


@each_lesson
def test_a_changed_source_is_found_out(source, tmp_path):
    changed = tmp_path / source.name
    text = source.read_text()
    changed.write_text(text.replace("# %%\n", "# %%\nprint('new')\n", 1))
    assert build.stale(changed), "a changed code cell went unnoticed"
    changed.write_text(text + "\n# %% [markdown]\n# One sentence more.\n")
    assert build.stale(changed), "a changed sentence went unnoticed"


@each_lesson
@each_language
def test_notebooks_are_valid_small_and_in_order(source, language):
    for folder in (language, f"{language}/exercises"):
        path = NOTEBOOKS / folder / f"{source.stem}.ipynb"
        notebook = built(source, folder)
        nbformat.validate(notebook)
        films = sum(len(png) for png in pictures(notebook) if b"acTL" in base64.b64decode(png))
        assert path.stat().st_size - films <= 300_000
        assert path.stat().st_size <= 1_000_000
        assert "widgets" not in notebook.metadata, "GitHub refuses widget metadata without state"
    cells = code_cells(built(source, language))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error"]
    assert not [o for o in outputs if o.get("name") == "stderr"]


@each_lesson
def test_code_cells_are_short(source):
    lengths = [len(cell.source.splitlines()) for cell in code_cells(built(source, "en"))]
    assert max(lengths) <= 40
    assert sum(lengths) / len(lengths) <= 10


@each_lesson
def test_both_languages_have_the_same_code_and_the_same_headings(source):
    english, korean = built(source, "en"), built(source, "ko")
    codes = [[c.source for c in code_cells(notebook)] for notebook in (english, korean)]
    # What checks print is Korean there, and a line of the first cell of code sees to it.
    assert codes[0][1] + f"\n\n{build.IN_KOREAN}" == codes[1].pop(1)
    assert codes[0][2:] == codes[1][1:], "all but the install cell, which has its own words"
    for here, there in zip(code_cells(english), code_cells(korean), strict=True):
        if here.source.startswith("checks.check_"):
            assert "right!" in here.outputs[0].text and "정답입니다!" in there.outputs[0].text
        elif not build.EXPLORED.search(here.source):  # see test_explorables.py
            assert here.get("outputs") == there.get("outputs")
    levels = [re.findall(r"^(#+) ", prose(notebook), re.M) for notebook in (english, korean)]
    assert levels[0] == levels[1]
    hangul = len(re.findall("[가-힣]", prose(korean)))
    assert hangul > 0.15 * len(prose(korean)), "the Korean lesson is not in Korean"
    assert not re.findall("[가-힣]{2}", prose(english).replace("진단 평가", ""))[3:]


@each_lesson
def test_a_lesson_has_its_parts(source):
    text = prose(built(source, "en"))
    for part in (
        "**You will be able to**",
        "**Time**",
        "**Needs**",
        "| symbol |",
        "$",
        "<details>",
        "**On the slides**",
    ):
        assert part in text, f"{part} is missing"
    assert "Summary" in text and "**Next**" in text
    if source.stem[:2] in BUG_HUNTS:
        assert re.search(r"^## Bug hunt", text, re.M)
    pictures = [o for c in code_cells(built(source, "en")) for o in c.outputs if "data" in o]
    assert any("image/png" in o.data or "image/gif" in o.data for o in pictures)


@each_lesson
def test_plots_have_one_style_and_no_small_print(source):
    codes = "\n".join(cell.source for cell in code_cells(build.read(source)))
    assert 'plt.style.use("dqn_keras.classroom.lesson")' in codes or "plt." not in codes
    sizes = re.findall(r"\b(?:fontsize|labelsize)=([\d.]+)\b", codes)
    assert all(float(size) >= 9 for size in sizes), sizes


@each_lesson
def test_every_exercise_says_how_hard_and_how_long(source):
    headings = re.findall(r"^## (?:Exercise|Bug hunt).*$", prose(built(source, "en")), re.M)
    exercises = [c for c in build.read(source).cells if c.metadata.get("exercise")]
    checks = [c for c in build.read(source).cells if c.metadata.get("check")]
    assert len(headings) == len(exercises) == len(checks) >= 2
    assert [c.metadata.exercise for c in exercises] == [c.metadata.check for c in checks]
    for heading in headings:
        assert re.search(r"[★☆]{3} \d+ minutes", heading), heading


@each_lesson
@each_language
def test_handed_out_exercises_hold_no_solution(source, language):
    notebook = built(source, f"{language}/exercises")
    solved = {
        c.metadata.exercise: c.source for c in build.read(source).cells if "exercise" in c.metadata
    }
    for cell in code_cells(notebook):
        assert "BEGIN SOLUTION" not in cell.source
        assert cell.outputs == []
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution"):
            assert "raise NotImplementedError" in cell.source
            lines = re.search("SOLUTION\n(.*)\n *### END", solved[mark.grade_id], re.S)[1]
            assert lines not in cell.source
        if mark.get("grade"):
            assert mark.points > 0 and mark.locked


@each_lesson
def test_prose_has_no_number_placeholder_left(source):
    for folder in ("en", "ko", "en/exercises", "ko/exercises"):
        assert "{{" not in prose(built(source, folder))


# Every lesson runs each night; each time those that are first met, and the one that trains a DQN.
EACH_TIME = ("00", "01", "03", "09")


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [pytest.param(s, marks=[pytest.mark.nightly] * (s.stem[:2] not in EACH_TIME)) for s in SOURCES],
    ids=NAMES,
)
def test_a_lesson_runs_from_its_source_and_its_numbers_hold(source):
    notebook, values = build.execute(build.read(source), NOTEBOOKS)
    told = built(source, "en").metadata["numbers"]
    tolerances = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for text, _, percent in build.NUMBER.findall(cell.source):
                tolerances[text] = float(percent or 0) / 100
    for text, tolerance in tolerances.items():
        assert values[text] == pytest.approx(told[text], rel=max(tolerance, 1e-4), abs=1e-9), text


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        source if source.stem[:2] == "01" else pytest.param(source, marks=pytest.mark.nightly)
        for source in build.lessons()
    ],
    ids=lambda source: source.stem,
)
@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", "아직"), pytest.param("en", "not done yet", marks=pytest.mark.nightly)],
)
def test_empty_exercises_say_kindly_that_they_are_not_done_and_let_run_all_go_on(
    source, language, words, tmp_path
):
    from nbclient import NotebookClient

    notebook = built(source, f"{language}/exercises")
    # An error anywhere stops this.
    NotebookClient(notebook, timeout=300).execute(cwd=str(tmp_path))
    for cell in code_cells(notebook):
        if cell.metadata.get("nbgrader", {}).get("grade"):
            assert not [output for output in cell.outputs if output.output_type == "error"]
            said = "".join(o.text for o in cell.outputs if o.output_type == "stream")
            assert words in said


def test_the_builder_names_a_lesson_that_is_not_there(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["build.py", "99"])
    with pytest.raises(SystemExit, match="99"):
        build.main()
