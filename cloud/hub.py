"""The live hub: reads what a commit has changed once, and hands it to every screen that listens."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from cloud.store.database import Database
from cloud.store.feed import last_change
from cloud.store.views.changes import Change, changes_after
from cloud.store.views.models import moment

log = logging.getLogger(__name__)

BEAT_S: Final = 2.0
POLL_S: Final = 0.5
"""Changes of another process are seen after so long at the latest; those of this one at once."""
GATHER_S: Final = 0.03
RESET: Final = "event: reset\ndata: {}\n\n"
QUEUE: Final = 2_000
"""A screen that lets more events wait is cut off; it resumes where it was."""


class Screen:
    """One listener's bounded queue of events, each as the text of the stream."""

    def __init__(self) -> None:
        self._texts: deque[tuple[int, str]] = deque()
        self._filled = asyncio.Event()
        self.closed = False

    def put(self, number: int, text: str) -> None:
        """Never waits. A full queue closes the screen."""
        if len(self._texts) >= QUEUE:
            self.close()
        else:
            self._texts.append((number, text))
            self._filled.set()

    def close(self) -> None:
        self.closed = True
        self._filled.set()

    async def texts(self, after: int) -> AsyncIterator[str]:
        """Events with a number above `after`, and beats, until closed."""
        while not self.closed:
            await self._filled.wait()
            self._filled.clear()
            while self._texts and not self.closed:
                number, text = self._texts.popleft()
                if number > after or number == 0:
                    yield text


class Hub:
    """Lives in the server's event loop; `poke` may be called from any thread."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database, self._now_ms = database, now_ms
        self._screens: set[Screen] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._poked = asyncio.Event()
        self._last = 0
        self._closing = False
        self.cut_off = 0

    @property
    def screens(self) -> int:
        """How many listen."""
        return len(self._screens)

    def poke(self) -> None:
        """Something was committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._poked.set)

    def close(self) -> None:
        """End every stream, so that the server can stop. May be called from a signal handler."""
        self._closing = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._close_screens)

    def _close_screens(self) -> None:
        for screen in self._screens:
            screen.close()

    async def run(self) -> None:
        """Hand changes and beats out, until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._last = await self._first()
        beat_at_s = self._loop.time()
        while True:
            try:
                await asyncio.wait_for(self._poked.wait(), POLL_S)
                await asyncio.sleep(GATHER_S)
            except TimeoutError:
                pass
            self._poked.clear()
            await self._hand_out()
            if self._loop.time() >= beat_at_s:
                beat_at_s = self._loop.time() + BEAT_S
                self._to_all(0, self.beat())

    async def listen(self, after: int) -> AsyncIterator[str]:
        """The stream of one screen: what it has missed, then what happens."""
        with self._screen() as screen:
            if after > await asyncio.to_thread(self._newest):
                yield RESET  # a number of another ledger: this screen has to begin anew
                return
            missed = await asyncio.to_thread(changes_after, self._database, after, self._now_ms())
            for change in missed:
                yield as_text(change)
            yield self.beat()
            async for text in screen.texts(max((change.number for change in missed), default=after)):
                yield text

    def beat(self) -> str:
        """A sign of life."""
        return f'event: beat\ndata: {{"server_time":"{moment(self._now_ms()).isoformat()}","feed":{self._last}}}\n\n'

    @contextmanager
    def _screen(self) -> Iterator[Screen]:
        screen = Screen()
        screen.closed = self._closing
        self._screens.add(screen)
        try:
            yield screen
        finally:
            self._screens.discard(screen)

    async def _hand_out(self) -> None:
        try:
            changes = await asyncio.to_thread(changes_after, self._database, self._last, self._now_ms())
        except SQLAlchemyError:
            log.exception("the ledger cannot be read; screens are told when it can")
            return
        for change in changes:
            self._to_all(change.number, as_text(change))
            self._last = change.number

    def _to_all(self, number: int, text: str) -> None:
        for screen in self._screens:
            screen.put(number, text)
        full = {screen for screen in self._screens if screen.closed}
        self._screens -= full
        self.cut_off += 0 if self._closing else len(full)

    async def _first(self) -> int:
        """The newest change now, as soon as the ledger can be read."""
        while True:
            try:
                return await asyncio.to_thread(self._newest)
            except SQLAlchemyError as away:
                log.warning("the ledger cannot be read: %s", away)
                await asyncio.sleep(POLL_S)

    def _newest(self) -> int:
        with self._database.reading() as connection:
            return last_change(connection)


def as_text(change: Change) -> str:
    """One event of the stream."""
    return f"id: {change.number}\nevent: {change.name}\ndata: {change.row.model_dump_json()}\n\n"
