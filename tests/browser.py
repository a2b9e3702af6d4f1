"""Chromium for tests of screens, and a page that keeps what the browser complains about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 20_000
"""Other tests share the machine. What has to be quick is measured in the page, never by this."""
SCREENS = Path(__file__).parents[1] / "build" / "screens"


def found_chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    found = found_chromium()
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A page and what its console complained about; network errors of a stopped server are no complaint."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "net::ERR" not in message.text:
            self.complaints.append(message.text)


def open_page(browser: Browser, width: int, height: int, **context: object) -> Watched:
    page = browser.new_page(viewport={"width": width, "height": height}, **context)  # type: ignore[arg-type]
    watched = Watched(page)
    page.on("console", watched.note)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    return watched


def picture(page: Page, name: str) -> None:
    """Keep what the screen looks like under build/screens/."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", animations="disabled")
