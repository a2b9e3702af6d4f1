"""While there are no pictures, nobody was seen to leave; and nobody passes who is not seen."""

from __future__ import annotations

from contract.verdicts import Mask, Verdict
from edge.lane.lane import BODY_GONE_S
from tests.lane.scene import BESIDE, FAR, FRAME_S, Scene


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


def gone(scene: Scene) -> None:
    for _ in range(round(1.0 / FRAME_S)):
        scene.frame()


def test_who_left_together_with_somebody_gets_no_pass_when_nobody_is_there_any_more() -> None:
    scene = Scene()
    for _ in range(40):
        scene.frame(scene.face(), scene.face(Mask.ABSENT, track=2, box=BESIDE))
    scene.person(frames=5)  # the other one is out of view 0.2 s earlier
    gone(scene)
    assert Verdict.PASS not in scene.verdicts


def test_who_puts_the_mask_on_and_is_gone_before_the_verdict_gets_no_pass() -> None:
    for frames in range(1, 40):
        scene = Scene().person(Mask.ABSENT, frames=40).person(frames=frames)
        last_s = scene.now_s
        gone(scene)
        late = [said for said in scene.announced if said.decided_s > last_s + BODY_GONE_S + FRAME_S]
        assert Verdict.PASS not in [said.decision.verdict for said in late], frames
