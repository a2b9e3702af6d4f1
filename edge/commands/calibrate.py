"""`menshen-edge calibrate`: a technician is led through it, and a file is written that the gate reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from contract.errors import SettingsError
from edge.app.calibration.by_board import by_board
from edge.app.calibration.by_heads import by_heads
from edge.app.calibration.laid import Newest, jpegs
from edge.app.calibration.report import html
from edge.app.calibration.written import calibration_of, write
from edge.app.capture_parts import colour_opener, thermal_opener
from edge.app.report.page import write as write_page
from edge.app.same_camera import serial_numbers
from edge.clock import SystemClock, clock_ok
from edge.config import GateConfig
from edge.config.calibrated import load_uncalibrated
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.errors import ReportError
from edge.vision.calibration.joint import Board

if TYPE_CHECKING:
    from edge.config.calibration import CalibrationConfig


def calibrate_gate(settings: Path, out: Path | None, seconds: float, board: Board | None, *, with_pictures: bool = False) -> None:
    """Calibrate by `board`, or by heads where there is none. Nothing is written unless all went well.

    A report with plots is written beside the file; `with_pictures`: what the cameras saw last goes into it, which may be people.
    """
    console = Console()
    config, named = load_uncalibrated(settings)
    file = out or named or settings.with_name(f"{settings.stem}.calibration.toml")
    if not file.parent.is_dir():
        raise ReportError("there is no such folder", where=str(file.parent), remedy=f"mkdir -p {file.parent}")
    clock = SystemClock()
    if not clock_ok(clock.wall()):
        raise ReportError(
            f"the clock says {clock.wall():%Y-%m-%d}, and a calibration has a date",
            where="clock",
            remedy="Set the time; check the network time service.",
        )
    serials = serial_numbers(
        colour_opener(config, clock.monotonic_s(), clock), thermal_opener(config, clock.monotonic_s(), clock)
    )
    newest = Newest()
    if board is None:
        solution = by_heads(config, seconds, lambda line: console.print(line, highlight=False), newest)
    else:
        solution = by_board(config, seconds, board, lambda line: console.print(line, highlight=False), newest)
    calibration = calibration_of(config, solution, "heads" if board is None else "board", clock.wall(), serials)
    write(calibration, file)
    _tell(console, calibration)
    console.print(f"written: {file}", highlight=False, soft_wrap=True)
    seen = jpegs(newest, solution, config.sensor.rotate) if with_pictures or _simulated(config) else []
    report = file.with_suffix(".html")
    write_page(report, html(calibration, solution.leftover, seen))
    console.print(f"report: {report}", highlight=False, soft_wrap=True)
    if named is None or (out is not None and out != named):
        relative = file.name if file.resolve().parent == settings.resolve().parent else file.resolve()
        console.print(
            f'Put into {settings.name}, in place of any other [registration]:\n[registration]\nfile = "{relative}"',
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def _simulated(config: GateConfig) -> bool:
    """Whether nobody real can be in its pictures."""
    drawn = isinstance(config.colour, SimulatedColour) and isinstance(config.thermal, SimulatedThermal)
    return drawn and config.simulation.scene != "photographs"


def board_of(markers: str, marker_mm: float, gap_mm: float) -> Board:
    """The board of the options. Raises SettingsError."""
    sides = re.fullmatch(r"(\d{1,2})x(\d{1,2})", markers)
    if sides is None:
        raise SettingsError(f"{markers!r} is no board", where="--markers", remedy="Give columns and rows, such as 4x3.")
    return Board(int(sides[1]), int(sides[2]), marker_mm / 1e3, gap_mm / 1e3)


def _tell(console: Console, made: CalibrationConfig) -> None:
    x_mm, y_mm, _ = (1000.0 * metres for metres in made.pose.shift_m)
    side, level = "left" if x_mm > 0 else "right", "above" if y_mm > 0 else "below"
    distances = f"from {made.nearest_m:.1f} to {made.farthest_m:.1f} m"
    lines = [
        f"Good to {made.residual_px:.1f} thermal pixels at a known distance, by {made.samples} points {distances}.",
        f"The thermal camera is {abs(x_mm):.0f} mm {side} of the colour camera and {abs(y_mm):.0f} mm {level} it. Is that so?",
    ]
    if made.latency is not None:
        lines.append(
            f"From light to picture the thermal camera takes {made.latency.thermal_s * 1e3:.0f} ms "
            f"(+- {made.latency.uncertainty_s * 1e3:.0f}) where the colour camera takes {made.latency.colour_s * 1e3:.0f} ms."
        )
    for kind, camera in (("colour", made.colour), ("thermal", made.thermal)):
        known = (
            f"serial number {camera.serial}" if camera.serial else "it tells no serial number: another of its kind is not noticed"
        )
        lines.append(f"The {kind} camera: {known}.")
    for line in lines:
        console.print(line, highlight=False)
