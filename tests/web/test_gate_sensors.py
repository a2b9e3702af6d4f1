"""A gate's facility sensors on its page: what is known, what failed and why, and what is old; nothing unknown looks well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from cloud.store.series_sqlite import SqliteSeries
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.accessibility import serious
from tests.browser import picture
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_gates import enter
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
Row = tuple[str, str, str, float | None, str, str | None, float]
ROWS: tuple[Row, ...] = (
    # sensor, place, quantity, value, unit, trouble, fresh for s
    ("hall-air", "大厅 Hall", "co2_ppm", 812.0, "ppm", None, 600.0),
    ("hall-air", "大厅 Hall", "air_c", 21.46, "°C", None, 600.0),
    ("hall-air", "大厅 Hall", "humidity_pct", None, "%", "not_measured", 600.0),
    ("ward-uvc", "病区 3 Ward 3", "uvc_uw_cm2", None, "µW/cm²", "offline", 600.0),
    ("ward-uvc", "病区 3 Ward 3", "contact", 1.0, "", None, 600.0),
    ("hall-changes", "大厅 Hall", "air_changes", 2.437, "/h", None, 600.0),
    ("ward-changes", "病区 3 Ward 3", "air_changes", None, "/h", "unsteady", 600.0),
    ("bin-1", "", "level_pct", 100.0, "%", None, 1.0),
    ("door", "", "vibration", None, "", "its_own_reason", 600.0),
)


def reading(row: Row) -> SensorReading:
    sensor, place, quantity, value, unit, trouble, fresh_s = row
    taken = messages.START - timedelta(seconds=90)
    return SensorReading(
        sensor=sensor, place=place, quantity=quantity, value=value, unit=unit, trouble=trouble, fresh_s=fresh_s, taken=taken
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("sensors")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.arrive(messages.health(1), messages.event(Kind.SENSOR, SensorData(readings=tuple(map(reading, ROWS))), 2))
    with serve(rig, series, DIST) as running:
        yield running
    series.close()
    rig.database.close()


SAID = {
    "en-GB": {
        ("hall-air", "co2_ppm"): ("now", "812 ppm"),
        ("hall-air", "air_c"): ("now", "21.46 °C"),
        ("hall-air", "humidity_pct"): ("failed", "reading failed: the device could not measure"),
        ("ward-uvc", "uvc_uw_cm2"): ("failed", "reading failed: device offline"),
        ("ward-uvc", "contact"): ("now", "open"),
        ("hall-changes", "air_changes"): ("now", "2.437 /h"),
        ("ward-changes", "air_changes"): (
            "failed",
            "CO₂ falls unevenly: people inside, or a window was moved",
        ),
        ("bin-1", "level_pct"): ("old", "not current: 100 %"),
        ("door", "vibration"): ("failed", "reading failed: its own reason"),
    },
    "zh-CN": {
        ("hall-air", "co2_ppm"): ("now", "812 ppm"),
        ("hall-air", "humidity_pct"): ("failed", "读数失败：设备自报无法测量"),
        ("ward-uvc", "uvc_uw_cm2"): ("failed", "读数失败：设备离线"),
        ("ward-uvc", "contact"): ("now", "开"),
        ("hall-changes", "air_changes"): ("now", "2.437 /h"),
        ("ward-changes", "air_changes"): ("failed", "二氧化碳下降不均匀（可能仍有人或刚开关窗），无法测量换气"),
        ("bin-1", "level_pct"): ("old", "已过时：100 %"),
    },
}


@pytest.mark.parametrize(("width", "locale"), [(1366, "en-GB"), (390, "zh-CN"), (1920, "zh-CN")])
def test_every_reading_says_what_it_is_and_only_a_fresh_one_looks_so(
    browser: Browser, served: Served, width: int, locale: str
) -> None:
    page = enter(browser, served, width=width, locale=locale)
    if width < 760:
        page.locator(".tabs button:nth-child(2)").click()
    page.locator("[data-action=gate]", has_text="gate-1").click()
    shown = page.locator("[data-page=gate-1]")
    for (sensor, quantity), (state, text) in SAID[locale].items():
        row = shown.locator(f"[data-sensor={sensor}] [data-quantity={quantity}]")
        expect(row.locator(f"[data-reading={state}]")).to_have_text(text)
        expect(row.locator(".shape.unknown")).to_have_count(0 if state == "now" else 1)
    expect(shown.locator("[data-sensor=hall-air] h4")).to_contain_text("Hall")
    for theme in ("night", "light"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        shown.locator("[data-sensor=ward-uvc]").scroll_into_view_if_needed()
        picture(page, f"gate-sensors-{width}-{locale[:2]}-{theme}")
        assert serious(page) == []
    assert_no_sideways_scroll(page)
    page.close()


def test_while_the_cloud_does_not_answer_no_reading_looks_fresh(browser: Browser, served: Served) -> None:
    page = enter(browser, served)
    page.clock.install()
    page.locator("[data-action=gate]", has_text="gate-1").click()
    co2 = page.locator("[data-sensor=hall-air] [data-quantity=co2_ppm]")
    expect(co2.locator("[data-reading=now]")).to_be_visible()
    page.route("**/api/gates/*/sensors", lambda route: route.abort())
    page.clock.fast_forward(20_000)
    expect(co2.locator("[data-reading=old]")).to_be_visible()
    expect(co2.locator("[data-reading=now]")).to_have_count(0)
    page.close()
