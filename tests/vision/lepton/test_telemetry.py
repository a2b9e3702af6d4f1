"""What the camera says of itself: word by word, and what that means for a picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sim.wire.lepton_bytes import telemetry_lines, y16_of
from edge.vision.thermal.lepton.complaints import complaint, of_counts
from edge.vision.thermal.lepton.frame import LeptonFrame, frame_of_y16
from edge.vision.thermal.lepton.layout import LEPTON_2, LEPTON_3, Layout
from edge.vision.thermal.lepton.telemetry import FfcState, Telemetry, read_telemetry
from tests.vision.lepton.scenes import WELL, room

COMPLETE = FfcState.COMPLETE << 4


def lines_with(**words: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint16]]:
    """Telemetry lines with single words set: `a20=5` is word 20 of row A."""
    lines = np.zeros((3, 80), np.uint16)
    for name, value in words.items():
        lines["abc".index(name[0]), int(name[1:])] = value
    return lines


def test_fields_of_32_bits_have_their_low_word_first() -> None:
    said = read_telemetry(lines_with(a1=0x5678, a2=0x1234, a3=0x0030, a4=0x0010, a20=2, a21=1, a30=7, a31=0x8000))
    assert said.time_ms == 0x1234_5678
    assert said.status == 0x0010_0030
    assert said.frame_counter == 0x0001_0002
    assert said.ffc_ms == 0x8000_0007


def test_every_word_of_the_reference_s_table_is_read_where_it_stands() -> None:
    words = {"a0": 0x0E00, "a22": 1, "a24": 30_315, "a26": 30_215, "a29": 30_115, "b19": 8028, "b20": 29_515}
    said = read_telemetry(lines_with(**words, c5=2, c6=1, c48=1, c49=1))
    assert (said.revision, said.frame_mean, said.fpa_ck, said.housing_ck, said.ffc_fpa_ck) == (0x0E00, 1, 30_315, 30_215, 30_115)
    assert said.emissivity == pytest.approx(0.98, abs=1e-4)
    assert (said.background_ck, said.gain_mode, said.effective_gain) == (29_515, 2, 1)
    assert said.tlinear_on
    assert said.tlinear_fine


@pytest.mark.parametrize(("bit", "name"), [(3, "ffc_desired"), (12, "agc_on"), (15, "shutter_lockout"), (20, "overtemperature")])
def test_every_bit_of_the_status_word_means_one_thing(bit: int, name: str) -> None:
    said = read_telemetry(lines_with(a3=1 << bit & 0xFFFF, a4=1 << bit >> 16))
    names = ("ffc_desired", "agc_on", "shutter_lockout", "overtemperature")
    assert [getattr(said, one) for one in names] == [one == name for one in names]
    assert said.ffc_state is FfcState.NEVER


@pytest.mark.parametrize("state", FfcState)
def test_the_state_of_the_ffc_is_in_bits_5_and_4(state: FfcState) -> None:
    assert read_telemetry(lines_with(a3=state << 4)).ffc_state is state


words = st.integers(0, 0xFFFF)
wide = st.integers(0, 0xFFFF_FFFF)
TELEMETRY = st.builds(
    Telemetry,
    revision=words,
    time_ms=wide,
    status=wide,
    software_revision=st.tuples(wide, wide),
    frame_counter=wide,
    frame_mean=words,
    fpa_ck=words,
    housing_ck=words,
    ffc_fpa_ck=words,
    ffc_ms=wide,
    emissivity=st.integers(0, 8192).map(lambda value: value / 8192),
    background_ck=words,
    gain_mode=words,
    effective_gain=words,
    tlinear_on=st.booleans(),
    tlinear_fine=st.booleans(),
)


@given(TELEMETRY)
def test_what_the_simulator_writes_is_what_is_read(telemetry: Telemetry) -> None:
    assert read_telemetry(telemetry_lines(telemetry, 4)) == telemetry
    assert telemetry.ffc_age_s >= 0


def test_the_age_of_the_ffc_counts_from_the_camera_s_own_clock() -> None:
    assert WELL.ffc_age_s == pytest.approx(120.0)


def test_the_age_of_the_ffc_goes_on_when_the_counter_of_milliseconds_wraps() -> None:
    """After 49.7 days; recordings of real gates reach 28."""
    assert replace(WELL, ffc_ms=0xFFFF_FFFF - 999, time_ms=4_000).ffc_age_s == pytest.approx(5.0)


@pytest.mark.parametrize("state", [FfcState.NEVER, FfcState.IMMINENT, FfcState.IN_PROGRESS])
def test_before_the_first_ffc_and_around_each_its_age_is_nothing(state: FfcState) -> None:
    assert replace(WELL, status=state << 4).ffc_age_s == 0.0


def test_a_camera_that_started_anew_does_not_look_long_settled() -> None:
    """Its clock begins again while the time of the last FFC is still the old one: the difference is negative."""
    assert replace(WELL, time_ms=3_000, ffc_ms=500_000).ffc_age_s == 0.0


@pytest.mark.parametrize(
    ("telemetry", "words"),
    [
        (WELL, None),
        (replace(WELL, status=COMPLETE | 1 << 12), "AGC"),
        (replace(WELL, tlinear_on=False), "TLinear is off"),
        (replace(WELL, tlinear_fine=False), "0.1 K"),
        (replace(WELL, gain_mode=2, effective_gain=1), "gain is low"),
        (replace(WELL, status=COMPLETE | 1 << 20), "too hot"),
        (replace(WELL, status=COMPLETE | 1 << 15), "shutter is locked"),
    ],
)
def test_counts_that_look_plausible_are_no_temperatures_when_the_camera_says_so(telemetry: Telemetry, words: str | None) -> None:
    said = complaint(LeptonFrame(room(1), telemetry))
    assert said == words if words is None else words in (said or "")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (room(1), None),
        (room(1) // 10, "0.1 K"),
        (8_000 + (room(1) - 29_000) // 4, "TLinear is off"),
        (np.linspace(0, 255, 160 * 120).astype(np.uint16).reshape(120, 160), "AGC"),
        (room(1).byteswap(), "swapped"),
        (np.full((120, 160), 65_535, np.uint16), "no temperatures"),
        (np.zeros((120, 160), np.uint16), None),
        (np.where(np.arange(160) < 40, 0, room(1)).astype(np.uint16), None),
    ],
    ids=["room", "0.1 K", "raw14", "AGC", "swapped", "saturated", "first frame", "a quarter invalid"],
)
def test_without_telemetry_the_histogram_tells(
    counts: np.ndarray[tuple[int, int], np.dtype[np.uint16]], words: str | None
) -> None:
    said = of_counts(counts.astype(np.uint16))
    assert said == words if words is None else words in (said or "")


def test_a_camera_that_has_not_corrected_itself_yet_is_not_blamed_for_its_counts() -> None:
    nonsense = np.full((120, 160), 8_000, np.uint16)
    assert complaint(LeptonFrame(nonsense, replace(WELL, status=FfcState.NEVER << 4))) is None
    assert "TLinear is off" in (complaint(LeptonFrame(nonsense, WELL)) or "")


@pytest.mark.parametrize("ambient_c", [-38, 75])
def test_a_camera_that_says_it_is_well_is_believed_in_any_weather(ambient_c: int) -> None:
    counts = (room(1).astype(int) + (ambient_c - 22) * 100).astype(np.uint16)
    assert complaint(LeptonFrame(counts, WELL)) is None
    assert "no temperatures" in (complaint(LeptonFrame(counts, None)) or "")


@pytest.mark.parametrize("ambient_c", [-15, 0, 18, 35, 50])
def test_any_place_a_gate_stands_in_is_plausible(ambient_c: int) -> None:
    assert of_counts((room(1).astype(int) + (ambient_c - 22) * 100).astype(np.uint16)) is None


@pytest.mark.parametrize(("layout", "size"), [(LEPTON_3, 160 * 122 * 2), (LEPTON_2, 80 * 63 * 2)])
def test_a_picture_of_a_purethermal_board_is_little_endian_with_its_telemetry_last(layout: Layout, size: int) -> None:
    data = y16_of(room(1, layout), WELL, layout)
    assert len(data) == size
    assert data[0] | data[1] << 8 == room(1, layout)[0, 0]
    frame = frame_of_y16(data, layout)
    assert np.array_equal(frame.counts, room(1, layout))
    assert frame.telemetry == WELL
    with pytest.raises(ValueError, match="bytes here, not"):
        frame_of_y16(data[2:], layout)
