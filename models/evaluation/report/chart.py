"""A small line chart as SVG: axes with units, curves, limits drawn in, a legend that also shows the stroke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from models.evaluation.report.look import GRID, INK, QUIET, Stroke

WIDTH, HEIGHT = 460, 330
LEFT, RIGHT, TOP, BOTTOM = 56, 24, 12, 78
_LETTER: Final = 6.0
_SAMPLE: Final = 30
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high` with marks at `ticks`; `percent` shows shares as percent."""

    title: str
    low: float = 0.0
    high: float = 1.0
    ticks: tuple[float, ...] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    percent: bool = False
    names: tuple[str, ...] = ()
    """What to write at each tick, where numbers would not do."""

    def words(self, value: float) -> str:
        """A tick's label."""
        if self.names:
            return self.names[self.ticks.index(value)]
        return f"{value * 100:g} %" if self.percent else f"{value:g}"

    def share(self, value: float) -> float:
        """Where a value lies between both ends, kept inside."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


@dataclass(slots=True)
class Chart:
    """Add curves and limits, then ask for `svg`. `name` is read aloud in place of the picture."""

    name: str
    across: Axis
    up: Axis
    _shapes: list[str] = field(default_factory=list)
    _legend: list[tuple[str, Stroke, bool]] = field(default_factory=list)

    def line(self, points: Points, stroke: Stroke, words: str, *, dots: bool = False) -> None:
        """One curve; with `dots` each point is marked."""
        at = [(self._x(x), self._y(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        self._shapes.append(f'<polyline points="{path}" fill="none" {_stroke(stroke)}/>')
        if dots:
            self._shapes += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{stroke.colour}"/>' for x, y in at]
        self._legend.append((words, stroke, dots))

    def bars(self, tops: Points, half_width: float, stroke: Stroke) -> None:
        """Bars from the bottom up to each point, behind the curves drawn later."""
        for x, y in tops:
            left, right, top = self._x(x - half_width) + 1, self._x(x + half_width) - 1, self._y(y)
            size = f'width="{right - left:.1f}" height="{self._y(self.up.low) - top:.1f}"'
            self._shapes.append(f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{stroke.colour}" opacity="0.22"/>')

    def limit_up(self, value: float, words: str, *, below: bool = False) -> None:
        """A horizontal limit with its name above or below it."""
        y = self._y(value)
        self._shapes.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" {_stroke(_LIMIT)}/>')
        self._shapes.append(_text(LEFT + 4, y + (13 if below else -4), words, "start", QUIET))

    def limit_across(self, value: float, words: str) -> None:
        """A vertical limit with its name."""
        x = self._x(value)
        self._shapes.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" {_stroke(_LIMIT)}/>')
        near_the_end = self.across.share(value) > 0.6
        self._shapes.append(_text(x + (-5 if near_the_end else 5), TOP + 10, words, "end" if near_the_end else "start", QUIET))

    def svg(self) -> str:
        """The picture."""
        parts = [*self._grid(), *self._shapes, *self._legend_parts()]
        head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(self.name)}">'
        return head + "".join(parts) + "</svg>"

    def _grid(self) -> list[str]:
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        parts = []
        for tick in self.across.ticks:
            x = self._x(tick)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}" stroke="{GRID}"/>')
            parts.append(_text(x, bottom + 15, self.across.words(tick), "middle", QUIET))
        for tick in self.up.ticks:
            y = self._y(tick)
            parts.append(f'<line x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>')
            parts.append(_text(LEFT - 6, y + 4, self.up.words(tick), "end", QUIET))
        middle = (TOP + bottom) / 2
        parts.append(_text((LEFT + right) / 2, bottom + 31, self.across.title, "middle", INK))
        turned = f'<g transform="rotate(-90 12 {middle:.1f})">{_text(12, middle, self.up.title, "middle", INK)}</g>'
        return [*parts, turned]

    def _legend_parts(self) -> list[str]:
        parts, x, y = [], float(LEFT), HEIGHT - 26
        for words, stroke, dots in self._legend:
            wide = _SAMPLE + _LETTER * len(words)
            if x > LEFT and x + wide > WIDTH:
                x, y = float(LEFT), y + 16
            parts.append(f'<line x1="{x:.1f}" x2="{x + 24:.1f}" y1="{y - 4}" y2="{y - 4}" {_stroke(stroke)}/>')
            if dots:
                parts.append(f'<circle cx="{x + 12:.1f}" cy="{y - 4}" r="3.2" fill="{stroke.colour}"/>')
            parts.append(_text(x + _SAMPLE, y, words, "start", INK))
            x += wide + 14
        return parts

    def _x(self, value: float) -> float:
        return LEFT + self.across.share(value) * (WIDTH - LEFT - RIGHT)

    def _y(self, value: float) -> float:
        return HEIGHT - BOTTOM - self.up.share(value) * (HEIGHT - BOTTOM - TOP)


_LIMIT: Final = Stroke("#5b6472", "4 3", 1.2)


def _stroke(stroke: Stroke) -> str:
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    return f'stroke="{stroke.colour}" stroke-width="{stroke.width}" stroke-linejoin="round"{dash}'


def _text(x: float, y: float, words: str, anchor: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
