"""The Lepton's command interface through the extension units of a PureThermal board (USB video class)."""

from __future__ import annotations

import ctypes
import fcntl
import os
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.thermal.lepton.commands import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.vision.thermal.lepton.commands import Command

SET_CUR, GET_CUR = 0x01, 0x81
UNITS: Final = {0x01: 3, 0x48: 4, 0x4E: 5, 0x02: 6, 0x03: 7}
"""Unit by the upper byte of a command: AGC, OEM, RAD, SYS, VID (source: PureThermal firmware, usbd_uvc.h)."""
_RUN: Final = b"\x01"
"""A control of one byte is a command: setting it runs it."""


def selector_of(command: Command) -> int:
    """Of a command within its unit: the attribute's place, counted from 1."""
    return ((command & 0xFC) >> 2) + 1


class UvcCci:
    """A camera behind such a board. `query(unit, selector, query, data)` is one request and returns the data."""

    def __init__(self, query: Callable[[int, int, int, bytes], bytes], where: str) -> None:
        self.where = where
        self._query = query

    def get(self, command: Command) -> tuple[int, ...]:
        raw = self._ask(command, GET_CUR, bytes(2 * words_of(command)))
        return tuple(int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2))

    def set(self, command: Command, words: tuple[int, ...]) -> None:
        self._ask(command, SET_CUR, b"".join(word.to_bytes(2, "little") for word in words))

    def run(self, command: Command) -> None:
        self._ask(command, SET_CUR, _RUN)

    def _ask(self, command: Command, query: int, data: bytes) -> bytes:
        try:
            return self._query(UNITS[command >> 8], selector_of(command), query, data)
        except OSError as refused:
            what = f"the board does not pass {command.name} on ({refused.strerror or refused})"
            remedy = "Give the board the firmware 1.3.0 or newer of groupgets."
            raise SourceError(what, where=self.where, remedy=remedy) from refused


class _XuControlQuery(ctypes.Structure):
    """struct uvc_xu_control_query of linux/uvcvideo.h."""

    _fields_ = (
        ("unit", ctypes.c_uint8),
        ("selector", ctypes.c_uint8),
        ("query", ctypes.c_uint8),
        ("size", ctypes.c_uint16),
        ("data", ctypes.c_void_p),
    )


CTRL_QUERY: Final = 0xC0007521 | ctypes.sizeof(_XuControlQuery) << 16
"""UVCIOC_CTRL_QUERY = _IOWR('u', 0x21, struct uvc_xu_control_query)."""


def query_node(node: str) -> Callable[[int, int, int, bytes], bytes]:
    """Requests to the board behind a video node. Each raises OSError where the kernel or the board refuses."""

    def query(unit: int, selector: int, kind: int, data: bytes) -> bytes:
        buffer = ctypes.create_string_buffer(data, len(data))
        request = _XuControlQuery(unit, selector, kind, len(data), ctypes.addressof(buffer))
        descriptor = os.open(node, os.O_RDWR | os.O_NONBLOCK)
        try:
            fcntl.ioctl(descriptor, CTRL_QUERY, request)
        finally:
            os.close(descriptor)
        return buffer.raw

    return query
