"""The pages for people without an account, in a real browser before the real cloud: appointments, passes, a badge, the board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from edge.qr.checker import Checker, Shown
from edge.qr.reader import QrReader
from edge.qr.used_passes import UsedPasses
from tests.accessibility import serious
from tests.browser import Watched, open_page, picture
from tests.cloud import messages
from tests.cloud.messages import START_MS
from tests.cloud.people import sign_in, somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_appointments import HALL, PLAN
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
PHONE, LAPTOP = (390, 844), (1366, 768)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A cloud with one reception, in the hour before it opens."""
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("public")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.arrive(messages.visit(1))
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/south")
    with serve(rig, series, DIST) as running, somebody(running, "administrator", user="root") as admin:
        assert admin.put(HALL, json={**PLAN, "board": True}).status_code == 200
        yield running
    series.close()
    rig.database.close()


def opened(browser: Browser, served: Served, path: str, size: tuple[int, int] = PHONE, **context: str) -> Watched:
    watched = open_page(browser, *size, **dict[str, Any](context))
    watched.page.goto(f"{served.url}{path}", wait_until="load")
    return watched


def checked(watched: Watched, name: str, *, axe: bool = True) -> None:
    """Looked at: it fits, everybody can read it, the browser complains of nothing, and nothing is stored in it."""
    page = watched.page
    picture(page, name)
    assert_no_sideways_scroll(page)
    if axe:
        assert serious(page) == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [one for one in watched.complaints if "409" not in one and "410" not in one] == []


def seen(page: Page, selector: str, served: Served, folder: Path, at_ms: int) -> Shown:
    """What the gate says of the code in this place of the screen."""
    shot = cv2.imdecode(np.frombuffer(page.locator(selector).first.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    (text,) = QrReader((0.0, 0.0, 1.0, 1.0)).read(np.asarray(shot, np.uint8))
    used = UsedPasses.open(folder / "passes.db")
    checker = Checker("south-hall", served.rig.badge_signer.keys, used)
    shown = checker.check(text, datetime.fromtimestamp(at_ms / 1000, UTC))
    used.close()
    return shown


def test_a_visitor_makes_an_appointment_by_keyboard_alone_and_the_gate_takes_the_code_once(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    watched = opened(browser, served, "/visit/south-hall", LAPTOP, locale="en-GB")
    page = watched.page
    expect(page.locator("h1")).to_have_text("South hall")
    page.locator("input[name=people]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("South hall")
    expect(page.locator(".when")).to_contain_text("09:00–10:00 · 2 people")
    expect(page.locator("figure img")).to_have_count(2)
    nine = START_MS + 3_600_000
    assert seen(page, "figure img", served, tmp_path, nine).refused == ""
    assert seen(page, "figure img", served, tmp_path, nine).refused == "it was used before"
    expect(page.locator("[data-print]")).to_be_visible()
    checked(watched, "pass-en-laptop")
    with page.expect_download() as kept:
        page.locator("figcaption a").first.click()
    assert QrReader((0.0, 0.0, 1.0, 1.0)).read(np.asarray(cv2.imread(str(kept.value.path())), np.uint8))
    page.locator("form button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("This appointment was cancelled.")
    expect(page.locator("img")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
def test_a_full_slot_offers_the_next_free_one_on_a_phone(browser: Browser, served: Served, locale: str, scheme: str) -> None:
    zh = locale == "zh-CN"
    watched = opened(browser, served, "/visit/south-hall", locale=locale, color_scheme=scheme)
    page = watched.page
    expect(page.locator("html")).to_have_attribute("lang", "zh" if zh else "en")
    checked(watched, f"visit-{locale}-{scheme}")
    with httpx.Client(base_url=served.url) as others:
        ten = START_MS + 2 * 3_600_000
        taken = [others.post("/visit/south-hall", data={"people": 3, "slot": ten}) for _ in range(1)]
    page.locator(".people input").nth(2).check()
    page.locator(f"button[value='{ten}']").click()
    expect(page.locator("h1")).to_have_text("这个时间已满" if zh else "That time is full")
    checked(watched, f"full-{locale}-{scheme}")
    page.locator("button.primary").click()
    expect(page.locator("figure img")).to_have_count(3)
    expect(page.locator(".when")).to_contain_text("11:00")
    mine = page.url.partition("?")[0]
    checked(watched, f"pass-{locale}-{scheme}")
    page.goto(f"{served.url}/visit/south-hall", wait_until="load")
    expect(page.locator("button:disabled").first).to_contain_text("已满" if zh else "full")
    page.close()
    for address in (mine, *(f"{served.url}{one.headers['location'].partition('?')[0]}" for one in taken)):
        assert httpx.post(f"{address}/cancel").status_code < 400


def test_a_badge_changes_every_half_minute_goes_on_without_a_network_and_ends_when_revoked(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    with somebody(served, "supervisor", user="chief") as chief:
        path = chief.post("/api/badges", json={"holder": "s-40", "reception": "south-hall"}).json()["page"]
        watched = open_page(browser, *PHONE, locale="zh-CN")
        page = watched.page
        page.clock.install()
        page.goto(f"{served.url}{path}", wait_until="load")
        now_ms = served.rig.now_ms
        expect(page.locator(".code path")).to_have_count(1, timeout=20_000)  # drawn by the script
        assert seen(page, ".code", served, tmp_path, now_ms).refused == ""
        checked(watched, "badge-zh")
        page.context.set_offline(True)
        page.clock.run_for(4 * 60_000)
        expect(page.locator(".state")).to_contain_text("没有网络")
        assert seen(page, ".code", served, tmp_path, now_ms).refused == "it is not good yet"
        assert seen(page, ".code", served, tmp_path, now_ms + 4 * 60_000).refused == ""
        picture(page, "badge-offline-zh")
        page.clock.run_for(7 * 60_000)
        expect(page.locator(".state")).to_have_text("需要网络才能继续使用")
        expect(page.locator(".code")).to_be_hidden()
        page.context.set_offline(False)
        page.clock.run_for(61_000)
        expect(page.locator(".code")).to_be_visible()
        chief.delete("/api/badges/s-40")
        page.clock.run_for(61_000)
        expect(page.locator(".state")).to_have_text("这个工作证已停用。")
        expect(page.locator(".code")).to_be_hidden()
        page.close()


def test_the_board_speaks_both_languages_in_turn_and_says_how_old_its_news_are(browser: Browser, served: Served) -> None:
    watched = open_page(browser, 1920, 1080)
    page = watched.page
    page.clock.install()
    page.goto(f"{served.url}/board/south-hall", wait_until="load")
    expect(page.locator(".state")).to_have_text("关闭")
    expect(page.locator(".hours")).to_contain_text("09:00–12:00 13:30–17:00")
    checked(watched, "board-zh-closed")
    served.rig.now_ms += 3_600_000
    page.clock.run_for(15_000)
    expect(page.locator(".state")).to_have_text("Open")
    expect(page.locator("h1")).to_have_text("South hall", use_inner_text=True)
    checked(watched, "board-en-open")
    page.context.set_offline(True)
    page.clock.run_for(130_000)
    expect(page.locator(".age")).to_have_text("As of 2 min ago")
    expect(page.locator(".state")).to_be_visible()
    page.clock.run_for(10 * 60_000)
    expect(page.locator(".age")).to_contain_text("No news")
    expect(page.locator(".state")).to_be_hidden()
    served.rig.now_ms -= 3_600_000
    page.context.set_offline(False)
    page.clock.run_for(15_000)
    expect(page.locator(".state")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert_no_sideways_scroll(page)
    picture(page, "board-phone")
    page.close()


def at_administration(browser: Browser, served: Served, role: str, size: tuple[int, int], locale: str) -> Watched:
    watched = open_page(browser, *size, locale=locale)
    token = sign_in(served, role, user=f"{role}-web")["Cookie"].partition("=")[2]
    watched.page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    watched.page.goto(f"{served.url}/#administration", wait_until="domcontentloaded")
    expect(watched.page.locator(".administration")).to_be_visible()
    return watched


def test_an_administrator_plans_a_reception_by_keyboard_alone(browser: Browser, served: Served) -> None:
    watched = at_administration(browser, served, "administrator", LAPTOP, "en-GB")
    page = watched.page
    page.locator("[data-tab=receptions]").focus()
    page.keyboard.press("Enter")
    page.locator("[data-reception='']").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=name]").focus()
    for text in ("north-hall", "city/north", "北大厅", "North hall"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.locator("input[name=appointments]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan=north-hall]")).to_be_visible()
    expect(page.locator("a[href='/visit/north-hall']")).to_be_visible()
    picture(page, "administration-receptions-en")
    assert serious(page) == []
    page.close()
    assert httpx.get(f"{served.url}/visit/north-hall").status_code == 200
    assert httpx.get(f"{served.url}/board/north-hall").status_code == 404


@pytest.mark.parametrize(("size", "locale"), [(PHONE, "zh-CN"), (LAPTOP, "en-GB")])
def test_a_guard_makes_an_appointment_for_a_caller_and_prints_the_codes(
    browser: Browser, served: Served, size: tuple[int, int], locale: str
) -> None:
    watched = at_administration(browser, served, "guard", size, locale)
    page = watched.page
    page.locator("[data-tab=appointments]").click()
    if page.locator("select[name=where]").count():
        page.locator("select[name=where]").select_option("south-hall")
    page.locator("input[name=people]").fill("2")
    page.locator("form .primary").click()
    said = page.locator(".once code").inner_text().replace(" ", "")
    page.locator(f"[data-appointment='{said}'] button").first.click()
    expect(page.locator(".codes img")).to_have_count(2)
    code = cv2.imdecode(np.frombuffer(page.locator(".codes img").first.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    assert QrReader((0.0, 0.0, 1.0, 1.0)).read(np.asarray(code, np.uint8))
    picture(page, f"administration-appointments-{locale}")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    page.locator(f"[data-appointment='{said}'] [data-action=cancel]").click()
    page.locator(f"[data-appointment='{said}'] [data-action=sure]").click()
    expect(page.locator(f"[data-appointment='{said}']")).to_contain_text("取消" if locale == "zh-CN" else "cancelled")
    page.close()


def test_a_supervisor_issues_a_badge_and_revokes_it(browser: Browser, served: Served) -> None:
    watched = at_administration(browser, served, "supervisor", LAPTOP, "zh-CN")
    page = watched.page
    page.locator("[data-tab=badges]").click()
    page.locator("input[name=holder]").fill("s-50")
    page.locator("select[name=reception]").select_option("south-hall")
    page.locator("form .primary").click()
    address = page.locator(".once code").inner_text()
    assert httpx.get(address).status_code == 200
    picture(page, "administration-badges-zh")
    assert serious(page) == []
    page.locator("[data-badge=s-50] [data-action=revoke]").click()
    page.locator("[data-badge=s-50] [data-action=sure]").click()
    expect(page.locator("[data-badge=s-50]")).to_contain_text("已吊销")
    assert httpx.get(address).status_code == 410
    page.close()
