"""Builds the site from the lessons as they are: English at the top, Korean in ko/.

    python docs/build.py                    # leaves it in docs/site
    python docs/build.py --output FOLDER
    python docs/build.py --serve            # builds it, then shows it on http://localhost:8000

Nothing is executed, and no page of it asks another host for anything.
"""

import argparse
import contextlib
import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
NOTEBOOKS = ROOT / "notebooks"
COLAB = "https://colab.research.google.com/github/{}/blob/main/notebooks/{}/exercises/{}"
SHEETS = "PLANS", "ANSWERS", "QUIZ", "SHEETS", "COMPUTERS"
ENDINGS = {"en": "", "ko": ".ko"}  # TEACHING.md, TEACHING.ko.md
WORDS = {
    "en": {
        "lessons": "Lessons",
        "lessons_text": "In order; each says what it needs and how long it takes.",
        "exercises": "Exercises",
        "exercises_text": (
            "The same lessons to fill in: without solutions, each answer checked as you write it. "
            "Download one and open it in Jupyter{colab}."
        ),
        "colab": ", or click to open it in Colab",
        "lesson": "lesson",
        "download": "download",
        "open": "open in Colab",
        "teacher": "For teachers",
        "results": "Results",
        "api": "The module",
    },
    "ko": {
        "lessons": "강의",
        "lessons_text": "차례대로 읽으면 됩니다. 먼저 볼 강의와 걸리는 시간은 첫머리에 있습니다.",
        "exercises": "연습",
        "exercises_text": (
            "같은 강의를 풀이 없이 담은 노트북입니다. 답을 쓰면 그 자리에서 확인해 줍니다. "
            "내려받아 Jupyter에서 열어 보세요{colab}."
        ),
        "colab": ". Colab에서 바로 열 수도 있습니다",
        "lesson": "강의",
        "download": "내려받기",
        "open": "Colab에서 열기",
        "teacher": "선생님께",
        "results": "측정 결과",
        "api": "모듈",
    },
}
API = {
    "agents": ["DQNAgent", "DQNVariantAgent", "DeepSARSAAgent", "REINFORCEAgent", "A2CAgent"]
    + ["A3CAgent"],
    "environments": ["CartPole", "GridWorld", "Breakout", "Asterix", "GymnasiumEnvironment"]
    + ["as_gymnasium"],
    "blocks": ["ReplayMemory", "Transitions", "epsilon_greedy", "exponential_epsilon"]
    + ["linear_epsilon", "bellman_target", "double_bellman_target"]
    + ["advantage_learning_target", "sarsa_target"]
    + ["discounted_returns", "td_advantage", "q_network", "policy_network", "value_network"]
    + ["update_target", "plot_scores", "plot_q_values"],
    "training": ["train", "History", "evaluate", "record", "save_gif", "mean_of_last_above"]
    + ["running_mean_above", "use_one_thread"],
}


def repository() -> str | None:
    """The `owner/name` of pyproject.toml, if `make address` has written it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    url = project.get("urls", {}).get("Repository")
    return None if url is None else url.removeprefix("https://github.com/")


def page(text: str, language: str) -> str:
    """A page of the repository with its links as they are on the site."""
    text = re.sub(
        r"(\]\((?:\.\./)*)(?:notebooks/)?(?:en|ko)/(\d\d_\w+)\.ipynb", r"\1lessons/\2.ipynb", text
    )
    text = re.sub(r"\]\((?:\.\./)*save_graph/published/", "](/pictures/", text)
    text = text.replace("TEACHING.ko.md", "teaching.md").replace("TEACHING.md", "teaching.md")
    text = text.replace(".ko.md", ".md") if language == "ko" else text
    # The other language is a click on every page; what is not on the site is on the repository's.
    text = re.sub(r"^\(?\[(?:한국어|English)\]\([^)]*\)\)?\.?\n", "", text, flags=re.M)
    url = repository()

    def elsewhere(match):
        label, target = match[1], match[2]
        if re.match(
            r"https?:|#|/pictures/|lessons/|\.\./lessons/|(\.\./)?teacher/|(\.\./)?teaching|[A-Z]+\.md",
            target,
        ):
            return match[0]
        return (
            label
            if url is None
            else f"[{label}](https://github.com/{url}/blob/main/{target.lstrip('./')})"
        )

    return re.sub(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)", elsewhere, text)


def write_pages(folder: Path, language: str) -> None:
    """Lays out one language's pages for Sphinx; the names are the same in both."""
    words, ending, name = WORDS[language], ENDINGS[language], repository()
    lessons = sorted((NOTEBOOKS / language).glob("[0-9][0-9]_*.ipynb"))
    exercises = folder / "exercises" / "exercises"
    for place in (folder / "lessons", folder / "teacher", exercises):
        place.mkdir(parents=True)
    for lesson in lessons:
        notebook = json.loads(lesson.read_text(encoding="utf-8"))
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != "install"]
        (folder / "lessons" / lesson.name).write_text(json.dumps(notebook), encoding="utf-8")
        shutil.copy(NOTEBOOKS / language / "exercises" / lesson.name, exercises)
    shutil.copytree(ROOT / "save_graph" / "published", folder / "pictures")

    def write(path, text):
        (folder / path).write_text(text, encoding="utf-8")

    toc = "\n".join(f"/lessons/{lesson.stem}" for lesson in lessons)
    write(
        "lessons/index.md",
        f"# {words['lessons']}\n\n{words['lessons_text']}\n\n```{{toctree}}\n{toc}\n```\n",
    )
    rows = [f"| {words['lesson']} | | |", "|---|---|---|"]
    for lesson in lessons:
        opened = ""
        if name is not None:
            opened = f"[{words['open']}]({COLAB.format(name, language, lesson.name)})"
        download = f'<a href="exercises/{lesson.name}" download>{words["download"]}</a>'
        rows.append(f"| {title(lesson)} | {download} | {opened} |")
    colab = words["colab"] if name else ""
    text = words["exercises_text"].format(colab=colab)
    write("exercises.md", f"# {words['exercises']}\n\n{text}\n\n" + "\n".join(rows) + "\n")
    guide = page((NOTEBOOKS / f"TEACHING{ending}.md").read_text(encoding="utf-8"), language)
    sheets = "\n".join(f"teacher/{sheet}" for sheet in SHEETS)
    write("teaching.md", f"{guide}\n```{{toctree}}\n:hidden:\n\n{sheets}\n```\n")
    for sheet in sorted((NOTEBOOKS / "teacher").glob("*.md")):
        if sheet.name.endswith(".ko.md") == (language == "ko"):
            text = page(sheet.read_text(encoding="utf-8"), language)
            write(f"teacher/{sheet.name.replace('.ko.md', '.md')}", text)
    results = page((ROOT / "results" / "README.md").read_text(encoding="utf-8"), language)
    write("results.md", re.sub("^# .*", f"# {words['results']}", results, count=1))
    api = [f"# {words['api']}", ""]
    for heading, names in API.items():
        api += [f"## {heading}", ""]
        for member in names:
            kind = "class" if member[0].isupper() else "function"
            members = "\n:members:" if kind == "class" else ""
            api += [f"```{{eval-rst}}\n.. auto{kind}:: dqn_keras.{member}"]
            api += [f"   {members.strip()}" if members else "", "```", ""]
    write("api.md", "\n".join(api))
    write("index.md", (DOCS / f"index{ending}.md").read_text(encoding="utf-8"))


def title(lesson: Path) -> str:
    """The first heading of a notebook."""
    return re.search(r'"# (.*?)\\n"', lesson.read_text(encoding="utf-8"))[1]


def build(output: Path) -> None:
    """Builds both languages; the old site stays until the new one is whole.

    Raises:
        subprocess.CalledProcessError: Sphinx found something wrong, such as a broken link.
    """
    with tempfile.TemporaryDirectory(dir=DOCS, prefix=".building") as temporary:
        site = Path(temporary, "site")
        for language, inner in (("en", "."), ("ko", "ko")):
            pages = Path(temporary, language)
            pages.mkdir()
            write_pages(pages, language)
            command = [sys.executable, "-m", "sphinx", "--builder", "html", "--quiet"]
            command += ["--fail-on-warning", "--keep-going", "--conf-dir", str(DOCS)]
            command += ["--doctree-dir", f"{pages}.doctrees", str(pages), str(site / inner)]
            told = {"DOCS_LANGUAGE": language, "DOCS_PAGES": str(pages)}
            subprocess.run(command, check=True, env={**os.environ, **told})
            for left in ("jupyter_execute", "_sources", ".buildinfo"):  # nothing shows them
                shutil.rmtree(site / inner / left, ignore_errors=True)
        for name in ("index.html", "shared.css", "style.css", "js"):
            source = ROOT / "playground" / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            (site / "playground").mkdir(exist_ok=True)
            copy(source, site / "playground" / name)
        page, here = site / "playground" / "index.html", '<meta name="site" content="'
        page.write_text(
            page.read_text(encoding="utf-8").replace(here, f"{here}../"), encoding="utf-8"
        )
        (site / ".nojekyll").touch()  # GitHub Pages would leave out what begins with _
        shutil.rmtree(output, ignore_errors=True)
        shutil.move(site, output)


def main() -> int:
    """Builds, and serves if it is asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=DOCS / "site", help="where to leave it")
    parser.add_argument("--serve", action="store_true", help="show it on http://localhost:8000")
    options = parser.parse_args()
    try:
        build(options.output)
    except subprocess.CalledProcessError:
        print("error: Sphinx found the above; the old site is left as it was", file=sys.stderr)
        return 1
    print(f"the site is in {options.output}")
    if options.serve:
        handler = functools.partial(
            http.server.SimpleHTTPRequestHandler, directory=str(options.output)
        )
        print("http://localhost:8000 (Ctrl-C ends)")
        server = http.server.ThreadingHTTPServer(("localhost", 8000), handler)
        with server, contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
