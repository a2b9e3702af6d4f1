"""Contact sheets: every group's scenes side by side, with what was said of each face."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np

from contract.verdicts import Mask
from models.evaluation.people.hall import Picture
from models.evaluation.people.judging import Outcome

_TILE: Final = (320, 240)
_ACROSS: Final = 5
_GREEN, _RED, _AMBER = (80, 200, 80), (60, 60, 240), (60, 180, 240)


def write_sheets(outcomes: list[Outcome], folder: Path) -> list[Path]:
    """One JPEG a group into `folder`; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    groups: dict[str, dict[str, list[Outcome]]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.scene.group, {}).setdefault(outcome.scene.name, []).append(outcome)
    written = []
    for name, scenes in groups.items():
        tiles = [_tile(part) for part in scenes.values()]
        tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % _ACROSS)
        rows = [np.hstack(tiles[start : start + _ACROSS]) for start in range(0, len(tiles), _ACROSS)]
        path = folder / f"{name.replace(' ', '_').replace(',', '')}.jpg"
        cv2.imwrite(str(path), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 88])
        written.append(path)
    return written


def _tile(part: list[Outcome]) -> Picture:
    """One scene: green where the answer is right, red where somebody is let in, amber else."""
    picture = part[0].scene.picture.copy()
    for outcome in part:
        colour = _GREEN if outcome.right else _RED if outcome.let_in else _AMBER
        x1, y1, x2, y2 = (round(float(edge)) for edge in outcome.box)
        cv2.rectangle(picture, (x1, y1), (x2, y2), colour, 2)
        said = "not found" if outcome.once is None else Mask(outcome.once).value
        cv2.putText(picture, said, (max(0, x1), min(474, y2 + 24)), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 4, cv2.LINE_AA)
        cv2.putText(picture, said, (max(0, x1), min(474, y2 + 24)), cv2.FONT_HERSHEY_SIMPLEX, 0.8, colour, 2, cv2.LINE_AA)
    small = cv2.resize(picture, _TILE, interpolation=cv2.INTER_AREA)
    cv2.putText(small, part[0].scene.kind, (6, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 3, cv2.LINE_AA)
    cv2.putText(small, part[0].scene.kind, (6, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (255, 255, 255), 1, cv2.LINE_AA)
    return np.asarray(small, np.uint8)
