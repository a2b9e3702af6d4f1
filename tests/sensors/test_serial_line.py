"""Sensors on a serial line of their own: the shipped files say what their sources say, and are read over a real line."""

from __future__ import annotations

import os
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import SettingsError
from edge.config.quantities import possible
from edge.config.sensors import SerialSensor
from edge.config.serial_frame import CHECKS, SerialFrame, load_frame
from edge.errors import BusError
from edge.sensors.devices.serial_line import SerialDevice, SerialWire, checksum, values
from edge.sensors.reading import Trouble

SHIPPED = Path(__file__).resolve().parents[2] / "firmware_configs" / "serial"
NAMES = sorted(file.stem for file in SHIPPED.glob("*.toml"))
HEARD = {
    "mh_z19": "FF 86 02 60 47 00 00 00 D1",
    "dfrobot_sen0472": "FF 86 00 2A 2A 01 02 1C 23",
    "dfrobot_sen0468": "FF 86 00 0F 31 01 02 10 37",
    "plantower_pms5003": "42 4D 00 1C 0004 0005 0005 0004 0005 0003 7E00 E200 1700 0200 0000 0097 9700 036C",
}
"""Whole answers, their checksums added up by hand as the sources say."""
SAID: dict[str, dict[str, float]] = {
    "mh_z19": {"co2_ppm": 608.0},
    "dfrobot_sen0472": {"ozone_ppm": 4.2},
    "dfrobot_sen0468": {"chlorine_mg_m3": 4.35},
    "plantower_pms5003": {"pm25_ug_m3": 5.0, "pm10_ug_m3": 3.0},
}


def answer_of(name: str) -> bytes:
    return bytes.fromhex(HEARD[name])


@contextmanager
def line(answers: Callable[[bytes], bytes], bytes_each: list[int]) -> Iterator[tuple[str, list[bytes]]]:
    """A device at the other end, which hears so many bytes and says what `answers` returns; the path, and what it heard."""
    near, far = os.openpty()
    tty.setraw(near)
    tty.setraw(far)
    heard: list[bytes] = []

    def device() -> None:
        for count in bytes_each:
            words = b""
            while len(words) < count:
                words += os.read(near, count - len(words))
            heard.append(words)
            os.write(near, answers(words))

    peer = threading.Thread(target=device)
    peer.start()
    try:
        yield os.ttyname(far), heard
    finally:
        peer.join(5)
        os.close(near)
        os.close(far)


def sensor(driver: str, device: str, **more: object) -> SerialSensor:
    return SerialSensor.model_validate({"name": "hall", "driver": driver, "device": device, "deadline_s": 2.0} | more)


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_frame_is_read_and_its_question_carries_its_own_checksum(name: str) -> None:
    told = load_frame(name)
    size = CHECKS[told.checksum]
    for words in (told.ask, told.begin):
        assert not words or checksum(told, words[:-size]) == words[-size:]


@pytest.mark.parametrize("name", NAMES)
def test_a_sensor_is_read_over_its_line(name: str) -> None:
    told = load_frame(name)
    questions = [one for one in (told.begin, told.ask) if one]
    with line(lambda words: answer_of(name) if words == told.ask else b"\xff\x78\x01", [len(one) for one in questions]) as (
        at,
        heard,
    ):
        one = sensor(name, at)
        with closing(SerialWire(at, told, one.deadline_s)) as wire:
            assert SerialDevice(one, told).read(wire) == pytest.approx(SAID[name])
    assert heard == questions


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_one_wrong_bit_is_no_value_of_anything(name: str, data: st.DataObject) -> None:
    told, damaged = load_frame(name), bytearray(answer_of(name))
    end = told.length - CHECKS[told.checksum]
    last = end - 1 if told.checksum_to is None else told.checksum_to
    byte = data.draw(st.sampled_from([*range(told.checksum_from, last + 1), *range(end, told.length)]))
    damaged[byte] ^= 1 << data.draw(st.integers(0, 7))
    assert set(values(told, bytes(damaged)).values()) <= {Trouble.CHECKSUM, Trouble.WRONG_PAYLOAD}


@pytest.mark.parametrize("name", NAMES)
@given(raw=st.binary(max_size=40), right=st.booleans())
def test_any_bytes_are_a_finite_value_or_a_trouble(name: str, raw: bytes, right: bool) -> None:
    told = load_frame(name)
    if right:  # the checksum and the first bytes are, and the rest is anything
        data = (told.starts + raw).ljust(told.length, b"\x00")[: told.length - CHECKS[told.checksum]]
        raw = data + checksum(told, data)
    said = values(told, raw)
    assert set(said) == {one.quantity for one in told.values}
    assert all(isinstance(value, Trouble) or possible("count", value) for value in said.values())


def test_a_sensor_of_another_gas_is_not_believed() -> None:
    told = load_frame("dfrobot_sen0472")
    assert values(told, answer_of("dfrobot_sen0468")) == {"ozone_ppm": Trouble.WRONG_PAYLOAD}


def test_an_answer_that_lost_two_bytes_on_the_way_is_none() -> None:
    """As a PMS5003 was heard to do: https://forums.pimoroni.com/t/pms5003-sensor-appears-to-be-sending-truncated-messages/15841."""
    heard = [66, 77, 0, 28, 0, 4, 0, 5, 0, 5, 0, 4, 0, 5, 0, 3, 126, 0, 226, 0, 23, 0, 2, 0, 0, 0, 0, 151, 0, 2, 66, 77]
    assert set(values(load_frame("plantower_pms5003"), bytes(heard)).values()) == {Trouble.CHECKSUM}


def test_a_device_that_lost_its_power_is_begun_anew() -> None:
    """It speaks by itself again, and its first words are not an answer."""
    told, told_anew = load_frame("dfrobot_sen0472"), []

    def device(words: bytes) -> bytes:
        told_anew.append(words == told.begin)
        return b"\xff\x2a\x01" + bytes(6) if len(told_anew) == 2 else answer_of("dfrobot_sen0472")

    with line(device, [9, 9, 9, 9, 9]) as (at, _):
        one = sensor("dfrobot_sen0472", at)
        with closing(SerialWire(at, told, one.deadline_s)) as wire:
            device_here = SerialDevice(one, told)
            assert device_here.read(wire) == {"ozone_ppm": Trouble.WRONG_PAYLOAD}
            assert device_here.read(wire) == {"ozone_ppm": pytest.approx(4.2)}
            assert device_here.read(wire) == {"ozone_ppm": pytest.approx(4.2)}
    assert told_anew == [True, False, True, False, False]


def test_a_line_on_which_nobody_speaks_does_not_answer() -> None:
    near, far = os.openpty()
    told = load_frame("mh_z19")
    try:
        with closing(SerialWire(os.ttyname(far), told, 0.05)) as wire, pytest.raises(BusError, match="does not answer"):
            wire.ask(told.ask, told.length)
    finally:
        os.close(near)
        os.close(far)


def test_a_line_that_was_unplugged_is_gone() -> None:
    near, far = os.openpty()
    with closing(SerialWire(os.ttyname(far), load_frame("mh_z19"), 0.05)) as wire:
        os.close(near)
        with pytest.raises(BusError, match="the line is gone"):
            wire.say(b"1")
    os.close(far)


@pytest.mark.parametrize("kind", sorted(CHECKS))
@given(data=st.binary(min_size=1, max_size=30))
def test_a_checksum_takes_the_bytes_it_is_said_to_take(kind: str, data: bytes) -> None:
    length = len(data) + CHECKS[kind]
    asked = {"device": "any", "source": "hypothesis", "ask": "01", "length": length, "checksum": kind}
    told = SerialFrame.model_validate(asked | {"values": [{"quantity": "count", "at": 0, "type": "uint8"}]})
    assert values(told, data + checksum(told, data)) == {"count": data[0]}


def test_checksums_are_what_they_are_called() -> None:
    data = bytes.fromhex("01 02 FF 80")
    said = {"none": "", "sum8": "82", "negated_sum8": "7E", "xor8": "7C", "sum16": "0182"}
    for kind, digits in said.items():
        asked = {"device": "any", "source": "by hand, on paper", "ask": "01", "length": 4 + CHECKS[kind], "checksum": kind}
        told = SerialFrame.model_validate(asked | {"values": [{"quantity": "count", "at": 0, "type": "uint8"}]})
        assert checksum(told, data) == bytes.fromhex(digits)


@pytest.mark.parametrize(
    ("was", "instead", "words"),
    [
        ('quantity = "co2_ppm"', 'quantity = "co2"', "values.0.quantity"),
        ('unit = "ppm"', 'unit = "%"', "is no unit of it"),
        ("checksum_from = 1", "checksum_from = 1\nfixd = []", "Did you mean `fixed`"),
        ("at = 2", "at = 7", "ends at byte 8, behind the 8 bytes"),
        ('ask = "FF 01', 'ask = "FG 01', "is not bytes in hexadecimal"),
        ("length = 9", "length = 9\nfixed = [{ at = 8, byte = 0 }]", "byte 8 lies behind"),
        ("length = 9", "length = 2", "starts has 2 bytes"),
        ("checksum_from = 1", "checksum_from = 8", "before its checksum"),
        ("checksum_from = 1", "checksum_from = 1\nchecksum_to = 8", "checksum_to is 8"),
        ("checksum_from = 1", "checksum_from = 4\nchecksum_to = 3", "checksum_to is 3"),
        ('checksum = "negated_sum8"', 'checksum = "sum9"', "checksum"),
        ("length = 9", "lenght = 9", "Did you mean `length`"),
    ],
)
def test_a_wrong_frame_is_refused_with_its_file_and_key(tmp_path: Path, was: str, instead: str, words: str) -> None:
    right = (SHIPPED / "mh_z19.toml").read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    file.write_text(right.replace(was, instead, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_frame(str(file))
    assert str(file) in str(refused.value)
    assert words in f"{refused.value} {refused.value.remedy}"


def test_a_frame_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match="no serial frame 'mh_z20'") as refused:
        load_frame("mh_z20")
    assert "mh_z19" in str(refused.value.remedy)
