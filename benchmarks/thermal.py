"""The thermal side of a round, from the ring to the verdict, at two sizes of picture and with one and eight faces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.bare import HEIGHT_PX, WIDTH_PX
from benchmarks.crowd import FPS, film_of, heats_of
from benchmarks.result import Figure, Json, Result
from benchmarks.settings import simulated
from benchmarks.thermal_side import STAGES, ThermalSide
from benchmarks.timing import Times
from edge.config import GateConfig
from edge.config.thermometry import RegistrationConfig
from edge.vision.detector import Detector

ROUNDS: Final = 400
WARM: Final = 40
FACE_PX: Final = 100.0
PEOPLE: Final = (1, 8)
SCALES: Final = (1, 2)
"""160x120, as a Lepton 3.5 has it, and 320x240."""


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises ModelError."""
    detector = Detector.open(input_width=WIDTH_PX, input_height=HEIGHT_PX)
    figures: list[Figure] = []
    details: dict[str, Json] = {}
    for scale in SCALES:
        config = scaled(simulated(), scale)
        for count in PEOPLE:
            name = f"{160 * scale}x{120 * scale}, {count} face{'s' if count > 1 else ''}"
            say(name)
            side, bare = _play(config, count, detector, folder / f"{scale}-{count}")
            figures += _figures(name, side, bare)
            details[name] = _details(side, bare)
    method = (
        f"{ROUNDS} pictures each at 25 a second, in turns with a bare limit: a copy of the picture's counts and one percentile "
        "of them; medians; 'all' is ring, degrees, reference body, registration, readings, votes and policy together"
    )
    return Result("thermal", method, tuple(figures), details)


def scaled(config: GateConfig, scale: int) -> GateConfig:
    """The gate with a thermal picture `scale` times as fine of the same scene."""
    body, mapping = config.reference, config.registration
    assert body is not None
    assert mapping is not None
    assert mapping.matrix is not None
    place = {"row": body.row * scale, "col": body.col * scale, "radius_px": body.radius_px * scale}
    matrix = [[scale * value for value in row] for row in mapping.matrix]
    return config.model_copy(
        update={
            "thermal": config.thermal.model_copy(update={"rows": 120 * scale, "cols": 160 * scale}),
            "reference": body.model_copy(update=place),
            "registration": RegistrationConfig(matrix=matrix, residual_px=mapping.residual_px),
        }
    )


def _play(config: GateConfig, count: int, detector: Detector, folder: Path) -> tuple[ThermalSide, Times]:
    """All rounds; the bare limit beside each."""
    folder.mkdir()
    found = [detector.find(picture) for picture in film_of(count, FACE_PX).colour]
    heats = heats_of(count, FACE_PX, config)
    side, bare, kept = ThermalSide(config, folder), Times(), np.empty_like(heats[0])
    for number in range(1, WARM + ROUNDS + 1):
        counts = heats[number % len(heats)]
        side.round(found[number % len(found)], counts, number / FPS)
        bare.of(partial(_bare, kept, counts))
    side.close()
    return side, bare.without_first(WARM)


def _bare(kept: NDArray[np.uint16], counts: NDArray[np.uint16]) -> None:
    np.copyto(kept, counts)
    np.percentile(kept, 90)


def _figures(name: str, side: ThermalSide, bare: Times) -> list[Figure]:
    everything = side.together.without_first(WARM)
    return [
        Figure(f"{name}: all", everything.wall.p50, "ms"),
        Figure(f"{name}: all, p99", everything.wall.p99, "ms"),
        Figure(f"{name}: all, processor time", everything.cpu.p50, "ms"),
        Figure(f"{name}: all / bare limit, processor time", everything.cpu.p50 / bare.cpu.p50, "x"),
        *[Figure(f"{name}: {words}", side.spent[stage].without_first(WARM).wall.p50, "ms") for stage, words in STAGES.items()],
    ]


def _details(side: ThermalSide, bare: Times) -> dict[str, Json]:
    times = {stage: one.without_first(WARM) for stage, one in side.spent.items()}
    return {
        "measured_share": round(side.measured_share, 3),
        "ms": {stage: asdict(one.wall) for stage, one in times.items()},
        "cpu_ms": {stage: asdict(one.cpu) for stage, one in times.items()},
        "bare_ms": asdict(bare.wall),
    }
