"""The gate's own faults become alarms once, and return to normal once."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, Literal

from contract.messages.alert import AlertKind
from contract.verdicts import Reason

KINDS: Final[dict[Reason, AlertKind]] = {
    Reason.COLOUR_LOST: AlertKind.COLOUR_CAMERA,
    Reason.THERMAL_LOST: AlertKind.THERMAL_CAMERA,
    Reason.REFERENCE_LOST: AlertKind.REFERENCE_LOST,
}
RAISE_AFTER_S: Final = 0.5
RETURN_AFTER_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Change:
    """An alarm to be announced."""

    kind: AlertKind
    state: Literal["raised", "returned"]
    since_s: float


class Faults:
    """Feed it the faults of every round; it gives the changes worth announcing. `at_once`: kinds that are told without delay."""

    def __init__(self, at_once: AbstractSet[AlertKind] = frozenset()) -> None:
        self._at_once = at_once
        self._raised: dict[AlertKind, float] = {}
        self._since: dict[AlertKind, float] = {}
        self._clear_since: dict[AlertKind, float] = {}

    def see(self, faults: frozenset[Reason], now_s: float) -> list[Change]:
        """Changes of this round. A fault shorter than RAISE_AFTER_S is none; one gone for RETURN_AFTER_S is over."""
        return self.see_kinds({KINDS[fault] for fault in faults if fault in KINDS}, now_s)

    def see_kinds(self, present: AbstractSet[AlertKind], now_s: float) -> list[Change]:
        """The same of faults that are named as the alarms they are."""
        kinds = sorted(present | self._since.keys() | self._raised.keys())
        return [change for kind in kinds if (change := self._one(kind, kind in present, now_s))]

    def assume(self, kind: AlertKind, now_s: float) -> None:
        """An earlier process has announced this one, and nobody has said yet that it is over."""
        self._raised[kind] = now_s

    @property
    def raised(self) -> AbstractSet[AlertKind]:
        """What is announced and not over."""
        return self._raised.keys()

    def _one(self, kind: AlertKind, present: bool, now_s: float) -> Change | None:
        if present:
            self._clear_since.pop(kind, None)
            since_s = self._since.setdefault(kind, now_s)
            after_s = 0.0 if kind in self._at_once else RAISE_AFTER_S
            if kind not in self._raised and now_s - since_s >= after_s:
                self._raised[kind] = since_s
                return Change(kind, "raised", since_s)
            return None
        self._since.pop(kind, None)
        if kind in self._raised and now_s - self._clear_since.setdefault(kind, now_s) >= RETURN_AFTER_S:
            del self._clear_since[kind]
            return Change(kind, "returned", self._raised.pop(kind))
        return None
