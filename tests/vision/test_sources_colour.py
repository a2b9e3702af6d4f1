"""Colour sources that play something: folders and files."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from edge.clock import SystemClock
from edge.config.sources import FolderColour, RtspColour, V4l2Colour, VideoColour
from edge.errors import SourceError
from edge.vision.colour import COLOUR_SOURCES, ColourSource, Shot, open_colour
from edge.vision.colour.fit import Fit, fitted
from edge.vision.colour.live import without_password

CLOCK = SystemClock()


def watch(source: ColourSource, frames: int) -> list[Shot]:
    return [shot for _ in range(frames) if (shot := source.read())]


def picture(shade: int, rows: int = 120, cols: int = 160) -> NDArray[np.uint8]:
    ramp = np.tile(np.linspace(0, 40, cols, dtype=np.uint8), (rows, 1))
    return np.dstack([ramp + shade] * 3).astype(np.uint8)


def folder_of(path: Path, *shades: int) -> Path:
    path.mkdir()
    for number, shade in enumerate(shades):
        cv2.imwrite(str(path / f"{number}.png"), picture(shade))
    return path


def folder_source(path: Path, hold_s: float = 3.0) -> FolderColour:
    return FolderColour(source="folder", path=path, width=160, height=120, fps=200.0, hold_s=hold_s)


def test_a_still_picture_before_the_camera_is_alive_no_two_frames_are_identical(tmp_path: Path) -> None:
    source = open_colour(folder_source(folder_of(tmp_path / "one", 100)), CLOCK)
    frames = {shot.pixels.tobytes() for shot in watch(source, 60)}
    assert len(frames) == 60
    assert source.replay


def test_the_noise_and_the_trembling_leave_the_picture_what_it_was(tmp_path: Path) -> None:
    source = open_colour(folder_source(folder_of(tmp_path / "one", 100)), CLOCK)
    shots = [shot.pixels.astype(float) for shot in watch(source, 40)]
    assert abs(np.mean(shots, axis=0) - picture(100)).mean() < 1.0
    assert 1.0 < np.std(shots, axis=0).mean() < 4.0


def test_the_pictures_of_a_folder_take_turns_and_begin_again(tmp_path: Path) -> None:
    source = open_colour(folder_source(folder_of(tmp_path / "two", 20, 150), hold_s=0.05), CLOCK)
    levels = [shot.pixels.mean() > 100 for shot in watch(source, 50)]
    changes = sum(a != b for a, b in pairwise(levels))
    assert changes >= 3


def test_every_shot_has_the_configured_size_whatever_the_picture_was(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    cv2.imwrite(str(tmp_path / "odd" / "tall.jpg"), picture(50, rows=333, cols=77))
    shot = open_colour(folder_source(tmp_path / "odd"), CLOCK).read()
    assert shot is not None
    assert shot.pixels.shape == (120, 160, 3)
    assert shot.pixels.dtype == np.uint8


def test_a_picture_is_fitted_whole_and_in_its_shape() -> None:
    fit = Fit.of(1280, 400, 640, 480)
    assert (fit.scale, fit.left_px, fit.top_px, fit.width_px, fit.height_px) == (0.5, 0, 140, 640, 200)
    assert fitted(picture(9, 400, 1280), 640, 480).shape == (480, 640, 3)


def test_a_shot_is_stamped_with_its_arrival_minus_the_latency(tmp_path: Path) -> None:
    late = folder_source(folder_of(tmp_path / "one", 1)).model_copy(update={"latency_s": 0.5})
    before_s = CLOCK.monotonic_s()
    shot = open_colour(late, CLOCK).read()
    assert shot is not None
    assert before_s - 0.5 <= shot.taken_s <= CLOCK.monotonic_s() - 0.5


def test_a_missing_folder_an_empty_one_and_a_broken_picture_each_say_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such folder") as gone:
        open_colour(folder_source(tmp_path / "nowhere"), CLOCK)
    assert gone.value.where == str(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="holds no pictures"):
        open_colour(folder_source(tmp_path / "empty"), CLOCK)
    folder = folder_of(tmp_path / "bad", 1)
    (folder / "a.jpg").write_bytes(b"no picture at all")
    with pytest.raises(SourceError, match="cannot be decoded") as broken:
        open_colour(folder_source(folder), CLOCK)
    assert broken.value.where == str(folder / "a.jpg")


def film(path: Path, frames: int = 10, fps: float = 50.0) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, (160, 120))
    assert writer.isOpened()
    for number in range(frames):
        writer.write(picture(20 * number))
    writer.release()
    return path


def test_a_video_plays_in_its_own_time_and_from_the_start_again(tmp_path: Path) -> None:
    config = VideoColour(source="video", path=film(tmp_path / "clip.mp4"), width=160, height=120)
    source = open_colour(config, CLOCK)
    started_s = CLOCK.monotonic_s()
    shots = watch(source, 25)
    took_s = CLOCK.monotonic_s() - started_s
    source.close()
    assert 24 / 50 * 0.9 <= took_s <= 5.0
    levels = [shot.pixels.mean() for shot in shots]
    assert sum(later < earlier - 60 for earlier, later in pairwise(levels)) >= 2
    assert [shot.taken_s for shot in shots] == sorted(shot.taken_s for shot in shots)


def test_a_missing_video_and_a_file_that_is_none_each_say_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such video file"):
        open_colour(VideoColour(source="video", path=tmp_path / "gone.mp4"), CLOCK)
    wrong = tmp_path / "wrong.mp4"
    wrong.write_bytes(b"\0" * 5000)
    with pytest.raises(SourceError, match="cannot be decoded") as broken:
        open_colour(VideoColour(source="video", path=wrong), CLOCK)
    assert broken.value.remedy


def test_a_video_deleted_while_it_plays_is_said_and_not_survived_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    clip = film(tmp_path / "a" / "clip.mp4", frames=3)
    source = open_colour(VideoColour(source="video", path=clip, width=160, height=120), CLOCK)
    shutil.rmtree(tmp_path / "a")
    with pytest.raises(SourceError, match="cannot be decoded"):
        watch(source, 6)


def test_a_camera_that_is_not_there_is_named_with_what_to_do() -> None:
    with pytest.raises(SourceError, match="there is no such camera") as gone:
        open_colour(V4l2Colour(source="v4l2", device="/dev/video-not-there"), CLOCK)
    assert gone.value.where == "/dev/video-not-there"
    assert gone.value.remedy
    assert "colour.device" in gone.value.remedy


def test_a_file_that_is_no_camera_does_not_pass_for_one(tmp_path: Path) -> None:
    (tmp_path / "video0").write_bytes(b"")
    with pytest.raises(SourceError, match="does not open"):
        open_colour(V4l2Colour(source="v4l2", device=str(tmp_path / "video0")), CLOCK)


def test_the_password_of_a_camera_is_never_shown() -> None:
    assert without_password("rtsp://guard:s3cret@10.0.0.9:554/main") == "rtsp://***@10.0.0.9:554/main"
    assert without_password("rtsp://10.0.0.9/main") == "rtsp://10.0.0.9/main"


def test_every_colour_source_of_the_settings_but_the_simulated_one_can_be_opened() -> None:
    assert set(COLOUR_SOURCES) == {V4l2Colour, RtspColour, VideoColour, FolderColour}
