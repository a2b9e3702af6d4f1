"""What a technician reads who names a Lepton on a machine that has none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from contract.errors import MenshenError
from edge.app.capture_parts import thermal_opener
from edge.app.probes import Outcome, probe_all
from edge.clock import SystemClock
from edge.commands import check
from edge.config import GateConfig, load_gate
from edge.errors import SourceError

SETTINGS = """
gate = "south-1"
[colour]
source = "simulated"
[thermal]
source = "lepton_spi"
[screening]
temperature = false
[uplink]
database = "gate.db"
"""


def gate(folder: Path, thermal: str) -> GateConfig:
    path = folder / "gate.toml"
    path.write_text(SETTINGS.replace('source = "lepton_spi"', thermal), encoding="utf-8")
    return load_gate(path)


@pytest.fixture
def without_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the extra `pi` is not installed."""
    for name in ("smbus2", "spidev"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("without_libraries")
def test_the_missing_library_of_the_buses_is_named_with_how_to_install_it(tmp_path: Path) -> None:
    opener = thermal_opener(gate(tmp_path, 'source = "lepton_spi"\ni2c_bus = 3'), 0.0, SystemClock())
    with pytest.raises(SourceError, match=r"/dev/i2c-3: smbus2 is not installed.*pip install 'menshen\[edge,pi\]'"):
        opener()


def test_a_missing_board_is_named(tmp_path: Path) -> None:
    opener = thermal_opener(gate(tmp_path, 'source = "lepton_uvc"\ndevice = "/dev/no-such-video"'), 0.0, SystemClock())
    with pytest.raises(SourceError, match=r"/dev/no-such-video: there is no such camera.*lsusb -d 1e4e:0100"):
        opener()


@pytest.mark.usefixtures("without_libraries")
def test_the_table_of_check_shows_the_remedy_word_for_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Brackets included: a table that takes them for its own marks would say pip install 'menshen'."""
    config = gate(tmp_path, 'source = "lepton_spi"')
    probes = {name: probe for name, probe in probe_all(config) if name == "thermal camera"}
    monkeypatch.setattr(check, "probe_all", lambda _: iter(probes.items()))
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        check.check_gate(config)
    assert "pip install 'menshen[edge,pi]'" in capsys.readouterr().out


@pytest.mark.usefixtures("without_libraries")
def test_the_finding_carries_what_where_and_what_to_do(tmp_path: Path) -> None:
    config = gate(tmp_path, 'source = "lepton_spi"')
    finding = dict(probe_all(config))["thermal camera"]()
    assert finding.outcome is Outcome.DOES_NOT
    assert isinstance(finding.refusal, MenshenError)
    assert finding.refusal.where == "/dev/i2c-1"
