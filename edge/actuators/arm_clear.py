"""Whether nobody stands under the arm."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from edge.actuators.gpio import Input, level


class ArmClear:
    """A light barrier whose line is high while nobody is there: a broken wire is somebody.

    `line` is None where the drive alone has one, which it must have in any case: software that is dead looks at nothing.
    """

    def __init__(self, line: int | None) -> None:
        self._input: Input | None = None if line is None else level(line, "barrier.arm_clear_line")

    @property
    def clear(self) -> bool:
        return self._input is None or self._input.is_active

    @property
    def seen(self) -> bool | None:
        """As `clear`; None where only the drive has a light barrier."""
        return None if self._input is None else self._input.is_active

    def close(self) -> None:
        if self._input is not None:
            self._input.close()


@runtime_checkable
class Watched(Protocol):
    """A barrier under whose arm this machine can look itself."""

    @property
    def arm_clear(self) -> bool | None: ...


def arm_clear_of(barrier: object) -> bool | None:
    """Whether nobody stands under the arm; None where this machine cannot see it."""
    return barrier.arm_clear if isinstance(barrier, Watched) else None
