"""The lamp of a room: where its hours stand, and how the gate that runs is told of a new one."""

from __future__ import annotations

import getpass
import time
from pathlib import Path
from typing import Final

from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.config import GateConfig
from edge.sensors.lamp_book import Page, read_page

WITHIN_S: Final = 5.0
LOOK_S: Final = 0.05


def lamp_file(config: GateConfig) -> Path:
    """Beside the gate's database."""
    return config.uplink.database.expanduser().with_suffix(".lamp.json")


def page_of(config: GateConfig) -> Page:
    """What is known of the lamp. Raises MenshenError where the settings have none."""
    if config.uvc.lamp is None:
        raise MenshenError(
            "this gate counts no lamp's hours", where="uvc.lamps", remedy="Write a table [[uvc.lamps]] into its settings."
        )
    return read_page(lamp_file(config))


def put_new_in(config: GateConfig, clock: Clock) -> Page:
    """A new lamp was put in: the gate that runs counts from 0. Returns what the old one had.

    Raises MenshenError where the gate does not run, or does not take it up in time.
    """
    old, put_in = page_of(config), clock.wall().isoformat()
    board = RunDir.running(config.gate).board("lamp")
    board.post({"put_in": put_in, "by": getpass.getuser()}, clock.monotonic_s())
    board.close()
    until_s = clock.monotonic_s() + WITHIN_S
    while page_of(config).put_in != put_in:
        if clock.monotonic_s() > until_s:
            raise MenshenError(
                f"the gate has not taken it up within {WITHIN_S:g} s",
                where="uvc.lamps",
                remedy="It does so when the lamp is off. Look with `menshen-edge lamp GATE.TOML`, and say it again.",
            )
        time.sleep(LOOK_S)
    return old
