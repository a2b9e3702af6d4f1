"""Heads of the chain that were signed: who keeps one elsewhere sees later when all of the chain was written anew."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cloud.ledger.chain import GENESIS, head_bytes


@dataclass(frozen=True, slots=True)
class SignedHead:
    """One head. `at_ms`: when it was signed, UTC; `key`: the public key, base64; `signature`: Ed25519 over `head_bytes`."""

    number: int
    link: bytes
    at_ms: int
    key: str
    signature: bytes

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """As `told` says it. Raises KeyError, TypeError, ValueError for anything else."""
        link = bytes.fromhex(told["link"])
        if len(link) != len(GENESIS):
            raise ValueError(told["link"])
        return cls(int(told["number"]), link, int(told["at_ms"]), str(told["key"]), b64decode(told["signature"], validate=True))

    def told(self) -> dict[str, Any]:
        """For JSON."""
        signature = b64encode(self.signature).decode()
        return {"number": self.number, "link": self.link.hex(), "at_ms": self.at_ms, "key": self.key, "signature": signature}

    @property
    def good(self) -> bool:
        """Whether the key has signed just this."""
        try:
            key = Ed25519PublicKey.from_public_bytes(b64decode(self.key, validate=True))
            key.verify(self.signature, head_bytes(self.number, self.link, self.at_ms))
        except (InvalidSignature, ValueError):
            return False
        return True


def head_faults(head: SignedHead, link: bytes | None, trusted: frozenset[str]) -> list[str]:
    """What is wrong with a signed head, in words. `link`: what the chain has at its number; `trusted` empty: any key."""
    name = f"the signed head at link {head.number}"
    faults = [] if head.good else [f"{name} was not signed by its key"]
    if trusted and head.key not in trusted:
        faults.append(f"{name} was signed with another key: {head.key}")
    if link is None:
        faults.append(f"{name} is beyond the chain: its end was cut off")
    elif link != head.link:
        faults.append(f"{name} is not of this chain: what stands before it was written anew")
    return faults
