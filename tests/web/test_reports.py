"""Daily reports and the chronicle in a real browser before the real cloud: on a wall, a laptop, a phone, and on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from cloud.store.series_sqlite import SqliteSeries
from contract.verdicts import Verdict
from tests.accessibility import serious
from tests.browser import SCREENS, open_page, picture
from tests.cloud import messages
from tests.cloud.messages import START
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_daily_report import at, reporter, until
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A day without anybody; then one with visits, a fever, a fire alarm and a cut network."""
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("reports")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        making = reporter(rig)
        until(rig, 18)
        making.round()
        until(rig, 12, days=1)
        rig.arrive(messages.visit(1, "a", at=at(rig)), messages.visit(2, "b", 0, Verdict.RECHECK, gate="gate-2", at=at(rig)))
        rig.arrive(messages.alert(3, "recheck", subject="b", gate="gate-2", at=at(rig)), messages.alert(4, "fire", at=at(rig)))
        cut = [messages.visit(10 + one, f"c{one}", at=at(rig) + timedelta(seconds=9 * one)) for one in range(60)]
        rig.now_ms += 600_000
        rig.arrive(*cut, messages.visit(80, "y", at=START + timedelta(minutes=30)))
        until(rig, 18, 20, days=1)
        making.round()
        yield running
    series.close()
    rig.database.close()


def enter(
    browser: Browser, served: Served, role: str = "inspector", width: int = 1440, height: int = 900, **context: object
) -> Page:
    context = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **context}
    watched = open_page(browser, width, height, **context)
    token = sign_in(served, role)["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.goto(f"{served.url}/#reports")
    watched.page.wait_for_selector(".reports[data-ready]")
    return watched.page


def test_the_list_says_each_day_and_a_report_is_opened_by_keyboard_alone(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    expect(page.locator(".day")).to_have_count(2)
    newest, first = page.locator(".day").all()
    expect(newest).to_contain_text("迟到生成")
    expect(newest).to_contain_text("更正第 1 号")
    expect(first).to_contain_text("零报告")
    newest.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("疫情防控日报 2026-11-22（第 2 号）")
    expect(page.get_by_role("region", name="迟到记录")).to_contain_text("2026-11-21")
    expect(page.locator("article")).to_contain_text("本版本不记录消毒巡查")
    page.locator("[data-action=language]").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Daily report of 2026-11-22 (number 2)")
    expect(page.get_by_role("region", name="Visits")).to_contain_text("gate-2")
    page.locator("[data-action=list]").click()
    expect(page.locator(".day").first).to_contain_text("made late")
    page.close()


def test_a_report_is_saved_as_a_file_where_the_role_may(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.locator("[data-report='2']").click()
    with page.expect_download() as saving:
        page.locator("[data-form=pdf]").click()
    assert saving.value.suggested_filename == "menshen-report-2-2026-11-22.pdf"
    text = PdfReader(io.BytesIO(saving.value.path().read_bytes())).pages[0].extract_text()
    assert "疫情防控日报 2026-11-22" in text
    page.close()
    page = enter(browser, served, "guard")
    page.locator("[data-report='2']").click()
    expect(page.locator("h2")).to_be_visible()
    expect(page.locator("[data-form]")).to_have_count(0)
    page.close()


def test_the_chronicle_has_one_dated_line_each(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.locator("[data-tab=chronicle]").click()
    expect(page.locator(".chronicle li")).to_have_text(["2026-11-22 12:00:00gate-1 紧急告警：消防报警"])
    page.locator("[data-action=language]").click()
    expect(page.locator(".chronicle li")).to_contain_text("urgent alarm at gate-1: fire alarm")
    picture(page, "chronicle")
    assert serious(page) == []
    page.close()


@pytest.mark.parametrize(
    ("name", "width", "height", "light"),
    [("wall", 1920, 1080, False), ("laptop", 1366, 768, True), ("phone", 390, 844, False)],
)
def test_a_report_is_read_on_a_wall_a_laptop_and_a_phone(
    browser: Browser, served: Served, name: str, width: int, height: int, light: bool
) -> None:
    page = enter(browser, served, width=width, height=height)
    if light:
        page.locator("[data-action=theme]").click()
    expect(page.locator(".day")).to_have_count(2)
    assert_no_sideways_scroll(page)
    picture(page, f"reports_{name}_list")
    page.locator("[data-report='2']").click()
    expect(page.locator("h2")).to_be_visible()
    assert_no_sideways_scroll(page)
    picture(page, f"reports_{name}")
    assert serious(page) == []
    page.close()


def test_a_report_is_printed_without_the_screen_around_it(browser: Browser, served: Served) -> None:
    page = enter(browser, served, color_scheme="dark")
    page.locator("[data-report='2']").click()
    expect(page.locator("h2")).to_be_visible()
    paper = page.pdf(format="A4", path=SCREENS / "report_printed.pdf")
    text = normalize("NFKC", "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper)).pages))  # ⽇ is 日 there
    assert "疫情防控日报 2026-11-22" in text
    assert "返回值班屏" not in text
    assert "送达情况" in text  # to its end, not only what fits a screen
    page.close()
