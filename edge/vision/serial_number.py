"""The number a camera was made with, where it tells one: two of a kind in one place are not one camera."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol, runtime_checkable

_NODES: Final = Path("/sys/class/video4linux")


@runtime_checkable
class Numbered(Protocol):
    """A source that asked its camera."""

    serial: str | None
    """None where the camera did not tell."""


def serial_of(source: object) -> str | None:
    """Of an open source; None where the camera has none, or nobody can ask it."""
    return source.serial if isinstance(source, Numbered) else None


def usb_serial(node: str, nodes: Path = _NODES) -> str | None:
    """Of the USB camera behind a /dev/videoN (or a name in /dev/v4l that leads to one). Many cheap ones have none."""
    told = (nodes / Path(node).resolve().name / "device").resolve().parent / "serial"
    try:
        return told.read_text(encoding="utf-8", errors="replace").strip()[:100] or None
    except OSError:
        return None
