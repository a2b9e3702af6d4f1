"""What a person shows to a gate's camera as a QR code: a staff badge that changes all the time, or a pass for one visit.

The text is `MENSHEN1:` and base32 without padding (RFC 4648; a QR code's alphanumeric mode holds it) of the token and an Ed25519
signature (RFC 8032) over `signed_bytes`. It names nobody: `holder` is a number that only the cloud can turn into a person. It
says who is expected; it never replaces a verdict.
"""

from __future__ import annotations

import re
import struct
from base64 import b32decode, b32encode
from binascii import Error as NoBase32Error
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contract.errors import MessageError

PREFIX: Final = "MENSHEN1:"
SIGNATURE_BYTES: Final = 64
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}")
LONGEST_TEXT: Final = 400
AHEAD_S: Final = 30
"""The cloud's clock may be so much ahead of the gate's."""
_DOMAIN: Final = b"menshen token 1\n"
"""What is signed for this purpose means nothing for another."""
_HEAD: Final = struct.Struct("<BII")


class TokenKind(StrEnum):
    BADGE = "badge"
    """Of staff. Its page makes a fresh one every half minute, so that a photograph of it is soon worth nothing."""
    PASS = "pass"
    """Of one visitor, for one visit; a gate takes it once."""


class Refusal(StrEnum):
    """Why a gate does not take what was shown."""

    DAMAGED = "damaged"
    """It cannot be read, or is none of this system."""
    UNKNOWN_KEY = "unknown_key"
    OTHER_SITE = "other_site"
    CLOCK = "clock"
    """The gate's clock cannot be right."""
    TOO_LONG = "too_long"
    EARLY = "early"
    OVER = "over"
    USED = "used"
    WITHDRAWN = "withdrawn"
    """Revoked, cancelled, or used at another gate of the site."""
    NOT_NOTED = "not_noted"


class RefusedTokenError(MessageError):
    """A badge or pass that is not good here and now. Attributes: why, the reason in one word."""

    def __init__(self, why: Refusal, what: str) -> None:
        super().__init__(what)
        self.why = why


_KINDS: Final = (TokenKind.BADGE, TokenKind.PASS)
LONGEST_S: Final = {TokenKind.BADGE: 90, TokenKind.PASS: 7 * 86_400}
"""A token lasts no longer than this from its issue."""


@dataclass(frozen=True, slots=True)
class Token:
    """Seconds are those of UTC since 1970.

    Attributes:
        kind: what it is.
        holder: whose it is, by a number the cloud gave; of a pass its own number. Like `site` up to 32 letters, digits, `_.:-`.
            What stands before a colon is its class, such as `driver:17`.
        site: where it is good.
        issued_s, until_s: from when until when.
    """

    kind: TokenKind
    holder: str
    site: str
    issued_s: int
    until_s: int


def class_of(holder: str) -> str | None:
    """The class of people or vehicles that this number belongs to; None where it tells none."""
    name, colon, _ = holder.partition(":")
    return name if colon else None


def token_bytes(token: Token) -> bytes:
    """The one form of a token. Raises MessageError for names it cannot hold."""
    try:
        names = [_name(text) for text in (token.holder, token.site)]
        return _HEAD.pack(_KINDS.index(token.kind), token.issued_s, token.until_s) + b"".join(names)
    except struct.error as wrong:
        raise MessageError(f"times that are none: {token.issued_s} to {token.until_s}") from wrong


def _name(text: str) -> bytes:
    if not _NAME.fullmatch(text):
        raise MessageError(f"{text!r} is not 1 to 32 letters, digits and _.:- that begin with a letter or digit")
    return bytes([len(text)]) + text.encode("ascii")


def signed_bytes(token: Token) -> bytes:
    """What the signature is over."""
    return _DOMAIN + token_bytes(token)


def to_text(token: Token, signature: bytes) -> str:
    """What stands in the QR code."""
    return PREFIX + b32encode(token_bytes(token) + signature).decode("ascii").rstrip("=")


def from_text(text: str) -> tuple[Token, bytes]:
    """The token and its signature, which is still to be checked. Raises RefusedTokenError for anything else."""
    body = text.removeprefix(PREFIX)
    if body == text or len(text) > LONGEST_TEXT:
        raise RefusedTokenError(Refusal.DAMAGED, "it is no badge or pass of this system")
    try:
        packed = b32decode(body + "=" * (-len(body) % 8))
    except (NoBase32Error, ValueError) as wrong:
        raise RefusedTokenError(Refusal.DAMAGED, "it is damaged") from wrong
    token = _unpacked(packed[:-SIGNATURE_BYTES])
    if to_text(token, packed[-SIGNATURE_BYTES:]) != text:
        raise RefusedTokenError(Refusal.DAMAGED, "it is damaged")  # one text for one token: no other spelling of it is taken
    return token, packed[-SIGNATURE_BYTES:]


def _unpacked(packed: bytes) -> Token:
    try:
        kind, issued_s, until_s = _HEAD.unpack_from(packed)
        start = _HEAD.size
        end = start + 1 + packed[start]
        holder, site = packed[start + 1 : end].decode("ascii"), packed[end + 1 : end + 1 + packed[end]].decode("ascii")
        return Token(_KINDS[kind], holder, site, issued_s, until_s)
    except (struct.error, IndexError, UnicodeDecodeError) as wrong:
        raise RefusedTokenError(Refusal.DAMAGED, "it is damaged") from wrong


def check_times(token: Token, now_s: float) -> None:
    """Raises RefusedTokenError for a token that is not good now."""
    if not 0 < token.until_s - token.issued_s <= LONGEST_S[token.kind]:
        raise RefusedTokenError(Refusal.TOO_LONG, "it does not end as such a one must")
    if token.issued_s > now_s + AHEAD_S:
        raise RefusedTokenError(Refusal.EARLY, "it is not good yet")
    if now_s >= token.until_s:
        raise RefusedTokenError(Refusal.OVER, "it has run out")
