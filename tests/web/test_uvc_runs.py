"""Runs of UV-C lamps in a real browser before the real cloud: what is not known to be enough is never green."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.projector import Projector
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from contract.messages.alert import AlertKind
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_uvc_runs import DARK, GOOD, MEASURED, ran
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
LIGHTS = ["unknown", "short", "no_target", "reached", "reached"]
"""Of the newest run first."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder: Path = tmp_path_factory.mktemp("uvc")
    rig, series, seqs = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db"), count(1)
    with serve(rig, series, DIST) as running:
        with rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, "gate-1", "hospital/ward-3")
        rig.now_ms = START_MS + 2_090_000
        rig.arrive(
            ran(next(seqs), GOOD, 900.0), ran(next(seqs), GOOD, 1_000.0), ran(next(seqs), MEASURED, 2_000.0, sensor="door")
        )
        short = {**GOOD, "uvc_lit_s": 82.0, "uvc_dose_mj_cm2": 8.123, "uvc_dose_off_mj_cm2": 0.81, "uvc_reached": 0.0}
        came = messages.alert(next(seqs), AlertKind.ROOM_PERSON, at=START + timedelta(seconds=2_080))
        rig.arrive(came, ran(next(seqs), short, 2_080.4))
        rig.now_ms = START_MS + 9_000_000
        lamps = ran(next(seqs), {"lamp_h": 612.5, "lamp_starts": 90.0, "lamp_pct": 88.2}, 8_995.0, sensor="lamp-3")
        old = ran(next(seqs), {"lamp_h": 1203.0, "lamp_starts": 700.0, "lamp_pct": 61.0}, 8_995.0, sensor="lamp-4", gate="gate-2")
        aged = messages.alert(next(seqs), AlertKind.LAMP_AGED, gate="gate-2")
        rig.arrive(ran(next(seqs), DARK, 3_000.0), lamps, old, aged)
        Projector(rig.database, series, lambda: rig.now_ms).round()
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, role: str, width: int = 1366, locale: str = "en-GB", theme: str = "") -> Page:
    watched = open_page(browser, width, {1920: 1080, 1366: 768}.get(width, 844), locale=locale, timezone_id="UTC")
    token = sign_in(served, role, user=f"{role}-here")["Cookie"].partition("=")[2]
    page = watched.page
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    page.clock.set_fixed_time(served.rig.now_ms / 1000)
    page.goto(f"{served.url}/#facilities", wait_until="domcontentloaded")
    if theme:
        page.locator("[data-action=theme]").click()
    page.locator("[data-tab=uvc]").press("Enter")
    expect(page.locator("[data-run]")).to_have_count(5)
    return page


@pytest.mark.parametrize("width", [1920, 1366, 390])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["", "light"])
def test_a_run_says_what_it_gave_who_came_and_what_is_not_known(
    browser: Browser, served: Served, width: int, locale: str, theme: str
) -> None:
    page = enter(browser, served, "facilities", width, locale, theme)
    runs, chinese = page.locator("[data-run]"), locale == "zh-CN"
    assert [runs.nth(number).get_attribute("data-light") for number in range(5)] == LIGHTS
    expect(runs.nth(0)).to_contain_text("没有读数" if chinese else "not measured")
    expect(runs.nth(0)).to_contain_text("迟到" if chinese else "late, arrived 11-21 10:30")
    expect(runs.nth(1)).to_contain_text("8.12 ± 0.81 mJ/cm²")
    expect(runs.nth(1).locator(".remarks .wrong")).to_have_count(1)
    lamps = page.locator("[data-lamp]")
    assert {lamps.nth(number).get_attribute("data-light") for number in range(2)} == {"fine", "aged"}
    expect(page.locator("a[data-form]")).to_have_count(0)
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"uvc-{width}-{locale[:2]}-{theme or 'night'}")
    page.close()


def test_a_lamp_that_was_not_heard_of_for_long_is_not_fine(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "guard")
    page.clock.set_fixed_time(served.rig.now_ms / 1000 + 3_600)
    page.locator("[data-days='92']").press("Enter")
    expect(page.locator("[data-lamp=lamp-3]")).to_have_attribute("data-light", "unknown")
    expect(page.locator("[data-lamp=lamp-4]")).to_have_attribute("data-light", "aged")
    page.close()


def test_an_inspector_takes_the_runs_of_a_year_away_by_keyboard(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "inspector")
    page.locator("[data-days='366']").press("Enter")
    expect(page.locator("[data-days='366']")).to_have_attribute("aria-pressed", "true")
    with page.expect_download() as waited:
        page.locator("a[data-form=csv]").press("Enter")
    text = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    assert text.count("ward 3") == 5
    page.close()
