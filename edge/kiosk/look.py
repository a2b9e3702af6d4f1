"""A guard looks: pictures of the mirror go to the cloud while one is asked for, and the visitor's screen says so.

Lives in the kiosk process, which has the mirror: the loop does not wait for a network, and nothing but what the mirror shows,
faces covered, can leave this way.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import TYPE_CHECKING, Final

from contract.commands import Verb
from contract.live import LASTS_S, MOST_BYTES, PATH, PICTURE_EVERY_S
from edge.board import Board
from edge.clock import Clock
from edge.kiosk.mirror import Mirror
from edge.orders import KEPT, Order, from_note

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

log = logging.getLogger(__name__)

ROUND_S: Final = 0.1
LOOK_S: Final = 0.02
NOTICE_S: Final = 1.2
"""The visitor's screen hears within a second; only then the first picture goes."""
PATIENCE_S: Final = 5.0
"""For the cloud to answer, and to take a picture."""
_HEARD_BYTES: Final = 1024


@dataclass(slots=True)
class Look:
    """Obeys `live` commands, one at a time; a newer one waits until the former ends.

    Attributes:
        orders: the uplink's board; what stands on it at the start is not obeyed.
        mirror: makes one for each look.
        url: the cloud's address; trust: for https.
        watched: whether somebody looks now.
    """

    orders: Board
    mirror: Callable[[], Mirror]
    url: str
    trust: SSLContext | None
    clock: Clock
    watched: bool = False
    _known: deque[str] = field(init=False)
    _version: int = field(init=False)

    def __post_init__(self) -> None:
        self._version = self.orders.version
        self._known = deque((order.command for order in from_note(self.orders.read()).last), maxlen=8 * KEPT)

    async def keep(self, stopped: Callable[[], bool]) -> None:
        """Until `stopped`."""
        while not stopped():
            for order in self._new():
                await self._obey(order, stopped)
            await asyncio.sleep(ROUND_S)

    def _new(self) -> list[Order]:
        if self.orders.version == self._version:
            return []
        self._version = self.orders.version
        fresh = [order for order in from_note(self.orders.read()).last if order.command not in self._known]
        self._known.extend(order.command for order in fresh)
        return [order for order in fresh if order.verb is Verb.LIVE]

    async def _obey(self, order: Order, stopped: Callable[[], bool]) -> None:
        if self.clock.monotonic_s() >= order.until_s:
            return
        # Not before somebody looks: most gates never need it.
        from websockets.asyncio.client import connect
        from websockets.exceptions import WebSocketException

        headers = {"Authorization": f"Bearer {order.arguments['ticket']}"}
        address = f"ws{self.url.removeprefix('http').rstrip('/')}{PATH}"
        try:
            async with connect(
                address,
                ssl=self.trust,
                additional_headers=headers,
                compression=None,
                proxy=None,
                open_timeout=PATIENCE_S,
                close_timeout=1.0,
                max_size=_HEARD_BYTES,
            ) as socket:
                self.watched = True
                log.info("%s looks at the picture", order.issuer, extra={"person": order.issuer})
                await self._show(socket, stopped)
        except (OSError, TimeoutError, WebSocketException) as ended:
            log.info("a look ended: %s", str(ended) or type(ended).__name__)
        finally:
            self.watched = False

    async def _show(self, socket: ClientConnection, stopped: Callable[[], bool]) -> None:
        mirror, began_s = self.mirror(), self.clock.monotonic_s()
        due_s = began_s + NOTICE_S
        while not stopped() and (now_s := self.clock.monotonic_s()) < began_s + LASTS_S:
            mirror.look(now_s)
            if now_s >= due_s:
                due_s = now_s + PICTURE_EVERY_S
                picture = mirror.jpeg(now_s)
                if picture is not None and len(picture) <= MOST_BYTES:
                    async with asyncio.timeout(PATIENCE_S):
                        await socket.send(picture)
            if socket.close_code is not None:
                return
            await asyncio.sleep(LOOK_S)
