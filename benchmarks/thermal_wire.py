"""A Lepton 3.5 from its bytes to a picture, beside the bare limit: the same bytes copied into an array."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.result import Figure, Json, Result
from benchmarks.timing import Times, side_by_side
from edge.sim.wire.lepton_bytes import SEGMENTS, UNUSED, discards, lines_of, packets_of, y16_of
from edge.vision.thermal.lepton.assembler import FrameAssembler
from edge.vision.thermal.lepton.crc import PACKET_BYTES
from edge.vision.thermal.lepton.frame import frame_of_packets, frame_of_y16
from edge.vision.thermal.lepton.layout import LEPTON_3
from edge.vision.thermal.lepton.packets import read_packets
from edge.vision.thermal.lepton.pictures import Pictures
from edge.vision.thermal.lepton.telemetry import FfcState, Telemetry

ROUNDS: Final = 500
PERIOD_MS: Final = 114.0
PACKETS: Final = 1738
"""Clocked at 20 MHz from one new picture to the next: it, two unused frames, and discard packets."""
READ_BYTES: Final = 128 * PACKET_BYTES
SHARE_PERCENT: Final = 10.0


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    del folder
    frame, cycle, y16 = _bytes()
    say(f"{ROUNDS} frames, each as packets, as everything between two new pictures, and as Y16")
    works = [
        lambda: _decode(frame),
        lambda: np.frombuffer(frame, np.uint8).copy(),
        lambda: _decode(cycle),
        lambda: np.frombuffer(cycle, np.uint8).copy(),
        lambda: Pictures(0.1, "bench").of(frame_of_y16(y16, LEPTON_3), 0.0),
    ]
    times = dict(zip(("frame", "frame_bare", "period", "period_bare", "y16"), side_by_side(works, ROUNDS), strict=True))
    share = times["period"].cpu.p50 / PERIOD_MS * 100
    figures = (
        Figure("244 packets to a picture", times["frame"].wall.p50, "ms"),
        Figure("of it, bare copy", times["frame_bare"].wall.p50, "ms"),
        Figure("244 packets / bare copy", _ratio(times, "frame"), "x"),
        Figure(f"all {PACKETS} packets of a period", times["period"].wall.p50, "ms"),
        Figure("all packets of a period / bare copy", _ratio(times, "period"), "x"),
        Figure("processor time, of the 114 ms between new pictures", share, "%", SHARE_PERCENT),
        Figure("Y16 to a picture", times["y16"].wall.p50, "ms"),
    )
    details: dict[str, Json] = {name: asdict(one.wall) for name, one in times.items()}
    method = (
        "checksums, order, telemetry, counts and what speaks against them, of simulated packets read 128 at a time; in turns "
        "with np.frombuffer().copy()"
    )
    return Result("thermal_wire", method, figures, details)


def _decode(data: bytes) -> None:
    assembler, pictures = FrameAssembler(LEPTON_3), Pictures(0.1, "bench")
    for at in range(0, len(data), READ_BYTES):
        packets = read_packets(data[at : at + READ_BYTES], LEPTON_3.per_segment)
        for payloads in assembler.feed(packets):
            pictures.of(frame_of_packets(payloads, LEPTON_3), 0.0)


def _ratio(times: dict[str, Times], name: str) -> float:
    return times[name].wall.p50 / times[f"{name}_bare"].wall.p50


def _bytes() -> tuple[bytes, bytes, bytes]:
    counts = np.random.default_rng(1).normal(29_515, 200, (120, 160)).astype(np.uint16)
    telemetry = replace(_TELEMETRY, frame_counter=1)
    lines = lines_of(counts, telemetry, LEPTON_3)
    new, unused = (packets_of(lines, LEPTON_3.per_segment, segments) for segments in (SEGMENTS, UNUSED))
    gap = discards((PACKETS - 3 * len(new)) // 3)
    return new.tobytes(), np.vstack([new, gap, unused, gap, unused, gap]).tobytes(), y16_of(counts, telemetry, LEPTON_3)


_TELEMETRY: Final = Telemetry(
    revision=0x0E00,
    time_ms=600_000,
    status=FfcState.COMPLETE << 4,
    software_revision=(0, 0),
    frame_counter=0,
    frame_mean=0,
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
