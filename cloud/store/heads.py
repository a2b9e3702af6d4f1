"""Signed heads of the chain, kept as rows."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select

from cloud.ledger.heads import SignedHead, head_faults
from cloud.store.dialect import insert_into
from cloud.store.tables import chain, signed_head
from cloud.store.verifying import Head, head_of

Sign = Callable[[Head, int], SignedHead]


def sign_head(connection: Connection, sign: Sign, now_ms: int) -> SignedHead | None:
    """Sign where the chain ends now; None where that has been signed, or nothing is in it. Several workers may."""
    head = head_of(connection)
    if head.number == 0 or newest_signed(connection, head.number) is not None:
        return None
    made = sign(head, now_ms)
    values = {"number": made.number, "link": made.link, "at_ms": made.at_ms, "public_key": made.key, "signature": made.signature}
    connection.execute(insert_into(connection, signed_head).values(values).on_conflict_do_nothing(index_elements=["number"]))
    return made


def newest_signed(connection: Connection, at_or_after: int = 0) -> SignedHead | None:
    """The newest one, where it is of this link or a later one."""
    found = signed_heads(connection, 1)
    return found[0] if found and found[0].number >= at_or_after else None


def signed_heads(connection: Connection, limit: int, before: int | None = None) -> list[SignedHead]:
    """Newest first, of links before number `before`."""
    question = select(signed_head).order_by(signed_head.c.number.desc()).limit(limit)
    if before is not None:
        question = question.where(signed_head.c.number < before)
    return [SignedHead(*row) for row in connection.execute(question)]


def heads_over(connection: Connection, first: int, last: int) -> list[SignedHead]:
    """Those within a stretch of the chain, the oldest first, and the next one after it: that covers the stretch's end."""
    order = select(signed_head).order_by(signed_head.c.number)
    within = connection.execute(order.where(signed_head.c.number.between(first, last))).all()
    covered = bool(within) and within[-1].number == last
    after = () if covered else connection.execute(order.where(signed_head.c.number > last).limit(1)).all()
    return [SignedHead(*row) for row in (*within, *after)]


def faults_of_heads(
    connection: Connection, trusted: frozenset[str] = frozenset(), kept: tuple[SignedHead, ...] = ()
) -> tuple[int, list[str]]:
    """How many signed heads there are, and what is wrong with them; `kept`: those that were kept elsewhere."""
    beside = select(signed_head, chain.c.link.label("there")).outerjoin(chain, chain.c.number == signed_head.c.number)
    rows = connection.execute(beside.order_by(signed_head.c.number)).all()
    faults = [fault for row in rows for fault in head_faults(SignedHead(*row[:5]), row.there, trusted)]
    for head in kept:
        there = connection.execute(select(chain.c.link).where(chain.c.number == head.number)).scalar_one_or_none()
        faults += [f"kept elsewhere: {fault}" for fault in head_faults(head, there, trusted)]
    return len(rows), faults
