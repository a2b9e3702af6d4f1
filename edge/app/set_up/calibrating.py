"""Calibrating while the gate runs, in a process of its own: `python -m edge.app.set_up.calibrating RUNDIR FILE SECONDS`.

It says how it goes as lines of JSON: {"say": text}, and at last {"done": {...}} or {"refused": {"what", "remedy"}}. Nothing is
written unless all went well; the settings are not touched.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any, Final

from contract.errors import MenshenError
from edge.app.calibration.by_heads import by_heads
from edge.app.calibration.from_rings import ring_pictures
from edge.app.calibration.laid import Newest
from edge.app.calibration.report import html
from edge.app.calibration.written import calibration_of, write
from edge.app.part import end_with_the_parent
from edge.app.report.page import write as write_page
from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.config.calibration import CalibrationConfig
from edge.config.sources import SimulatedColour, V4l2Colour
from edge.vision.serial_number import usb_serial

_NICE: Final = 10


def main() -> None:
    folder, file, seconds = sys.argv[1:4]
    end_with_the_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    try:
        made = calibrate(RunDir(Path(folder)), Path(file), float(seconds))
    except MenshenError as refused:
        _tell({"refused": {"what": refused.what, "remedy": refused.remedy}})
        sys.exit(2)
    _tell({"done": _outcome(made)})


def calibrate(rundir: RunDir, file: Path, seconds: float) -> CalibrationConfig:
    """By somebody who walks about. Raises MenshenError where that gave no good answer."""
    config = _uncalibrated(rundir.config())
    newest = Newest()
    solution = by_heads(config, seconds, lambda line: _tell({"say": line}), newest, partial(ring_pictures, rundir))
    made = calibration_of(config, solution, "heads", SystemClock().wall(), (_serial(config), None))
    write(made, file)
    write_page(file.with_suffix(".html"), html(made, solution.leftover, []))
    return made


def _uncalibrated(config: GateConfig) -> GateConfig:
    """As `menshen-edge calibrate` reads it; in simulation the one who is drawn walks about, as a person is asked to."""
    changed: dict[str, Any] = {
        "registration": None,
        "screening": config.screening.model_copy(update={"temperature": False}),
    }
    if isinstance(config.colour, SimulatedColour):
        changed["simulation"] = config.simulation.model_copy(update={"scene": "walk_around"})
    return config.model_copy(update=changed)


def _serial(config: GateConfig) -> str | None:
    """Of the colour camera, where that can be told without opening it: the gate has it open."""
    return usb_serial(config.colour.device) if isinstance(config.colour, V4l2Colour) else None


def _outcome(made: CalibrationConfig) -> dict[str, Any]:
    x_mm, y_mm, _ = (1000.0 * metres for metres in made.pose.shift_m)
    return {
        "residual_px": made.residual_px,
        "samples": made.samples,
        "nearest_m": made.nearest_m,
        "farthest_m": made.farthest_m,
        "left_mm": round(x_mm),
        "above_mm": round(y_mm),
        "thermal_ms": None if made.latency is None else round(1000.0 * made.latency.thermal_s),
    }


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
