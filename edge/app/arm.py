"""The arm and the wires around it, as the settings name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edge.actuators.barrier import Barrier
from edge.actuators.fire_input import FireInput
from edge.actuators.log_barrier import LogBarrier as Logged
from edge.actuators.passage_sensor import PassageSensor
from edge.actuators.pulse_barrier import PulseBarrier as Pulsed
from edge.actuators.relay import Relay
from edge.actuators.remote_barrier import RemoteBarrier
from edge.actuators.self_timing_barrier import SelfTimingBarrier as SelfTiming
from edge.actuators.signal import SignalOutput
from edge.actuators.turnstile import Turnstile
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.barrier_lines import LogBarrier, PulseBarrier, SelfTimingBarrier, TurnstileBarrier
from edge.config.barrier_remote import HttpBarrier, ModbusBarrier
from edge.errors import BarrierError


@dataclass(frozen=True, slots=True)
class Wires:
    """What is open on this gate's GPIO; `close` gives all of it back, arm down."""

    barrier: Barrier
    fire: FireInput | None
    passage: PassageSensor | None
    exits: PassageSensor | None
    lamp: SignalOutput | None
    buzzer: SignalOutput | None

    def close(self) -> None:
        for one in (self.barrier, self.fire, self.passage, self.exits, self.lamp, self.buzzer):
            if one is not None:
                one.close()


def wires_of(config: GateConfig, clock: Clock) -> Wires:
    """Barrier, inputs and signals of the settings. Raises BarrierError where one cannot be had."""
    told, shown = config.inputs, config.signals
    fire = None if told.fire_line is None else FireInput(told.fire_line)
    passage = None if told.passage_line is None else PassageSensor(told.passage_line, told.passage_gap_s)
    out = config.occupancy.exit
    exits = None if out is None else PassageSensor(out.line, out.gap_s, "occupancy.exit.line")
    lamp = None if shown.lamp_line is None else SignalOutput(shown.lamp_line, "signals.lamp_line")
    buzzer = None if shown.buzzer_line is None else SignalOutput(shown.buzzer_line, "signals.buzzer_line")
    return Wires(_barrier_of(config, passage, clock), fire, passage, exits, lamp, buzzer)


def _barrier_of(config: GateConfig, passage: PassageSensor | None, clock: Clock) -> Barrier:
    match config.barrier:
        case LogBarrier():
            return Logged(clock)
        case PulseBarrier(line=line, arm_clear_line=arm_clear_line):
            return Pulsed(line, arm_clear_line, clock)
        case SelfTimingBarrier(line=line, close_line=close_line, arm_clear_line=arm_clear_line):
            return SelfTiming(line, close_line, arm_clear_line, clock)
        case TurnstileBarrier(line=line):
            if passage is None:
                raise BarrierError("a turnstile needs its passage contact", where="inputs", remedy="Name inputs.passage_line.")
            return Turnstile(Pulsed(line, None, clock), passage)
        case ModbusBarrier() | HttpBarrier() as remote:
            return RemoteBarrier(relay_of(remote), clock)


def relay_of(config: ModbusBarrier | HttpBarrier) -> Relay:
    """The relay somewhere else; nothing is asked of it yet. Raises BarrierError where its password cannot be read."""
    match config:
        case ModbusBarrier():
            from edge.actuators.modbus_relay import ModbusRelay

            return ModbusRelay(config)
        case HttpBarrier():
            from edge.actuators.http_relay import HttpRelay

            return HttpRelay(config)


def simulate_lines(path: Path) -> None:
    """From now on this process's GPIO lines are those of the simulated circuit. Raises BarrierError without gpiozero."""
    try:
        from gpiozero import Device
    except ImportError as missing:
        raise BarrierError("the GPIO library is not installed", remedy="Install the extra: menshen[edge].") from missing
    from edge.sim.circuit.lines import Lines
    from edge.sim.circuit.pins import SharedFactory

    Device.pin_factory = SharedFactory(Lines(path))
