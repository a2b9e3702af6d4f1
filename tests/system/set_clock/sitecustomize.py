"""Gives a process the wall clock a test sets: the machine's own, and as many seconds more as the file MENSHEN_TEST_CLOCK says.

A machine without a battery clock cannot be here, and the clock of this one is not the test's to set.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

if told := os.environ.get("MENSHEN_TEST_CLOCK"):
    from edge.clock import SystemClock

    file = Path(told)

    def wall(_: SystemClock) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text(encoding="ascii")))

    SystemClock.wall = wall  # type: ignore[method-assign, assignment]
