"""A gate and its screen run; everything they write to a disk is looked into."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from edge.frames import FrameRing
from tests.no_image.mapped import mapped
from tests.no_image.pictures import Pictures
from tests.no_image.written import Disks, Written
from tests.system.gate import Gate

_SEE_S = 1.0
_LOOK_S = 0.25


class Watch:
    """What processes below `roots` write, and whether there is a picture in it."""

    def __init__(self, roots: list[int]) -> None:
        self._roots = roots
        self._ours: set[int] = set(roots)
        self.pictures = Pictures()
        self.writes: Counter[str] = Counter()
        self.mapped: dict[str, Written] = {}
        self.found: dict[str, str] = {}
        self.called: set[str] = set()

    def look(self, disks: Disks) -> None:
        """Take in what was written since."""
        self._know()
        newest = {one.path: one for one in disks.news() if one.pid in self._ours}
        self.writes.update(newest.keys())
        self.mapped |= {one.path: one for pid in self._ours for one in mapped(pid)}
        for path, one in (newest | self.mapped).items():
            held = self.pictures.found_in(one.content)
            if held is not None:
                self.found[path] = held

    def listen(self) -> None:
        """Note whom they call beyond this machine."""
        for pid in self._ours:
            with suppress(psutil.Error):
                far: list[tuple[Any, ...]] = [tuple(one.raddr) for one in psutil.Process(pid).net_connections("inet")]
                self.called |= {f"{at[0]}:{at[1]}" for at in far if at and not ip_address(at[0]).is_loopback}

    def _know(self) -> None:
        """Remember every process of ours, so that one that has ended by now is known too."""
        for root in self._roots:
            with suppress(psutil.Error):
                self._ours |= {child.pid for child in psutil.Process(root).children(recursive=True)}


def watched(
    gate: Gate, rings: list[FrameRing], watch: Watch, folders: list[Path], seconds: float, tell: Callable[[float], None]
) -> dict[str, Any]:
    """Look for so long. Returns what was written by whom, and what of it held a picture."""
    began_s = seen_s = time.monotonic()
    before = gate.rundir.records()
    judged = before.written
    with Disks(folders) as disks:
        while (now_s := time.monotonic()) - began_s < seconds:
            if now_s - seen_s >= _SEE_S:
                seen_s = now_s
                _see(rings, watch.pictures)
                watch.listen()
                tell((now_s - began_s) / seconds)
            watch.look(disks)
            time.sleep(_LOOK_S)
        watch.look(disks)
    screens = [one for one in psutil.Process(gate.pids["kiosk"]).net_connections("tcp") if one.status == psutil.CONN_ESTABLISHED]
    records = before.written - judged
    before.close()
    return {
        "minutes": round((time.monotonic() - began_s) / 60.0, 2),
        "records": records,
        "screen_connected": bool(screens),
        "pieces_looked_for": watch.pictures.known,
        "files_written": dict(watch.writes.most_common()),
        "files_mapped": sorted(watch.mapped),
        "pictures": watch.found,
        "called": sorted(watch.called),
        "swapped_bytes": sum(_swapped(pid) for pid in gate.pids.values() if pid),
        "may_leave_core_files": [name for name, pid in gate.pids.items() if pid and _core(pid)],
    }


def _see(rings: list[FrameRing], pictures: Pictures) -> None:
    for ring in rings:
        buffer = np.empty(ring.form.shape, ring.form.dtype)
        if ring.read(0, buffer) is not None:
            pictures.see(buffer)


def _swapped(pid: int) -> int:
    words = Path(f"/proc/{pid}/status").read_text(encoding="ascii").split()
    return int(words[words.index("VmSwap:") + 1]) * 1024


def _core(pid: int) -> bool:
    return resource.prlimit(pid, resource.RLIMIT_CORE) != (0, 0)
