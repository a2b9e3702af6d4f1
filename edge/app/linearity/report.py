"""A sweep for machines and for people."""

from __future__ import annotations

from math import ceil, floor
from typing import Any, Final

from edge.app.linearity.judged import PLATEAU_C, PLATEAU_SLOPE, RESIDUAL_C, SLOPE, Linearity
from edge.app.report.chart import Axis, Chart
from edge.app.report.page import figures, heading, page, paragraph, table

_RESIDUAL_TICKS: Final = (-0.4, -0.2, 0.0, 0.2, 0.4)


def result(found: Linearity, what: str) -> dict[str, Any]:
    """Plain values for JSON."""
    return {
        "what": what,
        "slope": round(found.slope, 5),
        "offset_c": round(found.offset_c, 4),
        "largest_residual_c": round(found.largest_residual_c, 4),
        "plateau": bool(found.plateaus_c),
        "plateaus_c": [list(stretch) for stretch in found.plateaus_c],
        "unread_c": list(found.unread_c),
        "passed": not found.faults,
        "faults": list(found.faults),
        "steps": [
            {"true_c": round(step.true_c, 4), "read_c": round(step.read_c, 4), "residual_c": round(residual_c, 4)}
            for step, residual_c in zip(found.steps, found.residuals_c, strict=True)
        ],
    }


def rows(found: Linearity) -> list[tuple[str, ...]]:
    """True, read and residual of every step."""
    return [
        (f"{step.true_c:.2f}", f"{step.read_c:.3f}", f"{residual_c:+.3f}")
        for step, residual_c in zip(found.steps, found.residuals_c, strict=True)
    ]


def words(found: Linearity) -> str:
    """The verdict in one paragraph."""
    judged = "Straight." if not found.faults else f"Not straight: {'; '.join(found.faults)}."
    measured = (
        f"Slope {found.slope:.3f}, largest residual {found.largest_residual_c:.3f} degC, offset {found.offset_c:+.3f} degC."
    )
    return f"{measured} {judged}"


def html(found: Linearity, what: str) -> str:
    """The page."""
    asked = (
        f"Asked for: a slope from {SLOPE[0]:g} to {SLOPE[1]:g}, no residual above {RESIDUAL_C:g} degC, no stretch of "
        f"{PLATEAU_C:g} degC with a slope below {PLATEAU_SLOPE:g}, nothing unread. A residual is what is left when the mean "
        "offset is taken off."
    )
    parts = [
        paragraph(what),
        paragraph(words(found)),
        paragraph(asked),
        figures([(_readings(found), "Read against true; the dashed line has slope 1."), (_residuals(found), "Residuals.")]),
        heading("Steps"),
        table(("true degC", "read degC", "residual degC"), rows(found)),
    ]
    return page("Linearity of the thermometer", parts)


def _degrees(found: Linearity) -> tuple[float, ...]:
    every = [value for step in found.steps for value in (step.true_c, step.read_c)]
    return tuple(float(tick) for tick in range(floor(min(every)), ceil(max(every)) + 1))


def _readings(found: Linearity) -> str:
    ticks = _degrees(found)
    chart = Chart("Temperature read against true temperature", Axis("true, degC", ticks), Axis("read, corrected, degC", ticks))
    chart.line([(step.true_c, step.read_c) for step in found.steps], "read")
    ends = (found.steps[0].true_c, found.steps[-1].true_c)
    chart.line([(true_c, true_c + found.offset_c) for true_c in ends], "slope 1", dots=False)
    return chart.svg()


def _residuals(found: Linearity) -> str:
    chart = Chart("Residuals", Axis("true, degC", _degrees(found)), Axis("residual, degC", _RESIDUAL_TICKS))
    chart.limit_up(RESIDUAL_C, f"{RESIDUAL_C:g} degC")
    chart.limit_up(-RESIDUAL_C, f"-{RESIDUAL_C:g} degC")
    residuals = zip(found.steps, found.residuals_c, strict=True)
    chart.line([(step.true_c, residual_c) for step, residual_c in residuals], "residual")
    return chart.svg()
