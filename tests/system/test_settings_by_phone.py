"""A technician changes a running gate's settings with a phone: refused, looked over, taken, undone; log and self-test too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from edge.app.technician.asking import open_page
from edge.clock import SystemClock
from tests.accessibility import serious
from tests.browser import open_page as browser_page
from tests.browser import picture
from tests.system import settings
from tests.system.gate import Gate
from tests.system.house import free_port
from tests.system.until import until

WITHIN_MS = 30_000
TAKEN_MS = 120_000
EXPECTED = re.compile(r"status of (409|500)")
"""A value that was refused; a question that was not answered yet when its process was ended."""
LIMIT = '[id="in-screening.limit_c"]'


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A whole gate with a simulated camera and circuit, that allows a technician's page."""
    port = free_port()
    text = settings.circuit("t-phone", tmp_path / "t-phone.db", free_port(), port)
    running = Gate("t-phone", tmp_path, text + '\n[technician]\nlisten = "127.0.0.1"\nport = 0\n', port)
    running.start()
    yield running
    running.stop()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_technician_changes_the_limit_with_a_phone_and_takes_it_back(browser: Browser, gate: Gate) -> None:
    before = gate.settings.read_bytes()
    opened = open_page(gate.name, SystemClock())
    watched = browser_page(browser, 360, 740, ignore_https_errors=True, locale="en-US", color_scheme="light")
    page = watched.page
    page.goto(f"{opened.addresses[0]}#{opened.pin}")
    page.click("#enter")
    go_to(page, "Settings")
    refused_beside_its_field(page)
    assert gate.settings.read_bytes() == before
    changed_to_37_6(page)
    assert gate.rundir.config().screening.limit_c == 37.6
    assert gate.settings.read_text().count("limit_c = 37.6") == 1
    log_tells_of_it(page)
    self_test_finds(page)
    go_to(page, "Settings")
    assert set(gate.restarts.values()) == {0}
    undone(page)
    assert gate.settings.read_bytes() == before
    until(lambda: gate.rundir.config().screening.limit_c == 37.3, 30.0, "the gate is started with what it had before")
    page.close()
    assert [one for one in watched.complaints if not EXPECTED.search(one)] == []


def go_to(page: Page, room: str) -> None:
    page.get_by_role("link", name=room, exact=True).click()


def looks_right(page: Page, name: str) -> None:
    """Nothing sticks out at the side, axe-core finds nothing serious, and a picture of it is kept."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, f"technician-{name}")
    assert serious(page) == []


def limit_of(page: Page) -> Locator:
    page.fill("#find", "limit_c")
    return page.locator(LIMIT)


def refused_beside_its_field(page: Page) -> None:
    limit_of(page).fill("73.3")
    page.click("#go")
    entry = page.locator(".entry", has=page.locator(LIMIT))
    expect(entry.locator(".fault")).to_contain_text("less than or equal to 42", timeout=WITHIN_MS)
    expect(page.locator(LIMIT)).to_have_attribute("aria-invalid", "true")
    looks_right(page, "settings-refused")


def changed_to_37_6(page: Page) -> None:
    page.locator(LIMIT).fill("37,6")
    page.click("#go")
    expect(page.locator("#differences li")).to_contain_text("37.3 (default) → 37.6", timeout=WITHIN_MS)
    expect(page.locator("#go")).to_be_disabled()
    looks_right(page, "settings-difference")
    page.check(".sure input")
    page.click("#go")
    expect(page.locator("#taking")).to_contain_text("Starting with the new settings", timeout=WITHIN_MS)
    picture(page, "technician-settings-taking")
    expect(page.locator("#taking")).to_contain_text("The new settings are in use", timeout=TAKEN_MS)


def log_tells_of_it(page: Page) -> None:
    go_to(page, "Log")
    expect(page.locator("#lines")).to_contain_text("the technician's page changed screening.limit_c", timeout=WITHIN_MS)
    expect(page.locator("#lines")).to_contain_text("supervisor")
    looks_right(page, "log")
    page.select_option("#level", "40")
    expect(page.locator("#lines")).not_to_contain_text("screening.limit_c")


def self_test_finds(page: Page) -> None:
    go_to(page, "Self-test")
    page.click("#test")
    camera = page.locator("#findings li", has_text="Colour camera")
    expect(camera).to_contain_text("works", timeout=TAKEN_MS)
    broker = page.locator("#findings li", has_text="Broker")
    expect(broker).to_contain_text("does not")
    expect(broker).to_contain_text("Check network, address, password and certificate.")
    expect(page.locator("#findings li", has_text="Fire contact")).to_contain_text("closed")
    looks_right(page, "self-test")


def undone(page: Page) -> None:
    page.locator("#last summary").click()
    expect(page.locator("#last")).to_contain_text("screening.limit_c 37.6 → 37.3 (default)")
    page.click("#language")
    expect(page.locator("#last summary")).to_contain_text("上次改动")
    page.emulate_media(color_scheme="dark")
    looks_right(page, "settings-zh-dark")
    page.click("#undo")
    expect(page.locator("#taking")).to_contain_text("正在用新设置启动", timeout=WITHIN_MS)
