"""`menshen-edge undo` at a terminal: says what changes, and needs no running gate."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract.errors import SettingsError
from edge.commands.undo import undo_settings
from edge.config.draft import Draft
from edge.config.history import keep

SIMULATED = Path(__file__).parents[2] / "firmware_configs" / "gates" / "simulated.toml"


def test_the_last_change_is_taken_back_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gate.toml"
    file.write_bytes(SIMULATED.read_bytes().replace(b'"demo"', b'"t-undo"'))
    before = file.read_bytes()
    draft = Draft.of(file)
    draft.set("screening.limit_c", 37.6)
    keep(draft, "technician", datetime(2026, 11, 22, tzinfo=UTC))
    undo_settings(file)
    assert file.read_bytes() == before
    said = capsys.readouterr().out
    assert "screening.limit_c: 37.6 -> default" in said
    assert "does not run" in said
    with pytest.raises(SettingsError, match="nothing was changed"):
        undo_settings(file)
