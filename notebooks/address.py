"""Writes the repository's address wherever it is needed; no lesson runs again.

    python notebooks/address.py owner/name      # or make address REPOSITORY=owner/name
    python notebooks/address.py                 # reads it from `git remote`

It goes into pyproject.toml, CITATION.cff, the first lines of README.md and README.ko.md (between
`<!-- address -->` and `<!-- end -->`), and every built notebook: its Colab badge and install cell.
"""

import re
import subprocess
import sys
from pathlib import Path

import build
import nbformat

ROOT = build.ROOT.parent
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")


def from_remote(root: Path) -> str:
    """The `owner/name` of `git remote`'s origin on GitHub.

    Raises:
        ValueError: There is none.
    """
    command = ["git", "-C", str(root), "remote", "get-url", "origin"]
    remote = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    match = re.search(rf"github\.com[:/]({NAME.pattern}?)(?:\.git)?/?$", remote)
    if match is None:
        told = f"git remote is {remote!r}" if remote else "git has no remote origin"
        raise ValueError(f"{told}; say it: make address REPOSITORY=owner/name")
    return match[1]


def texts(root: Path, repository: str) -> dict[Path, str]:
    """What every file outside the notebooks holds once the address is in it."""
    url, owner_and_name = f"https://github.com/{repository}", repository.split("/")
    site = "https://{}.github.io/{}/".format(*owner_and_name)
    project, citation = root / "pyproject.toml", root / "CITATION.cff"
    urls = f'[project.urls]\nRepository = "{url}"\nDocumentation = "{site}"\n\n'
    found = {}
    text = re.sub(r"\[project\.urls\]\n(?:.+\n)*\n", "", project.read_text(encoding="utf-8"))
    found[project] = text.replace(
        "[project.optional-dependencies]", f"{urls}[project.optional-dependencies]", 1
    )
    text = re.sub(
        r"^(repository-code|url): .*\n", "", citation.read_text(encoding="utf-8"), flags=re.M
    )
    found[citation] = text.replace(
        "authors:\n", f'repository-code: "{url}"\nurl: "{site}"\nauthors:\n', 1
    )
    for name, language in (("README.md", "en"), ("README.ko.md", "ko")):
        page = root / name
        badges = (
            f"[![test]({url}/actions/workflows/test.yml/badge.svg)]({url}/actions/workflows/test.yml)\n"
            f"[![Open in Colab]({build.COLAB_BADGE})](https://colab.research.google.com/github/"
            f"{repository}/blob/main/notebooks/{language}/00_quick_start.ipynb)\n"
            f"[{site}]({site}{'ko/' if language == 'ko' else ''})\n"
        )
        text = page.read_text(encoding="utf-8")
        found[page] = re.sub(
            r"<!-- address -->.*?<!-- end -->",
            f"<!-- address -->\n{badges}<!-- end -->",
            text,
            count=1,
            flags=re.S,
        )
    return found


def write(root: Path, repository: str) -> int:
    """Writes the address into a tree; returns how many files changed.

    Raises:
        ValueError: It is not of the form owner/name; nothing is written then.
    """
    if not NAME.fullmatch(repository):
        raise ValueError(f"REPOSITORY must be owner/name, got {repository!r}")
    changed = 0
    for path, text in texts(root, repository).items():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed += 1
    notebooks = root / "notebooks"
    for language in build.LANGUAGES:
        for path in sorted((notebooks / language).rglob("[0-9][0-9]_*.ipynb")):
            before = path.read_text(encoding="utf-8")
            notebook = nbformat.reads(before, as_version=4)
            name = path.relative_to(notebooks).as_posix()
            build.add_install(notebook, language, name, f"https://github.com/{repository}")
            after = nbformat.writes(notebook) + "\n"
            if after != before:
                path.write_text(after, encoding="utf-8")
                changed += 1
    return changed


def main(arguments: list[str] | None = None) -> int:
    """Writes it here."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        repository = arguments[0] if arguments else from_remote(ROOT)
        print(f"{repository}: {write(ROOT, repository)} files changed")
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
