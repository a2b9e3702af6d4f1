"""What several tables of a gate's settings have to agree on. Each raises ValueError with what to set instead."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from contract.settings_file import Settings
from edge.config.barrier_lines import TurnstileBarrier
from edge.config.sources import PRESENCE_ONLY, NoThermal, ThermalColour

if TYPE_CHECKING:
    from edge.config.tree import BrokerConfig, GateConfig

_HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
DELTA_C: Final = (0.2, 0.8)
"""What a baseline's limit may lie above its usual visitor: with 1.0, 4 of 10 feverish people pass (docs/explanation)."""


def _same_file(broker: BrokerConfig) -> bool:
    return broker.cert_file is not None and broker.cert_file == broker.key_file


def renewed_in_one_file(gate: GateConfig) -> None:
    broker = gate.uplink.broker
    if gate.uplink.renewal.url is not None and (broker.ca_file is None or not _same_file(broker)):
        raise ValueError(
            "uplink.renewal.url renews a certificate and its key in one file, with the authority beside it. Name them as "
            "`menshen-edge pair` does (broker.cert_file and broker.key_file the same, broker.ca_file), or take the url out"
        )


def staff_can_show_a_badge(gate: GateConfig) -> None:
    asked = "staff_only" if gate.admission.staff_only else "key_area"
    if not (gate.admission.staff_only or gate.admission.key_area):
        return
    if not gate.qr.keys:
        raise ValueError(f"admission.{asked} = true lets nobody in as long as qr.keys is empty: no badge can be checked")
    blind = isinstance(gate.colour, ThermalColour)
    if blind:
        raise ValueError(f'admission.{asked} = true lets nobody in with colour.source = "thermal": it can read no code')


def dispensers_are_counted(gate: GateConfig) -> None:
    devices, modbus = gate.sensors.mqtt.devices, gate.sensors.modbus
    counters = {one.name for one in devices if "count" in one.quantities} | {one.name for one in modbus}
    for name in gate.hands.dispensers:
        if name not in counters:
            raise ValueError(f"hands.dispensers names {name!r}, and no sensor of that name counts: give it the quantity `count`")


def the_room_s_meter_is_a_sensor(gate: GateConfig) -> None:
    if gate.room is None or gate.room.ozone_meter is None:
        return
    meter = gate.room.ozone_meter
    speak = {one.name for one in gate.sensors.mqtt.devices if "ozone_ppm" in one.quantities}
    wired = {one.name: one.every_s for one in gate.sensors.modbus}
    if meter.sensor not in speak | wired.keys():
        raise ValueError(
            f"room.ozone_meter names {meter.sensor!r}, and no sensor of that name measures ozone: give it the quantity ozone_ppm"
        )
    if wired.get(meter.sensor, 0.0) >= meter.fresh_s:
        raise ValueError("room.ozone_meter.fresh_s is shorter than its sensor's every_s: it would be lost between two readings")


def doses_are_of_the_room(gate: GateConfig) -> None:
    told = gate.uvc
    if not told.every:
        return
    if gate.room is None or gate.room.agent != "uvc":
        raise ValueError('[uvc] measures the room of [room], with room.agent = "uvc". Add it, or take [uvc] out')
    others = {one.name: one for one in gate.sensors.every}
    taken = {*others, *(one.name for one in gate.sensors.air_changes)}
    for one in told.every:
        if one.of not in others:
            raise ValueError(f"uvc: no sensor is called {one.of!r}. Name one of {', '.join(sorted(others)) or 'those you add'}")
        if one.name in taken:
            raise ValueError(f"two sensors are called {one.name!r}. Give each a name of its own")
        taken.add(one.name)
    for place in told.doses:
        if others[place.of].every_s >= place.gap_s:
            raise ValueError(
                f"uvc.doses {place.name!r}: {place.of!r} is asked every {others[place.of].every_s:g} s, and nothing is counted "
                f"over more than gap_s = {place.gap_s:g} s. Ask it more often (1 s is good)"
            )


def replay_moves_nothing(gate: GateConfig) -> None:
    if gate.simulation.circuit and not gate.replay:
        raise ValueError("simulation.circuit = true moves no arm, and the cameras are live. Set it to false")
    if gate.simulation.sensors and not gate.replay:
        raise ValueError("simulation.sensors = true invents the air, and the cameras are live. Set it to false")
    if gate.barrier.real and gate.replay and not (gate.barrier.on_lines and gate.simulation.circuit):
        raise ValueError(
            f"barrier.kind = {gate.barrier.kind!r} moves a real barrier, but colour.source = {gate.colour.source!r} and "
            f"thermal.source = {gate.thermal.source!r}: a replay must not open a gate. "
            'Use live cameras, or barrier.kind = "log".'
        )


def a_turnstile_tells_who_passed(gate: GateConfig) -> None:
    if isinstance(gate.barrier, TurnstileBarrier) and gate.inputs.passage_line is None:
        raise ValueError('barrier.kind = "turnstile" locks after a passage: name its contact, inputs.passage_line. Add it')


def one_line_one_wire(gate: GateConfig) -> None:
    tables: dict[str, Settings] = {"barrier": gate.barrier, "inputs": gate.inputs, "signals": gate.signals}
    if gate.occupancy.exit is not None:
        tables["occupancy.exit"] = gate.occupancy.exit
    if (room := gate.room) is not None:
        named_sensors = {"door": room.door, "motion": room.motion, "presence": room.presence}
        tables["room"] = room
        tables |= {f"room.{name}": sensor for name, sensor in named_sensors.items() if sensor is not None}
    tables |= {f"sensors.gpio {one.name}": one for one in gate.sensors.gpio}
    named = {f"{name}.{key}": line for name, table in tables.items() for key, line in table if key.endswith("line")}
    used: dict[int, str] = {}
    for key, line in named.items():
        if line is not None and used.setdefault(line, key) != key:
            raise ValueError(f"{used[line]} and {key} are both GPIO line {line}. Give each wire a line of its own")


def baseline_catches_fevers(gate: GateConfig) -> None:
    delta_c = round(gate.screening.limit_c - gate.screening.guard_band_c - gate.core.usual_core_c, 3)
    if gate.core.rule == "baseline" and not DELTA_C[0] <= delta_c <= DELTA_C[1]:
        raise ValueError(
            f'core.rule = "baseline": the limit lies {delta_c:g} degC above core.usual_core_c, which must be '
            f"{DELTA_C[0]:g} to {DELTA_C[1]:g}: more misses fevers, less sends the healthy away. "
            "Set screening.limit_c, screening.guard_band_c or core.usual_core_c"
        )


def thermal_picture_alone(gate: GateConfig) -> None:
    """Where faces are found in the thermal picture: no masks, and sizes that fit."""
    if not isinstance(gate.colour, ThermalColour):
        return
    if gate.screening.mask:
        raise ValueError('colour.source = "thermal" cannot see masks: set screening.mask = false, or add a colour camera')
    if not gate.screening.temperature:
        raise ValueError('colour.source = "thermal" screens for temperature: set screening.temperature = true')
    if gate.registration is not None:
        raise ValueError('colour.source = "thermal" maps itself: take [registration] out')
    cols, rows = gate.upright_px
    scale = gate.colour.width // cols if cols else 0
    if cols and (scale < 1 or (gate.colour.width, gate.colour.height) != (scale * cols, scale * rows)):
        raise ValueError(
            f"colour.width, colour.height = {gate.colour.width}, {gate.colour.height} is no multiple of the thermal picture "
            f"after sensor.rotate = {gate.sensor.rotate}, {cols}x{rows}: set {3 * cols} and {3 * rows}"
        )


def presence_is_no_temperature(gate: GateConfig) -> None:
    if gate.screening.temperature and isinstance(gate.thermal, PRESENCE_ONLY):
        raise ValueError(
            f'thermal.source = "{gate.thermal.source}" sees whether somebody is there, never how warm: a face covers too few '
            f"of its {gate.thermal.cols}x{gate.thermal.rows} pixels. Use another sensor, or set screening.temperature = false"
        )


def two_bodies_stand_apart(gate: GateConfig) -> None:
    one, two = gate.reference, gate.second_reference
    if two is None:
        return
    if one is None:
        raise ValueError("[second_reference] needs a first one: name it [reference]")
    apart_px = math.hypot(one.row - two.row, one.col - two.col)
    needed_px = one.radius_px + two.radius_px + one.search_px + two.search_px
    if (one.distance_m is None) != (two.distance_m is None):
        raise ValueError("tell distance_m of both [reference] and [second_reference], or of neither")
    if not apart_px > needed_px:
        raise ValueError(
            f"[reference] and [second_reference] lie {apart_px:.0f} px apart, where one could be taken for the other: place "
            f"them more than {needed_px:.0f} px apart (radius_px and search_px of both), or make search_px smaller"
        )


def temperature_has_its_parts(gate: GateConfig) -> None:
    if not gate.screening.temperature:
        return
    missing = [
        name
        for name, absent in {
            'thermal.source other than "none"': isinstance(gate.thermal, NoThermal),
            "[reference]": gate.reference is None,
            "[registration]": gate.registration is None and not isinstance(gate.colour, ThermalColour),
        }.items()
        if absent
    ]
    if missing:
        raise ValueError(f"screening.temperature = true needs {', '.join(missing)}. Add it, or set it to false")


def pictures_go_to_the_cloud_alone(gate: GateConfig) -> None:
    if not gate.live.allowed:
        return
    if gate.live_address is None:
        raise ValueError("live.allowed = true needs the cloud's address. Give it as live.url, or pair the gate")
    address = urlsplit(gate.live_address)
    if address.scheme != "https" and address.hostname not in _HERE:
        raise ValueError(f"live.url = {gate.live_address!r} would send pictures in the clear. Give an https:// address")


AGREEMENTS: Final[tuple[Callable[[GateConfig], None], ...]] = (
    renewed_in_one_file,
    pictures_go_to_the_cloud_alone,
    staff_can_show_a_badge,
    dispensers_are_counted,
    the_room_s_meter_is_a_sensor,
    doses_are_of_the_room,
    replay_moves_nothing,
    a_turnstile_tells_who_passed,
    one_line_one_wire,
    baseline_catches_fevers,
    thermal_picture_alone,
    presence_is_no_temperature,
    two_bodies_stand_apart,
    temperature_has_its_parts,
)
