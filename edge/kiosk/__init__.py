"""The visitor's screen: a process of its own that reads the gate's board and pictures and writes nothing."""

from edge.kiosk.server import run_kiosk

__all__ = ["run_kiosk"]
