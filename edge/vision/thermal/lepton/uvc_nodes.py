"""Which /dev/videoN is a thermal camera, as a Lepton behind a PureThermal board: by USB numbers, and only nodes with pictures."""

from __future__ import annotations

import fcntl
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

VENDOR, PRODUCT = "1e4e", "0100"
"""Of every PureThermal board."""
AUTO: Final = "auto"
_NODES: Final = Path("/sys/class/video4linux")
_QUERYCAP: Final = 0x80685600
"""VIDIOC_QUERYCAP of linux/videodev2.h: fills struct v4l2_capability."""
_CAPABILITY_BYTES: Final = 104
_DEVICE_CAPS_AT: Final = 88
_VIDEO_CAPTURE: Final = 0x00000001


@dataclass(frozen=True, slots=True)
class UsbCamera:
    """A kind of camera: its USB numbers, and what people call it."""

    vendor: str
    product: str
    name: str

    @property
    def remedy(self) -> str:
        listed = f"`lsusb -d {self.vendor}:{self.product}` lists it"
        return f"Plug the {self.name} in ({listed}), or name its node in thermal.device."


PURETHERMAL: Final = UsbCamera(VENDOR, PRODUCT, "PureThermal board")


def picture_node(
    device: str,
    nodes: Path = _NODES,
    gives_pictures: Callable[[str], bool] | None = None,
    camera: UsbCamera = PURETHERMAL,
) -> str:
    """The node to open for `thermal.device`. Raises SourceError where there is none, or only ones that give no pictures."""
    found = _of(camera, nodes) if device == AUTO else [device]
    if not found:
        raise SourceError(f"no {camera.name} is plugged in", where=f'thermal.device = "{AUTO}"', remedy=camera.remedy)
    if device != AUTO and not Path(device).exists():
        raise SourceError("there is no such camera", where=device, remedy=camera.remedy)
    able = [node for node in found if (gives_pictures or _asked)(node)]
    if not able:
        what = "this node gives no pictures: a board has a second one for metadata"
        raise SourceError(what, where=", ".join(found), remedy=f'Name the other one, or set thermal.device = "{AUTO}".')
    return able[0]


def refuse_another(node: str, camera: UsbCamera, nodes: Path = _NODES) -> None:
    """Raises SourceError where the node belongs to another kind of USB camera. Where nobody says whose it is, it may be."""
    numbers = _usb_numbers((nodes / Path(node).resolve().name / "device").resolve().parent)
    if numbers is not None and numbers != (camera.vendor, camera.product):
        what = f"this is a camera with the USB numbers {':'.join(numbers)}, no {camera.name}"
        raise SourceError(what, where=node, remedy=camera.remedy)


def captures(capability: bytes) -> bool:
    """Whether a node with this struct v4l2_capability gives pictures. A metadata node has another bit in `device_caps`."""
    (device_caps,) = struct.unpack_from("=I", capability, _DEVICE_CAPS_AT)
    return bool(device_caps & _VIDEO_CAPTURE)


def _of(camera: UsbCamera, nodes: Path) -> list[str]:
    """By number; the USB device is the parent of the interface a node belongs to."""
    wanted = camera.vendor, camera.product
    found = [node.name for node in nodes.glob("video*") if _usb_numbers((node / "device").resolve().parent) == wanted]
    return [f"/dev/{name}" for name in sorted(found, key=lambda name: int(name.removeprefix("video")))]


def _usb_numbers(usb: Path) -> tuple[str, str] | None:
    vendor, product = usb / "idVendor", usb / "idProduct"
    if not (vendor.is_file() and product.is_file()):
        return None
    return vendor.read_text().strip(), product.read_text().strip()


def _asked(node: str) -> bool:
    answer = bytearray(_CAPABILITY_BYTES)
    try:
        descriptor = os.open(node, os.O_RDWR | os.O_NONBLOCK)
    except OSError as refused:
        remedy = "Put this user into the group `video`, and see that no other program uses the camera."
        raise SourceError(f"the camera does not open ({refused.strerror})", where=node, remedy=remedy) from refused
    try:
        fcntl.ioctl(descriptor, _QUERYCAP, answer)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return captures(bytes(answer))
