"""One recording from the first picture to the file that is kept."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract.errors import MenshenError
from edge.app.recording.note import Asked, remove_note, write_note
from edge.app.recording.part_file import PartFile
from edge.app.recording.reel import Ended, Reel, Taken
from edge.app.recording.sealed import recipient_of, seal
from edge.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from edge.clock import Clock
    from edge.stop import Stop
    from edge.vision.thermal.source import ThermalSource


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it. `fault`: what the camera said when it went away."""

    path: Path
    bytes: int
    taken: Taken
    ended: Ended
    fault: MenshenError | None


def record(
    asked: Asked,
    source: ThermalSource,
    for_s: float,
    folder: Path,
    limit_bytes: int,
    clock: Clock,
    stop: Stop,
    tell: Callable[[Taken], None],
) -> Recorded:
    """Record what `source` delivers for so long, or until `stop`, into `folder`; only encrypted bytes ever leave this function.

    `limit_bytes`: of all recordings in the folder together. `tell` is called after every picture. Raises RecordingError,
    SourceError where no picture came; then nothing is left in the folder.
    """
    recipient = recipient_of(asked.recipient, "recipient")
    with _refusing(folder), PartFile(folder, asked.stem, limit_bytes) as part, ExitStack() as undo:
        undo.callback(remove_note, folder, asked)
        write_note(folder, asked)
        reel = Reel(source, for_s, (asked.gate, asked.model), clock, stop, part.has_room, tell)
        _seal(reel, part, recipient)
        if reel.taken is None or reel.ended is None:
            raise reel.fault or RecordingError("no picture was taken", where=asked.sensor, remedy="Record for longer.")
        write_note(folder, asked, reel.taken, reel.ended)
        path = part.keep()
        undo.pop_all()
        return Recorded(path, part.written, reel.taken, reel.ended, reel.fault)


def _seal(reel: Reel, part: PartFile, recipient: object) -> None:
    try:
        seal(reel, part, recipient)
    except RecordingError:
        if part.fault is not None:
            raise part.fault from None
        raise


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    try:
        yield
    except MenshenError:
        raise
    except OSError as refused:
        raise RecordingError(f"the recording could not be written ({refused.strerror})", where=str(folder)) from refused
