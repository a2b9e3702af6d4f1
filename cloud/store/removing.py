"""Taking whole events out of the ledger, with the chain still proven.

Of a removed row its commitment stays, under the link that it was written with, until the last row of that link is gone: then the
link's own digest stands for all of them. What went, of which kind and by which period, is a row of `removal`, itself under the
chain. Which numbers went is kept in runs: they are no gap, and what comes again is not stored a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, tuple_, update

from cloud.ledger.chain import digest
from cloud.ledger.gaps import Run
from cloud.ledger.removals import Removal, joined, within
from cloud.store.dialect import insert_into
from cloud.store.sealed_tables import SEALED
from cloud.store.sealing import commitment_of, insert_sealed
from cloud.store.tables import chain, event, removal, removed_link, removed_run, removed_to, series_outbox
from contract.ids import EventId

_KEY: Final = ("gate", "install", "seq")
_ID: Final = tuple_(*(event.c[name] for name in _KEY))
_COLUMNS: Final = tuple(dict.fromkeys((*_KEY, *SEALED["event"].header, *SEALED["event"].content, "salt", "content_sha256")))
_WAITING: Final = select(*(series_outbox.c[name] for name in _KEY))


def remove_events(connection: Connection, which: ColumnElement[bool], why: Removal, most: int) -> int:
    """Remove at most so many of these events, the oldest first. Returns how many.

    What the series still waits for stays, and what stands under no link: that is a fault, and stays to be seen.
    """
    columns = [event.c[name] for name in _COLUMNS]
    under = event.join(chain, chain.c.seal == event.c.seal)
    due = select(chain.c.number.label("of_link"), *columns).select_from(under).where(which, _ID.not_in(_WAITING))
    rows = [dict(row) for row in connection.execute(due.order_by(event.c.received_ms).limit(most)).mappings()]
    if not rows:
        return 0
    by_link: dict[int, list[bytes]] = defaultdict(list)
    for row in rows:
        by_link[row["of_link"]].append(commitment_of("event", row))
    connection.execute(delete(event).where(_ID.in_([tuple(row[name] for name in _KEY) for row in rows])))
    _note_links(connection, by_link)
    _note_numbers(connection, rows)
    gone = digest(commitment for under_link in by_link.values() for commitment in under_link)
    insert_sealed(connection, removal.name, [why.row(len(rows), gone)])
    return len(rows)


def without_removed(connection: Connection, ids: Iterable[EventId]) -> set[EventId]:
    """Those of these events that were removed before. One short question where, as a rule, all are newer."""
    by_install: dict[tuple[str, str], set[EventId]] = defaultdict(set)
    for one in ids:
        by_install[one.gate, one.install].add(one)
    gates = {gate for gate, _ in by_install}
    ends = connection.execute(select(removed_to).where(removed_to.c.gate.in_(gates)))
    removed: set[EventId] = set()
    for end in ends:
        old = {one for one in by_install.get((end.gate, end.install), ()) if one.seq <= end.seq}
        if old:
            runs = removed_runs(connection, end.gate, end.install, min(one.seq for one in old), max(one.seq for one in old))
            removed |= {one for one in old if within(one.seq, runs)}
    return removed


def removed_runs(connection: Connection, gate: str, install: str, first: int, last: int) -> list[Run]:
    """The runs of removed numbers that reach into `first` to `last`, in their order."""
    here = (removed_run.c.gate == gate, removed_run.c.install == install)
    reach = (removed_run.c.first <= last, removed_run.c.last >= first)
    found = select(removed_run.c.first, removed_run.c.last).where(*here, *reach).order_by(removed_run.c.first)
    return [(run.first, run.last) for run in connection.execute(found)]


def _note_links(connection: Connection, by_link: Mapping[int, list[bytes]]) -> None:
    """A link that has lost its last row needs none of its commitments any more."""
    under = chain.outerjoin(removed_link, removed_link.c.number == chain.c.number)
    columns = (chain.c.number, chain.c.rows, removed_link.c.rows.label("before"), removed_link.c.commitments)
    for link in connection.execute(select(*columns).select_from(under).where(chain.c.number.in_(by_link))).all():
        gone = b"".join([link.commitments or b"", *by_link[link.number]])
        count = (link.before or 0) + len(by_link[link.number])
        values = {"rows": count, "commitments": None if count == link.rows else gone}
        if link.before is None:
            connection.execute(insert(removed_link).values(number=link.number, **values))
        else:
            connection.execute(update(removed_link).where(removed_link.c.number == link.number).values(**values))


def _note_numbers(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    by_install: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        by_install[row["gate"], row["install"]].append(row["seq"])
    for (gate, install), seqs in sorted(by_install.items()):
        _add_runs(connection, gate, install, [(seq, seq) for seq in seqs])
        new = insert_into(connection, removed_to).values(gate=gate, install=install, seq=max(seqs))
        further = new.on_conflict_do_update(
            index_elements=["gate", "install"], set_={"seq": new.excluded.seq}, where=removed_to.c.seq < new.excluded.seq
        )
        connection.execute(further)


def _add_runs(connection: Connection, gate: str, install: str, fresh: list[Run]) -> None:
    """Join them with the runs beside them, so that what goes in its order stays one run."""
    fresh = joined(fresh)
    here = and_(removed_run.c.gate == gate, removed_run.c.install == install)
    edges = or_(
        removed_run.c.last.in_([first - 1 for first, _ in fresh]), removed_run.c.first.in_([last + 1 for _, last in fresh])
    )
    reach = removed_run.c.first <= fresh[-1][1] + 1
    beside = connection.execute(select(removed_run.c.first, removed_run.c.last).where(here, reach, edges)).all()
    connection.execute(delete(removed_run).where(here, removed_run.c.first.in_([run.first for run in beside])))
    runs = joined([*fresh, *((run.first, run.last) for run in beside)])
    rows = [{"gate": gate, "install": install, "first": first, "last": last} for first, last in runs]
    connection.execute(insert(removed_run), rows)
