"""Having a running gate test itself, in a process that ends: network and OpenCV would stay in this one's memory for ever."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any, Final

from contract.errors import MenshenError
from edge.app.rundir import RunDir

WITHIN_S: Final = 60.0


async def tested(rundir: RunDir) -> list[dict[str, Any]]:
    """The self-test of the gate in this folder, from another process. Raises MenshenError where it does not end well."""
    command = (sys.executable, "-m", "edge.app.technician.self_test", str(rundir.path))
    child = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE)
    try:
        said, _ = await asyncio.wait_for(child.communicate(), WITHIN_S)
    except TimeoutError as late:
        child.kill()
        await child.wait()
        raise MenshenError(f"not done within {WITHIN_S:.0f} s", where="self-test", remedy="See the log.") from late
    if child.returncode:
        raise MenshenError(f"ended with {child.returncode}", where="self-test", remedy="See the log.")
    found: list[dict[str, Any]] = json.loads(said)
    return found
