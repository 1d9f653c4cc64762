"""The playground's JavaScript, run by node, against the package: the same numbers."""

import base64
import functools
import http.server
import importlib.util
import json
import re
import shutil
import subprocess
import threading
import time

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, weights_of
from safetensors.numpy import load_file, save_file
from test_words import KOREAN

from dqn_keras import (
    CartPole,
    DQNAgent,
    DQNVariantAgent,
    ReplayMemory,
    Transitions,
    bellman_target,
    double_bellman_target,
    evaluate,
    exponential_epsilon,
    mean_of_last_above,
)
from dqn_keras.experiments import Plan, load_results, summarise

spec = importlib.util.spec_from_file_location("bundle", ROOT / "playground" / "bundle.py")
bundle = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bundle)
NODE = shutil.which("node")
PLAYGROUND = ROOT / "playground"
PUBLISHED = ROOT / "save_model" / "published" / "cartpole_dqn.safetensors"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
needs_node = pytest.mark.skipif(NODE is None, reason="node is not on the PATH")


def javascript(task, **arguments):
    """What the playground's JavaScript makes of a task of playground_runner.mjs."""

    def plain(value):
        return value.tolist() if isinstance(value, np.ndarray | np.generic) else value

    asked = json.dumps({"task": task, **arguments}, default=plain)
    done = subprocess.run(
        [NODE, ROOT / "tests" / "playground_runner.mjs"],
        input=asked,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def flat(arrays):
    return [np.ravel(array) for array in arrays]


def close(ours, theirs, tolerance=1e-5):
    np.testing.assert_allclose(
        np.concatenate(flat(ours)), np.concatenate(flat(theirs)), rtol=tolerance, atol=tolerance
    )


def random_states(rng, count):
    return rng.uniform(-1, 1, [count, 4]) * [2.4, 3, 0.21, 3]


@needs_node
def test_cartpole_is_the_same_to_float64_rounding():
    rng = np.random.default_rng(0)
    states, actions = random_states(rng, 50), rng.integers(0, 2, [50, 40])
    paths = np.array(javascript("cartpole", states=states, actions=actions))
    environment, now = CartPole(), tf.constant(states)
    for step in range(actions.shape[1]):
        now, _, terminated = environment.transition(now, tf.constant(actions[:, step]))
        # A sine may differ in its last bit, and 40 unstable steps enlarge that.
        np.testing.assert_allclose(paths[:, step, :4], now, rtol=1e-11, atol=1e-12)
        np.testing.assert_array_equal(paths[:, step, 4], terminated)
    assert 0 < paths[..., 4].mean() < 1


@needs_node
def test_forward_pass():
    rng = np.random.default_rng(1)
    agent, states = DQNAgent(4, 2, seed=1), random_states(rng, 200).astype(np.float32)
    for weight in agent.model.trainable_weights:
        weight.assign_add(rng.normal(size=weight.shape) / 10)
    q_values = javascript("predict", weights=flat(agent.model.get_weights()), states=states)
    close(q_values, agent.model(states))


def batch_of(rng, size):
    return {
        "states": random_states(rng, size).astype(np.float32),
        "actions": rng.integers(0, 2, size),
        "rewards": np.where(rng.random(size) < 0.2, -100, 1).astype(np.float32),
        "next_states": random_states(rng, size).astype(np.float32),
        "terminated": rng.random(size) < 0.2,
    }


@needs_node
@pytest.mark.parametrize(
    ("settings", "theirs"),
    [
        ({}, {}),
        ({"double": True}, {"double": True}),
        ({"target_update": "never"}, {"targetUpdate": "never"}),
        (
            {"learning_rate": 0.0003, "discount_factor": 0.9},
            {"learningRate": 0.0003, "discountFactor": 0.9},
        ),
    ],
)
def test_whole_updates(settings, theirs, eagerly, monkeypatch):
    """`train_model` of both, twenty in a row: targets, loss, gradients, Adam's steps, epsilon."""
    rng = np.random.default_rng(2)
    agent = DQNVariantAgent(4, 2, seed=2, **settings)
    other = DQNAgent(4, 2, seed=3)
    agent.target_model.set_weights(other.model.get_weights())
    batches = [batch_of(rng, size) for size in (64, 1, *[64] * 16, 7, 64)]
    asked = {
        "weights": flat(agent.model.get_weights()),
        "target": flat(agent.target_model.get_weights()),
        "batches": batches,
        "settings": theirs,
    }
    gradients, apply = [], agent.optimizer.apply

    def watched(found, weights):
        gradients.append([np.array(gradient) for gradient in found])
        apply(found, weights)

    monkeypatch.setattr(agent.optimizer, "apply", watched)
    for batch, made in zip(batches, javascript("updates", **asked), strict=True):
        transitions = Transitions(**{name: tf.constant(value) for name, value in batch.items()})
        monkeypatch.setattr(agent.memory, "sample", lambda *_, drawn=transitions: drawn)
        close(made["targets"], agent.targets_of(transitions))
        loss = float(agent.train_model())
        assert made["loss"] == pytest.approx(loss, rel=1e-5)
        # Sums of 64 terms of either sign: what float32 rounds off goes with the largest.
        largest = max(abs(gradient).max() for gradient in gradients[-1])
        close(*([g / largest for g in flat(side)] for side in (made["gradients"], gradients[-1])))
        close(made["weights"], agent.model.get_weights())
        assert made["epsilon"] == pytest.approx(float(agent.epsilon), rel=1e-6)


@needs_node
@pytest.mark.parametrize("settings", [(1.0, 0.999, 0.01), (1.0, 0.99, 0.0), (0.5, 1.0, 0.1)])
def test_epsilon(settings):
    counts = [0, 1, 2, 10, 693, 2301, 4602, 4603, 4604, 4605, 20_000]
    schedule = exponential_epsilon(*settings)
    expected = [float(schedule(count)) for count in counts]
    np.testing.assert_allclose(
        javascript("epsilon", settings=settings, counts=counts), expected, rtol=2e-6, atol=1e-30
    )


@needs_node
def test_targets_with_decoys():
    """Where a wrong network or a wrong action would be taken, 98 or 99 would land."""
    rewards, terminated = [1.0, -100.0, 2.0, 0.5], [False, True, False, False]
    online = [5.0, 1.0, 99.0, 98.0, 2.0, 7.0, 3.0, 3.0]
    target = [10.0, 98.0, 99.0, 98.0, 99.0, 4.0, 6.0, 98.0]
    made = javascript(
        "targets",
        rewards=rewards,
        next=online,
        nextTarget=target,
        terminated=[int(end) for end in terminated],
        discount=0.9,
    )
    tables = [np.reshape(table, [4, 2]) for table in (online, target)]
    np.testing.assert_allclose(
        made["double"], double_bellman_target(rewards, *tables, terminated, 0.9), rtol=1e-6
    )
    np.testing.assert_allclose(made["double"], [10, -100, 5.6, 5.9])
    np.testing.assert_allclose(
        made["dqn"], bellman_target(rewards, tables[1], terminated, 0.9), rtol=1e-6
    )


@needs_node
@pytest.mark.parametrize("fall_reward", [-100.0, None])
def test_memory_wraps_around(fall_reward):
    rng = np.random.default_rng(4)
    batch = batch_of(rng, 17) | {"rewards": np.ones(17, np.float32)}
    agent = DQNAgent(4, 2, memory_size=7, train_start=7, fall_reward=fall_reward)
    for step in zip(*batch.values(), strict=True):
        agent.append_sample(*step)
    steps = [
        [s.tolist(), int(a), float(r), n.tolist(), bool(t)]
        for s, a, r, n, t in zip(*batch.values(), strict=True)
    ]
    made = javascript("memory", capacity=7, steps=steps, fallReward=fall_reward)
    assert (made["size"], made["appended"]) == (7, 17)
    for name, column in (
        ("states", agent.memory.states),
        ("actions", agent.memory.actions),
        ("rewards", agent.memory.rewards),
        ("nextStates", agent.memory.next_states),
        ("terminated", agent.memory.terminated),
    ):
        np.testing.assert_array_equal(made[name], np.ravel(column))


@needs_node
@pytest.mark.parametrize(("stored", "filled"), [(5, 5), (23, 10)])
def test_draws_reach_all_that_is_stored_and_no_more(stored, filled):
    rows = javascript("drawn", capacity=10, stored=stored, draws=20_000)
    counts = np.bincount(rows, minlength=10)
    assert set(np.flatnonzero(counts)) == set(range(filled))
    assert abs(counts[:filled] / 20_000 * filled - 1).max() < 0.1
    memory = ReplayMemory(10, 1)  # with replacement, as here
    memory.append([0.0], 0, 0.0, [0.0], False)
    assert len(memory.sample(5, tf.random.Generator.from_seed(0)).actions) == 5


@needs_node
def test_first_weights_are_he_uniform():
    made = javascript("initial", count=20)
    for number, weight in enumerate(DQNAgent(4, 2).model.trainable_weights):
        values = np.array([weights[number] for weights in made])
        assert values.shape[1] == np.size(weight)
        if weight.name == "bias":
            assert not values.any()
        else:
            limit = np.sqrt(6 / weight.shape[0])
            assert 0.97 * limit < abs(values).max() <= limit
            # The initialiser of the package has the same spread.
            drawn = keras.initializers.HeUniform(seed=0)([weight.shape[0], 1000])
            assert np.std(values) == pytest.approx(np.std(drawn), rel=0.05)
            assert len(np.unique(values[:, 0])) == 20  # a seed fixes a draw of its own


@needs_node
def test_when_the_target_network_is_copied():
    by_episode = javascript("copies", settings={"targetUpdateEvery": 2}, episodes=6)
    assert [seen["copies"] for seen in by_episode] == [1, 2, 2, 3, 3, 4]
    settings = {"targetUpdate": "steps", "targetUpdateEvery": 25, "trainStart": 40}
    for seen in javascript("copies", settings=settings, episodes=6):
        assert seen["copies"] == 1 + seen["steps"] // 25
        assert seen["updates"] == max(0, seen["steps"] - 39)
    never = javascript("copies", settings={"targetUpdate": "never"}, episodes=6)
    assert {seen["copies"] for seen in never} == {1}


@needs_node
def test_stop_rule():
    lists = [[500] * 9, [500] * 10, [490] * 10, [0, *[500] * 10], [*[500] * 10, 0], [491] * 10]
    rule = mean_of_last_above(490)
    assert javascript("stop", lists=lists) == [bool(rule(scores)) for scores in lists]


@needs_node
@pytest.mark.parametrize("count", [7, 1200, 1201, 50_000])
def test_a_long_run_needs_no_more_room(count):
    scores = np.random.default_rng(5).integers(8, 501, count)
    made = javascript("history", scores=scores)
    episodes = np.array([point["episode"] for point in made["points"]])
    assert made["count"] == count
    assert min(count, 600) <= len(episodes) <= 1200
    assert set(np.diff(episodes, prepend=0)) == {made["every"]}
    for point in made["points"]:
        assert point["score"] == scores[point["episode"] - 1]
        last = scores[max(0, point["episode"] - 10) : point["episode"]]
        assert point["mean"] == pytest.approx(last.mean())
    assert made["mean"] == pytest.approx(scores[-10:].mean())


@needs_node
def test_python_loads_what_the_page_saved(tmp_path):
    path = tmp_path / "agent.safetensors"
    weights = javascript("save", seed=3, path=str(path))
    agent = DQNAgent(4, 2, seed=0)
    agent.load_weights(path)
    for ours, theirs in zip(agent.model.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(np.ravel(ours), np.float32(theirs))
    np.testing.assert_array_equal(weights_of(agent.target_model), weights_of(agent.model))
    assert load_file(path).keys() == load_file(PUBLISHED).keys()


@needs_node
def test_the_page_loads_what_python_saved(tmp_path):
    agent = DQNAgent(4, 2, seed=4)
    agent.save_weights(tmp_path / "agent.safetensors")
    (made,) = javascript("load", paths=[str(tmp_path / "agent.safetensors")])
    for ours, theirs in zip(agent.model.get_weights(), made["weights"], strict=True):
        np.testing.assert_array_equal(np.ravel(ours), np.float32(theirs))


@needs_node
def test_bad_files_are_refused(tmp_path):
    good, arrays = PUBLISHED.read_bytes(), load_file(PUBLISHED)
    kernel = arrays["model/hidden_1/kernel"]
    cases = {
        "empty": (b"", "notSafetensors"),
        "text": (b"hello, this is no file of weights", "notSafetensors"),
        "torn": (good[:-1], "notSafetensors"),
        "headless": (good[:20], "notSafetensors"),
        "null": ((4).to_bytes(8, "little") + b"null", "notSafetensors"),
        "bytes": ((4).to_bytes(8, "little") + b"\xff\xfe\xfd\xfc", "notSafetensors"),
        "missing": ({"model/hidden_1/kernel": kernel}, "otherArrays"),
        "transposed": (arrays | {"model/hidden_1/kernel": kernel.T.copy()}, "otherShape"),
        "float64": (arrays | {"model/hidden_1/kernel": kernel.astype(float)}, "otherShape"),
        "nan": (arrays | {"model/hidden_1/kernel": kernel * np.float32("nan")}, "notFinite"),
        "other agent": (PUBLISHED.with_name("stable_dqn.safetensors").read_bytes(), "otherShape"),
        "actor": (PUBLISHED.with_name("slides_a2c.safetensors").read_bytes(), "otherArrays"),
    }
    paths = []
    for name, (content, _) in cases.items():
        paths.append(str(tmp_path / name))
        if isinstance(content, dict):
            save_file(content, paths[-1])
        else:
            (tmp_path / name).write_bytes(content)
    for (name, (_, code)), made in zip(cases.items(), javascript("load", paths=paths), strict=True):
        assert made == {"refused": code, "unchanged": True}, name


@needs_node
def test_published_weights_play_the_same():
    agent, rng = DQNAgent(4, 2), np.random.default_rng(6)
    agent.load_weights(PUBLISHED)
    states = random_states(rng, 10_000).astype(np.float32)
    q_values = agent.model(states).numpy()
    made = javascript("greedy", path=str(PUBLISHED), states=states, episodes=100)
    clear = abs(q_values[:, 0] - q_values[:, 1]) > 1e-4  # a tie may go either way
    assert clear.mean() > 0.99
    np.testing.assert_array_equal(np.array(made["actions"])[clear], q_values.argmax(1)[clear])
    ours = evaluate(agent, CartPole(seed=0), episodes=100)
    noise = np.hypot(np.std(ours), np.std(made["scores"])) / 10
    assert abs(np.mean(made["scores"]) - np.mean(ours)) <= 4 * noise + 1


def module_value(name, file):
    """What a module of the page exports, functions left out."""
    code = (
        f"import('{PLAYGROUND.as_uri()}/js/{file}').then((m) => "
        f"console.log(JSON.stringify(m.{name}, (key, value) => "
        "typeof value === 'function' ? '(function)' : value)))"
    )
    done = subprocess.run([NODE, "-e", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_node
def test_the_page_brings_the_published_weights():
    encoded = module_value("PUBLISHED_WEIGHTS", "published.js")
    assert base64.b64decode(encoded) == PUBLISHED.read_bytes()


@needs_node
def test_measured_numbers_are_those_of_the_results():
    changes = {
        "lecture": {},
        "noMemory": {"memory_size": 1, "batch_size": 1, "train_start": 1},
        "noTarget": {"target_update": "never"},
        "noFall": {"fall_reward": None},
        "double": {"double": True},
        "every200": {"target_update": "steps", "target_update_every": 200},
    }
    told = module_value("MEASURED", "published.js")
    assert told.keys() == changes.keys()
    for name, settings in changes.items():
        found = summarise(load_results(Plan("slides_dqn", settings, 300).file_name))
        expected = {"iqm": round(found.iqm), "solvedEver": round(100 * found.solved_ever)}
        assert (found.runs, told[name]) == (100, expected), name


@needs_node
def test_settings_are_the_packages():
    ours = DQNVariantAgent(4, 2).get_config()
    for name, value in module_value("SETTINGS", "dqn.js").items():
        assert ours[re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)] == value, name


@needs_node
def test_both_languages_say_everything_and_links_lead_somewhere():
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        assert value
        return [shape(inner) for inner in value] if isinstance(value, list) else type(value)

    words = module_value("WORDS", "words.js")
    assert shape(words["en"]) == shape(words["ko"])
    page = (PLAYGROUND / "index.html").read_text()
    for key in re.findall(r'data-(?:word|label)="(\w+)"', page):
        assert isinstance(words["en"][key], str), key
    lessons = module_value("LESSONS", "words.js")
    assert set(re.findall(r'data-lesson="(\d\d)"', page)) <= lessons.keys()
    for number, name in lessons.items():
        assert name.startswith(number) and (ROOT / f"notebooks/source/{name}.py").exists(), name
    for _, number, sentence in words["en"]["lever"].values():
        assert number in lessons and sentence.endswith(".")


def test_korean_words_are_the_lessons():
    korean = (PLAYGROUND / "js" / "words.js").read_text().split("  ko: {")[1]
    for pattern, better in KOREAN.items():
        assert not re.search(pattern, korean), f"{pattern}: better {better}"


def test_bundle_is_small_and_whole():
    text = bundle.bundle()
    assert len(text.encode()) < 200_000
    assert not re.search(r"^(import|export)\b", text, re.M)
    assert not re.search(r'(?:src|href)="(?!#|data:)', text)
    assert "https://" not in text and "http://" not in text.replace(
        "http://www.w3.org/2000/svg", ""
    )
    assert 'content="https://example.org/"' in bundle.bundle("https://example.org/")


@needs_node
def test_bundled_scripts_are_javascript(tmp_path):
    for entry in ("worker.js", "main.js"):
        (tmp_path / "script.mjs").write_text(bundle.script(entry).replace(r"<\/", "</"))
        done = subprocess.run([NODE, "--check", tmp_path / "script.mjs"], capture_output=True)
        assert done.returncode == 0, done.stderr


def test_both_readmes_tell_the_same():
    pages = [(PLAYGROUND / name).read_text() for name in ("README.md", "README.ko.md")]
    rows = [re.findall(r"^\|(?!-).*\|$", page, re.M)[1:] for page in pages]
    told = [[sorted(re.findall(r"\d(?:[\d,.]*\d)?", row)) for row in of] for of in rows]
    assert len(told[0]) == 5 and told[0] == told[1]
    assert [re.findall(r"```\n.*?```", page, re.S)[0].count("make") for page in pages] == [2, 2]


# In a browser.


def in_a_browser(function):
    return pytest.mark.nightly(pytest.mark.browser(function))


@pytest.fixture(scope="module")
def address():
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/playground/"
        server.shutdown()


@pytest.fixture(scope="module")
def single_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("single") / "playground.html"
    path.write_text(bundle.bundle(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is on the PATH")
    with playwright.sync_playwright() as started:
        options = ["--no-sandbox", "--disable-background-networking", "--disable-sync"]
        with started.chromium.launch(executable_path=BROWSER, args=options) as browser:
            yield browser


@pytest.fixture
def opened(browser):
    """Opens pages; at the end, none has asked another host or had anything to complain about."""
    contexts, wrong = [], []

    def open_page(url, language="en", width=1280, **settings):
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        own = url.split("/playground")[0]

        def watch(request):
            if not request.url.startswith((own, "blob:", "data:")):
                wrong.append(request.url)

        page.on("request", watch)
        page.goto(f"{url}?lang={language}")
        page.locator("#tiles dd").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def told(page, name):
    """The number of a tile."""
    return float(page.locator(f"#tiles div:nth-child({name}) dd").inner_text().replace(",", ""))


EPISODE, STEP, MEAN, EPSILON, UPDATES = 1, 2, 3, 4, 5


@in_a_browser
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessible(opened, address, language, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(address, language, color_scheme=theme)
    page.click("#lens-update")
    page.locator("#card-moved").wait_for()
    page.wait_for_timeout(300)
    found = axe.run(page).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in serious] == []
    assert page.locator("html").get_attribute("lang") == language


@in_a_browser
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [390, 768, 1024, 1280])
def test_nothing_is_wider_than_the_page(opened, address, language, width):
    page = opened(address, language, width)
    page.click("#lens-update")
    page.locator("#card-moved").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@in_a_browser
@pytest.mark.parametrize("where", ["site", "single file"])
def test_learns_until_the_stop_rule(opened, address, single_file, where):
    page = opened(address if where == "site" else single_file)
    page.click("#fast")
    page.locator("#train-says.good").wait_for(timeout=120_000)
    assert told(page, MEAN) > 490 and told(page, EPISODE) > 10
    page.locator("#greedy-says", has_text="100 episodes").wait_for()
    page.click("#fast")  # and on
    page.wait_for_timeout(500)
    assert page.locator("#fast").inner_text() == "Pause"


@in_a_browser
def test_a_seed_gives_the_same_run(opened, address):
    numbers = []
    for _ in range(2):
        page = opened(address)
        page.click("#to-update")
        page.wait_for_function("document.querySelector('#card-moved').offsetHeight > 0")
        for _ in range(3):
            page.click("#one")
        page.wait_for_timeout(300)
        assert told(page, UPDATES) == 4
        numbers.append(page.locator("#lens-moved .big").inner_text())
    assert numbers[0] == numbers[1]


@in_a_browser
def test_keyboard_alone(opened, address):
    page = opened(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
    wanted = {"language", "theme", "stage", "start-game", "see", "game-speed", "fast", "slow"}
    wanted |= {"one", "lever-epsilonDecay", "lever-seed", "lever-targetUpdate", "lens-update"}
    assert wanted | {"save", "file", "published"} <= set(seen)
    page.focus("#start-game")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.locator("#game-says:not(:empty)").wait_for(timeout=30_000)
    assert page.locator("#stage").get_attribute("data-see") == "picture"
    page.focus("#lever-epsilonDecay")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#lever-epsilonDecay").get_attribute("aria-valuetext") == "0.998"


@in_a_browser
def test_touch(opened, address):
    page = opened(address, width=390, has_touch=True, is_mobile=True)
    box = page.locator("#stage").bounding_box()
    page.touchscreen.tap(box["x"] + 30, box["y"] + 50)
    page.wait_for_timeout(50)
    assert page.locator(".lefthalf.on").count() == 1
    page.touchscreen.tap(box["x"] + box["width"] - 30, box["y"] + 50)
    page.wait_for_timeout(50)
    assert page.locator(".righthalf.on").count() == 1


class Tab:
    """A page in a window of its own, which is hidden while another tab is looked at.

    Playwright has each of its own pages think that somebody looks; so it only hands messages on.
    """

    def __init__(self, browser, url):
        self.session, self.answers = browser.new_browser_cdp_session(), []
        self.context = self.send("createBrowserContext")["browserContextId"]
        self.target = self.new(url)
        self.id = self.send("attachToTarget", targetId=self.target, flatten=False)["sessionId"]
        self.session.on(
            "Target.receivedMessageFromTarget",
            lambda event: self.answers.append(json.loads(event["message"])),
        )

    def send(self, method, **arguments):
        return self.session.send(f"Target.{method}", arguments)

    def new(self, url):
        return self.send("createTarget", url=url, browserContextId=self.context)["targetId"]

    def evaluate(self, expression):
        asked = {"expression": expression, "returnByValue": True}
        message = json.dumps({"id": 1, "method": "Runtime.evaluate", "params": asked})
        self.answers.clear()
        self.send("sendMessageToTarget", sessionId=self.id, message=message)
        while not self.answers:
            self.send("getTargets")
        return self.answers[0]["result"]["result"].get("value")

    def wait_for(self, expression, seconds=60):
        end = time.monotonic() + seconds
        while not self.evaluate(expression):
            assert time.monotonic() < end, f"{expression} did not come true"
            time.sleep(0.1)

    def leave(self):
        self.other = self.new("about:blank")
        self.wait_for("document.visibilityState === 'hidden'")

    def come_back(self):
        self.send("activateTarget", targetId=self.target)
        self.wait_for("document.visibilityState === 'visible'")

    def tile(self, name):
        text = self.evaluate(f"document.querySelector('#tiles div:nth-child({name}) dd').innerText")
        return float(text.replace(",", ""))

    def text(self, selector):
        return self.evaluate(f"document.querySelector('{selector}').innerText")


@pytest.fixture
def tab(browser, address):
    made = Tab(browser, f"{address}?lang=en")
    made.wait_for("document.querySelector('#tiles dd') !== null")
    yield made
    made.send("disposeBrowserContext", browserContextId=made.context)


@in_a_browser
def test_a_page_left_while_it_learns_loses_nothing(opened, address, tab):
    never_left = opened(address)
    for click in (
        never_left.click,
        lambda s: tab.evaluate(f"document.querySelector('{s}').click()"),
    ):
        click("#fast")
    tab.wait_for(
        "!['0', ''].includes(document.querySelector('#tiles div:nth-child(5) dd').innerText)"
    )
    tab.leave()
    seen = tab.tile(EPISODE)
    never_left.locator("#train-says.good").wait_for(timeout=120_000)
    tab.wait_for("document.querySelector('#scores') !== null")
    assert tab.tile(EPISODE) == seen, "a hidden page draws nothing"
    tab.come_back()
    tab.wait_for("document.querySelector('#train-says.good') !== null", seconds=120)
    for name in (EPISODE, MEAN, UPDATES):  # as if nobody had left
        assert tab.tile(name) == told(never_left, name) > 0
    met = "document.querySelector('#train-says').innerText.split(',')[0]"
    assert tab.evaluate(met) == never_left.evaluate(met)


@in_a_browser
def test_a_game_left_and_come_back_to_does_not_hurry(tab):
    """It stands still while nobody looks, and makes up for nothing afterwards."""
    tab.evaluate(
        "window.seen = [0]; new MutationObserver(() => seen.push("
        "parseInt(document.querySelector('#game-score').innerText) || 0)).observe("
        "document.querySelector('#game-score'), {childList: true});"
        "document.querySelector('#start-game').click()"
    )
    tab.wait_for("seen.at(-1) >= 2")
    tab.leave()
    played = tab.evaluate("seen.at(-1)")
    time.sleep(2)  # 16 steps
    assert tab.evaluate("seen.at(-1)") == played
    tab.come_back()
    tab.wait_for(f"seen.at(-1) > {played}")
    time.sleep(0.5)
    jumps = np.diff(tab.evaluate("seen"))
    assert 0 < jumps.max() <= 3


@in_a_browser
def test_levers_and_presets(opened, address):
    page = opened(address)
    page.click("[data-preset=noMemory]")
    page.wait_for_function("document.querySelector('#tiles div:nth-child(5) dd').innerText > '0'")
    page.click("#fast")
    assert page.locator("#lever-memorySize").get_attribute("aria-valuetext") == "1"
    assert "1 of 1 " in page.locator("#ring").get_attribute("aria-label")
    assert "115, against 426" in page.locator("#preset-measured").inner_text()
    page.uncheck("#lever-fallReward")
    assert page.locator("[data-preset][aria-pressed=true]").count() == 0
    page.click("[data-preset=noTarget]")
    assert page.locator("#lever-targetUpdate").input_value() == "never"
    page.fill("#lever-seed", "7")
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert page.locator("#fast").inner_text() == "Pause"


@in_a_browser
def test_reduced_motion_and_another_language(opened, address):
    page = opened(address, reduced_motion="reduce")
    page.click("#fast")
    page.wait_for_function(
        "parseInt(document.querySelector('#tiles div:nth-child(5) dd').innerText) > 0"
    )
    page.click("#language")
    assert page.title().startswith("보고 만지는")
    page.wait_for_timeout(1200)
    assert told(page, UPDATES) > 0
    page.reload()
    page.goto(page.url.replace("?lang=en", ""))
    assert page.locator("html").get_attribute("lang") == "ko"


@in_a_browser
def test_files_go_both_ways(opened, address, tmp_path):
    page = opened(address)
    page.set_input_files("#file", PUBLISHED)
    page.locator("#files-say", has_text="cartpole_dqn.safetensors loaded").wait_for()
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "dqn.safetensors"
    download.value.save_as(tmp_path / "dqn.safetensors")
    agent, published = DQNAgent(4, 2), DQNAgent(4, 2)
    agent.load_weights(tmp_path / "dqn.safetensors")
    published.load_weights(PUBLISHED)
    np.testing.assert_array_equal(weights_of(agent.model), weights_of(published.model))
    for name, content, why in (
        ("bad.safetensors", b"no weights", "is not a whole safetensors file"),
        ("large.safetensors", b"0" * 200_000, "too large"),
        (
            "other.safetensors",
            PUBLISHED.with_name("slides_a2c.safetensors").read_bytes(),
            "other arrays",
        ),
    ):
        (tmp_path / name).write_bytes(content)
        page.set_input_files("#file", tmp_path / name)
        page.locator("#files-say.bad", has_text=why).wait_for()
        assert "\n" not in page.locator("#files-say").inner_text()


@in_a_browser
@pytest.mark.parametrize("where", ["served alone", "single file"])
def test_no_links_lead_nowhere(opened, address, single_file, where):
    page = opened(address if where == "served alone" else single_file)
    assert page.locator("a[data-lesson][href]").count() == 0
    assert page.locator(".lever a[href]").count() == 0
    page.click("#to-update")
    page.locator("#card-moved").wait_for()
