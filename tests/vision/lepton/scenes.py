"""Frames of a room, their telemetry, and their packets in the order a Lepton sends them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edge.sim.wire.lepton_bytes import SEGMENTS, UNUSED, lines_of, packets_of
from edge.vision.thermal.lepton.assembler import FrameAssembler
from edge.vision.thermal.lepton.layout import LEPTON_3, Layout
from edge.vision.thermal.lepton.packets import read_packets
from edge.vision.thermal.lepton.telemetry import FfcState, Telemetry

WELL = Telemetry(
    revision=0x0E00,
    time_ms=600_000,
    status=FfcState.COMPLETE << 4,
    software_revision=(0x0001_0002, 0x0003_0004),
    frame_counter=70_000,
    frame_mean=29_600,
    fpa_ck=30_300,
    housing_ck=30_100,
    ffc_fpa_ck=30_250,
    ffc_ms=480_000,
    emissivity=1.0,
    background_ck=29_515,
    gain_mode=0,
    effective_gain=0,
    tlinear_on=True,
    tlinear_fine=True,
)
"""A settled camera: TLinear on at 0.01 K, high gain, the last FFC two minutes ago."""


def room(seed: int, layout: Layout = LEPTON_3) -> NDArray[np.uint16]:
    """Counts of a room at 22 degC with somebody in it, centikelvin."""
    counts = np.random.default_rng(seed).normal(29_515, 6, (layout.rows, layout.cols))
    counts[layout.rows // 4 : layout.rows // 2, layout.cols // 3 : layout.cols // 2] += 1_200
    return counts.astype(np.uint16)


def lines(number: int, layout: Layout = LEPTON_3) -> NDArray[np.uint16]:
    telemetry = replace(WELL, frame_counter=number) if layout.telemetry else None
    return lines_of(room(number, layout), telemetry, layout)


def sent_frame(number: int, layout: Layout = LEPTON_3, segments: tuple[int, ...] = SEGMENTS) -> NDArray[np.uint8]:
    """The packets of one frame, (packets, 164) uint8."""
    return packets_of(lines(number, layout), layout.per_segment, segments if layout.segments > 1 else ())


def segment(number: int, place: int, told: int | None = None) -> NDArray[np.uint8]:
    """One segment (1 to 4) of frame `number`; `told`: the segment number in its packet 20."""
    numbers = tuple(told if told is not None and one == place else one for one in SEGMENTS)
    return sent_frame(number, segments=numbers)[(place - 1) * 61 : place * 61]


def cycle(number: int, layout: Layout = LEPTON_3) -> list[NDArray[np.uint8]]:
    """A new frame as it is sent: a Lepton 2 sends it three times, a Lepton 3 once and then two unused ones."""
    if layout.segments == 1:
        return [sent_frame(number, layout)] * 3
    unused = sent_frame(number, layout, UNUSED)
    return [sent_frame(number, layout), unused, unused]


def content(number: int, layout: Layout = LEPTON_3) -> NDArray[np.uint8]:
    """The payloads of a whole frame, (packets, 160) uint8."""
    return sent_frame(number, layout)[:, 4:]


def assembled(*packets: NDArray[np.uint8], layout: Layout = LEPTON_3, read: int = 128) -> list[NDArray[np.uint8]]:
    """The frames that an assembler makes of these packets, read in pieces of `read` packets."""
    assembler, frames = FrameAssembler(layout), []
    stream = np.vstack(packets)
    for at in range(0, len(stream), read):
        frames += assembler.feed(read_packets(stream[at : at + read].tobytes(), layout.per_segment))
    return frames
