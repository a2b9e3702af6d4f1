"""Stray light taken off: a small warm thing reads as a large one does, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.app.in_simulation.setting import person_at
from edge.config.thermometry import SensorConfig
from edge.policy.reading import Reading
from edge.sim.drawing.look import Look
from edge.sim.sensor_chain import STRAY_SHARE, SensorChain
from edge.sim.world import EFFECTS
from edge.vision.stray_light import StrayLight
from edge.vision.thermal_frame import ThermalFrame
from tests.vision.standing import LEPTON, read

SHAPE = (120, 160)
KNOWN = StrayLight(SensorConfig(stray_share=STRAY_SHARE))


def frame(celsius: NDArray[np.float32]) -> ThermalFrame:
    return ThermalFrame(celsius, 1.0, 1, np.inf)


def disc(radius_px: float, celsius: float = 36.0) -> NDArray[np.float32]:
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    return np.where(np.hypot(y - 60, x - 80) <= radius_px, celsius, 22.0).astype(np.float32)


def seen(scene: NDArray[np.float32]) -> NDArray[np.float32]:
    return SensorChain(SHAPE, 0.0, {"stray"}, np.random.default_rng(1)).optics(scene)


@pytest.mark.parametrize("radius_px", [3.0, 4.0, 5.0, 8.0, 20.0])
def test_a_body_of_any_size_reads_what_it_is(radius_px: float) -> None:
    picture = seen(disc(radius_px))
    lost_c, left_c = (36.0 - float(one[60, 80]) for one in (picture, KNOWN.removed(frame(picture)).celsius))
    assert abs(left_c) <= 0.035
    assert abs(left_c) <= 0.15 * lost_c + 0.005


def test_by_default_nothing_is_taken_off() -> None:
    picture = frame(disc(5.0))
    assert StrayLight(SensorConfig()).removed(picture) is picture


def test_an_even_picture_stays_and_what_is_added_everywhere_stays_added() -> None:
    flat, warm = np.full(SHAPE, 30.0, np.float32), seen(disc(9.0))
    assert np.allclose(KNOWN.removed(frame(flat)).celsius, 30.0, atol=1e-4)
    both = [KNOWN.removed(frame(warm + np.float32(added_c))).celsius for added_c in (0.0, 1.5)]
    assert np.allclose(both[1] - both[0], 1.5, atol=1e-3)


def test_half_a_degree_more_is_half_a_degree_more() -> None:
    """It knows places, not temperatures: nothing is drawn towards normal."""
    read = [float(KNOWN.removed(frame(seen(disc(12.0, celsius)))).celsius[60, 80]) for celsius in (35.0, 37.0, 39.0, 41.0)]
    assert np.diff(read) == pytest.approx([2.0] * 3, abs=0.01)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_pixel_without_a_value_stays_alone(value: float) -> None:
    dead = seen(disc(9.0))
    whole = KNOWN.removed(frame(dead)).celsius
    dead[62, 70] = value
    cleared = KNOWN.removed(frame(dead)).celsius
    assert not np.isfinite(cleared[62, 70])
    others = np.isfinite(cleared)
    assert others.sum() == dead.size - 1
    assert np.abs(cleared - whole)[others].max() < 0.05


def test_a_picture_of_nothing_stays_one() -> None:
    nothing = np.full(SHAPE, np.nan, np.float32)
    assert np.isnan(KNOWN.removed(frame(nothing)).celsius).all()


@pytest.mark.parametrize(("shape", "reach_px"), [((24, 32), 1.0), ((62, 80), 2.5), ((192, 256), 8.0), ((512, 640), 20.0)])
def test_every_size_of_picture_and_reach_is_served(shape: tuple[int, int], reach_px: float) -> None:
    flat = np.full(shape, 25.0, np.float32)
    cleared = StrayLight(SensorConfig(stray_share=0.05, stray_reach_px=reach_px)).removed(frame(flat)).celsius
    assert cleared.shape == shape
    assert cleared.dtype == np.float32
    assert np.allclose(cleared, 25.0, atol=1e-3)


def bias_c(distance_m: float, effects: frozenset[str], **changes: dict[str, float]) -> float:
    """Mean error of what is read of four people of 34 to 37 degC."""
    errors = []
    for seed, skin_c in ((2, 34.0), (4, 35.0), (5, 36.0), (7, 37.0)):
        actor = person_at(LEPTON, distance_m, skin_c, seed, np.random.default_rng(seed))
        answers = read(actor, Look.of_seed(seed), 22.0, effects, **changes)
        errors += [answer.corrected_c - skin_c for answer in answers if isinstance(answer, Reading)]
    return float(np.mean(errors))


@pytest.mark.parametrize("distance_m", [0.5, 0.8, 1.2])
def test_people_near_and_far_read_as_they_would_without_it(distance_m: float) -> None:
    clean_c = bias_c(distance_m, EFFECTS)
    cleared_c = bias_c(distance_m, EFFECTS | {"stray"}, sensor={"stray_share": STRAY_SHARE})
    assert cleared_c == pytest.approx(clean_c, abs=0.03)
    assert bias_c(distance_m, EFFECTS | {"stray"}) - clean_c > 0.08


def test_air_on_the_way_is_known_where_the_body_s_place_is() -> None:
    with_air = EFFECTS | {"air"}
    near_c, far_c = (bias_c(distance_m, with_air, reference={"distance_m": 1.0}) for distance_m in (0.5, 1.0))
    assert near_c == pytest.approx(bias_c(0.5, EFFECTS), abs=0.012)
    assert far_c == pytest.approx(bias_c(1.0, EFFECTS), abs=0.012)
