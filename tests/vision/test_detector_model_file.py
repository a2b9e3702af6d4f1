"""Weights are opened only when they are what the manifest says."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from contract.errors import MenshenError
from edge.vision.detector import Detector
from edge.vision.model_file import MANIFEST, ModelChangedError, ModelMissingError, ModelUnfitError, open_model, read_manifest

ENTRY = """default = "eye"
[models.eye]
file = "eye.onnx"
sha256 = "{sha}"
classes = {classes}
outputs = ["p8", "p16", "p32"]
channels = {channels}
input_px = [416, 320]
licence = "Apache-2.0"
"""
CLASSES = '["absent", "worn", "worn_wrong"]'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped weights beside a manifest of our own."""
    default, entries = read_manifest()
    shutil.copy(entries[default].file, tmp_path / "eye.onnx")
    write(tmp_path)
    return tmp_path


def write(folder: Path, *, classes: str = CLASSES, channels: int = 19) -> Path:
    sha = hashlib.sha256((folder / "eye.onnx").read_bytes()).hexdigest()
    manifest = folder / "manifest.toml"
    manifest.write_text(ENTRY.format(sha=sha, classes=classes, channels=channels))
    return manifest


def test_the_shipped_model_opens() -> None:
    assert MANIFEST.is_file()
    assert list(open_model().outputs) == ["p8", "p16", "p32"]


def test_a_model_of_ones_own_opens_by_its_manifest(folder: Path) -> None:
    assert len(Detector.open(folder / "manifest.toml", name="eye").find(np.zeros((9, 9, 3), np.uint8))) == 0


def test_one_changed_byte_is_refused_with_the_remedy(folder: Path) -> None:
    weights = bytearray((folder / "eye.onnx").read_bytes())
    weights[1000] ^= 1
    (folder / "eye.onnx").write_bytes(weights)
    with pytest.raises(ModelChangedError) as caught:
        open_model(folder / "manifest.toml")
    assert caught.value.where == str(folder / "eye.onnx")
    assert "Install Menshen again" in str(caught.value)


def test_missing_weights_are_refused(folder: Path) -> None:
    (folder / "eye.onnx").unlink()
    with pytest.raises(ModelMissingError, match=r"eye\.onnx"):
        open_model(folder / "manifest.toml")


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="no model manifest"):
        open_model(tmp_path / "manifest.toml")


def test_an_unknown_name_lists_the_known_ones(folder: Path) -> None:
    with pytest.raises(ModelMissingError, match="Use one of: eye"):
        open_model(folder / "manifest.toml", name="ear")


@pytest.mark.parametrize("classes", ['["worn", "absent", "worn_wrong"]', '["absent", "worn"]'])
def test_other_classes_are_refused(folder: Path, classes: str) -> None:
    with pytest.raises(ModelUnfitError, match="classes"):
        open_model(write(folder, classes=classes))


def test_other_shapes_are_refused(folder: Path) -> None:
    with pytest.raises(ModelUnfitError, match="promises"):
        open_model(write(folder, channels=16))


def test_bytes_that_are_no_network_are_refused(folder: Path) -> None:
    (folder / "eye.onnx").write_bytes(b"nothing of the kind" * 50)
    with pytest.raises(MenshenError, match="no network"):
        open_model(write(folder))


@pytest.mark.parametrize(
    "text", ["default = ", 'default = "eye"\n', "models = 3\ndefault = 1", 'default = "eye"\n[models.eye]\nfile = "x"\n']
)
def test_a_manifest_that_says_too_little_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.toml").write_text(text)
    with pytest.raises(ModelUnfitError, match="manifest"):
        open_model(tmp_path / "manifest.toml")
