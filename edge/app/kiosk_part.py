"""The kiosk process: the visitor's screen, on this machine only, and the technician's page while it is open."""

from __future__ import annotations

import ssl
from typing import Final

from starlette.routing import Route

from edge.app.rundir import RunDir
from edge.app.technician.names import host_names
from edge.clock import Clock, SystemClock
from edge.config import GateConfig
from edge.kiosk.look import Look
from edge.kiosk.metrics import GateMetrics
from edge.kiosk.mirror import Mirror
from edge.kiosk.server import run_kiosk
from edge.kiosk.technician.access import Access
from edge.kiosk.technician.door import Door
from edge.kiosk.technician.looker import Boards, Looker
from edge.pairing.cloud import known_to
from edge.stop import Stop

MEASURED: Final = ("gate", "health", "uplink", "supervisor", "colour", "thermal")


def run(rundir: RunDir, stop: Stop) -> None:
    config = rundir.config()
    clock = SystemClock()
    door = door_of(config, rundir, clock)
    metrics = GateMetrics(config.gate, {name: rundir.board(name) for name in MEASURED}, clock)
    gate, kiosk = rundir.board("gate"), rundir.board("kiosk")
    run_kiosk(
        config.kiosk,
        config.gate,
        gate,
        rundir.colour_ring(config),
        kiosk,
        stop,
        door,
        metrics=metrics,
        help_board=rundir.board("help"),
        duty_board=rundir.board("duty") if config.qr.keys else None,
        hands_board=None if config.hands.mode == "off" else rundir.board("washed"),
        zone=config.admission.zone,
        look=look_of(config, rundir, clock),
    )


def look_of(config: GateConfig, rundir: RunDir, clock: Clock) -> Look | None:
    """How a guard looks at the picture from afar; None where the settings do not allow it. Raises OSError."""
    url, gate = config.live_address, rundir.board("gate")
    if url is None:
        return None
    return Look(rundir.board("orders"), lambda: Mirror(rundir.colour_ring(config), gate), url, _trust(config, url), clock)


def _trust(config: GateConfig, url: str) -> ssl.SSLContext | None:
    """Whom the gate takes for the cloud; None where the cloud is this very machine and needs no TLS."""
    if not url.startswith("https:"):
        return None
    authority = config.uplink.broker.ca_file
    return ssl.create_default_context() if authority is None else known_to(authority.read_text(encoding="utf-8"))


def door_of(config: GateConfig, rundir: RunDir, clock: Clock) -> Door | None:
    """To the technician's page; None where the settings have none. What it shows is loaded when it is opened."""
    if config.technician.listen is None:
        return None

    def looker() -> Looker:
        from edge.app.technician.sight import GateSight

        boards = Boards(*(rundir.board(name) for name in ("gate", "seen", "looking", "colour", "thermal")))
        rings = rundir.colour_ring(config), rundir.thermal_ring(config)
        return Looker(config.gate, boards, rings, GateSight(config), clock)

    def rooms(access: Access) -> list[Route]:
        from edge.app.set_up.wizard import Wizard
        from edge.app.technician.rooms import rooms_of
        from edge.kiosk.technician.set_up_room import set_up_routes

        return [*rooms_of(access, rundir, config.gate, clock), *set_up_routes(access, Wizard(rundir, config, clock))]

    asked, session = rundir.board("technician"), rundir.board("session")
    return Door(
        config.technician,
        asked,
        session,
        looker,
        lambda: frozenset(host_names()),
        clock,
        rooms,
        "/set-up" if config.set_up.unfinished else "/",
    )
