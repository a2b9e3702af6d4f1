"""From the camera's pictures to what the gate's loop and the visitor's screen are told."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contract.messages.visit import Screened
from contract.verdicts import Duty, Mask
from edge.board import Board
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.gate.announce import WallTime, visit_data
from edge.gate.shown_tokens import GOES_WITH_S, NOTHING, ON_SCREEN_S, ShownTokens, WithVisit
from edge.lane.bearer import Bearer
from edge.qr.allow_list import AllowList
from edge.qr.checker import Checker
from edge.qr.reader import QrReader
from edge.qr.used_passes import UsedPasses
from edge.qr.watch import EVERY_S, HELD_S, QrWatch
from tests.clocks import FakeClock
from tests.lane.scene import Scene
from tests.qr.codes import NOW_S, SITE, Signer, phone

CLOUD = Signer()
STAFF = Bearer(shown=True, staff=True)


class Before:
    """A camera, the process that looks for codes, and the loop's side of its board."""

    def __init__(self, folder: Path, listed: AllowList | None = None) -> None:
        self.clock = FakeClock(now_s=1000.0, began=datetime.fromtimestamp(NOW_S + 5, UTC))
        self.ring = FrameRing.create(folder / "colour", FrameShape(480, 640, 3, "uint8"))
        self.board = Board.create(folder / "qr")
        self.used = UsedPasses.open(folder / "passes.db")
        reader, checker = QrReader((0.0, 0.0, 1.0, 1.0)), Checker(SITE, [CLOUD.public], self.used)
        self.watch = QrWatch(self.ring, reader, checker, self.board, self.clock, listed)
        self.shown = ShownTokens(self.board, Board.create(folder / "duty"))

    def hold(self, text: str | None, seconds: float) -> list[dict[str, Any]]:
        """Hold a code, or none, before the camera for a while. Returns what was told."""
        picture, told = phone(text or "nothing"), []
        picture = picture if text else picture // 200
        for _ in range(round(seconds / EVERY_S)):
            self.clock.advance(EVERY_S)
            self.ring.write(picture, self.clock.now_s)
            before = self.board.version
            self.watch.round()
            told += [self.board.read() or {}] if self.board.version != before else []
        self.shown.look()
        return told


@pytest.fixture
def before(tmp_path: Path) -> Before:
    return Before(tmp_path)


def test_a_pass_that_is_held_still_is_told_once_and_not_called_used(before: Before) -> None:
    told = before.hold(CLOUD.visitor_pass("p-1"), 4.0)
    assert [(note.get("holder"), note["refused"]) for note in told] == [("p-1", "")]
    assert before.board.beat_s == before.clock.now_s


def test_the_same_pass_shown_again_later_was_used_before(before: Before) -> None:
    text = CLOUD.visitor_pass("p-1")
    before.hold(text, 1.0)
    before.hold(None, HELD_S + 1.0)
    assert [note["refused"] for note in before.hold(text, 1.0)] == ["it was used before"]


def test_a_badge_goes_with_whoever_showed_it_once_and_with_nobody_else(before: Before) -> None:
    before.hold(CLOUD.badge("s-17"), 0.4)
    now_s = before.clock.now_s
    assert before.shown.on_screen(now_s) == "badge"
    assert before.shown.of_visit("v1") == NOTHING
    assert [before.shown.of(visit, now_s) for visit in ("v1", "v2", "v1")] == [STAFF, None, None]
    assert before.shown.of_visit("v1") == WithVisit(badge="s-17", duty=Duty.DURING)
    assert before.shown.of_visit("v2") == NOTHING
    assert before.shown.on_screen(now_s + ON_SCREEN_S + 1.0) is None
    before.shown.forget(["v1"])
    assert before.shown.of_visit("v1") == NOTHING


def test_a_fresh_code_of_the_same_badge_counts_again_and_is_no_news(before: Before) -> None:
    before.hold(CLOUD.badge("s-17"), 0.4)
    before.shown.of("v1", before.clock.now_s)
    before.shown.of_visit("v1")
    before.hold(CLOUD.badge("s-17", lasts_s=61), 0.4)
    assert before.shown.of("v1", before.clock.now_s) == STAFF
    assert before.shown.news == ()


def test_a_badge_that_nobody_stood_with_is_nobodys_after_a_while(before: Before) -> None:
    before.hold(CLOUD.badge("s-17"), 0.4)
    assert before.shown.of("v1", before.clock.now_s + GOES_WITH_S) is None


def test_a_pass_is_no_badge(before: Before) -> None:
    before.hold(CLOUD.visitor_pass("p-4"), 0.4)
    assert before.shown.of("v1", before.clock.now_s) == Bearer(shown=True)
    assert before.shown.of_visit("v1") == WithVisit(visitor_pass="p-4")
    assert before.shown.check("v1") is None


def test_a_code_that_is_not_good_is_said_and_goes_with_nothing(before: Before) -> None:
    before.hold("https://example.org", 0.4)
    assert before.shown.on_screen(before.clock.now_s) == "refused"
    assert before.shown.of("v1", before.clock.now_s) is None


def test_a_disk_that_cannot_note_a_pass_takes_none(before: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(before.used, "take", full)
    assert [note["refused"] for note in before.hold(CLOUD.visitor_pass("p-5"), 0.4)] == [
        "this gate could not note it, so it is not taken"
    ]


def test_a_decision_carries_the_badge_and_is_the_same_decision() -> None:
    (said,) = Scene().person(Mask.ABSENT, frames=40).announced[:1]
    wall, screened = WallTime(FakeClock()), Screened()
    plain = visit_data(said, wall, screened, replay=False)
    with_badge = visit_data(said, wall, screened, replay=False, shown=WithVisit(badge="s-17", duty=Duty.ON))
    assert (with_badge.badge, with_badge.duty) == ("s-17", Duty.ON)
    as_visitor = {"badge": None, "duty": None, "reading": None, "core_bin_c": plain.core_bin_c}
    assert with_badge.model_copy(update=as_visitor) == plain


def test_a_badge_without_a_face_is_nobodys(before: Before) -> None:
    before.hold(CLOUD.badge("s-17"), 2.0)
    scene = Scene().empty(100)
    assert scene.announced == []
    assert scene.passing is None
