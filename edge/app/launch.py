"""The gate as a whole: its processes, started and watched until somebody says stop, and with other settings when asked."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from contract.errors import MenshenError
from contract.notify import ServiceManager
from edge.app.calibration.age import refuse_stale
from edge.app.generation import Generation
from edge.app.log_lines import keep_lines
from edge.app.rundir import RunDir
from edge.app.taking import Taking
from edge.clock import Clock, SystemClock
from edge.config import GateConfig
from edge.stop import Stop, stop_on
from edge.supervisor import Fails

ROUND_S: Final = 0.1


def launch(config: GateConfig, file: Path, ready: Callable[[], None]) -> None:
    """Run the gate until SIGINT or SIGTERM. `file` is what `config` was read from; it is read again when somebody asks.

    `ready` is called once, when the first verdict can be given. Raises MenshenError when this gate runs already, or its
    calibration is too old.
    """
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)-7s supervisor: %(message)s", datefmt="%H:%M:%S"
    )
    clock = SystemClock()
    refuse_stale(config, clock.wall())
    stop = stop_on(signal.SIGINT, signal.SIGTERM)
    house = House(config, file, clock)
    try:
        house.watch(stop, ready)
    finally:
        house.close()


class House:
    """What there is once, whatever the settings: the run's folder, the service manager, and the generation at work."""

    def __init__(self, config: GateConfig, file: Path, clock: Clock) -> None:
        self._clock = clock
        self._manager = ServiceManager.of()
        self._rundir, self._lock = RunDir.create(config, file)
        keep_lines("supervisor", self._rundir.log_board("supervisor"))
        self._taking = Taking(file, self._rundir, clock)
        self._at_work = self._generation(config)

    def watch(self, stop: Stop, ready: Callable[[], None]) -> None:
        """Until `stop`."""
        told = False
        while not stop.is_set():
            self._at_work.round()
            if not told and self._at_work.screens:
                told = True
                self._manager.ready()
                ready()
            wanted = self._taking.heard(self._at_work.judged()) or self._taking.wanted(self._at_work.config)
            if wanted is not None:
                self._go_on_with(wanted)
            stop.wait(ROUND_S)

    def close(self) -> None:
        """End every process, and leave nothing in memory but what is not committed yet."""
        self._manager.stopping()
        self._at_work.stop(to_go_on=False)
        self._rundir.remove()
        self._lock.close()

    def _go_on_with(self, config: GateConfig) -> None:
        former = self._at_work.config
        self._at_work.stop(to_go_on=True)
        try:
            self._renew(config)
        except (MenshenError, OSError) as refused:
            self._taking.heard(Fails(str(refused)))
            self._renew(config := former)
        self._at_work = self._generation(config)

    def _renew(self, config: GateConfig) -> None:
        self._rundir, self._lock = self._rundir.renewed(config, self._lock)
        self._taking.look_at(self._rundir)

    def _generation(self, config: GateConfig) -> Generation:
        return Generation(config, self._rundir, self._manager, self._clock)
