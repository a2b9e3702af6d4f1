"""A case worked on at the guard screen before the real cloud: by keyboard alone, in both languages, to its end and not before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cloud.escalation.worker import Escalation
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import Steps
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.views.cases import CaseView
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.people import sign_in, somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_escalation import Post, contact, keep
from tests.web.scripted_cloud import CASE, DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser
_numbers = count(1)
ASKED = ("travel", "epidemic_area", "animals", "similar_cases")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    folder = tmp_path_factory.mktemp("casework")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, DIST) as running:
        yield running
    series.close()
    rig.database.close()


def arrive(served: Served, kind: str = "recheck") -> str:
    """One more person who needs somebody; the name of the case."""
    number = next(_numbers)
    served.rig.arrive(messages.alert(number, kind, subject=f"v{number}"))
    return f"case-{number}"


def enter(
    browser: Browser, served: Served, user: str = "mei", role: str = "guard", *, width: int = 1366, locale: str = "en-GB"
) -> Page:
    height = {1920: 1080, 1366: 768}.get(width, 844)
    page = open_page(browser, width, height, locale=locale).page
    token = sign_in(served, role, user=user)["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    page.goto(served.url, wait_until="domcontentloaded")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    return page


def take(page: Page, name: str) -> Locator:
    """By its row and a key; what is shown of it."""
    page.locator(f"[data-item={name}] button").click()
    page.keyboard.press("Enter")
    work = page.locator(f"[data-case={name}]")
    expect(work.locator("[data-step=second_reading]")).to_be_visible()
    return work


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def state(work: Locator, step: str, expected: str) -> None:
    expect(work.locator(f"[data-step={step}]")).to_have_attribute("data-state", expected)


def test_a_suspected_case_is_worked_from_the_first_key_to_the_last_and_tells_of_its_receipts(
    browser: Browser, served: Served
) -> None:
    page, name = enter(browser, served), arrive(served)
    work = take(page, name)
    press(page, "Enter")
    expect(work.locator("input[name=celsius]")).to_be_focused()
    page.keyboard.type("38,1")
    press(page, "Tab", "Space", "Enter")
    expect(work.locator("[data-step=second_reading] .entered")).to_have_text("38.1 °C · ear")
    expect(work.locator(".flag")).to_have_text("Suspected case")
    expect(work.locator("input[value=fever]")).to_be_focused()
    press(page, "Tab", "Tab", "Space", "Enter")
    expect(work.locator("[data-step=symptoms] .entered")).to_have_text("cough")
    expect(work.locator("[name=travel][value=yes]")).to_be_focused()
    press(page, "Space", "Tab")
    page.keyboard.type("the city, last week")
    for _ in ASKED[1:]:
        press(page, "Tab", "Space", "ArrowRight")
    press(page, "Enter")
    expect(work.locator("[data-step=answers] .entered")).to_have_text("4 answered, 1 with yes · the city, last week")
    expect(work.locator("[data-step=reported] input[name=text]")).to_be_focused()
    press(page, "Enter")
    state(work, "reported", "done")
    expect(work.locator(".receipts")).to_contain_text("No contact is set up")
    post = Post()
    keep(served.rig, contact("chen", reports=True))
    escalation = Escalation(served.rig.database, Steps({0: (0,)}), {Channel.MAIL: post}, lambda: served.rig.now_ms)
    escalation.round()
    work.locator("[data-step=follow_up] button").click()
    page.keyboard.press("Tab")
    page.keyboard.type("waits in the buffer zone")
    press(page, "Enter")
    expect(work.locator("[data-receipt=sent]")).to_contain_text("chen · mail · accepted")
    expect(work.locator("[name=outcome][value=not_admitted]")).to_be_focused()
    press(page, "Space", "Enter")
    expect(work).to_contain_text("Ended: Not admitted")
    with somebody(served) as client:
        closed = client.get(f"/api/cases/{name}").json()
    assert [one["step"] for one in closed["entries"]] == [
        "second_reading", "symptoms", "answers", "reported", "follow_up", "closed",
    ]  # fmt: skip
    assert closed["entries"][2]["body"]["answers"] == {
        "travel": {"answer": "yes", "detail": "the city, last week"},
        **{key: {"answer": "no", "detail": ""} for key in ASKED[1:]},
    }
    page.close()


def test_a_false_alarm_asks_for_its_reason_and_for_nothing_else(browser: Browser, served: Served) -> None:
    page, name = enter(browser, served, locale="zh-CN"), arrive(served)
    work = take(page, name)
    measure(work, "36.8")
    work.get_by_text("无症状").click()
    page.keyboard.press("Enter")
    state(work, "symptoms", "done")
    ending = work.locator("[data-step=closed]")
    ending.get_by_text("误报").click()
    ending.locator(".primary").click()
    expect(ending.get_by_role("alert")).to_contain_text("说明原因")
    ending.get_by_text("热饮热食").click()
    ending.locator(".primary").click()
    expect(work).to_contain_text("已结束：误报")
    page.locator("[data-rate=cases]").click()
    page.locator("[data-tab=statistics]").click()
    expect(page.locator("[data-gate=gate-1] td").last).to_contain_text("热饮热食 1")
    page.close()


def test_the_scripted_cloud_says_what_the_real_one_says() -> None:
    assert CASE.keys() | {"item", "owner"} == CaseView.model_fields.keys()


def measure(work: Locator, celsius: str) -> None:
    reading = work.locator("[data-step=second_reading]")
    reading.locator("input[name=celsius]").fill(celsius)
    reading.locator(".pick:has([value=armpit])").click()
    reading.locator(".primary").click()
    state(work, "second_reading", "done")


def test_what_is_missing_is_said_in_words_of_either_language_and_nothing_is_sent(browser: Browser, served: Served) -> None:
    page, name = enter(browser, served), arrive(served)
    work = take(page, name)
    press(page, "Enter")
    page.keyboard.type("372")
    press(page, "Enter")
    expect(work.locator("form").get_by_role("alert")).to_contain_text("from 30 to 45")
    page.locator("[data-action=language]").click()
    expect(work.locator("form").get_by_role("alert")).to_contain_text("30 至 45")
    work.locator("[data-step=closed] > button").click()
    expect(work.locator("[data-step=closed]")).to_contain_text("还缺：再次测温、症状、问卷")
    page.locator("[data-action=language]").click()
    expect(work.locator("[data-step=closed]")).to_contain_text("Still missing: the second reading, the symptoms, the questions")
    expect(work.locator("[value=not_admitted]")).to_be_disabled()
    work.locator("[data-step=reported] > button").click()
    expect(work.locator("[data-step=reported] .primary")).to_be_disabled()
    work.locator("[data-step=second_reading] > button").click()
    expect(work.locator("input[name=celsius]")).to_have_value("372")
    with somebody(served) as client:
        assert client.get(f"/api/cases/{name}").json()["entries"] == []
    page.close()


def test_what_the_cloud_refuses_is_said_beside_the_button_and_what_was_typed_stays(browser: Browser, served: Served) -> None:
    page, name = enter(browser, served), arrive(served)
    work = take(page, name)
    page.route("**/second-reading", lambda route: route.fulfill(status=422, json={"detail": "case-1 is odd."}))
    work.locator("input[name=celsius]").fill("36.9")
    work.get_by_text("ear", exact=True).click()
    work.locator(".primary").click()
    expect(work.locator("form").get_by_role("alert")).to_contain_text("did not take it. case-1 is odd.")
    expect(work.locator("input[name=celsius]")).to_have_value("36.9")
    expect(work.locator("input[value=ear]")).to_be_checked()
    page.close()


def test_somebody_else_takes_over_with_one_question_and_the_first_sees_it_at_once(browser: Browser, served: Served) -> None:
    first, name = enter(browser, served), arrive(served)
    work = take(first, name)
    second = enter(browser, served, "wang.wei")
    second.locator(f"[data-item={name}] button").click()
    theirs = second.locator(f"[data-case={name}]")
    expect(theirs).to_contain_text("mei is working on it")
    expect(theirs.locator("form")).to_have_count(0)
    press(second, "Enter", "Enter")
    expect(theirs).to_contain_text("Both of you stand in the record")
    press(second, "Enter")
    expect(theirs).to_contain_text("This case is yours")
    expect(work).to_contain_text("wang.wei is working on it")
    expect(work.locator("form")).to_have_count(0)
    measure(theirs, "36.6")
    expect(work.locator("[data-step=second_reading] .entered")).to_contain_text("36.6 °C")
    theirs.locator(".history summary").click()
    expect(theirs.locator(".history li").first).to_contain_text("from mei")
    first.close()
    second.close()


def test_an_inspector_reads_the_list_and_a_case_and_changes_nothing(browser: Browser, served: Served) -> None:
    name = arrive(served)
    with somebody(served, user="mei") as client:
        assert client.post(f"/api/queue/{name}/acknowledge").status_code == 200
    page = enter(browser, served, "li", "inspector")
    page.locator("[data-rate=cases]").click()
    page.locator("button[data-state=taken]").click()
    page.locator(f"[data-row={name}]").click()
    work = page.locator(f"dialog [data-case={name}]")
    expect(work).to_contain_text("mei is working on it")
    expect(work.locator("button")).to_have_count(0)
    page.locator("[data-action=back]").click()
    page.locator("button[data-state=open]").click()
    expect(page.locator(f"[data-row={name}]")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(("width", "locale", "theme"), [(1366, "en-GB", "night"), (390, "zh-CN", "light")])
def test_the_work_on_a_case_fits_and_shuts_nobody_out(
    browser: Browser, served: Served, width: int, locale: str, theme: str
) -> None:
    page, name = enter(browser, served, width=width, locale=locale), arrive(served)
    if theme == "light":
        page.keyboard.press("t")
    work = take(page, name)
    found = {}
    for step in ("second_reading", "symptoms", "answers", "reported", "closed"):
        if step != "second_reading":
            work.locator(f"[data-step={step}] > button").click()
        if step == "answers":
            work.locator("[data-question=travel] .pick").first.click()
        picture(page, f"case-{step}-{width}-{locale[:2]}-{theme}")
        found[step] = serious(page)
        assert_no_sideways_scroll(page)
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the top strip scrolls away"
    page.locator("[data-rate=cases]").click()
    expect(page.locator(".found li").first).to_be_visible()
    for tab in ("cases", "statistics"):
        page.locator(f"[data-tab={tab}]").click()
        picture(page, f"case-list-{tab}-{width}-{locale[:2]}")
        found[tab] = serious(page)
        assert_no_sideways_scroll(page)
    page.close()
    assert {where: findings for where, findings in found.items() if findings} == {}
