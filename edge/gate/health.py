"""The gate's health message: its own rates, and what the other processes have on their boards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from contract.messages.health import HealthData, OccupancyData, QueueData
from contract.verdicts import Reason
from edge.board import Board

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class HealthNote:
    """Where the numbers come from.

    Attributes:
        uplink, supervisor: boards of those processes.
        told: where the newest message stands for this machine's own eyes (`/metrics`).
        version, model: which software and which network.
        started_s: monotonic time this gate process began.
    """

    uplink: Board
    supervisor: Board
    told: Board
    version: str
    model: str
    started_s: float

    def data(
        self,
        rates: dict[str, float | int | None],
        refused: int,
        faults: frozenset[Reason],
        now_s: float,
        notes: Mapping[str, str] = NOTHING,
        calibration_days: float | None = None,
        occupancy: OccupancyData | None = None,
        *,
        queue: QueueData | None = None,
        held: bool | None = None,
    ) -> HealthData:
        """`notes`: what else is to be said of a part, by its name; `held`: whether somebody has ordered to let nobody in."""
        uplink: dict[str, Any] = self.uplink.read() or {}
        supervisor: dict[str, Any] = self.supervisor.read() or {}
        parts = dict(supervisor.get("parts", {}))
        if occupancy is not None and occupancy.people is None:
            parts["occupancy"] = "unknown"
        parts |= {**notes, **{fault.value: "fault" for fault in faults}}
        said = HealthData.model_validate(
            {
                "uptime_s": round(now_s - self.started_s, 1),
                **rates,
                "records_dropped": refused,
                "outbox_rows": uplink.get("outbox_rows", 0),
                "oldest_unacked": uplink.get("oldest_unacked"),
                "last_seq": uplink.get("last_seq", 0),
                "restarts": supervisor.get("restarts", {}),
                "parts": parts,
                "version": self.version,
                "model": self.model,
                "clock_ok": uplink.get("clock_ok", False),
                "certificate_days": uplink.get("certificate_days"),
                "calibration_days": None if calibration_days is None else round(calibration_days, 1),
                "occupancy": occupancy,
                "queue": queue,
                "held": held,
            }
        )
        self.told.post(said.model_dump(mode="json"), now_s)
        return said
