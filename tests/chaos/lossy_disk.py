"""A disk that forgets at a power cut what was not synced, and tears the last write: a record of what SQLite did to it.

Everything before a file's last sync is kept. Of what came after, each operation survives by chance, in any order; the last
surviving write may be torn at a sector's edge. (The model of the SQLite project's own crash tests: https://sqlite.org/testing.html.)
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import apsw

NAME: Final = "lossy"
_SECTOR: Final = 512


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to a file. `what`: write, cut (to a length), sync or delete."""

    file: str
    what: str
    at: int = 0
    data: bytes = b""


@dataclass
class LossyDisk:
    """Register it with `open`; `log` is what was done, `image` what a cut would leave."""

    log: list[Step] = field(default_factory=list)
    _vfs: apsw.VFS | None = None

    def open(self, path: Path) -> apsw.Connection:
        self._vfs = _Recorder(self.log)
        return apsw.Connection(str(path), vfs=NAME)

    def image(self, cut: int, dice: random.Random) -> dict[str, bytes]:
        """The files after a power cut behind step number `cut`, by name. Shared memory does not outlive it."""
        files: dict[str, bytearray] = {}
        unsynced: dict[str, list[Step]] = {}
        for step in self.log[:cut]:
            if step.what == "sync":
                _apply(files, unsynced.pop(step.file, []))
            elif step.what == "delete":
                unsynced.pop(step.file, None)
                files.pop(step.file, None)
            else:
                unsynced.setdefault(step.file, []).append(step)
        mood = dice.random()
        for steps in unsynced.values():
            _apply(files, _survivors(steps, mood, dice))
        return {name: bytes(data) for name, data in files.items() if not name.endswith("-shm")}


def _survivors(steps: list[Step], mood: float, dice: random.Random) -> list[Step]:
    """Three cuts in ten lose all of it, two in ten nothing, the others each operation by chance."""
    if mood < 0.3:
        return []
    kept = steps if mood < 0.5 else [step for step in steps if dice.random() < 0.5]
    if kept and kept[-1].what == "write" and dice.random() < 0.5:
        whole = kept[-1]
        torn = dice.randrange(len(whole.data) // _SECTOR + 1) * _SECTOR
        kept = [*kept[:-1], Step(whole.file, "write", whole.at, whole.data[:torn])]
    return kept


def _apply(files: dict[str, bytearray], steps: list[Step]) -> None:
    for step in steps:
        data = files.setdefault(step.file, bytearray())
        if step.what == "cut":
            del data[step.at :]
            continue
        data.extend(b"\0" * (step.at + len(step.data) - len(data)))
        data[step.at : step.at + len(step.data)] = step.data


class _Recorder(apsw.VFS):
    def __init__(self, log: list[Step]) -> None:
        self._log = log
        super().__init__(NAME, "", exclude={"xNextSystemCall", "xGetSystemCall", "xSetSystemCall"})

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802  SQLite's own name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _Recorded(self._log, name, Path(path).name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802  SQLite's own name
        self._log.append(Step(Path(filename).name, "delete"))
        super().xDelete(filename, syncdir)


class _Recorded(apsw.VFSFile):
    def __init__(self, log: list[Step], name: Any, file: str, flags: list[int]) -> None:
        self._log, self._file = log, file
        super().__init__("", name, flags)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802  SQLite's own name
        self._log.append(Step(self._file, "write", offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802  SQLite's own name
        self._log.append(Step(self._file, "cut", newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802  SQLite's own name
        self._log.append(Step(self._file, "sync"))
        super().xSync(flags)
