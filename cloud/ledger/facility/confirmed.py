"""Confirmed cases of the district: shown, and an area of one's own locked until it was disinfected from outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cloud.ledger.sites import is_within


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended a notice: evidence of a disinfection from outside, or its withdrawal (`why`).

    Attributes:
        user: whose account entered it; by, day: who disinfected, and when; document: the number of their paper.
        sha256: of the file that was chosen, in hexadecimal; empty: there was none. The file itself is not kept here.
    """

    user: str
    how: str
    by: str = ""
    day: str = ""
    document: str = ""
    sha256: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class CaseNotice:
    """A confirmed case that somebody has made known.

    Attributes:
        day: of the case; source: who says so; area: where, in words.
        site: what of one's own it concerns and locks, with all below; None: it is shown, and locks nothing.
        ended_ms: when the evidence was entered, or the notice was withdrawn; None while it stands; ended: by what.
    """

    number: int
    at_ms: int
    day: date
    source: str
    area: str
    site: str | None
    ended_ms: int | None = None
    ended: Ended | None = None

    @property
    def locks(self) -> bool:
        return self.site is not None and self.ended_ms is None

    def locks_site(self, site: str) -> bool:
        return self.site is not None and self.ended_ms is None and is_within(site, self.site)


def locking(notices: Iterable[CaseNotice], site: str) -> CaseNotice | None:
    """The oldest notice that locks this site; nothing but evidence from outside, or its withdrawal, ends that."""
    return min((one for one in notices if one.locks_site(site)), key=lambda one: one.at_ms, default=None)
