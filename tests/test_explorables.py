"""The explorables: right in their numbers, small, up to date, alive where a lesson shows them."""

import ast
import base64
import hashlib
import io
import itertools
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

from dqn_keras import GridWorld, ReplayMemory, bellman_target, update_target
from dqn_keras.classroom import explore
from dqn_keras.classroom.explorables import TITLES, WIDTH, Explorable
from dqn_keras.environments.grid_world import FIRST_COLUMNS, GOAL, MOVES, OBSTACLE_ROWS
from dqn_keras.machinery.language import LANGUAGES, use_language
from dqn_keras.policy import policy_gradient_loss

browser = test_playground.browser
PACKAGE = ROOT / "dqn_keras" / "classroom" / "explorables"
SHOWN_IN = {
    source: re.findall(r'^explore\("(\w+)"\)$', source.read_text(), re.M) for source in SOURCES
}
each_part = pytest.mark.parametrize("name", TITLES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def played(name, *uses, language="en", width=688):
    """What a part shows after some controls were used: a button, or a key and its new value."""
    return javascript("played", name=name, language=language, uses=uses, width=width)


def all_played(name, *all_uses, languages=("en",), widths=(688,)):
    """The same for several ways to use a part, in one go."""
    each = list(itertools.product(all_uses, languages, widths))
    return javascript("all_played", name=name, all=each)


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
@each_language
def test_the_picture_is_of_the_part_as_it_is_now(name, language):
    content = (PACKAGE / f"{name}.{language}.png").read_bytes()
    assert len(content) < 40_000
    picture = Image.open(io.BytesIO(content))
    drawing = played_as_in_its_picture(name, language)
    assert picture.text["drawing"] == hashlib.sha256(drawing.encode()).hexdigest(), (
        "make explorables"
    )
    assert picture.width == pytest.approx(1.5 * WIDTH, abs=1)


def played_as_in_its_picture(name, language):
    return javascript("played", name=name, language=language)["picture"]


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
    with pytest.raises(ValueError, match="name must be one of 'bandit', ") as error:
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


@needs_node
@pytest.mark.parametrize("epsilon", [0, 0.3, 1])
def test_estimates_are_means_and_regret_is_what_the_best_machine_pays_more(epsilon):
    pays = list(module_value("MACHINES", "explorables/bandit.js").values())
    true = np.array([np.mean(each) for each in pays])
    (made,) = javascript("bandit", epsilon=epsilon, pulls=400, seeds=[5])
    paid = [[] for _ in pays]
    for told in made["told"]:
        estimates = [np.mean(each) if each else 0 for each in paid]
        assert told["before"] == pytest.approx(estimates[told["machine"]])
        if told["how"] == "greedy":
            assert estimates[told["machine"]] == pytest.approx(max(estimates))
        assert told["pay"] in pays[told["machine"]]
        paid[told["machine"]].append(told["pay"])
    assert made["q"] == pytest.approx([np.mean(each) if each else 0 for each in paid])
    assert made["pulls"] == [len(each) for each in paid]
    cost = true.max() - true[[told["machine"] for told in made["told"]]]
    assert made["regret"] == pytest.approx([0, *np.cumsum(cost)])
    random = np.mean([told["how"] == "random" for told in made["told"]])
    assert random == pytest.approx(epsilon, abs=0.1)


@needs_node
def test_the_machines_answer_what_lesson_05_asks():
    regret = {}
    for epsilon in (0, 0.1, 1):
        runs = javascript("bandit", epsilon=epsilon, pulls=500, seeds=list(range(40)))
        regret[epsilon] = np.median([run["regret"] for run in runs], axis=0)
    assert regret[0][-1] == 750  # a straight line: machine A for ever
    assert regret[1][-1] == pytest.approx(2 * regret[1][250], rel=0.1)  # straight, too
    late, early = regret[0.1][-1] - regret[0.1][-101], regret[0.1][100]
    assert 0.075 * 100 <= late < 0.7 * early  # it bends; a random pull in ten costs for ever
    assert regret[0.1][-1] < regret[1][-1] < regret[0][-1]
    # As in the lesson's table: Q(A) = 1, and B's mean.
    assert played("bandit", "pullA")["label"].startswith("Estimates A 1, B 0, C 0, D 0;")
    by_hand = played("bandit", *["pullD"] * 30)
    assert "by hand" in by_hand["picture"] and "true 2.5" not in by_hand["picture"]
    assert "true 2.5" in played("bandit", ["truth", "shown"])["picture"]
    assert played("bandit", *["hundred"] * 11)["says"].startswith("1000 pulls.")


GHOSTS = [5, 11, 17]


def best_values(pieces, values, discount):
    """The best that each cell can do one step ahead of the values, by the package's target."""
    pieces, cells, actions = np.array(pieces), *np.divmod(np.arange(125), 5)
    to = np.clip(np.stack([cells % 5, cells // 5]).T + np.take(MOVES, actions, axis=0), 0, 4)
    following = to @ [1, 5]
    following = np.where(pieces[following] == "wall", cells, following)
    found = pieces[following]
    rewards = (found == "goal") + 0.3 * (found == "small") - 1.0 * (found == "ghost")
    ended = (found == "goal") | (found == "small")
    targets = bellman_target(rewards, values[following][:, None], ended, discount)
    dead = np.isin(pieces, ["wall", "small", "goal"])
    return np.where(dead, 0, np.max(np.reshape(targets, (25, 5)), axis=1))


def in_the_grid(function, *given):
    return javascript("call", module="explorables/grid_world.js", name=function, given=given)


def laid_out():
    """The lesson's grid, and one with walls and a small end."""
    lessons = in_the_grid("lessonsGrid")
    other = list(lessons)
    other[3], other[6], other[7], other[20] = "small", "wall", "wall", "ghost"
    return lessons, other


@needs_node
def test_the_grid_is_the_lessons_and_moves_are_the_packages():
    pieces, _ = laid_out()
    assert [cell for cell, piece in enumerate(pieces) if piece == "ghost"] == GHOSTS
    assert [x + 5 * y for x, y in zip(FIRST_COLUMNS, OBSTACLE_ROWS, strict=True)] == GHOSTS
    assert pieces.index("goal") == GOAL[0] + 5 * GOAL[1] == 24
    made = javascript("grid_moves", pieces=pieces)
    environment = GridWorld()
    states = np.repeat(environment.initial_states(25, None), 5, axis=0)
    states[:, 1], states[:, 0] = np.divmod(np.arange(125) // 5, 5)
    agents, _, terminated = environment.transition(states, np.arange(125) % 5)
    following = agents.numpy()[:, :2] @ [1, 5]
    np.testing.assert_array_equal([each["next"] for each in made], following)
    np.testing.assert_array_equal([each["terminated"] for each in made], terminated)
    rewards = (following == 24) * 1.0 - np.isin(following, GHOSTS)
    np.testing.assert_array_equal([each["reward"] for each in made], rewards)


@needs_node
@pytest.mark.parametrize("which", [0, 1])
def test_sweeps_are_value_iteration(which):
    pieces, discount, values = laid_out()[which], 0.8, np.zeros(25)
    made = values.tolist()
    for _ in range(5):
        made = in_the_grid("sweep", pieces, made, discount)
        values = best_values(pieces, values, discount)
        np.testing.assert_allclose(made, values, atol=1e-6)
    exact = in_the_grid("exact", pieces, discount)
    np.testing.assert_allclose(exact, best_values(pieces, np.array(exact), discount), atol=1e-6)
    assert np.abs(exact - values).max() > 0.1  # which five sweeps did not yet reach


@needs_node
def test_q_learning_learns_by_the_packages_target():
    pieces, settings = laid_out()[1], {"discount": 0.9, "alpha": 0.2, "epsilon": 0.2}
    made = javascript("grid", pieces=pieces, settings=settings, steps=1000, seed=2)
    q_values, cell, episodes = np.zeros((25, 5)), 0, 0
    for told in made["told"]:
        action, row = told["action"], q_values[cell]
        assert told["cell"] == cell
        assert told["explore"] or row[action] == pytest.approx(row.max())
        target = bellman_target(
            [told["reward"]], [q_values[told["next"]]], [told["terminated"]], 0.9
        )[0]
        assert told["target"] == pytest.approx(float(target), abs=1e-5)
        row[action] += 0.2 * (float(target) - row[action])
        cell = 0 if told["ended"] else told["next"]
        episodes += bool(told["ended"])
        assert bool(told["ended"]) >= told["terminated"]
    np.testing.assert_allclose(made["q"], q_values, atol=1e-5)
    assert episodes > 5
    assert np.mean([told["explore"] for told in made["told"]]) == pytest.approx(0.2, abs=0.05)


@needs_node
def test_the_grid_answers_what_lesson_02_asks():
    swept = all_played("grid_world", *(["sweep"] * sweeps for sweeps in range(1, 10)))
    for sweeps, made in enumerate(swept[:8], 1):
        assert made["says"].startswith(f"Sweep {sweeps}: ")
        assert made["label"].endswith("is worth 0.478." if sweeps == 8 else "is worth 0.000.")
    assert swept[8]["says"].startswith("Sweep 9 changed nothing")
    near, far = all_played(
        "grid_world",
        *(
            [["piece", "small"], ["board", 3], ["discount", discount], *["sweep"] * 9]
            for discount in (0.75, 0.8)
        ),
    )
    assert near["label"].endswith(f"is worth {0.3 * 0.75**2:.3f}.")
    assert far["label"].endswith(f"is worth {0.8**7:.3f}.")
    learned = played("grid_world", ["method", "learning"], *["episodes"] * 10)
    assert 0.4 < float(re.search(r"worth ([\d.]+)\.$", learned["label"])[1]) <= 0.479
    wall = played("grid_world", ["piece", "wall"], ["board", 0])
    assert wall["says"].startswith("An episode starts here")
    placed = played("grid_world", ["piece", "wall"], ["board", 1])
    assert placed["places"]["names"][1].startswith("Column 2, row 1: wall")
    taken = played("grid_world", ["piece", "wall"], ["board", 1], ["board", 1])
    assert taken["places"] == played("grid_world")["places"]


@needs_node
def test_a_push_is_the_policy_gradient():
    rng = np.random.default_rng(3)
    for action in (0, 1):
        logits, weight = rng.normal(size=2), float(rng.normal() * 50)
        given = [logits.tolist(), action, weight]
        made = javascript("call", module="explorables/baseline.js", name="push", given=given)
        variable = tf.Variable(logits[None], dtype=tf.float32)
        with tf.GradientTape() as tape:
            loss = policy_gradient_loss(variable, [action], [weight])
        np.testing.assert_allclose(made, -tape.gradient(loss, variable)[0], rtol=1e-4)


@needs_node
def test_the_levers_answer_what_lesson_14_asks():
    label = played("baseline", "pullLeft")["label"]
    none, baseline = map(float, re.findall(r"is ([\d.]+) without a baseline, ([\d.]+)", label)[0])
    assert none < 0.4  # left, the worse one, has become much more likely
    assert 0.5 < baseline < 0.51

    def right_is_likelier(*uses):
        """Of five times 20 runs: without and with a baseline."""
        seen = all_played("baseline", *([*uses, *["many"] * times] for times in range(1, 6)))
        counts = [
            re.search(r"in (\d+) without a baseline, in (\d+) with", each["says"]).groups()
            for each in seen
        ]
        return np.sum(np.array(counts, int), axis=0)

    none, baseline = right_is_likelier()
    assert 25 < none < 75 and baseline == 100
    none, baseline = right_is_likelier(["pays", "1 and 3"], ["rate", 0.1])
    assert none > 95 and baseline == 100


TIMES = {"copy": 0.1, "rollout": 0.36, "apply": 0.2}


@needs_node
@pytest.mark.parametrize("learners", [1, 2, 4])
def test_nobody_holds_the_lock_beside_another_and_who_asks_first_gets_it_first(learners):
    given = [learners, TIMES, 7, {"updates": 300}]
    spans = javascript("call", module="explorables/lock.js", name="simulated", given=given)
    held = sorted((s["from"], s["to"]) for s in spans if s["does"] in ("copy", "apply"))
    for (_, ends), (begins, _) in zip(held, held[1:], strict=False):
        assert begins >= ends - 1e-9
    asked = []
    for learner in range(learners):
        mine = sorted((s for s in spans if s["i"] == learner), key=lambda s: (s["from"], s["to"]))
        does = [s["does"] for s in mine if s["does"] != "wait"]
        assert does == (["copy", "rollout", "apply"] * len(does))[: len(does)]
        for before, after in zip(mine, mine[1:], strict=False):
            assert after["from"] == pytest.approx(before["to"])
        for span in mine:
            length = span["to"] - span["from"]
            if span["does"] == "rollout":
                assert 0.5 * 0.36 <= length <= 1.5 * 0.36
            elif span["does"] != "wait":
                assert length == pytest.approx(TIMES[span["does"]])
        for before, after in zip([{"does": "", "from": 0}, *mine], mine, strict=False):
            if after["does"] in ("copy", "apply"):
                waited = before["does"] == "wait"
                asked.append((before["from"] if waited else after["from"], after["from"]))
    served = [got for _, got in sorted(asked)]
    assert served == sorted(served)
    assert any(s["does"] == "wait" for s in spans) == (learners > 1)


@needs_node
def test_the_lock_answers_what_lesson_15_asks():
    def in_the_long_run(learners, rollout, lock):
        times = {"copy": lock / 3, "rollout": rollout, "apply": 2 * lock / 3}
        given = [learners, times]
        made = javascript("call", module="explorables/lock.js", name="longRun", given=given)
        assert made["held"] == pytest.approx(min(1, made["rate"] * lock), rel=0.01)
        assert made["rate"] <= 1.01 * min(learners / (rollout + lock), 1 / lock)
        return made["rate"]

    one = in_the_long_run(1, 0.36, 0.3)
    assert one == pytest.approx(1 / 0.66, rel=0.02)
    assert 1.5 < in_the_long_run(2, 0.36, 0.3) / one < 1.8
    assert 2.1 < in_the_long_run(4, 0.36, 0.3) / one < 2.21  # the lock is never free
    assert in_the_long_run(2, 0.1, 1) < 1.11 * in_the_long_run(1, 0.1, 1)
    assert in_the_long_run(4, 6, 0.3) > 3.7 * in_the_long_run(1, 6, 0.3)
    assert "1515, 1.00×, lock held 45%" in played("lock")["picture"]
    assert played("lock", "next")["says"] == "0.10 ms: A plays, B copies."


@needs_node
@each_part
def test_no_number_is_lost_at_any_setting(name):
    """Of the drawing's coordinates, none is NaN, nothing is undefined."""
    keys = {
        "bandit": ["pullD", "one", ["epsilon", 1], "hundred", ["truth", "shown"], "reset", "one"],
        "baseline": ["pullLeft", "hundred", "many", ["rate", 0.5], ["pays", "1 and 3"], "hundred"],
        "bellman_target": [["reward", -100], ["left", -20], ["right", -20], ["discount", 0]],
        "grid_world": [
            *["sweep", ["board", 5], ["piece", "wall"], ["board", 1], ["discount", 1], "sweep"],
            *[["method", "learning"], "step", ["discount", 0], "episodes", ["board", 24], "lesson"],
        ],
        "lock": ["next", "ahead", ["learners", "four"], "ahead", ["rolloutTime", 10], "long"],
        "moving_target": [["discount", 1], ["pull", 1.3], "ten", ["every", 20], ["pull", 0]],
        "ring_buffer": ["drawn", "store", "many", ["capacity", 16], "fill", "many", "reset"],
    }
    ways = [keys[name][:stop] for stop in range(len(keys[name]) + 1)]
    for seen in all_played(name, *ways, languages=LANGUAGES, widths=(250, 688)):
        text = f"{seen['picture']} {seen['label']} {seen['says']}"
        assert not re.search("NaN|undefined|null|Infinity", text)
        assert seen["label"]


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
    for button in part.locator("button:visible").all():
        button.click()
    for slider in part.locator("input[type=range]:visible").all():
        before = slider.input_value()
        slider.focus()
        page.keyboard.press("ArrowLeft")
        if slider.input_value() == before:
            page.keyboard.press("ArrowRight")
        assert slider.input_value() != before
    for choice in part.locator("input[type=radio]").all():
        choice.check()
    assert part.locator(".stage svg").first.bounding_box()["width"] > 500


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
    width = first.locator("svg").first.bounding_box()["width"]
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
def test_a_board_is_played_with_the_keyboard(opened, tmp_path):
    page = opened(parts("en"), tmp_path)
    part = page.locator("[data-explorable=grid_world]")
    part.locator("[data-key=piece] input[value=wall]").check()
    cells = part.locator(".board button")
    assert [cells.nth(i).get_attribute("tabindex") for i in (0, 1)] == ["0", "-1"]
    cells.first.focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert cells.nth(6).get_attribute("aria-label") == "Column 2, row 2: wall, value 0.00"
    assert cells.nth(6).get_attribute("tabindex") == "0"
    page.keyboard.press("Enter")
    assert cells.nth(6).get_attribute("aria-label") == "Column 2, row 2: value 0.00"
    assert not part.locator("[data-key=episodes]").is_visible()
    part.locator("[data-key=method] input[value=learning]").check()
    assert part.locator("[data-key=episodes]").is_visible()


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
