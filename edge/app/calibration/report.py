"""A calibration for people: what is left, where, how far away, and how the delay was found."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.app.report.chart import Axis, Chart
from edge.app.report.page import figures, heading, page, paragraph, picture, table

if TYPE_CHECKING:
    from edge.config.calibration import CalibrationConfig
    from edge.vision.calibration.solution import Leftover

Row = tuple[str, ...]
LONGER: Final = 5.0
"""Needles are drawn so many times longer than what is left is."""
_MOST_DOTS: Final = 600
_DEPTHS: Final = 6


def html(made: CalibrationConfig, left: Leftover | None, jpegs: list[tuple[bytes, str]]) -> str:
    """The page. `jpegs`: pictures and their words; only of what is simulated, or asked for."""
    parts = [paragraph(_found(made)), *_pictures(jpegs)]
    if left is not None:
        charts = [(_over_picture(made, left), _PICTURE_WORDS), (_over_depth(made, left), _DEPTH_WORDS)]
        if len(left.lags_s):
            charts.append((_over_lag(made, left), _LAG_WORDS))
        parts += [heading("What is left"), figures(charts), _table(made, left)]
    return page("Calibration of the two cameras", [*parts, heading("Found"), _cameras(made)])


_PICTURE_WORDS: Final = (
    f"Thermal picture: a dot where a point was seen, a needle towards where it should be, {LONGER:g} times as long. Needles that "
    "all point one way at one side tell of a lens that does not fit; places without dots were not looked at."
)
_DEPTH_WORDS: Final = "What is left over the distance. A slope tells of a wrong shift between the cameras."
_LAG_WORDS: Final = (
    "How badly heads fit when the thermal pictures are taken for so much later. The deeper and narrower the valley, the surer."
)


def _found(made: CalibrationConfig) -> str:
    how = "a board of markers" if made.method == "board" else "a head that both cameras saw walk about"
    return (
        f"{made.colour.told()} and {made.thermal.told()}. Made on {made.made_at} by {how}: "
        f"{made.samples} points from {made.nearest_m:.2f} to {made.farthest_m:.2f} m, "
        f"{made.residual_px:.2f} thermal pixels left at a known distance (root mean square)."
    )


def _pictures(jpegs: list[tuple[bytes, str]]) -> list[str]:
    return [heading("The two pictures"), figures([(picture(jpeg, words), words) for jpeg, words in jpegs])] if jpegs else []


def _few(count: int) -> slice:
    """Every so manieth, so that a page stays small."""
    return slice(None, None, max(1, ceil(count / _MOST_DOTS)))


def _over_picture(made: CalibrationConfig, left: Leftover) -> str:
    across = Axis("column, pixels", _quarters(made.thermal.width))
    down = Axis("row, pixels", tuple(reversed(_quarters(made.thermal.height))))
    chart = Chart("What is left at each point of the thermal picture", across, down)
    few = _few(len(left.at_px))
    starts, ends = left.at_px[few], (left.at_px + LONGER * left.off_px)[few]
    needles = [((float(a), float(b)), (float(c), float(d))) for (a, b), (c, d) in zip(starts, ends, strict=True)]
    chart.needles(needles, f"seen, and towards where it should be (x{LONGER:g})")
    return chart.svg()


def _over_depth(made: CalibrationConfig, left: Leftover) -> str:
    off_px = np.hypot(*left.off_px.T)
    most_px = max(2.0, float(np.quantile(off_px, 0.99)))
    depths = Axis("distance, m", _ticks(left.depth_m.min(), left.depth_m.max()))
    chart = Chart("What is left over the distance", depths, Axis("left, thermal pixels", _ticks(0, most_px)))
    few = _few(len(off_px))
    chart.dots([(float(x), float(y)) for x, y in zip(left.depth_m[few], off_px[few], strict=True)], f"{len(off_px)} points")
    rows = [(middle_m, rms_px) for _, _, middle_m, rms_px in _by_depth(left)]
    chart.line(rows, "root mean square")
    chart.limit_up(made.residual_px, f"{made.residual_px:.2f} px stored")
    return chart.svg()


def _over_lag(made: CalibrationConfig, left: Leftover) -> str:
    later_ms = left.lags_s * 1e3
    shown = left.lag_rms_px <= 4.0 * left.lag_rms_px.min()
    most_px = float(left.lag_rms_px[shown].max())
    times = Axis("thermal pictures later than they say, ms", _ticks(later_ms[shown].min(), later_ms[shown].max()))
    chart = Chart("How badly heads fit for each delay", times, Axis("left, thermal pixels", _ticks(0, most_px)))
    chart.line([(float(x), float(y)) for x, y in zip(later_ms[shown], left.lag_rms_px[shown], strict=True)], "tried")
    best_ms = float(later_ms[left.lag_rms_px.argmin()])
    unsure = "" if made.latency is None else f" +- {made.latency.uncertainty_s * 1e3:.0f} ms"
    chart.limit_across(best_ms, f"{best_ms:.0f} ms{unsure}")
    return chart.svg()


def _by_depth(left: Leftover) -> list[tuple[float, int, float, float]]:
    """From, points, middle and root mean square of some distances."""
    edges = np.quantile(left.depth_m, np.linspace(0, 1, _DEPTHS + 1))
    rows = []
    for near_m, far_m in pairwise(edges):
        inside = (left.depth_m >= near_m) & (left.depth_m <= far_m)
        rms_px = float(np.sqrt((left.off_px[inside] ** 2).sum(1).mean()))
        rows.append((float(near_m), int(inside.sum()), float(np.median(left.depth_m[inside])), rms_px))
    return rows


def _table(made: CalibrationConfig, left: Leftover) -> str:
    """By the board's position, or by distance."""
    if made.method == "heads":
        rows = [(f"from {near_m:.2f} m", str(points), f"{rms_px:.2f}") for near_m, points, _, rms_px in _by_depth(left)]
        return table(("distance", "points", "left, px"), rows)
    rows = []
    for number in np.unique(left.position):
        of = left.position == number
        rms_px, depth_m = float(np.sqrt((left.off_px[of] ** 2).sum(1).mean())), float(left.depth_m[of].mean())
        rows.append((f"{number + 1} at {depth_m:.2f} m", str(int(of.sum())), f"{rms_px:.2f}"))
    return table(("position of the board", "points", "left, px"), rows)


def _cameras(made: CalibrationConfig) -> str:
    shift_mm = ", ".join(f"{1e3 * metres:+.0f}" for metres in made.pose.shift_m)
    turned = float(np.degrees(np.linalg.norm(made.pose.rotation_rad)))
    rows: list[Row] = [
        ("turned against each other", f"{turned:.2f} degrees"),
        ("shift x, y, z", f"{shift_mm} mm"),
        ("mirrored, left for right", "yes" if made.pose.mirror else "no"),
        ("thermal picture turned by (sensor.rotate)", f"{made.thermal.rotate} degrees"),
    ]
    for name, lens in (("colour", made.colour_lens), ("thermal", made.thermal_lens)):
        rows.append((f"{name} focal length", f"{lens.focal_px[0]:.1f} px"))
        rows.append((f"{name} distortion k1, k2", f"{lens.distortion[0]:+.3f}, {lens.distortion[1]:+.3f}"))
    if made.latency is not None:
        late = made.latency
        rows.append(("latency colour, thermal", f"{late.colour_s * 1e3:.0f}, {late.thermal_s * 1e3:.0f} ms"))
        rows.append(("their difference is sure to", f"+- {late.uncertainty_s * 1e3:.0f} ms"))
    return table(("", "value"), rows)


def _quarters(length: int) -> tuple[float, ...]:
    return tuple(length * part / 4 for part in range(5))


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """About six round numbers from below `low` to above `high`."""
    span = max(float(high) - float(low), 1e-6)
    step = 10.0 ** floor(np.log10(span / 5.0))
    step *= next(times for times in (1, 2, 5, 10) if span / (times * step) <= 6.0)  # noqa: PLR2004
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(number * step, 10) for number in range(first, max(last, first + 1) + 1))
