"""The administration in a real browser before the real cloud: accounts, sites, tokens, audit, and one's own password."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from cloud.ledger.contacts import Channel, Contact
from cloud.store.contacts import save_contact
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from cloud.store.webhooks import Webhook, keep_webhook
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.people import program, sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
GOOD = "four words without sense"
TABS = ("own", "accounts", "sites", "contacts", "webhooks", "tokens", "audit")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A cloud with three gates at two sites, and some people."""
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("administration")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.arrive(*(messages.visit(1, gate=f"gate-{number}") for number in range(1, 4)))
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/hall-3/east")
        place_gate(connection, feed, "gate-2", "city/hall-3/west")
        save_contact(connection, Contact("hall-desk", {Channel.MAIL: "desk@site.example"}, site="city/hall-3", liaison=True))
        url, why = "https://bridge.site.example/menshen", "the other side answered 503"
        keep_webhook(connection, Webhook("bridge", "city", url, "s", "alarms", "root", 0, 0, 20, 1, why, rig.now_ms, why))
    with serve(rig, series, DIST) as running:
        for role, site, user in (
            ("guard", "city/hall-3/east", "mei"),
            ("guard", "city/hall-3/west", "wang.wei"),
            ("supervisor", "city/hall-3", "zhao-yun"),
            ("facilities", "", "chen"),
            ("inspector", "city", "inspector-of-the-health-commission"),
        ):
            sign_in(running, role, site, user)
        program(running, "inspector")
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, width: int = 1366, locale: str = "en-GB", user: str = "admin") -> Page:
    """Signed in, at the administration."""
    watched = open_page(browser, width, 844, locale=locale)
    token = sign_in(served, "administrator" if user == "admin" else "guard", user=user)["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.goto(f"{served.url}/#administration", wait_until="domcontentloaded")
    expect(watched.page.locator(".administration")).to_be_visible()
    return watched.page


def test_what_is_typed_stays_when_the_list_arrives(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    held = list[Route]()
    page.route("**/api/accounts", lambda route: held.append(route))  # noqa: PLW0108  Playwright takes no built-in
    page.reload()
    site = page.locator("input[name=site]")
    site.fill("city/hall-3/east")
    expect(page.locator("[data-account]")).to_have_count(0)
    for one in held:
        one.continue_()
    expect(page.locator("[data-account=mei]")).to_be_visible()
    expect(site).to_have_value("city/hall-3/east")
    page.close()


def test_an_administrator_makes_a_guard_who_chooses_a_password_and_sees_one_site(browser: Browser, served: Served) -> None:
    """By keyboard alone."""
    page = enter(browser, served)
    page.locator("input[name=user]").focus()
    page.keyboard.type("lin")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("city/hall-3/east")
    page.keyboard.press("Enter")
    first = page.locator(".once code").inner_text()
    expect(page.locator("[data-account=lin]")).to_contain_text("has a first password")
    page.close()

    page = open_page(browser, 1366, 844, locale="en-GB").page
    page.goto(served.url, wait_until="domcontentloaded")
    door(page, "lin", first)
    expect(page.locator(".administration")).to_contain_text("good once")
    expect(page.locator("nav button")).to_have_count(1)
    for name, typed in (("old", first), ("new", "password123"), ("again", "password123")):
        page.locator(f"input[name={name}]").focus()
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("most common")
    for name in ("new", "again"):
        page.locator(f"input[name={name}]").fill(GOOD)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=password]")).to_be_visible()
    door(page, "lin", GOOD)
    expect(page.locator("[data-gate=gate-1]")).to_be_visible()
    expect(page.locator("[data-gate]")).to_have_count(1)
    page.locator("[data-action=account]").click()
    expect(page.locator("nav button")).to_have_count(2)  # and appointments
    expect(page.locator(".sessions li")).to_have_count(1)
    page.locator("[data-action=back]").click()
    expect(page.locator("[data-gate=gate-1]")).to_be_visible()
    page.close()


def door(page: Page, user: str, password: str) -> None:
    page.locator("input[name=user]").fill(user)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")


def test_an_account_is_changed_and_disabled_and_the_audit_says_by_whom(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.get_by_role("button", name="Change wang.wei").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("select[name=role]").select_option("supervisor")
    dialog.locator("input[name=may]").uncheck()
    dialog.locator(".primary").click()
    row = page.locator("[data-account='wang.wei']")
    expect(row).to_contain_text("Supervisor")
    expect(row).to_contain_text("disabled")
    page.get_by_role("button", name="Change admin").click()
    page.get_by_role("dialog").locator("select[name=role]").select_option("guard")
    page.get_by_role("dialog").locator(".primary").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("last administrator")
    page.keyboard.press("Escape")
    page.locator("[data-tab=audit]").click()
    page.locator("input[name=subject]").fill("wang")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("supervisor at city/hall-3/west, disabled")
    page.close()


def test_a_gate_is_put_somewhere_and_a_token_is_made_and_revoked(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.locator("[data-tab=sites]").click()
    page.locator("select[name=gate]").select_option("gate-3")
    page.locator("input[name=site]").fill("city/yard")
    page.keyboard.press("Enter")
    expect(page.locator("[data-site='city/yard']")).to_contain_text("gate-3")
    page.locator("select[name=closing]").select_option("gate-3")
    page.locator("input[name=why]").fill("the south gate is the only entrance")
    page.keyboard.press("Enter")
    expect(page.locator("[data-closed=true]")).to_contain_text("gate-3 · closed")
    page.locator("[data-tab=tokens]").click()
    page.locator("input[name=name]").fill("daily-report")
    page.keyboard.press("Enter")
    expect(page.locator(".once code")).to_have_text(re.compile("^menshen_"))
    page.get_by_role("button", name="Revoke daily-report").click()
    page.locator("[data-token=daily-report] [data-action=sure]").click()
    expect(page.locator("[data-token=daily-report]")).to_contain_text("revoked")
    page.close()


@pytest.mark.parametrize(("width", "locale"), [(1366, "en-GB"), (1366, "zh-CN"), (390, "zh-CN"), (390, "en-GB")])
def test_every_page_fits_and_shuts_nobody_out(browser: Browser, served: Served, width: int, locale: str) -> None:
    page = enter(browser, served, width, locale)
    found: dict[str, list[str]] = {}
    for theme in ("night", "light"):
        if theme == "light":
            page.locator("[data-action=theme]").click()
        for tab in TABS:
            page.locator(f"[data-tab={tab}]").click()
            expect(page.locator(".page")).to_be_visible()
            expect(page.locator(".page > p.dim")).to_have_count(0)
            name = f"administration-{tab}-{width}-{locale[:2]}-{theme}"
            picture(page, name)
            assert_no_sideways_scroll(page)
            found[name] = serious(page)
        page.locator("[data-tab=accounts]").click()
        page.locator("[data-account=mei] button").click()
        expect(page.get_by_role("dialog").locator("li")).to_have_count(1)
        picture(page, f"administration-change-{width}-{locale[:2]}-{theme}")
        found[f"change {theme}"] = serious(page)
        page.keyboard.press("Escape")
    page.close()
    assert {where: findings for where, findings in found.items() if findings} == {}
