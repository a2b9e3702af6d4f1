"""Telling people, in a real browser: contacts and webhooks in the administration, pushes to this device, who was told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cloud.escalation.post import Poster
from cloud.escalation.push import PushRoad
from cloud.escalation.road import Road
from cloud.escalation.worker import Escalation
from cloud.ledger.contacts import Channel, Contact
from cloud.ledger.escalation import Steps
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from cloud.store.tables import contact, notice, push_device, webhook
from tests.accessibility import serious
from tests.browser import open_page, picture
from tests.cloud import messages
from tests.cloud.https_server import HERE, Elsewhere, elsewhere
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_escalation import Post, keep, later
from tests.cloud.test_push import Browser as Subscribed
from tests.fixtures_broker import wait_for
from tests.web.scripted_cloud import DIST
from tests.web.test_look import assert_no_sideways_scroll

pytestmark = pytest.mark.browser


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    with elsewhere(tmp_path / "service", monkeypatch) as there:
        yield there


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A cloud that sends web pushes, with a gate at a site."""
    if not (DIST / "push.js").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    rig, series = Rig.open(tmp_path / "ledger.db"), SqliteSeries(tmp_path / "series.db")
    rig.arrive(messages.visit(1))
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/hall-3")
    push = PushRoad(rig.database, Poster(HERE), lambda: rig.now_ms)
    with serve(rig, series, DIST, roads={Channel.PUSH: push}) as running:
        yield running
    series.close()
    rig.database.close()


def enter(
    browser: Browser, served: Served, user: str, role: str, where: str = "", locale: str = "en-GB", width: int = 1366
) -> Page:
    page = open_page(browser, width, 844, locale=locale).page
    token = sign_in(served, role, user=user)["Cookie"].partition("=")[2]
    page.context.add_cookies([{"name": "menshen", "value": token, "url": served.url}])
    page.goto(f"{served.url}/{where}", wait_until="domcontentloaded")
    return page


def test_an_administrator_enters_who_is_told_and_what_was_missing_is_gone(browser: Browser, served: Served) -> None:
    """By keyboard alone."""
    page = enter(browser, served, "root", "administrator", "#administration")
    page.locator("[data-tab=contacts]").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("city/hall-3")
    picture(page, "contacts-missing")
    page.locator("input[name=name]").focus()
    page.keyboard.type("hall-desk")
    page.keyboard.press("Tab")
    page.keyboard.type("city/hall-3")
    for name, typed in (("user", "root"), ("kinds", "")):
        page.locator(f"input[name={name}]").focus()
        page.keyboard.type(typed)
    page.locator("input[name=liaison]").press("Space")
    page.keyboard.press("Enter")
    row = page.locator("[data-contact=hall-desk]")
    expect(row).to_contain_text("alarms, liaison")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert served.rig.rows(contact, "name", "site", "liaison", "user") == [("hall-desk", "city/hall-3", True, "root")]
    row.locator("[data-action=change]").press("Enter")
    page.locator("form.contact input[name=step]").fill("3")
    page.locator("form.contact input[name=days]").nth(6).press("Space")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Mon Tue Wed Thu Fri Sat, all day")
    row.locator("[data-action=test]").press("Enter")
    expect(page.locator("[data-taken=false]")).to_contain_text("web push: not delivered (no device of root takes web pushes)")
    assert serious(page) == []
    picture(page, "contacts")
    row.locator("[data-action=remove]").press("Enter")
    row.locator("[data-action=remove-yes]").press("Enter")
    expect(row).to_have_count(0)
    page.close()


def test_a_webhook_shows_its_secret_once_and_is_disabled_with_a_key(browser: Browser, served: Served) -> None:
    page = enter(browser, served, "root", "administrator", "#administration", "zh-CN", 390)
    page.locator("[data-tab=webhooks]").click()
    page.locator("input[name=name]").fill("bridge")
    page.locator("input[name=url]").fill("https://bridge.site.example/hook")
    page.locator("input[name=events][value=alarms]").press("Space")
    page.keyboard.press("Enter")
    secret = page.locator(".once code").inner_text()
    [(kept,)] = served.rig.rows(webhook, "secret")
    assert kept == secret
    row = page.locator("[data-webhook=bridge]")
    row.locator("[data-action=turn]").press("Enter")
    expect(row).to_contain_text("已停用")
    assert_no_sideways_scroll(page)
    assert serious(page) == []
    picture(page, "webhooks-zh-phone")
    page.close()


EDGE = """([endpoint, p256dh, auth]) => {
  // Headless Chromium has no push service: this is what it would answer, and nothing else is replaced.
  let there = null;
  const unsubscribe = async () => { there = null; return true; };
  const subscription = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }), unsubscribe };
  PushManager.prototype.getSubscription = async () => there;
  PushManager.prototype.subscribe = async (wish) => {
    window.subscribedWith = [...new Uint8Array(wish.applicationServerKey)].length;
    return (there = subscription);
  };
}"""
SUBSCRIBE = "body => fetch('/api/push', {method: 'POST', body, headers: {'content-type': 'application/json'}}).then(() => 0)"
REGISTER = "navigator.serviceWorker.register('/push.js', {scope: '/'}).then(() => navigator.serviceWorker.ready).then(() => 0)"


def test_a_guard_has_pushes_shown_on_this_device_tests_them_and_stops_them(
    browser: Browser, served: Served, service: Elsewhere
) -> None:
    phone = Subscribed(f"{service.url}/send/abc")
    page = enter(browser, served, "mei", "guard")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    keys = phone.subscription()["keys"]
    page.evaluate(EDGE, [phone.endpoint, keys["p256dh"], keys["auth"]])
    page.keyboard.press("m")
    switch = page.locator("[data-action=push]")
    switch.press("Space")
    expect(page.locator("[data-action=push-test]")).to_be_visible()
    expect(switch).to_be_checked()
    assert page.evaluate("window.subscribedWith") == 65
    assert served.rig.rows(push_device, "user", "endpoint") == [("mei", phone.endpoint)]
    page.locator("[data-action=push-test]").press("Enter")
    expect(page.locator(".pushes [role=status]")).to_contain_text("The push service took it (HTTP 201, 1 of 1 devices)")
    assert phone.reads(service.got[0].body)["kind"] == "test"
    assert serious(page) == []
    picture(page, "push-switch")
    switch.press("Space")
    expect(page.locator("[data-action=push-test]")).to_have_count(0)
    assert served.rig.rows(push_device) == []
    page.close()


def test_the_worker_shows_a_push_without_anything_personal_and_brings_its_receipt(
    browser: Browser, served: Served, service: Elsewhere
) -> None:
    rig, phone = served.rig, Subscribed(f"{service.url}/send/abc")
    page = enter(browser, served, "mei", "guard")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    page.context.grant_permissions(["notifications"], origin=served.url)
    keep(rig, Contact("desk", {Channel.PUSH: "mei"}, site="city"))
    page.evaluate(SUBSCRIBE, json.dumps(phone.subscription()))
    push = PushRoad(rig.database, Poster(HERE), lambda: rig.now_ms)
    rig.arrive(messages.alert(2, "fire"))
    later(rig, 30, Escalation(rig.database, Steps({1: (30_000,)}), {Channel.PUSH: push}, lambda: rig.now_ms))
    said = phone.reads(service.got[0].body)
    pushed(page.context, page, json.dumps(said))
    wait_for(lambda: rig.rows(notice, "state") == [("shown",)], "the receipt has come")
    shown = page.evaluate(
        "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
        ".then((all) => all.map((one) => [one.title, one.body, one.tag]))"
    )
    assert shown == [["Fire alarm · city/hall-3 · gate-1", "Priority high · just now", "alarm-1"]]
    page.close()


def pushed(context: BrowserContext, page: Page, text: str) -> None:
    """As the browser's push service would deliver it (CDP ServiceWorker.deliverPushMessage)."""
    found: list[str] = []
    session = context.new_cdp_session(page)
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda one: found.extend(r["registrationId"] for r in one["registrations"])
    )
    session.send("ServiceWorker.enable")
    page.evaluate(
        "navigator.serviceWorker.register('/push.js', {scope: '/'}).then(() => navigator.serviceWorker.ready).then(() => 0)"
    )
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')")
    origin = page.url.split("/#")[0].rstrip("/")
    session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[-1], "data": text})


def test_an_alarm_says_whose_it_is_and_who_was_told_by_which_way(browser: Browser, served: Served) -> None:
    rig, post = served.rig, Post()
    keep(rig, Contact("desk", {Channel.MAIL: "desk@site.example"}, site="city"), Contact("phone", {Channel.PUSH: "mei"}, step=2))
    rig.arrive(messages.alert(2, "fire"))
    roads: dict[Channel, Road] = {Channel.MAIL: post, Channel.PUSH: PushRoad(rig.database, Poster(()), lambda: rig.now_ms)}
    escalation = Escalation(rig.database, Steps({1: (30_000, 60_000)}), roads, lambda: rig.now_ms, assigned=served.hub.poke)
    for _ in range(2):
        later(rig, 30, escalation)
    for locale, words in (
        ("en-GB", ("Owner: desk", "desk · mail · accepted", "phone · web push · not delivered")),
        ("zh-CN", ("负责人：desk", "desk · 邮件 · 对方已接收", "phone · 浏览器推送 · 未送达")),
    ):
        page = enter(browser, served, "mei", "guard", locale=locale)
        for word in words:
            expect(page.locator(".selected")).to_contain_text(word)
        picture(page, f"told-{locale}")
        assert serious(page) == []
        if locale == "en-GB":
            page.keyboard.press("t")
            picture(page, "told-light")
        else:
            page.keyboard.press("a")
            expect(page.locator("[data-owner]")).to_contain_text("mei")
        page.close()
