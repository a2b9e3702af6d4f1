"""A gate's loop in this process, with rings this process fills: what it costs is timed from outside, round by round."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks.bare import BareNetwork
from benchmarks.crowd import FPS, Film
from benchmarks.timing import Times
from edge.app.arm import wires_of
from edge.app.gate_part import build
from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.frames import FrameRing
from edge.gate.loop import GateLoop

WARM_ROUNDS: Final = 50
FFC_AGE_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class BenchGate:
    """The loop, what it looks through and where its processes meet."""

    loop: GateLoop
    colour: FrameRing
    thermal: FrameRing
    rundir: RunDir


@dataclass(frozen=True, slots=True)
class Rounds:
    """Whole rounds, the bare network's runs between them, faces found a picture, and what the screen said how often."""

    loop: Times
    bare: Times
    faces: float
    screen: dict[str, int]


@contextmanager
def gate_of(config: GateConfig) -> Iterator[BenchGate]:
    """Everything `menshen-edge run` makes in shared memory, and the loop its gate process would run."""
    rundir, lock = RunDir.create(config)
    clock = SystemClock()
    barrier = wires_of(config, clock).barrier
    thermal = rundir.thermal_ring(config)
    assert thermal is not None
    try:
        yield BenchGate(build(config, rundir, barrier, clock), rundir.colour_ring(config), thermal, rundir)
    finally:
        barrier.close()
        records = rundir.records()
        records.commit(records.written)  # nobody waits for a benchmark's decisions
        rundir.remove()
        lock.close()


def play(gate: BenchGate, film: Film, bare: BareNetwork, count: int, going: Callable[[], bool] = lambda: True) -> Rounds:
    """`count` rounds at 25 pictures a second after some to warm up; after each a bare run of the network.

    Fewer when `going`, asked between rounds, is no longer true.
    """
    loop, runs, faces = Times(), Times(), 0
    screen: dict[str, int] = {}
    board = gate.rundir.board("gate")
    begun_s = time.monotonic()
    for index in range(WARM_ROUNDS + count):
        if not going():
            break
        time.sleep(max(0.0, begun_s + index / FPS - time.monotonic()))
        now_s = time.monotonic()
        gate.thermal.write(film.thermal[index % len(film.thermal)], now_s, FFC_AGE_S)
        gate.colour.write(film.colour[index % len(film.colour)], now_s)
        loop.of(gate.loop.round)
        runs.of(bare.run)
        if index >= WARM_ROUNDS:
            note = board.read() or {}
            faces += len(note.get("faces", ()))
            said = f"{note.get('verdict')} {note.get('reason') or ''}".strip()
            screen[said] = screen.get(said, 0) + 1
    board.close()
    return Rounds(loop.without_first(WARM_ROUNDS), runs.without_first(WARM_ROUNDS), faces / max(1, sum(screen.values())), screen)
