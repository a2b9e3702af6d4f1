"""A runtime that computes something else than the manifest says is found out when the network is opened."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.vision import golden
from edge.vision.golden import TOLERANCE, farthest, golden_of, with_golden
from edge.vision.model_file import MANIFEST, ModelAnswersError, ModelUnfitError, check_answers, open_model, read_manifest
from edge.vision.network import Network

NAME, ENTRIES = read_manifest()
CARD_SUM = 31_343_865


class Wrong(Network):
    """A runtime with a fault."""

    def __init__(self, fault: float) -> None:
        super().__init__(ENTRIES[NAME].file)
        self._fault = fault

    def run(self, tensor: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        return [level + np.float32(self._fault) for level in super().run(tensor)]


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_says_what_it_answers_and_answers_it(name: str) -> None:
    entry = ENTRIES[name]
    assert farthest(entry.golden, golden_of(open_model(name=name), entry.input_px)) < TOLERANCE / 4


@pytest.mark.parametrize("fault", [0.03, -0.5, float("nan"), float("inf")])
def test_a_runtime_that_computes_something_else_is_refused(fault: float) -> None:
    with pytest.raises(ModelAnswersError, match="'cpu' computes something else"):
        check_answers(ENTRIES[NAME], Wrong(fault))


def test_differences_as_small_as_another_processor_makes_are_none() -> None:
    check_answers(ENTRIES[NAME], Wrong(0.002))


def test_answers_of_another_network_are_refused_at_start(tmp_path: Path) -> None:
    shutil.copy(ENTRIES[NAME].file, tmp_path)
    other = {key: [number + 0.1 for number in row] for key, row in ENTRIES[NAME].golden.items()}
    (tmp_path / "manifest.toml").write_text(with_golden(MANIFEST.read_text(encoding="utf-8"), NAME, other), encoding="utf-8")
    with pytest.raises(ModelAnswersError):
        open_model(tmp_path / "manifest.toml")


def test_answers_that_are_no_lists_are_refused(tmp_path: Path) -> None:
    text = MANIFEST.read_text(encoding="utf-8").replace(f"[models.{NAME}.golden]\n", f"[models.{NAME}.golden]\nodd = 3\n")
    (tmp_path / "manifest.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelUnfitError):
        read_manifest(tmp_path / "manifest.toml")


def test_written_answers_read_back_and_leave_the_rest_alone() -> None:
    text = MANIFEST.read_text(encoding="utf-8")
    assert with_golden(text, NAME, ENTRIES[NAME].golden) == text
    changed = with_golden(text, NAME, {"p8": [1.0]})
    assert "p8 = [1.0]\n\n[models" in changed
    assert changed.startswith(text.partition("p8 =")[0])
    assert changed.endswith(text.partition(f"[models.{NAME}.scores]")[2])


def test_a_manifest_without_the_table_is_not_written() -> None:
    with pytest.raises(ValueError, match="golden"):
        with_golden("default = 1\n", "eye", {})


def test_answers_of_another_shape_are_infinitely_far() -> None:
    assert farthest({"a": [1.0]}, {"b": [1.0]}) == float("inf")
    assert farthest({"a": [1.0]}, {"a": [1.0, 2.0]}) == float("inf")
    assert farthest({"a": []}, {"a": []}) == float("inf")


def test_the_test_card_is_made_of_whole_numbers_a_camera_could_give() -> None:
    card = golden.test_card(416, 320)
    assert card.shape == (1, 3, 320, 416)
    assert np.array_equal(card, card.astype(np.uint8))
    assert card.astype(np.int64).sum() == CARD_SUM
