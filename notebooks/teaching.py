"""Writes what of the teacher's guide can be computed, and the folder to hand out.

    python notebooks/teaching.py               # the plans' tables and the pages of answers
    python notebooks/teaching.py --check       # are they what lessons and checks say today?
    python notebooks/teaching.py handout FOLDER --language ko      # exercises, no solutions
    python notebooks/teaching.py handout FOLDER --lessons 05 07

Minutes, prerequisites, stars and points come from the lessons (`source/`), hints from the checks,
the questions to ask from `teacher/questions.toml`. Tables are written into TEACHING.md and
teacher/PLANS.md, between `<!-- table: NAME -->` and `<!-- end -->`; teacher/ANSWERS.md is written
whole. All of them exist in Korean too.
"""

import argparse
import dataclasses
import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TEACHER = ROOT / "teacher"
ENDINGS = {"en": "", "ko": ".ko"}  # TEACHING.md, TEACHING.ko.md
HINTS_AN_EXERCISE = 5
TITLE = re.compile(r"^# # \d\d · (.+)$", re.M)
HEADER = re.compile(
    r"^# \*\*(?:Time|시간)\*\* (\d+)"
    r"(?:[^\n·]*?(?: or |건너뛰면 |까지만 하면 )(\d+))?"  # the short way
    r"[^\n]*?·\s*\*\*[^*]+\*\* (.*?)\n#\n",
    re.M | re.S,
)
HEADING = re.compile(r"^# ## ([^\n]+?) (★+)☆* (\d+) ?(?:minutes|분)$", re.M)
NUMBERS = re.compile(r"(?<!\d)(\d\d)(?!\d)(?:(?: to |~)(\d\d)(?!\d))?")


@dataclasses.dataclass(frozen=True)
class Task:
    """An exercise or a bug hunt as its lesson announces it."""

    name: str
    titles: dict[str, str]
    stars: int
    minutes: int
    points: int


@dataclasses.dataclass(frozen=True)
class Lesson:
    """What a lesson's header says; `needs` are the numbers of other lessons."""

    stem: str
    titles: dict[str, str]
    minutes: int
    short: int | None  # minutes without what may be left out, if the header says so
    needs: tuple[str, ...]
    tasks: tuple[Task, ...]

    @property
    def number(self) -> str:
        """The lesson's, such as "07"."""
        return self.stem[:2]

    def link(self, language: str, above: str = "") -> str:
        """Its title as a link, from `notebooks/` or from a folder so far below."""
        text = f"{self.number} · {self.titles[language]}"
        return f"[{text}]({above}{language}/{self.stem}.ipynb)"


@dataclasses.dataclass(frozen=True)
class Pause:
    """Minutes of a plan that no lesson fills: a break, a quiz, questions.

    Without a number of its own it takes what is left of its week.
    """

    minutes: int | None
    en: str
    ko: str


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is taught, and when.

    Args:
        sittings: In order; each holds lessons, by their numbers ("02*": the short way), and
            pauses.
        ko: The plan's name in Korean.
        known: Lessons whose content is taken for granted.
        weekly: How many minutes each sitting takes; its table has one row for a sitting.
    """

    sittings: list[list[str | Pause]]
    ko: str
    known: tuple[str, ...] = ()
    weekly: int = 0


def _break(minutes):
    return Pause(minutes, "break", "쉬는 시간")


def _week(*lessons, quiz=10):
    first = Pause(quiz, "quiz on the week before", "지난 시간 퀴즈")
    questions = Pause(None, "questions", "질문")
    return [*([first] if quiz else []), *lessons, questions]


PLANS = {
    "45 minutes": Plan(
        [
            [
                Pause(10, "open the notebook, run its first cell", "노트북 열기, 첫 셀 실행"),
                "00*",
                Pause(10, "questions; what comes next", "질문, 다음에 배울 것"),
            ]
        ],
        "45분",
    ),
    "afternoon": Plan(
        [
            ["00*", "01", _break(10), "02*", _break(10), "03"]
            + [Pause(10, "questions, quiz on 03", "질문, 03강 퀴즈")]
        ],
        "반나절",
    ),
    "afternoon, tables known": Plan(
        [
            ["00*", "05", _break(10), "06", _break(10), "07"]
            + [Pause(20, "08 and 09 as a demonstration", "08강과 09강은 시연만")]
        ],
        "반나절, 테이블 방법을 아는 반",
        known=("01", "02", "03", "04"),
    ),
    "two days": Plan(
        [
            [
                Pause(15, "set up", "설치 확인"),
                *("00*", "01", _break(10), "02*"),
                Pause(60, "lunch", "점심"),
                *("03", _break(10), "04", _break(10), "05"),
                Pause(10, "questions", "질문"),
            ],
            [
                Pause(10, "quiz on the first day", "첫날 퀴즈"),
                *("06", _break(10), "07"),
                Pause(60, "lunch", "점심"),
                *("08", _break(10), "09", _break(10), "13"),
                Pause(10, "questions, where to go on", "질문, 더 공부할 것"),
            ],
        ],
        "이틀",
    ),
    "term": Plan(
        [
            _week("00", quiz=0),
            *(_week(n) for n in ("01", "02", "03", "04")),
            ["05", Pause(20, "paper sheet 1", "종이 문제 1"), Pause(None, "questions", "질문")],
            *(_week(n) for n in ("06", "07", "08", "09")),
            ["10", Pause(20, "paper sheet 2", "종이 문제 2"), Pause(None, "questions", "질문")],
            _week("11", "12", quiz=0),
            *(_week(n) for n in ("13", "14", "15", "16")),
        ],
        "한 학기",
        weekly=90,
    ),
}
WORDS = {
    "en": ("day", "from minute", "minutes", "what", "sum", "week", "lessons", "besides", "points"),
    "ko": ("일차", "시작(분)", "분", "내용", "합계", "주", "강의", "그 밖에", "점"),
}
TOLD = {
    "en": (
        "Answers students give, and what to ask",
        "What the checks say to the most telling wrong answers, in the order in which they are "
        "tried, and what a teacher can *ask* instead of telling. The solutions are in the lesson "
        "behind each heading's link.",
        "The check says",
        "Ask",
    ),
    "ko": (
        "학생들의 오답과 던질 질문",
        "대표적인 오답에 확인 코드가 하는 말과, 답을 알려 주는 대신 선생님이 "
        "*던질 수 있는 질문*입니다. 풀이는 각 제목에 걸린 강의 노트북에 있습니다.",
        "확인 코드가 하는 말",
        "던질 질문",
    ),
}


def lessons() -> dict[str, Lesson]:
    """All lessons by their numbers.

    Raises:
        ValueError: A header is not readable, or its two languages do not say the same.
    """
    read = (_lesson(path) for path in sorted((ROOT / "source").glob("[0-9][0-9]_*.py")))
    return {lesson.number: lesson for lesson in read}


def _lesson(path: Path) -> Lesson:
    text = path.read_text(encoding="utf-8")
    headers, headings, titles = HEADER.findall(text), HEADING.findall(text), TITLE.findall(text)
    if len(headers) != 2 or len(titles) != 2:
        raise ValueError(f"{path.name} needs a title and a line **Time** … **Needs** a language")
    told = [(int(m), int(short) if short else None, _numbers(needs)) for m, short, needs in headers]
    if told[0] != told[1]:
        raise ValueError(f"{path.name}: English says {told[0]}, Korean {told[1]}")
    names = re.findall(r'^# %% exercise="(\w+)"', text, re.M)
    points = dict(re.findall(r'^# %% check="(\w+)" points=(\d+)', text, re.M))
    english, korean = headings[0::2], headings[1::2]
    tasks = []
    for name, here, there in zip(names, english, korean, strict=True):
        if here[1:] != there[1:]:
            raise ValueError(f"{path.name}, {name}: English says {here[1:]}, Korean {there[1:]}")
        titles_of = {"en": here[0], "ko": there[0]}
        tasks.append(Task(name, titles_of, len(here[1]), int(here[2]), int(points[name])))
    return Lesson(path.stem, dict(zip(ENDINGS, titles, strict=True)), *told[0], tuple(tasks))


def _numbers(needs: str) -> tuple[str, ...]:
    """The lessons that a header names: 00, 04, 05 and 06 in "00 and 04 to 06"."""
    found = []
    for first, last in NUMBERS.findall(needs):
        found += [f"{n:02d}" for n in range(int(first), int(last or first) + 1)]
    return tuple(found)


def complaints(plan: Plan, known_lessons: dict[str, Lesson]) -> list[str]:
    """What of a plan cannot be taught as it stands."""
    seen, wrong = set(plan.known), []
    items = [item for sitting in plan.sittings for item in sitting if isinstance(item, str)]
    for number in (item[:2] for item in items):
        missing = [need for need in known_lessons[number].needs if need not in seen]
        if missing:
            wrong.append(f"{number} comes before {', '.join(missing)}")
        if number in seen:
            wrong.append(f"{number} comes twice")
        seen.add(number)
    return wrong


def _minutes(item, of: dict[str, Lesson]) -> int | None:
    if not isinstance(item, str):
        return item.minutes
    lesson = of[item[:2]]
    return lesson.short if item.endswith("*") else lesson.minutes


def minutes_of(plan: Plan, of: dict[str, Lesson]) -> list[list[int]]:
    """How long each lesson and each pause of each sitting takes.

    Raises:
        ValueError: A week is too short for what is planned in it, or nothing fills it.
    """
    spent = []
    for number, sitting in enumerate(plan.sittings, start=1):
        minutes = [_minutes(item, of) for item in sitting]
        left = plan.weekly - sum(m for m in minutes if m is not None)
        if plan.weekly and (left < 0 or (left > 0 and None not in minutes)):
            raise ValueError(f"week {number}: {left} minutes are left of {plan.weekly}")
        spent.append([left if m is None else m for m in minutes])
    return spent


def markdown(rows) -> str:
    """Rows as a table; the first is its head."""
    head, *others = rows
    rows = [head, ["---"] * len(head), *others]
    return "\n".join(
        "|" + "".join(f" {cell} |" if cell != "" else " |" for cell in row) for row in rows
    )


def _told(item, of: dict[str, Lesson], language: str) -> str:
    """A lesson as a link, or what a pause is for."""
    if not isinstance(item, str):
        return getattr(item, language)
    short = {"en": " (the short way)", "ko": " (짧게)"}[language] if item.endswith("*") else ""
    return of[item[:2]].link(language, "../") + short


def plan_table(name: str, of: dict[str, Lesson], language: str) -> str:
    """A plan as a Markdown table."""
    plan = PLANS[name]
    if wrong := complaints(plan, of):
        raise ValueError(f"plan {name!r}: {'; '.join(wrong)}")
    day, start, minutes, what, total, week, title, besides, _ = WORDS[language]
    rows = [[week, title, minutes, besides, total] if plan.weekly else [start, minutes, what]]
    sittings = zip(plan.sittings, minutes_of(plan, of), strict=True)
    for number, (sitting, spent) in enumerate(sittings, start=1):
        told = [_told(item, of, language) for item in sitting]
        if plan.weekly:
            taught = [i for i, item in enumerate(sitting) if isinstance(item, str)]
            pauses = [i for i in range(len(sitting)) if i not in taught and spent[i]]
            others = [f"{told[i]} ({spent[i]})" for i in pauses]
            taught_minutes = sum(spent[i] for i in taught)
            links = ", ".join(told[i] for i in taught)
            rows.append([number, links, taught_minutes or "", ", ".join(others), sum(spent)])
            continue
        if len(plan.sittings) > 1:
            rows.append(
                ["", "", f"**{day} {number}**" if language == "en" else f"**{number}{day}**"]
            )
        for i, text in enumerate(told):
            rows.append([sum(spent[:i]), spent[i], text])
        rows.append(["", f"**{sum(spent)}**", f"**{total}**"])
    return markdown(rows)


def overview(of: dict[str, Lesson], language: str) -> str:
    """All plans in a table: how long, which lessons, what is taken as known."""
    heads = {
        "en": ("if you have", "minutes, breaks included", "lessons", "taken as known"),
        "ko": ("시간이 이만큼이면", "분(쉬는 시간 포함)", "강의", "안다고 보는 것"),
    }
    rows = [heads[language]]
    for name, plan in PLANS.items():
        spent = [sum(minutes) for minutes in minutes_of(plan, of)]
        times = f"{len(spent)} × {plan.weekly}" if plan.weekly else " + ".join(map(str, spent))
        taught = [i[:2] for sitting in plan.sittings for i in sitting if isinstance(i, str)]
        told = name if language == "en" else plan.ko
        rows.append([told, times, ", ".join(taught), ", ".join(plan.known)])
    return markdown(rows)


def stars_of(number: int) -> str:
    """★★☆ for 2."""
    return "★" * number + "☆" * (3 - number)


def points_table(of: dict[str, Lesson], language: str) -> str:
    """How many points the lessons' exercises give: a table of one line a number of stars."""
    stars, points, tasks = {}, 0, [task for lesson in of.values() for task in lesson.tasks]
    for task in tasks:
        stars.setdefault(task.stars, []).append(task)
        points += task.points
    heads = {
        "en": ("stars", "exercises", "minutes each", "points each"),
        "ko": ("별", "문제 수", "문제당 분", "문제당 점수"),
    }
    rows = [heads[language]]
    for number, those in sorted(stars.items()):
        spans = [sorted({getattr(task, what) for task in those}) for what in ("minutes", "points")]
        minutes, each = ("–".join(map(str, dict.fromkeys([s[0], s[-1]]))) for s in spans)
        rows.append([stars_of(number), len(those), minutes, each])
    total = WORDS[language][4]
    return markdown([*rows, [f"**{total}**", f"**{len(tasks)}**", "", f"**{points}**"]])


def filled(path: Path, of: dict[str, Lesson], language: str) -> str:
    """A page's text with the tables between its markers written anew."""

    def fill(match):
        name = match[1]
        makers = {"plans": overview, "points": points_table}
        made = makers[name](of, language) if name in makers else plan_table(name, of, language)
        return f"<!-- table: {name} -->\n\n{made}\n\n<!-- end -->"

    text = path.read_text(encoding="utf-8")
    return re.sub(r"<!-- table: ([^>]+?) -->.*?<!-- end -->", fill, text, flags=re.S)


def answers(language: str, of: dict[str, Lesson]) -> str:
    """The page with the checks' hints and the questions to ask."""
    from dqn_keras.classroom.checks import EXERCISES

    questions = tomllib.loads((TEACHER / "questions.toml").read_text(encoding="utf-8"))
    title, opening, says, ask = TOLD[language]
    _, _, minutes, *_, points = WORDS[language]
    lines = [f"# {title}", "", opening]
    for lesson in of.values():
        lines += ["", f"## {lesson.link(language, '../')}"]
        for task in lesson.tasks:
            amounts = (
                f"{task.minutes} {minutes}, {task.points} {points}"
                if language == "en"
                else f"{task.minutes}{minutes}, {task.points}{points}"
            )
            lines += [
                "",
                f"### {task.titles[language]}",
                "",
                f"`{task.name}` {stars_of(task.stars)} {amounts}",
            ]
            check = EXERCISES.get(f"check_{task.name}")
            hints = [] if check is None else [mistake[1:] for mistake in check.mistakes]
            told = dict.fromkeys(hint[language == "ko"] for hint in hints)
            if told:
                lines += ["", f"**{says}**", ""]
                lines += [f"- {hint}" for hint in list(told)[:HINTS_AN_EXERCISE]]
            lines += ["", f"**{ask}**", ""]
            lines += [f"- {question}" for question in questions[task.name][language]]
    return "\n".join(lines) + "\n"


def generated() -> dict[Path, str]:
    """The text of every file that this program writes."""
    of, files = lessons(), {}
    for language, ending in ENDINGS.items():
        for path in (ROOT / f"TEACHING{ending}.md", TEACHER / f"PLANS{ending}.md"):
            files[path] = filled(path, of, language)
        files[TEACHER / f"ANSWERS{ending}.md"] = answers(language, of)
    return files


def handout(folder: Path, language: str, numbers=()) -> list[Path]:
    """Makes a folder for students: the exercises of one language, and no solution.

    Args:
        folder: Made here; if it exists, it has to be empty.
        language: "en" or "ko".
        numbers: Of the lessons; all of them if empty.

    Returns:
        The notebooks in it.

    Raises:
        ValueError: There is no such lesson, the folder holds something, or a notebook still holds
            a solution; nothing is left behind then.
    """
    of = lessons()
    if unknown := sorted(set(numbers) - set(of)):
        raise ValueError(f"there is no lesson {', '.join(unknown)}: choose from {', '.join(of)}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{str(folder)!r} is there already; name a new or an empty folder")
    chosen = [of[number] for number in sorted(set(numbers) or of)]
    sources = [ROOT / language / "exercises" / f"{lesson.stem}.ipynb" for lesson in chosen]
    for source in sources:
        if given_away := unsolved_problems(source):
            raise ValueError(f"{source.name} gives away {', '.join(given_away)}: build it anew")
    folder.mkdir(parents=True, exist_ok=True)
    if any("load_results(" in source.read_text(encoding="utf-8") for source in sources):
        ignore = shutil.ignore_patterns("*.md")  # the runs that these lessons draw
        shutil.copytree(ROOT.parent / "results", folder / "results", ignore=ignore)
    return [Path(shutil.copy(source, folder)) for source in sources]


def unsolved_problems(notebook: Path) -> list[str]:
    """What of an exercise notebook is not to be handed out: filled exercises, outputs."""
    wrong = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        code, mark = "".join(cell["source"]), cell["metadata"].get("nbgrader", {})
        name = mark.get("grade_id", code[:30])
        if mark.get("solution") and "raise NotImplementedError" not in code:
            wrong.append(f"the solution of {name}")
        if "BEGIN SOLUTION" in code:
            wrong.append(f"the marked solution in {name}")
        if cell.get("outputs"):
            wrong.append(f"the output of {name}")
    return wrong


def main(arguments=None) -> int:
    """Writes, checks or hands out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    commands = parser.add_subparsers(dest="command", metavar="handout")
    giving = commands.add_parser("handout", help="a folder of exercises without solutions")
    giving.add_argument("folder", type=Path)
    giving.add_argument("--language", choices=ENDINGS, default="en")
    giving.add_argument("--lessons", nargs="+", metavar="NN", default=())
    options = parser.parse_args(arguments)
    try:
        if options.command:
            made = handout(options.folder, options.language, options.lessons)
            print(f"{len(made)} notebooks in {options.folder}, without solutions")
            return 0
        files = generated()
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    stale = [
        path
        for path, text in files.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if options.check:
            print(f"{path.relative_to(ROOT)} is not what lessons and checks say")
        else:
            path.write_text(files[path], encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return int(options.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
