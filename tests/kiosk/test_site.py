"""The screen in its place: where its arrows point, and that it sleeps and wakes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from edge.config.kiosk import KioskConfig
from edge.kiosk.server import run_kiosk
from tests.browser import open_page, picture
from tests.kiosk.conftest import Kiosk, living, until
from tests.kiosk.test_page import lobby

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1024, 600)])
def test_arrows_point_to_where_recheck_area_and_staffed_lane_lie(browser: Browser, gate: Kiosk, width: int, height: int) -> None:
    config = KioskConfig(port=0, recheck_way="left", lane_way="back")
    with living(lambda stop: run_kiosk(config, "south-1", gate.board, gate.ring, gate.own, stop)):
        until(lambda: gate.own.read() is not None)
        gate.show(lobby())
        gate.say("recheck")
        watched = open_page(browser, width, height)
        page = watched.page
        page.goto(gate.address, wait_until="domcontentloaded")
        expect(page.locator("#shape")).to_have_attribute("data-way", "left")
        expect(page.locator("#way")).to_be_hidden()
        picture(page, f"kiosk-{width}x{height}-recheck-left")
        gate.say("cannot_measure", "cold_skin")
        expect(page.locator("#way")).to_be_visible()
        expect(page.locator("#way")).to_have_attribute("data-way", "back")
        expect(page.locator("#shape")).to_have_attribute("data-way", "")
        picture(page, f"kiosk-{width}x{height}-lane-back")
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        box = page.locator("#way").bounding_box()
        words = page.locator("#prompt").bounding_box()
        assert box is not None
        assert words is not None
        assert box["y"] + box["height"] <= words["y"] + words["height"]
        gate.say("pass")
        expect(page.locator("#way")).to_be_hidden()
        page.close()
    assert watched.complaints == []


def test_the_screen_goes_dark_when_nobody_comes_and_wakes_for_whoever_does(browser: Browser, gate: Kiosk) -> None:
    config = KioskConfig(port=0, sleep_after_s=60.0)
    with living(lambda stop: run_kiosk(config, "south-1", gate.board, gate.ring, gate.own, stop)):
        until(lambda: gate.own.read() is not None)
        gate.say("idle")
        watched = open_page(browser, 1080, 1920)
        page = watched.page
        page.clock.install()
        page.goto(gate.address, wait_until="domcontentloaded")
        expect(page.locator("body")).to_have_attribute("data-verdict", "idle")
        expect(page.locator("#first")).to_be_visible()
        page.clock.fast_forward(90_000)
        expect(page.locator("body")).to_have_attribute("data-asleep", "true")
        expect(page.locator("#first")).to_be_hidden()
        expect(page.locator("#time")).to_be_visible()
        picture(page, "kiosk-1080x1920-asleep")
        gate.say("wait", "approach")
        expect(page.locator("body")).to_have_attribute("data-asleep", "false")
        expect(page.locator("#first")).to_be_visible()
        page.close()
    assert watched.complaints == []
