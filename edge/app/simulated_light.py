"""The light of the simulated room's lamp, for a simulated sensor in it."""

from __future__ import annotations

from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.config import GateConfig
from edge.sim.hand import from_note
from edge.sim.lamp import UvcLight, irradiance_uw_cm2, no_light


def uvc_light(config: GateConfig, rundir: RunDir, clock: Clock) -> UvcLight:
    """As bright as the simulated circuit has the lamp now; dark where nothing of it is simulated."""
    if not (config.simulation.circuit and config.simulation.sensors) or config.room is None:
        return no_light
    circuit, hand = rundir.board("circuit"), rundir.board("hand")

    def light() -> float:
        room = (circuit.read() or {}).get("room")
        if room is None or not room["lit"] or not room["history"]:
            return 0.0
        lit_s = max(0.0, clock.monotonic_s() - room["history"][-1][0])
        told = hand.read()
        return irradiance_uw_cm2(lit_s, aged=told is not None and from_note(told).room.aged)

    return light
