"""A technician on a ladder: the set-up's page of a whole gate, on a phone."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from edge.app.technician.asking import open_page as opened
from edge.clock import SystemClock
from tests.accessibility import serious
from tests.browser import Watched, open_page, picture
from tests.system.gate import Gate

PHONE = (360, 740)
WITHIN_MS = 180_000
RESTART_MS = 300_000


class Phone:
    """Entered by the PIN, at the page of the set-up."""

    def __init__(self, browser: Browser, gate: Gate) -> None:
        asked = opened(gate.name, SystemClock())
        width, height = PHONE
        options = {"locale": "en-US", "color_scheme": "light", "has_touch": True}
        self.watched: Watched = open_page(browser, width, height, ignore_https_errors=True, **options)
        self.page: Page = self.watched.page
        self.page.set_default_timeout(WITHIN_MS)
        self.page.goto(asked.addresses[0])
        self.page.fill("#pin", asked.pin)
        self.page.click("#enter")
        self.page.wait_for_selector("#step")  # a gate that is not set up leads there

    def at(self, step: str) -> None:
        """The page stands at this step, and nothing sticks out or is hard to use."""
        expect(self.page.locator("#progress #here")).to_be_visible(timeout=WITHIN_MS)
        self.page.wait_for_function("(name) => document.querySelector('#step').dataset.step === name", arg=step)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{step}: something sticks out"

    def go(self) -> None:
        self.page.click("#go:not(:disabled)")

    def apply(self) -> None:
        """Agree to what would change, and wait until the gate runs with it."""
        self.page.wait_for_selector("#change[open]")
        self.page.click("#yes")
        self.page.wait_for_selector("#waiting[open]")
        self.page.wait_for_selector("#waiting:not([open])", state="attached", timeout=RESTART_MS)
        expect(self.page.locator("#refusal")).to_be_hidden()

    def fact(self, grade: str, number: int = 0) -> None:
        """The step's fact of this number has this grade."""
        expect(self.page.locator("#facts > li").nth(number).locator(f".{grade}")).to_be_visible(timeout=WITHIN_MS)

    def pictures(self, name: str, *, judged: bool = False) -> None:
        """Light and English, then dark and Chinese. `judged`: axe-core finds nothing serious."""
        picture(self.page, f"set-up-{name}-en-light")
        assert not judged or serious(self.page) == [], name
        self.page.emulate_media(color_scheme="dark")
        self.page.click("#language")
        picture(self.page, f"set-up-{name}-zh-dark")
        self.page.click("#language")
        self.page.emulate_media(color_scheme="light")

    def touch_thermal(self, row: float, col: float) -> None:
        """Put a finger on a thermal pixel."""
        box = self.page.locator("#on-thermal").bounding_box()
        size = self.page.locator("#on-thermal").get_attribute("viewBox")
        assert box is not None
        assert size is not None
        _, _, wide, high = (float(part) for part in size.split())
        self.page.touchscreen.tap(box["x"] + (col + 0.5) / wide * box["width"], box["y"] + (row + 0.5) / high * box["height"])
