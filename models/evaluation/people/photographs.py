"""The same groups on real bare faces: what our own code paints on photographs whose licence allows it."""

import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.sim.drawing import Sprite
from edge.sim.drawing.guise import Guise, worn_layer
from edge.sim.drawing.look import Look
from edge.sim.drawing.placement import FaceFrame
from edge.sim.drawing.poster import hang_poster
from edge.sim.drawing.wear.wearer import put_on
from models.evaluation.errors import LabelsError, PictureError
from models.evaluation.people.groups import GROUPS, Kind, bespectacled
from models.evaluation.people.hall import Picture, empty_hall
from models.evaluation.people.truth import ASIDE_BARE, BARE, COVERED, Person, Scene, Truth

COUNT: Final = 20
_SMALLEST_FACE_PX, _LEAST_SCORE = 70.0, 0.8
_SIZE: Final = (640, 480)
# YuNet's boxes begin higher on the forehead than those of the network (models/training/sources.py measures the share).
_FOREHEAD = 0.175
_DRAWN_ONLY: Final = frozenset({"the child", "two entering together", "backlight", "the side face", "dark skin", "light skin"})
_HELD: Final = ("hand", "phone", "drink", "cup", "smoking", "cigarette", "microphone", "arm before")


@dataclass(frozen=True, slots=True)
class Face:
    """A bare face in the middle of a 640x480 window of a photograph: picture, landmarks (5, 2), box (4,), file."""

    picture: Picture
    marks: NDArray[np.float64]
    box: NDArray[np.float64]
    name: str


@dataclass(frozen=True, slots=True)
class Album:
    """The rows of `extra/manifest.csv` that show a bare face large enough, and what `lookalikes.csv` says of some."""

    folder: Path
    rows: list[dict[str, str]]
    lookalikes: dict[str, str]

    @classmethod
    def open(cls, root: Path) -> "Album":
        """Read the lists below `root`/extra. Raises LabelsError where they are not."""
        folder = root / "extra"
        rows = [row for row in _rows(folder / "manifest.csv") if row["mask"] == Mask.ABSENT.value and row["lm0x"]]
        notes = {row["file"]: row["what"] for row in _rows(folder / "lookalikes.csv")}
        large = [r for r in rows if float(r["y2"]) - float(r["y1"]) >= _SMALLEST_FACE_PX and float(r["lm_score"]) >= _LEAST_SCORE]
        return cls(folder, large, notes)

    def scenes(self, group: str, count: int = COUNT) -> Iterator[Scene]:
        """Photographs of the group: painted, found among the look-alikes, or chosen by how the face is turned."""
        yield from self._painted(group, count)
        if group == "the bearded man":
            yield from self._noted(group, ("beard",), BARE)
        elif group == "the hand over the mouth":
            yield from self._noted(group, _HELD, COVERED)
        elif group == "the side face":
            yield from self._aside(group, count)
        elif group in {"dark skin", "light skin"}:
            yield from self._by_skin(group, count, darkest=group == "dark skin")

    def _painted(self, group: str, count: int) -> Iterator[Scene]:
        kinds = [kind for kind in GROUPS[group] if group not in _DRAWN_ONLY and kind.guise.looks is not bespectacled]
        made = 0
        for row in self._shuffled(group):
            if not kinds or made == count:
                return
            face = _face(self.folder, row)
            scene = _scene(group, kinds[made % len(kinds)], face) if abs(_turn(face)) < 0.3 and _alone(self.rows, row) else None
            if scene is not None:
                made += 1
                yield scene

    def _noted(self, group: str, words: tuple[str, ...], truth: Truth) -> Iterator[Scene]:
        """Real look-alikes."""
        for row in self.rows:
            note = self.lookalikes.get(row["file"], "")
            if any(word in note for word in words):
                yield _bare(group, f"real: {note}", _face(self.folder, row), truth)

    def _aside(self, group: str, count: int) -> Iterator[Scene]:
        """The faces that are turned furthest, by where the nose stands between the eyes."""
        turned = sorted(self.rows, key=lambda row: -abs(_turn_of(_marks(row))))[:count]
        for row in turned:
            yield _bare(group, "real: turned", _face(self.folder, row), ASIDE_BARE)

    def _by_skin(self, group: str, count: int, *, darkest: bool) -> Iterator[Scene]:
        """Bare and masked, on the darkest or lightest faces of a sample."""
        faces = [_face(self.folder, row) for row in self._shuffled("skin")[: 10 * count] if _alone(self.rows, row)]
        frontal = [face for face in faces if abs(_turn(face)) < 0.2]
        kinds, made = GROUPS[group], 0
        for face in sorted(frontal, key=_brightness, reverse=not darkest):
            scene = _scene(group, kinds[made % len(kinds)], face)
            if scene is not None and made < count:
                made += 1
                yield scene

    def _shuffled(self, key: str) -> list[dict[str, str]]:
        return sorted(self.rows, key=lambda row: zlib.crc32(f"{key} {row['file']} {row['x1']}".encode()))


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        remedy = "Give --root the folder that holds extra/ and weights/, or leave it out: the drawn scenes need no pictures."
        raise LabelsError("there is no such list of pictures", where=str(file), remedy=remedy)
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _marks(row: dict[str, str]) -> NDArray[np.float64]:
    return np.array([float(row[f"lm{i}{axis}"]) for i in range(5) for axis in "xy"]).reshape(5, 2)


def _alone(rows: list[dict[str, str]], row: dict[str, str]) -> bool:
    """Whether nobody else is near enough to be painted over."""
    x1, y1 = float(row["x1"]), float(row["y1"])
    reach = 1.2 * (float(row["y2"]) - y1)
    others = [r for r in rows if r["file"] == row["file"] and r is not row]
    return not any(abs(float(r["x1"]) - x1) < reach and abs(float(r["y1"]) - y1) < reach for r in others)


def _face(folder: Path, row: dict[str, str]) -> Face:
    """The window in which the face takes a third of the height."""
    picture = cv2.imread(str(folder / row["file"]), cv2.IMREAD_COLOR)
    if picture is None:
        where = str(folder / row["file"])
        raise PictureError("this is no picture that can be read", where=where, remedy="Restore it, or take it off the list.")
    box = np.array([float(row[k]) for k in ("x1", "y1", "x2", "y2")])
    box[1] += _FOREHEAD * (box[3] - box[1])
    scale = _SIZE[1] / (3.0 * float(box[3] - box[1]))
    centre = (box[:2] + box[2:]) / 2
    shift = np.array((_SIZE[0] / 2, 0.45 * _SIZE[1])) - scale * centre
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    smaller = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    seen = cv2.warpAffine(picture, matrix, _SIZE, flags=smaller, borderMode=cv2.BORDER_REPLICATE)
    placed = (box.reshape(2, 2) * scale + shift).reshape(4)
    return Face(np.asarray(seen, np.uint8), _marks(row) * scale + shift, placed, f"{Path(row['file']).stem} {row['x1']}")


def _turn(face: Face) -> float:
    return _turn_of(face.marks)


def _turn_of(marks: NDArray[np.float64]) -> float:
    """How far the nose stands from the middle of the eyes, in eye distances: about sin(yaw); beyond 0.5 a profile."""
    gap = marks[1] - marks[0]
    return float((marks[2] - marks[:2].mean(0)) @ gap / max(1e-6, float(gap @ gap)))


def _brightness(face: Face) -> float:
    """Of the cheeks against the whole picture: skin, not lamp."""
    x, y = ((face.marks[0] + face.marks[1] + face.marks[2] * 2) / 4).astype(int)
    skin = face.picture[max(0, y - 6) : y + 6, max(0, x - 14) : x + 14]
    return float(skin.mean()) if skin.size else 128.0


def _bare(group: str, kind: str, face: Face, truth: Truth) -> Scene:
    return Scene(group, kind, f"photo {face.name}", face.picture, (Person(face.box.astype(np.float32), truth),), drawn=False)


def _scene(group: str, kind: Kind, face: Face) -> Scene | None:
    """The guise painted on a real face; None where its mask does not fit it."""
    picture = face.picture.copy()
    rng = np.random.default_rng(zlib.crc32(f"{group} {kind.name} {face.name}".encode()))
    frame = FaceFrame.of_face(face.marks, face.box, turned=True)
    if frame is None:
        return None
    _paint(picture, face, frame, kind.guise, rng)
    box = face.box.astype(np.float32)
    if kind.poster:
        wide, high = (int(x) for x in (1.9 * (box[2] - box[0]), 1.7 * (box[3] - box[1])))
        left, top = max(0, int(box[0] - 0.45 * (box[2] - box[0]))), max(0, int(box[1] - 0.3 * (box[3] - box[1])))
        cut = picture[top : top + high, left : left + wide]
        sprite = Sprite(
            np.dstack([cut, np.full(cut.shape[:2], 255, np.uint8)]),
            np.zeros((5, 2), np.float32),
            box - np.array((left, top, left, top), np.float32),
            kind.guise.mask,
        )
        picture = empty_hall(rng)
        box = hang_poster(picture, sprite, int(rng.uniform(20, 300)), int(rng.uniform(6, 60)), rng)
    if kind.light is not None:
        picture = kind.light(picture, face.picture, rng)
    return Scene(group, kind.name, f"photo {face.name}", picture, (Person(box, kind.truth),), drawn=False)


def _paint(picture: Picture, face: Face, frame: FaceFrame, guise: Guise, rng: np.random.Generator) -> None:
    """Painters below, mask, painters above, in place."""
    look = replace(Look.of_seed(0), skin=_cheek(face))
    for painter in guise.under:
        put_on(picture, frame, painter, rng)
    if guise.placement is not None:
        worn_layer(picture, face.marks, face.box, guise, rng, look).lay_over(picture)
    for painter in guise.over:
        put_on(picture, frame, painter, rng)


def _cheek(face: Face) -> tuple[float, float, float]:
    x, y = ((face.marks[0] + face.marks[2]) / 2).astype(int)
    part = face.picture[max(0, y - 4) : y + 5, max(0, x - 4) : x + 5].reshape(-1, 3)
    b, g, r = (float(c) for c in np.median(part, 0))
    return b, g, r
