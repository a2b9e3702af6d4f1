"""Barriers behind a relay that is somewhere else: on a Modbus line or on the network. Each such relay times itself."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from contract.settings_file import Settings
from edge.config.barrier_lines import OpenFor
from edge.config.sources import FilePath

Deadline = Annotated[float, Field(ge=0.1, le=2)]
_PLAIN_COIL: Final = (
    "a plain coil stays pulled when the gate's process dies. Use the board's own timer "
    '("flash" or "delay"), or "watchdog" with a board that drops its relays when nobody has written for watchdog_s'
)


def _refuse_plain_coil(timing: Any) -> Any:
    if timing in {"coil", "level", "none"}:
        raise ValueError(_PLAIN_COIL)
    return timing


class ModbusBarrier(Settings):
    """A relay board on Modbus TCP (`host`) or on a serial line, RTU (`device`), that drops the relay by itself.

    `timing` says how: "flash" is one command for on and off again in tenths of a second (function 5 to 0x0200 + relay, Waveshare
    and alike), "delay" in whole seconds (function 6 to the relay's number, 0x06 in the high byte, eletechsup and alike; longer
    times are rounded up), "watchdog" a coil that is written again and again to a board which drops it when it hears nothing for
    `watchdog_s`. `relay` counts from 0.
    """

    real: ClassVar[bool] = True
    on_lines: ClassVar[bool] = False
    kind: Literal["modbus"]
    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 502
    device: str | None = None
    baud: Annotated[int, Field(ge=1200, le=1_000_000)] = 9600
    parity: Literal["N", "E", "O"] = "N"
    unit: Annotated[int, Field(ge=1, le=247)] = 1
    relay: Annotated[int, Field(ge=0, le=63)] = 0
    timing: Annotated[Literal["flash", "delay", "watchdog"], BeforeValidator(_refuse_plain_coil)]
    watchdog_s: Annotated[float, Field(ge=0.3, le=1)] | None = None
    deadline_s: Deadline = 0.5
    open_s: OpenFor = 3.0

    @model_validator(mode="after")
    def _one_way_to_the_board(self) -> Self:
        if (self.host is None) == (self.device is None):
            raise ValueError("name either host (Modbus TCP) or device (a serial line), not both and not neither")
        if self.timing == "watchdog" and self.watchdog_s is None:
            raise ValueError('timing = "watchdog" needs watchdog_s, the time the board is set to: ' + _PLAIN_COIL)
        return self


class HttpBarrier(Settings):
    """A relay with the RPC of Shelly's second generation and later, over HTTP: switched on with a time after which it drops.

    A password (user `admin`) stands alone in a file that only the gate may read; without one, whoever is in that network can open
    the barrier.
    """

    real: ClassVar[bool] = True
    on_lines: ClassVar[bool] = False
    kind: Literal["http"]
    url: Annotated[str, Field(pattern=r"^https?://[^/@\s]+$")]
    relay: Annotated[int, Field(ge=0, le=63)] = 0
    password_file: FilePath | None = None
    deadline_s: Deadline = 1.0
    open_s: OpenFor = 3.0
