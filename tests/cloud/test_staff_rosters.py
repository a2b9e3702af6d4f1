"""What is wrong with a roster or a rota before the day comes."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.staff.declarations import Declaration, Declared
from cloud.ledger.staff.roster import Known, Place, RosterFault, warnings
from cloud.ledger.staff.rota import Absence, Away, gaps, leader_away
from cloud.ledger.staff.rules import HOUR_MS, Shift
from cloud.ledger.staff.signs import Sign, What
from cloud.ledger.staff.turns import Post, Turn
from contract.verdicts import Duty
from tests.cloud.staff_days import DAY, LIN, MEI, RULES, WEI, at, read, went_out

TRAINED = Known({MEI: DAY - timedelta(days=9), LIN: DAY})
WEEK_MS = 7 * 24 * HOUR_MS


def place(*persons: int, shift: Shift = Shift.MORNING, post: Post = Post.SCREENING, days: int = 0) -> Place:
    return Place(DAY + timedelta(days=days), shift, post, persons)


def faults(where: Place, known: Known = TRAINED) -> list[tuple[RosterFault, int | None]]:
    return [(one.what, one.person) for one in warnings(where, known, RULES)]


def test_a_shift_of_one_person_is_warned_of_and_one_of_two_is_not() -> None:
    for shift in Shift:
        assert [(one.what, one.have, one.need) for one in warnings(place(MEI, shift=shift), TRAINED, RULES)] == [
            (RosterFault.TOO_FEW, 1, 2)
        ]
        assert faults(place(MEI, LIN, shift=shift)) == []
    assert faults(place(days=5)) == [], "a Saturday is no working day"


def test_who_is_absent_is_not_counted() -> None:
    away = Known(TRAINED.trained_on, [Absence(LIN, at("11:00"), at("15:00"), at("7:00"))])
    assert faults(place(MEI, LIN), away) == [(RosterFault.TOO_FEW, None), (RosterFault.ABSENT, LIN)]


def test_a_volunteer_without_a_training_record_is_warned_of() -> None:
    assert faults(place(MEI, LIN, WEI)) == [(RosterFault.UNTRAINED, WEI)]
    assert faults(place(MEI, LIN, days=-1)) == [(RosterFault.UNTRAINED, LIN)], "trained a day too late"
    assert faults(place(WEI, post=Post.RECEPTION)) == [], "no screening duty"


def test_who_is_barred_stays_barred_until_the_declaration_ends() -> None:
    until = DAY + timedelta(days=2)
    bars = Known({}, (), [Declaration(1, MEI, Declared.AREA_CONTACT, DAY, until)])
    asked = Known({}, (), [Declaration(1, MEI, Declared.AREA_PERSON, DAY, until)])
    reception = [place(MEI, post=Post.RECEPTION, days=days) for days in (-1, 0, 2, 3)]
    assert [faults(one, bars) for one in reception] == [[(RosterFault.BARRED, MEI)]] * 3 + [[]]
    assert [faults(one, asked) for one in reception] == [[]] * 4
    assert warnings(reception[0], bars, RULES)[0].until == until


def watch(begins: str, ends: str, person: int = MEI, post: Post = Post.WATCH) -> Turn:
    return Turn(person, at(begins), at(ends), frozenset({post}))


def test_a_gap_of_the_rota_is_seen_before_it_comes() -> None:
    turns = [watch("0:00", "8:00"), watch("8:00", "20:00", LIN), watch("21:00", "+1 8:00", WEI)]
    found = gaps(Post.WATCH, turns, [], at("6:00"), at("+1 10:00"))
    assert [(one.begins_ms, one.ends_ms) for one in found] == [(at("20:00"), at("21:00")), (at("+1 8:00"), at("+1 10:00"))]
    assert len(gaps(Post.LEADER, turns, [], at("6:00"), at("+1 10:00"))) == 1


def test_an_absence_reported_in_advance_is_a_gap_before_it_begins() -> None:
    turns, away = [watch("0:00", "+1 0:00")], [Absence(MEI, at("9:00"), at("10:00"), at("7:00"))]
    found = gaps(Post.WATCH, turns, away, at("8:00"), at("+1 0:00"))
    assert [(one.begins_ms, one.ends_ms) for one in found] == [(at("9:00"), at("10:00"))]


def test_a_leader_who_is_away_without_a_report_is_warned_of() -> None:
    leads = watch("8:00", "+1 8:00", post=Post.LEADER)
    here, early = [read("7:40", Duty.ON)], Absence(MEI, at("9:00"), at("11:00"), at("8:30"))
    late = Absence(MEI, at("9:00"), at("11:00"), at("9:01"))

    def away(clock: str, signs: list[Sign], *absences: Absence) -> Away | None:
        return leader_away(leads, absences, signs, at(clock), RULES)

    assert (away("8:29", []), away("8:30", []), away("8:30", here)) == (None, Away.NOT_SEEN, None)
    assert away("9:30", [*here, went_out("9:20")]) is Away.WENT_OUT
    assert away("9:30", [*here, went_out("9:20"), read("9:25")]) is None
    assert away("9:30", [*here, went_out("9:20")], early) is None
    assert away("9:30", here, late) is Away.REPORTED_LATE
    assert away("9:30", [Sign(at("9:10"), What.PASSAGE, measured=True, duty=Duty.OFF)]) is Away.WENT_OUT
    assert leader_away(watch("8:00", "20:00"), [], [], at("9:00"), RULES) is None, "who does not lead"


hours = st.integers(min_value=0, max_value=24 * 8)
spans = st.tuples(hours, st.integers(min_value=1, max_value=40))


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=4), hours)
def test_every_moment_of_a_week_is_covered_or_lies_in_one_gap(
    on: list[tuple[int, int]], off: list[tuple[int, int]], look: int
) -> None:
    start = at("0:00")
    turns = [
        Turn(number, start + begins * HOUR_MS, start + (begins + long) * HOUR_MS, frozenset({Post.WATCH}))
        for number, (begins, long) in enumerate(on)
    ]
    away = [
        Absence(number, start + begins * HOUR_MS, start + (begins + long) * HOUR_MS, start)
        for number, (begins, long) in enumerate(off)
    ]
    moment = min(start + look * HOUR_MS + 1, start + WEEK_MS - 1)
    there = [
        one
        for one in turns
        if one.begins_ms <= moment < one.ends_ms
        and not any(a.person == one.person and a.begins_ms <= moment < a.ends_ms for a in away)
    ]
    open_then = [one for one in gaps(Post.WATCH, turns, away, start, start + WEEK_MS) if one.begins_ms <= moment < one.ends_ms]
    assert len(open_then) == (0 if there else 1)
