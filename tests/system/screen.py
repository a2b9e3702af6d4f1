"""The guard's page in a real browser, watched at every change of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from playwright.sync_api import Browser, Page

from tests.browser import Watched, open_page
from tests.system.house import PASSWORD

WATCH = """() => {
  const watch = (window.menshenWatch = { seen: {}, twice: [] });
  const look = () => {
    const names = [...document.querySelectorAll("[data-visit]")].map((row) => row.dataset.visit);
    for (const name of names) watch.seen[name] = true;
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    if (twice.length > 0) watch.twice.push(...twice);
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-visit"] });
  look();
}"""
ROWS = """() => [...document.querySelectorAll("[data-visit]")]
  .map((row) => [row.dataset.visit, row.dataset.verdict, Number(row.dataset.revision)])"""


@dataclass(frozen=True)
class Shown:
    """One row of the page."""

    visit: str
    verdict: str
    revision: int


class GuardPage:
    """Signed in; notes every visit it ever showed, and every one it showed twice at the same time."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._watched: Watched = open_page(browser, 1440, 900)
        self.page: Page = self._watched.page
        self.page.goto(url)
        self.page.fill("input[name=user]", "admin")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button.primary")
        self.page.wait_for_selector(".visits")
        self._watched.complaints.clear()  # that nobody was signed in before is no fault
        self.page.evaluate(WATCH)

    @property
    def rows(self) -> list[Shown]:
        """What it shows now, top to bottom."""
        return [Shown(*row) for row in self.page.evaluate(ROWS)]

    @property
    def seen(self) -> set[str]:
        """Every visit it has shown."""
        return set(self.page.evaluate("() => Object.keys(window.menshenWatch.seen)"))

    @property
    def twice(self) -> list[str]:
        """Visits that stood in two rows at once."""
        return cast("list[str]", self.page.evaluate("() => window.menshenWatch.twice"))

    @property
    def complaints(self) -> list[str]:
        """What the browser's console complained about."""
        return self._watched.complaints
