"""The week's roster and the administration without a mouse: every way is Tab, every deed a key; the test clicks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import open_page
from tests.cloud.https_server import Elsewhere, elsewhere
from tests.cloud.server import Served
from tests.web.keyboard import enter_at, tab_to, type_at
from tests.web.mondays import MONDAY
from tests.web.screens import Look, dress
from tests.web.scripted_cloud import DIST
from tests.web.town import busy_morning, town

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    with town(tmp_path_factory.mktemp("keyboard"), busy_morning, webhooks=True) as running:
        yield running


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    with elsewhere(tmp_path / "receiver", monkeypatch, 204) as there:
        yield there


def at(browser: Browser, served: Served, part: str, language: str, tab: str) -> Page:
    page = open_page(browser, 1366, 768, locale="zh-CN", timezone_id="UTC").page
    dress(page, served, Look(1366, 768, language, "night"))
    page.goto(f"{served.url}/#{part}", wait_until="domcontentloaded")
    expect(page.locator(".administration[data-ready]")).to_be_visible()
    enter_at(page, f"[data-tab={tab}]")
    expect(page.locator(f"[data-tab={tab}]")).to_have_attribute("aria-current", "page")
    return page


def test_a_supervisor_puts_somebody_untrained_on_the_roster_sees_it_and_takes_them_off(browser: Browser, served: Served) -> None:
    page = at(browser, served, "staff", "zh", "week")
    place = f"[data-place='{MONDAY} afternoon screening']"
    expect(page.locator(place)).to_contain_text("需 2 人，现有 1 人")
    enter_at(page, place)
    expect(page.get_by_role("dialog").locator("input").first).to_be_focused()
    tab_to(page, "input[value=staff-2]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(place).locator("[data-fault=untrained]")).to_have_text("王伟 无培训记录")
    expect(page.locator(place)).to_be_focused()  # one goes on from where one was
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("input").first).to_be_focused()
    tab_to(page, "input[value=staff-2]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(place).locator("[data-fault=untrained]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(place)).to_be_focused()
    page.close()


def test_an_administrator_makes_an_account_and_disables_it(browser: Browser, served: Served) -> None:
    page = at(browser, served, "administration", "zh", "accounts")
    type_at(page, "input[name=user]", "sun")
    tab_to(page, "select[name=role]")
    page.keyboard.press("ArrowDown")
    type_at(page, "input[name=site]", "city/hall-3")
    page.keyboard.press("Enter")
    row = page.locator("[data-account=sun]")
    expect(page.locator(".once code")).to_be_visible()
    expect(row).to_contain_text("设施")
    expect(row).to_contain_text("尚未更改初始密码")
    enter_at(page, "[data-account=sun] button")
    expect(page.get_by_role("dialog").locator("select")).to_be_focused()
    tab_to(page, "dialog input[name=may]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("已停用")
    expect(row.locator("button")).to_be_focused()
    page.close()


def test_an_administrator_makes_a_webhook_tries_it_and_tells_a_contact_by_it(
    browser: Browser, served: Served, receiver: Elsewhere
) -> None:
    page = at(browser, served, "administration", "zh", "webhooks")
    type_at(page, "input[name=name]", "desk-bridge")
    type_at(page, "input[name=url]", f"{receiver.url}/hook")
    tab_to(page, "input[name=events][value=alarms]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".once code")).to_be_visible()
    enter_at(page, "[data-webhook=desk-bridge] [data-action=test]")
    expect(page.locator("[data-taken=true]")).to_contain_text("204")
    assert [one.path for one in receiver.got] == ["/hook"]
    page.close()

    page = at(browser, served, "administration", "zh", "contacts")
    expect(page.locator("[data-contact=hall-desk]")).to_be_visible()
    type_at(page, "form.contact input[name=name]", "yard-desk")
    type_at(page, "form.contact input[name=site]", "city/yard")
    tab_to(page, "form.contact select[name=webhook]")
    page.keyboard.type("desk")
    tab_to(page, "form.contact input[name=liaison]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-contact=yard-desk]")).to_contain_text("网络回调")
    expect(page.get_by_role("alert")).to_have_count(0)  # the yard had no liaison before
    page.close()


def test_a_reception_is_planned_a_badge_issued_and_withdrawn_and_a_caller_gets_a_time(browser: Browser, served: Served) -> None:
    page = at(browser, served, "administration", "zh", "receptions")
    enter_at(page, "[data-reception='']")
    expect(page.locator("[data-plan='']")).to_be_visible()
    for name, text in (("name", "yard-desk"), ("site", "city/yard"), ("title_zh", "院子"), ("title_en", "Yard")):
        type_at(page, f"input[name={name}]", text)
    tab_to(page, "input[name=appointments]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan=yard-desk]")).to_be_visible()

    page.keyboard.press("Shift+Tab")
    enter_at_before(page, "[data-tab=badges]")
    expect(page.locator("[data-badge=s-40]")).to_be_visible()
    type_at(page, "input[name=holder]", "s-77")
    page.keyboard.press("Enter")
    row = page.locator("[data-badge=s-77]")
    expect(page.locator(".once code")).to_contain_text("/badge/")
    expect(row).to_contain_text("有效")
    enter_at(page, "[data-badge=s-77] [data-action=revoke]")
    expect(row).to_contain_text("确定")
    enter_at(page, "[data-badge=s-77] [data-action=sure]")
    expect(row).to_contain_text("已吊销")
    page.close()

    page = at(browser, served, "administration", "zh", "appointments")
    expect(page.locator("select[name=begins] option").first).to_be_attached()
    tab_to(page, "input[name=people]")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    said = page.locator(".once code").inner_text().replace(" ", "")
    line = page.locator(f"[data-appointment='{said}']")
    expect(line).to_be_visible()
    enter_at(page, f"[data-appointment='{said}'] button")
    expect(page.locator(".codes img")).to_have_count(2)
    enter_at(page, f"[data-appointment='{said}'] [data-action=cancel]")
    enter_at(page, f"[data-appointment='{said}'] [data-action=sure]")
    expect(line).to_contain_text("已取消")
    page.close()


def enter_at_before(page: Page, selector: str) -> None:
    """The way back: Shift+Tab."""
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{selector} is not reached by Shift+Tab")
