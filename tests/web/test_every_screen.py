"""Every screen of an account, busy, empty and gone wrong: it fits, it is read by everybody, and it says what is the matter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import serious
from tests.browser import open_page
from tests.cloud.server import Served
from tests.web.faults import FAULTS, break_off, mend
from tests.web.looking import cut_off, untranslated
from tests.web.screens import SCREENS, Look, Screen, dress, go
from tests.web.scripted_cloud import DIST
from tests.web.town import NAMES, busy_morning, nothing_yet, town

pytestmark = pytest.mark.browser
PHONE, LAPTOP, WALL = Look(390, 844, "zh", "night"), Look(1366, 768, "en", "light"), Look(1920, 1080, "zh", "light")
ENGLISH_PHONE = Look(390, 844, "en", "light")
READ = (PHONE, LAPTOP)
"""What can be read by everybody at these two, by night and by day, can be at the others."""
STATED = tuple(one for one in SCREENS if one.part and one.shown == "main .page" and one.name != "administration-own")


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    with town(tmp_path_factory.mktemp("busy"), busy_morning) as served:
        yield served


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    with town(tmp_path_factory.mktemp("empty"), nothing_yet) as served:
        yield served


def walked(browser: Browser, served: Served, look: Look, screens: tuple[Screen, ...]) -> dict[str, list[str]]:
    """What is wrong, screen by screen."""
    watched = open_page(browser, look.width, look.height, locale="zh-CN", timezone_id="UTC")
    page, found = watched.page, dict[str, list[str]]()
    dress(page, served, look)
    for screen in screens:
        go(page, served, screen)
        wrong = [f"cut off: {text}" for text in cut_off(page)] + (serious(page) if look in READ else [])
        if look.language == "zh":
            wrong += [f"not in Chinese: {text}" for text in untranslated(page, NAMES)]
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wrong += ["reaches beyond the side"]
        if wrong:
            found[screen.name] = wrong
    page.close()
    assert watched.complaints == []
    return found


@pytest.mark.parametrize("look", [PHONE, ENGLISH_PHONE, LAPTOP, WALL], ids=lambda look: look.name)
def test_every_screen_of_a_busy_morning_fits_and_is_read_by_everybody(browser: Browser, busy: Served, look: Look) -> None:
    assert walked(browser, busy, look, SCREENS) == {}


@pytest.mark.parametrize("look", [PHONE, LAPTOP], ids=lambda look: look.name)
def test_every_screen_says_that_there_is_nothing_yet(browser: Browser, empty: Served, look: Look) -> None:
    assert walked(browser, empty, look, tuple(one for one in SCREENS if not one.filled)) == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_page_says_that_the_cloud_fails_refuses_or_is_away_and_is_read_again(
    browser: Browser, busy: Served, fault: str
) -> None:
    page = open_page(browser, 1366, 768, locale="en-GB", timezone_id="UTC").page
    dress(page, busy, LAPTOP)
    for screen in STATED:
        break_off(page, fault)
        go(page, busy, screen, "main .page [role=alert]")
        expect(page.locator("main p.dim").filter(has_text="…")).to_have_count(0)  # nothing is being read
        mend(page)
        again = page.locator("main [data-action=again]")
        again.first.click()
        expect(again).to_have_count(0)
    page.close()


def test_a_screen_that_has_heard_nothing_shows_nothing_as_good(browser: Browser, busy: Served) -> None:
    page = open_page(browser, 1366, 768, locale="en-GB").page
    dress(page, busy, LAPTOP)
    break_off(page, "away")
    page.goto(busy.url, wait_until="domcontentloaded")
    expect(page.locator(".queue [data-knowledge=unheard]")).to_contain_text("not known")
    expect(page.locator(".stale-banner")).to_contain_text("nothing has come yet")
    expect(page.locator("[data-rate=alarms]")).to_have_text("alarms –/h")
    assert_nothing_green(page)
    page.close()


def test_a_cloud_without_a_gate_shows_nothing_as_good(browser: Browser, empty: Served) -> None:
    page = open_page(browser, 1366, 768, locale="zh-CN").page
    dress(page, empty, PHONE)
    page.goto(empty.url, wait_until="domcontentloaded")
    expect(page.locator(".queue [data-knowledge=gateless]")).to_be_visible()
    page.keyboard.press("w")
    expect(page.get_by_role("dialog")).to_contain_text("没有通道")
    assert_nothing_green(page.get_by_role("dialog").page)
    page.close()


def assert_nothing_green(page: Page) -> None:
    """Neither in the queue nor in the tree of sites; the feed's own mark says how the feed is."""
    expect(page.locator(":is(.queue, .site-tree) .shape.pass")).to_have_count(0)


def test_what_is_cut_off_or_left_in_english_would_be_noticed(browser: Browser, busy: Served) -> None:
    page = open_page(browser, 390, 844, locale="zh-CN").page
    dress(page, busy, PHONE)
    go(page, busy, SCREENS[0])
    page.locator(".queue h2").evaluate(
        "one => { one.textContent = 'Untranslated '.repeat(20); one.style.whiteSpace = 'nowrap'; }"
    )
    assert any("Untranslated" in text for text in cut_off(page))
    assert any("Untranslated" in text for text in untranslated(page, NAMES))
    page.close()
