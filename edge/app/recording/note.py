"""The note beside a recording: what was recorded, why, on whose word and until when it is kept. Nothing of a picture."""

from __future__ import annotations

import json
import os
import pwd
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edge.app.recording.named import NOTE, NOTE_PART, Stem
from edge.clock import boot_name

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from edge.app.recording.reel import Ended, Taken

FORM = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for.

    Attributes:
        gate: its name.
        model, sensor: what kind of thermal camera it has; which one, in a few words without secrets.
        reason: in the words of whoever asked.
        by: that person's user on this machine.
        recipient: public key of whoever can read it.
        begun, expires: UTC.
    """

    gate: str
    model: str
    sensor: str
    reason: str
    by: str
    recipient: str
    begun: datetime
    expires: datetime

    @property
    def stem(self) -> Stem:
        return Stem.of(self.gate, self.begun, self.expires)


def this_user() -> str:
    """Who runs this, as the system knows it; behind `sudo` also who called that."""
    name = _name_of(os.getuid())
    caller = os.environ.get("SUDO_UID", "")
    return f"{name}, called by {_name_of(int(caller))}" if caller.isdecimal() else name


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def write_note(folder: Path, asked: Asked, taken: Taken | None = None, ended: Ended | None = None) -> None:
    """Put the note on disk, in place of an earlier one; this user's alone. `ended` is None while the recording is made."""
    said = _said(asked) | ({} if taken is None else _said_of(taken)) | {"ended": None if ended is None else ended.value}
    part = folder / (asked.stem.text + NOTE_PART)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(said, indent=1, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(folder / (asked.stem.text + NOTE))


def remove_note(folder: Path, asked: Asked) -> None:
    """Take it away: there is no recording."""
    (folder / (asked.stem.text + NOTE)).unlink(missing_ok=True)


def _said(asked: Asked) -> dict[str, Any]:
    return {
        "menshen_recording": FORM,
        "gate": asked.gate,
        "sensor": asked.sensor,
        "reason": asked.reason,
        "asked_by": asked.by,
        "asked": _utc(asked.begun),
        "expires": _utc(asked.expires),
        "recipient": asked.recipient,
    }


def _said_of(taken: Taken) -> dict[str, Any]:
    return {
        "pictures": taken.pictures,
        "first": _utc(taken.first),
        "last": _utc(taken.last),
        "first_mono_s": round(taken.first_s, 3),
        "last_mono_s": round(taken.last_s, 3),
        "boot": boot_name(),
    }


def _utc(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z"
