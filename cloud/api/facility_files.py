"""The facilities as files: how all stands now, each round of a while, one sensor over time. The audit says who took what."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from cloud.api.allowed import MayExport
from cloud.api.download import DOWNLOADS, download
from cloud.api.facilities import ANSWERS
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.reports import In
from cloud.api.sensors import Hours, Named, history_of
from cloud.api.uvc import DAYS, Days
from cloud.export import Document, Form, Row, Table
from cloud.ledger.retention import DAY_MS
from cloud.ledger.words import Both
from cloud.reports.facility_paper import Everything, RoundOf, board_tables, history_table, round_table
from cloud.reports.words import Language, say
from cloud.store.accounts import User
from cloud.store.facility.assets import assets
from cloud.store.facility.board import board
from cloud.store.facility.books import stocks
from cloud.store.facility.entries import rounds
from cloud.store.facility.level_book import newest_by_people
from cloud.store.facility.levels import level_points
from cloud.store.series import Sensed
from cloud.store.views.canteen import today_view
from cloud.store.views.facilities import board_view, round_view
from cloud.store.views.levels import levels_view
from cloud.store.views.models import moment
from cloud.store.views.newest import sensors_now
from cloud.store.views.supplies import stocks_view

router = APIRouter(prefix="/api/facilities", tags=["facilities"])


@router.get("/board/file", response_class=Response, responses={**REFUSALS, **DOWNLOADS})
def board_file(user: MayExport, parts: PartsOf, form: Form = Form.PDF, lang: In = Language.ZH) -> Response:
    """Everything in reach as it stands: alarms, what is due, bins, supplies, slots, every sensor."""
    now_ms = parts.now_ms()
    with parts.database.reading() as connection:
        tables = board_tables(_everything(connection, parts, user, now_ms), lang)
    document = _document(parts, ("设施总览", "Facilities, as they stand"), tables, now_ms, lang)
    return download(parts, user, form, "menshen-board", document, subject="facilities-board", detail=user.site)


@router.get("/rounds/file", response_class=Response, responses={**REFUSALS, **DOWNLOADS})
def rounds_file(user: MayExport, parts: PartsOf, days: Days = DAYS, form: Form = Form.PDF, lang: In = Language.ZH) -> Response:
    """Each round that was entered, the newest first, with what stands behind it; also those that count for nothing, and why."""
    now_ms = parts.now_ms()
    with parts.database.reading() as connection:
        made = _rounds(connection, user.site, now_ms - days * DAY_MS)
    title = f"消毒记录（近 {days} 天）", f"Disinfection rounds of the last {days} days"
    document = _document(parts, title, [round_table(made, lang)], now_ms, lang)
    return download(parts, user, form, "menshen-rounds", document, subject="facilities-rounds", detail=f"{days} d")


@router.get("/history/file", response_class=Response, responses={**ANSWERS, **DOWNLOADS, 503: {"model": Problem}})
def history_file(
    user: MayExport,
    parts: PartsOf,
    gate: Named,
    sensor: Named,
    quantity: Named,
    hours: Hours = 24,
    form: Form = Form.CSV,
    lang: In = Language.ZH,
) -> Response:
    """What one sensor said, in the pieces of `/history`. Where it said nothing there is no line."""
    told = history_of(parts, user, Sensed(gate, sensor, quantity), hours)
    pieces: list[Row] = [[one.at, _short(one.least), _short(one.mean), _short(one.most), one.count] for one in told.pieces]
    name = f"{gate}/{sensor}/{quantity}"
    document = _document(parts, (name, name), [history_table(told.now, pieces, lang)], parts.now_ms(), lang)
    return download(parts, user, form, "menshen-sensor", document, subject="sensor-history", detail=f"{name} {hours} h")


def _short(value: float) -> float:
    """Six digits: no sensor has more."""
    return float(f"{value:.6g}")


def _everything(connection: Connection, parts: Parts, user: User, now_ms: int) -> Everything:
    top, points = user.site, level_points(connection, user.site)
    newest = newest_by_people(connection, [one.number for one in points])
    return Everything(
        sensors_now(connection, top, now_ms),
        board_view(board(connection, top, parts.rounds, now_ms), parts.rounds).assets,
        levels_view(points, newest, parts.levels, now_ms).levels,
        stocks_view(stocks(connection, top, parts.supplies, now_ms), now_ms, parts.supplies).stocks,
        today_view(connection, top, now_ms, ZoneInfo(parts.report_zone)),
    )


def _rounds(connection: Connection, top: str, since_ms: int) -> list[RoundOf]:
    there = {one.number: one for one in assets(connection, top, ended=True)}
    made = [one for some in rounds(connection, there, since_ms).values() for one in some if one.at_ms >= since_ms]
    made.sort(key=lambda one: one.done_ms, reverse=True)
    named = ((there[one.asset], one) for one in made)
    return [RoundOf(asset.site, asset.kind, asset.name, round_view(one)) for asset, one in named]


def _document(parts: Parts, title: Both, tables: list[Table], now_ms: int, language: Language) -> Document:
    zone = ZoneInfo(parts.report_zone)
    made = moment(now_ms).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    note = f"生成于 {made}（{zone.key}）。", f"Made at {made} ({zone.key})."
    said = say(title, language)
    return Document(said, tables, notes=(say(note, language),), zone=zone, foot=said)
