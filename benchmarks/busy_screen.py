"""A bad day at the guard's screen: 500 open alarms at 200 gates, and 50 screens on one server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path
from typing import Final

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Page

from benchmarks.guard_page import chromium_page
from benchmarks.house import ADMIN_PASSWORD, answers
from benchmarks.neighbours import START_S, wait_for
from benchmarks.result import Figure, Result
from benchmarks.settings import free_port
from benchmarks.streams import OPEN_S, Streams, sign_in
from benchmarks.timing import Summary
from cloud.ingest.alerts import move_alarms, said_by_cloud
from cloud.store.feed import Feed
from cloud.store.gates import gates_for_update
from cloud.store.migrate import open_database
from contract.ids import EventId
from contract.messages.alert import AlertData, AlertKind
from contract.messages.envelope import Envelope
from contract.topics import Kind, topic
from demo.broker import HOST, Broker
from demo.child import Child, console_command
from demo.settings import cloud_toml

NAME: Final = "bench-alert"
GATES, ALARMS, SCREENS = 200, 500, 50
LOADS, ALERTS, EVERY_S = 15, 60, 0.25
LOST_S: Final = 10.0
USABLE_MS, TO_SCREEN_P95_MS = 1_000.0, 300.0
KINDS: Final = (AlertKind.COLOUR_CAMERA, AlertKind.THERMAL_CAMERA, AlertKind.REFERENCE_LOST)
# Usable: the rows stand in the page, and the frame with them was painted.
WATCH: Final = """() => {
  const looking = new MutationObserver(() => {
    if (!document.querySelector("[data-ready=true] .rows li") || !document.querySelector("[data-gate]")) return;
    looking.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.benchUsable_ms = performance.now(); }));
  });
  looking.observe(document, { subtree: true, childList: true, attributes: true });
}"""


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where a program does not start or there is no Chromium."""
    _fill(folder)
    with _cloud(folder) as (broker, port):
        say(f"the guard's page, {LOADS} times, with {ALARMS} open alarms at {GATES} gates")
        with chromium_page(f"http://{HOST}:{port}/") as page:
            usable_ms = _loads(page)
        say(f"{ALERTS} alerts to {SCREENS} screens")
        screens = Streams(port, sign_in(port), SCREENS)
        screens.start()
        _until(lambda: screens.open == SCREENS, OPEN_S)
        slowest_ms, each_ms, lost = _alerts(broker, screens)
    usable, each, slowest = Summary.of(usable_ms), Summary.of(each_ms), Summary.of(slowest_ms)
    figures = (
        Figure(f"guard page usable, {ALARMS} alarms, {GATES} gates: p50", usable.p50, "ms"),
        Figure(f"guard page usable, {ALARMS} alarms, {GATES} gates: p95", usable.p95, "ms", USABLE_MS),
        Figure(f"alert to each of {SCREENS} screens: p50", each.p50, "ms"),
        Figure(f"alert to each of {SCREENS} screens: p95", each.p95, "ms", TO_SCREEN_P95_MS),
        Figure(f"alert to the last of {SCREENS} screens: p95", slowest.p95, "ms"),
        Figure("alerts that never came to a screen", float(lost), "", 0.0),
    )
    method = (
        "a real broker and cloud; the page in headless Chromium, from the navigation's begin to the painted frame with its rows, "
        "signed in, cache warm; alerts from the publish of a gate to the row in each live stream, streams read by one process"
    )
    return Result("busy_screen", method, figures, {"loads": len(usable_ms), "alerts": len(slowest_ms)})


def _fill(folder: Path) -> None:
    """A ledger with the alarms already open."""
    database = open_database(f"sqlite:///{folder / 'ledger.db'}")
    now_ms = round(time.time() * 1000)
    names = [f"gate-{number:03}" for number in range(GATES)]
    said = said_by_cloud(raised=True, detail="no picture for 2 s", now_ms=now_ms)
    alarms = [((name, kind.value), said) for kind, name in islice(product(KINDS, names), ALARMS)]
    with database.writing() as connection, Feed(connection) as feed:
        gates_for_update(connection, feed, names, now_ms)
        move_alarms(connection, feed, alarms)
    database.close()


@contextmanager
def _cloud(folder: Path) -> Iterator[tuple[Broker, int]]:
    port, admin_file = free_port(), folder / "admin.secret"
    admin_file.write_text(ADMIN_PASSWORD, encoding="ascii")
    with ExitStack() as running:
        broker = running.enter_context(Broker(folder / "broker", {NAME: "bench"}, "bench-cloud"))
        file = folder / "cloud.toml"
        file.write_text(cloud_toml(folder, broker.port, broker.password_file("cloud"), admin_file, port), encoding="utf-8")
        command = [console_command("menshen-cloud"), "run", str(file)]
        cloud = running.enter_context(Child("cloud", command, folder / "cloud.log"))
        wait_for(lambda: answers(f"http://{HOST}:{port}/api/health"), cloud, START_S)
        yield broker, port


def _loads(page: Page) -> list[float]:
    """How long until the page could be used, milliseconds; the first time is the sign-in's and does not count."""
    page.locator("input[name=user]").fill("admin")
    page.locator("input[name=password]").fill(ADMIN_PASSWORD)
    page.locator("button.primary").click()
    page.locator("[data-ready=true]").wait_for()
    page.add_init_script(f"({WATCH})()")
    times_ms = []
    for _ in range(LOADS):
        page.reload(wait_until="commit")
        page.locator("[data-ready=true] .rows li").first.wait_for()
        while (usable_ms := page.evaluate("window.benchUsable_ms ?? null")) is None:
            page.wait_for_timeout(20)
        times_ms.append(float(usable_ms))
    return times_ms


def _alerts(broker: Broker, screens: Streams) -> tuple[list[float], list[float], int]:
    """To the last screen, to each screen (milliseconds), and how many did not come to all."""
    client = paho.Client(CallbackAPIVersion.VERSION2, "bench-alerts", protocol=paho.MQTTv5)
    client.username_pw_set(NAME, broker.password_file(NAME).read_text().strip())
    client.connect(HOST, broker.port)
    client.loop_start()
    slowest_ms, each_ms, lost = [], [], 0
    for number in range(1, ALERTS + 1):
        visit, body = f"bench-{number}", _alert(number)
        put_s = time.monotonic()
        client.publish(topic(NAME, Kind.ALERT), body, qos=1)
        if _until(lambda visit=visit: screens.complete(visit), LOST_S):  # type: ignore[misc]
            delays_ms = [1000.0 * (came_s - put_s) for came_s in screens.came_s[visit]]
            each_ms += delays_ms
            slowest_ms.append(max(delays_ms))
        else:
            lost += 1
        time.sleep(EVERY_S)
    client.disconnect()
    client.loop_stop()
    return slowest_ms, each_ms, lost


def _alert(number: int) -> bytes:
    now = datetime.now(UTC)
    data = AlertData(kind=AlertKind.RECHECK, state="raised", subject=f"bench-{number}", raised=now)
    envelope = Envelope(
        id=str(EventId(NAME, "bench", number)),
        source=NAME,
        type="menshen.alert",
        time=now,
        mono_ms=number,
        boot="b",
        clock_ok=True,
        data=data.model_dump(mode="json"),
    )
    return envelope.model_dump_json().encode()


def _until(fact: Callable[[], bool], most_s: float) -> bool:
    end_s = time.monotonic() + most_s
    while not fact() and time.monotonic() < end_s:
        time.sleep(0.005)
    return fact()
