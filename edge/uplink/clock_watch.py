"""Whether the gate's clock can be believed, and what it says against the monotonic one once it can.

A gate without a battery clock boots in the past and screens on by monotonic time. Its events wait with the time they were
given and the mark that it is not to be believed; when the clock has been set, the difference between the two clocks of this
boot is kept, and every event of the boot that was not sent yet gets its true time from it. (Those that were sent, the cloud
corrects in the same way.)
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from edge.clock import clock_ok
from edge.uplink.kernel_clock import synchronised

if TYPE_CHECKING:
    from edge.clock import Clock
    from edge.uplink.outbox import Outbox

log = logging.getLogger(__name__)

STEP_S: Final = 1.0
"""A change of the difference between both clocks that is not mere keeping in step."""
LOOK_EVERY_S: Final = 1.0


class ClockWatch:
    """Used by the writer's thread. `kept_right`: what the kernel says of its clock; None where that is not asked."""

    def __init__(self, clock: Clock, boot: str, *, kept_right: Callable[[], bool | None] = synchronised) -> None:
        self._clock = clock
        self._boot = boot
        self._kept_right = kept_right
        self._looked_s = float("-inf")
        self._offset_s: float | None = None
        self.sure = False

    def look(self, outbox: Outbox) -> None:
        """See how the clock is, once a second. Raises sqlite3.OperationalError when a new difference cannot be noted."""
        now_s = self._clock.monotonic_s()
        if now_s - self._looked_s < LOOK_EVERY_S:
            return
        self._looked_s = now_s
        wall = self._clock.wall()
        sure = clock_ok(wall) and self._kept_right() is not False
        if sure != self.sure:
            log.warning("the clock %s", "can be believed" if sure else "cannot be believed: events wait for the true time")
        self.sure = sure
        offset_s = wall.timestamp() - now_s
        if sure and (self._offset_s is None or abs(offset_s - self._offset_s) > STEP_S):
            outbox.note_offset(self._boot, offset_s)
            self._offset_s = offset_s
