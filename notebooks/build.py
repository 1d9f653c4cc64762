"""Builds the lessons: one source each, four notebooks each.

    python notebooks/build.py              # all lessons
    python notebooks/build.py 06 08        # some
    python notebooks/build.py --check      # are the built notebooks what their sources say?
    python notebooks/build.py --explore    # puts the explorables as they are now into what is built

A source (`source/NN_name.py`, jupytext's percent format) holds a lesson once. Its cells carry

    # %% [markdown] lang="en"       prose of one language; without lang, of both
    # %%                            code, the same in both
    # %% exercise="name"            code with ### BEGIN SOLUTION ... ### END SOLUTION in it
    # %% check="name" points=2      the check of that exercise
    # %% figure="name"              its picture is also kept as save_graph/published/{name}.png

and prose may hold {{expression:format}}, which is evaluated after the lesson has run, so that no
number in a text can differ from the output it speaks of. {{expression:format|20%}} says how far the
number may be off when the lesson runs on another machine.

Every notebook begins with a cell that installs the course where it is missing, as on Colab. The
Korean notebooks' next code cell has a line more: checks speak Korean there.

From each source come `en/` and `ko/` (executed, with solutions) and `en/exercises/` and
`ko/exercises/` (solutions taken out, nothing executed, nbgrader's metadata on the cells).
"""

import argparse
import base64
import copy
import io
import json
import re
import sys
import tomllib
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbgrader.preprocessors import ClearSolutions
from PIL import Image
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "source"
LANGUAGES = ("en", "ko")
NUMBER = re.compile(r"\{\{(.+?)(?::([^:|{}]*))?(?:\|(\d+)%)?\}\}")
SECONDS_FOR_A_CELL = 300
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
EXPLORED = re.compile(r'^explore\("(\w+)"\)$', re.M)
IN_KOREAN = 'checks.use_language("ko")  # 확인 결과를 한국어로 보여 줍니다'
COLAB_BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
# The first code cell of every notebook; `$name` is IPython's.
INSTALL = """\
# {purpose}
import importlib.util

if importlib.util.find_spec("dqn_keras") is None:
    %pip install --quiet "dqn-keras @ git+{url}"
"""
INSTALL_UPLOADED = """\
# {purpose}
import importlib.util

if importlib.util.find_spec("dqn_keras") is None:
    try:
        from google.colab import files
    except ImportError:
        raise ImportError("{not_on_colab}") from None
    print("{upload}")
    for name in files.upload():
        %pip install --quiet "$name"
"""
INSTALL_WORDS = {
    "en": {
        "purpose": "Installs the course where it is missing, such as on Colab; else does nothing.",
        "not_on_colab": "install the course first: pip install dqn_keras-….whl",
        "upload": "Upload the course, the file dqn_keras-….whl that your teacher gave you.",
    },
    "ko": {
        "purpose": "강의 패키지가 없는 곳(Colab 등)에 설치합니다. 있으면 아무 일도 하지 않습니다.",
        "not_on_colab": "강의 패키지를 먼저 설치하세요: pip install dqn_keras-….whl",
        "upload": "선생님께 받은 강의 파일 dqn_keras-….whl을 올려 주세요.",
    },
}


def lessons(wanted=()) -> list[Path]:
    """The sources, in order; only those whose names begin with one of `wanted`, if given."""
    sources = sorted(SOURCES.glob("[0-9][0-9]_*.py"))
    if wanted:
        sources = [s for s in sources if s.stem.startswith(tuple(wanted))]
        if not sources:
            raise SystemExit(f"error: no lesson begins with {', '.join(wanted)}")
    return sources


def read(source: Path) -> nbformat.NotebookNode:
    """A source as a notebook of both languages, with steady cell ids."""
    notebook = jupytext.read(source, fmt="py:percent")
    notebook.metadata = METADATA
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell.id = f"{source.stem[:2]}-{number:03d}"
    return notebook


def numbers_in(notebook) -> list[str]:
    """Every expression that prose asks for, once."""
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return sorted({match[0] for text in texts for match in NUMBER.findall(text)})


def execute(notebook, folder: Path) -> tuple[nbformat.NotebookNode, dict[str, object]]:
    """Runs all cells in a fresh kernel.

    Args:
        notebook: As `read` gives it; left as it is.
        folder: The kernel's working folder.

    Returns:
        The notebook with outputs, and the value of each expression in prose.
    """
    notebook = copy.deepcopy(notebook)
    wanted = numbers_in(notebook)
    lines = "\n".join(
        f"__numbers[{text!r}] = (lambda v: v.item() if hasattr(v, 'item') else v)({text})"
        for text in wanted
    )
    asked = nbformat.v4.new_code_cell(
        f"__numbers = {{}}\n{lines}\nimport json\nprint(json.dumps(__numbers))", id="numbers"
    )
    notebook.cells.append(asked)
    NotebookClient(
        notebook, timeout=SECONDS_FOR_A_CELL, resources={"metadata": {"path": str(folder)}}
    ).execute()
    for output in (o for cell in notebook.cells for o in cell.get("outputs", ())):
        if "image/png" in output.get("data", ()):
            output.data["image/png"] = smaller(output.data["image/png"])
    values = json.loads("".join(o.text for o in notebook.cells.pop().outputs if "text" in o))
    return notebook, values


def smaller(png: str) -> str:
    """A picture, in base64, with at most 128 colours: a third of the size, the same to the eye."""
    image = Image.open(io.BytesIO(base64.b64decode(png)))
    if getattr(image, "is_animated", False) or image.mode == "P":
        return png
    buffer = io.BytesIO()
    few = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    few.save(buffer, "PNG", optimize=True)
    return min(base64.b64encode(buffer.getvalue()).decode(), png, key=len)


def render(text: str, values: dict) -> str:
    """Prose with its numbers filled in."""
    return NUMBER.sub(lambda match: format(values[match[1]], match[2] or ""), text)


def in_language(notebook, language: str, values: dict) -> nbformat.NotebookNode:
    """One language's notebook: the other's prose left out, numbers filled in."""
    notebook = copy.deepcopy(notebook)
    cells = []
    for cell in notebook.cells:
        if cell.metadata.get("lang", language) != language:
            continue
        if cell.cell_type == "markdown":
            cell.source = render(cell.source, values)
        cells.append(cell)
    notebook.cells = cells
    if language == "ko":
        speak_korean(notebook)
    notebook.metadata = {**METADATA, "numbers": values}  # the kernel adds its version and more
    return notebook


def speak_korean(notebook) -> None:
    """Has checks and explorables speak Korean, and what spoke already have spoken it; in place."""
    from dqn_keras.classroom.checks.messages import MESSAGES

    english, korean = (re.sub(r"{\w+}", "{}", text) for text in MESSAGES["right"])
    said = re.compile(english.format(r"(\w+)"))
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    codes[0].source += f"\n\n{IN_KOREAN}"
    for cell in codes:
        for output in cell.outputs if cell.metadata.get("check") else ():
            if "text" in output:
                output.text = said.sub(korean.format(r"\1"), output.text)
    explore(notebook, "ko")


def explore(notebook, language: str) -> None:
    """Shows explorables in this language and as they are now, where any are shown; in place."""
    from dqn_keras.classroom.explorables import Explorable

    for cell in notebook.cells:
        if called := EXPLORED.search(cell.source):
            for output in cell.get("outputs", ()):
                output.data = Explorable(called[1], language)._repr_mimebundle_()


def lesson(notebook, language: str, values: dict, path: str) -> nbformat.NotebookNode:
    """The notebook to read: solutions shown, their markers taken out."""
    notebook = in_language(notebook, language, values)
    add_install(notebook, language, path, repository_url())
    count = 0
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            count += 1
            cell.source = re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", cell.source).rstrip("\n")
            cell.execution_count = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = count
    return notebook


def exercises(notebook, language: str, values: dict, path: str) -> nbformat.NotebookNode:
    """The notebook to hand out: solutions cleared by nbgrader's own preprocessor, not executed."""
    notebook = in_language(notebook, language, values)
    add_install(notebook, language, path, repository_url())
    for cell in notebook.cells:
        exercise, check = cell.metadata.get("exercise"), cell.metadata.get("check")
        points = cell.metadata.get("points", 1)
        cell.metadata = {}
        if exercise or check:
            cell.metadata["nbgrader"] = {
                "schema_version": 3,
                "grade_id": f"{'check-' if check else ''}{exercise or check}",
                "grade": bool(check),
                "solution": bool(exercise),
                "locked": bool(check),
                "task": False,
                **({"points": points} if check else {}),
            }
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    config = Config()
    config.ClearSolutions.code_stub = {"python": "raise NotImplementedError  # your code here"}
    notebook, _ = ClearSolutions(config=config).preprocess(notebook, {})
    notebook.metadata.pop("celltoolbar", None)
    return notebook


def repository_url() -> str | None:
    """The repository's address, from [project.urls] of pyproject.toml; None while it is not set."""
    project = tomllib.loads((ROOT.parent / "pyproject.toml").read_text())["project"]
    return project.get("urls", {}).get("Repository")


def add_install(notebook, language: str, path: str, url: str | None) -> None:
    """Puts the install cell in front and, if the repository has an address, a Colab badge.

    Args:
        notebook: Changed in place; what an earlier call put there is replaced.
        language: Of its messages.
        path: The notebook's, below `notebooks/`.
        url: The repository's address; without one, students are asked for the wheel.
    """
    code = (INSTALL if url else INSTALL_UPLOADED).format(url=url, **INSTALL_WORDS[language])
    install = nbformat.v4.new_code_cell(code.rstrip("\n"), id="install")
    front = [install]
    if url is not None:
        repository = url.removesuffix(".git").removeprefix("https://github.com/")
        link = f"https://colab.research.google.com/github/{repository}/blob/main/notebooks/{path}"
        badge = f"[![Open in Colab]({COLAB_BADGE})]({link})"
        front.insert(0, nbformat.v4.new_markdown_cell(badge, id="badge"))
    rest = [cell for cell in notebook.cells if cell.id not in ("badge", "install")]
    was = [cell.execution_count for cell in notebook.cells if cell.id == "install"]
    install.execution_count = was[0] if was else None
    notebook.cells = [*front, *rest]


def strip(notebook) -> nbformat.NotebookNode:
    """A notebook without outputs and values: what has to be the same as its source."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def notebooks(source: Path, notebook, values: dict[str, object]):
    """The four notebooks of a source: pairs of a path below `notebooks/` and a notebook.

    Args:
        source: The lesson.
        notebook: As `read` gives it, executed or not.
        values: Of the expressions in prose.
    """
    for language in LANGUAGES:
        for make, folder in ((lesson, language), (exercises, f"{language}/exercises")):
            path = f"{folder}/{source.stem}.ipynb"
            yield path, make(notebook, language, values, path)


def build(source: Path) -> None:
    """Executes a lesson and writes its four notebooks."""
    from dqn_keras.machinery.files import write_atomically

    notebook, values = execute(read(source), ROOT)
    for cell in notebook.cells:
        if name := cell.metadata.get("figure"):
            (picture,) = (o.data["image/png"] for o in cell.outputs if o.output_type != "stream")
            path = ROOT.parent / "save_graph" / "published" / f"{name}.png"
            write_atomically(path, base64.b64decode(picture))
    for path, built in notebooks(source, notebook, values):
        write_atomically(ROOT / path, (nbformat.writes(built) + "\n").encode())


def explore_anew(source: Path) -> None:
    """Puts the explorables as they are now into a lesson's built notebooks."""
    from dqn_keras.machinery.files import write_atomically

    for language in LANGUAGES:
        path = ROOT / language / f"{source.stem}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        explore(notebook, language)
        write_atomically(path, (nbformat.writes(notebook) + "\n").encode())


def stale(source: Path) -> list[str]:
    """What of a lesson's built notebooks is not what its source says."""
    notebook = read(source)
    english = ROOT / LANGUAGES[0] / f"{source.stem}.ipynb"
    if not english.exists():
        return [f"{source.stem} was never built"]
    values = nbformat.read(english, as_version=4).metadata.get("numbers", {})
    if missing := [text for text in numbers_in(notebook) if text not in values]:
        return [f"{source.stem} lacks the numbers {missing}"]
    return [
        f"{path} differs from its source"
        for path, expected in notebooks(source, notebook, values)
        if not (ROOT / path).exists()
        or strip(nbformat.read(ROOT / path, as_version=4)) != strip(expected)
    ]


def main() -> int:
    """Builds or checks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", metavar="NN", help="only these lessons")
    parser.add_argument("--check", action="store_true", help="build nothing, say what is stale")
    parser.add_argument("--explore", action="store_true", help="only put explorables in anew")
    options = parser.parse_args()
    sources = lessons(options.lessons)
    if options.check:
        complaints = [text for source in sources for text in stale(source)]
        print("\n".join(complaints) or f"{len(sources)} lessons are up to date")
        return bool(complaints)
    for source in sources:
        print(f"building {source.stem}", flush=True)
        (explore_anew if options.explore else build)(source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
