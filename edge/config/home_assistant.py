"""The gate as a device of Home Assistant."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contract.settings_file import Settings
from edge.config.sources import FilePath


class HomeAssistantConfig(Settings):
    """Tells Home Assistant of the gate itself: verdict, counts, barrier, problems; nothing about a person, no temperature.

    With `sensors` also of every facility sensor the gate reads, each a device of its own.

    It goes to the gate's own broker for facility nodes (`firmware_configs/mosquitto/facility.conf`), by a process of its own, and
    commands nothing. `prefix` is Home Assistant's discovery prefix; `name` is what the gate is called there (left out: `gate`).
    """

    enabled: bool = False
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 1883
    user: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")] = "gate"
    password_file: FilePath | None = None
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64})*$")] = "homeassistant"
    sensors: bool = True
    name: Annotated[str | None, Field(min_length=1, max_length=64)] = None
