"""Bins and dispensers in a real browser before the real cloud: a pickup by touch and by keyboard, a bad network, languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.series_sqlite import SqliteSeries
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.people import sign_in, somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
MINUTE_MS = 60_000
POINTS = (
    ("mask_bin", "南门废弃口罩回收桶", "hall-3/south", "bin-1"),
    ("hand_disinfectant", "二楼电梯口手部消毒液", "hall-3", "gel-2"),
    ("mask_bin", "北门废弃口罩回收桶", "hall-3/north", "bin-3"),
    ("hand_wash", "一楼东侧洗手间洗手液", "hall-3", "soap-4"),
    ("hand_wash", "地下车库洗手间", "hall-3/garage", "soap-5"),
    ("mask_bin", "办公楼 302", "annex", "bin-6"),
)


def ok(answer: httpx.Response) -> dict[str, dict[str, str]]:
    assert answer.status_code < 300, answer.text
    made: dict[str, dict[str, str]] = answer.json()
    return made


def says(served: Served, seq: int, **levels: float | None) -> None:
    """All that a gate's sensors say at this moment; `_` stands for `-` in a name."""
    at = datetime.fromtimestamp(served.rig.now_ms / 1000, UTC)
    readings = tuple(
        SensorReading(sensor=name.replace("_", "-"), quantity="level_pct", value=value, unit="%", taken=at)
        for name, value in levels.items()
    )
    served.rig.arrive(messages.event(Kind.SENSOR, SensorData(readings=readings), seq, at=at))


def a_morning(served: Served) -> None:
    """One of each light: denied by its sensor, full, not known, waiting for its sensor, fine."""
    with somebody(served, "administrator", user="zhao") as boss:
        for kind, name, site, sensor in POINTS:
            wish = {"kind": kind, "name": name, "site": site, "sensor": f"gate-1/{sensor}/level_pct"}
            ok(boss.post("/api/facilities/levels", json=wish))
        says(served, 901, bin_1=88.0, gel_2=11.0, bin_3=90.0, soap_4=64.0, bin_6=95.0)
        served.rig.now_ms += MINUTE_MS
        ok(boss.post("/api/facilities/levels/level-6/done", json={"key": "0123456789abcdef01"}))
        served.rig.now_ms += 20 * MINUTE_MS
        says(served, 902, bin_1=93.0, gel_2=9.0, bin_3=91.0, soap_4=62.0, bin_6=96.0)
        code = ok(boss.post("/api/facilities/levels/level-3/tag", json={"address": "https://menshen.site.example"}))["code"]
        ok(boss.post("/api/facilities/levels/level-3/done", json={"key": "0123456789abcdef02", "tag": code}))
        served.rig.now_ms += 3 * MINUTE_MS


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("levels")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        a_morning(running)
        yield running
    series.close()
    rig.database.close()


def enter(browser: Browser, served: Served, role: str = "facilities", at: str = "/#facilities", **look: object) -> Page:
    more = {"width": 390, "height": 844, "locale": "en-GB", **look}
    width, height = int(str(more.pop("width"))), int(str(more.pop("height")))
    page = open_page(browser, width, height, timezone_id="UTC", **more).page
    token = sign_in(served, role, user=f"{role}-here")["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    page.goto(f"{served.url}{at}", wait_until="domcontentloaded")
    expect(page.locator(".facilities")).to_be_visible()
    return page


def to_levels(page: Page) -> Page:
    page.locator("[data-tab=levels]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-level]").first).to_be_visible()
    return page


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("theme", ["night", "light"])
def test_what_is_to_be_done_stands_first_and_what_is_not_known_is_never_green(
    browser: Browser, served: Served, width: int, height: int, locale: str, theme: str
) -> None:
    page = enter(browser, served, "supervisor", width=width, height=height, locale=locale)
    if theme == "light":
        page.locator("[data-action=theme]").click()
    to_levels(page)
    lights = [row.get_attribute("data-light") for row in page.locator("[data-level] .light").all()]
    assert lights == ["contradicted", "due", "due", "unknown", "told", "fine"]
    expect(page.locator("[data-level=level-2]")).to_contain_text("不足，待补充" if locale == "zh-CN" else "low: to be refilled")
    expect(page.locator("[data-level=level-5]")).to_contain_text("从未收到读数" if locale == "zh-CN" else "never heard")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"levels-{width}-{locale[:2]}-{theme}")
    page.locator("[data-level=level-6] .what").click()
    expect(page.locator("[data-entry]").first).to_be_visible()
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, f"levels-book-{width}-{locale[:2]}-{theme}")
    page.close()


@pytest.mark.parametrize(("locale", "hint"), [("en-GB", "This one's tag was scanned"), ("zh-CN", "已扫描此处标签")])
def test_a_scanned_tag_opens_the_bin_which_one_touch_empties(browser: Browser, served: Served, locale: str, hint: str) -> None:
    with somebody(served, "supervisor", user="zhao2") as boss:
        made = ok(boss.post("/api/facilities/levels/level-1/tag", json={"address": "https://menshen.site.example"}))
    page = enter(browser, served, at=str(made["page"]), locale=locale, has_touch=True, is_mobile=True)
    expect(page.locator("[data-level-done=level-1]")).to_contain_text(hint)
    expect(page.locator("[data-tab=levels]")).to_be_in_viewport(ratio=1)
    assert serious(page) == []
    assert_no_sideways_scroll(page)
    picture(page, f"levels-done-{locale[:2]}")
    page.locator(".make .primary").tap()
    expect(page.locator("[data-outcome=scanned]")).to_contain_text(
        "Entered: tag scanned" if locale == "en-GB" else "已登记： 已扫描标签"
    )
    expect(page.locator(".make .light")).to_have_attribute("data-light", "told")
    picture(page, f"levels-done-after-{locale[:2]}")
    page.locator(".outcome .primary").tap()
    expect(page.locator("[data-level=level-1] .light")).to_have_attribute("data-light", "told")
    assert page.url.endswith("#facilities"), "a scan is used once"
    page.close()


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_refill_without_a_tag_is_entered_by_keyboard_alone_and_is_unverified(
    browser: Browser, served: Served, locale: str
) -> None:
    page = to_levels(enter(browser, served, locale=locale))
    expect(page.locator("[data-action=add]")).to_have_count(0)
    page.locator("[data-level=level-2] [data-action=done]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-level-done=level-2]")).to_be_visible()
    page.locator(".make .primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome=unverified]")).to_be_visible()
    page.close()


def test_a_pickup_without_a_network_waits_on_the_telephone_and_is_sent_later(browser: Browser, served: Served) -> None:
    page = to_levels(enter(browser, served))
    page.context.set_offline(True)
    page.locator("[data-level=level-1] [data-action=done]").click()
    page.locator(".make .primary").click()
    expect(page.locator("[data-outcome=kept]")).to_be_visible()
    page.locator(".outcome .primary").click()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-kept]")).to_have_count(0)
    expect(page.locator("[data-level=level-1] .light")).to_have_attribute("data-light", "told")
    with somebody(served, "inspector") as reader:
        story = reader.get("/api/facilities/levels/level-1").json()["entries"]
    assert [one["step"] for one in story] == ["picked_up", "became_due"]
    page.close()


def test_a_supervisor_puts_a_bin_on_the_list_prints_its_tag_and_takes_it_off_again(browser: Browser, served: Served) -> None:
    page = to_levels(enter(browser, served, "supervisor", width=1366, height=768))
    page.locator("[data-action=add]").click()
    form = page.get_by_role("dialog")
    expect(form.locator("input[name=name]")).to_be_focused()
    page.keyboard.type("Exit bin")
    form.locator("input[name=sensor]").fill("gate-1/bin-9/level_pct")
    form.locator("input[name=limit_pct]").fill("70")
    form.locator(".primary").click()
    expect(form).to_have_count(0)
    row = page.locator("[data-level=level-7]")
    expect(row.locator(".light")).to_have_attribute("data-light", "unknown")
    row.locator(".what").click()
    page.locator("[data-action=tag]").click()
    expect(page.locator(".printed")).to_contain_text("Exit bin")
    picture(page, "levels-tag")
    page.get_by_role("dialog").locator(".quiet").click()
    page.locator("[data-action=change]").click()
    expect(page.get_by_role("dialog").locator("input[name=name]")).to_be_focused()
    page.locator("[data-action=end]").click()
    page.locator("[data-action=end]").click()
    expect(page.locator("[data-level]").first).to_be_visible()
    expect(row).to_have_count(0)
    page.close()


def test_an_inspector_reads_and_changes_nothing(browser: Browser, served: Served) -> None:
    page = to_levels(enter(browser, served, "inspector", width=1366, height=768))
    expect(page.locator("[data-action=done]")).to_have_count(0)
    expect(page.locator("[data-action=add]")).to_have_count(0)
    page.locator("[data-level=level-6] .what").click()
    expect(page.locator("[data-entry]")).to_have_count(3)
    expect(page.locator("[data-entry][data-step=picked_up]")).to_contain_text("its sensor says it was not done")
    expect(page.locator("[data-action=change]")).to_have_count(0)
    page.close()
