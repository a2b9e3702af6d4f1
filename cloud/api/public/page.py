"""The frame of a public page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse

from cloud.api.parts import Parts, address_of
from cloud.api.public.words import Language, language_of, word
from cloud.api.refused import Refused
from cloud.refusals import Code

FILES: Final = Path(__file__).parent / "files"
KINDS: Final = {"public.css": "text/css", "public.js": "text/javascript", "board.css": "text/css", "board.js": "text/javascript"}
PRIVATE: Final = {"Cache-Control": "no-store"}
router = APIRouter(include_in_schema=False)


@router.get("/public/{name}")
def file(name: str) -> FileResponse:
    """What these pages are drawn with."""
    if name not in KINDS:
        raise Refused(Code.NO_FILE)
    return FileResponse(FILES / name, media_type=KINDS[name], headers={"Cache-Control": "no-cache"})


def spoken(request: Request) -> Language:
    """In which language the page is asked for."""
    return language_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))


async def sent(request: Request) -> dict[str, str]:
    """The fields of a form; the last where one comes twice."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=20)
    return {name: values[-1] for name, values in fields.items()}


Spoken = Annotated[Language, Depends(spoken)]
Sent = Annotated[dict[str, str], Depends(sent)]


def document(language: Language, title: str, body: str, **more: Any) -> HTMLResponse:
    """`body` is HTML; `name` of stylesheet and script, `status`, and `switch` (whether the other language is offered)."""
    name, other = more.get("name", "public"), "en" if language == "zh" else "zh"
    # The referrer is told to ourselves: without it browsers send forms with the origin `null`, which is refused.
    head = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} · Menshen</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="same-origin">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="/public/{name}.css"><script defer src="/public/{name}.js"></script></head>'
    )
    link = f'<a class="language" lang="{other}" href="?lang={other}">{word(language, "other")}</a>'
    switch = link if more.get("switch", True) else ""
    return HTMLResponse(f"{head}<body>{switch}<main>{body}</main></body></html>", more.get("status", 200), PRIVATE)


def gone(language: Language, why: str = "gone.why", status: int = 404) -> HTMLResponse:
    """There is nothing at this address, or not any more."""
    body = f"<h1>{word(language, 'gone.title')}</h1><p>{word(language, why)}</p>"
    return document(language, word(language, "gone.title"), body, status=status)


def strange(parts: Parts, request: Request, language: Language) -> HTMLResponse:
    """The answer to a link that opens nothing; after too many of them, that it is enough."""
    key, now_ms = (address_of(request), "link"), parts.now_ms()
    if parts.strange_links.wait_ms(key, now_ms):
        return gone(language, status=429)
    parts.strange_links.count(key, now_ms)
    return gone(language)
