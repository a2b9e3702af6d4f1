"""What somebody on duty says to whoever stands before the gate, and that somebody comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import open_page
from tests.kiosk.conftest import Kiosk


@pytest.mark.browser
def test_a_message_of_the_guard_is_shown_in_both_languages_as_text(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.say("recheck", message={"zh": "请走左边", "en": "<b>Keep left</b>"})
    watched = open_page(browser, 1080, 1920)
    watched.page.goto(kiosk.address, wait_until="domcontentloaded")
    lines = watched.page.locator("#note span")
    expect(lines.nth(0)).to_have_text("请走左边")
    expect(lines.nth(1)).to_have_text("<b>Keep left</b>")
    kiosk.say("recheck", message=None)
    expect(lines.nth(0)).not_to_have_text("请走左边")
    watched.page.close()
    assert watched.complaints == []


@pytest.mark.browser
def test_a_visitor_for_whom_a_guard_was_called_is_told_so_and_reads_no_accusation(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.say("put_on_mask", guard_called=True)
    watched = open_page(browser, 1080, 1920)
    watched.page.goto(kiosk.address, wait_until="domcontentloaded")
    lines = watched.page.locator("#note span")
    expect(lines.nth(0)).to_have_text("工作人员马上就来")
    expect(lines.nth(1)).to_have_text("Somebody is coming to help")
    watched.page.close()
    assert watched.complaints == []
