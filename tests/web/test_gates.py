"""A gate's own page and the tree of sites before the real cloud: by keyboard and by touch, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.dispatch import dispatch
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from cloud.store.tables import audit
from contract.messages.orders import CommandData, ResultData
from contract.topics import Kind
from contract.verdicts import Verdict
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.people import sign_in
from tests.cloud.rig import MemoryBus, Rig
from tests.cloud.server import Served, serve
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
EAST, WEST = "city/hall-3/east", "city/hall-3/west"
PLACES = {"gate-1": EAST, "gate-2": WEST}


class AnsweringBus(MemoryBus):
    """A gate at the other end that says `answer` to every command, or nothing where it is None."""

    def __init__(self, rig: Rig) -> None:
        super().__init__()
        self.rig, self.heard = rig, list[CommandData]()
        self.answer: tuple[bool, str] | None = (True, "the arm opens")

    def send(self, gate: str, kind: Kind, body: str, expires_s: int) -> bool:
        if kind is Kind.COMMAND:
            command = CommandData.model_validate_json(body)
            self.heard.append(command)
            if self.answer is not None:
                done, detail = self.answer
                self.rig.dispatch.answered(gate, ResultData(command=command.id, done=done, detail=detail))
        return super().send(gate, kind, body, expires_s)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("gates")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.bus = AnsweringBus(rig)
    rig.dispatch = dispatch.Dispatch(rig.signer, rig.bus, lambda: rig.now_ms)
    rig.ingest._bus = rig.bus
    for gate, site in PLACES.items():
        rig.arrive(messages.health(1, gate=gate), messages.visit(2, f"{gate}-v", gate=gate))
        with rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, gate, site)
    rig.arrive(messages.sensor(3, [640.0, None]), messages.alert(4), messages.visit(5, "v5", verdict=Verdict.RECHECK))
    rig.arrive(messages.alert(6, "recheck", subject="v5"), messages.health(3, gate="gate-3"))
    with serve(rig, series, DIST) as running:
        yield running
    series.close()
    rig.database.close()


@pytest.fixture
def gate(served: Served) -> AnsweringBus:
    bus = served.rig.bus
    assert isinstance(bus, AnsweringBus)
    bus.heard.clear()
    return bus


def enter(browser: Browser, served: Served, role: str = "guard", *, width: int = 1366, locale: str = "en-GB") -> Page:
    page = open_page(browser, width, {1920: 1080, 1366: 768}.get(width, 844), locale=locale).page
    token = sign_in(served, role)["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    page.goto(served.url, wait_until="domcontentloaded")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_guard_opens_once_and_writes_to_the_visitor_by_keyboard_alone(
    browser: Browser, served: Served, gate: AnsweringBus
) -> None:
    page = enter(browser, served)
    page.locator("[data-item=case-1] button").click()
    press(page, "o")
    question = page.locator("[data-confirm=open_once]")
    expect(question).to_contain_text("Open gate-1 once?")
    expect(question.locator("input")).to_be_focused()
    press(page, "Enter")  # without a reason nothing is sent
    expect(question).to_be_visible()
    assert gate.heard == []
    page.keyboard.type("wheelchair")
    gate.answer = (True, "the arm opens")
    press(page, "Enter")
    expect(page.locator("[data-answer=done]")).to_contain_text("The gate did it: the arm opens")
    assert [(one.verb, one.arguments, one.role) for one in gate.heard] == [("open_once", {"reason": "wheelchair"}, "guard")]
    said = [
        (action, json.loads(detail.split(" ", 2)[2]))
        for action, detail in served.rig.rows(audit, "action", "detail")
        if action == "command"
    ]
    assert said[-1] == ("command", {"reason": "wheelchair"})
    gate.answer = (True, "it is shown for a minute")
    page.locator("[data-verb=message]").focus()
    press(page, "Enter", "ArrowDown", "Enter")
    expect(page.locator("[data-answer=done]")).to_be_visible()
    assert gate.heard[-1].arguments == {"zh": "请走旁边的通道", "en": "Please use the gate beside this one"}
    page.locator("[data-verb=message]").focus()
    press(page, "Enter", "ArrowUp", "Tab")
    page.keyboard.type("请看这里")
    press(page, "Tab")
    page.keyboard.type("<b>Look</b> here")
    press(page, "Enter")
    expect(page.locator("[data-answer=done]")).to_be_visible()
    assert gate.heard[-1].arguments == {"zh": "请看这里", "en": "<b>Look</b> here"}
    press(page, "Escape")
    expect(page.locator("[data-page]")).to_have_count(0)
    page.close()


def test_a_refusal_and_a_gate_that_does_not_answer_are_told_apart(
    browser: Browser, served: Served, gate: AnsweringBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "PATIENCE_S", 0.2)
    page = enter(browser, served, locale="zh-CN")
    page.locator("[data-action=gate]", has_text="gate-1").click()
    gate.answer = (False, "the fire contact is open: the arm stays up")
    page.locator("[data-verb=close]").click()
    expect(page.locator("[data-confirm=close]")).to_contain_text("关闭 gate-1 的道闸？")
    page.locator("[data-confirm] .primary").click()
    expect(page.locator("[data-answer=refused]")).to_contain_text("消防触点已断开")
    gate.answer = None
    page.locator("[data-verb=hold]").click()
    page.locator("[data-confirm] .primary").click()
    expect(page.locator("[data-answer=expired]")).to_contain_text("以后也不会再执行")
    page.close()


@pytest.mark.parametrize(("width", "locale"), [(1366, "en-GB"), (390, "zh-CN")])
def test_a_gate_s_page_says_all_that_is_known_of_it(browser: Browser, served: Served, width: int, locale: str) -> None:
    page = enter(browser, served, width=width, locale=locale)
    if width < 760:
        page.locator(".tabs button:nth-child(2)").click()
    page.locator("[data-action=gate]", has_text="gate-1").click()
    shown = page.locator("[data-page=gate-1]")
    expect(shown.locator("[data-against]")).to_have_count(2)
    expect(shown.locator("[data-came=v5]")).to_be_visible()
    expect(shown.locator("[data-sensor=air-1]")).to_contain_text("reading failed" if locale == "en-GB" else "读数失败")
    shown.locator("[data-verb=message]").click()
    for theme in ("night", "light"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        picture(page, f"gate-{width}-{locale[:2]}-{theme}")
        assert serious(page) == []
    assert_no_sideways_scroll(page)
    page.close()


@pytest.mark.parametrize(("width", "locale"), [(1366, "en-GB"), (390, "zh-CN")])
def test_sites_add_up_what_is_below_and_one_site_is_shown_alone(
    browser: Browser, served: Served, width: int, locale: str
) -> None:
    """O3: the site's filter isolates its data."""
    page = enter(browser, served, width=width, locale=locale)
    press(page, "w")
    hall = page.locator('[data-site="city/hall-3"]')
    expect(hall.locator("> .sum [data-sum=alarms]")).to_contain_text("1")
    expect(hall.locator("> .sum [data-sum=cases]")).to_contain_text("1")
    expect(hall.locator("> .sum [data-sum=visits]")).to_contain_text("3")
    expect(page.locator(f'[data-site="{WEST}"] > .sum [data-sum=alarms]')).to_contain_text("0")
    picture(page, f"sites-{width}-{locale[:2]}")
    assert serious(page) == []
    assert_no_sideways_scroll(page)
    turn = page.locator('[data-site="city"] > .turn')
    turn.focus()
    press(page, "Enter")
    expect(page.locator('[data-site="city/hall-3"]')).to_have_count(0)
    press(page, "Enter")
    page.locator('[data-only="city/hall-3/west"]').focus()
    press(page, "Enter")
    expect(page.locator("[data-only-site]")).to_contain_text("2")  # an alarm and a person wait elsewhere
    expect(page.locator(".tile")).to_have_count(1)
    expect(page.locator("[data-item]")).to_have_count(0)
    picture(page, f"one-site-{width}-{locale[:2]}")
    page.locator("[data-action=all-sites]").click()
    expect(page.locator("[data-item]")).to_have_count(2)
    page.close()
