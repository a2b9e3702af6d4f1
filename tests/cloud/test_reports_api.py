"""Daily reports and the chronicle as people read them, take them away and are told of them."""

from __future__ import annotations

import io
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfReader

from cloud.escalation.road import NotDeliveredError
from cloud.escalation.words import letter, subject_line
from cloud.escalation.worker import Escalation
from cloud.heads.signer import HeadSigner
from cloud.heads.worker import Heads
from cloud.ledger.alarms import State
from cloud.ledger.casework import CaseOutcome, Mistake
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import REPORT, Steps
from cloud.ledger.kinds import PRIORITIES
from cloud.ledger.staff.tasks import Task, TaskKind
from cloud.ledger.words import VERDICTS
from cloud.reports.codes import MASKS, REASONS, STATES
from cloud.reports.duty import TASKS, duty_lines
from cloud.reports.words import KINDS, MISTAKES, OTHERS, OUTCOMES
from cloud.store.accounts import note
from cloud.store.feed import Feed
from cloud.store.heads import signed_heads
from cloud.store.notices import ToSend, unreceived
from cloud.store.sites import place_gate
from cloud.store.staff.day import StaffDay
from cloud.store.tables import audit, notice
from contract.messages.orders import ActData
from contract.topics import Kind
from contract.verdicts import Mask, Reason, Verdict
from tests.cloud import messages
from tests.cloud.messages import START
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.routes import ROLES
from tests.cloud.server import Served
from tests.cloud.test_daily_report import at, reporter, until
from tests.cloud.test_escalation import Post, contact, keep


@pytest.fixture
def day(served: Served) -> Rig:
    """A day at two gates: a visit, a fever, an urgent alarm, something that came an hour late; reported at six."""
    rig = served.rig
    making = reporter(rig)
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/hall-1")
        place_gate(connection, feed, "gate-2", "city/hall-2")
    rig.arrive(
        messages.visit(1, "a"),
        messages.visit(2, "b", 0, Verdict.RECHECK, gate="gate-2"),
        messages.alert(3, "recheck", subject="b", gate="gate-2"),
        messages.alert(4, "fire"),
    )
    rig.now_ms += 3_600_000
    rig.arrive(messages.visit(5, "c", at=START + timedelta(minutes=1)))
    until(rig, 18)
    making.round()
    return rig


def test_a_report_is_read_in_both_languages(day: Rig, served: Served) -> None:
    with served.client() as client:
        [row] = client.get("/api/reports", params={"lang": "en"}).json()["reports"]
        assert (row["number"], row["day"], row["late"], row["zero"], row["whole"]) == (1, "2026-11-21", False, False, True)
        assert "3 visits (0 of staff): pass 2, recheck 1." in row["said"]
        assert "No disinfection rounds are kept." in row["said"]
        chinese = client.get("/api/reports/1").json()
        assert chinese["title"] == "疫情防控日报 2026-11-21（第 1 号）"
        titles = {table["title"]: table for table in chinese["tables"]}
        assert titles["筛查人次"]["rows"] == [
            ["gate-1", "访客", "2026-11-21", 2, 2, 0, 0],
            ["gate-2", "访客", "2026-11-21", 1, 0, 1, 0],
        ]
        late = next(table for title, table in titles.items() if title.startswith("迟到记录"))
        assert late["rows"][0][2:5] == [1, "访客判定 1", "5"]
        assert titles["未核实、无效、迟报和漏做的消毒"]["empty"].startswith("本版本不记录消毒巡查")
        assert client.get("/api/reports/2").status_code == 404


def test_a_report_is_taken_away_as_a_file_and_the_audit_says_by_whom(day: Rig, served: Served) -> None:
    with served.client() as client:
        client.timeout = httpx.Timeout(60)  # the first PDF of a process reads the font
        answer = client.get("/api/reports/1/file")
        assert answer.headers["content-disposition"] == 'attachment; filename="menshen-report-1-2026-11-21.pdf"'
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        for words in ("疫情防控日报 2026-11-21", "筛查人次", "消防报警", "2026-0001", "迟到记录", "与写入时一致"):
            assert words in text
        for form, begin in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
            answer = client.get("/api/reports/1/file", params={"form": form, "lang": "en"})
            assert (answer.status_code, answer.content[: len(begin)]) == (200, begin)
    taken = [row for row in day.rows(audit, "user", "action", "subject") if row[1] == "exported"]
    assert taken == [("admin", "exported", f"report-1.{form}") for form in ("pdf", "csv", "xlsx")]


def test_the_signed_heads_stand_on_the_report_so_that_paper_and_evidence_meet(day: Rig, served: Served) -> None:
    signer = HeadSigner(Ed25519PrivateKey.generate())
    with served.client() as client:
        before = client.get("/api/reports/1", params={"lang": "en"}).json()["tables"][-1]
        assert (before["rows"], before["empty"][:5]) == ([], "None:")
        Heads(day.database, signer, lambda: day.now_ms).round()
        with day.database.reading() as connection:
            [head] = signed_heads(connection, 10)
        after = client.get("/api/reports/1", params={"lang": "en"}).json()["tables"][-1]
        assert [[row[0], row[1], row[3]] for row in after["rows"]] == [[head.number, head.link.hex()[:16], signer.public[:16]]]
        text = client.get("/api/reports/1/file", params={"form": "csv"}).content.decode("utf-8-sig")
        assert head.link.hex()[:16] in text


def test_an_account_of_one_site_reads_the_lines_of_its_gates_alone(day: Rig, served: Served) -> None:
    with served.client(signed_in=False) as client:
        there = sign_in(served, "inspector", site="city/hall-1")
        [row] = client.get("/api/reports", params={"lang": "en"}, headers=there).json()["reports"]
        assert "2 visits (0 of staff): pass 2." in row["said"]
        assert row["zero"]
        whole = client.get("/api/reports/1", headers=there).text
        assert "gate-1" in whole
        assert "gate-2" not in whole
        csv = client.get("/api/reports/1/file", params={"form": "csv"}, headers=there).text
        assert "gate-2" not in csv
        lines = client.get("/api/chronicle", headers=there).json()["lines"]
        assert {line["gate"] for line in lines} == {"gate-1"}


def test_a_report_is_told_to_whom_it_is_for_and_to_the_next_where_nobody_has_it(day: Rig, served: Served) -> None:
    post = Post()
    keep(day, contact("guard"), contact("leader", reports=True), contact("deputy", 2, reports=True))
    escalation = Escalation(day.database, Steps({REPORT: (0, 300_000)}), {Channel.MAIL: post}, lambda: day.now_ms)

    def broken() -> Exception:
        return NotDeliveredError("no such address", for_good=True)

    post.trouble = broken
    escalation.round()
    post.trouble = None
    day.now_ms += 301_000
    escalation.round()
    told = [row for row in day.rows(notice, "contact", "subject", "state", "kind") if row[3] == "daily_report"]
    assert told == [("leader", "day-1", "failed", "daily_report"), ("deputy", "day-1", "sent", "daily_report")]
    with served.client() as client:
        receipts = client.get("/api/reports/1").json()["receipts"]
        assert [(one["contact"], one["state"]) for one in receipts] == [("leader", "failed"), ("deputy", "sent")]
    day.now_ms += 86_400_000
    escalation.round()
    assert len(post.told) == 1  # whoever has it is not told again


def test_the_letter_says_the_day_in_both_languages(day: Rig) -> None:
    with day.database.reading() as connection:
        [about] = [one for one in unreceived(connection, 0) if one.kind == "daily_report"]
    one = ToSend(1, "leader", Channel.MAIL, 1, 1, about)
    assert subject_line(one) == "[Menshen] 日报 daily report: 2026-11-21"
    for words in (
        "筛查 3 人次（其中工作人员 0）：通行 2，复检 1。",
        "3 visits (0 of staff): pass 2, recheck 1.",
        "迟到记录 1 条",
    ):
        assert words in letter(one, "2026-11-21T10:00:00")


def test_a_chronicle_is_told_by_the_rows_that_say_so(day: Rig, served: Served) -> None:
    """L6: closing a case adds one dated line; no free-typed copy is needed."""
    held = ActData(command="c1", verb="hold", issuer="wang", role="guard", done=True, acted=START)
    day.arrive(messages.event(Kind.ACT, held, 9, at=at(day)))
    with day.database.writing() as connection:
        note(connection, "gate-2", "pair gate", "gate-2", day.now_ms + 1_000)
    day.now_ms += 2_000
    with served.client() as client:
        before = client.get("/api/chronicle").json()["lines"]
        assert [line["zh"] for line in before] == ["gate-2 接入本系统", "gate-1 暂停进入（wang）", "gate-1 紧急告警：消防报警"]
        day.now_ms += 5_000
        assert client.post("/api/queue/case-1/acknowledge").status_code == 200
        ending = {"outcome": "left", "detail": "went away"}
        assert client.post("/api/cases/case-1/close", json=ending).status_code == 200
        after = client.get("/api/chronicle").json()["lines"]
        [new] = [line for line in after if line not in before]
        assert (new["zh"], new["en"]) == ("2026-0001 结案：已离开（gate-2）", "2026-0001 at gate-2 was closed: left")
        assert "went away" not in str(after)
        book = client.get("/api/chronicle/file", params={"form": "csv"}).content.decode("utf-8-sig")
        assert book.splitlines()[-1].endswith("2026-0001 结案：已离开（gate-2）")
        earlier = {"until": START.isoformat()}
        assert client.get("/api/chronicle", params=earlier).json() == {"lines": [], "more": False}


def test_nobody_types_anything_into_a_report(day: Rig, served: Served) -> None:
    """R6: a daily report needs 0 typed fields beyond the ledger: there is no way to hand it any."""
    of_reports = {name for name in ROLES if "/api/reports" in name or "/api/chronicle" in name}
    assert len(of_reports) == 5
    assert {name.partition(" ")[0] for name in of_reports} == {"GET"}
    with served.client() as client:
        assert "3 visits (0 of staff): pass 2, recheck 1." in client.get("/api/reports/1", params={"lang": "en"}).json()["notes"]


def test_the_staff_s_tasks_are_counted_by_site_and_kind_without_a_name() -> None:
    now_ms = 100_000
    tasks = [
        Task(TaskKind.BEFORE, 1, 0, 50_000, 60_000, done_ms=40_000),
        Task(TaskKind.BEFORE, 2, 0, 50_000, 200_000),
        Task(TaskKind.AFTER, 1, 0, 150_000, 200_000),
    ]
    [line] = duty_lines(StaffDay(now_ms, START.date(), {}, tasks, [], [], []))
    assert (line.zh, line.en) == (
        "上班前测温：应做 2，按时 1，迟做 0，未做 1",
        "Temperature before work: 2 due, 1 in time, 0 late, 1 not done",
    )
    assert set(TASKS) == set(TaskKind)


def test_every_word_of_the_ledger_has_one_in_chinese_and_english() -> None:
    assert {str(kind) for kind in PRIORITIES} <= KINDS.keys()
    assert set(map(str, Verdict)) <= VERDICTS.keys()
    assert set(map(str, Reason)) == REASONS.keys()
    assert set(map(str, Mask)) == MASKS.keys()
    assert set(map(str, State)) == STATES.keys()
    assert set(map(str, CaseOutcome)) <= OUTCOMES.keys()
    assert set(map(str, Mistake)) <= MISTAKES.keys()
    assert {Kind.VISIT, Kind.ALERT, Kind.SENSOR, Kind.HEALTH, Kind.SNAPSHOT, Kind.ACT} <= OTHERS.keys()
