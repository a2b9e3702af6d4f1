"""Going through the chain: is every row as it was written, and is every row there that was?"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from cloud.ledger.chain import GENESIS, link
from cloud.ledger.removals import Gone, under_link
from cloud.store.sealed_tables import SEALED, Sealed
from cloud.store.sealing import commitment_of
from cloud.store.tables import chain, chain_head, removal, removed_link, removed_run

_AT_ONCE: Final = 5_000
_MOST_FAULTS: Final = 100
Sealing = tuple[int, bytes, bool]


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's newest link. Who keeps one elsewhere can prove later that nothing before it was changed or cut off."""

    number: int
    link: bytes

    @property
    def text(self) -> str:
        return f"{self.number}:{self.link.hex()}"

    @classmethod
    def of(cls, text: str) -> Head:
        """Raises ValueError for what is no head."""
        number, _, linked = text.partition(":")
        if len(bytes.fromhex(linked)) != len(GENESIS):
            raise ValueError(text)
        return cls(int(number), bytes.fromhex(linked))


@dataclass
class Verified:
    """What was found.

    Attributes:
        head: the last link.
        removed: how many more stood there, and went when their time was over.
        rows: how many stand under the chain; erased: of how many the content was erased.
        faults: what is not as it was written, in words; the first hundred.
    """

    head: Head
    rows: int = 0
    erased: int = 0
    removed: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, words: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(words)


def head_of(connection: Connection) -> Head:
    """The newest link."""
    row = connection.execute(select(chain_head.c.number, chain_head.c.link)).one()
    return Head(row.number, row.link)


def verify(connection: Connection, known: Head | None = None, tell: Callable[[int], None] = lambda _: None) -> Verified:
    """Go through all of it, in one consistent picture. `known`: a head that was kept elsewhere; `tell` hears of every link."""
    found = Verified(Head(0, GENESIS))
    for row in _go_through(connection, found):
        if known is not None and known.number == row.number and known.link != row.link:
            found.fault(f"link {row.number} is not the one that was kept elsewhere: what stands before it was written anew")
        tell(row.number)
    _look_at_the_end(connection, found, known)
    return found


def verify_links(connection: Connection, after: Head, last: int) -> Verified:
    """The links that follow `after`, up to number `last`, and the rows under them."""
    found = Verified(after)
    for _ in _go_through(connection, found, last):
        pass
    if found.head.number != last:
        found.fault(f"the chain ends at link {found.head.number}, and should at {last}")
    return found


def head_at(connection: Connection, number: int) -> Head:
    """The link of this number, as it stands in the chain; the first one's predecessor for 0."""
    if number == 0:
        return Head(0, GENESIS)
    return Head(number, connection.execute(select(chain.c.link).where(chain.c.number == number)).scalar_one())


def _go_through(connection: Connection, found: Verified, last: int = 2**62) -> Iterator[Row[Any]]:
    """Look at each link after `found.head`, with the rows under it."""
    within = chain.c.number.between(found.head.number + 1, last)
    tables = (_sealings(connection, one, within) for one in SEALED.values())
    of_links = groupby(merge(*tables, key=itemgetter(0)), key=itemgetter(0))
    under = next(of_links, None)
    beside = chain.outerjoin(removed_link, removed_link.c.number == chain.c.number)
    gone = (removed_link.c.rows.label("removed"), removed_link.c.commitments)
    links = select(chain, *gone).select_from(beside).where(within).order_by(chain.c.number).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(links):
        while under is not None and under[0] < row.number:
            under = next(of_links, None)
        rows = list(under[1]) if under is not None and under[0] == row.number else []
        _look(found, row.number, rows, (row.rows, row.digest, row.link), Gone.of(row.removed, row.commitments))
        yield row
    deque(of_links, maxlen=0)  # a cursor on the server that is not read to its end stays open


def _look(found: Verified, number: int, rows: list[Sealing], said: tuple[int, bytes, bytes], gone: Gone) -> None:
    """One link, as it should be and as it is; the next is judged by what this one says of itself."""
    expected, of_rows, linked = said
    found.rows += len(rows)
    found.erased += sum(erased for _, _, erased in rows)
    if number != found.head.number + 1:
        found.fault(f"links {found.head.number + 1} to {number - 1} are missing")
    for fault in under_link(number, expected, of_rows, [commitment for _, commitment, _ in rows], gone):
        found.fault(fault)
    found.removed += gone.rows
    if link(found.head.link, number, expected, of_rows) != linked:
        found.fault(f"link {number} does not follow from the one before")
    found.head = Head(number, linked)


def _look_at_the_end(connection: Connection, found: Verified, known: Head | None) -> None:
    if head_of(connection) != found.head:
        found.fault(f"the chain ends at link {found.head.number}, and should at {head_of(connection).number}")
    if known is not None and known.number > found.head.number:
        found.fault(f"link {known.number} was kept elsewhere, and the chain ends at {found.head.number}: its end was cut off")
    told = connection.execute(select(func.coalesce(func.sum(removal.c.rows), 0))).scalar_one()
    runs = connection.execute(select(func.coalesce(func.sum(removed_run.c.last - removed_run.c.first + 1), 0))).scalar_one()
    if not found.removed == told == runs:
        found.fault(
            f"{found.removed} rows are missing as removed, removals tell of {told}, and {runs} numbers are kept of them: "
            "something went by another way than by its period"
        )
    for name, one in SEALED.items():
        without = or_(one.table.c.seal.is_(None), one.table.c.seal.not_in(select(chain.c.seal)))
        if count := connection.execute(select(func.count()).select_from(one.table).where(without)).scalar_one():
            found.fault(f"{count} rows of {name} stand under no link: they were slipped in")


def _sealings(connection: Connection, of: Sealed, within: ColumnElement[bool]) -> Iterator[Sealing]:
    """The rows of a table in the order of their links: link, commitment, whether the content was erased."""
    columns = [of.table.c[name] for name in (*of.header, *of.content, "salt", "content_sha256")]
    under = chain.join(of.table, of.table.c.seal == chain.c.seal)
    question = select(chain.c.number.label("of_link"), *columns).select_from(under).where(within).order_by(chain.c.number)
    for row in connection.execute(question.execution_options(yield_per=_AT_ONCE)).mappings():
        yield row["of_link"], commitment_of(of.table.name, dict(row)), row["content_sha256"] is not None
