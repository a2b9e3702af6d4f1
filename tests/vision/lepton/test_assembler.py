"""Whole frames, and every way in which a line spoils one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.sim.wire.lepton_bytes import UNUSED, discards
from edge.vision.thermal.lepton.assembler import FrameAssembler
from edge.vision.thermal.lepton.frame import frame_of_packets
from edge.vision.thermal.lepton.layout import LEPTON_2, LEPTON_3, Layout
from edge.vision.thermal.lepton.packets import read_packets
from tests.vision.lepton.scenes import WELL, assembled, content, cycle, room, segment, sent_frame

LAYOUTS = [
    LEPTON_3,
    LEPTON_2,
    replace(LEPTON_3, telemetry=False),
    replace(LEPTON_2, telemetry=False),
    replace(LEPTON_3, header=True),
    replace(LEPTON_2, header=True),
]
NAMES = ["3.5", "2.5", "3.5 bare", "2.5 bare", "3.5 header", "2.5 header"]


@pytest.mark.parametrize(("layout", "packets"), list(zip(LAYOUTS, [244, 63, 240, 60, 244, 63], strict=True)), ids=NAMES)
def test_a_frame_has_as_many_packets_as_its_model_sends(layout: Layout, packets: int) -> None:
    assert (layout.packets, layout.per_segment) == (packets, packets // layout.segments)
    assert len(sent_frame(1, layout)) == packets


@pytest.mark.parametrize("layout", LAYOUTS, ids=NAMES)
@pytest.mark.parametrize("read", [1, 24, 61, 128, 1000])
def test_a_frame_comes_out_as_it_was_sent_however_it_is_read(layout: Layout, read: int) -> None:
    frames = assembled(discards(7), *cycle(5, layout), discards(3), layout=layout, read=read)
    assert all(np.array_equal(frame, content(5, layout)) for frame in frames)
    assert len(frames) == (3 if layout.segments == 1 else 1)
    taken = frame_of_packets(frames[0], layout)
    assert np.array_equal(taken.counts, room(5, layout))
    assert taken.telemetry == (replace(WELL, frame_counter=5) if layout.telemetry else None)


def test_frames_that_came_whole_stay_as_they_were_when_the_next_is_read() -> None:
    first, second = assembled(*cycle(1), *cycle(2))
    assert np.array_equal(first, content(1))
    assert np.array_equal(second, content(2))


@pytest.mark.parametrize("number", [0, 1, 19, 20, 21, 60, 61, 200, 243])
def test_a_packet_that_is_missing_costs_its_frame_and_no_other(number: int) -> None:
    spoilt = np.delete(sent_frame(1), number, axis=0)
    frames = assembled(spoilt, *cycle(2))
    assert [frame.tobytes() for frame in frames] == [content(2).tobytes()]


@pytest.mark.parametrize("number", [0, 20, 60, 130, 243])
def test_a_packet_with_a_flipped_bit_is_never_part_of_a_picture(number: int) -> None:
    spoilt = sent_frame(1)
    spoilt[number, 77] ^= 4
    assert [frame.tobytes() for frame in assembled(spoilt, *cycle(2))] == [content(2).tobytes()]


@pytest.mark.parametrize("number", [0, 20, 60, 61, 243])
@pytest.mark.parametrize("read", [1, 61, 128])
def test_a_packet_that_came_twice_is_no_fault(number: int, read: int) -> None:
    twice = np.insert(sent_frame(1), number, sent_frame(1)[number], axis=0)
    assert [frame.tobytes() for frame in assembled(twice, read=read)] == [content(1).tobytes()]


def test_a_segment_told_twice_spoils_its_frame() -> None:
    """1, 2, 2, 3, 4: as real cameras send it after a pause of the reader."""
    spoilt = [segment(1, 1), segment(1, 2), segment(2, 2), segment(2, 3), segment(2, 4)]
    assert [frame.tobytes() for frame in assembled(*spoilt, *cycle(3))] == [content(3).tobytes()]


@pytest.mark.parametrize("told", [(2, 1, 3, 4), (1, 3, 2, 4), (1, 2, 4), (1, 2, 3), (2, 3, 4), (1, 2, 3, 5), (4, 3, 2, 1)])
def test_segments_in_another_order_make_no_picture(told: tuple[int, ...]) -> None:
    spoilt = [segment(1, min(place, 4), number) for place, number in enumerate(told, 1)]
    assert [frame.tobytes() for frame in assembled(*spoilt, *cycle(3))] == [content(3).tobytes()]


def test_a_first_segment_that_comes_again_begins_anew() -> None:
    frames = assembled(segment(1, 1), segment(1, 2), *cycle(2))
    assert [frame.tobytes() for frame in frames] == [content(2).tobytes()]


def test_segments_0_are_ignored_and_are_no_error() -> None:
    assembler = FrameAssembler(LEPTON_3)
    stream = np.vstack([sent_frame(1, segments=UNUSED)] * 30 + [sent_frame(2)])
    frames = assembler.feed(read_packets(stream.tobytes(), 61))
    assert [frame.tobytes() for frame in frames] == [content(2).tobytes()]
    assert assembler.broken == 0


def test_segment_0_in_the_middle_of_a_frame_spoils_it() -> None:
    assert not assembled(segment(1, 1), segment(1, 2), segment(1, 2, 0), segment(1, 3), segment(1, 4))


def test_a_right_number_in_a_packet_20_with_a_wrong_checksum_is_not_believed() -> None:
    spoilt = segment(1, 2)
    spoilt[20, 100] ^= 1
    assert not assembled(segment(1, 1), spoilt, segment(1, 3), segment(1, 4))


@pytest.mark.parametrize("layout", LAYOUTS[:2], ids=NAMES[:2])
def test_a_first_packet_of_another_frame_before_the_second_is_not_mixed_in(layout: Layout) -> None:
    frame, other = sent_frame(1, layout), sent_frame(2, layout)
    mixed = np.vstack([frame[:1], other[:1], frame[1:]])
    assert not assembled(mixed, layout=layout)


def test_what_came_before_a_pause_is_not_continued_after_it() -> None:
    assembler, frame = FrameAssembler(LEPTON_2), sent_frame(1, LEPTON_2)
    assembler.feed(read_packets(frame[:30].tobytes(), 63))
    assembler.forget()
    assert not assembler.feed(read_packets(sent_frame(2, LEPTON_2)[30:].tobytes(), 63))
    assert assembler.broken == 1


def test_a_camera_that_sends_telemetry_where_none_is_expected_gives_no_shifted_picture() -> None:
    """Its segments have 61 packets: read as 60, every line after the first segment would be at a wrong place."""
    assert not assembled(*cycle(1), layout=replace(LEPTON_3, telemetry=False))


@pytest.mark.parametrize("layout", LAYOUTS[:2], ids=NAMES[:2])
def test_a_camera_that_sends_no_telemetry_where_it_is_expected_gives_no_picture(layout: Layout) -> None:
    assert not assembled(*cycle(1, replace(layout, telemetry=False)), layout=layout)


@settings(max_examples=60, deadline=None)
@given(
    order=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=12), cuts=st.sets(st.integers(1, 700), max_size=5)
)
def test_from_segments_in_any_order_only_whole_frames_come(order: list[tuple[int, int]], cuts: set[int]) -> None:
    """And each of them exactly where 1, 2, 3, 4 of one follow one another without a cut."""
    right = {content(number).tobytes(): number for number in (1, 2, 3)}
    packets = np.vstack([segment(number, place) for number, place in order] or [discards(1)])
    kept = np.delete(packets, [cut for cut in cuts if cut < len(packets)], axis=0)
    told = [place for _, place in order]
    for frame in assembled(kept):
        if frame.tobytes() not in right:
            assert any(told[at : at + 4] == [1, 2, 3, 4] for at in range(len(told))), "a frame without its segments"
