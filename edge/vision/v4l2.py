"""What a video node of Linux says of itself: structs of linux/videodev2.h as bytes, asked by ioctl."""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

QUERYCAP: Final = 0x80685600
"""VIDIOC_QUERYCAP: fills struct v4l2_capability."""
CAPABILITY_BYTES: Final = 104
ENUM_FMT: Final = 0xC0405602
"""VIDIOC_ENUM_FMT: struct v4l2_fmtdesc, asked by index."""
_FORMAT_BYTES: Final = 64
ENUM_FRAMESIZES: Final = 0xC02C564A
"""VIDIOC_ENUM_FRAMESIZES: struct v4l2_frmsizeenum, asked by index and format."""
_SIZE_BYTES: Final = 44
_DEVICE_CAPS_AT: Final = 88
_VIDEO_CAPTURE: Final = 0x00000001
_CAPTURE_BUFFER: Final = 1
_DISCRETE: Final = 1
_MOST: Final = 64

Ask = Callable[[int, bytearray], None]
"""One ioctl of an open node: request and struct, which is filled. Raises OSError where the node does not know it."""


@dataclass(frozen=True, slots=True)
class Capability:
    """Who a node belongs to. `pictures`: a metadata node, an encoder and a camera's second node give none."""

    driver: str
    card: str
    pictures: bool


def captures(capability: bytes) -> bool:
    """Whether a node with this struct v4l2_capability gives pictures. A metadata node has another bit in `device_caps`."""
    (device_caps,) = struct.unpack_from("=I", capability, _DEVICE_CAPS_AT)
    return bool(device_caps & _VIDEO_CAPTURE)


def capability(ask: Ask) -> Capability | None:
    """None where this is no video node."""
    answer = bytearray(CAPABILITY_BYTES)
    try:
        ask(QUERYCAP, answer)
    except OSError:
        return None
    return Capability(_text(answer[:16]), _text(answer[16:48]), captures(bytes(answer)))


def sizes(ask: Ask) -> dict[str, list[tuple[int, int]]]:
    """Width and height of every picture it gives, by format (FourCC); of a range of sizes its largest."""
    return {code: list(_sizes(ask, code)) for code in _formats(ask)}


def opened(node: str) -> tuple[Ask, Callable[[], None]]:
    """A node's ioctl, and how to close it. Raises OSError."""
    descriptor = os.open(node, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)

    def ask(request: int, answer: bytearray) -> None:
        fcntl.ioctl(descriptor, request, answer)

    return ask, lambda: os.close(descriptor)


def _formats(ask: Ask) -> Iterator[str]:
    for index in range(_MOST):
        answer = bytearray(_FORMAT_BYTES)
        struct.pack_into("=II", answer, 0, index, _CAPTURE_BUFFER)
        try:
            ask(ENUM_FMT, answer)
        except OSError:
            return
        yield answer[44:48].decode("ascii", errors="replace")


def _sizes(ask: Ask, code: str) -> Iterator[tuple[int, int]]:
    for index in range(_MOST):
        answer = bytearray(_SIZE_BYTES)
        struct.pack_into("=I4s", answer, 0, index, code.encode("ascii", errors="replace"))
        try:
            ask(ENUM_FRAMESIZES, answer)
        except OSError:
            return
        (kind,) = struct.unpack_from("=I", answer, 8)
        if kind != _DISCRETE:  # min_width, max_width, step, min_height, max_height, step
            _, width, _, _, height, _ = struct.unpack_from("=6I", answer, 12)
            yield width, height
            return
        width, height = struct.unpack_from("=2I", answer, 12)
        yield width, height


def _text(raw: bytes | bytearray) -> str:
    return bytes(raw).partition(b"\0")[0].decode("utf-8", errors="replace").strip()
