"""The uncertainty that is said, what it is made of, and whether the errors keep to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil
from typing import Any, Final

from edge.app.in_simulation.budget import Budget
from edge.app.in_simulation.evaluation import Judged
from edge.app.report.chart import Axis, Chart
from edge.app.report.page import figures, heading, page, paragraph, table

PART_WORDS: Final = {
    "noise_c": "noise",
    "reference_c": "reference body",
    "registration_c": "alignment",
    "emissivity_c": "skin emissivity",
    "size_c": "stray light",
    "distance_c": "air",
    "spot_c": "small spot",
}
_COVERAGE: Final = 2.0
_UP: Final = (-4.0, -2.0, 0.0, 2.0, 4.0)


def html(
    summaries: Mapping[str, Mapping[str, Any]],
    found: Mapping[str, Sequence[Judged]],
    budgets: Mapping[str, Sequence[Budget]],
    limit_c: float,
) -> str:
    """The page. Keys are names of sensors; `limit_c` is `sensor.max_uncertainty_c`."""
    parts = [
        paragraph(
            "Simulated people before simulated sensors, read by the gate's own thermometry. Uncertainties are standard ones (one "
            "sigma); scatter between people's own temperatures is no part of them."
        ),
        paragraph(_honest(summaries)),
        table(
            ("sensor", "people", "bias", "errors' spread", "uncertainty said", "spread / said", "within twice it"),
            [_row(name, one) for name, one in summaries.items()],
        ),
    ]
    for name, steps in budgets.items():
        charts = [(_stack(name, steps, limit_c), _STACK_WORDS), (_errors(name, found[name]), _ERROR_WORDS)]
        parts += [heading(name), figures(charts), _numbers(steps)]
    return page("Uncertainty of the thermometer, in simulation", parts)


_STACK_WORDS: Final = (
    "The combined uncertainty over the distance (top edge). Each band is a part's share of its square, so that the bands add up; "
    "the parts themselves stand below. Median of three people at 22 degC."
)
_ERROR_WORDS: Final = (
    "Read less true, in units of the uncertainty that was said for that very reading. Of an honest budget 95 % lie within 2."
)


def _honest(summaries: Mapping[str, Mapping[str, Any]]) -> str:
    covered = [f"{one['covered_2u']:.0%} of {one['measured']} ({name})" for name, one in summaries.items() if "covered_2u" in one]
    return (
        f"Within twice the uncertainty that was said of each: {', '.join(covered)}. More than 95 % means that more is said than "
        "is made: a simulated reference body is exactly as warm as it says, and simulated skin has exactly the emissivity that "
        "is assumed; real ones do not."
    )


def _row(name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    if "covered_2u" not in one:
        return (name, str(one["people"]), *("-" for _ in range(5)))
    numbers = (f"{one[key]:.3f}" for key in ("bias_c", "spread_c", "uncertainty_c"))
    return (name, str(one["people"]), *numbers, f"{one['spread_per_u']:.2f}", f"{one['covered_2u']:.0%}")


def _stack(name: str, steps: Sequence[Budget], limit_c: float) -> str:
    top_c = max([limit_c, *(step.combined_c for step in steps)])
    up = tuple(round(0.1 * tick, 1) for tick in range(ceil(top_c * 10) + 2))
    chart = Chart(f"Uncertainty of a {name} over the distance", _metres(steps), Axis("standard uncertainty, degC", up))
    sums = [list(accumulate((share_c for _, share_c in step.stacked_c()), initial=0.0)) for step in steps]
    for number, part in enumerate(steps[0].parts_c):
        lower, upper = (
            [(step.distance_m, sums_c[number + above]) for step, sums_c in zip(steps, sums, strict=True)] for above in (0, 1)
        )
        chart.area(lower, upper, PART_WORDS.get(part, part))
    chart.limit_up(limit_c, f"limit {limit_c:g} degC")
    return chart.svg()


def _errors(name: str, found: Sequence[Judged]) -> str:
    points = [
        (one.distance_m, (one.read_c - one.skin_c) / one.uncertainty_c)
        for one in found
        if one.read_c is not None and one.uncertainty_c
    ]
    across = _ticks([distance_m for distance_m, _ in points] or [0.0, 1.0])
    chart = Chart(f"Errors of a {name} by its own uncertainty", Axis("distance, m", across), Axis("error / uncertainty", _UP))
    chart.dots(points, f"{len(points)} people")
    chart.limit_up(_COVERAGE, "twice the uncertainty")
    chart.limit_up(-_COVERAGE, "")
    return chart.svg()


def _metres(steps: Sequence[Budget]) -> Axis:
    return Axis("distance, m", _ticks([step.distance_m for step in steps]))


def _ticks(metres: Sequence[float]) -> tuple[float, ...]:
    """Tenths, or two tenths, from below the least to above the most."""
    by = 1 if max(metres) - min(metres) <= 0.8 else 2  # noqa: PLR2004 metres
    first = int(min(metres) * 10) // by * by
    last = max(ceil(max(metres) * 10), first + 1)
    return tuple(tick / 10 for tick in range(first, last + by, by))


def _numbers(steps: Sequence[Budget]) -> str:
    names = [PART_WORDS.get(part, part) for part in steps[0].parts_c]
    rows = [
        (f"{step.distance_m:.2f} m", *(f"{part_c:.3f}" for part_c in step.parts_c.values()), f"{step.combined_c:.3f}")
        for step in steps
    ]
    return table(("distance", *names, "combined"), rows)
