"""The guard screen held against axe-core: signed out, on a busy morning, on a wall and on a phone, by day and by night."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.accessibility import serious
from tests.browser import open_page
from tests.web.conftest import Site, sign_in
from tests.web.test_look import busy_morning


@pytest.mark.browser
@pytest.mark.parametrize(("width", "locale"), [(1366, "en-GB"), (390, "zh-CN")])
def test_nobody_is_shut_out_by_the_guard_screen(browser: Browser, site: Site, width: int, locale: str) -> None:
    busy_morning(site)
    page = open_page(browser, width, 844, locale=locale).page
    page.goto(site.address, wait_until="domcontentloaded")
    expect(page.locator("form .primary")).to_be_visible()
    found = {"door": serious(page)}
    sign_in(page, site.address)
    for theme in ("night", "light"):
        if theme == "light":
            page.keyboard.press("t")
        found[theme] = serious(page)
        if width < 760:
            for tab in (2, 3):
                page.locator(f".tabs button:nth-child({tab})").click()
                found[f"{theme} {tab}"] = serious(page)
    page.close()
    assert {where: findings for where, findings in found.items() if findings} == {}
