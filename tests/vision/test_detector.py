"""The eye: any picture, one pass, faces in the picture's own pixels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from contract.verdicts import Mask
from edge.sim.drawing import Placement, draw_person
from edge.vision.detector import Detections, Detector
from edge.vision.letterbox import Letterbox, padded
from edge.vision.model_file import open_model
from edge.vision.suppression import suppress
from models.evaluation.yunet import open_yunet
from tests.models.reference import faces_folder


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.open()


def scene(seed: int, face_px: float, placement: Placement | None) -> tuple[np.ndarray, np.ndarray]:
    """A drawn person before a lit wall, and the true box."""
    picture = np.empty((480, 640, 3), np.uint8)
    picture[:] = np.linspace(90, 180, 480).astype(np.uint8)[:, None, None]
    person = draw_person(seed, face_px, placement)
    left, top = 220, max(0, 480 - person.bgra.shape[0])
    person.paste(picture, left, top)
    return picture, person.box + np.tile((left, top), 2)


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])
    shared = float(np.prod(np.maximum(high - low, 0)))
    return shared / float(np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - shared)


def test_a_person_is_found_where_they_stand(detector: Detector) -> None:
    picture, box = scene(3, 140, None)
    found = detector.find(picture)
    assert len(found) == 1
    assert overlap(found.boxes[0], box) > 0.6
    assert ((found.landmarks[0] > box[:2]) & (found.landmarks[0] < box[2:])).all()


def test_two_people_are_two_faces(detector: Detector) -> None:
    picture = np.full((480, 640, 3), 140, np.uint8)
    draw_person(4, 130).paste(picture, 20, 120)
    draw_person(5, 110, Placement.WORN).paste(picture, 330, 160)
    found = detector.find(picture)
    order = found.boxes[:, 0].argsort()
    assert [found.state(int(index)) for index in order] == [Mask.ABSENT, Mask.WORN]


@settings(max_examples=40, deadline=None)
@given(height=st.integers(1, 300), width=st.integers(1, 300), fill=st.integers(0, 255))
def test_any_picture_is_looked_at(detector: Detector, height: int, width: int, fill: int) -> None:
    found = detector.find(np.full((height, width, 3), fill, np.uint8))
    assert found.boxes.shape == (len(found), 4)
    assert found.landmarks.shape == (len(found), 5, 2)
    assert found.mask.shape == (len(found), 3)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 4000, 3), (4000, 1, 3), (2160, 3840, 3), (0, 10, 3)])
def test_very_small_large_and_thin_pictures_do_not_stop_it(detector: Detector, shape: tuple[int, int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    found = detector.find(noise)
    assert np.isfinite(found.boxes).all()


@pytest.mark.parametrize(
    "bad",
    [np.zeros(10, np.uint8), np.zeros((10, 10, 2), np.uint8), np.zeros((10, 10, 4), np.uint8), np.zeros((10, 10, 3), np.float32)],
)
def test_what_is_no_picture_of_a_camera_is_refused(detector: Detector, bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="a picture is"):
        detector.find(bad)


def test_a_picture_that_is_a_view_of_a_larger_one_reads_the_same(detector: Detector) -> None:
    picture, _ = scene(6, 140, None)
    framed = np.zeros((500, 700, 3), np.uint8)
    framed[10:490, 30:670] = picture
    view = detector.find(framed[10:490, 30:670])
    assert np.allclose(view.boxes, detector.find(picture).boxes)


def test_nothing_of_the_last_picture_is_left_in_the_next(detector: Detector) -> None:
    wide, _ = scene(7, 140, None)
    before = detector.find(wide)
    detector.find(np.full((900, 300, 3), 255, np.uint8))
    assert np.array_equal(before.boxes, detector.find(wide).boxes)


def test_mask_states_are_probabilities(detector: Detector) -> None:
    found = detector.find(scene(8, 150, Placement.WORN)[0])
    assert np.allclose(found.mask.sum(1), 1, atol=1e-4)
    assert (np.diff(found.scores) <= 0).all()


@settings(deadline=None)
@given(st.integers(1, 700), st.integers(1, 700))
def test_the_whole_picture_fits_into_the_letterbox(width: int, height: int) -> None:
    scale = Letterbox(64, 48).fit(np.zeros((height, width, 3), np.uint8))
    assert scale == min(64 / width, 48 / height)
    assert width * scale <= 64.001
    assert height * scale <= 48.001


def test_the_letterbox_is_black_at_right_and_below() -> None:
    box = Letterbox(416, 320)
    box.fit(np.full((480, 640, 3), 200, np.uint8))
    assert box.tensor.shape == (1, 3, 320, 416)
    assert (box.tensor[..., :312, :416] == 200).all()
    assert (box.tensor[..., 312:, :] == 0).all()


def test_sizes_are_padded_to_the_stride() -> None:
    assert [padded(n) for n in (1, 32, 33, 240)] == [32, 32, 64, 256]
    assert Letterbox(320, 240).tensor.shape == (1, 3, 256, 320)


def test_colours_keep_their_order() -> None:
    box = Letterbox(32, 32)
    box.fit(np.full((32, 32, 3), (10, 20, 30), np.uint8))
    assert box.tensor[0, :, 0, 0].tolist() == [10, 20, 30]


boxes_strategy = arrays.arrays(np.float32, st.tuples(st.integers(0, 30), st.just(4)), elements=st.floats(0, 500, width=32)).map(
    lambda raw: np.concatenate([raw[:, :2], raw[:, :2] + np.abs(raw[:, 2:]) + 1], 1).astype(np.float32)
)


def best_first(boxes: np.ndarray) -> np.ndarray:
    return np.linspace(0.9, 0.5, len(boxes), dtype=np.float32)


@given(boxes_strategy)
def test_the_best_face_is_always_kept_and_no_two_kept_ones_clash(boxes: np.ndarray) -> None:
    kept = suppress(boxes, best_first(boxes), 0.4)
    if len(boxes):
        assert kept[0] == 0
    assert all(overlap(boxes[a], boxes[b]) <= 0.4001 for i, a in enumerate(kept) for b in kept[:i])


@given(boxes_strategy)
def test_a_face_is_dropped_only_for_a_better_one_it_overlaps(boxes: np.ndarray) -> None:
    kept = suppress(boxes, best_first(boxes), 0.4)
    for index in set(range(len(boxes))) - set(kept.tolist()):
        assert any(overlap(boxes[index], boxes[better]) > 0.3999 for better in kept if better < index)


@pytest.mark.parametrize(("seed", "count"), [(1, 31), (2, 32), (3, 33), (4, 64), (5, 65), (6, 166), (7, 400)])
def test_a_crowd_s_boxes_are_judged_one_after_the_other_however_many_at_a_time(seed: int, count: int) -> None:
    """Of many boxes around few faces, as the network gives them: the same as each against all that were kept."""
    random = np.random.default_rng(seed)
    corner = random.uniform(0, 300, (12, 2))[random.integers(0, 12, count)] + random.normal(0, 6, (count, 2))
    boxes = np.concatenate([corner, corner + random.uniform(30, 50, (count, 2))], 1).astype(np.float32)
    kept: list[int] = []
    for index, box in enumerate(boxes):
        if all(overlap(boxes[better], box) <= 0.4 for better in kept):
            kept.append(index)
    assert suppress(boxes, best_first(boxes), 0.4).tolist() == kept


def test_no_face_is_an_empty_answer() -> None:
    empty = Detections(*(np.zeros(shape, np.float32) for shape in ((0, 4), (0,), (0, 5, 2), (0, 3))))
    assert len(empty) == 0


@pytest.mark.reference
def test_each_drawn_face_is_found_by_plain_yunet() -> None:
    """A drawn face may not fool our own network only."""
    yunet = open_yunet(faces_folder() / "weights" / "yunet_n.onnx")
    placements = [None, Placement.WORN, Placement.UNDER_NOSE, Placement.ON_CHIN, Placement.ONE_EAR]
    for seed in range(6):
        for placement in placements:
            picture, box = scene(seed, (90, 120, 160, 200)[seed % 4], placement)
            found = yunet.find(picture)
            assert any(overlap(face, box) > 0.4 for face in found.boxes), (seed, placement)


def test_two_detectors_that_share_a_network_see_what_each_would_see_alone() -> None:
    """Each pass writes into the detector's own memory, whoever was asked before."""
    shared = open_model()
    large, small = Detector(shared, 416, 320), Detector(shared, 320, 240)
    alone = {416: Detector.open(input_width=416, input_height=320), 320: Detector.open(input_width=320, input_height=240)}
    for seed in (3, 4):
        picture, _ = scene(seed, 140, None)
        for detector in (large, small, large):
            found, expected = detector.find(picture), alone[detector.input_px[0]].find(picture)
            assert (found.boxes.tolist(), found.mask.tolist()) == (expected.boxes.tolist(), expected.mask.tolist())
