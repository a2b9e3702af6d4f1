"""The page on which visitors choose a time: a number of people, a tap on a slot, and no name."""

from __future__ import annotations

from html import escape
from itertools import groupby

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from cloud.api.parts import Parts, PartsOf, address_of
from cloud.api.public.page import Sent, Spoken, document, gone
from cloud.api.public.words import Language, weekday, word
from cloud.ledger.appointments import MOST_PEOPLE, Offer, offers
from cloud.ledger.receptions import Reception, Slot
from cloud.passes.booking import SlotFullError, book
from cloud.store.appointments import people_taken
from cloud.store.receptions import reception_named

router = APIRouter(include_in_schema=False)


@router.get("/visit/{reception}")
def choose(reception: str, parts: PartsOf, language: Spoken) -> HTMLResponse:
    """Every slot that has not begun, day by day; full ones cannot be chosen."""
    with parts.database.reading() as connection:
        where = reception_named(connection, reception)
        taken = people_taken(connection, reception, parts.now_ms())
    if where is None or not where.appointments:
        return gone(language)
    if parts.badge_signer is None:
        return gone(language, "off.why", 503)
    body = _form(where, list(offers(where, taken, parts.now_ms())), parts, language)
    return document(language, word(language, "visit.title"), body)


@router.post("/visit/{reception}")
def take(reception: str, parts: PartsOf, request: Request, language: Spoken, form: Sent) -> Response:
    """An appointment, and on to its page; where there is no room, the next free slot is offered."""
    people, begins_ms = _number(form.get("people", "1"), MOST_PEOPLE), _number(form.get("slot", ""), 2**53)
    if parts.badge_signer is None:
        return gone(language, "off.why", 503)
    if not people or not begins_ms:
        return RedirectResponse(f"?lang={language}", 303)
    key, now_ms = (address_of(request), "visit"), parts.now_ms()
    if parts.bookings.wait_ms(key, now_ms):
        body = f"<h1>{word(language, 'many.title')}</h1><p>{word(language, 'many.why')}</p>"
        return document(language, word(language, "many.title"), body, status=429)
    try:
        with parts.database.writing() as connection:
            where = reception_named(connection, reception)
            if where is None or not where.appointments:
                return gone(language)
            booked = book(connection, where, begins_ms, people, now_ms)
    except SlotFullError as full:
        return _full(full, people, language)
    parts.bookings.count(key, now_ms)
    return RedirectResponse(f"/pass/{booked.secret}?lang={language}", 303)


def when(where: Reception, slot: Slot, language: Language) -> str:
    """Such as `11-23 Mon 09:00-09:30`, at the reception's own time."""
    begins, ends = where.local(slot.begins_ms), where.local(slot.ends_ms)
    day = f"{begins:%m月%d日} {weekday(language, begins.weekday())}" if language == "zh" else f"{begins:%a %d %b}"
    return f"{day} {begins:%H:%M}–{ends:%H:%M}"


def title_of(where: Reception, language: Language) -> str:
    return where.title_en if language == "en" else where.title_zh


def _form(where: Reception, found: list[Offer], parts: Parts, language: Language) -> str:
    people = "".join(
        f'<label><input type="radio" name="people" value="{count}"{" checked" if count == 1 else ""}><span>{count}</span></label>'
        for count in range(1, MOST_PEOPLE + 1)
    )
    days = "".join(_slots(where, slots, language) for slots in _by_day(where, found))
    none = f"<p>{word(language, 'visit.none')}</p>"
    least = word(language, "visit.least", hours=parts.appointments_hours)
    return (
        f"<h1>{escape(title_of(where, language))}</h1><form method='post'>"
        f"<fieldset class='people'><legend>{word(language, 'visit.people')}</legend>{people}</fieldset>"
        f"<p class='ask'>{word(language, 'visit.when')}</p>{days or none}</form>"
        f"<p class='least'>{least}</p>"
    )


def _by_day(where: Reception, found: list[Offer]) -> list[list[Offer]]:
    return [list(group) for _, group in groupby(found, key=lambda one: where.day_of(one.slot.begins_ms))]


def _slots(where: Reception, found: list[Offer], language: Language) -> str:
    buttons = "".join(_button(where, one, language) for one in found)
    return f"<h2>{_day(where, found[0], language)}</h2><div class='slots'>{buttons}</div>"


def _day(where: Reception, first: Offer, language: Language) -> str:
    at = where.local(first.slot.begins_ms)
    return f"{at:%m月%d日} {weekday('zh', at.weekday())}" if language == "zh" else f"{at:%A %d %B}"


def _button(where: Reception, offer: Offer, language: Language) -> str:
    time = f"{where.local(offer.slot.begins_ms):%H:%M}"
    if not offer.free:
        return f"<button disabled><b>{time}</b> <span>{word(language, 'visit.full')}</span></button>"
    left = word(language, "visit.left", count=offer.free)
    return f"<button name='slot' value='{offer.slot.begins_ms}'><b>{time}</b> <span>{left}</span></button>"


def _full(full: SlotFullError, people: int, language: Language) -> HTMLResponse:
    where, following = full.reception, full.next_free
    other = f"<p><a class='quiet' href='?lang={language}'>{word(language, 'full.other')}</a></p>"
    offer = f"<p>{word(language, 'full.none')}</p>"
    if following is not None:
        offer = (
            f"<p>{word(language, 'full.next')}</p><p class='when'>{when(where, following, language)}</p><form method='post'>"
            f"<input type='hidden' name='people' value='{people}'>"
            f"<button class='primary' name='slot' value='{following.begins_ms}'>{word(language, 'full.take')}</button></form>"
        )
    body = f"<h1>{word(language, 'full.title')}</h1>{offer}{other}"
    return document(language, word(language, "full.title"), body, status=409, switch=False)


def _number(text: str, most: int) -> int:
    """A number from 1; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 17 and 1 <= int(text) <= most else 0  # noqa: PLR2004
