"""`menshen-edge record`: thermal pictures of people on disk, because somebody asked for it, encrypted, and not for long."""

from __future__ import annotations

import resource
import signal
import sys
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from contract.console import REFUSED, tell
from contract.errors import SettingsError
from edge.app.capture_parts import thermal_opener
from edge.app.recording.alone import alone_with_cameras
from edge.app.recording.keeper import told
from edge.app.recording.note import Asked, this_user
from edge.app.recording.opened import open_recording, write_new_key
from edge.app.recording.sealed import recipient_of
from edge.app.recording.session import Recorded, record
from edge.app.recording.sweep import Swept
from edge.app.recording.sweep import sweep as swept_in
from edge.clock import SystemClock
from edge.config import GateConfig, load_gate
from edge.config.identity import thermal_identity
from edge.errors import RecordingError
from edge.stop import stop_on

if TYPE_CHECKING:
    from pathlib import Path

    from edge.app.recording.reel import Taken

SHORTEST_REASON, LONGEST_REASON = 4, 200
"""Letters; four are a sentence in Chinese."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options say about a recording; None: not given."""

    reason: str | None
    for_s: float
    keep_days: int | None
    out: Path | None
    recipient: str | None


def record_or_else(
    settings: Path | None, wanted: Wanted, *, sweep: Path | None, new_key: Path | None, sealed: tuple[Path | None, Path | None]
) -> None:
    """One of the four uses. `sealed`: a recording to open, and the private key for it."""
    asked_for = [use for use in (settings, sweep, new_key, sealed[0]) if use is not None]
    if len(asked_for) != 1:
        what = "nothing to do" if not asked_for else "these do not go together"
        remedy = "Give one of GATE.TOML, --sweep DIR, --new-key FILE and --open FILE; `menshen-edge record --help`."
        raise SettingsError(what, where="menshen-edge record", remedy=remedy)
    if settings is not None:
        record_people(load_gate(settings), settings, wanted)
    elif sweep is not None:
        sweep_now(sweep)
    elif new_key is not None:
        make_key(new_key)
    elif sealed[0] is not None:
        open_one(sealed[0], sealed[1], wanted.out)


def record_people(config: GateConfig, settings: Path, wanted: Wanted) -> None:
    """Record, saying so. Exit code 2 where the camera went away before the end; what there is until then is kept."""
    console, clock = Console(soft_wrap=True, highlight=False), SystemClock()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not leave pictures in a core dump
    begun = clock.wall()
    opener = thermal_opener(config, clock.monotonic_s(), clock)
    folder = _folder(config, settings, wanted.out)
    asked = Asked(
        gate=config.gate,
        model=config.thermal.source,
        sensor=thermal_identity(config).told(),
        reason=_reason(wanted.reason),
        by=this_user(),
        recipient=_recipient(config, settings, wanted.recipient),
        begun=begun,
        expires=begun + timedelta(days=wanted.keep_days or config.record.keep_days),
    )
    _tell_swept(console, swept_in(folder, begun))
    stop = stop_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    with nullcontext() if config.thermal.replay else alone_with_cameras(config.gate), closing(opener()) as source:
        _announce(console, asked, wanted.for_s, config.thermal.replay)
        with console.status("waiting for the first picture ...") as status:

            def so_far(taken: Taken) -> None:
                status.update(
                    f"recording people: {taken.last_s - taken.first_s:.0f} s, {taken.pictures} pictures; Ctrl-C ends it"
                )

            limit_bytes = config.record.limit_mb * 1_000_000
            made = record(asked, source, wanted.for_s, folder, limit_bytes, clock, stop, so_far)
    _tell_made(console, made, asked, swept_by_gate=folder == config.record.folder)


def sweep_now(folder: Path) -> None:
    """Remove what has expired, and say what. Exit code 2 where something could not be removed."""
    console = Console(soft_wrap=True, highlight=False)
    swept = swept_in(folder, SystemClock().wall())
    _tell_swept(console, swept)
    console.print(f"{swept.kept} recording{'' if swept.kept == 1 else 's'} kept in {folder}")
    if swept.stuck:
        sys.exit(REFUSED)


def make_key(file: Path) -> None:
    """Make a key and say what to do with its two halves."""
    recipient = write_new_key(file, SystemClock().wall())
    lines = (
        f"The private key is in {file}. Whoever has it can read the recordings, nobody can without it.",
        "Keep it off every gate: if you made it on one, move it away now. Keep a copy in a safe place.",
        "",
        "Into the gate's settings goes the public half:",
        "[record]",
        f'recipient = "{recipient}"',
    )
    Console(soft_wrap=True, highlight=False, markup=False).print("\n".join(lines))


def open_one(sealed: Path, key: Path | None, out: Path | None) -> None:
    """Decrypt a recording because somebody asked for it."""
    if key is None or out is None:
        missing = "--identity KEY" if key is None else "--out FILE.cptv"
        raise SettingsError(f"{missing} is missing", where="--open", remedy="Say with which key, and where it goes to.")
    count = open_recording(sealed, key, out)
    Console(soft_wrap=True, highlight=False, markup=False).print(
        f"written: {out} ({count / 1e6:.1f} MB), readable by you only\n"
        "It shows people and is not encrypted, and nothing removes it: delete it when you are done."
    )


def _folder(config: GateConfig, settings: Path, out: Path | None) -> Path:
    folder = out or config.record.folder
    if folder is None:
        raise SettingsError(
            "where recordings go is not said", where=f"{settings}: record.folder", remedy="Set it, or give --out DIR."
        )
    if not folder.is_dir():
        raise RecordingError("there is no such folder", where=str(folder), remedy=f"mkdir -p -m 700 {folder}")
    return folder


def _reason(said: str | None) -> str:
    reason = " ".join((said or "").split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise SettingsError(
            "pictures of people need a reason" if not reason else f"{reason!r} is no reason that others understand",
            where="--reason",
            remedy=f"Say in {SHORTEST_REASON} to {LONGEST_REASON} letters what it is for; no names.",
        )
    return reason


def _recipient(config: GateConfig, settings: Path, given: str | None) -> str:
    recipient = given or config.record.recipient
    if recipient is None:
        raise SettingsError(
            "nothing is recorded that everybody could read: no public key to encrypt it to",
            where=f"{settings}: record.recipient",
            remedy="On another machine, `menshen-edge record --new-key FILE` makes a key and prints what to write there.",
        )
    recipient_of(recipient, f"{settings}: record.recipient" if given is None else "--recipient")
    return recipient


def _announce(console: Console, asked: Asked, for_s: float, replay: bool) -> None:
    what = "A replay is being recorded, no live pictures" if replay else "PEOPLE BEFORE THIS GATE ARE BEING RECORDED"
    console.print(f"[bold red]{what}[/]: thermal pictures for {for_s:g} s, asked for by {escape(asked.by)}.")
    console.print(f"Because: {asked.reason}", markup=False)
    console.print(f"Encrypted; kept until {_local(asked.expires)}, then removed. Tell them; Ctrl-C ends it.")


def _tell_made(console: Console, made: Recorded, asked: Asked, *, swept_by_gate: bool) -> None:
    taken = made.taken
    seconds, megabytes = taken.last_s - taken.first_s, made.bytes / 1e6
    console.print(f"recorded: {taken.pictures} pictures, {seconds:.1f} s, {megabytes:.1f} MB; {made.ended.value}")
    console.print(f"written: {made.path}", markup=False)
    if not swept_by_gate:
        console.print(
            f"The gate does not look into this folder. After {_local(asked.expires)} run "
            f"`menshen-edge record --sweep {made.path.parent}`, or set record.folder.",
            markup=False,
        )
    if made.fault is not None:
        sys.stderr.write(tell(made.fault) + "\n")
        sys.exit(REFUSED)


def _tell_swept(console: Console, swept: Swept) -> None:
    for line in told(swept):
        console.print(line, markup=False)
    for name, why in swept.stuck.items():
        console.print(f"should be gone and cannot be removed: {name} ({why})", markup=False)


def _local(when: datetime) -> str:
    return f"{when.astimezone():%Y-%m-%d %H:%M}"
