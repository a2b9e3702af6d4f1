"""How long the gate's own certificate still holds, and the alert before it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography import x509

from contract.messages.alert import AlertKind

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from edge.uplink.outbox import NewEvent
    from edge.uplink.own_events import OwnEvents

LOOK_EVERY_S: Final = 60.0
_DAY_S: Final = 86_400.0


def days_left(path: Path, now: datetime) -> float | None:
    """Days until the first certificate in a PEM file ends, negative when it has ended; None when it cannot be read."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None
    return (certificate.not_valid_after_utc - now).total_seconds() / _DAY_S


@dataclass(slots=True)
class CertificateWatch:
    """Looks once a minute. `days`: how many were left then; None without a certificate."""

    path: Path | None
    warn_days: float
    own: OwnEvents
    days: float | None = None
    _told: bool | None = None
    _looked_s: float = float("-inf")

    def look(self) -> NewEvent | None:
        """The alert to raise or take back now, if there is one."""
        now_s = self.own.clock.monotonic_s()
        if self.path is None or now_s - self._looked_s < LOOK_EVERY_S:
            return None
        self._looked_s = now_s
        self.days = days_left(self.path, self.own.clock.wall())
        ends = self.days is not None and self.days <= self.warn_days
        if ends == self._told:
            return None
        self._told = ends
        detail = _words(self.days) if self.days is not None else ""
        return self.own.alert(AlertKind.CERTIFICATE, "raised" if ends else "returned", detail)


def _words(days: float) -> str:
    when = "has ended" if days <= 0 else f"ends in {days:.0f} days"
    return f"The gate's certificate {when}: renew it, or the broker will not let the gate in."
