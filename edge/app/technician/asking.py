"""Asking the kiosk process of a running gate to open the page, and hearing whether it did."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.app.technician.certificate import certificate_of, fingerprint, make, usable
from edge.app.technician.names import addresses, host_names
from edge.clock import Clock
from edge.kiosk.technician.opening import Opening, fresh_pin

_PATIENCE_S: Final = 30.0
_ROUND_S: Final = 0.1
_START_S: Final = 60.0
_BEATS_WITHIN_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Opened:
    """What the technician is told."""

    addresses: list[str]
    pin: str
    fingerprint: str
    minutes: float


def open_page(gate: str, clock: Clock, pause: Callable[[float], None] = time.sleep) -> Opened:
    """Open the page of a gate that runs on this machine. Raises MenshenError, ReportError."""
    rundir = RunDir.running(gate)
    config = rundir.config()
    listen = config.technician.listen
    if listen is None:
        raise MenshenError(
            f"gate {gate} has no technician's page",
            where="technician.listen",
            remedy='Set it to this machine\'s address or to "0.0.0.0", and start the gate again.',
        )
    names = [*addresses(listen), *host_names()]
    certificate = certificate_of(config)
    if not usable(certificate, names, clock.wall()):
        make(certificate, names, clock.wall())
    _wait_for_the_kiosk(rundir, clock, pause)
    pin, now_s = fresh_pin(), clock.monotonic_s()
    opening = Opening.make(pin, now_s, str(certificate), getpass.getuser())
    rundir.board("technician").post(opening.note(), now_s)
    port = _port(rundir, opening, clock, pause)
    urls = [f"https://{f'[{name}]' if ':' in name else name}:{port}/" for name in names]
    return Opened(urls, pin, fingerprint(certificate), (opening.until_s - now_s) / 60.0)


def _wait_for_the_kiosk(rundir: RunDir, clock: Clock, pause: Callable[[float], None]) -> None:
    """It opens nothing that was asked for before it was started; a gate that just begins needs a moment."""
    board, until_s = rundir.board("kiosk"), clock.monotonic_s() + _START_S
    while clock.monotonic_s() - board.beat_s > _BEATS_WITHIN_S and clock.monotonic_s() < until_s:
        pause(_ROUND_S)


def _port(rundir: RunDir, opening: Opening, clock: Clock, pause: Callable[[float], None]) -> int:
    """Once the kiosk process has opened the page."""
    board, until_s = rundir.board("kiosk"), clock.monotonic_s() + _PATIENCE_S
    while clock.monotonic_s() < until_s:
        said: dict[str, Any] = (board.read() or {}).get("technician") or {}
        if said.get("opening") == opening.name and said["state"] == "open":
            return int(said["port"])
        if said.get("opening") == opening.name:
            raise MenshenError(
                f"the page was not opened: {said.get('why', said['state'])}",
                where="technician",
                remedy="See the gate's log.",
            )
        pause(_ROUND_S)
    raise MenshenError(
        "the kiosk process does not answer", where=str(rundir.path), remedy="See the gate's log, and whether it still runs."
    )
