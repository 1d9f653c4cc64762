"""The files around the package agree with each other."""

import importlib
import inspect
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import PurePosixPath

import pytest
from conftest import ROOT

import dqn_keras
from dqn_keras import checks

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_requirements_txt_installs_what_runs_the_lessons():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    requirements = [line.strip() for line in lines if line.strip() and line.strip()[0] != "#"]
    notebooks = PROJECT["optional-dependencies"]["notebooks"]  # of them, what a reader needs
    jupyter = [name for name in notebooks if name.startswith(("jupyterlab>", "ipywidgets>"))]
    assert requirements == [*PROJECT["dependencies"], *jupyter, "--editable ."]


def test_the_source_archive_holds_what_the_wheel_is_made_of():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    needed = {f"/{path}" for path in [*wheel["packages"], *wheel["force-include"]]}
    assert needed <= set(build["targets"]["sdist"]["include"])


def test_the_wheel_holds_the_weights_that_lessons_load():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    sources = [path.read_text() for path in (ROOT / "notebooks" / "source").glob("*.py")]
    names = set(re.findall(r'published_weights\("(\w+)"\)', "".join(sources)))
    files = {f"save_model/published/{name}.safetensors" for name in names}
    assert files and files <= set(build["targets"]["wheel"]["force-include"])


def test_the_image_is_given_what_the_wheel_is_made_of():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    for name in build["targets"]["wheel"]["force-include"]:
        path, kept = PurePosixPath(name), True
        for line in (ROOT / ".dockerignore").read_text().split():
            pattern = line.removeprefix("!")
            if any(place.match(pattern) for place in (path, *path.parents)):
                kept = line.startswith("!")
        assert kept, name


@pytest.mark.parametrize("folder", ["en", "ko"])
def test_make_lab_opens_the_first_lesson_with_nothing_but_jupyter_installed(folder):
    makefile = (ROOT / "Makefile").read_text()
    target = {"en": "lab", "ko": "lab-ko"}[folder]
    opens = rf"^{target}: \.venv/lab\n\t\$\(JUPYTER\) (.*)$"
    (lesson,) = re.findall(opens, makefile, re.MULTILINE)
    assert lesson == f"notebooks/{folder}/00_quick_start.ipynb" and (ROOT / lesson).exists()
    (extras,) = re.findall(r"^\.venv/lab: .*\n.*\[(.*)\]", makefile, re.MULTILINE)
    assert extras == "notebooks"


def test_dependencies_have_lower_bounds_only():
    # Colab brings its own numpy and TensorFlow; an upper bound would replace them.
    for dependency in PROJECT["dependencies"]:
        assert re.fullmatch(r"[a-z-]+(\[[a-z-]+\])?>=[\d.]+", dependency), dependency


def test_keras_reads_no_file_for_us():
    """Colab's Keras may be older than 3.15.1, which closed the known holes in its reading."""
    for path in (ROOT / "dqn_keras").rglob("*.py"):
        code = path.read_text()
        assert not re.search(r"load_model|model_from_json|keras\.saving|\.load_weights\(.*h5", code)


def test_the_version_is_told_once_and_again():
    assert dqn_keras.__version__ == PROJECT["version"]


@pytest.mark.parametrize(
    "path, command", [(".ci/run", "make test"), (".github/workflows/test.yml", ".ci/run")]
)
def test_each_check_calls_the_next(path, command):
    lines = (ROOT / path).read_text().splitlines()
    assert any(command in line and not line.lstrip().startswith("#") for line in lines)


def targets():
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_the_commands_of_the_readme_are_targets_of_the_makefile():
    assert {"setup", "run", "test", "benchmark"} <= targets()
    readme = (ROOT / "README.md").read_text()
    assert {"run", "test"} <= set(re.findall(r"\bmake ([a-z-]+)", readme)) <= targets()


READMES = {"en": "README.md", "ko": "README.ko.md"}


@pytest.mark.parametrize("language", READMES)
def test_the_readme_lists_each_lesson_by_its_title(language):
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    for path in (ROOT / "notebooks" / "source").glob("*.py"):
        cell = path.read_text(encoding="utf-8").split(f'lang="{language}"\n# # ')[1]
        row = rf"^\| {re.escape(cell.splitlines()[0])} \|.*\({{}}\).*\({{}}\) \|$"
        folder = f"notebooks/{language}"
        links = f"{folder}/{path.stem}.ipynb", f"{folder}/exercises/{path.stem}.ipynb"
        assert re.search(row.format(*links), text, re.MULTILINE), path.stem


@pytest.mark.parametrize("language", READMES)
def test_the_readmes_links_lead_somewhere(language):
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    places = {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        path, _, place = link.partition("#")
        if not path:
            assert place in places, link
        elif not re.match(r"notebooks/../", path):  # the lessons: see above
            assert (ROOT / path).exists(), link


def test_both_readmes_tell_the_same():
    english, korean = ((ROOT / name).read_text(encoding="utf-8") for name in READMES.values())

    def shape(text):
        return re.findall(r"^#+(?= )|^```(?:python)?|^\|(?=-)|^!(?=\[)", text, re.MULTILINE)

    assert shape(english) == shape(korean)
    measured = english.split("## Measured")[1], korean.split("## 측정 결과")[1]
    rows = [re.findall(r"^\|.*\|$", text, re.MULTILINE) for text in measured]
    numbers = [[sorted(re.findall(r"\d(?:[\d,.]*\d)?", row)) for row in of] for of in rows]
    assert len(numbers[0]) > 30 and numbers[0] == numbers[1]


def lint_imports(folder):
    """Runs the linter of imports as `make lint` does, on the package in a folder."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", code, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copied_package(tmp_path):
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dqn_keras", tmp_path / "dqn_keras", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_no_import_points_up_and_none_goes_in_a_circle():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("place", "line", "broken"),
    [
        ("bellman.py", "from dqn_keras.agents import dqn", "An import points down"),
        ("machinery/files.py", "import dqn_keras.plotting", "An import points down"),
        ("agents/dqn.py", "import dqn_keras.environments.cartpole", "An import points down"),
        ("agents/agent.py", "import dqn_keras.agents.dqn", "No imports go in a circle"),
        ("new_room.py", "import numpy", "An import points down"),
    ],
)
def test_an_import_that_points_up_or_in_a_circle_is_found(copied_package, place, line, broken):
    with open(copied_package / "dqn_keras" / place, "a") as module:
        module.write(f"\n{line}\n")
    done = lint_imports(copied_package)
    assert done.returncode == 1
    assert broken in done.stdout, done.stdout


def test_every_target_sees_to_the_virtual_environment_itself():
    makefile = (ROOT / "Makefile").read_text()
    for target in ("run", "lint", "benchmark"):
        assert re.search(rf"^{target}:.*(\bsetup\b|\.venv/)", makefile, re.MULTILINE), target
    for target in ("test", "test-all", "test-fast"):
        assert re.search(rf"^{target}: lint$", makefile, re.MULTILINE), target


def test_what_make_test_leaves_out_runs_every_night():
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text()
    assert "schedule:" in workflow and "make test-all" in workflow
    (line,) = re.findall(r"^test-all:.*\n\t(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert line == '$(PYTEST) -m ""'


def test_all_is_sorted_and_importable():
    assert dqn_keras.__all__ == sorted(dqn_keras.__all__)
    for name in dqn_keras.__all__:
        assert hasattr(dqn_keras, name), name


def lessons_checks():
    """Pairs of a lesson's module and a check that it defines."""
    for module in pkgutil.iter_modules(checks.__path__, "dqn_keras.classroom.checks."):
        if module.name.rpartition(".")[2].startswith("lesson_"):
            for name in vars(importlib.import_module(module.name)):
                if name.startswith("check_"):
                    yield module.name, name


def test_no_two_lessons_have_a_check_of_the_same_name():
    # `checks` gathers them all, so that the later one would silently take the other's place.
    names = [name for _, name in lessons_checks()]
    assert len(names) > 30
    assert sorted(set(names)) == sorted(names)


def test_each_lesson_calls_its_own_checks_and_each_check_has_tests():
    called, sources = set(), ROOT / "notebooks" / "source"
    for source in sources.glob("*.py"):
        for name in re.findall(r"\bchecks\.(check_\w+)", source.read_text()):
            called.add((f"dqn_keras.classroom.checks.lesson_{source.stem[:2]}", name))
    assert called == set(lessons_checks())
    for module, name in called:
        if name in checks.EXERCISES:
            continue  # test_checks.py tests them all
        tests = (ROOT / "tests" / f"test_{module.rpartition('.')[2]}.py").read_text()
        short = name.removeprefix("check_")
        assert name in tests or f'"{short}"' in tests, f"nothing tests {name}"


def modules():
    yield dqn_keras
    for module in pkgutil.walk_packages(dqn_keras.__path__, "dqn_keras."):
        yield importlib.import_module(module.name)


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.__name__)
def test_everything_public_has_a_docstring(module):
    assert module.__doc__
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if not (inspect.isfunction(thing) or inspect.isclass(thing)):
            continue
        assert inspect.getdoc(thing), name
        for member, method in vars(thing).items() if inspect.isclass(thing) else ():
            if not member.startswith("_") and inspect.isfunction(method):
                assert inspect.getdoc(method), f"{name}.{member}"
