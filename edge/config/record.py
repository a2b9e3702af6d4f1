"""Where thermal recordings made on an explicit command go, who can read them, and for how long they are kept."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from contract.settings_file import Settings
from edge.config.sources import FilePath

LONGEST_DAYS: Final = 30
RECIPIENT: Final = r"^age1[02-9ac-hj-np-z]{58}$"
"""An age X25519 recipient. Its checksum is looked at when a recording begins."""


class RecordConfig(Settings):
    """`menshen-edge record` and nothing else writes thermal pictures of people, encrypted to `recipient`.

    `recipient` is the public half of a key that `menshen-edge record --new-key` makes; the private half stays off the gate.
    `keep_days` is a labelled default: shorter is better. In `folder` the gate itself removes what has expired, at every start and
    every hour. When the recordings there have `limit_mb` megabytes, or the disk is nearly full, a recording ends.
    """

    recipient: Annotated[str | None, Field(pattern=RECIPIENT)] = None
    folder: FilePath | None = None
    keep_days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = 7
    limit_mb: Annotated[int, Field(ge=10, le=100_000)] = 1000
