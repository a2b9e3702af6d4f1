"""Sensors that are not as they should be: bad pixels, another model, a bus with nothing behind it, words read too early."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from edge.errors import SourceError
from edge.sim.wire.mlx90640_eeprom import eeprom_of
from edge.vision.thermal.melexis.mlx90640_decoder import Mlx90640Decoder
from edge.vision.thermal.melexis.mlx90640_deviating import ReturnCode
from edge.vision.thermal.melexis.mlx90640_frame import FRAME_WORDS, frame_code, frame_of
from edge.vision.thermal.melexis.mlx90640_parameters import restore
from edge.vision.thermal.melexis.mlx90640_replacement import replace

FIRST_PIXEL = 64


def code(broken: tuple[int, ...] = (), outliers: tuple[int, ...] = ()) -> ReturnCode:
    words = eeprom_of()
    words[[FIRST_PIXEL + pixel for pixel in broken]] = 0
    words[[FIRST_PIXEL + pixel for pixel in outliers]] |= 1
    return restore(words, "simulated").bad.code


@pytest.mark.parametrize(
    ("broken", "outliers", "said"),
    [
        ((), (), ReturnCode.OK),
        ((0, 100, 200, 767), (), ReturnCode.OK),
        ((0, 100, 200, 300, 767), (), ReturnCode.BROKEN_PIXELS),
        ((), (0, 100, 200, 300), ReturnCode.OK),
        ((), (0, 100, 200, 300, 400), ReturnCode.OUTLIER_PIXELS),
        ((0, 100, 200), (300, 400), ReturnCode.BAD_PIXELS),
        ((100, 101), (), ReturnCode.ADJACENT_PIXELS),
        ((), (100, 133), ReturnCode.ADJACENT_PIXELS),
        ((100,), (131,), ReturnCode.ADJACENT_PIXELS),
        ((31, 32), (), ReturnCode.OK),  # the end of a line and the beginning of the next
        ((100, 102), (), ReturnCode.OK),
    ],
)
def test_bad_pixels_give_the_library_s_return_codes(broken: tuple[int, ...], outliers: tuple[int, ...], said: ReturnCode) -> None:
    assert code(broken, outliers) is said


def test_an_mlx90641_is_no_mlx90640() -> None:
    words = eeprom_of()
    words[10] |= 0x0040
    assert restore(words, "simulated").bad.code is ReturnCode.NOT_THIS_MODEL


@pytest.mark.parametrize("word", [0x0000, 0xFFFF])
def test_a_bus_with_nothing_behind_it_is_refused(word: int) -> None:
    with pytest.raises(SourceError, match=f"every word of the EEPROM is 0x{word:04X}"):
        restore(np.full(832, word, np.uint16), "bus")


def test_half_an_eeprom_is_refused() -> None:
    with pytest.raises(SourceError, match="832 words, not 400"):
        restore(eeprom_of()[:400], "bus")


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.1, 0.9]))
def test_any_words_as_an_eeprom_are_refused_or_decoded_without_a_warning(seed: int, zeros: float) -> None:
    celsius = np.zeros(768)
    with suppress(SourceError):
        parameters = restore(any_words(832, seed, zeros), "bus")
        Mlx90640Decoder(parameters).into(celsius, frame_of(any_frame(seed, 0.0, 0)), 1.0, None)


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 1))
def test_any_words_as_a_frame_give_numbers_or_nan_without_a_warning(seed: int, zeros: float, subpage: int) -> None:
    celsius = np.zeros(768)
    DECODER.into(celsius, frame_of(any_frame(seed, zeros, subpage)), 0.98, 20.0)
    assert celsius.shape == (768,)


def any_words(count: int, seed: int, zeros: float) -> NDArray[np.uint16]:
    rng = np.random.default_rng(seed)
    return np.where(rng.random(count) < zeros, 0, rng.integers(0, 65536, count)).astype(np.uint16)


def any_frame(seed: int, zeros: float, subpage: int) -> NDArray[np.uint16]:
    words = any_words(FRAME_WORDS, seed, zeros)
    words[833] = subpage
    return words


DECODER = Mlx90640Decoder(restore(eeprom_of(), "simulated"))


def whole(subpage: int = 0) -> NDArray[np.uint16]:
    words = np.full(FRAME_WORDS, 100, np.uint16)
    words[832:] = (0x1901, subpage)
    return words


def test_a_whole_frame_is_whole() -> None:
    assert frame_code(frame_of(whole())) is ReturnCode.OK


@pytest.mark.parametrize("at", [768, 776, 778, 788, 800, 808, 810, 820, 831])
def test_the_sentinel_in_an_auxiliary_word_spoils_the_frame(at: int) -> None:
    words = whole()
    words[at] = 0x7FFF
    assert frame_code(frame_of(words)) is ReturnCode.FRAME_DATA


@pytest.mark.parametrize(("line", "subpage", "spoilt"), [(0, 0, True), (0, 1, False), (23, 1, True), (23, 0, False)])
def test_the_sentinel_at_the_start_of_a_line_of_this_subpage_spoils_the_frame(line: int, subpage: int, spoilt: bool) -> None:
    words = whole(subpage)
    words[line * 32] = 0x7FFF
    assert (frame_code(frame_of(words)) is ReturnCode.FRAME_DATA) is spoilt


@pytest.mark.parametrize("words", [np.zeros(833, np.uint16), np.full(FRAME_WORDS, 7, np.uint16)])
def test_what_is_no_frame_is_refused(words: NDArray[np.uint16]) -> None:
    with pytest.raises(ValueError, match=r"834|sub-page"):
        frame_of(words)


PICTURE = np.arange(768, dtype=np.float64) ** 1.1


def replaced(bad: tuple[int, ...], *, chess: bool) -> NDArray[np.float64]:
    celsius = PICTURE.copy()
    celsius[list(bad)] = -273.0
    replace(celsius, bad, chess=chess)
    return celsius


def at(*pixels: int) -> list[float]:
    return [float(PICTURE[pixel]) for pixel in pixels]


@pytest.mark.parametrize(
    ("pixel", "neighbours"),
    [(0, (33,)), (31, (62,)), (736, (705,)), (767, (734,)), (5, (36, 38)), (741, (708, 710)), (64, (33, 97)), (95, (62, 126))],
)
def test_a_bad_pixel_at_the_edge_of_a_chess_picture_takes_the_mean_of_its_corners(
    pixel: int, neighbours: tuple[int, ...]
) -> None:
    assert replaced((pixel,), chess=True)[pixel] == pytest.approx(np.mean(at(*neighbours)))


def test_a_bad_pixel_in_a_chess_picture_takes_the_median_of_its_corners() -> None:
    assert replaced((367,), chess=True)[367] == pytest.approx(np.mean(at(336, 398)))


@pytest.mark.parametrize(("pixel", "neighbours"), [(32, (33,)), (63, (62,)), (33, (32, 34)), (62, (61, 63))])
def test_a_bad_pixel_at_the_edge_of_an_interleaved_picture_takes_its_sides(pixel: int, neighbours: tuple[int, ...]) -> None:
    assert replaced((pixel,), chess=False)[pixel] == pytest.approx(np.mean(at(*neighbours)))


def test_a_bad_pixel_in_an_interleaved_picture_continues_the_flatter_side() -> None:
    celsius = np.full(768, 20.0)
    celsius[102:] = 40.0
    celsius[98] = 21.0
    replace(celsius, (100,), chess=False)
    assert celsius[100] == 40.0 or celsius[100] == 19.0
    assert replaced((100,), chess=False)[100] == pytest.approx(at(99)[0] * 2 - at(98)[0])


def test_a_bad_pixel_beside_another_takes_the_mean_of_its_sides() -> None:
    assert replaced((100, 102), chess=False)[100] == pytest.approx((PICTURE[99] + PICTURE[101]) / 2)
