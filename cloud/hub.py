"""The live hub: reads what a commit has changed once, and hands it to every screen that listens."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from cloud.ledger.sites import EVERYTHING, ROOT, Sight, is_within
from cloud.store.database import Database
from cloud.store.feed import last_change
from cloud.store.sites import sites_of_gates
from cloud.store.views.changes import Change, changes_after
from cloud.store.views.models import GateView, ItemView, VisitView, moment

log = logging.getLogger(__name__)

BEAT_S: Final = 2.0
POLL_S: Final = 0.5
"""Changes of another process are seen after so long at the latest; those of this one at once."""
GATHER_S: Final = 0.03
RESET: Final = "event: reset\ndata: {}\n\n"
QUEUE: Final = 2_000
"""A screen that lets more events wait is cut off; it resumes where it was."""


class Screen:
    """One listener's bounded queue of events, each as the text of the stream. `user`: who looks; `sight`: how far."""

    def __init__(self, user: str = "", sight: Sight = EVERYTHING) -> None:
        self.user, self.sight = user, sight
        self._sees_all = sight == EVERYTHING
        self._texts: deque[tuple[int, str]] = deque()
        self._filled = asyncio.Event()
        self.closed = self._ending = False

    def put(self, number: int, text: str) -> None:
        """Never waits. A full queue closes the screen; nothing follows the word to begin anew."""
        if len(self._texts) >= QUEUE:
            self.close()
        elif not self._ending:
            self._texts.append((number, text))
            self._filled.set()

    def close(self) -> None:
        self.closed = True
        self._filled.set()

    def begin_anew(self) -> None:
        """What this screen shows is no longer what it may see: it is told so, and closed."""
        self._texts.clear()
        self._texts.append((0, RESET))
        self._ending = True
        self._filled.set()

    def sees(self, site: str, *, person: bool) -> bool:
        """Whether a change at a gate of `site` is for this screen; `person`: it concerns a single one."""
        return self._sees_all or (is_within(site, self.sight.site) and (self.sight.people or not person))

    async def texts(self, after: int) -> AsyncIterator[str]:
        """Events with a number above `after`, and beats, until closed."""
        while not self.closed:
            await self._filled.wait()
            self._filled.clear()
            while self._texts and not self.closed:
                number, text = self._texts.popleft()
                if number > after or number == 0:
                    yield text
            if self._ending:
                self.closed = True


class Hub:
    """Lives in the server's event loop; `poke` may be called from any thread."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database, self._now_ms = database, now_ms
        self._screens: set[Screen] = set()
        self._sites: dict[str, str] = {}
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

    def _close_screens(self, user: str | None = None) -> None:
        for screen in self._screens:
            if user is None or screen.user == user:
                screen.close()

    def end(self, user: str) -> None:
        """End the streams of one account. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._close_screens, user)

    async def run(self) -> None:
        """Hand changes and beats out, until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._last, self._sites = await self._first()
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

    async def listen(self, after: int, user: str = "", sight: Sight = EVERYTHING) -> AsyncIterator[str]:
        """The stream of one screen: what it has missed, then what happens, as far as `sight` reaches."""
        with self._screen(user, sight) as screen:
            if after > await asyncio.to_thread(self._newest):
                yield RESET  # a number of another ledger: this screen has to begin anew
                return
            missed = await asyncio.to_thread(changes_after, self._database, after, self._now_ms(), sight)
            for change in missed:
                yield as_text(change)
            yield self.beat()
            async for text in screen.texts(max((change.number for change in missed), default=after)):
                yield text

    def beat(self) -> str:
        """A sign of life."""
        return f'event: beat\ndata: {{"server_time":"{moment(self._now_ms()).isoformat()}","feed":{self._last}}}\n\n'

    @contextmanager
    def _screen(self, user: str, sight: Sight) -> Iterator[Screen]:
        screen = Screen(user, sight)
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
            if isinstance(change.row, GateView):
                self._place(change.row.gate, change.row.site)
        for change in changes:
            self._to_all(change.number, as_text(change), change)
            self._last = change.number

    def _place(self, gate: str, site: str) -> None:
        """Where the gate stands now. A screen into whose sight it comes, or out of it, has to begin anew."""
        before = self._sites.get(gate)
        self._sites[gate] = site
        if before not in (None, site):
            for screen in self._screens:
                if is_within(before or ROOT, screen.sight.site) != is_within(site, screen.sight.site):
                    screen.begin_anew()

    def _to_all(self, number: int, text: str, change: Change | None = None) -> None:
        site, person = (ROOT, False) if change is None else (self._sites.get(change.row.gate, ROOT), is_of_person(change))
        for screen in self._screens:
            if change is None or screen.sees(site, person=person):
                screen.put(number, text)
        full = {screen for screen in self._screens if screen.closed}
        self._screens -= full
        self.cut_off += 0 if self._closing else len(full)

    async def _first(self) -> tuple[int, dict[str, str]]:
        """The newest change now, and where gates stand, as soon as the ledger can be read."""
        while True:
            try:
                return await asyncio.to_thread(self._begin)
            except SQLAlchemyError as away:
                log.warning("the ledger cannot be read: %s", away)
                await asyncio.sleep(POLL_S)

    def _begin(self) -> tuple[int, dict[str, str]]:
        with self._database.reading() as connection:
            return last_change(connection), sites_of_gates(connection, ROOT)

    def _newest(self) -> int:
        with self._database.reading() as connection:
            return last_change(connection)


def is_of_person(change: Change) -> bool:
    """Whether it is a visit or a case."""
    return isinstance(change.row, VisitView) or (isinstance(change.row, ItemView) and change.row.type == "case")


def as_text(change: Change) -> str:
    """One event of the stream."""
    return f"id: {change.number}\nevent: {change.name}\ndata: {change.row.model_dump_json()}\n\n"
