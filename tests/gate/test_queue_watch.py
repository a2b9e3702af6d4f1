"""Who waits before the gate: at least so many, and for how long at least."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from contract.messages.health import QueueData
from contract.topics import Kind
from contract.verdicts import Mask, Reason, Verdict
from edge.gate.queue_watch import QueueWatch
from edge.lane.step import Screen
from edge.lane.visit import Face
from edge.policy.rule import Decision
from tests.gate.fed import Colour, Fed, Seen, Tick, colour_of
from tests.lane.scene import FRAME_S, Scene

NOBODY_NEAR = Screen(None, None, 0)
ONE_IS_JUDGED = Screen(Decision(Verdict.WAIT, Reason.GATHERING), None, 1)
FULL = Screen(Decision(Verdict.HOLD, Reason.FULL), None, 1)


class Street:
    """Faces before a gate, 25 pictures a second."""

    def __init__(self) -> None:
        self.scene, self.watch = Scene(), QueueWatch()

    def stand(self, *tracks: int, screen: Screen = NOBODY_NEAR, seconds: float = 3.0, why: Reason | None = None) -> Street:
        for _ in range(round(seconds / FRAME_S)):
            self.picture(screen, *(self.scene.face(Mask.WORN, 36.5, track, why=why) for track in tracks))
        return self

    def picture(self, screen: Screen, *faces: Face) -> None:
        self.scene.now_s += FRAME_S
        self.watch.see(faces, screen, self.scene.now_s)

    def take(self) -> QueueData:
        said = self.watch.take(self.scene.now_s)
        assert said is not None
        return said


def test_who_is_being_judged_does_not_wait_and_those_behind_do() -> None:
    said = Street().stand(1, 2, 3, screen=ONE_IS_JUDGED).take()
    assert (said.people, said.longest_s) == (2, 3.0)


def test_before_a_gate_that_is_full_everybody_waits() -> None:
    assert Street().stand(1, 2, 3, screen=FULL).take().people == 3


def test_who_passes_by_waits_for_nothing() -> None:
    street = Street()
    for track in range(10):
        street.stand(track, seconds=0.8)
    assert street.take() == QueueData(people=0)


def test_one_person_lost_and_found_again_is_not_two() -> None:
    street = Street().stand(1, 2, screen=FULL)
    assert street.stand(1, 77, screen=FULL).take().people == 2


def test_a_poster_does_not_wait() -> None:
    assert Street().stand(1, screen=FULL, why=Reason.NO_WARM_FACE).take() == QueueData(people=0)


def test_whose_place_another_may_have_taken_waits_from_then_on() -> None:
    street = Street().stand(1, screen=FULL, seconds=20)
    street.picture(FULL, replace(street.scene.face(track=1), doubted=True))
    assert street.stand(1, screen=FULL, seconds=4).take() == QueueData(people=1, longest_s=4.0)


def test_each_health_message_tells_of_its_own_time_and_nobody_knows_without_a_picture() -> None:
    street = Street().stand(1, 2, screen=FULL)
    assert street.take().people == 2
    assert street.stand(1, screen=FULL).take().people == 1
    assert street.watch.take(street.scene.now_s + 10) is None


@given(
    st.lists(st.sets(st.integers(0, 6), max_size=5), min_size=1, max_size=60), st.sampled_from([NOBODY_NEAR, FULL, ONE_IS_JUDGED])
)
def test_there_are_never_more_than_were_seen_in_one_picture(pictures: list[set[int]], screen: Screen) -> None:
    street = Street()
    for tracks in pictures:
        street.stand(*tracks, screen=screen, seconds=0.5)
    assert street.take().people <= max(len(tracks) for tracks in pictures)


def test_the_gate_s_health_message_says_who_waits_and_nothing_of_a_camera_that_is_gone(tmp_path: Path) -> None:
    fed = Fed(tmp_path)
    told: list[QueueData | None] = []
    for tick in (Tick(faces=(Seen(), Seen("beside"), Seen("far"))), Tick(colour=Colour.MISSING)):
        told.clear()
        for _ in range(220):
            fed.clock.advance(tick.after_s)
            fed._count += 1
            _played(fed, tick)
            fed.loop.round()
            waiting = fed._records.waiting()
            told += [_queue(record.data) for record in waiting if record.kind is Kind.HEALTH]
            if waiting:
                fed._records.commit(waiting[-1].number)
        seen = told[-1]
        if tick.colour is Colour.MISSING:
            assert seen is None
        else:
            assert seen is not None
            assert seen.people == 2, "one of the three has the turn"
            assert seen.longest_s is not None
            assert seen.longest_s > 10


def _played(fed: Fed, tick: Tick) -> None:
    if tick.colour is Colour.OK:
        fed._network.faces = tick.faces
        fed._colours.write(colour_of(Colour.OK, fed._count % 2), fed.clock.monotonic_s())


def _queue(data: bytes) -> QueueData | None:
    said = json.loads(data)["queue"]
    return None if said is None else QueueData.model_validate(said)
