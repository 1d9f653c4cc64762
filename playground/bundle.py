"""Makes files that work without a server and without the internet: the page and the explorables.

    python playground/bundle.py                       # the page in playground/playground.html
    python playground/bundle.py --output FILE
    python playground/bundle.py --site https://…/     # with links to the lessons of a site

Each module becomes a function that returns what it exports; the worker's modules go in as text,
from which the page makes a Blob. The explorables' scripts go where the package ships them.
"""

import argparse
import json
import posixpath
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "dqn_keras" / "classroom" / "explorables"
CARD = ("shared", "explorables")  # the style sheets of an explorable's card
IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[\w./]+)";\n', re.M)
EXPORT = re.compile(r"^export (?=(?:const|class|function) (\w+))", re.M)
INDENT = re.compile(r"^ +", re.M)
COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/) *\n", re.M)  # with its lines alone
AFTER_CODE = re.compile(r"(?<=[;,{}()\]]) +// .*$", re.M)


def imports(name: str) -> list[tuple[str, str]]:
    """What a module imports: names, and the module below js/ that has them."""
    text = (HERE / "js" / name).read_text(encoding="utf-8")
    folder = posixpath.dirname(name)
    return [(n, posixpath.normpath(posixpath.join(folder, p))) for n, p in IMPORT.findall(text)]


def in_order(name: str, done: list[str]) -> list[str]:
    """The module and all that it imports, each after what it needs itself."""
    for _, needed in imports(name):
        if needed not in done:
            in_order(needed, done)
    done.append(name)
    return done


def script(*entries: str) -> str:
    """Modules with all that they import, as one script that imports nothing.

    Raises:
        ValueError: A module imports or exports in a way that this does not know.
    """
    parts, done = ["const modules = {};\n"], []
    for entry in entries:
        if entry not in done:
            in_order(entry, done)
    for name in done:
        text = (HERE / "js" / name).read_text(encoding="utf-8")
        exports = ", ".join(EXPORT.findall(text))
        needs = "".join(f'const {{{n}}} = modules["{m}"];\n' for n, m in imports(name))
        text = EXPORT.sub("", IMPORT.sub("", text))
        text = INDENT.sub("", AFTER_CODE.sub("", COMMENT.sub("", text)))
        if left := re.search(r"^(import|export)\b.*", text, re.M):
            raise ValueError(f"{name}: cannot bundle {left[0]!r}")
        if left := [line for line in text.splitlines() if line.count("`") % 2]:
            raise ValueError(f"{name}: a text must end on its line, unlike {left[0]!r}")
        body = f"{needs}{text}return {{ {exports} }};\n"
        parts.append(f'modules["{name}"] = (() => {{\n{body}}})();\n')
    return "".join(parts).replace("</", r"<\/")


def explorables() -> list[str]:
    """The names of all parts."""
    files = (HERE / "js" / "explorables").glob("*.js")
    return sorted(path.stem for path in files if path.stem != "explorable")


def style(*names: str) -> str:
    """Style sheets one behind the other, without what only their readers need."""
    text = "".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in names)
    text = re.sub(r"/\*.*?\*/\n", "", text)
    return re.sub(r"\s*([{};,])\s*", r"\1", text).replace(": ", ":") + "\n"


def explorable(name: str) -> str:
    """A part as one script: it brings to life what waits for it in the page."""
    base, part = "explorables/explorable.js", f"explorables/{name}.js"
    sheet = json.dumps(style(*CARD))
    start = f'modules["{base}"].begin("{name}", modules["{part}"], {sheet});\n'
    return f"(() => {{\n{script(base, part)}{start}}})();\n"


def bundle(site: str = "") -> str:
    """The page with its style, its modules and its worker in it."""
    page = (HERE / "index.html").read_text(encoding="utf-8")
    worker = f'<script type="text/plain" id="worker-code">\n{script("worker.js")}</script>\n'
    main = f'<script type="module">\n{script("main.js")}</script>\n'
    for old, new in (
        *(
            (f'<link rel="stylesheet" href="{name}.css">\n', f"<style>\n{style(name)}</style>\n")
            for name in ("shared", "style")
        ),
        ('<script type="module" src="js/main.js"></script>\n', worker + main),
        ('<meta name="site" content="">', f'<meta name="site" content="{site}">'),
    ):
        if page.count(old) != 1:
            raise ValueError(f"index.html must hold {old!r} once")
        page = page.replace(old, new)
    return page


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=HERE / "playground.html")
    parser.add_argument("--site", default="", help="where the lessons' site lies, if there is one")
    options = parser.parse_args()
    text = bundle(options.site)
    options.output.write_text(text, encoding="utf-8")
    print(f"{options.output}: {len(text.encode()):,} bytes")
    for name in explorables():
        text = explorable(name)
        (PACKAGE / f"{name}.js").write_text(text, encoding="utf-8")
        print(f"{PACKAGE / name}.js: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
