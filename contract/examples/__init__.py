"""One example per message, read by the tests of both sides."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from contract.topics import Kind

_FOLDER: Final = Path(__file__).parent


def example(kind: Kind) -> bytes:
    """The body of a message of this kind, as it travels."""
    return (_FOLDER / f"{kind.value.replace('/', '-')}.json").read_bytes()
