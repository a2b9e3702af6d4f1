"""A recording of people: what is in it, who can read it, and what lies on the disk while it is made."""

from __future__ import annotations

import gzip
import json
import math
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from edge.app.recording.part_file import PartFile
from edge.app.recording.reel import Ended, Taken
from edge.app.recording.sweep import sweep
from edge.config import load_gate
from edge.config.sources import CptvThermal
from edge.errors import RecordingError, SourceError
from edge.sim.cameras import simulated_thermal
from edge.vision.thermal import RawThermal, ThermalSource, open_thermal
from edge.vision.thermal.cptv_clip import read_clip
from edge.vision.thermal.cptv_source import CptvSource
from tests.app.recorded import Remembering, Still, asked, made, new_key, opened
from tests.clocks import FakeClock

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made_folder = tmp_path / "recordings"
    made_folder.mkdir()
    return made_folder


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def simulated(clock: FakeClock) -> ThermalSource:
    config = load_gate(REPOSITORY / "firmware_configs" / "gates" / "simulated.toml")
    return simulated_thermal(config, clock.monotonic_s(), clock, clock.advance)


def in_the_recording(recorded: Path, key: Path, out: Path) -> list[RawThermal]:
    return [RawThermal(frame.counts, frame.at_s, frame.ffc_age_s) for frame in read_clip(opened(recorded, key, out), 120, 160)]


def assert_the_same(read: list[RawThermal], delivered: list[RawThermal]) -> None:
    for back, there in zip(read, delivered, strict=True):
        np.testing.assert_array_equal(back.counts, there.counts)
        assert back.taken_s == pytest.approx(there.taken_s - delivered[0].taken_s, abs=0.001_1)
        assert back.ffc_age_s == pytest.approx(there.ffc_age_s, abs=0.001_1, nan_ok=True)


def test_simulated_people_come_back_pixel_for_pixel_and_in_time(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    source = Remembering(simulated(clock))
    recorded = made(source, clock, recipient, folder, for_s=2.0)
    assert (recorded.ended, recorded.fault) == (Ended.TIME, None)
    read = in_the_recording(recorded.path, key, tmp_path / "plain.cptv")
    assert len(read) == recorded.taken.pictures == 50
    assert_the_same(read, source.delivered[:-1])  # the last one, after two seconds, is what ended it


@pytest.mark.reference
def test_a_real_recording_with_a_shutter_event_is_the_same_after_it_was_recorded_again(
    reference_data: Path, tmp_path: Path, folder: Path, clock: FakeClock
) -> None:
    clip = reference_data / "thermal" / "kiosk_clips" / "15069269.cptv"
    key, recipient = new_key(tmp_path)
    played = CptvSource(CptvThermal(source="cptv", path=clip), clock, clock.advance)
    for _ in range(240):
        played.read()
    source = Remembering(played)
    recorded = made(source, clock, recipient, folder, for_s=8.0)
    read = in_the_recording(recorded.path, key, tmp_path / "again.cptv")
    assert_the_same(read, source.delivered[: len(read)])
    assert recorded.taken.pictures == len(read) > 50
    assert any(raw.ffc_age_s == 0.0 for raw in read)


def test_a_recording_plays_as_a_thermal_camera_again(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    recorded = made(Still(clock), clock, recipient, folder, for_s=1.0)
    again = open_thermal(CptvThermal(source="cptv", path=opened(recorded.path, key, tmp_path / "a.cptv")), clock)
    raw = again.read()
    assert raw is not None
    assert math.isnan(raw.ffc_age_s)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files would go."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield place
    tempfile.tempdir = None


def test_nothing_readable_is_on_the_disk_at_any_moment(tmp_path: Path, folder: Path, temporary: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    notes: set[bytes] = set()
    sealed: set[bytes] = set()

    def look(_: RawThermal | None = None) -> None:
        assert not list(temporary.iterdir())
        for file in folder.iterdir():
            (notes if ".json" in file.name else sealed).add(file.read_bytes())

    source = Remembering(Still(clock), look)
    recorded = made(source, clock, recipient, folder, for_s=4.0)
    look()
    whole = recorded.path.read_bytes()
    assert len(sealed) > 5
    assert all(whole.startswith(part) for part in sealed)
    zipped = opened(recorded.path, key, tmp_path / "plain.cptv").read_bytes()
    readable = [b"CPTV", zipped[:10]]
    for text in (zipped, gzip.decompress(zipped), *(raw.counts.tobytes() for raw in source.delivered)):
        readable += [text[at : at + 16] for at in range(0, len(text) - 16, 20_011)]
    on_disk = whole + b"".join(notes)
    assert not [text for text in readable if text in on_disk]


def test_the_note_says_why_who_when_and_until_when(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    _, recipient = new_key(tmp_path)
    recorded = made(Still(clock), clock, recipient, folder, for_s=3.0)
    assert recorded.path.name == "south-1_20261121T080000Z_until_20261128T080000Z.cptv.age"
    note = folder / "south-1_20261121T080000Z_until_20261128T080000Z.json"
    assert {file.name for file in folder.iterdir()} == {recorded.path.name, note.name}
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    said = json.loads(note.read_text(encoding="utf-8"))
    assert said["reason"] == "find the cold spot"
    assert (said["asked_by"], said["gate"], said["recipient"]) == ("maria", "south-1", recipient)
    assert (said["first"], said["last"]) == ("2026-11-21T08:00:00.011Z", "2026-11-21T08:00:03.008Z")
    assert (said["first_mono_s"], said["last_mono_s"]) == (1000.011, 1003.008)
    assert (said["pictures"], said["ended"]) == (28, "the time was over")


def test_another_key_opens_nothing_and_leaves_nothing(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    _, recipient = new_key(tmp_path)
    other, _ = new_key(tmp_path)
    recorded = made(Still(clock), clock, recipient, folder)
    with pytest.raises(RecordingError, match="this key does not open it"):
        opened(recorded.path, other, tmp_path / "plain.cptv")
    assert not (tmp_path / "plain.cptv").exists()


@pytest.mark.parametrize("change", [lambda sealed: sealed[:-1000], lambda sealed: sealed[:70_000] + b"\0" + sealed[70_001:]])
def test_a_recording_that_was_cut_or_changed_is_refused(tmp_path: Path, folder: Path, clock: FakeClock, change: object) -> None:
    assert callable(change)
    key, recipient = new_key(tmp_path)
    recorded = made(Still(clock), clock, recipient, folder)
    recorded.path.write_bytes(change(recorded.path.read_bytes()))
    with pytest.raises(RecordingError, match="cut off or was changed"):
        opened(recorded.path, key, tmp_path / "plain.cptv")
    assert not (tmp_path / "plain.cptv").exists()


def test_nothing_is_overwritten_when_a_recording_is_opened(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    recorded = made(Still(clock), clock, recipient, folder)
    plain = opened(recorded.path, key, tmp_path / "plain.cptv")
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600
    with pytest.raises(RecordingError, match="is there already"):
        opened(recorded.path, key, plain)


def test_whoever_stops_a_recording_keeps_what_was_recorded_until_then(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    stop = Event()

    def stop_at_five(taken: Taken) -> None:
        if taken.pictures == 5:
            stop.set()

    source = Remembering(Still(clock))
    recorded = made(source, clock, recipient, folder, for_s=60.0, stop=stop, tell=stop_at_five)
    assert recorded.ended is Ended.STOPPED
    assert_the_same(in_the_recording(recorded.path, key, tmp_path / "a.cptv"), source.delivered)


def test_a_camera_that_goes_away_ends_the_recording_and_is_named(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    recorded = made(Still(clock, pictures=7), clock, recipient, folder, for_s=60.0)
    assert recorded.ended is Ended.CAMERA
    assert recorded.fault is not None
    assert recorded.fault.what == "the camera was unplugged"
    assert len(in_the_recording(recorded.path, key, tmp_path / "a.cptv")) == 7


def test_a_camera_that_gives_no_picture_leaves_nothing_behind(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    _, recipient = new_key(tmp_path)
    with pytest.raises(SourceError, match="the camera was unplugged"):
        made(Still(clock, pictures=0), clock, recipient, folder)
    assert not list(folder.iterdir())


def test_a_camera_that_falls_silent_is_not_waited_for_without_end(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    class Silent(Still):
        def read(self) -> RawThermal | None:
            clock.advance(0.2)
            return None

    with pytest.raises(SourceError, match="no picture for 8 s"):
        made(Silent(clock), clock, new_key(tmp_path)[1], folder)


def test_pictures_of_a_camera_that_is_not_ready_yet_are_left_out(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    recorded = made(Still(clock, empty=6), clock, recipient, folder, for_s=1.0)
    assert all(raw.counts.all() for raw in in_the_recording(recorded.path, key, tmp_path / "a.cptv"))


def test_a_recording_ends_whole_when_its_room_is_used_up(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)
    recorded = made(Still(clock), clock, recipient, folder, for_s=600.0, limit_bytes=2_500_000)
    assert recorded.ended is Ended.NO_ROOM
    assert recorded.bytes <= 2_500_000
    assert len(in_the_recording(recorded.path, key, tmp_path / "a.cptv")) == recorded.taken.pictures > 5
    clock.advance(2.0)
    with pytest.raises(RecordingError, match="no room for recordings"):
        made(Still(clock), clock, recipient, folder, limit_bytes=2_500_000)


def test_a_disk_that_takes_no_more_leaves_nothing_behind(
    tmp_path: Path, folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_part: PartFile, _data: bytes) -> int:
        _part.fault = OSError(28, "No space left on device")
        raise _part.fault

    monkeypatch.setattr(PartFile, "write", full)
    with pytest.raises(RecordingError, match="No space left on device"):
        made(Still(clock), clock, new_key(tmp_path)[1], folder)
    assert not list(folder.iterdir())


def test_no_recording_takes_the_place_of_another(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    _, recipient = new_key(tmp_path)
    first = made(Still(clock), clock, recipient, folder, for_s=1.0)
    clock.now_s = 1000.5
    with pytest.raises(RecordingError, match="this second already"):
        made(Still(clock), clock, recipient, folder, for_s=1.0)
    assert first.path.stat().st_size == first.bytes


def test_a_sweep_lets_a_recording_that_is_being_made_alone(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, recipient = new_key(tmp_path)

    def sweep_meanwhile(_: Taken) -> None:
        assert not sweep(folder, clock.wall()).removed

    recorded = made(Still(clock), clock, recipient, folder, for_s=2.0, tell=sweep_meanwhile)
    assert len(in_the_recording(recorded.path, key, tmp_path / "a.cptv")) == recorded.taken.pictures
    assert sweep(folder, clock.wall()).kept == 1


def test_a_private_key_is_not_taken_for_a_public_one(tmp_path: Path, folder: Path, clock: FakeClock) -> None:
    key, _ = new_key(tmp_path)
    secret = key.read_text(encoding="ascii").split()[-1]
    with pytest.raises(RecordingError, match="that is a private key") as refused:
        made(Still(clock), clock, secret, folder)
    assert secret not in str(refused.value)
    assert asked(clock, secret).stem.ours
    assert not list(folder.iterdir())
