"""The whole house on this machine: broker, cloud and one simulated gate, in processes of their own, as `make demo` has them."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.floor import PROBE
from benchmarks.neighbours import wait_for
from benchmarks.processes import alone_mb, program, sizes_mb
from benchmarks.settings import free_port
from demo.broker import HOST, Broker
from demo.child import Child, console_command
from demo.settings import Wanted, cloud_toml, gate_toml
from edge.app.rundir import MEMORY

NAME: Final = "bench-house"
ADMIN_PASSWORD: Final = "only-for-this-benchmark"
START_S: Final = 60.0
ALONE: Final = "alone"
Sizes = dict[str, dict[str, float]]
"""By program and process, megabytes; ALONE is the whole program if nobody else shared its libraries."""


@dataclass(frozen=True, slots=True)
class House:
    """Broker and cloud run; the gate is started by `gate`.

    Attributes:
        web: address of the guard's screen.
        database: the gate's events.
        rundir: what its processes share.
    """

    folder: Path
    broker: Broker
    web: str
    kiosk: str
    database: Path
    rundir: Path

    @contextmanager
    def gate(self) -> Iterator[None]:
        """The gate with its kiosk watched by a viewer, as at a real entrance."""
        with ExitStack() as running:
            command = [console_command("menshen-edge"), "run", "--unattended", str(self.folder / "gate.toml")]
            gate = running.enter_context(Child("gate", command, self.folder / "gate.log"))
            wait_for(lambda: answers(f"{self.kiosk}/health"), gate, START_S)
            viewer = [sys.executable, "-m", "benchmarks.viewer", f"{self.kiosk}/mirror"]
            running.enter_context(Child("viewer", viewer, self.folder / "viewer.log"))
            yield

    def sizes_mb(self) -> Sizes:
        """Of "gate" and "cloud"."""
        found = {"gate": "menshen-edge", "cloud": "menshen-cloud"}
        return {name: {**sizes_mb(program(command)), ALONE: alone_mb(program(command))} for name, command in found.items()}


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Raises MenshenError where something does not start."""
    kiosk_port, web_port = free_port(), free_port()
    admin_file = folder / "admin.secret"
    admin_file.write_text(ADMIN_PASSWORD, encoding="ascii")
    with Broker(folder / "broker", {NAME: "bench-gate", PROBE: "bench-probe"}, "bench-cloud") as broker:
        gate = gate_toml(Wanted(), folder, broker.port, broker.password_file(NAME), kiosk_port, gate=NAME)
        (folder / "gate.toml").write_text(gate, encoding="utf-8")
        cloud_file = folder / "cloud.toml"
        cloud_file.write_text(
            cloud_toml(folder, broker.port, broker.password_file("cloud"), admin_file, web_port), encoding="utf-8"
        )
        web = f"http://{HOST}:{web_port}"
        with Child("cloud", [console_command("menshen-cloud"), "run", str(cloud_file)], folder / "cloud.log") as cloud:
            wait_for(lambda: answers(f"{web}/api/health"), cloud, START_S)
            yield House(
                folder, broker, web, f"http://{HOST}:{kiosk_port}", folder / "gate.db", MEMORY / f"menshen-{os.getuid()}-{NAME}"
            )


def answers(address: str) -> bool:
    """Whether a server says 200 there."""
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        time.sleep(0.1)
        return False
