"""Makes the voice of the visitor's screen with espeak-ng: one file for each prompt and language."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from contract.errors import MenshenError
from edge.kiosk.server import PAGES
from edge.kiosk.voice import SUFFIXES

VOICES: Final = {"zh": ("cmn", "150"), "en": ("en-gb", "145")}
"""espeak-ng's voice and words a minute."""
SPOKEN: Final = {
    "titles": ("pass", "put_on_mask", "fix_mask", "recheck", "cannot_measure", "not_admitted"),
    "waiting": ("approach", "one_at_a_time", "hold_still", "look_here", "face_covered", "forehead_covered", "wash_hands"),
}
"""What is said aloud: what somebody has to do. Not that one waits, and nothing to an empty hall."""
_LONGEST_S: Final = 20.0


def prompts() -> Iterator[tuple[str, str, str]]:
    """Language, key and words of everything that is said."""
    words = json.loads((PAGES / "words.json").read_text(encoding="utf-8"))
    for group, names in SPOKEN.items():
        for name in names:
            for language in VOICES:
                yield language, f"{group}-{name}", words[group][name][language]


def make_voice(folder: Path) -> tuple[int, int]:
    """Write what is not there yet; a recording of the same name, of whatever kind, is left alone. Returns made and kept.

    Raises MenshenError where espeak-ng is missing or fails.
    """
    speaker = shutil.which("espeak-ng")
    if speaker is None:
        raise MenshenError("espeak-ng is not installed", remedy="sudo apt install espeak-ng, or record the prompts yourself.")
    made = kept = 0
    for language, key, words in prompts():
        file = folder / language / f"{key}.wav"
        if any(file.with_suffix(suffix).exists() for suffix in SUFFIXES):
            kept += 1
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        _speak(speaker, language, words, file)
        made += 1
    return made, kept


def _speak(speaker: str, language: str, words: str, file: Path) -> None:
    """Whole or not at all: made beside, then renamed."""
    voice, speed = VOICES[language]
    part = file.with_suffix(".part")
    command = [speaker, "-v", voice, "-s", speed, "-w", str(part), words]
    done = subprocess.run(  # noqa: S603 our own words and the program found above
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_LONGEST_S, check=False
    )
    if done.returncode or not part.exists():
        raise MenshenError(f"espeak-ng could not say {words!r}: {done.stderr.strip()[:200]}", where=str(file))
    part.replace(file)
