"""The codes of a badge: a fresh one every half minute, each good for a minute and a half. No clock in here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contract.tokens import LONGEST_S, Token, TokenKind

FRESH_S: Final = 30
LASTS_S: Final = LONGEST_S[TokenKind.BADGE]
AHEAD: Final = 20
"""So many codes a page has in advance, so that it goes on for ten minutes without a network."""
FORGOTTEN_MS: Final = 86_400_000
"""A revoked badge is told to gates for so long: by then its last code has run out long ago."""


def badge_tokens(holder: str, site: str, now_ms: int) -> Iterator[Token]:
    """Those of now and of the next ten minutes. Shared half minutes: who asks twice gets the same."""
    begin_s = now_ms // 1000 // FRESH_S * FRESH_S
    for after_s in range(0, AHEAD * FRESH_S, FRESH_S):
        yield Token(TokenKind.BADGE, holder, site, begin_s + after_s, begin_s + after_s + LASTS_S)
