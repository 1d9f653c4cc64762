"""Measures whether the page's memory grows while agents learn for minutes in headless Chromium.

    python playground/soak.py                  # ten minutes each of two ways to learn
    python playground/soak.py --minutes 1

One way is the lecture's DQN, set to go on whenever it has met the stop rule. The other acts at
random and learns from one transition at a time: as many episodes as there can be. Prints what page,
worker and canvases hold, each time after garbage has been collected.
"""

import argparse
import functools
import http.server
import shutil
import threading
import time
from pathlib import Path

import numpy as np
from measure import Quiet
from playwright.sync_api import sync_playwright

# Chromium tells it only to a page that no other page can look into; it collects garbage first.
MEMORY = "performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes / 2 ** 20)"
FLAGS = ["--no-sandbox", "--enable-blink-features=ForceEagerMeasureMemory"]
GOES_ON = "fast = document.querySelector('#fast'); if (fast.innerText === 'Train') fast.click()"
EVERY = 10  # seconds between two looks


class Isolated(Quiet):
    """Serves pages that no other page can look into."""

    def end_headers(self):
        """Says so."""
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()


def soaked(page, minutes: float, at_random: bool) -> str:
    """A line of a table: megabytes after a tenth of the time, at the end, and their slope."""
    if at_random:
        page.click("[data-preset=noMemory]")
        page.focus("#lever-epsilonMin")
        page.keyboard.press("End")
    held, begin = [], time.monotonic()
    while (now := (time.monotonic() - begin) / 60) < minutes:
        page.evaluate(GOES_ON)
        page.wait_for_timeout(1000 * EVERY)
        held.append((now, page.evaluate(MEMORY)))
    minute, megabytes = np.array(held[len(held) // 10 :]).T
    episodes, *_, updates, _ = page.locator("#tiles dd").all_inner_texts()
    slope = np.polyfit(minute, megabytes, 1)[0]
    return (
        f"{'at random, batch of 1' if at_random else 'the lecture’s DQN'}: {episodes} episodes, "
        f"{updates} updates; {megabytes[0]:.1f} MB, at the end {megabytes[-1]:.1f}, "
        f"{slope:+.3f} for each minute"
    )


def main() -> None:
    """Prints a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    handler = functools.partial(Isolated, directory=str(Path(__file__).resolve().parent))
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for at_random in (False, True):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(f"http://localhost:{server.server_address[1]}/?lang=en")
                page.locator("#tiles dd").first.wait_for()
                print(soaked(page, options.minutes, at_random), flush=True)
                page.close()
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
