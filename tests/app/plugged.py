"""A machine of files: video nodes, buses and lines that speak as the kernel does."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from edge.app.hardware.machine import Machine
from edge.app.hardware.wires import GET_CHIPINFO
from edge.buses.i2c import I2c
from edge.errors import BusError
from edge.vision.v4l2 import ENUM_FMT, ENUM_FRAMESIZES, QUERYCAP, Ask

PICTURES, METADATA = 0x04200001, 0x04A00000


@dataclass(frozen=True)
class Node:
    """One video node: its card, and what VIDIOC_ENUM_FRAMESIZES answers for each format."""

    card: str
    sizes: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    driver: str = "uvcvideo"
    caps: int = PICTURES

    def ask(self, request: int, answer: bytearray) -> None:
        if request == QUERYCAP:
            struct.pack_into("=16s32s", answer, 0, self.driver.encode(), self.card.encode())
            struct.pack_into("=II", answer, 84, 0x84A00001, self.caps)
            return
        (index,) = struct.unpack_from("=I", answer)
        if request == ENUM_FMT and index < len(self.sizes):
            answer[44:48] = list(self.sizes)[index].encode()
            return
        if request == ENUM_FRAMESIZES:
            every = self.sizes[bytes(answer[4:8]).decode()]
            if index < len(every):
                struct.pack_into("=III", answer, 8, 1, *every[index])
                return
        raise OSError(22, "Invalid argument")


@dataclass(frozen=True)
class Chip:
    """A GPIO chip."""

    label: str
    lines: int

    def ask(self, request: int, answer: bytearray) -> None:
        assert request == GET_CHIPINFO
        struct.pack_into("=32s32sI", answer, 0, b"gpiochip0", self.label.encode(), self.lines)


class Bus:
    """An I2C bus with chips at addresses; each answers for itself."""

    def __init__(self, chips: dict[int, I2c]) -> None:
        self.chips = chips

    def write(self, address: int, data: bytes) -> None:
        self._at(address).write(address, data)

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        return self._at(address).write_then_read(address, data, count)

    def close(self) -> None:
        pass

    def _at(self, address: int) -> I2c:
        if address not in self.chips:
            raise BusError("nobody answers", where="bus")
        return self.chips[address]


class Plugged:
    """What the test plugs in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.nodes: dict[str, Node | Chip] = {}
        self.buses: dict[int, Bus] = {}
        (root / "dev").mkdir()

    @property
    def machine(self) -> Machine:
        return Machine(self.root, self._open, self._bus)

    def camera(self, name: str, node: Node, numbers: str = "046d:0825", by_id: str | None = None) -> None:
        self._made(name)
        self.nodes[name] = node
        vendor, product = numbers.split(":")
        interface = self.root / "sys/usb" / name / "1.0"
        interface.mkdir(parents=True)
        (interface.parent / "idVendor").write_text(vendor)
        (interface.parent / "idProduct").write_text(product)
        (self.root / "sys/class/video4linux" / name).mkdir(parents=True)
        (self.root / "sys/class/video4linux" / name / "device").symlink_to(interface)
        if by_id is not None:
            (self.root / "dev/v4l/by-id").mkdir(parents=True, exist_ok=True)
            (self.root / "dev/v4l/by-id" / by_id).symlink_to(self.root / "dev" / name)

    def chip(self, name: str, chip: Chip) -> None:
        self._made(name)
        self.nodes[name] = chip

    def bus(self, number: int, chips: dict[int, I2c]) -> None:
        self._made(f"i2c-{number}")
        self.buses[number] = Bus(chips)

    def device(self, name: str) -> None:
        self._made(name)

    def _made(self, name: str) -> None:
        node = self.root / "dev" / name
        node.parent.mkdir(parents=True, exist_ok=True)
        node.touch()

    def _open(self, path: str) -> tuple[Ask, Callable[[], None]]:
        return self.nodes[Path(path).name].ask, lambda: None

    def _bus(self, number: int) -> I2c:
        return self.buses[number]
