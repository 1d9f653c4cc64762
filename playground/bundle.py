"""Makes one HTML file of the playground, which works without a server and without the internet.

    python playground/bundle.py                       # leaves it in playground/playground.html
    python playground/bundle.py --output FILE
    python playground/bundle.py --site https://…/     # with links to the lessons of a site

Each module becomes a function that returns what it exports; the worker's modules go in as text,
from which the page makes a Blob.
"""

import argparse
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)";\n', re.M)
EXPORT = re.compile(r"^export (?=(?:const|class|function) (\w+))", re.M)


def in_order(name: str, done: list[str]) -> list[str]:
    """The module and all that it imports, each after what it needs itself."""
    for _, needed in IMPORT.findall((HERE / "js" / name).read_text(encoding="utf-8")):
        if needed not in done:
            in_order(needed, done)
    done.append(name)
    return done


def script(entry: str) -> str:
    """A module with all that it imports, as one script that imports nothing.

    Raises:
        ValueError: A module imports or exports in a way that this does not know.
    """
    parts = ["const modules = {};\n"]
    for name in in_order(entry, []):
        text = (HERE / "js" / name).read_text(encoding="utf-8")
        exports = ", ".join(EXPORT.findall(text))
        text = IMPORT.sub(r'const {\1} = modules["\2"];\n', EXPORT.sub("", text))
        if left := re.search(r"^(import|export)\b.*", text, re.M):
            raise ValueError(f"{name}: cannot bundle {left[0]!r}")
        parts.append(f'modules["{name}"] = (() => {{\n{text}return {{ {exports} }};\n}})();\n')
    return "".join(parts).replace("</", r"<\/")


def bundle(site: str = "") -> str:
    """The page with its style, its modules and its worker in it."""
    page = (HERE / "index.html").read_text(encoding="utf-8")
    style = (HERE / "style.css").read_text(encoding="utf-8")
    worker = f'<script type="text/plain" id="worker-code">\n{script("worker.js")}</script>\n'
    main = f'<script type="module">\n{script("main.js")}</script>\n'
    for old, new in (
        ('<link rel="stylesheet" href="style.css">\n', f"<style>\n{style}</style>\n"),
        ('<script type="module" src="js/main.js"></script>\n', worker + main),
        ('<meta name="site" content="../">', f'<meta name="site" content="{site}">'),
    ):
        if page.count(old) != 1:
            raise ValueError(f"index.html must hold {old!r} once")
        page = page.replace(old, new)
    return page


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=HERE / "playground.html")
    parser.add_argument("--site", default="", help="where the lessons' site lies, if there is one")
    options = parser.parse_args()
    text = bundle(options.site)
    options.output.write_text(text, encoding="utf-8")
    print(f"{options.output}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
