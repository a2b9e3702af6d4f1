"""A worker killed when it has written all of a batch, and not committed: `python -m tests.cloud.dies_in_transaction URL`."""

from __future__ import annotations

import os
import signal
import sys

from cloud.store.feed import Feed
from cloud.store.migrate import open_database
from tests.cloud.messages import alert, visit
from tests.cloud.rig import Rig


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    Feed.__exit__ = die  # type: ignore[method-assign]
    Rig(open_database(sys.argv[1])).arrive(visit(1), alert(2, "recheck", subject="v1"))
