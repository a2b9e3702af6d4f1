"""Lines of this machine's GPIO, by gpiozero; which library is under it, gpiozero finds."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, Protocol

from edge.errors import BarrierError


class Output(Protocol):
    """gpiozero's DigitalOutputDevice, as far as it is used here."""

    def on(self) -> None: ...

    def off(self) -> None: ...

    def close(self) -> None: ...


class Input(Protocol):
    """gpiozero's DigitalInputDevice, as far as it is used here."""

    @property
    def is_active(self) -> bool: ...

    def close(self) -> None: ...


def output(line: int, key: str) -> Output:
    """An output at rest (low). `key`: the setting that names it. Raises BarrierError."""
    made: Output = _had(lambda gpiozero: gpiozero.DigitalOutputDevice(line, initial_value=False), line, key)
    return made


def contact(line: int, key: str) -> Input:
    """An input with a contact to ground, pulled up: active while the contact is closed. Raises BarrierError."""
    made: Input = _had(lambda gpiozero: gpiozero.DigitalInputDevice(line, pull_up=True), line, key)
    return made


def level(line: int, key: str) -> Input:
    """An input that is active while it is high, pulled down. Raises BarrierError."""
    made: Input = _had(lambda gpiozero: gpiozero.DigitalInputDevice(line, pull_up=False), line, key)
    return made


def _had(get: Callable[[Any], Any], line: int, key: str) -> Any:
    try:
        import gpiozero
        from gpiozero.exc import GPIOZeroError, PinFactoryFallback
    except ImportError as missing:
        raise BarrierError(
            "the GPIO library is not installed", where=f"{key} = {line}", remedy="Install the extra: menshen[edge]."
        ) from missing
    try:
        with warnings.catch_warnings(action="ignore", category=PinFactoryFallback):  # what it cannot use at last is told below
            return get(gpiozero)
    except (GPIOZeroError, OSError) as refused:
        raise BarrierError(
            f"the GPIO line cannot be had ({refused})",
            where=f"{key} = {line}",
            remedy="Check the line number, that this is a Raspberry Pi or Jetson, that the extra menshen[pi] is installed, and "
            "that the user is in the group gpio.",
        ) from refused
