"""The visitor's screen as the service unit starts it, without a display."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

UNIT: Final = Path(__file__).resolve().parents[2] / "firmware_configs" / "systemd" / "menshen-kiosk.service"
_RUNTIME: Final = "%t/menshen-kiosk"


def words_of(unit: str, runtime: Path) -> list[str]:
    """The browser's own words in the unit, with its folder in memory at `runtime`."""
    [start] = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("ExecStart=")]
    words = shlex.split(start.replace(_RUNTIME, str(runtime)))
    return words[words.index("--") + 1 :]


@contextmanager
def kiosk_browser(url: str, memory: Path, executable: str) -> Iterator[int]:
    """It shows `url`; gives its process id."""
    runtime = Path(tempfile.mkdtemp(prefix="menshen-kiosk-", dir=memory))
    _, *words = words_of(UNIT.read_text(encoding="utf-8"), runtime)
    flags = [word for word in words if not word.startswith(("http://", "--ozone-platform"))]
    command = [executable, *flags, "--headless=new", "--no-sandbox", "--remote-debugging-port=0", url]
    process = subprocess.Popen(
        command,
        env=os.environ | {"HOME": str(runtime)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(runtime, ignore_errors=True)
