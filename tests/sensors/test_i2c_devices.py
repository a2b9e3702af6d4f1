"""Sensors on I2C: the shipped files say what their sources say, and are read over a bus that damages, drops and forgets."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import SettingsError
from edge.config.i2c_exchange import load_exchange
from edge.config.sensors import I2cSensor
from edge.errors import BusError
from edge.sensors.devices.byte_values import values_of
from edge.sensors.devices.crc8_words import crc8
from edge.sensors.devices.i2c_device import I2cDevice, data_of
from edge.sensors.reading import Trouble

SHIPPED = Path(__file__).resolve().parents[2] / "firmware_configs" / "i2c"
NAMES = sorted(file.stem for file in SHIPPED.glob("*.toml"))


def with_crc(data: bytes) -> bytes:
    return b"".join((word := data[at : at + 2]) + bytes([crc8(word)]) for at in range(0, len(data), 2))


DATA: dict[str, bytes] = {
    "scd4x": bytes.fromhex("01F4 6667 5EB9"),  # 500 ppm, 25 degrees, 37 %: the example of its datasheet
    "sht4x": bytes.fromhex("6667 8000"),
    "sht3x": bytes.fromhex("6667 8000"),
    "sen5x": struct.pack(">4H4h", 31, 47, 52, 55, 4521, 4730, 1000, 10),
    "sps30": struct.pack(">10f", 3.1, 4.7, 5.2, 5.5, 20.0, 24.0, 24.5, 24.6, 24.7, 0.6),
    "dfrobot_sen0321": (87).to_bytes(2, "big"),
}
"""Answers without their checksums."""
SAID: dict[str, dict[str, float]] = {
    "scd4x": {"co2_ppm": 500.0, "air_c": 25.0, "humidity_pct": 37.0},
    "sht4x": {"air_c": 25.0, "humidity_pct": 56.5},
    "sht3x": {"air_c": 25.0, "humidity_pct": 50.0},
    "sen5x": {"pm25_ug_m3": 4.7, "pm10_ug_m3": 5.5, "humidity_pct": 45.21, "air_c": 23.65},
    "sps30": {"pm25_ug_m3": 4.7, "pm10_ug_m3": 5.5},
    "dfrobot_sen0321": {"ozone_ppm": 0.087},
}
WRITTEN: dict[str, list[str]] = {
    "scd4x": ["3f86", "21b1", "e4b8", "ec05"],
    "sht4x": ["fd"],
    "sht3x": ["2400"],
    "sen5x": ["0021", "0202", "03c4"],
    "sps30": ["00100300ac", "0202", "0300"],
    "dfrobot_sen0321": ["0300", "0400", "09"],
}
"""What each hears from its first reading to its first value, as its source says."""
ADDRESSES = {"scd4x": 0x62, "sht4x": 0x44, "sht3x": 0x44, "sen5x": 0x69, "sps30": 0x69, "dfrobot_sen0321": 0x73}
READY = {"scd4x": (b"\xe4\xb8", b"\x80\x06", b"\x80\x00"), "sen5x": (b"\x02\x02", b"\x00\x01", b"\x00\x00")}
READY["sps30"] = READY["sen5x"]
"""The question, and what a device says that has measured anew and one that has not."""


def answer_of(name: str, data: bytes) -> bytes:
    return with_crc(data) if load_exchange(name).checksum == "crc8_words" else data


@dataclass
class Chip:
    """One device as it answers on the wire, and what it was told. `there` False: nobody acknowledges. `damage` flips a bit."""

    name: str
    ready: bool = True
    there: bool = True
    damage: bool = False
    begun: bool = False
    data: bytes = b""
    written: list[str] = field(default_factory=list)
    last: bytes = b""

    def write(self, address: int, data: bytes) -> None:
        if not self.there or address != ADDRESSES[self.name]:
            raise BusError("nobody acknowledges", where="i2c")
        self.written.append(data.hex())
        self.last = data
        self.begun |= data.hex() in WRITTEN[self.name][:2]

    def read(self, address: int, count: int) -> bytes:
        assert address == ADDRESSES[self.name]
        asked, yes, no = READY.get(self.name, (b"", b"", b""))
        if self.last == asked:
            return with_crc(yes if self.ready and self.begun else no)[:count]
        assert self.last.hex() == WRITTEN[self.name][-1]
        answer = answer_of(self.name, self.data or DATA[self.name])
        return (bytes([answer[0] ^ 0x10]) + answer[1:] if self.damage else answer)[:count]

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        self.write(address, data)
        return self.read(address, count)

    def close(self) -> None: ...


def device(name: str, **more: object) -> I2cDevice:
    return I2cDevice(I2cSensor.model_validate({"name": "hall", "driver": name} | more), load_exchange(name))


def read_until_it_says(sensor: I2cDevice, chip: Chip) -> dict[str, float | Trouble]:
    return sensor.read(chip) or sensor.read(chip)


def test_every_shipped_file_is_looked_at_here() -> None:
    assert NAMES == sorted(DATA) == sorted(SAID) == sorted(WRITTEN)


@pytest.mark.parametrize("name", NAMES)
def test_a_sensor_is_begun_and_read_as_its_source_says(name: str) -> None:
    chip, sensor = Chip(name), device(name)
    assert read_until_it_says(sensor, chip) == pytest.approx(SAID[name], abs=0.01)
    assert chip.written == WRITTEN[name]
    assert sensor.quantities == tuple(SAID[name])
    assert read_until_it_says(sensor, chip) == pytest.approx(SAID[name], abs=0.01)
    assert chip.written[len(WRITTEN[name]) :] == WRITTEN[name][len(load_exchange(name).begin) :], "it is not begun again"


def test_a_sensor_at_another_address_is_read_there() -> None:
    with pytest.raises(BusError):
        device("sht4x", address=0x45).read(Chip("sht4x"))


@pytest.mark.parametrize("name", NAMES)
def test_a_sensor_that_was_pulled_off_the_bus_does_not_answer(name: str) -> None:
    with pytest.raises(BusError):
        device(name).read(Chip(name, there=False))


def test_an_answer_damaged_on_the_wire_is_told_as_such_and_the_next_one_is_good() -> None:
    chip, sensor = Chip("sht4x", damage=True), device("sht4x")
    assert sensor.read(chip) == {"air_c": Trouble.CHECKSUM, "humidity_pct": Trouble.CHECKSUM}
    chip.damage = False
    assert sensor.read(chip)["air_c"] == pytest.approx(25.0, abs=0.01)


def test_the_example_of_the_scd4x_s_datasheet_is_read_with_its_own_checksums() -> None:
    answer, told = bytes.fromhex("01F433 6667A2 5EB93C"), load_exchange("scd4x")
    assert data_of(told, answer, told.length) == DATA["scd4x"]
    assert answer == with_crc(DATA["scd4x"])


@pytest.mark.parametrize("name", sorted(READY))
def test_nothing_is_said_before_it_has_measured(name: str) -> None:
    chip, sensor = Chip(name, ready=False), device(name)
    assert [sensor.read(chip) for _ in range(3)] == [{}, {}, {}]
    assert chip.written.count(WRITTEN[name][0]) == 1
    chip.ready = True
    assert sensor.read(chip) == pytest.approx(SAID[name], abs=0.01)


def test_a_device_that_was_without_power_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    chip, sensor, now_s = Chip("scd4x"), device("scd4x"), [100.0]
    monkeypatch.setattr("edge.sensors.devices.i2c_device.time.monotonic", lambda: now_s[0])
    assert read_until_it_says(sensor, chip)
    chip.begun = False
    now_s[0] += 19.0
    assert sensor.read(chip) == {}
    assert chip.written.count("21b1") == 1
    now_s[0] += 2.0
    assert sensor.read(chip) == {}
    assert chip.written.count("21b1") == 2
    assert sensor.read(chip)["co2_ppm"] == 500.0


def test_a_device_on_a_bus_that_was_opened_anew_is_begun_anew() -> None:
    sensor = device("sen5x")
    assert read_until_it_says(sensor, Chip("sen5x"))
    again = Chip("sen5x")
    assert read_until_it_says(sensor, again)
    assert again.written == WRITTEN["sen5x"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scd4x", "0000 6667 5EB9", {"co2_ppm": Trouble.NOT_MEASURED}),
        ("sen5x", "FFFF FFFF FFFF FFFF 7FFF 7FFF 7FFF 7FFF", dict.fromkeys(SAID["sen5x"], Trouble.NOT_MEASURED)),
        ("sps30", "00" * 4 + "7FC00000" + "00" * 4 + "44800000" + "00" * 24, {"pm25_ug_m3": Trouble.NOT_MEASURED}),
        ("sps30", "00" * 12 + "447A4000" + "00" * 24, {"pm10_ug_m3": Trouble.OUT_OF_RANGE}),  # 1001
        ("sht4x", "6667 0000", {"humidity_pct": 0.0}),  # -6 %, to be cropped as its datasheet says
        ("sht4x", "6667 FFFF", {"humidity_pct": 100.0}),
        ("dfrobot_sen0321", "FFFF", {"ozone_ppm": Trouble.OUT_OF_RANGE}),
        ("dfrobot_sen0321", "2711", {"ozone_ppm": Trouble.OUT_OF_RANGE}),
    ],
)
def test_what_is_no_measurement_is_no_value(name: str, data: str, said: dict[str, object]) -> None:
    heard = read_until_it_says(device(name), Chip(name, data=bytes.fromhex(data)))
    assert heard == heard | said


@pytest.mark.parametrize("name", [name for name in NAMES if load_exchange(name).checksum != "none"])
@given(data=st.data())
def test_one_wrong_bit_is_no_value_of_anything(name: str, data: st.DataObject) -> None:
    told, damaged = load_exchange(name), bytearray(answer_of(name, DATA[name]))
    bit = data.draw(st.integers(0, len(damaged) * 8 - 1))
    damaged[bit // 8] ^= 1 << bit % 8
    assert data_of(told, bytes(damaged), told.length) is Trouble.CHECKSUM


@pytest.mark.parametrize("name", NAMES)
@given(raw=st.binary(max_size=64), right=st.booleans())
def test_any_bytes_are_a_finite_value_or_a_trouble(name: str, raw: bytes, right: bool) -> None:
    told = load_exchange(name)
    if right:  # checksum and length are, and the rest is anything
        raw = answer_of(name, raw.ljust(told.data(told.length), b"\x00")[: told.data(told.length)])
    data = data_of(told, raw, told.length)
    if isinstance(data, Trouble):
        return
    assert all(isinstance(value, Trouble) or math.isfinite(value) for value in values_of(told.values, data).values())


@pytest.mark.parametrize(
    ("was", "instead", "words"),
    [
        ('quantity = "co2_ppm"', 'quantity = "co2"', "values.0.quantity"),
        ("address = 0x62", "address = 0xC4", "address"),
        ('write = "3F 86"', 'write = "3F 8"', "is not bytes in hexadecimal"),
        ("length = 9", "length = 8", "have a multiple of 3"),
        ("length = 3", "length = 2", "ready.length is 2"),
        ("mask = 0x07FF", "mask = 0x107FF", "more bits than the 2 bytes"),
        ("length = 9", "length = 6", "ends at byte 5, behind the 4 bytes"),
        ("wait_ms = 500", "wait_ms = 50000", "begin.0.wait_ms"),
        ("begin_again_s", "begin_agan_s", "Did you mean `begin_again_s`"),
        ('unit = "%"', 'unit = "%"\ncrop = [100, 0]', "crop is the least and the most"),
        ("failed = [0]", "failed = [0x10000]", "uint16 is never 65536"),
        ("offset = -45.0", "offset = nan", "values.1.offset"),
        ("scale = 0.0026", "scale = inf # 0.0026", "values.1.scale"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(tmp_path: Path, was: str, instead: str, words: str) -> None:
    right = (SHIPPED / "scd4x.toml").read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    file.write_text(right.replace(was, instead, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_exchange(str(file))
    assert str(file) in str(refused.value)
    assert words in f"{refused.value} {refused.value.remedy}"


def test_a_file_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match="no I2C exchange 'scd5x'") as refused:
        load_exchange("scd5x")
    assert "scd4x" in str(refused.value.remedy)


def test_a_reading_takes_no_longer_than_it_is_given() -> None:
    sensor = device("scd4x", deadline_s=1.0)
    assert sensor.patience_s == pytest.approx(1.502)
