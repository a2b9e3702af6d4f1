"""`menshen-edge run`: everything tried once, then started."""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from contract.console import REFUSED, tell
from contract.errors import MenshenError
from edge.app.kiosk_port import with_port
from edge.app.launch import launch
from edge.config import GateConfig, load_gate
from edge.errors import BrokerAwayError

if TYPE_CHECKING:
    from rich.console import Console


def run_gate(file: Path, *, unattended: bool) -> None:
    """Run until Ctrl-C. What cannot work ends the process with code 2 before anything starts, unless `unattended`."""
    begun_s = time.monotonic()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not leave pictures in a core dump
    config = load_gate(file)
    if not unattended:
        _try_in_a_child(config)
    config = with_port(config)
    address = f"http://127.0.0.1:{config.kiosk.port}/"

    def ready() -> None:
        sys.stdout.write(f"gate {config.gate} is screening after {time.monotonic() - begun_s:.1f} s. Kiosk: {address}\n")
        sys.stdout.flush()

    launch(config, file, ready)


def _try_in_a_child(config: GateConfig) -> None:
    """Try the parts in a process that ends: OpenCV and the network would otherwise stay in the supervisor's memory for ever.

    Forked before either was loaded, which is the only time that is safe.
    """
    child = os.fork()
    if child == 0:
        os._exit(_tried(config))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code:
        sys.exit(code)


def _tried(config: GateConfig) -> int:
    from rich.console import Console

    from edge.app.probes import Outcome
    from edge.commands.check import findings

    console = Console(stderr=True)
    try:
        for one in findings(config, console):
            if one.outcome is Outcome.DOES_NOT and one.refusal is not None:
                _refuse_or_warn(one.refusal, console)
    except MenshenError as refusal:
        sys.stderr.write(tell(refusal) + "\n")
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED
    return 0


def _refuse_or_warn(refusal: MenshenError, console: Console) -> None:
    if not isinstance(refusal, BrokerAwayError):
        raise refusal
    console.print(f"[yellow]note:[/] {refusal}", highlight=False)
