"""Which /dev/videoN is a thermal camera, as a Lepton behind a PureThermal board: by USB numbers, and only nodes with pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.v4l2 import capability, opened

if TYPE_CHECKING:
    from collections.abc import Callable

VENDOR, PRODUCT = "1e4e", "0100"
"""Of every PureThermal board."""
AUTO: Final = "auto"
_NODES: Final = Path("/sys/class/video4linux")


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
    numbers = usb_numbers(nodes / Path(node).resolve().name)
    if numbers is not None and numbers != (camera.vendor, camera.product):
        what = f"this is a camera with the USB numbers {':'.join(numbers)}, no {camera.name}"
        raise SourceError(what, where=node, remedy=camera.remedy)


def _of(camera: UsbCamera, nodes: Path) -> list[str]:
    """By number; the USB device is the parent of the interface a node belongs to."""
    wanted = camera.vendor, camera.product
    found = [node.name for node in nodes.glob("video*") if usb_numbers(node) == wanted]
    return [f"/dev/{name}" for name in sorted(found, key=lambda name: int(name.removeprefix("video")))]


def usb_numbers(node: Path) -> tuple[str, str] | None:
    """Vendor and product of the USB device behind a folder of /sys/class/video4linux; None where it is on no USB."""
    usb = (node / "device").resolve().parent
    vendor, product = usb / "idVendor", usb / "idProduct"
    if not (vendor.is_file() and product.is_file()):
        return None
    return vendor.read_text().strip(), product.read_text().strip()


def _asked(node: str) -> bool:
    try:
        ask, close = opened(node)
    except OSError as refused:
        remedy = "Put this user into the group `video`, and see that no other program uses the camera."
        raise SourceError(f"the camera does not open ({refused.strerror})", where=node, remedy=remedy) from refused
    try:
        said = capability(ask)
    finally:
        close()
    return said is not None and said.pictures
