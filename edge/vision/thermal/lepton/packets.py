"""From bytes of the SPI bus to packets that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.lepton.crc import PACKET_BYTES, packet_crcs

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEADER_BYTES: Final = 4
NOWHERE: Final = -2
"""Number of a packet that has no place in the layout, although its checksum is right: nothing continues over it."""
_NUMBER, _CORRUPT, _DISCARD = 0x0FFF, 0x8000, 0x0F


@dataclass(frozen=True, slots=True)
class Packets:
    """The packets of one read that passed every check, in the order they came.

    Attributes:
        numbers: (n,) packet numbers, NOWHERE where the layout has no such packet.
        segments: (n,) bits 14 to 12 of the ID: the segment in packet 20, nothing elsewhere.
        payloads: (n, 160) uint8.
        bad: packets with a wrong checksum or the corrupt bit.
        discarded: discard packets; the camera sends them while it has nothing else.
    """

    numbers: NDArray[np.intp]
    segments: NDArray[np.intp]
    payloads: NDArray[np.uint8]
    bad: int
    discarded: int

    def __len__(self) -> int:
        return len(self.numbers)


def read_packets(data: bytes, per_segment: int) -> Packets:
    """Check every packet of `data`; bytes after the last whole packet count as one bad packet.

    The checksum does not cover the upper four bits of the ID: a wrong segment number is found by the order of segments only.
    """
    whole, rest = divmod(len(data), PACKET_BYTES)
    raw = np.frombuffer(data, np.uint8, whole * PACKET_BYTES).reshape(whole, PACKET_BYTES)
    kept = raw[(raw[:, 0] & _DISCARD) != _DISCARD]
    head = kept[:, :HEADER_BYTES].astype(np.intp)
    ids, sent = head[:, 0] << 8 | head[:, 1], head[:, 2] << 8 | head[:, 3]
    good = (packet_crcs(kept) == sent) & (ids < _CORRUPT)
    bad = len(kept) - int(np.count_nonzero(good))
    discarded = whole - len(kept)
    if bad:
        kept, ids = kept[good], ids[good]
    numbers = ids & _NUMBER
    numbers[numbers >= per_segment] = NOWHERE
    return Packets(numbers, ids >> 12, kept[:, HEADER_BYTES:], bad + (rest > 0), discarded)
