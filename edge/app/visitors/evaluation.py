"""Many streams of visitors, each before a gate of its own, on all the processors there are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import Any, Final

from edge.app.in_simulation.setting import SENSORS, gate_with
from edge.app.temperature import limits_of
from edge.app.visitors.eye import mask_errors
from edge.app.visitors.gate import Setting
from edge.app.visitors.outcome import Outcome
from edge.app.visitors.person import USUAL
from edge.app.visitors.stream import Stream
from edge.app.visitors.thermometer import PERIOD_S, HeatErrors
from edge.lane.zone import zone_of

STREAM: Final = 25
"""So many people share a gate, its reference body and its queue."""

FPS: Final = 12.5
"""Every second picture of a camera with 25 a second: the vote needs 5 frames of half a second, and has them at either rate."""

_AMBIENT_C: Final = 22.0


@dataclass(frozen=True, slots=True)
class Played:
    """One stream that is over."""

    outcomes: tuple[Outcome, ...]
    seconds: float


def usual_setting() -> Setting:
    """A gate with a Lepton 3.5 as its settings are when nobody changes them, its measured errors, and the usual people."""
    config = gate_with(SENSORS["lepton35"], _AMBIENT_C, 1)
    zone = zone_of(config.zone.polygon, config.zone.min_face, config.colour.width, config.colour.height)
    errors = mask_errors()
    return Setting(zone, limits_of(config), config.screening.worn_probability, errors, HeatErrors(), USUAL, FPS)


def played(setting: Setting, people: int, seed: int) -> Iterator[Played]:
    """`people` visitors in streams of STREAM; the same for the same seed, on however many processors."""
    sizes = [min(STREAM, people - start) for start in range(0, people, STREAM)]
    seeds = [seed * 100_003 + number for number in range(len(sizes))]
    if len(sizes) == 1:
        yield _play(setting, sizes[0], seeds[0])
        return
    with ProcessPoolExecutor(min(len(sizes), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_play, [setting] * len(sizes), sizes, seeds)


def _play(setting: Setting, people: int, seed: int) -> Played:
    stream = Stream(setting, people, seed)
    outcomes = tuple(stream.play())
    return Played(outcomes, stream.seconds)


def described(setting: Setting) -> dict[str, Any]:
    """Everything that was assumed and set, for the result."""
    limits = setting.limits
    screening = {"limit_c": limits.limit_c, "guard_band_c": limits.guard_band_c, "worn_probability": setting.worn_probability}
    mask = setting.mask
    eye = {
        "logit": {state.value: round(middle, 3) for state, middle in mask.middle.items()},
        "spread": round(mask.spread, 3),
        "missed": round(mask.missed, 4),
        "person_share": mask.person_share,
    }
    rates = {"colour_hz": setting.fps, "thermal_hz": round(1 / PERIOD_S, 2)}
    return {
        "settings": screening | rates,
        "errors": {"eye": eye, "thermometer": asdict(setting.heat)},
        "population": asdict(setting.people),
    }


def outcomes_of(streams: Sequence[Played]) -> list[Outcome]:
    return [outcome for stream in streams for outcome in stream.outcomes]
