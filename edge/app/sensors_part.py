"""The process that reads facility sensors. It waits for neither disk nor cloud, and nothing waits for it."""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack
from typing import Any, Final

from contract.errors import MessageError
from contract.topics import Kind
from edge.app.rundir import RunDir
from edge.app.sensor_buses import buses_of, i2c_opener
from edge.app.simulated_light import uvc_light
from edge.app.uvc import uvc_room_of
from edge.board import Board
from edge.clock import Clock, SystemClock
from edge.config import GateConfig
from edge.config.sensors import SensorsConfig
from edge.records import RecordRing
from edge.sensors.air_changes import AirChangesOf
from edge.sensors.alarms import Alarms
from edge.sensors.batches import MOST, NO_BORDERS, batches
from edge.sensors.borders import Borders, borders
from edge.sensors.derived import Derived
from edge.sensors.dispensers import Dispensers
from edge.sensors.inbox import Inbox
from edge.sensors.local_mqtt.source import LocalMqtt
from edge.sensors.newest import Newest
from edge.sensors.reading import HandOver, Reading, Trouble
from edge.sensors.room_gas import RoomGas
from edge.sensors.source import Sensor, Source
from edge.sensors.stuck import Stuck, steps_of
from edge.sensors.uvc_alarms import UvcAlarms
from edge.sensors.uvc_borders import uvc_borders
from edge.sim.lamp import UvcLight, no_light
from edge.stop import Stop

LOOK_S: Final = 0.1
POST_S: Final = 0.5


def run(rundir: RunDir, stop: Stop) -> None:
    read_sensors(rundir.config(), rundir, SystemClock(), stop)


def sources_of(config: GateConfig, hand_over: HandOver, clock: Clock, light: UvcLight = no_light) -> list[Source]:
    """Every bus, and the local broker where a device speaks to it."""
    told = config.sensors.mqtt
    broker: list[Source] = [LocalMqtt(told, config.gate, hand_over, clock)] if told.devices else []
    return [*buses_of(config.sensors, hand_over, clock, i2c_opener(config, clock, light)), *broker]


def derived_of(config: GateConfig) -> list[Derived]:
    """Sensors that are computed from the readings of those."""
    return [AirChangesOf(one) for one in config.sensors.air_changes]


def read_sensors(config: GateConfig, rundir: RunDir, clock: Clock, stop: Stop) -> None:
    """Rounds until `stop`. A bus or broker that is away is a state on the board, never a reason to end."""
    inbox, board, records = Inbox(), rundir.board("sensors"), rundir.sensor_records()
    sources = sources_of(config, inbox.put, clock, uvc_light(config, rundir, clock))
    uvc = uvc_room_of(config, rundir)
    derived = [*derived_of(config), *([] if uvc is None else [uvc])]
    named: list[Sensor] = [sensor for source in sources for sensor in source.sensors]
    computed = [sensor for one in derived for sensor in one.sensors]
    newest = newest_of(config.sensors, [*named, *computed], clock.monotonic_s())
    dispensers = Dispensers(config.hands.dispensers, rundir.board("dispensers"))
    gas = _gas_of(config, rundir)
    alarms = Alarms(config.sensors.limits, newest.told, records, clock, config.sensors.window_places)
    uvc_alarms = None if uvc is None else UvcAlarms(uvc, records, clock)
    out = Out(newest, records, config.sensors.batch_s, clock, {**borders(config.sensors.limits), **uvc_borders(config.uvc)})
    posted_s = float("-inf")
    with ExitStack() as open_sources:
        if uvc is not None:
            open_sources.callback(uvc.close)
        for source in sources:
            source.start()
            open_sources.callback(source.close)
        while not stop.wait(LOOK_S):
            now_s = clock.monotonic_s()
            for source in sources:
                source.round(now_s)
            heard = [*newest.take(inbox.take()), *newest.stale(now_s, _why(sources))]
            gas.take(heard)
            dispensers.take(heard)
            out.put([*heard, *newest.take(reading for one in derived for reading in one.take(heard, now_s))])
            out.round(now_s)
            if now_s - posted_s < POST_S:
                board.beat(now_s)
                continue
            posted_s = now_s
            alarms.round(newest.readings(), now_s)
            if uvc_alarms is not None:
                uvc_alarms.round(now_s)
            said = {source.name: source.note() for source in sources if isinstance(source, LocalMqtt)}
            _post(board, {"dropped": inbox.dropped + out.dropped, "sources": said}, newest, now_s)
        out.send(clock.monotonic_s())


def newest_of(told: SensorsConfig, sensors: list[Sensor], now_s: float) -> Newest:
    """How every sensor is, where one that is stuck has no value."""
    by_name = {sensor.told.name: sensor.told for sensor in sensors}
    return Newest(sensors, now_s, Stuck(told.stuck, by_name, steps_of(told)).judged)


class Out:
    """Readings on their way to the writer, some together. What it has no room for is given up, and counted."""

    def __init__(self, newest: Newest, records: RecordRing, batch_s: float, clock: Clock, limits: Borders = NO_BORDERS) -> None:
        self._limits = limits
        self._newest, self._records, self._batch_s, self._clock = newest, records, batch_s, clock
        self._waiting = deque[Reading]()
        self._sent_s = float("-inf")
        self.dropped = 0

    def put(self, readings: list[Reading]) -> None:
        self._waiting.extend(readings)

    def round(self, now_s: float) -> None:
        """Hand over what waits, where it is time or enough."""
        if now_s - self._sent_s >= self._batch_s or len(self._waiting) >= MOST:
            self.send(now_s)

    def send(self, now_s: float) -> None:
        """Hand over what waits."""
        self._sent_s, readings = now_s, list(self._waiting)
        self._waiting.clear()
        wall = self._clock.wall()
        for body in batches(readings, self._newest.told, wall, now_s, self._limits):
            if self._records.put(Kind.SENSOR, body, wall.timestamp(), now_s) is None:
                self.dropped += body.count(b'"sensor":')


def _gas_of(config: GateConfig, rundir: RunDir) -> RoomGas:
    """What the room under ozone is told."""
    meter = None if config.room is None else config.room.ozone_meter
    return RoomGas(None if meter is None else meter.sensor, rundir.board("gas"))


def _why(sources: list[Source]) -> dict[str, Trouble]:
    """What is wrong with a whole source, by sensor."""
    return {sensor.told.name: why for source in sources if (why := source.why_silent()) is not None for sensor in source.sensors}


def _post(board: Board, note: dict[str, Any], newest: Newest, now_s: float) -> None:
    """The newest readings are for this machine's own screens; where they do not fit, the cloud has them all the same."""
    try:
        board.post(note | {"readings": newest.board()}, now_s)
    except MessageError:
        board.post(note | {"readings": [], "crowded": True}, now_s)
