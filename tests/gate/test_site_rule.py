"""What the gate adds to skin now: from the pictures' surroundings, and from who came through."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from contract.verdicts import CoreRule, Region
from edge.gate.site_rule import SiteRule
from edge.policy.core_temperature import SkinToCore
from edge.policy.reading import Reading
from edge.policy.visitor import Visitor
from edge.vision.reference_body import ReferenceMissing, ReferenceSeen
from edge.vision.scene_ambient import scene_ambient_c
from edge.vision.thermal_frame import ThermalFrame
from tests.vision.heat import REFERENCE, Room, look, measure

OFFSETS = dict.fromkeys(Region, 2.0)
AMBIENT = SkinToCore(CoreRule.AMBIENT, OFFSETS, slope_ambient=-0.1, reference_ambient_c=24.0)
BASELINE = replace(AMBIENT, rule=CoreRule.BASELINE, slope_ambient=0.0)


def seen_rule(room: Room) -> SiteRule:
    rule, frame = SiteRule(AMBIENT), room.frame()
    rule.see(frame, look(room, frame))
    return rule


@pytest.mark.parametrize("ambient_c", [18.0, 22.0, 28.0])
@pytest.mark.parametrize("drift_c", [-1.5, 0.0, 1.5])
def test_the_room_is_read_from_the_picture_whatever_the_sensor_adds(ambient_c: float, drift_c: float) -> None:
    room = Room(ambient_c=ambient_c, drift_c=drift_c).with_face()
    assert seen_rule(room).now(100.0).ambient_c == pytest.approx(ambient_c, abs=0.1)


def test_a_face_that_fills_most_of_the_picture_is_not_the_room() -> None:
    room = Room(ambient_c=22.0).with_face(col=85.0, row=55.0, height_px=120.0)
    assert float(np.median(room.celsius())) > 30.0
    assert seen_rule(room).now(100.0).ambient_c == pytest.approx(22.0, abs=0.1)


def test_without_a_reference_body_the_room_is_not_known_and_nobody_is_measured() -> None:
    rule, frame = SiteRule(AMBIENT), Room(reference_c=None).frame()
    rule.see(frame, ReferenceMissing("covered"))
    assert not rule.now(100.0).known


def test_a_room_told_by_the_settings_needs_no_look() -> None:
    core = SiteRule(AMBIENT, fixed_ambient_c=20.0).now(100.0)
    assert core.core_c(34.5, Region.FOREHEAD) == pytest.approx(36.9)


def test_a_picture_without_numbers_has_no_room() -> None:
    nothing, seen = np.full((120, 160), np.nan, np.float32), ReferenceSeen(35.6, 100, 20, 0.1, 0.4, REFERENCE)
    assert math.isnan(scene_ambient_c(nothing, seen))
    rule = SiteRule(AMBIENT)
    rule.see(ThermalFrame(nothing, 100.0, 1, math.nan), seen)
    assert not rule.now(100.0).known


def test_a_reading_says_what_made_its_core_temperature() -> None:
    reading = measure(Room().with_face())[0]
    assert isinstance(reading, Reading)
    assert (reading.rule, reading.ambient_c, reading.shift_c) == (CoreRule.CONSTANT, None, 0.0)


def visitor(prior_core_c: float, shift_c: float, left_s: float, region: Region = Region.FOREHEAD) -> Visitor:
    reading = Reading(33.0, prior_core_c - 2.0, prior_core_c - shift_c, 0.3, region, 0.6, 9, left_s, True, shift_c=shift_c)
    return Visitor(left_s, reading, flagged=False, cold=False)


def test_every_region_learns_for_itself_and_from_the_prior() -> None:
    rule = SiteRule(BASELINE)
    for number in range(200):
        shift_c = rule.now(0.0).shift_c.get(Region.FOREHEAD, 0.0)
        rule.learn(visitor(37.1, shift_c, 30.0 * number))
    core = rule.now(6000.0)
    assert core.core_c(35.1, Region.FOREHEAD) == pytest.approx(36.9, abs=0.01)
    assert core.core_c(35.1, Region.CANTHUS) == pytest.approx(37.1)


def test_a_restart_begins_at_the_prior() -> None:
    assert SiteRule(BASELINE).now(0.0).added_c == OFFSETS


def test_other_rules_learn_nothing() -> None:
    rule = SiteRule(SkinToCore.constant(2.0))
    for number in range(200):
        rule.learn(visitor(37.1, 0.0, 30.0 * number))
    assert rule.now(6000.0).added_c == OFFSETS
