"""Pictures of both cameras side by side, and boards kept from among them."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.app.calibration.by_board import BoardWatch
from edge.app.calibration.pictures import _live, pictures
from edge.sim.cameras import simulated_thermal
from edge.vision.colour.source import Shot
from edge.vision.thermal.source import RawThermal
from tests.clocks import FakeClock
from tests.sim.gates import simulated_gate


def test_live_cameras_are_read_side_by_side_and_given_back() -> None:
    kinds = set[type]()
    with closing(_live(simulated_gate(), 20.0)) as seen:
        for shot in seen:
            kinds.add(type(shot))
            if kinds == {Shot, RawThermal}:
                return
    pytest.fail(f"only {kinds} came")


def test_live_cameras_are_left_after_the_time_asked_for() -> None:
    began_s = time.monotonic()
    assert list(_live(simulated_gate(), 3.0))
    assert time.monotonic() - began_s < 30.0


def test_simulated_cameras_are_not_waited_for_and_come_in_order() -> None:
    seen = list(pictures(simulated_gate(colour={"fps": 5.0}), 4.0))
    times_s = [shot.taken_s for shot in seen]
    assert times_s[-1] > 3.5
    assert np.all(np.diff(times_s) > -0.25)


def test_a_camera_that_is_later_than_its_settings_say_shows_the_past() -> None:
    late, true = (
        simulated_thermal(simulated_gate(late_s=late_s, effects=[]), 0.0, FakeClock(2.0)).read() for late_s in (0.5, None)
    )
    assert late.taken_s == true.taken_s
    assert not np.array_equal(late.counts, true.counts)


@pytest.mark.reference
def test_a_real_board_is_kept_once_a_place(reference_data: Path) -> None:
    watch = BoardWatch(0)
    for at_s, pair in enumerate((4, 4, 6, 8)):
        thermal, colour = (
            cv2.imread(str(reference_data / "thermal" / "board_pairs" / f"{pair}_{which}.png")) for which in (0, 1)
        )
        assert thermal is not None
        assert colour is not None
        counts = (29000 + 5.0 * cv2.cvtColor(thermal, cv2.COLOR_BGR2GRAY)).astype(np.uint16)
        assert watch.see(Shot(colour.astype(np.uint8), float(at_s))) is None
        left_px = watch.see(RawThermal(counts, at_s + 0.05, float("nan")))
        assert (left_px is None) == (at_s == 1)
        assert left_px is None or left_px <= 1.3
    assert len(watch.views) == 3
