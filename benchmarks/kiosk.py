"""From what the gate's loop says to what the visitor reads: board, server, event stream, headless Chromium."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.guard_page import chromium_page
from benchmarks.result import Figure, Json, Result
from benchmarks.timing import Summary
from edge.board import Board
from edge.config.kiosk import KioskConfig
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.kiosk.server import run_kiosk

CHANGES: Final = 200
EVERY_S, ROUND_S = 0.25, 0.04
REACT_MS: Final = 200.0
SAID: Final = (("wait", "approach"), ("put_on_mask", None), ("pass", None), ("idle", None), ("recheck", None))
# Called by the browser in the same step that changed the page, before it is painted.
WATCH: Final = """() => {
  window.benchSeen = [];
  new MutationObserver(() => window.benchSeen.push([document.body.dataset.verdict, Date.now()]))
    .observe(document.body, { attributes: true, attributeFilter: ["data-verdict"] });
}"""


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where there is no Chromium."""
    ring = FrameRing.create(folder / "colour", FrameShape(480, 640, 3, "uint8"))
    gate, own, stop = Board.create(folder / "gate"), Board.create(folder / "kiosk"), threading.Event()
    _say(gate, "idle", None)
    serving = threading.Thread(target=run_kiosk, args=(KioskConfig(port=0), "bench-kiosk", gate, ring, own, stop))
    serving.start()
    try:
        while own.read() is None:
            time.sleep(ROUND_S)
        address = f"http://127.0.0.1:{(own.read() or {})['port']}"
        say(f"{CHANGES} prompts, one every {EVERY_S:g} s, while the mirror shows 25 pictures a second")
        delays_ms = _play(address, gate, ring)
    finally:
        stop.set()
        serving.join(10)
    found = Summary.of(delays_ms)
    figures = (
        Figure("prompt to page: p50", found.p50, "ms"),
        Figure("prompt to page: p95", found.p95, "ms", REACT_MS),
        Figure("prompt to page: p99", found.p99, "ms"),
        Figure("prompts that never came", float(CHANGES - found.count), "", 0.0),
    )
    details: dict[str, Json] = {"most_ms": found.most, "count": found.count}
    method = (
        "a verdict is put on the gate's board, as its loop does every round; the kiosk's server, its event stream and the page "
        "in headless Chromium; until the page's own script has changed it, by the browser's clock (whole milliseconds)"
    )
    return Result("kiosk", method, figures, details)


def _play(address: str, gate: Board, ring: FrameRing) -> list[float]:
    said: list[tuple[str, float]] = []
    picture = np.full((480, 640, 3), 90, np.uint8)
    with chromium_page(address) as page:
        while page.get_attribute("body", "data-verdict") != "idle":  # a gate that makes no rounds is unknown
            _say(gate, "idle", None)
            page.wait_for_timeout(1000.0 * ROUND_S)
        page.evaluate(WATCH)
        for number in range(CHANGES):
            verdict, reason = SAID[number % len(SAID)]
            said.append((verdict, 1000.0 * time.time()))
            for _ in range(round(EVERY_S / ROUND_S)):
                _say(gate, verdict, reason)
                ring.write(picture, time.monotonic())
                page.wait_for_timeout(1000.0 * ROUND_S)
        seen: list[tuple[str, float]] = [(str(verdict), float(ms)) for verdict, ms in page.evaluate("window.benchSeen")]
    return list(_delays_ms(said, seen))


def _delays_ms(said: list[tuple[str, float]], seen: list[tuple[str, float]]) -> list[float]:
    """Every prompt paired with the first change to it that came after it was said and before the next was."""
    ends_ms = [ms for _, ms in said[1:]] + [float("inf")]
    delays = []
    for (verdict, said_ms), end_ms in zip(said, ends_ms, strict=True):
        came_ms = next((ms for what, ms in seen if what == verdict and said_ms - 1.0 <= ms < end_ms), None)
        if came_ms is not None:
            delays.append(max(0.0, came_ms - said_ms))
    return delays


def _say(gate: Board, verdict: str, reason: str | None) -> None:
    now_s = time.monotonic()
    note = {
        "gate": "bench-kiosk",
        "replay": False,
        "verdict": verdict,
        "reason": reason,
        "since_s": 0.0,
        "now_s": now_s,
        "faces": [[220.0, 100.0, 400.0, 330.0]],
        "person": [220.0, 100.0, 400.0, 330.0],
        "in_zone": 1,
        "barrier_open": False,
        "screened_for": {"mask": True, "temperature": True},
        "frame": 1,
    }
    gate.post(note, now_s)
