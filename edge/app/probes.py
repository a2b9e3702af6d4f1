"""Every part of a gate tried once, before anybody relies on it. Each probe says what works, or raises with the remedy."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from contract.errors import MenshenError
from edge.actuators.room_interlock import RoomInterlock
from edge.app.arm import relay_of, wires_of
from edge.app.calibration.age import age_words, refuse_stale
from edge.app.capture_parts import colour_opener, thermal_opener
from edge.app.eye import eye_of, input_of, region_of
from edge.app.home_assistant_part import local_broker
from edge.app.mapping import mapping_of
from edge.app.sensor_probe import ask_sensors
from edge.app.temperature import acclimatisation_words, rule_words
from edge.clock import SystemClock, clock_ok
from edge.config import GateConfig
from edge.config.barrier_remote import HttpBarrier, ModbusBarrier
from edge.config.sources import NoThermal, ThermalColour
from edge.errors import BarrierError, BusyPortError, OutboxError, SourceError
from edge.mqtt import probe_broker
from edge.policy.room_facts import Lamp
from edge.qr.allow_list import read_list
from edge.room.alarms import AGENTS
from edge.sensors.local_mqtt.source import broker as sensor_broker
from edge.vision.liveness import Liveness, SourceState
from edge.vision.registration import Registration
from edge.vision.view import WHOLE

PICTURE_WITHIN_S: Final = 6.0
BROKER_WITHIN_S: Final = 5.0


class Outcome(StrEnum):
    WORKS = "works"
    DOES_NOT = "does not"
    NOT_USED = "not used"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one probe found. `refusal` is the error behind DOES_NOT."""

    part: str
    outcome: Outcome
    detail: str
    refusal: MenshenError | None = None


T = TypeVar("T")
Probe = Callable[[GateConfig], str | None]
"""Returns what works in words, None where the part is not used; raises MenshenError where it does not work."""


def probe_all(config: GateConfig) -> Iterator[tuple[str, Callable[[], Finding]]]:
    """The probes by name, each to be called; a person sees the name while it runs."""
    for name, probe in PROBES.items():
        yield name, partial(find, name, partial(probe, config))


def find(name: str, probe: Callable[[], str | None]) -> Finding:
    """What one probe says, as a finding."""
    try:
        detail = probe()
    except MenshenError as refusal:
        return Finding(name, Outcome.DOES_NOT, refusal.what, refusal)
    if detail is None:
        return Finding(name, Outcome.NOT_USED, "")
    return Finding(name, Outcome.WORKS, detail)


def _model(config: GateConfig) -> str:
    begun_s = time.monotonic()
    _, runner = eye_of(config)
    (width, height), took_s = input_of(config), time.monotonic() - begun_s
    what = "the picture" if region_of(config) == WHOLE else "the zone and around it"
    threads = f"{runner.threads} thread{'s' if runner.threads > 1 else ''}"
    return f"{config.model.name or 'default'}, {what} at {width}x{height}, {runner.provider}, {threads}, opened in {took_s:.2f} s"


def _colour(config: GateConfig) -> str | None:
    if isinstance(config.colour, ThermalColour):
        return None
    clock = SystemClock()
    source = colour_opener(config, clock.monotonic_s(), clock)()
    try:
        shot = _first(source.read, "colour camera")
        if Liveness(live=False).see(shot.pixels, 1, clock.monotonic_s()) is SourceState.BLACK:
            raise SourceError("the picture is black", where="colour", remedy="Take the cap off the lens; check the light.")
        rows, cols = shot.pixels.shape[:2]
        return f"{config.colour.source}, {cols}x{rows}{', replay' if config.colour.replay else ''}"
    finally:
        source.close()


def _thermal(config: GateConfig) -> str | None:
    if isinstance(config.thermal, NoThermal):
        return None
    clock = SystemClock()
    source = thermal_opener(config, clock.monotonic_s(), clock)()
    try:
        counts = _first(source.read, "thermal camera").counts
        if counts.shape != (config.thermal.rows, config.thermal.cols):
            raise SourceError(
                f"pictures are {counts.shape}, the settings say {(config.thermal.rows, config.thermal.cols)}",
                where="thermal.rows, thermal.cols",
                remedy="Correct the settings.",
            )
        return f"{config.thermal.source}, {counts.shape[1]}x{counts.shape[0]}{', replay' if config.thermal.replay else ''}"
    finally:
        source.close()


def _first(read: Callable[[], T | None], what: str) -> T:
    deadline_s = time.monotonic() + PICTURE_WITHIN_S
    while time.monotonic() < deadline_s:
        shot = read()
        if shot is not None:
            return shot
    raise SourceError(f"no picture within {PICTURE_WITHIN_S:.0f} s", where=what, remedy="Check cable, power and settings.")


def _thermometry(config: GateConfig) -> str | None:
    mapping = mapping_of(config)
    if not config.screening.temperature or mapping is None or config.reference is None:
        return None
    Registration(mapping)
    refuse_stale(config, SystemClock().wall())
    made = mapping.calibrated
    calibrated = "" if made is None else f", calibrated {made.made_at[:10]} by {made.method} to {made.residual_px:.1f} px"
    calibrated += age_words(config, SystemClock().wall())
    limit = f"limit {config.screening.limit_c:.1f} degC core-equivalent"
    weather = f", {told}" if (told := acclimatisation_words(config)) else ""
    bodies = "reference body " + " and ".join(f"{body.setpoint_c:.1f}" for body in config.bodies)
    return f"{bodies} degC, {limit}, {rule_words(config)}{calibrated}{weather}"


def _barrier(config: GateConfig) -> str:
    if config.simulation.circuit:
        return f"{config.barrier.kind}, on a simulated circuit"
    if isinstance(config.barrier, ModbusBarrier | HttpBarrier):
        relay = relay_of(config.barrier)
        relay.ask()
        relay.close()
    else:
        wires_of(config, SystemClock()).close()
    read = "" if config.inputs.fire_line is not None or not config.barrier.real else ", the fire contact is not read"
    return config.barrier.kind + read


def _room(config: GateConfig) -> str | None:
    if (told := config.room) is None:
        return None
    if config.simulation.circuit:
        return f"{told.name}, {AGENTS[told.agent]}, on a simulated circuit"
    with closing(RoomInterlock(told)) as interlock:
        lamp = interlock.read(time.monotonic()).lamp
    if lamp is Lamp.ON:
        raise BarrierError(
            "the lamp is on, or its feedback is lost",
            where=f"room.feedback_line = {told.feedback_line}",
            remedy="Switch the lamp off by hand. Check its contactor and the wire of its feedback.",
        )
    return f"{told.name}, {AGENTS[told.agent]}, the lamp is off"


def _database(config: GateConfig) -> str:
    folder = config.uplink.database.expanduser().absolute().parent
    if not folder.is_dir():
        raise OutboxError("there is no such folder", where=f"uplink.database: {folder}", remedy=f"mkdir -p {folder}")
    if not os.access(folder, os.W_OK):
        raise OutboxError("this user may not write there", where=f"uplink.database: {folder}", remedy="Give it to this user.")
    if config.uplink.database.is_dir():
        raise OutboxError("is a folder, not a file", where=f"uplink.database: {config.uplink.database}", remedy="Name a file.")
    return str(config.uplink.database)


def _broker(config: GateConfig) -> str:
    probe_broker(config.uplink.broker, config.gate, BROKER_WITHIN_S)
    return f"{config.uplink.broker.host}:{config.uplink.broker.port}"


def _home_assistant(config: GateConfig) -> str | None:
    told = config.home_assistant
    if not told.enabled:
        return None
    probe_broker(local_broker(told), told.user, BROKER_WITHIN_S, "home_assistant")
    return f"{told.host}:{told.port}, as {told.prefix}/device/..."


def _sensors(config: GateConfig) -> str | None:
    return ask_sensors(config, SystemClock())


def _local_broker(config: GateConfig) -> str | None:
    told = config.sensors.mqtt
    if not told.devices:
        return None
    probe_broker(sensor_broker(told), told.user, BROKER_WITHIN_S, "sensors.mqtt")
    return f"{len(told.devices)} device{'' if len(told.devices) == 1 else 's'} at {told.host}:{told.port}"


def _kiosk(config: GateConfig) -> str:
    port = config.kiosk.port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as busy:
            raise BusyPortError(
                f"port {port} is taken by another program ({busy.strerror})",
                where=f"kiosk.port = {port}",
                remedy=f"Stop the other program (`ss -ltnp | grep :{port}` names it), or choose another port.",
            ) from busy
    return f"port {port or 'any'}"


def _allow_list(config: GateConfig) -> str | None:
    if not config.admission.key_area or config.admission.allow_list is None:
        return None
    listed = read_list(config.admission.allow_list)
    return f"{len(listed.badges)} badges, {len(listed.passes)} passes, {len(listed.classes)} classes"


def _clock(_: GateConfig) -> str:
    now = SystemClock().wall()
    if not clock_ok(now):
        raise MenshenError(
            f"the clock says {now:%Y-%m-%d}", where="clock", remedy="Set the time; check the network time service."
        )
    return f"{now:%Y-%m-%d %H:%M} UTC"


PROBES: Final[dict[str, Probe]] = {
    "model": _model,
    "colour camera": _colour,
    "thermal camera": _thermal,
    "thermometry": _thermometry,
    "barrier": _barrier,
    "room": _room,
    "database": _database,
    "broker": _broker,
    "sensors": _sensors,
    "sensors' broker": _local_broker,
    "home assistant": _home_assistant,
    "kiosk": _kiosk,
    "allow list": _allow_list,
    "clock": _clock,
}
