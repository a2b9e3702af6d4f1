"""What a gate is given beside its certificate, out of the cloud's settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cloud.dispatch.signer import Signer
from cloud.passes.signer import BadgeSigner
from cloud.settings import CloudSettings


@dataclass(frozen=True, slots=True)
class Terms:
    """Attributes: folder, of the authority; certificate_days, how long a certificate lasts; the rest is handed on to gates."""

    folder: Path
    certificate_days: int
    broker_host: str
    broker_port: int
    command_keys: tuple[str, ...] = ()
    badge_keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: CloudSettings) -> Self | None:
        """None where this cloud pairs no gates. Raises SettingsError for a key that cannot be read."""
        enrol, key_file = settings.enrol, settings.command.key_file
        if enrol.folder is None:
            return None
        signer = BadgeSigner.of(settings.badges)
        badge_keys = (*(() if signer is None else signer.keys), *enrol.badge_keys)
        return cls(
            enrol.folder,
            enrol.certificate_days,
            enrol.broker_host or settings.broker.host,
            enrol.broker_port or settings.broker.port,
            () if key_file is None else (Signer.load(key_file).public,),
            badge_keys[:2],
        )
