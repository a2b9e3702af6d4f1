"""People in guises: turned heads, children, things before the mouth, drawn truly and for ever the same."""

from dataclasses import replace

import numpy as np
import pytest

from contract.verdicts import Mask
from edge.sim.drawing import Placement, draw_person
from edge.sim.drawing.canvas import Canvas
from edge.sim.drawing.guise import Guise, draw_guise, upper_edge, worn_layer
from edge.sim.drawing.look import Look
from edge.sim.drawing.placement import FaceFrame
from edge.sim.drawing.poster import hang_poster
from edge.sim.drawing.wear import arm, clear, eyewear, hand, headgear, neck, whiskers
from edge.sim.drawing.wear.wearer import Painter, Wearer, put_on

PAINTERS = (
    hand.hand_over_mouth, hand.both_hands, hand.hand_at_cheek, hand.fist_before_mouth, arm.elbow_before_mouth,
    neck.scarf_over_mouth, neck.scarf_round_neck, neck.turtleneck, neck.balaclava, headgear.beanie, headgear.cap,
    headgear.brimmed_hat, headgear.hood, headgear.head_scarf, headgear.hard_hat, headgear.long_fringe, eyewear.face_shield,
    eyewear.sunglasses, whiskers.beard(whiskers.GREY, 0.2, 0.9),
)  # fmt: skip
OVER_THE_MOUTH = (hand.hand_over_mouth, hand.both_hands, hand.fist_before_mouth, arm.elbow_before_mouth, neck.scarf_over_mouth)


def photograph() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A drawn face that stands for a photographed one: picture, landmarks, box."""
    person = draw_person(4, 160)
    picture = np.full((400, 400, 3), 128, np.uint8)
    person.paste(picture, 60, 60)
    return picture, person.landmarks + 60, person.box + 60


@pytest.mark.parametrize("guise", [Guise(Placement.WORN, yaw_deg=60), Guise(child=True, over=(neck.scarf_over_mouth,))])
def test_the_same_person_in_the_same_guise_is_the_same_picture(guise: Guise) -> None:
    assert np.array_equal(draw_guise(3, 120, guise).bgra, draw_guise(3, 120, guise).bgra)


def test_a_scarf_is_no_mask() -> None:
    assert draw_guise(1, 100, Guise(over=(neck.scarf_over_mouth,))).mask is Mask.ABSENT
    assert draw_guise(1, 100, Guise(Placement.WORN, under=(neck.scarf_round_neck,))).mask is Mask.WORN


@pytest.mark.parametrize("yaw_deg", [-90, -60, -30, 30, 60, 90])
def test_a_turned_nose_points_to_its_side(yaw_deg: float) -> None:
    marks = draw_guise(8, 150, Guise(yaw_deg=yaw_deg)).landmarks
    eyes = marks[:2, 0].mean()
    assert np.sign(marks[2, 0] - eyes) == np.sign(yaw_deg)
    assert abs(marks[1, 0] - marks[0, 0]) < 150 * 0.34


def test_the_further_a_head_is_turned_the_closer_stand_the_eyes() -> None:
    gaps = [float(np.ptp(draw_guise(8, 150, Guise(yaw_deg=yaw)).landmarks[:2, 0])) for yaw in (20, 45, 70)]
    assert gaps == sorted(gaps, reverse=True)


def test_a_turned_face_lies_in_its_box() -> None:
    person = draw_guise(5, 150, Guise(yaw_deg=90))
    assert ((person.landmarks[2:] > person.box[:2] - 3) & (person.landmarks[2:] < person.box[2:] + 3)).all()


def test_a_child_has_its_eyes_lower_in_the_face_than_an_adult() -> None:
    def eyes_down(guise: Guise) -> float:
        person = draw_guise(6, 150, guise)
        return float((person.landmarks[:2, 1].mean() - person.box[1]) / (person.box[3] - person.box[1]))

    assert eyes_down(Guise(child=True)) > eyes_down(Guise()) + 0.03


@pytest.mark.parametrize("painter", PAINTERS, ids=lambda painter: painter.__qualname__)
def test_whatever_is_put_on_is_seen_on_a_photographed_face(painter: Painter) -> None:
    picture, marks, box = photograph()
    frame = FaceFrame.of_face(marks, box)
    assert frame is not None
    before = picture.copy()
    put_on(picture, frame, painter, np.random.default_rng(1))
    assert (np.abs(picture.astype(int) - before).max(2) > 12).mean() > 0.003


@pytest.mark.parametrize("painter", OVER_THE_MOUTH, ids=lambda painter: painter.__qualname__)
def test_what_is_held_before_the_mouth_covers_it(painter: Painter) -> None:
    look = Look.of_seed(2)
    canvas = Canvas(390, 390, (195.0, 148.0), 70.0)
    painter(canvas, Wearer.of_look(look), np.random.default_rng(3))
    assert canvas.alpha[148 + 70, 195] > 0.9


@pytest.mark.parametrize("shown", [(0.6, 0.68), (0.68, 0.76), (0.76, 0.9)])
def test_as_much_of_the_nose_is_out_as_was_asked_for(shown: tuple[float, float]) -> None:
    picture, marks, box = photograph()
    frame = FaceFrame.of_face(marks, box)
    assert frame is not None
    layer = worn_layer(picture, marks, box, Guise(Placement.UNDER_NOSE, nose_shown=shown), np.random.default_rng(5))
    assert shown[0] <= upper_edge(layer, frame) <= shown[1]


def test_through_a_clear_mask_the_mouth_is_seen() -> None:
    picture, marks, box = photograph()
    x, y = marks[3:].mean(0).astype(int)
    solid, pane = Guise(Placement.WORN), Guise(Placement.WORN, cut=clear.all_clear)
    hidden, seen = (worn_layer(picture, marks, box, guise, np.random.default_rng(7)) for guise in (solid, pane))
    assert hidden.alpha[y - hidden.top_px, x - hidden.left_px] > 0.95
    assert seen.alpha[y - seen.top_px, x - seen.left_px] < 0.6


def test_a_profile_carries_no_mask_of_a_frontal_face() -> None:
    picture, marks, box = photograph()
    marks[1] = marks[0]
    with pytest.raises(ValueError, match="no mask fits"):
        worn_layer(picture, marks, box, Guise(Placement.WORN), np.random.default_rng(1))


def test_a_poster_hangs_where_it_is_said_to_hang() -> None:
    wall = np.full((480, 640, 3), 160, np.uint8)
    box = hang_poster(wall, draw_person(9, 100), 200, 40, np.random.default_rng(2))
    assert 200 < box[0] < box[2] < 460
    assert 40 < box[1] < box[3] < 300
    assert wall[:30].min() > 100
    assert wall[100:200, 250:400].std() > 10


def test_a_person_who_changes_only_the_guise_keeps_the_face() -> None:
    bald = replace(Look.of_seed(3), glasses=True)
    person = draw_guise(3, 120, Guise(looks=lambda _look: bald))
    assert np.allclose(person.landmarks, draw_guise(3, 120, Guise()).landmarks)
