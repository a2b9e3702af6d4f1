"""Every screen that an account leads to: where it is, how one gets there, and which parts need something to be there."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.cloud.people import sign_in
from tests.cloud.server import Served


@dataclass(frozen=True)
class Screen:
    """One of them.

    Attributes:
        part: as the address names it.
        ways: what is clicked (a selector) or pressed (`key:x`) from there, in order.
        shown: what is then on the screen.
        filled: whether there is such a screen only where something has happened.
    """

    name: str
    part: str = ""
    ways: tuple[str, ...] = ()
    shown: str = "dialog[open]"
    filled: bool = False


def _tabs(part: str, names: str) -> tuple[Screen, ...]:
    return tuple(Screen(f"{part}-{name}", part, (f"[data-tab={name}]",), "main .page") for name in names.split())


SIGN_IN = Screen("sign-in", shown="form .primary")
SCREENS = (
    Screen("guard", shown=".guard[data-ready=true]"),
    Screen("guard-recheck", ways=("[data-item][data-state=open] button",), shown=".selected .primary", filled=True),
    Screen("guard-case", ways=("[data-item][data-state=taken] button",), shown="[data-case] [data-step]", filled=True),
    Screen(
        "guard-alarm",
        ways=("[data-item][data-state=UNACK] button",),
        shown=".selected [data-primary], .selected .primary",
        filled=True,
    ),
    Screen("guard-shelve", ways=("[data-item][data-state=UNACK] button", "key:s"), filled=True),
    Screen("guard-keys", ways=("key:?",)),
    Screen("guard-gate", ways=("key:g",), filled=True),
    Screen("guard-open-once", ways=("key:o",), filled=True),
    Screen("guard-sites", ways=("key:w",)),
    Screen("guard-sound", ways=("key:m",)),
    Screen("guard-withheld", ways=("key:h",)),
    Screen("guard-figures", ways=("[data-rate=alarms]",), shown="dialog [data-figures=there]"),
    Screen("guard-cases", ways=("[data-rate=cases]",)),
    Screen("guard-mistakes", ways=("[data-rate=cases]", "[data-tab=statistics]")),
    *_tabs("administration", "own accounts sites receptions appointments badges contacts webhooks tokens audit"),
    Screen("administration-change", "administration", ("[data-tab=accounts]", "[data-account] button"), "dialog[open] li"),
    Screen("administration-plan", "administration", ("[data-tab=receptions]", "[data-reception]"), "[data-plan]"),
    Screen(
        "administration-codes",
        "administration",
        ("[data-tab=appointments]", "[data-appointment] button"),
        ".codes img",
        filled=True,
    ),
    *_tabs("facilities", "board rounds meetings cases uvc supplies levels crowd canteen month"),
    *_tabs("staff", "today week rota people declarations mine"),
    Screen("staff-enter", "staff", ("[data-tab=today]", ".tasks button"), filled=True),
    Screen("staff-choose", "staff", ("[data-tab=week]", "button.spot"), filled=True),
    Screen("staff-change", "staff", ("[data-tab=people]", "tbody button"), filled=True),
    *_tabs("ledger", "visits alarms cases audit chain"),
    Screen("ledger-story", "ledger", ("[data-tab=visits]", "[data-row]"), "dialog[open] [data-link]", filled=True),
    *_tabs("reports", "reports chronicle"),
    Screen("reports-sheet", "reports", ("[data-report='2']",), "h2", filled=True),
)


@dataclass
class Look:
    """How a screen is looked at."""

    width: int
    height: int
    language: str
    theme: str
    phone: bool = field(init=False)

    def __post_init__(self) -> None:
        self.phone = self.width < 760

    @property
    def name(self) -> str:
        return f"{self.width}-{self.language}-{self.theme}"


def dress(page: Page, served: Served, look: Look) -> None:
    """The page of an administrator, in that language and theme from its first load on."""
    token = sign_in(served, "administrator", user="admin")["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    chosen = f"localStorage.setItem('theme', '{look.theme}'); localStorage.setItem('language', '{look.language}')"
    page.add_init_script(f"if (location.protocol !== 'about:') {{ {chosen} }}")


def go(page: Page, served: Served, screen: Screen, shown: str = "") -> None:
    """From a fresh load to the screen. `shown`: wait for this in place of what the screen shows when all is well."""
    page.goto("about:blank")
    page.goto(f"{served.url}/#{screen.part}" if screen.part else served.url, wait_until="domcontentloaded")
    expect(page.locator("[data-ready]")).to_be_visible()
    for way in screen.ways:
        if way.startswith("key:"):
            expect(page.locator("[data-ready=true]")).to_be_visible()
            page.keyboard.press(way.removeprefix("key:"))
        else:
            page.locator(way).first.click()
            if way.startswith("[data-item]"):
                expect(page.locator(way).first).to_have_attribute("aria-current", "true")
    expect(page.locator(shown or screen.shown).first).to_be_visible()
    if not shown:
        expect(page.locator("main > .page > p.dim, dialog p.dim").filter(has_text="…")).to_have_count(0)
