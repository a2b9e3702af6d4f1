"""Who may come in: one PIN, used once, five tries, and an end. No network in here, and time is handed in."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from edge.clock import Clock
from edge.kiosk.technician.opening import Opening

MOST_WRONG: Final = 5


class Answer(StrEnum):
    """What a PIN brought."""

    ENTERED = "entered"
    WRONG = "wrong"
    USED = "used"
    """Somebody is in with it already: a PIN is good once."""
    CLOSED = "closed"
    """Too many wrong PINs, or the time is over, or it was closed: only a new opening on the gate helps."""


class Access:
    """One opening. Wrong PINs count together, wherever they come from: a gate has no other way to know its callers.

    The session's token itself is known to the browser alone; its hash is enough to know it again after a restart.
    """

    def __init__(
        self,
        opening: Opening,
        clock: Clock,
        entered: str | None = None,
        keep: Callable[[str | None], None] = lambda _: None,
    ) -> None:
        """`entered`: the hash of the token of who is in already. `keep` is told that of who enters, and None at the end."""
        self._opening = opening
        self._clock = clock
        self._entered = entered
        self._keep = keep
        self._wrong = 0
        self._closed = False

    def enter(self, pin: str) -> tuple[Answer, str]:
        """Try a PIN. Returns the answer and, where it is ENTERED, the session's token."""
        if self.over:
            return Answer.CLOSED, ""
        if self._entered is not None:  # nobody guesses on, and nobody can lock out who is in
            return Answer.USED, ""
        if not self._opening.opened_by(pin):
            self._wrong += 1
            return (Answer.CLOSED if self.locked else Answer.WRONG), ""
        token = secrets.token_urlsafe(32)
        self._entered = _hashed(token)
        self._keep(self._entered)
        return Answer.ENTERED, token

    def holds(self, token: str | None) -> bool:
        """Whether this token may come in now."""
        if token is None or self._entered is None or self.over:
            return False
        return hmac.compare_digest(_hashed(token), self._entered)

    def close(self) -> None:
        """End it before its time."""
        self._closed = True
        self._keep(None)

    @property
    def tries_left(self) -> int:
        return MOST_WRONG - self._wrong

    @property
    def locked(self) -> bool:
        return self._wrong >= MOST_WRONG

    @property
    def remaining_s(self) -> float:
        return max(0.0, self._opening.until_s - self._clock.monotonic_s())

    @property
    def over(self) -> bool:
        return self._closed or self.locked or self.remaining_s <= 0.0


def _hashed(token: str) -> str:
    """Of 32 random bytes no salt or slowness is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
