"""An MLX90640's full frame, both sub-pages with replacement and counts, beside what arithmetic alone must cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.result import Figure, Result
from benchmarks.timing import side_by_side
from edge.sim.wire.mlx90640_eeprom import eeprom_of
from edge.sim.wire.mlx90640_inverse import Surroundings, frame_words
from edge.vision.thermal.melexis.centikelvin import counts_of
from edge.vision.thermal.melexis.mlx90640_decoder import Mlx90640Decoder
from edge.vision.thermal.melexis.mlx90640_frame import frame_of
from edge.vision.thermal.melexis.mlx90640_parameters import restore
from edge.vision.thermal.melexis.mlx90640_pixels import COLS, PIXELS, ROWS
from edge.vision.thermal.melexis.mlx90640_replacement import replace

ROUNDS: Final = 2000
CONTROL: Final = 0x1A01
FRAME_MS: Final = 2.0
_BROKEN: Final = 64 + 367


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Never raises."""
    del folder
    eeprom = eeprom_of()
    eeprom[_BROKEN] = 0
    parameters = restore(eeprom, "simulated")
    decoder, celsius = Mlx90640Decoder(parameters), np.zeros(PIXELS)
    scene = np.random.default_rng(1).uniform(20.0, 36.0, PIXELS)
    frames = [frame_of(frame_words(scene, parameters, CONTROL, subpage, Surroundings())) for subpage in (0, 1)]

    def whole() -> None:
        for frame in frames:
            decoder.into(celsius, frame, 1.0, None)
        replace(celsius, parameters.bad.all, chess=True)
        counts_of(celsius, ROWS, COLS)

    half = np.full(PIXELS // 2, 1e10)

    def bare() -> None:
        for _ in frames:
            for _ in range(3):
                np.sqrt(np.sqrt(half))

    say(f"{ROUNDS} frames")
    frame, roots = side_by_side([whole, bare], ROUNDS)
    figures = (
        Figure("a full frame", frame.wall.p50, "ms", FRAME_MS),
        Figure("a full frame, p99", frame.wall.p99, "ms"),
        Figure("a full frame, processor time", frame.cpu.p50, "ms"),
        Figure("a full frame / its fourth roots alone", frame.wall.p50 / roots.wall.p50, "x"),
    )
    method = f"{ROUNDS} frames of 32x24 (two sub-pages), in turns with the three fourth roots a pixel needs; medians"
    return Result("mlx90640", method, figures, {"ms": asdict(frame.wall), "roots_ms": asdict(roots.wall)})
