"""A run that goes on from an exported network starts where that one stopped."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from torch import Tensor  # noqa: E402

from edge.vision.network import Network  # noqa: E402
from models.training.export import export  # noqa: E402
from models.training.going_on import from_exported, wake_norms  # noqa: E402
from models.training.losses import Truth  # noqa: E402
from models.training.network import FaceMaskNetwork  # noqa: E402
from models.training.trainer import Trainer, go_on_from  # noqa: E402

SHIPPED = Path(__file__).parents[2] / "models" / "menshen_face_mask.onnx"
FACE = Truth(torch.tensor([[100.0, 100.0, 180.0, 200.0]]), torch.full((1, 10), 140.0), torch.tensor([1]))


def noise(count: int, height_px: int, width_px: int) -> Tensor:
    drawn = np.random.default_rng(5).integers(0, 256, (count, 3, height_px, width_px), np.uint8)
    made: Tensor = torch.from_numpy(drawn)
    return made


def far_from_file(network: FaceMaskNetwork, file: Path) -> float:
    """The largest difference in boxes and landmarks between the network and the file it came from."""
    picture = noise(1, 320, 416).float()
    with torch.no_grad():
        ours = network.eval()(picture)
    theirs = Network(file).run(picture.numpy())
    return max(float(np.abs(a[..., 2:16].numpy() - b[..., 2:16]).max()) for a, b in zip(ours, theirs, strict=True))


def test_a_network_read_back_answers_as_its_file() -> None:
    network = from_exported(SHIPPED)
    assert far_from_file(network, SHIPPED) < 1e-4
    wake_norms(network, noise(8, 320, 320))
    assert far_from_file(network, SHIPPED) < 1e-4


def test_its_norms_meet_in_training_what_they_remember() -> None:
    """In training a BatchNorm divides by what the batch is like: the answers stay only if it remembers the same."""
    shown = noise(8, 320, 320)
    network = go_on_from(SHIPPED, shown)
    with torch.no_grad():
        learning = network(shown.float())
        judging = network.eval()(shown.float())
    for a, b in zip(learning, judging, strict=True):
        assert float((a - b).abs().mean()) < 0.01


def test_the_first_layers_stay_frozen_and_the_others_learn() -> None:
    network = go_on_from(SHIPPED, noise(2, 320, 320))
    still = {name for name, one in network.named_parameters() if not one.requires_grad}
    assert still
    assert all("model0" in name for name in still)


def test_the_rate_is_in_parts_of_the_usual() -> None:
    torch.manual_seed(3)
    shown = noise(2, 320, 320)
    moved = []
    for rate in (1.0, 0.5):
        network = go_on_from(SHIPPED, shown)
        before = {name: one.detach().clone() for name, one in network.named_parameters()}
        Trainer(network, (1.0, 1.0, 1.0), rate=rate).step((shown, [FACE, FACE]), 0.0)
        moved.append(max(float((one.detach() - before[name]).abs().max()) for name, one in network.named_parameters()))
    assert moved[1] == pytest.approx(moved[0] / 2, rel=0.05)


def test_another_layout_is_refused_by_name(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    cut = onnx.load(SHIPPED)
    del cut.graph.node[40:]
    onnx.save(cut, tmp_path / "cut.onnx")
    with pytest.raises(ValueError, match=r"cut\.onnx is not of this layout: it has \d+ convolutions, not 71"):
        from_exported(tmp_path / "cut.onnx")


def test_a_trained_network_can_be_read_back(tmp_path: Path) -> None:
    torch.manual_seed(4)
    network = FaceMaskNetwork()
    with torch.no_grad():
        for _ in range(3):
            network.train()(noise(2, 64, 64).float())
    export(network, tmp_path / "own.onnx", 1.3)
    assert far_from_file(from_exported(tmp_path / "own.onnx"), tmp_path / "own.onnx") < 1e-4
