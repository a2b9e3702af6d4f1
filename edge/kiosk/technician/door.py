"""Opens the technician's page when it is asked for on the gate, and sees that it closes."""

from __future__ import annotations

import asyncio
import logging
import math
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any, Final

from starlette.routing import Route

from edge.board import Board
from edge.clock import Clock
from edge.config.technician import TechnicianConfig
from edge.errors import BusyPortError
from edge.kiosk.local_server import ROUND_S, LocalServer, listen
from edge.kiosk.technician.access import Access
from edge.kiosk.technician.looker import Looker
from edge.kiosk.technician.opening import Opening
from edge.kiosk.technician.server import create_app

log = logging.getLogger("menshen.technician")

CLOSED: Final = {"state": "closed"}
LINGER_S: Final = 1.5


@dataclass(frozen=True, slots=True)
class Entered:
    """Who was in when the process ended.

    Attributes:
        hashed: of the session's token.
        port: where the page was served.
    """

    opening: Opening
    hashed: str
    port: int


class Door:
    """Nothing listens until an opening is posted; with its end nothing listens again.

    Attributes:
        note: for the kiosk's board: {"state": "closed" | "open" | "refused", "opening", "port" or "why"}.
    """

    def __init__(
        self,
        config: TechnicianConfig,
        asked: Board,
        session: Board,
        looker: Callable[[], Looker],
        names: Callable[[], frozenset[str]],
        clock: Clock,
        rooms: Callable[[Access], list[Route]] = lambda _: [],
        home: str = "/",
    ) -> None:
        """`asked`: the board openings are posted on. What stands there already was for an earlier process and opens nothing.

        `session`: where this process notes who has entered. Whoever had, when it ended, is let in again by the next one, to the
        end of the same opening: a technician who changes settings makes the gate start its processes again.

        `rooms`: further routes behind the PIN; `home`: the page on which one begins.
        """
        self._config, self._asked, self._session, self._clock = config, asked, session, clock
        self._looker, self._names, self._rooms, self._home = looker, names, rooms, home
        self._version = asked.version
        self.note: dict[str, Any] = dict(CLOSED)

    async def keep(self, stopped: Callable[[], bool]) -> None:
        """Until `stopped`."""
        entered = self._still_in()
        if entered is not None:
            await self._open(entered.opening, stopped, entered)
        while not stopped():
            opening = self._newest()
            if opening is not None:
                await self._open(opening, stopped)
            else:
                await asyncio.sleep(ROUND_S)

    def _newest(self) -> Opening | None:
        version = self._asked.version
        if version == self._version:
            return None
        self._version = version
        note = self._asked.read()
        return None if note is None else Opening.of(note)

    def _still_in(self) -> Entered | None:
        """Who had entered when the process before this one ended; None where nobody, or the time is over."""
        asked, session = self._asked.read(), self._session.read()
        if asked is None or session is None or session["entered"] is None or session["opening"] != asked["name"]:
            return None
        opening = Opening.of(asked)
        over = self._clock.monotonic_s() >= opening.until_s
        return None if over else Entered(opening, session["entered"], session["port"])

    async def _open(self, opening: Opening, stopped: Callable[[], bool], entered: Entered | None = None) -> None:
        """Serve it to its end, or to the next one's beginning."""
        if self._config.listen is None:
            self._refuse(opening, "technician.listen is not set")
            return
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(opening.certificate)
            port = self._config.port or (entered.port if entered else 0)
            listening = listen(port, f"technician.port = {self._config.port}", self._config.listen)
        except (BusyPortError, OSError) as refused:
            self._refuse(opening, str(refused))
            return
        with listening:
            await self._serve(opening, listening, stopped, entered)

    async def _serve(
        self, opening: Opening, listening: socket, stopped: Callable[[], bool], entered: Entered | None = None
    ) -> None:
        port = listening.getsockname()[1]

        def keep(hashed: str | None) -> None:
            self._session.post({"opening": opening.name, "entered": hashed, "port": port}, self._clock.monotonic_s())

        access = Access(opening, self._clock, entered.hashed if entered else None, keep)
        # In a thread: what the pages need is loaded now, and the visitor's screen goes on meanwhile.
        looker, rooms = await asyncio.to_thread(lambda: (self._looker(), self._rooms(access)))
        server = LocalServer(create_app(access, looker, self._names(), rooms, self._home), Path(opening.certificate))
        self.note = {"state": "open", "opening": opening.name, "port": port}
        again = " again" if entered else ""
        log.warning("the technician's page is open%s for %.0f s, asked for by %s", again, access.remaining_s, opening.by)
        await server.serve_until(listening, self._end_of(access, stopped))
        why = "locked" if access.locked else "its time is over" if access.remaining_s <= 0 else "ended"
        log.warning("the technician's page is closed: %s", why)
        self.note = {**CLOSED, "opening": opening.name}

    def _end_of(self, access: Access, stopped: Callable[[], bool]) -> Callable[[], bool]:
        """True from LINGER_S after the end of `access`; until then whoever asks hears that it is over. At once for the rest."""
        loop, over_s = asyncio.get_running_loop(), math.inf

        def ended() -> bool:
            nonlocal over_s
            if access.over:
                over_s = min(over_s, loop.time())
            return stopped() or self._asked.version != self._version or loop.time() - over_s >= LINGER_S

        return ended

    def _refuse(self, opening: Opening, why: str) -> None:
        log.error("the technician's page cannot be opened: %s", why)
        self.note = {"state": "refused", "opening": opening.name, "why": why}
