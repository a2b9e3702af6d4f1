"""QR codes as pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno

_BORDER: Final = 4
_PNG_SCALE: Final = 8
_MASK: Final = 4
_QUIET: Final = "#ffffff"
_INK: Final = "#000000"


def svg(text: str) -> str:
    """One that fills its place, dark on white whatever the page is."""
    out = BytesIO()
    _made(text).save(out, kind="svg", border=_BORDER, dark=_INK, light=_QUIET, omitsize=True, xmldecl=False, nl=False)
    return out.getvalue().decode("utf-8")


def png(text: str) -> bytes:
    """One to be kept: eight pixels a module, about 500 of them a side."""
    out = BytesIO()
    _made(text).save(out, kind="png", scale=_PNG_SCALE, border=_BORDER)
    return out.getvalue()


def rows(text: str) -> list[str]:
    """Its modules row by row, `1` is dark; without the border.

    One mask for all: to try eight for each takes five times as long (14 ms a code), and telephones ask for twenty at a time.
    """
    return ["".join("1" if module else "0" for module in row) for row in segno.make_qr(text, error="m", mask=_MASK).matrix]


def _made(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m")
