"""Cameras with a video node: colour ones, and thermal ones that are told by their USB numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from edge.app.hardware.found import Found, Kind
from edge.app.hardware.machine import Machine
from edge.vision.thermal.infiray.source import INFIRAY
from edge.vision.thermal.lepton.uvc_nodes import PURETHERMAL, usb_numbers
from edge.vision.v4l2 import Capability, capability, sizes

_WANTED: Final = (640, 480)
_PLAIN: Final = frozenset({"MJPG", "YUYV", "UYVY", "NV12", "RGB3", "BGR3"})
"""Formats of a camera that gives finished pictures; raw sensors and the stages of a signal processor give others."""
_NO_CAMERAS: Final = ("bcm2835-isp", "bcm2835-codec", "pispbe", "rpi-hevc-dec", "tegra-video")
THERMAL: Final[dict[tuple[str, str], tuple[str, dict[str, dict[str, Any]]]]] = {
    (PURETHERMAL.vendor, PURETHERMAL.product): (
        "FLIR Lepton, PureThermal",
        {
            "thermal": {"source": "lepton_uvc", "device": "auto", "rows": 120, "cols": 160},
            "sensor": {"fov_deg": 57.0, "noise_c": 0.05},
        },
    ),
    (INFIRAY.vendor, INFIRAY.product): (
        INFIRAY.name,
        {"thermal": {"source": "infiray", "device": "auto"}, "sensor": {"fov_deg": 56.0, "noise_c": 0.1}},
    ),
}
"""By USB numbers: what it is called, and its settings."""
_LEPTON_2: Final = (80, 60)


def cameras(machine: Machine) -> Iterator[Found]:
    """Every camera with a node, in the order of the nodes."""
    for node in machine.dev("video*"):
        if node.name.removeprefix("video").isdecimal() and (found := _camera(machine, node)) is not None:
            yield found


def _camera(machine: Machine, node: Path) -> Found | None:
    numbers = usb_numbers(machine.root / "sys/class/video4linux" / node.name)
    device = machine.named(_lasting(machine, node))
    kind = Kind.THERMAL if numbers in THERMAL else Kind.COLOUR
    try:
        ask, close = machine.node(str(node))
    except OSError as refused:
        trouble = f"it does not open ({refused.strerror}): put the gate's user into the group video"
        return Found(device, kind, node.name, device, trouble=trouble)
    try:
        said = capability(ask)
        pictures = sizes(ask) if said is not None and said.pictures else {}
    finally:
        close()
    if said is None or not pictures or said.driver in _NO_CAMERAS:
        return None
    return _colour(device, said, pictures) if numbers not in THERMAL else _thermal(device, THERMAL[numbers], pictures)


def _colour(device: str, said: Capability, pictures: dict[str, list[tuple[int, int]]]) -> Found | None:
    every = sorted({size for code, known in pictures.items() if code in _PLAIN for size in known})
    if not every:
        return None
    width, height = _fitting(every)
    told = ", ".join(f"{wide}x{high}" for wide, high in every)
    table = {"source": "v4l2", "device": device, "width": width, "height": height}
    return Found(device, Kind.COLOUR, said.card or device, f"{device}: {told}", {"colour": table})


def _thermal(device: str, known: tuple[str, dict[str, dict[str, Any]]], pictures: dict[str, list[tuple[int, int]]]) -> Found:
    title, tables = known
    every = {size for sized in pictures.values() for size in sized}
    mine = {name: dict(table) for name, table in tables.items()}
    if mine["thermal"]["source"] == "lepton_uvc" and any(
        (cols, rows - 3) == _LEPTON_2 or (cols, rows) == _LEPTON_2 for cols, rows in every
    ):
        mine["thermal"] |= {"rows": 60, "cols": 80}
    return Found(device, Kind.THERMAL, title, device, mine)


def _fitting(every: list[tuple[int, int]]) -> tuple[int, int]:
    """640x480, else the smallest that is not smaller, else the largest there is."""
    enough = [size for size in every if size[0] >= _WANTED[0] and size[1] >= _WANTED[1]]
    if _WANTED in every:
        return _WANTED
    return min(enough, key=lambda size: size[0] * size[1]) if enough else max(every, key=lambda size: size[0] * size[1])


def _lasting(machine: Machine, node: Path) -> Path:
    """The name by which it is found again after a restart, where udev gives it one."""
    return next((link for link in machine.dev("v4l/by-id/*") if link.resolve() == node.resolve()), node)
