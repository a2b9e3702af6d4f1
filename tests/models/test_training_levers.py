"""Parts of the recipe that are left out: what is left out is not seen, and the rest of the samples stays a stream."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from edge.sim.drawing import draw_person
from models.training.covering import Wardrobe
from models.training.labelled import ABSENT, WORN, WORN_WRONG, Labelled
from models.training.levers import Lever
from models.training.mosaic import Dressed, draw_pool
from models.training.sources import Sources
from models.training.stream import Sampler


def sampler(*without: Lever) -> Sampler:
    """One bare face in scenes, extra and crops; masks are on drawn ones, and on these where they are drawn."""
    person = draw_person(2, 120)
    picture = np.full((220, 220, 3), 120, np.uint8)
    person.paste(picture, 10, 10)
    bare = Labelled(picture, person.box[None] + 10, person.landmarks[None] + 10, np.array([ABSENT]))
    wrong = Labelled(picture, bare.boxes, bare.landmarks, np.array([WORN_WRONG]))
    empty = Labelled(picture * 0, bare.boxes[:0], bare.landmarks[:0], bare.states[:0])
    left = frozenset(without)
    wardrobe = Wardrobe([], masks=Lever.MASKS not in left, lookalikes=Lever.LOOKALIKES not in left)
    sources = Sources([bare], [bare], [bare], [empty], [] if Lever.CUT_OUTS in left else [wrong])
    return Sampler(sources, wardrobe, draw_pool(4, 1), Dressed([], []), np.array([1.0]), 4, left)


def states(made: Sampler) -> set[int]:
    return {int(state) for number in range(60) for state in made.sample(number).states}


def test_without_masks_drawn_people_and_cut_outs_everybody_is_bare() -> None:
    assert states(sampler()) == {ABSENT, WORN, WORN_WRONG}
    assert states(sampler(Lever.MASKS, Lever.DRAWN, Lever.CUT_OUTS)) == {ABSENT}
    assert states(sampler(Lever.MASKS, Lever.DRAWN)) == {ABSENT, WORN_WRONG}


def test_without_the_camera_a_picture_is_as_it_was_put_together() -> None:
    plain, spoilt = sampler(Lever.CAMERA, Lever.MASKS, Lever.LOOKALIKES), sampler(Lever.MASKS, Lever.LOOKALIKES)
    pairs = [(plain.sample(number), spoilt.sample(number)) for number in range(20)]
    assert all(np.array_equal(one.boxes, other.boxes) for one, other in pairs)
    assert sum(not np.array_equal(one.picture, other.picture) for one, other in pairs) >= 15
