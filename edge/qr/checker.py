"""Whether what was shown is good: signature, site, time, not withdrawn, and a pass not used before. No network is asked."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contract.tokens import PREFIX, Refusal, RefusedTokenError, Token, TokenKind, check_times, from_text, signed_bytes
from edge.clock import clock_ok
from edge.qr.withdrawn_list import WithdrawnList


class Used(Protocol):
    """Passes this gate has taken, on disk."""

    def take(self, number: str, until_s: int, now_s: float) -> bool:
        """Remember it before anybody is told. False where it was taken before."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody held before the camera.

    Attributes:
        token: it, where it is good.
        refused: why it is not, in words.
        why: and in one word, for the record; None where it is good, or was never made to be one of this system.
        number: of a pass that is refused and really was signed for a site.
    """

    token: Token | None
    refused: str = ""
    why: Refusal | None = None
    number: str | None = None


class Checker:
    """For one site, with the cloud's public keys: one, and a second while it is being changed.

    `withdrawn` is the file of what the cloud has told since; it may name other keys.
    """

    def __init__(self, site: str, keys: Iterable[str], used: Used, withdrawn: Path | None = None) -> None:
        self._site, self._used = site, used
        self._withdrawn = WithdrawnList(withdrawn, keys)

    def look(self) -> None:
        """See what was withdrawn meanwhile."""
        self._withdrawn.look()

    def check(self, text: str, wall: datetime) -> Shown:
        """Judge one text at the gate's own time. A pass that is good is used up by this."""
        number = None
        try:
            token, signature = from_text(text)
            self._believe(token, signature)
            number = token.holder if token.kind is TokenKind.PASS else None
            self._good_now(token, wall)
            self._use_up(token, wall)
        except RefusedTokenError as refused:
            return Shown(None, refused.what, refused.why if text.startswith(PREFIX) else None, number)
        return Shown(token)

    def _believe(self, token: Token, signature: bytes) -> None:
        if not any(_signed(key, signature, token) for key in self._withdrawn.now.keys):
            raise RefusedTokenError(Refusal.UNKNOWN_KEY, "it is not signed with a key that this gate knows")

    def _good_now(self, token: Token, wall: datetime) -> None:
        if token.site != self._site:
            raise RefusedTokenError(Refusal.OTHER_SITE, "it is for another site")
        if not clock_ok(wall):
            why = "the gate's clock cannot be right, so nobody can say whether it has run out"
            raise RefusedTokenError(Refusal.CLOCK, why)
        check_times(token, wall.timestamp())
        if token.holder in self._withdrawn.now.numbers:
            raise RefusedTokenError(Refusal.WITHDRAWN, "it was withdrawn")

    def _use_up(self, token: Token, wall: datetime) -> None:
        if token.kind is TokenKind.PASS and not self._used.take(token.holder, token.until_s, wall.timestamp()):
            raise RefusedTokenError(Refusal.USED, "it was used before")


@cache
def _public(key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(b64decode(key))


def _signed(key: str, signature: bytes, token: Token) -> bool:
    try:
        _public(key).verify(signature, signed_bytes(token))
    except InvalidSignature:
        return False
    return True
