"""The chain as a file that a third party verifies without this ledger: `cloud.ledger.evidence` reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, select

from cloud.ledger.chain import content_sha256
from cloud.ledger.evidence import FORMAT
from cloud.ledger.heads import SignedHead
from cloud.store.sealed_tables import SEALED, Sealed
from cloud.store.tables import chain, removed_link, signed_head
from cloud.store.verifying import head_of

_AT_ONCE: Final = 1_000
Line = dict[str, Any]


def evidence(connection: Connection, now_ms: int, first: int = 1, last: int | None = None, *, contents: bool) -> Iterator[bytes]:
    """The lines of links `first` to `last` (the newest). With `contents` it holds what was written, not only its hashes."""
    end = head_of(connection).number if last is None else min(last, head_of(connection).number)
    before = connection.execute(select(chain.c.link).where(chain.c.number == first - 1)).scalar_one_or_none() or bytes(32)
    tables = {name: {"header": one.header, "content": one.content} for name, one in SEALED.items()}
    told = {"format": FORMAT, "made_ms": now_ms, "first": first, "last": end, "previous": before.hex(), "tables": tables}
    yield _line("begin", told)
    count = 0
    for number, lines in groupby(_links_and_rows(connection, first, end, contents=contents), key=lambda one: one[0]):
        for _, _, line in lines:
            count += line["kind"] == "row"
            yield _line(line.pop("kind"), line)
        for head in connection.execute(select(signed_head).where(signed_head.c.number == number)):
            yield _line("head", SignedHead(*head).told())
    yield _line("end", {"rows": count})


def _links_and_rows(connection: Connection, first: int, last: int, *, contents: bool) -> Iterator[tuple[int, int, Line]]:
    """Of each link its rows, then itself."""
    rows = (_rows(connection, one, first, last, contents=contents) for one in SEALED.values())
    return merge(*rows, _links(connection, first, last), key=lambda one: one[:2])


def _links(connection: Connection, first: int, last: int) -> Iterator[tuple[int, int, Line]]:
    under = chain.outerjoin(removed_link, removed_link.c.number == chain.c.number)
    columns = (removed_link.c.rows.label("removed"), removed_link.c.commitments)
    links = select(chain, *columns).select_from(under).where(chain.c.number.between(first, last)).order_by(chain.c.number)
    for row in connection.execute(links.execution_options(yield_per=_AT_ONCE)):
        said = {"number": row.number, "rows": row.rows, "digest": row.digest.hex(), "link": row.link.hex()}
        if row.removed:
            said |= {"removed": row.removed, "removed_commitments": row.commitments and row.commitments.hex()}
        yield row.number, 1, {"kind": "link", **said}


def _rows(connection: Connection, of: Sealed, first: int, last: int, *, contents: bool) -> Iterator[tuple[int, int, Line]]:
    names = (*of.header, *of.content, "salt", "content_sha256")
    columns = [of.table.c[name] for name in names]
    under = chain.join(of.table, of.table.c.seal == chain.c.seal)
    question = select(chain.c.number.label("of_link"), *columns).select_from(under).where(chain.c.number.between(first, last))
    for found in connection.execute(question.order_by(chain.c.number).execution_options(yield_per=_AT_ONCE)).mappings():
        row = dict(found)
        yield row["of_link"], 0, {"kind": "row", **_told(of, row, contents=contents)}


def _told(of: Sealed, row: dict[str, Any], *, contents: bool) -> Line:
    line = {"link": row["of_link"], "table": of.table.name, "header": [row[name] for name in of.header]}
    if row["content_sha256"] is not None:
        return line | {"content_sha256": row["content_sha256"].hex()}
    content = [row[name] for name in of.content]
    line["content_sha256"] = content_sha256(row["salt"], content).hex()
    return line | ({"salt": row["salt"].hex(), "content": content} if contents else {})


def _line(kind: str, told: Line) -> bytes:
    return json.dumps({"kind": kind, **told}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
