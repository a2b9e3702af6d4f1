"""A picture of temperatures out of the parts of an answer: what the camera says of it (JSON), and the matrix.

`temperatureDataLength` 4: float32, degrees Celsius. 2: int16, `value / scale + offset - 273.15` degrees Celsius. Both are
little-endian, row by row. The pictures for people (JPEG) are not looked at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edge.vision.thermal.isapi.multipart import Part, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NAME: Final = "JpegPictureWithAppendData"
_JPEG: Final = b"\xff\xd8"
_FLOAT32, _INT16 = 4, 2
_BELIEVED_C: Final = (-100.0, 600.0)
"""Outside stand the camera's marks for pixels without a value, as -9999."""


@dataclass(frozen=True, slots=True)
class IsapiPicture:
    """One picture.

    Attributes:
        celsius: (rows, cols) float64, degrees Celsius; NaN where a pixel has no value.
        frozen: whether the camera says that its picture stands still (`isFreezedata`), as while its shutter is closed.
    """

    celsius: NDArray[np.float64]
    frozen: bool


def picture_of(body: bytes) -> IsapiPicture:
    """Raises ValueError, in words, where a part is missing or its size is not what the camera says of it."""
    parts = parts_of(body)
    told = _told(parts)
    rows, cols, size = (_whole(told, key) for key in ("jpegPicHeight", "jpegPicWidth", "temperatureDataLength"))
    if size not in (_FLOAT32, _INT16):
        raise ValueError(f"temperatureDataLength is {size}, neither 2 nor 4")
    matrix = _matrix(parts, told.get("p2pDataLen"))
    if len(matrix) != rows * cols * size:
        raise ValueError(f"{len(matrix)} bytes of temperatures are no {cols}x{rows} of {size} bytes")
    celsius = _from_float32(matrix) if size == _FLOAT32 else _from_int16(matrix, told)
    believed = (celsius > _BELIEVED_C[0]) & (celsius < _BELIEVED_C[1])  # false for NaN
    return IsapiPicture(np.where(believed, celsius, np.nan).reshape(rows, cols), told.get("isFreezedata") in (True, 1))


def _told(parts: Sequence[Part]) -> dict[str, Any]:
    texts = [part.data for part in parts if "json" in part.kind] or [part.data for part in parts if _begins_as_json(part)]
    if not texts:
        raise ValueError(f"no part describes the picture ({NAME})")
    try:
        told = json.loads(texts[0])
    except ValueError as broken:
        raise ValueError(f"the description of the picture is no JSON ({broken})") from broken
    inner = told.get(NAME, told) if isinstance(told, dict) else told
    if not isinstance(inner, dict):
        raise ValueError(f"the description of the picture has no {NAME}")  # noqa: TRY004 - it is the camera's value that is wrong
    return inner


def _matrix(parts: Sequence[Part], told_bytes: object) -> bytes:
    """By its length where the camera tells one: a matrix may begin with any bytes, also those of a JPEG."""
    binary = [part for part in parts if "json" not in part.kind and "image" not in part.kind]
    if told_bytes is None:
        binary = [part for part in binary if not (_begins_as_json(part) or part.data.startswith(_JPEG))]
    if not binary:
        raise ValueError("no part holds temperatures")
    fitting = next((part.data for part in reversed(binary) if told_bytes in (None, len(part.data))), None)
    if fitting is None:
        raise ValueError(f"the temperatures have {len(binary[-1].data)} bytes, the camera says {told_bytes}")
    return fitting


def _begins_as_json(part: Part) -> bool:
    return part.data.lstrip().startswith(b"{")


def _from_float32(matrix: bytes) -> NDArray[np.float64]:
    return np.frombuffer(matrix, "<f4").astype(np.float64)


def _from_int16(matrix: bytes, told: dict[str, Any]) -> NDArray[np.float64]:
    scale, offset = told.get("scale"), told.get("offset", 0)
    if not isinstance(scale, int | float) or not scale > 0 or not isinstance(offset, int | float):
        raise ValueError(f"temperatures of 2 bytes need a scale and an offset, the camera says {scale!r} and {offset!r}")
    return np.frombuffer(matrix, "<i2").astype(np.float64) / scale + offset - 273.15


def _whole(told: dict[str, Any], key: str) -> int:
    value = told.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"{key} is {value!r}")
    return value
