"""Every part of a gate that runs, judged by what it does now: nothing is opened that is in use, nothing is moved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from contract.errors import MenshenError
from contract.messages.alert import AlertKind
from edge.app.probes import PROBES, Probe
from edge.app.sensor_probe import refuse_uncalibrated, uncalibrated
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.config.sources import NoThermal, ThermalColour

SILENT_S: Final = 3.0
"""A process that has made no round for so long makes none."""
SLOW_SHARE: Final = 0.6
"""Of the frames a second that the settings ask for."""
FREE_MB: Final = 200.0
CAMERAS: Final = {"colour": AlertKind.COLOUR_CAMERA, "thermal": AlertKind.THERMAL_CAMERA}


@dataclass(frozen=True, slots=True)
class Live:
    """What stands on the boards of a running gate.

    Attributes:
        notes: of its processes, by name; {} of one that has said nothing.
        silent_s: since when each has made no round.
    """

    config: GateConfig
    notes: Mapping[str, Mapping[str, Any]]
    silent_s: Mapping[str, float]

    def raised(self, kind: AlertKind) -> bool:
        gate = self.notes["gate"]
        return kind.value in (*gate.get("alarms", ()), *gate.get("faults", ()))


LiveProbe = Callable[[Live], str | None]
"""Returns what works in words, None where the part is not used; raises MenshenError where it does not work."""


def _as_in_check(probe: Probe) -> LiveProbe:
    """A probe of `check` that needs nothing which is in use."""
    return lambda live: probe(live.config)


def _processes(live: Live) -> str:
    note = live.notes["supervisor"]
    down = [name for name, state in note.get("parts", {}).items() if state != "up"]
    if down:
        raise MenshenError(f"{', '.join(down)} does not run", where="processes", remedy="See the log.")
    again = {name: count for name, count in note.get("restarts", {}).items() if count}
    return f"{len(note.get('parts', {}))} run" + (f"; started again: {again}" if again else "")


def _camera(name: str) -> LiveProbe:
    def judged(live: Live) -> str | None:
        told = getattr(live.config, name)
        if isinstance(told, NoThermal | ThermalColour):
            return None
        note = live.notes[name]
        if note.get("state") != "live":
            raise MenshenError(str(note.get("detail", "is being opened")), where=name, remedy=note.get("remedy"))
        if live.silent_s[name] > SILENT_S or live.raised(CAMERAS[name]):
            raise MenshenError("its pictures are late, frozen or black", where=name, remedy="Check lens, cable and light.")
        fps, wanted = float(note.get("fps", 0.0)), getattr(told, "fps", None)
        if wanted is not None and fps < SLOW_SHARE * wanted:
            raise MenshenError(
                f"{fps:.1f} pictures a second, the settings ask for {wanted:g}",
                where=f"{name}.fps",
                remedy="Check light and cable.",
            )
        return f"{told.source}, {fps:.1f} pictures a second{', replay' if note.get('replay') else ''}"

    return judged


def _loop(live: Live) -> str:
    if live.silent_s["gate"] > SILENT_S:
        raise MenshenError(f"no round for {live.silent_s['gate']:.0f} s", where="loop", remedy="See the log.")
    health = live.notes["health"]
    if health.get("loop_p50_ms") is None:
        return "goes round"
    skipped = f", {health.get('frames_skipped', 0)} frames skipped"
    return f"a round takes {health['loop_p50_ms']:.1f} ms, 99 of 100 at most {health['loop_p99_ms']:.1f} ms{skipped}"


def _reference(live: Live) -> str | None:
    if not live.config.bodies or not live.config.screening.temperature:
        return None
    if live.raised(AlertKind.REFERENCE_LOST):
        raise MenshenError(
            "it is not seen, or not believed", where="reference", remedy="Look at the first page: it says why. Is it on and free?"
        )
    return f"seen, set to {' and '.join(f'{body.setpoint_c:.1f}' for body in live.config.bodies)} degC"


def _barrier(live: Live) -> str | None:
    if live.raised(AlertKind.BARRIER):
        raise MenshenError("the drive does not answer", where="barrier", remedy="Check its power, relay and wires.")
    under = {True: ", nobody under the arm", False: ", somebody under the arm"}.get(live.notes["gate"].get("arm_clear", 0), "")
    real = "" if live.config.barrier.real else ": nothing is moved"
    return f"{live.config.barrier.kind}{real}, {'open' if live.notes['gate'].get('barrier_open') else 'shut'}{under}"


def _fire(live: Live) -> str | None:
    if live.config.inputs.fire_line is None:
        return None
    if live.notes["gate"].get("fire"):
        raise MenshenError("open: fire, or a broken wire", where="inputs.fire_line", remedy="Check the fire panel and the loop.")
    return "closed"


def _room(live: Live) -> str | None:
    if live.config.room is None:
        return None
    note, name = live.notes["room"], live.config.room.name
    if live.silent_s["room"] > SILENT_S:
        raise MenshenError("nobody watches over it; its lamp is out", where=name, remedy="See the log.")
    if note.get("alarms"):
        why = note.get("why") or ", ".join(note["alarms"])
        raise MenshenError(f"{note['state']}: {why}", where=name, remedy="Look into the room; then reset it at its door.")
    sensors = ", ".join(f"{sensor}: {seen}" for sensor, seen in note.get("sensors", {}).items())
    return f"{name}: {note.get('state')}, lamp {note.get('lamp')}, {sensors}"


def _disk(live: Live) -> str:
    database = live.config.uplink.database.expanduser().absolute()
    if live.notes["uplink"].get("disk"):
        raise MenshenError(f"it takes no events ({live.notes['uplink']['disk']})", where=str(database), remedy="Make room there.")
    free_mb = shutil.disk_usage(database.parent).free / 1e6
    if free_mb < FREE_MB:
        raise MenshenError(f"{free_mb:.0f} MB are free", where=str(database.parent), remedy="Make room there.")
    return f"{free_mb / 1e3:.1f} GB free"


def _clock(live: Live) -> str:
    said = PROBES["clock"](live.config)
    if not live.notes["uplink"].get("clock_ok"):
        raise MenshenError(
            "nothing keeps it right yet", where="uplink.clock", remedy="Check the network time service (timesyncd, chrony)."
        )
    return f"{said}, kept right"


def _broker(live: Live) -> str:
    note, told = live.notes["uplink"], live.config.uplink.broker
    waiting = f"{note.get('outbox_rows', 0)} events wait"
    if not note.get("connected"):
        why = note.get("refused") or note.get("away") or "not connected"
        raise MenshenError(
            f"{why}; {waiting}", where=f"{told.host}:{told.port}", remedy="Check network, address, password and certificate."
        )
    return f"connected to {told.host}:{told.port}, {waiting}"


def _certificate(live: Live) -> str | None:
    told = live.config.uplink.broker
    if told.cert_file is None:
        return None
    days = live.notes["uplink"].get("certificate_days")
    if days is None:
        raise MenshenError("it cannot be read", where=str(told.cert_file), remedy="Put it there, readable by this user.")
    if days <= told.certificate_warn_days:
        raise MenshenError(f"good for {days:.0f} more days", where=str(told.cert_file), remedy="Renew it.")
    return f"good for {days:.0f} more days"


def _home_assistant(live: Live) -> str | None:
    told = live.config.home_assistant
    if not told.enabled:
        return None
    trouble = live.notes["home_assistant"].get("trouble", "nothing was said yet")
    if trouble:
        raise MenshenError(trouble, where=f"{told.host}:{told.port}", remedy="Check the local broker, user and password.")
    return f"told by {told.host}:{told.port}"


def _sensors(live: Live) -> str | None:
    if not live.config.sensors.every:
        return None
    note = live.notes["sensors"]
    if live.silent_s["sensors"] > SILENT_S:
        raise MenshenError("nobody reads them", where="sensors", remedy="See the log.")
    if note.get("crowded") or not note.get("readings"):
        said = "there are too many to be judged here" if note.get("crowded") else "nothing was said yet"
        raise MenshenError(said, where="sensors", remedy="Look at the gate's page at the guard screen.")
    silent = [one for one in note["readings"] if one["trouble"] is not None]
    if silent:
        wrong = [f"{one['place'] or one['sensor']}: {one['quantity']} {one['trouble']}" for one in silent[:4]]
        why = "; ".join(filter(None, (*wrong, uncalibrated(live.config.sensors, SystemClock().wall().date()))))
        remedy = "Check power, battery, wires and settings of these devices."
        raise MenshenError(why, where=", ".join(sorted({one["sensor"] for one in silent})[:4]), remedy=remedy)
    refuse_uncalibrated(live.config.sensors, SystemClock().wall().date())
    return f"{len(note['readings'])} readings"


LIVE_PROBES: Final[Mapping[str, LiveProbe]] = {
    "processes": _processes,
    "colour camera": _camera("colour"),
    "thermal camera": _camera("thermal"),
    "loop": _loop,
    "model": _as_in_check(PROBES["model"]),
    "thermometry": _as_in_check(PROBES["thermometry"]),
    "reference body": _reference,
    "barrier": _barrier,
    "fire contact": _fire,
    "room": _room,
    "disk": _disk,
    "clock": _clock,
    "broker": _broker,
    "certificate": _certificate,
    "sensors": _sensors,
    "home assistant": _home_assistant,
    "allow list": _as_in_check(PROBES["allow list"]),
}
