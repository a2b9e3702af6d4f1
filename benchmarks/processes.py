"""A program's processes: how much memory each takes, and how much of the processors each has had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil

MB: Final = 1e6


def program(command: str) -> psutil.Process:
    """Our child that runs this console command. Raises ProcessLookupError."""
    for child in psutil.Process().children():
        if any(Path(word).name == command for word in child.cmdline()):
            return child
    raise ProcessLookupError(command)


def sizes_mb(root: psutil.Process) -> dict[str, float]:
    """Proportional set sizes, where shared pages are divided among their users: of `root` and all below, by name, megabytes."""
    return _each(root, lambda process: process.memory_full_info().pss / MB)


def alone_mb(root: psutil.Process) -> float:
    """What `root` and all below it would take if no other program used the same libraries, megabytes.

    Everything private, and of each file the most any one of them has of it.
    """
    private, shared = 0.0, dict[str, float]()
    for process in (root, *root.children(recursive=True)):
        try:
            maps = process.memory_maps(grouped=True)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        for one in maps:
            private += one.private_clean + one.private_dirty
            shared[one.path] = max(shared.get(one.path, 0.0), one.shared_clean + one.shared_dirty)
    return round((private + sum(shared.values())) / MB, 1)


def cpu_s(root: psutil.Process) -> dict[str, float]:
    """Processor time since each began: of `root` and all below it, by name, seconds."""
    return _each(root, lambda process: sum(process.cpu_times()[:2]))


def _each(root: psutil.Process, of: Callable[[psutil.Process], float]) -> dict[str, float]:
    """A process that has just ended is left out."""
    values: dict[str, float] = {}
    for process in (root, *root.children(recursive=True)):
        try:
            name, value = _name(process.cmdline()), of(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        values[name] = round(values.get(name, 0.0) + value, 2)
    return values


def _name(command: list[str]) -> str:
    """The part's name for a process of the gate, `main` for the one that was started."""
    if "edge.app.part" in command:
        return command[command.index("edge.app.part") + 1]
    return "main"
