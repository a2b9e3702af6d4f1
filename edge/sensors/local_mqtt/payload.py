"""Payloads of strangers, read without trust: any bytes in, a value or `Wrong` out, never an exception."""

from __future__ import annotations

import json
import math
from typing import Any, Final, NoReturn

from edge.sensors.local_mqtt.said import Wrong

MAX_BYTES: Final = 65_536
"""`max_packet_size` of firmware_configs/mosquitto/facility.conf: more does not come through the broker."""


def text(body: bytes) -> str | Wrong:
    """A short word or number as most devices send it."""
    if len(body) > MAX_BYTES:
        return Wrong(f"{len(body)} bytes")
    try:
        return body.decode("utf-8").strip()
    except UnicodeDecodeError:
        return Wrong("not UTF-8")


def json_value(body: bytes) -> Any | Wrong:
    """What the JSON says, `Wrong` where it is none: NaN and infinity are no JSON."""
    said = text(body)
    if isinstance(said, Wrong):
        return said
    try:
        return json.loads(said, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return Wrong("not JSON")


def json_object(body: bytes) -> dict[str, Any] | Wrong:
    """The same where only an object will do."""
    said = json_value(body)
    return said if isinstance(said, dict | Wrong) else Wrong("not a JSON object")


def number(said: object) -> float | None:
    """A finite number; None for everything else, yes and no among it."""
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    try:
        value = float(said)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def number_in(said: str) -> float | None:
    """A finite number written as text; None for everything else."""
    try:
        value = float(said)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def word(said: object) -> str:
    """A text; empty for everything else."""
    return said if isinstance(said, str) else ""


def _no_constant(_: str) -> NoReturn:
    raise ValueError
