"""A ledger of every released schema, with rows in it, as SQL text.

`python -m tests.cloud.released` writes the one of this version's schema anew from what a worker makes of messages; do it when a
schema is released, never again after that.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent


def released() -> list[str]:
    """The numbers of the schemas that are kept here."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


def make_ledger(schema: str, path: Path) -> None:
    """A ledger as a cloud of that schema has left it."""
    with closing(sqlite3.connect(path)) as ledger:
        ledger.executescript((FOLDER / f"{schema}.sql").read_text(encoding="utf-8"))
