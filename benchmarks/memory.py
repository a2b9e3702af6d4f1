"""How much memory the gate and the cloud take while they work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from benchmarks.house import ALONE
from benchmarks.house_run import watched
from benchmarks.result import Figure, Json, Result

GATE_MB, CLOUD_MB = 350.0, 250.0
BARE: Final = """
import numpy, psutil
from edge.vision.model_file import open_model
open_model().run(numpy.zeros((1, 3, 320, 416), numpy.float32))
print(psutil.Process().memory_full_info().pss / 1e6)
"""


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where a program does not start or there is no Chromium."""
    run = watched(folder, say)
    bare_mb = float(subprocess.run([sys.executable, "-c", BARE], check=True, capture_output=True, text=True).stdout)
    worst = {name: max((sizes[name] for sizes in run.sizes_mb), key=lambda sizes: sizes[ALONE]) for name in ("gate", "cloud")}
    figures = (
        Figure("gate, all processes", _sum(worst["gate"]), "MB", GATE_MB),
        Figure("gate, if no other program shared its libraries", worst["gate"][ALONE], "MB", GATE_MB),
        Figure("cloud", _sum(worst["cloud"]), "MB", CLOUD_MB),
        Figure("cloud, if no other program shared its libraries", worst["cloud"][ALONE], "MB", CLOUD_MB),
        *[Figure(f"gate: {name}", size_mb, "MB") for name, size_mb in worst["gate"].items() if name != ALONE],
        Figure("gate / one interpreter with the open network", _sum(worst["gate"]) / bare_mb, "x"),
    )
    details: dict[str, Json] = {"bare_network_mb": round(bare_mb, 1), "samples": list(run.sizes_mb)}
    method = "sum of proportional set sizes, the largest of one sample every 15 s in the run of row `screen`"
    return Result("memory", method, figures, details)


def _sum(sizes_mb: Mapping[str, float]) -> float:
    return round(sum(size_mb for name, size_mb in sizes_mb.items() if name != ALONE), 1)
