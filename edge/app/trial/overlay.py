"""Draws onto a picture what the gate sees in it. Colour never stands alone: line, mark and word say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.app.trial.seen import Seen, SeenFace, Standing
from edge.lane.zone import Zone
from edge.policy.view import Factor

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """How a mask state looks: BGR of Okabe and Ito's set, dash and gap in line widths (gap 0: an unbroken line), and its word."""

    colour: Colour
    dash: int
    gap: int
    word: str


STYLES: Final = {
    Mask.WORN: Style((115, 158, 0), 1, 0, "mask worn"),
    Mask.ABSENT: Style((0, 159, 230), 1, 0, "no mask"),
    Mask.WORN_WRONG: Style((0, 159, 230), 7, 4, "mask not right"),
    Mask.UNSURE: Style((233, 180, 86), 2, 4, "unsure"),
}
STANDINGS: Final = {Standing.NEAR: "near enough", Standing.TOO_SMALL: "too small", Standing.OUTSIDE: "outside the zone"}
LIMITS: Final = {
    Factor.SIZE: "small",
    Factor.SHARPNESS: "blurred",
    Factor.FRONTALITY: "turned away",
    Factor.WHOLENESS: "cut off or hidden",
    Factor.SURENESS: "hardly a face",
}
_DARK: Final = (19, 14, 10)
_WHITE: Final = (255, 255, 255)
_GROUND: Final = Style(_DARK, 1, 0, "")  # below every line, so that it is seen before anything
_FONT: Final = cv2.FONT_HERSHEY_SIMPLEX
_USUAL_PX: Final = 480
_MOST_TIMES: Final = 4
_SMALLEST_TEXT, _LARGEST_TEXT = 0.42, 2.4


@dataclass(frozen=True, slots=True)
class _Pen:
    """Sizes that suit the picture."""

    line: int
    text: float

    @property
    def text_line(self) -> int:
        return max(1, round(self.text * 1.6))

    def size(self, text: str) -> tuple[int, int]:
        (width, height), _ = cv2.getTextSize(text, _FONT, self.text, self.text_line)
        return width, height


def _pen(picture: Picture) -> _Pen:
    scale = min(picture.shape[:2]) / _USUAL_PX
    return _Pen(max(1, round(2 * scale)), min(max(0.5 * scale, _SMALLEST_TEXT), _LARGEST_TEXT))


def drawn(picture: Picture, seen: Seen, zone: Zone, *, words: bool = True) -> Picture:
    """A copy of `picture` with zone, region, boxes, landmarks and numbers; a small picture is made larger for them.

    Without `words` each face has its number only: beside it stands a page in the reader's own language.
    """
    times = max(1, min(round(_USUAL_PX / min(picture.shape[:2])), _MOST_TIMES))
    canvas = cv2.resize(picture, None, fx=times, fy=times) if times > 1 else picture.copy()
    _draw(
        np.asarray(canvas, np.uint8),
        _enlarged(seen, times),
        [(round(x * times), round(y * times)) for x, y in zone.corners],
        words=words,
    )
    return np.asarray(canvas, np.uint8)


def _enlarged(seen: Seen, times: int) -> Seen:
    faces = tuple(
        replace(
            face,
            box=(times * face.box[0], times * face.box[1], times * face.box[2], times * face.box[3]),
            points=tuple((times * x, times * y) for x, y in face.points),
        )
        for face in seen.faces
    )
    x1, y1, x2, y2 = (times * edge for edge in seen.region)
    return replace(seen, faces=faces, size=(times * seen.size[0], times * seen.size[1]), region=(x1, y1, x2, y2))


def _draw(canvas: Picture, seen: Seen, corners: list[tuple[int, int]], *, words: bool) -> None:
    pen = _pen(canvas)
    _lines(canvas, [*corners, corners[0]], _GROUND, max(1, pen.line // 2) + 2)
    _lines(canvas, [*corners, corners[0]], Style(_WHITE, 3, 5, ""), max(1, pen.line // 2))
    x1, y1, x2, y2 = seen.region
    if (x2 - x1, y2 - y1) != seen.size:
        cv2.rectangle(canvas, (x1, y1), (x2 - 1, y2 - 1), (128, 107, 107), pen.line)
    for face in reversed(seen.faces):
        _box(canvas, face, pen)
    for face in reversed(seen.faces):
        _words(canvas, face, pen, words=words)


def with_caption(picture: Picture, lines: Sequence[str]) -> Picture:
    """The picture with a dark strip of text below it; even height and width, as video files want them."""
    pen = _pen(picture)
    step = round(pen.size("Mg")[1] * 2.1)
    height, width = picture.shape[:2]
    strip = step * len(lines) + step // 2
    canvas = np.full((height + strip + (height + strip) % 2, width + width % 2, 3), _DARK, np.uint8)
    canvas[:height, :width] = picture
    for index, line in enumerate(lines):
        place = (round(step * 0.4), height + round(step * (index + 0.95)))
        cv2.putText(canvas, line, place, _FONT, pen.text, _WHITE, pen.text_line, cv2.LINE_AA)
    return canvas


def _box(canvas: Picture, face: SeenFace, pen: _Pen) -> None:
    style = STYLES[face.shown]
    x1, y1, x2, y2 = (round(edge) for edge in face.box)
    corners = [(x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1)]
    width = pen.line * (2 if face.standing is Standing.NEAR else 1)
    _lines(canvas, corners, _GROUND, width + 2)
    _lines(canvas, corners, style, width)
    radius = max(1, min(round((y2 - y1) / 40), 3 * pen.line))
    for x, y in face.points:
        cv2.circle(canvas, (round(x), round(y)), radius + 1, _DARK, -1, cv2.LINE_AA)
        cv2.circle(canvas, (round(x), round(y)), radius, _WHITE, -1, cv2.LINE_AA)


def _words(canvas: Picture, face: SeenFace, pen: _Pen, *, words: bool) -> None:
    style = STYLES[face.shown]
    sure = max(face.probabilities)
    if face.box[3] - face.box[1] < 2.5 * pen.size("M")[1]:
        return
    said = f"  {style.word}" + (f" {sure:.0%}" if face.shown is face.mask else "")
    above = f"{face.track}{said if words else ''}"
    below = f"{face.height_px:.0f} px  {face.height_share:.0%}"
    x1, y1, _, y2 = (round(edge) for edge in face.box)
    _plate(canvas, above, (x1, y1 - pen.line), pen, style.colour, up=True)
    _plate(canvas, below, (x1, y2 + pen.line), pen, _WHITE, up=False)


def _plate(canvas: Picture, text: str, at: tuple[int, int], pen: _Pen, colour: Colour, *, up: bool) -> None:
    """Dark ground, a stripe of the state's colour, white words; moved so that it stays in the picture."""
    width, height = pen.size(text)
    pad = max(3, round(height * 0.5))
    tall, wide = height + 2 * pad, width + 3 * pad
    x = max(0, min(at[0], canvas.shape[1] - wide))
    y = max(0, min(at[1] - tall if up else at[1], canvas.shape[0] - tall))
    cv2.rectangle(canvas, (x, y), (x + wide, y + tall), _DARK, -1)
    cv2.rectangle(canvas, (x, y), (x + pad, y + tall), colour, -1)
    cv2.putText(canvas, text, (x + 2 * pad, y + pad + height), _FONT, pen.text, _WHITE, pen.text_line, cv2.LINE_AA)


def _lines(canvas: Picture, corners: Sequence[tuple[int, int]], style: Style, width: int) -> None:
    """The way along the corners, dashed as the style says."""
    for start, end in pairwise(corners):
        if style.gap == 0:
            cv2.line(canvas, start, end, style.colour, width, cv2.LINE_AA)
        else:
            _dashes(canvas, start, end, style, width)


def _dashes(canvas: Picture, start: tuple[int, int], end: tuple[int, int], style: Style, width: int) -> None:
    way = np.subtract(end, start).astype(float)
    length = float(np.hypot(*way))
    step = (style.dash + style.gap) * max(2, width)
    for begin in np.arange(0.0, length, step):
        stop = min(begin + style.dash * max(2, width), length)
        a, b = (np.round(np.add(start, way * (along / length))).astype(int).tolist() for along in (begin, stop))
        cv2.line(canvas, a, b, style.colour, width, cv2.LINE_AA)
