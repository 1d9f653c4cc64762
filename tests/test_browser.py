"""Lesson 00 in a real JupyterLab and browser: "Run All" shows the curve and the animation."""

import base64
import io
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

pytest.importorskip("jupyterlab", reason="the notebooks extra is not installed")
pytest.importorskip("playwright", reason="the test extra is not installed")
import nbformat
from conftest import ROOT
from PIL import Image
from playwright.sync_api import expect, sync_playwright

LESSON = ROOT / "notebooks" / "en" / "00_quick_start.ipynb"
NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = [
    pytest.mark.nightly,
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason=f"none of {', '.join(NAMES)} is on the PATH"),
]
SECONDS_TO_START, SECONDS_TO_RUN = 60, 300

# JupyterLab shows a traceback as it shows what is written to stderr; a lesson has neither.
WRONG = '[data-mime-type="application/vnd.jupyter.stderr"]'

# True once every code cell shows its number, or one shows what is wrong.
FINISHED = r"""([count, wrong]) => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
  const done = prompts.filter(prompt => /^\[\d+\]:?$/.test(prompt.textContent)).length;
  return done == count || document.querySelector(wrong) !== null;
}"""
SHOWN = "image => image.complete && image.naturalWidth > 0 && image.naturalHeight > 0"


@pytest.fixture
def lesson():
    """The built lesson without outputs, so that what is seen comes from the run."""
    notebook = nbformat.read(LESSON, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False


@pytest.fixture
def address(lesson, tmp_path):
    """Where a JupyterLab of its own, knowing nothing of the user's settings, has the lesson."""
    (tmp_path / "notebooks").mkdir()
    nbformat.write(lesson, tmp_path / "notebooks" / LESSON.name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server, token = f"http://127.0.0.1:{port}", secrets.token_hex()
    kept = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    own = {
        name: str(tmp_path / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={tmp_path / 'notebooks'}",
        f"--IdentityProvider.token={token}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
    ]
    with open(tmp_path / "log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**kept, **own, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while not answers(f"{server}/api"):
            running = process.poll() is None and time.monotonic() < deadline
            assert running, (tmp_path / "log").read_text()
            time.sleep(0.1)
        yield f"{server}/lab/tree/{LESSON.name}?token={token}"
    finally:
        process.terminate()  # it ends its kernels before itself
        process.wait(60)


@pytest.fixture
def page(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER)
        page = browser.new_page()
        page.set_default_timeout(1000 * SECONDS_TO_START)
        page.goto(address)
        yield page
        browser.close()


def number_of(lesson, text):
    """Which of the lesson's cells, counted from 0, holds a text."""
    (number,) = (n for n, cell in enumerate(lesson.cells) if text in cell.source)
    return number


def test_run_all_shows_the_score_curve_and_the_animation(lesson, page):
    page.get_by_text("| Idle").wait_for()  # the status bar; a kernel on its way up may hang
    assert page.locator(".jp-OutputArea-output").count() == 0
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("Restart Kernel and Run All Cells")).click()
    page.locator(".jp-Dialog .jp-mod-accept").click()

    count = sum(cell.cell_type == "code" for cell in lesson.cells)
    page.wait_for_function(FINISHED, arg=[count, WRONG], timeout=1000 * SECONDS_TO_RUN)
    assert page.locator(WRONG).all_text_contents() == []
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()
    assert prompts == [f"[{n}]:" for n in range(1, count + 1)]

    cells = page.locator(".jp-Notebook .jp-Cell")
    assert cells.count() == len(lesson.cells)
    pictures = {}
    for name, text in (
        ("curve", "plot_scores(history.scores)"),
        ("before", "film(frames_before, every=1)"),
        ("after", "film(frames_after, every=5)"),
    ):
        image = cells.nth(number_of(lesson, text)).locator(".jp-OutputArea-output img")
        image.scroll_into_view_if_needed()
        expect(image).to_be_visible()
        assert image.evaluate(SHOWN), name
        content = image.get_attribute("src").partition("base64,")[2]
        pictures[name] = Image.open(io.BytesIO(base64.b64decode(content)))
    assert pictures["curve"].format == "PNG"
    for name in ("before", "after"):
        assert pictures[name].format == "GIF" and pictures[name].n_frames > 5
