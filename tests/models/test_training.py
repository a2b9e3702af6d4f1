"""The training code: labels follow the pictures, cells answer for faces, and what is exported is what the gate opens."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from edge.sim.drawing import Placement, draw_person  # noqa: E402
from edge.vision.detector import Detector  # noqa: E402
from models.training.assign import assign, decode_boxes, priors_of  # noqa: E402
from models.training.camera import photographed  # noqa: E402
from models.training.covering import Wardrobe, cover  # noqa: E402
from models.training.export import export  # noqa: E402
from models.training.labelled import ABSENT, WORN, Labelled  # noqa: E402
from models.training.losses import Truth, loss_terms, total  # noqa: E402
from models.training.network import FaceMaskNetwork, from_yunet  # noqa: E402
from models.training.schedule import RunningAverage, rate_factor  # noqa: E402
from models.training.stream import batch_of  # noqa: E402
from models.training.trainer import Trainer, start_network  # noqa: E402
from models.training.windows import choose_window, cut  # noqa: E402
from tests.models.reference import faces_folder  # noqa: E402

MARKS = np.array([[(70, 80), (110, 80), (90, 104), (74, 122), (106, 122)]], np.float32)


def portrait() -> Labelled:
    picture = np.full((200, 180, 3), 128, np.uint8)
    return Labelled(picture, np.array([[45, 30, 135, 150]], np.float32), MARKS.copy(), np.array([ABSENT]))


def test_a_mirrored_face_keeps_its_right_eye_on_its_right() -> None:
    mirrored = portrait().flipped()
    assert mirrored.landmarks[0, 0, 0] < mirrored.landmarks[0, 1, 0]
    assert np.allclose(mirrored.flipped().boxes, portrait().boxes)


@pytest.mark.parametrize("seed", range(12))
def test_the_nose_stays_in_the_box_whatever_window_is_cut(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shown = cut(portrait(), choose_window(portrait(), rng), 320, rng)
    assert shown.picture.shape == (320, 320, 3)
    assert len(shown.boxes) == 1
    nose = shown.landmarks[0, 2]
    assert (nose > shown.boxes[0, :2]).all()
    assert (nose < shown.boxes[0, 2:]).all()


def test_covering_is_repeatable_and_leaves_the_original_alone() -> None:
    scene, wardrobe = portrait(), Wardrobe([])
    one, two = (cover(scene, wardrobe, np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(one.picture, two.picture)
    assert (scene.picture == 128).all()


def test_a_face_whose_mask_would_lie_outside_the_picture_stays_bare() -> None:
    scene = portrait()
    cut_off = Labelled(scene.picture[:126].copy(), scene.boxes, scene.landmarks, scene.states)
    for seed in range(40):
        made = cover(cut_off, Wardrobe([]), np.random.default_rng(seed))
        if (made.picture == cut_off.picture).all():
            assert made.states.tolist() == [ABSENT]


def test_a_spoilt_picture_keeps_its_size() -> None:
    for seed in range(20):
        assert photographed(portrait().picture, np.random.default_rng(seed)).shape == (200, 180, 3)


def test_the_cells_that_answer_lie_on_the_face() -> None:
    priors = priors_of(320, 320)
    truth = torch.tensor([[100.0, 100.0, 180.0, 200.0]])
    raw = torch.zeros(len(priors.points), 19)
    raw[:, 4:6] = 1.5
    cells, owner = assign(raw, decode_boxes(raw, priors), truth, priors)
    assert 1 <= len(cells) <= 8
    assert (owner == 0).all()
    points = priors.points[cells]
    assert ((points > truth[0, :2] - 32) & (points < truth[0, 2:] + 32)).all()


def test_a_picture_without_a_face_costs_only_false_alarms() -> None:
    priors = priors_of(64, 64)
    raw = torch.zeros(1, len(priors.points), 19, requires_grad=True)
    nobody = Truth(torch.zeros(0, 4), torch.zeros(0, 10), torch.zeros(0, dtype=torch.long))
    terms = loss_terms(raw, [nobody], priors, torch.ones(3))
    assert {name for name, value in terms.items() if float(value.detach()) > 0} == {"objectness"}
    total(terms).backward()  # type: ignore[no-untyped-call]


def test_the_rate_warms_up_and_ends_near_nothing() -> None:
    assert rate_factor(0, 0.0) < 0.05
    assert rate_factor(100, 0.0) == pytest.approx(1.01)
    assert rate_factor(100, 1.0) == pytest.approx(0.01)


def test_the_running_average_follows_the_weights() -> None:
    network = FaceMaskNetwork()
    average = RunningAverage(network)
    target = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    for step in range(3):
        average.add(network, step)
    average.copy_to(network)
    assert all(torch.allclose(target[name], tensor) for name, tensor in network.state_dict().items())


@pytest.mark.filterwarnings("ignore")
def test_what_is_exported_is_what_the_gate_opens(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = FaceMaskNetwork().eval()
    sha = export(network, tmp_path / "eye.onnx")
    assert sha == hashlib.sha256((tmp_path / "eye.onnx").read_bytes()).hexdigest()
    manifest = tmp_path / "manifest.toml"
    manifest.write_text(
        f'default = "eye"\n[models.eye]\nfile = "eye.onnx"\nsha256 = "{sha}"\nclasses = ["absent", "worn", "worn_wrong"]\n'
        'outputs = ["p8", "p16", "p32"]\nchannels = 19\ninput_px = [416, 320]\nlicence = "Apache-2.0"\n'
    )
    found = Detector.open(manifest, score_floor=0.0, input_width=96, input_height=64).find(portrait().picture)
    with torch.no_grad():
        tensor = torch.zeros(1, 3, 64, 96)
        tensor[0, :, :64, :58] = 128
        raw = torch.cat(network(tensor), 1)
    best = torch.sqrt(raw[0, :, 0].sigmoid() * raw[0, :, 1].sigmoid()).max()
    assert found.scores[0] == pytest.approx(float(best), abs=1e-4)


@pytest.mark.reference
def test_every_tensor_of_yunet_is_taken_over() -> None:
    network = from_yunet(faces_folder() / "weights" / "yunet_n.pth")
    assert sum(p.numel() for p in network.parameters()) == 91_315


@pytest.mark.slow
@pytest.mark.reference
def test_a_few_steps_on_one_picture_lower_the_loss() -> None:
    torch.manual_seed(1)
    trainer = Trainer(start_network(faces_folder() / "weights" / "yunet_n.pth"), (1.2, 0.8, 1.6))
    person = draw_person(1, 150, Placement.WORN)
    picture = np.full((320, 320, 3), 140, np.uint8)
    person.paste(picture, 20, 20)
    scene = Labelled(picture, person.box[None] + 20, person.landmarks[None] + 20, np.array([WORN]))
    costs = [trainer.step(batch_of([scene] * 2), 0.0) for _ in range(12)]
    assert costs[-1].terms["mask"] < costs[0].terms["mask"]
    assert costs[-1].loss < costs[0].loss
