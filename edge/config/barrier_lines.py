"""Barriers on this machine's GPIO lines, and none at all. Each comes down by itself when the gate's process is gone."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contract.settings_file import Settings

GpioLine = Annotated[int, Field(ge=0, le=63)]
"""A GPIO line by its BCM number."""
OpenFor = Annotated[float, Field(gt=0, le=60)]


class LogBarrier(Settings):
    """No barrier: what it would do is written to the log."""

    real: ClassVar[bool] = False
    on_lines: ClassVar[bool] = False
    kind: Literal["log"]
    open_s: OpenFor = 3.0


class PulseBarrier(Settings):
    """A drive held by a pulse train on a GPIO line through a retriggerable timer: when the pulses stop, the arm comes down."""

    real: ClassVar[bool] = True
    on_lines: ClassVar[bool] = True
    kind: Literal["pulse"]
    line: GpioLine
    arm_clear_line: GpioLine | None = None
    open_s: OpenFor = 3.0


class SelfTimingBarrier(Settings):
    """A drive that opens at one short pulse and shuts by itself. A timer makes the pulse, so that its end needs no software.

    `open_s` repeats the time that the drive is set to. `close_line` is a second such pulse that shuts it sooner, where the drive
    has an input for it.
    """

    real: ClassVar[bool] = True
    on_lines: ClassVar[bool] = True
    kind: Literal["self_timing"]
    line: GpioLine
    close_line: GpioLine | None = None
    arm_clear_line: GpioLine | None = None
    open_s: OpenFor = 3.0


class TurnstileBarrier(Settings):
    """A turnstile, held unlocked by a pulse train like `pulse`, until one passage (`inputs.passage_line`) or `open_s` is over."""

    real: ClassVar[bool] = True
    on_lines: ClassVar[bool] = True
    kind: Literal["turnstile"]
    line: GpioLine
    open_s: OpenFor = 5.0
