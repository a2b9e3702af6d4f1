"""The gate as a whole: its processes, started and watched until somebody says stop."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Final

from contract.notify import ServiceManager
from edge.app.calibration.age import refuse_stale
from edge.app.recording.keeper import keep_sweeping
from edge.app.rundir import RunDir
from edge.board import Board
from edge.clock import Clock, SystemClock
from edge.config import GateConfig
from edge.config.sources import NoThermal, ThermalColour
from edge.stop import Stop, stop_on
from edge.supervisor import Part, Report, Supervisor

ROUND_S: Final = 0.1
CAPTURE_PATIENCE_S: Final = 2.0
"""A camera read that hangs for so long is ended from outside, with its process."""
QR_PATIENCE_S: Final = 10.0


def parts_of(config: GateConfig, rundir: RunDir) -> list[Part]:
    """Every process of this gate, in the order they start."""

    def part(name: str, patience_s: float, *, last: bool = False) -> Part:
        command = (sys.executable, "-m", "edge.app.part", name, str(rundir.path))
        return Part(name, command, rundir.board(name), patience_s, last=last)

    cameras = [] if isinstance(config.colour, ThermalColour) else [part("colour", CAPTURE_PATIENCE_S)]
    if not isinstance(config.thermal, NoThermal):
        cameras.append(part("thermal", CAPTURE_PATIENCE_S))
    circuit = [part("circuit", CAPTURE_PATIENCE_S)] if config.simulation.circuit else []
    badges = [part("qr", QR_PATIENCE_S)] if config.qr.keys and not isinstance(config.colour, ThermalColour) else []
    return [*circuit, *cameras, part("gate", 5.0), part("uplink", 15.0, last=True), part("kiosk", 10.0), *badges]


def _start(part: Part) -> subprocess.Popen[bytes]:
    return subprocess.Popen(part.command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and module


def launch(config: GateConfig, ready: Callable[[], None]) -> None:
    """Run the gate until SIGINT or SIGTERM. `ready` is called once, when the first verdict can be given.

    Raises MenshenError when this gate runs already, or its calibration is too old.
    """
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)-7s supervisor: %(message)s", datefmt="%H:%M:%S"
    )
    refuse_stale(config, SystemClock().wall())
    stop = stop_on(signal.SIGINT, signal.SIGTERM)
    rundir, lock = RunDir.create(config)
    clock = SystemClock()
    parts = parts_of(config, rundir)
    supervisor = Supervisor(parts, rundir.board("supervisor"), clock, _start)
    told = ("supervisor", *(part.name for part in parts))
    report = Report(ServiceManager.of(), {name: rundir.board(name) for name in told}, clock.monotonic_s())
    gate = rundir.board("gate")
    if config.record.folder is not None:
        keep_sweeping(config.record.folder, clock, stop)
    try:
        _watch(supervisor, gate, report, clock, stop, ready)
    finally:
        report.stopping()
        supervisor.stop()
        rundir.remove()
        lock.close()


def _watch(supervisor: Supervisor, gate: Board, report: Report, clock: Clock, stop: Stop, ready: Callable[[], None]) -> None:
    told = False
    while not stop.is_set():
        supervisor.round()
        report.round(clock.monotonic_s(), supervisor.started_s)
        if not told and gate.beat_s > 0:
            told = True
            report.ready()
            ready()
        stop.wait(ROUND_S)
