"""One opening of the page, as it is asked for on the gate: its PIN as a hash, and until when."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

LASTS_S: Final = 30 * 60.0
PIN_DIGITS: Final = 8
_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Opening:
    """What `menshen-edge technician` posts and the kiosk process reads; the PIN itself is only shown.

    Attributes:
        name: a fresh random name, so that an opening is not taken for another.
        salt, hashed: hexadecimal.
        until_s: monotonic seconds at which everything closes.
        certificate: path of a PEM file with key and certificate.
        by: who asked, for the log.
    """

    name: str
    salt: str
    hashed: str
    until_s: float
    certificate: str
    by: str

    @classmethod
    def make(cls, pin: str, now_s: float, certificate: str, by: str) -> Self:
        salt = os.urandom(_SALT_BYTES).hex()
        return cls(secrets.token_hex(8), salt, _hashed(pin, salt), now_s + LASTS_S, certificate, by)

    @classmethod
    def of(cls, note: dict[str, Any]) -> Self:
        return cls(**note)

    def note(self) -> dict[str, Any]:
        return asdict(self)

    def opened_by(self, pin: str) -> bool:
        """Takes the same time for every wrong PIN."""
        return hmac.compare_digest(_hashed(pin, self.salt), self.hashed)


def fresh_pin() -> str:
    """PIN_DIGITS decimal digits: five tries find one in 20 million openings."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def _hashed(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=2**12, r=8, p=1).hex()
