"""The register of a key area: who went in and is not known to have left (L5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cloud.store.tables import audit
from contract.verdicts import Verdict
from tests.cloud.messages import START, START_MS, visit
from tests.cloud.people import somebody
from tests.cloud.postgres import either_ledger
from tests.cloud.server import Served

GATE = "/api/gates/gate-1/register"


def came_in(served: Served) -> None:
    """Two with a badge, one of them twice; one with a pass; one without a code; one who was not let in."""
    served.rig.now_ms = START_MS + 60_000
    served.rig.arrive(
        visit(1, "v1", seen={"badge": "s-1"}),
        visit(2, "v2", seen={"badge": "s-2"}, at=START + timedelta(seconds=5)),
        visit(3, "v3", seen={"badge": "s-1"}, at=START + timedelta(seconds=20)),
        visit(4, "v4", seen={"visitor_pass": "p-7"}, at=START + timedelta(seconds=30)),
        visit(5, "v5", at=START + timedelta(seconds=40)),
        visit(6, "v6", verdict=Verdict.NOT_ADMITTED, seen={"badge": "s-9"}, at=START + timedelta(seconds=50)),
    )


def codes(found: dict[str, Any]) -> list[str]:
    return [one["badge"] or one["visitor_pass"] for one in found["inside"]]


@either_ledger
def test_who_went_in_is_inside_until_somebody_says_otherwise(served: Served) -> None:
    """L5: an entry and exit register of a key area."""
    came_in(served)
    with somebody(served, "guard", user="mei") as guard:
        found = guard.get(GATE).json()
        assert codes(found) == ["p-7", "s-1", "s-2"]
        assert (found["left"], found["without_code"]) == (0, 1)
        assert found["inside"][1]["visit"] == "v3", "who came in again stands in it once, with the later entry"
        after = guard.post(GATE, json={"visit": "v2", "how": "seen"}).json()
        assert (codes(after), after["left"]) == (["p-7", "s-1"], 1)
        again = guard.post(GATE, json={"visit": "v2", "how": "seen"})
        assert (again.status_code, again.json()["code"]) == (409, "not_inside")
        assert guard.post(GATE, json={"visit": "v6", "how": "seen"}).status_code == 409, "was never inside"
    noted = [row for row in served.rig.rows(audit, "user", "action", "subject", "detail") if row[1] == "left key area"]
    assert noted == [("mei", "left key area", "gate-1/v2", "seen")], "the visit, never the person"


def test_whoever_comes_in_again_after_leaving_is_inside_again(served: Served) -> None:
    came_in(served)
    with somebody(served, "guard") as guard:
        guard.post(GATE, json={"visit": "v2", "how": "asked"})
        served.rig.arrive(visit(7, "v7", seen={"badge": "s-2"}, at=START + timedelta(seconds=55)))
        assert codes(guard.get(GATE).json()) == ["s-2", "p-7", "s-1"]


def test_the_end_of_the_day_asks_and_decides_nothing(served: Served) -> None:
    came_in(served)
    with somebody(served, "guard") as guard:
        assert not any(one["day_over"] for one in guard.get(GATE).json()["inside"])
    served.rig.now_ms += 10 * 3_600_000
    with somebody(served, "guard", user="night") as guard:
        found = guard.get(GATE).json()
        assert codes(found) == ["p-7", "s-1", "s-2"], "nobody has left because a day is over"
        assert all(one["day_over"] for one in found["inside"])
        assert guard.get(GATE, params={"hours": 1}).json()["inside"] == []


def test_an_inspector_reads_the_register_and_facilities_do_not(served: Served) -> None:
    came_in(served)
    with somebody(served, "inspector") as inspector:
        assert len(inspector.get(GATE).json()["inside"]) == 3
        assert inspector.post(GATE, json={"visit": "v1", "how": "seen"}).status_code == 403
    with somebody(served, "facilities") as facilities:
        assert facilities.get(GATE).status_code == 403
