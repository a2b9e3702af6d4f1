"""A number that a device gave becomes a value in the unit of its quantity, or the reason why there is none."""

from __future__ import annotations

import math

from edge.config.device_value import DeviceValue
from edge.config.quantities import convert
from edge.sensors.reading import Trouble


def value_of(told: DeviceValue, number: float, decimals: int = 0) -> float | Trouble:
    """In the quantity's own unit. `decimals`: how many digits of the number stand behind the point."""
    if not math.isfinite(number) or number in told.failed:
        return Trouble.NOT_MEASURED
    value = number / 10**decimals * told.scale + told.offset
    if not (math.isfinite(value) and told.least <= value <= told.most):
        return Trouble.OUT_OF_RANGE
    if told.crop is not None:
        value = min(told.crop[1], max(told.crop[0], value))
    converted = convert(told.quantity, value, told.unit)
    return Trouble.WRONG_PAYLOAD if converted is None else converted
