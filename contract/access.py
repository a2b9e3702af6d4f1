"""The broker's access list, made from the table of topics: `python -m contract.access --write`.

By direction and not `menshen/v1/%u/#`: with that a gate could write its own commands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from contract.topics import NOTICES, ROOT, ROUTES, Kind, Side

CLOUD_USER: Final = "cloud"
"""The broker account of the cloud; no gate may have this name."""
PAGER_USER: Final = "pager"
"""The broker account of whatever passes on notices of alarms; no gate may have this name either."""
ACL_FILE: Final = Path("firmware_configs/mosquitto/acl")


def access_list() -> str:
    """The text of mosquitto's acl file."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Made by `python -m contract.access --write` from contract/topics.py. A test compares the two."
    yield "# %u is the user name: with TLS the name in the gate's certificate, else the one the password belongs to."
    for kind in _written_by(Side.GATE):
        yield f"pattern write {ROOT}/%u/{kind.value}"
    for kind in _written_by(Side.CLOUD):
        yield f"pattern read {ROOT}/%u/{kind.value}"
    yield ""
    yield f"user {CLOUD_USER}"
    for kind in _written_by(Side.GATE):
        yield f"topic read {ROOT}/+/{kind.value}"
    for kind in _written_by(Side.CLOUD):
        yield f"topic write {ROOT}/+/{kind.value}"
    yield f"topic write {NOTICES}"
    yield ""
    yield f"user {PAGER_USER}"
    yield f"topic read {NOTICES}"


def _written_by(side: Side) -> list[Kind]:
    return [kind for kind, route in ROUTES.items() if route.writer is side]


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        ACL_FILE.write_text(access_list(), encoding="utf-8")
    else:
        sys.stdout.write(access_list())
