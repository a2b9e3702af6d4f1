"""A gate's register of who is inside, and the count of overdue tasks on the strip, in a real browser before the real cloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.series_sqlite import SqliteSeries
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.mondays import a_busy_monday
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A busy Monday of the staff; two went in with a code a while ago, one of them yesterday, and one without."""
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("register")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        a_busy_monday(running)
        now = messages.START + timedelta(milliseconds=rig.now_ms - messages.START_MS)
        came = [("in-1", {"visitor_pass": "K7PM-3X2Q"}, 30 * 60), ("in-2", {"badge": "hs-9001"}, 20 * 3600), ("in-3", {}, 60)]
        rig.arrive(messages.health(900, gate="area-1", at=now))
        for number, (name, seen, ago_s) in enumerate(came, 901):
            at = now - timedelta(seconds=ago_s)
            rig.arrive(messages.visit(number, name, gate="area-1", at=at, seen=seen))
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, width: int, language: str, role: str = "guard") -> Page:
    watched = open_page(browser, width, 844, locale="zh-CN" if language == "zh" else "en-GB", timezone_id="UTC")
    token = sign_in(served, role, user=f"{role}-{width}")["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.goto(served.url, wait_until="domcontentloaded")
    expect(watched.page.locator("[data-feed=live]")).to_be_visible()
    return watched.page


def open_gate(page: Page, width: int = 1366) -> None:
    if width < 760:
        page.locator(".tabs button:nth-child(2)").click()
    page.locator("[data-gate='area-1'] [data-action=gate]").click()
    expect(page.locator("[data-register]")).to_be_visible()


@pytest.mark.parametrize(("width", "language"), [(1920, "zh"), (390, "en")])
def test_a_guard_sees_who_is_inside_and_notes_that_somebody_left(
    browser: Browser, served: Served, width: int, language: str
) -> None:
    page = enter(browser, served, width, language)
    open_gate(page, width)
    rows = page.locator("[data-inside]")
    expect(rows).to_have_count(2)
    register = page.locator("[data-register]")
    expect(register).to_contain_text("1 人昨日或更早进入" if language == "zh" else "1 went in on an earlier day")
    expect(register).to_contain_text("1 人次进入时未出示" if language == "zh" else "1 went in without a badge or pass")
    for theme in ("night", "light"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        picture(page, f"register-{width}-{language}-{theme}")
        assert serious(page) == []
    assert_no_sideways_scroll(page)
    row = page.locator("[data-inside='in-1']")
    row.locator("[data-action=left]").focus()
    page.keyboard.press("Enter")
    row.locator("[data-how=seen]").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(register).to_contain_text("已登记离开 1 人" if language == "zh" else "Noted as gone: 1")
    page.context.close()


def test_a_refusal_is_said_in_the_screens_own_language(browser: Browser, served: Served) -> None:
    page = enter(browser, served, 1366, "zh")
    open_gate(page)
    row = page.locator("[data-inside='in-1']")
    row.locator("[data-action=left]").click()
    with served.client() as other:
        other.post("/api/gates/area-1/register", json={"visit": "in-1", "how": "asked"})
    row.locator("[data-how=seen]").click()
    expect(row.get_by_role("alert")).to_have_text("area-1 的登记中没有 in-1，或已登记离开。")
    page.context.close()


def test_the_strip_counts_overdue_tasks_and_does_not_say_nought_where_it_does_not_know(browser: Browser, served: Served) -> None:
    page = enter(browser, served, 1366, "en", "supervisor")
    with served.client() as client:
        overdue = client.get("/api/staff/overdue").json()["overdue"]
    assert overdue > 0
    expect(page.locator("[data-action=staff] [data-overdue]")).to_have_attribute("data-overdue", str(overdue))
    picture(page, "overdue-1366-en")
    page.route("**/api/staff/overdue", lambda route: route.abort())
    page.reload(wait_until="domcontentloaded")
    expect(page.locator("[data-overdue]")).to_have_attribute("data-overdue", "unknown")
    expect(page.locator("[data-overdue]")).to_contain_text("–")
    page.context.close()


def test_facilities_are_told_nothing_of_the_staff(browser: Browser, served: Served) -> None:
    page = enter(browser, served, 1366, "en", "facilities")
    expect(page.locator("[data-action=staff]")).to_be_visible()
    expect(page.locator("[data-overdue]")).to_have_count(0)
    page.context.close()
