"""What a case is called on the telephone: its year and its running number, such as 2026-0042.

The running number is the one of the case's id (`case-42`): it goes on over the years, so that it names one case alone, whatever
year was heard, and is the same everywhere. Rows of cases stay when what they say is erased, so no number is given twice. A number
that is missing was never a case: PostgreSQL may skip one when a transaction fails.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def case_number(number: int, raised_ms: int, zone: tzinfo) -> str:
    """`zone`: of the dates that are shown beside it; the year is theirs."""
    year = datetime.fromtimestamp(raised_ms / 1000, UTC).astimezone(zone).year
    return f"{year:04d}-{number:04d}"


def case_of(name: str) -> int:
    """The running number in an id. Raises ValueError for anything but `case-42`."""
    kind, _, number = name.partition("-")
    if kind != "case":
        raise ValueError(name)
    return int(number)


def number_spoken(text: str) -> int | None:
    """The running number of what somebody was told, whatever year stands before it; None for anything else."""
    year, dash, number = text.strip().partition("-")
    spoken = dash and len(year) == 4 and year.isdecimal() and number.isdecimal() and len(number) < 19  # noqa: PLR2004  64 bits
    return int(number) if spoken else None
