"""The whole of it: a gate, its screen, and the watch over what both write."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from edge.app.rundir import MEMORY
from tests.browser import NAMES
from tests.no_image.kiosk_browser import kiosk_browser
from tests.no_image.run import Watch, watched
from tests.system.gate import Gate
from tests.system.house import free_port, gate_names
from tests.system.settings import NO_ARM, text, walk_up

DISKS: Final = (Path("/"), Path("/tmp"))


def proof(folder: Path, seconds: float, tell: Callable[[float], None] = lambda _: None) -> dict[str, Any]:
    """Screen simulated people for so long. Raises PermissionError where nobody may watch the file systems."""
    browser = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert browser is not None, "needs Chromium: apt-get install chromium"
    gate = made(folder)
    try:
        gate.start()
        config = gate.rundir.config()
        rings = [ring for ring in (gate.rundir.colour_ring(config), gate.rundir.thermal_ring(config)) if ring is not None]
        with kiosk_browser(f"{gate.kiosk}/", MEMORY, browser) as screen:
            watch = Watch([gate.program.pid, screen])
            return watched(gate, rings, watch, [*DISKS, folder], seconds, tell)
    finally:
        gate.program.stop()


def made(folder: Path) -> Gate:
    """A gate that screens for masks and temperature, and shows the mirror."""
    [name], port, database = gate_names(1), free_port(), folder / "events.db"
    uplink = f"[uplink]\ndatabase = {text(database)}\n\n[uplink.broker]\nport = {free_port()}\n"
    return Gate(name, folder, f"{walk_up(name)}{NO_ARM}\n{uplink}\n[kiosk]\nport = {port}\n", port, database)


def clean(found: dict[str, Any]) -> bool:
    """Whether people were screened and shown, nothing was found that may hold a picture, and nobody was called."""
    bad = found["pictures"] or found["swapped_bytes"] or found["may_leave_core_files"] or found["called"]
    return not bad and bool(found["records"]) and bool(found["screen_connected"])
