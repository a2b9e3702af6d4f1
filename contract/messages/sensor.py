"""What facility sensors said, or that they said nothing."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from contract.message import Message, Name


class SensorReading(Message):
    """What a facility sensor said once, or that it said nothing: then `value` is None, never an earlier one.

    `trouble` names why there is no value; None where the gate does not say. `place` is for people. `fresh_s`: for so long after
    `taken` it counts as how things are; None where the gate does not say. `least` and `most`: the limits that the gate watches
    it by, in its unit; None where there is none, or the gate does not say. `calibration_due`: the last day on which its
    calibration counts, as the gate's settings have it; None where they name none.
    """

    sensor: Name
    quantity: Name
    value: Annotated[float, Field(allow_inf_nan=False)] | None
    unit: Annotated[str, StringConstraints(max_length=20)]
    taken: AwareDatetime
    trouble: Name | None = None
    place: Annotated[str, StringConstraints(max_length=40)] = ""
    fresh_s: Annotated[float, Field(gt=0, le=172_800, allow_inf_nan=False)] | None = None
    least: Annotated[float, Field(allow_inf_nan=False)] | None = None
    most: Annotated[float, Field(allow_inf_nan=False)] | None = None
    calibration_due: date | None = None


class SensorData(Message):
    """Facility readings, batched. A reading that failed has value None and is still a reading."""

    readings: Annotated[tuple[SensorReading, ...], Field(min_length=1, max_length=200)]
