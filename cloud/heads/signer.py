"""The cloud's key for heads of the chain: made at the first start, in a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cloud.dispatch.signer import load_key, make_key, public_of
from cloud.ledger.chain import head_bytes
from cloud.ledger.heads import SignedHead
from cloud.settings import LedgerSettings
from cloud.store.backup import embedded_file
from cloud.store.verifying import Head

_REMEDY: Final = "Name a file that this user can read; one that is missing is made."


@dataclass(frozen=True, slots=True)
class HeadSigner:
    """Signs with one private key."""

    key: Ed25519PrivateKey

    @classmethod
    def of(cls, settings: LedgerSettings) -> HeadSigner | None:
        """None where no file is named and the ledger lies on a server. Makes the key that is missing. Raises SettingsError."""
        path = key_file(settings)
        if path is None:
            return None
        return cls(load_key(path, "ledger.head_key_file", _REMEDY) if path.exists() else make_key(path))

    @property
    def public(self) -> str:
        """The public key in base64."""
        return public_of(self.key)

    def sign(self, head: Head, now_ms: int) -> SignedHead:
        signature = self.key.sign(head_bytes(head.number, head.link, now_ms))
        return SignedHead(head.number, head.link, now_ms, self.public, signature)


def key_file(settings: LedgerSettings) -> Path | None:
    """Where the key lies, or will."""
    if settings.head_key_file is not None:
        return settings.head_key_file
    ledger = embedded_file(settings.url)
    return None if ledger is None else ledger.with_name(f"{ledger.name}.heads.key")
