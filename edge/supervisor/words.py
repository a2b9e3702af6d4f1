"""How the gate is, in one line for `systemctl status`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Notes = Mapping[str, Mapping[str, Any]]
"""What stands on the boards of the processes, by their names."""
CAMERAS: Final = ("colour", "thermal")


def status_words(notes: Notes, stuck: Sequence[str]) -> str:
    """What is wrong first; a state is told as what it is, not as an error."""
    return "; ".join([*_wrong(notes, stuck), *_uplink(notes.get("uplink", {})), *_restarts(notes.get("supervisor", {}))])


def _wrong(notes: Notes, stuck: Sequence[str]) -> Iterator[str]:
    if stuck:
        yield f"stuck: {', '.join(stuck)}"
    missing = [name for name in CAMERAS if notes.get(name, {}).get("state") == "missing"]
    for name in missing:
        yield f"{name} camera missing ({notes[name].get('detail', 'no reason given')})"
    if not notes.get("gate"):
        yield "starting"
    elif not stuck:
        yield "cannot measure, kiosk points to the staffed lane" if missing else "screening"


def _uplink(note: Mapping[str, Any]) -> Iterator[str]:
    if note.get("disk"):
        yield f"disk takes no events ({note['disk']})"
    if note:
        yield "connected to the broker" if note.get("connected") else f"broker away ({note.get('away') or note.get('refused')})"
        yield f"{note.get('outbox_rows', 0)} events wait for the cloud"


def _restarts(note: Mapping[str, Any]) -> Iterator[str]:
    again = {name: count for name, count in note.get("restarts", {}).items() if count}
    if again:
        yield "started again: " + ", ".join(f"{name} {count}x" for name, count in again.items())
