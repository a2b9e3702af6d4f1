"""The buses of a gate's sensors, as the settings name them: one `Bus`, and so one thread, for each wire there is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from contract.errors import SettingsError
from edge.actuators.gpio import contact
from edge.buses.linux_i2c import LinuxI2c
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.i2c_exchange import load_exchange
from edge.config.register_map import load_map
from edge.config.sensors import ANALOGUE_UVC, I2cSensor, ModbusSensor, SensorsConfig, SerialSensor
from edge.config.serial_frame import load_frame
from edge.sensors.bus import Bus
from edge.sensors.device import Device
from edge.sensors.devices.ads1115 import AnalogueUvc
from edge.sensors.devices.contact import Contact, GpioWire
from edge.sensors.devices.i2c_device import I2cDevice, ReadingI2c
from edge.sensors.devices.modbus import ModbusDevice, ModbusWire, bus_name
from edge.sensors.devices.serial_line import SerialDevice, SerialWire
from edge.sensors.reading import HandOver
from edge.sim.lamp import UvcLight, no_light
from edge.sim.wire.air import SimulatedAirBus
from edge.sim.wire.uvc import SimulatedUvcBus

log = logging.getLogger("menshen.sensors")


OpenI2c = Callable[[int], ReadingI2c]
"""By the number of the bus. Raises BusError."""


def i2c_opener(config: GateConfig, clock: Clock, light: UvcLight = no_light) -> OpenI2c:
    """The I2C of this machine, or that of the simulated hall."""
    if not config.simulation.sensors:
        return LinuxI2c
    return lambda _: SimulatedUvcBus(SimulatedAirBus(clock.monotonic_s, config.simulation.ambient_c), light)


def buses_of(told: SensorsConfig, hand_over: HandOver, clock: Clock, open_i2c: OpenI2c = LinuxI2c) -> list[Bus[Any]]:
    """Nothing is opened yet. A device whose file cannot be read any more is told in the log, and left out."""
    return [
        *_modbus(told.modbus, hand_over, clock),
        *_i2c(told.i2c, hand_over, clock, open_i2c),
        *_serial(told.serial, hand_over, clock),
        *_gpio(told, hand_over, clock),
    ]


def _modbus(told: Sequence[ModbusSensor], hand_over: HandOver, clock: Clock) -> Iterator[Bus[ModbusWire]]:
    for name, of_bus in groupby(sorted(told, key=bus_name), key=bus_name):
        of_wire = list(of_bus)
        if devices := list(_mapped(of_wire)):
            wire = partial(ModbusWire, of_wire[0], max(one.deadline_s for one in of_wire))
            yield Bus(name, wire, devices, hand_over, clock)


def _serial(told: Sequence[SerialSensor], hand_over: HandOver, clock: Clock) -> Iterator[Bus[SerialWire]]:
    for one in told:
        try:
            frame = load_frame(one.driver)
        except SettingsError as wrong:
            log.error("%s is not read: %s", one.name, wrong)  # noqa: TRY400 - the sentence is enough
            continue
        wire = partial(SerialWire, one.device, frame, one.deadline_s)
        yield Bus(one.device, wire, [SerialDevice(one, frame)], hand_over, clock)


def _mapped(told: Iterable[ModbusSensor]) -> Iterator[Device[ModbusWire]]:
    for one in told:
        try:
            yield ModbusDevice(one, load_map(one.map))
        except SettingsError as wrong:
            log.error("%s is not read: %s", one.name, wrong)  # noqa: TRY400 - the sentence is enough


def _i2c(told: Sequence[I2cSensor], hand_over: HandOver, clock: Clock, open_i2c: OpenI2c) -> Iterator[Bus[ReadingI2c]]:
    for number in sorted({one.i2c_bus for one in told}):
        if devices := list(_exchanging(one for one in told if one.i2c_bus == number)):
            yield Bus(f"/dev/i2c-{number}", partial(open_i2c, number), devices, hand_over, clock)


def _exchanging(told: Iterable[I2cSensor]) -> Iterator[Device[ReadingI2c]]:
    for one in told:
        try:
            yield AnalogueUvc(one) if one.driver == ANALOGUE_UVC else I2cDevice(one, load_exchange(one.driver))
        except SettingsError as wrong:
            log.error("%s is not read: %s", one.name, wrong)  # noqa: TRY400 - the sentence is enough


def _gpio(told: SensorsConfig, hand_over: HandOver, clock: Clock) -> Iterator[Bus[GpioWire]]:
    if told.gpio:
        devices: list[Device[GpioWire]] = [Contact(one) for one in told.gpio]
        yield Bus("GPIO", partial(GpioWire, told.gpio, contact), devices, hand_over, clock)
