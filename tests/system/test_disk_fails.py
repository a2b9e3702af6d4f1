"""What fails how: the disk. A whole gate whose database is on a real file system that is full, or read-only."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract.topics import Kind
from edge.uplink.outbox import NewEvent, Outbox
from tests.mounting import mounting
from tests.system.alarms import LATE_S, one_more_decision, raised, screening_goes_on, stands
from tests.system.books import agree
from tests.system.gate import Gate
from tests.system.house import House, free_port, gate_names, open_house
from tests.system.settings import circuit
from tests.system.until import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    mounting,
]
MASKS_ONLY = """gate = "{name}"

[colour]
source = "simulated"
fps = 8.0

[thermal]
source = "none"

[screening]
temperature = false
"""
WAITING = 30_000
"""Readings of no urgency that wait on the disk when the gate starts; with them its database is about 15 MB."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small disk; it is taken away afterwards."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(how: str) -> Path:
        subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(place)], check=True)
        return place

    yield mount
    subprocess.run(["umount", "--lazy", str(place)], check=False)


@pytest.mark.broker
def test_disk_read_only_screening_goes_on_and_the_alarm_says_how_many_wait(tmp_path: Path, disk: Callable[[str], Path]) -> None:
    [name], place = gate_names(1), disk("size=64m,ro")
    with open_house(tmp_path, [name]) as house:
        gate = house.add_gate(name, MASKS_ONLY.format(name=name), disk=place)
        gate.start()
        until(lambda: stands(house, gate, "gate_disk"), LATE_S, "the guards know")
        screening_goes_on(gate)
        until(lambda: re.search(r"[1-9]\d* events wait in memory", _detail(house, name)), LATE_S, lambda: _detail(house, name))
        assert not gate.events()
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
        until(lambda: not stands(house, gate, "gate_disk"), LATE_S, "the alarm returns")
        one_more_decision(gate)
        until(lambda: agree(house, [gate]), LATE_S, lambda: f"the books agree; waiting: {gate.waiting()}")


def test_disk_full_screening_goes_on_and_dropped_names_the_least_urgent_that_went(
    tmp_path: Path, disk: Callable[[str], Path]
) -> None:
    [name], place, port = gate_names(1), disk("size=32m"), free_port()
    database = place / "events.db"
    _fill(database, name)
    settings = circuit(name, database, free_port(), port).replace("[uplink.broker]", "ballast_mb = 4\n\n[uplink.broker]")
    gate = Gate(name, tmp_path, settings, port, database)
    try:
        gate.start()
        until((place / "events.db.ballast").exists, LATE_S, "the ballast lies there")
        with contextlib.suppress(OSError), (place / "somebody_elses").open("wb", buffering=0) as filler:
            while True:
                filler.write(b"\0" * 4096)
        full_s = time.monotonic()
        until(lambda: raised(gate, "dropped", full_s), 90, "what went is named")
        one_more_decision(gate)
        events = gate.events()
        named = [one.data["dropped"] for one in events if one.kind == "alert" and one.data["kind"] == "dropped"]
        gone = sum(last - first + 1 for one in named for first, last in one["runs"])
        assert WAITING - sum(one.kind == "sensor" for one in events) == gone > 0, "readings went, and nothing else"
    finally:
        gate.program.stop()


def _detail(house: House, gate: str) -> str:
    [(detail,)] = house.ledger(f"SELECT detail FROM alarm WHERE gate = '{gate}' AND kind = 'gate_disk'")
    return str(detail)


def _fill(database: Path, gate: str) -> None:
    reading = {"sensor": "co2", "quantity": "co2", "value": 600.0, "unit": "ppm", "taken": "2026-11-21T12:00:00Z"}
    body, outbox = json.dumps({"readings": [reading] * 3}), Outbox.open(database, gate)
    for start in range(0, WAITING, 2000):
        numbers = range(start, start + 2000)
        outbox.add([NewEvent(Kind.SENSOR, time.time(), float(one), "before", f"before:{one}", body) for one in numbers])
    outbox.close()
