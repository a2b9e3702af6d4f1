"""How a gate is: its rates, its parts, who is inside and who waits, and whether it is there at all."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from contract.message import Message, Name, Number, Text


class OccupancyData(Message):
    """How many people are inside, as the gate has counted them.

    `people` is None while nobody can know. `clipped`: people who went out of a building that was empty by the count, since it
    last began anew (entries missed); `left_over`: what it said when it last began anew (exits missed), None before.
    """

    people: Annotated[int, Field(ge=0)] | None
    limit: Annotated[int, Field(ge=1)] | None = None
    full: bool = False
    clipped: Annotated[int, Field(ge=0)] = 0
    left_over: Annotated[int, Field(ge=0)] | None = None


class QueueData(Message):
    """Who waits before the gate, as far as its camera sees: least numbers, of the time since the last health message.

    `people`: most that were seen waiting in one picture, without the one whose turn it is (where the way in is held, with them).
    `longest_s`: for how long the one of them has been in view who was there first; None where nobody waits.
    """

    people: Annotated[int, Field(ge=0, le=1000)]
    longest_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class HealthData(Message):
    """How the gate is. Rates are of the time since the last health message."""

    uptime_s: Number
    colour_fps: Number
    thermal_fps: Number
    frames_skipped: int
    loop_p50_ms: Number | None
    loop_p99_ms: Number | None
    records_dropped: int
    outbox_rows: int
    oldest_unacked: int | None
    last_seq: int
    restarts: dict[Name, int]
    parts: dict[Name, Name]
    version: Text
    model: Text
    clock_ok: bool
    certificate_days: Number | None = None
    """Until the gate's own certificate towards the broker ends; None where it uses none."""
    calibration_days: Number | None = None
    """Until the calibration of the cameras is too old; None where there is none, or the gate's clock cannot be believed."""
    occupancy: OccupancyData | None = None
    """None where nobody counts who goes out."""
    queue: QueueData | None = None
    """None where no picture came, so that nobody knows, and where the gate does not say."""
    held: bool | None = None
    """Whether somebody has ordered that nobody is let in; None where the gate does not say."""


class StateData(Message):
    """Retained; the birth message and the last will of a gate.

    It does not go over the disk, so it can tell that the disk is the trouble: `disk` says in words why events cannot be
    written (empty while they can) and `in_memory` how many wait in memory for it.
    """

    online: bool
    since: AwareDatetime | None = None
    version: Text = ""
    replay: bool = False
    disk: Text = ""
    in_memory: Annotated[int, Field(ge=0)] = 0
