"""A camera locks an account after a few wrong passwords; a gate that opens its camera anew every second would keep it locked."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from edge.vision.thermal.isapi.refusals import PasswordRefusedError

REST_S: Final = 300.0
"""Six tries in half an hour, and a new one at once when the password is another."""


class Lockout:
    """Remembers what was refused."""

    def __init__(self) -> None:
        self._refused: dict[bytes, tuple[float, PasswordRefusedError]] = {}

    def refused(self, url: str, user: str, password: str, now_s: float) -> PasswordRefusedError | None:
        """The refusal of these very words by this camera, for REST_S."""
        since_s, refusal = self._refused.get(_key(url, user, password), (float("-inf"), None))
        return refusal if now_s - since_s < REST_S else None

    def remember(self, url: str, user: str, password: str, now_s: float, refusal: PasswordRefusedError) -> None:
        self._refused = {_key(url, user, password): (now_s, refusal)}


def _key(*words: str) -> bytes:
    return sha256("\0".join(words).encode()).digest()
