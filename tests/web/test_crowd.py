"""People inside and waiting, in a real browser before the real cloud: the full comes first, the unknown is never green."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.series_sqlite import SqliteSeries
from contract.messages.health import QueueData
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_crowd import says, told
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
ROOMS = {"full": "已满", "doubtful": "可能已满", "unknown": "人数未知", "room": "可进入"}


def crowded(served: Served) -> None:
    """A hall with two ways in, one of them full; a canteen that may be; a gate that fell silent, and one that counts nobody."""
    says(served, "hall-east", told(50, 50, full=True), QueueData(people=7, longest_s=214.0), "city/hall/east")
    says(served, "hall-west", told(18, 50, clipped=1), QueueData(people=0), "city/hall/west")
    says(served, "canteen", told(118, 120, clipped=4), QueueData(people=2, longest_s=12.0), "city/canteen")
    says(served, "yard", None, QueueData(people=1, longest_s=4.0), "city/yard")
    says(served, "north", told(None, 30), None, "city/north")
    for number in range(40):
        gate = ("hall-east", "hall-west", "canteen", "yard")[number % 4]
        served.rig.arrive(messages.visit(9000 + number, f"crowd-{number}", gate=gate))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("crowd")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        crowded(running)
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, role: str, width: int = 1366, locale: str = "en-GB", theme: str = "") -> Page:
    watched = open_page(browser, width, {1920: 1080, 1366: 768}.get(width, 844), locale=locale, timezone_id="UTC")
    token = sign_in(served, role, user=f"{role}-here")["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.goto(f"{served.url}/#facilities", wait_until="domcontentloaded")
    if theme:
        watched.page.locator("[data-action=theme]").click()
    tab = watched.page.locator("[data-tab=crowd]")
    tab.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("[data-crowd]").first).to_be_visible()
    return watched.page


@pytest.mark.parametrize("width", [1920, 1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["", "light"])
def test_what_is_full_stands_first_and_only_what_is_known_to_have_room_is_green(
    browser: Browser, served: Served, width: int, locale: str, theme: str
) -> None:
    page = enter(browser, served, "facilities", width, locale, theme)
    rooms = [row.get_attribute("data-room") for row in page.locator("[data-crowd]").all()]
    assert rooms == ["full", "doubtful", "unknown", "room", "uncounted"]
    expect(page.locator("[data-crowd] svg.pass")).to_have_count(1)
    if locale == "zh-CN":
        for room, word in ROOMS.items():
            expect(page.locator(f"[data-crowd][data-room={room}]")).to_contain_text(word)
    expect(page.locator("[data-crowd=hall-east]")).to_contain_text("至少 7 人" if locale == "zh-CN" else "at least 7")
    expect(page.locator("[data-place='city/hall']")).to_contain_text("68")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"crowd-{width}-{locale[:2]}-{theme or 'night'}")
    page.close()


def test_a_gate_that_falls_silent_is_not_known_any_more(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "guard")
    expect(page.locator("[data-crowd=hall-west]")).to_have_attribute("data-room", "room")
    now_ms, served.rig.now_ms = served.rig.now_ms, served.rig.now_ms + 40_000
    try:
        page.locator("[data-tab=rounds]").click()
        page.locator("[data-tab=crowd]").click()
        west = page.locator("[data-crowd=hall-west]")
        expect(west).to_have_attribute("data-room", "unknown")
        expect(west).to_contain_text("the gate is silent")
        expect(west).to_contain_text("not known")
    finally:
        served.rig.now_ms = now_ms
    page.close()
