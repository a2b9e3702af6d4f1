"""A whole video looked at picture by picture, in the video's own time, and written again with what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.app.trial.overlay import drawn, with_caption
from edge.app.trial.seen import Seen
from edge.app.trial.watcher import Watcher
from edge.errors import SourceError
from edge.vision.colour.ffmpeg import open_ffmpeg
from edge.vision.colour.fit import fitted

CODECS: Final = {".mp4": "mp4v", ".avi": "MJPG"}
_PLAUSIBLE_FPS: Final = (1.0, 240.0)
_FPS_UNSAID: Final = 25.0


@dataclass(slots=True)
class Summary:
    """What the video held.

    Attributes:
        frames, fps: of the video.
        with_faces: pictures with a face in them.
        masks: how often each state was shown, per face and picture.
        verdicts: how often each was what the visitor would have been told, per picture.
        people: tracks, which is at least the number of people.
        pass_ms: of each picture.
    """

    frames: int = 0
    fps: float = _FPS_UNSAID
    with_faces: int = 0
    masks: Counter[Mask] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    people: int = 0
    pass_ms: list[float] = field(default_factory=list)

    def add(self, seen: Seen) -> None:
        """Count one picture."""
        self.frames += 1
        self.with_faces += bool(seen.faces)
        self.masks.update(face.shown for face in seen.faces)
        self.verdicts.update([seen.verdict] if seen.verdict else [])
        self.pass_ms.append(seen.pass_ms)


class Reel:
    """An open video file. Raises SourceError when made, where it cannot be decoded."""

    def __init__(self, file: Path) -> None:
        self._capture = open_ffmpeg(str(file))
        if not self._capture.isOpened():
            raise SourceError("the video file cannot be decoded", where=str(file), remedy="Give a file that FFmpeg can read.")
        fps = self._capture.get(cv2.CAP_PROP_FPS)
        self.fps = fps if _PLAUSIBLE_FPS[0] <= fps <= _PLAUSIBLE_FPS[1] else _FPS_UNSAID
        self.frames = max(0, int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT)))
        """As the file says; 0 where it does not."""

    def read(self) -> NDArray[np.uint8] | None:
        """The next picture; None at the end."""
        arrived, picture = self._capture.read()
        return np.asarray(picture, np.uint8) if arrived and picture is not None else None

    def close(self) -> None:
        self._capture.release()


class _Writer:
    """Opens the file with the first picture, whose size decides. A file that was not finished is taken away."""

    def __init__(self, file: Path, fps: float) -> None:
        self._file, self._fps = file, fps
        self._writer: cv2.VideoWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._writer is not None:
            self._writer.release()
            if kind is not None:
                self._file.unlink(missing_ok=True)

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Raises SourceError where no such file can be made."""
        if self._writer is None:
            codec = cv2.VideoWriter.fourcc(*CODECS[self._file.suffix.lower()])
            self._writer = cv2.VideoWriter(str(self._file), codec, self._fps, (picture.shape[1], picture.shape[0]))
            if not self._writer.isOpened():
                raise SourceError("the video cannot be written", where=str(self._file), remedy="Try a name that ends with .avi")
        self._writer.write(picture)


def watch(file: Path, out: Path, watcher: Watcher, size: tuple[int, int], passed: Callable[[int], None]) -> Summary:
    """Look at every picture of `file`, fitted to `size`, and write `out`. `passed` is told how many there are, after each.

    Raises SourceError where the video cannot be read or written.
    """
    with closing(Reel(file)) as reel, _Writer(out, reel.fps) as writer:
        summary = Summary(fps=reel.fps)
        while (picture := reel.read()) is not None:
            shown = fitted(picture, *size)
            seen = watcher.look(shown, summary.frames / reel.fps)
            summary.add(seen)
            writer.write(with_caption(drawn(shown, seen, watcher.zone), caption(seen, summary)))
            passed(reel.frames)
        if not summary.frames:
            raise SourceError("the video holds no picture", where=str(file), remedy="Give another file.")
        summary.people = len(watcher.people_seen)
        return summary


def caption(seen: Seen, summary: Summary) -> list[str]:
    """What stands below each picture."""
    told = f"told: {seen.verdict}{f' ({seen.reason})' if seen.reason else ''}" if seen.verdict else "told: nothing"
    at_s = (summary.frames - 1) / summary.fps
    return [f"{at_s:.2f} s   {len(seen.faces)} face(s)   {seen.pass_ms:.1f} ms   {told}"]
