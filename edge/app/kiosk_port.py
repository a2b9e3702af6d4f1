"""The port of the visitor's screen where the settings leave it open."""

from __future__ import annotations

import socket

from edge.config import GateConfig


def with_port(config: GateConfig, present: int | None = None) -> GateConfig:
    """Settings with a port that is known: 0 becomes the `present` one, else a free one."""
    if config.kiosk.port:
        return config
    port = present or _free()
    return config.model_copy(update={"kiosk": config.kiosk.model_copy(update={"port": port})})


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
