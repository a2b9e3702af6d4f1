"""Whether a guard may look through the gate's camera."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contract.settings_file import Settings


class LiveConfig(Settings):
    """Whether a guard may look at the gate's picture for a minute; not unless the site says so: no picture leaves a gate.

    Faces are made unrecognisable at the gate, the visitor's screen says that somebody looks, and the cloud keeps nothing. `url`
    is the cloud's address, https, or http to this very machine; left out, it is `uplink.renewal.url`. The cloud's certificate
    has to be of the authority in `uplink.broker.ca_file`, or one that this machine trusts.
    """

    allowed: bool = False
    url: Annotated[str | None, Field(pattern=r"^https?://[^\s#?]+$")] = None
