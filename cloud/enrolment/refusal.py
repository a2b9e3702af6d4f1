"""Why a gate is not given a certificate."""

from __future__ import annotations

from enum import StrEnum

from contract.errors import MenshenError


class Why(StrEnum):
    UNKNOWN = "unknown"
    """Token or certificate is not known here; whether it ever was is not told."""
    USED = "used"
    EXPIRED = "expired"
    OTHER_GATE = "other gate"
    UNENROLLED = "unenrolled"
    NOT_DUE = "not due"
    BAD_REQUEST = "bad request"


class EnrolmentRefusedError(MenshenError):
    """A gate is not given a certificate. Nothing has changed; a token that was good still is."""

    def __init__(self, why: Why, what: str) -> None:
        super().__init__(what)
        self.why = why
