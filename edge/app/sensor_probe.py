"""Every facility sensor on a wire asked once, and whether any is to be calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import Any

from contract.errors import MenshenError
from edge.app.sensor_buses import buses_of, i2c_opener
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.sensors import SensorsConfig
from edge.errors import BusError
from edge.sensors.reading import Trouble


def ask_sensors(config: GateConfig, clock: Clock) -> str | None:
    """What they say, in words; None where there are none. Raises MenshenError naming all that do not answer, and why."""
    told = config.sensors
    buses = buses_of(told, _nobody, clock, i2c_opener(config, clock))
    if not buses:
        refuse_uncalibrated(told, clock.wall().date())
        return None
    good, bad = list[str](), list[tuple[str, str, str | None]]()
    for bus in buses:
        try:
            with closing(bus.open_wire()) as wire:
                for device in bus.sensors:
                    _ask(device, wire, good, bad)
        except BusError as refused:
            bad.append((bus.name, refused.what, refused.remedy))
    today = clock.wall().date()
    if bad:
        (first, why, remedy), late = bad[0], uncalibrated(told, today)
        if len(bad) == 1 and not late:
            raise BusError(why, where=first, remedy=remedy)
        words = "; ".join(f"{name}: {why}" for name, why, _ in bad)
        raise BusError("; ".join(filter(None, (words, late))), where="sensors", remedy=remedy)
    refuse_uncalibrated(told, today)
    return "; ".join(good)


def uncalibrated(told: SensorsConfig, today: date) -> str:
    """Every sensor whose calibration was due before `today`, in words; empty where there is none."""
    late = [one for one in told.every if one.calibration_due is not None and one.calibration_due < today]
    return "to be calibrated: " + ", ".join(f"{one.name} since {one.calibration_due}" for one in late) if late else ""


def refuse_uncalibrated(told: SensorsConfig, today: date) -> None:
    """Raises MenshenError naming every sensor whose calibration was due before `today`."""
    if late := uncalibrated(told, today):
        raise MenshenError(
            late,
            where="sensors: calibration_due",
            remedy="Calibrate it, or have it calibrated, and write the next date into the settings.",
        )


def _ask(device: Any, wire: Any, good: list[str], bad: list[tuple[str, str, str | None]]) -> None:
    name = device.told.name
    try:
        said = device.read(wire)
    except BusError as silent:
        bad.append((name, silent.what, silent.remedy))
        return
    troubles = {quantity: value for quantity, value in said.items() if isinstance(value, Trouble)}
    if troubles:
        words = ", ".join(f"{quantity} {trouble}" for quantity, trouble in troubles.items())
        bad.append((name, words, "Check that its register map, driver and address are those of this device."))
    else:
        good.append(f"{name} " + (", ".join(f"{key} {value:g}" for key, value in said.items()) or "answers"))


def _nobody(_: Sequence[object]) -> None:
    """Nothing is handed over here."""
