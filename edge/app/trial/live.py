"""A camera looked at without end: the newest picture with what was seen in it, and nothing older."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

import cv2

from edge.app.capture_parts import colour_opener
from edge.app.trial.overlay import drawn
from edge.app.trial.watcher import Watcher
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.errors import ModelError, SourceError
from edge.stop import Stop
from edge.vision.colour.source import ColourSource

RETRY_S: Final = 1.0
JPEG_QUALITY: Final = 82
_RATE_OVER: Final = 30


@dataclass(frozen=True, slots=True)
class View:
    """The newest state.

    Attributes:
        number: counts up with every picture and every change of state.
        jpeg: the picture with boxes; None while there is none.
        note: for the page: `state` is opening, live or missing.
        made_s: monotonic.
    """

    number: int
    jpeg: bytes | None
    note: dict[str, Any]
    made_s: float


class Live:
    """Call `run` in a thread of its own; `view` may be read from any."""

    def __init__(self, config: GateConfig, stop: Stop) -> None:
        """Raises ModelError; SourceError where the camera cannot be opened."""
        clock = SystemClock()
        self._open = colour_opener(config, clock.monotonic_s(), clock)
        self._watcher = Watcher(config)
        self._first: ColourSource | None = self._open()
        self._stop = stop
        width, height = self._watcher.detector.input_px
        runner = self._watcher.runner
        self._eye = {
            "input": f"{width}x{height}",
            "runner": runner.provider,
            "threads": runner.threads,
            "worn_probability": config.screening.worn_probability,
            "source": config.colour.source,
            "replay": config.colour.replay,
        }
        self.view = View(0, None, {"state": "opening", **self._eye}, time.monotonic())

    def run(self) -> None:
        """Until the stop. A camera that is away is opened again every second."""
        while not self._stop.is_set():
            try:
                self._watch()
            except (SourceError, ModelError) as gone:
                self._show(None, {"state": "missing", "what": gone.what, "where": gone.where, "remedy": gone.remedy})
                self._stop.wait(RETRY_S)

    def start(self) -> threading.Thread:
        """Run in a thread that does not keep the process: a camera whose read hangs must not either."""
        thread = threading.Thread(target=self.run, name="try", daemon=True)
        thread.start()
        return thread

    def _watch(self) -> None:
        source, self._first = self._first or self._open(), None
        taken: deque[float] = deque(maxlen=_RATE_OVER)
        try:
            while not self._stop.is_set():
                shot = source.read()
                if shot is None:
                    continue
                seen = self._watcher.look(shot.pixels, shot.taken_s)
                taken.append(shot.taken_s)
                picture = drawn(shot.pixels, seen, self._watcher.zone, words=False)
                encoded, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
                note = {"state": "live", "fps": round(_rate(taken), 1), **seen.as_json()}
                self._show(data.tobytes() if encoded else None, note)
        finally:
            source.close()

    def _show(self, jpeg: bytes | None, note: dict[str, Any]) -> None:
        self.view = View(self.view.number + 1, jpeg, {**note, **self._eye}, time.monotonic())


def _rate(taken_s: deque[float]) -> float:
    span_s = taken_s[-1] - taken_s[0]
    return (len(taken_s) - 1) / span_s if span_s > 0 else 0.0
