"""A line chart as SVG: two axes with units, curves, points, limits; a curve is told by its stroke as well as by its colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

WIDTH, HEIGHT = 480, 340
LEFT, RIGHT, TOP, BOTTOM = 58, 22, 14, 78
INK, QUIET, GRID, PAPER = "#1f2937", "#5b6472", "#e3e6ea", "#ffffff"
STROKES: Final = (("#00805d", ""), ("#b87a00", "7 4"), ("#2b87c0", "10 3 2 3"), ("#a8527f", "2 3"))
"""Colour and dash of the first four curves, of the set of Okabe and Ito, dark enough for a thin line on white."""
FILLS: Final = ("#9cc9e8", "#7fc4a9", "#f2c46d", "#e09b6b", "#d3a3c2", "#b9bec6")
"""Of areas; told by their order as well."""
_LETTER, _SAMPLE = 6.0, 30
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """From the first to the last of `ticks`; what lies outside is drawn at the edge."""

    title: str
    ticks: tuple[float, ...]
    percent: bool = False

    def words(self, value: float) -> str:
        return f"{value * 100:g} %" if self.percent else f"{value:g}"

    def share(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return min(1.0, max(0.0, (value - low) / (high - low)))


@dataclass(slots=True)
class Chart:
    """Add curves and limits, then ask for `svg`. `name` is read aloud in place of the picture."""

    name: str
    across: Axis
    up: Axis
    _shapes: list[str] = field(default_factory=list)
    _legend: list[tuple[str, int]] = field(default_factory=list)
    _filled: list[tuple[str, str]] = field(default_factory=list)

    def line(self, points: Points, words: str, *, dots: bool = True) -> None:
        """One curve; the next takes the next stroke. Points that are no numbers must not be given."""
        number = len(self._legend)
        at = [(self._x(x), self._y(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        self._shapes.append(f'<polyline points="{path}" fill="none" {_stroke(number)}/>')
        if dots:
            colour = STROKES[number % len(STROKES)][0]
            self._shapes += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in at]
        self._legend.append((words, number))

    def dots(self, points: Points, words: str) -> None:
        """A cloud of points, the next stroke's colour, without a line."""
        number = len(self._legend)
        colour = STROKES[number % len(STROKES)][0]
        self._shapes += [
            f'<circle cx="{self._x(x):.1f}" cy="{self._y(y):.1f}" r="2.4" fill="{colour}" fill-opacity=".55"/>' for x, y in points
        ]
        self._legend.append((words, number))

    def needles(self, ends: Sequence[tuple[tuple[float, float], tuple[float, float]]], words: str) -> None:
        """From each first point, which has a dot, to its second."""
        number = len(self._legend)
        colour = STROKES[number % len(STROKES)][0]
        for (x1, y1), (x2, y2) in ends:
            at = f'x1="{self._x(x1):.1f}" y1="{self._y(y1):.1f}" x2="{self._x(x2):.1f}" y2="{self._y(y2):.1f}"'
            self._shapes.append(f'<line {at} stroke="{colour}" stroke-width="1" stroke-opacity=".7"/>')
            self._shapes.append(f'<circle cx="{self._x(x1):.1f}" cy="{self._y(y1):.1f}" r="1.3" fill="{colour}"/>')
        self._legend.append((words, number))

    def area(self, lower: Points, upper: Points, words: str) -> None:
        """What lies between two curves over the same places, lower one first; in the legend the topmost stands first."""
        fill = FILLS[len(self._filled) % len(FILLS)]
        path = " ".join(f"{self._x(x):.1f},{self._y(y):.1f}" for x, y in (*upper, *reversed(lower)))
        self._shapes.append(f'<polygon points="{path}" fill="{fill}" stroke="{PAPER}" stroke-width=".8"/>')
        self._filled.append((words, fill))

    def label(self, point: tuple[float, float], words: str) -> None:
        """Words beside a point."""
        self._shapes.append(_text(self._x(point[0]) + 6, self._y(point[1]) + 12, words, "start", QUIET))

    def limit_up(self, value: float, words: str) -> None:
        """A horizontal limit and its name."""
        y = self._y(value)
        self._shapes.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{QUIET}" {_THIN}/>')
        self._shapes.append(_text(WIDTH - RIGHT - 4, y - 4, words, "end", QUIET))

    def limit_across(self, value: float, words: str) -> None:
        """A vertical limit and its name."""
        x = self._x(value)
        self._shapes.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="{QUIET}" {_THIN}/>')
        self._shapes.append(_text(x + 4, HEIGHT - BOTTOM - 6, words, "start", QUIET))

    def svg(self) -> str:
        """The picture."""
        parts = [*self._grid(), *self._shapes, *self._legend_parts()]
        head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(self.name)}">'
        return head + "".join(parts) + "</svg>"

    def _grid(self) -> list[str]:
        bottom, right, parts = HEIGHT - BOTTOM, WIDTH - RIGHT, []
        for tick in self.across.ticks:
            x = self._x(tick)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}" stroke="{GRID}"/>')
            parts.append(_text(x, bottom + 15, self.across.words(tick), "middle", QUIET))
        for tick in self.up.ticks:
            y = self._y(tick)
            parts.append(f'<line x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>')
            parts.append(_text(LEFT - 6, y + 4, self.up.words(tick), "end", QUIET))
        middle = (TOP + bottom) / 2
        parts.append(_text((LEFT + right) / 2, bottom + 32, self.across.title, "middle", INK))
        return [*parts, f'<g transform="rotate(-90 12 {middle:.1f})">{_text(12, middle, self.up.title, "middle", INK)}</g>']

    def _legend_parts(self) -> list[str]:
        parts, x, y = [], float(LEFT), HEIGHT - 26
        lines = [(words, f'y1="-4" y2="-4" x2="24" {_stroke(number)}', "line") for words, number in self._legend]
        fills = [(words, f'y="-10" width="24" height="10" fill="{fill}"', "rect") for words, fill in reversed(self._filled)]
        for words, drawn, shape in (*lines, *fills):
            wide = _SAMPLE + _LETTER * len(words)
            if x > LEFT and x + wide > WIDTH:
                x, y = float(LEFT), y + 16
            parts.append(f'<{shape} transform="translate({x:.1f} {y})" {drawn}/>')
            parts.append(_text(x + _SAMPLE, y, words, "start", INK))
            x += wide + 14
        return parts

    def _x(self, value: float) -> float:
        return LEFT + self.across.share(value) * (WIDTH - LEFT - RIGHT)

    def _y(self, value: float) -> float:
        return HEIGHT - BOTTOM - self.up.share(value) * (HEIGHT - BOTTOM - TOP)


_THIN: Final = 'stroke-width="1.2" stroke-dasharray="4 3"'


def _stroke(number: int) -> str:
    colour, dash = STROKES[number % len(STROKES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{colour}" stroke-width="2.2" stroke-linejoin="round"{dashed}'


def _text(x: float, y: float, words: str, anchor: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
