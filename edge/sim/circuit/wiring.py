"""Which line of the gate goes where: the plans of `firmware_configs/wiring/`, as the simulator needs them."""

from __future__ import annotations

from dataclasses import dataclass

from edge.config import GateConfig
from edge.config.barrier_lines import PulseBarrier, SelfTimingBarrier, TurnstileBarrier
from edge.sim.circuit.drive import Drive, HeldDrive, SelfTimingDrive


@dataclass(frozen=True, slots=True)
class Wiring:
    """Lines by BCM number; None where there is no such wire."""

    open_line: int | None = None
    shut_line: int | None = None
    arm_clear_line: int | None = None
    fire_line: int | None = None
    passage_line: int | None = None
    exit_line: int | None = None


def wiring_of(config: GateConfig) -> Wiring:
    """The lines that the settings name."""
    fire, passage = config.inputs.fire_line, config.inputs.passage_line
    out = None if config.occupancy.exit is None else config.occupancy.exit.line
    match config.barrier:
        case PulseBarrier(line=line, arm_clear_line=clear):
            return Wiring(line, None, clear, fire, passage, out)
        case SelfTimingBarrier(line=line, close_line=close, arm_clear_line=clear):
            return Wiring(line, close, clear, fire, passage, out)
        case TurnstileBarrier(line=line):
            return Wiring(line, None, None, fire, passage, out)
        case _:
            return Wiring(None, None, None, fire, passage, out)


def drive_of(config: GateConfig) -> Drive:
    """The drive that belongs to these settings."""
    if isinstance(config.barrier, SelfTimingBarrier):
        return SelfTimingDrive(config.barrier.open_s)
    return HeldDrive()
