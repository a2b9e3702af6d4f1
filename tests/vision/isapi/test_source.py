"""A network thermal camera over real HTTP: who it is, its pictures, and everything that goes wrong, in words."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contract.errors import SettingsError
from contract.settings_file import check
from contract.verdicts import Reason, Region
from edge.app.capture_parts import thermal_opener
from edge.app.gate_part import warmth_of
from edge.app.temperature import site_rule_of
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.config.sources import IsapiThermal
from edge.errors import SourceError
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.policy.reading import Reading
from edge.policy.rule import MIN_SAMPLES
from edge.vision.thermal import RawThermal
from edge.vision.thermal.isapi.client import IsapiClient
from edge.vision.thermal.isapi.lockout import REST_S, Lockout
from edge.vision.thermal.isapi.pace import SLOWEST_S, Pace
from edge.vision.thermal.isapi.source import IsapiSource, open_isapi
from edge.vision.thermal.lepton.newest import Arrival
from edge.vision.visit_reading import combine
from tests.clocks import FakeClock
from tests.sim.gates import simulated_gate
from tests.vision.isapi.camera import PASSWORD, PICTURE, USER, Camera, serving
from tests.vision.isapi.wire import COLS, ROWS, float32, int16, room
from tests.vision.lepton.test_check import gate

OPEN: list[IsapiSource] = []


@pytest.fixture(autouse=True)
def every_reader_ends() -> Iterator[None]:
    yield
    while OPEN:
        OPEN.pop().close()


def settings(folder: Path, url: str, password: str = PASSWORD) -> IsapiThermal:
    (folder / "password").write_text(password + "\n", encoding="utf-8")
    return IsapiThermal(source="isapi", url=url, user=USER, password_file=folder / "password", rows=ROWS, cols=COLS, period_s=0.1)


def opened(folder: Path, camera: Camera, password: str = PASSWORD, lockout: Lockout | None = None) -> IsapiSource:
    source = open_isapi(settings(folder, camera.url, password), SystemClock(), lockout or Lockout())
    OPEN.append(source)
    return source


def first(source: IsapiSource) -> RawThermal:
    for _ in range(50):
        shot = source.read()
        if shot is not None:
            return shot
    raise AssertionError("no picture came")


@pytest.mark.parametrize("algorithms", [("MD5",), ("MD5", "SHA-256")])
@pytest.mark.parametrize("closes", [False, True])
def test_pictures_come_from_a_camera_that_wants_a_digest(tmp_path: Path, algorithms: tuple[str, ...], closes: bool) -> None:
    with serving(Camera(algorithms=algorithms, closes=closes)) as camera:
        source = opened(tmp_path, camera)
        shots = [first(source) for _ in range(3)]
        source.close()
        assert camera.refused == 0
    assert int(shots[0].counts[50, 80]) == 30_765
    assert not np.array_equal(shots[0].counts, shots[1].counts)
    assert 0.0 <= shots[0].ffc_age_s < shots[2].ffc_age_s


def test_a_connection_and_a_challenge_that_are_good_are_used_again() -> None:
    with serving(Camera()) as camera:
        client = IsapiClient(camera.url, USER, PASSWORD)
        for _ in range(3):
            client.get(PICTURE)
        client.close()
        assert len(camera.asked) == 4, "one request more, for the challenge"


def test_two_bytes_a_pixel_are_understood_as_four_are(tmp_path: Path) -> None:
    with serving(Camera(picture=lambda: int16(room()))) as camera:
        assert int(first(opened(tmp_path, camera)).counts[50, 80]) == pytest.approx(30_765, abs=1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda camera: setattr(camera, "whole_pictures", "false"), "DS-2TD2637B-10/P, which has no thermometry"),
        (lambda camera: setattr(camera, "unit", "degreeFahrenheit"), "set to degreeFahrenheit.*degrees Celsius"),
        (lambda camera: setattr(camera, "device", "<html><body>Welcome</html>"), "no XML.*no camera of the Hikvision family"),
        (lambda camera: setattr(camera, "device", "<!DOCTYPE a><a/>"), "declares things"),
        (lambda camera: setattr(camera, "scheme", "Basic"), "offers no digest"),
        (lambda camera: camera.fails.update({"/ISAPI/Thermal/capabilities": (404, "")}), "does not know this request.*404"),
    ],
)
def test_a_wrong_camera_is_refused_when_it_is_opened(tmp_path: Path, change: Callable[[Camera], None], words: str) -> None:
    with serving(Camera()) as camera:
        change(camera)
        with pytest.raises(SourceError, match=words):
            opened(tmp_path, camera)


@pytest.mark.parametrize(
    ("status", "text", "words"),
    [
        (403, "<ResponseStatus><subStatusCode>notSupport</subStatusCode></ResponseStatus>", "no thermometry.*403, notSupport"),
        (403, '{"subStatusCode": "lowPrivilege"}', "does not allow it.*403, lowPrivilege.*licensed"),
        (503, "<ResponseStatus><subStatusCode>deviceBusy</subStatusCode></ResponseStatus>", "busy.*deviceBusy"),
        (500, "", "answers with status 500"),
    ],
)
def test_a_camera_that_gives_no_temperatures_says_why(tmp_path: Path, status: int, text: str, words: str) -> None:
    with serving(Camera(fails={PICTURE: (status, text)})) as camera:
        source = opened(tmp_path, camera)
        with pytest.raises(SourceError, match=words):
            first(source)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (lambda: float32(room())[:-3000], "no picture: .*cut"),
        (lambda: b"<html></html>", "has no parts"),
        (lambda: float32(room(), jpegPicWidth=COLS // 2), "are no 80x120"),
        (lambda: float32(room() * 1.8 + 32), "degrees Fahrenheit"),
    ],
)
def test_an_answer_that_is_no_picture_ends_the_reading_with_the_reason(
    tmp_path: Path, picture: Callable[[], bytes], words: str
) -> None:
    with serving(Camera(picture=picture)) as camera:
        source = opened(tmp_path, camera)
        with pytest.raises(SourceError, match=words):
            first(source)


def test_a_wrong_password_is_tried_once_and_not_again_for_five_minutes(tmp_path: Path) -> None:
    """A camera locks the account after a few; a gate opens a camera that is missing every second."""
    clock, lockout = FakeClock(), Lockout()
    with serving(Camera()) as camera:
        for _ in range(20):
            with pytest.raises(SourceError, match="does not accept this user and password"):
                open_isapi(settings(tmp_path, camera.url, "wrong"), clock, lockout)
        assert camera.refused == 1
        clock.advance(REST_S + 1)
        with pytest.raises(SourceError, match="does not accept"):
            open_isapi(settings(tmp_path, camera.url, "wrong"), clock, lockout)
        assert camera.refused == 2
        OPEN.append(open_isapi(settings(tmp_path, camera.url), clock, lockout))
        assert camera.refused == 2, "a corrected password is tried at once"


def test_a_camera_that_does_not_answer_is_told_after_the_deadline() -> None:
    with serving(Camera(hangs=threading.Event())) as camera:
        client = IsapiClient(camera.url, USER, PASSWORD, deadline_s=0.05)
        with pytest.raises(SourceError, match=r"no whole answer within 0\.05 s"):
            client.get(PICTURE)


def test_a_camera_that_is_not_there_is_told() -> None:
    with serving(Camera()) as camera:
        url = camera.url
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:\d+: the camera cannot be reached.*thermal\.url"):
        IsapiClient(url, USER, PASSWORD).get(PICTURE)


class Answers:
    """Pictures as they arrive, without a network; a clock moves with them."""

    def __init__(self, clock: FakeClock, bodies: list[bytes], every_s: float = 0.8) -> None:
        self.gone, self.skipped = False, 0
        self._clock, self._bodies, self._every_s = clock, bodies, every_s

    def take(self, timeout_s: float) -> Arrival | None:
        self._clock.advance(self._every_s if self._bodies else timeout_s)
        return Arrival(self._bodies.pop(0), self._clock.now_s) if self._bodies else None

    def close(self) -> None:
        pass


def read_all(tmp_path: Path, bodies: list[bytes]) -> list[RawThermal | None]:
    clock, count = FakeClock(), len(bodies)
    source = IsapiSource(settings(tmp_path, "http://camera"), clock, Answers(clock, bodies))
    return [source.read() for _ in range(count)]


def test_a_picture_that_comes_again_is_no_new_sample(tmp_path: Path) -> None:
    shots = read_all(tmp_path, [float32(room(number)) for number in (1, 1, 2, 2, 3)])
    assert [shot is not None for shot in shots] == [True, False, True, False, True]


def test_a_shutter_event_is_told_by_the_camera_or_seen_as_a_step(tmp_path: Path) -> None:
    bodies = [float32(room(1)), float32(room(1), isFreezedata=True), float32(room(2)), float32(room(3) + 0.6)]
    shots = read_all(tmp_path, bodies)
    assert [None if shot is None else shot.ffc_age_s for shot in shots] == pytest.approx([0.8, 0.0, 0.8, 0.0])
    assert shots[1] is not None
    assert shots[0] is not None
    assert np.array_equal(shots[1].counts, shots[0].counts), "the last picture stands"


def test_a_pixel_without_a_value_is_a_count_of_zero(tmp_path: Path) -> None:
    celsius = room()
    celsius[3, 4] = np.nan
    (shot,) = read_all(tmp_path, [float32(celsius)])
    assert shot is not None
    assert shot.counts[3, 4] == 0


def test_a_camera_that_repeats_itself_for_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="one and the same picture"):
        read_all(tmp_path, [float32(room())] * 10)


def test_pictures_that_are_too_slow_for_a_verdict_are_told_once(caplog: pytest.LogCaptureFixture) -> None:
    quick, slow = Pace("http://camera"), Pace("http://camera")
    for number in range(30):
        quick.new(number * 0.9)
        slow.new(number * 1.05)
    assert (quick.too_slow, slow.too_slow) == (False, True)
    assert [record.getMessage().split(";")[0] for record in caplog.records] == [
        "http://camera: a new picture comes every 1.05 s only"
    ]


def test_check_names_what_is_missing(tmp_path: Path) -> None:
    thermal = 'source = "isapi"\nurl = "http://127.0.0.1:9"\nuser = "gate"\nrows = 120\ncols = 160\npassword_file = "{}"'
    opener = thermal_opener(gate(tmp_path, thermal.format(tmp_path / "nothing")), 0.0, SystemClock())
    with pytest.raises(SourceError, match=r"thermal\.password_file.*cannot be read.*chmod 600"):
        opener()
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(SourceError, match="the password file is empty"):
        thermal_opener(gate(tmp_path, thermal.format(tmp_path / "empty")), 0.0, SystemClock())()
    with pytest.raises(SettingsError, match=r"`thermal\.url`"):
        gate(tmp_path, thermal.format("x").replace("127.0.0.1:9", "admin:secret@camera"))


def test_the_gate_s_eye_bears_pictures_more_than_a_second_apart(tmp_path: Path) -> None:
    """The watch for frozen sources looks for one picture that stands for a second: here every one does."""
    values = json.loads(simulated_gate().model_dump_json())
    thermal = {"source": "isapi", "url": "http://camera", "user": "gate", "password_file": "x", "rows": ROWS, "cols": COLS}
    values |= {"thermal": thermal, "uplink": {"database": "unused.db"}, "core": {}}
    values["reference"] |= {"row": 13.5, "col": 13.5, "radius_px": 5.0, "setpoint_c": 34.6}
    config = check(values, GateConfig, where="gate")
    ring = FrameRing.create(tmp_path / "ring", FrameShape(ROWS, COLS, 1, "uint16"))
    warmth = warmth_of(config, ring, site_rule_of(config), 0.0)
    assert warmth is not None
    faults = []
    for tenth in range(120):
        now_s = tenth / 10
        if tenth % 11 == 3:
            ring.write(np.rint((room(tenth) + 273.15) * 100).astype(np.uint16), now_s - 0.2, 60.0)
        warmth.look(now_s)
        faults.append(warmth.fault(now_s))
    assert set(faults[30:]) == {None}
    assert warmth.fault(14.5) is Reason.THERMAL_LOST, "silence is still found"
    for tenth in range(146, 180, 11):
        ring.write(np.full((ROWS, COLS), 29_500, np.uint16) + (np.arange(COLS) % 7).astype(np.uint16), tenth / 10 - 0.2, 60.0)
        warmth.look(tenth / 10)
    assert warmth.fault(18.0) is Reason.REFERENCE_LOST, "and so is a body that is gone"


@pytest.mark.parametrize(("every_s", "enough"), [(0.114, True), (0.9, True), (SLOWEST_S, True), (1.05, False)])
def test_three_readings_within_two_seconds_need_a_picture_every_0_95_s(every_s: float, enough: bool) -> None:
    one = Reading(33.0, 34.0, 36.0, 0.2, Region.FOREHEAD, 0.6, 1, 0.0, reference_seen=True)
    combined = combine([replace(one, taken_s=number * every_s) for number in range(9)])
    assert (combined.samples >= MIN_SAMPLES) is enough
