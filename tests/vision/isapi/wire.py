"""What a thermographic camera of the Hikvision family answers: the bytes of a picture with temperatures."""

from __future__ import annotations

import json
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

ROWS, COLS = 120, 160
BOUNDARY = b"--boundary"


def room(number: int = 0) -> NDArray[np.float64]:
    """Wall, heated body, face, noise, degrees Celsius."""
    celsius: NDArray[np.float64] = np.random.default_rng(number).normal(0.0, 0.05, (ROWS, COLS))
    celsius += np.linspace(21.0, 23.0, ROWS)[:, None]
    rows, cols = np.indices((ROWS, COLS))
    celsius[np.hypot(rows - 13.5, cols - 13.5) < 6.0] += 13.0
    celsius[40:90, 60:100] = 34.5
    return celsius


def part(kind: str, data: bytes, *, length: bool = True) -> bytes:
    told = b"Content-Length: %d\r\n" % len(data) if length else b""
    return BOUNDARY + b"\r\nContent-Type: " + kind.encode() + b"\r\n" + told + b"\r\n" + data + b"\r\n"


def jpeg() -> bytes:
    return cv2.imencode(".jpg", np.zeros((ROWS, COLS), np.uint8))[1].tobytes()


def meta(size: int, **told: Any) -> dict[str, Any]:
    values = {"channel": 2, "jpegPicLen": len(jpeg()), "jpegPicWidth": COLS, "jpegPicHeight": ROWS}
    values |= {"p2pDataLen": ROWS * COLS * size, "isFreezedata": False, "temperatureDataLength": size}
    return values | told


def answer(told: dict[str, Any], matrix: bytes, *, length: bool = True) -> bytes:
    described = json.dumps({"JpegPictureWithAppendData": told}).encode()
    parts = [("application/json; charset=UTF-8", described), ("image/pjpeg", jpeg()), ("application/octet-stream", matrix)]
    return b"".join(part(kind, data, length=length) for kind, data in parts) + BOUNDARY + b"--\r\n"


def float32(celsius: NDArray[np.float64], **told: Any) -> bytes:
    return answer(meta(4, **told), celsius.astype("<f4").tobytes())


def int16(celsius: NDArray[np.float64], scale: float = 64.0, offset: float = 0.0, **told: Any) -> bytes:
    words = np.rint((celsius + 273.15 - offset) * scale).astype("<i2")
    return answer(meta(2, scale=scale, offset=offset, **told), words.tobytes())
