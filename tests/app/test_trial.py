"""The technician's first look: what is drawn and told is what the gate judges, and nothing is written that was not asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.app.eye_bench import drawn_crowds
from edge.app.trial.film import Reel
from edge.app.trial.overlay import LIMITS, STANDINGS, STYLES, drawn, with_caption
from edge.app.trial.seen import Seen, SeenFace, Standing
from edge.app.trial.subject import Kind, subject_of
from edge.app.trial.watcher import Watcher
from edge.commands import main
from edge.policy.view import Factor
from edge.sim.drawing import Placement, draw_person
from tests.app.test_eye import gate


def portrait(placement: Placement | None = Placement.WORN, face_px: float = 160) -> NDArray[np.uint8]:
    picture = np.empty((480, 640, 3), np.uint8)
    picture[:] = np.linspace(90, 180, 480).astype(np.uint8)[:, None, None]
    draw_person(3, face_px, placement).paste(picture, 200, 80)
    return picture


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def face(tmp_path: Path) -> Path:
    file = tmp_path / "face.png"
    cv2.imwrite(str(file), portrait())
    return file


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A second and a half of somebody with a mask who sways a little."""
    file = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 12.0, (640, 480))
    still = portrait()
    for index in range(18):
        writer.write(np.roll(still, index % 5, 1))
    writer.release()
    return file


def typed(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """The exit code of `menshen-edge try WORDS`."""
    monkeypatch.setattr(sys, "argv", ["menshen-edge", "try", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_a_picture_becomes_a_picture_beside_the_working_directory(
    here: Path, face: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, face) == 0
    assert [file.name for file in here.iterdir()] == ["face.menshen.png"]
    shown = cv2.imread("face.menshen.png")
    assert shown is not None
    assert shown.shape[0] > 480
    said = capsys.readouterr().out
    assert "ms a pass" in said
    assert "near enough" in said
    assert "face.menshen.png" in said
    assert "only because you asked for it" in said


def test_a_video_becomes_a_video_with_a_summary(
    here: Path, film: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, film) == 0
    said = capsys.readouterr().out
    assert "18 pictures" in said
    assert "people followed: 1" in said
    assert "pass" in said
    assert "only because you asked for it" in said
    written = Reel(here / "film.menshen.mp4")
    assert written.frames == 18
    assert written.fps == 12.0
    written.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["gone.png"], "no such picture or video"),
        (["camera"], "--config gate.toml"),
        (["/dev/video77"], "no such camera"),
        (["FACE", "--out", "x.gif"], "no such kind of file"),
        (["FACE", "--out", "gone/x.png"], "no such folder"),
        (["FACE", "--out", "FACE"], "the very file"),
        (["FACE", "--out", "."], "no such kind of file"),
        (["FACE", "--config", "gone.toml"], "no such settings file"),
        (["simulated", "--out", "x.png"], "not written to a file"),
        (["TEXT"], "neither a picture nor a video"),
        (["EMPTY"], "holds no pictures"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(
    here: Path, face: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    (here / "text.png").write_text("no picture")
    (here / "empty").mkdir()
    names = {"FACE": str(face), "TEXT": "text.png", "EMPTY": "empty"}
    assert typed(monkeypatch, *(names.get(word, word) for word in words)) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "do: " in said or "settings" in said
    assert sorted(file.name for file in here.iterdir()) == ["empty", "text.png"], "nothing is left behind"


def test_help_says_what_is_written_and_what_is_not(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, "--help") == 0
    said = " ".join(capsys.readouterr().out.split())
    for word in ("PICTURE|VIDEO|CAMERA", "Ctrl-C", "Pictures of people are written only because you ask", "--config", "--out"):
        assert word in said


def test_a_picture_is_judged_at_the_size_of_the_gate_whose_settings_are_given(tmp_path: Path, face: Path) -> None:
    own = subject_of(str(face), None).config
    assert (own.colour.width, own.colour.height) == (640, 480)
    theirs = subject_of(str(face), gate(tmp_path, {"min_face": 0.3})).config
    assert theirs.zone.min_face == 0.3
    assert (theirs.colour.width, theirs.colour.height) == (640, 480)


@pytest.mark.parametrize("name", ["rtsp://10.0.0.1/live", "/dev/video0", "simulated"])
def test_cameras_are_known_by_their_names(name: str) -> None:
    assert subject_of(name, None).kind is Kind.CAMERA


def test_the_video_is_judged_by_the_gate_s_own_vote_and_rule(tmp_path: Path) -> None:
    watcher = Watcher(gate(tmp_path))
    told = [watcher.look(portrait(), index / 10) for index in range(15)]
    assert told[0].faces[0].voted is not None
    assert told[-1].verdict == "pass"
    assert told[-1].faces[0].shown is Mask.WORN
    assert told[-1].faces[0].standing is Standing.NEAR
    assert 0 < told[-1].faces[0].quality <= 1
    assert watcher.people_seen == {1}


def test_a_face_too_small_for_a_verdict_is_said_to_be_so(tmp_path: Path) -> None:
    (small,) = Watcher(gate(tmp_path)).look_once(portrait(face_px=52)).faces
    assert small.standing is Standing.TOO_SMALL
    assert small.height_share == pytest.approx(small.height_px / 480)


def test_a_face_outside_the_zone_is_said_to_be_so(tmp_path: Path) -> None:
    config = gate(tmp_path, {"polygon": [[0.9, 0.0], [1.0, 0.0], [1.0, 1.0], [0.9, 1.0]]}, region="whole")
    (face,) = Watcher(config).look_once(portrait()).faces
    assert face.standing is Standing.OUTSIDE


def test_every_state_and_standing_has_a_word() -> None:
    assert set(STYLES) == set(Mask)
    assert set(STANDINGS) == set(Standing)
    assert set(LIMITS) == set(Factor)
    assert len({(style.colour, style.gap, style.word) for style in STYLES.values()}) == len(Mask)


@pytest.mark.parametrize("size", [(1, 1), (40, 30), (480, 640), (30, 900), (2160, 3840)])
@pytest.mark.parametrize("mask", [Mask.WORN, Mask.WORN_WRONG, Mask.UNSURE])
def test_a_picture_of_any_size_is_drawn_on(tmp_path: Path, size: tuple[int, int], mask: Mask) -> None:
    height, width = size
    box = (0.1 * width, -0.2 * height, 1.2 * width, 0.9 * height)
    points = ((0.0, 0.0),) * 5
    face = SeenFace(1, box, points, 0.9, (0.1, 0.8, 0.1), Mask.WORN, mask, 3, 0.7 * height, 0.7, Standing.NEAR, 0.9, None)
    seen = Seen((face,), 3.0, (width, height), (0, 0, width, max(1, height // 2)), None, None, 77.0)
    picture = np.full((height, width, 3), 120, np.uint8)
    shown = with_caption(drawn(picture, seen, Watcher(gate(tmp_path)).zone), ["a line", "another"])
    assert shown.shape[0] % 2 == 0
    assert shown.shape[1] % 2 == 0
    assert (picture == 120).all(), "the camera's own picture stays as it was"


def test_what_goes_to_the_page_is_plain_and_short(tmp_path: Path) -> None:
    note = Watcher(gate(tmp_path)).look(drawn_crowds((640, 480))[0], 0.0).as_json()
    assert note["faces"][0]["shown"] in {"absent", "unsure"}
    assert all(round(value, 3) == value for value in note["faces"][0]["box"])
