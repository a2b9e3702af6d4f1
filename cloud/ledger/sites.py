"""The tree of sites as paths (`city/hall-3/east`), and what somebody may see of what happens there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ROOT: Final = ""
"""The whole tree; a gate that nobody has put anywhere stands here."""
SITE: Final = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}(/[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}){0,5}"


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see: a site with all below it; `people`: visits and cases too."""

    site: str = ROOT
    people: bool = True


EVERYTHING: Final = Sight()


def is_within(site: str, top: str) -> bool:
    """Whether `site` is `top` or lies below it."""
    return top in (ROOT, site) or site.startswith(f"{top}/")


def upwards(site: str) -> Iterator[str]:
    """The site, the one above it and so on, without the root."""
    while site:
        yield site
        site = site.rpartition("/")[0]
