"""A real sensor's words, and sentences about words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FIRST_PIXEL = 64


def eeprom(folder: Path, variant: str = "base_e095") -> NDArray[np.uint16]:
    """The dumped EEPROM with the variant's bad pixels."""
    text = (folder / "eeprom_signaloid.csv").read_text(encoding="utf-8")
    words = np.array([int(word) for word in text.split(",")], np.uint16)
    match variant:
        case "broken100":
            words[FIRST_PIXEL + 100] = 0
        case "outlier200":
            words[FIRST_PIXEL + 200] |= 1
        case "adjacent":
            words[FIRST_PIXEL + 100 : FIRST_PIXEL + 102] = 0
    return words


def frames(folder: Path) -> list[NDArray[np.uint16]]:
    lines = (folder / "frames_signaloid.csv").read_text(encoding="utf-8").splitlines()
    return [np.array([int(word) for word in line.split(",")], np.uint16) for line in lines]


def goldens(folder: Path) -> dict[str, Any]:
    """What the maker's own library said."""
    answers: dict[str, Any] = json.loads((folder / "golden_variants.json").read_text(encoding="utf-8"))
    return answers
