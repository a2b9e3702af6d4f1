"""Disinfection in a real browser before the real cloud: a round on a telephone, a bad network, meetings, a locked area."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cloud.store.series_sqlite import SqliteSeries
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud.people import sign_in, somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
MINUTE_MS = 60_000
ROUND = {"agent": "bleach_84", "parts": 100, "contact_min": 30}


def ok(answer: httpx.Response) -> dict[str, object]:
    assert answer.status_code < 300, answer.text
    made: dict[str, object] = answer.json()
    return made


def adds(boss: httpx.Client, kind: str, name: str, **more: object) -> str:
    return str(ok(boss.post("/api/facilities/assets", json={"kind": kind, "name": name, **more}))["id"])


def tag_of(boss: httpx.Client, asset: str) -> str:
    made = ok(boss.post(f"/api/facilities/assets/{asset}/tag", json={"address": "https://menshen.site.example"}))
    return str(made["page"])


def a_morning(served: Served) -> None:
    """One of each light: overdue, due, unverified, unknown, locked, disinfected."""
    with somebody(served, "administrator", user="zhao") as boss:
        overdue = adds(boss, "door_handle", "南门把手", site="city/hall", interval_min=15, grace_min=0)
        due = adds(boss, "lift", "2号电梯", site="city/hall", interval_min=20, grace_min=600)
        adds(boss, "toilet", "一楼东侧洗手间", site="city/hall")
        car = adds(boss, "vehicle", "粤V·12345", site="city/hall")
        adds(boss, "office", "第三办公楼 302", site="city/annex")
        fine = adds(boss, "window_counter", "3号窗口台面", site="city/hall", flow_limit=200)
        room = adds(boss, "meeting_room", "201会议室", site="city/hall", head_limit=20)
        for number, asset in enumerate((overdue, due)):
            ok(boss.post("/api/facilities/rounds", json={"key": f"0123456789abcdef0{number}", "asset": asset, **ROUND}))
        served.rig.now_ms += 21 * MINUTE_MS
        ok(boss.post("/api/facilities/rounds", json={"key": "0123456789abcdef04", "asset": car, **ROUND}))
        code = tag_of(boss, fine).partition("=")[2]
        ok(boss.post("/api/facilities/rounds", json={"key": "0123456789abcdef05", "asset": fine, "tag": code, **ROUND}))
        weak = {"key": "0123456789abcdef06", "asset": fine, **ROUND, "parts": 400}
        ok(boss.post("/api/facilities/rounds", json=weak))
        ok(
            boss.post(
                "/api/facilities/meetings",
                json={"room": room, "heads": 24, "begins": "2026-11-21T13:00:00Z", "ends": "2026-11-21T14:00:00Z"},
            )
        )
        case = {"day": "2026-11-20", "source": "区疾控中心", "area": "第三办公楼", "site": "city/annex"}
        ok(boss.post("/api/facilities/notices", json=case))


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("facilities")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        a_morning(running)
        yield running
    series.close()
    rig.database.close()


def known(context: BrowserContext, served: Served, role: str) -> None:
    token = sign_in(served, role, user=f"{role}-here")["Cookie"].partition("=")[2]
    context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])


def enter(browser: Browser, served: Served, role: str = "facilities", at: str = "/#facilities", **look: object) -> Page:
    more = {"width": 390, "height": 844, "locale": "en-GB", **look}
    width, height = int(str(more.pop("width"))), int(str(more.pop("height")))
    page = open_page(browser, width, height, timezone_id="UTC", **more).page
    known(page.context, served, role)
    page.goto(f"{served.url}{at}", wait_until="domcontentloaded")
    expect(page.locator(".facilities")).to_be_visible()
    if "tag=" not in at:
        page.locator("[data-tab=rounds]").click()
    return page


@pytest.mark.parametrize(("locale", "hint"), [("en-GB", "This one's tag was scanned"), ("zh-CN", "已扫描此处标签")])
def test_a_scanned_tag_opens_the_round_which_touch_alone_makes(browser: Browser, served: Served, locale: str, hint: str) -> None:
    with somebody(served, "supervisor", user="zhao2") as boss:
        address = tag_of(boss, "asset-1")
    page = enter(browser, served, at=address, locale=locale, has_touch=True, is_mobile=True)
    expect(page.locator("[data-make=asset-1]")).to_contain_text(hint)
    assert serious(page) == []
    page.locator(".big label").first.tap()
    page.locator("input[name=contact_min]").fill("30")
    picture(page, f"facilities-round-{locale[:2]}")
    assert_no_sideways_scroll(page)
    page.locator(".make .primary").tap()
    expect(page.locator("[data-outcome=scanned]")).to_be_visible()
    page.locator(".outcome .primary").tap()
    expect(page.locator("[data-asset=asset-1]")).to_have_count(0)  # it is fine, and nothing is to be done
    assert page.url.endswith("#facilities"), "a scan is used once"
    page.close()


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_round_without_a_tag_is_made_by_keyboard_alone_and_is_unverified(browser: Browser, served: Served, locale: str) -> None:
    page = enter(browser, served, locale=locale)
    page.locator("[data-asset=asset-1] .second").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-make=asset-1]")).to_be_visible()
    page.locator("select[name=agent]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("input[name=parts]").first).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome=invalid]")).to_contain_text({"en-GB": "too short", "zh-CN": "作用时间不足"}[locale])
    page.locator(".outcome .primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-asset=asset-1]")).to_have_attribute("data-light", "overdue")
    page.close()


def test_a_round_made_without_a_network_waits_on_the_telephone_and_arrives_once_and_late(
    browser: Browser, served: Served
) -> None:
    page = enter(browser, served)
    page.locator("[data-asset=asset-1] .second").click()
    page.context.set_offline(True)
    page.locator(".big label").first.click()
    page.locator("input[name=contact_min]").fill("30")
    page.locator(".make .primary").click()
    expect(page.locator("[data-outcome=kept]")).to_contain_text("kept on this telephone")
    page.context.set_offline(False)
    with page.expect_response("**/api/facilities/rounds"):
        page.reload(wait_until="domcontentloaded")
    page.locator("[data-tab=rounds]").click()
    expect(page.locator("[data-kept]")).to_have_count(0)
    expect(page.locator("[data-asset=asset-1]")).to_have_attribute("data-light", "unverified")
    page.locator("[data-asset=asset-1] .what").click()
    expect(page.locator("[data-round]")).to_have_count(2)
    page.close()


def test_everything_is_listed_the_most_urgent_first_and_nothing_unknown_is_green(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "guard", width=1366, height=768)
    page.get_by_role("button", name=re.compile("^All")).click()
    lights = page.locator("[data-asset]").evaluate_all("rows => rows.map((row) => row.dataset.light)")
    assert lights == ["locked", "overdue", "due", "unknown", "unknown", "unverified", "fine"]
    expect(page.locator("[data-asset] .shape.pass")).to_have_count(1)
    expect(page.locator("[data-asset=asset-4]")).to_contain_text("nobody is named for it")
    expect(page.get_by_role("button", name="Make a round: 南门把手")).to_have_count(0)
    page.locator("[data-asset=asset-6] .what").click()
    expect(page.locator("[data-round]").first).to_contain_text("does not count: too weak")
    expect(page.locator("[data-round]").last).to_contain_text("tag scanned")
    page.close()


def test_an_area_stays_locked_until_a_supervisor_attaches_the_evidence(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "supervisor", width=1366, height=768)
    expect(page.locator("p[data-notice]")).to_contain_text("第三办公楼: confirmed case")
    page.locator("[data-tab=cases]").click()
    page.get_by_role("button", name="Attach the evidence: 第三办公楼").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("input[name=by]")).to_be_focused()
    page.keyboard.type("区疾控中心")
    dialog.locator("input[name=day]").fill("2026-11-21")
    dialog.locator("input[name=document]").fill("消字 2026-17")
    dialog.locator("input[name=file]").set_input_files({"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1"})
    dialog.locator(".primary").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("li[data-notice]")).to_contain_text("ended")
    expect(page.locator("li[data-notice]")).to_contain_text("disinfected by 区疾控中心 on 2026-11-21, paper 消字 2026-17")
    expect(page.locator("li[data-notice] code")).to_have_attribute("title", sha256(b"%PDF-1").hexdigest())
    assert serious(page) == []
    picture(page, "facilities-evidence")
    page.locator("[data-tab=rounds]").click()
    expect(page.locator("[data-asset=asset-5]")).to_have_attribute("data-light", "unknown")
    page.locator("[data-tab=meetings]").click()
    expect(page.locator("[data-meeting]")).to_contain_text("more than the 20 people the room may hold")
    page.close()


def test_a_supervisor_adds_something_and_prints_its_tag(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "supervisor", width=1366, height=768, locale="zh-CN")
    page.locator("[data-action=add]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("input[name=name]")).to_be_focused()
    page.keyboard.type("楼梯扶手 A")
    dialog.locator("select[name=kind]").select_option("stair_handrail")
    dialog.locator(".primary").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="楼梯扶手 A", exact=False).first.click()
    page.locator("[data-action=tag]").click()
    expect(page.locator(".printed svg")).to_be_visible()
    assert serious(page) == []
    page.close()


@pytest.mark.parametrize(
    ("width", "height", "locale"), [(1366, 768, "en-GB"), (1920, 1080, "zh-CN"), (390, 844, "zh-CN"), (390, 844, "en-GB")]
)
def test_the_screens_fit_and_axe_finds_nothing(browser: Browser, served: Served, width: int, height: int, locale: str) -> None:
    for theme in ("dark", "light"):
        page = enter(browser, served, "supervisor", width=width, height=height, locale=locale)
        if theme == "light":
            page.locator("[data-action=theme]").click()
        for tab in ("rounds", "meetings", "cases"):
            page.locator(f"[data-tab={tab}]").click()
            expect(page.locator(".assets li").first).to_be_visible()
            assert serious(page) == [], (theme, tab)
            assert_no_sideways_scroll(page)
            picture(page, f"facilities-{tab}-{width}-{locale[:2]}-{theme}")
        page.locator("[data-tab=rounds]").click()
        page.get_by_role("button", name=re.compile("^(All|全部)")).click()
        page.locator("[data-asset=asset-6] .what").click()
        expect(page.locator(".one [data-round]")).to_have_count(2)
        assert serious(page) == [], theme
        picture(page, f"facilities-asset-{width}-{locale[:2]}-{theme}")
        page.close()
