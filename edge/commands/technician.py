"""`menshen-edge technician`: opens the page on the gate, and says where it is and how to get in."""

from __future__ import annotations

import segno
from rich.console import Console

from edge.app.technician.asking import Opened, open_page
from edge.clock import SystemClock
from edge.config import GateConfig


def technician(config: GateConfig) -> None:
    """Print address, PIN, fingerprint and a code for the phone's camera."""
    opened = open_page(config.gate, SystemClock())
    console = Console()
    for line in _lines(opened):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if console.is_terminal:  # the code brings the PIN along: not into a log or a file
        segno.make(f"{opened.addresses[0]}#{opened.pin}", error="l").terminal(compact=True)


def _lines(opened: Opened) -> list[str]:
    first, *others = opened.addresses
    return [
        f"Open for {opened.minutes:.0f} minutes: {first}",
        *([f"or {', '.join(others)}"] if others else []),
        f"PIN: {opened.pin[:4]} {opened.pin[4:]}   (good once; five wrong ones close the page)",
        "The phone will say that it does not know the certificate. Go on only if its SHA-256 fingerprint is this one:",
        *_wrapped(opened.fingerprint),
        "The page shows people as the camera sees them; nothing of that is stored. Whoever is in can change the gate's settings.",
    ]


def _wrapped(fingerprint: str) -> list[str]:
    pairs = fingerprint.split(":")
    half = len(pairs) // 2
    return [f"  {':'.join(pairs[:half])}", f"  {':'.join(pairs[half:])}"]
