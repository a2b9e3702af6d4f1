"""How full it is and how long people wait, as a screen sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pydantic import Field
from sqlalchemy import Connection, select

from cloud.ledger.crowd import HOUR_MS, Gate, Room, Site, room_of, share, sites
from cloud.ledger.gates import SILENT_MS, GateState
from cloud.store.sites import sites_of_gates
from cloud.store.tables import closed_gate, gate, visit
from cloud.store.views.models import View, moment
from contract.messages.health import HealthData
from contract.verdicts import Verdict

_URGENT: Final = {room: index for index, room in enumerate(Room)}


class WaitView(View):
    """Of those let in during the last hour: from the first sight to the PASS. Null where nobody was let in."""

    let_in: int
    half_s: float | None = Field(description="half of them waited no longer than this")
    most_s: float | None = Field(description="nine of ten waited no longer than this")


class GateCrowdView(View):
    """One gate. What is null is not known, or is not counted there."""

    gate: str
    site: str
    state: GateState
    room: Room
    people: int | None = Field(description="inside, by this gate's count")
    limit: int | None
    entries_missed: int = Field(description="since the count last began: people who went out of a building that was empty by it")
    exits_missed: int | None = Field(description="what it said when the building was empty; null: not yet")
    held: bool | None = Field(description="whether nobody is let in now")
    waiting: int | None = Field(description="at least so many were seen waiting at once, in the last ten seconds")
    waiting_s: float | None = Field(description="for at least so long the first of them")
    waits: WaitView
    replay: bool = Field(description="shows recorded or simulated pictures, not people")


class SiteCrowdView(View):
    """A place with several ways in. People who go in by one and out by another make both counts wrong: see what was missed."""

    site: str
    gates: list[str]
    people: int | None
    entries_missed: int
    waiting: int | None
    waits: WaitView
    replay: bool


class CrowdView(View):
    at: datetime
    gates: list[GateCrowdView]
    sites: list[SiteCrowdView]


def crowd(connection: Connection, top: str, now_ms: int) -> CrowdView:
    """Everything in reach: the fullest first. Gates that are closed for good are left out."""
    gates = gates_now(connection, top, now_ms)
    return CrowdView(
        at=moment(now_ms),
        gates=sorted((_gate(one) for one in gates), key=lambda one: (_URGENT[one.room], one.gate)),
        sites=[_site(one) for one in sites(gates)],
    )


def gates_now(connection: Connection, top: str, now_ms: int) -> list[Gate]:
    """What is known of every gate below `top`."""
    places = sites_of_gates(connection, top)
    rows = connection.execute(
        select(gate.c.gate, gate.c.state, gate.c.health, gate.c.health_ms, gate.c.replay)
        .where(gate.c.gate.in_(places), gate.c.gate.not_in(select(closed_gate.c.gate)))
        .order_by(gate.c.gate)
    ).all()
    waits_ms = _waits_ms(connection, [row.gate for row in rows], now_ms)
    return [
        Gate(
            row.gate,
            places[row.gate],
            _state(row.state, row.health_ms, now_ms),
            HealthData.model_validate_json(row.health, extra="ignore") if row.health else None,
            tuple(waits_ms[row.gate]),
            row.replay,
        )
        for row in rows
    ]


def _state(state: str, health_ms: int | None, now_ms: int) -> GateState:
    """As the ledger has it; also where nobody is there to notice that the gate fell silent."""
    silent = health_ms is None or now_ms - health_ms > SILENT_MS
    return GateState.STALE if silent and state == GateState.LIVE else GateState(state)


def _waits_ms(connection: Connection, gates: Sequence[str], now_ms: int) -> dict[str, list[int]]:
    within = (visit.c.shown_at_ms > now_ms - HOUR_MS, visit.c.shown_at_ms <= now_ms, visit.c.verdict == Verdict.PASS.value)
    waits_ms: dict[str, list[int]] = defaultdict(list)
    asked = select(visit.c.gate, visit.c.decided_ms - visit.c.first_seen_ms).where(visit.c.gate.in_(gates), *within)
    for name, wait_ms in connection.execute(asked):
        waits_ms[name].append(max(0, wait_ms))
    return waits_ms


def _waits(waits_ms: Sequence[int]) -> WaitView:
    return WaitView(let_in=len(waits_ms), half_s=share(waits_ms, 0.5), most_s=share(waits_ms, 0.9))


def _gate(one: Gate) -> GateCrowdView:
    said = one.said
    inside = None if said is None else said.occupancy
    queue = None if said is None else said.queue
    full = inside is not None and inside.full
    return GateCrowdView(
        gate=one.gate,
        site=one.site,
        state=one.state,
        room=room_of(one),
        people=None if inside is None else inside.people,
        limit=None if inside is None else inside.limit,
        entries_missed=0 if inside is None else inside.clipped,
        exits_missed=None if inside is None else inside.left_over,
        held=None if said is None else bool(said.held) or full,
        waiting=None if queue is None else queue.people,
        waiting_s=None if queue is None else queue.longest_s,
        waits=_waits(one.waits_ms),
        replay=one.replay,
    )


def _site(one: Site) -> SiteCrowdView:
    inside = [gate.said.occupancy for gate in one.gates if gate.said is not None and gate.said.occupancy is not None]
    return SiteCrowdView(
        site=one.site,
        gates=[gate.gate for gate in one.gates],
        people=one.people,
        entries_missed=sum(count.clipped for count in inside),
        waiting=one.waiting,
        waits=_waits(one.waits_ms),
        replay=any(gate.replay for gate in one.gates),
    )
