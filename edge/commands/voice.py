"""`menshen-edge voice`: sound files for the visitor's screen."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from edge.app.voice import make_voice


def voice(folder: Path) -> None:
    """Make them, and say what to do with them."""
    made, kept = make_voice(folder)
    console = Console(highlight=False)
    console.print(f"{made} prompts made, {kept} that were there left alone, in {folder}/zh and {folder}/en", soft_wrap=True)
    console.print(f'Let the screen speak: `voice = "{folder.absolute()}"` below [kiosk].', markup=False, soft_wrap=True)
    console.print("Any file may be replaced by a recording of the same name (.wav, .ogg or .mp3).")
