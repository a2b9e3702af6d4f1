"""The detail of an alarm in Chinese."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cloud.ledger.chinese import of_cloud, of_gates, of_rooms
from cloud.ledger.chinese.grammar import Rules

_RULES: Final[Rules] = {**of_gates.RULES, **of_rooms.RULES, **of_cloud.RULES}
_FIRST: Final = ("gate", "cloud", "room")
"""The sentences with the most open gaps come last."""


@lru_cache(maxsize=4096)
def in_chinese(detail: str) -> str:
    """The same; empty where it is empty, was cut off, or no sentence is known for it.

    Names of places, sensors and files stay as they are.
    """
    return next((told for rule in _FIRST if (told := _RULES[rule].put(detail, _RULES)) is not None), "")
