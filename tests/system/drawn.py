"""A drawn visitor as a picture with a manifest: somebody who stands where the camera sees best, as warm as a test wants."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2

from edge.config import load_gate
from edge.sim.cameras import simulated_colour
from edge.sim.scenes import world_of
from tests.clocks import FakeClock
from tests.system.settings import walk_up

STANDING_S = 1.8
"""In the walk-up scene the first visitor, who wears a mask, stands at the gate then."""


def drawn_visitors(folder: Path, name: str, cores_c: Sequence[float]) -> Path:
    """The manifest: that visitor once for each core temperature, degC."""
    settings = folder / "drawing.toml"
    settings.write_text(walk_up(name) + '\n[barrier]\nkind = "log"\n\n[uplink]\ndatabase = "none.db"\n', encoding="utf-8")
    config = load_gate(settings)
    camera = simulated_colour(config, 0.0, FakeClock())
    cv2.imwrite(str(folder / "visitor.png"), camera.picture(STANDING_S))
    camera.close()
    [actor] = world_of(config).at(STANDING_S).actors
    box = ",".join(f"{edge:.1f}" for edge in actor.box)
    manifest = folder / "visitors.csv"
    rows = "".join(f"visitor.png,{box},worn,{core_c}\n" for core_c in cores_c)
    manifest.write_text(f"file,x1,y1,x2,y2,mask,core_c\n{rows}", encoding="utf-8")
    return manifest
