"""The teacher's guide: its plans can be taught, its numbers are right, nothing gives a solution."""

import importlib.util
import json
import re
import sys

import numpy as np
import pytest
from conftest import ROOT

import dqn_keras
from dqn_keras.classroom.checks import EXERCISES
from dqn_keras.experiments import interquartile_mean

NOTEBOOKS = ROOT / "notebooks"
TEACHER = NOTEBOOKS / "teacher"
spec = importlib.util.spec_from_file_location("teaching", NOTEBOOKS / "teaching.py")
teaching = sys.modules["teaching"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(teaching)

LESSONS = teaching.lessons()
TASKS = [task for lesson in LESSONS.values() for task in lesson.tasks]
each_language = pytest.mark.parametrize(("language", "ending"), teaching.ENDINGS.items())


def tables(text):
    """The tables of a page; each is a list of rows, each a list of cells."""
    found = re.findall(r"((?:^\|.*\n)+)", text + "\n", re.M)
    rows = [[line.strip("|").split("|") for line in table.splitlines()] for table in found]
    return [[[cell.strip() for cell in row] for row in table] for table in rows]


def whole(text):
    """The whole number in a cell, bold or not."""
    return int(text.strip("*"))


def first_prose(cells):
    """The text of a notebook's first cell of prose; a badge and an install cell stand before it."""
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return next(text for text in texts if text.startswith("# "))


def headers():
    """Of each lesson its minutes and its text after "Needs", read from the built notebooks."""
    found = {}
    for path in sorted((NOTEBOOKS / "en").glob("*.ipynb")):
        text = first_prose(json.loads(path.read_text())["cells"])
        minutes, more, needs = re.search(
            r"\*\*Time\*\* (\d+) (.*?)\*\*Needs\*\* (.*?)\n\n", text, re.S
        ).groups()
        short = re.search(r" or (\d+) ", more)
        spans = re.sub(
            r"(\d\d) to (\d\d)",
            lambda span: " ".join(f"{n:02}" for n in range(int(span[1]), int(span[2]) + 1)),
            needs,
        )
        numbers = set(re.findall(r"\b\d\d\b", spans))
        found[path.name[:2]] = int(minutes), short and int(short[1]), numbers
    return found


def test_every_generated_page_is_up_to_date():
    stale = [str(path) for path, text in teaching.generated().items() if path.read_text() != text]
    assert stale == [], "run python notebooks/teaching.py"


def test_the_headers_are_read_as_they_stand_in_the_notebooks():
    told = {ls.number: (ls.minutes, ls.short, set(ls.needs)) for ls in LESSONS.values()}
    assert told == headers() and len(told) == len(list((NOTEBOOKS / "source").glob("??_*.py")))
    assert told["09"][2] == {"00", "05", "06", "07", "08"}  # from "00 and 05 to 08"


@each_language
def test_the_minutes_of_the_plans_add_up(language, ending):
    minutes = {number: time for number, (time, _, _) in headers().items()}
    short = {number: time for number, (_, time, _) in headers().items()}
    *plans, term = tables((TEACHER / f"PLANS{ending}.md").read_text())
    assert len(plans) == 4
    for plan in plans:
        clock = 0
        for start, spent, what in plan[2:]:
            if number := re.match(r"\[(\d\d) ·", what):
                shortened = what.endswith((" (the short way)", " (짧게)"))
                assert whole(spent) == (short if shortened else minutes)[number[1]], what
            if spent.startswith("**"):
                assert whole(spent) == clock
                clock = 0
            elif spent:
                assert whole(start) == clock
                clock += whole(spent)
        assert clock == 0, "a sitting has no sum"
    for _, taught, spent, besides, total in term[2:]:
        of_lessons = sum(minutes[number] for number in re.findall(r"\[(\d\d) ·", taught))
        assert of_lessons == int(spent or 0)
        others = sum(map(int, re.findall(r"\((\d+)\)", besides)))
        assert of_lessons + others == int(total) == 90


@each_language
def test_no_plan_has_a_lesson_before_what_it_needs(language, ending):
    needs = {number: those for number, (_, _, those) in headers().items()}
    text = (TEACHER / f"PLANS{ending}.md").read_text()
    overview = tables((NOTEBOOKS / f"TEACHING{ending}.md").read_text())[1][2:]
    for plan, (name, _, taught, known) in zip(tables(text), overview, strict=True):
        order = re.findall(r"\[(\d\d) ·", "\n".join("|".join(row) for row in plan))
        assert ", ".join(order) == taught, name
        seen = set(filter(None, known.split(", ")))
        for number in order:
            assert needs[number] <= seen, f"{name}: {number} comes too early"
            seen.add(number)


def test_both_languages_have_the_same_plans():
    numbers = []
    for ending in teaching.ENDINGS.values():
        rows = sum(tables((TEACHER / f"PLANS{ending}.md").read_text()), [])
        cells = [cell for row in rows for cell in row]
        found = [re.findall(r"^\**\d+\**$|\[\d\d ·|\(\d+\)", cell) for cell in cells]
        numbers.append(sum(found, []))
    assert len(numbers[0]) > 150 and numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("sittings", "complaint"),
    [([["00", "07"]], "07 comes before 01, 03, 06"), ([["00", "00"]], "00 comes twice")],
)
def test_a_plan_that_cannot_be_taught_is_refused(monkeypatch, sittings, complaint):
    monkeypatch.setitem(teaching.PLANS, "45 minutes", teaching.Plan(sittings, "45분"))
    with pytest.raises(ValueError, match=complaint):
        teaching.plan_table("45 minutes", LESSONS, "en")


def test_a_week_that_is_too_short_is_refused(monkeypatch):
    plan = teaching.Plan([["00", teaching.Pause(None, "questions", "질문")]], "한 주", weekly=20)
    assert LESSONS["00"].minutes > plan.weekly
    monkeypatch.setitem(teaching.PLANS, "term", plan)
    with pytest.raises(ValueError, match="week 1: -[0-9]+ minutes are left of 20"):
        teaching.plan_table("term", LESSONS, "en")


@each_language
def test_lesson_07_minute_by_minute_takes_its_minutes(language, ending):
    plan = tables((NOTEBOOKS / f"TEACHING{ending}.md").read_text())[2]
    rows = [(int(minutes), students) for minutes, students, _ in plan[2:]]
    assert sum(minutes for minutes, _ in rows) == LESSONS["07"].minutes
    for number, task in enumerate(LESSONS["07"].tasks, start=1):
        title = {"en": f"exercise {number}:", "ko": f"연습 {number}:"}[language]
        (minutes,) = [minutes for minutes, text in rows if text.startswith(title)]
        assert minutes == task.minutes


def test_points_are_those_of_the_exercise_notebooks():
    points = {}
    for path in (NOTEBOOKS / "en" / "exercises").glob("*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            if (mark := cell["metadata"].get("nbgrader", {})) and mark["grade"]:
                points[mark["grade_id"].removeprefix("check-")] = mark["points"]
    assert points == {task.name: task.points for task in TASKS}
    total = tables(teaching.points_table(LESSONS, "en"))[0][-1]
    assert total[1:] == [f"**{len(points)}**", "", f"**{sum(points.values())}**"]


@each_language
def test_every_exercise_has_questions_and_the_first_hints_of_its_check(language, ending):
    page = (TEACHER / f"ANSWERS{ending}.md").read_text()
    parts = dict(re.findall(r"^`(\w+)` ★.*?\n(.*?)(?=^#|\Z)", page, re.M | re.S))
    assert list(parts) == [task.name for task in TASKS]
    for name, part in parts.items():
        said, asked = part.split(teaching.TOLD[language][3])
        assert 2 <= len(re.findall("^- .*[?.？]$", asked, re.M)) <= 3, name
        check = EXERCISES.get(f"check_{name}")
        for mistake in check.mistakes[:1] if check else ():
            assert f"- {mistake[1 + (language == 'ko')]}\n" in said
        assert len(re.findall("^- ", said, re.M)) <= teaching.HINTS_AN_EXERCISE
    assert bool(re.search("[가-힣]", "".join(parts.values()))) == (language == "ko")


def test_a_changed_hint_or_question_makes_the_page_stale(monkeypatch, capsys):
    assert teaching.main(["--check"]) == 0
    mistake = EXERCISES["check_td_error"].mistakes
    changed = [(mistake[0][0], "another hint", "다른 힌트"), *mistake[1:]]
    monkeypatch.setattr(EXERCISES["check_td_error"], "mistakes", changed)
    assert teaching.main(["--check"]) == 1
    assert "ANSWERS.md is not what" in capsys.readouterr().out


@each_language
def test_every_link_leads_somewhere(language, ending):
    pages = [NOTEBOOKS / f"TEACHING{ending}.md", *sorted(TEACHER.glob(f"[A-Z]*{ending}.md"))]
    pages = [page for page in pages if language == "ko" or not page.name.endswith(".ko.md")]
    assert len(pages) == 6
    for page in pages:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
            if target.startswith("https://"):
                continue
            path, _, anchor = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            assert there.exists(), f"{page.name}: {target}"
            if anchor:
                headings = re.findall(r"^#+ (.*)$", there.read_text(), re.M)
                slugs = [re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings]
                assert anchor in slugs, f"{page.name}: {target}"


@each_language
def test_the_guide_shows_what_a_check_really_says(language, ending, monkeypatch):
    def no_end(rewards, next_q_values, terminated, discount_factor):
        return rewards + discount_factor * np.max(next_q_values, axis=1)

    # A random case may be smaller than the examples, and another one each time.
    monkeypatch.setattr(dqn_keras.checks.check_bellman_target, "number", 0)
    dqn_keras.checks.use_language(language)
    try:
        with pytest.raises(AssertionError) as error:
            dqn_keras.checks.check_bellman_target(no_end)
    finally:
        dqn_keras.checks.use_language("en")
    told = f"```\n✗ {error.value}\n```"
    assert told in (NOTEBOOKS / f"TEACHING{ending}.md").read_text()


def test_both_readmes_send_teachers_to_the_guide_in_their_language():
    assert "(notebooks/TEACHING.md)" in (ROOT / "README.md").read_text()
    assert "(notebooks/TEACHING.ko.md)" in (ROOT / "README.ko.md").read_text()


# The hand-out


@each_language
def test_the_hand_out_has_every_exercise_and_no_solution(tmp_path, language, ending):
    folder = tmp_path / "class"
    assert teaching.main(["handout", str(folder), "--language", language]) == 0
    assert {path.name for path in folder.iterdir()} - {"results"} == {
        f"{lesson.stem}.ipynb" for lesson in LESSONS.values()
    }
    assert {path.suffix for path in (folder / "results").iterdir()} == {".jsonl"}
    for lesson in LESSONS.values():
        cells = json.loads((folder / f"{lesson.stem}.ipynb").read_text())["cells"]
        codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        source = (NOTEBOOKS / "source" / f"{lesson.stem}.py").read_text()
        solved = re.findall(r'^# %% exercise="\w+"\n(.*?)\n+(?=# %%)', source, re.M | re.S)
        solutions = [re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", cell) for cell in solved]
        assert len(solutions) == len(lesson.tasks)
        assert sum("raise NotImplementedError" in code for code in codes) == len(solutions)
        for solution in solutions:
            assert "def my_" in solution and not any(solution.strip() in code for code in codes)
        assert not any(cell.get("outputs") for cell in cells)
        hangul = re.findall("[가-힣]", first_prose(cells))
        assert (len(hangul) > 100) == (language == "ko")


def test_the_hand_out_can_be_a_few_lessons_and_is_never_mixed_with_others(tmp_path, capsys):
    folder = tmp_path / "class"
    assert teaching.main(["handout", str(folder), "--lessons", "05", "07"]) == 0
    assert sorted(path.name[:2] for path in folder.iterdir()) == ["05", "07"]
    for arguments, told in (
        ([str(folder)], "is there already"),
        ([str(tmp_path / "new"), "--lessons", "99"], "there is no lesson 99"),
    ):
        assert teaching.main(["handout", *arguments]) == 1
        assert told in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_notebook_that_gives_something_away_is_not_handed_out(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "en" / "exercises"
    folder.mkdir(parents=True)
    name = f"{LESSONS['07'].stem}.ipynb"
    notebook = json.loads((NOTEBOOKS / "en" / "exercises" / name).read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "td_error":
            cell["source"] = ["def my_td_error(q_values, actions, targets):\n", "    return 0\n"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check-bellman_target":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["✓"]}]
    (folder / name).write_text(json.dumps(notebook))
    (tmp_path / "source").symlink_to(NOTEBOOKS / "source")
    monkeypatch.setattr(teaching, "ROOT", tmp_path)
    assert teaching.main(["handout", str(tmp_path / "class"), "--lessons", "07"]) == 1
    error = capsys.readouterr().err
    assert "the output of check-bellman_target" in error and "the solution of td_error" in error
    assert not (tmp_path / "class").exists()


# The sheets and the quiz


def key_of(ending):
    """The key's tables as rows of what stands in them, numbers as numbers."""

    def number(cell):
        try:
            return float(cell.replace("−", "-"))
        except ValueError:
            return cell

    text = (TEACHER / f"SHEETS{ending}.md").read_text()
    _, key = re.split(r"^## (?:Key|정답)$", text, flags=re.M)
    return [[[number(cell) for cell in row] for row in table[2:]] for table in tables(key)]


@each_language
def test_the_keys_numbers_are_the_packages(language, ending):
    returns, cell, updates, epsilons, shares, ring, targets, loss, soft, labels = key_of(ending)
    np.testing.assert_allclose(
        returns[0][1:], dqn_keras.discounted_returns([1.0, 1.0, 1.0, -8.0], 0.5)
    )
    # Each action as a transition whose next state has one value.
    values, ended = [[0.5], [0.25], [9.0], [0.75], [0.25]], [False, False, True, False, False]
    worth = dqn_keras.bellman_target([0.0, 0.0, 1.0, 0.0, 0.0], values, ended, 0.8).numpy()
    np.testing.assert_allclose(cell[0], [*worth, worth.mean(), worth.max()], rtol=1e-6)
    transition = [1.0], [[4.0, 6.0]]
    sarsa = dqn_keras.sarsa_target(*transition, [0], [False], 0.9).numpy()[0]
    best = dqn_keras.bellman_target(*transition, [False], 0.9).numpy()[0]
    for row, target in zip(updates, (sarsa, best), strict=True):
        np.testing.assert_allclose(row[1:], [target, 2 + 0.5 * (target - 2)], rtol=1e-6)
    schedule = dqn_keras.exponential_epsilon(1.0, 0.5, 0.1)
    np.testing.assert_allclose(epsilons[0][1:], [float(schedule(n)) for n in range(6)], rtol=1e-6)
    np.testing.assert_allclose(shares[0], [0.2 / 4 + 0.8, 0.2 / 4])

    memory = dqn_keras.ReplayMemory(4, 1)
    for letter in range(7):
        memory.append([letter], 0, 0.0, [letter], False)
    held = memory.states.numpy().ravel().astype(int)
    assert ring[0] == ["ABCDEFG"[letter] for letter in held]
    next_q_values = [[6.0, 4.0], [-8.0, -2.0], [50.0, 70.0], [10.0, 30.0]]
    ended = [False, False, True, False]
    expected = dqn_keras.bellman_target([2.0, 1.0, -100.0, 1.0], next_q_values, ended, 0.5).numpy()
    errors = expected - [4, 1, -60, 20]
    np.testing.assert_allclose(targets, np.stack([expected, errors], axis=1))
    np.testing.assert_allclose(loss, [[np.mean(errors**2)]])

    model, target = dqn_keras.q_network(1, 1, seed=0), dqn_keras.q_network(1, 1, seed=1)
    model.set_weights([np.full(weight.shape, 20.0) for weight in model.get_weights()])
    target.set_weights([np.full(weight.shape, 10.0) for weight in target.get_weights()])
    for came in soft[0][1:]:
        dqn_keras.update_target(target, model, 0.25)
        np.testing.assert_allclose(came, target.get_weights()[0].ravel()[0])
    w = v = 0.0
    for update, *row in labels:
        copy = v if update in (1, 3) else copy  # noqa: F821 - the first update is number 1
        mine, copied = 1 + 0.5 * w, 1 + 0.5 * copy
        w, v = (w + mine) / 2, (v + copied) / 2
        np.testing.assert_allclose(row, [mine, w, copied, v])


def test_both_sheets_have_the_same_tasks_of_twenty_minutes_each():
    asked = []
    for ending in teaching.ENDINGS.values():
        text = (TEACHER / f"SHEETS{ending}.md").read_text()
        sheets = re.split(r"^## ", text, flags=re.M)[1:3]
        for sheet in sheets:
            minutes = re.findall(r"^### \d\. .*\((\d+) ?(?:minutes|분)\)$", sheet, re.M)
            assert len(minutes) == 4 and sum(map(int, minutes)) == 20
        asked.append(re.findall(r"−?\d+(?:\.\d+)?", " ".join(re.findall(r"^\|.*", text, re.M))))
        assert key_of(ending)[4:] and len(key_of(ending)) == 10
    assert asked[0] == asked[1]


def quiz(ending):
    """Of each lesson the pairs of question and answer."""
    text = (TEACHER / f"QUIZ{ending}.md").read_text()
    lessons = re.split(r"^## \[(\d\d) · ", text, flags=re.M)[1:]
    asked = re.compile(r"<details><summary>(.+?)</summary>\n\n(.+?)\n</details>", re.S)
    return {n: asked.findall(part) for n, part in zip(lessons[::2], lessons[1::2], strict=True)}


@each_language
def test_the_quiz_asks_three_questions_a_lesson_that_the_lesson_does_not_ask(language, ending):
    asked = quiz(ending)
    assert list(asked) == list(LESSONS)
    for number, questions in asked.items():
        assert len(questions) >= 3
        source = (NOTEBOOKS / "source" / f"{LESSONS[number].stem}.py").read_text()
        for question, answer in questions:
            assert f"<summary>{question}</summary>" not in source
            assert "`" not in question and "$" not in question, "GitHub shows these as they are"
            assert bool(re.search("[가-힣]", question + answer)) == (language == "ko")
    counts = [[len(questions) for questions in quiz(e).values()] for e in teaching.ENDINGS.values()]
    assert counts[0] == counts[1]


@each_language
def test_the_quizs_numbers_are_right(language, ending):
    def first_number(number, which):
        return float(re.match(r"[\d.,]*\d", quiz(ending)[number][which][1])[0].replace(",", ""))

    target = dqn_keras.bellman_target
    for number, which, expected in [
        ("01", 1, dqn_keras.discounted_returns([1.0, 1.0, 1.0], 0.5)[0]),
        ("02", 0, dqn_keras.discounted_returns([0.0, 0.0, 1.0], 0.9)[0]),
        ("03", 0, 2 - 0.1 * -3),
        ("03", 1, 4 * 24 + 24),
        ("03", 2, 0.01),
        ("04", 0, 10**4 * 2),
        ("05", 0, 0.9 + 0.1 / 2),
        ("07", 0, target([1.0], [[3.0, 5.0]], [False], 0.9)[0]),
        ("08", 0, 0.1 + 0.1 * 0.9),
        ("09", 0, 1500 - 1000 + 1),
        ("10", 0, 0.99 * 0 + 0.01 * 500),
        ("10", 1, 38 - 1),
        ("11", 0, np.mean([0, 10, 20, 500])),
        ("12", 0, target([1.0], [[8.0, 4.0]], [False], 0.9)[0]),
        ("12", 1, 1 / 2),
        ("14", 0, dqn_keras.td_advantage([1.0], [8.0], [10.0], [False], 0.9)[0]),
        ("16", 1, dqn_keras.discounted_returns([1.0, 1.0, 8.0], 0.5)[0]),
        ("17", 0, (84 - 2) ** 2),
        ("17", 1, dqn_keras.q_network((10, 10, 4), 3, filters=(16,)).layers[1].count_params()),
    ]:
        assert first_number(number, which) == pytest.approx(float(expected)), number
    texts = {
        number: " ".join(a for _, a in questions) for number, questions in quiz(ending).items()
    }
    double = dqn_keras.double_bellman_target([1.0], [[2.0, 7.0]], [[8.0, 4.0]], [False], 0.9)
    assert f"{float(double[0]):.1f}" in texts["12"]
    assert f" {interquartile_mean([0, 10, 20, 500]):g}" in texts["11"].replace("와", " ")
    assert f"{-2 * 0.5 * np.log(0.5):.2f}" in texts["15"]
    assert str(4501 % 2000) in texts["06"]


# What a notebook may take and show while it is graded


@pytest.mark.slow
@pytest.mark.classroom
def test_of_a_flood_of_output_little_is_kept_and_errors_stay_errors():
    pytest.importorskip("nbgrader", reason="the notebooks extra is not installed")
    import nbformat
    from nbgrader.utils import determine_grade
    from traitlets.config import Config

    config = Config()
    names = {"get_config": lambda: config}
    exec((NOTEBOOKS / "nbgrader_config.py").read_text(), names)
    execute = next(
        step for step in config.Autograde.autograde_preprocessors if "Execute" in step.__name__
    )
    floods = {
        "for _ in range(100): print('x' * 1_000_000, end='')": 1,
        "for i in range(100_000): print(i)\nraise AssertionError('z' * 1_000_000)": 0,
        "import sys\nprint('x' * 50_000, flush=True)\nprint('!', file=sys.stderr)": 0,
        "shown = display('a', display_id='b')\nshown.update('a' * 1_000_000)": 1,
        "for i in range(1000): display(i)": 1,
        "display({'image/png': 'a' * 2_000_000, 'text/plain': 'a picture'}, raw=True)": 1,
        "while True: print('x' * 1000)": 0,
        "print('the next cell runs')": 1,
    }
    cells = [nbformat.v4.new_code_cell(code) for code in floods]
    for cell in cells:
        cell.metadata.nbgrader = {"grade": True, "solution": False, "points": 1}
    # The course's seconds would make a slow test; that they are few is seen below.
    graded, _ = execute(timeout=3).preprocess(nbformat.v4.new_notebook(cells=cells), {})
    assert len(nbformat.writes(graded)) < 500_000
    for cell, points in zip(graded.cells, floods.values(), strict=True):
        assert len(json.dumps(cell.outputs)) < 2 * names["CHARACTERS_A_CELL"] + 5000, cell.source
        assert determine_grade(cell)[0] == points, cell.source
    assert names["CUT"] in graded.cells[0].outputs[0].text
    assert graded.cells[-1].outputs[0].text == "the next cell runs\n"
    assert config.ExecutePreprocessor.timeout <= 120


def test_the_lessons_own_outputs_are_far_from_the_limits():
    pytest.importorskip("nbgrader", reason="the notebooks extra is not installed")
    from traitlets.config import Config

    names = {"get_config": Config}
    exec((NOTEBOOKS / "nbgrader_config.py").read_text(), names)
    for path in (NOTEBOOKS / "en").glob("*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            sizes = [names["sizes"](output) for output in cell.get("outputs", ())]
            text, pictures = np.sum(sizes, axis=0) if sizes else (0, 0)
            assert text < names["CHARACTERS_A_CELL"] / 2, path.name
            assert pictures < names["PICTURES_A_CELL"] / 2, path.name
