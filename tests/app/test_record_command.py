"""`menshen-edge record` as a person types it: what it refuses, what it says, and what a kill leaves."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from contract.errors import MenshenError, SettingsError
from demo.child import console_command
from edge.app.recording.alone import alone_with_cameras
from edge.app.recording.sweep import sweep
from edge.app.rundir import RunDir, folder_of
from edge.commands.record import Wanted, record_or_else
from edge.config import load_gate
from edge.errors import RecordingError
from tests.app.recorded import new_key
from tests.clocks import FakeClock
from tests.system.until import until

REPOSITORY = Path(__file__).resolve().parents[2]
WANTED = Wanted(reason="find the cold spot", for_s=2.0, keep_days=None, out=None, recipient=None)


@pytest.fixture
def recipient(tmp_path: Path) -> str:
    return new_key(tmp_path)[1]


def gate(folder: Path, record: str = "", name: str = "demo") -> Path:
    text = (REPOSITORY / "firmware_configs" / "gates" / "simulated.toml").read_text(encoding="utf-8")
    settings = folder / "gate.toml"
    settings.write_text(text.replace('gate = "demo"', f'gate = "{name}"') + record, encoding="utf-8")
    return settings


def refusal(settings: Path, wanted: Wanted) -> MenshenError:
    with pytest.raises(MenshenError) as refused:
        record_or_else(settings, wanted, sweep=None, new_key=None, sealed=(None, None))
    return refused.value


def with_(**changed: object) -> Wanted:
    return Wanted(**({field: getattr(WANTED, field) for field in Wanted.__dataclass_fields__} | changed))


def test_without_a_public_key_nothing_is_recorded_and_the_way_to_one_is_told(tmp_path: Path) -> None:
    settings = gate(tmp_path)
    refused = refusal(settings, with_(out=tmp_path))
    assert refused.where == f"{settings}: record.recipient"
    assert "record --new-key FILE" in str(refused.remedy)
    assert not list(tmp_path.glob("*.age*"))


@pytest.mark.parametrize("reason", [None, "", "   ", "abc"])
def test_without_a_reason_nobody_is_recorded(tmp_path: Path, recipient: str, reason: str | None) -> None:
    refused = refusal(gate(tmp_path), with_(out=tmp_path, reason=reason, recipient=recipient))
    assert refused.where == "--reason"


def test_where_it_goes_must_be_said_and_be_there(tmp_path: Path, recipient: str) -> None:
    assert "record.folder" in str(refusal(gate(tmp_path), with_(recipient=recipient)))
    assert "mkdir" in str(refusal(gate(tmp_path), with_(recipient=recipient, out=tmp_path / "nowhere")))


def test_a_public_key_with_a_slip_in_it_is_refused_before_anybody_is_recorded(tmp_path: Path, recipient: str) -> None:
    slipped = recipient[:-1] + ("q" if recipient[-1] != "q" else "p")
    assert "no public key" in refusal(gate(tmp_path), with_(out=tmp_path, recipient=slipped)).what
    with pytest.raises(SettingsError, match=r"record\.recipient"):
        load_gate(gate(tmp_path, '[record]\nrecipient = "age1short"\n'))


def test_a_gate_without_the_encryption_says_how_to_get_it(
    tmp_path: Path, recipient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    assert "locks/record.txt" in str(refusal(gate(tmp_path), with_(out=tmp_path, recipient=recipient)).remedy)


def test_uses_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="do not go together"):
        record_or_else(gate(tmp_path), WANTED, sweep=tmp_path, new_key=None, sealed=(None, None))
    with pytest.raises(SettingsError, match="nothing to do"):
        record_or_else(None, WANTED, sweep=None, new_key=None, sealed=(None, None))
    with pytest.raises(SettingsError, match="--identity KEY is missing"):
        record_or_else(None, WANTED, sweep=None, new_key=None, sealed=(tmp_path / "a.cptv.age", None))


def test_a_new_key_is_for_its_owner_only_and_replaces_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "reader.key"
    record_or_else(None, WANTED, sweep=None, new_key=file, sealed=(None, None))
    said, written = capsys.readouterr().out, file.read_text(encoding="ascii")
    assert file.stat().st_mode & 0o777 == 0o600
    secret = written.split()[-1]
    assert secret.startswith("AGE-SECRET-KEY-1")
    assert secret not in said
    assert written.split("public key: ")[1].split()[0] in said
    assert "Keep it off every gate" in said
    with pytest.raises(RecordingError, match="is there already"):
        record_or_else(None, WANTED, sweep=None, new_key=file, sealed=(None, None))


def test_while_the_gate_runs_nobody_records_and_the_other_way_round() -> None:
    config = load_gate(REPOSITORY / "firmware_configs" / "gates" / "simulated.toml")
    config = config.model_copy(update={"gate": f"record-{os.getpid()}"})
    with alone_with_cameras(config.gate), pytest.raises(MenshenError, match="somebody records with its camera"):
        RunDir.create(config)
    rundir, lock = RunDir.create(config)
    try:
        with pytest.raises(RecordingError, match="is running") as refused, alone_with_cameras(config.gate):
            pass
        assert "Stop the gate first" in str(refused.value.remedy)
    finally:
        rundir.remove()
        lock.close()
    assert not folder_of(config.gate).exists()


def test_a_gate_that_another_user_runs_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = tmp_path / "menshen-4242-south-1"
    theirs.mkdir()
    monkeypatch.setattr("edge.app.recording.alone.MEMORY", tmp_path)
    monkeypatch.setattr("edge.app.rundir.MEMORY", tmp_path)
    with (theirs / "lock").open("w") as lock, alone_with_cameras("1"):
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RecordingError, match="gate south-1 is running"), alone_with_cameras("south-1"):
            pass


def command(settings: Path, *options: str) -> list[str]:
    return [console_command("menshen-edge"), "record", str(settings), "--reason", "find the cold spot", *options]


def test_a_recording_is_made_opened_and_removed_by_the_command(tmp_path: Path) -> None:
    key, recipient = new_key(tmp_path)
    folder = tmp_path / "recordings"
    folder.mkdir()
    settings = gate(tmp_path, f'[record]\nrecipient = "{recipient}"\nfolder = "{folder}"\n')
    told = subprocess.run(command(settings, "--for", "1"), capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    assert "is being recorded" in told.stdout
    assert "Because: find the cold spot" in told.stdout
    recording = next(folder.glob("*.cptv.age"))
    assert str(recording) in told.stdout
    plain = tmp_path / "plain.cptv"
    record_or_else(None, with_(out=plain), sweep=None, new_key=None, sealed=(recording, key))
    assert plain.read_bytes()[:2] == b"\x1f\x8b"


def test_a_recording_that_is_killed_leaves_nothing_readable_and_after_a_sweep_nothing_at_all(
    tmp_path: Path, recipient: str
) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    endless = f"from tests.app.recorded import record_without_end; record_without_end({str(folder)!r}, {recipient!r})"
    process = subprocess.Popen([sys.executable, "-c", endless], cwd=REPOSITORY)
    try:
        until(lambda: sum(part.stat().st_size for part in folder.glob("*.part")) > 200_000, 60, "part of a recording")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    part = next(folder.glob("*.cptv.age.part")).read_bytes()
    assert part.startswith(b"age-encryption.org/v1\n")
    assert b"CPTV" not in part
    assert len(sweep(folder, FakeClock().wall()).removed) == 2
    assert not list(folder.iterdir())
