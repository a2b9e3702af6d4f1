"""Photographs before the simulated cameras."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from contract.verdicts import Mask
from edge.clock import SystemClock
from edge.errors import SourceError
from edge.sim.cameras import simulated_colour, simulated_thermal
from edge.sim.photographs import LEAD_S, Photographs
from edge.sim.scenes import world_of
from edge.sim.stage import registration_matrix

from .gates import simulated_gate

CLOCK = SystemClock()
HEAD = "file,x1,y1,x2,y2,mask,core_c\n"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A red picture with one face, 320x240, and a tall blue one with two, 300x600."""
    cv2.imwrite(str(tmp_path / "red.png"), np.full((240, 320, 3), (30, 30, 200), np.uint8))
    cv2.imwrite(str(tmp_path / "blue.png"), np.full((600, 300, 3), (200, 30, 30), np.uint8))
    lines = "red.png,100,60,180,160,worn,36.5\nblue.png,50,200,130,300,absent,36.6\nblue.png,170,200,250,300,worn_wrong,38.2\n"
    (tmp_path / "manifest.csv").write_text(HEAD + lines, encoding="utf-8")
    return tmp_path / "manifest.csv"


def scene_of(manifest: Path, once: bool = False) -> Photographs:
    gate = simulated_gate(scene="photographs", manifest=str(manifest), hold_s=2.0, gap_s=0.5, once=once)
    scene = world_of(gate).scene
    assert isinstance(scene, Photographs)
    return scene


def test_the_scene_tells_when_each_photograph_stands_there_and_what_is_true_of_it(manifest: Path) -> None:
    first, second = scene_of(manifest).expected()
    assert (first.start_s, first.end_s, first.file.name) == (LEAD_S, LEAD_S + 2.0, "red.png")
    assert (second.start_s, second.end_s) == (LEAD_S + 2.5, LEAD_S + 4.5)
    assert [face.mask for face in second.faces] == [Mask.ABSENT, Mask.WORN_WRONG]
    assert second.faces[1].core_c == 38.2


def test_what_is_told_is_what_is_played(manifest: Path) -> None:
    scene = scene_of(manifest)
    for showing in scene.expected():
        for t_s in (showing.start_s + 0.01, showing.end_s - 0.01):
            moment = scene.at(t_s)
            assert moment.photograph == showing.file
            assert [actor.mask for actor in moment.actors] == [face.mask for face in showing.faces]
        assert scene.at(showing.end_s + 0.25).actors == ()
        assert scene.at(showing.start_s - 0.25).photograph is None


def test_the_photographs_begin_again_unless_they_are_played_once(manifest: Path) -> None:
    again_s = LEAD_S + 5.0 + 0.5
    assert scene_of(manifest).at(again_s).photograph is not None
    for t_s in (again_s, again_s + 100.0, 1e6):
        assert scene_of(manifest, once=True).at(t_s).photograph is None


def test_the_picture_and_the_warmth_of_its_faces_lie_on_each_other(manifest: Path) -> None:
    gate = simulated_gate(scene="photographs", manifest=str(manifest), hold_s=2.0, gap_s=0.5)
    colour, thermal = simulated_colour(gate, 0.0, CLOCK), simulated_thermal(gate, 0.0, CLOCK)
    assert colour.picture(LEAD_S + 1.0)[240, 320, 2] > 150
    tall = colour.picture(LEAD_S + 3.0)
    assert tall[240, 320, 0] > 150
    assert abs(int(tall[240, 20, 0]) - 114) < 20
    for actor in scene_of(manifest).at(LEAD_S + 3.0).actors:
        x, y = (actor.box[0] + actor.box[2]) / 2, actor.box[1] + 0.3 * (actor.box[3] - actor.box[1])
        col, row = np.array(registration_matrix()) @ [x, y, 1.0]
        warm = (
            thermal.counts(LEAD_S + 3.0)[round(row) - 1 : round(row) + 2, round(col) - 1 : round(col) + 2].mean() / 100 - 273.15
        )
        assert warm > 31.0
    cool = thermal.counts(LEAD_S + 4.8).astype(float) / 100 - 273.15
    assert float(np.median(cool)) < 23.0


def test_a_box_of_a_picture_made_larger_is_made_larger_with_it(manifest: Path) -> None:
    (actor,) = scene_of(manifest).at(LEAD_S + 1.0).actors
    assert actor.box == (200.0, 120.0, 360.0, 320.0)
    assert actor.skin_c == pytest.approx(34.5)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("file,x1\n", "has no column"),
        (HEAD, "names no picture"),
        (HEAD + "red.png,1,2,3,4,maybe,36\n", "not a face"),
        (HEAD + "red.png,1,2,3,,worn,36\n", "not a face"),
        (HEAD + "gone.png,1,2,3,4,worn,36\n", "picture of the manifest is missing"),
    ],
)
def test_a_wrong_manifest_is_refused_where_it_is_wrong(manifest: Path, text: str, what: str) -> None:
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=what) as refused:
        scene_of(manifest)
    assert refused.value.where
    assert refused.value.remedy


def test_a_missing_manifest_is_told_by_its_key(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such manifest"):
        scene_of(tmp_path / "gone.csv")
    with pytest.raises(SourceError, match="needs a manifest") as unset:
        world_of(simulated_gate(scene="photographs"))
    assert unset.value.where == "simulation.manifest"
