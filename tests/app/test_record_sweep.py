"""Recordings of people have an end: what has expired is removed, and what does not say when it expires is not kept."""

from __future__ import annotations

import fcntl
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from edge.app.recording.keeper import keep_sweeping
from edge.app.recording.named import Stem
from edge.app.recording.sweep import sweep
from edge.errors import RecordingError
from tests.clocks import FakeClock

NOW = FakeClock().wall()


def recording(folder: Path, expires: datetime, gate: str = "south-1", endings: tuple[str, ...] = (".cptv.age", ".json")) -> str:
    stem = Stem.of(gate, expires - timedelta(days=7), expires).text
    for ending in endings:
        (folder / (stem + ending)).write_bytes(b"sealed")
    return stem


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_what_has_expired_goes_with_its_note_and_the_rest_stays(tmp_path: Path) -> None:
    recording(tmp_path, NOW)
    kept = recording(tmp_path, NOW + timedelta(seconds=1))
    swept = sweep(tmp_path, NOW)
    assert names(tmp_path) == {f"{kept}.cptv.age", f"{kept}.json"}
    assert swept.kept == 1
    assert len(swept.removed) == 2
    assert not sweep(tmp_path, NOW).removed


@pytest.mark.parametrize(
    "name",
    [
        "copy.cptv.age",
        "south-1_20261121T080000Z_until_later.cptv.age",
        "south-1_20261121T080000Z_until_20261399T080000Z.cptv.age",
        "south-1_20261121T080000Z_until_20270131T080000Z.cptv.age",
    ],
)
def test_what_does_not_say_until_when_or_says_too_long_is_not_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"sealed")
    assert name in sweep(tmp_path, NOW).removed
    assert not names(tmp_path)


def test_a_killed_recording_leaves_nothing_after_the_next_sweep(tmp_path: Path) -> None:
    recording(tmp_path, NOW + timedelta(days=3), endings=(".cptv.age.part", ".json.part", ".json"))
    sweep(tmp_path, NOW)
    assert not names(tmp_path)


@pytest.mark.parametrize("left", [(".json",), (".cptv.age",), (".cptv.age", ".json")])
def test_a_sweep_that_was_killed_is_finished_by_the_next(tmp_path: Path, left: tuple[str, ...]) -> None:
    recording(tmp_path, NOW - timedelta(days=1), endings=left)
    sweep(tmp_path, NOW)
    assert not names(tmp_path)


def test_a_recording_in_the_making_is_left_alone_even_when_its_time_is_over(tmp_path: Path) -> None:
    stem = recording(tmp_path, NOW - timedelta(days=1), endings=(".cptv.age.part", ".json"))
    with (tmp_path / f"{stem}.cptv.age.part").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert not sweep(tmp_path, NOW).removed
    sweep(tmp_path, NOW)
    assert not names(tmp_path)


def test_files_that_are_no_recordings_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    (tmp_path / "clip.cptv").write_bytes(b"CPTV")
    (tmp_path / "backup").mkdir()
    elsewhere = tmp_path / "backup" / "old.cptv.age"
    elsewhere.write_bytes(b"sealed")
    (tmp_path / "link.cptv.age").symlink_to(elsewhere)
    assert not sweep(tmp_path, NOW).removed
    assert names(tmp_path) == {"package.json", "clip.cptv", "backup", "link.cptv.age"}
    assert elsewhere.exists()


def test_a_gate_that_woke_up_in_1970_removes_nothing_and_says_so(tmp_path: Path) -> None:
    recording(tmp_path, NOW - timedelta(days=1))
    with pytest.raises(RecordingError, match="the clock says 1970-01-01"):
        sweep(tmp_path, datetime(1970, 1, 1, tzinfo=UTC))
    assert len(names(tmp_path)) == 2


def test_what_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stem = recording(tmp_path, NOW)

    def read_only(_path: Path, *, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", read_only)
    assert sweep(tmp_path, NOW).stuck[f"{stem}.cptv.age"] == "Read-only file system"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="nowhere"):
        sweep(tmp_path / "nowhere", NOW)


def test_a_running_gate_sweeps_when_it_starts_and_again_and_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock, done = FakeClock(), Event()
    waits: list[list[str]] = []
    first, later = recording(tmp_path, NOW), recording(tmp_path, NOW + timedelta(minutes=50), gate="north-1")

    class TwoHours:
        """Three rounds, then the gate ends."""

        def is_set(self) -> bool:
            return len(waits) == 3

        def wait(self, timeout: float | None = None) -> bool:
            assert timeout is not None
            waits.append(sorted(name.split("_")[0] for name in names(tmp_path) if name.endswith(".age")))
            clock.advance(timeout)
            if len(waits) == 3:
                done.set()
            return self.is_set()

    with caplog.at_level(logging.INFO):
        keep_sweeping(tmp_path, clock, TwoHours())
        assert done.wait(10)
    assert waits == [["north-1"], [], []]
    assert f"removed {first}.cptv.age: expired" in caplog.text
    assert f"removed {later}.cptv.age: expired" in caplog.text
