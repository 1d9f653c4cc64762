"""The site, as a visitor's browser sees it, in both languages."""

import functools
import http.server
import importlib.util
import re
import shutil
import threading
import urllib.parse

import pytest
from conftest import ROOT

pytest.importorskip("sphinx", reason="the site extra is not installed")
pytest.importorskip("myst_nb", reason="the site extra is not installed")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
docs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(docs)
NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = [pytest.mark.nightly, pytest.mark.browser]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    output = tmp_path_factory.mktemp("site") / "site"
    docs.build(output)
    return output


@pytest.fixture(scope="module")
def address(site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    if BROWSER is None:
        pytest.skip(f"none of {', '.join(NAMES)} is on the PATH")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-background-networking", "--disable-sync"]
        with playwright.chromium.launch(executable_path=BROWSER, args=options) as browser:
            yield browser


def pages(site):
    """Of the theme's own files none, and not the index of names, which nothing links to.

    The playground has a switch of its own and tests of its own.
    """
    others = {"_static", "playground"}
    found = [path for path in sorted(site.rglob("*.html")) if not others & set(path.parts)]
    return [path for path in found if path.name != "genindex.html"]


def test_every_page_is_there_in_both_languages(site):
    english = {
        str(p.relative_to(site)) for p in pages(site) if p.relative_to(site).parts[0] != "ko"
    }
    korean = {str(p.relative_to(site / "ko")) for p in pages(site / "ko")}
    assert english == korean
    assert sum(name.startswith("lessons/") for name in english) == 1 + len(
        list((ROOT / "notebooks" / "source").glob("*.py"))
    )
    assert {"index.html", "api.html", "teaching.html", "results.html", "exercises.html"} <= english


def test_no_link_is_broken_and_every_picture_is_there(site):
    broken = []
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            url = urllib.parse.urlsplit(target)
            if url.scheme or target.startswith(("data:", "#")):
                continue
            file = (path.parent / urllib.parse.unquote(url.path)).resolve()
            if not file.exists():
                broken.append(f"{path.relative_to(site)}: {target}")
            elif url.fragment and file.suffix == ".html":
                wanted = urllib.parse.unquote(url.fragment)
                if f'id="{wanted}"' not in file.read_text(encoding="utf-8"):
                    broken.append(f"{path.relative_to(site)}: {target}")
    assert broken == []


def test_pages_load_without_an_error_or_another_host_and_the_switch_leads_to_the_same_place(
    site, address, browser
):
    page = browser.new_page()
    requests, messages = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda m: m.type in ("error", "warning") and messages.append(m.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    for path in pages(site):
        name = path.relative_to(site).as_posix()
        page.goto(f"{address}/{name}")
        assert messages == [], name
        missing = page.evaluate(
            "[...document.images].filter(i => i.loading != 'lazy' && !i.naturalWidth)"
            ".map(i => i.src)"
        )
        assert missing == [], name
        there = name.removeprefix("ko/") if name.startswith("ko/") else f"ko/{name}"
        href = page.locator("a.language").first.evaluate("a => a.href")
        assert urllib.parse.urlsplit(href).path == f"/{there}"
    elsewhere = [url for url in requests if not url.startswith((address, "data:", "blob:"))]
    assert elsewhere == []
    page.close()


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("epsilon", ""),
        ("Bellman", ""),
        ("terminated", ""),
        ("타깃", "ko/"),
        ("리플레이", "ko/"),
        ("그레이디언트", "ko/"),
        ("정책", "ko/"),
        ("epsilon_greedy", "ko/"),
    ],
)
def test_search_finds_english_and_korean_words(address, browser, query, language):
    page = browser.new_page()
    page.goto(f"{address}/{language}search.html?q={urllib.parse.quote(query)}")
    page.wait_for_selector("#search-results li", timeout=10_000)
    assert page.locator("#search-results li").count() >= 2
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_serious_stands_in_the_way_of_anybody(address, browser, width, scheme):
    """axe, on each kind of page."""
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    for name in (
        "index.html",
        "ko/index.html",
        "lessons/00_quick_start.html",
        "ko/lessons/07_bellman_target.html",
        "teaching.html",
        "api.html",
        "exercises.html",
    ):
        page.goto(f"{address}/{name}")
        found = Axe().run(page).response["violations"]
        serious = [
            (each["id"], each["nodes"][0]["html"][:120])
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert serious == [], name
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0, f"{name} is {beyond} pixels wider than the screen"
    context.close()


def test_the_playground_is_there_and_leads_to_the_lessons(address, browser):
    page = browser.new_page()
    for there in ("", "ko/"):
        page.goto(f"{address}/{there}index.html")
        page.locator('a[href*="playground"]').click()
        link = page.locator("a[data-lesson][href]").first  # set by its script
        assert f"{address}/{there}lessons/" in link.evaluate("a => a.href")
        assert page.goto(link.evaluate("a => a.href")).ok
    page.close()


def test_links_of_the_repositorys_pages_become_the_sites():
    text = (
        "[a](en/07_bellman_target.ipynb) [b](../ko/03_x.ipynb) [c](teacher/QUIZ.ko.md) [d](../x.py)"
    )
    told = docs.page(text, "ko")
    assert "[a](lessons/07_bellman_target.ipynb)" in told
    assert "[b](../lessons/03_x.ipynb)" in told
    assert "[c](teacher/QUIZ.md)" in told
    if docs.repository() is None:
        assert told.endswith(" d"), "there is no address to lead to"
