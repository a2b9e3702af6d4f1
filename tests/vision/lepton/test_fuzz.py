"""One million packets with every fault at once: no wrong picture comes out, and reading always finds its way back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.sim.wire.lepton_bytes import discards
from edge.vision.thermal.lepton.assembler import FrameAssembler
from edge.vision.thermal.lepton.layout import LEPTON_2, LEPTON_3, Layout
from edge.vision.thermal.lepton.packets import read_packets
from edge.vision.thermal.lepton.resync import Advice, Resync, longest
from tests.vision.lepton.scenes import content, cycle

PACKETS = 1_000_000
READ = 128
FRAMES = 24
"""Different pictures; they are sent again and again, each time with other faults."""


@dataclass
class Line:
    """A bus with faults. `harm`: the share of packets that each kind of fault meets."""

    layout: Layout
    harm: float
    seed: int
    packets: int = 0
    kinds: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(self.seed)
        gap = discards(20)
        self._cycles = [
            np.vstack([part for frame in cycle(number, self.layout) for part in (frame, gap)]) for number in range(FRAMES)
        ]

    def stretch(self) -> NDArray[np.uint8]:
        """A few frames on their way, with what happened to them."""
        packets = np.vstack([self._cycles[number] for number in self._random.integers(0, FRAMES, 12)])
        for name, fault in FAULTS.items():
            hit = np.flatnonzero(self._random.random(len(packets)) < self.harm)
            self.kinds[name] = self.kinds.get(name, 0) + len(hit)
            packets = fault(packets, hit, self._random)
        self.packets += len(packets)
        return packets


def drop(packets: NDArray[np.uint8], hit: NDArray[np.intp], _: np.random.Generator) -> NDArray[np.uint8]:
    return np.delete(packets, hit, axis=0)


def repeat(packets: NDArray[np.uint8], hit: NDArray[np.intp], _: np.random.Generator) -> NDArray[np.uint8]:
    return np.insert(packets, hit, packets[hit], axis=0)


def strangers(packets: NDArray[np.uint8], hit: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.uint8]:
    """A right packet at a wrong place."""
    return np.insert(packets, hit, packets[random.integers(0, len(packets), len(hit))], axis=0)


def flip(packets: NDArray[np.uint8], hit: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.uint8]:
    """One to three bits, anywhere: also in the ID's upper bits, which no checksum covers."""
    for _ in range(3):
        some = hit[random.random(len(hit)) < 0.6]
        packets[some, random.integers(0, 164, len(some))] ^= 1 << random.integers(0, 8, len(some)).astype(np.uint8)
    return packets


def flip_id(packets: NDArray[np.uint8], hit: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.uint8]:
    packets[hit, 0] ^= 1 << random.integers(4, 8, len(hit)).astype(np.uint8)
    return packets


def unused_segment(packets: NDArray[np.uint8], hit: NDArray[np.intp], _: np.random.Generator) -> NDArray[np.uint8]:
    twenty = hit[(packets[hit, 1] == 20) & (packets[hit, 0] < 0x80)]
    packets[twenty, 0] &= 0x0F
    return packets


def discard(packets: NDArray[np.uint8], hit: NDArray[np.intp], _: np.random.Generator) -> NDArray[np.uint8]:
    return np.insert(packets, hit, discards(1), axis=0)


def swap(packets: NDArray[np.uint8], hit: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.uint8]:
    """Bytes of every word swapped: in the pixels alone, or in the whole packet."""
    whole = random.random(len(hit)) < 0.5
    pixels = hit[~whole]
    packets[pixels, 4:] = packets[pixels, 4:].reshape(-1, 80, 2)[:, :, ::-1].reshape(-1, 160)
    packets[hit[whole]] = packets[hit[whole]].reshape(-1, 82, 2)[:, :, ::-1].reshape(-1, 164)
    return packets


FAULTS = {
    "dropped": drop,
    "sent twice": repeat,
    "at a wrong place": strangers,
    "bits flipped": flip,
    "ID flipped": flip_id,
    "segment 0": unused_segment,
    "discard between": discard,
    "bytes swapped": swap,
}


@pytest.mark.parametrize(("layout", "share"), [(LEPTON_3, 0.7), (LEPTON_2, 0.3)], ids=["Lepton 3", "Lepton 2"])
def test_of_a_million_faulty_packets_no_wrong_picture_is_made(layout: Layout, share: float) -> None:
    """Faults come in weather: a bad line spoils almost every frame, a fair one few. Every frame out is one that was sent."""
    right = {content(number, layout).tobytes() for number in range(FRAMES)}
    assembler, delivered, seed = FrameAssembler(layout), 0, 0
    packets, kinds = 0, dict.fromkeys(FAULTS, 0)
    lines = [Line(layout, harm, seed) for seed, harm in enumerate((3e-5, 3e-4, 2e-3, 1e-2))]
    while packets < PACKETS * share:
        line = lines[seed % len(lines)]
        stretch, seed = line.stretch(), seed + 1
        packets += len(stretch)
        for at in range(0, len(stretch), READ):
            for frame in assembler.feed(read_packets(stretch[at : at + READ].tobytes(), layout.per_segment)):
                assert frame.tobytes() in right
                delivered += 1
    for line in lines:
        kinds = {name: count + line.kinds[name] for name, count in kinds.items()}
    assert min(kinds.values()) > 100, kinds
    assert delivered > (100 if layout is LEPTON_3 else 500)
    assert assembler.broken > 100


@pytest.mark.parametrize("seed", range(6))
def test_after_any_faults_the_next_whole_frame_comes_within_two(seed: int) -> None:
    """Whatever state the faults leave behind, a clean line gives its second frame at the latest: 0.23 s."""
    assembler, line = FrameAssembler(LEPTON_3), Line(LEPTON_3, 5e-3, seed)
    assembler.feed(read_packets(line.stretch().tobytes(), 61))
    clean = np.vstack([packets for number in (1, 2) for packets in cycle(number)])
    frames = assembler.feed(read_packets(clean.tobytes(), 61))
    assert content(2).tobytes() in {frame.tobytes() for frame in frames}


def test_a_line_that_never_gives_a_frame_ends_in_giving_up_within_seconds() -> None:
    """Noise, silence or segments 0: what to do is told as a value, and the row of values has an end."""
    noise = np.random.default_rng(0).integers(0, 256, (READ, 164), dtype=np.uint8)
    unused = np.vstack(cycle(1)[1:])[:READ]
    for stretch in (noise, discards(READ), unused, np.zeros((READ, 164), np.uint8)):
        assembler, resync, told, reads = FrameAssembler(LEPTON_3), Resync(), [], 0
        while Advice.GIVE_UP not in told:
            packets = read_packets(stretch.tobytes(), 61)
            told.append(resync.after(packets, len(assembler.feed(packets))))
            reads += 1
            assert reads < 1000
        assert told.count(Advice.REBOOT) == 2
        assert told.count(Advice.REST) == 24
        assert reads * READ <= longest(READ)
