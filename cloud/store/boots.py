"""The clocks of boots, and the times of what was stored before they were known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, and_, bindparam, not_, select, tuple_, update

from cloud.ledger.boots import STEP_MS, Boot
from cloud.store.dialect import insert_into
from cloud.store.facility.uvc import correct_runs
from cloud.store.feed import Feed
from cloud.store.tables import boot_clock, event, recheck_case, visit, visit_revision

_SHIFT: Final = "shift_ms"


def known_offsets(connection: Connection, boots: Iterable[Boot]) -> dict[Boot, int]:
    """UTC less monotonic milliseconds of those boots whose clock was believed at some time."""
    wanted = sorted(set(boots))
    if not wanted:
        return {}
    rows = connection.execute(select(boot_clock).where(tuple_(boot_clock.c.gate, boot_clock.c.boot).in_(wanted)))
    return {(row.gate, row.boot): row.offset_ms for row in rows}


def note_offsets(connection: Connection, feed: Feed, found: Mapping[Boot, int]) -> None:
    """Keep what is new; what was stored of those boots before gets its true time."""
    known = known_offsets(connection, found)
    new = {boot: offset_ms for boot, offset_ms in found.items() if abs(known.get(boot, -STEP_MS * 2) - offset_ms) > STEP_MS}
    for (gate, boot), offset_ms in new.items():
        put = insert_into(connection, boot_clock).values(gate=gate, boot=boot, offset_ms=offset_ms)
        connection.execute(put.on_conflict_do_update(index_elements=["gate", "boot"], set_={"offset_ms": offset_ms}))
        if (gate, boot) not in known:
            _correct(connection, feed, gate, boot, offset_ms)


def _correct(connection: Connection, feed: Feed, gate: str, boot: str, offset_ms: int) -> None:
    doubted = and_(event.c.gate == gate, event.c.boot == boot, not_(event.c.clock_ok), event.c.corrected_ms.is_(None))
    columns = (event.c.gate, event.c.install, event.c.seq, event.c.time_ms, event.c.mono_ms)
    rows = [
        {
            "of_gate": row.gate,
            "of_install": row.install,
            "of_seq": row.seq,
            _SHIFT: row.mono_ms + offset_ms - row.time_ms,
            "true_ms": row.mono_ms + offset_ms,
            "fed": feed.number(),
        }
        for row in connection.execute(select(*columns).where(doubted))
    ]
    if not rows:
        return
    same: dict[str, BindParameter[Any]] = {name: bindparam(f"of_{name}") for name in ("gate", "install", "seq")}
    true_ms: BindParameter[int] = bindparam("true_ms")
    shift_ms: BindParameter[int] = bindparam(_SHIFT)
    this = [event.c[name] == value for name, value in same.items()]
    connection.execute(update(event).where(*this).values(corrected_ms=true_ms), rows)
    revision = select(visit_revision.c.visit).where(
        *(visit_revision.c[name] == value for name, value in same.items()), visit_revision.c.revision == visit.c.revision
    )
    connection.execute(
        update(visit)
        .where(visit.c.gate == same["gate"], visit.c.visit == revision.scalar_subquery())
        .values(
            first_seen_ms=visit.c.first_seen_ms + shift_ms,
            decided_ms=visit.c.decided_ms + shift_ms,
            shown_at_ms=true_ms,
            feed=bindparam("fed"),
        ),
        rows,
    )
    correct_runs(connection, rows)
    cases = [recheck_case.c[name] == value for name, value in same.items()]
    connection.execute(update(recheck_case).where(*cases).values(raised_ms=true_ms, feed=bindparam("fed")), rows)
