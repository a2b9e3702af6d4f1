"""The canteen's slots in a real browser before the real cloud: planned by keyboard, warned of before and while it happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud.people import sign_in, somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_canteen_slots import DAYS, SHANGHAI, done, eat, hears
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Noon on a Saturday: one slot is too full, one is planned too full, one has room, and of one nobody knows."""
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("slots")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.now_ms = round(datetime(2026, 11, 21, 12, 10, tzinfo=SHANGHAI).timestamp() * 1000)
    with serve(rig, series, DIST) as running:
        hears(running)
        with rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, "canteen", "city/canteen")
        with somebody(running, "supervisor") as boss:
            for number in range(9):
                team = ("windows_1", "windows_2", "cleaning")[number % 3]
                done(
                    boss.post("/api/staff", json={"name": f"n{number}", "number": str(number), "team": team, "site": "city/hall"})
                )
            at = {"site": "city/canteen", "gate": "canteen", "days": DAYS}
            for name, begins, ends, places, teams in (
                ("第一批", "12:00", "12:30", 4, ["windows_1"]),
                ("第二批", "12:30", "13:00", 5, ["windows_2", "cleaning"]),
                ("第三批", "13:00", "13:30", 8, ["cleaning"]),
                ("晚餐", "17:30", "18:30", 20, []),
            ):
                wish = {**at, "name": name, "begins": begins, "ends": ends, "places": places, "teams": teams}
                done(boss.post("/api/facilities/canteen/slots", json=wish))
        eat(running, "a", "b", "c", "d", "e")
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
    tab = watched.page.locator("[data-tab=canteen]")
    tab.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("[data-sittings=today] > li")).to_have_count(4)
    return watched.page


@pytest.mark.parametrize("width", [1920, 1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["", "light"])
def test_what_is_too_full_or_will_be_stands_out_and_what_nobody_knows_is_not_fine(
    browser: Browser, served: Served, width: int, locale: str, theme: str
) -> None:
    """Q2: the warning of a slot above its places, in words, colour and shape."""
    page = enter(browser, served, "facilities", width, locale, theme)
    today = page.locator("[data-sittings=today] > li")
    lights = [today.nth(number).get_attribute("data-light") for number in range(4)]
    assert lights == ["over", "planned_over", "fine", "unknown"]
    expect(today.nth(0)).to_contain_text("已进入 5 人" if locale == "zh-CN" else "5 let in")
    expect(today.nth(1)).to_contain_text("“第三批”还有空位最多" if locale == "zh-CN" else "most room in: 第三批")
    expect(today.nth(1)).to_contain_text("12:30–13:00")
    expect(page.locator("[data-action=add-slot]")).to_have_count(0)
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"slots-{width}-{locale[:2]}-{theme or 'night'}")
    page.close()


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_board_names_the_slots_of_today_that_are_too_full(browser: Browser, served: Served, width: int, locale: str) -> None:
    page = enter(browser, served, "facilities", width, locale)
    page.locator("[data-tab=board]").press("Enter")
    lines = page.locator("[data-lines=urgent] [data-what=slot]")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("用餐时段超员" if locale == "zh-CN" else "too many in a slot")
    expect(lines.nth(0)).to_contain_text("第一批")
    expect(lines.nth(1)).to_contain_text("用餐时段计划超员" if locale == "zh-CN" else "slot planned too full")
    assert serious(page) == []
    picture(page, f"board-slots-{width}-{locale[:2]}")
    page.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_a_slot_is_added_changed_and_ended_by_keyboard(browser: Browser, served: Served, width: int) -> None:
    page = enter(browser, served, "supervisor", width)
    page.locator("[data-action=add-slot]").focus()
    page.keyboard.press("Enter")
    name = page.locator("[data-form=slot] [name=name]")
    expect(name).to_be_focused()
    page.keyboard.type("Guards")
    page.locator("[name=places]").fill("2")
    page.locator("[name=gate]").fill("canteen")
    page.locator("[name=begins]").fill("12:15")
    page.locator("[name=ends]").fill("12:45")
    for one in ("sat", "sun"):
        page.locator(f"[name=days][value={one}]").check()
    assert serious(page) == []
    picture(page, f"slot-change-{width}")
    page.locator("[data-form=slot] .primary").press("Enter")
    expect(page.locator("[data-form=slot] [role=alert]")).to_contain_text("第一批 is at the same gate from 12:00 to 12:30")
    expect(name).to_have_value("Guards")
    page.locator("[name=gate]").fill("")
    page.locator("[data-form=slot] .primary").press("Enter")
    made = page.locator("[data-slot]", has_text="Guards")
    expect(made).to_contain_text("every day")
    made.get_by_role("button").press("Enter")
    page.locator("[name=places]").fill("3")
    page.locator("[data-form=slot] .primary").press("Enter")
    expect(made).to_contain_text("3 places")
    made.get_by_role("button").press("Enter")
    page.locator("[data-action=end]").press("Enter")
    expect(page.locator("[data-action=end]")).to_contain_text("for good")
    page.locator("[data-action=end]").press("Enter")
    expect(made).to_have_count(0)
    assert serious(page) == []
    page.close()
    assert datetime.fromtimestamp(served.rig.now_ms / 1000, UTC).hour == 4
