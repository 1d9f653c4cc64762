"""Sphinx's settings for both languages; build.py calls it once for each."""

import os
import re
import tomllib
from pathlib import Path

from docutils import nodes
from latex2mathml.converter import convert

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REPOSITORY = PROJECT.get("urls", {}).get("Repository")

project = "dqn_keras"
version = release = PROJECT["version"]
author = copyright = "the dqn_keras authors"
language = os.environ["DOCS_LANGUAGE"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
nb_execution_mode = "off"  # lessons are shown as they were built
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
suppress_warnings = ["mystnb.unknown_mime_type", "myst.header"]
if language == "ko":  # Sphinx's own Korean words for autodoc touch the markup beside them
    suppress_warnings.append("docutils")
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # they stand in the signature already
templates_path = ["_templates"]
exclude_patterns = ["exercises"]

html_theme = "pydata_sphinx_theme"
html_title = "dqn_keras"
html_static_path = ["_static"]
html_css_files = ["lessons.css"]
html_favicon = "_static/favicon.svg"
html_context = {"default_mode": "auto"}
html_sidebars = {page: [] for page in ("index", "api", "results", "exercises", "search")}
html_show_sourcelink = html_copy_source = False
html_extra_path = [os.environ["DOCS_PAGES"] + "/exercises"]
html_theme_options = {
    "logo": {"text": "dqn_keras"},
    "navbar_end": ["language", "theme-switcher", "navbar-icon-links"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
    "navigation_with_keys": False,
    "icon_links": []
    if REPOSITORY is None
    else [{"name": "GitHub", "url": REPOSITORY, "icon": "fa-brands fa-github"}],
}
html_math_renderer = "mathml"


def _mathml(self, node):
    """Browsers draw MathML themselves: no script, no font, nothing to fetch."""
    display = "block" if isinstance(node, nodes.math_block) else "inline"
    self.body.append(convert(node.astext(), display=display))
    raise nodes.SkipNode


def _code(app, what, name, member, options, lines):
    """Docstrings write code between single backticks; reStructuredText wants two."""
    text = re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", "\n".join(lines))
    lines[:] = text.split("\n")


def setup(app):
    """Registers both."""
    app.connect("autodoc-process-docstring", _code, priority=100)  # before napoleon
    app.add_html_math_renderer(
        "mathml", inline_renderers=(_mathml, None), block_renderers=(_mathml, None)
    )
