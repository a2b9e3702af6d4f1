"""Draws the scenes of a group: scene number i of a group is the same picture for ever."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from edge.sim.drawing import Sprite
from edge.sim.drawing.guise import Guise, draw_guise
from edge.sim.drawing.poster import hang_poster
from models.evaluation.people.groups import GROUPS, Kind
from models.evaluation.people.hall import Picture, camera, empty_hall, stand
from models.evaluation.people.truth import Person, Scene

FIRST_TRAINING_SEED: Final = 10_000
"""People from this seed on are drawn for training; those of the scenes lie below."""
LEAST: Final = 20


def drawn_scenes(group: str, count: int | None = None) -> Iterator[Scene]:
    """The scenes of a group, one after the other; by default as many as make its rates worth reading, at least LEAST."""
    kinds = GROUPS[group]
    wanted = max(LEAST, 5 * len(kinds)) if count is None else count
    for index in range(wanted):
        yield draw_scene(group, index)


def draw_scene(group: str, index: int) -> Scene:
    """Scene `index` of the group."""
    kinds = GROUPS[group]
    kind = kinds[index % len(kinds)]
    rng = np.random.default_rng([zlib.crc32(group.encode()), index])
    seed = seed_of(group, index)
    empty = empty_hall(rng)
    hall = empty.copy()
    people = _poster(hall, kind, seed, rng) if kind.poster else _entering(hall, kind, seed, rng)
    picture = camera(kind.light(hall, empty, rng) if kind.light else hall, rng)
    return Scene(group, kind.name, f"{index:03d} {kind.name}", picture, people)


def seed_of(group: str, index: int) -> int:
    """The person of a scene: another one in each of a group's first 10,000 scenes, never one who is trained on."""
    return (zlib.crc32(group.encode()) + 37 * index) % FIRST_TRAINING_SEED


def _entering(hall: Picture, kind: Kind, seed: int, rng: np.random.Generator) -> tuple[Person, ...]:
    """One person, or two side by side, the other one a little further away."""
    face_px = float(rng.uniform(*kind.face_px))
    if kind.other is None:
        sprite = _sprite(seed, face_px, kind.guise, rng)
        return (Person(stand(hall, sprite, _where(face_px, kind.guise.child, rng)), kind.truth),)
    guise, truth = kind.other
    other_px = face_px * float(rng.uniform(0.72, 0.9)) * (0.62 if guise.child else 1.0)
    apart = float(rng.uniform(1.5, 1.9)) * face_px
    left = 320.0 - apart / 2 * (1 if rng.random() < 0.5 else -1)
    line = float(rng.uniform(170, 220))
    low = line + (1.1 * face_px if guise.child else 0.0)
    second = Person(stand(hall, _sprite((seed + 5003) % FIRST_TRAINING_SEED, other_px, guise, rng), (640.0 - left, low)), truth)
    return (Person(stand(hall, _sprite(seed, face_px, kind.guise, rng), (left, line)), kind.truth), second)


def _where(face_px: float, child: bool, rng: np.random.Generator) -> tuple[float, float]:
    """Middle of the face: a child's lies low in the picture."""
    x = float(rng.uniform(150, 490))
    y = float(rng.uniform(300, 400)) if child else float(rng.uniform(0.75 * face_px, 300 - 0.3 * face_px))
    return x, y


def _sprite(seed: int, face_px: float, guise: Guise, rng: np.random.Generator) -> Sprite:
    """The person; a turned head looks to either side."""
    side = float(rng.choice((-1.0, 1.0)))
    return draw_guise(seed, face_px, replace(guise, yaw_deg=side * guise.yaw_deg) if guise.yaw_deg else guise)


def _poster(hall: Picture, kind: Kind, seed: int, rng: np.random.Generator) -> tuple[Person, ...]:
    sprite = _sprite(seed, float(rng.uniform(*kind.face_px)), kind.guise, rng)
    high, wide = sprite.bgra.shape[:2]
    box = hang_poster(hall, sprite, int(rng.uniform(20, 620 - 1.15 * wide)), int(rng.uniform(6, max(7, 380 - 1.2 * high))), rng)
    return (Person(box, kind.truth),)


def shaken(picture: Picture, rng: np.random.Generator) -> Picture:
    """The same moment in another frame of the camera: a little shifted, turned, nearer, brighter, noisy."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, 1.5)), float(rng.uniform(0.97, 1.03)))
    matrix = np.asarray(turn, np.float64)
    matrix[:, 2] += rng.uniform(-6, 6, 2)
    moved = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    noise = rng.standard_normal(moved.shape, np.float32) * np.float32(rng.uniform(2, 7))
    return np.asarray(np.clip(moved * np.float32(rng.uniform(0.92, 1.08)) + noise, 0, 255), np.uint8)
