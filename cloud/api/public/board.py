"""The board of a hall: whether it is open, how full it is, and what to do at the entrance. Nothing on it is about a person."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from cloud.api.parts import PartsOf
from cloud.api.public.page import document, gone
from cloud.api.public.words import WORDS
from cloud.api.refused import Refused
from cloud.ledger.receptions import Reception, is_open, next_opening
from cloud.refusals import Code
from cloud.store.receptions import gates_of, reception_named
from cloud.store.views.models import moment, moment_or_none
from contract.messages.health import HealthData

router = APIRouter(include_in_schema=False)
FRESH_MS: Final = 120_000
"""An older word of a gate says nothing of how many are inside now."""
SCRIPTED: Final = ("open", "shut", "today", "today.closed", "opens", "inside", "limit", "full", "old", "lost")


class Board(BaseModel):
    """All that the board may ever say: nothing else leaves this route."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title_zh: str
    title_en: str
    timezone: str
    now: datetime
    open: bool
    hours_today: str
    opens: datetime | None
    people_inside: int | None
    people_limit: int | None
    full: bool


@router.get("/board/{reception}/now")
def now(reception: str, parts: PartsOf) -> Board:
    """What is so now."""
    with parts.database.reading() as connection:
        where = _public(connection, reception)
        return _board(connection, where, parts.now_ms())


@router.get("/board/{reception}")
def board(reception: str, parts: PartsOf) -> HTMLResponse:
    """Both languages stand in the page; the script shows one after the other, and says how old the news is."""
    with parts.database.reading() as connection:
        where = reception_named(connection, reception)
    if where is None or not where.board:
        return gone("zh")
    words = "".join(
        f" data-{key.replace('.', '-')}-{language}='{escape(WORDS[f'board.{key}'][at])}'"
        for key in SCRIPTED
        for at, language in enumerate(("zh", "en"))
    )
    body = (
        f"<div id='board' data-now='/board/{escape(where.name)}/now'{words}>"
        f"<h1>{_both(where.title_zh, where.title_en)}</h1><p class='state'></p><p class='hours'></p><p class='inside'></p>"
        f"<ol class='do'>{''.join(f'<li>{_both(*WORDS[key])}</li>' for key in ('board.mask', 'board.heat', 'board.one'))}</ol>"
        "<p class='age' role='status'></p></div>"
    )
    return document("zh", WORDS["board.title"][0], body, name="board", switch=False)


def _public(connection: Connection, name: str) -> Reception:
    where = reception_named(connection, name)
    if where is None or not where.board:
        raise Refused(Code.NO_BOARD)
    return where


def _board(connection: Connection, where: Reception, now_ms: int) -> Board:
    people, limit = _inside(connection, where, now_ms)
    day = where.day_of(now_ms)
    return Board(
        title_zh=where.title_zh,
        title_en=where.title_en,
        timezone=where.timezone,
        now=moment(now_ms),
        open=is_open(where, now_ms),
        hours_today="" if day.isoformat() in where.closed else where.hours[day.weekday()],
        opens=moment_or_none(next_opening(where, now_ms)),
        people_inside=people,
        people_limit=limit,
        full=people is not None and limit is not None and people >= limit,
    )


def _inside(connection: Connection, where: Reception, now_ms: int) -> tuple[int | None, int | None]:
    """How many people are inside, and at most; None where a gate that counts does not know, or has not been heard of late."""
    counts = []
    for row in gates_of(connection, where):
        health = HealthData.model_validate_json(row.health, extra="ignore") if row.health else None
        if health is not None and health.occupancy is not None:
            late = not row.online or row.health_ms is None or now_ms - row.health_ms > FRESH_MS
            counts.append((None if late else health.occupancy.people, health.occupancy.limit))
    known = [people for people, _ in counts if people is not None]
    limit = counts[0][1] if len(counts) == 1 else None  # of several ways in each has a limit of the same hall
    return (sum(known) if counts and len(known) == len(counts) else None), limit


def _both(zh: str, en: str) -> str:
    return f"<span lang='zh'>{escape(zh)}</span><span lang='en'>{escape(en)}</span>"
