"""Colab: the first cell installs a commit beside what is there; the lesson then runs."""

import importlib.util
import json
import re
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="the notebooks extra is not installed")
import nbformat
from conftest import ROOT
from nbclient import NotebookClient

NOTEBOOKS = ROOT / "notebooks"
spec = importlib.util.spec_from_file_location("build", NOTEBOOKS / "build.py")
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)

# What Colab lacks, or has too old a release of. All else that we need it has.
LACKING = re.compile(r".*dqn_keras.*|(keras|tyro)(-.*)?")
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
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dqn_keras", folder / "dqn_keras", ignore=ignore)
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


def lesson(source):
    """The lesson as it is published, with nothing run."""
    told = nbformat.read(NOTEBOOKS / "en" / f"{source.stem}.ipynb", as_version=4).metadata
    notebook = build.lesson(build.read(source), "en", told["numbers"], f"en/{source.stem}.ipynb")
    return build.strip(notebook)


@pytest.mark.nightly
@pytest.mark.parametrize("number", ["00", "09"])
def test_the_first_cell_installs_the_course_and_nothing_else_and_the_lesson_runs(
    colab, tmp_path, monkeypatch, number
):
    repository = tmp_path / "repository"
    commit = new_repository(repository)
    monkeypatch.setattr(build, "repository_url", repository.as_uri)
    (source,) = build.lessons([number])
    notebook = lesson(source)
    assert f"git+file://{repository}" in notebook.cells[1].source
    before = colab.packages()
    assert {"numpy", "tensorflow"} <= set(before)
    assert not {"dqn-keras", "keras", "tyro"} & set(before)

    place = colab.run(notebook)
    assert place.startswith(str(tmp_path / "environment"))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    kinds = {kind for output in outputs for kind in output.get("data", ())}
    assert {"image/png", "image/gif"} <= kinds

    after = colab.packages()
    assert {name: after[name] for name in before} == before, "something of Colab's was replaced"
    assert {"dqn-keras", "keras", "tyro"} <= set(after)
    (told,) = (tmp_path / "environment").rglob("dqn_keras-*.dist-info/direct_url.json")
    assert json.loads(told.read_text())["vcs_info"]["commit_id"] == commit

    # The second time there is nothing to do: the address need not even be there any more.
    shutil.rmtree(repository)
    again = lesson(source)
    again.cells = again.cells[:2]
    assert colab.run(again) == place
    assert again.cells[1].outputs == []
    assert colab.packages() == after


@pytest.mark.parametrize("url", [None, "https://github.com/someone/dqn_keras"])
def test_badge_and_install_cell_are_there_once_there_is_an_address(url, tmp_path, monkeypatch):
    project = '[project]\nname = "dqn-keras"\n'
    urls = f'[project.urls]\nRepository = "{url}"\n' if url else ""
    (tmp_path / "pyproject.toml").write_text(project + urls)
    monkeypatch.setattr(build, "ROOT", tmp_path / "notebooks")
    assert build.repository_url() == url
    source = build.lessons(["00"])[0]
    told = nbformat.read(NOTEBOOKS / "en" / f"{source.stem}.ipynb", as_version=4).metadata
    built = list(build.notebooks(source, build.read(source), told["numbers"]))
    assert len(built) == 4
    for path, notebook in built:
        ids = [cell.id for cell in notebook.cells]
        assert ("badge" in ids, "install" in ids) == (bool(url), bool(url))
        if url:
            assert ids[:2] == ["badge", "install"]
            assert f"someone/dqn_keras/blob/main/notebooks/{path}" in notebook.cells[0].source
            assert f"git+{url}" in notebook.cells[1].source


def test_the_notebooks_of_this_repository_have_them_or_not_as_its_address_says():
    notebooks = [p for language in build.LANGUAGES for p in (NOTEBOOKS / language).rglob("*.ipynb")]
    assert len(notebooks) == 4 * len(build.lessons())
    for path in notebooks:
        ids = [cell.get("id") for cell in nbformat.read(path, as_version=4).cells]
        assert ("install" in ids) == ("badge" in ids) == (build.repository_url() is not None), path
