"""Alarms at the guard's screen: put aside and brought back, folded in a flood, heard; by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from cloud.store.views.figures import FiguresView, TargetsView
from tests.accessibility import serious
from tests.browser import Watched, open_page, picture
from tests.web.conftest import Site, sign_in
from tests.web.rows import ago, alarm, gate, item
from tests.web.scripted_cloud import FIGURES

pytestmark = pytest.mark.browser


def storm(site: Site) -> None:
    """A switch dies: every camera of two gates, and two people wait."""
    for name in ("south-1", "east-1"):
        site.cloud.put("gate", gate(name))
        for number, kind in enumerate(("colour_camera", "thermal_camera", "reference_lost", "barrier", "drift", "low_reading")):
            row = alarm(f"alarm-{name}-{number}", kind, gate=name, priority=2, raised_at=ago(60 + number))
            site.cloud.put("queue", row)
    site.cloud.put("queue", alarm("alarm-1", "gate_offline", gate="east-1", priority=1, raised_at=ago(58)))
    site.cloud.put("queue", item("case-1", raised_at=ago(190), alarmed_at=ago(70), alarmed_why="untaken"))
    site.cloud.put("queue", item("case-2", raised_at=ago(12)))
    aside = {"by": "mei", "at": ago(600), "why": "new cable on Monday", "until": "2030-01-01T12:00:00Z"}
    site.cloud.put("queue", alarm("alarm-2", "occupancy", state="SHLVD", priority=3, withheld=aside, active=False))
    gone = {"by": "wang", "at": ago(6_000), "why": "the lane is being rebuilt", "until": None}
    site.cloud.put("queue", alarm("alarm-3", "barrier", gate="west-1", state="OOSRV", withheld=gone))
    flutter = alarm("alarm-4", "colour_camera", gate="west-1", priority=2, count=7, chattering=True, raised_at=ago(300))
    site.cloud.put("queue", flutter)


def test_an_alarm_is_put_aside_with_a_reason_and_brought_back_by_keys_alone(guard: Watched, site: Site) -> None:
    page = guard.page
    site.cloud.put("queue", alarm("alarm-1", "colour_camera"))
    expect(page.locator("[data-selected=alarm-1]")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("input[name=reason]")).to_be_focused()
    page.keyboard.type("new cable on Monday")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("[data-action=withheld]")).to_have_text("1 put aside")
    page.keyboard.press("h")
    expect(page.locator("[data-withheld=alarm-1]")).to_contain_text("mei: new cable on Monday")
    page.locator("[data-withheld=alarm-1] button").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("[data-item=alarm-1]")).to_have_attribute("data-state", "UNACK")
    assert site.cloud.moves == [
        ("alarm-1", "shelve", {"reason": "new cable on Monday", "minutes": 60}),
        ("alarm-1", "unshelve", {}),
    ]


def test_an_alarm_tells_who_did_what_to_it_and_why(guard: Watched, site: Site) -> None:
    shelved = {
        "at": ago(500),
        "move": "shelve",
        "before": "UNACK",
        "state": "SHLVD",
        "user": "wang",
        "why": "new cable on Monday",
    }
    raised = {"at": ago(60), "move": "unshelve", "before": "SHLVD", "state": "UNACK", "user": "", "why": ""}
    site.cloud.history["alarm-1"] = [raised, shelved]
    site.cloud.put("queue", alarm("alarm-1", "colour_camera"))
    lines = guard.page.locator(".timeline li span")
    expect(lines).to_have_text(["Put aside by wang: new cable on Monday", "Brought back"])


def test_fire_is_put_aside_by_no_guard_and_by_a_supervisor_out_of_service_only(browser: Browser, site: Site) -> None:
    site.cloud.put("queue", alarm("alarm-1", "fire", priority=1))
    for role, choices in (("guard", []), ("supervisor", ["0"])):
        site.cloud.role = role
        page = open_page(browser, 1366, 768, locale="en-GB").page
        sign_in(page, site.address)
        expect(page.locator("[data-selected=alarm-1]")).to_be_visible()
        expect(page.locator("[data-action=shelve]")).to_have_count(len(choices))
        page.keyboard.press("s")
        expect(page.get_by_role("dialog")).to_have_count(len(choices))
        assert [one.get_attribute("value") for one in page.locator("input[name=minutes]").all()] == choices
        page.close()


def test_nothing_is_put_aside_without_a_reason(guard: Watched, site: Site) -> None:
    page = guard.page
    site.cloud.put("queue", alarm("alarm-1", "colour_camera"))
    expect(page.locator("[data-selected=alarm-1]")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("input[name=reason]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("dialog")).not_to_contain_text("Out of service")
    assert site.cloud.moves == []


def test_a_person_cannot_be_put_aside(guard: Watched, site: Site) -> None:
    site.cloud.put("queue", item("case-1"))
    expect(guard.page.locator("[data-selected=case-1]")).to_be_visible()
    guard.page.keyboard.press("s")
    expect(guard.page.get_by_role("dialog")).to_have_count(0)


def test_only_a_supervisor_takes_out_of_service(browser: Browser, site: Site) -> None:
    site.cloud.role = "supervisor"
    site.cloud.put("queue", alarm("alarm-1", "colour_camera"))
    page = open_page(browser, 1366, 768, locale="en-GB").page
    sign_in(page, site.address)
    page.keyboard.press("s")
    page.locator("input[name=reason]").fill("being rebuilt")
    page.get_by_label("Out of service").check()
    page.keyboard.press("Enter")
    expect(page.locator("[data-action=withheld]")).to_be_visible()
    page.close()
    assert site.cloud.moves == [("alarm-1", "out-of-service", {"reason": "being rebuilt"})]


def test_in_a_flood_the_equipment_of_a_gate_is_one_row_and_people_stay_single(guard: Watched, site: Site) -> None:
    page = guard.page
    storm(site)
    expect(page.locator("[data-group]")).to_have_count(2)
    expect(page.locator("[data-item=case-1]")).to_contain_text("nobody took it")
    expect(page.locator("[data-item=case-2]")).to_be_visible()
    expect(page.locator("[data-item=alarm-1]")).to_be_visible()
    expect(page.locator("[data-item=alarm-south-1-0]")).to_have_count(0)
    expect(page.locator("[data-item=alarm-4]")).to_contain_text("comes and goes")
    page.mouse.move(700, 20)
    for _ in range(20):
        if page.locator(".group button[aria-current=true]").count():
            break
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".group button[aria-expanded=true]")).to_have_count(1)
    expect(page.locator("[data-item^=alarm-south-1], [data-item^=alarm-east-1]")).to_have_count(6)
    assert site.cloud.acknowledged == []


WATCH_TONES = """() => { const tones = []; const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    document.body.dataset.tones = tones.push(this.frequency.value) && tones.join(" ");
    return start.call(this, at); }; }"""


def test_what_is_new_is_heard_by_its_priority_once_the_browser_lets_it(guard: Watched, site: Site) -> None:
    page = guard.page
    page.evaluate(WATCH_TONES)
    expect(page.locator("[data-sound=on]")).to_be_visible()
    first = alarm("alarm-1", "occupancy", priority=3)
    site.cloud.put("queue", first)
    expect(page.locator("[data-item=alarm-1]")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-tones", "523")
    site.cloud.put("queue", {**first, "count": 2})
    site.cloud.put("queue", alarm("alarm-2", "fire", priority=1))
    expect(page.locator("body")).to_have_attribute("data-tones", "523 880 1175 880 1175")
    page.keyboard.press("m")
    page.locator("[data-test='2']").click()
    expect(page.locator("body")).to_have_attribute("data-tones", "523 880 1175 880 1175 659 784")
    page.get_by_role("checkbox").first.uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("[data-sound=off]")).to_be_visible()


def test_a_screen_that_may_not_sound_says_so(guard: Watched) -> None:
    page = guard.page
    page.add_init_script("AudioContext.prototype.resume = () => new Promise(() => {});"
                         "Object.defineProperty(AudioContext.prototype, 'state', {get: () => 'suspended'});")  # fmt: skip
    page.reload(wait_until="domcontentloaded")
    expect(page.locator("[data-sound=blocked]")).to_have_text("Browser blocks sound: press here")
    page.keyboard.press("Shift")
    expect(page.locator("[data-sound=blocked]")).to_be_visible()


def test_the_figures_stand_beside_their_aims_and_come_only_when_wanted(guard: Watched, site: Site) -> None:
    page = guard.page
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.locator("[data-rate=alarms]").click()
    expect(page.locator("[data-figure='figures.hour']")).to_contain_text("3.7")
    assert any("/assets/figures-" in url for url in fetched)
    met = {row.get_attribute("data-figure"): row.get_attribute("data-met") for row in page.locator("[data-figure]").all()}
    assert (met["figures.hour"], met["figures.flood"], met["figures.chattering"], met["figures.cases"]) == (
        "true",
        "false",
        "false",
        None,
    )
    page.get_by_label("Guards who share them").fill("2")
    with page.expect_response(lambda answer: "days=1&operators=2" in answer.url):
        page.get_by_role("button", name="last day").click()
    expect(page.get_by_role("button", name="last day")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert site.cloud.asked[-1] == "figures?days=1&operators=2"


def test_the_scripted_figures_are_those_of_the_api() -> None:
    assert FIGURES.keys() == FiguresView.model_fields.keys()
    assert FIGURES["targets"] == TargetsView().model_dump(mode="json")


@pytest.mark.parametrize(("width", "height", "locale", "theme"), [
    (1920, 1080, "zh-CN", "night"), (1366, 768, "en-GB", "light"), (390, 844, "zh-CN", "light"),
])  # fmt: skip
def test_the_storm_fits_every_screen_and_shuts_nobody_out(
    browser: Browser, site: Site, width: int, height: int, locale: str, theme: str
) -> None:
    storm(site)
    site.cloud.role = "supervisor"
    page = open_page(browser, width, height, locale=locale).page
    sign_in(page, site.address)
    if theme == "light":
        page.keyboard.press("t")
    name = f"alarms-{width}x{height}-{locale[:2]}-{theme}"
    expect(page.locator("[data-group]")).to_have_count(2)
    found = {"storm": look(page, name)}
    page.locator("[data-item=alarm-1] button").click()
    expect(page.locator("[data-selected=alarm-1]")).to_be_visible()
    for key, what in (("s", "shelve"), ("h", "withheld"), ("m", "sound")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        found[what] = look(page, f"{name}-{what}")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("[data-rate=alarms]").click()
    expect(page.locator("[data-figures=there]")).to_be_visible()
    found["figures"] = look(page, f"{name}-figures")
    page.close()
    assert {where: findings for where, findings in found.items() if findings} == {}


def look(page: Page, name: str) -> list[str]:
    picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return serious(page)


def test_a_screen_that_slept_asks_for_everything_anew(browser: Browser, site: Site) -> None:
    page = open_page(browser, 1366, 768, locale="en-GB").page
    page.clock.install()
    sign_in(page, site.address)
    site.cloud.put("queue", item("case-1"))
    expect(page.locator("[data-item=case-1]")).to_be_visible()
    before = site.cloud.asked.count("snapshot")
    page.clock.fast_forward("05:00")  # the lid was closed: every timer comes late, once
    site.cloud.put("queue", item("case-2"))
    expect(page.locator("[data-item=case-2]")).to_be_visible()
    expect(page.locator("[data-feed=live]")).to_be_visible()
    page.close()
    assert site.cloud.asked.count("snapshot") > before
