"""The speed benchmark runs: what nobody runs for weeks would break unseen."""

import importlib.util

import pytest
from conftest import ROOT

spec = importlib.util.spec_from_file_location("speed", ROOT / "benchmarks" / "speed.py")
speed = importlib.util.module_from_spec(spec)
spec.loader.exec_module(speed)


@pytest.mark.slow
@pytest.mark.parametrize("way", sorted({*speed.WAYS} - {*speed.PEERS, "slides", "eager"}))
def test_each_of_our_ways_can_be_measured(way, monkeypatch):
    monkeypatch.setitem(speed.WAYS, way, (speed.WAYS[way][0], 50))  # so many steps
    assert speed.measure(way) > 0
