"""Looks at the camera's pictures a few times a second and tells what was shown."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from contract.tokens import Refusal
from edge.qr.checker import Checker, Shown

if TYPE_CHECKING:
    from edge.board import Board
    from edge.clock import Clock
    from edge.frames import FrameRing
    from edge.qr.allow_list import AllowList
    from edge.qr.reader import QrReader

log = logging.getLogger("menshen.qr")

EVERY_S: Final = 0.2
"""At most five pictures a second: the loop and the cameras come first."""
HELD_S: Final = 3.0
"""A code that is not seen for so long was taken away; the same one later is shown anew."""
_NOT_NOTED: Final = Shown(None, "this gate could not note it, so it is not taken", Refusal.NOT_NOTED)


class QrWatch:
    """One code after the other; a code that is held still is told once. `listed`: who may enter, where not everybody may."""

    def __init__(
        self, ring: FrameRing, reader: QrReader, checker: Checker, board: Board, clock: Clock, listed: AllowList | None = None
    ) -> None:
        self._ring, self._reader, self._checker, self._board, self._clock = ring, reader, checker, board, clock
        self._listed = listed
        self._note: dict[str, Any] = {}
        self._list_trouble = ""
        self._picture = np.empty(ring.form.shape, ring.form.dtype)
        self._after = 0
        self._held: dict[str, float] = {}
        self._told = 0

    def round(self) -> None:
        """Look at the newest picture, if there is a new one, and make a beat."""
        now_s = self._clock.monotonic_s()
        self._look_at_list(now_s)
        self._checker.look()
        frame = self._ring.read(self._after, self._picture)
        if frame is not None:
            self._after = frame.number
            self._see(self._reader.read(frame.pixels.astype(np.uint8, copy=False)), now_s)
        self._board.beat(now_s)

    def _look_at_list(self, now_s: float) -> None:
        """Tell when the list cannot be read any more, and when it can again."""
        if self._listed is None:
            return
        self._listed.look()
        if self._listed.trouble != self._list_trouble:
            self._list_trouble = self._listed.trouble
            log.warning("%s", self._list_trouble or "the list of who may enter can be read again")
            self._post(now_s)

    def _post(self, now_s: float) -> None:
        self._board.post({**self._note, "list_trouble": self._list_trouble}, now_s)

    def _see(self, texts: list[str], now_s: float) -> None:
        self._held = {text: seen_s for text, seen_s in self._held.items() if now_s - seen_s <= HELD_S}
        fresh = [text for text in texts if text not in self._held]
        self._held.update(dict.fromkeys(texts, now_s))
        for text in fresh:
            self._tell(self._judge(text), now_s)

    def _judge(self, text: str) -> Shown:
        try:
            return self._checker.check(text, self._clock.wall())
        except sqlite3.Error as wrong:
            log.warning("a pass could not be noted: %s", wrong)
            return _NOT_NOTED

    def _tell(self, shown: Shown, now_s: float) -> None:
        self._told += 1
        token = shown.token
        note: dict[str, Any] = {"number": self._told, "shown_s": now_s, "refused": shown.refused}
        note |= {} if shown.why is None else {"why": shown.why.value, "pass": shown.number}
        if token is not None:
            listed = self._listed is not None and self._listed.names(token)
            note |= {"kind": token.kind.value, "holder": token.holder, "listed": listed}
        log.info("%s", f"a {token.kind.value} was shown" if token else f"a code was refused: {shown.refused}")
        self._note = note
        self._post(now_s)
