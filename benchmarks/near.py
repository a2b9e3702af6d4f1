"""When a simulated person truly stood near enough to be judged: what the scene knows and the gate has to find out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from benchmarks.settings import simulated
from edge.app.rundir import RunDir
from edge.lane.zone import zone_of
from edge.sim.scenes import world_of

STEP_S: Final = 0.02


class Near:
    """Of the gate whose shared folder is `rundir`, while it runs."""

    def __init__(self, rundir: Path) -> None:
        config = simulated()
        self._world = world_of(config)
        self._zone = zone_of(config.zone.polygon, config.zone.min_face, config.colour.width, config.colour.height)
        self._epoch_s = RunDir(rundir).epoch_s + time.time() - time.monotonic()

    def since_s(self, from_s: float, until_s: float) -> float | None:
        """The first moment between two (UTC seconds) at which somebody stood in the zone with a large enough face."""
        steps = int((until_s - from_s) / STEP_S) + 1
        moments_s = (from_s + step * STEP_S for step in range(steps))
        return next((moment_s for moment_s in moments_s if self._anybody(moment_s)), None)

    def _anybody(self, moment_s: float) -> bool:
        return any(self._zone.near(actor.box) for actor in self._world.at(moment_s - self._epoch_s).actors)
