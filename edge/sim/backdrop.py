"""The entrance hall the drawn people walk through, and the mark that says it is all simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.sim.stage import STAGE_HEIGHT_PX, STAGE_WIDTH_PX

if TYPE_CHECKING:
    from numpy.typing import NDArray

Colour = tuple[float, float, float]

_LEFT, _TOP, _RIGHT, _BOTTOM = 196, 104, 444, 300  # the back wall
_VANISH: Final = (320, 206)


class _Painter:
    """Soft polygons in stage pixels."""

    def __init__(self) -> None:
        self.canvas = np.zeros((STAGE_HEIGHT_PX, STAGE_WIDTH_PX, 3), np.float32)

    def fill(self, corners: list[tuple[float, float]], colour: Colour, blur_px: float = 0.0, strength: float = 1.0) -> None:
        fine = np.array(corners)
        reach = 3 * blur_px + 2
        x1, y1 = np.clip(np.floor(fine.min(0) - reach), 0, None).astype(int)
        part = self.canvas[y1 : max(0, int(fine[:, 1].max() + reach)), x1 : max(0, int(fine[:, 0].max() + reach))]
        stencil = np.zeros(part.shape[:2], np.uint8)
        cv2.fillPoly(stencil, [np.round((fine - (x1, y1)) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        if blur_px > 0:
            side = 2 * round(2.0 * blur_px) + 1
            stencil = np.asarray(cv2.stackBlur(stencil, (side, side)), np.uint8)
        part += stencil[..., None].astype(np.float32) * np.float32(strength / 255) * (np.array(colour, np.float32) - part)

    def box(
        self, x1: float, y1: float, x2: float, y2: float, colour: Colour, blur_px: float = 0.0, strength: float = 1.0
    ) -> None:
        self.fill([(x1, y1), (x2, y1), (x2, y2), (x1, y2)], colour, blur_px, strength)

    def round(self, x: float, y: float, radius: float, colour: Colour, blur_px: float = 0.0, strength: float = 1.0) -> None:
        turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        self.fill([(x + radius * np.cos(a), y + radius * np.sin(a)) for a in turn], colour, blur_px, strength)

    def finished(self) -> NDArray[np.uint8]:
        small = cv2.GaussianBlur(self.canvas, (0, 0), 0.9)  # the hall lies behind the focus
        y, x = np.linspace(-1, 1, STAGE_HEIGHT_PX)[:, None], np.linspace(-1, 1, STAGE_WIDTH_PX)
        lit = small * (1.04 - 0.16 * (x**2 + y**2)).astype(np.float32)[..., None]
        return np.asarray(np.clip(lit, 0, 255).round(), np.uint8)


def draw_hall(reference: tuple[float, float, float] | None) -> NDArray[np.uint8]:
    """The empty hall, (480, 640, 3) uint8 BGR, with the reference body at x, y, of that radius, where there is one."""
    paint = _Painter()
    _rooms(paint)
    _door(paint)
    _floor(paint)
    _furniture(paint)
    hall = paint.finished()
    if reference is not None:
        _reference(hall, *reference)
    return hall


def mark_simulated(picture: NDArray[np.uint8]) -> None:
    """Write SIMULATED into the lower right corner, in place."""
    at = (picture.shape[1] - 116, picture.shape[0] - 12)
    cv2.putText(picture, "SIMULATED", at, cv2.FONT_HERSHEY_SIMPLEX, 0.55, (30, 30, 30), 3, cv2.LINE_AA)
    cv2.putText(picture, "SIMULATED", at, cv2.FONT_HERSHEY_SIMPLEX, 0.55, (245, 245, 245), 1, cv2.LINE_AA)


def _rooms(paint: _Painter) -> None:
    paint.fill([(0, -40), (640, -40), (_RIGHT, _TOP), (_LEFT, _TOP)], (226, 229, 230))
    paint.fill([(0, -40), (_LEFT, _TOP), (_LEFT, _BOTTOM), (0, 440)], (176, 186, 190))
    paint.fill([(640, -40), (_RIGHT, _TOP), (_RIGHT, _BOTTOM), (640, 440)], (166, 177, 182))
    paint.box(_LEFT, _TOP, _RIGHT, _BOTTOM, (196, 204, 207))
    for depth in (0.18, 0.42, 0.72):
        y = _TOP - depth * 130
        half = 34 + 90 * depth
        paint.fill(
            [(320 - half, y - 5 - 9 * depth), (320 + half, y - 5 - 9 * depth), (320 + half * 0.93, y), (320 - half * 0.93, y)],
            (255, 255, 255),
        )
        paint.box(320 - half * 1.5, y - 26, 320 + half * 1.5, y + 18, (255, 255, 255), 14, 0.35)
    for side, edge in ((-1, _LEFT), (1, _RIGHT)):
        paint.fill([(edge, _BOTTOM - 8), (edge, _BOTTOM), (320 + side * 320, 440), (320 + side * 320, 418)], (120, 128, 132))


def _door(paint: _Painter) -> None:
    paint.box(244, 128, 396, _BOTTOM, (92, 96, 98))
    for x1, x2 in ((249, 317), (323, 391)):
        paint.box(x1, 133, x2, _BOTTOM - 4, (246, 240, 226))
        paint.box(x1, 230, x2, _BOTTOM - 4, (196, 206, 196), 10, 0.7)
        paint.round((x1 + x2) / 2 - 12, 222, 17, (120, 168, 128), 7, 0.8)
        paint.round((x1 + x2) / 2 + 18, 232, 13, (110, 156, 122), 7, 0.8)
    paint.box(312, 214, 315, 240, (70, 72, 74))
    paint.box(325, 214, 328, 240, (70, 72, 74))
    paint.box(262, 112, 378, 124, (96, 140, 60))
    for x in range(272, 368, 14):
        paint.box(x, 115, x + 9, 121, (240, 246, 240))


def _floor(paint: _Painter) -> None:
    paint.fill([(_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), (760, 480), (-120, 480)], (150, 158, 160))
    paint.fill([(250, _BOTTOM), (390, _BOTTOM), (470, 480), (170, 480)], (206, 210, 208), 16, 0.55)
    for share in np.linspace(-2.2, 2.2, 12):
        x = 320 + share * 400
        near = (_VANISH[0] + (x - _VANISH[0]) * 1.0, 500.0)
        far = (_VANISH[0] + (x - _VANISH[0]) * (_BOTTOM - _VANISH[1]) / (500 - _VANISH[1]), float(_BOTTOM))
        paint.fill([far, (far[0] + 0.8, far[1]), (near[0] + 2.4, near[1]), near], (126, 134, 138), 0, 0.8)
    for depth in (0.97, 0.78, 0.62, 0.5, 0.41, 0.345):
        y = _VANISH[1] + 280 * depth
        paint.box(0, y, 640, y + 1.8 * depth, (126, 134, 138), 0, 0.7)


def _furniture(paint: _Painter) -> None:
    paint.fill([(22, 96), (96, 128), (96, 252), (22, 262)], (238, 240, 240))
    paint.fill([(30, 106), (88, 131), (88, 158), (30, 148)], (150, 110, 60))
    for line in range(5):
        paint.fill([(34, 168 + 16 * line), (84, 170 + 14 * line), (84, 174 + 14 * line), (34, 173 + 16 * line)], (150, 154, 156))
    paint.box(452, 268, 484, 320, (86, 98, 122))
    for x, y, radius in ((468, 236, 22), (452, 250, 16), (486, 250, 17), (470, 214, 15), (456, 226, 13), (484, 228, 13)):
        paint.round(x, y, radius, (66, 118, 72), 2)
        paint.round(x - 4, y - 5, radius * 0.5, (98, 152, 104), 3, 0.8)
    for x1, x2 in ((44, 104), (536, 596)):
        paint.box(x1 - 6, 352, x2 + 10, 480, (60, 64, 66), 8, 0.4)
        paint.box(x1, 330, x2, 480, (198, 202, 204))
        paint.box(x1, 330, x1 + 14, 480, (168, 173, 176))
        paint.box(x1 - 4, 322, x2 + 4, 334, (72, 76, 80))
        paint.box(x1 + 22, 350, x2 - 10, 356, (120, 190, 90))


def _reference(hall: NDArray[np.uint8], x: float, y: float, radius: float) -> None:
    """A black disc in a light housing on an arm from the ceiling: the heated body in view of both cameras."""
    middle, body, housing = (round(x), round(y)), round(radius), round(1.4 * radius)
    cv2.line(hall, (middle[0], 0), middle, (122, 126, 128), 5, cv2.LINE_AA)
    cv2.circle(hall, middle, housing, (206, 208, 210), -1, cv2.LINE_AA)
    cv2.circle(hall, middle, housing, (130, 134, 136), 2, cv2.LINE_AA)
    cv2.circle(hall, middle, body, (34, 34, 36), -1, cv2.LINE_AA)
