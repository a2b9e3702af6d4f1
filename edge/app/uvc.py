"""A room's doses and lamp, put together for the process of the sensors."""

from __future__ import annotations

from edge.app.lamp import lamp_file
from edge.app.rundir import RunDir
from edge.config import GateConfig
from edge.sensors.lamp_book import LampBook
from edge.sensors.lamp_run import LampRun
from edge.sensors.place_dose import PlaceDose
from edge.sensors.room_light import RoomLight
from edge.sensors.uvc_room import UvcRoom


def uvc_room_of(config: GateConfig, rundir: RunDir) -> UvcRoom | None:
    """None where nothing is told to be measured. To be closed."""
    told = config.uvc
    if not told.every:
        return None
    by_name = {one.name: one for one in config.sensors.every}
    lamp = None
    if told.lamp is not None:
        lamp = LampRun(told.lamp, LampBook(lamp_file(config)))
    places = [PlaceDose(one, by_name[one.of]) for one in told.doses]
    return UvcRoom(RoomLight(rundir.board("room")), places, lamp, rundir.board("lamp"))
