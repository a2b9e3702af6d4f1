"""How a refusal is told on a terminal: what, where, what to do, and exit code 2. One way for both commands."""

from __future__ import annotations

import sys
from collections.abc import Callable

from contract.errors import MenshenError

REFUSED = 2


def tell(refusal: MenshenError) -> str:
    """The refusal as lines for a person."""
    lines = [f"error: {refusal.what}"]
    if refusal.where:
        lines.append(f"   at: {refusal.where}")
    if refusal.remedy:
        lines.append(f"   do: {refusal.remedy}")
    return "\n".join(lines)


def told(command: Callable[[], None]) -> None:
    """Run a command line; a MenshenError is printed to standard error and ends the process with code 2."""
    try:
        command()
    except MenshenError as refusal:
        sys.stderr.write(tell(refusal) + "\n")
        sys.exit(REFUSED)
