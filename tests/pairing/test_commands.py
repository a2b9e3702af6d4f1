"""The commands at both ends, and a cloud as a process of its own between them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from cloud.commands import app as cloud
from contract.errors import SettingsError
from demo.broker import Broker
from edge.commands.line import app as edge
from edge.errors import PairingError
from tests.cloud.running import running, url_of, write_settings
from tests.pairing.fleet import Gate

pytestmark = pytest.mark.broker


class Terminal:
    """Says a command line, and reads what it prints."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def cloud(self, *words: str | Path) -> str:
        cloud([*map(str, words)], standalone_mode=False)
        return self._capsys.readouterr().out

    def edge(self, *words: str | Path) -> str:
        edge([*map(str, words)], standalone_mode=False)
        return " ".join(self._capsys.readouterr().out.split())


def test_what_enrol_prints_pairs_a_gate_at_the_command_line(
    tmp_path: Path, broker: Broker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    more = f"[enrol]\nfolder = {json.dumps(str(tmp_path / 'authority'))}\nbroker_port = 1\nsite = 'north'\n"
    settings = write_settings(tmp_path / "cloud", broker.port, password_file=broker.password_file("cloud"), more=more)
    say, gate = Terminal(capsys), Gate.installed(tmp_path / "gate")
    with pytest.raises(SettingsError, match=r"enrol\.url"):
        say.cloud("enrol", settings, "gate-1")
    printed = say.cloud("enrol", settings, "gate-1", "--url", url_of(settings))
    assert "█" not in printed, "a QR code is a key, and this is no terminal"
    told = re.search(r"pair gate.toml --url (\S+) --token (\S+)", printed)
    assert told
    with running(("-m", "cloud", "run", "--unattended", settings), settings):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{told[2]}\n"))
        paired = say.edge("pair", gate.file, "--url", told[1])
    assert "gate-1 is paired, for the site north" in paired
    assert "could not be asked yet" in paired
    assert gate.config.uplink.renewal.url == told[1]
    with pytest.raises(PairingError, match="cannot be reached"):
        say.edge("pair", gate.file, "--token", f"{told[1]}#{told[2]}")
    assert "shut out" in say.cloud("unenrol", settings, "gate-1")
