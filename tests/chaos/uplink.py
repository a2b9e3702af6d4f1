"""One gate's uplink as a process: `python -m tests.chaos.uplink FOLDER BROKER_PORT GATE [naive]`."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from edge.board import Board
from edge.clock import SystemClock
from edge.config.tree import BrokerConfig
from edge.records import RecordRing
from edge.uplink import process
from tests.chaos.naive import ReceiptIsDelivery
from tests.uplink.parts import gate_config


def main() -> None:
    folder, port, gate = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    if "naive" in sys.argv:
        setattr(process, "Sender", ReceiptIsDelivery)  # noqa: B010  what the process calls by that name
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    broker = BrokerConfig(port=port, password_file=folder.parent / "broker" / f"{gate}.password")
    config = gate_config(folder, broker, gate=gate, window=1000)
    process.run_uplink(config, RecordRing(folder / "ring"), Board(folder / "board"), "0", SystemClock(), stop)


if __name__ == "__main__":
    main()
