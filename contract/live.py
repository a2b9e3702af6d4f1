"""A live picture: the gate that was asked by the command `live` opens a WebSocket to the cloud and sends pictures through it.

The command carries a ticket, good once and for this command's time; the gate shows it as `Authorization: Bearer TICKET`. Every
message is one JPEG picture whose faces were made unrecognisable at the gate. Who stops first ends it.
"""

from __future__ import annotations

from typing import Final

PATH: Final = "/api/gate-pictures"
"""Below the cloud's address."""
LASTS_S: Final = 60.0
PICTURE_EVERY_S: Final = 1 / 3
MOST_BYTES: Final = 262_144
"""Of one picture; a larger one is left out."""
