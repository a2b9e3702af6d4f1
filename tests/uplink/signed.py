"""A key of the cloud's for tests, and commands signed with it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from contract.commands import signed_bytes
from contract.messages.orders import CommandData


@dataclass(frozen=True)
class CloudKey:
    """Attributes: public, what stands in the gate's settings."""

    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> str:
        return b64encode(self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def command(self, now: datetime, gate: str = "gate-1", **changed: Any) -> CommandData:
        """A good command of this moment, or one with fields `changed` before it is signed."""
        fields: dict[str, Any] = {
            "id": "c-1",
            "verb": "open_once",
            "issuer": "guard.li",
            "role": "guard",
            "issued": now,
            "expires": now + timedelta(seconds=10),
            "arguments": {"reason": "wheelchair"},
            "signature": "",
        }
        unsigned = CommandData.model_validate(fields | changed)
        signature = b64encode(self.private.sign(signed_bytes(gate, unsigned))).decode()
        return unsigned.model_copy(update={"signature": signature})
