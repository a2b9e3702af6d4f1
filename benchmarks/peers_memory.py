"""`python -m benchmarks.peers_memory NAME FILE`: what opening one network and running it three times adds to a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import numpy as np
import psutil

from benchmarks.processes import MB
from models.evaluation.peers.families import Opened, open_peer
from models.evaluation.run import OURS, open_ours

_RUNS: Final = 3


def added_mb(name: str, file: Path) -> dict[str, float]:
    """Resident (`rss`) and proportional (`pss`) megabytes. The libraries were there before, and do not count."""
    command = [sys.executable, "-m", "benchmarks.peers_memory", name, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    sizes: dict[str, float] = json.loads(done.stdout)
    return sizes


def _sizes_mb() -> dict[str, float]:
    sizes = psutil.Process().memory_full_info()
    return {"rss": sizes.rss / MB, "pss": sizes.pss / MB}


def _open(name: str, file: Path) -> Opened:
    return open_ours(file, (416, 320), 0.5) if name == OURS else open_peer(name, file)


def main() -> None:
    name, file = sys.argv[1], Path(sys.argv[2])
    picture = np.full((480, 640, 3), 127, np.uint8)
    before = _sizes_mb()
    opened = _open(name, file)
    for _ in range(_RUNS):
        opened.eye.find(picture)
    after = _sizes_mb()
    print(json.dumps({kind: round(after[kind] - before[kind], 1) for kind in before}))


if __name__ == "__main__":
    main()
