"""Measures the page in headless Chromium: how long until the stop rule, and does the page block?

python playground/measure.py --seeds 10
"""

import argparse
import contextlib
import functools
import http.server
import json
import shutil
import statistics
import threading
import time
from pathlib import Path

from playwright.sync_api import TimeoutError as TooLong
from playwright.sync_api import sync_playwright

WATCH = """window.long = []; window.frames_drawn = [];
new PerformanceObserver((list) => window.long.push(...list.getEntries().map((e) => e.duration)))
  .observe({type: "longtask"});
const tick = (now) => { window.frames_drawn.push(now); requestAnimationFrame(tick); };
requestAnimationFrame(tick);"""
LARGEST_GAP = "Math.max(...window.frames_drawn.map((t, i, all) => i ? t - all[i - 1] : 0))"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without telling."""

    def log_message(self, *_):
        """Says nothing."""


def measured(browser, address: str, seed: int, episodes: int) -> dict:
    """One run: met within so many episodes, wall-clock seconds, and what blocked the page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.locator("#tiles dd").first.wait_for()
    page.fill("#lever-seed", str(seed))
    page.keyboard.press("Tab")
    page.locator("#train").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    begin = time.monotonic()
    page.click("#fast")
    done = (
        "document.querySelector('#train-says.good') || "
        f"parseInt(document.querySelector('#tiles dd').innerText) > {episodes}"
    )
    with contextlib.suppress(TooLong):
        page.wait_for_function(done, timeout=300_000, polling=50)
    seconds = time.monotonic() - begin
    run = {
        "seed": seed,
        "met": page.locator("#train-says.good").count() == 1,
        "episode": int(page.locator("#tiles dd").first.inner_text()) - 1,
        "seconds": round(seconds, 2),
        "longest task, ms": max(page.evaluate("window.long"), default=0),
        "largest gap between frames, ms": round(page.evaluate(LARGEST_GAP)),
        "frames a second": round(page.evaluate("window.frames_drawn.length") / seconds, 1),
    }
    page.close()
    return run


def main() -> None:
    """Prints each run and the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--episodes", type=int, default=300)
    options = parser.parse_args()
    handler = functools.partial(Quiet, directory=str(Path(__file__).resolve().parent))
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{server.server_address[1]}/"
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"]
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            runs = []
            for seed in range(options.seeds):
                runs.append(measured(browser, address, seed, options.episodes))
                print(json.dumps(runs[-1]), flush=True)
            browser.close()
        server.shutdown()
    met = [run for run in runs if run["met"]]
    print(f"{len(met)} of {len(runs)} met the stop rule within {options.episodes} episodes")
    for name in ("episode", "seconds"):
        print(f"median {name}: {statistics.median(run[name] for run in met):g}")
    for name in ("longest task, ms", "largest gap between frames, ms"):
        print(f"{name}: {max(run[name] for run in runs):g}")


if __name__ == "__main__":
    main()
