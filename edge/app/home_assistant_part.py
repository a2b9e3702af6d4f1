"""The process that tells Home Assistant of the gate."""

from __future__ import annotations

from typing import Final

from edge.app.rundir import RunDir
from edge.app.version import VERSION
from edge.board import Board
from edge.clock import Clock, SystemClock
from edge.config import GateConfig
from edge.config.home_assistant import HomeAssistantConfig
from edge.config.tree import BrokerConfig
from edge.home_assistant.discovery import OFFLINE, Device
from edge.home_assistant.sensors import by_sensor, sensors_in
from edge.home_assistant.state import state
from edge.home_assistant.teller import Sensed, Teller
from edge.mqtt import Link, Will
from edge.stop import Stop

LOOK_S: Final = 0.05


def run(rundir: RunDir, stop: Stop) -> None:
    tell_home_assistant(rundir.config(), rundir, SystemClock(), stop)


def tell_home_assistant(config: GateConfig, rundir: RunDir, clock: Clock, stop: Stop) -> None:
    """Rounds until `stop`. A broker that is away or refuses is a state on the board, never a reason to end."""
    told, device = config.home_assistant, device_of(config)
    gate, uplink, room, own = (rundir.board(name) for name in ("gate", "uplink", "room", "home_assistant"))
    sensors, teller = rundir.board("sensors"), Teller(device)
    will = Will(device.availability_topic, OFFLINE)
    link = Link(local_broker(told), told.user, teller.tell, client_id=f"{told.user}-{config.gate}", will=will)
    link.start()
    try:
        while not stop.wait(LOOK_S):
            now_s = clock.monotonic_s()
            now = state(gate.read() or {}, uplink.read() or {}, now_s - gate.beat_s, room.read() or {})
            teller.round(link, now, now_s, sensed_of(config, sensors, now_s))
            if not link.alive:
                raise RuntimeError("the thread of the local broker's connection has ended")
            own.post({"trouble": teller.trouble}, now_s)
    finally:
        link.close()


def sensed_of(config: GateConfig, board: Board, now_s: float) -> Sensed:
    """What Home Assistant is told of facility sensors: what stands on the board of the process that reads them."""
    if not (config.home_assistant.sensors and config.sensors.every):
        return Sensed((), {}, 0.0)
    readings = (board.read() or {}).get("readings", ())
    return Sensed(sensors_in(readings) if readings else None, by_sensor(readings), now_s - board.beat_s)


def device_of(config: GateConfig) -> Device:
    """The gate as Home Assistant is told of it."""
    return Device(
        gate=config.gate,
        prefix=config.home_assistant.prefix,
        name=config.home_assistant.name or f"Gate {config.gate}",
        version=VERSION,
        counts_passages=config.inputs.passage_line is not None,
        counts_inside=config.occupancy.exit is not None,
        replay=config.replay,
    )


def local_broker(told: HomeAssistantConfig) -> BrokerConfig:
    """The gate's own broker for facility nodes, as a broker."""
    return BrokerConfig(host=told.host, port=told.port, password_file=told.password_file)
