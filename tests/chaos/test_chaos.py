"""A breath of what `make chaos` does at length (and beside it the counter-proof)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import power_cuts
from tests.chaos.__main__ import exact
from tests.chaos.points import Points
from tests.chaos.storm import Storm


def test_a_power_cut_takes_no_committed_event_and_would_without_full_synchronisation(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "normal").mkdir()
    ours = power_cuts.run(tmp_path / "full", 75, seed=5)
    assert (ours["lost"], ours["broken"]) == (0, 0)
    assert power_cuts.run(tmp_path / "normal", 25, seed=5, synchronous="NORMAL")["lost"] > 0


@pytest.mark.broker
@pytest.mark.slow
def test_whatever_is_killed_every_event_is_in_ledger_and_series_once(tmp_path: Path) -> None:
    books = Storm(tmp_path.resolve(), events=1000, kills=4, seed=3, frozen_s=2.0).run()
    assert exact(books), books
    assert books["kills"] == 4


@pytest.mark.broker
@pytest.mark.slow
def test_a_process_that_dies_at_any_named_point_loses_nothing_and_sends_nothing_twice(tmp_path: Path) -> None:
    books = Points(tmp_path.resolve(), times=1, seed=2).run()
    assert exact(books), books
