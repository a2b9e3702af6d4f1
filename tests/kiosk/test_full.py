"""A full house on the visitor's screen: why one waits, what to do, and how many are inside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import open_page, picture
from tests.kiosk.conftest import Kiosk
from tests.kiosk.test_page import assert_fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (800, 480)])
def test_who_waits_for_room_is_told_so_politely_with_the_number_inside(
    browser: Browser, kiosk: Kiosk, width: int, height: int
) -> None:
    kiosk.say("hold", "full", occupancy={"people": 50, "limit": 50, "full": True})
    watched = open_page(browser, width, height)
    page = watched.page
    page.goto(kiosk.address, wait_until="domcontentloaded")
    expect(page.locator("#first")).to_have_text("人数已满，请稍候")
    expect(page.locator("#note")).to_contain_text("有人离开后即可进入")
    expect(page.locator("#inside")).to_contain_text("场内 50 人，上限 50 人")
    assert_fits(page, height)
    picture(page, f"kiosk-{width}x{height}-full-zh")
    page.locator("#language").click()
    expect(page.locator("#first")).to_have_text("It is full now, please wait")
    kiosk.say("hold", "full", occupancy={"people": 49, "limit": 50, "full": True})
    expect(page.locator("#inside span").first).to_have_text("49 of 50 people inside")
    assert_fits(page, height)
    picture(page, f"kiosk-{width}x{height}-full-en")
    page.close()
    assert watched.complaints == []
