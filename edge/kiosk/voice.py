"""The visitor's screen speaks: recordings from a folder of this machine, and silence in the quiet hours."""

from __future__ import annotations

import re
from datetime import tzinfo
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from edge.clock import Clock, clock_ok
from edge.config.hours import Hours

SUFFIXES: Final = (".wav", ".ogg", ".mp3")
"""In this order: somebody's own recording may stand beside a made one as another kind of file."""
_KEY: Final = re.compile(r"[a-z_]+-[a-z_]+")
_LANGUAGES: Final = frozenset({"zh", "en"})
SILENCE: Final = 204


class Voice:
    """Answers one prompt in one language, or with silence.

    Args:
        folder: `zh/` and `en/` below it, with files such as `titles-pass.wav`; None: no voice.
        quiet: when nothing is said; zone: the clock they are told by, None: the machine's own.
    """

    def __init__(self, folder: Path | None, quiet: Hours, zone: tzinfo | None, clock: Clock) -> None:
        self._folder, self._quiet, self._zone, self._clock = folder, quiet, zone, clock

    async def answer(self, request: Request) -> Response:
        """200 with the sound; 204 where there is none to be heard."""
        file = self.file(str(request.path_params["language"]), str(request.path_params["key"]))
        return Response(status_code=SILENCE) if file is None else FileResponse(file)

    def file(self, language: str, key: str) -> Path | None:
        """The sound of one prompt; None where nothing is to be heard."""
        if self._folder is None or language not in _LANGUAGES or not _KEY.fullmatch(key) or self._hushed():
            return None
        kinds = (self._folder / language / f"{key}{suffix}" for suffix in SUFFIXES)
        return next((file for file in kinds if file.is_file()), None)

    def _hushed(self) -> bool:
        """Whether these are quiet hours. A clock that cannot be right knows none."""
        wall = self._clock.wall()
        return bool(self._quiet.spans) and clock_ok(wall) and self._quiet.open_at(wall.astimezone(self._zone))
