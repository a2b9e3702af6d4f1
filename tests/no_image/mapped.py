"""Files on disks that a process may write through its memory (mmap(2)): the kernel's watch does not tell of those writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.no_image.written import Written

_IN_MEMORY: Final = frozenset({"tmpfs", "devtmpfs", "ramfs", "hugetlbfs"})
_NO_FILE: Final = ("/dev/", "/memfd:", "/SYSV")


def mapped(pid: int, most: int = 8 << 20) -> Iterator[Written]:
    """What stands in every file on a disk that process `pid` has mapped to be written (its newest `most` bytes)."""
    memory = _devices_in_memory()
    for path in _writable(pid):
        with suppress(OSError), path.open("rb") as file:
            facts = os.fstat(file.fileno())
            if facts.st_dev not in memory:
                yield Written(pid, str(path), os.pread(file.fileno(), most, max(0, facts.st_size - most)))


def _writable(pid: int) -> set[Path]:
    """By name or, where it was deleted meanwhile, by the process's own handle. proc_pid_maps(5)."""
    found: set[Path] = set()
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            span, rights, _, _, inode, *name = line.split(maxsplit=5)
            if rights[1] == "w" and rights[3] == "s" and inode != "0" and name and not name[0].startswith(_NO_FILE):
                gone = name[0].endswith(" (deleted)")
                found.add(Path(f"/proc/{pid}/map_files/{span}") if gone else Path(name[0]))
    return found


def _devices_in_memory() -> set[int]:
    """Devices of file systems that have no disk. proc_pid_mountinfo(5)."""
    devices = set()
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        place, kind = line.split(" - ")
        if kind.split()[0] in _IN_MEMORY:
            major, minor = place.split()[2].split(":")
            devices.add(os.makedev(int(major), int(minor)))
    return devices
