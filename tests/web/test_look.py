"""The guard screen at every size, theme and language; the pictures are kept under build/screens/ to be looked at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from contract.messages.alert import AlertKind
from edge.gate.announce import DETAILS
from tests.browser import open_page, picture
from tests.web.conftest import Site, sign_in
from tests.web.rows import READING, ago, alarm, gate, item, visit

pytestmark = pytest.mark.browser

SIZES = ((1920, 1080), (1366, 768), (1024, 768), (390, 844))


def busy_morning(site: Site) -> None:
    put = site.cloud.put
    put("gate", gate("south-1", last_verdict="recheck"))
    put("gate", gate("south-2", replay=True, last_verdict="put_on_mask", thermal_fps=8.8))
    put("gate", gate("east-1", state="stale", state_since=ago(130), last_verdict="pass", outbox_rows=None))
    parts = {"colour": "up", "thermal": "up", "gate": "up", "thermal_lost": "fault"}
    put("gate", gate("west-1", parts=parts, last_verdict="cannot_measure", thermal_fps=0.0, verdicts_last_hour={}))
    put("queue", item("case-1", raised_at=ago(41), visit="south-1-0142"))
    put("queue", item("case-2", raised_at=ago(12), gate="south-2"))
    detail = DETAILS[AlertKind.THERMAL_CAMERA]
    put("queue", alarm("alarm-1", "thermal_camera", gate="west-1", raised_at=ago(130), detail=detail, count=3))
    put("queue", alarm("alarm-2", "gate_offline", gate="east-1", raised_at=ago(128), priority=1))
    put("queue", item("case-0", raised_at=ago(900), state="taken", acknowledged_by="mei", acknowledged_at=ago(880)))
    verdicts = [
        "pass",
        "put_on_mask",
        "pass",
        "fix_mask",
        "cannot_measure",
        "pass",
        "wait",
        "not_admitted",
        "pass",
        "hold",
        "pass",
    ]
    masks = {"put_on_mask": "absent", "fix_mask": "worn_wrong", "wait": "unsure"}
    for number, verdict in enumerate(verdicts):
        passed = verdict == "pass"
        reasons = ["cold_skin"] if verdict == "cannot_measure" else []
        seen = {"first_seen": ago(60 + 31 * number), "decided": ago(58 + 31 * number)}
        bin_c = 36.5 if passed else None
        put(
            "visit",
            visit(f"v{number}", verdict=verdict, mask=masks.get(verdict, "worn"), core_bin_c=bin_c, reasons=reasons, **seen),
        )
    put(
        "visit",
        visit("south-1-0142", verdict="recheck", reading=READING, core_bin_c=None, revision=1, revisions=2, first_seen=ago(47)),
    )
    put("visit", visit("south-2-7", gate="south-2", replay=True, late=True, first_seen=ago(30), core_bin_c=None,
                       screened_for={"mask": True, "temperature": False}))  # fmt: skip


@pytest.mark.parametrize("theme", ["night", "light"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_screen_fits(browser: Browser, site: Site, width: int, height: int, locale: str, theme: str) -> None:
    busy_morning(site)
    watched = open_page(browser, width, height, locale=locale)
    page = watched.page
    sign_in(page, site.address)
    if theme == "light":
        page.keyboard.press("t")
    page.keyboard.press("j")
    expect(page.locator("[data-visit]")).to_have_count(13)
    name = f"guard-{width}x{height}-{locale[:2]}-{theme}"
    picture(page, name)
    assert_no_sideways_scroll(page)
    if width < 760:
        for tab in (2, 3):
            page.locator(f".tabs button:nth-child({tab})").click()
            picture(page, f"{name}-{tab}")
            assert_no_sideways_scroll(page)
    page.close()
    assert [one for one in watched.complaints if "401" not in one] == []


def test_the_door_and_the_quiet_and_the_lost_screen(browser: Browser, site: Site) -> None:
    site.cloud.provider = "市政统一认证"
    page = open_page(browser, 1366, 768, locale="zh-CN").page
    page.goto(site.address, wait_until="domcontentloaded")
    expect(page.locator("input[name=user]")).to_be_visible()
    expect(page.locator(".other-door")).to_contain_text("市政统一认证")
    picture(page, "guard-login")
    sign_in(page, site.address)
    picture(page, "guard-quiet")
    busy_morning(site)
    expect(page.locator("[data-item]")).to_have_count(5)
    page.keyboard.press("?")
    picture(page, "guard-keys")
    page.keyboard.press("Escape")
    site.cloud.away = True
    site.cloud.hang_up()
    expect(page.locator(".stale-banner")).to_be_visible(timeout=6000)
    picture(page, "guard-stale")
    page.close()


def assert_no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
