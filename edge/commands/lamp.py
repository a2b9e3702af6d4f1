"""`menshen-edge lamp`: how old a room's lamp is, and that a new one was put in."""

from __future__ import annotations

from rich.console import Console

from edge.app.lamp import page_of, put_new_in
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.sensors.lamp_book import Page


def lamp(config: GateConfig, *, new: bool) -> None:
    """Tell the gate, or print what it has counted."""
    console = Console()
    if new:
        console.print(f"told: a new lamp. The old one: {_words(put_new_in(config, SystemClock()))}", highlight=False)
        return
    page = page_of(config)
    console.print(_words(page), highlight=False)
    console.print(f"put in: {page.put_in or 'nobody has said when'}", highlight=False)


def _words(page: Page) -> str:
    lamp = page.lamp
    share = (
        "not measured yet"
        if lamp.share is None
        else f"{100.0 * lamp.share:.0f} % of its first run ({lamp.now_uw_cm2:.1f} µW/cm²)"
    )
    return f"{lamp.hours:.2f} h, {lamp.starts} starts, irradiance {share}"
