"""What can go wrong at a gate. The docstring of each is what it means for the person who reads it."""

from __future__ import annotations

from contract.errors import MenshenError


class SourceError(MenshenError, OSError):
    """A camera, recording or folder could not be opened or stopped giving pictures."""


class BusError(MenshenError, OSError):
    """A wire to a sensor is not there, or the device on it does not answer."""


class ModelError(MenshenError, ValueError):
    """A model file is missing, changed or not what the manifest says."""


class BarrierError(MenshenError, OSError):
    """The barrier could not be reached or must not be used in this way."""


class BrokerError(MenshenError, ConnectionError):
    """The broker cannot be reached or refused this gate."""


class BrokerAwayError(BrokerError):
    """The broker does not answer now. Decisions wait on disk until it does."""


class PairingError(MenshenError, ConnectionError):
    """The gate could not be paired with the cloud, or its certificate could not be renewed. Everything is as it was."""


class OutboxError(MenshenError, OSError):
    """The gate's own database cannot be opened or written."""


class BusyPortError(MenshenError, OSError):
    """Another program listens on the port this gate wants."""


class ReportError(MenshenError, OSError):
    """A report or result cannot be written where it was asked for."""


class CalibrationError(MenshenError, ValueError):
    """Too little was seen to calibrate two cameras, or what was seen does not fit together. Nothing was written."""


class RecordingError(MenshenError, OSError):
    """A recording of people must not be made like this, or cannot be written, kept or opened."""
