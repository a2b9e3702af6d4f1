"""What runs beside the loop on a gate that is behind: an uplink draining its backlog, a kiosk with a viewer of the mirror."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.part import Part
from contract.errors import MenshenError
from demo.broker import HOST, Broker
from demo.child import Child
from edge.app.rundir import RunDir

START_S: Final = 30.0
GIVE_WAY: Final = 15
"""Of broker, consumer and viewer, which would be elsewhere at a real gate: they take what the gate's own processes leave."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The processes' own reports."""

    rundir: RunDir
    consumer: Child
    viewer: Child

    @property
    def waiting(self) -> int:
        """Events still on the gate's disk."""
        return int(uplink_note(self.rundir).get("outbox_rows", 0))

    @property
    def taken(self) -> int:
        """Events the consumer has taken."""
        return _last_number(self.consumer)

    @property
    def pictures(self) -> int:
        """Pictures the viewer has got."""
        return _last_number(self.viewer)


@contextmanager
def neighbours(rundir: RunDir, broker: Broker, folder: Path, kiosk_port: int) -> Iterator[Neighbours]:
    """All of them at work: connected, draining, and a viewer at the mirror. Those that are not of the gate give way."""
    module = ["nice", "-n", str(GIVE_WAY), sys.executable, "-m"]
    if broker.pid is not None:
        os.setpriority(os.PRIO_PROCESS, broker.pid, GIVE_WAY)
    taking = [*module, "benchmarks.consumer", str(broker.port), str(broker.password_file("cloud"))]
    viewing = [*module, "benchmarks.viewer", f"http://{HOST}:{kiosk_port}/mirror"]
    with ExitStack() as running:
        consumer = running.enter_context(Child("consumer", taking, folder / "consumer.log"))
        kiosk = running.enter_context(Part("kiosk", rundir.path, folder / "kiosk.log"))
        wait_for(lambda: rundir.board("kiosk").read() is not None, kiosk)
        viewer = running.enter_context(Child("viewer", viewing, folder / "viewer.log"))
        uplink = running.enter_context(Part("uplink", rundir.path, folder / "uplink.log"))
        wait_for(lambda: bool(uplink_note(rundir).get("connected")), uplink)
        yield Neighbours(rundir, consumer, viewer)


def wait_for(fact: Callable[[], bool], child: Child | Part, most_s: float = START_S) -> None:
    """Until it is true. Raises MenshenError when `child` ends or it takes too long."""
    end_s = time.monotonic() + most_s
    while not fact():
        if child.ended is not None or time.monotonic() > end_s:
            raise MenshenError(f"the {child.name} does not get ready:\n{child.last_words()}", where=str(child.log))
        time.sleep(0.05)


def uplink_note(rundir: RunDir) -> dict[str, Any]:
    board = rundir.board("uplink")
    note = board.read()
    board.close()
    return note or {}


def _last_number(child: Child) -> int:
    words = child.last_words(1).strip()
    return int(words) if words.isdigit() else 0
