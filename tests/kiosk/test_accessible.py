"""The visitor's screen, every state of it, held against axe-core."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.accessibility import serious
from tests.browser import open_page
from tests.kiosk.conftest import Kiosk
from tests.kiosk.test_page import SCENES, lobby


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1024, 600)])
def test_nobody_is_shut_out_by_any_state_of_the_screen(browser: Browser, kiosk: Kiosk, width: int, height: int) -> None:
    kiosk.show(lobby())
    kiosk.say("idle")
    watched = open_page(browser, width, height)
    page = watched.page
    page.goto(kiosk.address, wait_until="domcontentloaded")
    found = {}
    opening = {"zh": "周一至周五 08:30–17:30", "en": "Mon–Fri 08:30–17:30"}
    for verdict, reason in (*SCENES, ("unknown", None)):
        kiosk.say(verdict, reason, hours=opening if verdict == "hold" else None)
        expect(page.locator("body")).to_have_attribute("data-verdict", verdict)
        found[verdict] = serious(page)
    page.close()
    assert {verdict: findings for verdict, findings in found.items() if findings} == {}
