"""When a new gate may begin to let people in."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.policy.set_up import OPTIONAL, Need, SetUpFacts, Step, missing, steps

READY = SetUpFacts(
    confirmed=frozenset(Step),
    live=True,
    temperature=True,
    two_cameras=True,
    body_seen=True,
    calibrated=True,
    moves=True,
    paired=True,
    finished=True,
)
FRESH = replace(
    READY,
    **{one.name: False for one in fields(SetUpFacts) if one.type == "bool"},
    confirmed=frozenset(),
)
ANY = st.builds(SetUpFacts, confirmed=st.frozensets(st.sampled_from(Step)), **{
    one.name: st.booleans() for one in fields(SetUpFacts) if one.type == "bool"
})  # fmt: skip


def test_a_fresh_gate_with_one_camera_and_no_drive_needs_camera_zone_aim_and_a_visitor() -> None:
    stands = steps(FRESH)
    assert [step for step, need in stands.items() if need is Need.NOT_NEEDED] == [Step.REFERENCE, Step.CALIBRATE, Step.BARRIER]
    assert missing(FRESH) == [Step.CAMERAS, Step.ZONE, Step.AIM]


def test_with_everything_done_nothing_is_missing() -> None:
    assert set(steps(READY).values()) == {Need.DONE}
    assert missing(READY) == []


@pytest.mark.parametrize(
    ("lost", "step"),
    [
        ({"live": False}, Step.CAMERAS),
        ({"body_seen": False}, Step.REFERENCE),
        ({"confirmed": frozenset(Step) - {Step.BARRIER}}, Step.BARRIER),
        ({"confirmed": frozenset(Step) - {Step.REFERENCE}}, Step.REFERENCE),
    ],
)
def test_a_step_is_to_be_done_again_when_what_it_rests_on_is_gone(lost: dict[str, object], step: Step) -> None:
    assert missing(replace(READY, **lost)) == [step]  # type: ignore[arg-type]


def test_calibrating_and_pairing_may_wait() -> None:
    assert missing(replace(READY, calibrated=False, paired=False, finished=False)) == []


@given(facts=ANY)
def test_who_may_begin_has_every_step_that_is_needed_here(facts: SetUpFacts) -> None:
    stands = steps(facts)
    if not missing(facts):
        assert all(need is not Need.TO_DO for step, need in stands.items() if step not in OPTIONAL and step is not Step.VISITOR)
        assert facts.live
    if facts.temperature and not facts.body_seen:
        assert Step.REFERENCE in missing(facts)
