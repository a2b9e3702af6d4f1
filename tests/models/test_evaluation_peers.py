"""Other people's networks are decoded as they publish it: on hand-made answers, and on photographs."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from edge.vision.network import Network
from models.evaluation.errors import ChoiceError
from models.evaluation.judged import Eye, judge
from models.evaluation.labels import read_labels
from models.evaluation.metrics import average_precision
from models.evaluation.peers.aizoo import Aizoo, anchors, decode
from models.evaluation.peers.families import FAMILIES, open_peer
from models.evaluation.peers.ultraface import UltraFace
from tests.models.reference import faces_folder

ABSENT, WORN = 0, 1
PICTURE = np.full((240, 320, 3), (10, 20, 30), np.uint8)


class Answering(Network):
    """A network that always says the same, and keeps what it was shown."""

    def __init__(self, *answers: NDArray[np.float64]) -> None:
        self.answers = [answer[None].astype(np.float32) for answer in answers]
        self.shown: NDArray[np.float32] = np.empty(0, np.float32)

    def run(self, tensor: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        self.shown = tensor.copy()
        return self.answers


@pytest.mark.parametrize(("size", "count"), [(260, 5972), (360, 11000)])
def test_aizoo_has_as_many_anchors_as_its_network_answers(size: int, count: int) -> None:
    assert anchors(size).shape == (count, 4)


def test_aizoo_s_first_cell_lies_at_the_top_left() -> None:
    first = anchors(260)[:4]
    assert np.allclose(first[:, :2], 0.5 / 33)
    assert np.allclose(first[0, 2:], 0.04)
    assert np.allclose(first[1, 2:], 0.056)
    assert first[2, 2] / first[2, 3] == pytest.approx(0.62)
    assert first[3, 2] * first[3, 3] == pytest.approx(0.04**2)


def test_an_anchor_without_offset_is_the_box() -> None:
    box = decode(np.zeros((1, 4), np.float32), np.array([[0.5, 0.5, 0.2, 0.4]], np.float32))
    assert np.allclose(box, [[0.4, 0.3, 0.6, 0.7]])


def test_an_offset_moves_and_stretches_the_anchor_by_its_variances() -> None:
    offset = np.array([[1.0, 0.0, 5 * np.log(2), 0.0]], np.float32)
    box = decode(offset, np.array([[0.5, 0.5, 0.2, 0.4]], np.float32))
    assert np.allclose(box, [[0.52 - 0.2, 0.3, 0.52 + 0.2, 0.7]], atol=1e-6)


def test_aizoo_s_class_0_is_a_mask_and_the_better_of_two_boxes_stays() -> None:
    prior = anchors(260)
    classes, offsets = np.zeros((len(prior), 2)), np.zeros((len(prior), 4))
    last = len(prior) - 4  # a cell of the coarsest level: 0.64 of the picture
    classes[last], classes[last + 1], classes[0] = (0.9, 0.1), (0.8, 0.2), (0.1, 0.7)
    offsets[last + 1, 2:] = 5 * np.log(0.64 / 0.72)  # the same box again
    network = Answering(offsets, classes)
    found = Aizoo(network, 260).find(PICTURE)
    assert (found.mask[:, WORN] > found.mask[:, ABSENT]).tolist() == [True, False]
    assert found.scores.tolist() == pytest.approx([0.9, 0.7])
    assert np.allclose(found.boxes[1], np.array([-0.00485, -0.00485, 0.03515, 0.03515]) * [320, 240, 320, 240], atol=0.01)
    assert found.mask[:, 2].tolist() == [0.0, 0.0]


def test_aizoo_is_shown_red_first_between_0_and_1() -> None:
    network = Answering(np.zeros((5972, 4)), np.zeros((5972, 2)))
    assert len(Aizoo(network, 260).find(PICTURE)) == 0
    assert network.shown.shape == (1, 3, 260, 260)
    assert np.allclose(network.shown[0, :, 100, 100], np.array([30, 20, 10]) / 255)


def test_ultraface_is_shown_pixels_around_0_and_answers_with_corners() -> None:
    scores, corners = np.zeros((17640, 3)), np.zeros((17640, 4))
    scores[7], corners[7] = (0.05, 0.15, 0.8), (0.25, 0.5, 0.5, 0.75)
    scores[9], corners[9] = (0.3, 0.7, 0.0), (0.6, 0.0, 0.8, 0.2)
    network = Answering(scores, corners)
    found = UltraFace(network).find(PICTURE)
    assert network.shown.shape == (1, 3, 480, 640)
    assert np.allclose(network.shown[0, :, 5, 5], (np.array([30, 20, 10]) - 127) / 128)
    assert found.boxes.tolist() == [pytest.approx([80, 120, 160, 180]), pytest.approx([192, 0, 256, 48])]
    assert (found.mask[:, WORN] > found.mask[:, ABSENT]).tolist() == [True, False]


def test_a_peer_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChoiceError, match="no peer 'mtcnn'"):
        open_peer("mtcnn", tmp_path / "x.onnx")
    with pytest.raises(ChoiceError, match="are not there"):
        open_peer("aizoo_260", tmp_path / "x.onnx")


@pytest.mark.reference
@pytest.mark.parametrize("name", FAMILIES)
def test_each_peer_finds_most_faces_of_photographs(name: str) -> None:
    """Bounds that a wrong colour order, scale or anchor would break by far."""
    folder = faces_folder()
    where = "weights" if name == "yunet_n" else "peers"
    eye: Eye = open_peer(name, folder / where / f"{name}.onnx", 0.02).eye
    labels = read_labels(folder / "manifest.csv", folder, under="scenes_eval/")[:8]
    judged = [judge(eye, part) for part in labels]
    assert average_precision(judged, None, 0.35) > 0.6
    if not name.startswith("yunet"):
        assert average_precision(judged, WORN, 0.35) > 0.3


@pytest.mark.reference
def test_a_mirrored_photograph_has_mirrored_boxes() -> None:
    """Of the AIZOO: an anchor grid with x and y exchanged passes on square faces in the middle only."""
    folder = faces_folder()
    eye = open_peer("aizoo_360", folder / "peers" / "aizoo_360.onnx").eye
    label = max(read_labels(folder / "manifest.csv", folder, under="scenes_eval/")[:8], key=lambda one: len(one.boxes))
    picture = np.asarray(cv2.imread(str(label.file)), np.uint8)
    found, mirrored = eye.find(picture), eye.find(np.ascontiguousarray(picture[:, ::-1]))
    left = np.sort(picture.shape[1] - mirrored.boxes[:, 2])
    assert len(found) > 0
    near = np.abs(np.sort(found.boxes[:, 0])[:, None] - left).min(1)
    assert (near < 0.05 * picture.shape[1]).mean() > 0.7
