"""Stands for the kiosk's browser: reads the mirror and counts its pictures. `python -m benchmarks.viewer ADDRESS`.

Each second it prints how many pictures came.
"""

from __future__ import annotations

import sys
import time
import urllib.request
from typing import Final

BOUNDARY: Final = b"--frame\r\n"
READ_BYTES: Final = 65_536


def main() -> None:
    pictures, told_s = 0, time.monotonic()
    with urllib.request.urlopen(sys.argv[1], timeout=30) as stream:
        while part := stream.read1(READ_BYTES):
            pictures += part.count(BOUNDARY)
            if time.monotonic() - told_s >= 1.0:
                told_s = time.monotonic()
                print(pictures, flush=True)


if __name__ == "__main__":
    main()
