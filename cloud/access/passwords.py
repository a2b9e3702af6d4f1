"""Passwords by argon2id (RFC 9106, second recommended option: 64 MiB, 3 passes)."""

from __future__ import annotations

import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from contract.errors import SettingsError

SHORTEST: Final = 8
LONGEST: Final = 200
_HASHER: Final = PasswordHasher()
_TURNS: Final = threading.BoundedSemaphore(2)
NOBODY: Final = "$argon2id$v=19$m=65536,t=3,p=4$v+kjDmdL46W/GhpMt3dxgA$QquA1Gc78GVK3j8CCi1EIScY1N8XRtTvY9Eg0t4uyJE"
"""Checked where there is no such account, so that the answer takes as long."""


def hash_password(password: str) -> str:
    """The hash to keep. Raises SettingsError for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError(
            f"a password has {SHORTEST} to {LONGEST} characters, this one has {len(password)}", remedy="Choose another one."
        )
    return _HASHER.hash(password)


def is_right(password: str, password_hash: str) -> bool:
    """Whether the password belongs to the hash; takes about 0.1 s and 64 MiB either way, two at a time."""
    try:
        with _TURNS:
            return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
