"""The four books an event is written in: the gate's database, the ledger, the series, the guard's page. They must agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from tests.system.gate import Gate
from tests.system.house import House

Decision = tuple[str, int]
"""Visit and revision."""


def decisions_at(gate: Gate) -> list[Decision]:
    """What the gate itself has decided, in its order."""
    return [(event.data["visit"], event.data["revision"]) for event in gate.events("visit")]


def decisions_in_ledger(house: House, gate: Gate) -> list[Decision]:
    """What the ledger has of this gate: every visit event; the table of revisions must say the same."""
    rows = house.ledger(f"SELECT data FROM event WHERE gate = '{gate.name}' AND kind = 'visit' ORDER BY seq")
    stored = [(data["visit"], data["revision"]) for data in (json.loads(row[0]) for row in rows)]
    revisions = house.ledger(f"SELECT visit, revision FROM visit_revision WHERE gate = '{gate.name}'")
    assert Counter(stored) == Counter(revisions)
    return stored


def ids_in_ledger(house: House, gate: Gate) -> list[str]:
    """Every event of this gate the ledger has, of any kind."""
    rows = house.ledger(f"SELECT gate, install, seq FROM event WHERE gate = '{gate.name}' ORDER BY install, seq")
    return [":".join(str(part) for part in row) for row in rows]


def ids_in_series(house: House, gate: Gate, measurement: str) -> list[str]:
    """The event behind every point of this gate."""
    rows = house.series(f"SELECT fields FROM point WHERE gate = '{gate.name}' AND measurement = '{measurement}'")
    return [json.loads(row[0])["event"] for row in rows]


def agree(house: House, gates: Sequence[Gate]) -> bool:
    """Whether every event of every gate stands exactly once in the ledger and in the series, and none waits."""
    return all(not gate.waiting() and _agrees(house, gate) for gate in gates)


def _agrees(house: House, gate: Gate) -> bool:
    own = [event.id for event in gate.events()]
    visits = [event.id for event in gate.events("visit")]
    in_ledger, in_series = Counter(ids_in_ledger(house, gate)), Counter(ids_in_series(house, gate, "visit"))
    return in_ledger == Counter(own) and in_series == Counter(visits)


def nothing_lost_before_the_disk(gate: Gate) -> bool:
    """Whether the records of each ring the gate has used are all on disk: their numbers have no gap and none comes twice."""
    keys = sorted((name, int(number)) for name, _, number in (event.ring_key.rpartition(":") for event in gate.events()))
    return all(
        [number for _, number in part] == list(range(1, len(part) + 1))
        for part in (list(group) for _, group in groupby(keys, key=lambda key: key[0]))
    )
