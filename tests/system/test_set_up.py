"""A gate as the installer leaves it, set up with a phone from the cameras to the first visitor in the cloud's ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cloud.store.migrate import open_database
from contract.enrolment import pairing_code
from edge.config import load_gate
from edge.config.history import formers
from tests.browser import open_page, picture
from tests.cloud.rig import Rig
from tests.pairing.fleet import Fleet, whole_fleet
from tests.system.arm import Arm
from tests.system.gate import Gate
from tests.system.house import free_port, gate_names
from tests.system.settings import text
from tests.system.until import until
from tests.system.wizard import WITHIN_MS, Phone

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.broker, pytest.mark.timeout(1800)]

NEW = Path(__file__).parents[2] / "firmware_configs" / "gates" / "new.toml"
READY_S = 180.0
BODY = (24.0, 20.0)
"""Row and column of the simulated reference body."""
WIRED = """kind = "pulse"
line = 17
arm_clear_line = 27

[inputs]
fire_line = 24

[simulation]
circuit = true
"""


def as_installed(name: str, database: Path, kiosk_port: int) -> str:
    """The installer's file on a machine whose hardware is simulated, a barrier wired to it."""
    return (
        NEW.read_text(encoding="utf-8")
        .replace('gate = "new-gate"', f'gate = "{name}"')
        .replace('listen = "0.0.0.0"', 'listen = "127.0.0.1"\nport = 0')
        .replace('source = "v4l2"\ndevice = "/dev/video0"', 'source = "simulated"\nfps = 10.0')
        .replace('kind = "log"            # nothing moves\n', WIRED)
        .replace('"/var/lib/menshen/gate.db"', text(database))
        + f"\n[uplink.broker]\nport = {free_port()}\n\n[kiosk]\nport = {kiosk_port}\n"
    )


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    [name], port = gate_names(1), free_port()
    made = Gate(name, tmp_path, as_installed(name, tmp_path / "gate.db", port), port, database=tmp_path / "gate.db")
    try:
        made.program.start()
        until(lambda: made.ready, READY_S, lambda: f"the gate screens:\n{made.program.said[-2000:]}")
        yield made
    finally:
        made.program.stop()


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Fleet]:
    """A cloud behind TLS that pairs gates, and a broker that asks for its certificates."""
    (folder := tmp_path / "cloud").mkdir()
    rig = Rig(open_database(f"sqlite:///{folder / 'ledger.db'}"))
    with whole_fleet(rig, folder) as made:
        yield made
    rig.database.close()


def test_a_technician_sets_a_gate_up_with_a_phone_from_the_cameras_to_the_first_visitor(
    browser: Browser, gate: Gate, cloud: Fleet
) -> None:
    look_at_the_kiosk(browser, gate)
    phone = Phone(browser, gate)
    choose_cameras(phone)
    draw_the_zone(phone)
    aim(phone)
    touch_the_body(phone)
    calibrate(phone)
    try_the_barrier(phone, Arm(gate))
    pair(phone, cloud, gate.name)
    assert {event.data["verdict"] for event in gate.events("visit")} <= {"hold"}, "nobody passed before"
    the_first_visitor(phone)
    judged = {"pass", "put_on_mask", "fix_mask", "recheck"}
    until(lambda: judged & cloud.verdicts, 60, "the decision is in the cloud's ledger")
    config = load_gate(gate.settings)
    assert not config.set_up.unfinished
    assert config.reference is not None
    assert config.reference.setpoint_c == 36.2
    assert len(formers(gate.settings)) == 5, "cameras, zone, body, pairing, end"
    refusals = "409"  # the browser notes each opening refused while nobody stood there
    assert [one for one in phone.watched.complaints if refusals not in one] == []


def look_at_the_kiosk(browser: Browser, gate: Gate) -> None:
    kiosk = open_page(browser, 540, 960).page
    kiosk.goto(gate.kiosk)
    expect(kiosk.locator("#first")).to_have_text("设备安装中", timeout=WITHIN_MS)
    picture(kiosk, "kiosk-setting-up")
    kiosk.close()


def choose_cameras(phone: Phone) -> None:
    phone.at("cameras")
    phone.fact("good")
    phone.page.click("#overview")
    phone.pictures("0-steps", judged=True)
    phone.page.click("#overview")
    phone.page.check("input[name=thermal][value=simulated-thermal]")
    phone.go()
    phone.page.wait_for_selector("#change[open]")
    picture(phone.page, "set-up-1-cameras-change")
    phone.apply()
    phone.fact("good", 1)
    expect(phone.page.locator("#stage-thermal")).to_be_visible(timeout=WITHIN_MS)
    phone.pictures("1-cameras", judged=True)
    phone.go()


def draw_the_zone(phone: Phone) -> None:
    phone.at("zone")
    page = phone.page
    expect(page.locator(".handle")).to_have_count(4, timeout=WITHIN_MS)
    page.locator(".handle").nth(0).focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    box = page.locator(".handle").nth(1).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 15, y + 6, steps=3)
    page.mouse.up()
    page.click("#add_corner")
    phone.pictures("2-zone", judged=True)
    page.click("#remove_corner")
    phone.go()
    phone.apply()


def aim(phone: Phone) -> None:
    phone.at("aim")
    expect(phone.page.locator("#facts .good, #facts .fair, #facts .bad").first).to_be_visible(timeout=WITHIN_MS)
    phone.pictures("3-aim")
    phone.go()


def touch_the_body(phone: Phone) -> None:
    phone.at("reference")
    expect(phone.page.locator("#stage-thermal")).to_be_visible(timeout=WITHIN_MS)
    phone.touch_thermal(80.0, 30.0)
    phone.fact("bad")
    phone.touch_thermal(BODY[0] + 6, BODY[1] + 5)
    phone.fact("good")
    phone.page.fill("#setpoint", "36.2")
    phone.page.keyboard.press("Tab")
    expect(phone.page.locator("#facts")).to_contain_text("is set to 36.2", timeout=WITHIN_MS)
    phone.pictures("4-reference", judged=True)
    phone.go()
    phone.apply()


def calibrate(phone: Phone) -> None:
    """Begun, seen to go on, and left for later: calibrating is tested for itself, and takes minutes of a processor."""
    phone.at("calibrate")
    phone.pictures("5-calibrate")
    phone.go()
    expect(phone.page.locator("#said li").first).to_be_visible(timeout=WITHIN_MS)
    picture(phone.page, "set-up-5-calibrating")
    phone.go()  # stopped: nothing is changed by half a calibration
    phone.fact("bad")
    expect(phone.page.locator("#go")).to_have_text("Begin", timeout=WITHIN_MS)
    phone.page.click("#skip")


def try_the_barrier(phone: Phone, arm: Arm) -> None:
    phone.at("barrier")
    page = phone.page
    for change, number in (("person_under", 1), ("fire", 2)):
        arm.do(**{change: True})
        page.wait_for_timeout(1500)
        arm.do(**{change: False})
        phone.fact("good", number)
    until(lambda: open_once(phone), 120, "the arm was seen to open and to shut", every_s=1.0)
    phone.pictures("6-barrier", judged=True)
    phone.go()


def open_once(phone: Phone) -> bool:
    """Told to open while somebody stands there; again where the visitor had just left."""
    page = phone.page
    page.check("#nobody-under")
    page.click("#open-once:not(:disabled)")
    page.wait_for_selector("#open-once:disabled")
    expect(page.locator("#nobody-under")).not_to_be_checked(timeout=WITHIN_MS)
    return page.locator("#facts > li").first.locator(".good").count() == 1


def pair(phone: Phone, cloud: Fleet, gate: str) -> None:
    """With a token for another gate first: refused, and nothing is changed."""
    phone.at("pair")
    page, token = phone.page, phone.page.locator("#cloud-token")
    phone.pictures("7-pair", judged=True)
    token.fill(pairing_code(cloud.url, cloud.invite("another-gate")))
    phone.go()
    expect(page.locator("#refusal")).to_contain_text("another-gate", timeout=WITHIN_MS)
    expect(page.locator("#go")).to_be_enabled()
    expect(page.locator("#refusal")).to_be_in_viewport(ratio=1.0)
    expect(token).not_to_have_value("")
    picture(page, "set-up-7-pair-refused")
    token.fill(pairing_code(cloud.url, cloud.invite(gate)))
    phone.go()
    phone.fact("good")
    phone.pictures("7-paired", judged=True)
    phone.go()


def the_first_visitor(phone: Phone) -> None:
    phone.at("visitor")
    phone.fact("good")
    phone.pictures("8-finish")
    phone.go()
    phone.apply()
    expect(phone.page.locator("#facts .good")).to_be_visible(timeout=WITHIN_MS)
    expect(phone.page.locator("#first .verdict")).to_be_visible()
    phone.pictures("9-visitor")
