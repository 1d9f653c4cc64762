"""The tables of results are what the result files say."""

import importlib.util
import re

import pytest
from conftest import ROOT

spec = importlib.util.spec_from_file_location("tables", ROOT / "benchmarks" / "tables.py")
tables = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tables)
ALL = (ROOT / "results" / "README.md").read_text()
FRONT = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("title", tables.TABLES)
def test_each_table_is_computed_from_its_files(title):
    section = ALL.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]  # not the head
    expected = [tables.row(text, name) for text, name in tables.TABLES[title].items()]
    assert [re.sub(r" [\d.]+ \|$", "", row) for row in rows] == expected


def test_the_readmes_rows_are_rows_of_those_tables():
    section = FRONT.split("### Many seeds")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.count("|") == 12 and "---" not in line]
    assert len(rows) > 14
    for row in rows:
        assert row in ALL, row


def test_every_experiment_has_its_row():
    shown = {name for rows in tables.TABLES.values() for name in rows.values()}
    there = {path.stem for path in (ROOT / "results").glob("*.jsonl")}
    assert there - shown == {"slides_dqn"}, "the stop rule has a paragraph of its own"
    assert shown <= there
