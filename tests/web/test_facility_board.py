"""The board of the facilities in a real browser before the real cloud: what is not known is never green, and every age ticks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.projector import Projector
from cloud.store.series_sqlite import SqliteSeries
from tests.accessibility import serious
from tests.browser import Watched, open_page, picture
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.hall_of_sensors import crowded, halls, project
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from _served(tmp_path_factory, "board", halls)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from _served(tmp_path_factory, "crowded", crowded)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from _served(tmp_path_factory, "empty", lambda _: None)


def _served(folders: pytest.TempPathFactory, name: str, fill: object) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    assert callable(fill)
    folder = folders.mktemp(name)
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        fill(running)
        project(running, Projector(rig.database, series, lambda: rig.now_ms))
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, width: int = 1366, locale: str = "en-GB", theme: str = "") -> Watched:
    watched = open_page(browser, width, {1920: 1080, 1366: 768}.get(width, 844), locale=locale, timezone_id="UTC")
    show(watched.page, served)
    if theme:
        watched.page.locator("[data-action=theme]").click()
    return watched


def show(page: Page, served: Served, role: str = "facilities") -> None:
    token = sign_in(served, role, user=f"{role}-here")["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    page.goto(f"{served.url}/#facilities", wait_until="domcontentloaded")
    expect(page.locator(".board[data-heard=true] [data-count=rounds]")).to_be_visible()


@pytest.mark.parametrize("width", [1920, 1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["", "light"])
def test_what_needs_somebody_stands_first_and_what_is_not_known_is_never_green(
    browser: Browser, served: Served, width: int, locale: str, theme: str
) -> None:
    watched = enter(browser, served, width, locale, theme)
    page, zh = watched.page, locale == "zh-CN"
    urgent = page.locator("[data-lines=urgent] li")
    expect(urgent.first).to_have_attribute("data-what", "condition")
    expect(urgent.first).to_contain_text("二氧化碳超限" if zh else "CO2 above its limit")
    expect(urgent.first).to_contain_text("窗户关着：请开窗" if zh else "windows shut: open them")
    standing = {one.get_attribute("data-place"): one.get_attribute("data-standing") for one in page.locator("[data-place]").all()}
    assert standing == {"东大厅": "over", "西大厅": "fine", "食堂": "unknown", "消毒间": "fine", "gate-5": "unknown"}
    expect(page.locator("[data-place=食堂] [data-quantity=humidity_pct]")).to_contain_text(
        "设备没有回答" if zh else "does not answer"
    )
    assert (
        page.locator("[data-standing=unknown] > * svg.pass").count()
        == page.locator("[data-place=食堂] li[data-standing=fine]").count()
    )
    lights = [one.get_attribute("data-light") for one in page.locator("[data-count]").all()]
    assert lights == ["unknown", "recheck", "unknown"]
    expect(page.locator("[data-lines=next]")).to_contain_text("陈静")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"board-{width}-{locale[:2]}-{theme or 'night'}")
    page.close()
    assert watched.complaints == []


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["", "light"])
def test_a_day_of_a_sensor_is_reached_by_keyboard_with_its_gap_its_limit_and_a_table(
    browser: Browser, served: Served, width: int, locale: str, theme: str
) -> None:
    watched = enter(browser, served, width, locale, theme)
    page, zh = watched.page, locale == "zh-CN"
    page.locator("[data-place=东大厅] [data-quantity=co2_ppm] button").focus()
    page.keyboard.press("Enter")
    chart = page.locator(".chart")
    expect(chart.locator("canvas")).to_be_visible()
    expect(chart).to_have_attribute("aria-label", re.compile("1 处没有数据" if zh else "1 times nothing was known"))
    expect(page.locator(".now")).to_contain_text("上限 1000 ppm" if zh else "upper limit 1000 ppm")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"board-history-{width}-{locale[:2]}-{theme or 'night'}")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("details tbody tr")).to_have_count(266)
    page.locator("[data-hours='720']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-hours='720']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("details tbody tr")).to_have_count(24)
    page.locator("[data-action=board]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-place]").first).to_be_visible()
    page.close()
    assert watched.complaints == []


def test_without_the_cloud_the_board_greys_and_knows_nothing_any_more(browser: Browser, served: Served) -> None:
    page = open_page(browser, 1366, 768, locale="en-GB", timezone_id="UTC").page
    page.clock.install()  # before the page sets its timers
    show(page, served)
    page.context.set_offline(True)
    page.clock.run_for(31_000)
    expect(page.locator(".board[data-heard=false]")).to_be_visible()
    expect(page.locator(".board svg.pass")).to_have_count(0)
    expect(page.get_by_text("how it is now is unknown")).to_be_visible()
    picture(page, "board-offline")
    page.close()


def test_twenty_gates_with_two_hundred_sensors_each_are_there_and_few_of_them_at_once(browser: Browser, crowd: Served) -> None:
    page = enter(browser, crowd).page
    expect(page.locator("[data-place]")).to_have_count(400)
    assert page.locator("[data-quantity]").count() == 2_000
    page.locator("[data-shown=open]").click()
    expect(page.locator("[data-place]")).to_have_count(80)
    picture(page, "board-crowded")
    assert serious(page) == []
    page.close()


def test_before_the_first_sensor_the_board_says_so_and_is_not_green(browser: Browser, empty: Served) -> None:
    page = enter(browser, empty).page
    expect(page.get_by_text("No sensor has been heard yet.")).to_be_visible()
    expect(page.locator(".board svg.pass")).to_have_count(0)
    picture(page, "board-empty")
    page.close()


def test_who_may_export_takes_the_board_a_history_and_the_rounds_away_by_keyboard(browser: Browser, served: Served) -> None:
    watched = open_page(browser, 390, 844, locale="zh-CN", timezone_id="UTC")
    page = watched.page
    token = sign_in(served, "inspector", user="inspector-here")["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    page.goto(f"{served.url}/#facilities", wait_until="domcontentloaded")
    assert "东大厅" in taken(page, "csv")
    page.locator("[data-place=东大厅] [data-quantity=co2_ppm] button").press("Enter")
    expect(page.locator("[data-hours='24'][aria-pressed=true]")).to_be_visible()
    assert "最高 ppm" in taken(page, "csv")
    assert serious(page) == []
    picture(page, "history-files-390")
    page.locator("[data-tab=rounds]").press("Enter")
    assert "完成时间" in taken(page, "csv")
    assert serious(page) == []
    picture(page, "rounds-files-390")
    page.close()


def taken(page: Page, form: str) -> str:
    with page.expect_download() as waited:
        page.locator(f".files a[data-form={form}]").press("Enter")
    return Path(waited.value.path()).read_text(encoding="utf-8-sig")


def test_who_disinfects_is_chosen_by_name_and_a_sensor_among_those_that_are_heard(browser: Browser, served: Served) -> None:
    page = open_page(browser, 1366, 768, locale="zh-CN", timezone_id="UTC").page
    show(page, served, "supervisor")
    page.locator("[data-tab=rounds]").click()
    page.get_by_role("button", name="2号电梯", exact=False).first.click()
    dialog = page.get_by_role("dialog")
    person = dialog.locator("select[name=person]")
    for chosen, said in (("", 0), ("陈静 · hall · c-7", 1)):
        page.get_by_role("button", name="更改", exact=True).click()
        expect(person.locator("option")).to_have_text(["未指派", "陈静 · hall · c-7"])
        expect(person.locator("option:checked")).to_have_text("未指派" if chosen else "陈静 · hall · c-7")
        expect(dialog.locator("option[value='gate-4/ozone-1/ozone_ppm']")).to_have_attribute("label", "消毒间")
        if chosen:
            picture(page, "facilities-asset-change-zh")
        person.select_option(label=chosen or "未指派")
        dialog.locator(".primary").click()
        expect(dialog).to_have_count(0)
        expect(page.get_by_text("专人：陈静")).to_have_count(said)
    page.route("**/api/staff", lambda route: route.abort())
    page.get_by_role("button", name="更改", exact=True).click()
    expect(dialog.get_by_role("alert")).to_be_visible()  # not a list in which nobody is
    expect(person.locator("option:checked")).to_have_text("陈静")
    picture(page, "facilities-asset-nobody-read-zh")
    assert serious(page) == []
    page.close()
