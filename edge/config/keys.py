"""Public keys a gate is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

PublicKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
"""An Ed25519 public key: 32 bytes in base64."""
