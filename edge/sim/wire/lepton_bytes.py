"""What a Lepton puts on the wire: VoSPI packets and Y16 pictures, from counts and what the camera says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.lepton.crc import PACKET_BYTES, packet_crcs
from edge.vision.thermal.lepton.layout import SEGMENT_PACKET, TELEMETRY_LINES, WORDS
from edge.vision.thermal.lepton.packets import HEADER_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from edge.vision.thermal.lepton.layout import Layout
    from edge.vision.thermal.lepton.telemetry import Telemetry

SEGMENTS: Final = (1, 2, 3, 4)
UNUSED: Final = (0, 0, 0, 0)
"""Segment numbers of the two frames that a Lepton 3 sends after each new one."""


def telemetry_lines(telemetry: Telemetry, count: int) -> NDArray[np.uint16]:
    """Rows A, B, C and a reserved one where `count` is 4, (count, 80): the reverse of `read_telemetry`."""
    lines = np.zeros((count, WORDS), np.uint16)
    a, b, c = lines[:3]
    a[0], a[22], a[24], a[26], a[29] = (
        telemetry.revision,
        telemetry.frame_mean,
        telemetry.fpa_ck,
        telemetry.housing_ck,
        telemetry.ffc_fpa_ck,
    )
    wide = {1: telemetry.time_ms, 3: telemetry.status, 20: telemetry.frame_counter, 30: telemetry.ffc_ms}
    wide |= dict(zip((13, 15), telemetry.software_revision, strict=True))
    for at, value in wide.items():
        a[at], a[at + 1] = value & 0xFFFF, value >> 16
    b[19], b[20] = round(telemetry.emissivity * 8192), telemetry.background_ck
    c[5], c[6], c[48], c[49] = telemetry.gain_mode, telemetry.effective_gain, telemetry.tlinear_on, telemetry.tlinear_fine
    return lines


def lines_of(counts: NDArray[np.uint16], telemetry: Telemetry | None, layout: Layout) -> NDArray[np.uint16]:
    """Picture lines, with the telemetry lines after or before them, (packets, 80) uint16."""
    picture = counts.reshape(-1, WORDS)
    if telemetry is None:
        return picture
    told = telemetry_lines(telemetry, TELEMETRY_LINES[layout.segments])
    return np.vstack([told, picture] if layout.header else [picture, told])


def packets_of(lines: NDArray[np.uint16], per_segment: int, segments: Sequence[int] = ()) -> NDArray[np.uint8]:
    """VoSPI packets, (packets, 164) uint8: ID, checksum, payload, all big-endian. `segments`: numbers told in each packet 20."""
    packets = np.zeros((len(lines), PACKET_BYTES), np.uint8)
    ids = np.arange(len(lines)) % per_segment
    for place, segment in enumerate(segments):
        ids[place * per_segment + SEGMENT_PACKET] |= segment << 12
    packets[:, :2] = ids.astype(">u2").view(np.uint8).reshape(-1, 2)
    packets[:, HEADER_BYTES:] = lines.astype(">u2").view(np.uint8)
    return sealed(packets)


def sealed(packets: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Write the right checksum into every packet. Returns the same array."""
    packets[:, 2:HEADER_BYTES] = packet_crcs(packets).astype(">u2").view(np.uint8).reshape(-1, 2)
    return packets


def discards(count: int) -> NDArray[np.uint8]:
    """What the camera sends while it has no picture ready."""
    packets = np.zeros((count, PACKET_BYTES), np.uint8)
    packets[:, :HEADER_BYTES] = 0xFF
    return packets


def y16_of(counts: NDArray[np.uint16], telemetry: Telemetry | None, layout: Layout) -> bytes:
    """A picture of a PureThermal board: little-endian words."""
    return lines_of(counts, telemetry, layout).astype("<u2").tobytes()
