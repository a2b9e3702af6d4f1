"""A whole frame taken apart: counts, and what the camera says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from edge.vision.thermal.lepton.layout import WORDS
from edge.vision.thermal.lepton.telemetry import Telemetry, read_telemetry

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.thermal.lepton.layout import Layout


@dataclass(frozen=True, slots=True)
class LeptonFrame:
    """One frame.

    Attributes:
        counts: (rows, cols) uint16: centikelvin where TLinear is on at 0.01 K.
        telemetry: None where the camera sends none.
    """

    counts: NDArray[np.uint16]
    telemetry: Telemetry | None


def frame_of_packets(payloads: NDArray[np.uint8], layout: Layout) -> LeptonFrame:
    """Of the payloads of a whole VoSPI frame, (packets, 160) uint8: big-endian words."""
    return _taken_apart(payloads.view(">u2").astype(np.uint16), layout)


def frame_of_y16(data: bytes, layout: Layout) -> LeptonFrame:
    """Of a UVC picture of format Y16: little-endian words, the telemetry lines last. Raises ValueError on any other size."""
    if len(data) != layout.packets * WORDS * 2:
        raise ValueError(f"a Y16 picture has {layout.packets * WORDS * 2} bytes here, not {len(data)}")
    return _taken_apart(np.frombuffer(data, "<u2").astype(np.uint16).reshape(-1, WORDS), layout)


def _taken_apart(lines: NDArray[np.uint16], layout: Layout) -> LeptonFrame:
    at = layout.telemetry_packets if layout.header else 0
    counts = lines[at : at + layout.picture_packets].reshape(layout.rows, layout.cols)
    if not layout.telemetry:
        return LeptonFrame(counts, None)
    return LeptonFrame(counts, read_telemetry(lines if layout.header else lines[layout.picture_packets :]))
