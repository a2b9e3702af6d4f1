"""The machine whose hardware is looked for: its file tree, its video nodes, its buses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from edge.buses.i2c import I2c
from edge.buses.linux_i2c import LinuxI2c
from edge.vision.v4l2 import Ask, opened

OpenNode = Callable[[str], tuple[Ask, Callable[[], None]]]


@dataclass(frozen=True, slots=True)
class Machine:
    """`root`: where /dev and /sys are. `node` opens a character device for ioctls (OSError), `i2c` a bus (BusError)."""

    root: Path = Path("/")
    node: OpenNode = opened
    i2c: Callable[[int], I2c] = LinuxI2c

    def dev(self, pattern: str) -> list[Path]:
        """Nodes of /dev, by name."""
        return sorted((self.root / "dev").glob(pattern), key=lambda path: (len(path.name), path.name))

    def named(self, path: Path) -> str:
        """A path below the root as it is on the machine."""
        return f"/{path.relative_to(self.root)}"
