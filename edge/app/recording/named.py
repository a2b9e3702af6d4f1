"""A recording's name says which gate, from when, and until when it may be kept. The sweep asks nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

WHOLE: Final = ".cptv.age"
PART: Final = ".cptv.age.part"
"""Being written, and locked by whoever writes."""
NOTE: Final = ".json"
NOTE_PART: Final = ".json.part"
ENDINGS: Final = (PART, NOTE_PART, WHOLE, NOTE)
"""Longest first."""

_TIME: Final = "%Y%m%dT%H%M%SZ"
_STEM: Final = re.compile(r".+_(\d{8}T\d{6}Z)_until_(\d{8}T\d{6}Z)")


@dataclass(frozen=True, slots=True)
class Stem:
    """A recording's name without ending."""

    text: str

    @classmethod
    def of(cls, gate: str, begun: datetime, expires: datetime) -> Stem:
        """`begun`, `expires`: UTC."""
        return cls(f"{gate}_{begun:{_TIME}}_until_{expires:{_TIME}}")

    @property
    def expires(self) -> datetime | None:
        """UTC; None where the name does not say."""
        match = _STEM.fullmatch(self.text)
        return None if match is None else _time(match[2])

    @property
    def ours(self) -> bool:
        """Whether this is how a recording is named."""
        return _STEM.fullmatch(self.text) is not None


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
