"""Thermal sensors on the I2C buses, told by what only they answer. No setting of any chip is changed: they are only asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from edge.app.hardware.found import Found, Kind
from edge.app.hardware.machine import Machine
from edge.buses.i2c import I2c
from edge.errors import BusError, SourceError
from edge.vision.thermal.amg8833 import PIXEL_BYTES, T01L, TTHL, pixels_c, thermistor_c
from edge.vision.thermal.lepton.cci import ADDRESS, BOOTED, STATUS, Cci
from edge.vision.thermal.lepton.layout import LEPTON_3
from edge.vision.thermal.lepton.models import MODELS, Model
from edge.vision.thermal.lepton.prepare import part_number_of
from edge.vision.thermal.melexis.mlx90641_parameters import MODEL_BIT

_MODEL_WORD: Final = 0x240A
_MELEXIS: Final = 0x33
_GRID_EYE: Final = (0x69, 0x68)
_DIE_C: Final = (-20.0, 80.0)
_ROOM_C: Final = (-20.0, 100.0)


def sensors(machine: Machine, in_use: Collection[tuple[int, int]] = ()) -> Iterator[Found]:
    """Of every bus. `in_use`: bus and address of what the gate reads now, and nobody else may talk to."""
    for node in machine.dev("i2c-*"):
        number = int(node.name.removeprefix("i2c-"))
        try:
            bus = machine.i2c(number)
        except BusError:
            continue
        try:
            yield from (found for probe in (_melexis, _grid_eye, _lepton) for found in probe(machine, bus, number, in_use))
        finally:
            bus.close()


def _melexis(_: Machine, bus: I2c, number: int, in_use: Collection[tuple[int, int]]) -> Iterator[Found]:
    word = _read(bus, number, _MELEXIS, _MODEL_WORD.to_bytes(2, "big"), 2, in_use)
    if word is None:
        return
    if int.from_bytes(word, "big") & MODEL_BIT:
        yield _sensor("Melexis MLX90641", "mlx90641", number, _MELEXIS, {"fov_deg": 55.0})
    else:
        told = {"fov_deg": 55.0, "noise_c": 0.7, "max_uncertainty_c": 2.0, "min_face_px": 6.0}
        yield _sensor("Melexis MLX90640", "mlx90640", number, _MELEXIS, told)


def _grid_eye(_: Machine, bus: I2c, number: int, in_use: Collection[tuple[int, int]]) -> Iterator[Found]:
    """Clocks and accelerometers answer at these addresses too: it is one only if its picture and its own warmth can be."""
    for address in _GRID_EYE:
        raw = _read(bus, number, address, bytes([T01L]), PIXEL_BYTES, in_use)
        own = _read(bus, number, address, bytes([TTHL]), 2, in_use)
        if raw is not None and own is not None and _is_picture(raw) and _DIE_C[0] < thermistor_c(own) < _DIE_C[1]:
            yield _sensor("Panasonic AMG8833", "amg8833", number, address, {"fov_deg": 60.0})


def _is_picture(raw: bytes) -> bool:
    try:
        celsius = pixels_c(raw)
    except ValueError:
        return False
    return bool(raw.strip(b"\0")) and _ROOM_C[0] < celsius.min() <= celsius.max() < _ROOM_C[1]


def _lepton(machine: Machine, bus: I2c, number: int, in_use: Collection[tuple[int, int]]) -> Iterator[Found]:
    """A Lepton's pictures come over SPI: each bus of it that is switched on is offered."""
    status = _read(bus, number, ADDRESS, STATUS.to_bytes(2, "big"), 2, in_use)
    if status is None or not int.from_bytes(status, "big") & BOOTED:
        return
    name, where, model = f"i2c-{number}-lepton", f"/dev/i2c-{number}", _model(bus, number)
    title = "FLIR Lepton" if model is None else f"FLIR {model.name}"
    if model is not None and not model.radiometric:
        yield Found(name, Kind.THERMAL, title, where, trouble="it gives pictures but no temperatures: take a Lepton 3.5 or 2.5")
        return
    nodes = [node.name.removeprefix("spidev") for node in machine.dev("spidev*.*")]
    if not nodes:
        yield Found(name, Kind.THERMAL, title, where, trouble="it answers on I2C, and SPI is off: see firmware_configs/boot")
    layout = LEPTON_3 if model is None else model.layout
    for node in nodes:
        spi_bus, spi_device = (int(part) for part in node.split("."))
        table = {"source": "lepton_spi", "spi_bus": spi_bus, "spi_device": spi_device, "i2c_bus": number}
        tables: dict[str, dict[str, Any]] = {
            "thermal": table | {"rows": layout.rows, "cols": layout.cols},
            "sensor": {"fov_deg": 57.0, "noise_c": 0.05},
        }
        yield Found(f"spidev{node}-lepton", Kind.THERMAL, title, f"/dev/spidev{node}, {where}", tables)


def _model(bus: I2c, number: int) -> Model | None:
    """What its part number says; None where it does not tell one that is known."""
    try:
        part = part_number_of(Cci(bus, f"/dev/i2c-{number}"))
    except (SourceError, BusError):
        return None
    return next((model for start, model in MODELS.items() if part.startswith(start)), None)


def _sensor(title: str, source: str, number: int, address: int, sensor: dict[str, Any]) -> Found:
    where = f"0x{address:02x}, /dev/i2c-{number}"
    table = {"source": source, "i2c_bus": number, "address": address}
    return Found(f"i2c-{number}-{address:02x}", Kind.THERMAL, title, where, {"thermal": table, "sensor": sensor})


def _read(bus: I2c, number: int, address: int, register: bytes, count: int, in_use: Collection[tuple[int, int]]) -> bytes | None:
    if (number, address) in in_use:
        return None
    try:
        return bus.write_then_read(address, register, count)
    except BusError:
        return None
