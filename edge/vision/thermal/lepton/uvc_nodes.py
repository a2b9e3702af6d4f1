"""Which /dev/videoN is the Lepton behind a PureThermal board: by USB numbers, leaving out nodes that give no pictures."""

from __future__ import annotations

import fcntl
import os
import struct
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
_REMEDY: Final = "Plug the PureThermal board in (`lsusb -d 1e4e:0100` lists it), or name its node in thermal.device."


def picture_node(device: str, nodes: Path = _NODES, gives_pictures: Callable[[str], bool] | None = None) -> str:
    """The node to open for `thermal.device`. Raises SourceError where there is none, or only ones that give no pictures."""
    found = _of_boards(nodes) if device == AUTO else [device]
    if not found:
        raise SourceError("no PureThermal board is plugged in", where=f'thermal.device = "{AUTO}"', remedy=_REMEDY)
    if device != AUTO and not Path(device).exists():
        raise SourceError("there is no such camera", where=device, remedy=_REMEDY)
    able = [node for node in found if (gives_pictures or _asked)(node)]
    if not able:
        what = "this node gives no pictures: a board has a second one for metadata"
        raise SourceError(what, where=", ".join(found), remedy=f'Name the other one, or set thermal.device = "{AUTO}".')
    return able[0]


def captures(capability: bytes) -> bool:
    """Whether a node with this struct v4l2_capability gives pictures. A metadata node has another bit in `device_caps`."""
    (device_caps,) = struct.unpack_from("=I", capability, _DEVICE_CAPS_AT)
    return bool(device_caps & _VIDEO_CAPTURE)


def _of_boards(nodes: Path) -> list[str]:
    """By number; the USB device is the parent of the interface a node belongs to."""
    boards = [node.name for node in nodes.glob("video*") if _is_board((node / "device").resolve().parent)]
    return [f"/dev/{name}" for name in sorted(boards, key=lambda name: int(name.removeprefix("video")))]


def _is_board(usb: Path) -> bool:
    files = usb / "idVendor", usb / "idProduct"
    return all(file.is_file() for file in files) and [file.read_text().strip() for file in files] == [VENDOR, PRODUCT]


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
