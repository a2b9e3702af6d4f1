"""No picture of anybody gets to a disk; and the watch that says so sees one that does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.no_image.pictures import Pictures
from tests.no_image.proof import clean, proof
from tests.no_image.run import Watch
from tests.no_image.written import Disks
from tests.system.until import until

PICTURE = np.random.default_rng(3).integers(0, 255, (120, 160, 3), dtype=np.uint8)


def _may_watch() -> bool:
    try:
        with Disks([Path("/")]):
            return True
    except (PermissionError, AttributeError):
        return False


watching = pytest.mark.skipif(not _may_watch(), reason="watching file systems needs root and fanotify(7)")


@watching
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(120)
def test_nothing_that_gate_or_screen_write_holds_a_picture(tmp_path: Path) -> None:
    found = proof(tmp_path, 8.0)
    assert clean(found), found
    assert found["pieces_looked_for"] > 0
    assert any(name.endswith("events.db-wal") for name in found["files_written"]), "the watch saw the gate write"
    assert not [name for name in found["files_written"] if "menshen-kiosk" in name], "the browser writes to memory alone"


@watching
@pytest.mark.parametrize("how", ["jpeg", "png", "raw"])
def test_a_picture_on_a_disk_is_found_whatever_it_is_called(tmp_path: Path, how: str) -> None:
    content = PICTURE.tobytes() if how == "raw" else cv2.imencode({"jpeg": ".jpg"}.get(how, ".png"), PICTURE)[1].tobytes()
    source = tmp_path / "source"
    source.write_bytes(content)
    writes = "import shutil, sys; sys.stdin.readline(); shutil.copy(sys.argv[1], sys.argv[2]); sys.stdin.readline()"
    assert _what_a_child_wrote(tmp_path, writes, source) == [str(tmp_path / "notes.log")]


@watching
def test_a_picture_that_gets_to_a_disk_through_memory_is_found(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(PICTURE.tobytes())
    maps = (
        "import mmap, sys; f = open(sys.argv[2], 'w+b'); f.truncate(1 << 20); sys.stdin.readline(); "
        "m = mmap.mmap(f.fileno(), 1 << 20); d = open(sys.argv[1], 'rb').read(); m[:len(d)] = d; sys.stdin.readline()"
    )
    assert _what_a_child_wrote(tmp_path, maps, source) == [str(tmp_path / "notes.log")]


def _what_a_child_wrote(tmp_path: Path, program: str, source: Path) -> list[str]:
    command = [sys.executable, "-c", program, str(source), str(tmp_path / "notes.log")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as child, Disks([tmp_path]) as disks:
        watch = Watch([child.pid])
        watch.pictures.see(PICTURE)
        assert child.stdin is not None
        child.stdin.write("now\n")
        child.stdin.flush()

        def found() -> dict[str, str]:
            watch.look(disks)
            return watch.found

        names = list(until(found, 10, "it is found"))
        child.stdin.close()
    return names


def test_ordinary_bytes_are_no_picture() -> None:
    pictures = Pictures()
    pictures.see(PICTURE)
    assert pictures.found_in(b"16:49 INFO gate: the network runs on cpu" * 1000) is None
    assert pictures.found_in(np.random.default_rng(4).integers(0, 255, 200_000, dtype=np.uint8).tobytes()) is None
