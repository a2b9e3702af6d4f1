"""Everything that a gate could use on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edge.app.hardware import simulated
from edge.app.hardware.found import Found
from edge.app.hardware.i2c import sensors
from edge.app.hardware.machine import Machine
from edge.app.hardware.video import cameras
from edge.app.hardware.wires import chips, serial_lines
from edge.config import GateConfig
from edge.config.barrier_remote import ModbusBarrier
from edge.config.sources import Amg8833Thermal, LeptonSpiThermal, Mlx90640Thermal, Mlx90641Thermal
from edge.vision.thermal.lepton.cci import ADDRESS


def find(config: GateConfig, machine: Machine | None = None, ask_relay: Callable[[str], None] | None = None) -> list[Found]:
    """Look everywhere, as far as the gate that runs with `config` is not disturbed: what it uses is not spoken to."""
    return list(_found(config, machine or Machine(), ask_relay))


def _found(config: GateConfig, machine: Machine, ask_relay: Callable[[str], None] | None) -> Iterator[Found]:
    yield from simulated.cameras(config)
    yield from cameras(machine)
    yield from sensors(machine, in_use(config))
    yield from chips(machine)
    relay = config.barrier.device if isinstance(config.barrier, ModbusBarrier) else None
    yield from serial_lines(machine, ask_relay, relay)


def in_use(config: GateConfig) -> frozenset[tuple[int, int]]:
    """Bus and address of the thermal sensor that this gate reads."""
    match config.thermal:
        case Mlx90640Thermal() | Mlx90641Thermal() | Amg8833Thermal() as sensor:
            return frozenset({(sensor.i2c_bus, sensor.address)})
        case LeptonSpiThermal() as lepton:
            return frozenset({(lepton.i2c_bus, ADDRESS)})
        case _:
            return frozenset()
