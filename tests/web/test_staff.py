"""The staff's screens in a real browser before the real cloud: a day's work by hand and by gate, roster, rota, declarations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.series_sqlite import SqliteSeries
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.mondays import MONDAY, a_busy_monday
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
TABS = ("today", "week", "rota", "people", "declarations", "mine")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Monday, 10:45: two on the morning's shift, one measured and one not; a leader who went out."""
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("staff")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        a_busy_monday(running)
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, role: str = "supervisor", width: int = 1366, locale: str = "en-GB") -> Page:
    watched = open_page(browser, width, 844, locale=locale, timezone_id="UTC")
    token = sign_in(served, role, user=f"{role}-here")["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.goto(f"{served.url}/#staff", wait_until="domcontentloaded")
    expect(watched.page.locator(".staff")).to_be_visible()
    return watched.page


def test_a_guard_sees_what_is_overdue_and_enters_mask_and_gloves_by_keyboard_alone(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "guard")
    expect(page.locator("nav button")).to_have_count(5)
    first = page.locator(".tasks li").first
    expect(first).to_have_attribute("data-state", "overdue")
    expect(page.locator("[data-warning=away]")).to_contain_text("赵云 went out without a report")
    open_check = page.locator("[data-task=mask_and_gloves][data-state=overdue]", has_text="林静")
    check = open_check.get_by_role("button")
    check.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Tab")
    page.get_by_label("Gloves are worn").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(check).to_have_count(0)
    page.get_by_role("button", name="Enter for 林静: Temperature, every 2 h").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("input").first).to_be_focused()
    page.keyboard.type("36.4")
    page.keyboard.press("Tab")
    page.keyboard.type("contact 3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("details summary").focus()
    page.keyboard.press("Enter")
    done = page.locator("details [data-task=temperature_periodic]")
    expect(done).to_contain_text("done late")
    expect(done).to_contain_text("manual")
    page.close()


def test_a_supervisor_fills_the_roster_and_is_refused_whom_a_declaration_bars(browser: Browser, served: Served) -> None:
    page = enter(browser, served, locale="zh-CN")
    page.locator("[data-tab=week]").click()
    spot = page.locator(f"[data-place='{MONDAY} afternoon screening']")
    expect(spot.locator("[data-fault=too_few]")).to_have_text("需 2 人，现有 1 人")
    spot.click()
    page.get_by_role("dialog").get_by_label("王伟").check()
    page.get_by_role("dialog").locator(".primary").click()
    expect(spot.locator("[data-fault=untrained]")).to_have_text("王伟 无培训记录")
    expect(spot.locator("[data-fault=too_few]")).to_have_count(0)
    page.locator("[data-action=after]").click()
    following = page.locator("[data-place='2026-11-30 morning reception']")
    following.click()
    page.get_by_role("dialog").get_by_label("陈立").check()
    page.get_by_role("dialog").locator(".primary").click()
    expect(page.get_by_role("alert")).to_contain_text("陈立，至 2026-12-06")
    page.keyboard.press("Escape")
    expect(following).to_contain_text("空缺")
    page.close()


def test_a_gap_is_closed_on_the_rota_and_an_absence_reported(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.locator("[data-tab=rota]").click()
    gap = page.locator("[data-warning=gap]", has_text="Leader on duty: nobody from 11-24 08:00")
    expect(gap).to_have_count(1)
    form = page.locator("[data-form=turn]")
    form.locator("select").select_option(label="林静 020")
    form.locator("input[name=begins]").fill("2026-11-24T08:00")
    form.locator("input[name=ends]").fill("2026-11-25T08:00")
    form.locator("input[name=leads]").check()
    form.locator(".primary").click()
    expect(gap).to_have_count(0)
    absence = page.locator("[data-form=absence]")
    absence.locator("select").select_option(label="林静 020")
    absence.locator("input[name=begins]").fill("2026-11-24T09:00")
    absence.locator("input[name=ends]").fill("2026-11-24T10:00")
    absence.locator("input[name=why]").fill("district meeting")
    absence.locator(".primary").click()
    expect(page.locator("[data-line]", has_text="reported in advance")).to_have_count(1)
    expect(page.locator("[data-warning=gap]", has_text="from 11-24 09:00 to 11-24 10:00")).to_have_count(1)
    page.get_by_role("button", name="Withdraw the absence of 林静").click()
    expect(page.locator("[data-warning=gap]", has_text="from 11-24 09:00")).to_have_count(0)
    page.close()


def test_somebody_joins_is_trained_and_is_erased(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.locator("[data-tab=people]").click()
    page.locator("input[name=name]").fill("Sun")
    page.locator("input[name=number]").fill("0999")
    page.keyboard.press("Enter")
    row = page.locator("tr", has_text="Sun")
    expect(row).to_contain_text("not trained")
    row.get_by_role("button").click()
    page.locator("[data-form=training] input[name=day]").fill("2026-11-22")
    page.locator("[data-form=training] input[name=by]").fill("health centre")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("2026-11-22")
    row.get_by_role("button").click()
    for _ in range(2):
        page.locator("[data-action=erase]").click()
    expect(row).to_have_count(0)
    page.close()


def test_a_declaration_is_asked_about_by_a_supervisor_and_unseen_by_a_guard(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.locator("[data-tab=declarations]").click()
    form = page.locator("[data-form=declaration]")
    form.locator("select[name=person]").select_option(label="王伟 021")
    form.locator("select[name=what]").select_option("travel")
    form.locator("input[name=until]").fill("2026-11-30")
    form.locator(".primary").click()
    line = page.locator("[data-declaration]", has_text="王伟")
    line.get_by_role("button", name="Asked: 王伟").click()
    page.keyboard.type("well")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    line.get_by_role("button", name="Close early: 王伟").click()
    page.keyboard.type("came back early")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("closed")
    page.close()
    page = enter(browser, served, "guard")
    expect(page.locator("[data-tab=today]")).to_be_visible()
    expect(page.locator("[data-tab=declarations]")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(("width", "locale"), [(1366, "zh-CN"), (390, "en-GB")])
def test_every_page_of_the_staff_fits_and_shuts_nobody_out(browser: Browser, served: Served, width: int, locale: str) -> None:
    page = enter(browser, served, width=width, locale=locale)
    found: dict[str, list[str]] = {}
    for theme in ("night", "light"):
        if theme == "light":
            page.locator("[data-action=theme]").click()
        for tab in TABS:
            page.locator(f"[data-tab={tab}]").click()
            expect(page.locator(".page")).to_be_visible()
            expect(page.locator(".page > p.dim:not(.nobody)", has_text="…")).to_have_count(0)
            name = f"staff-{tab}-{width}-{locale[:2]}-{theme}"
            picture(page, name)
            assert_no_sideways_scroll(page)
            found[name] = serious(page)
    page.close()
    assert {where: findings for where, findings in found.items() if findings} == {}
