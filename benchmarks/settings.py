"""The settings of the gates that are measured: the committed example, with a name, a disk and a broker of its own."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Final

from demo.broker import HOST
from edge.config import GateConfig, load_gate
from edge.config.kiosk import KioskConfig
from edge.config.tree import BrokerConfig, UplinkConfig

EXAMPLE: Final = Path(__file__).resolve().parents[1] / "firmware_configs" / "gates" / "simulated.toml"


def simulated() -> GateConfig:
    """Two simulated cameras, 640x480 and 160x120, both at 25 pictures a second, and a reference body."""
    return load_gate(EXAMPLE)


def gate(name: str, folder: Path, broker_port: int, password_file: Path | None, kiosk_port: int) -> GateConfig:
    """The example as gate `name`, with its events' database in `folder`."""
    broker = BrokerConfig(host=HOST, port=broker_port, password_file=password_file)
    changed = {
        "gate": name,
        "uplink": UplinkConfig(database=folder / "gate.db", broker=broker),
        "kiosk": KioskConfig(port=kiosk_port),
    }
    return simulated().model_copy(update=changed)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
