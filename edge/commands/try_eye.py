"""`menshen-edge try`: what the gate sees, drawn into a picture, a video, or a page of this machine."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from edge.app.trial.files import PICTURES, VIDEOS, out_file
from edge.app.trial.film import Summary, watch
from edge.app.trial.overlay import LIMITS, STANDINGS, STYLES, drawn, with_caption
from edge.app.trial.seen import Seen
from edge.app.trial.subject import Kind, Subject, subject_of
from edge.app.trial.watcher import Watcher
from edge.config import GateConfig
from edge.errors import SourceError
from edge.vision.colour.fit import fitted
from edge.vision.colour.folder import load_picture

PRIVATE = "It may show people and was written only because you asked for it: delete it when you are done."


def try_eye(name: str, gate: GateConfig | None, out: Path | None, port: int) -> None:
    """Look at what `name` is. Raises SourceError, ModelError, BusyPortError."""
    subject = subject_of(name, gate)
    match subject.kind:
        case Kind.PICTURE:
            _picture(subject, out)
        case Kind.VIDEO:
            _video(subject, out)
        case Kind.CAMERA:
            if out is not None:
                raise SourceError(
                    "a camera is shown on a page, not written to a file", where=f"--out {out}", remedy="Leave --out away."
                )
            from edge.app.trial.page import show

            show(subject.config, port, lambda address: Console().print(_welcome(address), highlight=False))


def _welcome(address: str) -> str:
    return (
        f"Look at [bold]{address}[/] on this machine; Ctrl-C ends it. Nothing is written to disk.\n"
        f"[dim]From another machine: ssh -L {address.rsplit(':', 1)[1].strip('/')}:{address[7:].strip('/')} THIS-MACHINE, "
        "then the same address there.[/]"
    )


def _picture(subject: Subject, out: Path | None) -> None:
    file = _file_of(subject)
    target = out_file(out, file, ".png", PICTURES)
    watcher, console = Watcher(subject.config), Console(highlight=False)
    picture = fitted(load_picture(file), subject.config.colour.width, subject.config.colour.height)
    seen = watcher.look_once(picture)
    width, height = watcher.detector.input_px
    passed = f"{seen.pass_ms:.1f} ms a pass at {width}x{height}, {watcher.runner.provider}"
    lines = [f"{len(seen.faces)} face(s)   {passed}", f"near enough from {seen.needed_px:.0f} px on, in the dashed zone"]
    written, data = cv2.imencode(target.suffix, with_caption(drawn(picture, seen, watcher.zone), lines))
    _write(target, data.tobytes() if written else b"")
    console.print(_faces(seen) if seen.faces else _nobody(seen))
    console.print(passed)
    console.print(f"Written to [bold]{escape(str(target))}[/]. {PRIVATE}", soft_wrap=True)


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as refused:
        what = f"the picture cannot be written ({refused.strerror})"
        raise SourceError(what, where=str(target), remedy="Choose another place with --out.") from refused


def _nobody(seen: Seen) -> str:
    return f"No face found. A face is judged from {seen.needed_px:.0f} px of height on, upright and in light."


def _faces(seen: Seen) -> Table:
    heads = ("face", "this picture", "none", "worn", "wrong", "height", "stands", "quality")
    table = Table(*heads, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in table.columns:
        column.no_wrap = True
    for face in seen.faces:
        absent, worn, wrong = (f"{probability:.0%}" for probability in face.probabilities)
        table.add_row(
            str(face.track), STYLES[face.mask].word, absent, worn, wrong, f"{face.height_px:.0f} px {face.height_share:.0%}",
            STANDINGS[face.standing], " ".join([f"{face.quality:.2f}", *([LIMITS[face.limit]] if face.limit else [])]),
        )  # fmt: skip
    return table


def _video(subject: Subject, out: Path | None) -> None:
    file = _file_of(subject)
    target = out_file(out, file, ".mp4", VIDEOS)
    watcher, colour = Watcher(subject.config), subject.config.colour
    columns = (TextColumn("looking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("looking", total=None)
        summary = watch(
            file,
            target,
            watcher,
            (colour.width, colour.height),
            lambda frames: progress.update(task, total=frames or None, advance=1),
        )
    console = Console(highlight=False)
    for line in _sums(summary):
        console.print(line, soft_wrap=True)
    console.print(f"Written to [bold]{escape(str(target))}[/]. {PRIVATE}", soft_wrap=True)


def _sums(summary: Summary) -> list[str]:
    shown = ", ".join(f"{STYLES[mask].word} {count}" for mask, count in summary.masks.most_common()) or "none"
    told = ", ".join(f"{verdict} {count}" for verdict, count in summary.verdicts.most_common()) or "nothing"
    median, p99 = np.percentile(summary.pass_ms, (50, 99))
    return [
        f"{summary.frames} pictures, {summary.frames / summary.fps:.1f} s at {summary.fps:.3g} a second",
        f"with a face in it: {summary.with_faces}",
        f"people followed: {summary.people} (somebody who leaves and comes back counts again)",
        f"mask, by vote, faces times pictures: {shown}",
        f"told, if only masks were checked, pictures: {told}",
        f"a pass takes {median:.1f} ms (median; 99th percentile {p99:.1f}): up to {1e3 / median:.0f} pictures a second",
    ]


def _file_of(subject: Subject) -> Path:
    if subject.file is None:
        raise SourceError("there is no such file", where="try")
    return subject.file
