"""Every network in the manifest is the project's own, described, licensed and small."""

import tomllib

import pytest

from edge.vision.model_file import MANIFEST, open_model, read_manifest

DEFAULT, ENTRIES = read_manifest()
TABLE = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))


def test_the_default_is_one_of_the_entries() -> None:
    assert DEFAULT in ENTRIES


@pytest.mark.parametrize("name", ENTRIES)
def test_each_entry_opens(name: str) -> None:
    assert open_model(name=name).input_shape[:2] == (1, 3)


@pytest.mark.parametrize("name", ENTRIES)
def test_each_entry_is_small_and_has_a_card(name: str) -> None:
    assert ENTRIES[name].file.stat().st_size < 600_000
    card = MANIFEST.parent / TABLE["models"][name]["card"]
    assert name in card.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ENTRIES)
def test_each_entry_names_its_licence_sources_and_scores(name: str) -> None:
    entry = TABLE["models"][name]
    assert entry["licence"]
    assert all({"name", "licence", "used_for"} <= set(source) for source in entry["sources"])
    assert {"map3", "ap", "absent_called_worn", "worn_wrong_called_worn", "worn_called_worn", "found"} <= set(entry["scores"])


def test_every_weight_file_in_the_folder_is_in_the_manifest() -> None:
    assert {entry.file for entry in ENTRIES.values()} == set(MANIFEST.parent.glob("*.onnx"))
