"""The help button: pressed on the page, told to the gate's loop, once."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from contract.messages.alert import AlertKind
from edge.board import Board
from edge.gate.announce import WallTime
from edge.gate.help_wanted import AGAIN_S, RECENT_S, HelpWanted
from tests.browser import open_page
from tests.clocks import FakeClock
from tests.kiosk.conftest import Kiosk, until


@pytest.mark.browser
def test_a_press_is_told_to_the_gate_and_the_visitor_reads_that_somebody_comes(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.say("cannot_measure", "cold_skin")
    watched = open_page(browser, 1080, 1920)
    watched.page.goto(kiosk.address, wait_until="domcontentloaded")
    watched.page.get_by_role("button", name="需要帮助").click()
    until(lambda: kiosk.help.read() is not None)
    kiosk.say("cannot_measure", "cold_skin", guard_called=True)
    expect(watched.page.locator("#note span").first).to_have_text("工作人员马上就来")
    expect(watched.page.locator("#help")).to_be_hidden()
    watched.page.close()
    assert watched.complaints == []


def test_only_the_visitors_screen_may_ask(kiosk: Kiosk) -> None:
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(urllib.request.Request(f"{kiosk.address}/help", b"", method="POST"))
    assert kiosk.help.read() is None


def wanted(folder: Path, clock: FakeClock, *, pressed_s: float | None = None) -> tuple[Board, HelpWanted]:
    board = Board.create(folder / "help")
    if pressed_s is not None:
        board.post({"pressed_s": pressed_s}, pressed_s)
    return board, HelpWanted(board, WallTime(clock), clock.now_s)


def test_presses_within_a_minute_are_one_call_and_a_later_one_is_another(tmp_path: Path) -> None:
    clock = FakeClock(now_s=1000.0)
    board, button = wanted(tmp_path, clock)
    assert button.look(1000.0) is None
    calls = []
    for pressed_s in (1001.0, 1003.0, 1030.0, 1001.0 + AGAIN_S + 1.0):
        board.post({"pressed_s": pressed_s}, pressed_s)
        calls.append(button.look(pressed_s))
    assert [call is not None for call in calls] == [True, False, False, True]
    told = [call for call in calls if call is not None]
    assert {call.kind for call in told} == {AlertKind.GUARD_NEEDED}
    assert len({call.subject for call in told}) == 2
    assert button.coming(1001.0 + AGAIN_S + 2.0)
    assert not button.coming(1200.0)


@pytest.mark.parametrize(("before_s", "told"), [(RECENT_S - 1.0, True), (RECENT_S + 1.0, False)])
def test_a_press_that_a_dying_loop_may_have_missed_is_told_by_the_next(tmp_path: Path, before_s: float, told: bool) -> None:
    clock = FakeClock(now_s=1000.0)
    _, button = wanted(tmp_path, clock, pressed_s=1000.0 - before_s)
    assert (button.look(1000.0) is not None) == told
