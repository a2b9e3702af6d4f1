"""The page on a telephone that shows a badge: a fresh code every half minute, ten minutes of them in advance."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from cloud.api.parts import Parts, PartsOf
from cloud.api.public.page import PRIVATE, Spoken, document, gone, strange
from cloud.api.public.words import word
from cloud.ledger.badges import FRESH_S, badge_tokens
from cloud.passes.picture import rows, svg
from cloud.store.badges import Badge, badge_of

router = APIRouter(include_in_schema=False)


@router.get("/badge/{secret}")
def show(secret: str, parts: PartsOf, request: Request, language: Spoken) -> HTMLResponse:
    """The code of now, which a script keeps fresh; without one the page has to be loaded anew."""
    one = _found(parts, secret)
    if one is None:
        return strange(parts, request, language)
    if one.revoked_ms is not None:
        return gone(language, "badge.revoked", 410)
    if parts.badge_signer is None:
        return gone(language, "off.why", 503)
    now = next(badge_tokens(one.holder, one.reception, parts.now_ms()))
    said = ((name, word(language, f"badge.{name}", minutes="{minutes}")) for name in ("offline", "over", "revoked"))
    texts = "".join(f" data-{name}='{escape(text)}'" for name, text in said)
    body = (
        f"<h1>{word(language, 'badge.title')}</h1><div class='badge' data-codes='/badge/{secret}/codes'{texts}>"
        f"<div class='code' role='img' aria-label='{word(language, 'badge.title')}'>{svg(parts.badge_signer.text(now))}</div>"
        f"<p class='state' role='status'></p></div><p class='big'>{word(language, 'badge.show')}</p>"
        f"<p>{word(language, 'badge.fresh')}</p>"
    )
    return document(language, word(language, "badge.title"), body)


@router.get("/badge/{secret}/codes")
def codes(secret: str, parts: PartsOf, request: Request, language: Spoken) -> Response:
    """The modules of the codes of the next minutes, each with the time (UTC milliseconds) from which it is shown."""
    one = _found(parts, secret)
    if one is None:
        return strange(parts, request, language)
    if one.revoked_ms is not None or parts.badge_signer is None:
        return JSONResponse({"detail": "This badge shows no codes."}, 410, PRIVATE)
    tokens = badge_tokens(one.holder, one.reception, parts.now_ms())
    made = [{"from_ms": token.issued_s * 1000, "rows": rows(parts.badge_signer.text(token))} for token in tokens]
    return JSONResponse({"now_ms": parts.now_ms(), "fresh_ms": FRESH_S * 1000, "codes": made}, 200, PRIVATE)


def _found(parts: Parts, secret: str) -> Badge | None:
    with parts.database.reading() as connection:
        return badge_of(connection, secret)
