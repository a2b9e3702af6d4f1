"""The visitor's screen, as a site wants it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from contract.settings_file import Settings
from edge.config.admission import checked_hours

Port = Annotated[int, Field(ge=0, le=65535)]
Way = Literal["left", "right", "ahead", "back"]


class KioskConfig(Settings):
    """The visitor's screen. It listens on this machine only.

    `voice` is the folder that `menshen-edge voice` filled; left out, the screen is silent. Nothing is said in `quiet_hours`
    (written as `admission.opening_hours` are, on the same clock). `recheck_way` and `lane_way` are where the recheck area and
    the staffed lane lie as seen by whoever reads the screen: an arrow shows it. With nobody there for `sleep_after_s` the screen
    goes dark but for the time (0: never).
    """

    port: Port = 8600
    mirror: bool = True
    recheck_way: Way = "right"
    lane_way: Way | None = None
    sleep_after_s: Annotated[float, Field(ge=0, le=86_400)] = 600.0
    voice: Path | None = None
    quiet_hours: Annotated[list[str], Field(max_length=30), AfterValidator(checked_hours)] = Field(default_factory=list)
