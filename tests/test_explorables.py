"""The explorables: right in their numbers, small, up to date, alive where a lesson shows them."""

import ast
import base64
import hashlib
import io
import re
import subprocess

import keras
import nbformat
import numpy as np
import pytest
import tensorflow as tf
import test_playground
from conftest import ROOT, one_line
from PIL import Image
from test_notebooks import SOURCES, build
from test_playground import (
    NODE,
    PLAYGROUND,
    bundle,
    in_a_browser,
    javascript,
    module_value,
    needs_node,
)
from test_words import KOREAN

from dqn_keras import ReplayMemory, bellman_target, update_target
from dqn_keras.classroom import explore
from dqn_keras.classroom.explorables import TITLES, WIDTH, Explorable
from dqn_keras.machinery.language import LANGUAGES, use_language

browser = test_playground.browser
PACKAGE = ROOT / "dqn_keras" / "classroom" / "explorables"
SHOWN_IN = {
    source: re.findall(r'^explore\("(\w+)"\)$', source.read_text(), re.M) for source in SOURCES
}
each_part = pytest.mark.parametrize("name", TITLES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def played(name, *uses, language="en", width=688):
    """What a part shows after some controls were used: a button, or a key and its new value."""
    (seen,) = javascript(
        "played", name=name, cases=[{"language": language, "uses": uses, "width": width}]
    )
    return seen


# ---- The files


def test_every_part_has_its_title_in_the_package():
    assert sorted(TITLES) == list(TITLES) == bundle.explorables()


@needs_node
@each_part
def test_both_languages_say_everything(name):
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        assert value
        return [shape(inner) for inner in value] if isinstance(value, list) else type(value)

    words = module_value("words", f"explorables/{name}.js")
    assert shape(words["en"]) == shape(words["ko"])
    assert (words["en"]["title"], words["ko"]["title"]) == TITLES[name]
    korean = (PLAYGROUND / "js" / "explorables" / f"{name}.js").read_text().split("  ko: {")[1]
    for pattern, better in KOREAN.items():
        assert not re.search(pattern, korean), f"{pattern}: better {better}"


@each_part
def test_the_script_is_what_its_sources_say_and_small(name):
    script = (PACKAGE / f"{name}.js").read_text(encoding="utf-8")
    assert script == bundle.explorable(name), "make explorables"
    assert len(script.encode()) < 30_000
    assert not re.search(r"</|<!--|https?:|\bimport\b.*\bfrom\b|^export", script, re.M)


@needs_node
@each_part
def test_the_script_is_javascript(name):
    command = [NODE, "--check", PACKAGE / f"{name}.js"]
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def test_page_and_parts_together_are_small():
    parts = sum(len(bundle.explorable(name).encode()) for name in TITLES)
    assert parts + len(bundle.bundle().encode()) < 300_000


@needs_node
@each_part
def test_the_pictures_are_of_the_part_as_it_is_now(name):
    cases = [{"language": language} for language in LANGUAGES]
    for language, seen in zip(LANGUAGES, javascript("played", name=name, cases=cases), strict=True):
        content = (PACKAGE / f"{name}.{language}.png").read_bytes()
        assert len(content) < 40_000
        picture = Image.open(io.BytesIO(content))
        mark = hashlib.sha256(seen["picture"].encode()).hexdigest()
        assert picture.text["drawing"] == mark, "make explorables"
        assert picture.width == pytest.approx(1.5 * WIDTH, abs=1)


# ---- What a notebook gets


@pytest.fixture
def korean():
    use_language("ko")
    yield
    use_language("en")


def test_a_part_speaks_the_notebooks_language(korean):
    assert repr(explore("ring_buffer")) == TITLES["ring_buffer"][1]
    assert 'lang="ko"' in explore("ring_buffer")._repr_mimebundle_()["text/html"]


@each_part
@each_language
def test_a_notebook_gets_the_picture_and_one_script(name, language):
    data = Explorable(name, language)._repr_mimebundle_()
    html = data["text/html"]
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert picture.format == "PNG" and data["image/png"] in html
    assert data["text/plain"] == TITLES[name][LANGUAGES.index(language)]
    assert html.count("<script>") == html.count("</script>") == 1
    assert f'alt="{data["text/plain"]}"' in html and f'lang="{language}"' in html
    assert not re.search(r"(?:src|href)=\"(?!data:)", html)


@pytest.mark.parametrize("name", ["ring", "", None, 3])
def test_a_part_that_is_not_there_is_refused_in_one_line(name):
    with pytest.raises(ValueError, match="name must be one of 'bellman_target', ") as error:
        explore(name)
    one_line(error)


# ---- In the lessons


def test_every_part_is_shown_in_a_lesson_and_lessons_show_no_other():
    shown = [name for names in SHOWN_IN.values() for name in names]
    assert sorted(shown) == sorted(TITLES)
    for source, names in SHOWN_IN.items():
        calls = [node for node in ast.walk(ast.parse(source.read_text())) if is_call(node)]
        assert len(calls) == len(names), f"{source.name}: explore(…) stands in a line of its own"


def is_call(node):
    return (
        isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "explore"
        and (isinstance(node.args[0], ast.Constant))
    )


@each_language
@pytest.mark.parametrize(
    "source", [source for source in SOURCES if SHOWN_IN[source]], ids=lambda source: source.stem
)
def test_built_lessons_show_the_parts_as_they_are(source, language):
    cells = nbformat.read(build.ROOT / language / f"{source.stem}.ipynb", as_version=4).cells
    for name in SHOWN_IN[source]:
        (place,) = (i for i, cell in enumerate(cells) if f'explore("{name}")' in cell.source)
        (output,) = cells[place].outputs
        expected = Explorable(name, language)._repr_mimebundle_()
        assert output.data == expected, "make explorables"
        before = cells[place - 1].source
        assert {"en": "run the cell", "ko": "셀을 실행"}[language] in before.replace("\n", " ")
        assert "?" in before  # what to watch


# ---- Their numbers, and the package's


@needs_node
@pytest.mark.parametrize("end", ["goesOn", "timeLimit", "fell"])
def test_the_target_is_the_packages(end):
    rng = np.random.default_rng(0)
    for reward, left, right, q, discount in rng.uniform(
        [-100, -20, -20, -50, 0], [9, 99, 99, 99, 1], (5, 5)
    ):
        state = {"reward": reward, "left": left, "right": right, "q": q, "discount": discount}
        made = javascript(
            "call",
            module="explorables/bellman_target.js",
            name="assembled",
            given=[state | {"end": end}],
        )
        ended = end == "fell"  # and not at the time limit
        target = float(bellman_target([reward], [[left, right]], [ended], discount)[0])
        assert made["y"] == pytest.approx(target, rel=1e-5, abs=1e-5)
        assert made["error"] == pytest.approx(target - q, rel=1e-5, abs=1e-4)


@needs_node
def test_the_rows_are_those_of_lesson_07():
    for number, target in enumerate(["19", "8.2", "−100", "5.5"], 1):
        assert played("bellman_target", f"row{number}")["says"].startswith(f"y = {target}. ")
    # What the lesson asks.
    assert played("bellman_target", "row3", ["end", "timeLimit"])["says"].startswith("y = −19. ")
    assert played("bellman_target", "row1", ["left", 20])["says"].startswith("y = 19. ")
    assert played("bellman_target", "row1", ["left", 21])["says"].startswith("y = 19.9. ")
    assert played("bellman_target", "row1", ["discount", 0])["says"].startswith("y = 1. ")


def one_weight(value):
    model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1, use_bias=False)])
    model.set_weights([np.full((1, 1), value, np.float32)])
    return model


@needs_node
@pytest.mark.parametrize(
    ("discount", "pull", "every"), [(0.9, 1, 1), (0.9, 1, 2), (0.5, 0, 3), (0.9, 1.2, 10)]
)
def test_the_chase_is_that_of_two_networks(discount, pull, every):
    settings = {"discount": discount, "pull": pull, "every": every}
    made = javascript(
        "call", module="explorables/moving_target.js", name="chase", given=[12, settings]
    )
    model, target_model = one_weight(0), one_weight(0)
    values, labels = [0.0], []
    for update in range(13):
        if update % every == 0:
            update_target(target_model, model)
        label = float(
            bellman_target([1.0], target_model(tf.constant([[pull]])), [False], discount)[0]
        )
        labels.append(label)
        values.append((values[-1] + label) / 2)
        model.set_weights([np.full((1, 1), values[-1], np.float32)])
    np.testing.assert_allclose(made["values"], values[:-1], rtol=1e-5)
    np.testing.assert_allclose(made["labels"], labels, rtol=1e-5)


@needs_node
def test_the_chase_answers_what_lesson_08_asks():
    says = played("moving_target", "one", "one", "one", "one")
    assert says["label"] == "After 4 updates w is 1.85 on the left, 1.44 on the right."
    says = played("moving_target", *["one"] * 4, ["every", 10], "ten", "ten")["says"]
    left, right = re.findall(r"(\d+)× and (?:is )?([\d.]+) away", says)
    assert (int(left[0]), int(right[0])) == (24, 2)
    assert float(right[1]) < float(left[1])
    says = played("moving_target", ["every", 10], ["pull", 1.2], *["ten"] * 6)["label"]
    left, right = re.search(r"([\d.]+) on the left, ([\d.]+) on the right", says).groups()
    assert float(left) > 10 * float(right)


@needs_node
@pytest.mark.parametrize("stored", [8, 10, 23, 30])
def test_neighbours_are_neighbours_in_time_across_the_rings_end(stored):
    """And a memory of another capacity keeps the newest, each in the row that the package uses."""
    first, count, capacity, other = 2, 5, 10, 6
    made = javascript(
        "ring", capacity=capacity, stored=stored, first=first, count=count, other=other
    )
    oldest = max(0, stored - capacity)
    assert made["drawn"] == list(range(oldest + first, oldest + first + count))
    memory = ReplayMemory(other, 1)
    for i in range(stored):
        memory.append([float(i)], i % 2, float(i), [i + 1.0], i % 3 == 0)
    np.testing.assert_array_equal(made["states"], np.ravel(memory.states))
    np.testing.assert_array_equal(made["terminated"], memory.terminated)
    assert (made["appended"], made["size"]) == (stored, len(memory))


@needs_node
def test_what_a_batch_is_worth_is_the_lessons_formula():
    rng = np.random.default_rng(1)
    values, means = rng.normal(size=40), rng.normal(size=30) / 3
    given = [values.tolist(), means.tolist()]
    made = javascript("call", module="explorables/ring_buffer.js", name="worth", given=given)
    assert made == pytest.approx(values.var() / means.var())


@needs_node
def test_the_ring_answers_what_lesson_06_asks():
    full = played("ring_buffer", *["store"] * 48)
    assert "48 of 48 rows" in full["picture"] and "next: row 0<" in full["picture"]
    assert "next: row 1<" in played("ring_buffer", *["store"] * 49)["picture"]
    says = played("ring_buffer", "fill", "fill", *["many"] * 4)["says"]
    neighbours, drawn = map(float, re.findall(r"about ([\d.]+)", says))
    assert neighbours < 4 and 5 < drawn < 12
    # A good player's 48 steps after the last fall have nothing left of it.
    assert played("ring_buffer", "fill")["label"].endswith("of them a fall.")
    forgotten = played("ring_buffer", "fill", ["player", "steady"], "fill", "fill")
    assert "48 rows hold a transition, 0 of them a fall" in forgotten["label"]
    assert javascript("falls", steady=True, steps=5000) == 0
    assert javascript("falls", steady=False, steps=5000) > 100


USES = {
    "bellman_target": [["reward", -100], ["left", -20], ["right", -20], ["discount", 0]],
    "moving_target": [["discount", 1], ["pull", 1.3], "ten", ["every", 20], ["pull", 0]],
    "ring_buffer": ["drawn", "store", "many", ["capacity", 16], "fill", "many", "reset"],
}


@needs_node
@each_part
def test_no_number_is_lost_at_any_setting(name):
    """Of the drawing's coordinates, none is NaN, nothing is undefined."""
    cases = [
        {"language": language, "uses": USES[name][:stop], "width": width}
        for language in LANGUAGES
        for stop in range(len(USES[name]) + 1)
        for width in (250, 688)
    ]
    for case, seen in zip(cases, javascript("played", name=name, cases=cases), strict=True):
        assert seen["label"]
        text = f"{seen['picture']} {seen['label']} {seen['says']}"
        assert not re.search("NaN|undefined|null|Infinity", text), case


# ---- In a browser, as an HTML export of the lessons that were built

LESSON_OF = {name: source for source, names in SHOWN_IN.items() for name in names}
FRAME = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Parts</title>
<style>body {{ color: {ink}; background: {page}; }}</style></head>
<body><main>{parts}</main></body></html>"""


@pytest.fixture
def opened(browser):
    """Opens a page; at the end, none has asked for anything or had anything to complain about."""
    contexts, wrong = [], []

    def open_page(text, tmp_path, width=1100, **settings):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **settings))
        page = contexts[-1].new_page()
        # What every HTML export of Jupyter's asks for: MathJax and require.js.
        page.route("https://cdnjs.cloudflare.com/**", lambda route: route.fulfill(body=""))
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_timeout(300)

        def watch(request):
            wrong.append(request.url)

        page.on("request", watch)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def parts(language, ink="black", page="white", times=1):
    """A page with all parts, and nothing else in it."""
    html = [Explorable(name, language)._repr_mimebundle_()["text/html"] for name in TITLES]
    return FRAME.format(language=language, ink=ink, page=page, parts="".join(html * times))


def says(page, name, which=0):
    return page.locator(f"[data-explorable={name}] .says").nth(which).inner_text()


@in_a_browser
@each_language
@each_part
def test_a_part_is_alive_in_the_lessons_html_export(name, language, opened, tmp_path):
    exporters = pytest.importorskip("nbconvert.exporters")
    lesson = build.ROOT / language / f"{LESSON_OF[name].stem}.ipynb"
    page = opened(exporters.HTMLExporter().from_filename(lesson)[0], tmp_path)
    part = page.locator(f"[data-explorable={name}]")
    assert part.locator(".title").inner_text() == TITLES[name][LANGUAGES.index(language)]
    assert not part.locator("img").is_visible()
    for button in part.locator("button").all():
        button.click()
    for slider in part.locator("input[type=range]").all():
        before = slider.input_value()
        slider.focus()
        page.keyboard.press("ArrowLeft")
        if slider.input_value() == before:
            page.keyboard.press("ArrowRight")
        assert slider.input_value() != before
    for choice in part.locator("input[type=radio]").all():
        choice.check()
    assert part.locator(".stage svg").bounding_box()["width"] > 500


@in_a_browser
@each_language
@pytest.mark.parametrize("width", [390, 1100])
@pytest.mark.parametrize(
    ("ink", "ground", "theme"), [("#222", "white", "light"), ("#ddd", "#111", "dark")]
)
def test_accessible_and_no_wider_than_the_page(
    language, width, ink, ground, theme, opened, tmp_path
):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(parts(language, ink, ground), tmp_path, width)
    for part in page.locator("[data-explorable]").all():
        assert part.get_attribute("data-theme") == theme
        part.locator("button").nth(1).click()
    found = axe.run(page).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for drawing in page.locator(".stage").all():
        assert drawing.evaluate("stage => stage.scrollWidth <= stage.clientWidth")


@in_a_browser
def test_parts_leave_each_other_alone_and_follow_the_page(opened, tmp_path):
    page = opened(parts("en", times=2), tmp_path)
    before = says(page, "bellman_target", 1)
    page.locator("[data-explorable=bellman_target] [data-key=row3]").first.click()
    assert says(page, "bellman_target").startswith("y = −100.")
    assert says(page, "bellman_target", 1) == before
    first = page.locator("[data-explorable]").first
    width = first.locator("svg").bounding_box()["width"]
    page.set_viewport_size({"width": 500, "height": 900})
    page.wait_for_function(
        "w => document.querySelector('[data-explorable]').shadowRoot.querySelector('svg')"
        ".clientWidth < w",
        arg=width,
    )
    page.evaluate("document.body.style.color = 'white'")
    page.locator("[data-explorable][data-theme=dark]").nth(2 * len(TITLES) - 1).wait_for()


@in_a_browser
@pytest.mark.parametrize("attached", [True, False])
def test_alive_as_notebooks_put_outputs_in(attached, opened, tmp_path):
    """JupyterLab and VS Code set the HTML and then put scripts of the same text in their place."""
    page = opened(FRAME.format(language="en", ink="black", page="white", parts=""), tmp_path)
    html = [Explorable(name, "en")._repr_mimebundle_()["text/html"] for name in TITLES]
    page.evaluate(
        """([html, attached]) => {
          for (const text of html) {
            const output = document.createElement("div");
            output.innerHTML = text;
            if (attached) document.querySelector("main").append(output);
            for (const old of output.querySelectorAll("script")) {
              const script = document.createElement("script");
              script.text = old.textContent;
              old.replaceWith(script);
            }
            document.querySelector("main").append(output);
          }
        }""",
        [html, attached],
    )
    for part in page.locator("[data-explorable]").all():
        assert part.locator("button").first.is_visible()


@in_a_browser
def test_what_plays_stops_when_it_is_told_to_or_taken_out(opened, tmp_path):
    page = opened(parts("en"), tmp_path)
    part = page.locator("[data-explorable=moving_target]")
    part.locator("[data-key=play]").click()
    page.wait_for_timeout(700)
    part.locator("[data-key=play]").click()
    stopped = says(page, "moving_target")
    assert not stopped.startswith("After 0 ")
    page.wait_for_timeout(600)
    assert says(page, "moving_target") == stopped
    part.locator("[data-key=play]").click()
    part.evaluate("host => { window.gone = host; host.remove(); }")
    page.wait_for_timeout(600)
    assert page.evaluate("gone.shadowRoot.querySelector('[data-key=play]').textContent") == "Play"


@in_a_browser
@each_language
def test_where_no_script_runs_there_is_the_picture(language, opened, tmp_path):
    page = opened(parts(language), tmp_path, java_script_enabled=False)
    pictures = page.locator("[data-explorable] img")
    assert pictures.count() == len(TITLES)
    for picture in pictures.all():
        assert picture.is_visible() and picture.bounding_box()["height"] > 100
    still = {"en": "run this cell", "ko": "이 셀을 실행하면"}[language]
    assert page.get_by_text(still).count() == len(TITLES)


@in_a_browser
def test_a_part_that_fails_leaves_its_picture(browser):
    page = browser.new_page()
    data = Explorable("ring_buffer", "en")._repr_mimebundle_()
    page.set_content(data["text/html"].replace("ui.row();", "ui.noSuchControl();"))
    assert page.locator("img").is_visible() and page.locator(".card").count() == 0
    page.close()
