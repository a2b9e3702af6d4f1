"""The endless, seeded stream of training samples: sample i is the same picture for the same seed."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from edge.sim.drawing import Sprite
from models.evaluation.yunet import open_yunet
from models.training.camera import photographed
from models.training.covering import Wardrobe, cover
from models.training.dressed import with_no_mask, with_things
from models.training.labelled import ABSENT, WORN_WRONG, Labelled
from models.training.levers import Lever
from models.training.losses import Truth
from models.training.mosaic import Dressed, crop_mosaic, draw_pool, drawn_group
from models.training.sources import Sources, load_sources
from models.training.textures import cut_textures
from models.training.windows import choose_window, cut

SIDE_PX = 320
_KIND_OF = {Lever.MOSAICS: "mosaic", Lever.DRAWN: "drawn"}
_MIX = (("scene", 0.43), ("extra", 0.22), ("mosaic", 0.23), ("drawn", 0.07), ("empty", 0.05))
_POOL, _COVERED, _EQUIPPED = 800, 1600, 600

Batch = tuple[Tensor, list[Truth]]


@dataclass(frozen=True, slots=True)
class Sampler:
    """Everything a sample is made of."""

    sources: Sources
    wardrobe: Wardrobe
    pool: list[Sprite]
    dressed: Dressed
    scene_chances: np.ndarray
    seed: int
    without: frozenset[Lever] = frozenset()

    @classmethod
    def load(cls, root: Path, seed: int, without: frozenset[Lever] = frozenset()) -> "Sampler":
        """Read all pictures below `root` and draw the people: two to three minutes."""
        yunet = open_yunet(root / "weights" / "yunet_n.onnx")
        sources = load_sources(root, yunet)
        sources = replace(sources, wrong=[]) if Lever.CUT_OUTS in without else sources
        textures = cut_textures(sources.scenes + sources.crops)
        wardrobe = Wardrobe(textures, masks=Lever.MASKS not in without, lookalikes=Lever.LOOKALIKES not in without)
        weights = np.array([_weight(scene) for scene in sources.scenes])
        covered = with_no_mask(sources.crops, _COVERED, seed) if wardrobe.lookalikes else []
        dressed = Dressed(covered, with_things(sources.crops, _EQUIPPED, seed))
        pool = draw_pool(0 if Lever.DRAWN in without else _POOL, seed)
        return cls(sources, wardrobe, pool, dressed, weights / weights.sum(), seed, without)

    def sample(self, index: int) -> Labelled:
        """Sample number `index`, (SIDE_PX, SIDE_PX)."""
        rng = np.random.default_rng([self.seed, index])
        made = self._made(self._kind(rng), rng)
        if Lever.CAMERA in self.without:
            return made
        return Labelled(photographed(made.picture, rng), made.boxes, made.landmarks, made.states)

    def _kind(self, rng: np.random.Generator) -> str:
        left_out = {_KIND_OF[one] for one in self.without if one in _KIND_OF}
        chances = np.array([0.0 if kind in left_out else chance for kind, chance in _MIX])
        return _MIX[int(rng.choice(len(_MIX), p=chances / chances.sum() if left_out else chances))][0]

    def _made(self, kind: str, rng: np.random.Generator) -> Labelled:
        match kind:
            case "scene":
                return self._window(self.sources.scenes[int(rng.choice(len(self.sources.scenes), p=self.scene_chances))], rng)
            case "extra":
                return self._window(self.sources.extra[int(rng.integers(len(self.sources.extra)))], rng)
            case "mosaic":
                return crop_mosaic(self.sources, self.wardrobe, SIDE_PX, rng, self.dressed)
            case "drawn":
                return drawn_group(self.pool, self.sources.empty, SIDE_PX, rng)
            case _:
                scene = self.sources.empty[int(rng.integers(len(self.sources.empty)))]
                return cut(scene, choose_window(scene, rng), SIDE_PX, rng)

    def _window(self, scene: Labelled, rng: np.random.Generator) -> Labelled:
        """A window of a scene, with masks drawn on some of the faces it shows."""
        left, top, side = choose_window(scene, rng)
        centre = (scene.boxes[:, :2] + scene.boxes[:, 2:]) / 2
        near = np.asarray(((centre > (left, top)) & (centre < (left + side, top + side))).all(1), bool)
        return cut(cover(scene, self.wardrobe, rng, near), (left, top, side), SIDE_PX, rng)


def _weight(scene: Labelled) -> float:
    if (scene.states == WORN_WRONG).any():
        return 3.0
    return 1.5 if (scene.states == ABSENT).any() else 1.0


def batch_of(samples: list[Labelled]) -> Batch:
    """Pictures (n, 3, SIDE_PX, SIDE_PX) uint8 and their labels."""
    pictures = torch.from_numpy(np.stack([s.picture for s in samples]).transpose(0, 3, 1, 2).copy())
    labels = [
        Truth(
            torch.from_numpy(s.boxes.copy()),
            torch.from_numpy(s.landmarks.reshape(-1, 10).copy()),
            torch.from_numpy(s.states.copy()),
        )
        for s in samples
    ]
    return pictures, labels


class Stream(IterableDataset[Batch]):
    """Batches first, first + 1, ...: the same ones in the same order however many loader processes share the work."""

    def __init__(self, sampler: Sampler, batch: int, first: int = 0) -> None:
        """Batches of `batch` samples each. The loader processes are forked and share the pictures of `sampler`."""
        cv2.setNumThreads(1)  # its threads do not survive the fork: a loader process that puts them away then waits for ever
        self._sampler, self._batch, self._first = sampler, batch, first

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        worker = get_worker_info()
        mine, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        for number in itertools.count(self._first + mine, workers):
            start = number * self._batch
            yield batch_of([self._sampler.sample(start + i) for i in range(self._batch)])
