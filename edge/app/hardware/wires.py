"""What a barrier is wired to: GPIO chips and serial lines, and a relay board that answers on one."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from contract.errors import MenshenError
from edge.actuators.modbus_relay import ModbusRelay
from edge.app.hardware.found import Found, Kind
from edge.app.hardware.machine import Machine
from edge.config.barrier_remote import ModbusBarrier

GET_CHIPINFO: Final = 0x8044B401
"""GPIO_GET_CHIPINFO_IOCTL of linux/gpio.h: struct gpiochip_info, name and label of 32 bytes and a count of lines."""
_CHIP: Final = struct.Struct("=32s32sI")
_HEADER: Final = ("pinctrl-bcm", "pinctrl-rp1", "tegra234-gpio", "tegra194-gpio", "tegra-gpio")
"""Labels of chips whose lines are on the header with 40 pins."""
_SERIAL: Final = ("serial/by-id/*", "ttyAMA[0-9]*", "ttyTHS[0-9]*")
_UNIT: Final = 1


def chips(machine: Machine) -> Iterator[Found]:
    """GPIO chips; those behind the 40 pins first."""
    found = [one for node in machine.dev("gpiochip*") if (one := _chip(machine, node)) is not None]
    yield from sorted(found, key=lambda one: not one.title.startswith(_HEADER))


def _chip(machine: Machine, node: Path) -> Found | None:
    device = machine.named(node)
    try:
        ask, close = machine.node(str(node))
    except OSError as refused:
        trouble = f"it does not open ({refused.strerror}): put the gate's user into the group gpio"
        return Found(device, Kind.LINES, node.name, device, trouble=trouble)
    answer = bytearray(_CHIP.size)
    try:
        ask(GET_CHIPINFO, answer)
    except OSError:
        return None
    finally:
        close()
    _, label, lines = _CHIP.unpack(answer)
    title = bytes(label).partition(b"\0")[0].decode("ascii", errors="replace")
    return Found(device, Kind.LINES, title or node.name, f"{device}: {lines}")


def serial_lines(machine: Machine, ask: Callable[[str], None] | None = None, in_use: str | None = None) -> Iterator[Found]:
    """Serial lines, and whether a Modbus relay with the maker's own settings (unit 1, 9600 baud) is on one.

    `ask` raises MenshenError where none answers; `in_use` is not asked.
    """
    seen: set[Path] = set()
    for node in (node for pattern in _SERIAL for node in machine.dev(pattern)):
        if node.resolve() in seen:
            continue
        seen.add(node.resolve())
        device = machine.named(node)
        if device != in_use and _answers(ask or _ask_relay, device):
            table = {"kind": "modbus", "device": device, "unit": _UNIT, "timing": "flash"}
            yield Found(device, Kind.RELAY, f"Modbus {_UNIT}", device, {"barrier": table})
        else:
            yield Found(device, Kind.SERIAL, node.name, device)


def _answers(ask: Callable[[str], None], device: str) -> bool:
    try:
        ask(device)
    except MenshenError:
        return False
    return True


def _ask_relay(device: str) -> None:
    relay = ModbusRelay(ModbusBarrier(kind="modbus", device=device, unit=_UNIT, timing="flash"))
    try:
        relay.ask()
    finally:
        relay.close()
