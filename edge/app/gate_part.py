"""The gate process: builds the loop from its slices of the settings and runs it."""

from __future__ import annotations

import logging
import uuid
from math import ceil

import cv2

from contract.messages.visit import Screened
from edge.actuators.barrier import Barrier
from edge.app.arm import Wires, simulate_lines, wires_of
from edge.app.calibration.age import watch_of
from edge.app.eye import eye_of
from edge.app.mapping import mapping_of
from edge.app.rundir import RunDir
from edge.app.temperature import acclimatisation_of, drift_limits_of, limits_of, rule_words, site_rule_of
from edge.app.version import VERSION
from edge.clock import Clock, SystemClock
from edge.config import GateConfig
from edge.config.sources import SLOW, STEADY, ColourConfig, ThermalConfig
from edge.frames import FrameRing
from edge.gate.clean_hands import CleanHands
from edge.gate.door_hours import DoorHours
from edge.gate.entrance import Entrance
from edge.gate.eyes import ColourEye, ThermalEye
from edge.gate.hall import Hall, kept
from edge.gate.health import HealthNote
from edge.gate.loop import GateLoop
from edge.gate.obeying import Obeying
from edge.gate.onlooker import Onlooker
from edge.gate.opening import Opening
from edge.gate.outdoors import BoardWeather, FixedWeather, Weather
from edge.gate.people import People
from edge.gate.self_check import SelfCheck
from edge.gate.shown_tokens import ShownTokens
from edge.gate.signals import Signals
from edge.gate.site_rule import SiteRule
from edge.gate.warmth import REFERENCE_LOST_S, SLOW_REFERENCE_LOST_S, Warmth
from edge.lane.lane import Lane
from edge.lane.zone import Zone, zone_of
from edge.stop import Stop
from edge.vision.reference_pair import reference_of
from edge.vision.registration import Registration
from edge.vision.stray_light import StrayLight
from edge.vision.thermometry import Thermometer
from edge.vision.tracker import Tracker
from edge.vision.wake import WakeUp


def run_gate(rundir: RunDir, stop: Stop) -> None:
    """Rounds until `stop`; the arm is let down at the end."""
    cv2.setNumThreads(1)  # a second thread for a picture this small costs more than it gives, and takes a core from the others
    clock = SystemClock()
    config = rundir.config()
    if config.simulation.circuit:
        simulate_lines(rundir.lines_path)
    wires = wires_of(config, clock)
    with WakeUp(rundir.wake_path) as wake_up:
        room = None if config.room is None else rundir.board("room")
        signals = Signals(wires.lamp, wires.buzzer, rundir.board("uplink"), room)
        loop = build(config, rundir, wires.barrier, clock, entrance_of(config, wires, rundir, clock), signals)
        while not stop.is_set():
            wake_up.wait(loop.wait_s)
            loop.round()
    wires.close()


def moves_always(config: GateConfig, source: ColourConfig | ThermalConfig) -> bool:
    """Whether two equal pictures of this source mean that it is frozen. A simulated gate with wires is judged as a real one."""
    return not source.replay or config.simulation.circuit


def entrance_of(config: GateConfig, wires: Wires, rundir: RunDir, clock: Clock) -> Entrance:
    """The wires around the arm, with the alarms and the count of people that an earlier process of this run left standing."""
    board, hall = rundir.board("gate"), None
    if wires.exits is not None:
        before = kept(board, clock.monotonic_s())
        hall = Hall(config.occupancy, wires.exits, rundir.board("heads"), config.admission.zone, clock, before)
    entrance = Entrance(wires.barrier, wires.fire, wires.passage, hall, key_area=config.admission.key_area)
    entrance.assume((board.read() or {}).get("alarms", ()), clock.monotonic_s())
    board.close()
    return entrance


def build(
    config: GateConfig,
    rundir: RunDir,
    barrier: Barrier,
    clock: Clock,
    entrance: Entrance | None = None,
    signals: Signals | None = None,
) -> GateLoop:
    """The loop with all its parts. `entrance` and `signals`: where there are wires around the arm."""
    screening, colour = config.screening, config.colour
    detector, runner = eye_of(config)
    logging.getLogger(__name__).info("the network runs on %s, %d thread(s)", runner.provider, runner.threads)
    rule = site_rule_of(config)
    zone = zone_of(config.zone.polygon, config.zone.min_face, colour.width, colour.height)
    now_s = clock.monotonic_s()
    opening = Opening(barrier, config.barrier.open_s)
    warmth = warmth_of(config, rundir.thermal_ring(config), rule, now_s)
    return GateLoop(
        gate=config.gate,
        replay=config.replay,
        screened=Screened(mask=screening.mask, temperature=screening.temperature),
        colour=ColourEye(rundir.colour_ring(config), live=moves_always(config, colour), drawn=config.drawn_scale is not None),
        warmth=warmth,
        people=People(detector, Tracker()),
        lane=Lane(zone, limits_of(config), screening.worn_probability, lambda: f"v{uuid.uuid4().hex[:16]}"),
        opening=opening,
        barrier=barrier,
        entrance=entrance,
        signals=signals,
        records=rundir.records(),
        board=rundir.board("gate"),
        health=health_note(config, rundir, now_s),
        clock=clock,
        hours=DoorHours(config.admission.hours, config.admission.zone, clock),
        shown=ShownTokens(rundir.board("qr"), rundir.board("duty")) if config.qr.keys else None,
        hands=hands_of(config, rundir),
        help_board=rundir.board("help"),
        obeying=Obeying(rundir.board("orders"), opening, clock, rundir.board("on_site"), live=config.live.allowed),
        onlooker=_onlooker(config, rundir, zone, warmth),
        self_check=None if warmth is None else SelfCheck(rule, drift_limits_of(config), screening.low_core_c),
        weather=weather_of(config, rundir),
        calibration=watch_of(config),
        setting_up=config.set_up.unfinished,
        rest_min=0 if (asked := acclimatisation_of(config)) is None else ceil(asked.rest_s / 60.0),
    )


def hands_of(config: GateConfig, rundir: RunDir) -> CleanHands | None:
    """Who knows whether hands were disinfected; None where nobody is asked."""
    if config.hands.mode == "off":
        return None
    return CleanHands(rundir.board("dispensers"), rundir.board("washed"), config.hands.within_s)


def health_note(config: GateConfig, rundir: RunDir, now_s: float) -> HealthNote:
    """Where the health message has its numbers from."""
    uplink, supervisor, told = (rundir.board(name) for name in ("uplink", "supervisor", "health"))
    return HealthNote(uplink, supervisor, told, VERSION, config.model.name or "default", now_s)


def weather_of(config: GateConfig, rundir: RunDir) -> Weather | None:
    """Who tells how warm it is outside; None where nobody is asked."""
    told = config.acclimatisation
    match told.outside:
        case "none":
            return None
        case "fixed":
            return None if told.outside_c is None else FixedWeather(told.outside_c)
        case "sensor":
            return BoardWeather(rundir.board("outdoors"))


def _onlooker(config: GateConfig, rundir: RunDir, zone: Zone, warmth: Warmth | None) -> Onlooker | None:
    """For the technician's page; None where the settings have none."""
    if config.technician.listen is None:
        return None
    return Onlooker(rundir.board("looking"), rundir.board("seen"), zone, warmth)


def warmth_of(config: GateConfig, ring: FrameRing | None, rule: SiteRule, now_s: float) -> Warmth | None:
    """The thermal side; None where temperature is not screened for."""
    mapping = mapping_of(config)
    if ring is None or config.reference is None or mapping is None or not config.screening.temperature:
        return None
    logging.getLogger(__name__).info("temperature: %s", rule_words(config))
    registration, slow = Registration(mapping), isinstance(config.thermal, SLOW)
    return Warmth(
        ThermalEye(
            ring,
            config.sensor.rotate,
            live=not slow and moves_always(config, config.thermal),
            steady=isinstance(config.thermal, STEADY),
            stray=StrayLight(config.sensor),
        ),
        reference_of(config.reference, config.second_reference, config.sensor),
        registration,
        Thermometer(config.sensor, config.screening, registration),
        rule,
        now_s,
        SLOW_REFERENCE_LOST_S if slow else REFERENCE_LOST_S,
    )
