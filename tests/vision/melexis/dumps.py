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
    if variant in ("broken100", "adjacent"):
        words[FIRST_PIXEL + 100] = 0
    if variant == "adjacent":
        words[FIRST_PIXEL + 101] = 0
    if variant == "outlier200":
        words[FIRST_PIXEL + 200] |= 1
    return words


def frames(folder: Path) -> list[NDArray[np.uint16]]:
    lines = (folder / "frames_signaloid.csv").read_text(encoding="utf-8").splitlines()
    return [np.array([int(word) for word in line.split(",")], np.uint16) for line in lines]


def goldens(folder: Path) -> dict[str, Any]:
    """What the maker's own library said."""
    answers: dict[str, Any] = json.loads((folder / "golden_variants.json").read_text(encoding="utf-8"))
    return answers
