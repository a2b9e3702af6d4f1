"""Which video node of a machine is the Lepton."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from edge.errors import SourceError
from edge.vision.thermal.lepton.uvc_nodes import picture_node
from edge.vision.v4l2 import captures


def node(tree: Path, name: str, vendor: str = "1e4e", product: str = "0100") -> None:
    """A video node of sysfs: its device is a USB interface, whose parent is the USB device."""
    interface = tree / "usb" / f"{vendor}-{product}" / "1.0"
    interface.mkdir(parents=True, exist_ok=True)
    (interface.parent / "idVendor").write_text(vendor + "\n")
    (interface.parent / "idProduct").write_text(product + "\n")
    (tree / "class" / name).mkdir(parents=True)
    (tree / "class" / name / "device").symlink_to(interface)


def only(*able: str) -> Callable[[str], bool]:
    return lambda path: path in able


def test_the_board_is_found_by_its_usb_numbers_and_its_metadata_node_is_left_out(tmp_path: Path) -> None:
    for name, numbers in {"video0": ("046d", "0825"), "video10": ("1e4e", "0100"), "video2": ("1e4e", "0100")}.items():
        node(tmp_path, name, *numbers)
    found = picture_node("auto", tmp_path / "class", only("/dev/video0", "/dev/video10"))
    assert found == "/dev/video10"
    assert picture_node("auto", tmp_path / "class", lambda _: True) == "/dev/video2"


def test_a_machine_without_a_board_says_what_to_plug_in(tmp_path: Path) -> None:
    node(tmp_path, "video0", "046d", "0825")
    with pytest.raises(SourceError, match=r"no PureThermal board is plugged in.*lsusb -d 1e4e:0100"):
        picture_node("auto", tmp_path / "class")
    with pytest.raises(SourceError, match="there is no such camera"):
        picture_node("/dev/video77", tmp_path / "class")


def test_a_node_named_in_the_settings_that_carries_metadata_only_is_refused(tmp_path: Path) -> None:
    named = tmp_path / "video3"
    named.touch()
    with pytest.raises(SourceError, match="a second one for metadata"):
        picture_node(str(named), tmp_path, only())


@pytest.mark.parametrize(("device_caps", "pictures_come"), [(0x04200001, True), (0x04A00000, False)])
def test_the_kernel_says_which_node_gives_pictures(device_caps: int, pictures_come: bool) -> None:
    """struct v4l2_capability of a UVC camera: capture and streaming, or metadata and streaming; `capabilities` has both."""
    capability = bytearray(104)
    capability[84:88] = (0x84A00001).to_bytes(4, "little")
    capability[88:92] = device_caps.to_bytes(4, "little")
    assert captures(bytes(capability)) is pictures_come


def test_a_file_that_is_no_camera_gives_no_pictures(tmp_path: Path) -> None:
    """Asked with the kernel's own request."""
    no_camera = tmp_path / "video9"
    no_camera.touch()
    with pytest.raises(SourceError, match="this node gives no pictures"):
        picture_node(str(no_camera))
