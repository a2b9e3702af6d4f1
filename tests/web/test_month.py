"""The monthly report in a real browser before the real cloud: by keyboard, in both languages, on a wall, a laptop and a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.projector import Projector
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_monthly_report import reading
from tests.web.scripted_cloud import DIST
from tests.web.test_facilities import a_morning
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("month")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        with rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, "gate-1", "city/hall")
        rig.arrive(messages.alert(1, "co2"), reading(2, messages.START, 1180.0))
        a_morning(running)
        Projector(rig.database, series, lambda: rig.now_ms).round()
        yield running
    series.close()
    rig.database.close()


def opened(
    browser: Browser, served: Served, role: str, language: str = "en", theme: str = "light", size: tuple[int, int] = (1366, 768)
) -> Page:
    page = open_page(browser, *size, timezone_id="UTC").page
    token = sign_in(served, role, user=f"{role}-here")["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    chosen = f"localStorage.setItem('theme', '{theme}'); localStorage.setItem('language', '{language}')"
    page.add_init_script(f"if (location.protocol !== 'about:') {{ {chosen} }}")
    page.goto(f"{served.url}/#facilities")
    page.locator("[data-tab=month]").click()
    expect(page.locator("[data-month]")).to_be_visible()
    return page


def test_the_month_that_lasts_is_there_and_those_before_by_the_keyboard(served: Served, browser: Browser) -> None:
    page = opened(browser, served, "supervisor")
    expect(page.locator("h2")).to_have_text("Facilities in 2026-11")
    expect(page.locator(".months em")).to_have_text("not over yet")
    expect(page.locator("[data-action=after]")).to_be_disabled()
    expect(page.get_by_role("region", name="Each alarm")).to_contain_text("CO2 above its limit")
    expect(page.get_by_role("region", name="Locked areas")).to_contain_text("city/annex")
    page.locator("[data-action=before]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2")).to_have_text("Facilities in 2026-10")
    expect(page.locator(".gist")).to_contain_text("Days without an event: 31.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h2")).to_have_text("Facilities in 2026-11")


def test_whoever_may_export_takes_it_away_and_others_do_not(served: Served, browser: Browser) -> None:
    page = opened(browser, served, "supervisor", "zh")
    expect(page.locator("h2")).to_have_text("设施月报 2026-11")
    with page.expect_download() as taken:
        page.locator("[data-form=csv]").click()
    assert taken.value.suggested_filename.startswith("menshen-facilities-2026-11-")
    page = opened(browser, served, "facilities", "zh")
    expect(page.locator("[data-action=print]")).to_be_visible()
    expect(page.locator("[data-form]")).to_have_count(0)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (390, 844)])
@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "night")])
def test_it_is_read_by_everybody_everywhere(
    served: Served, browser: Browser, size: tuple[int, int], language: str, theme: str
) -> None:
    page = opened(browser, served, "supervisor", language, theme, size)
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"month_{size[0]}_{language}_{theme}")
