"""How a gate stands in its set-up: from its settings and from what its processes say now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from edge.app.calibration.age import watch_of
from edge.app.mapping import mapping_of
from edge.app.set_up.confirmed import confirmed
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.sources import NoThermal, ThermalColour
from edge.policy.set_up import SetUpFacts

FRESH_S: Final = 5.0
"""What was seen longer ago says nothing of now."""
_LIVE: Final = "live"


def facts_of(config: GateConfig, notes: Mapping[str, Mapping[str, Any]], clock: Clock) -> SetUpFacts:
    """`notes`: what stands on the boards `colour`, `thermal`, `seen` and `uplink`; empty where nothing does."""
    two = not isinstance(config.colour, ThermalColour) and not isinstance(config.thermal, NoThermal)
    return SetUpFacts(
        confirmed=confirmed(config),
        live=all(notes[name].get("state") == _LIVE for name in cameras_of(config)),
        temperature=config.screening.temperature,
        two_cameras=two and config.screening.temperature,
        body_seen=_bodies_seen(notes["seen"], clock.monotonic_s()) == len(config.bodies) > 0,
        calibrated=_calibrated(config, clock),
        moves=config.barrier.real,
        paired=config.uplink.broker.cert_file is not None and bool(notes["uplink"].get("connected")),
        finished=not config.set_up.unfinished,
    )


def cameras_of(config: GateConfig) -> list[str]:
    """The boards of the cameras that this gate has."""
    colour = [] if isinstance(config.colour, ThermalColour) else ["colour"]
    return colour if isinstance(config.thermal, NoThermal) else [*colour, "thermal"]


def _bodies_seen(seen: Mapping[str, Any], now_s: float) -> int:
    if not seen or seen.get("reference") is None or not 0.0 <= now_s - seen["now_s"] <= FRESH_S:
        return 0
    return len(seen["reference"]["bodies"])


def _calibrated(config: GateConfig, clock: Clock) -> bool:
    mapping, watch = mapping_of(config), watch_of(config)
    if mapping is None or mapping.calibrated is None or watch is None:
        return False
    days = watch.days(clock.wall())
    return days is None or days > 0
