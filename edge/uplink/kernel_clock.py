"""What the kernel says of its own clock: whether something (chrony, timesyncd, a radio) keeps it right."""

from __future__ import annotations

import ctypes
from typing import Final

_TIME_ERROR: Final = 5
_MOST_ERROR_US: Final = 1_000_000
"""A clock that may be a second off is not kept right, whatever its state says."""


class _Timex(ctypes.Structure):
    """The head of `struct timex`, see adjtimex(2); what follows is room for the rest of it."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_char * 256),
    )


def synchronised() -> bool | None:
    """Whether the kernel's clock is kept right; None where the kernel cannot be asked."""
    asked = _Timex()
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(asked))
    except (OSError, AttributeError):
        return None
    if state < 0:
        return None
    return bool(state != _TIME_ERROR and asked.maxerror < _MOST_ERROR_US)
