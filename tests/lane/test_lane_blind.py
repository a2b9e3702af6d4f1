"""While there are no pictures, nobody was seen to leave."""

from __future__ import annotations

from contract.verdicts import Mask, Verdict
from tests.lane.scene import FAR, FRAME_S, Scene


def test_a_second_person_is_not_gone_because_the_pictures_stopped() -> None:
    """Seen by the rule's own test: two in the zone, a pause of 0.4 s, and the nearer one passed."""
    scene = Scene()
    for _ in range(30):
        far = (*FAR[:3], FAR[3] + 4.0)
        scene.frame(scene.face(Mask.WORN), scene.face(Mask.WORN, track=2, box=far))
    for _ in range(round(0.5 / FRAME_S)):
        scene.frame()
    assert Verdict.PASS not in scene.verdicts


def test_who_is_seen_alone_after_a_second_person_left_passes() -> None:
    scene = Scene()
    for _ in range(30):
        scene.frame(scene.face(Mask.WORN), scene.face(Mask.WORN, track=2, box=FAR))
    scene.person(frames=20)
    assert scene.verdicts == [Verdict.PASS]
