"""Makes the pictures that stand for the explorables where no script runs; needs node and Chromium.

    python playground/pictures.py             # of all
    python playground/pictures.py NAME …      # of some

Each PNG remembers the drawing it was made of, so that a test can tell when it is out of date.
"""

import hashlib
import io
import shutil
import subprocess
import sys

import numpy as np
from bundle import CARD, HERE, PACKAGE, explorables, style
from PIL import Image, PngImagePlugin
from playwright.sync_api import sync_playwright

from dqn_keras.classroom.explorables import TITLES, WIDTH
from dqn_keras.classroom.films import commonest_colours, with_colours
from dqn_keras.machinery.files import write_atomically
from dqn_keras.machinery.language import LANGUAGES

SHARPNESS = 1.5
BROWSERS = "chromium", "chromium-browser", "google-chrome"


def drawing(name: str, language: str) -> str:
    """What the part shows when its still picture is taken, as HTML."""
    command = [shutil.which("node") or "node", str(HERE / "still.mjs"), name, language]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def mark(html: str) -> str:
    """What a picture remembers of its drawing."""
    return hashlib.sha256(html.encode()).hexdigest()


def main() -> None:
    """Makes them."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(device_scale_factor=SHARPNESS)
        for name in sys.argv[1:] or explorables():
            for language, title in zip(LANGUAGES, TITLES[name], strict=True):
                html = drawing(name, language)
                card = f".card {{ width: {WIDTH}px; border-radius: 0; }}"
                page.set_content(
                    f"<style>{style(*CARD).replace(':host', ':root')} {card}</style>"
                    f'<div class="card" lang="{language}"><p class="title">{title}</p>{html}</div>'
                )
                png = page.locator(".card").screenshot()
                pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))
                few, buffer = with_colours(pixels, commonest_colours(pixels)), io.BytesIO()
                note = PngImagePlugin.PngInfo()
                note.add_text("drawing", mark(html))
                few.save(buffer, "PNG", optimize=True, pnginfo=note)
                path = PACKAGE / f"{name}.{language}.png"
                write_atomically(path, buffer.getvalue())
                print(f"{path}: {path.stat().st_size:,} bytes", flush=True)


if __name__ == "__main__":
    main()
