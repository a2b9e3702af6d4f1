"""The fire contact, read. What it does to the barrier it does in hardware, with or without this process."""

from __future__ import annotations

from edge.actuators.gpio import contact


class FireInput:
    """Closed to ground while there is no fire; open, because of the fire relay or a broken wire, is fire.

    Raises:
        BarrierError: the line cannot be had.
    """

    def __init__(self, line: int) -> None:
        self._contact = contact(line, "inputs.fire_line")

    @property
    def fire(self) -> bool:
        return not self._contact.is_active

    def close(self) -> None:
        self._contact.close()
