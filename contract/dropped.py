"""Which numbers of an install never come, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from contract.message import Message


class DropReason(StrEnum):
    """Why numbers of an install will never come."""

    EVICTED = "evicted"
    """The disk's share was used up: least urgent first, the oldest of them first, alerts last."""
    SET_ASIDE = "set_aside"
    """The row ended the connection to the broker again and again; it is kept on the gate."""


Seq = Annotated[int, Field(ge=1, lt=10**18)]


class Dropped(Message):
    """Exactly which numbers of the sender's install do not come: runs of first and last, both included."""

    reason: DropReason
    runs: Annotated[tuple[tuple[Seq, Seq], ...], Field(min_length=1, max_length=1000)]

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if any(first > last for first, last in self.runs):
            raise ValueError("a run ends before it begins")
        return self

    @property
    def count(self) -> int:
        return sum(last - first + 1 for first, last in self.runs)
