"""Supplies: what there is of masks, gloves, disinfectant, and how long it lasts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Connection

from cloud.api.accounts import Site
from cloud.api.allowed import MayEnterSupplies, MayManageSupplies, MayReadSupplies
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.facility.supplies import Movement, MovementKind, Objection, Supply, SupplyKind, booked
from cloud.ledger.sites import ROOT, is_within
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.facility.books import add_line, book_of, history, standing, stocks
from cloud.store.facility.supplies import add_supply, change_supply, supply_numbered
from cloud.store.views.supplies import BookView, StocksView, line_view, stock_view, stocks_view, supply_name

router = APIRouter(prefix="/api/supplies", tags=["supplies"])
SUPPLY: Final = r"^supply-[0-9]{1,15}$"
SupplyId = Annotated[str, Path(pattern=SUPPLY, examples=["supply-1"])]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*$")]
Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Amount = Annotated[int, Field(ge=0, le=1_000_000_000)]
Some = Annotated[int, Field(ge=1, le=1_000_000_000)]
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}
MOST_LINES: Final = 200


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewSupply(Body):
    """`unit`: in which it is counted, as people say it."""

    site: Site = ROOT
    kind: SupplyKind
    name: Words
    unit: Words
    minimum: Amount


class SupplyChange(Body):
    """What is left out stays as it is. `ended`: it is kept no more, for good. A new minimum counts from now on."""

    name: Words | None = None
    minimum: Amount | None = None
    ended: Literal[True] | None = None


class Counted(Body):
    """What somebody found. Where the book says something else, `why` is needed."""

    kind: Literal["counted"]
    amount: Amount
    why: Why = ""


class CameOrWent(Body):
    kind: Literal["received", "used"]
    amount: Some
    why: Why = ""


class Moved(Body):
    """To the stock `to`, of the same kind and unit: a line in both books."""

    kind: Literal["moved"]
    amount: Some
    to: Annotated[str, Field(pattern=SUPPLY)]
    why: Why = ""


class NewLine(Body):
    line: Counted | CameOrWent | Moved = Field(discriminator="kind")


@router.get("", responses=REFUSALS)
def now(user: MayReadSupplies, parts: PartsOf) -> StocksView:
    """Everything that is kept in reach: what is short first."""
    with parts.database.reading() as connection:
        now_ms = parts.now_ms()
        return stocks_view(stocks(connection, user.site, parts.supplies, now_ms), now_ms, parts.supplies)


@router.get("/{supply}", responses=ANSWERS)
def book(supply: SupplyId, user: MayReadSupplies, parts: PartsOf) -> BookView:
    """One stock and its book, the newest line first."""
    with parts.database.reading() as connection:
        return _book(connection, parts, _found(connection, supply, user, lock=False))


@router.post("", status_code=201, responses=ANSWERS)
def add(new: NewSupply, user: MayManageSupplies, parts: PartsOf) -> BookView:
    """Keep something more. How much there is is not known until somebody has counted."""
    if not is_within(new.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    now_ms = parts.now_ms()
    with parts.database.writing() as connection:
        number = add_supply(connection, {**new.model_dump(mode="json"), "set_ms": now_ms, "made_ms": now_ms})
        note(connection, user, "supply added", supply_name(number), now_ms, f"{new.kind} at {new.site or '-'}")
        return _book(connection, parts, _found(connection, supply_name(number), user))


@router.patch("/{supply}", responses=ANSWERS)
def change(supply: SupplyId, wish: SupplyChange, user: MayManageSupplies, parts: PartsOf) -> BookView:
    """Another name or minimum; or keep it no more."""
    now_ms = parts.now_ms()
    with parts.database.writing() as connection:
        before = _found(connection, supply, user)
        changed = replace(before, name=wish.name or before.name, ended_ms=now_ms if wish.ended else None)
        if wish.minimum is not None and wish.minimum != before.minimum:
            changed = replace(changed, minimum=wish.minimum, set_ms=now_ms)
        change_supply(connection, changed)
        what = ", ".join(f"{name} {value}" for name, value in sorted(wish.model_dump(exclude_none=True).items()))
        note(connection, user, "supply changed", supply, now_ms, what)
        return _book(connection, parts, changed)


@router.post("/{supply}/lines", status_code=201, responses=ANSWERS)
def enter(supply: SupplyId, new: NewLine, user: MayEnterSupplies, parts: PartsOf) -> BookView:
    """Write a line into the book: something came, was used, was moved to another site, or was counted."""
    said, now_ms = new.line, parts.now_ms()
    with parts.database.writing() as connection:
        names = [supply, said.to] if isinstance(said, Moved) else [supply]
        # In the order of their numbers: two who move to and fro at the same time do not wait for one another for ever.
        found = {name: _found(connection, name, user) for name in sorted(names, key=lambda one: int(one.rpartition("-")[2]))}
        there = found[supply]
        if isinstance(said, Moved):
            _move(connection, there, found[said.to], said, user, now_ms)
        else:
            _write(connection, there, MovementKind(said.kind), said.amount, user, now_ms, said.why)
        note(connection, user, f"supply {said.kind}", supply, now_ms, str(said.amount))
        return _book(connection, parts, there)


def _move(connection: Connection, there: Supply, other: Supply, said: Moved, user: User, now_ms: int) -> None:
    if other.number == there.number or (other.kind, other.unit) != (there.kind, there.unit):
        raise Refused(Code.NOT_SAME_SUPPLY, id=said.to)
    out = _write(connection, there, MovementKind.MOVED_OUT, said.amount, user, now_ms, said.why)
    _write(connection, other, MovementKind.MOVED_IN, said.amount, user, now_ms, said.why, about=out)


def _write(
    connection: Connection,
    there: Supply,
    kind: MovementKind,
    amount: int,
    user: User,
    now_ms: int,
    why: str,
    about: int | None = None,
) -> int:
    before = book_of(connection, there.number)
    match booked(before, kind, amount):
        case Objection.NOT_COUNTED:
            raise Refused(Code.NOT_COUNTED, id=supply_name(there.number))
        case Objection.TOO_FEW:
            raise Refused(Code.BOOK_HAS_LESS, book=before or 0)
        case int() as after:
            line = Movement(0, there.number, now_ms, user.user, kind, amount, after, before, about, why)
            if line.difference and not why:
                raise Refused(Code.COUNT_NEEDS_WHY, book=before or 0)
            return add_line(connection, line)


def _found(connection: Connection, name: str, user: User, *, lock: bool = True) -> Supply:
    """Refuses with 404 what is not in reach, and what is kept no more."""
    there = supply_numbered(connection, int(name.rpartition("-")[2]), user.site, lock=lock)
    if there is None or there.ended_ms is not None:
        raise Refused(Code.NOT_THERE, id=name)
    return there


def _book(connection: Connection, parts: Parts, there: Supply) -> BookView:
    now_ms = parts.now_ms()
    (how,) = standing(connection, [there], parts.supplies, now_ms)
    newest = history(connection, there.number, MOST_LINES)
    return BookView(stock=stock_view(there, how), lines=[line_view(one) for one in newest])
