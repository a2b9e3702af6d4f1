"""Whether people are asked to disinfect their hands before they go in, as before a canteen."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contract.settings_file import Settings


class HandsConfig(Settings):
    """With `mode = "ask"` the kiosk asks whoever has not disinfected their hands to do so, lets them in all the same, and the
    entry is counted as one without; with `"require"` they wait (`wash_hands`) until they have. It never lets anybody in whom the
    gate would not let in.

    Hands count as disinfected where one of the `dispensers` (names of sensors that give `count`) was used while somebody stands
    at the gate alone, or within `within_s` before, one use for one person; else where the person says so on the kiosk. The
    notices give no time: `within_s` is this house's own.
    """

    mode: Literal["off", "ask", "require"] = "off"
    dispensers: Annotated[list[Annotated[str, Field(min_length=1, max_length=64)]], Field(max_length=8)] = Field(
        default_factory=list
    )
    within_s: Annotated[float, Field(ge=5, le=600)] = 60.0
