"""A guard at the screen: alerts come by themselves, one key takes them, and a screen that is not current says so."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Watched, open_page
from tests.web.conftest import Site
from tests.web.rows import alarm, gate, item, visit

pytestmark = pytest.mark.browser


def test_a_wrong_password_is_said_plainly(browser: Browser, site: Site) -> None:
    page = open_page(browser, 1366, 768, locale="en-GB").page
    page.goto(site.address, wait_until="domcontentloaded")
    page.locator("input[name=user]").fill("mei")
    page.locator("input[name=password]").fill("guess")
    page.locator("form .primary").click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    page.close()


def test_a_quiet_day_has_words_too(guard: Watched, site: Site) -> None:
    expect(guard.page.locator(".queue")).to_contain_text("No gate reports yet")
    expect(guard.page.locator(".gates")).to_contain_text("No gate has reported yet")
    expect(guard.page.locator(".visits")).to_contain_text("No visits yet")
    site.cloud.put("gate", gate("south-1"))
    expect(guard.page.locator(".queue")).to_contain_text("Nothing needs you")


def test_an_alert_appears_by_itself(guard: Watched, site: Site) -> None:
    page = guard.page
    page.evaluate("""() => { window.seen_ms = new Promise(done => new MutationObserver(() => {
        if (document.querySelector('[data-item="case-1"]')) done(Date.now());
    }).observe(document.body, {subtree: true, childList: true})) }""")
    put_ms = time.time() * 1000
    site.cloud.put("queue", item("case-1"))
    print(f"row to screen: {page.evaluate('window.seen_ms') - put_ms:.0f} ms")
    expect(page.locator('[data-item="case-1"]')).to_contain_text("south-1")
    expect(page.locator("[data-selected=case-1]")).to_contain_text("37.6")
    expect(page).to_have_title("(1) Menshen")


def test_one_key_takes_a_case_and_the_next_is_chosen_with_another(guard: Watched, site: Site) -> None:
    page = guard.page
    site.cloud.put("queue", item("case-1"))
    expect(page.locator("[data-selected=case-1]")).to_be_visible()
    site.cloud.put("queue", alarm("alarm-1", "thermal_camera"))
    expect(page.locator('[data-item="alarm-1"]')).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator(".todo .owner")).to_have_text("This case is yours")
    page.keyboard.press("k")
    expect(page.locator("[data-selected=alarm-1]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator('[data-item="alarm-1"]')).to_have_attribute("data-state", "ACKED")
    assert site.cloud.acknowledged == ["case-1", "alarm-1"]


def test_the_urgent_and_the_old_come_first(guard: Watched, site: Site) -> None:
    site.cloud.put("queue", alarm("alarm-1", "colour_camera", raised_at="2026-01-01T00:00:00Z"))
    site.cloud.put("queue", item("case-2", raised_at="2026-01-01T00:02:00Z"))
    site.cloud.put("queue", item("case-1", raised_at="2026-01-01T00:01:00Z"))
    rows = guard.page.locator("[data-item]")
    expect(rows).to_have_count(3)
    order = [row.get_attribute("data-item") for row in rows.all()]
    assert order == ["case-1", "case-2", "alarm-1"]


def test_nothing_moves_under_the_pointer(guard: Watched, site: Site) -> None:
    page = guard.page
    site.cloud.put("queue", alarm("alarm-1", "colour_camera"))
    first = page.locator("[data-item]").first
    expect(first).to_have_attribute("data-item", "alarm-1")
    first.hover()
    site.cloud.put("queue", item("case-1"))
    expect(page.locator(".queue .chip")).to_have_text("1 new")
    expect(first).to_have_attribute("data-item", "alarm-1")
    page.mouse.move(700, 20)
    expect(first).to_have_attribute("data-item", "case-1")


def test_a_forgotten_pointer_holds_nothing_back(guard: Watched, site: Site) -> None:
    site.cloud.put("queue", alarm("alarm-1", "colour_camera"))
    first = guard.page.locator("[data-item]").first
    first.hover()
    site.cloud.put("queue", item("case-1"))
    expect(first).to_have_attribute("data-item", "case-1", timeout=5000)


def test_a_visit_is_one_row_and_its_new_decision_replaces_the_old_in_place(guard: Watched, site: Site) -> None:
    page = guard.page
    site.cloud.put("visit", visit("v1", verdict="put_on_mask", mask="absent", first_seen="2026-11-21T10:00:00Z"))
    site.cloud.put("visit", visit("v2", first_seen="2026-11-21T10:00:05Z"))
    site.cloud.put("visit", visit("v1", revision=1, revisions=2, first_seen="2026-11-21T10:00:00Z"))
    expect(page.locator("[data-visit=v1]")).to_have_attribute("data-verdict", "pass")
    assert [row.get_attribute("data-visit") for row in page.locator("[data-visit]").all()] == ["v2", "v1"]


def test_a_gate_says_what_it_does_and_a_silent_one_is_unknown(guard: Watched, site: Site) -> None:
    page = guard.page
    site.cloud.put("gate", gate("south-1", replay=True, last_verdict="recheck"))
    site.cloud.put("gate", gate("east-1", state="stale"))
    live, stale = page.locator("[data-gate=south-1]"), page.locator("[data-gate=east-1]")
    expect(live).to_contain_text("REPLAY")
    expect(live.locator(".name .shape")).to_have_class("shape recheck")
    expect(stale).to_contain_text("stale")
    expect(stale.locator(".name .shape")).to_have_class("shape unknown")


def test_a_broken_stream_resumes_after_the_last_row(guard: Watched, site: Site) -> None:
    site.cloud.put("queue", item("case-1"))
    expect(guard.page.locator('[data-item="case-1"]')).to_be_visible()
    site.cloud.hang_up()
    site.cloud.put("queue", item("case-2"))
    expect(guard.page.locator('[data-item="case-2"]')).to_be_visible()
    assert site.cloud.asked == ["snapshot", "live?after=0", "live?after=1"]


def test_a_lost_feed_is_said_within_five_seconds_and_what_was_missed_comes_after(guard: Watched, site: Site) -> None:
    page = guard.page
    site.cloud.put("gate", gate("south-1"))
    expect(page.locator("[data-gate=south-1]")).to_be_visible()
    site.cloud.away = True
    site.cloud.hang_up()
    lost_s = time.monotonic()
    expect(page.locator(".stale-banner")).to_be_visible(timeout=6000)
    print(f"stale said after {time.monotonic() - lost_s:.1f} s")
    expect(page.locator("[data-gate=south-1] .name .shape")).to_have_class("shape unknown")
    site.cloud.put("queue", item("case-1"))
    site.cloud.away = False
    expect(page.locator(".stale-banner")).to_be_hidden(timeout=8000)
    expect(page.locator('[data-item="case-1"]')).to_be_visible()


def test_a_stream_that_says_nothing_is_stale_too(guard: Watched, site: Site) -> None:
    expect(guard.page.locator("[data-feed=live]")).to_be_visible()
    site.cloud.away = site.cloud.silent = True
    expect(guard.page.locator(".stale-banner")).to_be_visible(timeout=6000)


def test_keys_language_and_theme_are_one_press_away(guard: Watched) -> None:
    page = guard.page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("acknowledge or take")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)  # hidden comes a moment earlier, while the keys are still the dialog's
    page.keyboard.press("l")
    expect(page.locator(".queue h2")).to_have_text("待处理")
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.reload(wait_until="domcontentloaded")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator(".queue h2")).to_have_text("待处理")


def test_signing_out_leads_to_the_door(guard: Watched) -> None:
    guard.page.locator("[data-action=leave]").click()
    expect(guard.page.locator("input[name=password]")).to_be_visible()
