"""Whether nobody stands under the arm."""

from __future__ import annotations

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

    def close(self) -> None:
        if self._input is not None:
            self._input.close()
