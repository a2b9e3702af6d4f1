"""On duty, off duty: two large buttons for whoever has shown a staff badge, by touch and by keyboard."""

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

CHECK = {"visit": "v1", "duty": "during"}


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (800, 480)])
def test_staff_say_when_the_shift_begins_and_ends(browser: Browser, kiosk: Kiosk, width: int, height: int) -> None:
    seen: dict[str, Any] = {"faces": [FACE], "person": PERSON, "frame": kiosk.show(lobby())}
    kiosk.say("pass", staff=CHECK, shown="badge", **seen)
    watched = open_page(browser, width, height)
    page = watched.page
    page.goto(kiosk.address, wait_until="domcontentloaded")
    on, off = page.get_by_role("button", name="上岗"), page.get_by_role("button", name="下岗")
    for button in (on, off):
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= max(0.12 * height, 64)
        assert box["width"] >= 0.18 * width
        assert box["y"] + box["height"] <= height
    page.wait_for_function("() => document.getElementById('picture').naturalWidth > 0")
    assert_fits(page, height)
    assert serious(page) == []
    picture(page, f"kiosk-{width}x{height}-staff-zh")
    on.click()
    until(lambda: (kiosk.duty.read() or {}).get("duty") == "on")
    assert (kiosk.duty.read() or {})["visit"] == "v1"
    kiosk.say("pass", staff={**CHECK, "duty": "on"}, **seen)
    expect(on).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#note")).to_contain_text("已登记")
    page.locator("#language").click()
    picture(page, f"kiosk-{width}x{height}-staff-en")
    page.keyboard.press("2")
    until(lambda: (kiosk.duty.read() or {}).get("duty") == "off")
    kiosk.say("idle")
    expect(page.locator("#duty")).to_be_hidden()
    page.keyboard.press("1")
    page.close()
    assert (kiosk.duty.read() or {})["duty"] == "off", "nobody stands there"
    assert watched.complaints == []


OURS = {"X-Menshen": "duty"}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({"visit": "v1", "duty": "on"}, {}, 403),
        ({"visit": "v1", "duty": "during"}, OURS, 400),
        ({"visit": 7, "duty": "on"}, OURS, 400),
        ({"visit": "v" * 300, "duty": "on"}, OURS, 400),
        (["v1", "on"], OURS, 400),
    ],
)
def test_only_the_visitors_screen_chooses_and_only_what_there_is(
    kiosk: Kiosk, body: object, headers: dict[str, str], status: int
) -> None:
    assert httpx.post(f"{kiosk.address}/duty", content=json.dumps(body), headers=headers).status_code == status
    assert kiosk.duty.read() is None
