"""Live pictures on their way from a gate to the one screen that asked: the newest in memory, and nothing anywhere else."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Final

MOST: Final = 16
"""So many looks may go on at once."""
LONGEST_S: Final = 90.0
"""No look lasts longer, whatever becomes of its two sides."""


class BusyError(Exception):
    """Somebody looks through this gate already, or too many look at all."""


@dataclass(slots=True)
class Look:
    """One minute of pictures of one gate for one screen. `arrived`: the gate is there; `ended`: either side is gone."""

    gate: str
    user: str
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    arrived: bool = False
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    pictures: int = 0
    _newest: bytes | None = field(default=None, repr=False)
    _fresh: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, picture: bytes) -> None:
        """The newest picture; one that the screen did not take in time is forgotten."""
        self._newest, self.pictures = picture, self.pictures + 1
        self._fresh.set()

    def end(self) -> None:
        self._newest = None
        self.ended.set()
        self._fresh.set()

    async def next(self) -> bytes | None:
        """The next picture; None when it is over."""
        await self._fresh.wait()
        self._fresh.clear()
        picture, self._newest = self._newest, None
        return None if self.ended.is_set() else picture


class Relay:
    """Lives in the server's event loop."""

    def __init__(self) -> None:
        self._looks: dict[str, Look] = {}

    def open(self, gate: str, user: str) -> Look:
        """A look that waits for the gate's pictures. Raises BusyError."""
        if len(self._looks) >= MOST or any(look.gate == gate for look in self._looks.values()):
            raise BusyError
        look = Look(gate, user)
        self._looks[look.ticket] = look
        asyncio.get_running_loop().call_later(LONGEST_S, self.close, look)
        return look

    def claim(self, ticket: str) -> Look | None:
        """The look this ticket is for; a ticket is good once."""
        look = self._looks.get(ticket)
        if look is None or look.arrived or look.ended.is_set():
            return None
        look.arrived = True
        return look

    def close(self, look: Look) -> None:
        """Over, for both sides."""
        look.end()
        self._looks.pop(look.ticket, None)
