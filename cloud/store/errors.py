"""What can go wrong with what is kept. The docstring of each is what it means for the person who reads it."""

from __future__ import annotations

from contract.errors import MenshenError


class LedgerError(MenshenError, OSError):
    """The ledger's database cannot be opened, migrated or written."""


class SeriesAwayError(MenshenError, ConnectionError):
    """The series store does not answer, or refuses who we are. Nothing is lost: the points wait in the ledger."""


class SeriesRefusedError(MenshenError, ValueError):
    """The series store answered, and will not have these points."""
