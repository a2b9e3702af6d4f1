"""How right ours and the peers are on photographs nobody trained on. Judged once for each set of weights, then remembered."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks.result import FOLDER, Json
from edge.vision.model_file import ModelEntry
from models.evaluation.judged import SCORE_FLOOR
from models.evaluation.judging import compare_all
from models.evaluation.labels import Labels
from models.evaluation.peers.families import open_peer
from models.evaluation.run import OURS, judge_pictures, open_ours, sha256_of
from models.evaluation.summary import plain, summary

KEPT: Final = FOLDER / "vision_accuracy.json"
Shares = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Over gate faces, IoU 0.5.

    Attributes:
        map3: of each that judges masks, by its likeliest state.
        passes: of each peer, shares of absent and of worn_wrong faces called worn; then ours where as many worn faces pass.
        figures: more, for the file.
    """

    map3: Mapping[str, float]
    passes: Mapping[str, tuple[Shares, Shares]]
    figures: Mapping[str, Json]

    def as_json(self) -> dict[str, Json]:
        return {"map3": self.map3, **self.figures}


def accuracy(entry: ModelEntry, manifest: Path, files: Mapping[str, Path], labels: Sequence[Labels]) -> Accuracy:
    """From the last time where neither weights, pictures nor threshold have changed since."""
    of: dict[str, Json] = {name: sha256_of(file) for name, file in {OURS: entry.file, "manifest": manifest, **files}.items()}
    of |= {"worn_probability": entry.worn_probability, "pictures": len(labels)}
    try:
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
        if kept["of"] == of:
            return _read(kept)
    except (OSError, ValueError, KeyError):
        pass  # there is nothing to remember yet
    judged = _judged(entry, files, labels)
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps({"of": of, **judged}, indent=2) + "\n", encoding="utf-8")
    return _read(judged)


def _judged(entry: ModelEntry, files: Mapping[str, Path], labels: Sequence[Labels]) -> dict[str, object]:
    opened = [open_ours(entry.file, entry.input_px), *(open_peer(name, file, SCORE_FLOOR) for name, file in files.items())]
    masks = [one.name for one in opened if one.judges_masks]
    seen = judge_pictures([one for one in opened if one.judges_masks], labels)
    figures = {name: plain(summary(seen[name], entry.worn_probability if name == OURS else None)) for name in masks}
    comparison = [plain(asdict(one)) for one in compare_all([name for name in masks if name != OURS], seen)]
    return {"figures": figures, "comparison": comparison}


def _read(kept: Mapping[str, object]) -> Accuracy:
    figures, comparison = kept["figures"], kept["comparison"]
    assert isinstance(figures, dict)
    assert isinstance(comparison, list)
    passes = {one["peer"]: (_shares(one["theirs"]), _shares(one["ours"])) for one in comparison}
    map3 = {name: part["map3"] for name, part in figures.items()}
    return Accuracy(map3, passes, {"figures": figures, "comparison": comparison})


def _shares(passed: Mapping[str, float | None] | None) -> Shares:
    """NaN where ours never passes as many, or where there is no such face."""
    absent, wrong = ((passed or {}).get(f"{state}_called_worn") for state in ("absent", "worn_wrong"))
    return math.nan if absent is None else absent, math.nan if wrong is None else wrong
