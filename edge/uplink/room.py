"""Room on the disk: the events' share of it, and a ballast file to throw off when it is full.

On a full disk SQLite cannot even delete (the log it writes first needs room), so an outbox could not empty itself. The
ballast is room kept for that moment. It is thrown off once, and must last: half of it is for SQLite's log, the other half for
events, and more the events may not take until there is room again.
"""

from __future__ import annotations

import logging
import math
import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edge.uplink.eviction import checkpoint, evict, used_bytes

if TYPE_CHECKING:
    from edge.uplink.outbox import Outbox
    from edge.uplink.own_events import OwnEvents

log = logging.getLogger(__name__)

_MIB: Final = 1 << 20
_STEPS_A_ROUND: Final = 8
"""Steps of eviction between two looks at the ring: an alert waits for no more than these."""


class Room:
    """Used by the writer's thread only.

    Args:
        share_mb: how much of the disk the events may take; never more than half of it.
        ballast_mb: size of the file to throw off; 0 for none. Half of it has to hold SQLite's log (4 MB between two checkpoints).
    """

    def __init__(self, outbox: Outbox, own: OwnEvents, database: Path, share_mb: float, ballast_mb: float) -> None:
        self._outbox = outbox
        self._own = own
        self._folder = database.parent
        self._ballast = database.with_name(database.name + ".ballast")
        self._ballast_bytes = int(ballast_mb * _MIB)
        self._share_bytes = share_mb * _MIB
        self._cap_bytes = math.inf
        self.evicted = 0

    @property
    def pressed(self) -> bool:
        """Whether the disk was full and there is no room for a new ballast yet: `keep` is due at every round."""
        return self._cap_bytes < math.inf

    def keep(self) -> bool:
        """Give up what exceeds the share, and put the ballast back when there is room for it. Returns whether more is to do.

        Raises sqlite3.OperationalError.
        """
        disk = shutil.disk_usage(self._folder)
        if disk.free >= 2 * self._ballast_bytes:
            self._cap_bytes = math.inf
        limit = min(self._share_bytes, disk.total / 2, self._cap_bytes)
        for _ in range(_STEPS_A_ROUND):
            if used_bytes(self._outbox) <= limit:
                self._load()
                return False
            if not self._evict():
                return False
        return True

    def make(self) -> bool:
        """The disk is full: throw the ballast off and give up one step of events. Returns whether something was gained.

        Raises sqlite3.OperationalError when even that cannot be written.
        """
        thrown = self._throw()
        checkpoint(self._outbox)  # the log then begins anew in the room it has
        gained = self._evict()
        checkpoint(self._outbox)
        self._cap_bytes = min(self._cap_bytes, used_bytes(self._outbox) + (self._ballast_bytes / 2 if thrown else 0))
        return gained or thrown

    def _evict(self) -> bool:
        gone = evict(self._outbox, self._own)
        if gone.lost:
            self.evicted += len(gone.lost)
            log.warning("%d events given up for want of room, up to number %d", len(gone.lost), gone.lost[-1])
        return bool(gone)

    def _throw(self) -> bool:
        try:
            self._ballast.unlink()
        except OSError:
            return False
        log.warning("the disk is full: the ballast %s is thrown off", self._ballast)
        return True

    def _load(self) -> None:
        """Put the ballast there; not while the disk would be nearly full with it."""
        try:
            if self._ballast_bytes == 0 or self._ballast.exists():
                return
            if shutil.disk_usage(self._folder).free < 2 * self._ballast_bytes:
                return
            with os.fdopen(os.open(self._ballast, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._ballast_bytes)
        except OSError as wrong:
            log.warning("no ballast could be put on the disk (%s)", wrong)
            self._throw()


def is_full(fault: sqlite3.OperationalError) -> bool:
    """Whether `fault` says that there is no room, and not that the disk is read-only, busy or broken."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
