"""What the settings trade for one another, and how much rests on what was assumed: the same gate at several values of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from edge.app.visitors.evaluation import played
from edge.app.visitors.gate import Setting
from edge.app.visitors.person import HARD
from edge.app.visitors.summary import summary

SHARE: Final = 40
"""One value is judged on so many times fewer people than the whole, but on hard ones."""

FEWEST: Final = 1


@dataclass(frozen=True, slots=True)
class Knob:
    """Something to turn.

    Attributes:
        words: for the report; `unit` may be empty.
        values: what it is turned to.
        turned: the setting with that value.
        assumed: whether it is no setting of a gate but an assumption of this evaluation.
    """

    words: str
    unit: str
    values: tuple[float, ...]
    turned: Callable[[Setting, float], Setting]
    assumed: bool = False


def _limit(setting: Setting, limit_c: float) -> Setting:
    return replace(setting, limits=replace(setting.limits, limit_c=limit_c))


def _band(setting: Setting, band_c: float) -> Setting:
    return replace(setting, limits=replace(setting.limits, guard_band_c=band_c))


def _worn(setting: Setting, probability: float) -> Setting:
    return replace(setting, worn_probability=probability)


def _alike(setting: Setting, share: float) -> Setting:
    return replace(setting, mask=replace(setting.mask, person_share=share))


def _scatter(setting: Setting, scatter_c: float) -> Setting:
    return replace(setting, heat=replace(setting.heat, scatter_c=scatter_c))


KNOBS: Final = {
    "limit_c": Knob("screening.limit_c", "degC", (37.0, 37.3, 37.5, 38.0), _limit),
    "guard_band_c": Knob("screening.guard_band_c", "degC", (0.0, 0.1, 0.25, 0.5), _band),
    "worn_probability": Knob("screening.worn_probability", "", (0.45, 0.6, 0.75, 0.9), _worn),
    "person_share": Knob("what a person's frames have in common", "", (0.4, 0.6, 0.8, 0.95), _alike, assumed=True),
    "scatter_c": Knob("how people's skin differs from their core", "degC", (0.0, 0.25, 0.5), _scatter, assumed=True),
}


def sample_of(people: int) -> int:
    """How many people each value is judged on."""
    return max(FEWEST, people // SHARE)


def hard(setting: Setting) -> Setting:
    """The same gate before people with whom much can go wrong."""
    return replace(setting, people=HARD)


def judged(setting: Setting, people: int, seed: int) -> dict[str, Any]:
    """The figures of one value of a knob; `setting` is `hard` and turned, `people` of the whole evaluation."""
    return summary(list(played(setting, sample_of(people), seed)))


def traded(setting: Setting, knob: Knob, people: int, seed: int, untouched: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a value: the value, and the rates that it moves. `untouched` are the figures of `setting` itself."""
    for value in knob.values:
        turned = knob.turned(setting, value)
        found = untouched if turned == setting else judged(turned, people, seed)
        yield {
            "value": value,
            "people": found["people"],
            "wrong_passes": found["wrong_passes"]["by_cause"],
            "fine_not_passed": found["fine_not_passed"],
            "wrong_stops": {key: found["wrong_stops"][key] for key in ("count", "of", "share", "interval")},
            "median_s": found["verdict_s"]["median"],
        }
