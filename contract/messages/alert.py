"""What a person must act on, raised or returned to normal."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime

from contract.dropped import Dropped
from contract.message import Message, Name, Text
from contract.messages.visit import ReadingData


class AlertKind(StrEnum):
    """What a person must act on. The first two concern one person and are never folded into another; the rest are equipment."""

    RECHECK = "recheck"
    GUARD_NEEDED = "guard_needed"
    COLOUR_CAMERA = "colour_camera"
    THERMAL_CAMERA = "thermal_camera"
    REFERENCE_LOST = "reference_lost"
    DRIFT = "drift"
    LOW_READING = "low_reading"
    DROPPED = "dropped"
    EVENTS_DATABASE = "events_database"
    CERTIFICATE = "certificate"
    CALIBRATION = "calibration"
    FIRE = "fire"
    TAILGATING = "tailgating"
    UNREGISTERED_ENTRY = "unregistered_entry"
    BARRIER = "barrier"
    OCCUPANCY = "occupancy"
    ROOM_PERSON = "room_person"
    ROOM_SENSOR = "room_sensor"
    ROOM_LAMP = "room_lamp"
    CO2 = "co2"
    OZONE = "ozone"
    CHLORINE = "chlorine"
    TEMPERATURE = "temperature"
    HUMIDITY = "humidity"
    AIR_CHANGES = "air_changes"
    UVC_DOSE_SHORT = "uvc_dose_short"
    LAMP_AGED = "lamp_aged"
    FACILITY_SENSOR = "facility_sensor"


class AlertData(Message):
    """Raised, or returned to normal.

    `subject` is the visit for RECHECK and GUARD_NEEDED, empty for equipment; `dropped` is of DROPPED only.
    `refused`: of GUARD_NEEDED, whether this visitor was asked about the mask as often as the site allows.
    """

    kind: AlertKind
    state: Literal["raised", "returned"]
    subject: Name | Literal[""] = ""
    detail: Text = ""
    reading: ReadingData | None = None
    dropped: Dropped | None = None
    refused: bool = False
    raised: AwareDatetime
