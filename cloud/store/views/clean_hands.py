"""How many went in with clean hands, by gate and day, where a gate asks for it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy import Connection, select

from cloud.store.sites import sites_of_gates
from cloud.store.tables import visit
from cloud.store.views.models import View, moment
from contract.verdicts import Hands, Verdict


class HandsDayView(View):
    """One gate on one day: everybody who was let in there and was asked."""

    day: date
    gate: str
    site: str
    let_in: int
    dispenser: int = Field(description="a dispenser was used just before")
    confirmed: int = Field(description="by their own word on the kiosk, which proves nothing")
    without: int = Field(description="were asked, and nothing shows it")


class HandsView(View):
    at: datetime
    timezone: str
    days: list[HandsDayView] = Field(description="the newest day first; a day on which nobody was asked is not there")


def clean_hands(connection: Connection, top: str, now_ms: int, days: int, zone: ZoneInfo) -> HandsView:
    """Of the gates below `top`, of today and the days before it; recorded and simulated pictures are nobody's hands."""
    places = sites_of_gates(connection, top)
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).date()
    first = datetime.combine(today - timedelta(days=days - 1), datetime.min.time(), zone)
    asked = (visit.c.hands.is_not(None), visit.c.verdict == Verdict.PASS.value, visit.c.replay.is_(False))
    within = (visit.c.shown_at_ms >= round(first.timestamp() * 1000), visit.c.shown_at_ms <= now_ms)
    counts: Counter[tuple[date, str, str]] = Counter()
    for gate, at_ms, hands in connection.execute(select(visit.c.gate, visit.c.shown_at_ms, visit.c.hands).where(*asked, *within)):
        if gate in places:
            counts[datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone).date(), gate, hands] += 1
    return HandsView(at=moment(now_ms), timezone=zone.key, days=_rows(counts, places))


def _rows(counts: Counter[tuple[date, str, str]], places: dict[str, str]) -> list[HandsDayView]:
    there = sorted({(day, gate) for day, gate, _ in counts}, key=lambda one: (-one[0].toordinal(), one[1]))
    return [
        HandsDayView(
            day=day,
            gate=gate,
            site=places[gate],
            let_in=sum(counts[day, gate, how] for how in Hands),
            dispenser=counts[day, gate, Hands.DISPENSER],
            confirmed=counts[day, gate, Hands.CONFIRMED],
            without=counts[day, gate, Hands.NONE],
        )
        for day, gate in there
    ]
