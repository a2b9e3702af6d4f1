"""A bus of Linux for a thermal sensor. Whoever opens cameras knows one kind of error, SourceError."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edge.buses.linux_i2c import LinuxI2c
from edge.errors import BusError, SourceError

if TYPE_CHECKING:
    from edge.buses.i2c import I2c


def open_i2c(number: int) -> I2c:
    """/dev/i2c-N. Raises SourceError with place and remedy."""
    try:
        return LinuxI2c(number)
    except BusError as refused:
        raise source_error(refused, refused.where) from refused


def source_error(refused: BusError, where: str | None) -> SourceError:
    """The same words, said of the sensor at `where`."""
    return SourceError(refused.what, where=where, remedy=refused.remedy)
