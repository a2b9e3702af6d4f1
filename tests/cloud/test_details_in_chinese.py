"""Whatever gates and the cloud say of an alarm is said in Chinese too, with every number and every name in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.chinese.said import in_chinese
from cloud.ledger.gaps import gap_words
from cloud.ledger.gates import GateState, offline_detail
from contract.dropped import DropReason
from contract.messages.alert import AlertKind
from contract.verdicts import Verdict
from edge.gate.announce import DETAILS, WallTime, doubt_alert, fault_alert
from edge.gate.calibration_watch import CalibrationWatch
from edge.gate.faults import Change
from edge.gate.self_check import SPANS, Doubt
from edge.policy.dose import Outcome
from edge.policy.drift import Span
from edge.policy.lamp import Worn
from edge.policy.room import Happening, Room, State
from edge.policy.room_facts import Facts, Lamp, Seen
from edge.policy.ventilation import Windows
from edge.room.alarms import AGENTS, KINDS, detail, over
from edge.sensors.listed import listed
from edge.sensors.reading import Trouble
from edge.uplink.own_events import OwnEvents
from tests.clocks import FakeClock
from tests.vision.two_lenses import calibration

WALL = WallTime(FakeClock())
OF_CASES = {AlertKind.RECHECK, AlertKind.DROPPED}
"""Screens show no detail of a case; the sentence of what was dropped never comes alone."""
WHYS = [
    "its place lies outside the picture",
    "its reading jumped to 41.22 degC",
    "a pixel on it has no value",
    "uneven: 0.43 degC over its centre",
    "not warmer than its surroundings on all sides",
    "reads 31.2 degC at a setpoint of 35.0",
    "a face is in front of it",
    "not looked for in that picture",
]
ROOM = Room(State.FAULTY, None, 0.0, 0.0, exposed=True, untried=frozenset({"radar", "door"}))
DARK = "door: not measured of 30 mJ/cm², unknown (measured 0 % of 0 s)"
DARK = "door: not measured of 30 mJ/cm², unknown (measured 0 % of 0 s)"
NAMES = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd")), min_size=1, max_size=12)


def check(said: str) -> str:
    """In Chinese; no number of it was lost."""
    told = in_chinese(said)
    assert re.search("[一-鿿]", told), said
    assert set(re.findall(r"\d+(?:\.\d+)?", said)) <= set(re.findall(r"\d+(?:\.\d+)?", told)), (said, told)
    return told


def fault(kind: AlertKind, why: str = "") -> str:
    return fault_alert(Change(kind, "raised", 0.0), WALL, why).detail


@pytest.mark.parametrize("kind", sorted(DETAILS.keys() - OF_CASES - {AlertKind.DRIFT, AlertKind.LOW_READING}))
def test_every_fault_of_a_gate(kind: AlertKind) -> None:
    assert not re.search("[A-Za-z]", check(fault(kind)))


def test_why_a_reference_body_is_not_believed() -> None:
    for why in WHYS:
        assert check(fault(AlertKind.REFERENCE_LOST, why)).startswith(check(fault(AlertKind.REFERENCE_LOST)) + "原因：")
    neither = f"the first one: {WHYS[6]}; the second one: {WHYS[5]}"
    assert check(fault(AlertKind.REFERENCE_LOST, neither)).endswith(
        "原因：第一个：前面有人脸遮挡；第二个：读数 31.2 °C，设定值 35.0 °C。"
    )
    apart = "the two disagree by 0.71 degC, more than 0.50: one of them is wrong"
    assert check(fault(AlertKind.REFERENCE_LOST, apart)).endswith("原因：两者相差 0.71 °C，超过 0.50 °C：其中一个不准。")
    assert check(fault(AlertKind.REFERENCE_LOST, f"{apart}; the second one: {WHYS[3]}")).endswith("uneven: 0.43")


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("degrees", ["34.5 degC core-equivalent", "too cold to be measured"])
def test_doubts_about_the_thermometer(span: Span, degrees: str) -> None:
    seen = f"Median of {SPANS[span].format(30)}: {degrees}"
    assert "30" in check(doubt_alert(Doubt(AlertKind.DRIFT, "raised", seen, 0.0), WALL).detail)
    check(doubt_alert(Doubt(AlertKind.LOW_READING, "raised", f"A visitor read {degrees}", 0.0), WALL).detail)


@pytest.mark.parametrize("days", [3, 200])
def test_a_calibration_that_ends(days: int) -> None:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    watch = CalibrationWatch(calibration(made_at=f"{made:%Y-%m-%dT%H:%M:%SZ}"), max_age_days=100.0, warn_days=99.0)
    told = watch.look(made + timedelta(days=days))
    assert told is not None
    check(told.detail)


def test_what_was_lost() -> None:
    own = OwnEvents(FakeClock(), "boot")
    for reason in DropReason:
        check(re.findall('"detail":"([^"]+)"', own.dropped(reason, [4]).data)[0])
    check(f"{DETAILS[AlertKind.DROPPED]} Lost since the last such message: 12.")
    assert check("The events' database was damaged; it is kept as /var/lib/events.db.damaged-1 and a new one begun.") == (
        "记录库已损坏；原库保留为 /var/lib/events.db.damaged-1，并已新建一个。"
    )
    check("The gate's certificate has ended: renew it, or the broker will not let the gate in.")
    check("The gate's certificate ends in 12 days: renew it, or the broker will not let the gate in.")


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("why", [None, *Happening])
@pytest.mark.parametrize("lamp", Lamp)
def test_every_alarm_of_a_room(kind: AlertKind, why: Happening | None, lamp: Lamp) -> None:
    for agent in AGENTS:
        for sensors in ({}, {"door": Seen.LOST, "radar": Seen.SOMEBODY, "motion": Seen.NOBODY}):
            facts = Facts(0.0, sensors, lamp, key=False, button=False)
            told = check(detail(kind, "三楼 UV", agent, replace(ROOM, why=why), facts))
            assert told.startswith("三楼 UV：")
    assert check(over("ward-3")) == "ward-3：已结束。"


def test_air() -> None:
    for windows in Windows:
        check(f"Hall 1320 ppm ({windows.value}), 二楼 1.1e+03 ppm; the limit is 1000 ppm")
    assert check("A 30.5 °C; the limit is 28 °C; B -2 °C, C (not known now); the least is 16 °C") == (
        "A 30.5 °C；上限 28 °C；B -2 °C，C（现在不明）；下限 16 °C"
    )
    assert check("above 16 °C and below 28 °C again") == "已恢复：高于 16 °C，低于 28 °C"
    check("below 800 ppm again")
    assert check(f"{listed([f'{floor}楼大厅 1320 ppm' for floor in range(30)], ', ', 60)}; the limit is 1000 ppm") == (
        "0楼大厅 1320 ppm，1楼大厅 1320 ppm，2楼大厅 1320 ppm，另有 27 处；上限 1000 ppm"
    )
    check("every sensor is heard again")


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_of_a_sensor(trouble: Trouble) -> None:
    check(f"Hall east: {trouble}, 二楼: {trouble}")


@pytest.mark.parametrize("worn", Worn)
def test_lamps_and_doses(worn: Worn) -> None:
    check(f"lamp (9000.1 h, 61 % of its first run): {worn}; {Worn.HOURS}")
    check(f"lamp (9000.1 h): {worn}")
    check("lamp is good")
    check("the newest run gave enough at every place")
    for outcome in set(Outcome) - {Outcome.REACHED}:
        check(f"desk: 12.3 ± 1.1 of 30 mJ/cm², {outcome} (measured 98 % of 600 s); {DARK}")


def test_what_the_cloud_itself_sees() -> None:
    for state in GateState:
        check(offline_detail(state))
    for holes in ([(3, 3)], [(1, 2), (7, 7)], [(1, 2), (7, 7), (9, 9), (20, 30)]):
        check(gap_words(holes))
    for verdict in Verdict:
        check(f"a visit at a gate that is closed; verdict {verdict}")
    assert check("disk I/O error; 12 events wait in memory") == "磁盘读写错误；12 条记录在内存中等待"
    assert check("something else; 12 events wait in memory").startswith("something else；")
    check("an alert could not be read: data.kind: no such kind")


@given(NAMES, NAMES, st.integers(0, 99_999))
def test_names_stay_as_they_are(hall: str, desk: str, value: int) -> None:
    told = check(f"{hall} {value} ppm, {desk} (not known now); the limit is 1000 ppm")
    assert told == f"{hall} {value} ppm，{desk}（现在不明）；上限 1000 ppm"


@given(st.text(max_size=200))
def test_what_is_not_known_stays_as_it_was(said: str) -> None:
    in_chinese(said)
    assert in_chinese("") == in_chinese("Some words of a later gate.") == ""


def test_what_was_cut_off_is_not_guessed() -> None:
    whole = fault(AlertKind.FIRE)
    assert in_chinese(whole)
    assert not in_chinese(whole[:-9])
