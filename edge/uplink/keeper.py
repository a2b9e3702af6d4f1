"""What is done about the database once a minute: forget what is over, hold the share, and say what a person must know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contract.messages.alert import AlertKind
from edge.uplink.certificate import CertificateWatch
from edge.uplink.room import Room

if TYPE_CHECKING:
    from edge.config.tree import UplinkConfig
    from edge.uplink.outbox import Outbox
    from edge.uplink.own_events import OwnEvents

_PURGE_ROWS: Final = 1000


class Keeper:
    """Used by the writer's thread only. Methods raise sqlite3.OperationalError."""

    def __init__(self, outbox: Outbox, own: OwnEvents, config: UplinkConfig) -> None:
        self._outbox = outbox
        self._own = own
        self._keep_s = config.keep_h * 3600
        self._room = Room(outbox, own, config.database, config.share_mb, config.ballast_mb)
        self._certificate = CertificateWatch(config.broker.cert_file, config.broker.certificate_warn_days, own)
        self._told_damage = outbox.set_aside is None

    @property
    def evicted(self) -> int:
        """Events given up by this process."""
        return self._room.evicted

    @property
    def pressed(self) -> bool:
        """Whether `hold` is due at every round."""
        return self._room.pressed

    @property
    def certificate_days(self) -> float | None:
        return None if self._certificate.days is None else round(self._certificate.days, 1)

    def keep(self) -> bool:
        """Returns whether there is more to do soon."""
        self._say()
        forgotten = self._outbox.purge(self._own.clock.wall().timestamp() - self._keep_s, _PURGE_ROWS)
        more = self._room.keep()
        self._outbox.release()
        return more or forgotten >= _PURGE_ROWS

    def hold(self) -> bool:
        """Hold the share, and nothing else. Returns whether there is more to do."""
        more = self._room.keep()
        self._outbox.release()
        return more

    def make_room(self) -> bool:
        """The disk is full. Returns whether something was gained."""
        return self._room.make()

    def _say(self) -> None:
        if not self._told_damage:
            detail = f"The events' database was damaged; it is kept as {self._outbox.set_aside} and a new one begun."
            self._outbox.tell_damage(self._own.alert(AlertKind.EVENTS_DATABASE, "raised", detail))
            self._told_damage = True
        certificate = self._certificate.look()
        if certificate is not None:
            self._outbox.add([certificate])
