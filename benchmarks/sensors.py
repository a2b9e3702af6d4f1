"""What 200 facility sensors at 1 Hz cost the loop, and what a bus costs beside them on which everything hangs."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from benchmarks.bare import BareNetwork
from benchmarks.bench_gate import Rounds, gate_of, play
from benchmarks.crowd import film_of
from benchmarks.neighbours import uplink_note, wait_for
from benchmarks.part import Part
from benchmarks.result import Figure, Json, Result
from benchmarks.settings import free_port, gate
from demo.broker import HOST
from demo.child import Child
from edge.app.rundir import RunDir
from edge.config.sensors import ModbusSensor, SensorsConfig

ROUNDS: Final = 400
SENSORS, BUSES = 200, 4
FACE_PX: Final = 100.0
P99_MS: Final = 20.0
HANG_S: Final = 10.0
NAME: Final = "bench-sensors"


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where a process does not start."""
    film_of(8, FACE_PX)
    figures: list[Figure] = []
    details: dict[str, Json] = {}
    medians: dict[str, float] = {}
    for name, sensors, hangs in (
        ("no sensors", 0, False),
        ("200 sensors", SENSORS, False),
        ("and a bus that hangs", SENSORS, True),
    ):
        say(name)
        rounds, readings = _play(folder / name.replace(" ", "-"), sensors, hangs=hangs)
        medians[name] = rounds.loop.wall.p50 / rounds.bare.wall.p50
        figures.append(Figure(f"{name}, 8 in view: p99", rounds.loop.wall.p99, "ms", P99_MS))
        figures.append(Figure(f"{name}, 8 in view: median / bare network's", medians[name], "x"))
        details[name] = {"loop_ms": asdict(rounds.loop.wall), "bare_ms": asdict(rounds.bare.wall), "events_written": readings}
    ratio = medians["and a bus that hangs"] / medians["200 sensors"]
    figures.append(Figure("a bus that hangs / without it, medians over the bare network's", ratio, "x"))
    method = (
        f"{ROUNDS} rounds each at 25 pictures a second, a bare network run after every round; {SENSORS} Modbus TCP sensors with "
        f"two values each, asked every second over {BUSES} connections of the sensors' process, records written to disk by the "
        f"uplink's; the bus that hangs takes the request and never answers (deadline {HANG_S:.0f} s); the servers, which are "
        "elsewhere at a real gate, share the cores and give way"
    )
    return Result("sensors", method, tuple(figures), details)


def _play(folder: Path, sensors: int, *, hangs: bool) -> tuple[Rounds, int]:
    folder.mkdir()
    with ExitStack() as running:
        ports = [running.enter_context(_hall(folder, number, sensors // BUSES)) for number in range(BUSES)] if sensors else []
        told = [_sensor(port, unit + 1) for port in ports for unit in range(sensors // BUSES)]
        if hangs:
            told.append(_sensor(running.enter_context(_deaf()), 1).model_copy(update={"deadline_s": HANG_S}))
        config = gate(NAME, folder, free_port(), None, free_port())
        config = config.model_copy(update={"sensors": SensorsConfig(modbus=told)})
        bench = running.enter_context(gate_of(config))
        uplink = running.enter_context(Part("uplink", bench.rundir.path, folder / "uplink.log"))
        wait_for(lambda: bool(uplink_note(bench.rundir)), uplink)
        if told:
            part = running.enter_context(Part("sensors", bench.rundir.path, folder / "sensors.log"))
            wait_for(lambda: _read(bench.rundir) >= 2 * sensors, part)
        film = film_of(8, FACE_PX)
        rounds = play(bench, film, BareNetwork(film.colour[0]), ROUNDS)
        return rounds, int(uplink_note(bench.rundir).get("last_seq", 0))


def _sensor(port: int, unit: int) -> ModbusSensor:
    return ModbusSensor(name=f"p{port}-{unit}", map="xy_md02", host=HOST, port=port, unit=unit, every_s=1.0)


def _read(rundir: RunDir) -> int:
    """Values that the sensors' process has now."""
    board = rundir.board("sensors")
    note = board.read() or {}
    board.close()
    return sum(one["value"] is not None for one in note.get("readings", ()))


@contextmanager
def _hall(folder: Path, number: int, count: int) -> Iterator[int]:
    port = free_port()
    command = ["nice", "-n", "10", sys.executable, "-m", "benchmarks.modbus_hall", str(port), str(count)]
    with Child(f"hall-{number}", command, folder / f"hall-{number}.log"):
        yield port


@contextmanager
def _deaf() -> Iterator[int]:
    """Somebody who takes every connection and never says a word."""
    with socket.create_server((HOST, 0)) as deaf:
        yield int(deaf.getsockname()[1])
