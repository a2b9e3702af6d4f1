"""Sensors that repeat one value for longer than they can: they have no value then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from contract.errors import SettingsError
from edge.config.quantities import convert
from edge.config.register_map import Register, load_map
from edge.config.sensors import SensorsConfig, Told
from edge.config.stuck import FINE_STEPS, StuckAfter
from edge.policy.stuck import Repeats, is_stuck, repeated, step_of
from edge.sensors.reading import Reading, Trouble

_HOUR_S: Final = 3600.0
Steps = Mapping[tuple[str, str], float]
"""By sensor and quantity: the least difference that the device can tell, in the quantity's unit."""


class Stuck:
    """Hand every reading to `judged`, in the order they were taken.

    What an earlier process heard is not known here: after a start of the gate the hours begin anew.
    """

    def __init__(self, usual: StuckAfter, told: Mapping[str, Told], steps: Steps) -> None:
        self._usual, self._told, self._steps = usual, told, steps
        self._repeats: dict[tuple[str, str], Repeats] = {}

    def judged(self, one: Reading) -> Reading:
        """The reading itself, or the same without its value."""
        told, key = self._told[one.sensor], (one.sensor, one.quantity)
        now = repeated(self._repeats.get(key, Repeats()), one.value, one.taken_s, told.fresh_s)
        self._repeats[key] = now
        if one.value is None or not is_stuck(now, self._after_s(told, one.quantity, one.value)):
            return one
        return replace(one, value=None, trouble=Trouble.STUCK)

    def _after_s(self, told: Told, quantity: str, value: float) -> float:
        own = told.stuck_h.get(quantity)
        if own is not None:
            return own * _HOUR_S
        step = self._steps.get((told.name, quantity), step_of(value))
        return self._usual.hours(quantity) * _HOUR_S if step <= FINE_STEPS.get(quantity, 0.0) else 0.0


def steps_of(told: SensorsConfig) -> dict[tuple[str, str], float]:
    """Of the devices whose file says it. Where none does, the value itself shows it."""
    found: dict[tuple[str, str], float] = {}
    for one in told.modbus:
        try:
            registers = load_map(one.map).registers
        except SettingsError:  # told where the device is opened
            continue
        found |= {(one.name, register.quantity): _step(register) for register in registers}
    return found


def _step(register: Register) -> float:
    """A register of whole numbers moves by its scale; one of floating point as finely as you like."""
    if register.type == "float32":
        return 0.0
    first, second = (convert(register.quantity, at, register.unit) for at in (0.0, register.scale))
    return 0.0 if first is None or second is None else round(abs(second - first), 9)  # of °F and K it is not exact
