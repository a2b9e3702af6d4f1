"""The technician's page without a browser: its PIN, its end, its headers, and what it takes from the gate."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import json
import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest

from contract.errors import MenshenError
from contract.verdicts import Reason, Region, Verdict
from edge.app.kiosk_part import door_of
from edge.app.rundir import folder_of
from edge.app.technician.asking import open_page
from edge.app.technician.certificate import fingerprint, make, usable
from edge.board import Board
from edge.config.kiosk import KioskConfig
from edge.gate.onlooker import Onlooker
from edge.gate.rates import Rates
from edge.kiosk.server import run_kiosk
from edge.kiosk.technician.access import MOST_WRONG, Access, Answer
from edge.kiosk.technician.door import Door
from edge.kiosk.technician.drawn import Laid, shades, span_c
from edge.kiosk.technician.opening import LASTS_S, Opening, fresh_pin
from edge.kiosk.technician.server import PAGES
from edge.lane.visit import Face
from edge.lane.zone import Zone
from edge.policy.reading import Reading
from edge.policy.view import Factor
from edge.policy.vote import MaskFrame
from edge.vision import reference_body, reference_pair
from edge.vision.uncertainty import UncertaintyParts
from tests.clocks import FakeClock
from tests.kiosk.conftest import living, until
from tests.kiosk.looked_at import PIN, LookedAt, serving


def access(clock: FakeClock, pin: str = PIN) -> Access:
    return Access(Opening.make(pin, clock.monotonic_s(), "unused.pem", "a test"), clock)


def test_the_pin_opens_the_page_once() -> None:
    door = access(FakeClock())
    answer, token = door.enter(PIN)
    assert answer is Answer.ENTERED
    assert door.holds(token)
    assert door.enter(PIN) == (Answer.USED, "")
    assert not door.holds("another")
    assert not door.holds(None)


def test_five_wrong_pins_close_the_page_for_the_right_one_too() -> None:
    door = access(FakeClock())
    answers = [door.enter(f"{number:08d}")[0] for number in range(MOST_WRONG)]
    assert answers == [Answer.WRONG] * (MOST_WRONG - 1) + [Answer.CLOSED]
    assert door.over
    assert door.enter(PIN) == (Answer.CLOSED, "")


def test_nobody_can_lock_out_the_technician_who_is_in() -> None:
    door = access(FakeClock())
    _, token = door.enter(PIN)
    for number in range(3 * MOST_WRONG):
        door.enter(f"{number:08d}")
    assert door.holds(token)


def test_after_thirty_minutes_nobody_looks_any_more() -> None:
    clock = FakeClock()
    door = access(clock)
    _, token = door.enter(PIN)
    clock.advance(LASTS_S - 1.0)
    assert door.holds(token)
    clock.advance(1.0)
    assert not door.holds(token)
    assert door.over


def test_the_pin_itself_is_nowhere_in_what_is_posted() -> None:
    pin = fresh_pin()
    assert len(pin) == 8
    assert pin not in json.dumps(Opening.make(pin, 0.0, "x.pem", "somebody").note())


def test_a_certificate_is_kept_while_it_is_good_and_only_its_user_reads_it(tmp_path: Path) -> None:
    clock, file = FakeClock(), tmp_path / "page.pem"
    assert not usable(file, ["192.0.2.7", "gate.local"], clock.wall())
    make(file, ["192.0.2.7", "gate.local"], clock.wall())
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(fingerprint(file).split(":")) == 32
    assert usable(file, ["192.0.2.7", "gate.local"], clock.wall())
    assert not usable(file, ["192.0.2.8", "gate.local"], clock.wall())
    clock.advance(400 * 86400.0)
    assert not usable(file, ["192.0.2.7", "gate.local"], clock.wall())


def test_nothing_is_recorded_while_nobody_looks(tmp_path: Path) -> None:
    looking, seen = Board.create(tmp_path / "looking"), Board.create(tmp_path / "seen")
    onlooker = Onlooker(looking, seen, Zone(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), 1.0), None)
    assert not onlooker.wanted(10.0)
    looking.beat(10.0)
    assert onlooker.wanted(10.1)
    onlooker.tell(7, 10.05, (), Rates(0.0), 0.003, 10.1)
    assert (seen.read() or {})["frame"] == 7
    assert not onlooker.wanted(10.2), "five a second are enough"
    assert onlooker.wanted(10.3)
    assert not onlooker.wanted(11.5), "who has not asked for a second is gone"


def test_a_face_of_which_nothing_is_a_number_does_not_stop_the_gate(tmp_path: Path) -> None:
    looking, seen, nan = Board.create(tmp_path / "looking"), Board.create(tmp_path / "seen"), float("nan")
    onlooker = Onlooker(looking, seen, Zone(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), 1.0), None)
    reading = Reading(nan, nan, nan, nan, Region.FOREHEAD, nan, 1, 10.0, reference_seen=True)
    face = Face(1, (nan, nan, nan, nan), MaskFrame(10.0, nan, nan, nan, nan), reading, 0.0)
    onlooker.tell(7, 10.0, [face] * 20, Rates(0.0), 0.003, 10.1)
    said = seen.read() or {}
    assert [one["answer"]["core_c"] for one in said["faces"]] == [None] * 8
    assert said["more_faces"] == 12


class Shifted:
    """Colour pixels are thermal pixels, ten to the right."""

    facts: dict[str, Any] = {}  # noqa: RUF012 a fake

    def upright(self, counts: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return counts.astype(np.float32)

    def mapped(self, points: np.ndarray[Any, Any], depth_m: float | None) -> np.ndarray[Any, Any]:
        return np.asarray(np.add(points, (10.0 if depth_m is None else 10.0 / depth_m, 0.0)))


def test_the_thermal_picture_lies_on_the_colour_one_where_the_registration_puts_it() -> None:
    celsius = np.full((240, 320), 20.0, np.float32)
    celsius[:, 200:] = 30.0
    low_c, high_c = span_c(celsius)
    assert (low_c, high_c) == (20.0, 30.0)
    jpeg, outline = Laid(Shifted(), (320, 240)).over(shades(celsius, low_c, high_c), None)
    laid = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert laid is not None
    edge = int(np.argmax(np.abs(np.diff(laid[120].astype(int)))))
    assert edge == pytest.approx(189, abs=1)
    assert max(x for x, _ in outline) == pytest.approx(310 / 320, abs=0.01)


def test_a_picture_without_a_single_value_has_a_scale_all_the_same() -> None:
    assert span_c(np.full((4, 4), np.nan, np.float32)) == (0.0, 8.0)


KEY = re.compile(r'"((?:size|body|alignment|camera|loop|pin|place|method)_[a-z_]+)"')


def test_every_mark_the_page_can_show_has_words() -> None:
    words = json.loads((PAGES / "static" / "words.json").read_text(encoding="utf-8"))["page"]
    marks = {key for file in ("grades.js", "panels.js", "look.js") for key in KEY.findall((PAGES / "static" / file).read_text())}
    assert len(marks) > 15
    assert marks <= words.keys()
    for page in ("pin.html", "look.html"):
        assert set(re.findall(r'data-word="(\w+)"', (PAGES / page).read_text(encoding="utf-8"))) <= words.keys()


def test_the_words_for_a_lost_reference_body_are_those_the_gate_says() -> None:
    words = json.loads((PAGES / "static" / "words.json").read_text(encoding="utf-8"))["whys"]
    said = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (reference_body, reference_pair))
    assert all(key in said for key in words)


def test_every_reason_verdict_region_and_part_has_words_in_both_languages() -> None:
    words = json.loads((PAGES / "static" / "words.json").read_text(encoding="utf-8"))
    assert {reason.value for reason in Reason} <= words["reasons"].keys()
    assert {verdict.value for verdict in Verdict} <= words["verdicts"].keys()
    names = [f"region_{one}" for one in Region] + [f"view_{one}" for one in Factor]
    names += [f"part_{part.name}" for part in fields(UncertaintyParts)]
    assert set(names) <= words["page"].keys()
    pairs = [pair for table in words.values() for pair in table.values()]
    assert all(pair.keys() == {"zh", "en"} and all(pair.values()) for pair in pairs)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> LookedAt:
    made = LookedAt(tmp_path_factory.mktemp("looked_at"))
    for _ in range(5):
        made.step()
    return made


@pytest.fixture
def client(gate: LookedAt) -> Iterator[httpx.Client]:
    with serving(gate), httpx.Client(verify=False, base_url=gate.address, timeout=20) as made:
        made.headers["origin"] = gate.address.rstrip("/")
        yield made


def test_without_the_pin_there_is_the_question_for_it_and_nothing_else(client: httpx.Client) -> None:
    assert 'id="pin"' in client.get("/").text
    for path in ("/look", "/palette.png"):
        assert client.get(path).status_code == 401
    assert client.post("/close").status_code == 401
    assert client.get("/look.html").status_code == 404


def test_the_session_is_a_cookie_no_script_and_no_other_site_gets_at(client: httpx.Client) -> None:
    assert client.post("/enter", json={"pin": PIN}, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/enter", json={"pin": PIN}, headers={"host": "evil.example"}).status_code == 400
    assert client.post("/enter", content=b"x" * 1000).status_code == 422
    entered = client.post("/enter", json={"pin": PIN})
    assert entered.status_code == 200
    cookie = entered.headers["set-cookie"].lower()
    assert cookie.startswith("__host-technician=")
    assert all(word in cookie for word in ("secure", "httponly", "samesite=strict", "path=/"))
    for answer in (entered, client.get("/")):
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert 'id="pictures"' in client.get("/").text


def test_five_wrong_pins_end_the_page_and_a_new_opening_is_needed(gate: LookedAt) -> None:
    with serving(gate) as door, httpx.Client(verify=False, base_url=gate.address, timeout=20) as guesser:
        guesser.headers["origin"] = gate.address.rstrip("/")
        answers = [guesser.post("/enter", json={"pin": f"{number:08d}"}) for number in range(MOST_WRONG)]
        assert [answer.status_code for answer in answers] == [403] * (MOST_WRONG - 1) + [410]
        assert answers[0].json() == {"answer": "wrong", "tries_left": MOST_WRONG - 1}
        until(lambda: door.note["state"] == "closed")
        with pytest.raises(httpx.TransportError):
            httpx.get(gate.address, verify=False)


def test_nothing_listens_any_more_when_the_time_is_over(gate: LookedAt) -> None:
    with serving(gate) as door:
        assert httpx.get(gate.address, verify=False).status_code == 200
        gate.clock.advance(LASTS_S)
        until(lambda: door.note["state"] == "closed")
        with pytest.raises(httpx.TransportError):
            httpx.get(gate.address, verify=False)


def test_plain_http_and_old_tls_are_refused(client: httpx.Client, gate: LookedAt) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.get(gate.address.replace("https", "http"))
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", gate.port)) as plain, pytest.raises(ssl.SSLError):
        old.wrap_socket(plain)
    assert client.get("/").status_code == 200


@pytest.mark.timeout(60)
def test_a_look_is_the_gates_record_with_the_two_pictures_it_is_about(client: httpx.Client, gate: LookedAt) -> None:
    client.post("/enter", json={"pin": PIN})
    number = 0
    matching: list[Reading] = []
    said: dict[str, Any] = {}
    pictures: list[bytes] = []
    with living(gate.run):
        while not matching:  # at first the lane has nobody yet
            said, pictures = unpacked(client.get("/look", params={"after": number}).content)
            number, heat = said["number"], (said["record"] or {}).get("thermal")
            matching = [one for one in gate.readings() if heat and abs(one.taken_s - heat["taken_s"]) < 1e-3]
    reading, record = matching[0], said["record"]
    assert said["pictures"] == ["colour", "thermal", "laid"]
    shapes = [cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_COLOR) for one in pictures]
    assert [None if one is None else one.shape for one in shapes] == [(480, 640, 3), (360, 480, 3), (240, 320, 3)]
    face = min(record["faces"], key=lambda one: abs((one["answer"] or {}).get("raw_c", 0) - reading.raw_c))
    assert face["answer"]["core_c"] == pytest.approx(reading.core_c, abs=1e-4)
    assert face["placed"]["read"]["corrected_c"] == pytest.approx(reading.corrected_c, abs=1e-4)
    parts_c = face["placed"]["read"]["parts_c"].values()
    assert sum(part_c**2 for part_c in parts_c) ** 0.5 == pytest.approx(reading.uncertainty_c, abs=1e-3)
    assert record["reference"]["bodies"][0]["raw_c"] + record["reference"]["bodies"][0]["offset_c"] == pytest.approx(35.8)
    assert said["facts"]["references"][0]["setpoint_c"] == 35.8


@contextmanager
def started_again(gate: LookedAt) -> Iterator[Door]:
    """The page's process after it was ended and started again, with nothing opened anew."""
    door = door_of(gate.config, gate.rundir, gate.clock)
    assert door is not None
    with living(lambda stop: asyncio.run(door.keep(stop.is_set))):
        yield door


def test_who_is_in_stays_in_when_the_process_is_started_again_and_nobody_else_comes_in(gate: LookedAt) -> None:
    with httpx.Client(verify=False, timeout=20) as inside:
        with serving(gate):
            port = gate.port
            inside.headers["origin"] = gate.address.rstrip("/")
            assert inside.post(f"{gate.address}enter", json={"pin": PIN}).status_code == 200
        token = inside.cookies["__Host-technician"]
        assert token not in json.dumps(gate.rundir.board("session").read())
        with started_again(gate) as door:
            until(lambda: door.note["state"] == "open", 20.0)
            assert door.note["port"] == port, "the phone knows this address"
            assert inside.get(f"{gate.address}look").status_code == 200
            assert httpx.get(f"{gate.address}look", verify=False).status_code == 401
            again = httpx.post(
                f"{gate.address}enter", json={"pin": PIN}, headers={"origin": gate.address.rstrip("/")}, verify=False
            )
            assert again.status_code == 409, "the PIN is as used as it was"


def test_who_has_left_and_whose_time_is_over_is_not_let_in_by_a_new_process(gate: LookedAt) -> None:
    with serving(gate) as door, httpx.Client(verify=False, base_url=gate.address, timeout=20) as inside:
        inside.headers["origin"] = gate.address.rstrip("/")
        inside.post("/enter", json={"pin": PIN})
        inside.post("/close")
        until(lambda: door.note["state"] == "closed")
    with started_again(gate) as door:
        assert door._still_in() is None
    with serving(gate), httpx.Client(verify=False, base_url=gate.address, timeout=20) as inside:
        inside.headers["origin"] = gate.address.rstrip("/")
        inside.post("/enter", json={"pin": PIN})
    gate.clock.advance(LASTS_S)
    with started_again(gate) as door:
        assert door._still_in() is None


def test_who_closes_the_page_is_out(client: httpx.Client, gate: LookedAt) -> None:
    client.post("/enter", json={"pin": PIN})
    assert client.post("/close").status_code == 204
    with pytest.raises(httpx.TransportError):
        until(lambda: client.get("/look").status_code not in (200, 401))


def unpacked(body: bytes) -> tuple[dict[str, Any], list[bytes]]:
    parts, start = [], 0
    while start < len(body):
        (length,) = struct.unpack_from(">I", body, start)
        parts.append(body[start + 4 : start + 4 + length])
        start += 4 + length
    said: dict[str, Any] = json.loads(parts[0])
    return said, parts[1:]


def test_the_command_opens_the_page_of_a_gate_that_runs_and_of_no_other(
    gate: LookedAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.app.rundir.MEMORY", tmp_path)
    with pytest.raises(MenshenError, match="does not run on this machine"):
        open_page("sim-1", gate.clock)
    folder_of("sim-1").symlink_to(gate.folder)
    rundir, pause = gate.rundir, threading.Event()

    def kiosk(stop: threading.Event) -> None:
        door = door_of(gate.config, rundir, gate.clock)
        rings = rundir.board("gate"), rundir.colour_ring(gate.config)
        run_kiosk(KioskConfig(port=0), "sim-1", *rings, rundir.board("kiosk"), stop, door)

    def passing(seconds: float) -> None:
        pause.wait(seconds)
        gate.clock.advance(seconds)

    with (gate.folder / "lock").open("w") as lock, living(kiosk):
        fcntl.flock(lock, fcntl.LOCK_EX)
        until(lambda: "port" in (rundir.board("kiosk").read() or {}), 20.0)
        opened = open_page("sim-1", gate.clock, passing)
        address = opened.addresses[0]
        origin, port = address.rstrip("/"), int(address.rstrip("/").rpartition(":")[2])
        entered = httpx.post(f"{address}enter", json={"pin": opened.pin}, headers={"origin": origin}, verify=False, timeout=20)
        assert entered.status_code == 200
        presented = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", port)))
        assert opened.fingerprint.replace(":", "").lower() == hashlib.sha256(presented).hexdigest()
