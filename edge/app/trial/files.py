"""Pictures of people are written because this command was asked to, and nowhere but where it says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from edge.errors import SourceError

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})
VIDEOS: Final = frozenset({".mp4", ".avi"})


def out_file(asked: Path | None, subject: Path, suffix: str, allowed: frozenset[str]) -> Path:
    """Where to write: as asked, else NAME.menshen with `suffix` in the working directory.

    Raises SourceError where that cannot be written, is of another kind, or is the subject itself.
    """
    out = asked or Path(f"{subject.stem}.menshen{suffix}")
    if out.suffix.lower() not in allowed:
        raise _refused("no such kind of file can be written", out, f"Let the name end with one of: {', '.join(sorted(allowed))}.")
    if out.is_dir():
        raise _refused("is a folder, not a file", out, "Name a file.")
    if out.exists() and out.samefile(subject):
        raise _refused("is the very file that is looked at", out, "Choose another name.")
    if not out.parent.is_dir():
        raise _refused("there is no such folder", out.parent, f"mkdir -p {out.parent}")
    if not os.access(out if out.exists() else out.parent, os.W_OK):
        raise _refused("this user may not write there", out, "Choose another place with --out.")
    return out


def _refused(what: str, where: Path, remedy: str) -> SourceError:
    return SourceError(what, where=str(where), remedy=remedy)
