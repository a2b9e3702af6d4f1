"""`python -m models.evaluation` on a handful of drawn people: figures, report, choice of a threshold, refusals."""

import csv
import json
import sys
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser

from contract.console import told
from edge.sim.drawing import Placement, draw_person
from edge.vision.model_file import read_manifest
from models.evaluation.__main__ import main
from tests.browser import open_page, picture

KEYS = {
    "map3",
    "ap.absent",
    "ap.worn",
    "ap.worn_wrong",
    "absent_called_worn",
    "worn_wrong_called_worn",
    "worn_called_worn",
    "unsure_share",
    "found",
    "ms_whole_pass",
}
WAYS = {"absent": None, "worn": Placement.WORN, "worn_wrong": Placement.UNDER_NOSE}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four drawn people of each state, and an empty hall."""
    folder = tmp_path_factory.mktemp("people")
    rows: list[dict[str, object]] = [{"file": "empty.png", "mask": "none_in_picture", "use": "aside", "source": "hall"}]
    hall = np.empty((480, 640, 3), np.uint8)
    hall[:] = np.linspace(90, 180, 480).astype(np.uint8)[:, None, None]
    cv2.imwrite(str(folder / "empty.png"), hall)
    for state, way in WAYS.items():
        for seed in range(4):
            picture, person = hall.copy(), draw_person(seed, 120 + 20 * seed, way)
            left, top = 220, max(0, 480 - person.bgra.shape[0])
            person.paste(picture, left, top)
            name = f"{state}_{seed}.png"
            cv2.imwrite(str(folder / name), picture)
            box = person.box + np.array([left, top, left, top])
            corners = dict(zip(("x1", "y1", "x2", "y2"), box.round(1).tolist(), strict=True))
            rows.append({"file": name, **corners, "mask": state, "use": "aside", "source": "drawn"})
    with (folder / "manifest.csv").open("w", newline="") as lines:
        table = csv.DictWriter(lines, ["file", "x1", "y1", "x2", "y2", "mask", "use", "source"])
        table.writeheader()
        table.writerows(rows)
    return folder


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> None:
    command = ["evaluation", "--manifest", str(folder / "manifest.csv"), "--root", str(folder), *words]
    monkeypatch.setattr(sys, "argv", command)
    told(main)


class Reader(HTMLParser):
    """Collects tags, addresses and words; complains about a tag that is closed and was never opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)
        self.addresses += [value for key, value in attrs if key in ("src", "href") and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_figures_and_the_report_of_drawn_people(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, people, "--json", str(tmp_path / "out" / "scores.json"), "--html", str(tmp_path / "report.html"))
    figures = json.loads((tmp_path / "out" / "scores.json").read_text())
    assert set(figures) >= KEYS
    assert all(isinstance(figures[key], float) for key in KEYS)
    default, entries = read_manifest()
    assert figures["sha256"] == entries[default].sha256
    assert figures["worn_probability"] == entries[default].worn_probability
    assert figures["faces"] == {"absent": 4, "worn": 4, "worn_wrong": 4}
    assert figures["pictures"] == 13
    assert figures["found"] >= 0.75
    assert figures["absent_called_worn"] <= 0.25
    assert set(figures["sources"]) == {"drawn", "hall"}
    assert "worn called worn" in capsys.readouterr().out
    check_report(tmp_path / "report.html", figures)


def check_report(file: Path, figures: dict[str, object]) -> None:
    reader = Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    assert reader.open == []
    assert all(address.startswith("data:") for address in reader.addresses)
    text = " ".join(reader.words)
    assert "shows pictures of people" in text
    assert str(figures["sha256"]) in text
    assert f"{figures['map3']:.3f}" in text
    for part in ("What each face was called", "By size of the face", "By source", "The worst mistakes", "Moving the threshold"):
        assert part in text
    assert file.read_text(encoding="utf-8").count("<svg") == 6


def test_nothing_but_the_figures_is_written_unless_asked(people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, people, "--under", "worn_0", "--json", str(tmp_path / "scores.json"), "--worn-probability", "0.9")
    assert [file.name for file in tmp_path.iterdir()] == ["scores.json"]
    figures = json.loads((tmp_path / "scores.json").read_text())
    assert figures["worn_probability"] == 0.9
    assert figures["ap.absent"] is None


def test_a_threshold_is_chosen_on_pictures_set_aside(people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = ("--least-worn", "0", "--most-unsure", "1", "--costs", "20", "5", "1", "0.3")
    run(monkeypatch, people, "--json", str(tmp_path / "t.json"), "--choose-threshold", *limits)
    found = json.loads((tmp_path / "t.json").read_text())
    assert 0.34 <= found["worn_probability"] <= 0.98
    assert len(found["curve"]) == 65
    assert found["costs"]["absent_as_worn"] == 20.0


def test_a_threshold_within_impossible_limits_is_refused_with_the_curve_written(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(monkeypatch, people, "--json", str(tmp_path / "t.json"), "--choose-threshold", "--least-worn", "1.01")
    assert left.value.code == 2
    assert json.loads((tmp_path / "t.json").read_text())["worn_probability"] is None
    assert "no threshold keeps the limits" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--model", "nowhere.onnx"), "no such network"),
        (("--peer", "aizoo_260"), "names no file"),
        (("--peer", "mtcnn=x.onnx"), "no peer 'mtcnn'"),
        (("--use", "nothing"), "no picture was chosen"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    people: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    with pytest.raises(SystemExit) as left:
        run(monkeypatch, people, "--json", str(tmp_path / "scores.json"), *words)
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert "do:" in error
    assert not (tmp_path / "scores.json").exists()


@pytest.mark.browser
def test_the_report_fits_a_narrow_window_and_asks_the_network_for_nothing(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    report = tmp_path / "report.html"
    run(monkeypatch, people, "--under", "worn", "--json", str(tmp_path / "scores.json"), "--html", str(report))
    watched = open_page(browser, 800, 900)
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    watched.page.goto(report.as_uri())
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.page.locator("svg[role=img]").count() == 6
    assert watched.page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    picture(watched.page, "evaluation-report")
    assert watched.complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    watched.page.close()
