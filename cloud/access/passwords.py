"""Passwords by argon2id (RFC 9106, second recommended option: 64 MiB, 3 passes)."""

from __future__ import annotations

import secrets
import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cloud.access.common import COMMON
from cloud.refusals import Code, RefusedError
from contract.errors import SettingsError

SHORTEST: Final = 8
LONGEST: Final = 200
_PLAIN: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_HASHER: Final = PasswordHasher()
_TURNS: Final = threading.BoundedSemaphore(2)
NOBODY: Final = "$argon2id$v=19$m=65536,t=3,p=4$v+kjDmdL46W/GhpMt3dxgA$QquA1Gc78GVK3j8CCi1EIScY1N8XRtTvY9Eg0t4uyJE"
"""Checked where there is no such account, so that the answer takes as long."""


class WeakPasswordError(RefusedError, SettingsError):
    """A password that would be guessed, or that is too short or long."""

    key = None


def hash_password(password: str, user: str = "") -> str:
    """The hash to keep. Raises WeakPasswordError for a password that is too short or long, or that is guessed first."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPasswordError(Code.PASSWORD_LENGTH, least=SHORTEST, most=LONGEST, n=len(password))
    if why := _guessed(password.lower(), user.lower()):
        raise WeakPasswordError(why)
    return _HASHER.hash(password)


def one_time_password() -> str:
    """Sixteen letters and digits that nobody reads wrongly: 79 bits."""
    letters = "".join(secrets.choice(_PLAIN) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def _guessed(password: str, user: str) -> Code | None:
    if password in COMMON or password.rstrip("0123456789!.") in COMMON:
        return Code.PASSWORD_COMMON
    if user and (user in password or (len(user) > 3 and user[::-1] in password)):  # noqa: PLR2004  of three letters too much would be found
        return Code.PASSWORD_HAS_NAME
    return Code.PASSWORD_REPEATS if len(set(password)) <= 2 else None  # noqa: PLR2004  abababab is one too


def is_right(password: str, password_hash: str) -> bool:
    """Whether the password belongs to the hash; takes about 0.1 s and 64 MiB either way, two at a time."""
    try:
        with _TURNS:
            return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
