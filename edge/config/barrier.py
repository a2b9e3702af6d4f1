"""Which barrier is moved. A plain output is none of them, and refused with what to take instead."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from edge.config.barrier_lines import LogBarrier, PulseBarrier, SelfTimingBarrier, TurnstileBarrier
from edge.config.barrier_remote import HttpBarrier, ModbusBarrier

PLAIN_LEVEL: Final = (
    "a plain output stays as it is when the gate's process dies, and would hold the barrier open. Put a retriggerable timer "
    'between line and relay (kind = "pulse"), or use a drive that times itself ("self_timing") or a relay with a timer of its '
    'own ("modbus", "http"): docs/how-to/wire-the-barrier.md'
)
_PLAIN: Final = frozenset({"level", "gpio", "relay"})


def _refuse_plain_level(table: Any) -> Any:
    if isinstance(table, dict) and table.get("kind") in _PLAIN:
        raise ValueError(PLAIN_LEVEL)
    return table


BarrierConfig = Annotated[
    LogBarrier | PulseBarrier | SelfTimingBarrier | TurnstileBarrier | ModbusBarrier | HttpBarrier,
    Field(discriminator="kind"),
    BeforeValidator(_refuse_plain_level),
]
