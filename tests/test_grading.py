"""A folder of agents handed in: graded side by side, ranked, shown to the class."""

import html.parser
import json
import os
import re
import sys

import numpy as np
import pytest
from conftest import python

from dqn_keras import CartPole, DQNAgent, evaluate
from dqn_keras.__main__ import main
from dqn_keras.classroom import grading, leaderboard
from dqn_keras.classroom.grading import Graded, grade, grade_folder, seed_from_secret
from dqn_keras.experiments.recipes import find_recipe

RECIPE = find_recipe("slides_dqn")


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def hand_in(desk, *names):
    for name in names:
        (desk / f"{name}.safetensors").write_text(name)


def run(*arguments):
    return main(["grade", *map(str, arguments), "--recipe", "slides_dqn"])


# With real agents and real workers.


@pytest.mark.slow
def test_a_row_is_the_same_alone_in_the_folder_and_after_hostile_files(desk, tmp_path):
    seeds = {"ann": 1, "zoe": 2, "kim": 3}
    for name, seed in seeds.items():
        DQNAgent(4, 2, seed=seed).save_weights(desk / f"{name}.safetensors")
    good = (desk / "kim.safetensors").read_bytes()
    (desk / "kim2.safetensors").write_bytes(good)
    (desk / "bad1.safetensors").write_bytes(good[:-1])
    (desk / "bad2.safetensors").write_bytes(good.replace(b'"F32"', b'"F16"'))
    (desk / "numpy.py").write_text(f"open({str(tmp_path / 'canary')!r}, 'w')")
    code = f"""
from dqn_keras.classroom.grading import grade_folder
for row in grade_folder({str(desk)!r}, "slides_dqn", episodes=30, seed=9, progress=False):
    print(row.name, row.refused or row.returns.tolist(), sep=": ")
"""
    process = python(["-P", "-c", code], desk)
    rows = dict(line.split(": ", 1) for line in process.stdout.splitlines())
    assert len(rows) == 7, process.stderr
    for name, seed in seeds.items():
        alone = evaluate(DQNAgent(4, 2, seed=seed), CartPole(), 30, seed=9).tolist()
        assert json.loads(rows[f"{name}.safetensors"]) == alone
    assert rows["kim2.safetensors"] == rows["kim.safetensors"] != rows["ann.safetensors"]
    assert grade(desk / "zoe.safetensors", "slides_dqn", 30, 9).tolist() == json.loads(
        rows["zoe.safetensors"]
    )
    assert rows["bad1.safetensors"].startswith("is not a whole safetensors file")
    assert rows["bad2.safetensors"].startswith("is not a whole safetensors file")
    assert rows["numpy.py"] == "is not a weights file (.safetensors)"
    assert not (tmp_path / "canary").exists()


# With workers that only pretend, which takes no time, and can be made to fail.

PRETEND = """
import json, os, sys, time
for seen, line in enumerate(sys.stdin):
    task = json.loads(line)
    with open(task["path"]) as file:
        does = file.read()
    if does == "dies" or does == "dies unless first" and seen > 0:
        print("the reason\\x1b", file=sys.stderr)
        os._exit(7)
    if does == "hangs":
        time.sleep(60)
    if does == "talks for ever":
        while True:
            print("x" * 1000, end="")
    if does == "says no":
        print(json.dumps({"refused": "is no good"}), flush=True)
        continue
    score = 500.0 if does == "best" else len(does) + 0.25
    print(json.dumps({"returns": [score] * task["episodes"] + [task["seed"]]}), flush=True)
    if does == "dies afterwards":
        os._exit(7)
"""


@pytest.fixture
def pretend(tmp_path, monkeypatch):
    """One worker that answers with the length of a file's content, and the seed."""
    (tmp_path / "pretend.py").write_text(PRETEND)
    (tmp_path / "python").write_text(
        f'#!/bin/sh\necho >> {tmp_path}/begun\nexec "{sys.executable}" {tmp_path}/pretend.py\n'
    )
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr(grading.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(grading, "WORKERS", 1)
    return lambda: (tmp_path / "begun").read_text().count("\n")


def rows_of(desk, **settings):
    settings = {"episodes": 2, "seed": 3, "progress": False} | settings
    return {
        row.name.removesuffix(".safetensors"): row
        for row in grade_folder(desk, "slides_dqn", **settings)
    }


def test_one_worker_grades_many_files(desk, pretend):
    hand_in(desk, "a", "bb", "ccc")
    rows = rows_of(desk)
    assert [row.returns.tolist() for row in rows.values()] == [
        [1.25, 1.25, 3],
        [2.25, 2.25, 3],
        [3.25, 3.25, 3],
    ]
    assert pretend() == 1


def test_several_workers_share_the_files(desk, pretend, monkeypatch):
    monkeypatch.setattr(grading, "WORKERS", 3)
    hand_in(desk, *(f"{i:09}" for i in range(30)))
    assert all(row.returns[0] == 9.25 for row in rows_of(desk).values())
    assert 1 < pretend() <= 3


@pytest.mark.parametrize("end", ["dies", "hangs", "talks for ever"])
def test_a_file_that_ends_its_worker_spoils_only_its_own_row(desk, pretend, monkeypatch, end):
    monkeypatch.setattr(grading, "SECONDS", 2)
    hand_in(desk, "a", "z")
    (desk / "k.safetensors").write_text(end)
    rows = rows_of(desk)
    assert rows["a"].returns[0] == rows["z"].returns[0] == 1.25
    assert rows["k"].returns is None
    assert rows["k"].refused.startswith("was not evaluated within 2 s")
    assert ("code 7, 'the reason\\x1b'" in rows["k"].refused) == (end == "dies")
    assert pretend() == 3  # a's, which k spoilt; k's own; z's


@pytest.mark.parametrize("before", ["dies afterwards", "says no", "a"])
def test_what_fails_because_of_a_file_before_it_is_tried_in_a_process_of_its_own(
    desk, pretend, before
):
    (desk / "b.safetensors").write_text(before)
    (desk / "c.safetensors").write_text("dies unless first")
    rows = rows_of(desk)
    assert rows["c"].returns[0] == len("dies unless first") + 0.25
    assert (rows["b"].refused == "is no good") == (before == "says no")
    assert pretend() == 2


def test_ctrl_c_ends_the_workers_and_begins_no_others(desk, pretend, monkeypatch):
    hand_in(desk, *"abc")
    (desk / "b.safetensors").write_text("hangs")
    workers = []
    monkeypatch.setattr(
        grading.subprocess,
        "Popen",
        lambda *a, popen=grading.subprocess.Popen, **k: (
            workers.append(popen(*a, **k)) or workers[-1]
        ),
    )

    def interrupted(rows, *_, **__):
        yield next(iter(rows))
        raise KeyboardInterrupt

    monkeypatch.setattr(grading, "tqdm", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rows_of(desk)
    assert len(workers) == 1 and workers[0].returncode is not None


def test_what_is_no_weights_file_has_its_row(desk, pretend, tmp_path):
    hand_in(desk, "kim", "LEE")
    (desk / "LEE.safetensors").rename(desk / "LEE.SafeTensors")
    (tmp_path / "secret").write_text("the questions of the exam")
    (desk / "notes.txt").write_text("notes")
    (desk / ".hidden.safetensors").write_text("hidden")
    (desk / "folder.safetensors").mkdir()
    (desk / "folder.safetensors" / "inside.safetensors").write_text("inside")
    (desk / "link.safetensors").symlink_to("../secret")
    (desk / "nowhere.safetensors").symlink_to("nowhere.safetensors")
    (desk / "way").symlink_to("folder.safetensors")
    os.link(tmp_path / "secret", desk / "hard.safetensors")
    link, refused = "is a symbolic link and may lead anywhere", {}
    for row in grade_folder(desk, "slides_dqn", episodes=1, progress=False):
        if row.returns is None:
            refused[row.name] = row.refused
        else:
            assert row.name in ("kim.safetensors", "LEE.SafeTensors")
    assert refused == {
        "notes.txt": "is not a weights file (.safetensors)",
        "folder.safetensors": "is a folder; what lies in it is not graded",
        "link.safetensors": link,
        "nowhere.safetensors": link,
        "way": link,
        "hard.safetensors": "is one of 2 hard links to the same file; hand in a copy",
    }


# The command.


def test_all_files_play_the_same_episodes_and_each_call_others(desk, pretend):
    hand_in(desk, "a", "b")
    seeds = [{row.returns[-1] for row in rows_of(desk, seed=None).values()} for _ in range(2)]
    assert len(seeds[0]) == len(seeds[1]) == 1 and seeds[0] != seeds[1]


def test_the_seed_is_printed_and_repeats(desk, pretend, monkeypatch, capsys):
    hand_in(desk, "a")
    monkeypatch.setattr(grading.secrets, "randbits", lambda bits: 123_456)
    for seed in ((), ("--seed", 123_456), ("--seed", 7)):
        assert run(desk, *seed, "--episodes", 1) == 0
    fresh, repeated, other = re.findall(r"rank.*?every file\n", capsys.readouterr().out, re.S)
    assert fresh == repeated != other
    assert "123456" in fresh and "seed     7," in other


def test_a_secret_gives_a_seed_and_is_not_told(desk, pretend, tmp_path, capfd):
    secret = "the questions of the exam"
    hand_in(desk, "a", "b")
    page = tmp_path / "board.html"
    outputs = []
    for text in (secret, secret, "another"):
        assert run(desk, "--secret", text, "--html", page, "--episodes", 1) == 0
        outputs.append((capfd.readouterr().out, page.read_text()))
    assert outputs[0] == outputs[1] != outputs[2]
    told = "".join([*outputs[0], *map(str, desk.iterdir())])
    assert secret not in told and str(seed_from_secret(secret)) not in told
    assert "seed     from the secret" in told
    assert rows_of(desk, seed=seed_from_secret(secret))["a"].returns[-1] == float(
        seed_from_secret(secret)
    )


@pytest.mark.parametrize(
    "arguments, value",
    [
        (["--seed", "-1"], "-1"),
        (["--seed", "8", "--secret", "exam"], "--seed 8"),
        (["--secret", ""], "secret must not be empty"),
        (["--html", "a.safetensors"], "a.safetensors"),
        (["--episodes", "10001"], "10001"),
    ],
)
def test_bad_settings_are_one_line_and_nothing_begins(
    desk, pretend, capfd, tmp_path, monkeypatch, arguments, value
):
    hand_in(desk, "a")
    monkeypatch.chdir(desk)
    before = sorted(tmp_path.rglob("*"))
    assert run(".", *arguments) == 1
    captured = capfd.readouterr()
    assert captured.err.startswith("error: ") and captured.err.count("\n") == 1
    assert value in captured.err and "exam" not in captured.err and captured.out == ""
    assert sorted(tmp_path.rglob("*")) == before
    assert (desk / "a.safetensors").read_text() == "a"


def test_a_folder_without_weights_is_an_error(desk, capfd):
    (desk / "notes.txt").write_text("notes")
    assert run(desk) == 1
    assert f"{str(desk)!r} holds no .safetensors file" in capfd.readouterr().err


@pytest.mark.slow
def test_a_terminal_without_the_letters_of_a_name_is_no_reason_to_stop(desk, tmp_path):
    hand_in(desk, "이민수")
    code = f"""
import sys
from dqn_keras import __main__
from dqn_keras.classroom import grading
grading.grade_folder = lambda *_: [grading.Graded("이민수.safetensors", refused="is no good")]
sys.exit(__main__.main(["grade", {str(desk)!r}, "--recipe", "slides_dqn"]))
"""
    process = python(["-c", code], tmp_path, PYTHONIOENCODING="ascii")
    assert process.returncode == 0, process.stderr
    assert "\\uc774\\ubbfc\\uc218.safetensors is no good" in process.stdout


# The ranks, the table and the page.


def row(name, *returns):
    return Graded(f"{name}.safetensors", np.array(returns, float))


ROWS = [
    row("middle", 400, 450, 500),
    row("best", 500, 500, 500),
    row("as good", 500, 500, 499.99),
    row("worst", 9, 10, 11),
    row("lucky", *[500] * 19, 60),  # a mean of 478, but not for sure
    Graded("bad.safetensors", refused="is no good"),
]


def test_ranks_follow_the_mean_and_equals_share_one():
    places = leaderboard.ranked(ROWS, RECIPE)
    assert [(place.rank, place.name.partition(".")[0], place.mean) for place in places] == [
        (1, "best", "500.0"),
        (1, "as good", "500.0"),
        (3, "lucky", "478.0"),
        (4, "middle", "450.0"),
        (5, "worst", "10.0"),
    ]
    assert [place.lowest for place in places] == ["500.0", "500.0", "60.0", "400.0", "9.0"]


def test_solved_is_decided_by_the_lower_end_of_the_interval():
    assert [place.solved for place in leaderboard.ranked(ROWS, RECIPE)] == [
        True,
        True,
        False,  # although its mean is above 475
        False,
        False,
    ]
    assert np.mean(ROWS[4].returns) > RECIPE.solved_at


def test_small_returns_are_shown_with_more_digits():
    (place,) = leaderboard.ranked([row("a", 0.9, 1.0)], find_recipe("slides_deep_sarsa"))
    assert (place.mean, place.low, place.high, place.solved) == ("0.950", "0.900", "1.000", True)


def test_the_table_stands_in_columns_in_korean_too():
    rows = [row("이민수", 500, 500), row("kim", 10, 20), Graded("a\nb.txt", refused="is no good")]
    assert leaderboard.table(rows, RECIPE).splitlines() == [
        "rank  file                 mean    95% interval  lowest",
        "   1  이민수.safetensors  500.0  500.0 to 500.0   500.0  solved",
        "   2  kim.safetensors      15.0    10.0 to 20.0    10.0",
        r"   -  a\nb.txt is no good",
    ]
    mac = [row("\u110b\u1175\u1106\u1175\u11ab\u1109\u116e", 500, 500)]  # in single letters
    assert "이민수.safetensors" in leaderboard.table(mac, RECIPE)
    assert leaderboard.table(rows[2:], RECIPE) == r"   -  a\nb.txt is no good"


HOSTILE = {
    "a script": "<script>alert(1)<!--",
    "an attribute": "\"onmouseover='alert(1)'&quot;",
    "lines": "a\r\n   1  b.safetensors",
    "colours": "\x1b[2J\x1b]0;title\x07",
    "turned text": "a\u202eb\u2066c",
    "nothing to see": "\u200b\u2060",
    "no UTF-8": os.fsdecode(b"a\xff\xfe"),
    "long": "x" * 240,
    "many accents": "a" + "\u0301" * 100,
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_names_and_reasons_are_escaped_and_cut(name):
    rows = [row(name, 1, 2), Graded(f"{name}.txt", refused=f"holds {name * 3}")]
    text = leaderboard.table(rows, RECIPE)
    assert len(text.splitlines()) == 3 and all(line.isprintable() for line in text.splitlines())
    assert max(map(len, text.splitlines())) < 260
    page = leaderboard.page(rows, RECIPE, 2, 0)
    page.encode()
    assert all(line.isprintable() for line in page.splitlines())
    plain = leaderboard.page([row("b", 1, 2), Graded("b.txt", refused="no")], RECIPE, 2, 0)
    assert tags(page) == tags(plain)


def tags(page):
    found = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    parser.feed(page)
    return found


def test_the_page_shows_stems_recipe_episodes_and_seed_and_asks_nobody():
    page = leaderboard.page(ROWS, RECIPE, 3, 12_345)
    assert re.findall("<bdi>([^<]*)</bdi>", page) == [
        *("best", "as good", "lucky", "middle", "worst"),
        *("bad", "is no good"),
    ]
    assert page.count("<small>solved</small>") == 2
    assert "<title>slides_dqn: leaderboard</title>" in page and "3 episodes each" in page
    assert re.search(r"<p>\d{4}-\d\d-\d\d, ", page) and "seed 12345" in page
    assert "seed" not in leaderboard.page(ROWS, RECIPE, 3, None)
    assert "prefers-color-scheme: dark" in page and "width=device-width" in page
    asked = {"src", "href", "srcset", "action", "data", "poster", "style"}
    assert not any(name in asked for _, attributes in tags(page) for name, _ in attributes)
    assert not {"script", "link", "img", "iframe", "base"} & {tag for tag, _ in tags(page)}
    assert "url(" not in page and "@import" not in page and "//" not in page


def test_a_page_of_refusals_has_no_table():
    page = leaderboard.page(ROWS[-1:], RECIPE, 3, 1)
    assert "<table" not in page and "is no good" in page
