"""The whole of a capture process: a camera at one end, the ring at the other, and a board that says how it goes."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.colour.source import ColourSource, Shot
from edge.vision.thermal.rendering import rendered
from edge.vision.thermal.source import RawThermal, ThermalSource
from edge.vision.thermal_frame import from_counts

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.board import Board
    from edge.clock import Clock
    from edge.frames import FrameRing
    from edge.stop import Stop
    from edge.vision.wake import Waker

RETRY_S: Final = 1.0
NOTE_EVERY_S: Final = 1.0


def capture(
    open_source: Callable[[], ColourSource | ThermalSource],
    put: Callable[[Shot | RawThermal], None],
    board: Board,
    clock: Clock,
    stop: Stop,
    waker: Waker,
) -> None:
    """Carry pictures from the source to `put` until `stop`. A camera that is missing is a state, never a reason to leave.

    The board says {"state": "opening"} before the first try, then "missing" with detail, where and remedy, or "live" with
    fps, frames (since it was opened) and replay. Only while "live" does a beat that is old mean a read that hangs: opening a
    network camera may take 5 s.
    """
    board.post({"state": "opening"}, clock.monotonic_s())
    while not stop.is_set():
        try:
            with closing(open_source()) as source:
                _carry(source, put, board, clock, stop, waker)
        except SourceError as gone:
            note = {"state": "missing", "detail": gone.what, "where": gone.where, "remedy": gone.remedy}
            board.post(note, clock.monotonic_s())
            stop.wait(RETRY_S)


def _carry(
    source: ColourSource | ThermalSource,
    put: Callable[[Shot | RawThermal], None],
    board: Board,
    clock: Clock,
    stop: Stop,
    waker: Waker,
) -> None:
    frames, noted_frames, noted_s = 0, 0, clock.monotonic_s()
    while not stop.is_set():
        shot = source.read()
        now_s = clock.monotonic_s()
        board.beat(now_s)
        if shot is not None:
            put(shot)
            waker.wake()
            frames += 1
        if frames == 1 or now_s - noted_s >= NOTE_EVERY_S:
            fps = (frames - noted_frames) / max(now_s - noted_s, 1e-3)
            board.post({"state": "live", "fps": round(fps, 2), "frames": frames, "replay": source.replay}, now_s)
            noted_frames, noted_s = frames, now_s


def into(ring: FrameRing) -> Callable[[Shot | RawThermal], None]:
    """Writes every picture into the ring."""

    def put(shot: Shot | RawThermal) -> None:
        match shot:
            case Shot():
                ring.write(shot.pixels, shot.taken_s)
            case RawThermal():
                ring.write(shot.counts, shot.taken_s, shot.ffc_age_s)

    return put


def into_both(thermal: FrameRing, colour: FrameRing, rotate_deg: int, scale: int) -> Callable[[Shot | RawThermal], None]:
    """Writes thermal pictures as they are into one ring, and turned and drawn in grey into the other."""
    counts_into = into(thermal)

    def put(shot: Shot | RawThermal) -> None:
        counts_into(shot)
        if isinstance(shot, RawThermal):
            celsius = from_counts(shot.counts, rotate_deg, taken_s=shot.taken_s).celsius
            colour.write(rendered(celsius, scale), shot.taken_s)

    return put
