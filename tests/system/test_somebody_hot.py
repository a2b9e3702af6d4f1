"""Two hot visitors, one after the other, before a whole gate with its cloud and a guard's screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.system.arm import Arm
from tests.system.drawn import drawn_visitors
from tests.system.house import gate_names, open_house
from tests.system.screen import GuardPage
from tests.system.settings import ARM, text, walk_up
from tests.system.until import until

pytestmark = [pytest.mark.broker, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

HOT_C = (38.7, 39.0)
CASES = "() => [...document.querySelectorAll('[data-item^=case]')].length"


def test_each_hot_visitor_finds_the_barrier_shut_and_is_a_case_of_their_own_on_the_screen(
    tmp_path: Path, browser: Browser
) -> None:
    """G3: the barrier stays shut, a case stands on the guard's screen; a second hot person opens a second case.

    How soon it stands there is measured by `make bench`, not here.
    """
    [name] = gate_names(1)
    manifest = drawn_visitors(tmp_path, name, HOT_C)
    scene = f'scene = "photographs"\nmanifest = {text(manifest)}\nhold_s = 6.0\ngap_s = 4.0\ncircuit = true\n'
    cameras = walk_up(name).replace('scene = "walk_up"', scene)
    cameras = cameras.replace('source = "simulated"', 'source = "simulated"\nfps = 8.0', 1)
    with open_house(tmp_path, [name]) as house:
        page = GuardPage(browser, house.url)
        gate = house.add_gate(name, cameras, ARM)
        gate.start()
        told = "SELECT visit, verdict, reasons, revisions, reading FROM visit"
        asked = "SELECT visit, state FROM recheck_case ORDER BY number"
        until(lambda: len(house.ledger(asked)) >= 2, 90, lambda: f"two cases: {house.ledger(asked)}, {house.ledger(told)}")
        until(lambda: page.page.evaluate(CASES) >= 2, 20, "both stand on the screen")
        cases = [visit for visit, _ in house.ledger(asked)]
        assert len(set(cases)) == len(cases)
        assert [doing for _, doing in Arm(gate).since(0.0) if doing in ("opening", "open")] == []

        def hot() -> set[object]:
            return {visit for visit, verdict, *_ in house.ledger(told) if verdict == "recheck"}

        until(lambda: hot() >= set(cases), 20, lambda: f"both decided: {cases}, {house.ledger(told)}")
        decided = house.ledger(told)
        assert "pass" not in {verdict for _, verdict, *_ in decided}, decided
