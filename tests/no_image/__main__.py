"""`python -m tests.no_image [--minutes M]`: no picture gets to a disk while people are screened. Into `build/no_image.json`.

A whole gate with simulated people, its screen in the browser as the service unit starts it, and the disks watched. Exit code 1
when a picture, swapped memory, or a process that may leave a core file is found, or nobody was screened or shown.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import Progress

from tests.no_image.proof import clean, proof

RESULT: Final = Path("build") / "no_image.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.no_image", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="no-image-", dir=RESULT.parent)).resolve()
    with Progress() as bar:
        task = bar.add_task(f"{given.minutes:g} minutes", total=1.0)
        found: dict[str, Any] = proof(folder, given.minutes * 60.0, lambda share: bar.update(task, completed=share))
    shutil.rmtree(folder, ignore_errors=True)
    RESULT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    Console(highlight=False).print_json(data=found)
    sys.exit(0 if clean(found) else 1)


if __name__ == "__main__":
    main()
