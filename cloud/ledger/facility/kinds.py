"""What is disinfected: every kind of place and thing that the notices name, and how often where nobody has said otherwise."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class AssetKind(StrEnum):
    """A kind of place or thing."""

    FLOOR = "floor"
    ENTRANCE = "entrance"
    DOOR_HANDLE = "door_handle"
    WINDOW_COUNTER = "window_counter"
    STAIR_HANDRAIL = "stair_handrail"
    LIFT = "lift"
    VEHICLE = "vehicle"
    CANTEEN = "canteen"
    TABLEWARE = "tableware"
    KITCHENWARE = "kitchenware"
    GARAGE = "garage"
    VENT = "vent"
    TOILET = "toilet"
    OFFICE = "office"
    MEETING_ROOM = "meeting_room"
    DORMITORY = "dormitory"
    PUBLIC_AREA = "public_area"
    GUEST_ROOM = "guest_room"
    RECEPTION_ROOM = "reception_room"


INTERVAL_H: Final[dict[AssetKind, float]] = {
    AssetKind.FLOOR: 4.0,
    AssetKind.ENTRANCE: 4.0,
    AssetKind.DOOR_HANDLE: 2.0,
    AssetKind.WINDOW_COUNTER: 2.0,
    AssetKind.STAIR_HANDRAIL: 2.0,
    AssetKind.LIFT: 2.0,  # its buttons: copies of a Guangdong guideline for lifts
    AssetKind.VEHICLE: 24.0,
    AssetKind.CANTEEN: 8.0,
    AssetKind.TABLEWARE: 8.0,
    AssetKind.KITCHENWARE: 8.0,
    AssetKind.GARAGE: 24.0,
    AssetKind.VENT: 168.0,
    AssetKind.TOILET: 4.0,
    AssetKind.OFFICE: 24.0,
    AssetKind.MEETING_ROOM: 24.0,
    AssetKind.DORMITORY: 24.0,
    AssetKind.PUBLIC_AREA: 8.0,
    AssetKind.GUEST_ROOM: 24.0,
    AssetKind.RECEPTION_ROOM: 24.0,
}
"""Our own choice but for the lift: the notices say "at set times", "often" and "regularly". Labelled configuration."""

NAMED_PERSON: Final = frozenset({AssetKind.VEHICLE})
"""What a specific person is assigned to clean and disinfect."""
