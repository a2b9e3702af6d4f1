"""`menshen-edge undo`: the last change of the settings taken back, and a running gate told so."""

from __future__ import annotations

import getpass
from pathlib import Path

from rich.console import Console

from contract.errors import MenshenError
from edge.app.asking import take_effect
from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.config import load_gate
from edge.config.draft import Draft
from edge.config.effect import State
from edge.config.filled import shown
from edge.config.history import undo


def undo_settings(file: Path) -> None:
    """Say what changes, and what came of it. Raises MenshenError where nothing can be undone, or the gate does not take it."""
    console, clock, running = Console(), SystemClock(), _running(file)
    before = Draft.of(file)
    undo(file, getpass.getuser(), clock.wall())
    for one in before.replaced_by(Draft.of(file).text).differences():
        console.print(f"{one.key}: {_words(one.old)} -> {_words(one.new)}", markup=False, highlight=False)
    if running is None:
        console.print("The gate does not run; it will start with these settings.")
        return
    with console.status("The gate starts again with them ..."):
        answer = take_effect(running, getpass.getuser(), clock, load_gate(file).gate)
    if answer.state is State.BACK:
        raise MenshenError(f"the gate did not come up with them: {answer.why}", where=str(file), remedy="It goes on as it was.")
    console.print("The gate runs with them.")


def _words(value: object) -> str:
    return "default" if value is None else str(shown(value))


def _running(file: Path) -> RunDir | None:
    """The run of the gate as the file names it now; None where it does not run."""
    try:
        return RunDir.running(load_gate(file).gate)
    except MenshenError:
        return None
