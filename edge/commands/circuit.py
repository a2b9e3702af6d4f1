"""`menshen-edge circuit`: what is done to the simulated circuit and cameras of a running gate, and how arm and room are."""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console

from contract.errors import MenshenError
from edge.app.circuit_hand import do, do_at_room
from edge.clock import SystemClock
from edge.config import GateConfig

WIRES: Final = {"loop": "loop_cut", "sense": "sense_cut", "clear": "clear_cut"}
ROOM_WIRES: Final = ("door", "motion", "presence", "feedback", "key", "reset")
DEEDS: Final[dict[str, dict[str, Any]]] = {
    "open": {"door_open": True},
    "shut": {"door_open": False},
    "enter": {"inside": True},
    "leave": {"inside": False},
    "key": {"key": True},
    "key-back": {"key": False},
    "press": {"button": True},
    "let-go": {"button": False},
    "weld": {"welded": True},
    "age": {"aged": True},
    "new-lamp": {"aged": False},
    "mend": {"cut": (), "stuck": (), "hard_cut": False, "welded": False},
    **{f"cut-{wire}": {"cut": (wire,)} for wire in ROOM_WIRES},
    **{f"stick-{sensor}": {"stuck": (sensor,)} for sensor in ("door", "motion", "presence")},
}
"""What can be done at a room, by the word that says it."""


def circuit(config: GateConfig, change: dict[str, Any], cut: str | None, room: list[str]) -> None:
    """Do it, and print what stands. Raises MenshenError for a deed that there is not."""
    wires = {} if cut is None else {key: name == cut for name, key in WIRES.items()}
    deeds = [_deed(config, word) for word in room]
    said = do(config.gate, change | wires, SystemClock())
    for deed in deeds:
        said = do_at_room(config.gate, deed, SystemClock())
    console = Console()
    for key in ("arm", "person_under", "fire", *WIRES.values(), "power", "passed", "left", "colour", "thermal"):
        console.print(f"{key:14}{said[key]}", highlight=False)
    if config.room is not None:
        console.print(f"{'room':14}{_shown(said['room'])}", highlight=False)


def _deed(config: GateConfig, word: str) -> dict[str, Any]:
    if config.room is None:
        raise MenshenError("this gate watches over no room", where="room", remedy="Write a table [room] into its settings.")
    if word not in DEEDS:
        raise MenshenError(
            f"`{word}` is nothing that can be done at a room", where="--room", remedy=f"Say one of: {', '.join(DEEDS)}."
        )
    return DEEDS[word]


def _shown(room: dict[str, Any]) -> str:
    """How lamp and sign are, and what is done to the room that is not as usual."""
    lamp = f"lamp {'on' if room['lit'] else 'off'}, sign {'lit' if room['sign'] else 'dark'}"
    done = [f"{key}: {', '.join(value) if isinstance(value, tuple) else 'yes'}" for key, value in room["hand"].items() if value]
    return ", ".join([lamp, *done])
