"""For how long the ledger keeps what."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contract.settings_file import Settings


class RetentionSettings(Settings):
    """For how many days the ledger says who it was and what was measured. Labelled defaults: the notices give no time.

    A visit with a case is kept with its case, `cases_days` after the last of them is closed; an open case is kept. Verdict, mask
    and times of a visit stay. `notices_days`: who was told of an alarm; `dead_letters_days`: messages that nobody could read;
    `appointments_hours`: after the end of an appointment; `rounds_days`: disinfection rounds, meetings, notices of cases, and
    what became of bins and dispensers;
    `photos_days`: photographs that were handed over with rounds (their hash stays with the round);
    `supplies_days`: what people wrote beside a line of a stock's book;
    `sensors_days`, `health_days`: what sensors say, and gates of themselves, `equipment_days`: alerts of the equipment; all three
    since they arrived, and not the alarms that came of them;
    `audit_days`: detail and address of an action; `backups_days`: backups in a folder, and ledgers that were replaced by one.
    """

    visitors_days: Annotated[int, Field(ge=1, le=3660)] = 30
    staff_days: Annotated[int, Field(ge=1, le=3660)] = 30
    cases_days: Annotated[int, Field(ge=1, le=3660)] = 30
    notices_days: Annotated[int, Field(ge=1, le=3660)] = 90
    dead_letters_days: Annotated[int, Field(ge=1, le=3660)] = 30
    backups_days: Annotated[int, Field(ge=1, le=3660)] = 30
    rounds_days: Annotated[int, Field(ge=7, le=3660)] = 365
    photos_days: Annotated[int, Field(ge=1, le=3660)] = 30
    supplies_days: Annotated[int, Field(ge=7, le=3660)] = 365
    appointments_hours: Annotated[int, Field(ge=1, le=720)] = 24
    sensors_days: Annotated[int, Field(ge=9, le=3660)] = 30
    health_days: Annotated[int, Field(ge=9, le=3660)] = 30
    equipment_days: Annotated[int, Field(ge=30, le=3660)] = 365
    audit_days: Annotated[int, Field(ge=30, le=36600)] = 1095
