"""Clean hands before the canteen, in a real browser before the real cloud: numbers, in both languages, on every size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.series_sqlite import SqliteSeries
from contract.verdicts import Hands
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
LUNCH = (Hands.DISPENSER,) * 11 + (Hands.CONFIRMED,) * 5 + (Hands.NONE,) * 4


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("canteen")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, width: int = 1366, locale: str = "en-GB", theme: str = "") -> Page:
    watched = open_page(browser, width, {1920: 1080, 1366: 768}.get(width, 844), locale=locale, timezone_id="UTC")
    token = sign_in(served, "facilities", user="facilities-here")["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.goto(f"{served.url}/#facilities", wait_until="domcontentloaded")
    if theme:
        watched.page.locator("[data-action=theme]").click()
    tab = watched.page.locator("[data-tab=canteen]")
    tab.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator(".page h2")).to_be_visible()
    return watched.page


def test_where_nobody_asks_the_screen_says_so_and_how_to_begin(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    expect(page.locator(".page")).to_contain_text("No gate has asked for clean hands")
    expect(page.locator(".page h2")).to_have_text("Nobody was asked today")
    assert serious(page) == []
    page.close()


@pytest.fixture
def lunches(served: Served) -> Served:
    rig = served.rig
    if rig.look().gates == []:
        for day in (2, 1, 0):
            at = START - timedelta(days=day)
            rig.now_ms = START_MS - day * 86_400_000
            for number, hands in enumerate(LUNCH[day:]):
                seen, seq = {"hands": hands}, 100 * (3 - day) + number
                rig.arrive(messages.visit(seq, f"lunch-{seq}", gate="canteen", at=at, seen=seen))
    return served


@pytest.mark.parametrize("width", [1920, 1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["", "light"])
def test_entries_without_clean_hands_stand_out_by_day_and_gate(
    browser: Browser, lunches: Served, width: int, locale: str, theme: str
) -> None:
    page = enter(browser, lunches, width, locale, theme)
    expect(page.locator("[data-hands]")).to_have_count(3)
    first = page.locator("[data-hands]").first
    expect(first).to_have_attribute("data-hands", "2026-11-21")
    expect(first.locator(".wrong")).to_have_text("4（20%）" if locale == "zh-CN" else "4 (20 %)")
    expect(page.locator(".page h2")).to_contain_text("今天进入 20 人" if locale == "zh-CN" else "20 let in today")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"canteen-{width}-{locale[:2]}-{theme or 'night'}")
    page.close()
