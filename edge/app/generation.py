"""The processes of a gate with one set of settings; other settings make another generation of them."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Final

from contract.notify import ServiceManager
from edge.app.log_lines import lines_on
from edge.app.recording.keeper import keep_sweeping
from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.sources import NoThermal, ThermalColour
from edge.supervisor import Fails, Part, Report, Supervisor, Trial

CAPTURE_PATIENCE_S: Final = 2.0
"""A camera read that hangs for so long is ended from outside, with its process."""
ROOM_PATIENCE_S: Final = 2.0
"""The lamp of a room is out long before: its timer waits for nobody."""
QR_PATIENCE_S: Final = 10.0
HOME_PATIENCE_S: Final = 10.0
SENSORS_PATIENCE_S: Final = 10.0


def parts_of(config: GateConfig, rundir: RunDir) -> list[Part]:
    """Every process of this gate, in the order they start."""

    def part(name: str, patience_s: float, *, last: bool = False) -> Part:
        command = (sys.executable, "-m", "edge.app.part", name, str(rundir.path))
        return Part(name, command, rundir.board(name), patience_s, last=last)

    cameras = [] if isinstance(config.colour, ThermalColour) else [part("colour", CAPTURE_PATIENCE_S)]
    if not isinstance(config.thermal, NoThermal):
        cameras.append(part("thermal", CAPTURE_PATIENCE_S))
    circuit = [part("circuit", CAPTURE_PATIENCE_S)] if config.simulation.circuit else []
    room = [part("room", ROOM_PATIENCE_S)] if config.room is not None else []
    sensors = [part("sensors", SENSORS_PATIENCE_S)] if config.sensors.every else []
    home = [part("home_assistant", HOME_PATIENCE_S)] if config.home_assistant.enabled else []
    badges = [part("qr", QR_PATIENCE_S)] if config.qr.keys and not isinstance(config.colour, ThermalColour) else []
    gate = [part("gate", 5.0), part("uplink", 15.0, last=True), part("kiosk", 10.0)]
    return [*circuit, *room, *cameras, *gate, *badges, *sensors, *home]


def _start(part: Part) -> subprocess.Popen[bytes]:
    return subprocess.Popen(part.command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and module


class Generation:
    """Call `round` a few times a second, `stop` at the end.

    Attributes:
        config: what its processes were told.
    """

    def __init__(self, config: GateConfig, rundir: RunDir, manager: ServiceManager, clock: Clock) -> None:
        self.config = config
        self._rundir, self._clock = rundir, clock
        self._stopped = threading.Event()
        parts = parts_of(config, rundir)
        self._boards = {part.name: part.board for part in parts if part.board is not None}
        own = rundir.board("supervisor")
        self._supervisor = Supervisor(parts, own, clock, _start)
        now_s = clock.monotonic_s()
        self._report = Report(manager, {"supervisor": own, **self._boards}, now_s)
        self._trial = Trial(now_s)
        if config.record.folder is not None:
            keep_sweeping(config.record.folder, clock, self._stopped)

    def round(self) -> None:
        """Look after every process once."""
        self._supervisor.round()
        self._report.round(self._clock.monotonic_s(), self._supervisor.started_s)

    @property
    def screens(self) -> bool:
        """Whether the first verdict can be given."""
        return self._boards["gate"].beat_s >= self._trial.began_s

    def judged(self) -> Fails | bool:
        """True when it has come up for good; ask every round as long as that matters."""
        beats_s = {name: board.beat_s for name, board in self._boards.items()}
        judged = self._trial.judge(self._clock.monotonic_s(), beats_s, self._supervisor.restarts)
        return (
            Fails(": ".join([judged.why, *self._last_words(judged.parts)]), judged.parts) if isinstance(judged, Fails) else judged
        )

    def _last_words(self, parts: Sequence[str]) -> list[str]:
        """What ended the first of them, as its log says."""
        lines = [line for part in parts for line in lines_on(self._rundir.log_board(part)) if line.level >= logging.CRITICAL]
        said = [line.text.splitlines()[-1] for line in lines if line.mono_s >= self._trial.began_s]
        return said[-1:]

    def stop(self, *, to_go_on: bool) -> None:
        """End every process. `to_go_on`: another generation follows, and the service manager need not worry."""
        self._stopped.set()
        self._supervisor.stop(self._report.between if to_go_on else lambda _: None)
