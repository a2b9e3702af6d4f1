"""The ledger's screen in a real browser before the real cloud: searched, told, tampered with, taken away."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import update

from cloud.heads.signer import HeadSigner
from cloud.heads.worker import Heads
from cloud.ledger.evidence import Evidence
from cloud.store.accounts import note
from cloud.store.erasing import erase_person
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import event
from contract.verdicts import Verdict
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud.messages import alert, visit
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
GONE = "badge-gone"
TABS = ("visits", "alarms", "cases", "audit", "chain")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A cloud with some visits, a case, an alarm; one person erased, one row of gate-9 tampered with, the head signed."""
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("ledger")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.arrive(*(visit(number, f"a{number}") for number in range(1, 121)))
    rig.arrive(visit(200, "v-hot", verdict=Verdict.RECHECK, seen={"badge": "badge-7"}), alert(201, "recheck", subject="v-hot"))
    rig.arrive(
        visit(202, "v-hot", revision=1, verdict=Verdict.PASS, seen={"badge": "badge-7"}), alert(203), alert(204, state="returned")
    )
    rig.arrive(visit(205, "v-gone", verdict=Verdict.RECHECK, seen={"badge": GONE}))
    rig.arrive(visit(1, "v-odd", gate="gate-9", verdict=Verdict.NOT_ADMITTED))
    with rig.database.writing() as connection, Feed(connection) as feed:
        erase_person(connection, feed, rig.now_ms, badge=GONE)
        note(connection, "chen", "erase a person", "1 visits", rig.now_ms + 1)
    Heads(rig.database, HeadSigner(Ed25519PrivateKey.generate()), lambda: rig.now_ms).round()
    with rig.database.writing() as connection:
        connection.execute(update(event).where(event.c.gate == "gate-9").values(received_ms=event.c.received_ms + 60_000))
    with serve(rig, series, DIST) as running:
        yield running
    series.close()
    rig.database.close()


def enter(
    browser: Browser,
    served: Served,
    asked: str = "",
    *,
    role: str = "inspector",
    width: int = 1366,
    locale: str = "en-GB",
    theme: str = "light",
) -> Page:
    watched = open_page(browser, width, 844, locale=locale)
    token = sign_in(served, role, user=f"{role}-ledger")["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    watched.page.goto(f"{served.url}/#ledger{asked}", wait_until="domcontentloaded")
    expect(watched.page.locator(".ledger")).to_be_visible()
    return watched.page


def test_an_inspector_finds_a_visit_and_reads_its_revisions_by_keyboard_alone(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    expect(page.locator("tbody tr")).to_have_count(100)
    page.locator("[data-action=older]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(123)
    page.locator("input[name=text]").focus()
    page.keyboard.type("badge-7")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert page.url.endswith("#ledger?part=visits&text=badge-7"), "the address can be sent to somebody"
    page.locator("[data-row]").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("ol > li")).to_have_count(2)
    expect(dialog.locator("ol > li").nth(0)).to_contain_text("Recheck")
    expect(dialog.locator("[data-intact=true]")).to_have_count(2)
    dialog.locator("[data-linked=case-1]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("case-1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.close()


def test_what_is_sought_stays_typed_when_the_rows_arrive(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    held = list[Route]()
    page.route("**/api/ledger?*", lambda route: held.append(route))  # noqa: PLW0108  Playwright takes no built-in
    page.reload()
    field = page.locator("input[name=text]")
    field.fill("badge-7")
    for one in held:
        one.continue_()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(field).to_have_value("badge-7")
    page.close()


def test_an_address_brings_its_question_back_and_arrows_go_through_the_rows(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "?part=visits&verdict=recheck", locale="zh-CN")
    expect(page.locator("select[name=verdict]")).to_have_value("recheck")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("复检")
    page.locator("[data-action=clear]").click()
    expect(page.locator("tbody tr")).to_have_count(100)
    page.locator("[data-row]").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    page.locator("input[name=text]").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("没有符合条件的记录")
    page.close()


def test_what_was_tampered_with_is_seen_at_the_row_and_when_the_chain_is_verified(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "?part=visits&gate=gate-9")
    page.locator("[data-row]").click()
    expect(page.get_by_role("dialog").locator("[data-intact=false]")).to_contain_text("tampered with")
    page.keyboard.press("Escape")
    page.locator("[data-tab=chain]").click()
    page.locator("[data-action=check]").click()
    expect(page.locator("[data-found=bad]")).to_contain_text("is not as it was written")
    expect(page.locator("[data-head]")).to_be_visible()
    page.close()


def test_who_was_erased_is_told_as_erased_without_the_person(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "?part=visits&text=v-gone", role="guard")
    page.locator("[data-row]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".erasure")).to_contain_text("by chen · at the person's request")
    expect(dialog.locator("[data-intact=true]")).to_be_visible()
    assert GONE not in page.content()
    page.keyboard.press("Escape")
    expect(page.locator("[data-tab=audit]")).to_have_count(0)
    expect(page.locator("[data-form]")).to_have_count(0)
    page.close()


def test_lists_and_evidence_are_downloaded(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "?part=visits&text=v-hot")
    with page.expect_download() as list_:
        page.locator("[data-form=csv]").click()
    assert "gate-1/v-hot" in list_.value.path().read_text("utf-8-sig")
    page.locator("[data-tab=chain]").click()
    with page.expect_download() as taken:
        page.locator("[data-evidence=hashes]").click()
    found = Evidence().look(taken.value.path().read_bytes().splitlines())
    assert len(found.faults) == 1, "the row of gate-9"
    page.close()


def test_a_cloud_that_is_away_is_told_and_asked_again(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.route("**/api/ledger?*", lambda route: route.abort())
    page.locator("[data-tab=cases]").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    page.unroute("**/api/ledger?*")
    page.locator("[data-action=again]").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.close()


@pytest.mark.parametrize(("width", "locale", "theme"), [(1366, "en-GB", "light"), (390, "zh-CN", "night")])
def test_every_part_is_readable_and_accessible(browser: Browser, served: Served, width: int, locale: str, theme: str) -> None:
    page = enter(browser, served, width=width, locale=locale, theme=theme)
    for tab in TABS:
        page.locator(f"[data-tab={tab}]").click()
        expect(page.locator("main .scroll").first).to_be_visible()
        assert_no_sideways_scroll(page)
        assert serious(page) == [], json.dumps(tab)
        picture(page, f"ledger-{tab}-{width}")
    page.locator("[data-tab=visits]").click()
    page.locator("[data-row='gate-9/v-odd']").first.click()
    expect(page.get_by_role("dialog").locator("[data-link]")).to_be_visible()
    assert serious(page) == []
    picture(page, f"ledger-story-{width}")
    page.close()
