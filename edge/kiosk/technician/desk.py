"""Where a technician changes the gate's settings: what there is, what would change, keeping it, and having it back."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from contract.errors import SettingsError
from edge.board import Board
from edge.clock import Clock
from edge.config.draft import Difference, Draft
from edge.config.effect import Answer, Ask
from edge.config.filled import careful, fill, shown
from edge.config.form import entries, form
from edge.config.history import Former, Why, formers, keep, undo

log = logging.getLogger("menshen.technician")

BY: Final = "technician"
Changes = Mapping[str, str | None]
Said = dict[str, Any]


class Desk:
    """Of one settings file. Answers are plain values for the page; secrets stay here."""

    def __init__(self, file: Path, asked: Board, answered: Board, clock: Clock) -> None:
        """`asked`, `answered`: the boards on which the supervisor hears, and says, that settings take effect."""
        self._file, self._asked, self._answered, self._clock = file, asked, answered, clock

    def form(self) -> Said:
        """Every table with what stands there now. Raises SettingsError where the file cannot be read."""
        draft = Draft.of(self._file)
        choosers = [f"{table.path}.{table.chooser}" for table in form() if table.chooser]
        standing = {key: draft.get(key) for key in (*entries(), *choosers)}
        present = [table.path for table in form() if table.path and draft.get(table.path) is not None]
        return {
            "tables": [asdict(table) for table in form()],
            "values": {key: shown(value) for key, value in standing.items() if value is not None},
            "present": present,
            "careful": [key for key in (*entries(), *choosers) if careful(key)],
            "digest": _digest(draft.former),
            "may_write": os.access(draft.path, os.W_OK) and os.access(draft.path.parent, os.W_OK),
            "history": [_told(one) for one in formers(self._file)],
            "undo": self._undo_of(draft),
        }

    def tried(self, changes: Changes, digest: str) -> Said:
        """What would change, and what is wrong with it; nothing is written."""
        return self._weighed(Draft.of(self._file), changes, digest)

    def kept(self, changes: Changes, digest: str, sure: list[str]) -> Said:
        """Write it and have it take effect: {"ask"} says under which name. Else what is wrong, or what has to be confirmed."""
        draft = Draft.of(self._file)
        weighed = self._weighed(draft, changes, digest)
        unsure = [key for key in weighed["careful"] if key not in sure]
        if weighed["faults"] or unsure or not weighed["differences"]:
            return weighed | {"unsure": unsure}
        try:
            keep(draft, BY, self._clock.wall())
        except SettingsError as refused:
            return weighed | {"faults": [_fault(refused)], "unsure": []}
        log.warning("the technician's page changed %s", ", ".join(one["key"] for one in weighed["differences"]))
        return {"ask": self._ask()}

    def undone(self, digest: str) -> Said:
        """Have back what the file said before; {"ask"} as `kept`."""
        draft = Draft.of(self._file)
        if digest != _digest(draft.former):
            return {"faults": [_fault(_meanwhile())]}
        try:
            undo(self._file, BY, self._clock.wall())
        except SettingsError as refused:
            return {"faults": [_fault(refused)]}
        log.warning("the technician's page took the last change of the settings back")
        return {"ask": self._ask()}

    def answer(self) -> Said:
        """What came of the newest ask; {} where nobody has asked."""
        note = self._answered.read()
        if note is None:
            return {}
        answer = Answer.of(note)
        told = asdict(answer) | {"state": answer.state.value, "why": shown(answer.why)}
        return told | {"for_s": round(self._clock.monotonic_s() - answer.since_s, 1)}

    def _weighed(self, draft: Draft, changes: Changes, digest: str) -> Said:
        faults = [_meanwhile()] if digest != _digest(draft.former) else fill(draft, changes) or draft.faults()
        differences = draft.differences()
        return {
            "differences": [_difference(one) for one in differences],
            "careful": [one.key for one in differences if careful(one.key)],
            "faults": [_fault(one) for one in faults],
        }

    def _undo_of(self, draft: Draft) -> Said | None:
        """What `undo` would change; None where there is nothing to undo."""
        former = next((one for one in formers(self._file) if one.why is Why.CHANGED and one.text != draft.former), None)
        if former is None:
            return None
        back = draft.replaced_by(former.text)
        return _told(former) | {"differences": [_difference(one) for one in back.differences()]}

    def _ask(self) -> str:
        return Ask.put(self._asked, BY, self._clock.monotonic_s()).name


def _digest(text: str) -> str:
    """By which a page says which text it was made from."""
    return sha256(text.encode()).hexdigest()[:16]


def _meanwhile() -> SettingsError:
    return SettingsError("the settings were changed by somebody else meanwhile", remedy="Load this page again.")


def _fault(wrong: SettingsError) -> Said:
    return {"key": wrong.key, "what": shown(wrong.what), "remedy": wrong.remedy}


def _difference(one: Difference) -> Said:
    return {"key": one.key, "old": shown(one.old), "new": shown(one.new)}


def _told(one: Former) -> Said:
    return {"number": one.number, "at": one.replaced_at.isoformat(), "why": one.why.value, "by": one.by}
