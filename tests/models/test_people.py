"""Scenes named after people: everybody can be drawn, is labelled truly, and those without a mask are not let in."""

from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from contract.verdicts import Mask
from edge.sim.drawing.placement import STATE_OF
from edge.vision.detector import Detections, Detector
from models.evaluation.errors import LabelsError
from models.evaluation.people.drawing import FIRST_TRAINING_SEED, LEAST, draw_scene, drawn_scenes, seed_of, shaken
from models.evaluation.people.groups import GROUPS, Kind
from models.evaluation.people.hall import Light, Picture, backlight, infrared, night
from models.evaluation.people.judging import Outcome, judge
from models.evaluation.people.photographs import Album
from models.evaluation.people.report import RATES, figures, markdown, rewritten, summary
from models.evaluation.people.truth import BARE, MASKED, Person, Scene, Truth

LOOKALIKES = ("the bearded man", "the hand over the mouth", "the scarf")
KINDS = [(group, kind) for group, kinds in GROUPS.items() for kind in kinds]
FIRST_LOOK = 0.6
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "people.md"

first_scene = cache(lambda group: draw_scene(group, 0))


@pytest.fixture(scope="module")
def eye() -> Detector:
    return Detector.open()


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_at_least_twenty_different_people(group: str) -> None:
    people = {seed_of(group, index) for index in range(max(LEAST, 5 * len(GROUPS[group])))}
    assert len(people) >= 20
    assert max(people) < FIRST_TRAINING_SEED


@pytest.mark.parametrize("group", GROUPS)
def test_the_people_of_every_group_stand_in_the_picture(group: str) -> None:
    scene = first_scene(group)
    assert scene.picture.shape == (480, 640, 3)
    for person in scene.people:
        middle = (person.box[:2] + person.box[2:]) / 2
        assert ((middle > 0) & (middle < (640, 480))).all()
        assert 40 < person.box[3] - person.box[1] < 260


@pytest.mark.parametrize(("group", "kind"), KINDS, ids=[f"{group}, {kind.name}" for group, kind in KINDS])
def test_the_label_is_what_was_drawn(group: str, kind: Kind) -> None:
    placement = kind.guise.placement
    drawn = Mask.ABSENT if placement is None else STATE_OF[placement]
    slipped = kind.guise.nose_shown is not None and drawn is Mask.WORN
    assert kind.truth.state is (Mask.WORN_WRONG if slipped else drawn)
    assert kind.truth.worn_is_wrong == (Mask.WORN not in kind.truth.right and drawn is not Mask.WORN)


def test_the_same_scene_is_the_same_picture_for_ever() -> None:
    assert np.array_equal(draw_scene("the scarf", 3).picture, draw_scene("the scarf", 3).picture)


def test_a_group_goes_round_its_kinds() -> None:
    kinds = [scene.kind for scene in drawn_scenes("the poster on the wall", 3)]
    assert kinds == ["bare", "masked", "bare"]


def test_two_enter_side_by_side() -> None:
    one, other = first_scene("two entering together").people
    assert abs(float(one.box[0] - other.box[0])) > 0.8 * float(one.box[2] - one.box[0])


def test_a_shaken_copy_shows_the_same_moment_otherwise() -> None:
    picture = first_scene("dark skin").picture
    copy = shaken(picture, np.random.default_rng(1))
    assert copy.shape == picture.shape
    assert 0.5 < float(np.abs(copy.astype(float) - picture).mean()) < 30


@pytest.mark.parametrize("light", [backlight, night, infrared])
def test_light_never_leaves_the_range_of_a_camera(light: Light) -> None:
    picture = first_scene("light skin").picture
    lit = light(picture, np.zeros_like(picture), np.random.default_rng(2))
    assert lit.dtype == np.uint8
    assert not np.array_equal(lit, picture)


def test_nobody_under_a_beard_a_hand_or_a_scarf_is_usually_called_masked(eye: Detector) -> None:
    outcomes = [o for group in LOOKALIKES for index in range(2) for o in judge(draw_scene(group, index), eye, FIRST_LOOK)]
    share = figures(outcomes)["called_worn"]
    assert share is not None
    assert share <= 0.5


def test_plain_faces_with_and_without_a_mask_are_told_apart(eye: Detector) -> None:
    outcomes = [o for index in range(2) for o in judge(draw_scene("two entering together", index), eye, FIRST_LOOK)]
    assert sum(o.right for o in outcomes) >= 0.6 * len(outcomes)


class Certain(Detector):
    """Sees one face, always there, and says the same of it; or sees none."""

    def __init__(self, said: tuple[float, float, float] | None) -> None:
        self._said = [] if said is None else [said]

    def find(self, picture: Picture) -> Detections:
        del picture
        count = len(self._said)
        box = np.array([[100, 100, 200, 220]], np.float32)[:count]
        mask = np.array(self._said, np.float32).reshape(-1, 3)
        return Detections(box, np.ones(count, np.float32), np.zeros((count, 5, 2), np.float32), mask)


def judged(said: tuple[float, float, float] | None, *truths: Truth) -> list[Outcome]:
    box = np.array([102, 98, 198, 224], np.float32)
    picture = np.full((480, 640, 3), 120, np.uint8)
    scenes = [Scene("group", "kind", str(i), picture, (Person(box, truth),)) for i, truth in enumerate(truths)]
    return [o for scene in scenes for o in judge(scene, Certain(said), FIRST_LOOK)]


def test_a_bare_face_called_worn_is_let_in() -> None:
    shares = figures(judged((0.1, 0.8, 0.1), BARE, MASKED))
    assert (shares["called_worn"], shares["right"], shares["refused"]) == (1.0, 0.5, 0.0)
    assert shares["voted_called_worn"] == 1.0


def test_doubt_is_neither_let_in_nor_refused() -> None:
    shares = figures(judged((0.45, 0.5, 0.05), BARE, MASKED))
    assert (shares["unsure"], shares["called_worn"], shares["refused"]) == (1.0, 0.0, 0.0)


def test_a_face_nobody_finds_is_counted_as_not_found() -> None:
    shares = figures(judged(None, BARE))
    assert (shares["not_found"], shares["right"], shares["answers"]["None"]) == (1.0, 0.0, 1)


def test_the_table_has_a_row_for_every_group() -> None:
    page = markdown(summary(judged((0.9, 0.05, 0.05), BARE, MASKED)))
    assert page.splitlines()[2].startswith("| group | 2 | 50 | 0 | 100 |")


def test_the_page_tells_the_rates_of_every_group() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [group for group in GROUPS if f"| {group} | " not in page.partition(RATES)[2]] == []


def test_new_rates_take_the_place_of_the_old_ones() -> None:
    groups = summary(judged((0.9, 0.05, 0.05), BARE))
    once = rewritten(f"# People\n\n{RATES}\nold\n", "a network", groups)
    assert "old" not in once
    assert rewritten(once, "a network", groups) == once
    with pytest.raises(ValueError, match="no heading"):
        rewritten("# People\n", "a network", groups)


def test_a_folder_without_photographs_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(LabelsError) as refused:
        Album.open(tmp_path)
    assert "--root" in str(refused.value.remedy)


@pytest.mark.reference
def test_the_same_groups_are_painted_on_photographs(reference_data: Path) -> None:
    album = Album.open(reference_data / "faces")
    scenes = [
        scene for group in ("the hand over the mouth", "the side face", "dark skin") for scene in islice(album.scenes(group), 2)
    ]
    assert len({scene.name for scene in scenes}) >= 5
    assert not any(scene.drawn for scene in scenes)
    for scene in scenes:
        (person,) = scene.people
        assert person.box[0] < 320 < person.box[2]
