"""A case from the second reading to the end: asked, verified, reported, closed, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import httpx
import pytest

from cloud.escalation.road import NotDeliveredError
from cloud.escalation.worker import Escalation
from cloud.ledger.casework import OUTCOMES, CaseOutcome, Missing, Symptom, Work, missing
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import Steps
from cloud.store.erasing import erase_person
from cloud.store.feed import Feed
from cloud.store.tables import audit, notice
from cloud.store.verifying import verify
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.server import Served
from tests.cloud.test_escalation import Post, contact, keep, later

NO = {"answer": "no"}


@pytest.fixture
def guard(served: Served) -> Iterator[httpx.Client]:
    """Somebody who has taken a case of a person with a high first reading."""
    served.rig.arrive(messages.alert(1, "recheck", subject="v1"))
    with served.client() as client:
        yield client


def take(guard: httpx.Client, name: str = "case-1") -> None:
    assert guard.post(f"/api/queue/{name}/acknowledge").status_code == 200


def do(guard: httpx.Client, step: str, expected: int = 200, name: str = "case-1", **body: Any) -> dict[str, Any]:
    answer = guard.post(f"/api/cases/{name}/{step}", json=body)
    assert answer.status_code == expected, answer.text
    return dict(answer.json())


def answered(guard: httpx.Client, **other: dict[str, str]) -> dict[str, Any]:
    asked = guard.get("/api/questionnaire").json()
    return do(guard, "answers", version=asked["version"], answers={one["key"]: NO for one in asked["questions"]} | other)


@either_ledger
def test_a_suspected_case_is_measured_asked_reported_and_only_then_closed(served: Served, guard: httpx.Client) -> None:
    """Cough is ticked, and the person not admitted (G7).

    L3: not closed with questions unanswered. R2: the report carries the answers and is blocked by unanswered questions only.
    R5: the case shows when it was first reported, and its follow-ups.
    """
    do(guard, "second-reading", 409, temperature_c=38.1, site="ear")
    take(guard)
    seen = do(guard, "second-reading", temperature_c=38.1, site="ear", device="thermometer 2")
    assert (seen["suspected"], seen["item"]["alarmed_why"]) == (True, "second_reading")
    assert seen["missing"]["not_admitted"] == ["symptoms", "answers", "report"]
    do(guard, "symptoms", symptoms=["cough"], detail="for two days")
    do(guard, "report", 422)
    seen = answered(guard, travel={"answer": "yes"})
    assert (seen["may_report"], seen["missing"]["not_admitted"]) == (False, ["answers", "report"]), "where to is not said"
    assert "Unanswered: travel." in do(guard, "report", 422)["detail"]
    do(guard, "close", 422, outcome="not_admitted")
    do(guard, "answers", version="2020-1", answers={"travel": {"answer": "yes", "detail": "the city, last week"}})
    served.rig.now_ms += 60_000
    seen = do(guard, "report", text="waits in the buffer zone")
    assert seen["first_reported_at"].startswith("2026-11-21T08:01:00")
    told = seen["entries"][-1]["body"]["told"].splitlines()
    assert told[:4] == [
        "2026-0001 (case-1)",
        "suspected: yes",
        "second reading: 38.1 degC, ear",
        "symptoms: cough (for two days)",
    ]
    assert "- travel: yes (the city, last week)" in told
    assert told[-1] == "waits in the buffer zone"
    closed = do(guard, "close", outcome="not_admitted")
    assert (closed["item"]["state"], closed["outcome"], closed["missing"]) == ("closed", "not_admitted", {})
    do(guard, "second-reading", 409, temperature_c=36.5, site="ear")
    later = do(guard, "follow-up", text="hospital says influenza")
    assert [one["step"] for one in later["entries"]][-3:] == ["reported", "closed", "follow_up"]
    noted = " ".join(map(str, served.rig.rows(audit, "action", "subject", "detail")))
    assert "38.1" not in noted
    assert "last week" not in noted
    with served.rig.database.reading() as connection:
        assert verify(connection).faults == []


def test_a_false_alarm_needs_a_second_reading_below_the_limit_and_a_reason_that_is_counted(guard: httpx.Client) -> None:
    take(guard)
    do(guard, "symptoms", symptoms=[])
    refused = do(guard, "close", 422, outcome="false_alarm", why="exertion")["detail"]
    assert "second_reading" in refused
    do(guard, "second-reading", temperature_c=37.3, site="oral")
    assert "below_limit" in do(guard, "close", 422, outcome="false_alarm", why="exertion")["detail"]
    do(guard, "second-reading", temperature_c=36.8, site="oral")
    assert "reason" in do(guard, "close", 422, outcome="false_alarm")["detail"]
    do(guard, "close", outcome="false_alarm", why="exertion", detail="ran up the stairs")
    (counted,) = guard.get("/api/cases/statistics").json()
    assert (counted["gate"], counted["cases"]) == ("gate-1", 1)
    assert (counted["outcomes"], counted["mistakes"]) == ({"false_alarm": 1}, {"exertion": 1})


def test_a_case_names_the_version_it_was_asked_under_and_a_new_version_leaves_it_unchanged(guard: httpx.Client) -> None:
    """L7: a case names the version it was asked under; a new version leaves old cases unchanged."""
    take(guard)
    before = answered(guard)
    new = {"version": "2020-2", "questions": [{"key": "tested", "zh": "做过检测吗？", "en": "Have you been tested?"}]}
    assert guard.post("/api/questionnaire", json=new).status_code == 200
    assert guard.post("/api/questionnaire", json=new).status_code == 409, "a version never changes"
    after = guard.get("/api/cases/case-1").json()
    assert after["questionnaire"]["version"] == before["questionnaire"]["version"] == "2020-1"
    assert after["may_report"]
    assert guard.get("/api/questionnaire").json()["version"] == "2020-2"
    do(guard, "answers", 422, version="2020-2", answers={"travel": NO})
    do(guard, "answers", 422, version="2099-1", answers={})


def test_somebody_else_takes_a_case_over_and_both_stand_in_it(served: Served, guard: httpx.Client) -> None:
    take(guard)
    assert "yours already" in do(guard, "take-over", 409)["detail"]
    with served.rig.database.writing() as connection:
        connection.exec_driver_sql("UPDATE recheck_case SET acknowledged_by = 'mei'")
    seen = do(guard, "take-over")
    assert (seen["owner"], seen["entries"][0]["body"]) == ("admin", {"from": "mei"})


def test_a_time_that_a_client_hands_over_counts_for_nothing(served: Served, guard: httpx.Client) -> None:
    """L4: the server's time and the account stand in every row; a time from outside is refused, and one in a header ignored."""
    take(guard)
    do(guard, "follow-up", 422, text="called at noon", at="1999-01-01T00:00:00Z")
    guard.headers["Date"] = "Fri, 01 Jan 1999 00:00:00 GMT"
    entry = do(guard, "follow-up", text="called at noon")["entries"][-1]
    assert (entry["user"], entry["at"]) == ("admin", "2026-11-21T08:00:00.500000Z")
    assert served.rig.rows(audit, "at_ms", "user")[-1] == (served.rig.now_ms, "admin")


def test_the_list_is_read_in_pages_newest_first(served: Served, guard: httpx.Client) -> None:
    served.rig.arrive(*(messages.alert(seq, "recheck", subject=f"v{seq}") for seq in range(2, 6)))
    take(guard, "case-4")
    first = guard.get("/api/cases", params={"limit": 3}).json()
    second = guard.get("/api/cases", params={"limit": 3, "before": first[-1]["id"]}).json()
    assert [one["id"] for one in first + second] == ["case-5", "case-4", "case-3", "case-2", "case-1"]
    assert [one["id"] for one in guard.get("/api/cases", params={"state": "taken"}).json()] == ["case-4"]
    assert guard.get("/api/cases/case-99").status_code == 404


def test_the_leading_group_is_told_at_once_and_the_next_where_nothing_is_received(served: Served, guard: httpx.Client) -> None:
    """R1: undelivered for a time, the next contact is told."""
    contacts = [contact("chen", reports=True), contact("deng", 2, reports=True), contact("guard")]
    contacts[:2] = [replace(one, alarms=False) for one in contacts[:2]]
    post = Post()
    keep(served.rig, *contacts)
    steps = Steps({1: (), 0: (0, 300_000)})
    escalation = Escalation(served.rig.database, steps, {Channel.MAIL: post}, lambda: served.rig.now_ms)
    take(guard)
    answered(guard)
    do(guard, "report")
    post.trouble = lambda: NotDeliveredError("the mail server does not answer")
    escalation.round()
    assert (post.told, receipts(guard)) == ([], [("chen", "queued")])
    later(served.rig, 299, escalation)
    assert receipts(guard) == [("chen", "queued")]
    later(served.rig, 1, escalation)
    assert receipts(guard) == [("chen", "queued"), ("deng", "queued")]
    post.trouble = None
    later(served.rig, 400, escalation)
    assert receipts(guard) == [("chen", "sent"), ("deng", "sent")]
    later(served.rig, 4_000, escalation)
    assert sorted(who for who, _ in post.told) == ["chen", "deng"]


def test_who_has_a_report_by_one_road_is_not_told_again_and_nobody_else_is(served: Served, guard: httpx.Client) -> None:
    contacts = [contact("chen", reports=True), contact("deng", 2, reports=True)]
    post = Post()
    keep(served.rig, *contacts)
    escalation = Escalation(served.rig.database, Steps({0: (0, 300_000)}), {Channel.MAIL: post}, lambda: served.rig.now_ms)
    take(guard)
    answered(guard)
    do(guard, "report")
    for seconds in (0, 300, 300):
        later(served.rig, seconds, escalation)
    assert receipts(guard) == [("chen", "sent")]


def test_who_is_erased_stands_in_no_notice_and_the_false_alarm_is_still_counted(served: Served, guard: httpx.Client) -> None:
    badge = "badge-4711"
    served.rig.arrive(messages.visit(9, "v1", verdict=Verdict.RECHECK, seen={"badge": badge}))
    post = Post()
    keep(served.rig, contact("chen", reports=True))
    escalation = Escalation(served.rig.database, Steps({0: (0,)}), {Channel.MAIL: post}, lambda: served.rig.now_ms)
    take(guard)
    answered(guard)
    do(guard, "second-reading", temperature_c=36.8, site="oral")
    do(guard, "symptoms", symptoms=[])
    do(guard, "report", text="waits in the buffer zone")
    do(guard, "close", outcome="false_alarm", why="exertion", detail="ran up the stairs")
    escalation.round()
    assert "buffer zone" in str(served.rig.rows(notice))
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        assert erase_person(connection, feed, served.rig.now_ms, badge=badge) == 1
    assert "buffer zone" not in str(served.rig.rows(notice))
    (counted,) = guard.get("/api/cases/statistics").json()
    assert (counted["outcomes"], counted["mistakes"]) == ({"false_alarm": 1}, {"unknown": 1})


def receipts(guard: httpx.Client) -> list[tuple[str, str]]:
    return [(one["contact"], one["state"]) for one in guard.get("/api/cases/case-1").json()["receipts"]]


SYMPTOMS: list[tuple[Symptom, ...] | None] = [None, (), (Symptom.COUGH,)]
EVERY = [
    Work(kind, second_c, symptoms, unanswered, answered, reported)
    for kind, second_c, symptoms, unanswered, answered, reported in product(
        OUTCOMES, [None, 36.8, 37.3, 38.0], SYMPTOMS, [(), ("travel",)], [False, True], [False, True]
    )
]


@pytest.mark.parametrize("kind", OUTCOMES)
def test_whatever_was_entered_a_suspected_case_never_ends_unasked_unreported_or_as_a_mistake(kind: str) -> None:
    for work in (one for one in EVERY if one.kind == kind):
        ill = bool(work.symptoms) or (work.second_c or 0) >= 37.3
        ends = {one for one in CaseOutcome if not missing(work, one, 37.3, reason=True)}
        if ill:
            assert not ends & {CaseOutcome.FALSE_ALARM, CaseOutcome.HELPED}, work
            done = work.answered and not work.unanswered and work.reported and work.symptoms is not None
            assert (CaseOutcome.NOT_ADMITTED in ends) == done, work
        if CaseOutcome.FALSE_ALARM in ends:
            assert work.second_c is not None
            assert work.symptoms == ()
        assert ends <= set(OUTCOMES[kind])


def test_nothing_ends_without_its_reason() -> None:
    fine = Work("recheck", 36.8, (), (), True, True)
    assert missing(fine, CaseOutcome.FALSE_ALARM, 37.3, reason=False) == [Missing.REASON]
    assert missing(fine, CaseOutcome.LEFT, 37.3, reason=False) == [Missing.REASON]
    assert missing(fine, CaseOutcome.NOT_ADMITTED, 37.3, reason=False) == [Missing.REASON]
