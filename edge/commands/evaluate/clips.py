"""`menshen-edge evaluate clips DIR`: recordings of a thermal camera through the gate's own thermometry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from edge.app.clips.gate_for import found_body, gate_for, way_up
from edge.app.clips.play import play
from edge.app.clips.recording import Recording, recordings
from edge.app.clips.summary import summary
from edge.errors import SourceError
from edge.vision.detector import Detector

if TYPE_CHECKING:
    from pathlib import Path

_UPRIGHT = 0


def evaluate_clips(where: Path, out: Path | None, setpoint_c: float | None) -> None:
    """Play every recording, print a table, write the result."""
    found = recordings(where)
    detector = Detector.open(input_width=320, input_height=416)
    clips, refused = [], []
    for recording in track(found, "playing recordings", console=Console(stderr=True)):
        try:
            clips.append(_evaluated(recording, detector, setpoint_c))
        except SourceError as unusable:
            refused.append({"clip": recording.name, "why": unusable.what})
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps({"clips": clips, "refused": refused}, indent=1) + "\n", encoding="utf-8")
    _show(clips, refused)


def _evaluated(recording: Recording, detector: Detector, setpoint_c: float | None) -> dict[str, Any]:
    frames = recording.frames()
    turn_deg, body = way_up(frames, detector), found_body(frames)
    config = gate_for(recording, _UPRIGHT if turn_deg is None else turn_deg, body, setpoint_c)
    row = summary(recording.name, play(config, detector, frames))
    place = None if body is None else {"row": round(body.row, 1), "col": round(body.col, 1), "radius_px": body.radius_px}
    return row | {"turned_deg": turn_deg, "reference": place}


def _show(clips: list[dict[str, Any]], refused: list[dict[str, str]]) -> None:
    console = Console()
    table = Table(title="recordings", title_justify="left")
    for heading in ("clip", "people", "skin degC", "spread", "reference", "recheck", "verdict after", "not measured because"):
        table.add_column(heading, overflow="fold")
    for clip in clips:
        reasons = ", ".join(f"{name} {count}" for name, count in clip["reasons"].items())
        skin = "-" if clip["reading_c"] is None else f"{clip['reading_c']:.1f} ± {clip['uncertainty_c']:.2f}"
        table.add_row(
            clip["clip"],
            str(clip["people_measured"]),
            skin,
            _told(clip["spread_c"], "degC"),
            f"{clip['reference_found']:.0%}",
            str(clip["rechecks"]),
            _told(clip["first_body_to_verdict_s"], "s"),
            reasons,
        )
    console.print(table)
    for one in refused:
        console.print(f"refused: {one['clip']}: {one['why']}")


def _told(value: float | None, unit: str) -> str:
    return "-" if value is None else f"{value:.2f} {unit}"
