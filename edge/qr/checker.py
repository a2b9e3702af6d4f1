"""Whether what was shown is good: signature, site, time, and a pass not used before. Nothing is asked over a network."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contract.errors import MessageError
from contract.tokens import Token, TokenKind, check_times, from_text, signed_bytes
from edge.clock import clock_ok


class Used(Protocol):
    """Passes this gate has taken, on disk."""

    def take(self, number: str, until_s: int, now_s: float) -> bool:
        """Remember it before anybody is told. False where it was taken before."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody held before the camera: the token that is good, or why it is not."""

    token: Token | None
    refused: str = ""


class Checker:
    """For one site, with the cloud's public keys: one, and a second while it is being changed."""

    def __init__(self, site: str, keys: Iterable[str], used: Used) -> None:
        self._site, self._used = site, used
        self._keys = [Ed25519PublicKey.from_public_bytes(b64decode(key)) for key in keys]

    def check(self, text: str, wall: datetime) -> Shown:
        """Judge one text at the gate's own time. A pass that is good is used up by this."""
        try:
            token, signature = from_text(text)
            self._believe(token, signature)
            self._good_now(token, wall)
        except MessageError as refused:
            return Shown(None, refused.what)
        if token.kind is TokenKind.PASS and not self._used.take(token.holder, token.until_s, wall.timestamp()):
            return Shown(None, "it was used before")
        return Shown(token)

    def _believe(self, token: Token, signature: bytes) -> None:
        if not any(_signed(key, signature, token) for key in self._keys):
            raise MessageError("it is not signed with a key that this gate knows")
        if token.site != self._site:
            raise MessageError("it is for another site")

    def _good_now(self, token: Token, wall: datetime) -> None:
        if not clock_ok(wall):
            raise MessageError("the gate's clock cannot be right, so nobody can say whether it has run out")
        check_times(token, wall.timestamp())


def _signed(key: Ed25519PublicKey, signature: bytes, token: Token) -> bool:
    try:
        key.verify(signature, signed_bytes(token))
    except InvalidSignature:
        return False
    return True
