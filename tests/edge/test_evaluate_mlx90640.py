"""`menshen-edge evaluate mlx90640` as a technician types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge.commands.evaluate.mlx90640 import evaluate, report
from edge.errors import SourceError
from edge.sim.wire.mlx90640_eeprom import eeprom_of
from tests.vision.melexis.dumps import eeprom, goldens


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "edge", "evaluate", "mlx90640", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def written(folder: Path, words: np.ndarray[Any, np.dtype[np.uint16]], name: str = "eeprom.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(", ".join(str(word) for word in row) for row in np.atleast_2d(words).tolist()), encoding="utf-8")
    return path


def frame_words(subpage: int) -> np.ndarray[Any, np.dtype[np.uint16]]:
    words = np.full(834, 100, np.uint16)
    words[[768, 800, 778, 810]] = (0x4BF2, 0x06AF, 0x1881, 0xCCC5)
    words[832:] = (0x1901, subpage)
    return words


@pytest.mark.reference
@pytest.mark.parametrize("variant", ["e100", "adjacent"])
def test_the_command_gives_the_temperatures_of_the_maker_s_library(reference_data: Path, tmp_path: Path, variant: str) -> None:
    folder = reference_data / "thermal" / "mlx90640"
    golden, out = goldens(folder)[variant], tmp_path / "out.json"
    file = written(tmp_path, eeprom(folder, variant))
    report(file, folder / "frames_signaloid.csv", golden["emissivity"], None, out)
    said = json.loads(out.read_text(encoding="utf-8"))
    assert np.abs(np.array(said["pixels_c"]) - golden["frames"][-1]["to"]).max() <= 0.001
    assert said["return_code"] == golden["extract_rc"]
    assert bool(said["warnings"]) is (variant == "adjacent")


def test_what_is_missing_or_spoilt_is_said_and_is_no_number(tmp_path: Path) -> None:
    out, spoilt = tmp_path / "out.json", frame_words(1)
    spoilt[778] = 0x7FFF
    frames = written(tmp_path, np.stack([frame_words(0), spoilt]), "frames.csv")
    done = command(written(tmp_path, eeprom_of()), frames, "--emissivity", "1", "--json", out)
    assert done.returncode == 0, done.stderr
    said = json.loads(out.read_text(encoding="utf-8"))
    assert sum(pixel is None for pixel in said["pixels_c"]) == 384
    assert said["warnings"][0].startswith("-8: line 2")
    assert "384 pixels have no temperature" in said["warnings"][1]


@pytest.mark.parametrize(
    ("eeprom_text", "what"), [("1,2,3", "3 words, not 832"), ("1,x", "'x' is no word"), ("0," * 832, "every word")]
)
def test_a_file_that_is_no_eeprom_is_refused(tmp_path: Path, eeprom_text: str, what: str) -> None:
    file = tmp_path / "eeprom.csv"
    file.write_text(eeprom_text, encoding="utf-8")
    with pytest.raises(SourceError, match=what):
        evaluate(file, written(tmp_path, frame_words(0), "frames.csv"), 1.0, None)


def test_a_refusal_ends_the_command_with_code_2(tmp_path: Path) -> None:
    done = command(tmp_path / "none.csv", tmp_path / "none.csv")
    assert done.returncode == 2
    assert "error: the file cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
