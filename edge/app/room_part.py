"""The process that watches over a room under UV-C or ozone. It waits for neither disk nor network, and nothing waits for it."""

from __future__ import annotations

from contextlib import closing

from edge.actuators.room_interlock import RoomInterlock
from edge.app.arm import simulate_lines
from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.room.gas_meter import GasMeter
from edge.room.watch import EVERY_S, RoomWatch
from edge.stop import Stop


def run_room(rundir: RunDir, stop: Stop) -> None:
    """Rounds until `stop`; the lamp is not asked for any more at the end. Raises BarrierError where a line cannot be had."""
    config = rundir.config()
    if config.room is None:
        return
    if config.simulation.circuit:
        simulate_lines(rundir.room_lines_path)
    with closing(RoomInterlock(config.room)) as interlock:
        told = config.room.ozone_meter
        meter = None if told is None else GasMeter(told, rundir.board("gas"))
        watch = RoomWatch(config.room, interlock, rundir.room_records(), rundir.board("room"), SystemClock(), meter)
        while not stop.wait(EVERY_S):
            watch.round()
