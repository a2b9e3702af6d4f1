"""A road to somebody: takes one notice, and says what the other side answered."""

from __future__ import annotations

from typing import Protocol

from cloud.store.notices import ToSend
from contract.errors import MenshenError


class NotDeliveredError(MenshenError):
    """A notice could not be delivered. `for_good`: trying again does not help."""

    def __init__(self, what: str, *, where: str = "", for_good: bool = False) -> None:
        super().__init__(what, where=where)
        self.for_good = for_good


class Road(Protocol):
    def deliver(self, one: ToSend, address: str, since: str) -> str:
        """What the other side said when it took the notice. `address` as the contact has it. Raises NotDeliveredError."""
