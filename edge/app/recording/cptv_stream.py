"""Thermal pictures as a CPTV recording, version 2 (SPECv2.md of TheCacophonyProject/go-cptv), piece by piece in memory.

The `cptv` package's own writer takes 160x120 only and puts its header into a plain file beside the recording.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from edge.vision.thermal.source import RawThermal

UNKNOWN_FFC_MS: Final = 0xFFFF_FFFF
"""Last shutter event of a picture whose source does not say: a time that never comes."""

_GZIP: Final = 31  # window bits: 15 with a gzip head and tail
_LEVEL: Final = 1  # as the `cptv` package: of a Lepton's pictures 6 saves an eighth and takes three times as long (measured)
_LONGEST_AGE_MS: Final = 0x7FFF_FFFF  # 25 days: as good as never, and what a source without a shutter gets
_BITS: Final = (8, 12, 16, 24)


@dataclass(frozen=True, slots=True)
class Head:
    """What a recording says of itself.

    Attributes:
        taken: UTC of the first picture.
        device: the gate's name.
        model: the thermal source's name.
    """

    taken: datetime
    device: str
    model: str


class CptvStream:
    """Hand in one picture after the other and take the bytes; `end` gives the last ones. All pictures have one size.

    A picture's time is kept to the millisecond, counted from the first one. It begins so high that a shutter event before the
    recording has a time as well.
    """

    def __init__(self, head: Head, first: RawThermal) -> None:
        self._zip = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        self._first_s = first.taken_s
        self._lead_ms = _LONGEST_AGE_MS if isnan(first.ffc_age_s) else _age_ms(first.ffc_age_s)
        self._snake = _snake(*first.counts.shape)
        self._before = np.zeros(first.counts.size, np.int32)
        self._waiting = self._zip.compress(_header(head, *first.counts.shape))

    def picture(self, raw: RawThermal) -> bytes:
        """The next bytes of the recording; empty where the compressor still waits for more."""
        pixels = raw.counts.ravel()[self._snake].astype(np.int32)
        bits, packed = packed_deltas(pixels - self._before)
        self._before = pixels
        fields = _fields(
            ("t", "I", self._on_ms(raw.taken_s)),
            ("c", "I", self._ffc_ms(raw)),
            ("w", "B", bits),
            ("f", "I", len(packed)),
        )
        out = self._waiting + self._zip.compress(b"F" + fields + packed)
        self._waiting = b""
        return out

    def end(self) -> bytes:
        """What is left."""
        return self._zip.flush()

    def _on_ms(self, taken_s: float) -> int:
        return self._lead_ms + max(0, round((taken_s - self._first_s) * 1000))

    def _ffc_ms(self, raw: RawThermal) -> int:
        if isnan(raw.ffc_age_s):
            return UNKNOWN_FFC_MS
        return max(0, self._on_ms(raw.taken_s) - _age_ms(raw.ffc_age_s))


def _age_ms(age_s: float) -> int:
    return round(min(age_s * 1000, _LONGEST_AGE_MS))


def packed_deltas(change: NDArray[np.int32]) -> tuple[int, bytes]:
    """Bits per value, and the changes since the last picture, in snake order, as CPTV packs them.

    The first one as it is (32 bits, little-endian), of the others how each differs from the one before it, in two's complement of
    so many bits, most significant first, without gaps.
    """
    steps = np.diff(change)
    largest = int(max(steps.max(initial=0), -1 - steps.min(initial=0)))
    bits = next(width for width in _BITS if largest < 1 << (width - 1))
    return bits, struct.pack("<i", int(change[0])) + _PACK[bits](steps)


def _in_bytes(steps: NDArray[np.int32]) -> bytes:
    return steps.astype(np.int8).tobytes()


def _in_12_bits(steps: NDArray[np.int32]) -> bytes:
    even = np.zeros(len(steps) + len(steps) % 2, np.int32)
    even[: len(steps)] = steps & 0xFFF
    pairs = (even[0::2] << 12 | even[1::2]).astype(">u4")
    whole = pairs.view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()
    return whole[: (len(steps) * 12 + 7) // 8]


def _in_words(steps: NDArray[np.int32]) -> bytes:
    return steps.astype(">i2").tobytes()


def _in_three_bytes(steps: NDArray[np.int32]) -> bytes:
    return steps.astype(">i4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()


_PACK: Final = {8: _in_bytes, 12: _in_12_bits, 16: _in_words, 24: _in_three_bytes}


def _snake(rows: int, cols: int) -> NDArray[np.intp]:
    """Which pixel comes when: rows from left to right and from right to left in turns."""
    order = np.arange(rows * cols).reshape(rows, cols)
    order[1::2] = order[1::2, ::-1].copy()
    return order.ravel()


def _header(head: Head, rows: int, cols: int) -> bytes:
    fields = _fields(
        ("T", "Q", int(head.taken.timestamp() * 1e6)),
        ("X", "I", cols),
        ("Y", "I", rows),
        ("C", "B", 1),
        ("D", "", head.device),
        ("E", "", head.model),
    )
    return b"CPTV\x02H" + fields


def _fields(*fields: tuple[str, str, int | str]) -> bytes:
    """How many they are; then of each its length, letter and value (`struct` letter, little-endian; none: text)."""
    out = bytearray([len(fields)])
    for letter, form, value in fields:
        data = value.encode()[:255] if isinstance(value, str) else struct.pack(f"<{form}", value)
        out += bytes([len(data)]) + letter.encode() + data
    return bytes(out)
