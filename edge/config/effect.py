"""Settings that are kept take effect: what the running gate is asked, and what it answers. Both stand on boards of the run."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Protocol, Self

ASKED: Final = "settings"
"""The board on which is asked; the supervisor reads it."""
ANSWERED: Final = "taking"
"""The board on which the supervisor says what came of it."""


class State(StrEnum):
    """What came of an ask."""

    STARTING = "starting"
    """The gate's processes are started with the new settings."""
    TAKEN = "taken"
    BACK = "back"
    """The gate cannot be started with them, or did not come up. The former file is back, and the gate runs with it."""


class _Board(Protocol):
    def post(self, note: dict[str, Any], now_s: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Ask:
    """Take the settings as they stand in the file now.

    Attributes:
        name: a fresh random name, by which the answer is known.
        by: who asks, for log and history.
    """

    name: str
    by: str

    @classmethod
    def fresh(cls, by: str) -> Self:
        return cls(secrets.token_hex(8), by)

    @classmethod
    def of(cls, note: dict[str, Any]) -> Self:
        return cls(**note)

    @classmethod
    def put(cls, board: _Board, by: str, now_s: float) -> Self:
        """Ask on this board now (monotonic seconds)."""
        ask = cls.fresh(by)
        board.post(ask.note(), now_s)
        return ask

    def note(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of the ask of this name.

    Attributes:
        why: what was wrong, in words; empty where nothing was.
        since_s: monotonic time at which this state began.
    """

    ask: str
    state: State
    why: str
    since_s: float

    @classmethod
    def of(cls, note: dict[str, Any]) -> Self:
        return cls(**{**note, "state": State(note["state"])})

    def note(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def done(self) -> bool:
        return self.state is not State.STARTING
