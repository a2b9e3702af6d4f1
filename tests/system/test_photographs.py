"""Real photographs before real processes: who is let through, who is not, and that every visit is told exactly once."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from edge.sim.photographs import LEAD_S
from tests.system.books import agree, decisions_at
from tests.system.gate import Gate
from tests.system.house import House, gate_names, open_house
from tests.system.judging import figures, outcomes, table
from tests.system.screen import GuardPage
from tests.system.settings import photographs
from tests.system.show import Person, people, write_manifest
from tests.system.until import until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.browser,
    pytest.mark.reference,
    pytest.mark.slow,
    pytest.mark.timeout(480),
]

GATES = 2
FPS = 15.0
HOLD_S, GAP_S = 1.6, 0.8
RIGHT, UNMASKED_PASSED = 0.70, 0.04
FIGURES = Path(__file__).parents[2] / "build" / "system" / "photographs.json"


def test_real_photographs_end_as_they_must_and_each_visit_is_told_once(
    reference_data: Path, tmp_path: Path, browser: Browser
) -> None:
    shown = people(reference_data / "faces")
    parts = [shown[number::GATES] for number in range(GATES)]
    names = gate_names(GATES)
    with open_house(tmp_path, names) as house:
        page = GuardPage(browser, house.url)
        gates = [_gate(house, name, part, tmp_path) for name, part in zip(names, parts, strict=True)]
        for gate in gates:
            gate.start()
        epochs_s = [gate.rundir.epoch_s for gate in gates]
        _play(page, max(epochs_s) + LEAD_S + len(parts[0]) * (HOLD_S + GAP_S) + 1.0)
        numbers = _figures(gates, parts, epochs_s)
        _told_once(house, gates, page)
    assert numbers["right"] >= RIGHT
    assert numbers["unmasked_passed"] <= UNMASKED_PASSED


def _gate(house: House, name: str, part: list[Person], folder: Path) -> Gate:
    manifest = write_manifest(part, folder / f"{name}.csv")
    return house.add_gate(name, photographs(name, manifest, fps=FPS, hold_s=HOLD_S, gap_s=GAP_S))


def _starts_s(epoch_s: float, count: int) -> list[float]:
    return [epoch_s + LEAD_S + index * (HOLD_S + GAP_S) for index in range(count)]


def _play(page: GuardPage, end_s: float) -> None:
    """Until the last photograph has gone; the page is looked at all the time."""
    until(lambda: page.twice or time.monotonic() > end_s, end_s - time.monotonic() + 5, "the show is over", every_s=0.5)
    assert page.twice == []


def _told_once(house: House, gates: Sequence[Gate], page: GuardPage) -> None:
    """The gates' own databases, the ledger, the series and the guard's page tell of the same visits, each once."""
    until(lambda: agree(house, gates), 30, lambda: f"the books agree; waiting: {[gate.waiting() for gate in gates]}")
    decided = [decision for gate in gates for decision in decisions_at(gate)]
    assert len(set(decided)) == len(decided)
    newest = {visit: max(revision for name, revision in decided if name == visit) for visit, _ in decided}
    until(lambda: page.seen >= set(newest), 10, lambda: f"the page shows every visit: {len(page.seen)} of {len(newest)}")
    rows = [(row.visit, row.revision) for row in page.rows]
    assert page.seen == set(newest)
    assert sorted(rows) == sorted(newest.items())
    assert page.twice == []
    assert page.complaints == []


def _figures(gates: Sequence[Gate], parts: Sequence[list[Person]], epochs_s: Sequence[float]) -> dict[str, Any]:
    """What became of everybody: printed, and kept under build/system/."""
    found = [
        one
        for gate, part, epoch_s in zip(gates, parts, epochs_s, strict=True)
        for one in outcomes(part, _starts_s(epoch_s, len(part)), HOLD_S, gate.events("visit"))
    ]
    numbers = figures(found, [event for gate in gates for event in gate.events("health")])
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(numbers, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"\n{table(numbers['became'])}\nright {numbers['right']:.1%}, unmasked passed {numbers['unmasked_passed']:.1%}")
    return numbers
