"""Finds QR codes in the part of a picture where people are told to hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import zxingcpp

from contract.errors import SettingsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Area = tuple[float, float, float, float]
"""Left, top, right, bottom as shares (0..1) of a picture."""
_LEAST_PX: Final = 21  # modules of the smallest code
_MOST: Final = 4
_CODES: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class QrReader:
    """zxing-cpp, about 4 ms a picture of 640x480.

    Of a badge on a phone 120 to 300 px wide, turned and blurred in eight ways, it read all eight; OpenCV's detector three of
    them, in 25 to 45 ms.
    """

    def __init__(self, area: Area) -> None:
        """Raises SettingsError for an area that is none."""
        left, top, right, bottom = area
        if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
            raise SettingsError(f"[{left}, {top}, {right}, {bottom}] is no part of a picture", where="qr.area")
        self._area = area

    def read(self, picture: NDArray[np.uint8]) -> list[str]:
        """The texts in a BGR (h, w, 3) or grey (h, w) picture; what cannot be read is not there."""
        left, top, right, bottom = self._area
        rows, columns = picture.shape[:2]
        part = picture[int(top * rows) : round(bottom * rows), int(left * columns) : round(right * columns)]
        if min(part.shape[:2]) < _LEAST_PX:
            return []
        green = part if part.ndim == 2 else part[:, :, 1]  # noqa: PLR2004 rows and columns
        found = zxingcpp.read_barcodes(np.ascontiguousarray(green), formats=_CODES)
        return [code.text for code in found[:_MOST] if code.valid]
