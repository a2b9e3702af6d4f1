"""The cloud's key for badges and passes: made at the first start, changed by letting the gates know two for a while."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cloud.dispatch.signer import load_key, make_key, public_of
from cloud.settings import BadgeSettings
from contract.messages.down import WithdrawnData
from contract.tokens import Token, to_text
from contract.tokens import signed_bytes as token_bytes
from contract.withdrawn import MOST, signed_bytes


@dataclass(frozen=True, slots=True)
class BadgeSigner:
    """Signs with one private key. `next_public`: the key gates shall know beside it, while it is being changed."""

    key: Ed25519PrivateKey
    next_public: str | None = None

    @classmethod
    def of(cls, settings: BadgeSettings) -> BadgeSigner | None:
        """None where this cloud issues none. Makes what keys are missing. Raises SettingsError."""
        if settings.key_file is None:
            return None
        following = settings.next_key_file
        return cls(_there(settings.key_file), None if following is None else public_of(_there(following)))

    @property
    def keys(self) -> tuple[str, ...]:
        """What a gate has to know: public keys in base64."""
        own = public_of(self.key)
        return (own,) if self.next_public is None or self.next_public == own else (own, self.next_public)

    def text(self, token: Token) -> str:
        """What stands in the QR code. Raises MessageError for a token whose names cannot be."""
        return to_text(token, self.key.sign(token_bytes(token)))

    def withdrawn(self, site: str, numbers: Iterable[str], now_ms: int) -> WithdrawnData:
        """The signed list; where there are too many, those that come first."""
        said = WithdrawnData(site=site, issued_ms=now_ms, keys=self.keys, numbers=tuple(numbers)[:MOST], signature="")
        return said.model_copy(update={"signature": b64encode(self.key.sign(signed_bytes(said))).decode()})


def _there(path: Path) -> Ed25519PrivateKey:
    remedy = "Name a file that this user can read; one that is missing is made."
    return load_key(path, "badges.key_file", remedy) if path.exists() else make_key(path)
