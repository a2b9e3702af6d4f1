"""The whole loop: colour and thermal picture in, verdict, record and screen out, with one and with eight people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from benchmarks.backlog import fill
from benchmarks.bare import BareNetwork
from benchmarks.bench_gate import BenchGate, Rounds, gate_of, play
from benchmarks.crowd import film_of
from benchmarks.neighbours import neighbours
from benchmarks.result import Figure, Json, Result
from benchmarks.settings import free_port, gate
from demo.broker import Broker

ROUNDS: Final = 400
BACKLOG: Final = 40_000
FACE_PX: Final = 100.0
MEDIAN_MS, P99_MS = 8.0, 20.0
NAME: Final = "bench-loop"


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where a process does not start."""
    figures: list[Figure] = []
    details: dict[str, Json] = {}
    for count in (1, 8):
        film_of(count, FACE_PX)

    def note(name: str, rounds: Rounds, extra: dict[str, Json]) -> None:
        figures.extend(_figures(name, rounds))
        details[name] = _details(rounds) | extra

    with gate_of(gate(NAME, folder, 1, None, 0)) as alone:
        for count in (1, 8):
            say(f"alone, {count} in view")
            note(f"alone, {count} in view", _play(alone, count), {})
    for count in (8, 1):
        say(f"beside uplink and kiosk, {count} in view")
        note(f"beside uplink and kiosk, {count} in view", *_play_beside(folder / f"beside-{count}", count))
    method = (
        f"{ROUNDS} rounds each (fewer where the backlog ends) at 25 pictures a second, a bare network run (416x320) after every "
        "round; beside: an uplink draining to a real broker and a kiosk streaming its mirror; broker, consumer and viewer share "
        "the cores and give way"
    )
    return Result("loop", method, tuple(figures), details)


def _play(bench: BenchGate, count: int, going: Callable[[], bool] = lambda: True) -> Rounds:
    film = film_of(count, FACE_PX)
    return play(bench, film, BareNetwork(film.colour[0]), ROUNDS, going)


def _play_beside(folder: Path, count: int) -> tuple[Rounds, dict[str, Json]]:
    """While events wait on the disk: rounds after the last of them has left are not counted."""
    folder.mkdir()
    fill(folder / "gate.db", NAME, BACKLOG)
    kiosk_port = free_port()
    with Broker(folder / "broker", {NAME: "bench"}, "bench-cloud") as broker:
        config = gate(NAME, folder, broker.port, broker.password_file(NAME), kiosk_port)
        with gate_of(config) as busy, neighbours(busy.rundir, broker, folder, kiosk_port) as beside:
            before = beside.waiting, beside.taken, beside.pictures
            rounds = _play(busy, count, lambda: beside.waiting > 0)
            after = beside.waiting, beside.taken, beside.pictures
    names = ("events_waiting", "events_taken", "mirror_pictures")
    return rounds, {name: list(pair) for name, pair in zip(names, zip(before, after, strict=True), strict=True)}


def _figures(name: str, rounds: Rounds) -> list[Figure]:
    loop, bare = rounds.loop.wall, rounds.bare.wall
    return [
        Figure(f"{name}: median", loop.p50, "ms", MEDIAN_MS),
        Figure(f"{name}: p99", loop.p99, "ms", P99_MS),
        Figure(f"{name}: median / bare network's", loop.p50 / bare.p50, "x"),
        Figure(f"{name}: median of processor time", rounds.loop.cpu.p50, "ms"),
    ]


def _details(rounds: Rounds) -> dict[str, Json]:
    summaries = {
        "loop_ms": rounds.loop.wall,
        "bare_ms": rounds.bare.wall,
        "loop_cpu_ms": rounds.loop.cpu,
        "bare_cpu_ms": rounds.bare.cpu,
    }
    over_ms, over_cpu_ms = rounds.loop.over(rounds.bare)
    return {name: asdict(one) for name, one in summaries.items()} | {
        "over_bare_ms": round(over_ms, 3),
        "over_bare_cpu_ms": round(over_cpu_ms, 3),
        "faces_found": round(rounds.faces, 2),
        "screen": rounds.screen,
    }
