"""The page of an appointment: a code for each person, as a picture to show, print or keep; and its cancelling."""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from cloud.api.parts import Parts, PartsOf
from cloud.api.public.page import PRIVATE, Spoken, document, gone, strange
from cloud.api.public.visit import title_of, when
from cloud.api.public.words import Language, word
from cloud.ledger.appointments import pass_token
from cloud.ledger.receptions import Reception
from cloud.passes.picture import png, svg
from cloud.store.appointments import Appointment, appointment_of, cancel
from cloud.store.receptions import reception_named

router = APIRouter(include_in_schema=False)
_NAME: Final = re.compile(r"([1-9])\.png")


@router.get("/pass/{secret}")
def show(secret: str, parts: PartsOf, request: Request, language: Spoken) -> HTMLResponse:
    """The codes, until the appointment is forgotten."""
    found = _found(parts, secret)
    if found is None:
        return strange(parts, request, language)
    one, where = found
    if one.cancelled_ms is not None:
        again = f"<p><a class='primary' href='/visit/{where.name}?lang={language}'>{word(language, 'pass.again')}</a></p>"
        return document(language, word(language, "pass.title"), f"<h1>{word(language, 'pass.cancelled')}</h1>{again}")
    if parts.badge_signer is None:
        return gone(language, "off.why", 503)
    texts = [parts.badge_signer.text(pass_token(where, one.slot, number)) for number in one.passes]
    return document(language, word(language, "pass.title"), _body(found, texts, secret, language))


@router.get("/pass/{secret}/{name}")
def picture(secret: str, name: str, parts: PartsOf, request: Request, language: Spoken) -> Response:
    """`1.png` and so on, to be kept: of each person."""
    found, asked = _found(parts, secret), _NAME.fullmatch(name)
    if found is None or asked is None or int(asked[1]) > found[0].people or found[0].cancelled_ms is not None:
        return strange(parts, request, language)
    if parts.badge_signer is None:
        return gone(language, "off.why", 503)
    one, where = found
    text = parts.badge_signer.text(pass_token(where, one.slot, one.passes[int(asked[1]) - 1]))
    kept = {"Content-Disposition": f'attachment; filename="menshen-{one.reference}-{asked[1]}.png"'}
    return Response(png(text), 200, {**PRIVATE, **kept}, "image/png")


@router.post("/pass/{secret}/cancel")
def cancel_it(secret: str, parts: PartsOf, request: Request, language: Spoken) -> Response:
    """By whoever has the link. Gates that are online refuse its codes within seconds."""
    found = _found(parts, secret)
    if found is None:
        return strange(parts, request, language)
    with parts.database.writing() as connection:
        cancel(connection, found[0].number, parts.now_ms())
    return RedirectResponse(f"/pass/{secret}?lang={language}", 303)


def _found(parts: Parts, secret: str) -> tuple[Appointment, Reception] | None:
    with parts.database.reading() as connection:
        one = appointment_of(connection, secret)
        where = None if one is None else reception_named(connection, one.reception)
    return None if one is None or where is None else (one, where)


def _body(found: tuple[Appointment, Reception], texts: list[str], secret: str, language: Language) -> str:
    one, where = found
    codes = "".join(
        f"<figure><img src='{_shown(text)}' alt='{word(language, 'pass.code', number=number)}'><figcaption>"
        f"<a class='quiet' href='/pass/{secret}/{number}.png' download>{word(language, 'pass.save')}</a></figcaption></figure>"
        for number, text in enumerate(texts, 1)
    )
    how = word(language, "pass.one" if one.people == 1 else "pass.each")
    people = f" · {word(language, 'pass.people', count=one.people)}" if one.people > 1 else ""
    return (
        f"<h1>{escape(title_of(where, language))}</h1><p class='when'>{when(where, one.slot, language)}{people}</p>"
        f"<p>{how}</p><div class='codes'>{codes}</div>"
        f"<p class='reference'>{word(language, 'pass.reference')} <b>{one.reference[:4]} {one.reference[4:]}</b></p>"
        f"<p><b>{word(language, 'pass.mask')}</b> {word(language, 'pass.never')}</p>"
        f"<p class='keep'>{word(language, 'pass.keep')}</p>"
        f"<div class='deeds'><button type='button' class='quiet' data-print hidden>{word(language, 'pass.print')}</button>"
        f"<form method='post' action='/pass/{secret}/cancel?lang={language}'>"
        f"<button class='quiet'>{word(language, 'pass.cancel')}</button></form></div>"
    )


def _shown(text: str) -> str:
    """In the page itself: it is there as soon as the page is, and stays when the network is gone."""
    return f"data:image/svg+xml,{quote(svg(text))}"
