"""`menshen-edge evaluate mlx90640`: an EEPROM and sub-pages as dumped, to the 768 temperatures the maker's library gives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.markup import escape

from edge.commands.evaluate.word_files import rows_of, words_of
from edge.errors import SourceError
from edge.vision.thermal.melexis.mlx90640_decoder import Mlx90640Decoder
from edge.vision.thermal.melexis.mlx90640_deviating import MEANING, BadPixels, ReturnCode, adjacent_pairs
from edge.vision.thermal.melexis.mlx90640_frame import FRAME_WORDS, Frame, frame_code, frame_of
from edge.vision.thermal.melexis.mlx90640_parameters import EEPROM_WORDS, restore
from edge.vision.thermal.melexis.mlx90640_pixels import PIXELS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of the words.

    Attributes:
        pixels_c: To, shape (768,), row by row; NaN where no sub-page held the pixel. Bad pixels are computed, not replaced,
            as the library's CalculateTo does.
        code: of the EEPROM.
        warnings: everything that is not as it should be, one sentence each; a return code of the library stands first.
    """

    pixels_c: NDArray[np.float64]
    code: ReturnCode
    warnings: tuple[str, ...]


def evaluate(eeprom: Path, frames: Path, emissivity: float, reflected_c: float | None) -> Evaluated:
    """Every line of `frames` in turn; the last sub-page of a kind counts. Raises SourceError."""
    parameters = restore(words_of(eeprom, EEPROM_WORDS), str(eeprom))
    decoder = Mlx90640Decoder(parameters)
    celsius = np.full(PIXELS, np.nan)
    warnings = list(_of_pixels(parameters.bad))
    for number, frame in enumerate(_frames(frames), 1):
        code = frame_code(frame)
        if code is not ReturnCode.OK:
            warnings.append(f"{code.value}: line {number} of {frames.name}: {MEANING[code]}; not used")
            continue
        decoder.into(celsius, frame, emissivity, reflected_c)
    missing = int(np.isnan(celsius).sum())
    if missing:
        warnings.append(f"{missing} pixels have no temperature: their sub-page is not among the frames, or their signal is none")
    return Evaluated(celsius, parameters.bad.code, tuple(warnings))


def _frames(path: Path) -> list[Frame]:
    try:
        return [frame_of(row) for row in rows_of(path, FRAME_WORDS)]
    except ValueError as refused:
        raise SourceError(str(refused), where=str(path), remedy="RAM, control register, sub-page: 834 words.") from refused


def _of_pixels(bad: BadPixels) -> list[str]:
    said = [] if bad.code is ReturnCode.OK else [f"{bad.code.value}: {MEANING[bad.code]}{_pairs(bad)}"]
    said += [f"pixel {pixel} (row {pixel // 32}, column {pixel % 32}) is broken" for pixel in bad.broken]
    return said + [f"pixel {pixel} (row {pixel // 32}, column {pixel % 32}) is an outlier" for pixel in bad.outliers]


def _pairs(bad: BadPixels) -> str:
    if bad.code is not ReturnCode.ADJACENT_PIXELS:
        return ""
    return ": " + ", ".join(f"{one} and {other}" for one, other in adjacent_pairs(bad.all))


def report(eeprom: Path, frames: Path, emissivity: float, reflected_c: float | None, file: Path | None) -> None:
    """Print what came of it, and write it to `file`. Raises SourceError."""
    found = evaluate(eeprom, frames, emissivity, reflected_c)
    if file is not None:
        _write(found, file)
    console = Console(highlight=False)
    for warning in found.warnings:
        console.print(f"[yellow]warning:[/] {escape(warning)}", soft_wrap=True)
    seen = found.pixels_c[np.isfinite(found.pixels_c)]
    if len(seen):
        console.print(f"{len(seen)} pixels from {seen.min():.2f} to {seen.max():.2f} degC, median {np.median(seen):.2f}")


def _write(found: Evaluated, file: Path) -> None:
    pixels = [round(pixel, 6) if np.isfinite(pixel) else None for pixel in found.pixels_c.tolist()]
    body = {"pixels_c": pixels, "warnings": list(found.warnings), "return_code": found.code.value}
    try:
        file.write_text(json.dumps(body) + "\n", encoding="utf-8")
    except OSError as refused:
        what = f"the result cannot be written ({refused.strerror})"
        raise SourceError(what, where=str(file), remedy="Choose another place with --json.") from refused
