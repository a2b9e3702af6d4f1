"""Pictures between processes: whole or not at all, also when the writer is killed in the middle of one."""

from __future__ import annotations

import math
import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.frame_shape import SLOTS, FrameShape
from edge.frames import FrameRing

SMALL = FrameShape(rows=4, cols=6, channels=3, dtype="uint8")
CAMERA = FrameShape(rows=480, cols=640, channels=3, dtype="uint8")
KILLS = 300

# Forks writers and kills them, each at another moment; it has loaded numpy alone, so that a fork takes a millisecond. Prints how
# many died in the middle of a picture.
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
import numpy as np
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
ring = FrameRing(Path(sys.argv[1]), FrameShape(rows=480, cols=640, channels=3, dtype="uint8"))
base = np.arange(ring.form.nbytes, dtype=np.uint32).astype(np.uint8).reshape(ring.form.shape)
rng, torn = random.Random(7), 0
for _ in range(int(sys.argv[2])):
    writer = os.fork()
    if writer == 0:
        while True:
            number = ring.newest + 1
            ring.write(base + np.uint8(number % 256), float(number))
    time.sleep(rng.uniform(0.0005, 0.006))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    torn += any(int(marks[0]) % 2 for marks, _, _ in ring._slots)
print(torn, ring.newest)
"""


def picture_of(number: int, form: FrameShape = CAMERA) -> NDArray[np.uint8]:
    """What the picture with this number looks like in every byte."""
    base = np.arange(form.nbytes, dtype=np.uint32).astype(np.uint8).reshape(form.shape)
    return base + np.uint8(number % 256)


def ring_at(path: Path, form: FrameShape = SMALL) -> FrameRing:
    return FrameRing.create(path / "ring", form)


def test_a_reader_gets_the_newest_picture_once(tmp_path: Path) -> None:
    with ring_at(tmp_path) as ring:
        assert ring.read() is None
        for shade in (1, 2, 3, 4):
            ring.write(np.full(SMALL.shape, shade, np.uint8), taken_s=float(shade))
        frame = ring.read()
        assert frame is not None
        assert (frame.number, frame.taken_s, int(frame.pixels[0, 0, 0])) == (4, 4.0, 4)
        assert math.isnan(frame.ffc_age_s)
        assert ring.read(after=frame.number) is None


def test_a_picture_that_was_read_stays_what_it_was(tmp_path: Path) -> None:
    with ring_at(tmp_path) as ring:
        ring.write(np.full(SMALL.shape, 9, np.uint8), 1.0)
        frame = ring.read()
        for _ in range(SLOTS + 1):
            ring.write(np.full(SMALL.shape, 1, np.uint8), 2.0)
        assert frame is not None
        assert (frame.pixels == 9).all()


def test_thermal_pictures_keep_their_type_and_shutter_age(tmp_path: Path) -> None:
    form = FrameShape(rows=3, cols=5, channels=1, dtype="uint16")
    with ring_at(tmp_path, form) as ring:
        ring.write(np.full((3, 5), 30_815, np.uint16), 1.0, ffc_age_s=2.5)
        frame = ring.read()
        assert frame is not None
        assert frame.pixels.dtype == np.uint16
        assert (frame.pixels.shape, frame.ffc_age_s) == ((3, 5), 2.5)


def test_a_picture_of_another_shape_or_type_is_refused(tmp_path: Path) -> None:
    with ring_at(tmp_path) as ring:
        with pytest.raises(ValueError, match="could not broadcast"):
            ring.write(np.zeros((5, 6, 3), np.uint8), 1.0)
        with pytest.raises(TypeError):
            ring.write(np.zeros(SMALL.shape, np.uint16), 1.0)
        assert ring.read() is None


def test_a_writer_that_starts_again_goes_on_counting(tmp_path: Path) -> None:
    with ring_at(tmp_path) as reader:
        for _ in range(2):
            with FrameRing(tmp_path / "ring", SMALL) as writer:
                writer.write(np.zeros(SMALL.shape, np.uint8), 1.0)
        assert reader.newest == 2


def test_a_picture_left_half_written_is_never_read(tmp_path: Path) -> None:
    with ring_at(tmp_path) as ring:
        ring.write(np.full(SMALL.shape, 1, np.uint8), 1.0)
        marks, _, pixels = ring._slots[2]
        marks[0] |= 1
        pixels[:2] = 2
        frame = ring.read()
        assert frame is not None
        assert frame.number == 1
        ring.write(np.full(SMALL.shape, 3, np.uint8), 3.0)
        frame = ring.read(after=1)
        assert frame is not None
        assert (frame.pixels == 3).all()


def test_nobody_else_on_the_machine_can_read_the_pictures(tmp_path: Path) -> None:
    with ring_at(tmp_path):
        assert stat.S_IMODE((tmp_path / "ring").stat().st_mode) == 0o600


def test_a_writer_killed_hundreds_of_times_leaves_no_torn_picture(tmp_path: Path) -> None:
    shared = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else tmp_path
    path = shared / f"menshen-test-{os.getpid()}"
    try:
        with FrameRing.create(path, CAMERA) as ring:
            read, killer = read_while_killing(ring, path)
        half_written, written = (int(word) for word in killer.split())
    finally:
        path.unlink()
    assert half_written >= KILLS // 20, "the kills missed the moments that matter"
    assert written >= KILLS // 3
    assert read >= KILLS // 10, "the reader hardly looked"


def read_while_killing(ring: FrameRing, path: Path) -> tuple[int, str]:
    """Compare every picture read with what its number says it is. Returns how many were read, and the killer's last words."""
    expected = [picture_of(number) for number in range(256)]
    read = newest = 0
    command = [sys.executable, "-c", KILLER, str(path), str(KILLS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as killer:
        while killer.poll() is None or ring.newest > newest:
            frame = ring.read(after=newest)
            if frame is None:
                continue
            assert frame.number > newest
            newest = frame.number
            assert frame.taken_s == float(newest), f"picture {newest} carries another one's time"
            assert np.array_equal(frame.pixels, expected[newest % 256]), f"picture {newest} is torn"
            read += 1
        assert killer.stdout is not None
        return read, killer.stdout.read()
