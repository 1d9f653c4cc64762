"""Colab: the first cell installs a commit beside what is there; the lesson then runs."""

import importlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="the notebooks extra is not installed")
import nbformat
from conftest import ROOT
from nbclient import NotebookClient
from packaging.requirements import Requirement

NOTEBOOKS = ROOT / "notebooks"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
sys.path.insert(0, str(NOTEBOOKS))
build, address = map(importlib.import_module, ("build", "address"))

# What Colab lacks; all else that we need it has.
LACKING = re.compile(r".*dqn_keras.*|tyro(-.*)?")
LIST_PACKAGES = """
import importlib.metadata, json
found = {}
for d in importlib.metadata.distributions():  # in the order in which Python looks
    found.setdefault(d.name, [d.version, str(d.locate_file(""))])
print(json.dumps(found))
"""


def git(*arguments, cwd):
    done = subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def new_repository(folder: Path) -> str:
    """Commits the package, as it is in this tree, to a repository of its own; returns the commit.

    A clone of this checkout would not do: pip clones with `--filter`, and where this checkout is
    shallow, git 2.39 does that in an endless recursion.
    """
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("dqn_keras", "notebooks/en", "notebooks/ko", "results"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    git("init", "--quiet", cwd=folder)
    git("add", ".", cwd=folder)
    author = ("-c", "user.name=A teacher", "-c", "user.email=teacher@example.org")
    git(*author, "commit", "--quiet", "--no-gpg-sign", "--message", "The course", cwd=folder)
    return git("rev-parse", "HEAD", cwd=folder)


class Colab:
    """A fresh environment with a kernel, and in it what Colab has before anything is installed.

    Links to the packages that the tests run with stand for Colab's own: to download TensorFlow
    again would take a minute and prove no more. pip takes them for installed, and to replace one
    it would have to put another in front, which `packages` shows.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.python = folder / "environment" / "bin" / "python"
        venv.create(folder / "environment", symlinks=True)
        preinstalled = folder / "preinstalled"
        preinstalled.mkdir()
        for path in Path(sysconfig.get_path("purelib")).iterdir():
            if not LACKING.fullmatch(path.name):
                (preinstalled / path.name).symlink_to(path)
        (site_packages,) = folder.glob("environment/lib/python*/site-packages")
        (site_packages / "preinstalled.pth").write_text(f"{preinstalled}\n")
        kernel = folder / "share" / "kernels" / "colab"
        kernel.mkdir(parents=True)
        command = [str(self.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        described = {"argv": command, "display_name": "Colab", "language": "python"}
        (kernel / "kernel.json").write_text(json.dumps(described))
        (folder / "content").mkdir()

    def packages(self) -> dict[str, list[str]]:
        """Version and place of each distribution that a program would find."""
        done = subprocess.run(
            [self.python, "-c", LIST_PACKAGES],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def run(self, notebook) -> str:
        """Runs all cells; the place of the dqn_keras that they imported."""
        ask = nbformat.v4.new_code_cell("import dqn_keras\nprint(dqn_keras.__file__)")
        notebook.cells.append(ask)
        NotebookClient(
            notebook,
            timeout=build.SECONDS_FOR_A_CELL,
            kernel_name="colab",
            resources={"metadata": {"path": str(self.folder / "content")}},
        ).execute()
        return notebook.cells.pop().outputs[0].text


@pytest.fixture
def colab(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    for name in ("PYTHONPATH", "MPLBACKEND"):  # the tests' own, not Colab's
        monkeypatch.delenv(name, raising=False)
    return Colab(tmp_path)


def lesson(source, language="en"):
    """The lesson as it is published, with nothing run."""
    path = f"{language}/{source.stem}.ipynb"
    told = nbformat.read(NOTEBOOKS / path, as_version=4).metadata
    return build.strip(build.lesson(build.read(source), language, told["numbers"], path))


@pytest.mark.nightly
@pytest.mark.parametrize("number", ["00", "09", "10", "11", "12"])
@pytest.mark.parametrize("language", build.LANGUAGES)
def test_the_first_cell_installs_the_course_and_nothing_else_and_the_lesson_runs(
    colab, tmp_path, monkeypatch, number, language
):
    repository = tmp_path / "repository"
    commit = new_repository(repository)
    monkeypatch.setattr(build, "repository_url", repository.as_uri)
    (source,) = build.lessons([number])
    notebook = lesson(source, language)
    assert f"git+file://{repository}" in notebook.cells[1].source
    before = colab.packages()
    assert {"numpy", "tensorflow"} <= set(before)
    assert not {"dqn-keras", "tyro"} & set(before)

    place = colab.run(notebook)
    assert place.startswith(str(tmp_path / "environment"))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", ()) for output in outputs)

    after = colab.packages()
    assert {name: after[name] for name in before} == before, "something of Colab's was replaced"
    assert {"dqn-keras", "tyro"} <= set(after)
    (told,) = (tmp_path / "environment").rglob("dqn_keras-*.dist-info/direct_url.json")
    assert json.loads(told.read_text())["vcs_info"]["commit_id"] == commit

    # The second time there is nothing to do: the address need not even be there any more.
    shutil.rmtree(repository)
    again = lesson(source, language)
    again.cells = again.cells[:2]
    assert colab.run(again) == place
    assert again.cells[1].outputs == []
    assert colab.packages() == after


@pytest.mark.nightly
def test_without_an_address_the_wheel_that_the_student_uploads_is_installed(colab, tmp_path):
    """`google.colab.files.upload` stores what is chosen in the working folder."""
    new_repository(tmp_path / "repository")
    command = ["-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), "./repository"]
    subprocess.run([sys.executable, *command], cwd=tmp_path, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    (site_packages,) = tmp_path.glob("environment/lib/python*/site-packages")
    (site_packages / "google_colab_for_tests.pth").write_text(f"{tmp_path / 'stands_for_colab'}\n")
    files = tmp_path / "stands_for_colab" / "google" / "colab" / "files.py"
    files.parent.mkdir(parents=True)
    (files.parent / "__init__.py").touch()
    files.write_text(
        f"import shutil\n\ndef upload():\n    shutil.copy({str(wheel)!r}, '.')\n"
        f"    return {{{wheel.name!r}: b''}}\n"
    )
    before = colab.packages()
    notebook = lesson(build.lessons(["00"])[0])
    assert notebook.cells[0].id == "install"
    place = colab.run(notebook)
    assert place.startswith(str(tmp_path / "environment"))
    after = colab.packages()
    assert {name: after[name] for name in before} == before, "something of Colab's was replaced"

    # And outside of notebooks: the command, and the lessons that came with it.
    command = str(tmp_path / "environment" / "bin" / "dqn-keras")
    for arguments in (
        ["lessons", "mine", "--language", "ko"],
        ["train", "slides_dqn", "--episodes", "3"],
        ["evaluate", "slides_dqn", "--episodes", "2"],
    ):
        done = subprocess.run([command, *arguments], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "mine").glob("*.ipynb"))) == len(build.lessons())
    assert (tmp_path / "save_model" / "cartpole_dqn.safetensors").exists()


def test_what_colab_has_is_new_enough():
    listed = (ROOT / "tests" / "colab.txt").read_text().splitlines()
    has = dict(line.lower().replace("_", "-").split("==") for line in listed if line[:1] != "#")
    for needed in map(Requirement, PROJECT["dependencies"]):
        if not LACKING.fullmatch(needed.name):
            assert has[needed.name] in needed.specifier, needed


def tree_to_write_to(folder):
    """A copy of all files that hold the address."""
    for name in ("pyproject.toml", "CITATION.cff", "README.md", "README.ko.md"):
        shutil.copy(ROOT / name, folder)
    for language in build.LANGUAGES:
        shutil.copytree(NOTEBOOKS / language, folder / "notebooks" / language)
    return folder


def test_make_address_writes_it_everywhere_and_runs_no_lesson(tmp_path, monkeypatch):
    tree = tree_to_write_to(tmp_path)
    assert address.write(tree, "teacher/rl.course") >= 4 + 4 * len(build.lessons())
    assert address.write(tree, "teacher/rl.course") == 0
    url = "https://github.com/teacher/rl.course"
    project = tomllib.loads((tree / "pyproject.toml").read_text())["project"]
    assert project["urls"] == {
        "Repository": url,
        "Documentation": "https://teacher.github.io/rl.course/",
    }
    assert project["optional-dependencies"] == PROJECT["optional-dependencies"]
    assert f'repository-code: "{url}"' in (tree / "CITATION.cff").read_text()
    assert "/blob/main/notebooks/ko/00_quick_start.ipynb" in (tree / "README.ko.md").read_text()
    monkeypatch.setattr(build, "repository_url", lambda: url)
    for source in build.lessons():
        told = nbformat.read(NOTEBOOKS / "en" / f"{source.stem}.ipynb", as_version=4).metadata
        for path, expected in build.notebooks(source, build.read(source), told["numbers"]):
            written = nbformat.read(tree / "notebooks" / path, as_version=4)
            here = nbformat.read(NOTEBOOKS / path, as_version=4)
            assert build.strip(written) == build.strip(expected)
            assert f"teacher/rl.course/blob/main/notebooks/{path}" in written.cells[0].source
            mine = [cell for cell in here.cells if cell.id not in ("badge", "install")]
            assert written.cells[2:] == mine, "outputs are kept"
    assert address.write(tree, "fork/of-it") >= 4, "another address takes its place"
    assert "teacher/rl" not in (tree / "README.md").read_text()


@pytest.mark.parametrize("bad", ["", "teacher", "https://github.com/a/b", "a/b/c", "a/b c", "../x"])
def test_what_is_no_address_is_refused_and_nothing_written(bad, tmp_path):
    tree = tree_to_write_to(tmp_path)
    before = {path: path.read_bytes() for path in tree.rglob("*.*") if path.is_file()}
    with pytest.raises(ValueError, match=f"owner/name, got {re.escape(repr(bad))}"):
        address.write(tree, bad)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    "remote, expected",
    [
        ("https://github.com/teacher/course.git", "teacher/course"),
        ("git@github.com:teacher/rl.course", "teacher/rl.course"),
        ("https://example.org/x/y", None),
        (None, None),
    ],
)
def test_the_address_is_read_from_git_remote(remote, expected, tmp_path):
    git("init", "--quiet", cwd=tmp_path)
    if remote:
        git("remote", "add", "origin", remote, cwd=tmp_path)
    if expected:
        assert address.from_remote(tmp_path) == expected
    else:
        with pytest.raises(ValueError, match="make address REPOSITORY=owner/name"):
            address.from_remote(tmp_path)


def test_every_notebook_begins_with_its_install_cell(monkeypatch):
    """Where the course is installed, it does nothing; where it is not, it says what to do."""
    for path in (
        p for language in build.LANGUAGES for p in (NOTEBOOKS / language).rglob("*.ipynb")
    ):
        cells = nbformat.read(path, as_version=4).cells
        ids = [cell.id for cell in cells]
        assert ids.index("install") == (build.repository_url() is not None), path
    code = build.INSTALL_UPLOADED.format(**build.INSTALL_WORDS["ko"])
    code = code.replace('%pip install --quiet "$name"', "raise AssertionError(name)")
    exec(code, {})
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"먼저 설치하세요: pip install dqn_keras-….whl"):
        exec(code, {})
