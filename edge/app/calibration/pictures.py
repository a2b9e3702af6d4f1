"""Pictures of both cameras of a gate, one after the other as they come."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

from edge.app.capture_parts import colour_opener, thermal_opener
from edge.clock import SystemClock
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.errors import SourceError
from edge.vision.colour.source import Shot

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from datetime import datetime

    from edge.config import GateConfig
    from edge.vision.thermal.source import RawThermal

    Picture = Shot | RawThermal

_KEPT: Final = 4
_SILENT_S: Final = 8.0
_LOOK_S: Final = 0.2


def pictures(config: GateConfig, seconds: float) -> Iterator[Picture]:
    """So many seconds of both cameras. Simulated ones run as fast as they can be drawn. Raises SourceError."""
    if isinstance(config.colour, SimulatedColour) and isinstance(config.thermal, SimulatedThermal):
        return _simulated(config, seconds)
    return _live(config, seconds)


class _Stepping:
    """A clock that stands still but for who sleeps by it."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._real = SystemClock()

    def monotonic_s(self) -> float:
        return self.now_s

    def wall(self) -> datetime:
        return self._real.wall()

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


def _simulated(config: GateConfig, seconds: float) -> Iterator[Picture]:
    from edge.sim.cameras import simulated_colour, simulated_thermal

    clocks = _Stepping(), _Stepping()
    with ExitStack() as open_:
        colour = open_.enter_context(closing(simulated_colour(config, 0.0, clocks[0], clocks[0].sleep)))
        thermal = open_.enter_context(closing(simulated_thermal(config, 0.0, clocks[1], clocks[1].sleep)))
        while min(clock.now_s for clock in clocks) < seconds:
            yield colour.read() if clocks[0].now_s <= clocks[1].now_s else thermal.read()


class _Reader(threading.Thread):
    """Keeps the newest pictures of one source; older ones that nobody fetched are dropped."""

    def __init__(self, name: str, read: Callable[[], Picture | None], new: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.waiting: deque[Picture] = deque(maxlen=_KEPT)
        self.refusal: SourceError | None = None
        self.done = threading.Event()
        self._read, self._new = read, new

    def run(self) -> None:
        while not self.done.is_set():
            try:
                shot = self._read()
            except SourceError as gone:
                self.refusal = gone
                self._new.set()
                return
            if shot is not None:
                self.waiting.append(shot)
                self._new.set()


def _live(config: GateConfig, seconds: float) -> Generator[Picture]:
    clock, new = SystemClock(), threading.Event()
    begun_s = clock.monotonic_s()
    with ExitStack() as open_:
        colour = open_.enter_context(closing(colour_opener(config, begun_s, clock)()))
        thermal = open_.enter_context(closing(thermal_opener(config, begun_s, clock)()))
        readers = _Reader("colour", colour.read, new), _Reader("thermal", thermal.read, new)
        seen_s = dict.fromkeys(readers, clock.monotonic_s())
        for reader in readers:
            open_.callback(reader.join, 2.0)
            open_.callback(reader.done.set)
            reader.start()
        while (now_s := clock.monotonic_s()) - begun_s < seconds:
            new.wait(_LOOK_S)
            new.clear()
            for reader in readers:
                if reader.refusal is not None:
                    raise reader.refusal
                while reader.waiting:
                    seen_s[reader] = now_s
                    yield reader.waiting.popleft()
                if now_s - seen_s[reader] > _SILENT_S:
                    remedy = "Check cable, power and settings; see `menshen-edge check`."
                    raise SourceError(f"no picture for {_SILENT_S:.0f} s", where=f"{reader.name} camera", remedy=remedy)
