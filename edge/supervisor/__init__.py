"""Keeps the gate's processes alive: starts, watches, restarts, stops."""

from edge.supervisor.report import Report
from edge.supervisor.supervise import Part, Supervisor

__all__ = ["Part", "Report", "Supervisor"]
