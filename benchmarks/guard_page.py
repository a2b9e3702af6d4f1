"""The guard's screen in headless Chromium, with a watch on its rows of visits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page, sync_playwright

from contract.errors import MenshenError

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Called by the browser in the same step that changed the page, before it is painted.
WATCH: Final = """() => {
  const known = new Set();
  const rows = () => [...document.querySelectorAll("tr[data-visit]")];
  const key = (row) => row.dataset.visit + " " + row.dataset.revision;
  for (const row of rows()) known.add(key(row));
  window.benchSeen = [];
  new MutationObserver(() => {
    const now_ms = Date.now();
    for (const row of rows()) {
      if (known.has(key(row))) continue;
      known.add(key(row));
      window.benchSeen.push([row.dataset.visit, Number(row.dataset.revision), now_ms]);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-revision"] });
}"""


@dataclass(frozen=True, slots=True)
class GuardPage:
    """Signed in, live and watched."""

    page: Page

    def wait(self, seconds: float) -> None:
        """Let time pass; the browser's messages are taken meanwhile."""
        self.page.wait_for_timeout(seconds * 1000)

    def seen(self) -> dict[tuple[str, int], float]:
        """When each (visit, revision) came to stand in the page, UTC seconds, with the millisecond a browser gives."""
        found = self.page.evaluate("window.benchSeen")
        return {(str(visit), int(revision)): now_ms / 1000.0 for visit, revision, now_ms in found}


@contextmanager
def chromium_page(address: str) -> Iterator[Page]:
    """A page of this address in headless Chromium. Raises MenshenError where there is none."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise MenshenError("there is no Chromium", remedy="Install it, or name it in CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        yield page
        browser.close()


@contextmanager
def guard_page(address: str, user: str, password: str) -> Iterator[GuardPage]:
    """Raises MenshenError where there is no Chromium."""
    with chromium_page(address) as page:
        page.locator("input[name=user]").fill(user)
        page.locator("input[name=password]").fill(password)
        page.locator("button.primary").click()
        page.locator("[data-ready=true]").wait_for()
        page.evaluate(WATCH)
        yield GuardPage(page)
