"""The loop while a technician looks at it, and while nobody does: in turns, in one process, eight people in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

import cv2

from benchmarks.crowd import FPS, film_of
from benchmarks.result import Figure, Result
from benchmarks.settings import simulated
from benchmarks.small_parts import FACE_PX, PEOPLE
from benchmarks.timing import Times
from edge.actuators.log_barrier import LogBarrier
from edge.app.gate_part import build
from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.config.technician import TechnicianConfig

BLOCKS: Final = 40
ROUNDS: Final = 25
"""Of a block; the next one is of the other kind. At the film's pace a record is due every fifth round."""
_EVERY: Final = 5
_FFC_AGE_S: Final = 600.0


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises ModelError."""
    config = simulated().model_copy(update={"technician": TechnicianConfig(listen="127.0.0.1")})
    film, clock, rundir = film_of(PEOPLE, FACE_PX), SystemClock(), RunDir(folder)
    rundir._fill(config)  # noqa: SLF001 as `run` does, without the lock
    loop = build(config, rundir, LogBarrier(clock), clock)
    colour, thermal, looking = rundir.colour_ring(config), rundir.thermal_ring(config), rundir.board("looking")
    assert thermal is not None
    say(f"{BLOCKS} blocks of {ROUNDS} rounds, every other one looked at")
    alone, looked, due = Times(), Times(), Times()
    with _one_thread():
        for number in range(BLOCKS * ROUNDS):
            now_s, at = clock.monotonic_s(), number % len(film.colour)
            colour.write(film.colour[at], now_s)
            thermal.write(film.thermal[at % len(film.thermal)], now_s, _FFC_AGE_S)
            watched = number // ROUNDS % 2 == 1
            looking.beat(now_s if watched else now_s - 60.0)
            loop._onlooker._told_s = now_s - (60.0 if number % _EVERY == 0 else 0.0)  # type: ignore[union-attr]  # noqa: SLF001 as by the film's clock
            (due if watched and number % _EVERY == 0 else looked if watched else alone).of(loop.round)
    alone, record_ms = alone.without_first(ROUNDS), due.cpu.p50 - alone.cpu.p50
    mean = (sum(looked.cpu_ms) + sum(due.cpu_ms)) / (len(looked.cpu_ms) + len(due.cpu_ms))
    figures = (
        Figure("looked at / alone, processor time, mean", mean / (sum(alone.cpu_ms) / len(alone.cpu_ms)), "x"),
        Figure("one record, processor time", record_ms, "ms"),
        Figure("a round with a record / alone, p99", due.wall.p99 / alone.wall.p99, "x"),
        Figure("a round alone", alone.wall.p50, "ms"),
    )
    method = (
        f"{BLOCKS} blocks of {ROUNDS} rounds at {FPS:g} pictures a second with {PEOPLE} drawn people, every other one looked at"
    )
    return Result(
        "looked_at", method, figures, {"alone": asdict(alone.cpu), "looked": asdict(looked.cpu), "due": asdict(due.cpu)}
    )


@contextmanager
def _one_thread() -> Iterator[None]:
    """As the gate process has it."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)
