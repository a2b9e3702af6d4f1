"""A real MLX90640 against the maker's own library."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from edge.sim.wire.mlx90640_eeprom import eeprom_of
from edge.vision.thermal.melexis.mlx90640_decoder import Mlx90640Decoder
from edge.vision.thermal.melexis.mlx90640_frame import frame_code, frame_of
from edge.vision.thermal.melexis.mlx90640_parameters import restore
from edge.vision.thermal.melexis.mlx90640_pixels import PIXELS
from tests.vision.melexis.dumps import eeprom, frames, goldens

VARIANTS = ("base_e095", "e100", "broken100", "outlier200", "adjacent")
LEAST_SIGNIFICANT_C = 1.2


@pytest.fixture
def dumped(reference_data: Path) -> Path:
    return reference_data / "thermal" / "mlx90640"


@pytest.mark.reference
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_pixel_is_that_of_the_maker_s_library(dumped: Path, variant: str) -> None:
    golden = goldens(dumped)[variant]
    parameters = restore(eeprom(dumped, variant), variant)
    assert parameters.bad.code == golden["extract_rc"]
    assert parameters.bad.broken == tuple(pixel for pixel in golden["broken"] if pixel != 0xFFFF)
    assert parameters.bad.outliers == tuple(pixel for pixel in golden["outlier"] if pixel != 0xFFFF)
    decoder, celsius = Mlx90640Decoder(parameters), np.zeros(PIXELS)
    for words, said in zip(frames(dumped), golden["frames"], strict=True):
        frame = frame_of(words)
        assert frame_code(frame) == 0
        at = decoder.into(celsius, frame, golden["emissivity"], None)
        assert frame.subpage == said["subpage"]
        assert at.ta_c == pytest.approx(said["ta"], abs=1e-5)
        assert at.vdd_v == pytest.approx(said["vdd"], abs=1e-6)
        assert np.abs(celsius - said["to"]).max() <= 0.001


@pytest.mark.reference
def test_every_parameter_is_stored_as_the_maker_s_library_stores_it(dumped: Path) -> None:
    said = json.loads((dumped / "expected_signaloid_e095.json").read_text(encoding="utf-8"))
    parameters = restore(eeprom(dumped), "dump")
    assert np.array_equal(parameters.offset, said["offset"])
    assert np.array_equal(parameters.kta * 2 ** said["ktaScale"], said["kta"])
    assert np.array_equal(parameters.kv * 2 ** said["kvScale"], said["kv"])
    assert np.allclose(1e-6 * 2 ** said["alphaScale"] / parameters.alpha, said["alpha"], rtol=0, atol=1e-6)
    assert parameters.ranges.ks_to == pytest.approx(said["ksTo"][:4])
    assert list(parameters.ranges.from_c) == said["ct"][:4]
    assert parameters.il_chess == tuple(said["ilChessC"])


@pytest.mark.reference
def test_reflected_temperature_and_emissivity_are_those_of_the_maker_s_library(dumped: Path) -> None:
    decoder, celsius = Mlx90640Decoder(restore(eeprom(dumped), "dump")), np.zeros(PIXELS)
    for words in frames(dumped):
        decoder.into(celsius, frame_of(words), 0.98, 23.0)
    assert celsius[400] == pytest.approx(27.8908, abs=0.001)


@pytest.mark.reference
def test_the_synthetic_face_comes_out_as_it_went_in(dumped: Path) -> None:
    words = np.fromfile(dumped / "synthetic_face_frames.u16", "<u2").reshape(2, -1)
    truth = np.fromfile(dumped / "synthetic_face_truth.f32", "<f4")
    decoder, celsius = Mlx90640Decoder(restore(eeprom(dumped), "dump")), np.zeros(PIXELS)
    for row in words:
        decoder.into(celsius, frame_of(row.astype(np.uint16)), 0.98, None)
    assert np.abs(celsius - truth).max() <= LEAST_SIGNIFICANT_C / 2
    assert np.sqrt(np.mean((celsius - truth) ** 2)) <= 0.25


@pytest.mark.reference
def test_the_other_reading_pattern_and_resolution_move_only_what_they_should(dumped: Path) -> None:
    """The words were captured in the chess pattern at 18 bit: read as interleaved they are arithmetic, not physics."""
    decoder = Mlx90640Decoder(restore(eeprom(dumped), "dump"))
    celsius, chess = np.full(PIXELS, np.nan), np.full(PIXELS, np.nan)
    for words in frames(dumped):
        decoder.into(chess, frame_of(words), 0.95, None)
        interleaved = words.copy()
        interleaved[832] &= ~np.uint16(0x1000)
        decoder.into(celsius, frame_of(interleaved), 0.95, None)
    assert np.isfinite(celsius).all()
    assert 0.01 < np.abs(celsius - chess).max() < 10
    finer = frames(dumped)[0]
    finer[832] |= 0x0C00
    coarse, fine = (decoder.conditions(frame_of(words)) for words in (frames(dumped)[0], finer))
    assert fine.vdd_v == pytest.approx(3.3 + (fine_word(finer) / 2 + 11968) / -2880)
    assert coarse.kgain == fine.kgain


def fine_word(words: np.ndarray[tuple[int], np.dtype[np.uint16]]) -> int:
    return int(words[810].view(np.int16))


def test_interleaved_lines_are_corrected_by_the_three_words_of_the_eeprom() -> None:
    words = eeprom_of()
    parameters = restore(words, "simulated")
    chess, c2, c3 = parameters.calibrated_in_chess, *parameters.il_chess[1:]
    assert chess
    decoder = Mlx90640Decoder(parameters)
    added = decoder._halves[False, 0].added
    assert added[:4].tolist() == [-c3, -c3 + c2, -c3, -c3 - c2]
    assert decoder._halves[False, 1].added[:4].tolist() == [c3, c3 - c2, c3, c3 + c2]
    assert not decoder._halves[True, 0].added.any()
