"""What a member of staff has to do, from what was seen of them: hours of Shanghai, a clock that the tests set."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.staff.clothing import clothing_tasks
from cloud.ledger.staff.day import by_urgency, tasks_of_morning, tasks_of_turns
from cloud.ledger.staff.declarations import Declaration, Declared, follow_ups
from cloud.ledger.staff.rota import Absence
from cloud.ledger.staff.rules import HOUR_MS, MINUTE_MS, Rules, Shift
from cloud.ledger.staff.signs import MaskType, Sign, What
from cloud.ledger.staff.tasks import Task, TaskKind, TaskState
from cloud.ledger.staff.temperature import temperature_tasks
from cloud.ledger.staff.turns import Post, Turn, joined
from contract.verdicts import Duty
from tests.cloud.staff_days import DAY, MEI, RULES, at, by_hand, passed, read, turn, wears, went_out


def of(tasks: list[Task], kind: TaskKind) -> list[Task]:
    return [one for one in tasks if one.kind is kind]


def states(tasks: list[Task], kind: TaskKind, clock: str) -> list[TaskState]:
    return [one.state(at(clock)) for one in of(tasks, kind)]


def test_a_missing_reading_before_or_after_work_is_overdue() -> None:
    morning = temperature_tasks(turn(), [read("8:20"), read("10:10")], RULES)
    assert states(morning, TaskKind.BEFORE, "8:21") == [TaskState.DONE]
    assert states(morning, TaskKind.AFTER, "12:30") == [TaskState.OPEN]
    assert states(morning, TaskKind.AFTER, "12:31") == [TaskState.OVERDUE]
    assert states(temperature_tasks(turn(), [], RULES), TaskKind.BEFORE, "8:31") == [TaskState.OVERDUE]
    assert states(temperature_tasks(turn(), [read("9:00")], RULES), TaskKind.BEFORE, "9:01") == [TaskState.DONE_LATE]


def test_who_goes_off_duty_early_has_the_reading_after_work() -> None:
    gone = temperature_tasks(turn(), [read("8:20"), read("9:40", Duty.OFF)], RULES)
    assert states(gone, TaskKind.AFTER, "13:00") == [TaskState.DONE]
    back = temperature_tasks(turn(), [read("8:20"), read("9:40", Duty.OFF), read("10:00")], RULES)
    assert states(back, TaskKind.AFTER, "12:40") == [TaskState.OVERDUE]


def test_the_reading_after_the_morning_is_not_the_one_before_the_afternoon() -> None:
    morning, afternoon = joined([turn(), turn(Shift.AFTERNOON)])
    signs = [read("8:20"), read("10:00"), read("11:50"), read("12:10")]
    assert states(temperature_tasks(morning, signs, RULES), TaskKind.AFTER, "12:20") == [TaskState.DONE]
    assert states(temperature_tasks(afternoon, signs, RULES), TaskKind.BEFORE, "13:31") == [TaskState.OVERDUE]
    late = temperature_tasks(morning, [read("8:20"), read("13:20")], RULES)
    assert states(late, TaskKind.AFTER, "13:21") == [TaskState.MISSED]


def test_who_comes_back_in_the_shift_without_a_reading_is_flagged() -> None:
    """An exit is known from an entry by hand, or from the passage by which somebody comes in again."""
    again = temperature_tasks(turn(), [read("8:20"), went_out("9:00"), passed("9:40")], RULES)
    assert states(again, TaskKind.RETURN, "9:41") == [TaskState.OPEN]
    assert states(again, TaskKind.RETURN, "9:46") == [TaskState.OVERDUE]
    unseen = temperature_tasks(turn(), [read("8:20"), passed("9:40"), passed("9:41")], RULES)
    assert states(unseen, TaskKind.RETURN, "9:50") == [TaskState.OVERDUE]
    measured = temperature_tasks(turn(), [read("8:20"), passed("9:40"), by_hand("9:44")], RULES)
    assert states(measured, TaskKind.RETURN, "9:50") == [TaskState.DONE]
    assert of(measured, TaskKind.RETURN)[0].manual
    at_once = temperature_tasks(turn(), [read("8:20"), went_out("9:00"), read("9:40")], RULES)
    assert states(at_once, TaskKind.RETURN, "9:41") == [TaskState.DONE]


def test_a_first_arrival_is_no_return() -> None:
    assert of(temperature_tasks(turn(), [passed("8:10"), passed("8:12"), read("8:20")], RULES), TaskKind.RETURN) == []


def test_the_next_reading_is_due_two_hours_after_the_last() -> None:
    first = of(temperature_tasks(turn(), [read("8:20")], RULES), TaskKind.PERIODIC)
    assert [(one.due_ms, one.done_ms) for one in first] == [(at("10:20"), None)]
    assert first[0].state(at("10:20")) is TaskState.OPEN
    assert first[0].state(at("10:21")) is TaskState.OVERDUE
    then = of(temperature_tasks(turn(), [read("8:20"), by_hand("9:00")], RULES), TaskKind.PERIODIC)
    assert [(one.due_ms, one.done_ms) for one in then] == [(at("10:20"), at("9:00")), (at("11:00"), None)]


def test_nothing_is_due_while_somebody_is_out_or_after_the_shift() -> None:
    out = temperature_tasks(turn(), [read("8:20"), went_out("9:00")], RULES)
    assert of(out, TaskKind.PERIODIC) == []
    assert of(temperature_tasks(turn(), [read("8:20"), read("10:10")], RULES), TaskKind.PERIODIC)[-1].done_ms == at("10:10")
    overdue = of(temperature_tasks(turn(), [read("8:20"), went_out("11:00")], RULES), TaskKind.PERIODIC)
    assert [one.state(at("11:00")) for one in overdue] == [TaskState.MISSED]


def test_a_disposable_mask_is_changed_every_three_hours_and_no_other() -> None:
    worn = of(clothing_tasks(turn(), [wears("8:25")], RULES), TaskKind.MASK_CHANGE)
    assert [(one.due_ms, one.done_ms, one.manual) for one in worn] == [(at("11:25"), None, True)]
    changed = of(clothing_tasks(turn(), [wears("8:25"), wears("11:20", MaskType.N95)], RULES), TaskKind.MASK_CHANGE)
    assert [one.state(at("11:30")) for one in changed] == [TaskState.DONE]
    for lasting in (MaskType.N95, MaskType.OTHER):
        assert of(clothing_tasks(turn(), [wears("8:25", lasting)], RULES), TaskKind.MASK_CHANGE) == []


def test_the_check_stays_open_until_somebody_has_confirmed_the_gloves() -> None:
    seen = clothing_tasks(turn(), [read("8:20", Duty.ON), wears("8:25")], RULES)
    assert states(seen, TaskKind.CHECK, "8:40") == [TaskState.OPEN]
    assert of(seen, TaskKind.CHECK)[0].manual
    assert states(clothing_tasks(turn(), [wears("8:25", gloves=True)], RULES), TaskKind.CHECK, "8:40") == [TaskState.DONE]
    apart = clothing_tasks(turn(), [wears("8:25"), wears("8:29", None, gloves=True)], RULES)
    assert of(apart, TaskKind.CHECK)[0].done_ms == at("8:29")


def test_temperature_and_test_of_the_reception_group_are_overdue_at_the_set_hour() -> None:
    tested = Sign(at("6:10"), What.TEST, manual=True)
    for signs, expected in (
        ([], [TaskState.OVERDUE, TaskState.OVERDUE]),
        ([read("6:00")], [TaskState.DONE, TaskState.OVERDUE]),
        ([read("6:00"), tested], [TaskState.DONE, TaskState.DONE]),
        ([read("4:59"), read("8:05"), tested], [TaskState.DONE_LATE, TaskState.DONE]),
    ):
        assert [one.state(at("8:10")) for one in tasks_of_morning(MEI, DAY, [], signs, RULES)] == expected
    away = [Absence(MEI, at("0:00"), at("+1 0:00"), at("0:00"))]
    assert tasks_of_morning(MEI, DAY, away, [], RULES) == []


def test_a_declaration_is_asked_about_every_day_until_it_ends() -> None:
    until = DAY + timedelta(days=3)
    asked = Declaration(7, MEI, Declared.AREA_PERSON, DAY, until, followed_ms=(at("+1 9:00"),))
    days = follow_ups(asked, DAY - timedelta(days=2), DAY + timedelta(days=20), RULES)
    assert [(one.due_ms, one.about) for one in days] == [(at(f"+{day} 18:00"), 7) for day in (1, 2, 3)]
    assert [one.state(at("+2 18:01")) for one in days] == [TaskState.DONE, TaskState.OVERDUE, TaskState.LATER]
    assert days[1].state(at("+3 0:00")) is TaskState.MISSED
    closed = Declaration(7, MEI, Declared.AREA_PERSON, DAY, until, closed_on=DAY + timedelta(days=2))
    assert len(follow_ups(closed, DAY, until, RULES)) == 1


def test_a_night_s_duty_goes_over_midnight_and_is_measured_before_and_after() -> None:
    night = Turn(MEI, at("20:00"), at("+1 8:00"), frozenset({Post.WATCH}))
    made = tasks_of_turns([night], [], [read("19:50"), read("8:05", day=DAY + timedelta(days=1))], RULES)
    assert {(one.kind, one.state(at("+1 8:10"))) for one in made} == {
        (TaskKind.BEFORE, TaskState.DONE),
        (TaskKind.AFTER, TaskState.DONE),
    }


def test_two_hours_are_two_hours_when_the_clock_is_changed() -> None:
    """Berlin, the night to 25 October 2026: 3:00 becomes 2:00."""
    berlin = Rules(zone=ZoneInfo("Europe/Berlin"))
    sunday = date(2026, 10, 25)
    night = Turn(MEI, at("1:00", sunday, berlin), at("7:00", sunday, berlin), frozenset({Post.SCREENING}))
    last = Sign(at("1:30", sunday, berlin), What.PASSAGE, measured=True)
    due = of(temperature_tasks(night, [last], berlin), TaskKind.PERIODIC)
    assert [one.due_ms - last.at_ms for one in due] == [2 * HOUR_MS]
    assert (night.ends_ms - night.begins_ms, berlin.day_ms(sunday)[1] - berlin.day_ms(sunday)[0]) == (7 * HOUR_MS, 25 * HOUR_MS)
    spring = date(2026, 3, 29)
    assert at("2:30", spring, berlin) - at("1:30", spring, berlin) == HOUR_MS


def test_who_is_absent_has_nothing_to_do() -> None:
    away = [Absence(MEI, at("8:00"), at("13:00"), at("7:00"))]
    assert tasks_of_turns([turn()], away, [], RULES) == []
    assert len(tasks_of_turns([turn(), turn(Shift.AFTERNOON)], away, [], RULES)) == 3


def test_what_is_overdue_comes_first() -> None:
    made = tasks_of_turns([turn()], [], [read("8:20"), read("8:50")], RULES)
    order = [one.kind for one in by_urgency(made, at("11:00"))]
    assert order[:3] == [TaskKind.CHECK, TaskKind.PERIODIC, TaskKind.AFTER]


moments = st.integers(min_value=-90, max_value=300).map(lambda minute: at("8:30") + minute * MINUTE_MS)
signs = st.lists(
    st.builds(
        Sign,
        at_ms=moments,
        what=st.sampled_from(What),
        measured=st.booleans(),
        duty=st.sampled_from([None, *Duty]),
        mask=st.sampled_from([None, *MaskType]),
        gloves=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: one.at_ms,
)


@given(signs)
def test_no_reading_is_due_sooner_than_two_hours_after_the_last(seen: list[Sign]) -> None:
    for task in of(temperature_tasks(turn(), seen, RULES), TaskKind.PERIODIC):
        last = max(one.at_ms for one in seen if one.measured and one.at_ms <= task.due_ms - RULES.reading_ms)
        assert task.due_ms == last + RULES.reading_ms
        between = [one for one in seen if one.measured and last < one.at_ms < task.due_ms]
        assert task.done_ms == (min(one.at_ms for one in between) if between else task.done_ms)


@given(signs)
def test_nobody_off_duty_has_a_reading_due_every_two_hours(seen: list[Sign]) -> None:
    begins_ms, ends_ms = turn().opens_ms(RULES), turn().ends_ms
    for task in of(temperature_tasks(turn(), seen, RULES), TaskKind.PERIODIC):
        assert begins_ms < task.due_ms < ends_ms
        before = [one for one in seen if begins_ms <= one.at_ms <= task.due_ms - 1]
        left = max(before, key=lambda one: one.at_ms)
        if task.done_ms is None:
            assert not left.leaves, "who went out or off before it was due has nothing due"
    assert temperature_tasks(Turn(MEI, begins_ms, ends_ms, frozenset({Post.WATCH})), [], RULES) != []


@given(signs, moments)
def test_more_readings_never_leave_more_undone(seen: list[Sign], now_ms: int) -> None:
    """One reading more, just now, leaves nothing open that was done, and nothing overdue that can be measured."""
    if any(one.at_ms >= now_ms for one in seen):
        return
    made = temperature_tasks(turn(), [*seen, Sign(now_ms, What.TEMPERATURE, measured=True, manual=True)], RULES)
    measurable = {TaskKind.RETURN, TaskKind.PERIODIC}
    if turn().opens_ms(RULES) <= now_ms < turn().ends_ms:
        assert [one for one in made if one.kind in measurable and one.state(now_ms) is TaskState.OVERDUE] == []


@given(signs)
def test_only_disposable_masks_are_changed(seen: list[Sign]) -> None:
    due = {one.due_ms - RULES.mask_ms for one in of(clothing_tasks(turn(), seen, RULES), TaskKind.MASK_CHANGE)}
    disposable = {one.at_ms for one in seen if one.what is What.WEARS and one.mask is MaskType.DISPOSABLE}
    assert due <= disposable
