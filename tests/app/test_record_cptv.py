"""What the recorder writes is CPTV: the `cptv` package and the gate's own source read it back to the last count."""

from __future__ import annotations

import gzip
import io
import math

import numpy as np
import pytest
from cptv import CPTVReader
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from edge.app.recording.cptv_stream import CptvStream, Head, packed_deltas
from edge.vision.thermal import RawThermal
from tests.clocks import FakeClock

HEAD = Head(FakeClock().wall(), "south-1", "lepton_spi")
PICTURES = st.lists(
    arrays(np.uint16, (5, 7), elements=st.integers(0, 65_535) | st.integers(29_000, 31_000)), min_size=1, max_size=4
)


def written(raws: list[RawThermal]) -> bytes:
    stream = CptvStream(HEAD, raws[0])
    return b"".join([*(stream.picture(raw) for raw in raws), stream.end()])


def raw(counts: NDArray[np.uint16], taken_s: float = 500.0, ffc_age_s: float = 30.0) -> RawThermal:
    return RawThermal(counts, taken_s, ffc_age_s)


@settings(max_examples=40)
@given(PICTURES)
def test_any_counts_come_back_as_they_were(pictures: list[NDArray[np.uint16]]) -> None:
    read = list(CPTVReader(io.BytesIO(written([raw(counts, 500.0 + number) for number, counts in enumerate(pictures)]))))
    assert len(read) == len(pictures)
    for frame, counts in zip(read, pictures, strict=True):
        np.testing.assert_array_equal(frame.pix, counts)


@pytest.mark.parametrize(("step", "bits"), [(127, 8), (-128, 8), (128, 12), (-2048, 12), (2048, 16), (-32_768, 16), (40_000, 24)])
def test_changes_take_as_few_bits_as_they_need(step: int, bits: int) -> None:
    assert packed_deltas(np.array([29_000, 29_000 + step, 29_000 + step], np.int32))[0] == bits


def test_times_and_shutter_events_are_kept_to_the_millisecond() -> None:
    counts = np.full((24, 32), 29_500, np.uint16)
    shots = [raw(counts, 500.0 + 0.0404 * n, 90.25 + 0.0404 * n) for n in range(4)]
    shots.append(raw(counts, 500.2, 0.0))
    shots.append(raw(counts, 501.2, 1.0))
    read = list(CPTVReader(io.BytesIO(written(shots))))
    for frame, shot in zip(read, shots, strict=True):
        on_s = frame.time_on.total_seconds()
        assert on_s - read[0].time_on.total_seconds() == pytest.approx(shot.taken_s - 500.0, abs=0.000_6)
        assert on_s - frame.last_ffc_time.total_seconds() == pytest.approx(shot.ffc_age_s, abs=0.001_1)


def test_a_source_that_does_not_tell_its_shutter_events_does_not_tell_them_in_the_recording() -> None:
    counts = np.full((24, 32), 29_500, np.uint16)
    frame = next(iter(CPTVReader(io.BytesIO(written([raw(counts, 500.0, math.nan)])))))
    assert frame.time_on < frame.last_ffc_time


def test_a_shutter_event_that_becomes_known_later_and_a_source_without_a_shutter_are_not_taken_for_a_recent_event() -> None:
    counts = np.full((24, 32), 29_500, np.uint16)
    ages_s = (math.nan, 3600.0, math.inf)
    shots = [raw(counts, 500.0 + number, age_s) for number, age_s in enumerate(ages_s)]
    _, known, shutterless = CPTVReader(io.BytesIO(written(shots)))
    assert (known.time_on - known.last_ffc_time).total_seconds() == 3600.0
    assert (shutterless.time_on - shutterless.last_ffc_time).days >= 24
    (alone,) = CPTVReader(io.BytesIO(written([raw(counts, 500.0, math.inf)])))
    assert (alone.time_on - alone.last_ffc_time).days >= 24


def test_the_recording_names_its_gate_its_sensor_its_size_and_its_beginning() -> None:
    reader = CPTVReader(io.BytesIO(written([raw(np.full((24, 32), 29_500, np.uint16))])))
    assert (reader.device_name, reader.model) == (b"south-1", b"lepton_spi")
    assert (reader.y_resolution, reader.x_resolution) == (24, 32)
    assert reader.timestamp == HEAD.taken


def test_a_recording_that_ends_early_can_be_read_up_to_there() -> None:
    counts = np.random.default_rng(1).integers(29_000, 31_000, (40, 24, 32)).astype(np.uint16)
    whole = written([raw(one, 500.0 + number) for number, one in enumerate(counts)])
    begun = gzip.GzipFile(fileobj=io.BytesIO(whole[: len(whole) // 2]))
    assert begun.read(5) == b"CPTV\x02"
