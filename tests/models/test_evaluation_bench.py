"""The comparison of `make bench` with other networks says why it is left out, and remembers only what is still true."""

import json
import math
from pathlib import Path

import pytest

from benchmarks import peers_accuracy
from benchmarks.peers import beside_peers
from benchmarks.peers_accuracy import accuracy
from benchmarks.peers_memory import added_mb
from edge.vision.model_file import read_manifest
from models.evaluation.run import OURS, sha256_of


def test_without_the_reference_data_the_comparison_is_skipped_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said: list[str] = []
    monkeypatch.delenv("MENSHEN_REFERENCE_DATA", raising=False)
    assert beside_peers(said.append).details == {"peers": "skipped: MENSHEN_REFERENCE_DATA is not set"}
    monkeypatch.setenv("MENSHEN_REFERENCE_DATA", str(tmp_path))
    assert beside_peers(said.append).figures == ()
    assert "manifest.csv is not there" in said[-1]


def test_figures_are_remembered_for_these_weights_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    default, entries = read_manifest()
    entry, manifest = entries[default], tmp_path / "manifest.csv"
    manifest.write_text("labels")
    monkeypatch.setattr(peers_accuracy, "KEPT", tmp_path / "kept.json")
    judged: list[str] = []

    def instead(*_: object) -> dict[str, object]:
        judged.append("again")
        theirs = {"absent_called_worn": 0.01, "worn_wrong_called_worn": 0.3}
        return {"figures": {OURS: {"map3": 0.6}}, "comparison": [{"peer": "aizoo_260", "theirs": theirs, "ours": None}]}

    monkeypatch.setattr(peers_accuracy, "_judged", instead)
    for _ in range(2):
        found = accuracy(entry, manifest, {}, [])
        assert found.map3 == {OURS: 0.6}
        assert found.passes["aizoo_260"][0] == (0.01, 0.3)
        assert math.isnan(found.passes["aizoo_260"][1][0])
    assert judged == ["again"]
    assert json.loads((tmp_path / "kept.json").read_text())["of"][OURS] == sha256_of(entry.file)
    manifest.write_text("other labels")
    accuracy(entry, manifest, {}, [])
    assert judged == ["again", "again"]


def test_an_open_network_takes_some_memory_of_its_own() -> None:
    default, entries = read_manifest()
    assert 1.0 < added_mb(OURS, entries[default].file)["rss"] < 60.0
