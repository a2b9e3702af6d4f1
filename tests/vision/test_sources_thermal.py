"""Thermal recordings: real ones of an entrance kiosk, and the package's own writer."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from cptv import CPTVWriter, Frame

from edge.config.sources import CptvThermal
from edge.errors import SourceError
from edge.vision.thermal import RawThermal, ThermalSource, open_thermal
from edge.vision.thermal.cptv_clip import read_clip
from edge.vision.thermal.cptv_source import CptvSource
from tests.clocks import FakeClock


def recording(path: Path, frames: int = 6, gap_before: int | None = None, level: int = 29_500) -> Path:
    """A Lepton's recording, 0.114 s a frame; before frame `gap_before` a shutter event of 2.05 s."""
    writer = CPTVWriter(path.open("wb"))
    writer.write_header()
    on_s, ffc_s = 100.0, 40.0
    for number in range(frames):
        on_s += 2.05 if number == gap_before else 0.114
        if number == gap_before:
            ffc_s = on_s - 0.5
        counts = np.full((120, 160), level + number, np.uint16)
        counts[0, 0] += number
        writer.write_frame(Frame(counts, timedelta(seconds=on_s), timedelta(seconds=ffc_s), 25.0, 25.0))
    writer.close()
    return path


def played(path: Path, clock: FakeClock) -> CptvSource:
    return CptvSource(CptvThermal(source="cptv", path=path), clock, clock.advance)


def watch(source: ThermalSource, frames: int) -> list[RawThermal]:
    return [shot for _ in range(frames) if (shot := source.read())]


@pytest.fixture
def kiosk_clips(reference_data: Path) -> Path:
    return reference_data / "thermal" / "kiosk_clips"


def test_a_recording_plays_in_its_own_time_and_from_the_start_again(tmp_path: Path) -> None:
    clock = FakeClock()
    source = played(recording(tmp_path / "a.cptv", frames=6), clock)
    shots = watch(source, 15)
    assert [int(shot.counts[60, 60]) - 29_500 for shot in shots] == [0, 1, 2, 3, 4, 5] * 2 + [0, 1, 2]
    steps_s = np.diff([shot.taken_s for shot in shots])
    assert np.allclose(steps_s, 0.114, atol=0.002)
    assert all(shot.counts.dtype == np.uint16 and shot.counts.shape == (120, 160) for shot in shots)


def test_a_folder_of_recordings_plays_one_after_the_other(tmp_path: Path) -> None:
    recording(tmp_path / "a.cptv", frames=2, level=29_000)
    recording(tmp_path / "b.cptv", frames=2, level=30_000)
    shots = watch(played(tmp_path, FakeClock()), 5)
    assert [int(shot.counts[60, 60]) for shot in shots] == [29_000, 29_001, 30_000, 30_001, 29_000]


def test_during_a_shutter_event_the_picture_stands_still_and_says_why(tmp_path: Path) -> None:
    source = played(recording(tmp_path / "a.cptv", frames=6, gap_before=3), FakeClock())
    shots = watch(source, 21)
    shut = [shot for shot in shots if shot.ffc_age_s == 0.0]
    assert 15 <= len(shut) <= 18
    assert {int(shot.counts[60, 60]) for shot in shut} == {29_502}
    after = next(shot for shot in shots if shot.taken_s > shut[-1].taken_s)
    assert after.ffc_age_s == pytest.approx(0.5, abs=0.01)
    assert shots[0].ffc_age_s == pytest.approx(60.114, abs=0.01)


def test_the_time_since_the_shutter_event_is_unknown_when_the_camera_restarted(tmp_path: Path) -> None:
    writer = CPTVWriter((tmp_path / "a.cptv").open("wb"))
    writer.write_header()
    frame = Frame(np.full((120, 160), 29_500, np.uint16), timedelta(seconds=3), timedelta(seconds=90), 25.0, 25.0)
    writer.write_frame(frame)
    writer.close()
    assert math.isnan(next(read_clip(tmp_path / "a.cptv", 120, 160)).ffc_age_s)


def test_a_recording_cut_off_in_the_middle_plays_up_to_there(tmp_path: Path) -> None:
    whole = recording(tmp_path / "a.cptv", frames=40).read_bytes()
    (tmp_path / "a.cptv").write_bytes(whole[: len(whole) * 2 // 3])
    assert len(list(read_clip(tmp_path / "a.cptv", 120, 160))) <= 40


def test_an_unusable_recording_of_a_folder_is_passed_over_but_not_when_all_are(tmp_path: Path) -> None:
    (tmp_path / "a.cptv").write_bytes(b"no recording")
    (tmp_path / "z.cptv").write_bytes(b"no recording either")
    with pytest.raises(SourceError, match="not a CPTV recording"):
        played(tmp_path, FakeClock())
    recording(tmp_path / "b.cptv", frames=2)
    assert [int(shot.counts[60, 60]) for shot in watch(played(tmp_path, FakeClock()), 3)] == [29_500, 29_501, 29_500]


@pytest.mark.parametrize("content", [b"", b"no recording", b"\x1f\x8b" + bytes(60)])
def test_a_file_that_is_no_recording_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.cptv").write_bytes(content)
    with pytest.raises(SourceError, match="not a CPTV recording") as refused:
        played(tmp_path / "a.cptv", FakeClock())
    assert refused.value.where == str(tmp_path / "a.cptv")


def test_missing_recordings_and_an_empty_folder_are_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no such recording.*thermal\.path"):
        played(tmp_path / "gone.cptv", FakeClock())
    with pytest.raises(SourceError, match="holds no CPTV recording"):
        played(tmp_path, FakeClock())


def test_a_recording_of_another_size_is_refused(tmp_path: Path) -> None:
    config = CptvThermal(source="cptv", path=recording(tmp_path / "a.cptv"), rows=60, cols=80)
    with pytest.raises(SourceError, match=r"160x120, but thermal\.cols and thermal\.rows say 80x60"):
        CptvSource(config, FakeClock())


def test_counts_that_are_no_temperatures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="counts are no temperatures"):
        played(recording(tmp_path / "a.cptv", level=2_700), FakeClock())


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("formats/v1.cptv", "version 1"),
        ("kiosk_clips/no_people_skyline.cptv", "version 1"),
        ("formats/v2.cptv", "no temperatures"),
    ],
)
def test_recordings_without_temperatures_are_refused_naming_the_reason(kiosk_clips: Path, name: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        played(kiosk_clips.parent / name, FakeClock())


@pytest.mark.reference
def test_every_real_recording_plays_and_looks_like_a_place_with_people(kiosk_clips: Path) -> None:
    clips = sorted(clip for clip in kiosk_clips.glob("*.cptv") if clip.stem != "no_people_skyline")
    assert len(clips) >= 20
    for clip in clips:
        for shot in watch(played(clip, FakeClock()), 5):
            celsius = shot.counts.astype(float) / 100 - 273.15
            assert 0 < np.median(celsius) < 45, clip.name
            assert not shot.ffc_age_s < 0, clip.name


@pytest.mark.reference
def test_the_real_shutter_event_stands_still_for_two_seconds(kiosk_clips: Path) -> None:
    shots = watch(played(kiosk_clips / "15069269.cptv", FakeClock()), 300)
    shut_s = [shot.taken_s for shot in shots if shot.ffc_age_s == 0.0]
    assert 1.6 < shut_s[-1] - shut_s[0] < 2.1
    assert next(shot.ffc_age_s for shot in shots if shot.taken_s > shut_s[-1]) == pytest.approx(0.911, abs=0.01)


def test_the_settings_open_the_recording(tmp_path: Path) -> None:
    source = open_thermal(CptvThermal(source="cptv", path=recording(tmp_path / "a.cptv")), FakeClock())
    assert source.replay
    assert source.read() is not None
    source.close()
