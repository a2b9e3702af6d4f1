"""Clean hands before a canteen: a prompt, one large button, and nothing to press for whoever is sent elsewhere."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.kiosk.conftest import FACE, Kiosk, until
from tests.kiosk.test_page import PERSON, assert_fits, lobby

ASKED = {"visit": "v1", "hands": "none"}


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080), (800, 480)])
def test_somebody_without_clean_hands_is_asked_and_says_so_by_touch(
    browser: Browser, kiosk: Kiosk, width: int, height: int
) -> None:
    seen: dict[str, Any] = {"faces": [FACE], "person": PERSON, "frame": kiosk.show(lobby())}
    kiosk.say("wait", "wash_hands", hands=ASKED, staff={"visit": "v1", "duty": "during"}, **seen)
    watched = open_page(browser, width, height)
    page = watched.page
    page.goto(kiosk.address, wait_until="domcontentloaded")
    clean = page.get_by_role("button", name="我已洗手消毒")
    expect(clean).to_be_visible()
    expect(page.locator("#first")).to_have_text("请先洗手消毒")
    expect(page.locator("#duty")).to_be_hidden()
    box = clean.bounding_box()
    assert box is not None
    assert box["height"] >= max(0.12 * height, 64)
    assert box["y"] + box["height"] <= height
    page.wait_for_function("() => document.getElementById('picture').naturalWidth > 0")
    assert_fits(page, height)
    assert serious(page) == []
    picture(page, f"kiosk-{width}x{height}-hands-zh")
    clean.click()
    until(lambda: (kiosk.washed.read() or {}).get("visit") == "v1")
    kiosk.say("pass", hands={**ASKED, "hands": "confirmed"}, staff={"visit": "v1", "duty": "during"}, **seen)
    expect(clean).to_be_hidden()
    expect(page.locator("#duty")).to_be_visible()
    expect(page.locator("#note")).to_contain_text("洗手消毒已登记")
    page.locator("#language").click()
    kiosk.say("pass", hands=ASKED, **seen)
    expect(page.locator("#note")).to_contain_text("Please sanitise your hands first")
    expect(page.get_by_role("button", name="My hands are sanitised")).to_be_visible()
    assert_fits(page, height)
    assert serious(page) == []
    picture(page, f"kiosk-{width}x{height}-hands-pass-en")
    page.close()
    assert watched.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("verdict", ["recheck", "not_admitted", "cannot_measure", "hold", "idle"])
def test_whoever_is_sent_elsewhere_is_asked_nothing_of_hands(browser: Browser, kiosk: Kiosk, verdict: str) -> None:
    kiosk.say(verdict, hands=ASKED)
    page = open_page(browser, 1080, 1920).page
    page.goto(kiosk.address, wait_until="domcontentloaded")
    expect(page.locator(f"body[data-verdict={verdict}]")).to_be_visible()
    expect(page.locator("#hands")).to_be_hidden()
    page.keyboard.press("3")
    kiosk.say("wait", "wash_hands", hands=ASKED)
    expect(page.locator("#hands")).to_be_visible()
    assert kiosk.washed.read() is None
    page.keyboard.press("3")
    until(lambda: (kiosk.washed.read() or {}).get("visit") == "v1")
    page.close()


OURS = {"X-Menshen": "hands"}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [({"visit": "v1"}, {}, 403), ({"visit": 7}, OURS, 400), ({"visit": "v" * 300}, OURS, 400), ([], OURS, 400), ({}, OURS, 400)],
)
def test_only_the_visitors_screen_says_so(kiosk: Kiosk, body: object, headers: dict[str, str], status: int) -> None:
    assert httpx.post(f"{kiosk.address}/hands", content=json.dumps(body), headers=headers).status_code == status
    assert kiosk.washed.read() is None
