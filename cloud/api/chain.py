"""The chain over the ledger: where it ends, who signed that, whether it holds, and the evidence to take away."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel, Field

from cloud.api.allowed import MayReadAudit, MayReadBoard, MayReadPeople
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.heads import SignedHead
from cloud.ledger.sites import ROOT
from cloud.refusals import Code
from cloud.store.accounts import note
from cloud.store.evidence import evidence
from cloud.store.heads import faults_of_heads, newest_signed, signed_heads
from cloud.store.verifying import head_at, head_of, verify_links

router = APIRouter(prefix="/api/chain", tags=["chain"])
MOST_LINKS: Final = 1_000
"""So many are looked through for one request; all of them by `menshen-cloud verify`, or with the evidence."""
Number = Annotated[int, Query(ge=1, le=2**62)]


class HeadView(BaseModel):
    """A signed head. Signed is `menshen ledger head 1`, number, link and at_ms, each on a line of its own."""

    number: int
    link: str = Field(description="the link's hash, hexadecimal")
    at_ms: int = Field(description="when it was signed, UTC")
    key: str = Field(description="the Ed25519 public key, base64")
    signature: str = Field(description="base64")


class HeadsView(BaseModel):
    """Newest first."""

    heads: list[HeadView]
    next: int | None = Field(description="hand this over as `before` for the next page; null at the end")


class ChainView(BaseModel):
    """Where the chain ends."""

    number: int = Field(description="how many links there are")
    link: str = Field(description="the hash of the newest, hexadecimal")
    key: str | None = Field(description="the public key that heads are signed with, base64; null: nothing is signed")
    signed: HeadView | None = Field(description="the newest signed head")


class Checked(BaseModel):
    """What was found under links `first` to `last`."""

    first: int
    last: int
    rows: int
    erased: int = Field(description="of how many rows the content was erased; their hashes hold")
    removed: int = Field(description="how many more rows stood there, and went when their time was over")
    signed: int = Field(description="how many signed heads there are; every one is looked at")
    faults: list[str] = Field(description="what is not as it was written; empty: nothing")


@router.get("", responses=REFUSALS)
def chain(_user: MayReadBoard, parts: PartsOf) -> ChainView:
    """Where the chain ends now."""
    with parts.database.reading() as connection:
        head, signed = head_of(connection), newest_signed(connection)
    return ChainView(
        number=head.number, link=head.link.hex(), key=_key(parts, signed), signed=None if signed is None else _view(signed)
    )


@router.get("/heads", responses=REFUSALS)
def heads(
    _user: MayReadBoard, parts: PartsOf, before: Number | None = None, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> HeadsView:
    """Signed heads, in pages. Kept elsewhere they show later whether the chain was written anew."""
    with parts.database.reading() as connection:
        found = signed_heads(connection, limit + 1, before)
    shown = found[:limit]
    return HeadsView(heads=[_view(one) for one in shown], next=shown[-1].number if len(found) > limit else None)


@router.get(
    "/key",
    responses={**REFUSALS, 200: {"content": {"application/x-pem-file": {}}}, 404: {"model": Problem}},
    response_class=PlainTextResponse,
)
def key(_user: MayReadBoard, parts: PartsOf) -> PlainTextResponse:
    """The public key that heads are signed with, as PEM."""
    with parts.database.reading() as connection:
        text = _key(parts, newest_signed(connection))
    if text is None:
        raise Refused(Code.NO_HEADS)
    pem = Ed25519PublicKey.from_public_bytes(b64decode(text)).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    headers = {"Content-Disposition": 'attachment; filename="menshen-ledger.pem"'}
    return PlainTextResponse(pem, media_type="application/x-pem-file", headers=headers)


@router.get("/check", responses=REFUSALS)
def check(
    _user: MayReadPeople, parts: PartsOf, last: Number | None = None, links: Annotated[int, Query(ge=1, le=MOST_LINKS)] = 200
) -> Checked:
    """Go through the newest links, or through those up to `last`; and through every signed head."""
    with parts.database.reading() as connection:
        end = min(last or 2**62, head_of(connection).number)
        before = max(0, end - links)
        found = verify_links(connection, head_at(connection, before), end)
        signed, faults = faults_of_heads(connection)
    return Checked(
        first=before + 1,
        last=end,
        rows=found.rows,
        erased=found.erased,
        removed=found.removed,
        signed=signed,
        faults=(found.faults + faults)[:100],
    )


@router.get(
    "/evidence",
    responses={**REFUSALS, 200: {"content": {"application/x-ndjson": {}}}},
    response_class=StreamingResponse,
)
def take_evidence(
    user: MayReadAudit,
    parts: PartsOf,
    first: Number = 1,
    last: Number | None = None,
    contents: Annotated[bool, Query(description="also what was written; it can be erased from this file no more")] = False,
) -> StreamingResponse:
    """What a third party needs to verify the ledger without this cloud (`menshen-cloud verify --file`). Of all sites."""
    if user.site != ROOT:
        raise Refused(Code.EVIDENCE_IS_OF_ALL)
    now_ms = parts.now_ms()
    with parts.database.writing() as connection:
        note(connection, user, "exported", "ledger evidence", now_ms, "with contents" if contents else "hashes only")
    day = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y-%m-%d")
    headers = {"Content-Disposition": f'attachment; filename="ledger-evidence-{day}.jsonl"', "Cache-Control": "no-store"}
    lines = _lines(parts, now_ms, first, last, contents=contents)
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


def _lines(parts: Parts, now_ms: int, first: int, last: int | None, *, contents: bool) -> Iterator[bytes]:
    with parts.database.reading() as connection:
        yield from evidence(connection, now_ms, first, last, contents=contents)


def _key(parts: Parts, signed: SignedHead | None) -> str | None:
    return parts.head_key or (None if signed is None else signed.key)


def _view(head: SignedHead) -> HeadView:
    return HeadView(**head.told())
