"""Supplies in a real browser before the real cloud: a book is kept by keyboard, and looked at in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Connection

from cloud.ledger.facility.supplies import Movement, MovementKind, booked
from cloud.store.facility.books import add_line, book_of
from cloud.store.facility.supplies import add_supply
from cloud.store.series_sqlite import SqliteSeries
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud.messages import START_MS
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
DAY_MS = 86_400_000


def line(connection: Connection, supply: int, day: float, kind: MovementKind, amount: int, why: str = "") -> None:
    """`day`: so many before now."""
    before = book_of(connection, supply)
    after = booked(before, kind, amount)
    assert isinstance(after, int)
    at_ms = START_MS - round(day * DAY_MS)
    add_line(connection, Movement(0, supply, at_ms, "chen", kind, amount, after, before, why=why))


def fill(connection: Connection) -> None:
    """A store as it is after a month: one stock short, one in doubt, one fine, one that nobody has counted."""

    def keep(kind: str, name: str, unit: str, minimum: int) -> int:
        made_ms = START_MS - 40 * DAY_MS
        values = {"site": "hall-3", "kind": kind, "name": name, "unit": unit, "minimum": minimum}
        return add_supply(connection, {**values, "set_ms": made_ms, "made_ms": made_ms})

    masks = keep("mask_disposable", "一次性医用口罩", "个", 500)
    line(connection, masks, 20, MovementKind.COUNTED, 1200)
    for day in range(19, 0, -1):
        line(connection, masks, day, MovementKind.USED, 35 + day % 4 * 5)
    gloves = keep("gloves", "丁腈手套", "双", 100)
    line(connection, gloves, 5, MovementKind.COUNTED, 400)
    line(connection, gloves, 1, MovementKind.COUNTED, 380, "受潮报废一盒")
    bleach = keep("disinfectant_84", "84消毒液", "瓶（500 ml）", 10)
    line(connection, bleach, 14, MovementKind.COUNTED, 80)
    for day in range(13, 0, -1):
        line(connection, bleach, day, MovementKind.USED, 1 + day % 2)
    keep("suit", "防护服", "套", 5)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("supplies")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        with rig.database.writing() as connection:
            fill(connection)
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
    tab = watched.page.locator("[data-tab=supplies]")
    tab.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("[data-stock]").first).to_be_visible()
    return watched.page


@pytest.mark.parametrize("width", [1920, 1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["", "light"])
def test_what_is_short_stands_first_and_what_is_not_known_is_never_green(
    browser: Browser, served: Served, width: int, locale: str, theme: str
) -> None:
    page = enter(browser, served, "supervisor", width, locale, theme)
    lights = [row.get_attribute("data-light") for row in page.locator("[data-stock] .light").all()]
    assert lights[0] == "short"
    assert lights.index("fine") == len(lights) - 1
    assert "unknown" in lights
    expect(page.locator("[data-stock]").first).to_contain_text("低于最低库存" if locale == "zh-CN" else "below its minimum")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"supplies-{width}-{locale[:2]}-{theme or 'night'}")
    page.locator("[data-stock]").first.locator("[data-action=book]").click()
    expect(page.locator("[data-line]").first).to_be_visible()
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"supplies-book-{width}-{locale[:2]}-{theme or 'night'}")
    page.close()


@pytest.mark.parametrize(
    ("locale", "name"), [("zh-CN", "登记：防护服"), ("en-GB", "Enter: 84消毒液")], ids=["first-count-zh", "used-en"]
)
def test_a_cleaner_writes_into_a_book_by_keyboard_alone(browser: Browser, served: Served, locale: str, name: str) -> None:
    page = enter(browser, served, "facilities", locale=locale)
    expect(page.locator("form[data-form=add]")).to_have_count(0)
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    kind = page.get_by_role("dialog").locator("select[name=kind]")
    expect(kind).to_be_focused()
    picture(page, f"supplies-enter-{locale[:2]}")
    counting = locale == "zh-CN"
    expect(kind.locator("option")).to_have_count(1 if counting else 3)
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog").locator("input[name=amount]")).to_be_focused()
    page.keyboard.type("24" if counting else "9999")
    page.keyboard.press("Enter")
    if not counting:
        expect(page.get_by_role("alert")).to_contain_text("Count what is there")
        page.get_by_role("dialog").locator("input[name=amount]").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type("2")
        page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    row = page.locator("[data-stock]", has_text="防护服" if counting else "84消毒液")
    expect(row.locator(".light")).to_have_attribute("data-light", "fine")
    expect(row).to_contain_text("24 套" if counting else "58 瓶")
    page.close()


def test_an_inspector_reads_the_book_and_changes_nothing(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "inspector")
    expect(page.locator("[data-action=enter]")).to_have_count(0)
    page.get_by_role("button", name="Book: 丁腈手套").click()
    expect(page.locator("[data-line]").first).to_contain_text("20 less than the book")
    expect(page.locator("[data-line]").first).to_contain_text("受潮报废一盒")
    expect(page.locator("[data-action=change]")).to_have_count(0)
    page.locator("[data-action=list]").click()
    expect(page.locator("[data-stock]")).to_have_count(4)
    page.close()
