"""The simulated thermal sensor against real recordings of one, and each of its effects alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from edge.sim.sensor_chain import SensorChain
from edge.sim.world import EFFECTS
from edge.vision.thermal.cptv_clip import read_clip
from tests.sim.thermal_statistics import statistics

SHAPE = (120, 160)
PERIOD_S = 0.114
CLIPS = ("0755cc2b", "1b5f1407", "6d8de70b", "87a24e9c", "8cc1fc80", "9f136378", "f123f6db", "f7793e2e", "fb8b1945")
"""Those in which nobody stands for long."""


def played(effects: frozenset[str] = EFFECTS, *, seed: int = 1, count: int = 90) -> np.ndarray:
    """Pictures (n, rows, cols) of an empty room, centikelvin."""
    chain = SensorChain(SHAPE, 0.042, effects, np.random.default_rng(seed))
    room = np.full(SHAPE, 22.0, np.float32) + np.linspace(0, 1, SHAPE[0], dtype=np.float32)[:, None]
    pictures = [chain.electronics(chain.optics(room), PERIOD_S * number) for number in range(count)]
    return np.round((np.stack(pictures) + 273.15) * 100).astype(np.uint16)


@pytest.mark.reference
def test_its_numbers_are_those_of_real_recordings_within_a_fifth(reference_data: Path) -> None:
    folder = reference_data / "thermal" / "kiosk_clips"
    real = [statistics(np.stack([frame.counts for frame in read_clip(folder / f"{clip}.cptv", *SHAPE)])) for clip in CLIPS]
    simulated = statistics(played())
    for name, value in simulated.items():
        measured = float(np.median([one[name] for one in real]))
        assert abs(value / measured - 1.0) < 0.2, (name, value, measured)


def test_without_effects_it_shows_what_is_there() -> None:
    pictures = played(frozenset())
    assert np.ptp(pictures.astype(int), axis=0).max() == 0
    assert pictures[0, 0, 0] == round((22.0 + 273.15) * 100)


def test_every_effect_can_be_left_out() -> None:
    whole = statistics(played())
    assert statistics(played(EFFECTS - {"filter"}))["alike"] < 0.1 < whole["alike"]
    assert statistics(played(EFFECTS - {"pattern"}))["pattern"] < 0.6 * whole["pattern"]
    assert statistics(played(EFFECTS - {"lines"}))["rows"] < 0.65 * whole["rows"]
    assert statistics(played(EFFECTS - {"noise"}))["same"] == 1.0


def test_stray_light_makes_a_small_warm_thing_read_colder_than_a_large_one() -> None:
    def middle(radius_px: float) -> float:
        y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
        disc = np.where(np.hypot(y - 60, x - 80) <= radius_px, 36.0, 22.0).astype(np.float32)
        chain = SensorChain(SHAPE, 0.0, {"stray"}, np.random.default_rng(1))
        return float(chain.optics(disc)[60, 80])

    assert 36.0 - middle(3.0) == pytest.approx(0.03 * 14.0, rel=0.35)
    assert 36.0 - middle(20.0) < 0.01


def test_a_long_gap_begins_anew() -> None:
    chain = SensorChain(SHAPE, 0.042, {"noise", "filter"}, np.random.default_rng(1))
    room = np.zeros(SHAPE, np.float32)
    first, second, later = (chain.electronics(room, t_s) for t_s in (0.0, 0.1, 60.0))
    assert np.corrcoef(first.ravel(), second.ravel())[0, 1] > 0.7
    assert abs(np.corrcoef(second.ravel(), later.ravel())[0, 1]) < 0.1
