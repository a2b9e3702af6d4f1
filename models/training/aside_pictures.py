"""`python -m models.training.aside_pictures --data DIR --out DIR`: the pictures set aside, some masked by our own code.

Temperature and threshold are chosen on these, so that the evaluation pictures stay unseen. The folder then holds pictures
of people: it is for this machine only.
"""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from models.evaluation.yunet import open_yunet
from models.training.camera import photographed
from models.training.covering import Wardrobe, cover
from models.training.labelled import STATES, Labelled
from models.training.mosaic import crop_mosaic
from models.training.sources import Sources, load_sources
from models.training.textures import cut_textures

_SEED = 77
_COVERED, _MOSAICS, _MOSAIC_PX = 3, 240, 480
_COLUMNS = ("file", "x1", "y1", "x2", "y2", "mask", "source", "licence", "use", "width", "height")


def aside_pictures(sources: Sources) -> Iterator[tuple[str, Labelled]]:
    """Name of the kind and picture: scenes as they are, bare faces `_COVERED` times over, mosaics of crops."""
    wardrobe = Wardrobe(cut_textures(sources.scenes + sources.crops))
    rng = np.random.default_rng(_SEED)
    for scene in sources.scenes:
        yield "scene", scene
    for scene in sources.extra:
        for _ in range(_COVERED):
            yield "covered", _spoilt(cover(scene, wardrobe, rng), rng)
    for _ in range(_MOSAICS):
        yield "mosaic", _spoilt(crop_mosaic(sources, wardrobe, _MOSAIC_PX, rng), rng)


def _spoilt(made: Labelled, rng: np.random.Generator) -> Labelled:
    return Labelled(photographed(made.picture, rng), made.boxes, made.landmarks, made.states)


def write(pictures: Iterator[tuple[str, Labelled]], out: Path) -> int:
    """PNG files and a manifest.csv. Returns how many pictures were written."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    with (out / "manifest.csv").open("w", newline="", encoding="utf-8") as lines:
        table = csv.writer(lines)
        table.writerow(_COLUMNS)
        for count, (kind, made) in enumerate(pictures, start=1):
            name = f"{count:05d}.png"
            cv2.imwrite(str(out / name), made.picture)
            height, width = made.picture.shape[:2]
            for box, state in zip(made.boxes, made.states, strict=True):
                corners = [f"{value:.1f}" for value in box]
                table.writerow([name, *corners, STATES[int(state)], kind, "see models/manifest.toml", "aside", width, height])
    return count


def main() -> None:
    """Make the folder."""
    parser = argparse.ArgumentParser(prog="python -m models.training.aside_pictures", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    sources = load_sources(given.data, open_yunet(given.data / "weights" / "yunet_n.onnx"), aside=True)
    print(f"{write(aside_pictures(sources), given.out)} pictures in {given.out}")


if __name__ == "__main__":
    main()
