"""How much memory a program's processes take: proportional set sizes, where shared pages are divided among their users."""

from __future__ import annotations

from typing import Final

import psutil

MB: Final = 1e6


def sizes_mb(root: psutil.Process) -> dict[str, float]:
    """Of `root` and everything below it, by name, megabytes. A process that has just ended is left out."""
    sizes: dict[str, float] = {}
    for process in (root, *root.children(recursive=True)):
        try:
            name, size_mb = _name(process.cmdline()), process.memory_full_info().pss / MB
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        sizes[name] = round(sizes.get(name, 0.0) + size_mb, 1)
    return sizes


def _name(command: list[str]) -> str:
    """The part's name for a process of the gate, `main` for the one that was started."""
    if "edge.app.part" in command:
        return command[command.index("edge.app.part") + 1]
    return "main"
