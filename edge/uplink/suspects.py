"""Finding the row that ends the connection, without ever blaming one for a broker that died.

A broker reads messages in order, so the oldest one without a receipt is the suspect when the connection ends. A suspect
is sent again alone, with nothing else on its way. If the connection ends again within two seconds, and at the next one
the broker still knows our session (so it did not die), that is evidence. Once is enough where the broker itself said
that it ends the connection; where it fell silent (some say nothing, but so does a bad line) it takes three times.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

AT_ONCE_S: Final = 2.0
SILENT_TIMES: Final = 3


class Suspects:
    """Pure: told what happened and when. `known`: rows that were suspects when this process began."""

    def __init__(self, known: Iterable[int] = ()) -> None:
        self._waiting = list(known)
        self._alone: tuple[int, float] | None = None
        self._caught: tuple[int, bool] | None = None
        self._times: dict[int, int] = {}

    @property
    def next(self) -> int | None:
        """The row to be sent alone as soon as nothing else is on its way; None when there is none."""
        return self._waiting[0] if self._waiting and self._alone is None else None

    @property
    def alone(self) -> bool:
        """Whether one is out alone now, so that nothing else may be sent."""
        return self._alone is not None

    def sent_alone(self, seq: int, now_s: float) -> None:
        self._alone = (seq, now_s)

    def lost(self, oldest: int | None, now_s: float, *, told: bool) -> int | None:
        """The connection ended; `oldest` is the row sent first of those without a receipt. Returns a new suspect.

        `told`: the broker said that it ends the connection.
        """
        alone, self._alone = self._alone, None
        if alone is not None:
            if now_s - alone[1] <= AT_ONCE_S:
                self._caught = alone[0], told
            return None
        if oldest is None or oldest in self._waiting:
            return None
        self._waiting.append(oldest)
        return oldest

    def connected(self, *, same_broker: bool) -> int | None:
        """A new connection. Returns the row that is guilty, if one is."""
        caught, self._caught = self._caught, None
        if caught is None or not same_broker:
            return None
        seq, told = caught
        self._times[seq] = self._times.get(seq, 0) + 1
        return seq if told or self._times[seq] >= SILENT_TIMES else None

    def free(self, seq: int) -> bool:
        """`seq` was taken, or no longer waits. Returns whether it was a suspect."""
        if self._alone is not None and self._alone[0] == seq:
            self._alone = None
        self._times.pop(seq, None)
        if seq not in self._waiting:
            return False
        self._waiting.remove(seq)
        return True
