"""Packets: the reference's checksums, every fault by name, and any bytes at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.sim.wire.lepton_bytes import discards, packets_of, sealed
from edge.vision.thermal.lepton.crc import PACKET_BYTES, crc16, packet_crcs
from edge.vision.thermal.lepton.packets import NOWHERE, read_packets
from tests.vision.lepton.scenes import segment, sent_frame

LINE = np.arange(30_000, 30_080, dtype=np.uint16)


def one(number: int = 0x14) -> bytearray:
    """A packet with pixels 30000 to 30079."""
    packet = packets_of(LINE[None], 61)
    packet[0, :2] = number >> 8, number & 0xFF
    return bytearray(sealed(packet).tobytes())


def test_the_checksum_is_the_one_of_the_reference() -> None:
    assert crc16(b"123456789") == 0x31C3


@pytest.mark.parametrize("number", [0x0014, 0x1014, 0x7014])
def test_a_packet_has_the_reference_s_checksum_whatever_its_segment_bits_say(number: int) -> None:
    packet = one(number)
    assert packet[2:4] == b"\xd0\xae"
    assert packet[4:8] == bytes.fromhex("7530 7531")


@given(st.binary(min_size=PACKET_BYTES, max_size=PACKET_BYTES))
def test_all_checksums_of_a_read_are_those_of_the_definition(data: bytes) -> None:
    masked = bytes([data[0] & 0x0F, data[1], 0, 0]) + data[4:]
    assert packet_crcs(np.frombuffer(data * 3, np.uint8).reshape(3, -1)).tolist() == [crc16(masked)] * 3


def test_a_right_packet_is_taken_with_its_number_segment_and_pixels() -> None:
    packets = read_packets(bytes(one(0x3014)), 61)
    assert packets.numbers.tolist() == [20]
    assert packets.segments.tolist() == [3]
    assert np.array_equal(packets.payloads[0].view(">u2"), LINE)
    assert (packets.bad, packets.discarded) == (0, 0)


@given(bits=st.sets(st.integers(0, PACKET_BYTES * 8 - 1), min_size=1, max_size=3))
def test_up_to_three_flipped_bits_are_always_found_where_the_checksum_looks(bits: set[int]) -> None:
    """It looks everywhere but at the upper four bits of the ID: three of them are the segment, one says corrupt."""
    packet = one()
    for bit in bits:
        packet[bit // 8] ^= 0x80 >> bit % 8
    packets = read_packets(bytes(packet), 61)
    if bits <= {1, 2, 3}:
        assert packets.numbers.tolist() == [20]
    elif packet[0] & 0x0F != 0x0F:
        assert (len(packets), packets.bad) == (0, 1)


def test_the_corrupt_bit_is_believed_though_the_checksum_is_right() -> None:
    packets = read_packets(bytes(one(0x8014)), 61)
    assert (len(packets), packets.bad) == (0, 1)


@pytest.mark.parametrize("number", [61, 0x0FE, 0xEFE])
def test_a_number_that_the_layout_does_not_have_has_no_place(number: int) -> None:
    assert read_packets(bytes(one(number)), 61).numbers.tolist() == [NOWHERE]


@pytest.mark.parametrize("first", [0x0F, 0xFF, 0x3F])
def test_a_discard_packet_is_counted_and_left_out(first: int) -> None:
    packet = one()
    packet[0] = first
    packets = read_packets(bytes(packet) + bytes(one()), 61)
    assert (packets.numbers.tolist(), packets.discarded, packets.bad) == ([20], 1, 0)


def test_swapped_pixels_look_like_temperatures_but_not_to_the_checksum() -> None:
    packet = one()
    packet[4:] = np.frombuffer(bytes(packet[4:]), np.uint8).reshape(-1, 2)[:, ::-1].tobytes()
    assert read_packets(bytes(packet), 61).bad == 1


def test_a_packet_swapped_whole_is_never_one_of_a_picture() -> None:
    packets = sent_frame(1)
    swapped = packets.reshape(-1, 82, 2)[:, :, ::-1]
    read = read_packets(swapped.tobytes(), 61)
    assert len(read) == 0
    assert read.bad + read.discarded == len(packets)


def test_shifted_bytes_give_no_packet() -> None:
    assert len(read_packets(segment(1, 1).tobytes()[7:], 61)) == 0


def test_a_line_that_is_stuck_gives_no_picture() -> None:
    assert read_packets(b"\xff" * PACKET_BYTES * 9, 61).discarded == 9
    assert set(read_packets(bytes(PACKET_BYTES * 9), 61).numbers.tolist()) == {0}


@settings(max_examples=200)
@given(st.binary(max_size=5 * PACKET_BYTES), st.sampled_from([60, 61, 63]))
def test_any_bytes_are_counted_to_the_last_packet(data: bytes, per_segment: int) -> None:
    packets = read_packets(data, per_segment)
    assert len(packets) + packets.bad + packets.discarded == -(-len(data) // PACKET_BYTES)
    assert all(0 <= number < per_segment or number == NOWHERE for number in packets.numbers)


def test_discards_are_what_the_camera_sends_when_idle() -> None:
    assert read_packets(discards(5).tobytes(), 61).discarded == 5
