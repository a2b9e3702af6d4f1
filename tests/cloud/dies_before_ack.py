"""A cloud that is killed between its commit and its acknowledgement: `python -m tests.cloud.dies_before_ack cloud.toml`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from cloud.bus import Bus
from cloud.commands.run import serve
from contract.messages.down import AckData


def die(self: Bus, gate: str, stored: AckData) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    Bus.tell_gate = die  # type: ignore[method-assign]
    serve(Path(sys.argv[1]), unattended=True)
