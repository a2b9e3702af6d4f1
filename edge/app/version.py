"""Which software this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def _installed() -> str:
    try:
        return version("menshen")
    except PackageNotFoundError:
        return "unpackaged"


VERSION = _installed()
