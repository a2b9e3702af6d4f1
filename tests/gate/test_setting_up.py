"""A gate that is not set up yet: it says so, and lets nobody in."""

from __future__ import annotations

from pathlib import Path

from edge.config.set_up import SetUpConfig
from edge.config.thermometry import ZoneConfig
from edge.gate.loop import SETTING_UP
from tests.kiosk.looked_at import LookedAt, gate_with_a_page

STEPS = 20
FRONT = ZoneConfig(polygon=[[0.3, 0.0], [0.65, 0.0], [0.65, 1.0], [0.3, 1.0]])
"""One of the two who stand there."""


def test_whoever_would_pass_is_told_that_the_gate_is_being_set_up_and_the_arm_stays_down(tmp_path: Path) -> None:
    assert any(is_open for _, _, is_open in said(tmp_path / "ready", SetUpConfig()))
    assert said(tmp_path / "new", SetUpConfig(unfinished=True)) == {(SETTING_UP.verdict.value, "setting_up", False)}


def said(folder: Path, set_up: SetUpConfig) -> set[tuple[str, str | None, bool]]:
    """Verdicts, reasons and whether the arm was up, over STEPS pictures."""
    folder.mkdir()
    gate, heard = LookedAt(folder, gate_with_a_page().model_copy(update={"set_up": set_up, "zone": FRONT})), set()
    for _ in range(STEPS):
        gate.step()
        note = gate.rundir.board("gate").read() or {}
        heard.add((note["verdict"], note["reason"], note["barrier_open"]))
    return heard
