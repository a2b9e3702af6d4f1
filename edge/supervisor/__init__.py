"""Keeps the gate's processes alive: starts, watches, restarts, stops."""

from edge.supervisor.report import Report
from edge.supervisor.supervise import Part, Supervisor
from edge.supervisor.trial import Fails, Trial

__all__ = ["Fails", "Part", "Report", "Supervisor", "Trial"]
