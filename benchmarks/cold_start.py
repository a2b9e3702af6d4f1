"""From `menshen-edge run` to the first verdict: fresh processes, simulated cameras, somebody already on the way to the gate."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.processes import cpu_s, program
from benchmarks.result import Figure, Json, Result
from benchmarks.settings import free_port
from contract.errors import MenshenError
from contract.verdicts import Reason, Verdict
from demo.child import Child, console_command
from demo.settings import Wanted, gate_toml
from edge.app.rundir import MEMORY
from edge.board import Board

STARTS: Final = 3
MOST_S: Final = 30.0
LOOK_S: Final = 0.005
NAME: Final = "bench-cold"
READY_S: Final = 3.0
FAULTS: Final = frozenset({Reason.COLOUR_LOST, Reason.THERMAL_LOST, Reason.REFERENCE_LOST})
NOTHING_YET: Final = frozenset({"idle", Verdict.WAIT})
BARE: Final = (
    "import cv2, numpy; from edge.vision.model_file import open_model; "
    "open_model().run(numpy.zeros((1, 3, 320, 416), numpy.float32))"
)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds since the command was started, to the gate's first note of each kind; processor time of each process until able."""

    first_note_s: float
    able_s: float
    verdict_s: float
    verdict: str
    cpu_s: dict[str, float]


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where the gate ends."""
    starts, bare_s = [], []
    for number in range(STARTS):
        say(f"start {number + 1} of {STARTS}")
        bare_s.append(_bare_s())
        starts.append(_start(folder, number))
    able_s, verdict_s = sorted(one.able_s for one in starts), sorted(one.verdict_s for one in starts)
    middle = STARTS // 2
    bare = sorted(bare_s)[middle]
    cpu = sorted(sum(one.cpu_s.values()) for one in starts)[middle]
    figures = (
        Figure("start to able to judge: median", able_s[middle], "s", READY_S),
        Figure("start to first verdict: median", verdict_s[middle], "s", READY_S),
        Figure("processor time of all processes until able to judge", cpu, "s"),
        Figure("able to judge / one interpreter opens and runs the network", able_s[middle] / bare, "x"),
        Figure("one interpreter opens and runs the network", bare, "s"),
    )
    details: dict[str, Json] = {
        "starts": [
            {"first_note_s": round(s.first_note_s, 2), "able_s": round(s.able_s, 2), "verdict_s": round(s.verdict_s, 2)}
            | {"verdict": s.verdict, "cpu_s": s.cpu_s}
            for s in starts
        ],
        "bare_s": [round(one, 2) for one in bare_s],
    }
    method = (
        f"{STARTS} starts of `menshen-edge run --unattended`, no broker, files in the page cache; able to judge: first note with "
        "a picture judged and no camera or reference missing; first verdict: other than wait or idle, of the person walking up"
    )
    return Result("cold_start", method, figures, details)


def _bare_s() -> float:
    begun_s = time.monotonic()
    subprocess.run([sys.executable, "-c", BARE], check=True)
    return time.monotonic() - begun_s


def _start(folder: Path, number: int) -> Start:
    own = folder / f"start-{number}"
    own.mkdir()
    settings = own / "gate.toml"
    text = gate_toml(Wanted(), own, free_port(), own / "no-password", free_port(), gate=NAME)
    (own / "no-password").write_text("unused", encoding="ascii")
    settings.write_text(text, encoding="utf-8")
    command = [console_command("menshen-edge"), "run", "--unattended", str(settings)]
    begun_s = time.monotonic()
    with Child("gate", command, own / "gate.log") as gate:
        return _watch(gate, begun_s)


def _watch(gate: Child, begun_s: float) -> Start:
    board = _board(gate, begun_s)
    first_s: float | None = None
    able_s: float | None = None
    spent_s: dict[str, float] = {}
    while time.monotonic() - begun_s < MOST_S and gate.ended is None:
        note = board.read()
        if note is not None:
            since_s = note["now_s"] - begun_s
            first_s = first_s or since_s
            if able_s is None and _able(note):
                able_s, spent_s = since_s, cpu_s(program("menshen-edge"))
            if able_s is not None and _able(note) and note["verdict"] not in NOTHING_YET:
                return Start(first_s, able_s, note["since_s"] - begun_s, note["verdict"], spent_s)
        time.sleep(LOOK_S)
    raise MenshenError(f"the gate gave no verdict:\n{gate.last_words()}", where=str(gate.log))


def _board(gate: Child, begun_s: float) -> Board:
    path = MEMORY / f"menshen-{os.getuid()}-{NAME}" / "gate.board"
    while True:
        try:
            return Board(path)
        except (OSError, ValueError) as missing:  # not there, or not yet of its full size
            if gate.ended is not None or time.monotonic() - begun_s > MOST_S:
                raise MenshenError(f"the gate does not start:\n{gate.last_words()}", where=str(gate.log)) from missing
            time.sleep(LOOK_S)


def _able(note: dict[str, Any]) -> bool:
    return note["frame"] > 0 and note["reason"] not in FAULTS
