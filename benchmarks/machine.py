"""On what machine a row was measured, and what else it was doing meanwhile."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psutil


@dataclass(frozen=True, slots=True)
class Load:
    """The machine during one row.

    Attributes:
        processor, cores, python: what it is.
        begun: UTC, ISO 8601.
        took_s: how long the row took.
        load_before, load_after: processes that wanted to run, mean of the last minute.
        busy_share: of all cores, by everybody, 0 to 1.
        others_share: of all cores, by processes that were not this benchmark's or had not ended yet, 0 to 1.
        stolen_share: of all cores, taken by the host of a virtual machine, 0 to 1.
    """

    processor: str
    cores: int
    python: str
    begun: str
    took_s: float
    load_before: float
    load_after: float
    busy_share: float
    others_share: float
    stolen_share: float


@dataclass(frozen=True, slots=True)
class _Times:
    mono_s: float
    total_s: float
    busy_s: float
    stolen_s: float
    own_s: float

    @classmethod
    def now(cls) -> Self:
        times = psutil.cpu_times()
        own = psutil.Process().cpu_times()
        stolen_s = float(getattr(times, "steal", 0.0))
        idle_s = times.idle + getattr(times, "iowait", 0.0)
        total_s = float(sum(times[:8]))  # the rest is counted among these already
        mine_s = own.user + own.system + own.children_user + own.children_system
        return cls(datetime.now(UTC).timestamp(), total_s, total_s - idle_s - stolen_s, stolen_s, mine_s)


class Watch:
    """Made when a row begins; `load` when it has ended and its processes are gone."""

    def __init__(self) -> None:
        self._begun = datetime.now(UTC)
        self._load_before = os.getloadavg()[0]
        self._before = _Times.now()

    def load(self) -> Load:
        after, before = _Times.now(), self._before
        total_s = max(after.total_s - before.total_s, 1e-9)
        busy_s = after.busy_s - before.busy_s
        return Load(
            processor=_processor(),
            cores=os.cpu_count() or 1,
            python=platform.python_version(),
            begun=self._begun.isoformat(timespec="seconds"),
            took_s=round(after.mono_s - before.mono_s, 1),
            load_before=round(self._load_before, 2),
            load_after=round(os.getloadavg()[0], 2),
            busy_share=round(busy_s / total_s, 3),
            others_share=round(max(0.0, busy_s - (after.own_s - before.own_s)) / total_s, 3),
            stolen_share=round((after.stolen_s - before.stolen_s) / total_s, 3),
        )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{platform.machine()} {names[0] if names else ''}".strip()
